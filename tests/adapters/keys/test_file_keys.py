"""The key file: owner-only, rotated without loss, restored from paper; envelopes and tokens keep their promises."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.adapters import keys as door
from mingcha.errors import KeyTrouble
from mingcha.model.record import Personal
from mingcha.model.stored import Envelope


@pytest.fixture
def path(tmp_path: Path) -> Path:
    door.create(tmp_path / "keys.json", dev=False)
    return tmp_path / "keys.json"


def test_the_file_is_for_its_owner_alone(path: Path) -> None:
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o640)
    with pytest.raises(KeyTrouble, match="chmod"):
        door.load(path)


def test_an_existing_key_is_never_overwritten(path: Path) -> None:
    with pytest.raises(KeyTrouble, match="exists"):
        door.create(path, dev=True)


def test_rotation_keeps_old_envelopes_and_tokens(path: Path) -> None:
    before = door.load(path)
    sealed, token = before.envelope(b"data", b"context"), before.token(Personal.PHONE, "1")
    assert door.rotate(path) == 2
    after = door.load(path)
    assert after.open(sealed, b"context") == b"data"
    assert after.token(Personal.PHONE, "1") == token
    with pytest.raises(KeyTrouble):
        before.open(after.envelope(b"x", b"c"), b"c")


def test_a_sheet_brings_the_key_back_and_names_a_slip(path: Path, tmp_path: Path) -> None:
    door.rotate(path)
    sheet = door.recovery_sheet(path)
    door.restore_from_sheet(sheet, tmp_path / "again.json")
    sealed = door.load(path).envelope(b"data", b"c")
    assert door.load(tmp_path / "again.json").open(sealed, b"c") == b"data"
    line = next(line for line in sheet.splitlines() if line.startswith("w1"))
    slip = line.replace(line[6], "0" if line[6] != "0" else "1", 1)
    with pytest.raises(KeyTrouble, match="w1"):
        door.restore_from_sheet(sheet.replace(line, slip), tmp_path / "third.json")


@given(st.binary(max_size=200), st.binary(max_size=20))
def test_envelopes_open_only_whole_and_in_their_context(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, context: bytes
) -> None:
    keys = door.create(tmp_path_factory.mktemp("k") / "keys.json", dev=True)
    sealed = keys.envelope(data, context)
    assert keys.open(sealed, context) == data
    for broken in (
        Envelope(sealed.wrapped, sealed.body[:-1] + bytes([sealed.body[-1] ^ 1])),
        Envelope(b"", sealed.body),
    ):
        with pytest.raises(KeyTrouble):
            keys.open(broken, context)
    with pytest.raises(KeyTrouble):
        keys.open(sealed, context + b"x")


def test_tokens_are_apart_by_kind_and_ids_by_every_part(path: Path) -> None:
    keys = door.load(path)
    assert keys.token(Personal.PHONE, "1") != keys.token(Personal.NAME, "1")
    ids = {
        keys.record_id("C", t, n, s) for t, n, s in [("a", "b", "c"), ("ab", "", "c"), ("a", "bc", ""), ("", "ab", "c")]
    }
    assert len(ids) == 4
    assert all(id_.startswith("C-") and len(id_) == 22 for id_ in ids)


def test_the_key_does_not_show_itself(path: Path) -> None:
    import json

    secret = json.loads(path.read_text())["root"]
    assert secret not in repr(door.load(path))


def test_check_says_what_is_wrong(path: Path, tmp_path: Path) -> None:
    assert door.check(path) == []
    assert door.check(tmp_path / "none.json")
    door.create(tmp_path / "dev.json", dev=True)
    assert door.load(tmp_path / "dev.json").is_dev
    assert "开发" in door.check(tmp_path / "dev.json")[0].zh
