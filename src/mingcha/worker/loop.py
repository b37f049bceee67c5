"""The job loop: lease, run, retry with growing pauses; leases make several loops safe, a failing job stays visible."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import timedelta

from mingcha.actions.deps import Deps
from mingcha.errors import InputError, MingchaError, NotFound, StoreTrouble
from mingcha.model.people import Job
from mingcha.model.words import Words

LEASE = timedelta(minutes=10)
PAUSE_SECONDS = 1.0
MAX_ATTEMPTS = 5

Work = Callable[[Deps, bytes], None]


def run_due(deps: Deps, works: Mapping[str, Work]) -> int:
    """Run every job that is due now; returns how many were tried."""
    tried = 0
    while True:
        now = deps.now()
        with deps.store.write() as work:
            job = work.jobs.lease(now, now + LEASE)
        if job is None:
            return tried
        tried += 1
        _run(deps, works, job)


def _run(deps: Deps, works: Mapping[str, Work], job: Job) -> None:
    try:
        if job.name not in works:
            raise NotFound(what=Words("任务种类", "kind of work"), which=job.name)
        works[job.name](deps, job.payload)
    except (MingchaError, KeyError, OSError, ValueError) as error:
        with deps.store.write() as work:
            if job.attempts >= MAX_ATTEMPTS:
                work.jobs.fail(job.id, _without_values(error))
            else:
                work.jobs.retry(job.id, deps.now() + timedelta(seconds=30 * 2**job.attempts), _without_values(error))
        return
    with deps.store.write() as work:
        work.jobs.done(job.id)


def _without_values(error: Exception) -> str:
    """What went wrong, for the job table: values that did not fit may be personal, so the message of those is left out."""
    told = isinstance(error, MingchaError) and not isinstance(error, InputError)
    return f"{type(error).__name__}: {error}" if told else type(error).__name__


@contextmanager
def running(deps: Deps, works: Mapping[str, Work], *, enabled: bool) -> Iterator[None]:
    """One background thread of the loop while the block lasts."""
    if not enabled:
        yield
        return
    stop = threading.Event()

    def loop() -> None:
        while not stop.wait(PAUSE_SECONDS):
            with suppress(StoreTrouble):  # busy or full: the job keeps its place, the next round tries again
                run_due(deps, works)

    thread = threading.Thread(target=loop, name="mingcha-worker", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=10)
