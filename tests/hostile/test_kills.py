"""A sample of `bench/kills.py`: killed at any moment, a house holds all of an act or nothing, and goes on."""

import os
import subprocess
import sys
from pathlib import Path

SAMPLE = """
import random, sys
from pathlib import Path
from tests.hostile.kills import EVERY, Killing
killing, rng = Killing(Path(sys.argv[1])), random.Random(7)
for act in EVERY:
    passed = killing.passes[act]
    commit = passed.index("commit") + 1
    print(act.__name__, "commit", killing.try_one(act, commit))
    if len(passed) > commit:
        print(act.__name__, "file", killing.try_one(act, rng.randint(commit + 1, len(passed))))
    print(act.__name__, "moment", killing.try_one(act, rng.uniform(0, 1) * killing.lasts[act]))
"""


def test_killed_at_any_moment_it_is_all_or_nothing_and_can_be_done_again(tmp_path: Path) -> None:
    """In a process of its own: it forks, and threads of other tests would be lost in its children."""
    done = subprocess.run(
        [sys.executable, "-c", SAMPLE, str(tmp_path)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(["src", "."])},
    )
    assert done.returncode == 0, done.stderr
    told = [line.split() for line in done.stdout.splitlines()]
    assert {left for _, where, left in told if where == "commit"} == {"before"}, "nothing is kept until it is committed"
    assert {left for _, where, left in told if where == "file"} <= {"between", "after"}
    assert len(told) == 17
