"""`mingcha link` on posts with handles: handles blacked out, groups by account, script, time and link against groups by handle.

    posts_linking.py POSTS.jsonl.gz [--out FILE]

Rows: {"post", "author", "posted_ms", "text", "contacts": {kind: [handle]}}; those with handles count. Truth: posts that state one
handle, and whatever hangs together by handles. Every handle is replaced by three asterisks in the text; the column is left out.
Prints pair precision and recall with Wilson intervals, beside plainer ways on the same posts, and the worst errors.
"""

import argparse
import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from typing import Any

from frozen import heading, wilson, write

from mingcha.actions.campaigns import find_families
from mingcha.actions.linking import link_rows
from mingcha.model.letters import Block
from mingcha.model.linked import TableRow

Pairs = set[tuple[int, int]]


def pairs(groups: Iterable[Iterable[int]]) -> Pairs:
    """All pairs inside groups."""
    return {pair for group in groups for pair in combinations(sorted(set(group)), 2)}


def closure(groups: Iterable[list[int]], size: int) -> list[list[int]]:
    """Groups that hang together as one."""
    root = list(range(size))

    def find(one: int) -> int:
        while root[one] != one:
            one = root[one]
        return one

    for group in groups:
        for other in group[1:]:
            root[find(other)] = find(group[0])
    out = defaultdict(list)
    for one in range(size):
        out[find(one)].append(one)
    return list(out.values())


def by(values: Iterable[Iterable[Any]]) -> list[list[int]]:
    """Rows by each value they state."""
    out = defaultdict(list)
    for row, stated in enumerate(values):
        for value in stated:
            out[value].append(row)
    return list(out.values())


def score(found: Pairs, truth: Pairs) -> dict[str, Any]:
    """Precision and recall of pairs."""
    right = len(found & truth)
    return {
        "pairs": len(found),
        "precision": round(right / len(found), 4), "precision_95": wilson(right, len(found)),
        "recall": round(right / len(truth), 4), "recall_95": wilson(right, len(truth)),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("posts", type=Path)
    parser.add_argument("--out", type=Path)
    a = parser.parse_args()
    with gzip.open(a.posts, "rt", encoding="utf-8") as source:
        posts = [post for post in map(json.loads, source) if post.get("contacts")]
    handles = [{(kind, one.lower()) for kind, held in post["contacts"].items() for one in held} for post in posts]
    truth = pairs(closure(by(handles), len(posts)))
    texts = [blacked_out(post) for post in posts]
    rows = [
        TableRow("posts", n, {"id": str(n), "author": p["author"], "time": str(p["posted_ms"]), "text": text})
        for n, (p, text) in enumerate(zip(posts, texts, strict=True))
    ]
    groups = [[int(id_) for id_ in group] for group in link_rows(rows).groups]
    ours = pairs(groups)
    families = find_families([Block([str(n) for n in range(len(texts))], texts)])
    scripts = [[int(families.sheet.ids[row]) for row in one.rows] for one in families.found.families]
    accounts = by([post["author"]] for post in posts)
    seen = link_rows(
        TableRow("posts", row.line, {**row.cells, "text": p["text"], "contacts": json.dumps(p["contacts"])})
        for row, p in zip(rows, posts, strict=True)
    )
    out = {
        **heading(f"posts_linking.py {a.posts.name}"),
        "posts": len(posts), "handles": len({one for held in handles for one in held}), "true_pairs": len(truth),
        "handles_blacked_out": score(ours, truth),
        "beside": {
            "one account": score(pairs(accounts), truth),
            "one script": score(pairs(scripts), truth),
            "one account or one script, hanging together": score(pairs(closure(accounts + scripts, len(posts))), truth),
        },
        "true_pairs_of_one_account": round(len(truth & pairs(accounts)) / len(truth), 4),
        "handles_seen": score(pairs([int(id_) for id_ in group] for group in seen.groups), truth),
        "worst_errors": worst(posts, groups, truth),
    }  # fmt: skip
    write(out, a.out)


def blacked_out(post: dict[str, Any]) -> str:
    """The text without its handles."""
    text: str = post["text"]
    for held in post["contacts"].values():
        for one in held:
            text = re.sub(re.escape(one), "***", text, flags=re.IGNORECASE)
    return text


def worst(posts: list[dict[str, Any]], groups: list[list[int]], truth: Pairs) -> list[dict[str, Any]]:
    """The groups with most false pairs, told without their words or handles."""
    out = []
    for group in groups:
        wrong = [pair for pair in combinations(sorted(group), 2) if pair not in truth]
        if wrong:
            days = [posts[n]["posted_ms"] / 86_400_000 for n in group]
            handles = Counter(one for n in group for held in posts[n]["contacts"].values() for one in held)
            out.append({
                "false_pairs": len(wrong), "posts": len(group), "accounts": len({posts[n]["author"] for n in group}),
                "handles_stated": len(handles), "days": round(max(days) - min(days), 1),
            })  # fmt: skip
    return sorted(out, key=lambda one: -one["false_pairs"])[:8]


if __name__ == "__main__":
    main()
