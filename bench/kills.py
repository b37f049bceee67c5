"""Acts killed by SIGKILL at chance moments, and before each boundary (file made, moved or removed, fsync, commit): what is left.

    python bench/kills.py [COUNT] [--seed N] [--at-once N] [--state FILE.jsonl] [--out FILE]

A house of the simulated town does, in a forked child, one of: keeping an exhibit of four frames, building a pack, sealing days, deciding
(merit, a second agreement to a referral, a note on a case), importing a file. The moment is drawn evenly over the time the act takes.
Then the house is opened again: an inspection must find nothing, what is held must be as before the act or as after it (of a pack or
an import with its file still missing: told as `between`), the act must succeed when it is done again, and files beside the workspace
must be untouched. `failed` must be empty. --state keeps what was tried, and a run that was stopped goes on from there.
"""

import argparse
import json
import random
import shutil
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from bench.frozen import heading, write
from rich.progress import track
from tests.hostile.kills import ACTS, Act, Killing

from mingcha.errors import MingchaError

PREPARED: list[Killing] = []  # before the processes fork that share it


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, nargs="?", default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--at-once", type=int, default=2)
    parser.add_argument("--state", type=Path)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    room = Path(tempfile.mkdtemp(dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
    try:
        PREPARED.append(Killing(room))
        tried = _tried(PREPARED[0], asked)
    finally:
        shutil.rmtree(room)
    out = {
        **heading(f"kills.py {asked.count} --seed {asked.seed}"),
        "random_kills": asked.count,
        "failed": [one for one in tried if "failed" in one],
        "left_by_random_kills": _left(one for one in tried if "boundary" not in one),
        "left_at_boundaries": _left(one for one in tried if "boundary" in one),
        "boundaries": dict(Counter(one["boundary"] for one in tried if "boundary" in one)),
    }
    write(out, asked.out)
    raise SystemExit(1 if out["failed"] else 0)


def _tried(killing: Killing, asked: argparse.Namespace) -> list[dict[str, Any]]:
    """Everything that was to be tried, with what came of it."""
    state, known = asked.state, dict[str, dict[str, Any]]()
    if state and state.exists():
        known = {one["name"]: one for one in map(json.loads, state.read_text(encoding="utf-8").splitlines())}
    every = _to_try(killing, asked.count, asked.seed)
    left = [one for one in every if one[0]["name"] not in known]
    with ProcessPoolExecutor(asked.at_once, mp_context=get_context("fork")) as pool:
        for done in track(pool.map(_try, *zip(*left, strict=True)) if left else (), "kills", len(left)):
            known[done["name"]] = done
            if state:
                with state.open("a", encoding="utf-8") as sink:
                    sink.write(json.dumps(done, ensure_ascii=False) + "\n")
    return [known[one["name"]] for one, _, _ in every]


def _to_try(killing: Killing, count: int, seed: int) -> list[tuple[dict[str, Any], Act, float | int]]:
    groups = list(ACTS.items())
    found: list[tuple[dict[str, Any], Act, float | int]] = []
    for n in range(count):
        group, acts = groups[n % len(groups)]
        rng = random.Random(f"{seed}/{n}")
        act = acts[n // len(groups) % len(acts)]
        found.append(({"name": f"{seed}/{n}", "group": group}, act, rng.uniform(0, 1.05) * killing.lasts[act]))
    for group, acts in groups:
        for act in acts:
            for n, boundary in enumerate(killing.passes[act], 1):
                found.append(({"name": f"{act.__name__}:{n}", "group": group, "boundary": boundary}, act, n))
    return found


def _try(one: dict[str, Any], act: Act, at: float | int) -> dict[str, Any]:
    try:
        return {**one, "left": PREPARED[0].try_one(act, at)}
    except (AssertionError, MingchaError) as error:
        return {**one, "act": act.__name__, "at": at, "failed": str(error)}


def _left(tried: Any) -> dict[str, dict[str, int]]:
    counted: dict[str, Counter[str]] = {group: Counter() for group in ACTS}
    for one in tried:
        counted[one["group"]][one.get("left", "failed")] += 1
    return {group: dict(sorted(left.items())) for group, left in counted.items()}


if __name__ == "__main__":
    main()
