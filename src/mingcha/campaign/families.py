"""Families of the complaints the house holds: `gathering` over their sketches, told by complaint instead of by row."""

from collections.abc import Iterable
from dataclasses import dataclass

from mingcha.campaign.gathering import RULE, RULE_SCHEME, Gathering, gather_families
from mingcha.campaign.kernels.likeness import Rule
from mingcha.campaign.letters import ordered
from mingcha.campaign.sketches import blocks
from mingcha.model.stored import Membership, Sketch

THREADS = 2


@dataclass(frozen=True, slots=True)
class Family:
    """Two or more complaints of one letter. `name` is the smallest digest among its texts.

    `members` are (complaint, similarity to the representative's text in millionths), by complaint id; `common` is the
    least share of the representative's units that any two members hold between them, in millionths, rounded down.
    """

    name: str
    representative: str
    members: tuple[tuple[str, int], ...]
    texts: int  # distinct ones
    common: int

    def memberships(self, family: str) -> tuple[Membership, ...]:
        """The members as rows of the index, under the id the family is kept by."""
        return tuple(
            Membership(complaint=c, family=family, representative=c == self.representative, similarity=s)
            for c, s in self.members
        )


@dataclass(frozen=True, slots=True)
class Families:
    """All families, by name, and what was skipped and why: nothing is left out in silence."""

    scheme: str
    families: tuple[Family, ...]
    too_short: tuple[str, ...]  # complaints with fewer shingles than are compared
    left: tuple[str, ...]  # left a family for want of enough in common with another member, and found no other
    passed_over: int  # texts with votes for more families than they were compared with


def find_families(sketches: Iterable[Sketch], rule: Rule = RULE, threads: int = THREADS) -> Families:
    """Group complaints into families; neither their order nor `threads` changes the result.

    ValueError for a complaint given twice.
    """
    complaints: list[str] = []
    corpus, breaks = ordered(blocks(sketches, complaints), threads)
    if len(set(complaints)) < len(complaints):
        raise ValueError("a complaint was given twice")
    found = gather_families(corpus, breaks, rule, threads, lambda _: None)
    short = [*found.too_short.tolist(), *corpus.empty.tolist()]
    return Families(
        RULE_SCHEME,
        tuple(_family(one, complaints) for one in found.families),
        tuple(sorted(complaints[row] for row in short)),
        tuple(sorted(complaints[row] for row in found.left.tolist())),
        found.passed_over,
    )


def _family(one: Gathering, complaints: list[str]) -> Family:
    rows = zip(one.rows.tolist(), one.similarity.tolist(), strict=True)
    members = sorted((complaints[row], similarity) for row, similarity in rows)
    return Family(one.name, complaints[one.representative], tuple(members), one.texts, one.common)
