"""One new complaint against a million stored: how long finding its family takes, on SQLite and on PostgreSQL.

    incremental.py CORPUS.jsonl [--ask 1000] [--store sqlite|postgres] [--rows N] [--filled ADDRESS]

The first rows are stored, gathered and indexed as a run of `assess` leaves them; then each of the last `--ask` rows comes in
by itself, in a transaction of its own. Its own writing of the sketch counts. Truth is the corpus' own `campaign` column.
`--filled` asks a store that an earlier run filled with all but the last rows (the house is changed by asking: give a copy).
Prints one JSON object; `--out` freezes it.
"""

import argparse
import gc
import json
import resource
import tempfile
import time
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from frozen import heading, write

from mingcha.actions.deps import Deps
from mingcha.actions.indexing import index_families
from mingcha.actions.joining import Outcome, assign
from mingcha.actions.ports.store import Store
from mingcha.adapters.store import open_store
from mingcha.campaign.families import find_families
from mingcha.campaign.sketches import sketch
from mingcha.campaign.warm import warm
from mingcha.testing.postgres import fresh_database

LOT = 20_000


def place(kind: str, folder: Path) -> str | Path:
    """Where an empty store may stand."""
    return folder / "house.db" if kind == "sqlite" else fresh_database()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--ask", type=int, default=1_000)
    parser.add_argument("--rows", type=int)
    parser.add_argument("--store", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--filled")
    parser.add_argument("--out", type=Path)
    a = parser.parse_args()
    warm()
    rows = [json.loads(line) for line in a.corpus.open(encoding="utf-8")][: a.rows]
    stored, asked = rows[: -a.ask], rows[-a.ask :]
    gc.freeze()  # a million rows of truth are this file's, not the house's: its collector need not walk them
    with tempfile.TemporaryDirectory() as name:
        where = a.filled or place(a.store, Path(name))
        store = open_store(where)
        how = " --filled ..." if a.filled else ""
        out: dict[str, Any] = heading(f"incremental.py {a.corpus.name} --store {a.store}{how}")
        if a.filled:
            with store.read() as view:
                out["stored"] = sum(1 for _ in view.campaigns.sketches())
        else:
            out["stored"] = len(stored)
            out |= fill(store, [(f"C-{i:07}", row["text"]) for i, row in enumerate(stored)])
        store.close()
        started = time.perf_counter()
        store = open_store(where)
        out |= ask(
            store,
            [(f"N-{i:07}", row["text"]) for i, row in enumerate(asked, len(stored))],
            rows,
            time.perf_counter() - started,
        )
        store.close()
    out["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    write(out, a.out)


def fill(store: Store, texts: list[tuple[str, str]]) -> dict[str, float]:
    """Store sketches, gather families, index them: seconds of each."""
    started = time.perf_counter()
    for first in range(0, len(texts), LOT):
        with store.write() as work:
            work.campaigns.put_sketches(sketch(texts[first : first + LOT], 0))
    stored = time.perf_counter()
    with store.read() as view:
        found = find_families(view.campaigns.sketches())
    gathered = time.perf_counter()
    kept = {family.name: family.name for family in found.families}
    with store.write() as work:
        members = [row for family in found.families for row in family.memberships(family.name)]
        work.campaigns.replace_families(members, {family.name: family.common for family in found.families})
    index_families(cast(Deps, SimpleNamespace(store=store)), {c for c, _ in texts}, found, kept)
    return {
        "store_sketches_s": round(stored - started, 1),
        "gather_s": round(gathered - stored, 1),
        "index_s": round(time.perf_counter() - gathered, 1),
        "families": len(found.families),
    }


def ask(store: Store, texts: list[tuple[str, str]], rows: list[dict[str, Any]], opened: float) -> dict[str, Any]:
    """Let each text come in by itself; percentiles of the time, and how often it found its campaign."""
    truth = [row["campaign"] for row in rows]  # an id holds its row's number, also one that an earlier asking left
    large = {campaign for campaign, count in Counter(truth).items() if campaign >= 0 and count > 2}
    times, outcomes, passed, right, wrong, campaigns, background = [], Counter[str](), 0, 0, 0, 0, 0
    for id_, text in texts:
        began = time.perf_counter()
        (one,) = sketch([(id_, text)], 0)
        with store.write() as work:
            work.campaigns.put_sketches([one])
            (said,) = assign(work, [one])
        times.append(time.perf_counter() - began)
        outcomes[said.outcome] += 1
        passed += said.passed_over > 0
        campaigns += truth[int(id_[2:])] in large
        if said.outcome is not Outcome.JOINED or said.family is None:
            continue
        with store.read() as view:
            others = [truth[int(m.complaint[2:])] for m in view.campaigns.members(said.family) if m.complaint != id_]
        alike = max(set(others), key=others.count) if others else -1
        right += truth[int(id_[2:])] >= 0 and alike == truth[int(id_[2:])]
        wrong += truth[int(id_[2:])] >= 0 and alike != truth[int(id_[2:])]
        background += truth[int(id_[2:])] < 0
    times.sort()
    first = texts[0]
    began = time.perf_counter()
    with store.read() as view:
        view.campaigns.memberships([first[0]])
    return {
        "restart_s": round(opened + time.perf_counter() - began, 3),
        "asked": len(texts),
        "p50_ms": round(times[len(times) // 2] * 1e3, 2),
        "p95_ms": round(times[len(times) * 95 // 100] * 1e3, 2),
        "p99_ms": round(times[len(times) * 99 // 100] * 1e3, 2),
        "outcomes": dict(outcomes),
        "texts_with_heads_not_compared": passed,
        "of_campaigns_of_3_or_more": campaigns,
        "joined_their_campaign": right,
        "joined_another": wrong,
        "background_that_joined": background,
    }


if __name__ == "__main__":
    main()
