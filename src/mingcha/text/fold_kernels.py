"""The fold as compiled loops over code points: lay, join, read digits. Linear in the text, whatever the text.

A code point travels with its classes in the bits above it (`Tables.one` adds them), so that each rule is a test of one
number. Every loop moves forward only and writes behind what it reads.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

CODE = np.uint32(0x1FFFFF)  # the code point itself
SPACE, NEWLINE, HAN, NOISE, MARK, RADICAL, NUMERAL, DIGIT, BARRIER, MANY = (
    np.uint32(1 << bit) for bit in range(21, 31)
)
MOST_NOISE = 3  # marks that may stand inside a word
MOST_BETWEEN = 4  # characters between a contact word and its number
FAR = 99  # no HAN before
BLANK, HYPHEN = 32, 45


class Tables(NamedTuple):
    """What the loops read. `one` is indexed by code point, beyond it a code point is itself."""

    one: NDArray[np.uint32]  # folded code point with its classes, or MANY and the place in `bounds`
    many: NDArray[np.uint32]  # the strings of those that fold to none or several, end to end, with classes
    bounds: NDArray[np.int64]  # string i is many[bounds[i]:bounds[i + 1]]
    pairs: NDArray[np.uint64]  # radical << 32 | rest, ascending
    made: NDArray[np.uint32]  # what each pair makes, with classes
    words: NDArray[np.uint64]  # contact words of two characters, first << 32 | second
    digit: NDArray[np.uint32]  # the digit a numeral stands for, by code point; 0 where there is none
    run: int  # numerals in a row that are digits for certain


class Line(NamedTuple):
    """A text being folded: code points with classes, and where each stood (`keep` 1), or one cell of scrap (`keep` 0)."""

    codes: NDArray[np.uint32]
    starts: NDArray[np.uint32]
    ends: NDArray[np.uint32]
    keep: int


# Members of `Tables` and `Line` are taken out before a loop: taking one counts a reference, and threads would fight over it.


@njit(cache=True, nogil=True)
def room(codes: NDArray[np.uint32], tables: Tables) -> int:
    """How many code points the fold of `codes` can have at most."""
    one, bounds, total = tables.one, tables.bounds, len(codes)
    for code in codes:
        if code < len(one) and one[code] & MANY:
            at = one[code] & CODE
            total += bounds[at + 1] - bounds[at] - 1
    return total


@njit(cache=True, nogil=True)
def _melts(last: np.uint32, entry: np.uint32) -> bool:
    """Whether what follows `last` is one with it: white space with white space, a mark with its equal."""
    return bool(last & entry & SPACE) or (last == entry and bool(entry & MARK))


@njit(cache=True, nogil=True)
def _lay(codes: NDArray[np.uint32], tables: Tables, line: Line) -> tuple[int, np.uint32]:
    """Every character as what it folds to; a run of white space or of one mark is one; no white space at the front.

    Returns how many there are and the classes seen among them.
    """
    one, many, bounds = tables.one, tables.many, tables.bounds
    out, starts, ends, keep = line.codes, line.starts, line.ends, line.keep
    n, last, seen = 0, SPACE, np.uint32(0)
    for at in range(len(codes)):
        code = codes[at]
        entry = one[code] if code < len(one) else code
        several, first, stop = entry & MANY, 0, 1
        if several:
            first, stop = bounds[entry & CODE], bounds[(entry & CODE) + 1]
        for k in range(first, stop):
            if several:
                entry = many[k]
            if not _melts(last, entry):
                starts[n * keep] = at
                n += 1
            elif n == 0 or not entry & (NEWLINE | MARK):
                entry = last  # a line break is kept before a blank
            if n > 0:
                out[n - 1] = last = entry
                ends[(n - 1) * keep] = at + 1
                seen |= entry
    return n, seen & ~CODE


@njit(cache=True, nogil=True)
def _made(pairs: NDArray[np.uint64], first: np.uint32, rest: np.uint32) -> int:
    """Which pair a radical and its rest are, or -1."""
    wanted = np.uint64(first & CODE) << np.uint64(32) | np.uint64(rest & CODE)
    at = int(np.searchsorted(pairs, wanted))
    return at if at < len(pairs) and pairs[at] == wanted else -1


@njit(cache=True, nogil=True)
def _move(starts: NDArray[np.uint32], ends: NDArray[np.uint32], keep: int, at: int, to: int) -> None:
    if keep:
        starts[to], ends[to] = starts[at], ends[at]


@njit(cache=True, nogil=True)
def _join(n: int, tables: Tables, line: Line) -> int:
    """Take noise out from between ideographs; a radical and what follows it become the character they make."""
    pairs, made = tables.pairs, tables.made
    out, starts, ends, keep = line.codes, line.starts, line.ends, line.keep
    kept, quiet, radical = 0, FAR, -1
    for at in range(n):
        entry = out[at]
        if entry & HAN:
            kept -= quiet if quiet <= MOST_NOISE else 0
            quiet = 0
            if radical >= 0 and radical == kept - 1:
                pair, radical = _made(pairs, out[radical], entry), -1
                if pair >= 0:
                    out[kept - 1], ends[(kept - 1) * keep] = made[pair], ends[at * keep]
                    continue
            elif entry & RADICAL:
                radical = kept
        else:
            quiet = quiet + 1 if entry & NOISE else FAR
        out[kept] = entry
        _move(starts, ends, keep, at, kept)
        kept += 1
    return kept


@njit(cache=True, nogil=True)
def _beside_word(codes: NDArray[np.uint32], at: int, words: NDArray[np.uint64]) -> bool:
    """Whether a contact word ends at most four characters before `at`, in the same sentence, with no digit between."""
    for end in range(at, max(1, at - MOST_BETWEEN - 1), -1):
        word = np.uint64(codes[end - 2] & CODE) << np.uint64(32) | np.uint64(codes[end - 1] & CODE)
        for known in words:
            if word == known:
                return True
        if codes[end - 1] & (BARRIER | DIGIT):
            return False
    return False


@njit(cache=True, nogil=True)
def _read(codes: NDArray[np.uint32], start: int, end: int, digit: NDArray[np.uint32]) -> None:
    for at in range(start, end):
        if codes[at] & NUMERAL:
            codes[at] = digit[codes[at] & CODE] | DIGIT


@njit(cache=True, nogil=True)
def _digits(codes: NDArray[np.uint32], tables: Tables) -> None:
    """Numerals are digits in runs of four or more (one blank or hyphen may stand between two), or beside a contact word."""
    words, digit, enough = tables.words, tables.digit, tables.run
    at, n = 0, len(codes)
    while at < n:
        if not codes[at] & DIGIT:
            at += 1
            continue
        chain, run, count = at, at, 0
        while run >= 0:
            while at < n and codes[at] & DIGIT:
                at += 1
            count += at - run
            if at - run > 1 and _beside_word(codes, run, words):
                _read(codes, run, at, digit)
            run = -1
            if at + 1 < n and codes[at + 1] & DIGIT and (codes[at] & CODE == BLANK or codes[at] & CODE == HYPHEN):
                run = at = at + 1
        if count >= enough:
            _read(codes, chain, at, digit)


@njit(cache=True, nogil=True)
def _fold(codes: NDArray[np.uint32], tables: Tables, line: Line) -> int:
    n, seen = _lay(codes, tables, line)
    while n > 0 and line.codes[n - 1] & SPACE:
        n -= 1
    if seen & (NOISE | RADICAL):
        n = _join(n, tables, line)
    out = line.codes[:n]
    if seen & (NUMERAL | RADICAL):  # 扌别 makes 捌
        _digits(out, tables)
    for at in range(n):
        out[at] &= CODE
    return n


@njit(cache=True, nogil=True)
def fold_one(codes: NDArray[np.uint32], tables: Tables) -> Line:
    """One text's folded code points with the span of each. All three arrays have shape (folded length,)."""
    most = room(codes, tables)
    line = Line(np.empty(most, np.uint32), np.empty(most, np.uint32), np.empty(most, np.uint32), 1)
    n = _fold(codes, tables, line)
    return Line(line.codes[:n], line.starts[:n], line.ends[:n], 1)


@njit(cache=True, nogil=True)
def fold_many(
    codes: NDArray[np.uint32], offsets: NDArray[np.int64], tables: Tables
) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Folded code points of texts that lie end to end (text i is codes[offsets[i]:offsets[i + 1]]), and their lengths."""
    out = np.empty(room(codes[offsets[0] : offsets[-1]], tables), np.uint32)
    lengths = np.empty(len(offsets) - 1, np.int64)
    scrap = np.empty(1, np.uint32)
    done = 0
    for text in range(len(lengths)):
        line = Line(out[done:], scrap, scrap, 0)
        lengths[text] = _fold(codes[offsets[text] : offsets[text + 1]], tables, line)
        done += lengths[text]
    return out[:done], lengths
