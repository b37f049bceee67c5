"""How fast posts are judged with reasons, one process a core, beside matcher-py matching the same words in the same run.

    ads_speed.py POSTS.jsonl[.gz] [--rows 20000] [--cores 2] [--out FILE]

matcher-py (installed apart) says which words stand in a text, neither where nor why; it is run over the same list of words
with its variant, delete and romanise folds. Both get the same lots of posts; starting and loading are left out. Prints JSON.
"""

import argparse
import gzip
import itertools
import json
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from frozen import heading, write

from mingcha.actions.judging import LOT
from mingcha.wiring import ad_judge, ad_reader

HOLDS: dict[str, Any] = {}


def ready(who: str) -> None:
    """Load one of the two in this process, and let it read once."""
    if who == "ours":
        HOLDS["read"] = ad_judge().judge_all
    else:
        from matcher_py import ProcessType, SimpleMatcherBuilder

        builder, reader = SimpleMatcherBuilder(), ad_reader()
        for number, term in enumerate(reader.terms):
            builder.add_word(ProcessType.VARIANT_NORM_DELETE_NORMALIZE, 2 * number, term)
            builder.add_word(ProcessType.ROMANIZE, 2 * number + 1, term)
        process = builder.build().process
        HOLDS["read"] = lambda texts: [process(text) for text in texts]
    HOLDS["read"](["加微信，停息挂账，不成功不收费"])


def lot(texts: list[str]) -> int:
    """Read a lot; how many posts."""
    return len(HOLDS["read"](texts))


def rate(who: str, lots: list[list[str]], cores: int) -> float:
    """Posts a second of wall time, over all cores."""
    with ProcessPoolExecutor(cores, get_context("spawn"), ready, (who,)) as pool:
        list(pool.map(lot, [lots[0]] * cores * 4))  # every process has started and read
        began = time.perf_counter()
        done = sum(pool.map(lot, lots))
        return done / (time.perf_counter() - began)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("posts", type=Path)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--out", type=Path)
    a = parser.parse_args()
    opened = gzip.open if a.posts.suffix == ".gz" else open
    with opened(a.posts, "rt", encoding="utf-8") as source:
        texts = [json.loads(line)["text"] for line in source]
    texts = list(itertools.islice(itertools.cycle(texts), a.rows))
    lots = [texts[at : at + LOT] for at in range(0, len(texts), LOT)]
    out = heading(f"ads_speed.py {a.posts.name}") | {
        "posts": len(texts),
        "characters": sum(map(len, texts)),
        "cores": a.cores,
    }
    for turn in (1, 2):
        for who in ("ours", "matcher_py"):
            out[f"{who}_posts_per_s_{turn}"] = round(rate(who, lots, a.cores))
    write(out, a.out)


if __name__ == "__main__":
    main()
