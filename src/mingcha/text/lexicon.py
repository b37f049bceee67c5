"""The words of the trade over a folded text: longest phrase wins, an allowed phrase silences what it contains.

A hit is a word seen, nothing more; neutral words (停息挂账, 上岸 …) are marked so that nothing can weigh them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ahocorasick_rs import AhoCorasick, MatchKind

from mingcha.model.text import Folded, TermHit
from mingcha.text.normalise import normalise


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

    __slots__ = ("_allowed", "_automaton", "_patterns", "_terms", "scheme")

    def __init__(self, scheme: str, terms: tuple[Term, ...], allowed: tuple[str, ...]) -> None:
        self.scheme = scheme
        folded = {normalise(term.term).text: term for term in reversed(terms)}
        allows = {normalise(phrase).text for phrase in allowed}
        self._terms: dict[str, Term] = dict(sorted(folded.items()))
        self._allowed = frozenset(allows)
        self._patterns = sorted(set(self._terms) | allows)
        self._automaton = AhoCorasick(self._patterns, matchkind=MatchKind.LeftmostLongest)

    @property
    def terms(self) -> tuple[Term, ...]:
        """All terms, by folded spelling."""
        return tuple(self._terms.values())

    def find(self, folded: Folded) -> tuple[TermHit, ...]:
        """Hits in order, with spans of the original."""
        out = []
        for index, start, end in self._automaton.find_matches_as_indexes(folded.text):
            spelt = self._patterns[index]
            if spelt in self._allowed:
                continue
            term = self._terms[spelt]
            first, last = folded.span(start, end)
            surface = folded.original[first:last]
            out.append(TermHit(term.term, term.codes, first, last, surface, term.neutral, term.synthetic))
        return tuple(out)


def build(data: Mapping[str, Any]) -> Lexicon:
    """A lexicon from its parsed TOML: `id`, `[[terms]]` (term, codes, source, synthetic?), `allow` phrases."""
    terms = tuple(
        Term(row["term"], tuple(row["codes"]), row["source"], bool(row.get("synthetic", False)))
        for row in data["terms"]
    )
    return Lexicon(data["id"], terms, tuple(data.get("allow", ())))
