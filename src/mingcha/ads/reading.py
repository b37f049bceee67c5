"""A post as the model sees it, but for its wording: cues, frames and contacts, each with the passage it stands on.

Nothing here judges; who wrote a post, where and in which order is not looked at.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mingcha.model.text import ContactMention, Folded, TermHit
from mingcha.standards.ads import AdWords
from mingcha.text.contacts import contacts
from mingcha.text.lexicon import MAIN, Lexicon, build
from mingcha.text.normalise import normalise
from mingcha.text.sounded import VEIL, Sounded, sounded
from mingcha.text.tables import PICTURES

PICTURE = re.compile(f"[{PICTURES}]")
MARK = "·"
LEFT_OUT = "contact_left_out"
MANY_TRADES = 3
HANDLE = re.compile(
    r"(?=[a-z_.*-]{0,24}[0-9_])[a-z0-9_.*-]{5,}"
)  # letters and digits in one: a handle, a number, a part of a link
LENGTHS = (12, 30, 80, 200)  # units at which a post counts as longer


@dataclass(frozen=True, slots=True)
class PostRead:
    """What stands in a post: words with all their `codes`, frames as (code, start, end) of folded characters. `wording` is the folded text with contacts and
    numbers blacked out, place for place (who is reached is no wording), `units` how it sounds."""

    folded: Folded
    hits: tuple[TermHit, ...]
    codes: frozenset[str]
    frames: tuple[tuple[str, int, int], ...]
    contacts: tuple[ContactMention, ...]
    wording: str
    units: Sounded


class Reader:
    """Reads posts by a dated file of cues and the trade's lexicon."""

    __slots__ = ("_lexicon", "words")

    def __init__(self, words: AdWords, lexicon: Mapping[str, Any]) -> None:
        self.words = words
        self._lexicon = merged(words, lexicon)

    @property
    def scheme(self) -> str:
        """The dated lists it reads by."""
        return self._lexicon.scheme

    @property
    def terms(self) -> tuple[str, ...]:
        """All words looked for."""
        return tuple(term.term for term in self._lexicon.terms)

    def read(self, text: str) -> PostRead:
        """Read one post; linear in its length."""
        folded = normalise(text)
        frames = tuple(
            (frame.code, match.start(), match.end())
            for frame in self.words.frames
            for match in frame.pattern.finditer(folded.text)
        )
        mentions = contacts(folded)
        wording = _veiled(folded, mentions)
        units = sounded(wording)
        hits = self._lexicon.find(folded)
        if hidden := self._lexicon.spelt(folded, wording, units):
            hits = tuple(sorted((*hits, *hidden), key=lambda hit: hit.start))
        codes = frozenset(code for hit in hits for code in hit.codes)
        return PostRead(folded, hits, codes, frames, mentions, wording, units)

    def features(self, post: PostRead) -> tuple[str, ...]:
        """The named features of a post, each once, in order."""
        return tuple(sorted(set(self._features(post))))

    def _features(self, post: PostRead) -> Iterator[str]:
        yield from (f"cue:{code}" for code in post.codes if code in self.words.cues)
        if any(hit.channel != MAIN for hit in post.hits):
            yield "evasion"
        yield from (f"frame:{code}" for code, _, _ in post.frames)
        yield from (f"contact:{mention.kind.value}" for mention in post.contacts)
        yield f"length:{sum(len(post.units.codes) > size for size in LENGTHS)}"
        yield from _together(post)


def _together(post: PostRead) -> Iterator[str]:
    """What stands together or alone: how many trades of ours, and whether the reader is to get in touch."""
    trades = sum(code.startswith("trade_") for code in post.codes if code != "trade_other")
    reached = (
        bool(post.contacts) or "call_to_contact" in post.codes or any(code == LEFT_OUT for code, _, _ in post.frames)
    )
    yield f"trades:{min(trades, MANY_TRADES)}"
    yield f"trades:{min(trades, 1)} reached:{int(reached)}"
    for code in ("grievance", "goods", "licensed", "exposes", "tutorial", "warning", "question", "trade_other"):
        if code in post.codes:
            yield f"{code} trades:{min(trades, 1)} reached:{int(reached)}"


def _veiled(folded: Folded, mentions: Iterable[ContactMention]) -> str:
    text = HANDLE.sub(lambda match: VEIL * len(match.group()), folded.text)
    out = [(one.start, one.end, VEIL) for one in mentions]
    out += [(*one.span(), MARK) for one in PICTURE.finditer(folded.original)]  # read as words elsewhere, here as marks
    for start, end, char in out:
        first, last = bisect_left(folded.starts, start), bisect_left(folded.starts, end)
        text = text[:first] + char * (last - first) + text[last:]
    return text


def merged(words: AdWords, lexicon: Mapping[str, Any]) -> Lexicon:
    """The trade's lexicon and the cues' words as one list: a word carries the codes of both."""
    codes: dict[str, list[str]] = {}
    sources: dict[str, str] = {}
    for row in lexicon["terms"]:
        codes.setdefault(row["term"], []).extend(row["codes"])
        sources.setdefault(row["term"], row["source"])
    for cue in words.cues.values():
        for word in cue.words:
            codes.setdefault(word, []).append(cue.code)
    terms = [{"term": term, "codes": of, "source": sources.get(term, words.id)} for term, of in codes.items()]
    return build({"id": f"{words.id} {lexicon['id']}", "terms": terms, "allow": lexicon.get("allow", ())})
