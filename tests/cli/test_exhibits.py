"""`exhibits` on the command line: from a file to a sealed exhibit and back, into a backup and out of it, and gone."""

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mingcha.cli.main import run
from mingcha.model.account import Ad
from mingcha.testing.house import NOON, house, put

Said = Callable[..., str]


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Said:
    """Run a verb on a workspace with one ad."""
    monkeypatch.setenv("MINGCHA_LOCALE", "en")
    with house(_made(tmp_path / "w")) as deps:
        put(deps, "ads", Ad(id="1", platform="抖音", text="专业停息挂账", seen_at=NOON))

    def said(*arguments: str, code: int = 0, workspace: str = "w") -> str:
        monkeypatch.setattr("sys.argv", ["mingcha", "--workspace", str(tmp_path / workspace), *arguments])
        with pytest.raises(SystemExit) as end:
            run()
        captured = capsys.readouterr()
        assert (end.value.code or 0) == code, captured.out + captured.err
        return captured.out + captured.err

    return said


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_from_a_file_to_an_exhibit_and_back(cli: Said, tmp_path: Path) -> None:
    (ad,) = [one["ad"] for one in json.loads(cli("ads", "list", "--json"))]
    file, copy = tmp_path / "13812345678聊天\u202e.png", tmp_path / "t.txt"
    file.write_bytes(os.urandom(1_500_000))
    os.utime(file, (1_700_000_000, 1_700_000_000))
    copy.write_text("识别出的文字", "utf-8")
    add = ("--source", "通话平台", "--how", "客户提供")
    kept: dict[str, Any] = json.loads(cli("exhibits", "add", str(file), "--of", ad, *add, "--gone-in", "9", "--json"))
    assert kept["about"]["media"] == "image/png"
    assert datetime.fromisoformat(kept["about"]["taken_at"]) == datetime.fromtimestamp(1_700_000_000, UTC)
    said = cli(
        "exhibits",
        "add",
        str(copy),
        *add,
        "--from",
        kept["id"],
        "--step",
        "OCR",
        "--taken",
        "2026-03-20T10:00:00+08:00",
    )
    assert "SM3" in said
    listed = cli("exhibits", "list", "--of", ad)
    assert kept["id"] in listed.replace("\n", "")
    assert "13812345678" not in listed
    assert "\u202e" not in listed
    assert [one["id"] for one in json.loads(cli("exhibits", "list", "--ending-in", "10", "--json"))] == [kept["id"]]
    assert "no exhibits" in cli("exhibits", "list", "--ending-in", "5")
    out = tmp_path / "out.png"
    assert "all checked" in cli("exhibits", "get", kept["id"], "--out", str(out))
    assert out.read_bytes() == file.read_bytes()
    assert out.stat().st_mode & 0o777 == 0o600
    assert "whole" in cli("exhibits", "check")
    log = json.loads(cli("access-log", "--json"))["rows"]
    assert "read_exhibit" in {row["act"] for row in log}

    cli("backup", str(tmp_path / "b.db"))
    assert "drill passed" in cli(
        "restore", str(tmp_path / "b.db"), "--key", str(tmp_path / "w" / "keys.json"), workspace="again"
    )
    cli("exhibits", "get", kept["id"], "--out", str(tmp_path / "again.png"), workspace="again")
    assert (tmp_path / "again.png").read_bytes() == file.read_bytes()

    assert "1 copies" in cli("exhibits", "erase", kept["id"], "--reason", "误收")
    cli("exhibits", "get", kept["id"], "--out", str(tmp_path / "none"), code=9)
    assert not (tmp_path / "none").exists()
    assert "erased" in cli("exhibits", "check")
    cli("verify")
    cli("backup", str(tmp_path / "b.db"))
    assert list((tmp_path / "b.db.exhibits").iterdir()) == [], "a newer backup holds nothing that was erased"


def test_what_was_changed_or_lost_is_said_and_written_nowhere(cli: Said, tmp_path: Path) -> None:
    (ad,) = [one["ad"] for one in json.loads(cli("ads", "list", "--json"))]
    (tmp_path / "f").write_bytes(bytes(3_000_000))
    kept = json.loads(cli("exhibits", "add", str(tmp_path / "f"), "--of", ad, "--source", "s", "--how", "h", "--json"))
    cli("backup", str(tmp_path / "b.db"))
    file = tmp_path / "w" / "exhibits" / kept["id"]
    held = bytearray(file.read_bytes())
    held[-1] ^= 1
    file.write_bytes(held)
    out = tmp_path / "out"
    assert "frame 3" in cli("exhibits", "get", kept["id"], "--out", str(out), code=7)
    assert not out.exists()
    part = out.with_name("out.part")
    assert not part.exists()
    part.write_bytes(b"somebody else's")
    cli("exhibits", "get", kept["id"], "--out", str(out), code=3)
    assert part.read_bytes() == b"somebody else's"
    (check,) = json.loads(cli("exhibits", "check", "--json", code=7))
    assert check["found"] == "changed"
    (tmp_path / "b.db.exhibits" / kept["id"]).unlink()
    said = cli("restore", str(tmp_path / "b.db"), "--key", str(tmp_path / "w" / "keys.json"), workspace="again", code=7)
    assert kept["id"] in said, "a backup that lost an exhibit does not pass its drill"


def test_what_cannot_be_kept_has_its_exit_code(cli: Said, tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"x")
    add = ("--source", "s", "--how", "h")
    cli("exhibits", "add", str(tmp_path / "none"), "--of", "AD-NONE", *add, code=3)
    cli("exhibits", "add", str(tmp_path / "f"), "--of", "AD-NONE", *add, code=5)
    cli("exhibits", "add", str(tmp_path / "f"), *add, code=3)
    cli("exhibits", "add", str(tmp_path), "--of", "AD-NONE", *add, code=5)
    cli("exhibits", "get", "EX-NONE", "--out", str(tmp_path / "o"), code=5)
    assert "no exhibits yet" in cli("exhibits", "check")
