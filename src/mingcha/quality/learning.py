"""What people's conclusions teach about weights: a ridge fit round the shipped points, within the floors, and calibrated.

On one question (agency or organisation) the log-odds that people accused is `intercept + unit * sum(sign * (points + delta))` over the
findings counted. Intercept and unit (Platt 1999), and intercept and deltas, are fitted in turn until neither moves; a ridge draws
`unit * delta` towards zero, and what a finding may weigh bounds the deltas, which are rounded to whole points. Whether that is
better is judged on folds that were not fitted on, by the paired difference of log-loss. "Insufficient" is no example. Needs the extra `learning`.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mingcha.errors import NotInstalled
from mingcha.model.finding import Answer, Side
from mingcha.model.share import MILLION, Z, share
from mingcha.model.weights import Band, Example, Fitted, Learned, reach
from mingcha.model.words import Words

LEAST_OF_EACH = 40  # examples accused, and not, without which nothing is fitted
LEAST_FIRED = 10  # examples a detector must have been counted in
RIDGE = 4.0  # a spread of half a log-odd about the shipped points
FOLDS = 5
ROUNDS, STILL = 200, 0.005  # points
LEAST_UNIT = 1e-3
BANDS = 5

F64 = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Line:
    """A detector that fired often enough: its way, and the least and most that may be added to it."""

    detector: str
    side: Side
    bounds: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Data:
    """Examples as numbers: points of each, signed; which lines fired in each, signed; and whether people accused."""

    points: F64  # (examples,)
    fired: F64  # (examples, lines)
    accused: F64  # (examples,) 0 or 1

    def take(self, where: NDArray[np.bool_]) -> "_Data":
        return _Data(self.points[where], self.fired[where], self.accused[where])


def fit(answer: Answer, examples: Sequence[Example], named: int, now: Mapping[str, int] | None = None) -> Fitted:
    """Learn deltas from examples, oldest first; `named` points make a finding named alone. Too few examples teach nothing.

    `now`: deltas in force, which the proposed ones have to be better than.
    """
    lines = _lines(examples, named)
    data = _data(examples, lines)
    accused = int(data.accused.sum())
    others = len(examples) - accused
    enough = min(accused, others) >= LEAST_OF_EACH
    deltas, unit = _deltas(data, lines) if enough else (np.zeros(len(lines)), 0.0)
    before, after = _held_out(data, lines, now or {}) if enough and unit else (np.zeros(0), np.zeros(0))
    return Fitted(
        answer=answer,
        accused=accused,
        others=others,
        enough=enough,
        unit=round(unit * MILLION),
        loss_before=_millionths(before),
        loss_after=_millionths(after),
        better=_better(before, after),
        learned=tuple(_learned(line, examples, int(delta)) for line, delta in zip(lines, deltas, strict=True)),
        bands=_bands(data, deltas) if enough and unit else (),
    )


def _lines(examples: Sequence[Example], named: int) -> list[_Line]:
    """Detectors in the order of their names; what may be added leaves the weakest and the strongest finding in reach."""
    points: dict[tuple[str, Side], list[int]] = defaultdict(list)
    for example in examples:
        for one in example.fired:
            points[one.detector, one.side].append(one.points)
    return [
        _Line(*who, _bounds(who[1], held, named)) for who, held in sorted(points.items()) if len(held) >= LEAST_FIRED
    ]


def _bounds(side: Side, points: Sequence[int], named: int) -> tuple[int, int]:
    spans = [(least - one, most - one) for one in set(points) for least, most in [reach(side, one, named)]]
    return max(low for low, _ in spans), min(high for _, high in spans)


def _data(examples: Sequence[Example], lines: Sequence[_Line]) -> _Data:
    column = {line.detector: n for n, line in enumerate(lines)}
    points, fired = np.zeros(len(examples)), np.zeros((len(examples), len(lines)))
    for row, example in enumerate(examples):
        for one in example.fired:
            sign = 1 if one.side is Side.FOR else -1
            points[row] += sign * one.points
            if one.detector in column:
                fired[row, column[one.detector]] = sign
    return _Data(points, fired, np.array([float(one.accused) for one in examples]))


def _deltas(data: _Data, lines: Sequence[_Line]) -> tuple[F64, float]:
    """Whole points to be added, and the unit they were fitted in; none where points do not tell the two apart."""
    deltas, unit = joint(data.points, data.fired, data.accused, [line.bounds for line in lines])
    return np.rint(deltas), unit


def joint(points: F64, fired: F64, accused: F64, bounds: Sequence[tuple[float, float]]) -> tuple[F64, float]:
    """Deltas before rounding, and their unit (0 where points do not tell the two apart); each round lowers one convex loss."""
    deltas = np.zeros(fired.shape[1])
    unit = 0.0
    for _ in range(ROUNDS):
        intercept, unit = platt(points + fired @ deltas, accused, RIDGE * float(deltas @ deltas))
        if unit < LEAST_UNIT:
            return np.zeros(fired.shape[1]), 0.0
        before, deltas = deltas, ridge(points, fired, accused, (intercept, unit), bounds)
        if np.allclose(before, deltas, rtol=0, atol=STILL):
            break
    return deltas, unit


def platt(points: F64, accused: F64, penalty: float = 0.0) -> tuple[float, float]:
    """Intercept and unit (never negative) that make points log-odds; half the penalty times the unit's square is added."""
    design, drawn = np.column_stack([np.ones_like(points), points]), np.array([0.0, penalty])
    intercept, unit = _minimise(design, np.zeros_like(points), accused, drawn, [(None, None), (0.0, None)])
    return float(intercept), float(unit)


def ridge(
    points: F64, fired: F64, accused: F64, start: tuple[float, float], bounds: Sequence[tuple[float, float]]
) -> F64:
    """Deltas in points, before rounding."""
    intercept, unit = start
    design = np.column_stack([np.ones_like(points), fired * unit])
    penalty = np.array([0.0] + [RIDGE * unit * unit] * fired.shape[1])
    return _minimise(design, points * unit, accused, penalty, [(None, None), *bounds], intercept)[1:]


def _minimise(
    design: F64,
    offset: F64,
    accused: F64,
    penalty: F64,
    bounds: Sequence[tuple[float | None, float | None]],
    intercept: float = 0.0,
) -> F64:
    """Where log-loss plus half the penalty on squares is least within bounds; the problem is convex."""
    try:
        from scipy.optimize import minimize  # compiled and large: an extra, loaded only when weights are fitted
    except ImportError:
        raise NotInstalled(what=Words("拟合权重", "fitting weights"), extra="learning") from None

    def loss(at: F64) -> tuple[float, F64]:
        odds = offset + design @ at
        gradient = design.T @ (_chance(odds) - accused) + penalty * at
        return float(np.sum(_loss(odds, accused)) + penalty @ (at * at) / 2), gradient

    start = np.zeros(design.shape[1])
    start[0] = intercept
    found = minimize(
        loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 10_000, "ftol": 1e-13}
    )
    result: F64 = found.x
    return result


def _chance(odds: F64) -> F64:
    result: F64 = 0.5 * (1.0 + np.tanh(odds / 2))
    return result


def _loss(odds: F64, accused: F64) -> F64:
    """Log-loss of each, in nats."""
    result: F64 = np.logaddexp(0.0, odds) - accused * odds
    return result


def _held_out(data: _Data, lines: Sequence[_Line], now: Mapping[str, int]) -> tuple[F64, F64]:
    """Log-loss of each example under the points in force and under learned ones, both from folds it was not in."""
    fold = np.arange(len(data.points)) % FOLDS
    in_force = np.array([float(now.get(line.detector, 0)) for line in lines])
    before, after = np.zeros(len(data.points)), np.zeros(len(data.points))
    for n in range(FOLDS):
        rest, here = data.take(fold != n), data.take(fold == n)
        deltas, _ = _deltas(rest, lines)
        for held, added in ((before, in_force), (after, deltas)):
            intercept, unit = platt(rest.points + rest.fired @ added, rest.accused)
            held[fold == n] = _loss(intercept + unit * (here.points + here.fired @ added), here.accused)
    return before, after


def _better(before: F64, after: F64) -> bool:
    """Whether the mean of the paired differences lies below zero beyond chance."""
    gain = before - after
    return len(gain) > 1 and float(gain.mean()) > Z * float(gain.std(ddof=1)) / len(gain) ** 0.5


def _millionths(losses: F64) -> int:
    return round(float(losses.mean()) * MILLION) if len(losses) else 0


def _learned(line: _Line, examples: Sequence[Example], delta: int) -> Learned:
    held = [one.accused for one in examples if any(found.detector == line.detector for found in one.fired)]
    told = share(sum(held), len(held))
    return Learned(detector=line.detector, side=line.side, fired=len(held), accused=told, delta=delta)


def _bands(data: _Data, deltas: F64) -> tuple[Band, ...]:
    """At most BANDS bands of about as many complaints each; equal points are never parted."""
    points = data.points + data.fired @ deltas
    intercept, unit = platt(points, data.accused)
    chance = _chance(intercept + unit * points)
    return tuple(
        Band(
            least=int(points[rows].min()),
            most=int(points[rows].max()),
            expected=round(float(chance[rows].mean()) * MILLION),
            accused=share(int(data.accused[rows].sum()), len(rows)),
        )
        for rows in _grouped(points).values()
    )


def _grouped(points: F64) -> dict[int, list[int]]:
    """Rows of each band, the least points first."""
    ranks = {value: int(np.sum(points < value)) * BANDS // len(points) for value in set(points.tolist())}
    bands: dict[int, list[int]] = defaultdict(list)
    for row in np.argsort(points, kind="stable").tolist():
        bands[ranks[points[row].item()]].append(row)
    return bands
