"""Gather the manager's report: clocks, what was confirmed and where it comes from, families, suggestions, what was not checked.

Nothing of agency or organisation, sums included, tells of a complaint that `may_reveal` keeps from the reader: a sum over
one open complaint would be its suggestion.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from mingcha.actions.ad_funnel import ad_funnels
from mingcha.actions.assessments import open_assessment
from mingcha.actions.complaint_desk import ENDED, NEEDS_REPAIR, OPEN
from mingcha.actions.deps import Deps
from mingcha.actions.look import opened_early
from mingcha.actions.permit import allowed, may, may_reveal
from mingcha.actions.personal import filed
from mingcha.actions.ports.store import Work
from mingcha.actions.rings import RingList, listed
from mingcha.actions.sealing import ACCESS, seal_act
from mingcha.detect.catalogue import CATALOGUE
from mingcha.merit.catalogue import CHECKS
from mingcha.model.actor import Actor
from mingcha.model.assessment import LABEL_WORDS, Assessment, Label
from mingcha.model.campaign import CampaignSummary
from mingcha.model.finding import Finding, Side, Unchecked
from mingcha.model.merit import MeritState
from mingcha.model.report import (
    Bar,
    CampaignCard,
    CauseLine,
    DeadlineLine,
    GrievanceLine,
    Piece,
    ReportData,
    SuggestionLine,
)
from mingcha.model.ring import RingStatus
from mingcha.model.stored import DeskRow, QueueFilter
from mingcha.model.words import Words
from mingcha.text.align import align

RINGS = 6
CHUNK, CAMPAIGNS, COPIES, SUGGESTIONS, CAUSES, SHOWN, DEADLINES = 500, 8, 4, 40, 12, 420, 10
WAITING = {OPEN: Words("待办", "open"), NEEDS_REPAIR: Words("待补正", "needs repair")}
TONES = {
    MeritState.CONFIRMED: (Words("成立", "confirmed"), "bad"),
    MeritState.PARTLY: (Words("部分成立", "partly"), "warn"),
    MeritState.DISPUTED: (Words("双方记录不一致", "disputed"), "warn"),
    MeritState.CONTRADICTED: (Words("与记录相反", "contradicted"), "plain"),
    MeritState.NOT_FOUND: (Words("记录中未见", "not found"), "good"),
    MeritState.UNCHECKED: (Words("未能核查", "unchecked"), "mute"),
}
LABEL_TONES = {Label.ORDINARY: "good", Label.AUTHORISED_AGENT: "plain", Label.LINKED: "bad", Label.INSUFFICIENT: "warn"}
DETECTORS = {d.code: d for d in CATALOGUE}


@dataclass(slots=True)
class _Tally:
    """Everything counted in one pass."""

    due: Counter[str] = field(default_factory=Counter)
    channels: Counter[str] = field(default_factory=Counter)
    states: Counter[tuple[str, MeritState]] = field(default_factory=Counter)
    causes: Counter[tuple[str, str]] = field(default_factory=Counter)
    claims: Counter[tuple[str, str]] = field(default_factory=Counter)
    labels: Counter[Label] = field(default_factory=Counter)
    explained: Counter[str] = field(default_factory=Counter)
    unchecked: Counter[str] = field(default_factory=Counter)
    suggestions: list[SuggestionLine] = field(default_factory=list)
    suggested: int = 0
    campaigns: dict[str, tuple[CampaignSummary, tuple[Words, ...]]] = field(default_factory=dict)
    withheld: int = 0  # complaints whose agency and organisation the reader may not see yet
    closed: set[str] = field(default_factory=set)  # families with such a member
    welfare: int = 0
    repair: int = 0
    unread: int = 0
    total: int = 0


def report_data(deps: Deps, actor: Actor) -> ReportData:
    """The report of the whole workspace; making one is logged."""
    may(actor, "report")
    today = deps.now().astimezone(deps.zone).date()
    tally = _Tally()
    with deps.store.write() as work:
        seal_act(deps, work, ACCESS, actor, {"act": "report", **opened_early(work, actor)})
    with deps.store.read() as work:
        simulated = any(batch.source_system == "demo" for batch in work.records.batches())
        for ids in _chunks(stored.id for stored in work.records.scan("complaints")):
            rows, assessments = work.desk.rows(ids), work.desk.assessments(ids)
            for id_ in ids:
                _count_desk(tally, rows[id_], today)
                if id_ in assessments and assessments[id_].wrapped:
                    inputs, made = open_assessment(deps, assessments[id_])
                    _count_merit(tally, made, inputs.dossier.complaint.lender or "—")
                    if may_reveal(actor, rows[id_].merit_decided):
                        _count_agency(tally, made, inputs.dossier.campaign)
                    else:
                        _withhold(tally, inputs.dossier.campaign)
        _close_families(work, actor, tally)
        chosen = sorted(tally.campaigns.values(), key=lambda pair: (-pair[0].acts, pair[0].id))
        cards = tuple(_card(deps, work, summary, explained) for summary, explained in chosen[:CAMPAIGNS])
        nearest = _nearest(work, today) if "see_complaint_merit" in allowed(actor) else ()
    rings = (
        listed(deps, actor) if "see_rings" in allowed(actor) else RingList(rings=(), withheld=0, hubs=(), judgements=())
    )
    told = _data(deps, tally, cards, nearest, rings, simulated=simulated)
    return replace(told, ads=ad_funnels(deps, actor)) if "see_ads" in allowed(actor) else told


def _nearest(work: Work, today: date) -> tuple[DeadlineLine, ...]:
    """The head of the queue: what still waits for an answer, in the queue's own order."""
    rows = [row for state in WAITING for row in work.desk.page(QueueFilter(state=state), None, DEADLINES)]
    rows.sort(key=lambda row: (not row.welfare, row.nearest, row.complaint))
    return tuple(
        DeadlineLine(
            complaint=row.complaint,
            channel=row.channel or "—",
            due=row.nearest,
            days_left=(row.nearest - today).days,
            welfare=row.welfare,
            state=WAITING[row.state],
            unread=row.unread_clock,
        )
        for row in rows[:DEADLINES]
    )


def _chunks(ids: Iterator[str]) -> Iterator[list[str]]:
    chunk: list[str] = []
    for id_ in ids:
        chunk.append(id_)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _count_desk(tally: _Tally, row: DeskRow, today: date) -> None:
    tally.total += 1
    tally.welfare += row.welfare
    tally.repair += row.state == NEEDS_REPAIR
    tally.unread += row.unread_clock
    if row.state in ENDED.values():
        tally.due["ended"] += 1
        return
    left = (row.nearest - today).days
    tally.due["overdue" if left < 0 else "3" if left <= 3 else "7" if left <= 7 else "later"] += 1
    tally.channels[row.channel or "—"] += 1


def _count_merit(tally: _Tally, made: Assessment, lender: str) -> None:
    for one in made.merit:
        if one.claim is None:
            continue
        tally.states[(one.grievance.value, one.state)] += 1
        tally.claims[(one.grievance.value, lender)] += 1
        if one.state is MeritState.CONFIRMED:
            tally.causes[(one.grievance.value, lender)] += 1


def _withhold(tally: _Tally, campaign: CampaignSummary | None) -> None:
    tally.withheld += 1
    if campaign is not None:
        tally.closed.add(campaign.id)


def _close_families(work: Work, actor: Actor, tally: _Tally) -> None:
    """Keep the families of which every member may be revealed, also members placed elsewhere since."""
    if tally.withheld:
        cited = {cite.record for summary, _ in tally.campaigns.values() for cite in summary.cited}
        rows = work.desk.rows(sorted(cited)).values()
        open_ = {row.complaint for row in rows if not may_reveal(actor, row.merit_decided)}
        closed = {s.id for s, _ in tally.campaigns.values() if any(cite.record in open_ for cite in s.cited)}
        for id_ in (tally.closed | closed) & tally.campaigns.keys():
            del tally.campaigns[id_]


def _count_agency(tally: _Tally, made: Assessment, campaign: CampaignSummary | None) -> None:
    label = made.suggestion.label
    tally.labels[label] += 1
    held = [r for r in made.results if isinstance(r, Finding) and r.side is Side.AGAINST]
    tally.explained.update(one.detector for one in held)
    tally.unchecked.update(r.detector for r in made.results if isinstance(r, Unchecked))
    if campaign is not None:
        explained = tuple(one.why for one in held if DETECTORS[one.detector].explains)
        before = tally.campaigns.get(campaign.id)
        tally.campaigns[campaign.id] = (campaign, explained or (before[1] if before else ()))
    if label in (Label.LINKED, Label.INSUFFICIENT):
        tally.suggested += 1
        if len(tally.suggestions) < SUGGESTIONS:
            made_of = made.suggestion
            tally.suggestions.append(SuggestionLine(made.complaint, LABEL_WORDS[label], made_of.why, made_of.why_not))


def _card(deps: Deps, work: Work, summary: CampaignSummary, explained: tuple[Words, ...]) -> CampaignCard:
    ids = [cite.record for cite in summary.cited][:COPIES]
    heads = work.records.heads("complaints", ids)
    texts = []
    for id_ in ids:
        if id_ in heads and heads[id_].wrapped:
            texts.append(filed(deps, work, id_).text[:SHOWN])
    copies = tuple(tuple(Piece(text, same) for text, same in align(texts[0], copy)) for copy in texts)
    return CampaignCard(
        id=summary.id,
        texts=summary.texts,
        acts=summary.acts,
        unrelated=summary.customers.count,
        unknown=summary.customers.unknown,
        similarity_min=summary.similarity_min,
        channels=summary.channels,
        lenders=summary.lenders,
        explanations=explained,
        copies=copies,
    )


def _data(
    deps: Deps,
    tally: _Tally,
    cards: tuple[CampaignCard, ...],
    nearest: tuple[DeadlineLine, ...],
    rings: RingList,
    *,
    simulated: bool,
) -> ReportData:
    due = (
        Bar(Words("已逾期", "overdue"), tally.due["overdue"], "bad"),
        Bar(Words("3天内", "in 3 days"), tally.due["3"], "warn"),
        Bar(Words("4至7天", "in 4 to 7 days"), tally.due["7"], "plain"),
        Bar(Words("7天以后", "later"), tally.due["later"], "good"),
        Bar(Words("已终结", "ended"), tally.due["ended"], "mute"),
    )
    return ReportData(
        made_at=deps.now().astimezone(deps.zone),
        workspace="",
        simulated=simulated,
        complaints=tally.total,
        overdue=tally.due["overdue"],
        due_3=tally.due["3"],
        due_7=tally.due["7"] + tally.due["3"],
        needs_repair=tally.repair,
        welfare=tally.welfare,
        unread_clocks=tally.unread,
        by_due=due,
        by_channel=tuple(Bar(Words(name, name), count) for name, count in _most(tally.channels, 8)),
        nearest=nearest,
        open=tally.channels.total(),
        grievances=_grievances(tally),
        causes=_causes(tally),
        campaigns=cards,
        campaigns_of=len(tally.campaigns),
        rings=tuple(sorted(rings.rings, key=lambda one: one.status is not RingStatus.SUSPECTED))[:RINGS],
        rings_of=len(rings.rings),
        rings_withheld=rings.withheld,
        labels=tuple(Bar(LABEL_WORDS[label], tally.labels[label], LABEL_TONES[label]) for label in Label),
        suggestions=tuple(tally.suggestions),
        suggestions_of=tally.suggested,
        explained=tuple(Bar(DETECTORS[code].label, count, "good") for code, count in _most(tally.explained, 12)),
        unchecked=tuple(Bar(DETECTORS[code].label, count, "mute") for code, count in _most(tally.unchecked, 12)),
        skipped=(
            Bar(Words("未显示的同文本组", "families not shown here"), len(tally.campaigns) - len(cards), "mute"),
            Bar(Words("未显示的团伙", "rings not shown here"), max(0, len(rings.rings) - RINGS), "mute"),
            Bar(Words("未显示的建议", "suggestions not shown here"), tally.suggested - len(tally.suggestions), "mute"),
            Bar(Words("诉求未裁定，代理与团伙暂不显示", "merit open: agency withheld"), tally.withheld, "mute"),
        ),
    )


def _most(counts: Counter[str], most: int) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:most]


def _grievances(tally: _Tally) -> tuple[GrievanceLine, ...]:
    lines: list[GrievanceLine] = []
    for check in CHECKS:
        code = check.grievance.value
        states: Sequence[Bar] = [
            Bar(words, tally.states[(code, state)], tone) for state, (words, tone) in TONES.items()
        ]
        claimed = sum(bar.value for bar in states)
        if claimed:
            lines.append(GrievanceLine(check.label, claimed, tuple(states)))
    return tuple(lines)


def _causes(tally: _Tally) -> tuple[CauseLine, ...]:
    labels = {check.grievance.value: check.label for check in CHECKS}
    worst = sorted(tally.causes.items(), key=lambda pair: (-pair[1], pair[0]))[:CAUSES]
    return tuple(
        CauseLine(labels[code], lender, count, tally.claims[(code, lender)]) for (code, lender), count in worst
    )
