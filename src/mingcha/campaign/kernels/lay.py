"""A text laid beside a backbone: anchors, the longest chain of them, affine alignment between; then moved blocks.

Anchors are runs of `GRAM` tokens that stand once in each (patience alignment); between them stretches are aligned in a
band of bounded size (Gotoh, 1982), where what is put into a slot is free. Linear in the text for near copies.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from mingcha.campaign.kernels.ranks import I32, I64

Bools = NDArray[np.bool_]
GRAM = 3
SAME, OTHER, OPEN, NEXT = 3, -3, -4, -1
LOST = -(1 << 29)
CELLS = 1 << 18  # of one stretch between anchors: a wider one is aligned within a band round its diagonal
MOVES = 4  # how many times the rest of a text is looked at for moved blocks
NEAR = 32  # tokens between two anchors of one moved block
BLOCK = 5  # tokens that must agree before a block counts as moved


class Backbone(NamedTuple):
    """Tokens, where a slot stands (before token j, or at the end), and the grams that stand once, ascending."""

    keys: I32
    slots: Bools
    grams: I64
    places: I64


@njit(cache=True, nogil=True)
def _gram(keys: I32, at: int) -> np.int64:
    value = np.int64(0)
    for k in range(GRAM):
        value = value * np.int64(1_000_003) + keys[at + k] + 1
    return value


@njit(cache=True, nogil=True)
def single_grams(keys: I32) -> tuple[I64, I64]:
    """Grams that stand once in `keys`, ascending, and where."""
    total = max(0, keys.shape[0] - GRAM + 1)
    all_grams = np.empty(total, np.int64)
    for j in range(total):
        all_grams[j] = _gram(keys, j)
    order = np.argsort(all_grams)
    ordered = all_grams[order]
    keep = np.ones(total, np.bool_)
    for k in range(1, total):
        if ordered[k] == ordered[k - 1]:
            keep[k] = keep[k - 1] = False
    return ordered[keep], order[keep].astype(np.int64)


@njit(cache=True, nogil=True)
def _free(at: I32, i: int) -> bool:
    return bool(at[i] < 0 and at[i + 1] < 0 and at[i + 2] < 0)


@njit(cache=True, nogil=True)
def _anchors(keys: I32, back: Backbone, at: I32, used: Bools) -> tuple[I64, I64]:
    """Places of grams that stand once in what is left of each side, by place in the text."""
    total = max(0, keys.shape[0] - GRAM + 1)
    hit = np.full(total, -1, np.int64)
    seen = np.zeros(back.keys.shape[0], np.int32)
    for i in range(total):
        if not _free(at, i):
            continue
        gram = _gram(keys, i)
        k = np.searchsorted(back.grams, gram)
        if k == back.grams.shape[0] or back.grams[k] != gram:
            continue
        j = back.places[k]
        same = True
        for d in range(GRAM):
            same = same and keys[i + d] == back.keys[j + d] and not used[j + d]
        if same:
            hit[i] = j
            seen[j] += 1
    for i in range(total):
        if hit[i] >= 0 and seen[hit[i]] > 1:
            hit[i] = -1
    mine = np.flatnonzero(hit >= 0)
    return mine, hit[mine]


@njit(cache=True, nogil=True)
def _chain(mine: I64, theirs: I64) -> tuple[I64, I64]:
    """The longest run of anchors that ascends on both sides (patience sorting), as pairs of single tokens."""
    total = mine.shape[0]
    tails = np.empty(total, np.int64)
    before = np.empty(total, np.int64)
    size = 0
    for k in range(total):
        low, high = 0, size
        while low < high:
            mid = (low + high) // 2
            if theirs[tails[mid]] < theirs[k]:
                low = mid + 1
            else:
                high = mid
        before[k] = tails[low - 1] if low else -1
        tails[low] = k
        size = max(size, low + 1)
    chain = np.empty(size, np.int64)
    n = tails[size - 1] if size else np.int64(-1)
    for k in range(size - 1, -1, -1):
        chain[k] = n
        n = before[n]
    a = np.empty(size * GRAM, np.int64)
    b = np.empty(size * GRAM, np.int64)
    got, last_a, last_b = 0, -1, -1
    for n in chain:
        for d in range(GRAM):
            if mine[n] + d > last_a and theirs[n] + d > last_b:
                last_a, last_b = mine[n] + d, theirs[n] + d
                a[got], b[got] = last_a, last_b
                got += 1
    return a[:got], b[:got]


@njit(cache=True, nogil=True)
def _put_cost(back: Backbone, j: int, opens: bool) -> int:
    """What a token costs that is put before token j of the backbone: however much is added, it is added once."""
    if back.slots[j]:
        return 0
    return OPEN + NEXT if opens else 0


@njit(cache=True, nogil=True)
def align_span(keys: I32, here: tuple[int, int], back: Backbone, there: tuple[int, int], at: I32) -> None:
    """Align text tokens `here` with backbone tokens `there`: at[i] is the token it answers to, or -1 - j if put before j."""
    i0, j0 = here[0], there[0]
    m, b = here[1] - i0, there[1] - j0
    if m == 0:
        return
    if b == 0:
        at[i0 : i0 + m] = -1 - j0
        return
    width = b + 1 if (m + 1) * (b + 1) <= CELLS else min(b + 1, max(CELLS // (m + 1), b // m + 3))
    best = np.full((2, width), LOST, np.int32)
    put = np.full((2, width), LOST, np.int32)
    trace = np.zeros(
        (m + 1, width), np.uint8
    )  # bits 0-1: 0 both, 1 put, 2 skipped; bit 2: put goes on; bit 3: skip goes on
    for i in range(m + 1):
        now, old = i & 1, 1 - (i & 1)
        low = max(0, min(b + 1 - width, i * b // m - width // 2))
        was = max(0, min(b + 1 - width, (i - 1) * b // m - width // 2))
        skip = LOST
        for c in range(width):
            j = low + c
            up = j - was  # the same backbone place in the row before
            mark = 0
            both = 0 if i == 0 and j == 0 else LOST
            if i > 0 and j > 0 and 0 < up <= width:
                both = best[old, up - 1] + (SAME if keys[i0 + i - 1] == back.keys[j0 + j - 1] else OTHER)
            puts = LOST
            if i > 0 and 0 <= up < width:
                fresh = best[old, up] + _put_cost(back, j0 + j, True)
                more = put[old, up] + _put_cost(back, j0 + j, False)
                puts = max(fresh, more)
                mark |= 4 if more >= fresh else 0
            if c > 0:
                fresh = best[now, c - 1] + OPEN + NEXT
                mark |= 8 if skip + NEXT >= fresh else 0
                skip = max(fresh, skip + NEXT)
            put[now, c] = puts
            top = max(both, puts, skip)
            best[now, c] = max(top, LOST)
            trace[i, c] = mark | (0 if top == both else (1 if top == puts else 2))
    _walk_back(trace, (m, b), (i0, j0), at)


@njit(cache=True, nogil=True)
def _walk_back(trace: NDArray[np.uint8], sizes: tuple[int, int], origin: tuple[int, int], at: I32) -> None:
    """Read the best path off the marks, from the end."""
    (m, b), (i0, j0) = sizes, origin
    width = trace.shape[1]
    i, j, state = m, b, 0
    while i > 0:
        mark = trace[i, j - max(0, min(b + 1 - width, i * b // m - width // 2))]
        if state == 0:
            state = mark & 3
            if state == 0:
                at[i0 + i - 1] = j0 + j - 1
                i -= 1
                j -= 1
        elif state == 1:
            at[i0 + i - 1] = -1 - (j0 + j)
            state = 1 if mark & 4 else 0
            i -= 1
        else:
            state = 2 if mark & 8 else 0
            j -= 1


@njit(cache=True, nogil=True)
def _lay_straight(keys: I32, back: Backbone, at: I32) -> None:
    """Lay a whole text along the backbone."""
    a, b = _chain(*_anchors(keys, back, at, np.zeros(back.keys.shape[0], np.bool_)))
    i, j = 0, 0
    for n in range(a.shape[0]):
        align_span(keys, (i, a[n]), back, (j, b[n]), at)
        at[a[n]] = b[n]
        i, j = a[n] + 1, b[n] + 1
    align_span(keys, (i, keys.shape[0]), back, (j, back.keys.shape[0]), at)


@njit(cache=True, nogil=True)
def _clear(at: I32, here: tuple[int, int], used: Bools, there: tuple[int, int]) -> bool:
    """Whether both sides of a small gap are still unanswered."""
    if here[1] - here[0] > NEAR or there[1] - there[0] > NEAR:
        return False
    for i in range(here[0], here[1]):
        if at[i] >= 0:
            return False
    for j in range(there[0], there[1]):  # noqa: SIM110 -- numba compiles no generator
        if used[j]:
            return False
    return True


@njit(cache=True, nogil=True)
def _stretch_out(keys: I32, back: Backbone, pair: tuple[int, int], step: int, taken: tuple[I32, Bools]) -> int:
    """How many tokens beside a pair, in one direction, go on agreeing; a single one that differs may lie between."""
    at, used = taken
    good = n = 0
    missed = False
    while True:
        n += 1
        i, j = pair[0] + step * n, pair[1] + step * n
        if i < 0 or j < 0 or i >= keys.shape[0] or j >= back.keys.shape[0] or at[i] >= 0 or used[j]:
            return good
        if keys[i] == back.keys[j]:
            good, missed = n, False
        elif missed:
            return good
        else:
            missed = True


@njit(cache=True, nogil=True)
def _lay_block(keys: I32, back: Backbone, pairs: tuple[I64, I64], at: I32, used: Bools, moved: Bools) -> None:
    """Lay one moved block, given by its anchors."""
    a, b = pairs
    size = a.shape[0]
    for n in range(size):
        if at[a[n]] >= 0 or used[b[n]]:
            return
    left = _stretch_out(keys, back, (a[0], b[0]), -1, (at, used))
    right = _stretch_out(keys, back, (a[size - 1], b[size - 1]), 1, (at, used))
    if size + left + right < BLOCK:
        return
    for n in range(1, left + 1):
        at[a[0] - n] = b[0] - n
    for n in range(1, right + 1):
        at[a[size - 1] + n] = b[size - 1] + n
    for n in range(size):
        at[a[n]] = b[n]
        if n:
            align_span(keys, (a[n - 1] + 1, a[n]), back, (b[n - 1] + 1, b[n]), at)
    used[b[0] - left : b[size - 1] + right + 1] = True
    moved[a[0] - left : a[size - 1] + right + 1] = True


@njit(cache=True, nogil=True)
def _lay_moved(keys: I32, back: Backbone, at: I32, moved: Bools) -> None:
    """Find blocks of what is left over that stand elsewhere in the backbone."""
    used = np.zeros(back.keys.shape[0], np.bool_)
    for i in range(keys.shape[0]):
        if at[i] >= 0:
            used[at[i]] = True
    for _ in range(MOVES):
        a, b = _chain(*_anchors(keys, back, at, used))
        if a.shape[0] == 0:
            return
        first = 0
        for n in range(1, a.shape[0] + 1):
            if n == a.shape[0] or not _clear(at, (a[n - 1] + 1, a[n]), used, (b[n - 1] + 1, b[n])):
                _lay_block(keys, back, (a[first:n], b[first:n]), at, used, moved)
                first = n


@njit(cache=True, nogil=True)
def lay_all(keys: I32, offsets: I64, back: Backbone) -> tuple[I32, Bools]:
    """For every token of every text the backbone token it answers to, or -1 - j if it is put before j; and if moved."""
    at = np.full(keys.shape[0], -1, np.int32)
    moved = np.zeros(keys.shape[0], np.bool_)
    for t in range(offsets.shape[0] - 1):
        low, high = offsets[t], offsets[t + 1]
        _lay_straight(keys[low:high], back, at[low:high])
        _lay_moved(keys[low:high], back, at[low:high], moved[low:high])
    return at, moved
