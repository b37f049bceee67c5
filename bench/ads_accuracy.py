"""How well the shipped model tells ads from look-alikes: per source and trade, on innocents, and through disguises.

    ads_accuracy.py [ADS.jsonl.gz] --innocents NAME=FILE[:COLUMN[:LABELS]] ... [--out FILE]

ADS holds `text, label, text_origin, source`; a label `ad_*` is an ad, `unsure` is left out, rows as found and rows in a
labeller's own words are scored apart; without ADS innocents alone are judged. Innocents are files of texts nobody advertises
in. Disguises are those of `evasion.py` and pinyin, on the ads as found. The model is the one the package ships; nothing is
chosen here. Prints JSON.
"""

import argparse
import csv
import gzip
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evasion import TREATMENTS, Treat, treated
from frozen import heading, wilson, write
from pypinyin import lazy_pinyin

from mingcha.actions.judging import LOT
from mingcha.ads.judge import Judge
from mingcha.wiring import ad_judge

csv.field_size_limit(sys.maxsize)
DISGUISES: dict[str, Treat] = TREATMENTS["zh"] | {
    "pinyin": lambda char, _: lazy_pinyin(char)[0] if "\u4e00" <= char <= "\u9fff" else None
}


def opened(path: Path) -> Any:
    """A text file, packed or not."""
    return gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")


def scored(rows: list[dict[str, Any]], said: list[bool]) -> dict[str, Any]:
    """F1, precision and recall with their intervals where they have one."""
    ads = [row["label"].startswith("ad_") for row in rows]
    hit = sum(a and b for a, b in zip(ads, said, strict=True))
    extra, missed = sum(said) - hit, sum(ads) - hit
    return {
        "rows": len(rows),
        "ads": sum(ads),
        "f1": round(2 * hit / (2 * hit + extra + missed), 4) if hit else 0.0,
        "precision": [round(hit / max(1, sum(said)), 4), *wilson(hit, max(1, sum(said)))],
        "recall": [round(hit / max(1, sum(ads)), 4), *wilson(hit, max(1, sum(ads)))],
        "false_alarms": extra,
    }


def parts(rows: list[dict[str, Any]], said: list[bool], by: str) -> dict[str, Any]:
    """Of each value of a column: rows, and how many were taken for ads."""
    out = {}
    for value in sorted({row[by] for row in rows}):
        mine = [one for row, one in zip(rows, said, strict=True) if row[by] == value]
        out[value] = {"rows": len(mine), "taken_for_ads": sum(mine), "interval": wilson(sum(mine), len(mine))}
    return out


def innocents(spec: str) -> tuple[str, list[str]]:
    """NAME=FILE[:COLUMN[:LABEL,LABEL]] to its distinct texts."""
    name, _, rest = spec.partition("=")
    file, column, labels = [*rest.split(":", 2), "", ""][:3]
    wanted = set(labels.split(",")) if labels else None
    return name, sorted({text for text in _texts(Path(file), column or "text", wanted) if text.strip()})


def _texts(path: Path, column: str, wanted: set[str] | None) -> Iterator[str]:
    if path.is_dir():
        for file in sorted(path.rglob("*.md")):
            yield from (line for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("第"))
        return
    with opened(path) as source:
        lines = csv.DictReader(source) if ".csv" in path.name else map(json.loads, source)
        for row in lines:
            if wanted is None or row["label"] in wanted:
                yield str(row[column])


def ads_among(judge: Judge, texts: list[str]) -> int:
    """How many of some texts are taken for ads."""
    return sum(one.is_ad for at in range(0, len(texts), LOT) for one in judge.judge_all(texts[at : at + LOT]))


def through_disguises(judge: Judge, texts: list[str], innocent: list[str]) -> dict[str, Any]:
    """Ads still found and innocents taken for ads when a share of characters is disguised; two seeds of each."""
    out: dict[str, Any] = {"ads": len(texts), "innocents": len(innocent)}
    plain = ads_among(judge, texts)
    out["undisguised"] = {"found": plain, "false_alarms": ads_among(judge, innocent)}
    for name, treatments in [
        *((name, [treat]) for name, treat in DISGUISES.items()),
        ("all", list(DISGUISES.values())),
    ]:
        for rate in (0.1, 0.2):
            rng = random.Random(7)
            found = ads_among(judge, [treated(text, treatments, rate, rng)[0] for text in texts * 2])
            false = ads_among(judge, [treated(text, treatments, rate, rng)[0] for text in innocent])
            lost = round(100 * (plain - found / 2) / max(1, len(texts)), 2)
            out[f"{name} {rate:.0%}"] = {"points_lost": lost, "false_alarms": false}
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ads", type=Path, nargs="?")
    parser.add_argument("--innocents", nargs="*", default=[])
    parser.add_argument("--out", type=Path)
    a = parser.parse_args()
    judge = ad_judge()
    rows = []
    if a.ads:
        with opened(a.ads) as source:
            rows = [row for row in map(json.loads, source) if row["label"] != "unsure"]
    said: dict[str, Any] = heading(f"ads_accuracy.py {a.ads.name if a.ads else ''}".strip()) | {"scheme": judge.scheme}
    for origin in ("raw", "rewritten") if rows else ():
        mine = [row for row in rows if row["text_origin"] == origin]
        judged = judge.judge_all([row["text"] for row in mine])
        ads = [one.is_ad for one in judged]
        said[origin] = scored(mine, ads) | {
            "by_label": parts(mine, ads, "label"),
            "by_source": parts(mine, ads, "source"),
        }
        said[origin]["trades"] = dict(
            Counter(f"{row['label']} > {one.trade}" for row, one in zip(mine, judged, strict=True) if one.is_ad)
        )
    found = dict(map(innocents, a.innocents))
    said["innocents"] = {}
    for name, texts in found.items():
        wrong = ads_among(judge, texts)
        said["innocents"][name] = {"texts": len(texts), "taken_for_ads": wrong, "interval": wilson(wrong, len(texts))}
    raw = [row["text"] for row in rows if row["text_origin"] == "raw" and row["label"].startswith("ad_")]
    every = [text for texts in found.values() for text in texts]
    said["disguised"] = through_disguises(judge, raw, random.Random(1).sample(every, min(1000, len(every))))
    write(said, a.out)


if __name__ == "__main__":
    main()
