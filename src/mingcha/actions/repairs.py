"""The repair ledger: causes counted from people's decisions, a repair opened for one, its fix recorded and measured again."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from mingcha.actions.codec import dumps, loads
from mingcha.actions.decide import standing
from mingcha.actions.deps import Deps
from mingcha.actions.kept import open_record
from mingcha.actions.permit import may
from mingcha.actions.ports.store import Work
from mingcha.actions.reasons import keep_reason, reason_of
from mingcha.actions.sealing import ACCESS, DECISIONS, seal_act
from mingcha.errors import InputError, NotFound, OutOfOrder
from mingcha.model.actor import Actor
from mingcha.model.complaint import Complaint
from mingcha.model.decision import Decision
from mingcha.model.notice import Assignment
from mingcha.model.repair import Case, Cause, Causes, LedgerLine, Repair, Source
from mingcha.model.words import Words
from mingcha.quality.causes import AFTER, causes, measure
from mingcha.standards.calendar import local_day

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
        lines = [_line(deps, work, one, cases, today) for one in ledger(work).values()]
    with deps.store.write() as work:
        seal_act(deps, work, ACCESS, actor, {"act": "see_causes", "from": first.isoformat(), "to": last.isoformat()})
    asked = [case for case in cases if first <= case.received_on <= last]
    return Causes(
        first=first,
        last=last,
        decided=sum(case.decided for case in asked),
        undecided=sum(not case.decided for case in asked),
        lines=causes(asked),
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
    made: dict[str, list[Decision]] = defaultdict(list)
    for decision in work.desk.all_decisions():
        made[decision.complaint].append(decision)
    collected = _assignments(deps, work)
    for stored in work.records.scan("complaints"):
        if not stored.wrapped:
            continue
        filed: Complaint = open_record(deps.keys, stored).keyed
        merit = standing(made[stored.id]).merit
        received = local_day(filed.received_at or stored.recorded_at)
        yield Case(
            received_on=received,
            customer=filed.customer_id,
            sources=tuple(sorted(_sources(filed, received, collected))),
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
