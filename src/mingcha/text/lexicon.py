"""The words of the trade over a folded text: longest phrase wins, an allowed phrase silences what it contains.

A hit is a word seen, nothing more; neutral words (停息挂账, 上岸 …) are marked so that nothing can weigh them. Words written
with characters that sound or look alike are found by the matching channels and say so; what the main channel reads stands.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ahocorasick_rs import AhoCorasick, MatchKind

from mingcha.model.text import Folded, TermHit
from mingcha.text.normalise import normalise

if TYPE_CHECKING:
    from mingcha.text.channels import Channels
    from mingcha.text.sounded import Sounded
    from mingcha.text.spelt import Spelt

MAIN = "main"
HALVES = re.compile("[\ud800-\udfff]")  # of a surrogate pair, as torn JSON leaves them


@dataclass(frozen=True, slots=True)
class Term:
    """One entry: its codes (G1 G2 AD SL TI PO DOC CL IN NT), source label, and whether it is a generated variant."""

    term: str
    codes: tuple[str, ...]
    source: str
    synthetic: bool

    @property
    def neutral(self) -> bool:
        """Genuine borrowers, regulators or lawful products use it."""
        return "NT" in self.codes or "CL" in self.codes


class Lexicon:
    """A dated word list ready to search."""

    __slots__ = ("_allowed", "_automaton", "_channels", "_patterns", "_spelt", "_terms", "scheme")

    def __init__(self, scheme: str, terms: tuple[Term, ...], allowed: tuple[str, ...]) -> None:
        self.scheme = scheme
        folded = {normalise(term.term).text: term for term in reversed(terms)}
        allows = {normalise(phrase).text for phrase in allowed}
        self._terms: dict[str, Term] = dict(sorted(folded.items()))
        self._allowed = frozenset(allows)
        self._patterns = sorted(set(self._terms) | allows)
        self._automaton = AhoCorasick(self._patterns, matchkind=MatchKind.LeftmostLongest)
        self._channels: Channels | None = None
        self._spelt: Spelt | None = None

    @property
    def terms(self) -> tuple[Term, ...]:
        """All terms, by folded spelling."""
        return tuple(self._terms.values())

    def find(self, folded: Folded) -> tuple[TermHit, ...]:
        """Hits in order, with spans of the original and the channel that found them: main, homophone or shape."""
        text = HALVES.sub(
            "\ufffd", folded.text
        )  # the automaton reads whole characters alone; none of ours holds a half
        main = [(self._patterns[i], at, end) for i, at, end in self._automaton.find_matches_as_indexes(text)]
        read = [(spelt, at, end, MAIN) for spelt, at, end in main if spelt not in self._allowed]
        read += [
            (hit.phrase, hit.start, hit.end, hit.channel)
            for hit in self._alike().find(folded.text)
            if (before := bisect_left(main, hit.end, key=lambda one: one[1])) == 0 or main[before - 1][2] <= hit.start
        ]
        return tuple(self._hit(folded, *one) for one in sorted(read, key=lambda one: one[1]))

    def spelt(self, folded: Folded, text: str, units: "Sounded") -> tuple[TermHit, ...]:
        """Hits of words in letters, taken apart or broken up, in a folded text that may be blacked out in part, and its units."""
        if self._spelt is None:
            from mingcha.text.spelt import Spelt

            self._spelt = Spelt(tuple(self._terms))
        return tuple(
            self._hit(folded, hit.phrase, hit.start, hit.end, hit.channel) for hit in self._spelt.find(text, units)
        )

    def _hit(self, folded: Folded, spelt: str, at: int, end: int, channel: str) -> TermHit:
        term = self._terms[spelt]
        first, last = folded.span(at, end)
        surface = folded.original[first:last]
        return TermHit(term.term, term.codes, first, last, surface, term.neutral, term.synthetic, channel)

    def _alike(self) -> "Channels":
        """The matching channels, made with the first text: their dictionaries take a while to load."""
        if self._channels is None:
            from mingcha.text.channels import Channels

            self._channels = Channels(tuple(self._terms))
        return self._channels


def build(data: Mapping[str, Any]) -> Lexicon:
    """A lexicon from its parsed TOML: `id`, `[[terms]]` (term, codes, source, synthetic?), `allow` phrases."""
    terms = tuple(
        Term(row["term"], tuple(row["codes"]), row["source"], bool(row.get("synthetic", False)))
        for row in data["terms"]
    )
    return Lexicon(data["id"], terms, tuple(data.get("allow", ())))
