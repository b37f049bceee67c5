"""Words no aid text may hold: help never asks to withdraw a complaint, to give a statement against anybody, or to pay what is owed."""

from collections.abc import Iterable, Sequence

from mingcha.model.answer import Objection
from mingcha.standards.answers import Refused
from mingcha.text.normalise import normalise

ELIDED = "…"


def lint(text: str, refused: Sequence[Refused], own: Iterable[str] = ()) -> tuple[Objection, ...]:
    """Every refused passage, in order. `own`: names and the like that were filled in, which say nothing of ours."""
    for value in sorted({one for one in own if one}, key=len, reverse=True):
        text = text.replace(value, ELIDED)
    folded = normalise(text)
    found = [
        (match.start(), Objection(folded.passage(*match.span()).quote, rule.why))
        for rule in refused
        for match in rule.words.finditer(folded.text)
    ]
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))
