"""Run something in another thread and hand back what it raised."""

import threading
from collections.abc import Callable


def elsewhere(run: Callable[[], object]) -> BaseException | None:
    """The failure of a call in a thread of its own, or None."""
    failures: list[BaseException] = []

    def watched() -> None:
        try:
            run()
        except BaseException as failure:
            failures.append(failure)

    thread = threading.Thread(target=watched)
    thread.start()
    thread.join()
    return failures[0] if failures else None
