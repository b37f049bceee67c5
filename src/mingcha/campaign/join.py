"""One new text against the representatives there are: the pure steps behind incremental use.

Likeness, floor and what makes a family stand are those of `gathering`; what differs is that representatives are whoever came
first since the last run. The next run decides again over everything, and what changes then is told by `reconcile`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from mingcha.campaign.kernels.against import Indexed, against, indexed
from mingcha.campaign.kernels.common import mark_units
from mingcha.campaign.kernels.likeness import FIRM, MILLION, SURE, WEAK, Rule, wholly
from mingcha.campaign.kernels.ranks import U64
from mingcha.campaign.kernels.shingles import SIZE
from mingcha.campaign.sketches import Passage, as_bytes
from mingcha.model.family import Head, Place

NOBODY = SURE + 1  # what no likeness reaches: only copies of the head's own text stand with it


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike a text is to a head, as `gather` has it: `held` units of the head, a bit each in `bits`."""

    how: int
    similarity: int
    held: int
    bits: bytes

    def worth(self, head: Head) -> tuple[int, int, int]:
        """Surer first, a weak likeness after every other; then the larger family; then the more similar."""
        return min(self.how, FIRM), head.texts, self.similarity


def units(text: Passage) -> int:
    """How many characters (of Chinese) or words (of other text) its shingles cover."""
    return len(text.hashes) + SIZE - 1


def ready(text: Passage) -> Indexed:
    """A text as it is compared."""
    return indexed(text.hashes, text.breaks)


def compare(rule: Rule, text: Indexed, head: Passage) -> Likeness | None:
    """How alike a text is to a head, or None when the two are not one letter."""
    if len(head.hashes) * rule.of_head > (len(text.hashes) + SIZE) * MILLION:
        return None
    how, similarity, held, theirs = against(rule, text, head.hashes, head.breaks)
    if not how:
        return None
    bits = _no_bits(units(head))
    mark_units(theirs, bits)
    return Likeness(how, similarity, held, as_bytes(bits, "<u8"))


def _no_bits(size: int) -> U64:
    return np.zeros((size + 63) // 64, np.uint64)


def needed(rule: Rule, head: Head) -> int:
    """Units of the head that any two members hold between them, at least."""
    return (rule.common * head.units + MILLION - 1) // MILLION


def in_doubt(rule: Rule, head: Head, held: int) -> int | None:
    """None when all texts at the head surely hold enough of it together with one that holds `held` units; else below how
    many units held a text has to be asked."""
    below = head.units + needed(rule, head) - held
    return None if head.least >= below else below


def least_common(places: Iterable[Place], bits: bytes) -> int | None:
    """The fewest units that any of these places and one with these `bits` hold between them; None without places."""
    mine = np.frombuffer(bits, np.uint8)
    both = (int(np.bitwise_count(np.frombuffer(one.bits, np.uint8) & mine).sum()) for one in places)
    return min(both, default=None)


def level(rule: Rule, head: Head) -> int:
    """From which likeness on texts at the head are its family: WEAK, FIRM, or NOBODY when too few lean on each other."""
    if head.texts >= rule.many or head.firms >= rule.firm:
        return WEAK
    if head.firms == 0 or (head.firms == 1 and head.sures == 0):
        return NOBODY
    return FIRM


def stands(rule: Rule, head: Head) -> bool:
    """Whether there is a family at this head."""
    return level(rule, head) < NOBODY or head.copies > 1


def members(rule: Rule, head: Head, places: Sequence[Place]) -> list[Place]:
    """Those at the head that are its family."""
    if not stands(rule, head):
        return []
    least = level(rule, head)
    return [one for one in places if one.how == 0 or one.how >= least]


def opened(number: int, complaint: str, text: Passage) -> tuple[Head, Place]:
    """A head of itself alone, and its place."""
    size = units(text)
    bits = _no_bits(size)
    mark_units(wholly(len(text.hashes)), bits)
    whole = as_bytes(bits, "<u8")
    head = Head(
        number=number, complaint=complaint, family=None, units=size, texts=1, firms=0, sures=0, copies=1, least=size,
        posted=b"",
    )  # fmt: skip
    place = Place(
        complaint=complaint, head=number, digest=text.digest, how=0, similarity=MILLION, held=size, bits=whole
    )
    return head, place


def beside(number: int, complaint: str, text: Passage, like: Likeness) -> Place:
    """The place of a text at a head it is alike to."""
    return Place(
        complaint=complaint,
        head=number,
        digest=text.digest,
        how=like.how,
        similarity=like.similarity,
        held=like.held,
        bits=like.bits,
    )


def taken_up(head: Head, how: int, held: int) -> Head:
    """The head with one more distinct text placed at it."""
    return replace(
        head,
        texts=head.texts + 1,
        firms=head.firms + (how >= FIRM),
        sures=head.sures + (how >= SURE),
        least=min(head.least, held),
    )


def let_go(head: Head, how: int) -> Head:
    """The head with one distinct text fewer; `least` stays, which is never above the true number."""
    return replace(head, texts=head.texts - 1, firms=head.firms - (how >= FIRM), sures=head.sures - (how >= SURE))
