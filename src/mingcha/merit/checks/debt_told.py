"""Was somebody other than the debtor told of the debt? Read in transcripts and in what the consumer kept, word for word."""

import re
from dataclasses import dataclass

from mingcha.merit.calls import period
from mingcha.merit.check import result
from mingcha.merit.ledger import NOT_WHOLE, whole
from mingcha.model.merit import Claim, Grievance, MeritFile, MeritResult, MeritState, Searched
from mingcha.model.provenance import Cite
from mingcha.model.words import Words
from mingcha.standards.calendar import local_day
from mingcha.standards.load import Standards
from mingcha.text.normalise import normalise

DEBT = re.compile(
    r"欠(?:了|着|我们|款|债|钱|费)|逾期|借(?:了|款|贷)|贷款|债务|还(?:款|钱|清)|代(?:偿|还)|催收|"
    r"\b(?:owes?|owed|debts?|loans?|overdue|arrears|repay(?:ment)?s?|borrow(?:ed|er)?)\b"
)
NO_TRANSCRIPTS = Words("本机构未提供通话文字记录", "no transcripts of calls were provided")
OURS = ("collector", "robot")
TWO_SIDED = 3  # turns of a call in which somebody else must have spoken too


@dataclass(frozen=True, slots=True)
class Told:
    """Where a contact was told: by us, by somebody whose voice is not attributed, and in the consumer's own records."""

    ours: tuple[Cite, ...]
    unsure: tuple[Cite, ...]
    theirs: tuple[Cite, ...]


def debt_told(file: MeritFile, standards: Standards, claim: Claim | None) -> MeritResult | None:
    """Turns of calls with a contact in which our side speaks of the debt, and messages to contacts that do."""
    told = _told(file)
    clause = next(iter(standards.in_force("collect.contacts", local_day(file.received_at))), None)
    complete = whole(file, "transcripts", claim)
    state = _judge(told, complete=complete)
    if claim is None and state is not MeritState.CONFIRMED:
        return None
    missing = () if complete else (NOT_WHOLE,) if file.turns else (NO_TRANSCRIPTS,)
    return result(
        "debt_told",
        claim,
        state,
        clause,
        _why(state, told),
        grievance=Grievance.DEBT_TOLD,
        cites=told.ours + told.theirs + told.unsure,
        searched=Searched(
            dates=period(file, claim), records=len(file.turns) + len(file.consumer_records), missing=missing
        ),
        figures=(("ours", len(told.ours)), ("theirs", len(told.theirs)), ("unattributed", len(told.unsure))),
    )


def _told(file: MeritFile) -> Told:
    with_contact = {one.call_id for one in file.turns if one.call_id and "contact" in (one.callee, one.speaker)}
    one_voice = _one_voice(file)
    sides: dict[str, list[Cite]] = {"ours": [], "unsure": [], "theirs": []}
    for turn in sorted(file.turns, key=lambda one: (one.said_at, one.from_ms or 0, one.id)):
        heard = turn.callee == "contact" or turn.call_id in with_contact
        unsure = turn.speaker == "unknown" or turn.call_id in one_voice
        if heard and turn.said_at <= file.received_at and (unsure or turn.speaker in OURS):
            sides["unsure" if unsure else "ours"] += _spoken("transcripts", turn.id, turn.text)
    for kept in sorted(file.consumer_records, key=lambda one: (one.at, one.id)):
        if kept.callee == "contact" and kept.at <= file.received_at:
            sides["theirs"] += _spoken("consumer_records", kept.id, kept.text or "")
    return Told(**{side: tuple(found) for side, found in sides.items()})


def _one_voice(file: MeritFile) -> frozenset[str]:
    """Calls in which all turns are put down to one speaker who is no robot: there the two sides were not told apart."""
    speakers: dict[str, list[str]] = {}
    for turn in file.turns:
        if turn.call_id:
            speakers.setdefault(turn.call_id, []).append(turn.speaker)
    return frozenset(
        call for call, said in speakers.items() if len(said) >= TWO_SIDED and len(set(said)) == 1 and said[0] != "robot"
    )


def _spoken(kind: str, record: str, text: str) -> tuple[Cite, ...]:
    folded = normalise(text)
    found = DEBT.search(folded.text)
    return (Cite(kind, record, folded.passage(*found.span())),) if found else ()


def _judge(told: Told, *, complete: bool) -> MeritState:
    if told.ours:
        return MeritState.CONFIRMED
    if told.theirs:
        return MeritState.DISPUTED if complete else MeritState.CONFIRMED
    if told.unsure:
        return MeritState.PARTLY
    return MeritState.NOT_FOUND if complete else MeritState.UNCHECKED


def _why(state: MeritState, told: Told) -> Words:
    match state:
        case MeritState.CONFIRMED:
            return Words(
                f"向债务人以外的人谈及债务：我方录音{len(told.ours)}处，投诉人凭证{len(told.theirs)}处",
                f"somebody else was told of the debt: {len(told.ours)} passages in our recordings, {len(told.theirs)} in theirs",
            )
        case MeritState.DISPUTED:
            return Words(
                f"投诉人凭证有{len(told.theirs)}处向他人谈及债务，我方录音没有",
                f"{len(told.theirs)} passages in their records tell somebody else of the debt, none in our recordings",
            )
        case MeritState.PARTLY:
            return Words(
                f"通话中有{len(told.unsure)}处谈及债务，但说话人未标明，由人听录音判断",
                f"{len(told.unsure)} passages speak of the debt, but who spoke is not marked: for people to listen",
            )
        case MeritState.UNCHECKED:
            return Words(
                "通话文字记录不全，未能核查是否向他人谈及债务",
                "transcripts are incomplete: whether others were told could not be checked",
            )
        case _:
            return Words(
                "在查到的通话文字记录中未见向他人谈及债务",
                "nobody else was told of the debt in the transcripts searched",
            )
