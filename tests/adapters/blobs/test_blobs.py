"""Frames in files: one suite with memory, no flipped byte unseen, all or nothing when killed, a full disk said."""

import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingcha.actions.ports.blobs import Blobs
from mingcha.actions.ports.keys import Keys
from mingcha.adapters.blobs import FileBlobs, MemoryBlobs, copy_blobs
from mingcha.adapters.keys import create
from mingcha.errors import ExhibitChanged, ExhibitMissing, StoreTrouble
from mingcha.model.exhibit import FRAME
from mingcha.testing.blobs_suite import BLOBS, ONE, TWO, kept, patterned, read

STORED = FRAME + 28


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    return create(tmp_path_factory.mktemp("k") / "keys.json", dev=True)


@pytest.mark.parametrize("where", ["file", "memory"])
@pytest.mark.parametrize("check", BLOBS, ids=lambda check: check.__name__)
def test_blobs(check: Callable[[Blobs, Keys], None], where: str, keys: Keys, tmp_path: Path) -> None:
    check(FileBlobs(tmp_path / "exhibits") if where == "file" else MemoryBlobs(), keys)


@contextmanager
def _one(keys: Keys, size: int) -> Iterator[tuple[Path, Callable[[], bytes]]]:
    """A file of one exhibit, and reading it."""
    with tempfile.TemporaryDirectory() as folder:
        blobs = FileBlobs(Path(folder))
        written, wrapped = kept(blobs, keys, ONE, patterned(size))
        yield Path(folder) / ONE, lambda: read(blobs, keys, ONE, written, wrapped)


@settings(max_examples=60, deadline=None)
@given(size=st.sampled_from([0, 1, 500, FRAME, FRAME + 100]), at=st.integers(0, 2**31), bit=st.integers(0, 7))
def test_any_flipped_bit_is_caught_and_its_frame_named(keys: Keys, size: int, at: int, bit: int) -> None:
    with _one(keys, size) as (file, back):
        data = bytearray(file.read_bytes())
        at %= len(data)
        data[at] ^= 1 << bit
        file.write_bytes(data)
        with pytest.raises(ExhibitChanged) as raised:
            back()
        assert raised.value.facts["frame"] == at // STORED + 1


MOVED: dict[str, Callable[[list[bytes]], list[bytes]]] = {
    "swapped": lambda frames: [frames[1], frames[0], *frames[2:]],
    "the first dropped": lambda frames: frames[1:],
    "the last dropped": lambda frames: frames[:-1],
    "twice": lambda frames: [frames[0], *frames],
    "one more": lambda frames: [*frames, frames[-1]],
    "cut inside": lambda frames: [*frames[:-1], frames[-1][:-1]],
    "a byte more": lambda frames: [*frames, b"\0"],
    "emptied": lambda frames: [],
}


@pytest.mark.parametrize("how", MOVED)
def test_no_frame_is_swapped_dropped_or_added(how: str, keys: Keys) -> None:
    with _one(keys, 2 * FRAME + 9) as (file, back):
        data = file.read_bytes()
        frames = [data[n : n + STORED] for n in range(0, len(data), STORED)]
        assert len(frames) == 3
        file.write_bytes(b"".join(MOVED[how](frames)))
        with pytest.raises(ExhibitChanged, match="frame"):
            back()


def test_files_of_two_exhibits_are_not_exchanged(keys: Keys, tmp_path: Path) -> None:
    blobs = FileBlobs(tmp_path)
    held = {id_: kept(blobs, keys, id_, patterned(99)) for id_ in (ONE, TWO)}
    one, two = (tmp_path / ONE).read_bytes(), (tmp_path / TWO).read_bytes()
    (tmp_path / ONE).write_bytes(two)
    (tmp_path / TWO).write_bytes(one)
    for id_, (written, wrapped) in held.items():
        with pytest.raises(ExhibitChanged, match="frame 1"):
            read(blobs, keys, id_, written, wrapped)


def test_even_with_a_list_made_to_fit_a_frame_opens_only_in_its_place(keys: Keys, tmp_path: Path) -> None:
    """Whoever can write the list of frames too, but has no key, moves nothing."""
    blobs = FileBlobs(tmp_path)
    written, wrapped = kept(blobs, keys, ONE, patterned(2 * FRAME))
    data, frames = (tmp_path / ONE).read_bytes(), written.frames
    (tmp_path / ONE).write_bytes(data[STORED:] + data[:STORED])
    for listed, file in ((frames[32:] + frames[:32], data[STORED:] + data[:STORED]), (frames[:32], data[:STORED])):
        (tmp_path / ONE).write_bytes(file)
        with pytest.raises(ExhibitChanged, match="frame 1"):
            list(blobs.read(ONE, listed, keys.parts_of(wrapped, ONE.encode())))


@pytest.mark.parametrize("name", ["../EX-A", "EX-A\0", "", ".", "incoming", "EX-a", "/etc/passwd", "EX-" + "A" * 99])
def test_only_ids_are_names_of_files(name: str, keys: Keys, tmp_path: Path) -> None:
    blobs = FileBlobs(tmp_path / "exhibits")
    with pytest.raises(ExhibitMissing):
        list(blobs.read(name, bytes(32), keys.parts(b"x")))
    with pytest.raises(ExhibitMissing):
        blobs.remove([name])
    with pytest.raises(ExhibitMissing), blobs.keep(name, [b"x"], keys.parts(b"x")):
        pass


def test_files_are_their_owners_alone_and_hold_nothing_in_clear(keys: Keys, tmp_path: Path) -> None:
    kept(FileBlobs(tmp_path / "exhibits"), keys, ONE, "机密聊天记录".encode() * 99)
    (file,) = [one for one in (tmp_path / "exhibits").rglob("*") if one.is_file()]
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert "机密".encode() not in file.read_bytes()


KEEPER = """
import sys, time
from pathlib import Path
from mingcha.adapters.blobs import FileBlobs
from mingcha.adapters.keys import load
keys = load(Path(sys.argv[1]) / "keys.json")
def source():
    yield bytes(3_000_000)
    if sys.argv[2] == "reading":
        print("here", flush=True); time.sleep(60)
with FileBlobs(Path(sys.argv[1]) / "exhibits").keep("EX-A", source(), keys.parts(b"EX-A")):
    if sys.argv[2] == "naming":
        print("here", flush=True); time.sleep(60)
print("here", flush=True); time.sleep(60)
"""


@pytest.mark.parametrize(("when", "left", "after"), [("reading", 1, 0), ("naming", 1, 0), ("kept", 0, 1)])
def test_a_kill_leaves_all_or_nothing(when: str, left: int, after: int, tmp_path: Path) -> None:
    create(tmp_path / "keys.json", dev=True)
    folder = tmp_path / "exhibits"
    blobs = FileBlobs(folder)

    def files(of: Path) -> int:
        return sum(one.is_file() for one in of.iterdir())

    command = [sys.executable, "-c", KEEPER, str(tmp_path), when]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"here\n"
        blobs.settle(lambda ids: [])
        assert files(folder / "incoming") == left, "nobody's file goes while they are at work"
        process.send_signal(signal.SIGKILL)
    blobs.settle(lambda ids: [])
    assert (files(folder / "incoming"), files(folder)) == (0, after)


FULL = """
import resource, sys
from pathlib import Path
from mingcha.adapters.blobs import FileBlobs
from mingcha.adapters.keys import load
from mingcha.errors import StoreTrouble
resource.setrlimit(resource.RLIMIT_FSIZE, (2_500_000, 2_500_000))
blobs, parts = FileBlobs(Path(sys.argv[1]) / "exhibits"), load(Path(sys.argv[1]) / "keys.json").parts(b"EX-A")
try:
    with blobs.keep("EX-A", (bytes(1 << 20) for _ in range(9)), parts):
        print("kept")
except StoreTrouble as trouble:
    print(trouble.say("zh"), trouble.say("en"))
"""


def test_a_full_disk_is_said_and_leaves_nothing(keys: Keys, tmp_path: Path) -> None:
    create(tmp_path / "keys.json", dev=True)
    blobs = FileBlobs(tmp_path / "exhibits")
    written, wrapped = kept(blobs, keys, TWO, b"abc")
    done = subprocess.run([sys.executable, "-c", FULL, str(tmp_path)], capture_output=True, text=True, check=True)
    assert "磁盘已满" in done.stdout
    assert "no space is left" in done.stdout
    assert [one.name for one in (tmp_path / "exhibits").rglob("*") if one.is_file()] == [TWO]
    assert read(blobs, keys, TWO, written, wrapped) == b"abc"


def test_a_folder_that_cannot_be_written_is_said(keys: Keys, tmp_path: Path) -> None:
    (tmp_path / "exhibits").write_text("a file where the folder should be")
    with pytest.raises(StoreTrouble, match="disk"):
        kept(FileBlobs(tmp_path / "exhibits"), keys, ONE, b"abc")


def test_a_copy_holds_what_is_held_and_nothing_else(keys: Keys, tmp_path: Path) -> None:
    source, target = tmp_path / "exhibits", tmp_path / "copy"
    assert copy_blobs(source, target) == 0
    assert not target.exists()
    blobs = FileBlobs(source)
    held = {id_: kept(blobs, keys, id_, patterned(FRAME + 5)) for id_ in (ONE, TWO)}
    assert copy_blobs(source, target) == 2
    first = (target / ONE).stat()
    blobs.remove([TWO])
    (target / "note.txt").write_text("somebody's")
    time.sleep(0.01)
    assert copy_blobs(source, target) == 1
    assert sorted(one.name for one in target.iterdir()) == [ONE, "note.txt"], "what was erased goes from the copy too"
    assert (target / ONE).stat().st_mtime_ns == first.st_mtime_ns, "what is there is not copied again"
    assert read(FileBlobs(target), keys, ONE, *held[ONE]) == patterned(FRAME + 5)


def test_memory_stays_flat(keys: Keys, tmp_path: Path) -> None:
    code = (
        "import sys, resource; from pathlib import Path; from mingcha.adapters.blobs import FileBlobs;"
        "from mingcha.adapters.keys import create; p = Path(sys.argv[1]); b = FileBlobs(p / 'e');"
        "k = create(p / 'keys.json', dev=True).parts(b'x'); peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "def keep(n):\n  with b.keep('EX-A', (bytes(1 << 20) for _ in range(n)), k) as w: pass\n"
        "  assert sum(map(len, b.read('EX-A', w.frames, k))) == n << 20\n"
        "keep(4); before = peak(); keep(100); print(peak() - before)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 16_000, "KiB more for a hundred times a frame"
