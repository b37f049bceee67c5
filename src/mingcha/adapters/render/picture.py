"""A ring as a picture: values inside, complaints around; the same ring always gives the same one."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, cos, pi, sin

from mingcha.model.ring import Ring, RingMember, RingRole

SIZE, OUTER, INNER = 720, 300, 150  # the picture's side, where complaints stand, where values stand
COLOURS = {
    RingRole.ADVERTISER: "#b5741d",
    RingRole.CONTACT_POINT: "#24507a",
    RingRole.FILER: "#5a4a9c",
    RingRole.PAPER_MAKER: "#97302d",
    RingRole.PAYEE: "#2a6b4f",
    RingRole.SCRIPT: "#5d6b7a",
}


@dataclass(frozen=True, slots=True)
class Spot:
    """Something at a place of the picture."""

    x: float
    y: float
    member: RingMember | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """Values inside, complaints around them, and a line for each that states a value."""

    values: tuple[Spot, ...]
    complaints: tuple[Spot, ...]
    lines: tuple[tuple[Spot, Spot], ...]


def draw(ring: Ring) -> Picture:
    """Complaints that state the same values stand side by side; each value stands between those that state it."""
    order = sorted(ring.complaints, key=lambda one: (tuple(one not in m.complaints for m in ring.members), one))
    turn = 2 * pi / max(1, len(order))
    around = {one: n * turn for n, one in enumerate(order)}
    spots = {one: _at(angle, OUTER) for one, angle in around.items()}
    values = [_at(angle, INNER, member) for member, angle in _between(ring.members, around)]
    lines = tuple((value, spots[one]) for value in values if value.member for one in value.member.complaints)
    return Picture(tuple(values), tuple(spots[one] for one in order), lines)


def _between(members: Sequence[RingMember], around: dict[str, float]) -> list[tuple[RingMember, float]]:
    """Each value with its angle: the mean direction of those that state it, then spread evenly in that order."""
    pulled = []
    for n, member in enumerate(members):
        x = sum(cos(around[one]) for one in member.complaints)
        y = sum(sin(around[one]) for one in member.complaints)
        pulled.append((round(atan2(y, x) % (2 * pi), 6), n, member))
    turn = 2 * pi / max(1, len(pulled))
    return [(member, n * turn) for n, (_, _, member) in enumerate(sorted(pulled, key=lambda one: one[:2]))]


def _at(angle: float, radius: float, member: RingMember | None = None) -> Spot:
    return Spot(round(SIZE / 2 + radius * cos(angle), 1), round(SIZE / 2 + radius * sin(angle), 1), member)
