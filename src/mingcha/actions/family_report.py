"""The letters behind the families of a file: templates as data and as a page. Texts were not kept, so the file is read again."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from mingcha.actions.campaigns import Gathered, Progress, silent
from mingcha.campaign.cutting import SCHEMES
from mingcha.campaign.gathering import Gathering
from mingcha.campaign.template import reconstruct
from mingcha.model.letters import Block, CopyCard, FamilyCard, FamilyReport, Id, Ignored, LaidPiece, Mark
from mingcha.model.template import Copy, Fixed, Slot, StretchKind, Template
from mingcha.model.words import Words
from mingcha.text.segment import sentences_as_written

Read = Callable[[], Iterable[Block]]
LAID = 5_000  # letters of a family a template is read off and laid beside
HELD = 200_000  # texts in memory at a time
SHOWN_FAMILIES, SHOWN_COPIES, SHOWN_CHARACTERS, SHOWN_PASSAGES = 100, 5, 2_000, 50
MOSTLY_COMMON = 0.8
MARKS = {StretchKind.VALUE: Mark.VALUE, StretchKind.CHANGED: Mark.CHANGED, StretchKind.ADDED: Mark.ADDED}


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A family with its template; `texts` are the letters laid beside it by the row each stands in, the representative first."""

    family: Gathering
    template: Template
    texts: dict[int, str]

    def row(self, copy: Copy) -> int:
        """The row of a copy."""
        return int(copy.member)


def rebuild(families: Sequence[Gathering], read: Read, progress: Progress = silent) -> Iterator[Rebuilt]:
    """The template of each family, in order, from its first LAID rows and its representative."""
    done = 0
    for batch in _batches(families):
        texts = _texts_of({row for family in batch for row in _laid_rows(family)}, read())
        for family in batch:
            held = {row: texts[row] for row in _laid_rows(family)}
            yield Rebuilt(family, reconstruct({str(row): text for row, text in held.items()}), held)
            done += 1
            progress("template", done, len(families))


def template_line(one: Rebuilt, ids: Sequence[Id]) -> dict[str, object]:
    """A family as data: its skeleton with typed slots, and what each letter filled in, changed, added and left out."""
    template = one.template
    return {
        "family": one.family.name,
        "rows": len(one.family.rows),
        "laid": len(one.texts),
        "scheme": template.scheme,
        "skeleton": [
            {"text": part.text, "share": part.share / 1_000_000}
            if isinstance(part, Fixed)
            else {"slot": part.kind.value, "share": part.share / 1_000_000, "values": part.values}
            for part in template.parts
        ],
        "members": [
            {
                "id": ids[one.row(copy)],
                "values": {str(place): value for place, value in template.values(copy).items()},
                "edits": [
                    {
                        "kind": s.kind.value,
                        "part": s.part,
                        "instead_of": _skeleton(template, s.part, s.start, s.end),
                        "text": s.text,
                    }
                    for s in copy.stretches
                    if s.kind in (StretchKind.CHANGED, StretchKind.ADDED)
                ],
                "missing": [{"part": p, "text": _skeleton(template, p, a, b)} for p, a, b in template.missing(copy)],
            }
            for copy in template.copies
        ],
    }


def family_report(done: Gathered, read: Read, file: str, progress: Progress = silent) -> FamilyReport:
    """The largest families, each with its template and a few of its letters laid beside it."""
    largest = sorted(done.found.families, key=lambda one: (-len(one.rows), one.name))[:SHOWN_FAMILIES]
    cards = [_card(one, done.sheet.ids) for one in rebuild(largest, read, progress)]
    found = done.found
    skipped = (
        (Words("行太短，未比较", "rows too short to compare"), len(found.too_short)),
        (Words("行没有文字", "rows without words"), done.empty),
        (Words("行无法读取", "lines not read"), len(done.sheet.faults)),
        (Words("行离开家族后独立", "rows that left a family"), len(found.left)),
        (Words("行的套话不算相似", "rows whose common passages were no likeness"), len(found.with_common)),
        (Words("篇只比较了最可能的家族", "texts compared with their likeliest families only"), found.passed_over),
    )
    return FamilyReport(
        file,
        done.scheme,
        len(done.sheet.ids),
        sum(len(one.rows) for one in found.families),
        tuple(cards),
        len(found.families),
        tuple(s for s in skipped if s[1]),
        ignored_passages(done, read),
    )


def ignored_passages(done: Gathered, read: Read) -> tuple[Ignored, ...]:
    """Sentences that counted as nobody's own, all or nearly, the most widely held first: at most SHOWN_PASSAGES, from at most as many letters."""
    common = done.found.common
    rows = done.found.with_common
    few = rows[:: max(1, len(rows) // SHOWN_PASSAGES)][:SHOWN_PASSAGES] if len(rows) else rows
    texts = _texts_of(set(few.tolist()), read()) if len(few) else {}
    sentences = {one for text in texts.values() for one in sentences_as_written(text)}
    cutting = SCHEMES[done.scheme.split(",")[0]]()
    found = {}
    for sentence in sorted(sentences):
        hashes = np.unique(cutting.shingles([sentence])[0])
        at = np.searchsorted(common.values, hashes)
        known = common.values[np.minimum(at, len(common.values) - 1)] == hashes
        if len(hashes) > 1 and known.mean() >= MOSTLY_COMMON:
            found[hashes.tobytes()] = Ignored(sentence, int(np.median(common.holders[at[known]])))
    return tuple(sorted(found.values(), key=lambda one: (-one.texts, one.text))[:SHOWN_PASSAGES])


def _batches(families: Sequence[Gathering]) -> Iterator[list[Gathering]]:
    batch: list[Gathering] = []
    held = 0
    for family in families:
        more = min(len(family.rows), LAID)
        if batch and held + more > HELD:
            yield batch
            batch, held = [], 0
        batch.append(family)
        held += more
    if batch:
        yield batch


def _laid_rows(family: Gathering) -> list[int]:
    others = [row for row in family.rows.tolist() if row != family.representative]
    return [family.representative, *others[: LAID - 1]]


def _texts_of(wanted: set[int], blocks: Iterable[Block]) -> dict[int, str]:
    out: dict[int, str] = {}
    row = 0
    for block in blocks:
        out |= {row + i: block.texts[i] for i in range(len(block.texts)) if row + i in wanted}
        row += len(block.texts)
        if len(out) == len(wanted):
            break
    return out


def _card(one: Rebuilt, ids: Sequence[Id]) -> FamilyCard:
    copies = {one.row(copy): copy for copy in one.template.copies}
    return FamilyCard(
        name=one.family.name,
        rows=len(one.family.rows),
        texts=one.family.texts,
        common=one.family.common,
        laid=len(one.texts),
        parts=one.template.parts,
        copies=tuple(
            CopyCard(str(ids[row]), tuple(_pieces(one.template, copies[row], one.texts[row]))) for row in _few_rows(one)
        ),
    )


def _few_rows(one: Rebuilt) -> list[int]:
    """The representative and the least similar rows: they say most about what holds a family together."""
    family = one.family
    alike = dict(zip(family.rows.tolist(), family.similarity.tolist(), strict=True))
    others = sorted((row for row in one.texts if row != family.representative), key=lambda row: (alike[row], row))
    return [family.representative, *others[: SHOWN_COPIES - 1]]


def _pieces(template: Template, copy: Copy, text: str) -> Iterator[LaidPiece]:
    """A letter as it was written, cut into what it shares with the skeleton and what not, with what it left out in its place."""
    missing = list(template.missing(copy))
    shown = 0
    for stretch in copy.stretches:
        while (
            missing
            and stretch.part is not None
            and not stretch.moved
            and missing[0][:2] < (stretch.part, stretch.start)
        ):
            yield LaidPiece(_skeleton(template, *missing.pop(0)), Mark.MISSING)
        part = template.parts[stretch.part] if stretch.part is not None else None
        kind = part.kind if isinstance(part, Slot) else None
        said = text[slice(*stretch.span)]
        yield LaidPiece(said[: SHOWN_CHARACTERS - shown], MARKS.get(stretch.kind, Mark.SAME), kind)
        shown += len(said)
        if shown >= SHOWN_CHARACTERS:
            yield LaidPiece("…", Mark.SAME)
            return
    for gap in missing:
        yield LaidPiece(_skeleton(template, *gap), Mark.MISSING)


def _skeleton(template: Template, place: int | None, start: int, end: int) -> str:
    part = template.parts[place] if place is not None else None
    return part.text[start:end] if isinstance(part, Fixed) else ""
