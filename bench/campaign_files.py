"""Families of a real file: how pure they are in a label, and how many rows they cover, beside single linkage at a Jaccard.

    campaign_files.py FILE.csv[.gz] [--column text] [--label LABEL] [--threshold 0.6] [--cue NAME=REGEX ...] [--show SIZE]

A family's purity is the share of its rows with its commonest label; pure is every row's mean. A cue names the rows one
expects together: how many there are, in how many families, and how many strangers stand there. `--show` prints every
family of at least SIZE rows to stderr, to read and never to keep. Prints one JSON object; `--out` freezes it.
"""

import argparse
import csv
import gzip
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from campaign_batch import counts, joined
from frozen import heading, write

from mingcha.actions.campaigns import find_families, find_pairs
from mingcha.campaign.warm import warm
from mingcha.model.letters import Block

LEAST = 5  # rows of a family whose purity is asked


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file, packed or not."""
    csv.field_size_limit(1 << 30)
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def blocks(texts: Sequence[str]) -> Iterator[Block]:
    """The texts, identified by their row."""
    yield Block(range(len(texts)), texts)


def purity(groups: list[list[int]], labels: Sequence[str] | None, least: int) -> dict[str, Any]:
    """Rows in groups of at least so many rows, and the share of them with their group's commonest label."""
    large = [group for group in groups if len(group) >= least]
    rows = sum(map(len, large))
    out: dict[str, Any] = {"groups": len(large), "rows": rows}
    if labels:
        pure = sum(Counter(labels[row] for row in group).most_common(1)[0][1] for group in large)
        out["purity"] = round(pure / max(1, rows), 4)
    return out


def cued(groups: list[list[int]], texts: Sequence[str], cue: str) -> dict[str, Any]:
    """Where the rows that match a cue stand: the largest family of them, what else it holds, and how many are in none."""
    name, _, pattern = cue.partition("=")
    wanted = {row for row, text in enumerate(texts) if re.search(pattern, text)}
    holding = [set(group) for group in groups if wanted & set(group)]
    largest = max(holding, key=lambda group: len(group & wanted), default=set[int]())
    return {
        "cue": name,
        "rows": len(wanted),
        "in_the_largest_family": len(largest & wanted),
        "others_there": len(largest - wanted),
        "families": len(holding),
        "in_no_family": len(wanted - set().union(*holding)),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--column", default="text")
    parser.add_argument("--label")
    parser.add_argument("--threshold", type=float, default=0.6)
    parser.add_argument("--cue", action="append", default=[])
    parser.add_argument("--show", type=int)
    parser.add_argument("--out", type=Path)
    a = parser.parse_args()
    warm()
    rows = read(a.file)
    texts = [row[a.column] or "" for row in rows]
    labels = [row[a.label] for row in rows] if a.label else None
    started = time.perf_counter()
    done = find_families(blocks(texts))
    seconds = time.perf_counter() - started
    groups = [family.rows.tolist() for family in done.found.families]
    exact = find_pairs(blocks(texts), "plain-5", a.threshold)
    linked = joined(zip(exact.pairs.first.tolist(), exact.pairs.second.tolist(), strict=True), len(texts))
    for group in sorted(groups, key=len, reverse=True):
        if a.show and len(group) >= a.show:
            sys.stderr.write(f"--- {len(group)} rows\n")
            sys.stderr.writelines(f"  {texts[row][:150]!r}\n" for row in group[:6])
    out = {
        **heading(
            f"campaign_files.py {a.file.name}"
            + (f" --label {a.label}" if a.label else "")
            + "".join(f" --cue '{cue}'" for cue in a.cue)
        ),
        "scheme": done.scheme,
        "rows": len(texts),
        "seconds": round(seconds, 2),
        **counts(done),
        "families_of_5_or_more": purity(groups, labels, LEAST),
        "families_of_2_or_more": purity(groups, labels, 2),
        f"single_linkage_at_{a.threshold}_of_5_or_more": purity(linked, labels, LEAST),
        f"single_linkage_at_{a.threshold}_of_2_or_more": purity(linked, labels, 2),
        "cues": [cued(groups, texts, cue) for cue in a.cue],
    }
    write(out, a.out)


if __name__ == "__main__":
    main()
