"""Which findings referrals rest on stand no more, by how things are now: facts set against facts, nothing weighed.

A merit decision is looked at as it changed since two agreed, so that one undone and made again fell all the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from mingcha.casework.outgoing import live
from mingcha.model.case_facts import CaseFacts
from mingcha.model.case_out import FindingLost, Lost
from mingcha.model.decision import Decision, Stage
from mingcha.model.ring import RingStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """How things stand that a case rests on. None for a ring that is none any more; False for a family that is none, and for a
    complaint the case is not about any more, nor what its rings went into. `merit`: all decisions on the complaints that were looked at, oldest first."""

    rings: Mapping[str, RingStatus | None]
    merged: frozenset[str] = frozenset()  # of the rings that are none, those that went into another
    families: Mapping[str, bool]
    complaints: Mapping[str, bool]
    no_ads: frozenset[str]
    erased: frozenset[str]
    merit: Mapping[str, Sequence[Decision]] = field(default_factory=dict)


def lost(facts: CaseFacts, now: Now) -> tuple[FindingLost, ...]:
    """What of a case fell that referrals two agreed to rest on and no act says yet, by id."""
    found = {id_: cause for id_, cause in _found(facts, now)}
    return tuple(FindingLost(id_, cause) for id_, cause in sorted(found.items()))


def _found(facts: CaseFacts, now: Now) -> Iterator[tuple[str, Lost]]:
    for one in live(facts):
        known = {each.finding for each in one.fallen}
        for id_ in one.rests_on:
            if id_ in known:
                continue
            cause = gone(facts, id_, now)
            if cause is None and one.cleared_at and merit_changed(now.merit.get(id_, ()), one.cleared_at):
                cause = Lost.MERIT
            if cause is not None:
                yield id_, cause


def gone(facts: CaseFacts, finding: str, now: Now) -> Lost | None:
    """Why a finding does not stand now; None where it does. What was decided on merit is not looked at."""
    if finding in now.erased:
        return Lost.ERASED
    if finding in now.rings:
        return _of_ring(finding, now) or _apart(facts, finding)
    if finding in now.complaints:
        return None if now.complaints[finding] else Lost.LEFT
    if not now.families.get(finding, True):
        return Lost.GONE
    return Lost.NO_AD if finding in now.no_ads else None


def merit_changed(decisions: Sequence[Decision], since: datetime) -> bool:
    """Whether a decision on merit that stood was undone or became another since."""
    was = None
    for number, one in enumerate(decisions, 1):
        now = _verdict(decisions[:number])
        if one.at >= since and was not in (None, now):
            return True
        was = now
    return False


def _verdict(decisions: Sequence[Decision]) -> str | None:
    undone = {one.undoes for one in decisions}
    alive = [one for one in decisions if one.stage is Stage.MERIT and not one.undoes and one.id not in undone]
    return alive[-1].verdict if alive else None


def _of_ring(finding: str, now: Now) -> Lost | None:
    status = now.rings[finding]
    if status is None:
        return Lost.MERGED if finding in now.merged else Lost.RING_GONE
    return None if status is RingStatus.SUSPECTED else Lost.RING_LAWFUL


def _apart(facts: CaseFacts, finding: str) -> Lost | None:
    """Whether somebody set it aside."""
    return None if any(one.id == finding for one in facts.subjects) else Lost.LEFT
