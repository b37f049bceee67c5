"""Weights: whole points people's decisions add to what a detector gives or take from it; proposed, compared, adopted by two.

Floors (laws 3 and 7): an innocent explanation never weighs less than it shipped with, for people saw the suggestion before they
concluded and an echo must not cost the innocent; what it outweighs as shipped stays outweighed; what is too weak to be named alone
stays so; nothing weighs below zero. So weights name nobody who was not named as shipped, and they only ever clear; that a complaint
is linked hangs on the conjunction of law 3, which knows no points.
"""

from dataclasses import dataclass
from datetime import date, datetime

from mingcha.model.actor import Role
from mingcha.model.assessment import Label
from mingcha.model.finding import Answer, Side
from mingcha.model.share import Share

MOST_POINTS = 20
ADOPTERS = (Role.ANALYST, Role.CONSUMER_PROTECTION)  # one of each, two people


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """One dated set, never changed. Detectors it does not name give what they give."""

    id: str
    deltas: tuple[tuple[str, int], ...]  # detector, points


SHIPPED = Weights(id="weights@2026-11-25", deltas=())


def reach(side: Side, points: int, named: int) -> tuple[int, int]:
    """The least and the most a finding of so many shipped points may weigh; one of `named` points is named alone."""
    if side is Side.AGAINST:
        return points, max(points, MOST_POINTS)
    return 0, named - 1 if points < named else max(points, MOST_POINTS)


def weighed(side: Side, points: int, delta: int, named: int) -> int:
    """What a finding weighs: its points and what was learned, within the floors whatever was learned."""
    least, most = reach(side, points, named)
    return min(max(points + delta, least), most)


@dataclass(frozen=True, slots=True)
class Fired:
    """A finding that was counted in the arithmetic, with the points it shipped with."""

    detector: str
    side: Side
    points: int


@dataclass(frozen=True, slots=True)
class Example:
    """A concluded complaint as the fit sees it: what was found on one question, and whether people accused an agent."""

    fired: tuple[Fired, ...]
    accused: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """One detector: how often it was counted among the examples, and the points to be added."""

    detector: str
    side: Side
    fired: int
    accused: Share  # of the examples where it fired
    delta: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Calibration: complaints whose points lie in a band, the share the proposed weights expect there, and the share people accused."""

    least: int
    most: int
    expected: int  # millionths
    accused: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """What was learned on one question. Losses are log-loss a complaint in millionths of a nat, each on data not fitted on."""

    answer: Answer
    accused: int
    others: int
    enough: bool
    unit: int  # log-odds a shipped point is worth, in millionths; 0 where points do not tell the two apart
    loss_before: int
    loss_after: int
    better: bool  # beyond chance
    learned: tuple[Learned, ...]
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One complaint whose suggestion the proposal would change."""

    complaint: str
    before: Label
    after: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupChange:
    """One group of complaints: how many, how many would newly be named, how many no longer. Shares only of ten or more."""

    by: str
    value: str
    cases: int
    named: Share | None
    cleared: Share | None
    above: bool  # newly named more often than all others, beyond chance


@dataclass(frozen=True, slots=True, kw_only=True)
class Shadow:
    """A month of complaints suggested anew, nothing kept: who would change."""

    first: date
    last: date
    cases: int
    moves: tuple[tuple[Label, Label, int], ...]
    groups: tuple[GroupChange, ...]
    changed: tuple[Changed, ...]  # every one; shown as far as whoever looks may see


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """One of the two who adopt a proposal. `reason` is where the text is kept."""

    by: str
    role: Role
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Weights that were fitted and compared; in force from when the second of two agreed."""

    weights: Weights
    instead_of: str  # the weights in force when it was made
    made_at: datetime
    made_by: str
    fitted: tuple[Fitted, ...]
    shadow: Shadow
    agreed: tuple[Agreed, ...]

    @property
    def adopted(self) -> bool:
        """Whether both have agreed."""
        return {one.role for one in self.agreed} == set(ADOPTERS)

    @property
    def better(self) -> bool:
        """Whether it fits better beyond chance on every question it changes."""
        names = {name for name, _ in self.weights.deltas}
        changed = [one for one in self.fitted if any(line.detector in names for line in one.learned)]
        return bool(changed) and all(one.better for one in changed)
