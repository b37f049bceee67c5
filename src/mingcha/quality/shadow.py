"""A month of complaints suggested under two sets of weights: who would change, and whether some group more than the others."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from mingcha.model.assessment import Label
from mingcha.model.quality import Case
from mingcha.model.share import Share, above, share
from mingcha.model.weights import Changed, GroupChange, Shadow
from mingcha.quality.parity import GROUPS, LEAST


def compare(first: date, last: date, seen: Sequence[tuple[Case, Changed]]) -> Shadow:
    """Who would change: in all, and by channel, region, age band and whether somebody else filed; groups of ten or more."""
    moves = Counter((one.before, one.after) for _, one in seen if one.before is not one.after)
    return Shadow(
        first=first,
        last=last,
        cases=len(seen),
        moves=tuple((before, after, held) for (before, after), held in sorted(moves.items())),
        groups=tuple(_groups(seen)),
        changed=tuple(one for _, one in seen if one.before is not one.after),
    )


def _groups(seen: Sequence[tuple[Case, Changed]]) -> Iterator[GroupChange]:
    for by, of in GROUPS:
        for value in sorted({of(case) for case, _ in seen}):
            here = [one for case, one in seen if of(case) == value]
            named, rest = _named(here), _named([one for case, one in seen if of(case) != value])
            cleared = share(sum(_step(one) < 0 for one in here), len(here))
            few = len(here) < LEAST
            yield GroupChange(
                by=by,
                value=value,
                cases=len(here),
                named=None if few else named,
                cleared=None if few else cleared,
                above=not few and above(named, rest),
            )


def _named(changes: Sequence[Changed]) -> Share:
    return share(sum(_step(one) > 0 for one in changes), len(changes))


def _step(one: Changed) -> int:
    """Which way a complaint moves: towards being named (1), away from it (-1), or not at all."""
    return (one.after is Label.INSUFFICIENT) - (one.before is Label.INSUFFICIENT)
