"""How well claims are read: precision and recall a grievance, with Wilson 95 % intervals, on our own labelled sentences.

`python bench/claims_accuracy.py [--misses]`. `held` sentences were written apart and rules were not tuned to them. Both sets
are ours: they say whether the reading works as meant, not how often real letters are read rightly.
"""

import json
import platform
import sys
import tomllib
from datetime import UTC, datetime
from math import sqrt
from pathlib import Path

from mingcha.merit.claims import read_claims
from mingcha.model.merit import Grievance
from mingcha.text.normalise import normalise

ROOT = Path(__file__).resolve().parents[1]
CASES = tomllib.loads((ROOT / "tests/merit/claims_cases.toml").read_text(encoding="utf-8"))["cases"]
Z = 1.959964


def wilson(hits: int, of: int) -> list[float]:
    """The 95 % interval of a share."""
    if not of:
        return [0.0, 1.0]
    share, z2 = hits / of, Z * Z
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = Z * sqrt(share * (1 - share) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    return [round(max(0.0, middle - half), 3), round(min(1.0, middle + half), 3)]


def score(cases: list[dict[str, list[str]]]) -> dict[str, object]:
    """Counts, precision and recall a grievance."""
    rows: dict[str, object] = {"sentences": len(cases)}
    read = [{claim.grievance.value for claim in read_claims(normalise(str(case["text"])))} for case in cases]
    rows["exactly_right"] = sum(set(case["claims"]) == found for case, found in zip(cases, read, strict=True))
    for one in Grievance:
        truth = [one.value in case["claims"] for case in cases]
        said = [one.value in found for found in read]
        both = sum(a and b for a, b in zip(truth, said, strict=True))
        rows[one.value] = {
            "true": sum(truth), "read": sum(said), "right": both,
            "precision": round(both / max(1, sum(said)), 3), "precision_95": wilson(both, sum(said)),
            "recall": round(both / max(1, sum(truth)), 3), "recall_95": wilson(both, sum(truth)),
        }  # fmt: skip
    return rows


def misses(cases: list[dict[str, list[str]]]) -> None:
    """Print what was read wrongly."""
    for case in cases:
        found = [claim.grievance.value for claim in read_claims(normalise(str(case["text"])))]
        if found != case["claims"]:
            print(case["text"], "| true", case["claims"], "| read", found)


if __name__ == "__main__":
    dev, held = [c for c in CASES if not c.get("held")], [c for c in CASES if c.get("held")]
    if "--misses" in sys.argv:
        misses(dev)
        sys.exit()
    result = {
        "machine": platform.platform(), "python": platform.python_version(), "date": datetime.now(UTC).date().isoformat(),
        "command": "python bench/claims_accuracy.py", "dev": score(dev), "held": score(held),
    }  # fmt: skip
    text = json.dumps(result, ensure_ascii=False, indent=1)
    (ROOT / "bench/results/claims_accuracy.json").write_text(text + "\n", encoding="utf-8")
    print(text)
