"""Speed of the text room on a file of texts (CSV.gz with a `text` column), beside the regular-expression twin. Prints JSON.

    python bench/text_speed.py FILE.csv.gz [ROUNDS]

Every figure is the median of ROUNDS (default 7) passes over the whole file, in million characters a second; the twin runs
in the same process, so ratios hold on a busy machine where figures do not. `cold` is the first call in this process, with
kernels in numba's cache: it loads numba, the dictionaries and the tables.
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


def seconds(work: Callable[[], Any]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main(file: str, rounds: int) -> dict[str, Any]:
    """All figures of one file."""
    csv.field_size_limit(1 << 30)
    with gzip.open(file, "rt", encoding="utf-8", newline="") as source:
        texts = [row["text"] for row in csv.DictReader(source)]
    characters = sum(map(len, texts))
    load_before = os.getloadavg()[0]

    from mingcha.text.normalise import normalise

    cold_one = seconds(lambda: normalise("预热"))

    from tests.text.slow_fold import slow_fold

    from mingcha.text.canonical import personal_spans
    from mingcha.text.contacts import contacts
    from mingcha.text.fingerprint import shingles
    from mingcha.text.fold_codes import fold_batch, fold_codes, lay

    cold_batch = seconds(lambda: fold_codes(["预热"]))
    folded = [normalise(text) for text in texts]
    laid = lay(texts)
    contacts(folded[0])
    shingles(folded[0])
    personal_spans(texts[0])
    slow_fold(texts[0])

    def speed(work: Callable[[], Any], times: int = rounds) -> float:
        return round(characters / statistics.median(seconds(work) for _ in range(times)) / 1e6, 2)

    figures = {
        "twin_with_spans": speed(lambda: [slow_fold(text) for text in texts], min(rounds, 3)),
        "normalise_with_spans": speed(lambda: [normalise(text) for text in texts]),
        "fold_codes_from_str_1_thread": speed(lambda: fold_codes(texts, 1)),
        "fold_codes_from_str_2_threads": speed(lambda: fold_codes(texts, 2)),
        "fold_batch_from_arrays_1_thread": speed(lambda: fold_batch(*laid, 1)),
        "fold_batch_from_arrays_2_threads": speed(lambda: fold_batch(*laid, 2)),
        "str_to_arrays_alone": speed(lambda: lay(texts)),
        "contacts_of_folded": speed(lambda: [contacts(text) for text in folded]),
        "shingles_of_folded": speed(lambda: [shingles(text) for text in folded]),
        "personal_spans": speed(lambda: [personal_spans(text) for text in texts]),
    }
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{platform.platform()}, {os.cpu_count()} cores, CPython {platform.python_version()}",
        "command": "python bench/text_speed.py FILE",
        "load_before_and_after": [round(load_before, 2), round(os.getloadavg()[0], 2)],
        "texts": len(texts),
        "characters": characters,
        "rounds": rounds,
        "cold_seconds": {"first_normalise": round(cold_one, 3), "first_fold_codes_after_it": round(cold_batch, 3)},
        "mchar_per_s": figures,
        "times_the_twin": {
            name: round(figure / figures["twin_with_spans"], 1)
            for name, figure in figures.items()
            if name.startswith(("normalise", "fold_codes"))
        },
    }


if __name__ == "__main__":
    result = main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 7)
    sys.stdout.write(json.dumps(result, indent=1) + "\n")
