"""Rings of simulated towns against truth, pooled over seeds: found, invented, and customers of no ring tied to one.

    rings.py SIZE SEED [SEED …] [--out FILE]

A ring of the town is found when one suspected ring of ours holds more than half of its complaints and most of that ring are its
own. A ring of ours is right when most of its complaints are of one ring of the town. Wrongly tied are customers of no ring of
the town whose complaint stands in a suspected ring. Simulated data: for regression, not for claiming accuracy.
"""

import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from frozen import heading, over_towns, pooled, write
from house import ME, taken_in

from mingcha.actions.assess import assess
from mingcha.actions.kept import record_id
from mingcha.actions.ring_book import rings_kept
from mingcha.model.kinds import BY_CODE
from mingcha.model.ring import RingStatus


def town(size: int, seed: int) -> dict[str, Any]:
    """One town's counts."""
    deps, truth, _ = taken_in(size, seed)
    started = time.perf_counter()
    done = assess(deps, ME)
    seconds = time.perf_counter() - started
    of = {record_id(deps.keys, BY_CODE["complaints"], "demo", one.complaint): one for one in truth}
    with deps.store.read() as work:
        held = rings_kept(work)
    suspected = [ring for ring in held if ring.status is RingStatus.SUSPECTED]
    sizes = Counter(one.ring for one in truth if one.ring and one.law_three)
    found, right, tied = set(), 0, 0
    clusters: Counter[str] = Counter()
    for ring in suspected:
        inside = Counter(of[id_].ring for id_ in ring.complaints if of[id_].law_three)
        name, most = inside.most_common(1)[0] if inside else (None, 0)
        mostly = 2 * most > len(ring.complaints)
        right += mostly
        if mostly and name is not None and 2 * most > sizes[name]:
            found.add(name)
        outside = [of[id_] for id_ in ring.complaints if not of[id_].law_three]
        tied += len(outside)
        clusters.update(one.cluster or one.ring or one.author for one in outside)
    members = sum(sizes.values())
    linked = sum(1 for ring in suspected for id_ in ring.complaints if of[id_].law_three)
    return {
        "seed": seed, "complaints": len(truth), "rings_true": len(sizes), "rings_found": len(found),
        "rings_suspected": len(suspected), "rings_right": right, "ring_complaints": members, "of_them_in_rings": linked,
        "others": len(truth) - members, "others_tied": tied, "tied_by_cluster": dict(clusters),
        "by_status": dict(Counter(ring.status.value for ring in held)), "hubs": done.landscape["hubs"],
        "assess_s": round(seconds, 1),
    }  # fmt: skip


def main() -> None:
    towns, out = over_towns(__doc__, town)
    told = {
        **heading(" ".join([Path(__file__).name, *sys.argv[1:]])),
        "ring_recall": pooled(towns, "rings_found", "rings_true"),
        "ring_precision": pooled(towns, "rings_right", "rings_suspected"),
        "complaints_of_rings_found": pooled(towns, "of_them_in_rings", "ring_complaints"),
        "customers_of_no_ring_wrongly_tied": pooled(towns, "others_tied", "others"),
        "towns": towns,
    }
    write(told, out)


if __name__ == "__main__":
    main()
