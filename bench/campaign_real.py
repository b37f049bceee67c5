"""Families found in real files, against clusters found by plain means and against families named on the command line.

    campaign_real.py FILE.csv.gz [--column text] [--cue NAME=REGEX ...] [--show N]

The plain clusters: lower case, mask runs removed, 5-word (5-character) shingles, Jaccard >= 0.8, single linkage over
all pairs. A cue names the rows one expects together; only its name and counts are printed, never a text. `--show`
prints N random families to read (to stderr, never to be kept).
"""

import argparse
import csv
import gzip
import json
import random
import re
import statistics
import sys
import time
from collections import Counter

from bench.campaign_speed import plain_pairs
from bench.campaign_texts import sketch

from mingcha.campaign.families import Families, find_families
from mingcha.campaign.scheme import SCHEME
from mingcha.campaign.sketches import digest_of, pack

HAN = re.compile(r"[\u4e00-\u9fff]")


def read(path: str, column: str) -> dict[str, str]:
    """Rows by number; a text that stands twice with another label in the same file stays twice."""
    csv.field_size_limit(1 << 30)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        return {f"{i:06d}": row[column] for i, row in enumerate(csv.DictReader(lines)) if row.get(column)}


def plain_shingles(text: str) -> frozenset[str]:
    text = re.sub(r"x{2,}", "", text.lower())
    if HAN.search(text):
        letters = re.sub(r"[\W_]+", "", text)
        return frozenset(letters[i : i + 5] for i in range(len(letters) - 4))
    words = re.findall(r"\w+", text)
    return frozenset(" ".join(words[i : i + 5]) for i in range(len(words) - 4))


def plain_clusters(texts: dict[str, str]) -> list[set[str]]:
    """Single-linkage clusters of distinct texts at 0.8: an outside view, with its chains."""
    numbers: dict[str, int] = {}
    rows = []
    for complaint, text in texts.items():
        hashes = sorted({numbers.setdefault(s, len(numbers)) for s in plain_shingles(text)})
        rows.append((complaint, b"".join(h.to_bytes(8, "little") for h in hashes)))
    sketches = pack(rows, 5)
    root = list(range(len(sketches.digests)))

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    for a, b in plain_pairs(sketches, 800_000):
        root[find(a)] = find(b)
    clusters: dict[int, set[str]] = {}
    for i, held in enumerate(sketches.complaints):
        clusters.setdefault(find(i), set()).update(held)
    return [members for members in clusters.values() if len(members) > 1]


def cue_counts(pattern: str, texts: dict[str, str], home: dict[str, str]) -> dict[str, int]:
    rows = [c for c, text in texts.items() if re.search(pattern, text)]
    families = Counter(home[c] for c in rows if c in home)
    main = families.most_common(1)[0][0] if families else None
    return {
        "rows": len(rows),
        "variants": len({texts[c] for c in rows}),
        "in_largest_family": families[main] if main else 0,
        "size_of_that_family": sum(1 for family in home.values() if family == main),
        "in_any_family": sum(families.values()),
        "families": len(families),
    }


def show(result: Families, texts: dict[str, str], count: int) -> None:
    near = [f for f in result.families if f.texts > 1]
    for family in random.Random(7).sample(near, min(count, len(near))):
        print(f"\n== {len(family.members)} rows, {family.texts} texts, least {family.similarity_min}", file=sys.stderr)
        furthest = sorted(family.members, key=lambda m: m[1])[:2]
        for complaint, similarity in [*furthest, (family.representative, 10**6)]:
            print(f"   {similarity} {texts[complaint][:230]!r}", file=sys.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--column", default="text")
    parser.add_argument("--cue", action="append", default=[])
    parser.add_argument("--show", type=int, default=0)
    a = parser.parse_args()
    texts = read(a.file, a.column)
    sketches = pack(((c, sketch(t)) for c, t in texts.items()), SCHEME.min_shingles)
    started = time.perf_counter()
    result = find_families(sketches, SCHEME)
    seconds = time.perf_counter() - started
    home = {c: f.name for f in result.families for c, _ in f.members}
    clusters = plain_clusters(texts)
    big = [c for c in clusters if len({digest_of(texts[m].encode()) for m in c}) > 1]
    several = [f for f in result.families if f.texts > 1]
    whole = sum(len({home.get(m) for m in c}) == 1 and None not in {home.get(m) for m in c} for c in big)
    out = {
        "rows": len(texts),
        "distinct_sketches": len(sketches.digests),
        "too_short": len(result.skipped.too_short),
        "left_out": len(result.skipped.left_out),
        "families": len(result.families),
        "families_of_several_texts": len(several),
        "rows_in_families": len(home),
        "largest": sorted((len(f.members) for f in result.families), reverse=True)[:8],
        "least_similarity_ppm": min((f.similarity_min for f in result.families), default=None),
        "median_least_similarity_ppm": statistics.median_low([f.similarity_min for f in several] or [10**6]),
        "plain_clusters": len(clusters),
        "plain_clusters_of_several_texts": len(big),
        "of_these_whole_in_one_family": whole,
        "plain_cluster_rows": sum(map(len, big)),
        "largest_plain_clusters": [
            {"rows": len(c), "in_one_family": max(Counter(home[m] for m in c if m in home).values(), default=0)}
            for c in sorted(big, key=len, reverse=True)[:5]
        ],
        "of_these_rows_in_a_family": sum(m in home for c in big for m in c),
        "seconds": round(seconds, 2),
        "cues": {name: cue_counts(pattern, texts, home) for name, pattern in (cue.split("=", 1) for cue in a.cue)},
    }
    print(json.dumps(out, indent=1, ensure_ascii=False))
    show(result, texts, a.show)


if __name__ == "__main__":
    main()
