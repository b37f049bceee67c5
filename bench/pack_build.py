"""An evidence bundle of 500 exhibits and 2 GB: seconds and memory to build it and to check it.

    python bench/pack_build.py [COUNT BYTES] [--out FILE]

Exhibits are made as they are read (a seeded stream, so that no disk is read for them); each tool runs in its own process and its
peak memory is that of the process. verify.py is the copy inside the bundle, run by the Python that runs this. The files are
removed afterwards.
"""

import argparse
import hashlib
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.frozen import heading, write

from mingcha.adapters.bundle import tools, write_folder, write_zip
from mingcha.evidence.bundle import plan
from mingcha.evidence.canonical import canonical
from mingcha.evidence.commitment import commitment
from mingcha.evidence.seal import seal
from mingcha.model.bundle import Bundle, Entry, Sealed
from mingcha.model.stored import Link

PIECE = 1 << 20
AT = datetime(2026, 3, 1, tzinfo=UTC)


def pieces(number: int, size: int) -> Iterable[bytes]:
    """The bytes of an exhibit: one block of SHAKE-256, turned a little for each piece."""
    block = hashlib.shake_256(str(number).encode()).digest(PIECE)
    for at in range(0, size, PIECE):
        turn = at // PIECE % PIECE
        yield (block[turn:] + block[:turn])[: size - at]


def made(count: int, size: int) -> Bundle:
    """The bundle, with the digests that the house would have recorded when it took the exhibits in."""
    links: list[Link] = []
    entries = []
    for number in range(1, count + 1):
        sums = hashlib.sha256(), hashlib.new("sm3")
        for piece in pieces(number, size):
            for one in sums:
                one.update(piece)
        digest, salt = sums[0].hexdigest(), hashlib.sha256(str(number).encode()).digest()[:16]
        said = canonical({"sha256": digest, "size": size})
        act = {"act": "keep_exhibit", "commitment": commitment(said, salt), "suite": "intl@bench"}
        links.append(seal("custody", links[-1] if links else None, act, AT))
        entries.append(
            Entry(
                name=f"{number}.wav",
                kind="call",
                size=size,
                sha256=digest,
                sm3=sums[1].hexdigest(),
                taken_by="u",
                taken_at=AT,
                source_system="calls",
                how="export",
                sealed=Sealed("custody", number, salt.hex(), said.decode()),
            )
        )
    told = {"case": "C-1", "organisation": "bench", "made_by": "u", "made_at": AT, "suite": "intl@bench"}
    return Bundle(exhibits=tuple(entries), custody=tuple(links), **told)  # type: ignore[arg-type]  # strings and a time


def built(room: Path, count: int, size: int, form: str) -> None:
    """In a process of its own: recorded first, then timed from the plan to the bundle in its place."""
    bundle = made(count, size)
    before, began = _peak(), time.monotonic()
    done = plan(bundle, tools())
    {"folder": write_folder, "zip": write_zip}[form](room / f"bag.{form}", done, lambda number: pieces(number, size))
    seconds = time.monotonic() - began
    print(json.dumps({"seconds": round(seconds, 1), "peak_mib": _peak(), "peak_before_mib": before, "root": done.root}))


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def own(room: Path, asked: Any, form: str) -> dict[str, Any]:
    """`built` in its own process."""
    call = [sys.executable, __file__, str(asked.count), str(asked.bytes), "--room", str(room), "--form", form]
    done = subprocess.run(call, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


def checked(bag: Path, root: str) -> dict[str, Any]:
    """The bundle's own verify.py, with the root on the slip."""
    began = time.monotonic()
    with subprocess.Popen(
        [sys.executable, "-I", "-S", str(bag / "verify.py"), root], stdout=subprocess.PIPE
    ) as running:
        assert running.stdout
        text = running.stdout.read().decode()
        _, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    assert running.returncode == 0, text
    assert "anchored outside" in text
    return {"seconds": round(time.monotonic() - began, 1), "peak_mib": used.ru_maxrss // 1024}


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, nargs="?", default=500)
    parser.add_argument("bytes", type=int, nargs="?", default=4 << 20, help="of each exhibit")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--room", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--form", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.room:
        built(asked.room, asked.count, asked.bytes, asked.form)
        return
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as name:
        room = Path(name)
        folder = own(room, asked, "folder")
        check = checked(room / "bag.folder", folder.pop("root"))
        shutil.rmtree(room / "bag.folder")
        pack = own(room, asked, "zip")
        pack.pop("root")
    out = {
        **heading(f"pack_build.py {asked.count} {asked.bytes}"),
        "exhibits": asked.count,
        "gib": round(asked.count * asked.bytes / 2**30, 2),
        "load_before": round(load, 1),
        "build_folder": folder,
        "verify_folder": check,
        "build_zip": pack,
    }
    write(out, asked.out)


if __name__ == "__main__":
    main()
