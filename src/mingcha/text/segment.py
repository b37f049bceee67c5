"""Sentences and paragraphs of a folded text, as spans; together they cover everything but white space between them."""

import re

from mingcha.model.text import Folded

BREAK = re.compile(r"(?<=[。！？!?；;\n])\s*|(?<=[a-z%\d)]\.)\s+", re.IGNORECASE)
SENTENCE = re.compile(r"[^。!?;；\n]+(?:[。!?;；]+|(?=\n)|\Z)")


def sentences(folded: Folded) -> tuple[tuple[int, int], ...]:
    """Half-open spans of folded characters, each up to and with its final mark."""
    return tuple(match.span() for match in SENTENCE.finditer(folded.text) if match.group().strip())


def paragraphs(folded: Folded) -> tuple[tuple[int, int], ...]:
    """Half-open spans of folded characters between line breaks."""
    return tuple(match.span() for match in re.finditer(r"[^\n]+", folded.text))


def sentences_as_written(text: str) -> list[str]:
    """The sentences of an original text in either language, without the space around them; a decimal point ends none."""
    return [one for part in BREAK.split(text) if len(one := part.strip()) > 1]
