"""The letter behind a family: what its members share, what each filled in, and what each changed.

A member's stretches, read in order, are its whole folded text; spans are of the original text.
"""

from dataclasses import dataclass
from enum import StrEnum

from mingcha.model.words import Words


class SlotKind(StrEnum):
    """What is filled into a slot. The codes are stable and public."""

    PERSON = "person"
    SUM = "sum"
    DATE = "date"
    LENDER = "lender"
    NUMBER = "number"
    TEXT = "text"

    @property
    def words(self) -> Words:
        """The kind as people say it."""
        return SLOT_WORDS[self]


class StretchKind(StrEnum):
    """How a stretch of a member stands to the skeleton. The codes are stable and public."""

    HELD = "held"  # the skeleton's own characters
    SPACED = "spaced"  # the same but for white space
    VALUE = "value"  # what fills a slot
    CHANGED = "changed"  # stands in place of words of the skeleton
    ADDED = "added"  # nothing in the skeleton answers to it

    @property
    def words(self) -> Words:
        """The kind as people say it."""
        return STRETCH_WORDS[self]


SLOT_WORDS = {
    SlotKind.PERSON: Words("人名", "person"),
    SlotKind.SUM: Words("金额", "sum"),
    SlotKind.DATE: Words("日期", "date"),
    SlotKind.LENDER: Words("机构", "lender"),
    SlotKind.NUMBER: Words("号码或数字", "number"),
    SlotKind.TEXT: Words("自填文字", "free text"),
}
STRETCH_WORDS = {
    StretchKind.HELD: Words("与模板相同", "as in the template"),
    StretchKind.SPACED: Words("仅空白不同", "white space differs"),
    StretchKind.VALUE: Words("填入内容", "filled in"),
    StretchKind.CHANGED: Words("改写", "changed"),
    StretchKind.ADDED: Words("增写", "added"),
}


@dataclass(frozen=True, slots=True)
class Fixed:
    """Words of the skeleton (folded) and the share of members that have them, in millionths."""

    text: str
    share: int

    @property
    def optional(self) -> bool:
        """Whether no more than half of the members have the passage."""
        return self.share * 2 <= 1_000_000


@dataclass(frozen=True, slots=True)
class Slot:
    """A place members fill in. `share` have something there, in millionths; `values` is how many different things."""

    kind: SlotKind
    share: int
    values: int


Part = Fixed | Slot


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive characters of one member.

    `part` is the place of its part in the template (None: added). Held text is `parts[part].text[start:end]`; of changed
    text `start:end` is what it stands for. `text` is the folded text unless held (then empty), `span` is in the original.
    `moved`: it stands elsewhere than in the skeleton.
    """

    kind: StretchKind
    part: int | None
    start: int
    end: int
    text: str
    span: tuple[int, int]
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Copy:
    """One member laid beside the template."""

    member: str
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """The skeleton of a family in reading order, and every member laid beside it, by member id."""

    scheme: str
    parts: tuple[Part, ...]
    copies: tuple[Copy, ...]

    def folded(self, copy: Copy) -> str:
        """The folded text of a member, rebuilt from the skeleton, its values and its edits."""
        return "".join(self.text(stretch) for stretch in copy.stretches)

    def text(self, stretch: Stretch) -> str:
        """The folded text of a stretch."""
        part = self.parts[stretch.part] if stretch.part is not None else None
        if stretch.kind is StretchKind.HELD and isinstance(part, Fixed):
            return part.text[stretch.start : stretch.end]
        return stretch.text

    def values(self, copy: Copy) -> dict[int, str]:
        """What a member filled into each slot it has, by the slot's place among the parts."""
        found: dict[int, str] = {}
        for stretch in copy.stretches:
            if stretch.kind is StretchKind.VALUE and stretch.part is not None:
                found[stretch.part] = found.get(stretch.part, "") + stretch.text
        return {part: value.strip() for part, value in found.items()}

    def missing(self, copy: Copy) -> tuple[tuple[int, int, int], ...]:
        """(part, start, end) of the skeleton's words a member lacks, in reading order; changed words are not missing."""
        covered: dict[int, list[tuple[int, int]]] = {}
        for stretch in copy.stretches:
            if stretch.part is not None and stretch.start < stretch.end:
                covered.setdefault(stretch.part, []).append((stretch.start, stretch.end))
        out: list[tuple[int, int, int]] = []
        for place, part in enumerate(self.parts):
            if isinstance(part, Fixed):
                out += ((place, start, end) for start, end in _gaps(covered.get(place, []), len(part.text)))
        return tuple(out)


def _gaps(covered: list[tuple[int, int]], size: int) -> list[tuple[int, int]]:
    """What of 0:size no span covers."""
    gaps, done = [], 0
    for start, end in sorted(covered):
        if start > done:
            gaps.append((done, start))
        done = max(done, end)
    return [*gaps, (done, size)] if done < size else gaps
