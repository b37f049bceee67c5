"""The batch engine beside its peers: pairs end to end on one file in one run, families against truth, a million rows.

    campaign_batch.py pairs CORPUS.jsonl --peers PYTHON --script PEER_PAIRS [--repeat 2]
    campaign_batch.py families CORPUS.jsonl [--scheme mingcha]
    campaign_batch.py scale SMALL.jsonl LARGE.jsonl [--scheme plain-5]

PYTHON is an interpreter that has the peers, PEER_PAIRS the script that runs one of them (`LIB CORPUS THRESHOLD OUTDIR`,
prints its seconds, pickles its pairs). Runs are interleaved and the best of each is kept, for the machine may be shared:
read the ratios, not the seconds. Prints one JSON object; `--out` freezes it.
"""

import argparse
import json
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from frozen import heading, write

from mingcha.actions.campaigns import Gathered, find_families, find_pairs
from mingcha.campaign.cutting import SCHEMES
from mingcha.campaign.gathering import RULE, gather_families
from mingcha.campaign.index import on_threads, spans
from mingcha.campaign.letters import cut_all, ordered
from mingcha.campaign.warm import warm
from mingcha.wiring import open_letters

PEERS = ("rensa", "datasketch", "rensa32")
COLD = """
import sys, time
started = time.perf_counter()
from pathlib import Path
from mingcha.actions.campaigns import find_pairs
from mingcha.wiring import open_letters
done = find_pairs(open_letters(Path(sys.argv[1]), "text", "id"), "plain-5", float(sys.argv[2]))
print(time.perf_counter() - started)
"""


def peer(python: str, script: str, lib: str, corpus: Path, threshold: float) -> dict[str, Any]:
    """One run of a peer: its seconds by stage and its pairs."""
    with tempfile.TemporaryDirectory() as folder:
        command = [python, script, lib, str(corpus), str(threshold), folder]
        said = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        said["found"] = pickle.loads((Path(folder) / f"{lib}.pkl").read_bytes())
    return said


def ours(corpus: Path, threshold: float) -> tuple[float, set[tuple[Any, Any]]]:
    """Seconds from file to pairs in a warm process, and the pairs."""
    started = time.perf_counter()
    done = find_pairs(open_letters(corpus, "text", "id"), "plain-5", threshold)
    seconds = time.perf_counter() - started
    ids = done.sheet.ids
    columns = zip(done.pairs.first.tolist(), done.pairs.second.tolist(), strict=True)
    return seconds, {tuple(sorted((ids[a], ids[b]))) for a, b in columns}  # type: ignore[type-var, misc] # ids are numbers here


def cold(corpus: Path, threshold: float) -> float:
    """Seconds from file to pairs in a new process, imports and all, kernels compiled before."""
    command = [sys.executable, "-c", COLD, str(corpus), str(threshold)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def pairs(a: argparse.Namespace) -> dict[str, Any]:
    """Interleaved runs of ours and the peers; recall and precision against the peers' own exact join."""
    corpus = Path(a.corpus[0])
    truth = peer(a.peers, a.script, "exact", corpus, a.threshold)
    best: dict[str, dict[str, Any]] = {}
    mine, fresh, found = [], [], set()
    for _ in range(a.repeat):
        for lib in PEERS:
            said = peer(a.peers, a.script, lib, corpus, a.threshold)
            said["end_to_end"] = said["read_and_shingle"] + said["candidates"] + said["verify"]
            if lib not in best or said["end_to_end"] < best[lib]["end_to_end"]:
                best[lib] = said
            seconds, found = ours(corpus, a.threshold)
            mine.append(seconds)
            fresh.append(cold(corpus, a.threshold))
    out: dict[str, Any] = {
        "rows": truth["rows"],
        "pairs": len(truth["found"]),
        "recall": round(len(found & truth["found"]) / max(1, len(truth["found"])), 6),
        "precision": round(len(found & truth["found"]) / max(1, len(found)), 6),
        "seconds_warm": round(min(mine), 3),
        "seconds_cold": round(min(fresh), 3),
        "exact_join_in_python_s": round(truth["read_and_shingle"] + truth["candidates"] + truth["verify"], 2),
    }
    for lib, said in best.items():
        unverified = said["end_to_end"] - said["verify"]
        out[lib] = {
            "seconds": round(said["end_to_end"], 2),
            "seconds_without_verification": round(unverified, 2),
            "recall": round(len(said["found"] & truth["found"]) / max(1, len(truth["found"])), 4),
            "times_faster_warm": round(said["end_to_end"] / min(mine), 1),
            "times_faster_cold": round(said["end_to_end"] / min(fresh), 1),
            "times_faster_than_it_without_verification": round(unverified / min(mine), 1),
        }
    return out


def b_cubed(label: dict[int, int], truth: dict[int, int]) -> list[tuple[float, float]]:
    """(precision, recall) of each row, over the rows given."""
    both = Counter((label[row], truth[row]) for row in label)
    family, campaign = Counter(label.values()), Counter(truth[row] for row in label)
    return [(both[label[r], truth[r]] / family[label[r]], both[label[r], truth[r]] / campaign[truth[r]]) for r in label]


def score(groups: Iterable[Iterable[int]], rows: list[dict[str, Any]]) -> dict[str, Any]:
    """B-cubed of the campaign rows alone by slice of noise, and background rows in families."""
    label = {i: -1 - i for i in range(len(rows))}
    for number, group in enumerate(groups):
        label.update(dict.fromkeys(group, number))
    inside = Counter(label.values())
    campaign = {i: row["campaign"] for i, row in enumerate(rows) if row["campaign"] >= 0}
    marks = dict(zip(campaign, b_cubed({i: label[i] for i in campaign}, campaign), strict=True))
    slices: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for i, mark in marks.items():
        noise = rows[i]["noise"]
        slices["<=0.02" if noise <= 0.02 else "<=0.05" if noise <= 0.05 else "<=0.10"].append(mark)
    out: dict[str, Any] = {}
    for name, values in sorted(slices.items()):
        precision, recall = (sum(v[k] for v in values) / len(values) for k in (0, 1))
        f1 = 2 * precision * recall / (precision + recall)
        out[name] = {
            "rows": len(values),
            "precision": round(precision, 4),
            "recall": round(recall, 4),
            "f1": round(f1, 4),
        }
    background = [i for i, row in enumerate(rows) if row["campaign"] < 0]
    out["background_in_families"] = sum(inside[label[i]] > 1 for i in background)
    out["background_share"] = round(out["background_in_families"] / max(1, len(background)), 5)
    return out


def joined(pairs_: Iterable[tuple[int, int]], rows: int) -> list[list[int]]:
    """Components of pairs: the exact-join baseline."""
    parent = list(range(rows))

    def root(x: int) -> int:
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    for a, b in pairs_:
        parent[root(a)] = root(b)
    groups: dict[int, list[int]] = defaultdict(list)
    for x in range(rows):
        groups[root(x)].append(x)
    return [group for group in groups.values() if len(group) > 1]


def families(a: argparse.Namespace) -> dict[str, Any]:
    """Families of one corpus against its truth, with the two baselines."""
    corpus = Path(a.corpus[0])
    rows = [json.loads(line) for line in corpus.open(encoding="utf-8")]
    started = time.perf_counter()
    done = find_families(open_letters(corpus, "text", "id"), a.scheme)
    seconds = time.perf_counter() - started
    exact = find_pairs(open_letters(corpus, "text", "id"), "plain-5", a.threshold)
    components = joined(zip(exact.pairs.first.tolist(), exact.pairs.second.tolist(), strict=True), len(rows))
    return {
        "scheme": done.scheme,
        "rows": len(rows),
        "seconds": round(seconds, 2),
        **counts(done),
        "families_of_passages": score([f.rows.tolist() for f in done.found.families], rows),
        "baseline_exact_join": score(components, rows),
        "baseline_all_alone": score([], rows),
    }


def counts(done: Gathered) -> dict[str, Any]:
    """What was done and what was skipped."""
    found = done.found
    return {
        "families": len(found.families),
        "least_common_ppm": min((f.common for f in found.families), default=0),
        "comparisons_a_row": round(found.compared / max(1, len(done.sheet.ids)), 2),
        "too_short": len(found.too_short),
        "left": len(found.left),
        "passed_over": found.passed_over,
    }


def bandwidth() -> float:
    """Bytes a second that two threads read from memory together: the best of three sums over 1 GB."""
    held = np.ones(1 << 27, np.uint64)
    best = 0.0
    for _ in range(3):
        started = time.perf_counter()
        on_threads(lambda span: int(held[slice(*span)].sum()), spans(len(held), 2), 2)
        best = max(best, held.nbytes / (time.perf_counter() - started))
    return best


def scale(a: argparse.Namespace) -> dict[str, Any]:
    """Seconds, memory and growth from the first corpus to the second, the fastest of `--repeat` runs of each, and where the
    time goes.
    """
    speed = bandwidth()
    out: dict[str, Any] = {"scheme": a.scheme, "repeat": a.repeat, "memory_gb_a_second": round(speed / 1e9, 1)}
    for name in a.corpus:
        runs = [_families_of(Path(name), a.scheme, speed) for _ in range(a.repeat)]
        rows, best = min(runs, key=lambda run: run[1]["seconds"])
        out[f"{rows:,} rows"] = best
    per_row = [value["microseconds_a_row"] for value in out.values() if isinstance(value, dict)]
    if len(per_row) == 2:
        out["growth_over_linear"] = round(per_row[1] / per_row[0], 2)
    return out


def _families_of(path: Path, scheme: str, speed: float) -> tuple[int, dict[str, Any]]:
    stages: dict[str, float] = {}
    started = time.perf_counter()
    rows = 0

    def texts() -> Iterable[list[str]]:
        nonlocal rows
        for block in open_letters(path, "text", "id"):
            rows += len(block.ids)
            yield list(block.texts)

    def parts() -> Iterable[Any]:
        yield from cut_all(texts(), SCHEMES[scheme]().passages, 2, lambda _: None)
        stages["read_and_hash"] = time.perf_counter() - started

    corpus, breaks = ordered(parts(), 2)
    stages["lay_together"] = time.perf_counter() - started - stages["read_and_hash"]
    before = time.perf_counter()
    found = gather_families(corpus, breaks, RULE, 2, lambda _: None)
    stages["gather"] = time.perf_counter() - before
    total = time.perf_counter() - started
    return rows, {
        "seconds": round(total, 2),
        **{f"{stage}_s": round(s, 1) for stage, s in stages.items()},
        "not_reading_and_hashing": round(1 - stages["read_and_hash"] / total, 3),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "shingles": int(corpus.letters.sizes.sum()),
        "passes_over_all_hashes_in_that_time": round(total * speed / (8 * int(corpus.letters.sizes.sum()))),
        "families": len(found.families),
        "comparisons_a_row": round(found.compared / rows, 2),
        "microseconds_a_row": round(total / rows * 1e6, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["pairs", "families", "scale"])
    parser.add_argument("corpus", nargs="+")
    parser.add_argument("--peers", default=sys.executable)
    parser.add_argument("--script", default="peer_pairs.py")
    parser.add_argument("--repeat", type=int, default=2)
    parser.add_argument("--scheme", default="mingcha")
    parser.add_argument("--threshold", type=float, default=0.7)
    parser.add_argument("--out", type=Path)
    a = parser.parse_args()
    warm()
    out = {
        **heading(f"campaign_batch.py {a.what} {' '.join(Path(c).name for c in a.corpus)}"),
        **{"pairs": pairs, "families": families, "scale": scale}[a.what](a),
    }
    write(out, a.out)


if __name__ == "__main__":
    main()
