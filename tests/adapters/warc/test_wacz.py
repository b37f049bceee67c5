"""WACZ files: their archives are read where they lie; paths that lead out, bombs, locks and digests that do not hold are told."""

import struct
import zipfile
from pathlib import Path

import pytest
from tests.adapters.warc.made import response, wacz

from mingcha.adapters.warc import read_capture
from mingcha.adapters.warc import wacz as room
from mingcha.errors import UnreadableFile
from mingcha.model.found import NotRead, Response

ARCHIVE = "archive/data.warc.gz"


def found(path: Path) -> tuple[list[Response], list[NotRead]]:
    every = list(read_capture(path, path.name))
    return [one for one in every if isinstance(one, Response)], [one for one in every if isinstance(one, NotRead)]


def test_the_pages_of_its_archives(tmp_path: Path) -> None:
    (page,), rest = found(wacz(tmp_path / "a.wacz", (ARCHIVE, response()), ("pages/pages.jsonl", b"{}")))
    assert (page.place, page.notes, rest) == (f"a.wacz!{ARCHIVE}@0", (), [])


def test_digests_that_do_not_hold_are_said(tmp_path: Path) -> None:
    made = wacz(
        tmp_path / "a.wacz",
        (ARCHIVE, response()),
        ("pages/pages.jsonl", b"{}"),
        stated={ARCHIVE: b"other", "pages/pages.jsonl": b"other", "archive/gone.warc.gz": b""},
    )
    (page,), rest = found(made)
    assert page.notes == (room.UNLIKE,)
    assert (rest[0].place, rest[0].why) == ("a.wacz!pages/pages.jsonl", room.UNLIKE)
    assert rest[1].place.endswith("archive/gone.warc.gz")
    (page,), (missing,) = found(wacz(tmp_path / "b.wacz", (ARCHIVE, response()), listed=False))
    assert "no digest could be checked" in missing.why.en
    (page,), (unread,) = found(
        wacz(tmp_path / "c.wacz", (ARCHIVE, response()), ("datapackage.json", b"[1"), listed=False)
    )
    assert "cannot be read" in unread.why.en


@pytest.mark.parametrize("name", ["../../etc/a.warc.gz", "/abs/a.warc", "..\\a.warc", "C:/a.warc"])
def test_a_path_that_leads_out_is_refused_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    pages, rest = found(wacz(folder / "a.wacz", (name, response()), (ARCHIVE, response())))
    assert len(pages) == 1
    assert "leads out" in rest[0].why.en
    assert [one.name for one in tmp_path.rglob("*")] == ["in", "a.wacz"]


def test_bombs_are_refused_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.wacz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zip_:
        zip_.writestr(ARCHIVE, b"\0" * (40 << 20))
    with pytest.raises(UnreadableFile, match="too much"):
        found(path)
    monkeypatch.setattr(room, "MOST_ENTRIES", 2)
    with pytest.raises(UnreadableFile, match="too much"):
        found(wacz(tmp_path / "b.wacz", *((f"{n}.txt", b"") for n in range(3))))


def test_what_is_damaged_or_locked_inside_is_named(tmp_path: Path) -> None:
    path = wacz(tmp_path / "a.wacz", (ARCHIVE, response()))
    raw = bytearray(path.read_bytes())
    raw[raw.index(b"\x1f\x8b\x08") + 30] ^= 0xFF
    path.write_bytes(raw)
    pages, rest = found(path)
    assert (pages, [one.place for one in rest]) == ([], [f"a.wacz!{ARCHIVE}"])
    locked = bytearray(wacz(tmp_path / "b.wacz", (ARCHIVE, response())).read_bytes())
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        where = locked.index(sign) + at
        locked[where : where + 2] = struct.pack("<H", 1)
    (tmp_path / "b.wacz").write_bytes(locked)
    pages, rest = found(tmp_path / "b.wacz")
    assert pages == []
    assert "encrypted" in rest[0].why.en


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x05\x06" + b"\0" * 10])
def test_what_is_no_zip(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.wacz"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile):
        found(path)
