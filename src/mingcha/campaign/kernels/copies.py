"""Rows with the same shingles are copies of one text: found by a 128-bit sum, believed only after comparison."""

import numpy as np
from numba import njit

from mingcha.campaign.kernels.ranks import I32, I64, U64
from mingcha.campaign.kernels.shingles import enter, new_table, place
from mingcha.text.kernels import _mix


@njit(cache=True, nogil=True)
def sums(begin: I64, sizes: I32, hashes: U64, out: U64, span: tuple[int, int]) -> None:
    """Two sums over each row's hashes that do not depend on their order; out has shape (rows, 2)."""
    for row in range(span[0], span[1]):
        plain = np.uint64(0)
        mixed = np.uint64(sizes[row])
        for i in range(begin[row], begin[row] + sizes[row]):
            plain += hashes[i]
            mixed += _mix(np.uint64(0), hashes[i])
        out[row, 0] = plain
        out[row, 1] = mixed


@njit(cache=True, nogil=True)
def first_copies(begin: I64, sizes: I32, hashes: U64, sums_: U64, order: I64) -> I64:
    """For each row the first row with the same shingles (itself where there is none before it).

    `order` sorts rows by their sums, then by number. Rows of equal sums and unequal shingles stay apart.
    """
    out = np.empty(sizes.shape[0], np.int64)
    largest = 0
    for size in sizes:
        largest = max(largest, size)
    table, owner = new_table(largest)
    head = -1
    ready = False
    for row in order:
        out[row] = row
        same = head >= 0 and sums_[row, 0] == sums_[head, 0] and sums_[row, 1] == sums_[head, 1]
        if same and sizes[row] == sizes[head]:
            if not ready:
                for value in hashes[begin[head] : begin[head] + sizes[head]]:
                    enter(table, owner, value, head)
                ready = True
            if _holds_all(table, owner, head, hashes[begin[row] : begin[row] + sizes[row]]):
                out[row] = head
                continue
        head = row
        ready = False
    return out


@njit(cache=True, nogil=True)
def _holds_all(table: U64, owner: I32, who: int, values: U64) -> bool:
    for value in values:  # noqa: SIM110 -- reason: numba compiles no generator
        if place(table, owner, value, who) < 0:
            return False
    return True


@njit(cache=True, nogil=True)
def outlines(
    begin: I64, sizes: I32, hashes: U64, sentences: tuple[I64, I32, I32], out: U64, span: tuple[int, int]
) -> None:
    """One value for each row's shingles in their order and where its sentences begin; `sentences` is as in Breaks."""
    first, counts, breaks = sentences
    for row in range(span[0], span[1]):
        state = np.uint64(0)
        for i in range(begin[row], begin[row] + sizes[row]):
            state = _mix(state, hashes[i])
        for i in range(first[row], first[row] + counts[row]):
            state = _mix(state, np.uint64(breaks[i]))
        out[row] = state
