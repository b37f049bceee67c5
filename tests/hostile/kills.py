"""Acts killed at a chance moment, or at each boundary in turn: what is found afterwards is one of the states allowed, and whole.

An act is done by a forked child in a copy of a prepared room; whoever killed it looks at the copy as the next user would, and does
it again. A kill is no power cut: what the kernel was given, it keeps.
"""

import os
import shutil
import signal
import sqlite3
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from tests.hostile.prepared import ANN, HANNA, INSPECTION, LEO, Prepared, about, opened, prepare

from mingcha.actions.casework import agree_to_referral, work_on_case
from mingcha.actions.day_checks import Outside, check_days
from mingcha.actions.day_roots import seal_days
from mingcha.actions.decide import decide_merit
from mingcha.actions.deps import Deps
from mingcha.actions.exhibits import check_exhibits, keep_exhibit
from mingcha.actions.inspection.inspect import Asked, inspect
from mingcha.actions.referral_pack import build_pack
from mingcha.actions.take_in import SourceFile, take_in
from mingcha.actions.verify import verify
from mingcha.adapters.keys.audit import genuine
from mingcha.errors import InputError, NotPermitted
from mingcha.evidence.canonical import parse
from mingcha.model.case import Noted
from mingcha.model.days import DayState
from mingcha.model.decision import MeritVerdict
from mingcha.model.exhibit import Wholeness
from mingcha.model.sheet import Sheet
from mingcha.standards.calendar import local_day
from mingcha.wiring import file_pieces, intake_door, sheet_file, write_bundle

READY = b"r"
STEP = 0.0005  # seconds between two looks at a child
LOOK = os.WEXITED | os.WNOHANG | os.WNOWAIT
PACK, REJECTS = "pack", "rejects.csv"
INSPECTED = ("inspect", "clock_moves")  # what looking adds to the log
State = Counter[str]


@dataclass(frozen=True, slots=True)
class Room:
    """A copy of what was prepared: the workspace `w`, files in `outside` nobody may touch, and `out` to write to."""

    place: Path
    has: Prepared

    @property
    def out(self) -> Path:
        """Where packs and rows handed back go."""
        return self.place / "out"


Act = Callable[[Deps, Room], None]


def keep(deps: Deps, room: Room) -> None:
    """Keep an exhibit of four frames, as `exhibits add` does."""
    keep_exhibit(deps, ANN, file_pieces(room.place / "outside" / "call.wav"), about("call.wav", room.has.case))


def pack(deps: Deps, room: Room) -> None:
    """Build the pack of a referral into a folder, as `cases pack` does; beside the first where that is there, which is told."""
    made = build_pack(deps, ANN, room.has.case, room.has.agreed, _rendered)
    try:
        write_bundle(room.out / PACK, made.bundle, made.read)
    except InputError:
        write_bundle(room.out / f"{PACK}2", made.bundle, made.read)


def days(deps: Deps, room: Room) -> None:
    """Sign the days that are over, as `days seal` does."""
    seal_days(deps, INSPECTION, room.has.key)


def merit(deps: Deps, room: Room) -> None:
    """Decide the merit of a complaint."""
    decide_merit(deps, HANNA, room.has.complaint, MeritVerdict.NOT_UPHELD, (), "已核查")


def agree(deps: Deps, room: Room) -> None:
    """Agree to a referral, the second of two."""
    agree_to_referral(deps, LEO, room.has.case, room.has.drafted)


def note(deps: Deps, room: Room) -> None:
    """Work on a case."""
    work_on_case(deps, ANN, room.has.case, Noted("通话一次"))


def bring(deps: Deps, room: Room) -> None:
    """Import a file of which two rows are handed back, as `import` does."""
    door = intake_door("complaints", room.place / "outside" / "more.csv", None, "more")
    source = SourceFile(kind=door.kind, name="more.csv", digest=door.digest, system=door.system)
    with door.reject_file(room.out / REJECTS) as bad:
        take_in(deps, HANNA, source, door.rows(), reject=bad.add)


ACTS: dict[str, tuple[Act, ...]] = {
    "keeping an exhibit": (keep,),
    "building a pack": (pack,),
    "sealing days": (days,),
    "deciding": (merit, agree, note),
    "importing": (bring,),
}
EVERY = tuple(act for acts in ACTS.values() for act in acts)


AGAIN: dict[Act, dict[str, int]] = {  # what doing it once more adds where it was kept and its file was not there yet
    pack: {"act access build_pack": 1},
    bring: {"act custody take_in": 1, "rows batches": 1},
}


class Killing:
    """The room as prepared; by act: seconds it takes, boundaries it passes in their order, and what it leaves when it is done."""

    def __init__(self, base: Path) -> None:
        self._base = base
        self._template = Room(base / "template", prepare(base / "template"))
        self._outside = _digests(self._template.place / "outside")
        self.lasts: dict[Act, float] = {}
        self.passes: dict[Act, tuple[str, ...]] = {}
        self._after: dict[Act, State] = {}
        with self._copy() as room, opened(room.place / "w") as deps:
            self._before = _state(deps, room)
            pack(deps, room)  # its papers are rendered once, for all: the child then starts no threads of its own
        for act in EVERY:
            self._measure(act)

    def try_one(self, act: Act, at: float | int) -> str:
        """Kill an act after so many seconds of work (float) or before its n-th boundary (int), look, do it again; what the kill left."""
        with self._copy() as room:
            _killed(act, room, at)
            with opened(room.place / "w") as deps:
                found = _state(deps, room)
                left = self._which(act, found)
                _sound(deps)
                try:
                    act(deps, room)
                except NotPermitted:
                    assert (act, left) == (agree, "after"), "nothing but agreeing twice is refused"
                again = _state(deps, room)
                assert not any(one.broken_at for one in verify(deps, INSPECTION)), "the chains hold"
            if left != "after":
                due = self._after[act] + Counter(AGAIN[act] if left == "between" else {})
                assert again == due, _unlike(again, due)
            assert not [one for one in room.out.iterdir() if one.name.endswith(".part")], "what was left is swept"
            assert _digests(room.place / "outside") == self._outside, "what lies outside was touched"
        return left

    def _which(self, act: Act, found: State) -> str:
        """Which of the states allowed it is."""
        after = self._after[act]
        allowed = {"before": self._before, "after": after}
        if act in AGAIN:
            allowed["between"] = Counter({name: n for name, n in after.items() if not name.startswith("out ")})
        for name, state in allowed.items():
            if found == state:
                return name
        raise AssertionError({name: _unlike(found, state) for name, state in allowed.items()})

    def _measure(self, act: Act) -> None:
        """Do an act to its end, once for its time and once for its boundaries."""
        with self._copy() as room:
            pid, told = _forked(act, room, None)
            began = _worked(pid)
            self.passes[act] = tuple(_rest(told).split())
            _, ended, used = os.wait4(pid, 0)
            self.lasts[act] = used.ru_utime + used.ru_stime - began
            assert ended == 0, f"{act.__name__} failed"
            with opened(room.place / "w") as deps:
                self._after[act] = _state(deps, room)

    @contextmanager
    def _copy(self) -> Iterator[Room]:
        room = replace(self._template, place=self._base / f"room{os.getpid()}")
        shutil.copytree(self._template.place, room.place)
        try:
            yield room
        finally:
            shutil.rmtree(room.place)


def _killed(act: Act, room: Room, at: float | int) -> None:
    pid, told = _forked(act, room, at if isinstance(at, int) else None)
    if isinstance(at, float):
        began = _worked(pid)
        while _worked(pid) - began < at and os.waitid(os.P_PID, pid, LOOK) is None:
            time.sleep(STEP)
        os.kill(pid, signal.SIGKILL)
    os.close(told)
    ended = os.waitpid(pid, 0)[1]
    assert os.WIFSIGNALED(ended) or isinstance(at, float), "it never came to this boundary"
    assert os.WIFSIGNALED(ended) or ended == 0, f"{act.__name__} failed by itself"


def _worked(pid: int) -> float:
    """Seconds a process has had on a processor: however busy the machine is, a moment is the same place in what it does."""
    return time.clock_gettime((~pid << 3) | 2)  # its clock by number, as clock_getcpuclockid(3) makes it on Linux


def _forked(act: Act, room: Room, boundary: int | None) -> tuple[int, int]:
    """A child about to act: its id, and where it says what it passed."""
    told, tell = os.pipe()
    pid = os.fork()
    if pid:
        os.close(tell)
        assert os.read(told, 1) == READY
        return pid, told
    try:
        with opened(room.place / "w") as deps:
            passed = _watched(deps, room, boundary)
            os.write(tell, READY)
            act(deps, room)
            os.write(tell, " ".join(passed).encode())
            os.close(tell)
        os._exit(0)
    except BaseException:  # reason: whatever it is, the child says it and is no second test run
        traceback.print_exc()
        os._exit(1)


def _watched(deps: Deps, room: Room, boundary: int | None) -> list[str]:
    """Names of what is passed, as it is passed; the process kills itself before the one of this number."""
    passed: list[str] = []

    def reached(name: str) -> None:
        passed.append(name)
        if len(passed) == boundary:
            os.kill(os.getpid(), signal.SIGKILL)

    def seen(event: str, arguments: tuple[Any, ...]) -> None:
        if event in ("os.rename", "os.remove", "os.mkdir", "os.rmdir"):
            reached(event.removeprefix("os."))
        elif (
            event == "open"
            and str(arguments[0]).startswith(str(room.place))
            and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        ):
            reached("open")

    sync = os.fsync

    def synced(handle: int) -> None:
        reached("fsync")
        sync(handle)

    os.fsync = synced
    sys.addaudithook(seen)
    sa.event.listen(deps.store.engine, "commit", lambda _: reached("commit"))  # type: ignore[attr-defined]  # it is SQLite's
    return passed


def _rest(told: int) -> str:
    with os.fdopen(told) as source:
        return source.read()


def _state(deps: Deps, room: Room) -> State:
    """What the house and `out` hold, counted; what a crash left among the exhibits is cleared up first, as by `exhibits check`."""
    found = Counter(f"exhibit {one.found.value}" for one in check_exhibits(deps, INSPECTION))
    assert set(found) == {f"exhibit {Wholeness.WHOLE.value}"}, found
    found.update(f"file {one.parent.name}" for one in (room.place / "w" / "exhibits").rglob("*") if one.is_file())
    with closing(sqlite3.connect(room.place / "w" / "house.db")) as plain:
        tables = plain.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_index%'")
        for (table,) in tables.fetchall():
            found[f"rows {table}"] = plain.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    del found["rows links"]  # by their acts:
    with deps.store.read() as work:
        links = [(name, parse(link.payload)["act"]) for name in work.chains.names() for link in work.chains.read(name)]
    found.update(f"act {name} {act}" for name, act in links if act not in INSPECTED)
    found.update(f"out {name} {digest}" for name, digest in _digests(room.out).items() if ".part" not in name)
    return +found


def _sound(deps: Deps) -> None:
    """An inspection finds nothing: chains, records, books, exhibits; and the days that are sealed hold."""
    today = local_day(deps.now())
    flaws = inspect(deps, INSPECTION, Asked(first=today, last=today, seed="kill", sample=0)).flaws
    assert not flaws, flaws
    states = {one.state for one in check_days(deps, INSPECTION, Outside(genuine=genuine)).days}
    assert states <= {DayState.HOLDS, DayState.WAITS}, states


def _digests(folder: Path) -> dict[str, str]:
    files = (one for one in sorted(folder.rglob("*")) if one.is_file())
    return {str(one.relative_to(folder)): sha256(one.read_bytes()).hexdigest() for one in files}


def _unlike(found: State, due: State) -> dict[str, tuple[int, int]]:
    """What is counted otherwise: found, due."""
    return {name: (found[name], due[name]) for name in sorted({*found, *due}) if found[name] != due[name]}


def _rendered(sheet: Sheet, form: str, at: datetime) -> bytes:
    asked = (sheet.name, form, at)
    if asked not in _PAPERS:
        _PAPERS[asked] = sheet_file(sheet, form, "zh-CN", at)
    return _PAPERS[asked]


_PAPERS: dict[tuple[str, str, datetime], bytes] = {}
