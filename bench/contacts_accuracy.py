"""Strict-span accuracy of contacts on a file of texts with WeChat and Telegram handles, held-out quarter apart.

    python bench/contacts_accuracy.py contact_spans.jsonl.gz

Rows: {"text", "contacts": [{"start", "end"}]}. A quarter, chosen by a hash of the text, was kept aside while rules were
written. A bare regex is scored beside. Prints JSON.
"""

import gzip
import hashlib
import json
import platform
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from mingcha.text.contacts import contacts

BARE = re.compile(
    r"(?:微信|薇信|[微薇]|vx|wx|v信|telegram|电报|飞机|tg)[^a-zA-Z0-9@]{0,4}(@?[a-zA-Z0-9_-]{5,20})", re.IGNORECASE
)


def ours(text: str) -> set[tuple[int, int]]:
    """Spans of handles we find."""
    return {(c.start, c.end) for c in contacts(text) if c.kind.value in ("wechat", "telegram", "qq")}


def bare(text: str) -> set[tuple[int, int]]:
    """Spans a plain regex finds."""
    return {match.span(1) for match in BARE.finditer(text)}


def score(rows: list[dict[str, Any]], find: Callable[[str], set[tuple[int, int]]]) -> dict[str, float]:
    """Precision, recall and F1 of exact spans."""
    hit = extra = missed = 0
    for row in rows:
        gold, found = {(c["start"], c["end"]) for c in row["contacts"]}, find(row["text"])
        hit, extra, missed = hit + len(gold & found), extra + len(found - gold), missed + len(gold - found)
    return {
        "rows": len(rows),
        "precision": round(hit / (hit + extra), 4),
        "recall": round(hit / (hit + missed), 4),
        "f1": round(2 * hit / (2 * hit + extra + missed), 4),
    }


if __name__ == "__main__":
    with gzip.open(sys.argv[1], "rt", encoding="utf-8") as source:
        everything = [json.loads(line) for line in source]
    held = [r for r in everything if hashlib.sha256(r["text"].encode()).digest()[0] < 64]
    seen = [r for r in everything if hashlib.sha256(r["text"].encode()).digest()[0] >= 64]
    out = {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": platform.platform(),
        "command": "python bench/contacts_accuracy.py FILE",
    }
    out |= {
        name: {"ours": score(part, ours), "bare_regex": score(part, bare)}
        for name, part in (("seen", seen), ("held_out", held), ("all", everything))
    }
    sys.stdout.write(json.dumps(out, indent=1) + "\n")
