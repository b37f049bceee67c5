"""When two sightings are one ad, and when an ad looks like one that went: by address, words or picture, never by who it is about."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

import numpy as np
from numpy.typing import NDArray

from mingcha.ads.share import read_share
from mingcha.model.account import Ad
from mingcha.model.ad_cycle import Likeness
from mingcha.model.image import PosterPrint
from mingcha.model.text import ContactKind
from mingcha.text.contacts import contacts

TRACKING = ("utm_", "share", "spm", "from", "timestamp", "ts", "xsec", "sec_", "source", "app_", "apptime", "tt_from")
PORTS = {"http": 80, "https": 443}
LINKS = frozenset({ContactKind.URL, ContactKind.SHORT_LINK})
LEAST_SHINGLES = 8  # a shorter text is like too many
MILLION = 1_000_000
LIKE = 500_000  # millionths of the shingles of both that they share: a re-post changes its contact and a word or two


def plain_name(name: str) -> str:
    """A platform as it is compared: width, case and spaces aside."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def plain_address(url: str) -> str:
    """An address as it is compared: without scheme, `www.`, fragment and what only says who shared it."""
    text = url.strip()
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:  # a port or a bracket that is none: compared as written
        return text
    at = f":{port}" if port and port != PORTS.get(parts.scheme) else ""
    asked = sorted(
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not name.lower().startswith(TRACKING)
    )
    query = f"?{urlencode(asked)}" if asked else ""
    return f"{host}{at}{parts.path.rstrip('/')}{query}"


def same_ad(ad: Ad, text_digest: str | None) -> tuple[str, ...] | None:
    """What makes a sighting (keyed: `author`, `handle` are tokens) the ad it is: its work on its platform, else its address, else
    whose words they are there; None where it says none of them."""
    platform = plain_name(ad.platform or "")
    if platform and ad.work_id:
        return ("work", platform, ad.work_id.strip())
    if ad.url and ad.url.strip():
        return ("address", plain_address(ad.url))
    account = account_of(ad)
    if account and text_digest:
        return ("words", platform, account, text_digest)
    return None


def account_of(ad: Ad) -> str | None:
    """The token of whoever posted an ad."""
    return ad.author or ad.handle


@dataclass(frozen=True, slots=True)
class Looks:
    """What an ad is recognised by: tokens of its handles and contacts, where it leads, its pictures, and the sorted hashes of
    its shingles."""

    handles: frozenset[str]
    shingles: NDArray[np.uint64]
    links: frozenset[str] = frozenset()
    posters: tuple[PosterPrint, ...] = ()


@dataclass(frozen=True, slots=True)
class Alike:
    """A newer ad that may be an older one come back. `share`: of shingles, in millionths; a person says whether it is."""

    old: str
    new: str
    by: Likeness
    share: int


def links_of(ad: Ad) -> frozenset[str]:
    """Where an ad's codes and words lead, as addresses are compared. What a platform shows on every page leads nowhere."""
    found = [*(ad.codes or "").splitlines(), *(one.value for one in contacts(ad.text or "") if one.kind in LINKS)]
    return frozenset(plain_address(one) for one in found if _leads(one))


def _leads(found: str) -> bool:
    """Whether it is an address of something: not of a site's front door, nor of a platform without a work or an author."""
    rest = found.split("://", 1)[-1]
    if "://" not in found and "." not in rest.split("/", 1)[0]:
        return False
    known = read_share(found if "://" in found else f"https://{found}")
    return any(one.work or one.author or one.short for one in known) if known else "/" in rest.rstrip("/")


def alike(old: Mapping[str, Looks], new: Iterable[tuple[str, Looks]]) -> list[Alike]:
    """Pairs that share a handle, a picture, where they lead, or enough of their words, in order; the first of these is told."""
    rest = dict(new)
    found: dict[Pair, Likeness] = {}
    for by, pairs in (
        (Likeness.HANDLE, meeting(old, rest, lambda looks: looks.handles)),
        (Likeness.POSTER, pictured(old, rest)),
        (Likeness.LINK, meeting(old, rest, lambda looks: looks.links)),
        (Likeness.TEXT, worded(old, rest)),
    ):
        for one, other in pairs:
            if one != other:
                found.setdefault((one, other), by)
    return [Alike(one, other, by, _share(old[one], rest[other])) for (one, other), by in sorted(found.items())]


Pair = tuple[str, str]


def meeting(
    old: Mapping[str, Looks], new: Mapping[str, Looks], what: Callable[[Looks], frozenset[str]]
) -> Iterator[Pair]:
    """Pairs that hold one thing."""
    holders: dict[str, list[str]] = {}
    for id_, looks in old.items():
        for one in what(looks):
            holders.setdefault(one, []).append(id_)
    return ((other, id_) for id_, looks in new.items() for one in what(looks) for other in holders.get(one, ()))


def pictured(old: Mapping[str, Looks], new: Mapping[str, Looks]) -> Iterator[Pair]:
    """Pairs that show one poster."""
    mine = [(id_, one) for id_, looks in old.items() for one in looks.posters]
    theirs = mine if new is old else [(id_, one) for id_, looks in new.items() for one in looks.posters]
    if not mine or not theirs:
        return iter(())
    from mingcha.ads.posters import same_posters  # compiled when first needed

    found = same_posters([one for _, one in mine], None if new is old else [one for _, one in theirs])
    return ((mine[one][0], theirs[other][0]) for one, other in found)


def worded(old: Mapping[str, Looks], new: Mapping[str, Looks]) -> Iterator[Pair]:
    """Pairs that share enough of their words."""
    names = list(old)
    sizes = np.array([len(looks.shingles) for looks in old.values()], np.int64)
    held = np.concatenate([looks.shingles for looks in old.values()] or [np.empty(0, np.uint64)])
    order = np.argsort(held, kind="stable")
    held, of = held[order], np.repeat(np.arange(len(names)), sizes)[order]
    for id_, looks in new.items():
        first, last = np.searchsorted(held, looks.shingles), np.searchsorted(held, looks.shingles, "right")
        meet = [of[a:b] for a, b in zip(first.tolist(), last.tolist(), strict=True) if a < b]
        if meet:
            shared = np.bincount(np.concatenate(meet), minlength=len(names))
            union = len(looks.shingles) + sizes - shared
            like = (shared >= LEAST_SHINGLES) & (shared * MILLION // np.maximum(union, 1) >= LIKE)
            yield from ((names[other], id_) for other in np.flatnonzero(like).tolist())


def _share(one: Looks, other: Looks) -> int:
    """What they share of the shingles of both, in millionths."""
    shared = len(np.intersect1d(one.shingles, other.shingles, assume_unique=True))
    union = len(one.shingles) + len(other.shingles) - shared
    return shared * MILLION // union if union else 0
