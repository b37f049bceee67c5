"""When two sightings are one ad, and when an ad looks like one that went: by address or words, never by who it is about."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

import numpy as np
from numpy.typing import NDArray

from mingcha.model.account import Ad
from mingcha.model.ad_cycle import Likeness

TRACKING = ("utm_", "share", "spm", "from", "timestamp", "ts", "xsec", "sec_", "source", "app_", "apptime", "tt_from")
PORTS = {"http": 80, "https": 443}
LEAST_SHINGLES = 8  # a shorter text is like too many
MILLION = 1_000_000
LIKE = 500_000  # millionths of the shingles of both that they share: a re-post changes its contact and a word or two


def plain_name(name: str) -> str:
    """A platform as it is compared: width, case and spaces aside."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def plain_address(url: str) -> str:
    """An address as it is compared: without scheme, `www.`, fragment and what only says who shared it."""
    text = url.strip()
    parts = urlsplit(text if "://" in text else f"https://{text}")
    try:
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:  # a port that is none: compared as written
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
    """What an ad is recognised by: tokens of its handles and contacts, and the sorted hashes of its shingles."""

    handles: frozenset[str]
    shingles: NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Alike:
    """A newer ad that may be an older one come back. `share`: of shingles, in millionths; a person says whether it is."""

    old: str
    new: str
    by: Likeness
    share: int


def alike(old: Mapping[str, Looks], new: Iterable[tuple[str, Looks]]) -> list[Alike]:
    """Pairs that share a handle, or enough of their words, in order."""
    by_handle: dict[str, list[str]] = {}
    by_shingle: dict[int, list[str]] = {}
    for id_, looks in old.items():
        for handle in looks.handles:
            by_handle.setdefault(handle, []).append(id_)
        for shingle in looks.shingles.tolist():
            by_shingle.setdefault(shingle, []).append(id_)
    out: list[Alike] = []
    for id_, looks in new:
        shared = Counter(other for shingle in looks.shingles.tolist() for other in by_shingle.get(shingle, ()))
        theirs = {other for handle in looks.handles for other in by_handle.get(handle, ())}
        for other in sorted((theirs | shared.keys()) - {id_}):
            union = len(looks.shingles) + len(old[other].shingles) - shared[other]
            share = shared[other] * MILLION // union if union else 0
            if other in theirs:
                out.append(Alike(other, id_, Likeness.HANDLE, share))
            elif share >= LIKE and shared[other] >= LEAST_SHINGLES:
                out.append(Alike(other, id_, Likeness.TEXT, share))
    return sorted(out, key=lambda one: (one.old, one.new))
