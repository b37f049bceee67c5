"""Filings to acts: one person sending one text to several desks within a day acted once, however many ids it got.

Only the same customer, or the same filer's number where no customer is known, makes one act. Without either the
filings stay apart and say that the person is unknown: a likeness of texts alone never makes two people one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mingcha.campaign.scheme import Scheme
from mingcha.campaign.sketches import Hashes
from mingcha.text.similarity import jaccard


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """One complaint as acts see it; `customer` and `filer_phone` are keyed tokens or None."""

    complaint: str
    customer: str | None
    filer_phone: str | None
    received_at: datetime | None


@dataclass(frozen=True, slots=True)
class Act:
    """One act: filings in order of time. `id` is the complaint that came first."""

    id: str
    complaints: tuple[str, ...]
    person_known: bool


def find_acts(filings: Sequence[Filing], texts: Mapping[str, Hashes], scheme: Scheme) -> tuple[Act, ...]:
    """Group filings into acts; `texts` gives each complaint's hashes (one without them is an act of its own).

    Filings join the act that a person opened within `act_hours` before with a near text, however the channel or the
    lender is called: the opener is compared, never the filing before, so that acts do not chain. Filings without a
    time stay apart. The order of `filings` does not matter.
    """
    persons: dict[tuple[str, str], list[Filing]] = {}
    apart: list[Act] = []
    for filing in filings:
        person = _person(filing)
        if person is None or filing.received_at is None or filing.complaint not in texts:
            apart.append(Act(filing.complaint, (filing.complaint,), person is not None))
            continue
        persons.setdefault(person, []).append(filing)
    found = [act for theirs in persons.values() for act in _of_one_person(theirs, texts, scheme)]
    return tuple(sorted([*apart, *found], key=lambda act: act.id))


def act_of(acts: Sequence[Act]) -> dict[str, Act]:
    """Each complaint's act."""
    return {complaint: act for act in acts for complaint in act.complaints}


def _person(filing: Filing) -> tuple[str, str] | None:
    if filing.customer:
        return "customer", filing.customer
    if filing.filer_phone:
        return "phone", filing.filer_phone
    return None


def _of_one_person(filings: Sequence[Filing], texts: Mapping[str, Hashes], scheme: Scheme) -> list[Act]:
    window = timedelta(hours=scheme.act_hours)
    open_acts: list[tuple[datetime, str, list[str]]] = []
    dated = sorted((f.received_at, f.complaint) for f in filings if f.received_at is not None)
    for at, complaint in dated:
        for opened, opener, complaints in open_acts:
            if at - opened <= window and jaccard(texts[opener], texts[complaint]) >= scheme.near:
                complaints.append(complaint)
                break
        else:
            open_acts.append((at, complaint, [complaint]))
    return [Act(opener, tuple(complaints), True) for _, opener, complaints in open_acts]
