"""How many lone heads stand under each hash, and which hashes many new ones take: `postings.choose` for all of them in one go."""

from typing import NamedTuple

import numpy as np
from numba import njit

from mingcha.campaign.kernels.ranks import I32, I64, U64
from mingcha.campaign.kernels.shingles import enter, new_table, place


class Board(NamedTuple):
    """A hash table of the hashes somebody is posted under: `heads[place]` many."""

    table: U64
    owner: I32
    heads: I32


@njit(cache=True, nogil=True)
def new_board(most: int) -> Board:
    """An empty board for up to `most` hashes."""
    table, owner = new_table(most)
    return Board(table, owner, np.zeros(owner.shape[0], np.int32))


@njit(cache=True, nogil=True)
def note(board: Board, hashes: U64, heads: I32) -> None:
    """Add to how many heads are posted under these hashes."""
    for i in range(hashes.shape[0]):
        enter(board.table, board.owner, hashes[i], 0)
        board.heads[place(board.table, board.owner, hashes[i], 0)] += heads[i]


@njit(cache=True, nogil=True)
def post_all(board: Board, hashes: U64, sizes: I32, limits: tuple[int, int, int]) -> tuple[U64, I32]:
    """Post texts one after another: (the hashes each takes, end to end; how many each).

    `hashes` stand text by text, `sizes` each; `limits` are (crowd, how many at most, how many whatever the crowd).
    """
    crowd, most, anyway = limits
    chosen = np.empty((sizes.shape[0], most), np.uint64)
    counts = np.zeros(sizes.shape[0], np.int32)
    begin = np.int64(0)
    for text in range(sizes.shape[0]):
        mine = np.unique(hashes[begin : begin + sizes[text]])
        begin += sizes[text]
        there = _crowds(board, mine)
        for at in _taken(there, crowd, most, anyway):
            chosen[text, counts[text]] = mine[at]
            counts[text] += 1
        note(board, chosen[text, : counts[text]], np.ones(counts[text], np.int32))
    out = np.empty(counts.sum(), np.uint64)
    end = np.int64(0)
    for text in range(sizes.shape[0]):
        out[end : end + counts[text]] = chosen[text, : counts[text]]
        end += counts[text]
    return out, counts


@njit(cache=True, nogil=True)
def _crowds(board: Board, hashes: U64) -> I32:
    out = np.zeros(hashes.shape[0], np.int32)
    for i in range(hashes.shape[0]):
        at = place(board.table, board.owner, hashes[i], 0)
        out[i] = board.heads[at] if at >= 0 else 0
    return out


@njit(cache=True, nogil=True)
def _taken(there: I32, crowd: int, most: int, anyway: int) -> I64:
    """Which hashes a head takes, given how many are under each: those not crowded; if these are too few, the least crowded too."""
    free = np.flatnonzero(there < crowd)[:most]
    if free.shape[0] >= anyway:
        return free
    full = np.flatnonzero(there >= crowd)
    order = np.argsort(there[full], kind="mergesort")  # stable: small hashes first
    return np.concatenate((free, full[order[: anyway - free.shape[0]]]))
