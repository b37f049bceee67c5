"""The desk held against records, papers and decisions: every date and state it shows is reckoned again from what was sealed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from mingcha.actions.care import stops
from mingcha.actions.codec import to_plain
from mingcha.actions.complaint_desk import NEEDS_REPAIR, clock_of, state_of
from mingcha.actions.decide import standing
from mingcha.actions.deps import Deps
from mingcha.actions.inspection.records import Register
from mingcha.actions.inspection.sealed import Sealed
from mingcha.actions.ports.store import Work
from mingcha.actions.proofs import decision_digest, paper_digest
from mingcha.actions.recusal import aside
from mingcha.actions.repairs import ledger, named_causes
from mingcha.clock.regimes import MAIN
from mingcha.clock.welfare import welfare
from mingcha.model.actor import Actor, Purpose
from mingcha.model.clock import ClockEvent, ClockState
from mingcha.model.complaint import Complaint
from mingcha.model.decision import Decision, Stage
from mingcha.model.inspection import Flaw
from mingcha.model.repair import Repair
from mingcha.model.stored import DeskRow
from mingcha.model.words import Words
from mingcha.text.normalise import normalise

DATES = (Words("期限", "due"), Words("首个期限", "first due"), Words("排队依据的期限", "nearest"))
IMPORTED = timedelta(days=1)  # a receipt nobody stated is the hour of import


@dataclass(slots=True)
class Desk:
    """What the desk keeps, read once."""

    rows: dict[str, DeskRow] = field(default_factory=dict)
    papers: dict[str, list[ClockEvent]] = field(default_factory=dict)
    newest_paper: dict[str, date] = field(default_factory=dict)  # the day its newest paper was sealed
    decisions: dict[str, list[Decision]] = field(default_factory=dict)


def check_papers(deps: Deps, work: Work, sealed: Sealed, desk: Desk) -> Iterator[Flaw]:
    """Clock papers that are gone, smuggled in or altered; fills the desk on the way."""
    acts = {link.seq: told for link, told in sealed.custody if told.get("act") == "clock_event"}
    for link, act in sealed.custody:
        if act.get("act") == "clock_event":
            desk.newest_paper[str(act["complaint"])] = link.at.astimezone(deps.zone).date()
    seen: set[int] = set()
    for complaint, seq, event in work.desk.all_clock_events():
        desk.papers.setdefault(complaint, []).append(event)
        told = acts.get(seq)
        if told is None or seq in seen or told["complaint"] != complaint:
            yield Flaw("paper_unsealed", complaint, _about(event, "该期限文书没有封存记录", "no act was sealed for it"))
            continue
        seen.add(seq)
        fields = (event.kind.value, event.document or "", event.approver_rank or "", event.matter or "", event.by)
        said = tuple(told.get(name, "") for name in ("event", "document", "approver_rank", "matter", "by"))
        changed = told.get("digest", paper_digest(deps, event)) != paper_digest(deps, event)
        if fields != said or (changed and not _blanked(work, complaint, event)):
            yield Flaw("paper_changed", complaint, _about(event, "与封存内容不符", "it is not what was sealed"))
    for seq in sorted(acts.keys() - seen):
        kind, document = acts[seq]["event"], acts[seq].get("document", "")
        yield Flaw(
            "paper_missing",
            str(acts[seq]["complaint"]),
            Words(f"已封存的期限文书 {kind} {document} 不见了", f"the sealed paper {kind} {document} is gone"),
        )


def _blanked(work: Work, complaint: str, event: ClockEvent) -> bool:
    """Whether a paper quotes nothing any more because its complaint was erased."""
    held = work.records.heads("complaints", [complaint]).get(complaint)
    return held is not None and not held.wrapped and event.new_passage is event.offered is None


def check_decisions(work: Work, sealed: Sealed, desk: Desk) -> Iterator[Flaw]:
    """Decisions that are gone, smuggled in, altered, out of order, or confirmed by whoever made them."""
    acts = {str(told["decision"]): told for _, told in sealed.decisions if told.get("act") == "decide"}
    kept: dict[str, Decision] = {}
    for one in work.desk.all_decisions():
        kept[one.id] = one
        desk.decisions.setdefault(one.complaint, []).append(one)
        told = acts.get(one.id)
        if told is None:
            yield Flaw(
                "decision_unsealed", one.complaint, Words("该决定没有封存记录", "no act was sealed for this decision")
            )
            continue
        fields = (
            one.complaint,
            one.stage.value,
            one.verdict,
            one.clause or "",
            one.undoes or "",
            one.confirms or "",
            one.by,
        )
        said = tuple(
            told.get(name, "") for name in ("complaint", "stage", "verdict", "clause", "undoes", "confirms", "by")
        )
        if fields != said or told.get("digest", decision_digest(one)) != decision_digest(one):
            yield Flaw(
                "decision_changed", one.complaint, Words("该决定与封存内容不符", "the decision is not what was sealed")
            )
    for id_ in sorted(acts.keys() - kept.keys()):
        yield Flaw(
            "decision_missing", str(acts[id_]["complaint"]), Words("已封存的决定不见了", "a sealed decision is gone")
        )
    yield from _order(kept)


def check_recusal(deps: Deps, work: Work, desk: Desk) -> Iterator[Flaw]:
    """Decisions by people whose line the complaint names, by the names the house holds now."""
    by: dict[str, set[str]] = {}
    for id_, decisions in desk.decisions.items():
        for one in decisions:
            by.setdefault(one.by, set()).add(id_)
    for name, ids in sorted(by.items()):
        for id_ in sorted(aside(deps, work, Actor(name, frozenset(), Purpose.INSPECTION), sorted(ids))):
            said = Words(
                f"{name} 决定了指名其本人或所在条线的投诉", f"{name} decided a complaint that names their line"
            )
            yield Flaw("decided_by_named", id_, said)


def _order(kept: Mapping[str, Decision]) -> Iterator[Flaw]:
    decided: set[str] = set()
    for one in kept.values():
        if one.stage is Stage.MERIT and not one.undoes:
            decided.add(one.complaint)
        elif one.stage is Stage.CONCLUSION and not one.undoes and one.complaint not in decided:
            yield Flaw("order", one.complaint, Words("先作结论、后决诉求", "concluded before its merit was decided"))
        first = kept.get(one.confirms or "")
        if first is not None and first.by == one.by:
            yield Flaw(
                "one_person", one.complaint, Words(f"{one.by} 确认了自己的决定", f"{one.by} confirmed his own decision")
            )


def check_desk(deps: Deps, work: Work, sealed: Sealed, register: Register, desk: Desk) -> Iterator[Flaw]:
    """Complaints that are not on the desk, rows of none, and everything a row says."""
    reopened = _reopened(sealed)
    for row in work.desk.all_rows():
        desk.rows[row.complaint] = row
    for id_ in sorted(register.newest.keys() - desk.rows.keys()):
        yield Flaw(
            "complaint_hidden", id_, Words("已收到的投诉不在待办中", "a complaint that was received is not on the desk")
        )
    for id_, row in desk.rows.items():
        complaint = register.newest.get(id_)
        if complaint is None:
            if id_ not in register.erased:
                yield Flaw(
                    "row_of_none",
                    id_,
                    Words("待办中有一件没有登记的投诉", "a row of the desk belongs to no complaint received"),
                )
            continue
        yield from _row(deps, register, desk, row, complaint)
        decided = standing(desk.decisions.get(id_, ()))
        now = (decided.merit is not None, decided.conclusion is not None)
        if now != (row.merit_decided, row.concluded):
            yield Flaw(
                "decided_changed",
                id_,
                Words("是否已决与决定不符", "what it says is decided is not what the decisions say"),
            )
        if row.reopened is not reopened.get(id_, False):
            yield Flaw(
                "reopened_changed",
                id_,
                Words("“决定后记录有变”的标记被改", "the mark that records changed since was altered"),
            )


def _row(deps: Deps, register: Register, desk: Desk, row: DeskRow, complaint: Complaint) -> Iterator[Flaw]:
    id_ = row.complaint
    earliest = register.received[id_]
    stated = complaint.received_at is not None
    if row.received_at != earliest and (stated or abs(row.received_at - earliest) > IMPORTED):
        yield Flaw(
            "receipt_changed",
            id_,
            Words(
                f"登记收到 {_day(earliest)}，待办写 {_day(row.received_at)}",
                f"received {_day(earliest)}, the desk says {_day(row.received_at)}",
            ),
        )
    clock = _clock(deps, desk, row, complaint, earliest if stated else row.received_at)
    reckoned = (clock.due, clock.first_due, clock.nearest)
    for name, value, told in zip(DATES, reckoned, (row.due, row.first_due, row.nearest), strict=True):
        if told != value:
            yield Flaw(
                "clock_changed",
                id_,
                Words(
                    f"{name.zh}：重算为 {value}，待办写 {told}",
                    f"{name.en}: {value} when reckoned again, the desk says {told}",
                ),
            )
    ends = {state_of(clock, needs_repair=False)} | ({NEEDS_REPAIR} if clock.running else set())
    if row.state not in ends:
        yield Flaw(
            "state_changed", id_, Words(f"状态 {row.state} 没有文书依据", f"no paper bears out the state {row.state}")
        )
    facts = (complaint.channel, complaint.product, clock.licence, complaint.matter or MAIN)
    if facts != (row.channel, row.product, row.licence, row.matter):
        yield Flaw(
            "row_changed",
            id_,
            Words("渠道、产品、牌照或事项与投诉不符", "channel, product, licence or matter is not the complaint's"),
        )
    if not row.welfare and welfare(normalise(complaint.text or "")) is not None:
        yield Flaw(
            "welfare_removed", id_, Words("应在关怀通道而不在", "it belongs in the welfare lane and is not there")
        )


def _clock(deps: Deps, desk: Desk, row: DeskRow, complaint: Complaint, received: datetime) -> ClockState:
    """The clock as the desk reckoned it: today, or the day the newest paper came; a paper dated ahead has an effect later."""
    papers = desk.papers.get(row.complaint, ())
    clock = clock_of(deps, complaint, received, papers)
    if row.complaint in desk.newest_paper and (clock.due, clock.nearest) != (row.due, row.nearest):
        return clock_of(deps, complaint, received, papers, desk.newest_paper[row.complaint])
    return clock


def check_stops(work: Work, sealed: Sealed) -> Iterator[Flaw]:
    """Stops of collection contacts as they stand, against the acts that made and lifted them."""
    told: dict[str, tuple[datetime, str]] = {}
    for link, act in sealed.custody:
        if act.get("act") == "stop_contact":
            told[str(act["complaint"])] = (link.at, str(act["by"]))
        elif act.get("act") == "lift_stop":
            told.pop(str(act["complaint"]), None)
    kept = stops(work)
    for id_ in sorted(told.keys() | kept.keys()):
        by = kept[id_].by if id_ in kept else None
        if by != (told[id_][1] if id_ in told else None):
            yield Flaw(
                "stop_changed",
                id_,
                Words("停止联系的登记与封存记录不符", "the stop of contacts is not what was sealed"),
            )


def check_repairs(work: Work, sealed: Sealed) -> Iterator[Flaw]:
    """The ledger of repairs against the acts that opened and closed its lines."""
    told: dict[str, dict[str, Any]] = {}
    for _, act in sealed.decisions:
        if act.get("act") == "open_repair":
            told[str(act["repair"])] = {key: act[key] for key in ("source", "value", "grievance", "owner", "due")}
            told[str(act["repair"])] |= {"by": act["by"], "fix": act["reason"]}
        elif act.get("act") == "record_fix":
            made = {"fixed_on": act["fixed_on"], "fixed_by": act["by"], "evidence": act["reason"]}
            told.setdefault(str(act["repair"]), {}).update(made)
    kept = {id_: _as_sealed(one) for id_, one in ledger(work).items()}
    for id_ in sorted(told.keys() | kept.keys()):
        if told.get(id_) != kept.get(id_):
            yield Flaw(
                "repair_changed", id_, Words("整改台账与封存记录不符", "the ledger of repairs is not what was sealed")
            )


def check_named_causes(work: Work, sealed: Sealed, erased: frozenset[str]) -> Iterator[Flaw]:
    """Causes people named, against the acts that named them; what was named for erased complaints is gone with them."""
    told = {
        (str(act["complaint"]), str(act["source"]), str(act["value"]), str(act["by"]))
        for _, act in sealed.acts("name_cause")
        if act["complaint"] not in erased
    }
    kept = {(id_, one.source.value, one.value, one.by) for id_, named in named_causes(work).items() for one in named}
    for id_ in sorted({one[0] for one in told ^ kept}):
        said = Words("所登记的成因与封存记录不符", "the causes named for it are not what was sealed")
        yield Flaw("cause_changed", id_, said)


def _as_sealed(one: Repair) -> dict[str, Any]:
    opened = {**to_plain(one.cause), "owner": one.owner, "due": one.due.isoformat()}
    opened |= {"by": one.opened_by, "fix": one.fix}
    if one.fixed_on is None:
        return opened
    return {**opened, "fixed_on": one.fixed_on.isoformat(), "fixed_by": one.fixed_by, "evidence": one.evidence}


def _reopened(sealed: Sealed) -> dict[str, bool]:
    """Whether each complaint ever reopened still is: until somebody decides its merit again."""
    times: dict[str, datetime] = {}
    for link, told in sealed.custody:
        if told.get("act") == "reopen":
            times.update((str(id_), link.at) for id_ in told.get("complaints", ()))
    open_ = dict.fromkeys(times, True)
    for link, told in sealed.decisions:
        id_ = str(told.get("complaint", ""))
        if told.get("act") == "decide" and told["stage"] == Stage.MERIT.value and id_ in times and link.at > times[id_]:
            open_[id_] = False
    return open_


def _about(event: ClockEvent, zh: str, en: str) -> Words:
    what = f"{event.kind.value} {event.document or ''}".strip()
    return Words(f"{what}：{zh}", f"{what}: {en}")


def _day(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
