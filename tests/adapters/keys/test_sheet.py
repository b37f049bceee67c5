"""The sheet brings the key back from paper; a slip names its line, and a lost line never goes unnoticed."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.adapters import keys as door
from mingcha.adapters.keys import sheet
from mingcha.adapters.keys.ring import Ring
from mingcha.errors import KeyTrouble

SECRETS = st.binary(min_size=32, max_size=32)
RINGS = st.builds(Ring, st.booleans(), SECRETS, st.lists(SECRETS, min_size=1, max_size=4).map(tuple))
RING = Ring(False, bytes(range(32)), (bytes(range(1, 33)), bytes(range(2, 34)), bytes(range(3, 35))))
SHEET = sheet.written(RING)
FIRST = next(n for n, line in enumerate(SHEET.splitlines()) if line.startswith("root"))


def test_a_file_comes_back_from_its_sheet(tmp_path: Path) -> None:
    path, again = tmp_path / "keys.json", tmp_path / "again.json"
    door.create(path, dev=False)
    door.rotate(path)
    door.restore_from_sheet(door.recovery_sheet(path), again)
    assert again.read_bytes() == path.read_bytes()
    assert again.stat().st_mode & 0o777 == 0o600


@given(RINGS)
def test_every_ring_comes_back(ring: Ring) -> None:
    assert sheet.read(sheet.written(ring)) == ring


@pytest.mark.parametrize(
    "typed",
    [
        SHEET.lower(),
        SHEET.replace(" ", "  "),
        SHEET.replace("\n", "\r\n"),
        "\n".join(line for line in SHEET.splitlines() if line.startswith(("root", "w", "sum"))),
        "".join(chr(ord(c) + 0xFEE0) if c.isalnum() and c.isascii() else c for c in SHEET),  # typed full-width
        "\n".join(reversed(SHEET.splitlines())),
        "\n".join(line[:6] + line[6:].translate(str.maketrans("OIB", "018")) for line in SHEET.splitlines()),
        "\n".join(line[:6] + ":" + line[6:].replace(" ", "-") for line in SHEET.splitlines()),
    ],
    ids=["small letters", "spaces", "DOS", "lines alone", "full width", "reversed", "look-alikes", "dashes"],
)
def test_what_people_type_is_understood(typed: str) -> None:
    assert sheet.read(typed) == RING


@given(st.data())
def test_any_slip_is_noticed(data: st.DataObject) -> None:
    lines = SHEET.splitlines()
    at = data.draw(st.integers(FIRST, FIRST + 4))
    place = data.draw(st.sampled_from([n for n, c in enumerate(lines[at]) if n >= 6 and c != " "]))
    other = data.draw(st.sampled_from([c for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" if c != lines[at][place]]))
    lines[at] = lines[at][:place] + other + lines[at][place + 1 :]
    try:
        assert sheet.read("\n".join(lines)) == RING  # the last letter of a secret holds four bits that mean nothing
    except KeyTrouble as trouble:
        assert f"line {lines[at].split()[0]}" in str(trouble)


@pytest.mark.parametrize("missing", ["root", "w1", "w2", "w3", "sum"])
def test_a_missing_line_is_noticed(missing: str) -> None:
    with pytest.raises(KeyTrouble, match=r"incomplete|missing"):
        sheet.read("\n".join(line for line in SHEET.splitlines() if not line.startswith(missing)))


@pytest.mark.parametrize(
    "text", ["", "hello", "root", "root  ABCD\nsum AAAA AAAA", SHEET + "w4 " + "A" * 56, SHEET.replace("w2 ", "w1 ")]
)
def test_what_is_no_sheet_is_refused(text: str) -> None:
    with pytest.raises(KeyTrouble):
        sheet.read(text)


def test_a_sheet_of_a_development_key_stays_one() -> None:
    dev = Ring(True, RING.root, RING.wrapping)
    assert sheet.read(sheet.written(dev)).dev
    mixed = sheet.written(dev).replace("开发密钥 development key", "正式密钥 site key")
    assert sheet.read(mixed).dev, "the sum says it, not the heading"


def test_a_sheet_speaks_both_languages_and_fits_a_page() -> None:
    wide = [sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line) for line in SHEET.splitlines()]
    assert max(wide) <= 80
    for words in ("恢复单", "recovery sheet", "正式密钥", RING.id, "5 行", "5 lines"):
        assert words in SHEET
