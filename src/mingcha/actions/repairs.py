"""The repair ledger: causes counted from people's decisions, a repair opened for one, its fix recorded and measured again."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from mingcha.actions.codec import dumps, loads
from mingcha.actions.decide import decisions_by_complaint, standing
from mingcha.actions.deps import Deps
from mingcha.actions.kept import open_record
from mingcha.actions.permit import may
from mingcha.actions.ports.store import Work
from mingcha.actions.reasons import keep_reason, reason_of
from mingcha.actions.recusal import stand_aside
from mingcha.actions.sealing import ACCESS, DECISIONS, seal_act
from mingcha.errors import InputError, NotFound, OutOfOrder
from mingcha.model.actor import Actor
from mingcha.model.complaint import Complaint
from mingcha.model.notice import Assignment
from mingcha.model.repair import (
    NAMED,
    SOURCE_WORDS,
    Case,
    Cause,
    Causes,
    LedgerLine,
    NamedCause,
    NamedCauses,
    Repair,
    Source,
)
from mingcha.model.words import Words
from mingcha.quality.causes import AFTER, causes, measure, scorecard
from mingcha.standards.calendar import local_day

NAMED_CAUSES = "named_causes"  # the summary of what people named; the acts are in the chain of decisions
REPAIRS = "repairs"  # the summary that keeps the ledger; the acts are in the chain of decisions


def causes_of(deps: Deps, actor: Actor, first: date, last: date) -> Causes:
    """The causes among complaints received from one day to another, both included, and the whole ledger. Asking is sealed."""
    may(actor, "see_causes")
    if first > last:
        expected = Words("不早于起始日的日期", "a day not before the first")
        raise InputError(where="last", found=last.isoformat(), expected=expected)
    today = local_day(deps.now())
    with deps.store.read() as work:
        cases = list(_cases(deps, work))
        held = ledger(work)
        lines = [_line(deps, work, one, cases, today) for one in held.values()]
        collected = [one for by in _assignments(deps, work).values() for one in by]
    with deps.store.write() as work:
        seal_act(deps, work, ACCESS, actor, {"act": "see_causes", "from": first.isoformat(), "to": last.isoformat()})
    asked = [case for case in cases if first <= case.received_on <= last]
    start = first - (last - first) - timedelta(days=1)
    earlier = [case for case in cases if start <= case.received_on < first]
    handed = _handed(collected, first, last), _handed(collected, start, first - timedelta(days=1))
    open_ = Counter(one.cause.value for one in held.values() if one.cause.source is Source.AGENCY and not one.fixed_on)
    return Causes(
        first=first,
        last=last,
        decided=sum(case.decided for case in asked),
        undecided=sum(not case.decided for case in asked),
        lines=causes(asked),
        agencies=scorecard(asked, earlier, handed, open_),
        ledger=tuple(sorted(lines, key=lambda one: (one.repair.fixed_on is not None, one.repair.due, one.repair.id))),
    )


def open_repair(deps: Deps, actor: Actor, cause: Cause, owner: str, fix: str, due: date) -> Repair:
    """Say who mends a cause, how, and by when; sealed.

    OutOfOrder without an owner or a fix, when nobody's complaint was upheld for that cause, or while a repair of it is open.
    """
    may(actor, "record_repair")
    what = Words("登记整改", "open a repair")
    if not owner.strip() or not fix.strip():
        raise OutOfOrder(what=what, why=Words("须写明责任人与整改措施", "it needs an owner and what is to be done"))
    with deps.store.write() as work:
        held = ledger(work)
        if any(one.cause == cause and one.fixed_on is None for one in held.values()):
            raise OutOfOrder(what=what, why=Words("该成因已有未完成的整改", "a repair of this cause is open"))
        if not any(line.cause == cause for line in causes(list(_cases(deps, work)))):
            raise NotFound(what=Words("有投诉获支持的成因", "cause that a complaint was upheld for"), which=cause.value)
        kept = keep_reason(deps, work, deps.new_id(), fix, None)
        repair = Repair(
            id=f"R-{len(held) + 1}",
            cause=cause,
            owner=owner,
            fix=kept["reason"],
            due=due,
            opened_on=local_day(deps.now()),
            opened_by=actor.name,
            fixed_on=None,
            fixed_by=None,
            evidence=None,
        )
        _keep(work, held, repair)
        act = {"source": cause.source.value, "value": cause.value, "grievance": cause.grievance.value}
        told = {"act": "open_repair", "repair": repair.id, "owner": owner, "due": due.isoformat()}
        seal_act(deps, work, DECISIONS, actor, {**told, **act, **kept})
    return replace(repair, fix=fix)


def record_fix(deps: Deps, actor: Actor, id_: str, fixed_on: date, evidence: str) -> Repair:
    """Say that a repair was made on a day, and what shows it; sealed. From that day on it is measured.

    OutOfOrder without evidence, for a day to come, or when it is recorded already.
    """
    may(actor, "record_repair")
    what = Words("登记整改完成", "record a fix")
    if not evidence.strip():
        raise OutOfOrder(what=what, why=Words("须写明整改证据", "it needs evidence"))
    if fixed_on > local_day(deps.now()):
        raise OutOfOrder(what=what, why=Words("完成日尚未到来", "its day is still to come"))
    with deps.store.write() as work:
        held = ledger(work)
        if id_ not in held:
            raise NotFound(what=Words("整改", "repair"), which=id_)
        if held[id_].fixed_on is not None:
            raise OutOfOrder(what=what, why=Words("已登记完成", "it is recorded already"))
        kept = keep_reason(deps, work, deps.new_id(), evidence, None)
        repair = replace(held[id_], fixed_on=fixed_on, fixed_by=actor.name, evidence=kept["reason"])
        _keep(work, held, repair)
        seal_act(
            deps,
            work,
            DECISIONS,
            actor,
            {"act": "record_fix", "repair": id_, "fixed_on": fixed_on.isoformat(), **kept},
        )
        return _told(deps, work, repair)


def name_cause(deps: Deps, actor: Actor, complaint: str, source: Source, value: str) -> NamedCause:
    """Say that an upheld complaint comes from a partner, a script or a system, which no record says; sealed.

    OutOfOrder before anything of it is upheld, for a source that records name, without a name, or when it is said already.
    """
    may(actor, "name_cause")
    what = Words("登记成因", "name a cause")
    if source not in NAMED or not value.strip():
        zh, en = ("、".join(SOURCE_WORDS[one].zh for one in NAMED), ", ".join(SOURCE_WORDS[one].en for one in NAMED))
        raise OutOfOrder(what=what, why=Words(f"须为{zh}，并写明名称", f"it takes one of {en}, and its name"))
    with deps.store.write() as work:
        if complaint not in work.desk.rows([complaint]):
            raise NotFound(what=Words("投诉", "complaint"), which=complaint)
        stand_aside(deps, work, actor, complaint)
        merit = standing(work.desk.decisions(complaint)).merit
        if merit is None or not merit.grievances:
            raise OutOfOrder(what=what, why=Words("尚无诉求获支持", "nothing of it is upheld"))
        held = named_causes(work)
        mine = held.get(complaint, ())
        if any((one.source, one.value) == (source, value) for one in mine):
            raise OutOfOrder(what=what, why=Words("已登记过", "it is said already"))
        made = NamedCause(source=source, value=value, by=actor.name, at=deps.now())
        _keep_named(work, {**held, complaint: (*mine, made)})
        act = {"act": "name_cause", "complaint": complaint, "source": source.value, "value": value}
        seal_act(deps, work, DECISIONS, actor, act)
    return made


def named_causes(work: Work) -> dict[str, tuple[NamedCause, ...]]:
    """What people named, by complaint."""
    return {id_: loads(NamedCauses, body).causes for id_, body in work.summaries.all(NAMED_CAUSES)}


def forget_causes(work: Work, complaints: Sequence[str]) -> None:
    """Drop what was named for complaints whose data are erased."""
    held = named_causes(work)
    if held.keys() & set(complaints):
        _keep_named(work, {id_: named for id_, named in held.items() if id_ not in complaints})


def _keep_named(work: Work, held: Mapping[str, tuple[NamedCause, ...]]) -> None:
    work.summaries.replace(NAMED_CAUSES, [(id_, dumps(NamedCauses(named))) for id_, named in sorted(held.items())])


def ledger(work: Work) -> dict[str, Repair]:
    """The repairs by id; `fix` and `evidence` are the ids of reasons."""
    return {id_: loads(Repair, body) for id_, body in work.summaries.all(REPAIRS)}


def _keep(work: Work, held: Mapping[str, Repair], repair: Repair) -> None:
    kept = {**held, repair.id: repair}
    work.summaries.replace(REPAIRS, [(id_, dumps(one)) for id_, one in sorted(kept.items())])


def _told(deps: Deps, work: Work, repair: Repair) -> Repair:
    """A repair with its texts in place of where they are kept."""
    held = work.reasons.get([id_ for id_ in (repair.fix, repair.evidence) if id_])
    text = {id_: reason_of(deps.keys, kept) for id_, kept in held.items()}
    return replace(repair, fix=text[repair.fix], evidence=text[repair.evidence] if repair.evidence else None)


def _line(deps: Deps, work: Work, repair: Repair, cases: Sequence[Case], today: date) -> LedgerLine:
    on = repair.fixed_on
    measures = tuple(measure(cases, repair.cause, on, days, today) for days in AFTER) if on else ()
    return LedgerLine(repair=_told(deps, work, repair), overdue=on is None and repair.due < today, measures=measures)


def _cases(deps: Deps, work: Work) -> Iterator[Case]:
    """Every complaint that was not erased, as the causes see it."""
    made = decisions_by_complaint(work)
    collected, named = _assignments(deps, work), named_causes(work)
    for stored in work.records.scan("complaints"):
        if not stored.wrapped:
            continue
        filed: Complaint = open_record(deps.keys, stored).keyed
        merit = standing(made.get(stored.id, ())).merit
        received = local_day(filed.received_at or stored.recorded_at)
        yield Case(
            received_on=received,
            customer=filed.customer_id,
            sources=tuple(sorted({*_sources(filed, received, collected), *_named(named.get(stored.id, ()))})),
            decided=merit is not None,
            upheld=frozenset(merit.grievances) if merit else frozenset(),
        )


def _assignments(deps: Deps, work: Work) -> Mapping[str, Sequence[Assignment]]:
    """By account or, where none is named, by customer."""
    by: dict[str, list[Assignment]] = defaultdict(list)
    for stored in work.records.scan("assignments"):
        if stored.wrapped:
            one: Assignment = open_record(deps.keys, stored).keyed
            by[one.account_id or one.customer_id or ""].append(one)
    return by


def _sources(filed: Complaint, received: date, by: Mapping[str, Sequence[Assignment]]) -> Iterable[tuple[Source, str]]:
    if filed.product:
        yield Source.PRODUCT, filed.product
    if filed.lender:
        yield Source.LENDER, filed.lender
    ids = [id_ for id_ in (filed.account_id, filed.customer_id) if id_]
    held = [one for id_ in ids for one in by.get(id_, ())]
    yield from {(Source.AGENCY, one.agency) for one in held if one.collecting(received)}


def _named(causes: Sequence[NamedCause]) -> Iterable[tuple[Source, str]]:
    return ((one.source, one.value) for one in causes)


def _handed(assignments: Iterable[Assignment], first: date, last: date) -> dict[str, set[str]]:
    """Customers handed to each agency on some day of a period."""
    by: dict[str, set[str]] = defaultdict(set)
    for one in assignments:
        if one.customer_id and one.from_on <= last and (one.to_on is None or one.to_on >= first):
            by[one.agency].add(one.customer_id)
    return by
