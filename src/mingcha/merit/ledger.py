"""How far our own books were handed over: only where they are said to be whole does a record that is not there speak."""

from mingcha.merit.calls import period
from mingcha.model.merit import Claim, MeritFile
from mingcha.model.words import Words

NOT_WHOLE = Words("未说明该类记录完整覆盖所涉日期", "the records were not said to cover the days in question whole")


def whole(file: MeritFile, kind: str, claim: Claim | None) -> bool:
    """Whether one coverage record says that our records of a kind hold every day a claim speaks of."""
    first, last = period(file, claim)
    return any(row.record_kind == kind and row.from_on <= first and row.to_on >= last for row in file.coverage)
