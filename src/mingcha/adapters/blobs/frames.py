"""Bytes to encrypted frames and back; every frame knows its number and whether it is the last, so none moves or goes unnoticed.

That a frame is the last is authenticated instead of how many there are, which nobody knows while a stream comes in: the total is
bound by it all the same (STREAM of Hoang, Reyhanitabar, Rogaway and Vizár, 2015). An exhibit of no bytes has one empty frame.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Protocol

from cryptography.hazmat.primitives.hashes import SM3, Hash

from mingcha.errors import ExhibitChanged, KeyTrouble
from mingcha.model.exhibit import FRAME, FRAME_DIGEST, Written
from mingcha.model.words import Words


class Parts(Protocol):
    """One data key for the frames of one exhibit."""

    def seal(self, data: bytes, place: bytes) -> bytes:
        """Encrypt a frame in its place."""

    def open(self, part: bytes, place: bytes) -> bytes:
        """Decrypt a frame; KeyTrouble where it does not belong."""


class Tally:
    """What is known of bytes once all were written."""

    def __init__(self) -> None:
        self._size = 0
        self._sha256, self._sm3 = hashlib.sha256(), Hash(SM3())
        self._frames = bytearray()

    def add(self, data: bytes, frame: bytes) -> None:
        """One frame, before and after it was encrypted."""
        self._size += len(data)
        self._sha256.update(data)
        self._sm3.update(data)
        self._frames += hashlib.sha256(frame).digest()

    def written(self) -> Written:
        """All of it."""
        sm3 = self._sm3.finalize().hex()
        return Written(size=self._size, sha256=self._sha256.hexdigest(), sm3=sm3, frames=bytes(self._frames))


def sealed(source: Iterable[bytes], parts: Parts, tally: Tally) -> Iterator[bytes]:
    """The encrypted frames of a stream."""
    held: bytes | None = None
    number = 0
    for data in _even(source):
        if held is not None:
            yield _sealed(held, parts, tally, place(number, last=False))
            number += 1
        held = data
    yield _sealed(held or b"", parts, tally, place(number, last=True))


def opened(exhibit: str, stored: Iterable[bytes], frames: bytes, parts: Parts) -> Iterator[bytes]:
    """The bytes of stored frames; ExhibitChanged at the first that is not the one that was kept in its place."""
    count, number = len(frames) // FRAME_DIGEST, 0
    for frame in stored:
        listed = frames[number * FRAME_DIGEST : (number + 1) * FRAME_DIGEST]
        if hashlib.sha256(frame).digest() != listed:
            raise changed(exhibit, number)
        try:
            yield parts.open(frame, place(number, last=number == count - 1))
        except KeyTrouble:
            raise changed(exhibit, number) from None
        number += 1
    if number != count:
        raise changed(exhibit, number)


def place(number: int, *, last: bool) -> bytes:
    """Where a frame belongs: its number from 0, and whether it ends the exhibit."""
    return number.to_bytes(8, "big") + bytes([last])


def changed(exhibit: str, number: int) -> ExhibitChanged:
    """The complaint about a frame, counted from 1 as people do."""
    why = Words(f"第 {number + 1} 帧被改动、调换或缺失", f"frame {number + 1} was changed, swapped or dropped")
    return ExhibitChanged(exhibit=exhibit, frame=number + 1, why=why)


def _sealed(data: bytes, parts: Parts, tally: Tally, where: bytes) -> bytes:
    frame = parts.seal(data, where)
    tally.add(data, frame)
    return frame


def _even(source: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of one frame, the last maybe shorter, whatever pieces they came in."""
    held = bytearray()
    for piece in source:
        for start in range(0, len(piece), FRAME):
            held += piece[start : start + FRAME]
            if len(held) >= FRAME:
                yield bytes(held[:FRAME])
                del held[:FRAME]
    if held:
        yield bytes(held)
