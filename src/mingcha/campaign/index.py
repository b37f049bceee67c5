"""Work cut into spans and shared among threads; the same results on any number of them."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TypeVar

Out = TypeVar("Out")
Part = TypeVar("Part")


def spans(total: int, parts: int) -> list[tuple[int, int]]:
    """Cut range(total) into `parts` consecutive spans."""
    cuts = [total * k // parts for k in range(parts + 1)]
    return list(pairwise(cuts))


def on_threads(call: Callable[[Part], Out], parts: Sequence[Part], threads: int) -> list[Out]:
    """Call for each part, in order of parts; kernels release the interpreter lock, so threads run side by side."""
    if threads == 1:
        return [call(part) for part in parts]
    with ThreadPoolExecutor(max_workers=threads) as pool:
        return list(pool.map(call, parts))
