"""Addresses of ads visited by a browser: what was seen is kept as exhibits of the ad, and that it was looked at as a look.

This is the one verb that reaches out of the house to a site; only `mingcha ads capture` starts it, no door of the network does.
Unreachable is not gone: gone is what the site itself says with 404 or 410.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from mingcha.actions.ad_book import all_acts, item_of, sightings_of
from mingcha.actions.ad_checks import check_ad
from mingcha.actions.deps import Deps
from mingcha.actions.exhibits import keep_exhibit
from mingcha.actions.permit import may
from mingcha.actions.ports.capture import Capturer
from mingcha.actions.ports.store import Work
from mingcha.ads.cycle import APART, due, fold, gone_since, reported_at
from mingcha.ads.share import read_share
from mingcha.errors import InputError
from mingcha.model.account import Ad
from mingcha.model.actor import Actor
from mingcha.model.ad_cycle import AdItem, AdState, Checked, DueKind, Look
from mingcha.model.capture import Captured, CaptureRefusal, NotCaptured
from mingcha.model.exhibit import About
from mingcha.model.words import Words

SYSTEM = "capture"
LOOKS = (DueKind.SECOND_LOOK, DueKind.RETURN)
GONE, FOR_GOOD = (404, 410), (301, 308)
LIMIT = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Visited:
    """One visit of an ad's address: the look that was kept, None where nobody went there, and the exhibits."""

    ad: str
    url: str
    look: Look | None
    exhibits: tuple[str, ...] = ()
    refused: NotCaptured | None = None
    notes: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Rechecked:
    """What was due: visited now, left for another time, and ads of which no address is held."""

    visits: tuple[Visited, ...]
    left: int
    without: tuple[str, ...]


def capture_ad(deps: Deps, actor: Actor, capturer: Capturer, ad: str, url: str | None = None) -> Visited:
    """Visit an ad's newest address, or another; page, screenshot and headers are sealed exhibits, and a look is entered.

    An address that may not be visited is no look. InputError where the ad has none.
    """
    may(actor, "check_ads")
    may(actor, "keep_exhibits")
    with deps.store.read() as work:
        item = item_of(work, ad)
        url = url or _address_of(deps, work, item)
    if url is None:
        expected = Words("要访问的网址（这条广告没有）", "the address to visit: this ad has none")
        raise InputError(where="url", found="", expected=expected)
    found = capturer.capture(url)
    if isinstance(found, NotCaptured) and found.refusal is CaptureRefusal.ADDRESS and found.url == url:
        return Visited(ad=ad, url=url, look=None, refused=found)
    look = look_of(found)
    kept = _kept(deps, actor, ad, found) if isinstance(found, Captured) and look is not Look.UNREACHABLE else ()
    moved = found.url if look is Look.MOVED else url
    check_ad(deps, actor, ad, Checked(look, deps.now(), moved))
    if isinstance(found, NotCaptured):
        return Visited(ad=ad, url=url, look=look, refused=found)
    answered = Words(f"网站应答 {found.status}", f"the site answered {found.status}")
    notes = (answered, *found.notes) if found.status >= 400 else found.notes
    return Visited(ad=ad, url=found.url, look=look, exhibits=kept, notes=notes)


def recheck_due(
    deps: Deps,
    actor: Actor,
    capturer: Capturer,
    limit: int = LIMIT,
    progress: Callable[[int], None] = lambda _: None,
) -> Rechecked:
    """Visit the ads whose look is due, the longest due first, one after the other."""
    may(actor, "check_ads")
    may(actor, "keep_exhibits")
    now = deps.now()
    with deps.store.read() as work:
        states = {ad: fold(acts) for ad, acts in all_acts(deps, work).items()}
        since = {ad: at for ad, state in states.items() if (at := look_due(state)) is not None and at <= now}
        addresses = {
            ad: _address_of(deps, work, item_of(work, ad)) for ad in sorted(since, key=lambda ad: (since[ad], ad))
        }
    wanted = [(ad, url) for ad, url in addresses.items() if url is not None]
    visits = []
    for ad, url in wanted[:limit]:
        visits.append(capture_ad(deps, actor, capturer, ad, url))
        progress(1)
    without = tuple(ad for ad, url in addresses.items() if url is None)
    return Rechecked(tuple(visits), len(wanted) - len(visits), without)


def look_due(state: AdState) -> datetime | None:
    """From when on an ad is to be looked at: as its cycle says, and each day from its report until it is gone."""
    times = [one.at for one in due(state) if one.kind in LOOKS]
    sent = reported_at(state)
    if sent is not None and gone_since(state.looks) is None:
        times.append(max([sent, *(one.looked_at for one in state.looks)]) + APART)
    return min(times, default=None)


def look_of(found: Captured | NotCaptured) -> Look:
    """What a visit says of the ad. A share link leads elsewhere by its nature: only one that ends at a site's front page moved."""
    if isinstance(found, NotCaptured):
        return Look.UNREACHABLE
    if found.status in GONE:
        return Look.GONE
    if found.status >= 400:
        return Look.UNREACHABLE
    if _place(found.url) == _place(found.asked):
        return Look.UP
    short = any(one.short for one in read_share(found.asked))
    for_good = not short and any(one.status in FOR_GOOD for one in found.hops)
    return Look.MOVED if for_good or not _place(found.url)[1] else Look.UP


def _place(url: str) -> tuple[str, str]:
    """Where a page is, whatever the scheme, the device or the query."""
    parts = urlsplit(url)
    return (parts.hostname or "").removeprefix("www.").removeprefix("m."), parts.path.strip("/")


def _address_of(deps: Deps, work: Work, item: AdItem) -> str | None:
    """The newest address an ad was seen at."""
    sightings: list[Ad] = [one.clear for one in sightings_of(deps, work, item)]
    return next((one.url for one in reversed(sightings) if one.url), None)


def _kept(deps: Deps, actor: Actor, ad: str, found: Captured) -> tuple[str, ...]:
    """Page, screenshot and headers as exhibits; the headers name the digests of the other two."""
    name = f"{ad}-{found.started_at:%Y%m%dT%H%M%SZ}"
    how = f"浏览器访问，未登录 / seen by a browser, not logged in: {found.url} ({found.status})"
    out = []
    for ending, media, part in (
        ("html", "text/html", found.html),
        ("png", "image/png", found.screenshot),
        ("json", "application/json", found.headers),
    ):
        about = About(name=f"{name}.{ending}", of=(ad,), media=media, system=SYSTEM, how=how, taken_at=found.ended_at)
        out.append(keep_exhibit(deps, actor, [part], about).id)
    return tuple(out)
