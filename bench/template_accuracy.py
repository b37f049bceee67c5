"""How rightly a template is rebuilt from its copies, and how fast: token F1 with 95 % intervals by language, noise and family size.

    template_accuracy.py --zh POOL.csv[.gz] --en POOL.csv[.gz] [--families 20] [--seed 1] [--out FILE]

Pools are CSV files with a column `text`. `token_f1`: every token of every member is skeleton, slot or edit; F1 of the first two
together. `skeleton_f1`: tokens of the template, slots as one token each, against the true template's, in order. Intervals are
bootstrapped over families.
"""

import argparse
import csv
import datetime
import gzip
import json
import os
import platform
import random
import re
import time
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

from template_letters import Made, family, sentences

from mingcha.campaign.template import reconstruct
from mingcha.campaign.template_tokens import TOKEN
from mingcha.model.template import Fixed, Slot, StretchKind, Template
from mingcha.text.normalise import normalise

NOISES = (0.0, 0.02, 0.05, 0.10)
SIZES = (2, 3, 5, 10, 30, 100)
LETTER = {"P": "person", "L": "lender", "S": "sum", "D": "date", "N": "number", "T": "text", "F": "figure"}


def read_pool(path: str) -> list[list[str]]:
    csv.field_size_limit(1 << 30)
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8", newline="") as handle:
        texts = dict.fromkeys(row["text"] for row in csv.DictReader(handle) if row.get("text"))
    return [found for text in texts if (found := sentences(text))]


def score(made: Made, template: Template) -> Counter[str]:
    """Counts of one family: right, said and true tokens of each class, kinds, and the skeleton's matches."""
    counts: Counter[str] = Counter()
    by_member = {copy.member: copy for copy in template.copies}
    for member, letter in enumerate(made.letters):
        folded = normalise(letter.text)
        said: list[tuple[str, str]] = []
        copy = by_member[f"{member:06}"]
        for stretch in copy.stretches:
            part = template.parts[stretch.part] if stretch.part is not None else None
            label = "slot" if stretch.kind is StretchKind.VALUE else "edit"
            label = "skeleton" if stretch.kind in (StretchKind.HELD, StretchKind.SPACED) else label
            said += [(label, part.kind.value if isinstance(part, Slot) else "")] * len(template.text(stretch))
        at = 0
        for token in TOKEN.findall(folded.text):
            letter_of = letter.labels[folded.starts[at]]
            true = {"k": "skeleton", "e": "edit", " ": "edit"}.get(letter_of, "slot")
            mine, kind = said[at]
            at += len(token)
            counts[f"true {true}"] += 1
            counts[f"said {mine}"] += 1
            counts[f"right {true}"] += mine == true
            counts[f"as {true} {mine}"] += 1
            if true == mine == "slot":
                counts[f"kind {LETTER[letter_of]} {kind}"] += 1
    true_tokens = TOKEN.findall(normalise(re.sub(r"\0(?:\s*\0)*", " \0 ", made.skeleton)).text)
    mine_text = "".join(p.text if isinstance(p, Fixed) else " \0 " for p in template.parts)
    a, b = ([t.strip() for t in tokens if t.strip()] for tokens in (true_tokens, TOKEN.findall(mine_text)))
    counts["template both"] += sum(
        block.size for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    )
    counts["template all"] += len(a) + len(b)
    return counts


def figures(counts: Counter[str]) -> dict[str, float]:
    def f1(*classes: str) -> float:
        right = sum(counts[f"right {c}"] for c in classes)
        return 2 * right / max(1, sum(counts[f"true {c}"] + counts[f"said {c}"] for c in classes))

    return {
        "token_f1": f1("skeleton", "slot"),
        "skeleton_tokens_f1": f1("skeleton"),
        "slot_tokens_f1": f1("slot"),
        "skeleton_f1": 2 * counts["template both"] / max(1, counts["template all"]),
    }


def with_intervals(rows: list[Counter[str]], rng: random.Random) -> dict[str, object]:
    """The figures of a slice, micro-averaged, with bootstrapped 95 % intervals."""
    draws = [figures(sum(rng.choices(rows, k=len(rows)), Counter())) for _ in range(400)]
    out: dict[str, object] = {"families": len(rows)}
    for name, point in figures(sum(rows, Counter())).items():
        ordered = sorted(draw[name] for draw in draws)
        out[name] = round(point, 4)
        out[f"{name}_95"] = [round(ordered[9], 4), round(ordered[389], 4)]
    return out


def kinds(rows: list[Counter[str]]) -> dict[str, object]:
    """Slot tokens by true kind and the kind said."""
    total = sum(rows, Counter())
    table: dict[str, dict[str, int]] = {}
    for name, count in sorted(total.items()):
        if name.startswith("kind "):
            _, true, said = name.split(" ")
            table.setdefault(true, {})[said] = count
    fine = {true: ("number", "sum", "date") if true == "figure" else (true,) for true in table}
    return {
        true: {"right": round(sum(row.get(kind, 0) for kind in fine[true]) / sum(row.values()), 4), **row}
        for true, row in table.items()
    }


def rebuilt(made: Made) -> Template:
    return reconstruct({f"{i:06}": letter.text for i, letter in enumerate(made.letters)})


def accuracy(pools: dict[str, str], families: int, seed: int) -> dict[str, object]:
    out: dict[str, object] = {}
    for lang, path in pools.items():
        pool = read_pool(path)
        rng = random.Random(f"{lang}-{seed}")
        drawn = [s for doc in rng.sample(pool, min(1000, len(pool))) for s in doc]
        words = [w for s in drawn for w in (s if lang == "zh" else s.split())]
        cells = {
            (noise, size): [score(made, rebuilt(made)) for made in (family(pool, words, size, noise, lang, rng) for _ in range(families))]
            for noise in NOISES for size in SIZES
        }  # fmt: skip
        rows = [row for cell in cells.values() for row in cell]
        total = sum(rows, Counter())
        out[lang] = {
            "by_noise": {
                str(n): with_intervals([r for (a, _), cell in cells.items() if a == n for r in cell], rng)
                for n in NOISES
            },
            "by_noise_families_of_10_and_more": {
                str(n): with_intervals([r for (a, s), cell in cells.items() if a == n and s >= 10 for r in cell], rng)
                for n in NOISES
            },
            "by_noise_and_size": {f"{n}, {s} members": with_intervals(cell, rng) for (n, s), cell in cells.items()},
            "kinds_of_slot_tokens": kinds(rows),
            "true_and_said": {name[3:]: count for name, count in sorted(total.items()) if name.startswith("as ")},
        }
    return out


def speed(pools: dict[str, str], seed: int) -> dict[str, object]:
    """Seconds, folding included, for families of several sizes at noise 0.05; kernels are compiled before."""
    out: dict[str, object] = {}
    for lang, path in pools.items():
        pool, rng = read_pool(path), random.Random(f"speed-{lang}-{seed}")
        words = [w for doc in rng.sample(pool, 200) for s in doc for w in (s if lang == "zh" else s.split())]
        long = [doc for doc in pool if len(doc) >= 4]
        for size in (10, 100, 1000, 5000):
            made = family(long, words, size, 0.05, lang, rng)
            started, cpu = time.perf_counter(), time.process_time()
            template = rebuilt(made)
            wall, spent = time.perf_counter() - started, time.process_time() - cpu
            out[f"{lang}, {size} members"] = {
                "seconds": round(wall, 3), "processor_seconds": round(spent, 3),
                "token_f1": round(figures(score(made, template))["token_f1"], 4),
                "characters": sum(len(one.text) for one in made.letters),
                "stretches": sum(len(copy.stretches) for copy in template.copies),
            }  # fmt: skip
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--zh", required=True)
    parser.add_argument("--en", required=True)
    parser.add_argument("--families", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out")
    a = parser.parse_args()
    pools = {"zh": a.zh, "en": a.en}
    load = os.getloadavg()[0]
    names = " ".join(f"--{lang} {Path(path).name}" for lang, path in pools.items())
    result = {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "machine": f"{platform.platform()}, {os.cpu_count()} cores, CPython {platform.python_version()}",
        "command": f"python bench/template_accuracy.py {names} --families {a.families} --seed {a.seed}",
        "accuracy": accuracy(pools, a.families, a.seed),
        "speed": speed(pools, a.seed),
        "load_before_and_after": [round(load, 2), round(os.getloadavg()[0], 2)],
    }
    text = json.dumps(result, ensure_ascii=False, indent=1)
    if a.out:
        Path(a.out).write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
