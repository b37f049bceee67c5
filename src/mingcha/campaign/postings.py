"""Where a new text looks for its family: each head is posted under a few of its shingles, and a text asks with its own.

A head is posted under its smallest hashes (the keyed hash makes them a random sample) among those few others are posted
under, families and lone texts counted apart: lone texts are many and give way to each other, never to the loss of a family;
and a list stays short however popular a phrase is. Whoever asks asks with all hashes, or of a long letter with the smallest
third: a template inside it is posted among its own smallest, so one of some fifty shingles or more is met as often as by
asking with all. What was not posted or not compared is counted by whoever calls.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from mingcha.campaign.kernels.board import Board, new_board, note, post_all
from mingcha.campaign.kernels.ranks import U64
from mingcha.model.family import Posting

Signed = NDArray[np.int64]
WIDTH = 4  # bytes of a number
POSTED = 16  # hashes a head is posted under
CROWD = 8  # heads of one sort under one hash, from which a head takes another hash
POSTED_ANYWAY = 4  # hashes a head is posted under however crowded they are: without any it could not be found
ASKED, SHARE = 192, 3  # hashes a text asks with: so many, or this part of what it has
BLOCK = 10_000
NONE, NOBODY = np.empty(0, np.uint64), np.empty((0, 2), np.int64)


def asked(hashes: U64) -> list[int]:
    """A text's distinct hashes from small to large, as the store counts them: signed. They are read unsigned."""
    signed: list[int] = np.unique(hashes).view(np.int64).tolist()
    return signed


def asked_at_once(hashes: Sequence[int]) -> Sequence[int]:
    """Those of `asked` a new text looks for its family with."""
    return hashes[: max(ASKED, len(hashes) // SHARE)]


def votes(postings: Iterable[Posting]) -> tuple[list[int], list[int]]:
    """The families and the lone heads under these hashes, most often met first, ties to the older (smaller) number."""
    rows = list(postings)
    return _ranked([row.families for row in rows]), _ranked([row.lone for row in rows])


def choose(hashes: Sequence[int], there: Mapping[int, Posting], *, family: bool) -> list[int]:
    """The hashes a head of that text is to be posted under; `hashes` are `asked`, `there` what is posted under them."""

    def crowding(one: int) -> int:
        return len(_list(there.get(one), family=family)) // WIDTH

    free = list(islice((one for one in hashes if crowding(one) < CROWD), POSTED))
    if len(free) >= POSTED_ANYWAY:
        return free
    crowd = {one: crowding(one) for one in hashes}
    taken = sorted(
        (one for one in hashes if crowd[one] >= CROWD), key=lambda one: crowd[one]
    )  # stable: small hashes first
    return [*free, *taken[: POSTED_ANYWAY - len(free)]]


def board_of(rows: Iterable[Posting], more: int) -> Board:
    """How many lone heads are posted under which hash, with room for `more` heads."""
    stream = iter(rows)
    held = [NOBODY]
    while block := list(islice(stream, BLOCK)):
        held.append(np.array([(row.hash, len(row.lone) // WIDTH) for row in block], np.int64))
    hashes, heads = np.concatenate(held).T
    board = new_board(len(hashes) + more * POSTED)
    note(board, hashes.astype(np.uint64), heads.astype(np.int32))
    return board


def choose_all(board: Board, texts: Sequence[U64]) -> list[Signed]:
    """For texts that become lone heads one after another what `choose` says, and the board knows them posted."""
    sizes = np.array([len(text) for text in texts], np.int32)
    chosen, counts = post_all(board, np.concatenate([*texts, NONE]), sizes, (CROWD, POSTED, POSTED_ANYWAY))
    return np.split(chosen.view(np.int64), np.cumsum(counts)[:-1]) if len(texts) else []


def by_hash(chosen: Sequence[Signed], numbers: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    """What is to be added to the list of each hash, by hash, when heads of these rising numbers are posted as chosen."""
    hashes = np.concatenate([*chosen, NONE.view(np.int64)])
    order = np.argsort(hashes, kind="stable")
    heads = np.repeat(np.array(numbers, "<u4"), [len(mine) for mine in chosen])[order].tobytes()
    values, begin = np.unique(hashes[order], return_index=True)
    ends = [*(begin * WIDTH).tolist(), len(heads)]
    return ((value, heads[ends[i] : ends[i + 1]]) for i, value in enumerate(values.tolist()))


def post(there: dict[int, Posting], hashes: Sequence[int], number: int, *, family: bool) -> None:
    """Post a head under these hashes, in `there`."""
    for one in hashes:
        row = there.get(one, Posting(hash=one, families=b"", lone=b""))
        there[one] = _with(row, _list(row, family=family) + number.to_bytes(WIDTH, "little"), family=family)


def withdraw(there: dict[int, Posting], hashes: Sequence[int], number: int) -> None:
    """Take a head out from under these hashes, in `there`."""
    for one in hashes:
        for family in (True, False):
            row = there.get(one)
            if row is not None:
                kept = [held for held in _numbers(row, family=family) if held != number]
                there[one] = _with(row, np.array(kept, "<u4").tobytes(), family=family)


def as_hashes(raw: bytes) -> list[int]:
    """The hashes a head is posted under, as kept in it."""
    hashes: list[int] = np.frombuffer(raw, "<i8").tolist()
    return hashes


def as_raw(hashes: Sequence[int] | Signed) -> bytes:
    """The same, to be kept."""
    return np.array(hashes, "<i8").tobytes()


def _ranked(lists: Sequence[bytes]) -> list[int]:
    numbers, counts = np.unique(np.frombuffer(b"".join(lists), "<u4"), return_counts=True)
    order: list[int] = numbers[np.lexsort((numbers, -counts))].tolist()
    return order


def _list(row: Posting | None, *, family: bool) -> bytes:
    if row is None:
        return b""
    return row.families if family else row.lone


def _numbers(row: Posting, *, family: bool) -> list[int]:
    numbers: list[int] = np.frombuffer(_list(row, family=family), "<u4").tolist()
    return numbers


def _with(row: Posting, raw: bytes, *, family: bool) -> Posting:
    return replace(row, families=raw) if family else replace(row, lone=raw)
