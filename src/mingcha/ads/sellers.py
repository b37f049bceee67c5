"""Ads to sellers: joined by accounts, contacts, payees, codes, links and posters they share; public lines and hubs join nobody.

The same words join less: scripts are sold, and most posts with the very same words advertise different contacts (measured in
`network/linking.py`). They join ads only where no more than one of those they would join says how to be reached. The result does
not depend on the order of ads, and an ad that is taken away takes what only it held together with it.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from mingcha.ads.same import LINKS, plain_address
from mingcha.model.seller import Joined, SeenAd, Seller, Thread
from mingcha.model.text import ContactKind, ContactMention

# Ours, no source gives numbers (inference): posting accounts that may share a value before it says nothing of who is behind it.
HUBS: Mapping[Thread, int] = {
    Thread.ACCOUNT: 1,
    Thread.CONTACT: 500,
    Thread.LINE: 20,
    Thread.PAYEE: 500,
    Thread.CODE: 500,
    Thread.LINK: 100,
    Thread.POSTER: 500,
    Thread.WORDS: 500,
}
REACHING = frozenset({Thread.CONTACT, Thread.LINE, Thread.PAYEE, Thread.CODE, Thread.LINK})
LEAST_WORDS = 20  # characters; fewer are everybody's
MOBILE = re.compile(r"1[3-9][0-9]{9}")
PUBLIC = re.compile(r"1(?:1[0-9]|2[0-9]|2[0-9]{3}|00[0-9]{2})|9[56][0-9]{3,4}")  # 110, 12378, 12345, 10010, 95588 …
NOT_WORDS = re.compile(r"[^\u3400-\u9fff]+")
PREFIX = "SE-"  # before the rest of the id of the first of its ads
Key = tuple[Thread, str]


def public_line(value: str) -> bool:
    """Whether it is a number everybody may call: emergency, regulator, carrier or bank hotlines."""
    return PUBLIC.fullmatch(value.strip()) is not None


def thread_of(mention: ContactMention) -> Thread:
    """What a contact is to its ad."""
    if mention.kind is ContactKind.BANK_CARD:
        return Thread.PAYEE
    if mention.kind in LINKS:
        return Thread.LINK
    return Thread.LINE if mention.kind is ContactKind.PHONE and not MOBILE.fullmatch(mention.value) else Thread.CONTACT


def reaches(mention: ContactMention, links: Collection[str]) -> bool:
    """Whether a contact read out of the words of a post is how to reach whoever posted it: no landline or hotline, and of links
    those that lead somewhere (`same.links_of`)."""
    thread = thread_of(mention)
    if thread is Thread.LINK:
        return plain_address(mention.value) in links
    return thread is not Thread.LINE and not public_line(mention.value)


def bare_words(text: str) -> str | None:
    """The Chinese words of a folded text alone, without contacts, numbers and marks; None where they are too few."""
    words = NOT_WORDS.sub("", text)
    return words if len(words) >= LEAST_WORDS else None


def sellers(ads: Iterable[SeenAd]) -> tuple[Seller, ...]:
    """The sellers, by the first of their ads, which names them; an ad that shares nothing is a seller of one ad."""
    seen = sorted(ads, key=lambda one: one.ad)
    account = {one.ad: one.account or one.ad for one in seen}
    holding: dict[Key, list[str]] = {}
    for one in seen:
        for key in one.values:
            holding.setdefault(key, []).append(one.ad)
    shared = {key: held for key, held in sorted(holding.items()) if len(held) > 1}
    hubs = {key for key, held in shared.items() if len({account[ad] for ad in held}) > HUBS[key[0]]}
    joining = {key: held for key, held in shared.items() if key not in hubs}
    root = joined_as([one.ad for one in seen], [held for key, held in joining.items() if key[0] is not Thread.WORDS])
    scripts = {key: held for key, held in joining.items() if key[0] is Thread.WORDS}
    reached = {root[one.ad] for one in seen if any(thread in REACHING for thread, _ in one.values)}
    root = _with_words(root, list(scripts.values()), reached)
    groups: dict[str, list[str]] = {}
    for one in seen:
        groups.setdefault(root[one.ad], []).append(one.ad)
    of: dict[str, list[Joined]] = {}
    for (thread, value), held in shared.items():
        told: dict[str, list[str]] = {}
        for ad in held:
            told.setdefault(root[ad], []).append(ad)
        for name, mine in told.items():
            if len(mine) > 1:
                of.setdefault(name, []).append(Joined(thread, value, tuple(mine), len({account[ad] for ad in mine})))
    return tuple(_seller(held, account, of.get(name, []), hubs) for name, held in sorted(groups.items()))


def _seller(ads: Sequence[str], account: Mapping[str, str], shared: Sequence[Joined], hubs: set[Key]) -> Seller:
    ranked = sorted(shared, key=lambda one: (-len(one.ads), one.thread, one.value))
    return Seller(
        id=PREFIX + ads[0].removeprefix("AD-"),
        ads=tuple(ads),
        accounts=len({account[ad] for ad in ads}),
        joined=tuple(one for one in ranked if (one.thread, one.value) not in hubs),
        hubs=tuple(one for one in ranked if (one.thread, one.value) in hubs),
    )


def _with_words(root: Mapping[str, str], scripts: Sequence[Sequence[str]], reached: set[str]) -> dict[str, str]:
    """Groups that share words become one where at most one of all that would become one says how to be reached."""
    wide = joined_as(sorted(set(root.values())), [sorted({root[ad] for ad in held}) for held in scripts])
    said: dict[str, int] = {}
    for name in reached:
        said[wide[name]] = said.get(wide[name], 0) + 1
    return {ad: wide[name] if said.get(wide[name], 0) <= 1 else name for ad, name in root.items()}


Name = TypeVar("Name", str, int)


def joined_as(names: Iterable[Name], groups: Iterable[Sequence[Name]]) -> dict[Name, Name]:
    """The least name each is joined with."""
    parent = {name: name for name in names}

    def find(name: Name) -> Name:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for group in groups:
        for other in group[1:]:
            one, two = sorted((find(group[0]), find(other)))
            parent[two] = one
    return {name: find(name) for name in parent}
