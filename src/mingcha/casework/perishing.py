"""What will be gone: records that source systems and platforms delete, set against what we hold an exhibit of and what was asked for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from mingcha.model.case_facts import Preservation
from mingcha.model.correction import Perishing
from mingcha.model.words import Words


@dataclass(frozen=True, slots=True)
class Source:
    """One record of a case at its source: our id and theirs, what it is, in which system, and its day."""

    record: str
    theirs: str
    kind: Words
    system: str
    made_on: date
    ad: bool = False  # posted in public: its poster may delete it at any time


def perishing(
    sources: Iterable[Source],
    terms: Mapping[str, int],
    kept: frozenset[tuple[str, str]],
    requests: Iterable[Preservation],
    until: date,
) -> tuple[Perishing, ...]:
    """Records that are gone until a day, or may be at any time; what nobody asked for and we do not hold first, by day.

    `terms` are days by system, `kept` pairs of record and system. What a system keeps for ever, as far as anybody said, is left out.
    """
    waits = {id_ for one in requests if _stands(one, until) for id_ in one.asked.records}
    found = []
    for one in sources:
        term = terms.get(one.system)
        if term is None and not one.ad:
            continue
        gone = None if term is None else one.made_on + timedelta(days=term)
        if gone is not None and gone > until:
            continue
        held = (one.record, one.system) in kept
        found.append(
            Perishing(
                record=one.record,
                theirs=one.theirs,
                kind=one.kind,
                system=one.system,
                made_on=one.made_on,
                gone_on=gone,
                kept=held,
                asked=one.record in waits,
            )
        )
    return tuple(sorted(found, key=lambda one: (one.kept, one.asked, one.gone_on or date.min, one.record)))


def _stands(one: Preservation, until: date) -> bool:
    """Whether a request still covers its records: nobody answered yet, or they are kept for as long."""
    if one.answered is None:
        return True
    return not one.answered.refused and (one.answered.until is None or one.answered.until >= until)
