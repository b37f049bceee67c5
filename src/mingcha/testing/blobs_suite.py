"""What every keeper of bytes promises, file or memory: each check gets an empty one, and keys."""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

from mingcha.actions.ports.blobs import Blobs
from mingcha.actions.ports.keys import Keys
from mingcha.errors import ExhibitChanged, ExhibitMissing, MingchaError
from mingcha.model.exhibit import FRAME, FRAME_DIGEST, Written
from mingcha.model.words import Words

ONE, TWO = "EX-A", "EX-B"
SIZES = (0, 1, FRAME - 1, FRAME, FRAME + 1, 3 * FRAME, 3 * FRAME + 7)


def patterned(size: int) -> bytes:
    """Bytes of which no two frames are alike."""
    return b"".join(n.to_bytes(4, "big") for n in range(size // 4 + 1))[:size]


def kept(blobs: Blobs, keys: Keys, exhibit: str, *pieces: bytes) -> tuple[Written, bytes]:
    """Keep bytes; what was written, and the wrapped key."""
    parts = keys.parts(exhibit.encode())
    with blobs.keep(exhibit, pieces, parts) as written:
        pass
    return written, parts.wrapped


def read(blobs: Blobs, keys: Keys, exhibit: str, written: Written, wrapped: bytes) -> bytes:
    """All bytes, checked."""
    return b"".join(blobs.read(exhibit, written.frames, keys.parts_of(wrapped, exhibit.encode())))


def refused(error: type[MingchaError], call: Callable[[], object]) -> MingchaError:
    """The error a call ends in."""
    try:
        call()
    except error as raised:
        return raised
    raise AssertionError(f"no {error.__name__}")


def bytes_come_back_whatever_pieces_they_came_in(blobs: Blobs, keys: Keys) -> None:
    """Sizes around a frame; pieces of any size; digests of the bytes; a digest a frame."""
    for n, size in enumerate(SIZES):
        data, id_ = patterned(size), f"EX-{'ABCDEFGH'[n]}"
        for pieces in ([data], [data[:5], b"", data[5:]], [data[n : n + 300_001] for n in range(0, size, 300_001)]):
            written, wrapped = kept(blobs, keys, id_, *pieces)
            assert (written.size, written.sha256) == (size, sha256(data).hexdigest())
            assert len(written.frames) == FRAME_DIGEST * max(1, -(-size // FRAME))
            assert read(blobs, keys, id_, written, wrapped) == data
            blobs.remove([id_])


def sm3_is_that_of_its_standard(blobs: Blobs, keys: Keys) -> None:
    """The first example of GB/T 32905-2016, appendix A."""
    written, _ = kept(blobs, keys, ONE, b"abc")
    assert written.sm3 == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def another_key_or_another_list_reads_nothing(blobs: Blobs, keys: Keys) -> None:
    """The frames of one exhibit are not those of another; the frame that does not fit is named."""
    written, wrapped = kept(blobs, keys, ONE, patterned(2 * FRAME + 5))
    other, key = kept(blobs, keys, TWO, patterned(2 * FRAME + 5))
    for frames, held in ((other.frames, wrapped), (written.frames, key)):
        call = lambda frames=frames, held=held: list(blobs.read(ONE, frames, keys.parts_of(held, ONE.encode())))  # noqa: E731 -- reason: one call a case
        refused(MingchaError, call)
    cut = written.frames[:-FRAME_DIGEST]
    raised = refused(ExhibitChanged, lambda: list(blobs.read(ONE, cut, keys.parts_of(wrapped, ONE.encode()))))
    assert raised.facts["frame"] == 2, "it is not the last, as the list says"
    more = written.frames + written.frames[:FRAME_DIGEST]
    raised = refused(ExhibitChanged, lambda: list(blobs.read(ONE, more, keys.parts_of(wrapped, ONE.encode()))))
    assert raised.facts["frame"] == 3


def a_source_that_fails_leaves_nothing(blobs: Blobs, keys: Keys) -> None:
    """Nothing of it can be read, and there is nothing to settle."""

    def broken() -> Iterable[bytes]:
        yield patterned(FRAME + 9)
        raise ExhibitMissing(exhibit="source", why=Words("没了", "gone"))

    def keep() -> None:
        with blobs.keep(ONE, broken(), keys.parts(b"x")):
            raise AssertionError("it never got that far")

    refused(ExhibitMissing, keep)

    def known(ids: Sequence[str]) -> Sequence[str]:
        assert not ids
        return ids

    blobs.settle(known)
    refused(ExhibitMissing, lambda: list(blobs.read(ONE, bytes(FRAME_DIGEST), keys.parts(b"x"))))


def what_lies_between_writing_and_naming_is_settled(blobs: Blobs, keys: Keys) -> None:
    """Named: it is readable before it is settled and after; not named: it goes."""
    parts = {id_: keys.parts(id_.encode()) for id_ in (ONE, TWO)}
    held: dict[str, Written] = {}
    for id_, part in parts.items():
        try:
            with blobs.keep(id_, [id_.encode()], part) as written:
                held[id_] = written
                raise InterruptedError
        except InterruptedError:
            pass
    assert read(blobs, keys, ONE, held[ONE], parts[ONE].wrapped) == ONE.encode()

    def known(ids: Sequence[str]) -> list[str]:
        assert sorted(ids) == [ONE, TWO]
        return [ONE]

    blobs.settle(known)
    blobs.settle(lambda ids: ids)
    assert read(blobs, keys, ONE, held[ONE], parts[ONE].wrapped) == ONE.encode()
    refused(ExhibitMissing, lambda: read(blobs, keys, TWO, held[TWO], parts[TWO].wrapped))


def what_is_removed_is_gone(blobs: Blobs, keys: Keys) -> None:
    """Once or twice, known or not."""
    written, wrapped = kept(blobs, keys, ONE, b"abc")
    other, key = kept(blobs, keys, TWO, b"abc")
    blobs.remove([ONE])
    blobs.remove([ONE, "EX-Z"])
    refused(ExhibitMissing, lambda: read(blobs, keys, ONE, written, wrapped))
    assert read(blobs, keys, TWO, other, key) == b"abc"


BLOBS: tuple[Callable[[Blobs, Keys], None], ...] = (
    bytes_come_back_whatever_pieces_they_came_in,
    sm3_is_that_of_its_standard,
    another_key_or_another_list_reads_nothing,
    a_source_that_fails_leaves_nothing,
    what_lies_between_writing_and_naming_is_settled,
    what_is_removed_is_gone,
)
