"""What of a case its source systems and platforms will delete, and the request to keep it; asking is sealed, nothing is sent.

The letter names records by the ids their own system gave them, and nobody by name.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mingcha.actions.case_book import case_acts, complaints_of, keep_case_act
from mingcha.actions.corrections import sender
from mingcha.actions.deps import Deps
from mingcha.actions.exhibit_book import open_exhibit
from mingcha.actions.kept import open_record
from mingcha.actions.permit import may
from mingcha.actions.ports.store import Work
from mingcha.actions.sealing import ACCESS, seal_act
from mingcha.casework.course import fold
from mingcha.casework.letters import keep_request
from mingcha.casework.perishing import Source, perishing
from mingcha.errors import OutOfOrder
from mingcha.model.actor import Actor
from mingcha.model.case import CASE_ACT_WORDS, CaseAct, CaseActKind, SubjectKind
from mingcha.model.case_facts import CaseFacts
from mingcha.model.case_out import PreservationAsked
from mingcha.model.correction import Perishing
from mingcha.model.kinds import BY_CODE, KINDS
from mingcha.model.record import Type
from mingcha.model.sheet import Sheet
from mingcha.model.stored import StoredRecord
from mingcha.model.words import Words
from mingcha.standards.calendar import local_day
from mingcha.standards.retention import LONGEST

Render = Callable[[Sheet, str, datetime], bytes]
ADS = "ads"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody is to be asked to keep: what a system deletes within so many days."""

    system: str
    days: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that was drafted and entered: its act, the records, and the letter in some forms."""

    act: CaseAct
    rows: tuple[Perishing, ...]
    files: tuple[tuple[str, bytes], ...]


def going(deps: Deps, actor: Actor, case: str, days: int) -> tuple[Perishing, ...]:
    """What of a case is gone within so many days, or may be at any time; what is held or asked for comes last. Logged."""
    may(actor, "see_cases")
    with deps.store.write() as work:
        facts = fold(case_acts(deps, work, actor, case))
        found = _going(deps, work, case, facts, days)
        seal_act(deps, work, ACCESS, actor, {"act": "see_going", "of": case, "records": [one.record for one in found]})
    return found


def ask_to_keep(deps: Deps, actor: Actor, case: str, wanted: Wanted, render: Render, forms: Sequence[str]) -> Asked:
    """Draft the letter to whoever runs a system and enter that it was asked; sealed. Where nothing further is to be asked for, the
    letter of the newest request that waits is given once more; OutOfOrder where none does."""
    may(actor, "work_cases")
    with deps.store.write() as work:
        acts = case_acts(deps, work, actor, case)
        facts = fold(acts)
        found = _going(deps, work, case, facts, wanted.days)
        rows = tuple(one for one in found if one.system == wanted.system and not one.kept and not one.asked)
        if rows:
            first = min((one.gone_on for one in rows if one.gone_on is not None), default=None)
            body = PreservationAsked(wanted.system, tuple(one.record for one in rows), first)
            act = keep_case_act(deps, work, actor, case, body)
        else:
            act, rows = _waiting(acts, facts, wanted.system, _going(deps, work, case, facts, LONGEST))
        told = {"act": "ask_to_keep", "of": case, "records": [one.record for one in rows]}
        seal_act(deps, work, ACCESS, actor, told)
        sheet = keep_request(wanted.system, rows, case, sender(deps), "zh-CN")
        files = tuple((form, render(sheet, form, act.at)) for form in forms)  # not drawn, nobody was asked
    return Asked(act, rows, files)


def _waiting(
    acts: Sequence[CaseAct], facts: CaseFacts, system: str, found: Sequence[Perishing]
) -> tuple[CaseAct, tuple[Perishing, ...]]:
    """The newest request to a system that nobody answered, and its records."""
    waits = [one for one in facts.requests if one.asked.system == system and one.answered is None]
    rows = tuple(one for one in found if waits and one.record in waits[-1].asked.records)
    if not rows:
        why = Words(
            f"{system} 没有须保全的记录（已保存、已请求，或未设删除期限）",
            f"{system} holds no record to ask for (kept, asked for already, or no term is set)",
        )
        raise OutOfOrder(what=CASE_ACT_WORDS[CaseActKind.PRESERVATION_ASKED], why=why)
    return next(act for act in acts if act.id == waits[-1].id), rows


def _going(deps: Deps, work: Work, case: str, facts: CaseFacts, days: int) -> tuple[Perishing, ...]:
    sources = list({one.record: one for one in _sources(deps, work, facts)}.values())
    about = {one.record for one in sources} | {one.id for one in facts.subjects} | {case}
    held = [open_exhibit(deps, one) for one in work.exhibits.about(sorted(about)) if one.wrapped]
    kept = frozenset((id_, one.about.system) for one in held for id_ in one.about.of)
    captured = {id_ for one in held for id_ in one.about.of}
    kept |= {(one.record, one.system) for one in sources if one.ad and one.record in captured}
    until = local_day(deps.now()) + timedelta(days=days)
    return perishing(sources, deps.standards.retention, kept, facts.requests, until)


def _sources(deps: Deps, work: Work, facts: CaseFacts) -> Iterator[Source]:
    """The records of a case's complaints, what names those, what names their customers and no complaint, and its ads."""
    complaints = list(complaints_of(work, facts))
    heads = list(work.records.heads("complaints", complaints).values())
    yield from _told(deps, heads)
    customers = {one.id for one in facts.subjects if one.kind is SubjectKind.CUSTOMER}
    customers |= {open_record(deps.keys, one).keyed.customer_id for one in heads if one.wrapped} - {None}
    for kind in KINDS:
        columns = {one.name for one in kind.columns}
        if "complaint_id" in columns:
            yield from _told(deps, work.records.by_token(kind.code, "complaint_id", complaints))
        elif "customer_id" in columns and kind.code != "complaints":
            yield from _told(deps, work.records.by_token(kind.code, "customer_id", sorted(customers)))
    ads = work.ads.items([one.id for one in facts.subjects if one.kind is SubjectKind.AD])
    sightings = work.records.heads(ADS, sorted({id_ for item in ads.values() for id_ in item.sightings}))
    for ad, item in ads.items():
        seen = [
            open_record(deps.keys, one).clear for id_ in item.sightings if (one := sightings.get(id_)) and one.wrapped
        ]
        if seen:
            theirs = next((said for one in reversed(seen) if (said := one.work_id or one.url)), ad)
            last = local_day(item.last_seen)
            yield Source(ad, theirs, Words("广告", "ad"), item.platform or "-", last, ad=True)


def _told(deps: Deps, stored: Sequence[StoredRecord]) -> Iterator[Source]:
    for one in stored:
        if one.wrapped:
            clear, kind = open_record(deps.keys, one).clear, BY_CODE[one.kind]
            days = (
                _day(getattr(clear, column.name)) for column in kind.columns if column.type in (Type.TIME, Type.DATE)
            )
            made = next((day for day in days if day is not None), local_day(one.recorded_at))
            yield Source(one.id, clear.id, kind.label, one.source_system, made)


def _day(value: date | datetime | None) -> date | None:
    return local_day(value) if isinstance(value, datetime) else value
