"""Look at complaints: the queue, one complaint's merit stage, and the reveal; every read of personal data is logged.

The reveal holds agency and organisation; whoever decides merit gets it only after the merit decision is sealed (law 2).
"""

from dataclasses import dataclass, replace
from datetime import date

from mingcha.actions.assessments import Inputs, open_assessment
from mingcha.actions.care import stop_of
from mingcha.actions.complaint_desk import clock_of
from mingcha.actions.decide import Standing, standing
from mingcha.actions.deps import Deps
from mingcha.actions.handling_book import handlings
from mingcha.actions.permit import may, may_reveal
from mingcha.actions.personal import Filed, filed, hidden_digits, masked_record, veiled
from mingcha.actions.ports.store import Work
from mingcha.actions.reasons import with_reasons
from mingcha.actions.recusal import aside, stand_aside
from mingcha.actions.sealing import ACCESS, seal_act
from mingcha.errors import NotFound, NotPermitted
from mingcha.merit.strip import strip
from mingcha.model.actor import Actor
from mingcha.model.assessment import Assessment
from mingcha.model.campaign import CampaignSummary
from mingcha.model.care import Stop
from mingcha.model.clock import ClockState
from mingcha.model.complaint import Complaint
from mingcha.model.handling import Handling
from mingcha.model.merit import Claim, MeritResult
from mingcha.model.stored import DeskRow, QueueFilter
from mingcha.model.strip import Strip
from mingcha.model.tie import GroupSummary
from mingcha.model.words import Words

PAGE = 50


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of the queue and how many rows the filter holds in all; `aside` of the page never reach the asker."""

    rows: tuple[DeskRow, ...]
    total: int
    aside: int
    next_after: tuple[bool, date, str] | None
    handling: dict[str, Handling]  # of each row


@dataclass(frozen=True, slots=True, kw_only=True)
class MeritView:
    """The merit stage: the complaint, its clock, its claims and what the records say. Nothing about agency."""

    row: DeskRow
    complaint: Complaint  # masked; `personal.reveal_personal` shows it in clear
    clock: ClockState
    claims: tuple[Claim, ...]
    merit: tuple[MeritResult, ...]
    strip: Strip
    stopped: Stop | None  # collection contacts are to stop
    standing: Standing
    handling: Handling
    possible_refilings: tuple[str, ...]
    warnings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RevealView:
    """What opens after merit: findings for and against, arithmetic, campaign and group as the dossier saw them. Masked."""

    assessment: Assessment
    campaign: CampaignSummary | None
    group: GroupSummary | None


NO_STRIP = Strip((), 0, None, None)


def queue(
    deps: Deps, actor: Actor, where: QueueFilter, after: tuple[bool, date, str] | None, limit: int = PAGE
) -> QueuePage:
    """The queue by welfare lane and nearest deadline."""
    may(actor, "see_queue")
    with deps.store.read() as work:
        rows = tuple(work.desk.page(where, after, limit))
        total = work.desk.count(where)
        closed = aside(deps, work, actor, [row.complaint for row in rows])
        shown = tuple(row for row in rows if row.complaint not in closed)
        handling = handlings(deps, work, [row.complaint for row in shown])
    last = rows[-1] if len(rows) == limit else None
    after_ = (last.welfare, last.nearest, last.complaint) if last else None
    return QueuePage(shown, total, len(closed), after_, handling)


def search(deps: Deps, actor: Actor, words: str, limit: int = 200) -> tuple[str, ...]:
    """Ids of complaints that hold every word. The search itself is logged."""
    may(actor, "search")
    with deps.store.write() as work:
        hits = tuple(work.search.find(words, limit))
        closed = aside(deps, work, actor, hits)
        found = tuple(id_ for id_ in hits if id_ not in closed)
        _log(deps, work, actor, "search", list(found))
    return found


def merit_view(deps: Deps, actor: Actor, complaint: str) -> MeritView:
    """One complaint's merit stage; logged before it answers."""
    may(actor, "see_complaint_merit")
    with deps.store.write() as work:
        row = _row(work, complaint)
        stand_aside(deps, work, actor, complaint)
        _log(deps, work, actor, "see_merit", [complaint])
        return merit_stage(deps, work, actor, row)


def merit_stage(deps: Deps, work: Work, actor: Actor, row: DeskRow) -> MeritView:
    """The same inside a transaction, unlogged: for an action that asked and logs what it reads."""
    complaint = row.complaint
    one = filed(deps, work, complaint)
    opened = _open(deps, work, complaint)
    events = work.desk.clock_events([complaint]).get(complaint, ())
    refilings = _refilings(work, actor, one, row)
    stands = standing(with_reasons(deps, work, work.desk.decisions(complaint)))
    return MeritView(
        row=row,
        complaint=masked_record(one),
        clock=veiled(clock_of(deps, one.kept.keyed, row.received_at, events), one),
        claims=veiled(opened[1].claims, one) if opened else (),
        merit=veiled(opened[1].merit, one) if opened else (),
        strip=strip(opened[0].merit, deps.standards) if opened else NO_STRIP,
        stopped=stop_of(work, complaint),
        handling=handlings(deps, work, [complaint])[complaint],
        standing=veiled(stands if may_reveal(actor, row.merit_decided) else Standing(stands.merit, None, None), one),
        possible_refilings=refilings,
        warnings=tuple((hidden_digits(zh), hidden_digits(en)) for zh, en in one.kept.warnings),
    )


def reveal(deps: Deps, actor: Actor, complaint: str) -> RevealView:
    """Agency and organisation of one complaint; refused to whoever still has to decide its merit."""
    may(actor, "see_complaint_reveal")
    with deps.store.write() as work:
        row = _row(work, complaint)
        stand_aside(deps, work, actor, complaint)
        if not may_reveal(actor, row.merit_decided):
            raise NotPermitted(
                actor=actor.name,
                verb=Words("打开代理与团伙部分", "reveal"),
                why=Words("须先裁定并封存诉求", "merit is decided and sealed first"),
            )
        act = "reveal" if row.merit_decided else "reveal_before_merit"
        _log(deps, work, actor, act, [complaint])
        opened = _open(deps, work, complaint)
        if opened is None:
            raise NotFound(what=Words("核查结果", "assessment"), which=complaint)
        one = filed(deps, work, complaint)
    placed = opened[0].dossier
    return RevealView(
        assessment=veiled(opened[1], one), campaign=veiled(placed.campaign, one), group=veiled(placed.group, one)
    )


def opened_early(work: Work, actor: Actor) -> dict[str, int]:
    """For the access chain: of how many complaints with open merit an answer shows agency, and of how many it does not."""
    undecided = work.desk.count(QueueFilter(merit_decided=False))
    shown = may_reveal(actor, merit_decided=False)
    return {"before_merit": undecided if shown else 0, "withheld": 0 if shown else undecided}


def _refilings(work: Work, actor: Actor, one: Filed, row: DeskRow) -> tuple[str, ...]:
    """Other complaints of exactly this text; until merit is sealed only this customer's own, the rest tells of a campaign."""
    digest = one.text_digest
    same = [id_ for id_ in work.records.by_text([digest]).get(digest, ()) if id_ != row.complaint] if digest else []
    if not same or may_reveal(actor, row.merit_decided):
        return tuple(same)
    customer = one.kept.keyed.customer_id
    own = {held.id for held in work.records.by_token("complaints", "customer_id", [customer])} if customer else set()
    return tuple(id_ for id_ in same if id_ in own)


def _open(deps: Deps, work: Work, complaint: str) -> tuple[Inputs, Assessment] | None:
    stored = work.desk.assessments([complaint]).get(complaint)
    return open_assessment(deps, stored) if stored else None


def _row(work: Work, complaint: str) -> DeskRow:
    row = work.desk.rows([complaint]).get(complaint)
    if row is None:
        raise NotFound(what=Words("投诉", "complaint"), which=complaint)
    return replace(row)


def _log(deps: Deps, work: Work, actor: Actor, act: str, ids: list[str]) -> None:
    seal_act(deps, work, ACCESS, actor, {"act": act, "complaints": ids})
