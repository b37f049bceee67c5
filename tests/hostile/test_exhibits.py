"""Exhibits made to do harm, by command line, over HTTP and into a pack: a clear word, nothing lost, nothing outside touched."""

import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.cli.test_exhibits import Said, cli
from tests.hostile.prepared import ANN, Prepared, opened, prepare
from tests.journeys.test_exhibits_door import desk, http, sent, told

from mingcha import wiring
from mingcha.actions.deps import Deps
from mingcha.actions.exhibits import exhibits_of, read_exhibit
from mingcha.actions.referral_pack import build_pack
from mingcha.errors import ExhibitChanged, StoreTrouble
from mingcha.model.exhibit import FRAME

__all__ = ["cli", "desk", "http"]  # fixtures
NAMES = ("../../etc/passwd", "a\0b", "长" * 4_000, "\u202egnp.exe", "-rf", "C:\\con", "", "\n\r\x1b[2J", ".")
SAID = ("--source", "s", "--how", "h")


@contextmanager
def disk_of(size: int) -> Iterator[None]:
    """No file of this process grows beyond so many bytes: what a full disk is like, anywhere."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def files(folder: Path) -> dict[str, int]:
    return {str(one.relative_to(folder)): one.stat().st_size for one in folder.rglob("*") if one.is_file()}


def an_ad(cli: Said) -> str:
    (ad,) = [one["ad"] for one in json.loads(cli("ads", "list", "--json"))]
    return str(ad)


def listed(cli: Said) -> list[Any]:
    return list(json.loads(cli("exhibits", "list", "--json")))


def test_over_http_a_name_is_kept_as_given_and_is_no_path(
    desk: tuple[Deps, int, str], http: httpx.Client, tmp_path: Path
) -> None:
    for name in NAMES:
        before = set(files(tmp_path))
        kept = sent(http, told(desk[0], name=name), b"x")
        assert kept.status_code == 201, kept.text
        id_ = kept.json()["id"]
        assert read_exhibit(desk[0], ANN, id_).exhibit.about.name == name
        assert set(files(tmp_path)) - before == {f"exhibits/{id_}"}
        back = http.get(f"/api/exhibits/{id_}/bytes")
        assert back.content == b"x"
        assert back.headers["content-disposition"].startswith(f'attachment; filename="{id_}')
    for wrong in ("长" * 4_097, 7, None):
        assert sent(http, told(desk[0], name=wrong), b"x").status_code == 422
    half = told(desk[0]).replace('"how": "h"', '"how": "\\ud800"')  # JSON can name what has no UTF-8
    assert sent(http, half, b"x").status_code == 422
    assert len(http.get("/api/exhibits").json()["exhibits"]) == len(NAMES)


def test_over_http_a_full_disk_is_said_and_the_next_upload_is_kept(
    desk: tuple[Deps, int, str], http: httpx.Client, tmp_path: Path
) -> None:
    about = told(desk[0])
    with disk_of(2 * FRAME):
        answer = sent(http, about, os.urandom(3 * FRAME))
    assert answer.status_code == 507
    assert "磁盘已满" in answer.json()["zh"] and "no space is left" in answer.json()["en"]
    assert not [name for name in files(tmp_path) if name.startswith("exhibits/")]
    assert http.get("/api/exhibits").json() == {"exhibits": []}
    assert sent(http, about, b"x").status_code == 201


@pytest.mark.parametrize(
    "name", ["empty", "\u202egnp.exe", "-rf", "\n\x1b[2J", os.fsdecode(b"\xff\xfe.bin"), "长" * 80], ids=range(6)
)
def test_by_command_line_a_file_of_any_name_is_kept_and_comes_back(name: str, cli: Said, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    file = tmp_path / "in" / name
    file.write_bytes(b"" if name == "empty" else b"x")
    ad = an_ad(cli)
    before = set(files(tmp_path / "w"))
    by_a_detour = str(tmp_path / "w" / ".." / "in" / name)
    kept = json.loads(cli("exhibits", "add", by_a_detour, "--of", ad, *SAID, "--json"))
    assert set(files(tmp_path / "w")) - before <= {f"exhibits/{kept['id']}", "house.db-wal", "house.db-shm"}
    assert kept["size"] == file.stat().st_size
    shown = cli("exhibits", "list")
    assert "\u202e" not in shown and "\x1b" not in shown
    cli("exhibits", "get", kept["id"], "--out", str(tmp_path / "back"))
    assert (tmp_path / "back").read_bytes() == file.read_bytes()
    assert "1" in cli("exhibits", "check")


def test_in_a_terminal_that_speaks_utf_8_a_name_that_is_none_is_printed(cli: Said, tmp_path: Path) -> None:
    """A real process: its own stdout refuses what has no UTF-8."""
    file = tmp_path / os.fsdecode(b"\xff.bin")
    file.write_bytes(b"x")
    call = [sys.executable, "-m", "mingcha.cli.main", "--workspace", str(tmp_path / "w"), "exhibits"]
    done = subprocess.run([*call, "add", file, "--of", an_ad(cli), *SAID, "--json"], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)["about"]["name"] == file.name
    assert subprocess.run([*call, "list"], capture_output=True, check=True).stdout


@pytest.mark.parametrize("what", ["长" * 4_000, "folder", "pipe", "loop", "missing"])
def test_by_command_line_what_is_no_file_is_refused_in_words(what: str, cli: Said, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    ad = an_ad(cli)
    assert "error" in cli("exhibits", "add", str(tmp_path / what), "--of", ad, *SAID, code=3)
    assert listed(cli) == []
    assert not [name for name in files(tmp_path / "w") if name.startswith("exhibits/")]


def test_by_command_line_a_file_that_changes_while_it_is_read_is_refused(
    cli: Said, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, real = tmp_path / "f", wiring.file_pieces
    file.write_bytes(bytes(3 * FRAME))

    def changing(path: Path) -> Iterator[bytes]:
        for piece in real(path):
            yield piece
            with path.open("r+b") as sink:
                sink.write(b"\1")

    monkeypatch.setattr(wiring, "file_pieces", changing)
    said = cli("exhibits", "add", str(file), "--of", an_ad(cli), *SAID, code=3)
    assert "changed while it was read" in " ".join(said.split())
    assert listed(cli) == []
    monkeypatch.setattr(wiring, "file_pieces", real)
    cli("exhibits", "add", str(file), "--of", an_ad(cli), *SAID)
    assert [one["size"] for one in listed(cli)] == [3 * FRAME]


SCRIPT = """
mount -t tmpfs -o size=2m none "$1" || exit 99
shift
"$@" "$BIG"; echo "big $?"
"$@" "$SMALL"; echo "small $?"
"""


def test_by_command_line_a_disk_that_is_full_is_said_and_what_fits_is_kept(cli: Said, tmp_path: Path) -> None:
    if shutil.which("unshare") is None or subprocess.run(["unshare", "-rm", "true"], capture_output=True).returncode:
        pytest.skip("nothing can be mounted here")
    (tmp_path / "w" / "exhibits").mkdir(mode=0o700)
    big, small = tmp_path / "big", tmp_path / "small"
    big.write_bytes(os.urandom(4 * FRAME))
    small.write_bytes(b"x")
    call = [sys.executable, "-m", "mingcha.cli.main", "--workspace", str(tmp_path / "w"), "exhibits", "add"]
    line = [
        "unshare",
        "-rm",
        "sh",
        "-c",
        SCRIPT,
        "sh",
        str(tmp_path / "w" / "exhibits"),
        *call,
        "--of",
        an_ad(cli),
        *SAID,
    ]
    env = {**os.environ, "BIG": str(big), "SMALL": str(small), "MINGCHA_LOCALE": "en"}
    done = subprocess.run(line, capture_output=True, text=True, env=env, check=False)
    if done.returncode == 99:
        pytest.skip("nothing can be mounted here")
    assert "no space is left where exhibits are kept" in " ".join(done.stderr.split()), done.stderr
    assert "big 0" not in done.stdout and "small 0" in done.stdout, done.stdout
    assert [one["size"] for one in listed(cli)] == [1]


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Prepared]:
    """A house with a referral two agreed to."""
    place = tmp_path_factory.mktemp("pack") / "room"
    return place, prepare(place)


def test_a_pack_on_a_full_disk_leaves_nothing_and_is_built_when_there_is_room(ready: tuple[Path, Prepared]) -> None:
    place, has = ready
    before = files(place / "outside")
    with opened(place / "w") as deps:
        pack = build_pack(deps, ANN, has.case, has.agreed, lambda sheet, form, _: sheet.name.encode())
        for name in ("pack", "pack.zip"):
            with disk_of(2 * FRAME), pytest.raises(StoreTrouble, match="File too large"):
                wiring.write_bundle(place / "out" / name, pack.bundle, pack.read)
            assert list((place / "out").iterdir()) == []
        wiring.write_bundle(place / "out" / "pack", pack.bundle, pack.read)
    done = subprocess.run([sys.executable, "verify.py"], cwd=place / "out" / "pack", capture_output=True, check=False)
    assert done.returncode == 0
    assert files(place / "outside") == before
    shutil.rmtree(place / "out" / "pack")


def test_an_exhibit_changed_in_the_house_stops_the_pack_and_is_named(ready: tuple[Path, Prepared]) -> None:
    place, has = ready
    with opened(place / "w") as deps:
        copy = next(one for one in exhibits_of(deps, ANN, has.case) if one.about.derived_from)
        file = place / "w" / "exhibits" / copy.id
        whole = file.read_bytes()
        file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        pack = build_pack(deps, ANN, has.case, has.agreed, lambda sheet, form, _: sheet.name.encode())
        for name in ("pack", "pack.zip"):
            with pytest.raises(ExhibitChanged, match=copy.id):
                wiring.write_bundle(place / "out" / name, pack.bundle, pack.read)
        assert list((place / "out").iterdir()) == []
        file.write_bytes(whole)
