"""Sentences and paragraphs of a folded text, as spans; together they cover everything but white space between them."""

import re

from mingcha.model.text import Folded

SENTENCE = re.compile(r"[^。!?;；\n]+(?:[。!?;；]+|(?=\n)|\Z)")


def sentences(folded: Folded) -> tuple[tuple[int, int], ...]:
    """Half-open spans of folded characters, each up to and with its final mark."""
    return tuple(match.span() for match in SENTENCE.finditer(folded.text) if match.group().strip())


def paragraphs(folded: Folded) -> tuple[tuple[int, int], ...]:
    """Half-open spans of folded characters between line breaks."""
    return tuple(match.span() for match in re.finditer(r"[^\n]+", folded.text))
