"""Learned weights put on findings: whole points, within the floors whatever was learned."""

from mingcha.errors import BelowFloor
from mingcha.grade.scale import Scale
from mingcha.model.finding import Finding, Side
from mingcha.model.weights import MOST_POINTS, Weights, weighed
from mingcha.model.words import Words


def check_weights(weights: Weights, sides: dict[str, Side]) -> Weights:
    """Refuse weights that name no known detector twice, or take from an innocent explanation."""
    names = [name for name, _ in weights.deltas]
    if len(set(names)) < len(names) or not set(names) <= sides.keys():
        raise BelowFloor(
            scheme=weights.id, why=Words("有未知或重复的识别项", "it names a detector that is unknown, or one twice")
        )
    if any(delta < 0 and sides[name] is Side.AGAINST for name, delta in weights.deltas):
        why = Words("无辜解释的分值不得低于出厂值", "an innocent explanation never weighs less than it shipped with")
        raise BelowFloor(scheme=weights.id, why=why)
    if any(abs(delta) > MOST_POINTS for _, delta in weights.deltas):
        why = Words(f"增减不得超过{MOST_POINTS}分", f"no more than {MOST_POINTS} points may be added or taken")
        raise BelowFloor(scheme=weights.id, why=why)
    return weights


def points_of(one: Finding, deltas: dict[str, int], scale: Scale) -> int:
    """What a finding weighs under learned weights."""
    return weighed(one.side, one.points, deltas.get(one.detector, 0), scale.named_points)
