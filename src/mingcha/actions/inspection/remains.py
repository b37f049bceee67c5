"""What remains for the figures of things disposed of, held against the acts that disposed of them: nothing added, gone or altered."""

from collections.abc import Iterator

from mingcha.actions.inspection.sealed import Sealed
from mingcha.actions.ports.store import Work
from mingcha.actions.remains import KIND, digest
from mingcha.model.inspection import Flaw
from mingcha.model.words import Words

ALTERED = Words("统计数与封存不符", "what the figures count is not what was sealed")


def check_remains(work: Work, sealed: Sealed) -> Iterator[Flaw]:
    """All that remains, in the order it was kept, batch by batch."""
    for holding, kind in KIND.items():
        kept = [body for _, body in work.summaries.all(kind)]
        for _, act in sealed.acts("erase"):
            if act.get("of") == holding and "remains" in act:
                mine, kept = kept[: int(act["remains"])], kept[int(act["remains"]) :]
                if len(mine) != act["remains"] or digest(mine) != act["remains_digest"]:
                    yield Flaw("remains_changed", str(act["batch"]), ALTERED)
        if kept:
            yield Flaw("remains_changed", kind, ALTERED)
