"""Words no answer may hold: labels, threats, withdrawal as a condition, papers the institution has, agency and organisation."""

from collections.abc import Sequence

from mingcha.model.answer import Objection
from mingcha.standards.answers import Refused
from mingcha.text.normalise import normalise

QUOTES = (("“", "”"), ("「", "」"), ('"', '"'))


def lint(letter: str, complaint: str, refused: Sequence[Refused]) -> tuple[Objection, ...]:
    """Every refused passage of a letter, in order. What stands in quotation marks and in the complaint is the consumer's own."""
    own = normalise(complaint).text
    folded = normalise(letter)
    quoted = _quoted(folded.text, own)
    found = []
    for rule in refused:
        for match in rule.words.finditer(folded.text):
            if any(start <= match.start() and match.end() <= end for start, end in quoted):
                continue
            found.append((match.start(), Objection(folded.passage(*match.span()).quote, rule.why)))
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))


def _quoted(text: str, own: str) -> list[tuple[int, int]]:
    """Spans between quotation marks whose words the complaint holds."""
    out = []
    for opening, closing in QUOTES:
        at = text.find(opening)
        while at >= 0 and (end := text.find(closing, at + 1)) >= 0:
            if text[at + 1 : end].strip() in own:
                out.append((at, end + 1))
            at = text.find(opening, end + 1)
    return out
