"""Numbers and masks to one slot mark over many texts at once: the slots of `text.fingerprint`, without a regex.

An opener is one of `[{(<`, up to three, then perhaps `$`; the core is a digit or two of the same mask; it goes on to the
last digit or mask of the run of digits, masks and `,./:$-`; up to three closers end it. Of slots with no word between them the
first stands for all: `XXXX XXXX` is one name.
"""

import numpy as np
from numba import njit

from mingcha.campaign.kernels.ranks import I64
from mingcha.campaign.kernels.shingles import CHARACTER, U8, U32

SLOT = np.uint32(ord("0"))
OPENERS, CLOSERS, JOINTS = "[{(<", "]})>", ",./:$-"
MOST = 3  # brackets on either side


@njit(cache=True, nogil=True)
def _among(code: int, marks: str) -> bool:
    for mark in marks:  # noqa: SIM110 -- reason: numba compiles no generator
        if code == ord(mark):
            return True
    return False


@njit(cache=True, nogil=True)
def _filler(code: int) -> bool:
    return 48 <= code <= 57 or code in (42, 120)  # 0-9, *, x


@njit(cache=True, nogil=True)
def _slot_end(codes: U32, at: int, end: int) -> int:
    """Where the slot that starts at `at` ends, or `at` if none does."""
    core = at
    while core < end and core - at < MOST and _among(codes[core], OPENERS):
        core += 1
    if core < end and codes[core] == 36:  # $
        core += 1
    if core >= end or not _filler(codes[core]):
        return at
    if not 48 <= codes[core] <= 57 and (core + 1 == end or codes[core + 1] != codes[core]):
        return at
    last = core
    i = core
    while i < end and (_filler(codes[i]) or _among(codes[i], JOINTS)):
        if _filler(codes[i]):
            last = i
        i += 1
    stop = last + 1
    while stop < end and stop - last - 1 < MOST and _among(codes[stop], CLOSERS):
        stop += 1
    return stop


@njit(cache=True, nogil=True)
def fill_slots(codes: U32, offsets: I64, kind: U8) -> tuple[U32, I64]:
    """The same texts with one mark for each slot; `kind` has the flag CHARACTER for what is part of a word."""
    out = np.empty_like(codes)
    starts = np.empty_like(offsets)
    at = 0
    for text in range(offsets.shape[0] - 1):
        starts[text] = at
        i = offsets[text]
        end = offsets[text + 1]
        slot = False  # whether the last word was one
        while i < end:
            code = codes[i]
            stop = i
            if _filler(code) or code == 36 or _among(code, OPENERS):
                stop = _slot_end(codes, i, end)
            if stop == i:
                out[at] = code
                at += 1
                slot = slot and not (code < kind.shape[0] and kind[code] & CHARACTER)
            elif not slot:
                out[at] = SLOT
                at += 1
                slot = True
            i = max(stop, i + 1)
    starts[offsets.shape[0] - 1] = at
    return out[:at], starts
