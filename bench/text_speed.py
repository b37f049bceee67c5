"""Speed of the text room on a file of texts (CSV.gz with a `text` column), beside the regular-expression twin. Prints JSON.

    python bench/text_speed.py FILE.csv.gz [ROUNDS]

Every figure is a median over ROUNDS (default 9) passes over the whole file, in million characters a second: `wall` by the
clock (`best`: the fastest pass), `cpu` by the processor time of this process, which a busy machine changes less; the twin runs in the same process.
`cold` is the first call in this process with kernels in numba's cache: it loads numba, the dictionaries and the tables.
"""

import csv
import gzip
import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


def seconds(work: Callable[[], Any]) -> tuple[float, float]:
    """How long one call takes: on the wall, and of the processor."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def cold() -> dict[str, float]:
    """Seconds on the wall of each first call."""
    from mingcha.text.canonical import personal_spans
    from mingcha.text.contacts import contacts
    from mingcha.text.fingerprint import shingles
    from mingcha.text.fold_codes import fold_codes
    from mingcha.text.normalise import normalise

    text = "预热：加微信 abc12345，拨打 13800138000"
    return {
        "normalise": round(seconds(lambda: normalise(text))[0], 3),
        "fold_codes": round(seconds(lambda: fold_codes([text]))[0], 3),
        "shingles": round(seconds(lambda: shingles(normalise(text)))[0], 3),
        "contacts_with_its_channel": round(seconds(lambda: contacts(text))[0], 3),
        "personal_spans": round(seconds(lambda: personal_spans(text))[0], 3),
    }


def works(texts: list[str]) -> dict[str, Callable[[], Any]]:
    """What is measured, each over all texts."""
    from tests.text.slow_fold import slow_fold

    from mingcha.adapters.shelf import read_package
    from mingcha.standards.load import load
    from mingcha.text.canonical import personal_spans
    from mingcha.text.channels import Channels
    from mingcha.text.contacts import contacts
    from mingcha.text.fingerprint import shingles
    from mingcha.text.fold_codes import fold_batch, fold_codes, lay
    from mingcha.text.lexicon import build
    from mingcha.text.normalise import normalise

    folded, laid = [normalise(text) for text in texts], lay(texts)
    lexicon = build(load(read_package()).lexicon)
    channels = Channels(tuple(term.term for term in lexicon.terms))
    return {
        "twin_with_spans": lambda: [slow_fold(text) for text in texts[:: len(texts) // 500 or 1]],
        "normalise_with_spans": lambda: [normalise(text) for text in texts],
        "fold_codes_from_str_1_thread": lambda: fold_codes(texts, 1),
        "fold_codes_from_str_2_threads": lambda: fold_codes(texts, 2),
        "fold_batch_from_arrays_1_thread": lambda: fold_batch(*laid, 1),
        "fold_batch_from_arrays_2_threads": lambda: fold_batch(*laid, 2),
        "str_to_arrays_alone": lambda: lay(texts),
        "shingles_of_folded": lambda: [shingles(text) for text in folded],
        "personal_spans_of_folded": lambda: [personal_spans(text) for text in folded],
        "contacts_of_folded": lambda: [contacts(text) for text in folded],
        "channels_alone": lambda: [channels.find(text.text) for text in folded],
        "lexicon_with_channels": lambda: [lexicon.find(text) for text in folded],
    }


def main(file: str, rounds: int) -> dict[str, Any]:
    """All figures of one file."""
    csv.field_size_limit(1 << 30)
    with gzip.open(file, "rt", encoding="utf-8", newline="") as source:
        texts = [row["text"] for row in csv.DictReader(source)]
    load_before, first = os.getloadavg()[0], cold()
    sizes = {"twin_with_spans": sum(map(len, texts[:: len(texts) // 500 or 1]))}
    characters = sum(map(len, texts))
    wall, best, cpu = {}, {}, {}
    for name, work in works(texts).items():
        work()
        taken = [seconds(work) for _ in range(rounds)]
        million = sizes.get(name, characters) / 1e6
        wall[name] = round(million / statistics.median(w for w, _ in taken), 2)
        best[name] = round(million / min(w for w, _ in taken), 2)
        cpu[name] = round(million / statistics.median(c for _, c in taken), 2)
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{platform.platform()}, {os.cpu_count()} cores, CPython {platform.python_version()}",
        "command": "python bench/text_speed.py FILE",
        "load_before_and_after": [round(load_before, 2), round(os.getloadavg()[0], 2)],
        "texts": len(texts),
        "characters": characters,
        "rounds": rounds,
        "cold_seconds": first,
        "mchar_per_s_wall": wall,
        "mchar_per_s_wall_best": best,
        "mchar_per_s_cpu": cpu,
        "times_the_twin_wall": {
            name: round(figure / wall["twin_with_spans"], 1)
            for name, figure in wall.items()
            if name.startswith(("normalise", "fold_"))
        },
    }


if __name__ == "__main__":
    result = main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 9)
    sys.stdout.write(json.dumps(result, indent=1) + "\n")
