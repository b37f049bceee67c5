"""The order of the queue: the welfare lane first, then the nearest deadline, then the id; nothing else has a place in it."""

from datetime import date

from mingcha.model.clock import ClockState


def queue_key(state: ClockState, lifted: bool, complaint: str = "") -> tuple[bool, date, str]:
    """A key that sorts complaints as they are to be read (law 1: lifted ones first, no way to sort one back)."""
    return (not lifted, state.nearest, complaint)
