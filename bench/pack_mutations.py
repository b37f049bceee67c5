"""Ten thousand ways to tamper with a small evidence bundle, each judged by verify.py in one process.

    python bench/pack_mutations.py [COUNT] [--out FILE]

The ways are tests/evidence/mutations.py, drawn by number: a bit flipped anywhere, files removed, added, renamed, swapped, cut,
chains cut and made anew, records of another bundle put in, manifests or everything but what stands outside made anew. A
mutation counts as explained when a fault of the class that fits it is named. `passed` must be empty.
"""

import argparse
import random
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from bench.frozen import heading, write
from tests.evidence.mutations import MUTATIONS
from tests.evidence.tampering import Bench


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, nargs="?", default=10_000)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    drawn = Counter(random.Random(seed).choice(MUTATIONS).__name__ for seed in range(asked.count))
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as room:
        bench, began = Bench(Path(room)), time.monotonic()
        faults = [(seed, fault) for seed in range(asked.count) if (fault := bench.try_one(seed))]
        seconds = time.monotonic() - began
        out: dict[str, Any] = {
            **heading(f"pack_mutations.py {asked.count}"),
            "mutations": asked.count,
            "files_in_the_bundle": len(bench.files),
            "passed": [seed for seed, (_, _, said) in faults if not said],
            "wrongly_explained": [[seed, name, sorted(right), said] for seed, (name, right, said) in faults if said],
            "drawn": dict(sorted(drawn.items())),
            "seconds": round(seconds, 1),
        }
    write(out, asked.out)


if __name__ == "__main__":
    main()
