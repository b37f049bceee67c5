"""Ads as they stand, what waits, and the funnel: all read from sightings and acts, nothing is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mingcha.actions.ad_book import ReadPost, acts_on, all_acts, item_of, newest_words, sightings_of
from mingcha.actions.ad_reports import Correction, corrections_owed
from mingcha.actions.deps import Deps
from mingcha.actions.permit import may
from mingcha.ads.cycle import due, fold, stage
from mingcha.ads.funnel import funnel
from mingcha.model.actor import Actor
from mingcha.model.ad_cycle import AdAct, AdItem, AdState, Due, Funnel, FunnelBy, Stage
from mingcha.model.advert import PostJudged, Trade
from mingcha.model.text import Passage
from mingcha.standards.calendar import local_day
from mingcha.text.masking import masked


@dataclass(frozen=True, slots=True)
class AdLine:
    """One ad in the list."""

    ad: str
    platform: str | None
    trade: Trade | None
    stage: Stage
    sightings: int
    due: tuple[Due, ...]


@dataclass(frozen=True, slots=True)
class AdPage:
    """One ad with all that was done about it, oldest first."""

    item: AdItem
    state: AdState
    stage: Stage
    due: tuple[Due, ...]
    acts: tuple[AdAct, ...]
    corrections: tuple[Correction, ...]
    text: str | None  # of the newest sighting that has one, personal data masked character for character
    machine: PostJudged | None  # what the machine reads it as; a suggestion, its quotes masked like the text


def list_ads(deps: Deps, actor: Actor, only: Stage | None = None) -> tuple[AdLine, ...]:
    """All ads, or those at one stage: what is due first, then the newest."""
    may(actor, "see_ads")
    with deps.store.read() as work:
        acts = all_acts(deps, work)
        items = list(work.ads.all_items())
    lines = [(item, _line(item, fold(acts.get(item.id, ())))) for item in items]
    now = deps.now()

    def order(one: tuple[AdItem, AdLine]) -> tuple[bool, float, str]:
        waits = [each.at for each in one[1].due if each.at <= now]
        return (not waits, min(waits).timestamp() if waits else -one[0].last_seen.timestamp(), one[0].id)

    return tuple(line for _, line in sorted(lines, key=order) if only in (None, line.stage))


def see_ad(deps: Deps, actor: Actor, ad: str, judge: ReadPost | None = None) -> AdPage:
    """One ad, its words masked, and everything that was done about it; with `judge`, what the machine reads it as."""
    may(actor, "see_ads")
    with deps.store.read() as work:
        item = item_of(work, ad)
        seen = newest_words(sightings_of(deps, work, item))
        acts = acts_on(deps, work, [ad]).get(ad, ())
        owed = tuple(corrections_owed(deps, work, ad))
    state = fold(acts)
    text = seen.text if seen else None
    shown = masked(text) if text else None
    machine = _shown(judge(text), shown) if judge and text and shown else None
    return AdPage(item, state, stage(state), due(state), acts, owed, shown, machine)


def ad_funnel(deps: Deps, actor: Actor, by: FunnelBy = FunnelBy.PLATFORM) -> Funnel:
    """What was seen and what came of it, by platform, trade or week, with the rules it is counted by."""
    may(actor, "see_ads")
    (found,) = ad_funnels(deps, actor, (by,))
    return found


def ad_funnels(deps: Deps, actor: Actor, ways: Sequence[FunnelBy] = tuple(FunnelBy)) -> tuple[Funnel, ...]:
    """The same in several ways, of one reading."""
    may(actor, "see_ads")
    with deps.store.read() as work:
        acts, items = all_acts(deps, work), list(work.ads.all_items())
    return tuple(funnel(items, acts, by, local_day(deps.now()), local_day) for by in ways)


def _shown(read: PostJudged, text: str) -> PostJudged:
    """A judgement as it may be shown: quotes out of the masked text, whose places are the same, and no contacts."""

    def quoted(passage: Passage) -> Passage:
        return replace(passage, quote=text[passage.start : passage.end])

    return replace(
        read,
        contacts=(),
        claims=tuple(replace(one, passage=quoted(one.passage)) for one in read.claims),
        findings=tuple(replace(one, passage=quoted(one.passage)) for one in read.findings),
        against=tuple(replace(one, passage=quoted(one.passage)) for one in read.against),
    )


def _line(item: AdItem, state: AdState) -> AdLine:
    trade = state.word.trade if state.word else None
    return AdLine(item.id, item.platform, trade, stage(state), len(item.sightings), due(state))
