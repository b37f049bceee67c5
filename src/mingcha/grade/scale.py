"""What a dated scale fixes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Thresholds of one dated scale; points are integers, never a probability."""

    id: str
    named_points: int  # a finding this strong is named even when it is not enough
    min_customers: int
    min_families: int  # of ties in the group
    min_threads: int  # families of ties of the complaint itself
