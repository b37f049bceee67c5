"""WARC files made elsewhere: good records go in whatever stands beside them; nothing hostile in one costs more than its record."""

import gzip
import io
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.adapters.warc.made import DATE, HTML, PAGE, response
from warcio.archiveiterator import ArchiveIterator

from mingcha.adapters.warc import members as framing
from mingcha.adapters.warc import read_capture, reader
from mingcha.errors import UnreadableFile
from mingcha.model.found import NotRead, Response

CUT, DAMAGED, LARGE, NONE = (one.en for one in (framing.CUT, framing.DAMAGED, framing.TOO_LARGE, framing.NO_RECORD))


def found(tmp_path: Path, *records: bytes, name: str = "made.warc.gz") -> tuple[list[Response], list[NotRead]]:
    path = tmp_path / name
    path.write_bytes(b"".join(records))
    every = list(read_capture(path, name))
    return [one for one in every if isinstance(one, Response)], [one for one in every if isinstance(one, NotRead)]


@pytest.mark.parametrize("packed", [True, False])
def test_a_page_comes_with_its_address_time_bytes_and_place(tmp_path: Path, packed: bool) -> None:
    records = [
        response(packed=packed),
        response("https://shop.example/2", b"png", ("Content-Type", "image/PNG"), packed=packed),
    ]
    (page, picture), rest = found(tmp_path, *records, name="made.warc.gz" if packed else "made.warc")
    assert (page.url, page.media, page.charset, page.data) == ("https://shop.example/ad/1", "text/html", "utf-8", PAGE)
    assert page.captured_at == datetime(2026, 3, 1, 2, 3, 4, tzinfo=UTC)
    assert (page.notes, rest, picture.media) == ((), [], "image/png")
    assert page.place.endswith("@0")
    assert picture.place.endswith(f"@{len(records[0])}")


@pytest.mark.parametrize("date", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "9999-12-31T23:59:59Z"])
def test_a_time_that_cannot_be_one_is_none(tmp_path: Path, date: str) -> None:
    records = response(packed=False).replace(DATE.encode(), date.encode()), response(packed=False)
    (page, other), rest = found(tmp_path, *records, name="made.warc")
    assert (page.captured_at, page.data, rest) == (None, PAGE, [])
    assert other.captured_at is not None


def test_what_shows_nothing_is_passed_by(tmp_path: Path) -> None:
    pages, rest = found(
        tmp_path,
        response(status="404 Not Found"),
        response(status="301 Moved"),
        response("https://a/x.js", b"1", ("Content-Type", "text/javascript")),
        response("https://a/", b"", kind="request"),
        response("https://a/", PAGE, ("Content-Type", "")),
        response("urn:view:https://a/", b"png", ("Content-Type", "image/png"), kind="resource"),
    )
    assert [one.url for one in pages] == ["https://a/"]
    assert [one.passed_by for one in rest] == [True] * 5


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "raw deflate", "gzip, identity", "chunked"])
def test_encodings_are_undone(tmp_path: Path, encoding: str) -> None:
    raw = zlib.compressobj(wbits=-15)
    body, header = {
        "gzip": (gzip.compress(PAGE), ("Content-Encoding", "gzip")),
        "gzip, identity": (gzip.compress(PAGE), ("Content-Encoding", "gzip, identity")),
        "deflate": (zlib.compress(PAGE), ("Content-Encoding", "deflate")),
        "raw deflate": (raw.compress(PAGE) + raw.flush(), ("Content-Encoding", "deflate")),
        "chunked": (b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE), ("Transfer-Encoding", "chunked")),
    }[encoding]
    (page,), _ = found(tmp_path, response("https://a/", body, HTML, header))
    assert page.data == PAGE


def test_what_cannot_be_undone_is_told_and_the_next_goes_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_CONTENT", 1 << 20)
    bomb = gzip.compress(b"\0" * (4 << 20))
    pages, rest = found(
        tmp_path,
        response("https://a/bomb", bomb, HTML, ("Content-Encoding", "gzip")),
        response("https://a/br", b"xx", HTML, ("Content-Encoding", "br")),
        response("https://a/cut", gzip.compress(PAGE)[:-12], HTML, ("Content-Encoding", "gzip")),
        response("https://a/large", b" " * (2 << 20)),
        response("https://a/good"),
    )
    assert [one.url for one in pages] == ["https://a/good"]
    assert [(one.place.split()[-1], one.passed_by) for one in rest] == [
        ("https://a/bomb", False), ("https://a/br", False), ("https://a/cut", False), ("https://a/large", False),
    ]  # fmt: skip


@pytest.mark.parametrize("packed", [True, False])
def test_a_digest_that_does_not_match_is_said_and_the_page_goes_in(tmp_path: Path, packed: bool) -> None:
    changed = response(packed=False).replace("不成功".encode(), "先付款".encode())
    assert changed != response(packed=False)
    (page,), rest = found(
        tmp_path, gzip.compress(changed) if packed else changed, name="a.warc.gz" if packed else "a.warc"
    )
    assert (page.notes, rest) == ((reader.DIGEST,), [])
    assert "先付款" in page.data.decode()


@pytest.mark.parametrize("packed", [True, False])
def test_broken_huge_and_torn_records_are_named_and_the_others_go_in(
    tmp_path: Path, packed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(framing, "MOST_RECORD", 1 << 20)
    good = [response(f"https://a/{n}", packed=packed) for n in range(3)]
    huge = response("https://a/huge", b"x" * (2 << 20), packed=packed)
    broken = good[1][: len(good[1]) // 2] if packed else b"WARC/1.0\r\nContent-Length: none\r\n\r\n\r\n\r\n"
    pages, rest = found(
        tmp_path, good[0], huge, broken, good[1], good[2][:-200], name="a.warc.gz" if packed else "a.warc"
    )
    assert [one.url for one in pages] == ["https://a/0", "https://a/1"]
    assert rest[0].place == f"{'a.warc.gz' if packed else 'a.warc'}@{len(good[0])}"
    assert [one.why.en for one in rest] == ([LARGE, DAMAGED, CUT] if packed else [LARGE, NONE, CUT])


def test_a_bomb_is_left_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = gzip.compress(b"\0" * (200 << 20), 1)
    pages, rest = found(tmp_path, bomb, response("https://a/after"))
    assert [one.url for one in pages] == ["https://a/after"]
    assert LARGE in {one.why.en for one in rest}
    nested = gzip.compress(gzip.compress(b"\0" * (100 << 20)))
    assert [one.why for one in found(tmp_path, nested)[1]] == [reader.NO_RECORD]


def test_a_file_broken_all_over_is_given_up(tmp_path: Path) -> None:
    pages, rest = found(tmp_path, b"WARC/1.0\r\n\r\n" * 200_000, name="a.warc")
    assert (pages, len(rest), rest[-1].why) == ([], framing.MOST_FAULTS + 2, framing.GIVEN_UP)


def test_an_empty_file_and_one_of_something_else(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile):
        found(tmp_path, b"")
    assert [one.why.en for one in found(tmp_path, b"PK\3\4 not at all", name="a.warc")[1]] == [NONE]


@given(
    st.lists(st.tuples(st.integers(0, 3_000), st.integers(0, 255)), max_size=12), st.booleans(), st.integers(0, 3_000)
)
@settings(max_examples=60, deadline=None)
def test_damage_anywhere_never_ends_in_anything_but_words(
    tmp_path_factory: pytest.TempPathFactory, damage: list[tuple[int, int]], packed: bool, cut: int
) -> None:
    whole = bytearray(b"".join(response(f"https://a/{n}", packed=packed) for n in range(3)))
    for at, byte in damage:
        whole[at % len(whole)] = byte
    pages, rest = found(tmp_path_factory.mktemp("w"), bytes(whole[: len(whole) - cut % 500]), name="a.warc")
    assert all(one.why.zh and one.why.en for one in rest)
    if not damage and not cut % 500:
        assert len(pages) == 3


def test_an_undamaged_file_is_read_as_the_library_reads_it(tmp_path: Path) -> None:
    records = [response(f"https://a/{n}", b"<p>%d</p>" % n) for n in range(20)]
    pages, _ = found(tmp_path, *records)
    twin = [
        (one.rec_headers.get_header("WARC-Target-URI"), one.content_stream().read())
        for one in ArchiveIterator(io.BytesIO(b"".join(records)))
    ]
    assert [(one.url, one.data) for one in pages] == twin
