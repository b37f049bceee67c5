"""The parts of what somebody is given about themselves: records, complaints with what became of them, help, and who looked.

Values are in clear where they are theirs: a contact is if their own record holds it. Whose a value is nobody knows, is masked.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import datetime
from typing import Any

from mingcha.actions.aid_book import acts_for
from mingcha.actions.assessments import open_output
from mingcha.actions.book import shown
from mingcha.actions.codec import canonical, to_plain
from mingcha.actions.deps import Deps
from mingcha.actions.kept import Kept, personal_columns
from mingcha.actions.permit import may_reveal, refused
from mingcha.actions.ports.store import Work
from mingcha.actions.reasons import reason_of, with_reasons
from mingcha.actions.sealing import ACCESS, DECISIONS
from mingcha.detect.catalogue import CATALOGUE
from mingcha.evidence.canonical import parse
from mingcha.model.access import (
    MERIT_STATE_WORDS,
    SIDE_WORDS,
    VERDICTS,
    Checked,
    ComplaintCopy,
    DecisionCopy,
    FindingCopy,
    HelpCopy,
    ReadBy,
    RecordCopy,
    Value,
)
from mingcha.model.actor import Actor
from mingcha.model.aid import AID_ACT_WORDS
from mingcha.model.assessment import Assessment
from mingcha.model.finding import Finding
from mingcha.model.kinds import BY_CODE
from mingcha.model.record import Column, Personal, Type
from mingcha.model.stored import StoredRecord
from mingcha.model.transcript import Turn
from mingcha.model.words import Words
from mingcha.standards.calendar import local, local_day
from mingcha.text.canonical import mask
from mingcha.text.masking import masked

STATED = (
    "complaints",
    "attachments",
    "consumer_records",
    "replies",
    "callbacks",
    "leads",
)  # their own words, or said to them
NOT_THEIRS = ("asked_by", "offered_by", "verified_by", "licence_no")  # columns for staff and representatives
HIDDEN = "***"
SHUT = Words("诉求尚未裁定", "its merit is not decided")
FEN = (Type.MONEY, Type.PAYMENTS, Type.FEES)
DETECTORS = {one.code: one.label for one in CATALOGUE}
FREE = ("note", "payee", "where", "origin", "reason")
Held = Mapping[str, tuple[StoredRecord, Kept]]


def record_copies(who: str, held: Held) -> tuple[RecordCopy, ...]:
    """Every record, in the order of kinds and then as they were taken in."""
    own = _own(held[who][1]) if who in held else set()
    order = list(BY_CODE)
    rows = sorted(held.values(), key=lambda pair: (order.index(pair[0].kind), pair[0].seq))
    return tuple(
        RecordCopy(
            kind=stored.kind,
            label=BY_CODE[stored.kind].label,
            id=kept.clear.id,
            system=stored.source_system,
            recorded_on=local_day(stored.recorded_at),
            values=tuple(_values(stored.kind, kept, own, set(held) | {who})),
        )
        for stored, kept in rows
    )


def complaint_copies(
    deps: Deps, work: Work, actor: Actor, complaints: Mapping[str, Kept], originals: Mapping[str, str]
) -> tuple[ComplaintCopy, ...]:
    """Each complaint with what was checked, decided and answered, and, once its merit is decided, found (law 2).

    NotPermitted where its second stage is shut to the maker.
    """
    ids = sorted(complaints)
    rows, papers, assessed = work.desk.rows(ids), work.desk.clock_events(ids), work.desk.assessments(ids)
    roles = _roles(work, set(ids))
    out = []
    for id_ in ids:
        if not may_reveal(actor, rows[id_].merit_decided):
            raise refused(actor.name, "see_complaint_reveal", SHUT)
        made = open_output(deps, assessed[id_]) if id_ in assessed and assessed[id_].wrapped else None
        documents = [one.document for one in papers.get(id_, ()) if one.document]
        letters = work.reasons.get(documents)
        out.append(
            ComplaintCopy(
                id=complaints[id_].clear.id,
                received_on=local_day(rows[id_].received_at),
                due=rows[id_].due,
                state=rows[id_].state,
                original=originals.get(id_),
                checked=tuple(_checked(deps, made)),
                findings=tuple(_findings(id_, made)) if rows[id_].merit_decided else (),
                decisions=tuple(_decisions(deps, work, id_, roles)),
                letters=tuple(
                    reason_of(deps.keys, letters[one]) for one in documents if one in letters and letters[one].wrapped
                ),
            )
        )
    return tuple(out)


def help_copies(deps: Deps, work: Work, who: str) -> tuple[HelpCopy, ...]:
    """What was done to help them."""
    acts = acts_for(deps, work, [who]).get(who, ())
    return tuple(HelpCopy(one.at, AID_ACT_WORDS[one.kind], _said(one.body)) for one in acts)


def read_by(work: Work, who: str, ids: Set[str]) -> tuple[ReadBy, ...]:
    """Every sealed look that names them, a complaint or an exhibit of theirs; staff are told by their roles."""
    out = []
    for link in work.chains.read(ACCESS):
        told = parse(link.payload)
        named = {str(one) for field in ("complaints", "customers", "exhibits") for one in told.get(field, ())}
        if who in named or not named.isdisjoint(ids):
            out.append(
                ReadBy(link.at, str(told["act"]), tuple(map(str, told.get("roles", ()))), str(told.get("purpose", "")))
            )
    return tuple(out)


def _said(body: Any) -> str:
    return canonical(to_plain(shown(body, FREE))).decode()


def _own(kept: Kept) -> set[str]:
    """Tokens of the contacts their own record holds."""
    values = (
        getattr(kept.keyed, one.name)
        for one in personal_columns(BY_CODE["customers"])
        if one.personal is not Personal.REF
    )
    return {value for value in values if value}


def _values(kind: str, kept: Kept, own: Set[str], ids: Set[str]) -> Iterator[Value]:
    for column in BY_CODE[kind].columns:
        value = getattr(kept.clear, column.name)
        if value is None or value in ((), "") or column.type is Type.ID:
            continue
        if column.name in NOT_THEIRS or (
            isinstance(kept.clear, Turn) and column.name == "text" and _of_others(kept.clear)
        ):
            text, hidden = HIDDEN, True
        else:
            text, hidden = _text(kind, column, value, getattr(kept.keyed, column.name), own | ids)
        yield Value(column.name, column.label, text, hidden)


def _of_others(turn: Turn) -> bool:
    """Whether a turn was said in a call that is not known to have been theirs."""
    return "customer" not in (turn.callee, turn.speaker)


def _text(kind: str, column: Column, value: Any, keyed: Any, own: Set[str]) -> tuple[str, bool]:
    """A value as it may be told, and whether anything of it was masked."""
    plain = _plain(column, value)
    if kind == "customers" and column.target != "customers":
        return plain, False
    if column.personal is None or column.name == "against":
        return plain, False
    if column.personal is Personal.FREE_TEXT:
        told = plain if kind in STATED else masked(plain)
        return told, told != plain
    if column.personal is Personal.REF:
        refs = keyed if isinstance(keyed, tuple) else (keyed,)
        return (plain, False) if own >= set(refs) else (HIDDEN, True)
    return (plain, False) if keyed in own else (mask(column.personal, plain), True)


def _plain(column: Column, value: Any) -> str:
    """A value in a form people read: money in yuan, rates in per cent, times where the house stands."""
    if isinstance(value, tuple):
        return "; ".join(_plain(column, one) for one in value)
    if isinstance(value, datetime):
        return f"{local(value):%Y-%m-%d %H:%M}"
    if isinstance(value, bool):
        return "是 yes" if value else "否 no"
    if isinstance(value, int) and column.type in FEN:
        return f"{value // 100}.{value % 100:02}"
    if column.type is Type.RATE:
        return f"{value / 10_000:g}%"
    return str(value)


def _checked(deps: Deps, made: Assessment | None) -> Iterator[Checked]:
    for one in made.merit if made else ():
        why = Words(masked(one.why.zh), masked(one.why.en))
        yield Checked(deps.standards.answers.titles[one.grievance], MERIT_STATE_WORDS[one.state], why)


def _findings(complaint: str, made: Assessment | None) -> Iterator[FindingCopy]:
    """What was found, with quotes of their own complaint alone; no points, no label, no group."""
    for one in made.results if made else ():
        if isinstance(one, Finding):
            quotes = tuple(each.passage.quote for each in one.cites if each.record == complaint and each.passage)
            why = Words(masked(one.why.zh), masked(one.why.en))
            yield FindingCopy(DETECTORS[one.detector], SIDE_WORDS[one.side], why, quotes, one.clause)


def _decisions(deps: Deps, work: Work, complaint: str, roles: Mapping[str, Sequence[str]]) -> Iterator[DecisionCopy]:
    made = with_reasons(deps, work, work.desk.decisions(complaint))
    undone = {one.undoes for one in made if one.undoes}
    for one in made:
        if not one.undoes and not one.confirms:
            yield DecisionCopy(
                at=one.at,
                verdict=VERDICTS.get(one.verdict, Words(one.verdict, one.verdict)),
                reason=masked(one.reason),
                roles=tuple(roles.get(one.id, ())),
                taken_back=one.id in undone,
            )


def _roles(work: Work, complaints: Set[str]) -> dict[str, list[str]]:
    """In which roles each decision on these was made, as it was sealed."""
    told = (parse(link.payload) for link in work.chains.read(DECISIONS))
    return {
        str(one["decision"]): list(map(str, one.get("roles", ())))
        for one in told
        if one.get("act") == "decide" and one["complaint"] in complaints
    }
