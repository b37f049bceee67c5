"""Words of ads that no list knows: stretches beside known words that several accounts use and those who complain do not.

A stretch is two to six characters in a clause that holds something known (a word, a price, a promise) and nothing of it. How
likely it is a word of the trade is one plain number: how many times more accounts that advertise use it than complaints do.
What is counted, and what it is counted over, stands with each. A person decides, nothing is learnt by itself.
"""

import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mingcha.model.proposal import Proposal

SHORTEST, LONGEST = 2, 6
ACCOUNTS = 3  # that have to use it
LEAST_BITS = 4_000  # thousandths: sixteen times likelier in an ad
ALONE = 2  # neighbours it must have on either side, a mark or an edge among them: what always stands in one frame is part of it
SHOWN = 100
ONE_IN = 200  # complaints, of which so many use a word that borrowers may be who uses it
MILLI = 1_000
CLAUSE = re.compile(r"[^,，.。;；、:：!！?？\n\r]+")
HAN = re.compile(r"[\u3400-\u9fff]+")
EDGE = ""


@dataclass(frozen=True, slots=True)
class KnownPost:
    """A soliciting post: who posted it, its wording (folded, contacts blacked out), and where known words and frames stand in it."""

    account: str
    wording: str
    known: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Stretch:
    """One stretch: accounts that use it, and what stands on either side of it."""

    accounts: set[str]
    before: set[str]
    after: set[str]


def stretches_in(post: KnownPost) -> Iterator[tuple[int, int]]:
    """Where unknown stretches stand, beside something known."""
    taken = bytearray(len(post.wording))
    for start, end in post.known:
        taken[start:end] = b"\1" * (end - start)
    for clause in CLAUSE.finditer(post.wording):
        if 1 not in taken[clause.start() : clause.end()]:
            continue
        for run in HAN.finditer(post.wording, *clause.span()):
            yield from _within(taken, *run.span())


def _within(taken: bytearray, start: int, end: int) -> Iterator[tuple[int, int]]:
    for first in range(start, end - SHORTEST + 1):
        for last in range(first + SHORTEST, min(first + LONGEST, end) + 1):
            if taken[last - 1]:
                break
            if not taken[first]:
                yield first, last


def gather(posts: Iterable[KnownPost], lists: Collection[str]) -> dict[str, Stretch]:
    """Stretches several accounts use that are in no list and part of no listed word; their accounts and neighbours."""
    inside = {
        word[at : at + size]
        for word in lists
        for size in range(SHORTEST, LONGEST + 1)
        for at in range(len(word) - size + 1)
    }
    found: dict[str, Stretch] = {}
    for post in posts:
        for start, end in stretches_in(post):
            word = post.wording[start:end]
            if word in inside:
                continue
            one = found.setdefault(word, Stretch(set(), set(), set()))
            one.accounts.add(post.account)
            one.before.add(post.wording[start - 1] if start else EDGE)
            one.after.add(post.wording[end] if end < len(post.wording) else EDGE)
    return {word: one for word, one in found.items() if _is_word(one)}


def _is_word(one: Stretch) -> bool:
    return len(one.accounts) >= ACCOUNTS and min(len(one.before), len(one.after)) >= ALONE


def words_in(text: str, wanted: Collection[str]) -> set[str]:
    """Which of some stretches stand in a folded text."""
    return {
        word
        for run in HAN.finditer(text)
        for at in range(run.start(), run.end() - SHORTEST + 1)
        for size in range(SHORTEST, min(LONGEST, run.end() - at) + 1)
        if (word := text[at : at + size]) in wanted
    }


def ranked(
    found: Mapping[str, Stretch], accounts: int, innocents_with: Mapping[str, int], innocents: int
) -> list[Proposal]:
    """Proposals, the likeliest first; of stretches one inside the other only the likelier, of equals the longer."""
    made = [
        Proposal(
            word=word,
            accounts_with=len(one.accounts),
            accounts=accounts,
            innocents_with=innocents_with.get(word, 0),
            innocents=innocents,
            millibits=millibits(len(one.accounts), accounts, innocents_with.get(word, 0), innocents),
        )
        for word, one in found.items()
    ]
    likely = [one for one in made if one.millibits >= LEAST_BITS]
    likely.sort(key=lambda one: (-one.millibits, -len(one.word), one.word))
    return _apart(likely)


def millibits(accounts_with: int, accounts: int, innocents_with: int, innocents: int) -> int:
    """How many times likelier among accounts than among innocents, base 2, thousandths; half of one is added to each count."""
    ads, rest = (accounts_with + 0.5) / (accounts + 1), (innocents_with + 0.5) / (innocents + 1)
    return round(MILLI * math.log2(ads / rest))


def often_ordinary(innocents_with: int, innocents: int) -> bool:
    """Whether so many complaints use a word that borrowers may be who uses it."""
    return 0 < innocents <= innocents_with * ONE_IN


def _apart(proposals: Sequence[Proposal]) -> list[Proposal]:
    kept: list[Proposal] = []
    for one in proposals:
        if not any(one.word in other.word or other.word in one.word for other in kept):
            kept.append(one)
            if len(kept) == SHOWN:
                break
    return kept
