"""Rings of accounts of simulated promotions against truth: found, right, and innocent accounts in a suspected ring.

    benefits.py SIZE SEED [SEED ...] [--out FILE]

A ring of the town is found when one suspected ring of ours holds more than half of its accounts and most of that ring are its
own. Innocent are accounts of households, shops, offices, dormitories nobody listed, and single people. Simulated data: for
regression, not for claiming accuracy.
"""

import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from frozen import heading, over_towns, pooled, write
from house import ME

from mingcha.actions.benefits import benefit_rings
from mingcha.actions.kept import contact_token
from mingcha.actions.take_in import SourceFile, take_in
from mingcha.demo.town import build
from mingcha.demo.town import write as write_files
from mingcha.model.actor import Purpose
from mingcha.model.record import Personal
from mingcha.model.ring import RingStatus
from mingcha.settings import Settings
from mingcha.wiring import intake_door, open_deps

KINDS = ("customers", "promotions", "claims_of_benefit", "places", "representatives")


def town(size: int, seed: int) -> dict[str, Any]:
    """One town's counts."""
    folder = Path(tempfile.mkdtemp())
    made = build(size, seed)
    write_files(made, folder / "files")
    deps = open_deps(Settings(workspace=folder / "w"))
    for kind in KINDS:
        path = folder / "files" / f"{kind}.csv"
        door = intake_door(kind, path, None, "demo")
        source = SourceFile(kind=door.kind, name=path.name, digest=door.digest, system="demo")
        take_in(deps, ME, source, door.rows())
    started = time.perf_counter()
    held = benefit_rings(deps, replace(ME, purpose=Purpose.INVESTIGATION))
    seconds = time.perf_counter() - started
    of = {contact_token(deps.keys, Personal.HANDLE, account): group for account, group in made.benefits.items()}
    sizes = Counter(group for group in of.values() if group and group.startswith("ring "))
    found, right, tied = set(), 0, Counter[str]()
    suspected = [one.ring for one in held.rings if one.ring.status is RingStatus.SUSPECTED]
    for ring in suspected:
        inside = Counter(of[account] for account in ring.complaints)
        name, most = inside.most_common(1)[0]
        right += name in sizes and 2 * most > len(ring.complaints)
        if name in sizes and 2 * most > len(ring.complaints) and 2 * most > sizes[name]:
            found.add(name)
        tied.update((of[account] or "single") for account in ring.complaints if of[account] not in sizes)
    return {
        "seed": seed, "accounts": len(of), "claims": held.claims, "rings_true": len(sizes), "rings_found": len(found),
        "rings_suspected": len(suspected), "rings_right": right, "innocent": len(of) - sum(sizes.values()),
        "innocent_tied": tied.total(), "tied": dict(tied), "seconds": round(seconds, 2),
        "by_status": dict(Counter(one.ring.status.value for one in held.rings)),
    }  # fmt: skip


def main() -> None:
    towns, out = over_towns(__doc__, town)
    told = {
        **heading(" ".join([Path(__file__).name, *sys.argv[1:]])),
        "ring_recall": pooled(towns, "rings_found", "rings_true"),
        "ring_precision": pooled(towns, "rings_right", "rings_suspected"),
        "innocent_wrongly_tied": pooled(towns, "innocent_tied", "innocent"),
        "towns": towns,
    }
    write(told, out)


if __name__ == "__main__":
    main()
