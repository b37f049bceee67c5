"""A bundle is there whole or not at all: changed exhibits, a full disk, a kill at any moment; the ZIP is the folder."""

import os
import random
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from tests.evidence.bundles import BYTES, bundle, from_bytes, written
from tests.evidence.tampering import read

from mingcha.adapters.bundle import tools, write_folder, write_zip
from mingcha.errors import InputError, UnreadableFile
from mingcha.evidence.bundle import plan
from mingcha.evidence.verify_pack import Check

KILLS = 12
CHILD = """
import sys
from hashlib import sha256
from pathlib import Path
from mingcha.adapters.bundle import tools, write_folder, write_zip
from mingcha.evidence.bundle import plan
from tests.evidence.bundles import bundle, from_bytes
data = [bytes([n]) * 60_000 for n in range(6)]
made = plan(bundle(data, ["a"] * 6), tools())
print("ready", flush=True)
{"folder": write_folder, "zip": write_zip}[sys.argv[1]](Path(sys.argv[2]), made, from_bytes(data))
"""


def child(*arguments: str, before: str = "") -> list[str]:
    return [sys.executable, "-c", before + CHILD, *arguments]


def test_the_zip_holds_the_folder_and_is_the_same_each_time(tmp_path: Path) -> None:
    made = written(tmp_path / "bag")
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_zip(tmp_path / name / "bag.zip", made, from_bytes())
    data = (tmp_path / "one" / "bag.zip").read_bytes()
    assert data == (tmp_path / "two" / "bag.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one" / "bag.zip") as pack:
        assert pack.testzip() is None
        assert {info.compress_type for info in pack.infolist()} == {zipfile.ZIP_STORED}
        assert pack.namelist() == sorted(pack.namelist())
        pack.extractall(tmp_path / "out")
    assert read(tmp_path / "out" / "bag") == read(tmp_path / "bag")


def test_a_flipped_bit_of_the_zip_is_found_or_changes_nothing_inside(tmp_path: Path) -> None:
    write_zip(tmp_path / "bag.zip", plan(bundle(), tools()), from_bytes())
    whole, rng = (tmp_path / "bag.zip").read_bytes(), random.Random(3)
    with zipfile.ZipFile(tmp_path / "bag.zip") as pack:
        genuine = {name: pack.read(name) for name in pack.namelist()}
    for _ in range(300):
        bad = bytearray(whole)
        bad[rng.randrange(len(bad))] ^= 1 << rng.randrange(8)
        (tmp_path / "bad.zip").write_bytes(bad)
        try:
            with zipfile.ZipFile(tmp_path / "bad.zip") as pack:
                same = {name: pack.read(name) for name in pack.namelist()} == genuine
        except (zipfile.BadZipFile, RuntimeError, OSError, ValueError, EOFError):
            continue
        assert same or set(pack.namelist()) != set(genuine)


def test_what_is_there_is_never_written_over(tmp_path: Path) -> None:
    made = plan(bundle(), tools())
    (tmp_path / "bag").mkdir()
    (tmp_path / "link.zip").symlink_to(tmp_path / "nowhere")
    with pytest.raises(InputError):
        write_folder(tmp_path / "bag", made, from_bytes())
    with pytest.raises(InputError):
        write_zip(tmp_path / "link.zip", made, from_bytes())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bag", "link.zip"]


def test_an_exhibit_that_cannot_be_read_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    def read_or_fail(number: int) -> Iterable[bytes]:
        yield BYTES[number - 1]
        if number == 2:
            raise OSError(5, "Input/output error")

    for write, name in ((write_folder, "bag"), (write_zip, "bag.zip")):
        with pytest.raises(UnreadableFile, match=r"data/002-.*Input/output error"):
            write(tmp_path / name, plan(bundle(), tools()), read_or_fail)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("what", ["folder", "zip"])
def test_a_file_system_that_refuses_leaves_nothing(what: str, tmp_path: Path) -> None:
    limit = "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))\n"
    done = subprocess.run(
        child(what, str(tmp_path / "bag.zip"), before=limit), capture_output=True, text=True, env=_env()
    )
    assert re.search(r"StoreTrouble: The store refused \(File too large\)", done.stderr), done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("what", ["folder", "zip"])
def test_a_full_disk_leaves_nothing(what: str, tmp_path: Path) -> None:
    script = 'mount -t tmpfs -o size=200k none "$0" && touch "$0/mine" && { "$@"; ls -A "$0"; }'
    call = ["unshare", "-rm", "sh", "-c", script, str(tmp_path), *child(what, str(tmp_path / "bag.zip"))]
    if subprocess.run(
        ["unshare", "-rm", "mount", "-t", "tmpfs", "none", str(tmp_path)], capture_output=True
    ).returncode:
        return  # nothing can be mounted here: the test above refuses by another limit
    done = subprocess.run(call, capture_output=True, text=True, env=_env())
    assert "StoreTrouble: The store refused (No space left on device)" in done.stderr, done.stderr
    assert done.stdout == "ready\nmine\n"


def test_a_kill_at_any_moment_leaves_all_or_nothing(tmp_path: Path) -> None:
    rng, whole = random.Random(11), 0
    for n in range(KILLS):
        what = ("folder", "zip")[n % 2]
        target = tmp_path / f"bag-{what}.zip"
        running = subprocess.Popen(child(what, str(target)), stdout=subprocess.PIPE, env=_env())
        assert running.stdout
        assert running.stdout.readline() == b"ready\n"
        time.sleep(rng.uniform(0, 0.1))
        running.kill()
        running.wait()
        running.stdout.close()
        if target.exists():
            whole += 1
            _whole(target, tmp_path / f"out{n}")
            target.rename(tmp_path / f"done{n}")
    for what in ("folder", "zip"):
        subprocess.run(
            child(what, str(tmp_path / f"bag-{what}.zip")), check=True, stdout=subprocess.DEVNULL, env=_env()
        )
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".part")], "what was left is swept"
    assert whole < KILLS


def test_what_a_kill_left_after_the_last_step_is_swept_though_the_bundle_is_there(tmp_path: Path) -> None:
    made = plan(bundle(), tools())
    (tmp_path / "bag").mkdir()
    (tmp_path / ".bag.x.part").mkdir()
    with pytest.raises(InputError):
        write_folder(tmp_path / "bag", made, from_bytes())
    assert [path.name for path in tmp_path.iterdir()] == ["bag"]


def _whole(target: Path, room: Path) -> None:
    if target.is_file():
        with zipfile.ZipFile(target) as pack:
            pack.extractall(room)
        target = next(room.iterdir())
    check = Check(str(target))
    check.run()
    assert check.problems == []


def _env() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(["src", "."])}


def test_two_builds_of_one_bundle_never_mix(tmp_path: Path) -> None:
    """Each writes apart; one of them stands, whole, and the other is told."""
    both = [
        subprocess.Popen(
            child("folder", str(tmp_path / "bag")), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=_env()
        )
        for _ in "ab"
    ]
    for one in both:
        one.wait()
    assert sorted(one.returncode for one in both) == [0, 1]
    _whole(tmp_path / "bag", tmp_path / "out")
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".part")]


def test_the_guide_uses_what_every_system_has() -> None:
    guide = tools()["核验说明.txt"].decode("utf-8-sig")
    assert guide.count("\r\n") == guide.count("\n")
    for command in ("certutil -hashfile", "sha256sum -c", "shasum -a 256"):
        assert guide.count(command) >= 2, "once in each language"


def test_the_by_hand_digest_is_on_the_slip(tmp_path: Path) -> None:
    made = written(tmp_path / "bag")
    done = subprocess.run(
        ["sha256sum", "manifest-sha256.txt"], cwd=tmp_path / "bag", capture_output=True, text=True, check=True
    )
    assert done.stdout.split()[0] == made.manifest
