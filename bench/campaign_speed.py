"""Seconds, memory and pair recall of the campaign room on a corpus of known campaigns; prints one JSON object.

    campaign_speed.py CORPUS.jsonl [--threads 2] [--twin 10000]

The corpus is made by a corpus maker (id, campaign, text a line). `--twin N` also joins the first N rows by an
all-pairs-free but plain Python prefix join, verified on sets, and compares the pairs found.
"""

import argparse
import json
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Iterator

import numpy as np
from bench.campaign_texts import sketch

from mingcha.campaign.families import Families, find_families
from mingcha.campaign.index import build
from mingcha.campaign.kernels.near import neighbours
from mingcha.campaign.scheme import SCHEME
from mingcha.campaign.sketches import Sketches, pack


def read(path: str) -> Iterator[tuple[str, int, str]]:
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield str(row["id"]), row["campaign"], row["text"]


def kernel_pairs(sketches: Sketches) -> set[tuple[int, int]]:
    """All pairs of distinct texts at the threshold, as the kernel finds them."""
    packed = build(sketches, SCHEME.near, 1)
    total = len(sketches.digests)
    active = np.ones(total, np.bool_)
    work = (np.full(total, -1, np.int32), np.empty(total, np.int32), np.empty(total, np.int64))
    pairs = set()
    for x in range(total):
        found = neighbours(packed, x, SCHEME.near, active, total, work)
        pairs.update((int(min(x, y)), int(max(x, y))) for y in work[1][:found])
    return pairs


def plain_pairs(sketches: Sketches, near: int = SCHEME.near) -> set[tuple[int, int]]:
    """The same, by candidates from every shared shingle of the prefix and Python sets."""
    texts = [set(sketches.text(i).tolist()) for i in range(len(sketches.digests))]
    df = Counter(h for t in texts for h in t)
    holders: dict[int, list[int]] = defaultdict(list)
    pairs = set()
    for i, text in enumerate(texts):
        ordered = sorted(text, key=lambda h: (df[h], h))
        prefix = ordered[: len(ordered) - -(-near * len(ordered) // 10**6) + 1]
        for j in {j for h in prefix for j in holders[h]}:
            both = len(text & texts[j])
            if both * 10**6 >= near * (len(text) + len(texts[j]) - both):
                pairs.add((j, i))
        for h in prefix:
            holders[h].append(i)
    return pairs


def purity(result: Families, campaign: dict[str, int]) -> dict[str, object]:
    """How many members share their family's campaign, and how many background rows got into families."""
    members = [[campaign[c] for c, _ in f.members] for f in result.families]
    majority = sum(max(Counter(m).values()) for m in members)
    total = sum(map(len, members))
    mixed = [m for m in members if len(set(m)) > 1 or set(m) == {-1}]
    return {
        "families": len(members),
        "rows_in_families": total,
        "purity_ppm": majority * 10**6 // max(1, total),
        "mixed_or_background_families": len(mixed),
        "background_rows": sum(m.count(-1) for m in members),
        "largest": max(map(len, members), default=0),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--twin", type=int, default=0)
    a = parser.parse_args()
    find_families(pack(((str(i), sketch("预热" * 40 + str(i) * i)) for i in range(9)), 5), SCHEME)  # compile first
    rows = list(read(a.corpus))
    started = time.perf_counter()
    sketched = ((complaint, sketch(text)) for complaint, _, text in rows)
    sketches = pack(sketched, SCHEME.min_shingles)
    read_s = time.perf_counter() - started
    started = time.perf_counter()
    result = find_families(sketches, SCHEME, a.threads)
    families_s = time.perf_counter() - started
    out: dict[str, object] = {
        "corpus_rows": len(rows),
        "characters": sum(len(text) for _, _, text in rows),
        "distinct_texts": len(sketches.digests),
        "hashes": len(sketches.hashes),
        "fold_sketch_pack_s": round(read_s, 2),
        "families_s": round(families_s, 2),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "too_short": len(result.skipped.too_short),
        "left_out": len(result.skipped.left_out),
        "similarity_min_ppm": min((f.similarity_min for f in result.families), default=0),
        **purity(result, {complaint: campaign for complaint, campaign, _ in rows}),
    }
    if a.twin:
        small = pack(((c, sketch(t)) for c, _, t in rows[: a.twin]), SCHEME.min_shingles)
        fast, plain = kernel_pairs(small), plain_pairs(small)
        out |= {
            "twin_rows": a.twin,
            "pairs": len(plain),
            "pairs_missed": len(plain - fast),
            "pairs_extra": len(fast - plain),
        }
    print(json.dumps(out, indent=1))


if __name__ == "__main__":
    main()
