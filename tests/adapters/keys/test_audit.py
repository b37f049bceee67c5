"""The audit key lies outside the workspace, opens by its passphrase alone, and signs what nobody else can."""

import json
import os
import stat
from pathlib import Path

import pytest

from mingcha.adapters.keys.audit import AuditKey, genuine, make, signer
from mingcha.errors import InputError, KeyTrouble

WORDS = "correct horse battery"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("audit")
    return folder / "audit.key", make(folder / "audit.key", WORDS, folder / "w")


def test_it_signs_and_only_it(made: tuple[Path, str]) -> None:
    path, public = made
    key = signer(path, WORDS)
    assert isinstance(key, AuditKey)
    assert key.key == public
    signed = key.sign(b"day")
    assert genuine(public, b"day", signed)
    for wrong in ((public, b"days", signed), ("00" * 32, b"day", signed), (public, b"day", signed[:-2]), ("x", b"day", "y"), ("", b"", "")):  # fmt: skip
        assert not genuine(*wrong)


def test_its_file_is_the_owners_and_holds_no_secret_in_clear(made: tuple[Path, str]) -> None:
    path, public = made
    assert os.name != "posix" or stat.S_IMODE(path.stat().st_mode) == 0o600
    told = json.loads(path.read_text())
    assert told["public"] == public
    assert signer(path, WORDS)._secret.private_bytes_raw().hex() not in path.read_text()
    assert "secret" not in repr(signer(path, WORDS))


def test_another_passphrase_a_damaged_file_and_a_public_one_are_refused(made: tuple[Path, str], tmp_path: Path) -> None:
    path, _ = made
    with pytest.raises(KeyTrouble, match="wrong passphrase"):
        signer(path, WORDS + ".")
    told = json.loads(path.read_text())
    copy = tmp_path / "copy"
    for change in ({"public": "00" * 32}, {"sealed": "00" * 48}, {"format": "x"}, {"salt": "zz"}, {"nonce": 5}):
        copy.write_text(json.dumps({**told, **change}))
        copy.chmod(0o600)
        with pytest.raises(KeyTrouble):
            signer(copy, WORDS)
    copy.write_text("[" * 60_000)
    with pytest.raises(KeyTrouble, match="no file of an audit key"):
        signer(copy, WORDS)
    copy.chmod(0o644)
    if os.name == "posix":
        with pytest.raises(KeyTrouble, match="chmod 600"):
            signer(copy, WORDS)


def test_never_inside_the_workspace_never_over_another_never_with_a_short_passphrase(
    made: tuple[Path, str], tmp_path: Path
) -> None:
    (tmp_path / "w").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "w")
    for inside in (tmp_path / "w" / "k", tmp_path / "link" / "k", tmp_path / "x" / ".." / "w" / "k"):
        with pytest.raises(InputError, match="outside the workspace"):
            make(inside, WORDS, tmp_path / "w")
    with pytest.raises(KeyTrouble, match="exists already"):
        make(made[0], WORDS, tmp_path / "w")
    with pytest.raises(InputError, match="12 characters"):
        make(tmp_path / "k", "short", tmp_path / "w")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "w"]
