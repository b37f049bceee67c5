"""A file of texts to pairs of letters that seem one rewritten throughout: a weaker sign than shared passages, never enough alone."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mingcha.actions.campaigns import Progress, Sheet, find_families, silent
from mingcha.campaign.rewritten import Letter, Rewritings, find_rewritten, points_of
from mingcha.errors import InputError
from mingcha.model.letters import Block
from mingcha.model.words import Words
from mingcha.text.segment import sentences_as_written

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
MOST_ROWS = 20_000  # the encoder reads a few hundred sentences a second
LONGEST = 200  # sentences of a letter that are looked at; who wrote more is counted
LOT = 200  # letters read between two reports of progress


@dataclass(frozen=True, slots=True)
class RewrittenLetters:
    """Pairs of a file's rows, as places in `sheet.ids`; a family of shared passages is compared as its representative alone."""

    sheet: Sheet
    found: Rewritings
    rows: tuple[int, ...]  # that were compared: pairs are places in these
    cut_short: int  # of them, those of more than LONGEST sentences


def find_rewritten_letters(blocks: Iterable[Block], encode: Encode, progress: Progress = silent) -> RewrittenLetters:
    """Letters that say the same points in the same order in other words, in Chinese, English or one in each."""
    sheet = Sheet()
    texts: list[str] = []
    for some in sheet.texts(blocks):
        texts += some
        if len(texts) > MOST_ROWS:
            raise InputError(
                where="rewritten",
                found=f"> {MOST_ROWS:,}",
                expected=Words(
                    f"不超过 {MOST_ROWS:,} 行：编码器每秒只读几百句",
                    f"at most {MOST_ROWS:,} rows: the encoder reads a few hundred sentences a second",
                ),
            )
    families = find_families([Block(range(len(texts)), texts)], progress=progress).found.families
    copies = {row for family in families for row in family.rows.tolist() if row != family.representative}
    rows = tuple(row for row in range(len(texts)) if row not in copies)
    letters, cut_short = [], 0
    for start in range(0, len(rows), LOT):
        whole = [sentences_as_written(texts[row]) for row in rows[start : start + LOT]]
        cut_short += sum(len(letter) > LONGEST for letter in whole)
        letters += _letters([letter[:LONGEST] for letter in whole], encode)
        progress("encode", min(start + LOT, len(rows)), len(rows))
    compared = 0

    def done(more: int) -> None:
        nonlocal compared
        compared += more
        progress("align", compared, 0)

    return RewrittenLetters(sheet, find_rewritten(letters, done), rows, cut_short)


def _letters(sentences: Sequence[Sequence[str]], encode: Encode) -> list[Letter]:
    vectors = encode([one for letter in sentences for one in letter])
    cuts = np.cumsum([len(letter) for letter in sentences])[:-1]
    return [
        Letter(meanings, tuple(points_of(one) for one in letter))
        for meanings, letter in zip(np.split(vectors, cuts), sentences, strict=True)
    ]
