"""What the matching channels find beside the main one: counts on real texts, and planted disguises read back. Prints JSON.

    python bench/channel_hits.py FILE [FILE ...]      (CSV.gz or JSONL.gz with a `text` column)

A quarter of the distinct texts, chosen by a hash, was kept aside while the rules were written. Planted disguises are
simulated: one or two characters of every phrase of three or more become others that sound or look alike (common ones, GB 2312).
"""

import csv
import gzip
import hashlib
import json
import platform
import random
import sys
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mingcha.adapters.shelf import read_package
from mingcha.standards.load import load
from mingcha.text.lexicon import Lexicon, build
from mingcha.text.likeness import shapes, sounds
from mingcha.text.normalise import normalise


def read(path: str) -> list[str]:
    """The distinct texts of a file, sorted."""
    csv.field_size_limit(1 << 30)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as source:
        rows = csv.DictReader(source) if ".csv" in path else map(json.loads, source)
        return sorted({row["text"] for row in rows})


def count(lexicon: Lexicon, texts: list[str]) -> dict[str, Any]:
    """Hits by channel, how many of the channels' are neutral, and how many distinct spellings they have."""
    hits = [hit for text in texts for hit in lexicon.find(normalise(text))]
    bold = [hit for hit in hits if hit.channel != "main"]
    return {
        "texts": len(texts),
        "hits": dict(sorted(Counter(hit.channel for hit in hits).items())),
        "neutral_among_channel_hits": sum(hit.neutral for hit in bold),
        "distinct_spellings_of_channel_hits": len({hit.surface for hit in bold}),
    }


def planted(lexicon: Lexicon, classes: Mapping[str, frozenset[str]], changes: int) -> dict[str, Any]:
    """Every phrase of three or more with `changes` characters changed, ten times, in a sentence: how many are read back."""
    dice = random.Random(f"{changes}")
    common = [c for c in classes if len(c) == 1 and "\u4e00" <= c <= "\u9fff" and c.encode("gb2312", "ignore")]
    tried = found = 0
    for term in lexicon.terms:
        phrase = normalise(term.term).text
        places = [k for k, char in enumerate(phrase) if char in classes]
        if len(phrase) < 3 or len(places) <= changes or term.synthetic:
            continue
        for _ in range(10):
            spelt = list(phrase)
            for k in dice.sample(places, changes):
                spelt[k] = dice.choice([c for c in common if classes[c] & classes[phrase[k]]] or [phrase[k]])
            if "".join(spelt) == phrase:
                continue
            text = normalise(f"专做：{''.join(spelt)}，欢迎")
            tried += 1
            found += any(hit.term == term.term for hit in lexicon.find(text))
    return {"disguises": tried, "read_back": round(found / tried, 4)}


def main(files: list[str]) -> dict[str, Any]:
    """All counts."""
    lexicon = build(load(read_package()).lexicon)
    out: dict[str, Any] = {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": platform.platform(),
        "command": "python bench/channel_hits.py FILE [FILE ...]",
        "lexicon": lexicon.scheme,
    }
    for path in files:
        texts = read(path)
        kept = [text for text in texts if hashlib.sha256(text.encode()).digest()[0] < 64]
        seen = [text for text in texts if hashlib.sha256(text.encode()).digest()[0] >= 64]
        out[Path(path).name] = {"seen": count(lexicon, seen), "kept_aside": count(lexicon, kept)}
    out["planted_simulated"] = {
        "sound_1_changed": planted(lexicon, sounds(), 1),
        "sound_2_changed": planted(lexicon, sounds(), 2),
        "shape_1_changed": planted(lexicon, shapes(), 1),
    }
    return out


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1:]), indent=1, ensure_ascii=False) + "\n")
