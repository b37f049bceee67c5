"""Characters a second of folding, with spans and in batches, on a file of texts (CSV.gz with a `text` column). Prints JSON.

python bench/text_speed.py FILE.csv.gz
"""

import csv
import gzip
import json
import platform
import sys
import time
from datetime import UTC, datetime

from mingcha.text.fold_codes import fold_codes
from mingcha.text.normalise import normalise, touched

csv.field_size_limit(1 << 30)
with gzip.open(sys.argv[1], "rt", encoding="utf-8", newline="") as source:
    texts = [row["text"] for row in csv.DictReader(source)]
normalise("预热")
fold_codes(["预热"])
characters = sum(map(len, texts))
start = time.perf_counter()
for text in texts:
    normalise(text)
spans = time.perf_counter() - start
start = time.perf_counter()
fold_codes(texts)
batch = time.perf_counter() - start
out = {
    "date": datetime.now(UTC).date().isoformat(),
    "machine": platform.platform(),
    "command": "python bench/text_speed.py FILE",
    "characters": characters,
    "texts_with_disguises_or_runs": round(sum(map(touched, texts)) / len(texts), 3),
    "normalise_mchar_per_s": round(characters / spans / 1e6, 2),
    "fold_codes_mchar_per_s": round(characters / batch / 1e6, 2),
}
sys.stdout.write(json.dumps(out, indent=1) + "\n")
