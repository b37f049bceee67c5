"""A report of an ad: drafted from a solicitation and nothing else, agreed to by two, written to files, taken back.

Whoever posts a complaint, a report, a warning, law or their own story cannot be reported through here by anybody, whatever a
person says of the post: the machine's reading must let it pass as well.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mingcha.actions.ad_book import ReadPost, acts_on, all_acts, item_of, keep_act, newest_words, sightings_of, state_of
from mingcha.actions.deps import Deps
from mingcha.actions.kept import Kept
from mingcha.actions.objection_match import contested_ads, match_waiting
from mingcha.actions.permit import acting_roles, may
from mingcha.actions.ports.store import Work
from mingcha.actions.second import independent
from mingcha.ads.cycle import approved, fold, solicits, standing_report, unreportable
from mingcha.ads.report_text import Reported, correction, may_ground, notice
from mingcha.errors import InputError, NotFound, OutOfOrder
from mingcha.model.account import Ad
from mingcha.model.actor import Actor, Role
from mingcha.model.ad_cycle import (
    ACT_WORDS,
    AdAct,
    AdActKind,
    AdItem,
    AdReport,
    AdState,
    Approved,
    Corrected,
    Drafted,
    Exported,
    Route,
    Withdrawn,
)
from mingcha.model.advert import PostJudged, Solicitation
from mingcha.model.provenance import Clause
from mingcha.model.words import Words
from mingcha.standards.calendar import local_day

GROUND = "cifa-abnormal-claims@2024-05-10:feature.5"  # what the detector of soliciting ads rests on
DRAFT = ACT_WORDS[AdActKind.DRAFTED]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a report is to be made of. `names_institution`: the post names us (found by itself where our name stands in it).
    `looked_up`: the day a person found that the name a pose claims stands in no register."""

    route: Route
    clause: str = GROUND
    names_institution: bool = False
    screenshot: str | None = None
    looked_up: date | None = None


@dataclass(frozen=True, slots=True)
class Export:
    """What left for a file: a row of the platform's sheet or a text, with what both are made of."""

    told: Reported
    text: Words


@dataclass(frozen=True, slots=True)
class Correction:
    """Who has to learn that a report fell, and what they are told; it stays owed until they confirmed."""

    ad: str
    route: Route
    receipt: str | None
    text: Words


def draft_report(deps: Deps, actor: Actor, judge: ReadPost, ad: str, wanted: Wanted) -> AdAct:
    """Draft a report of an ad; sealed.

    OutOfOrder, with its reason, for what does not solicit for a trade of ours, by a person's newest word or by the machine's reading.
    """
    may(actor, "draft_ad_report")
    with deps.store.write() as work:
        item = item_of(work, ad)
        match_waiting(deps, work)
        text = _text(deps, work, item)
        read = judge(text)
        why = unreportable(read)
        if why is None and not solicits(state_of(deps, work, ad)):
            why = Words("须先由人认定其招揽", "a person has to judge first that it solicits")
        if why is None:
            why = may_ground(_clause(deps, wanted.clause), local_day(deps.now()))
        if why is None:
            why = _not_looked_up(read, wanted.looked_up, local_day(deps.now()))
        if why is not None or read.trade is None:
            raise OutOfOrder(what=DRAFT, why=why or Words("行当不明", "its trade is not known"))
        ours = deps.standards.institution.name
        body = Drafted(
            route=wanted.route,
            solicitation=Solicitation(post=ad, trade=read.trade, judged=read),
            clause=wanted.clause,
            names_institution=wanted.names_institution or bool(ours and ours in text),
            screenshot=wanted.screenshot,
            looked_up=wanted.looked_up,
        )
        return keep_act(deps, work, actor, ad, body)


def approve_report(deps: Deps, actor: Actor, ad: str, route: Route | None = None) -> AdAct:
    """Agree to a report: whoever drafted it may be the first, the next are neither each other's subordinates nor the drafter's; sealed."""
    may(actor, "approve_ad_report")
    with deps.store.write() as work:
        match_waiting(deps, work)
        report = the_report(deps, work, ad, route)
        for first in dict.fromkeys(one.by for one in report.approvals):
            independent(work, first, actor)
        if report.approvals:
            independent(work, report.by, actor)
        protects = Role.CONSUMER_PROTECTION in acting_roles(actor)
        role = Role.CONSUMER_PROTECTION if protects else min(acting_roles(actor))
        return keep_act(deps, work, actor, ad, Approved(report.route, role))


def export_reports(deps: Deps, actor: Actor) -> tuple[Export, ...]:
    """Every report that enough people agreed to and whose receipt is not held, for the caller to write; sealed the first time.

    Nothing is sent, and what was sent by e-mail is not written again. A report is *reported* once somebody enters its receipt.
    """
    may(actor, "send_ad_reports")
    out: list[Export] = []
    with deps.store.write() as work:
        for report, told in ready(deps, work):
            if report.exported_at is None:
                keep_act(deps, work, actor, told.ad, Exported(report.route))
            out.append(Export(told, notice(told, deps.standards.institution.name)))
    return tuple(out)


def ready(deps: Deps, work: Work) -> Iterator[tuple[AdReport, Reported]]:
    """Every report that may leave the house, with what it tells; by the id of its ad. None of an ad an objection names."""
    acts = all_acts(deps, work)
    disputed = contested_ads(deps, work)
    for ad, item in work.ads.items(sorted(acts.keys() - disputed)).items():
        state = fold(acts[ad])
        for report in _ready(state):
            told = _told(deps, work, item, state, report)
            if told is not None:  # erased meanwhile
                yield report, told


def withdraw_report(deps: Deps, actor: Actor, ad: str, route: Route | None, reason: str) -> tuple[Correction, ...]:
    """Take a report back; sealed. What it had left the house for, a correction is owed to."""
    may(actor, "draft_ad_report")
    with deps.store.write() as work:
        report = the_report(deps, work, ad, route)
        keep_act(deps, work, actor, ad, Withdrawn(report.route, reason))
        return tuple(corrections_owed(deps, work, ad))


def confirm_correction(deps: Deps, actor: Actor, ad: str, route: Route, confirmed: str) -> AdAct:
    """Whoever got a report that fell confirmed the correction, and how; sealed."""
    may(actor, "send_ad_reports")
    with deps.store.write() as work:
        item_of(work, ad)
        return keep_act(deps, work, actor, ad, Corrected(route, confirmed))


def corrections_owed(deps: Deps, work: Work, ad: str) -> Iterator[Correction]:
    """Whom a correction about an ad must reach, and its draft."""
    for report in fold(acts_on(deps, work, [ad]).get(ad, ())).reports:
        if report.owes_correction:
            number = report.receipt.number if report.receipt else None
            text = correction(ad, report.route, number, deps.standards.institution.name)
            yield Correction(ad, report.route, number, text)


def the_report(deps: Deps, work: Work, ad: str, route: Route | None) -> AdReport:
    """The report of a route that stands, or the only one; NotFound where there is none, InputError where there are several."""
    item_of(work, ad)
    state = state_of(deps, work, ad)
    standing = [one for one in state.reports if one.open]
    if route is not None:
        named = standing_report(state, route)
        standing = [named] if named else []
    if not standing:
        raise NotFound(what=Words("有效的举报", "report that stands of"), which=ad)
    if len(standing) > 1:
        routes = ", ".join(one.route for one in standing)
        raise InputError(where="route", found="", expected=Words(f"其中之一：{routes}", f"one of {routes}"))
    return standing[0]


def _not_looked_up(read: PostJudged, looked_up: date | None, today: date) -> Words | None:
    """Why a post that poses as somebody waits: a genuine lawyer's ad is a ground for nothing, so the register is asked first."""
    names = [one.name for one in read.claims if one.awaits_register and one.name]
    if not names:
        return None
    if looked_up is None:
        return Words(
            f"须先查登记册：{names[0]}；查有其人其所的，不得举报；查无的，写明查询日期",
            f"look {names[0]} up in the register first: who stands in it is not reported; for who does not, give the day of the look-up",
        )
    return Words("查询日期尚未到来", "the day of the look-up is still to come") if looked_up > today else None


def _clause(deps: Deps, id_: str) -> Clause:
    clause = deps.standards.clauses.get(id_)
    if clause is None:
        raise NotFound(what=Words("条款", "clause"), which=id_)
    return clause


def _ready(state: AdState) -> list[AdReport]:
    if state.objected_at is not None or not solicits(state):
        return []
    unknown = {one.route for one in state.reports if one.mailing}  # found out about first
    standing = [one for one in state.reports if one.open and one.route not in unknown]
    return [one for one in standing if approved(one) and one.receipt is None and not one.mailed]


def _text(deps: Deps, work: Work, item: AdItem) -> str:
    seen = newest_words(sightings_of(deps, work, item))
    if seen is None or not seen.text:
        raise OutOfOrder(what=DRAFT, why=Words("没有可读的正文", "there is no text to read"))
    return seen.text


def _told(deps: Deps, work: Work, item: AdItem, state: AdState, report: AdReport) -> Reported | None:
    sightings = sightings_of(deps, work, item)
    if not sightings or state.word is None or state.word.trade is None:
        return None
    return Reported(
        ad=item.id,
        platform=item.platform,
        link=_newest(sightings, "url"),
        account=_newest(sightings, "author") or _newest(sightings, "handle"),
        trade=state.word.trade,
        drafted=report.drafted,
        drafted_at=report.drafted_at,
        approved_by=tuple(one.role for one in report.approvals),
        clause=deps.standards.clause(report.drafted.clause),
        first_seen=local_day(item.first_seen),
        last_seen=local_day(item.last_seen),
        seen_at=item.last_seen,
        sightings=len(sightings),
    )


def _newest(sightings: list[Kept], column: str) -> str | None:
    """What the newest sighting that says it says in a column, in clear."""
    clear: list[Ad] = [one.clear for one in reversed(sightings)]
    return next((said for one in clear if (said := getattr(one, column))), None)
