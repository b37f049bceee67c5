"""How full text is cut for the index: pairs of characters where a script writes no spaces, whole words elsewhere.

The cut text (`spread`) is one string of terms with a space before and after each; a run of Chinese ends with its last
character alone, so `needles` are found in it by plain substring search exactly when the text holds what was asked for.
Every store compares the same two strings, which is why they agree.
"""

import re
import unicodedata
from itertools import pairwise

UNSPACED = "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
PIECE = re.compile(rf"([{UNSPACED}]+)|([^\W_{UNSPACED}]+)")
LONGEST = 64  # longer words are compared by their first 64 characters


def spread(text: str) -> str:
    """The terms of a text in order: `投诉人 ABC` -> ` 投诉 诉人 人 abc `; one space where there is none."""
    terms: list[str] = []
    for run, word in _pieces(text):
        if run:
            terms += map("".join, pairwise(run))
            terms.append(run[-1])
        else:
            terms.append(word[:LONGEST])
    return " " + " ".join(terms) + " "


def needles(words: str) -> tuple[str, ...]:
    """What `spread` must hold for every word asked for, sorted; a lone character is held by any term it begins."""
    out = set()
    for run, word in _pieces(words):
        if len(run) == 1:
            out.add(" " + run)
        elif run:
            out.add(" " + " ".join(map("".join, pairwise(run))) + " ")
        else:
            out.add(" " + word[:LONGEST] + " ")
    return tuple(sorted(out))


def score(held: str, wanted: tuple[str, ...]) -> int:
    """How well a spread text answers, in millionths: occurrences per character. Whole numbers, equal in every store."""
    return sum(held.count(needle) for needle in wanted) * 1_000_000 // len(held)


def _pieces(text: str) -> list[tuple[str, str]]:
    return PIECE.findall(unicodedata.normalize("NFKC", text).casefold())
