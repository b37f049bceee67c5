"""Precision of each detector from people's conclusions, its drift, and the agreement of reviewers; every share with its interval.

A finding for an agency is borne out by a conclusion that an agent acted, with or without authority; one for an organisation by
the conclusion that the complaint is linked. A finding against organisation is borne out by the opposite, one against an agency by
whatever accuses nobody: a representative found with authority bears out the one who was verified. "Insufficient" says neither.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from mingcha.model.decision import ACCUSING, Conclusion, Decision, MeritVerdict, Stage
from mingcha.model.finding import Answer, Side
from mingcha.model.precision import DetectorLine, Judged, Precision, ReviewerLine
from mingcha.model.share import Share, above, share
from mingcha.model.words import Words

NOW, BEFORE = timedelta(days=28), timedelta(days=84)
AGENCY = (Conclusion.AUTHORISED_AGENT, Conclusion.BREACH_OF_ORDER, Conclusion.LINKED)
# A detector, what it is called, the question it belongs to, and which way it speaks.
Told = tuple[str, Words, Answer, Side]


def precision(cases: Sequence[Judged], detectors: Sequence[Told], on: date, withheld: int = 0) -> Precision:
    """All figures over these complaints, in the order of `detectors`; `withheld` others are not among them."""
    names = sorted({one.by for case in cases for one in case.decisions})
    return Precision(
        on=on,
        assessed=len(cases),
        concluded=sum(case.conclusion is not None for case in cases),
        withheld=withheld,
        detectors=tuple(_detector(cases, one, on) for one in detectors),
        reviewers=tuple(_reviewer(cases, name) for name in names),
    )


def borne_out(told: Told, conclusion: Conclusion) -> bool | None:
    """Whether a conclusion bears a finding out; None where it says neither."""
    _, _, answer, side = told
    if conclusion is Conclusion.INSUFFICIENT:
        return None
    if answer is Answer.ORGANISATION:
        return (conclusion is Conclusion.LINKED) is (side is Side.FOR)
    return conclusion in AGENCY if side is Side.FOR else conclusion not in ACCUSING


def _detector(cases: Sequence[Judged], told: Told, on: date) -> DetectorLine:
    name, title, answer, side = told
    judged = [borne_out(told, c.conclusion) for c in cases if name in c.fired and c.conclusion is not None]
    now = _rate([case for case in cases if on - NOW < case.received_on], name)
    before = _rate([case for case in cases if on - BEFORE < case.received_on <= on - NOW], name)
    return DetectorLine(
        detector=name,
        title=title,
        answer=answer,
        side=side,
        borne_out=share(judged.count(True), len(judged) - judged.count(None)),
        left_open=judged.count(None),
        now=now,
        before=before,
        drifted=above(now, before) or above(before, now),
    )


def _rate(cases: Sequence[Judged], name: str) -> Share:
    return share(sum(name in case.fired for case in cases), len(cases))


def _reviewer(cases: Sequence[Judged], name: str) -> ReviewerLine:
    mine = [
        (case, one) for case in cases for one in case.decisions if one.by == name and not (one.undoes or one.confirms)
    ]
    merit = [one for case, one in mine if one.stage is Stage.MERIT and case.confirmed]
    back = sum(_taken_back(case.decisions, one) for case, one in mine)
    looked = [_looked_at(case.decisions, one) for case, one in mine if one.verdict in ACCUSING]
    return ReviewerLine(
        name=name,
        decided=len(mine),
        relief=share(sum(one.verdict in (MeritVerdict.UPHELD, MeritVerdict.PARTLY) for one in merit), len(merit)),
        taken_back=share(back, len(mine)),
        seconded=share(looked.count(True), len(looked) - looked.count(None)),
    )


def _taken_back(decisions: Sequence[Decision], mine: Decision) -> bool:
    """Whether somebody else took a decision back."""
    return any(one.undoes == mine.id and one.by != mine.by for one in decisions)


def _looked_at(decisions: Sequence[Decision], mine: Decision) -> bool | None:
    """Whether somebody else confirmed an accusing conclusion (True) or took it back (False); None where nobody looked yet."""
    if _taken_back(decisions, mine):
        return False
    return True if any(one.confirms == mine.id for one in decisions) else None
