"""A post as the model sees it, but for its wording: cues, frames and contacts, each with the passage it stands on.

Nothing here judges; who wrote a post, where and in which order is not looked at.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mingcha.model.text import ContactMention, Folded, TermHit
from mingcha.standards.ads import AdWords
from mingcha.text.contacts import contacts
from mingcha.text.lexicon import MAIN, Lexicon, build
from mingcha.text.normalise import normalise

VEIL = "\x02"
HANDLE = re.compile(
    r"(?=[a-z_.*-]{0,24}[0-9_])[a-z0-9_.*-]{5,}"
)  # letters and digits in one: a handle, a number, a part of a link
LENGTHS = (12, 30, 80, 200)  # characters at which a post counts as longer


@dataclass(frozen=True, slots=True)
class PostRead:
    """What stands in a post; frames as (code, start, end) of folded characters."""

    folded: Folded
    hits: tuple[TermHit, ...]
    frames: tuple[tuple[str, int, int], ...]
    contacts: tuple[ContactMention, ...]

    def wording(self) -> str:
        """The folded text with its contacts and numbers blacked out, place for place: who is reached is no wording."""
        text = HANDLE.sub(lambda match: VEIL * len(match.group()), self.folded.text)
        for one in self.contacts:
            first, last = bisect_left(self.folded.starts, one.start), bisect_left(self.folded.starts, one.end)
            text = text[:first] + VEIL * (last - first) + text[last:]
        return text


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
        return PostRead(folded, self._lexicon.find(folded), frames, contacts(folded))

    def features(self, post: PostRead) -> tuple[str, ...]:
        """The named features of a post, each once, in order."""
        return tuple(sorted(set(self._features(post))))

    def _features(self, post: PostRead) -> Iterator[str]:
        for hit in post.hits:
            yield from (f"cue:{code}" for code in hit.codes if code in self.words.cues)
            if hit.channel != MAIN:
                yield "evasion"
        yield from (f"frame:{code}" for code, _, _ in post.frames)
        yield from (f"contact:{mention.kind.value}" for mention in post.contacts)
        yield f"length:{sum(len(post.folded.text) > size for size in LENGTHS)}"


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
