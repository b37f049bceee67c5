"""Sellers: who stands behind ads that solicit, as far as accounts, contacts, payees, links and posters say; told anew each time.

A seller is an account or an organisation, never a person, and has no level. It is named by the first of its ads: where an
older one joins, or the first is erased, it is found by any of its ads still. Contacts are masked unless a reason is sealed.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TypeVar

from mingcha.actions.ad_ties import STATED_AS
from mingcha.actions.ads_soliciting import Machine, Soliciting, soliciting_ads
from mingcha.actions.codec import canonical
from mingcha.actions.deps import Deps
from mingcha.actions.permit import allowed, may
from mingcha.actions.ports.index import ALL_ROWS
from mingcha.actions.ports.store import Work
from mingcha.actions.reasons import keep_reason, reasoned
from mingcha.actions.rings import open_rings
from mingcha.actions.sealing import ACCESS, seal_act
from mingcha.actions.standings import stating
from mingcha.ads.bursts import YoungAccount, bursts, week_of
from mingcha.ads.cycle import removed_at, stage
from mingcha.ads.posters import same_posters
from mingcha.ads.sellers import PREFIX, bare_words, joined_as, sellers
from mingcha.errors import NotFound
from mingcha.model.actor import Actor
from mingcha.model.advert import POSES, AdClaim, Trade
from mingcha.model.record import Personal
from mingcha.model.seller import Burst, Pose, SeenAd, Seller, SellerAd, SellerLine, SellerPage, Thread, Way, kind_of
from mingcha.model.words import Words
from mingcha.standards.calendar import local_day
from mingcha.text.canonical import mask
from mingcha.text.masking import masked
from mingcha.text.normalise import normalise

SELLER = Words("广告方", "seller")
QUOTED_FLOOR = 5  # customers; fewer that quoted a seller are not counted, for they could be told
PRICE, SUM = "price", "sum_or_rate"  # cue and frame
CLAUSE = re.compile(r"[^,，。;；、!！?？\n]+")
T = TypeVar("T", str, Trade)
LONGEST_PRICE = 40  # characters of a price's clause that are shown


def list_sellers(deps: Deps, actor: Actor, machine: Machine) -> tuple[SellerLine, ...]:
    """All sellers, those of most ads first; rings are named to whoever may see rings, and that look is sealed."""
    may(actor, "see_ads")
    with deps.store.read() as work:
        found = told_apart(deps, soliciting_ads(deps, work, machine))
    with deps.store.write() as work:
        rings = _rings(deps, work, actor, {seller.id: _tokens(mine) for seller, mine in found})
    lines = [_line(seller, mine, rings[seller.id] if rings is not None else None) for seller, mine in found]
    return tuple(sorted(lines, key=lambda one: (-one.ads, one.seller)))


def see_seller(deps: Deps, actor: Actor, machine: Machine, seller: str, reason: str | None = None) -> SellerPage:
    """One seller by its id or by any of its ads; with a reason its contacts in clear, which is sealed first."""
    may(actor, "see_ads")
    if reason is not None:
        may(actor, "reveal_ad_contacts")
        reasoned(reason, Words("显示联系方式", "show contacts in clear"))
    with deps.store.read() as work:
        found = told_apart(deps, soliciting_ads(deps, work, machine))
    ad = "AD-" + seller.removeprefix(PREFIX).removeprefix("AD-")
    one, mine = next(((one, mine) for one, mine in found if ad in one.ads), (None, []))
    if one is None:
        raise NotFound(what=SELLER, which=seller)
    with deps.store.write() as work:
        if reason is not None:
            why = keep_reason(deps, work, deps.new_id(), reason, None)
            seal_act(deps, work, ACCESS, actor, {"act": "reveal_ad_contacts", "ads": list(one.ads), **why})
        tokens = _tokens(mine)
        rings = _rings(deps, work, actor, {one.id: tokens})
        quoted = _quoted(work, tokens)
        simulated = any(batch.source_system == "demo" for batch in work.records.batches())
    return SellerPage(
        seller=one.id,
        kind=kind_of(one.accounts),
        accounts=one.accounts,
        ways=_ways(mine, clear=reason is not None),
        platforms=_ranked(ad.item.platform or "" for ad in mine),
        trades=_ranked(ad.trade for ad in mine if ad.trade is not None),
        prices=_ranked(price for ad in mine for price in dict.fromkeys(_prices(machine, ad.text))),
        claims=_claims(mine),
        poses=_poses(mine),
        weeks=_weeks([at for ad in mine for at in ad.seen]),
        ads=tuple(_ad(ad) for ad in sorted(mine, key=lambda ad: (ad.item.first_seen, ad.item.id))),
        joined=one.joined,
        hubs=one.hubs,
        reports=sum(1 for ad in mine for report in ad.state.reports if report.open and report.receipt),
        removed=sum(removed_at(ad.state) is not None for ad in mine),
        returned=tuple((ad.item.id, again.ad) for ad in mine for again in ad.state.returned),
        rings=rings[one.id] if rings is not None else None,
        quoted=quoted if quoted >= QUOTED_FLOOR else None,
        quoted_floor=QUOTED_FLOOR,
        simulated=simulated,
    )


def list_bursts(deps: Deps, actor: Actor, machine: Machine) -> tuple[Burst, ...]:
    """Weeks in which far more young accounts first advertised than usual, the newest first; no report rests on one."""
    may(actor, "see_ads")
    with deps.store.read() as work:
        ads = soliciting_ads(deps, work, machine)
    accounts: dict[str, list[Soliciting]] = {}
    for ad in ads:
        if ad.account is not None:
            accounts.setdefault(ad.account, []).append(ad)
    seen = [
        YoungAccount(
            account=account,
            platform=mine[0].item.platform or "",
            since=min((ad.since for ad in mine if ad.since), default=None),
            first=min(ad.first_day for ad in mine),
            ads=tuple(sorted(ad.item.id for ad in mine)),
        )
        for account, mine in sorted(accounts.items())
    ]
    return tuple(bursts(seen))


def told_apart(deps: Deps, ads: Sequence[Soliciting]) -> list[tuple[Seller, list[Soliciting]]]:
    """The sellers of these ads, each with its ads."""
    of = {ad.item.id: ad for ad in ads}
    posters = _posters(ads)
    found = sellers(SeenAd(ad.item.id, ad.account, frozenset(_values(deps, ad)) | posters[ad.item.id]) for ad in ads)
    return [(seller, [of[id_] for id_ in seller.ads]) for seller in found]


def _values(deps: Deps, ad: Soliciting) -> Iterator[tuple[Thread, str]]:
    if ad.account:
        yield Thread.ACCOUNT, ad.account
    for way in ad.ways:
        if way.thread not in (Thread.ACCOUNT, Thread.LINK):
            yield way.thread, way.tokens[0]
    for link in ad.links:
        yield Thread.LINK, deps.keys.digest("ad link", canonical(link))
    words = bare_words(normalise(ad.text).text)
    if words is not None:
        yield Thread.WORDS, deps.keys.digest("ad words", canonical(words))


def _posters(ads: Sequence[Soliciting]) -> dict[str, frozenset[tuple[Thread, str]]]:
    """The pictures each ad shows, those that are one poster under one name."""
    shown = [(ad.item.id, poster) for ad in ads for poster in ad.posters]
    same = joined_as(range(len(shown)), same_posters([poster for _, poster in shown]) if shown else ())
    held: dict[str, set[tuple[Thread, str]]] = {ad.item.id: set() for ad in ads}
    for n, (ad, _) in enumerate(shown):
        held[ad].add((Thread.POSTER, f"{shown[same[n]][0]} {same[n]}"))
    return {ad: frozenset(values) for ad, values in held.items()}


def _tokens(ads: Iterable[Soliciting]) -> frozenset[str]:
    return frozenset(token for ad in ads for way in ad.ways for token in way.tokens)


def _rings(
    deps: Deps, work: Work, actor: Actor, tokens: Mapping[str, frozenset[str]]
) -> dict[str, tuple[str, ...]] | None:
    """Rings whose complaints share a value that each of these gives; sealed. None for whoever may not see rings."""
    if "see_rings" not in allowed(actor):
        return None
    held = [(ring.id, {member.value for member in ring.members}) for ring in open_rings(work, actor)]
    found = {name: tuple(id_ for id_, values in held if not values.isdisjoint(mine)) for name, mine in tokens.items()}
    seal_act(
        deps, work, ACCESS, actor, {"act": "see_rings", "rings": sorted({id_ for ids in found.values() for id_ in ids})}
    )
    return found


def _quoted(work: Work, tokens: Iterable[str]) -> int:
    """Customers whose complaints state any of these values; a complaint without one counts as one."""
    keys = [(kind, token) for token in sorted(tokens) for kind in STATED_AS]
    return len({one.customer or one.complaint for held in stating(work, keys, ALL_ROWS).values() for one in held})


def _line(seller: Seller, ads: Sequence[Soliciting], rings: tuple[str, ...] | None) -> SellerLine:
    return SellerLine(
        seller=seller.id,
        kind=kind_of(seller.accounts),
        ads=len(ads),
        accounts=seller.accounts,
        platforms=tuple(name for name, _ in _ranked(ad.item.platform or "" for ad in ads)),
        trades=tuple(trade for trade, _ in _ranked(ad.trade for ad in ads if ad.trade is not None)),
        threads=tuple(dict.fromkeys(one.thread for one in seller.joined)),
        first_seen=min(ad.first_day for ad in ads),
        last_seen=max(local_day(ad.item.last_seen) for ad in ads),
        rings=rings,
    )


def _ways(ads: Sequence[Soliciting], *, clear: bool) -> tuple[Way, ...]:
    held: dict[tuple[Thread, str], list[str]] = {}
    for ad in ads:
        for way in ad.ways:
            held.setdefault((way.thread, way.tokens[0]), []).append(way.written)
    ways = [
        Way(thread, written[0] if clear else mask(Personal.HANDLE, written[0]), len(written))
        for (thread, _), written in sorted(held.items())
    ]
    return tuple(sorted(ways, key=lambda way: -way.ads))


def _prices(machine: Machine, text: str) -> Iterator[str]:
    """Clauses that say what it costs, masked: a sum or a rate beside a word of price; a sum alone is mostly a debt."""
    if not text:
        return
    read, shown = machine.read(text), masked(text)
    sums = [read.folded.span(start, end) for code, start, end in read.frames if code == SUM]
    words = [(hit.start, hit.end) for hit in read.hits if PRICE in hit.codes]
    for clause in CLAUSE.finditer(text):
        inside = clause.span()
        if any(_within(one, inside) for one in sums) and any(_within(one, inside) for one in words):
            yield shown[slice(*inside)].strip()[:LONGEST_PRICE]


def _within(one: tuple[int, int], span: tuple[int, int]) -> bool:
    return span[0] <= one[0] and one[1] <= span[1]


def _claims(ads: Iterable[Soliciting]) -> tuple[tuple[AdClaim, int, str], ...]:
    """Each claim, in how many ads it stands, and one passage that says so, masked."""
    seen: dict[AdClaim, list[str]] = {}
    for ad in ads:
        for claim, quote in {one.claim: one.passage.quote for one in (ad.judged.claims if ad.judged else ())}.items():
            seen.setdefault(claim, []).append(masked(quote))
    return tuple(
        (claim, len(quotes), quotes[0]) for claim, quotes in sorted(seen.items(), key=lambda one: -len(one[1]))
    )


def _poses(ads: Iterable[Soliciting]) -> tuple[Pose, ...]:
    held: dict[tuple[AdClaim, str], list[date | None]] = {}
    for ad in ads:
        days = [report.drafted.looked_up for report in ad.state.reports if report.drafted.looked_up]
        for one in {
            (one.claim, one.name or "") for one in (ad.judged.claims if ad.judged else ()) if one.claim in POSES
        }:
            held.setdefault(one, []).append(max(days, default=None))
    return tuple(
        Pose(claim, name or None, len(days), max((day for day in days if day), default=None))
        for (claim, name), days in sorted(held.items())
    )


def _weeks(seen: Sequence[datetime]) -> tuple[tuple[str, int], ...]:
    """Sightings of each week from the first to the last, those without any among them."""
    days = sorted(local_day(at) for at in seen)
    counted = Counter(week_of(day) for day in days)
    span = range(0, (days[-1] - days[0]).days + 7, 7)
    weeks = dict.fromkeys([*(week_of(days[0] + timedelta(days=n)) for n in span), *counted])
    return tuple((week, counted[week]) for week in sorted(weeks) if week <= week_of(days[-1]))


def _ad(ad: Soliciting) -> SellerAd:
    return SellerAd(
        ad=ad.item.id,
        platform=ad.item.platform,
        stage=stage(ad.state),
        trade=ad.trade,
        by_person=ad.by_person,
        sightings=len(ad.seen),
        first_seen=ad.first_day,
        last_seen=local_day(ad.item.last_seen),
    )


def _ranked(values: Iterable[T]) -> tuple[tuple[T, int], ...]:
    """Values with how often each stands there, the most frequent first."""
    return tuple(sorted(Counter(values).items(), key=lambda one: (-one[1], one[0])))
