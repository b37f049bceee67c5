"""Stop collection contacts and hand the dialler its list; see that the welfare lane is read within two hours. All of it sealed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from mingcha.actions.codec import dumps, loads
from mingcha.actions.deps import Deps
from mingcha.actions.kept import open_record
from mingcha.actions.permit import may
from mingcha.actions.personal import filed
from mingcha.actions.ports.store import Work
from mingcha.actions.reasons import keep_reason
from mingcha.actions.recusal import aside, stand_aside
from mingcha.actions.sealing import ACCESS, CUSTODY, seal_act
from mingcha.errors import NotFound, OutOfOrder
from mingcha.evidence.canonical import parse
from mingcha.model.actor import Actor
from mingcha.model.care import DiallerLine, FirstRead, Stop
from mingcha.model.notice import Notice
from mingcha.model.stored import DeskRow, QueueFilter
from mingcha.model.words import Words

STOPS = "stop_contact"  # the summary that keeps what stands; the acts are in the custody chain
FIRST_READ = timedelta(hours=2)
PAGE = 1_000


def stop_contact(deps: Deps, actor: Actor, complaint: str, reason: str, *, lift: bool = False) -> Stop | None:
    """Record that collection contacts stop for a complaint, or, when its consumer asks for it, that they may go on.

    OutOfOrder without a reason, for a stop that stands already, or for lifting none.
    """
    may(actor, "stop_contact")
    what = Words("恢复联系", "let contacts go on") if lift else Words("停止联系", "stop contacts")
    if not reason.strip():
        raise OutOfOrder(what=what, why=Words("须写明理由", "it needs a reason"))
    with deps.store.write() as work:
        if complaint not in work.desk.rows([complaint]):
            raise NotFound(what=Words("投诉", "complaint"), which=complaint)
        stand_aside(deps, work, actor, complaint)
        standing = stops(work)
        if (complaint in standing) is not lift:
            why = Words("没有停止联系的登记", "no stop stands") if lift else Words("已登记过", "it stands already")
            raise OutOfOrder(what=what, why=why)
        stop = None if lift else Stop(deps.now(), actor.name)
        kept = {**standing, complaint: stop}
        work.summaries.replace(STOPS, [(id_, dumps(one)) for id_, one in sorted(kept.items()) if one is not None])
        act = {"act": "lift_stop" if lift else "stop_contact", "complaint": complaint}
        seal_act(deps, work, CUSTODY, actor, {**act, **keep_reason(deps, work, deps.new_id(), reason, complaint)})
    return stop


def stops(work: Work) -> Mapping[str, Stop]:
    """The stops that stand, by complaint."""
    return {id_: loads(Stop, body) for id_, body in work.summaries.all(STOPS)}


def stop_of(work: Work, complaint: str) -> Stop | None:
    """The stop of one complaint."""
    body = work.summaries.get(STOPS, [complaint]).get(complaint)
    return loads(Stop, body) if body is not None else None


def dialler_list(deps: Deps, actor: Actor, reason: str) -> tuple[DiallerLine, ...]:
    """Numbers in clear that nobody may dial to collect: of complaints that stopped contacts, and of refusals on the register.

    Each number once, with the earliest day. Who took the list, and why, is sealed before it is given out.
    """
    may(actor, "export_dialler")
    if not reason.strip():
        raise OutOfOrder(what=Words("导出停联名单", "export the list"), why=Words("须写明理由", "it needs a reason"))
    with deps.store.write() as work:
        lines = sorted(
            [*_stopped(deps, work), *_refused(deps, work)], key=lambda one: (one.since, one.number, one.record)
        )
        why = keep_reason(deps, work, deps.new_id(), reason, None)
        seal_act(deps, work, ACCESS, actor, {"act": "export_dialler", "numbers": len(lines), **why})
    once: dict[str, DiallerLine] = {}
    for line in lines:
        once.setdefault(line.number, line)
    return tuple(once.values())


def _stopped(deps: Deps, work: Work) -> Iterator[DiallerLine]:
    standing = stops(work)
    alive = work.records.heads("complaints", list(standing))
    for id_, stop in standing.items():
        if id_ not in alive or not alive[id_].wrapped:
            continue  # erased: there is no number left to protect
        one = filed(deps, work, id_)
        phones = {one.kept.clear.filer_phone, one.customer.phone if one.customer else None}
        for number in sorted(phone for phone in phones if phone):
            yield DiallerLine(number=number, since=stop.since, why="stop_contact", record=id_)


def _refused(deps: Deps, work: Work) -> Iterator[DiallerLine]:
    for stored in work.records.scan("notices"):
        if stored.wrapped:
            told: Notice = open_record(deps.keys, stored).clear
            if told.about == "stop_contact" and told.by != "institution" and told.number:
                yield DiallerLine(number=told.number, since=told.given_at, why="refused", record=stored.id)


def first_reads(deps: Deps, actor: Actor) -> tuple[FirstRead, ...]:
    """Open complaints of the welfare lane and when each was first read; those not read in time, and the oldest, come first."""
    may(actor, "see_queue")
    with deps.store.read() as work:
        lane = [row.complaint for row in _lane(work)]
        closed = aside(deps, work, actor, lane)
        arrived = _arrivals(work, [id_ for id_ in lane if id_ not in closed])
        read = _reads(work, set(arrived))
    now = deps.now()
    out = []
    for id_, at in arrived.items():
        when, by = read.get(id_, (None, None))
        due = at + FIRST_READ
        late = (when or now) > due
        out.append(FirstRead(complaint=id_, arrived_at=at, due_at=due, read_at=when, read_by=by, late=late))
    return tuple(sorted(out, key=lambda one: (one.read_at is not None, not one.late, one.arrived_at, one.complaint)))


def _lane(work: Work) -> list[DeskRow]:
    rows: list[DeskRow] = []
    for state in ("open", "needs_repair"):
        where, after = QueueFilter(welfare=True, state=state), None
        while page := work.desk.page(where, after, PAGE):
            rows += page
            after = (page[-1].welfare, page[-1].nearest, page[-1].complaint)
    return rows


def _arrivals(work: Work, ids: Sequence[str]) -> dict[str, datetime]:
    """When each first came into the house."""
    heads = work.records.heads("complaints", ids)
    first = {id_: head.recorded_at for id_, head in heads.items() if head.wrapped}
    amended = {id_ for id_, head in heads.items() if head.version > 1}
    if amended:
        for stored in work.records.history("complaints"):
            if stored.id in amended and stored.id in first:
                first[stored.id] = min(first[stored.id], stored.recorded_at)
    return first


def _reads(work: Work, ids: set[str]) -> dict[str, tuple[datetime, str]]:
    found: dict[str, tuple[datetime, str]] = {}
    for link in work.chains.read(ACCESS):
        act = parse(link.payload)
        if act.get("act") == "see_merit":
            for id_ in ids.intersection(map(str, act.get("complaints", ()))):
                found.setdefault(id_, (link.at, str(act["by"])))
    return found
