"""What every frozen result says besides its figures, and how it is written; intervals."""

import argparse
import json
import platform
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from math import sqrt
from pathlib import Path
from typing import Any


def heading(command: str) -> dict[str, Any]:
    """Date, machine and command of a run."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{platform.system()} {platform.machine()}, 2 shared cores, CPython {platform.python_version()}",
        "command": f"bench/{command}",
    }


def write(out: dict[str, Any], target: Path | None) -> None:
    """Print a result, and freeze it where there is a target."""
    text = json.dumps(out, indent=1, ensure_ascii=False) + "\n"
    if target:
        target.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def over_towns(
    about: str | None, town: Callable[[int, int], dict[str, Any]]
) -> tuple[list[dict[str, Any]], Path | None]:
    """Each town that `SIZE SEED... [--out FILE]` asks for, and where the result goes."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("size", type=int)
    parser.add_argument("seeds", type=int, nargs="+")
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    return [town(asked.size, seed) for seed in asked.seeds], asked.out


def pooled(towns: Sequence[Mapping[str, Any]], part: str, whole: str) -> dict[str, Any]:
    """One count over another, added over towns, with its interval."""
    hits, of = sum(one[part] for one in towns), sum(one[whole] for one in towns)
    return {"hits": hits, "of": of, "share": round(hits / of, 6), "interval_95": wilson(hits, of)}


def wilson(found: int, of: int) -> list[float]:
    """The Wilson interval of a share, 95 %."""
    share, z = found / of, 1.96
    middle = (share + z * z / 2 / of) / (1 + z * z / of)
    half = z * sqrt(share * (1 - share) / of + z * z / 4 / of / of) / (1 + z * z / of)
    return [round(max(0.0, middle - half), 7), round(min(1.0, middle + half), 7)]
