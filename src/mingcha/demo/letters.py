"""How the people of the town write: one way of composing for everybody, so that wording alone gives nothing away.

A script is a letter that several people send; only its being shared, not its words, sets it apart. A letter knows every
grievance its own phrases allege.
"""

import random
from dataclasses import dataclass

from mingcha.demo import words as w

GRIEVANCES = tuple(w.CASUAL)
FORMAL_SHARE = 0.45  # of all letters and scripts alike


@dataclass(frozen=True, slots=True)
class Letter:
    """A text with its slots still open, in pieces, and the grievances it alleges."""

    pieces: tuple[str, ...]
    claims: tuple[str, ...]

    @property
    def text(self) -> str:
        """The whole."""
        return "".join(self.pieces)


def some_grievances(rng: random.Random) -> list[str]:
    """One to three grievances."""
    return rng.sample(GRIEVANCES, rng.choice((1, 1, 1, 2, 2, 3)))


def compose(rng: random.Random, grievances: list[str], *, least: int = 0) -> Letter:
    """A letter alleging these grievances; `least` asks for a text of at least so many characters."""
    letter = _compose(rng, grievances)
    while len(letter.text) < least:
        letter = _compose(rng, grievances)
    return letter


def _compose(rng: random.Random, grievances: list[str]) -> Letter:
    formal = rng.random() < FORMAL_SHARE
    stock = w.FORMAL if formal else w.CASUAL
    backgrounds = rng.sample(w.FORMAL_BACKGROUNDS if formal else w.BACKGROUNDS, rng.randrange(0, 3))
    alleged = [rng.choice(stock[g] if rng.random() < 0.85 else w.CASUAL[g]) for g in grievances]
    middle = [*backgrounds, *alleged, *rng.sample(w.MILD, rng.randrange(0, 3))]
    if not formal:
        rng.shuffle(middle)
    demands = rng.sample(w.DEMANDS, rng.randrange(1, 5))
    for grievance in grievances:
        if rng.random() < 0.4:
            middle.append(rng.choice(w.RULES_FOR[grievance]))
        if rng.random() < 0.4:
            demands.append(rng.choice(w.DEMANDS_FOR[grievance]))
    rng.shuffle(demands)
    opening = rng.choice(w.FORMAL_OPENINGS if formal else w.OPENINGS)
    pieces = (opening, *middle, rng.choice(w.RULES), *demands, rng.choice(w.ENDINGS))
    return Letter(tuple(piece for piece in pieces if piece), tuple(grievances))


def in_english(rng: random.Random, grievance: str) -> str:
    """A short letter by somebody who writes English."""
    said = (w.ENGLISH_OPENINGS, w.ENGLISH_GRIEVANCE[grievance], w.ENGLISH_ENDINGS)
    return "".join(rng.choice(stock) for stock in said)


def copied(rng: random.Random, script: Letter) -> Letter:
    """A script as one more person sends it: a word swapped, now and then a piece left out or the end changed."""
    pieces = list(script.pieces)
    if rng.random() < 0.15 and len(pieces) > 6:
        spare = [n for n, piece in enumerate(pieces[1:-1], 1) if piece in w.MILD or piece in w.DEMANDS]
        if spare:
            del pieces[rng.choice(spare)]
    if rng.random() < 0.2:
        pieces[-1] = rng.choice(w.ENDINGS)
    for one, other in w.SAME:
        if rng.random() < 0.06:
            at = rng.randrange(len(pieces))
            pieces[at] = pieces[at].replace(one, other)
    return Letter(tuple(pieces), script.claims)


def typos(rng: random.Random, text: str) -> str:
    """A slip or two, now and then."""
    for right, wrong in w.TYPOS:
        if rng.random() < 0.05:
            text = text.replace(right, wrong, 1)
    return text
