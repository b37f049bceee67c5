"""Summaries that are only ever added to, in the order they came."""

from collections.abc import Iterable
from typing import Any

from mingcha.actions.codec import dumps
from mingcha.actions.ports.store import Work


def add_numbered(work: Work, kind: str, values: Iterable[Any]) -> None:
    """Keep values of the model after all there are of a kind."""
    last = work.summaries.last(kind)
    first = 0 if last is None else int(last) + 1
    work.summaries.add(kind, [(f"{number:010d}", dumps(value)) for number, value in enumerate(values, first)])
