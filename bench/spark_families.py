"""Families of one corpus by the local engine and by Spark on two local cores: seconds, and whether they are the same.

    spark_families.py CORPUS.jsonl [--out FILE]

Needs the extra `spark` and Java 17. The session's own start is not counted. Prints one JSON object.
"""

import argparse
import json
import os
import platform
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from pyspark.sql import SparkSession

from mingcha.actions.campaigns import find_families
from mingcha.actions.campaigns_spark import find_families_in_spark
from mingcha.campaign.warm import warm
from mingcha.wiring import open_letters


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--out", type=Path)
    a = parser.parse_args()
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    warm()
    started = time.perf_counter()
    done = find_families(open_letters(a.corpus, "text", "id"))
    local = time.perf_counter() - started
    expected = {(done.sheet.ids[row], family.name) for family in done.found.families for row in family.rows.tolist()}
    spark = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.memory", "4g")
        .config("spark.sql.shuffle.partitions", "4")
        .getOrCreate()
    )
    started = time.perf_counter()
    found = find_families_in_spark(spark.read.json(str(a.corpus)).select("id", "text")).collect()
    on_spark = time.perf_counter() - started
    spark.stop()
    out = {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{platform.system()} {platform.machine()}, 2 shared cores, CPython {platform.python_version()}",
        "command": f"bench/spark_families.py {a.corpus.name}",
        "rows": len(done.sheet.ids),
        "families": len(done.found.families),
        "same": {(row["id"], row["family"]) for row in found} == expected,
        "local_s": round(local, 2),
        "spark_local_2_s": round(on_spark, 2),
    }
    text = json.dumps(out, indent=1)
    if a.out:
        a.out.write_text(text + "\n", encoding="utf-8")
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
