"""Families of one corpus by the local engine and by Spark on two local cores: seconds, and whether they are the same.

    spark_families.py CORPUS.jsonl [--out FILE]

Needs the extra `spark` and Java 17. The session's own start is not counted. Prints one JSON object.
"""

import argparse
import time
from pathlib import Path

from frozen import heading, write

from mingcha.actions.campaigns import find_families
from mingcha.actions.campaigns_spark import find_families_in_spark
from mingcha.campaign.warm import warm
from mingcha.testing.spark import local_spark
from mingcha.wiring import open_letters


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--out", type=Path)
    a = parser.parse_args()
    warm()
    started = time.perf_counter()
    done = find_families(open_letters(a.corpus, "text", "id"))
    local = time.perf_counter() - started
    expected = {(done.sheet.ids[row], family.name) for family in done.found.families for row in family.rows.tolist()}
    spark = local_spark()
    started = time.perf_counter()
    found = find_families_in_spark(spark.read.json(str(a.corpus)).select("id", "text")).collect()
    on_spark = time.perf_counter() - started
    spark.stop()
    out = {
        **heading(f"spark_families.py {a.corpus.name}"),
        "rows": len(done.sheet.ids),
        "families": len(done.found.families),
        "same": {(row["id"], row["family"]) for row in found} == expected,
        "local_s": round(local, 2),
        "spark_local_2_s": round(on_spark, 2),
    }
    write(out, a.out)


if __name__ == "__main__":
    main()
