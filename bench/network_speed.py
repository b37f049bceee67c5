"""Seconds and memory of a full rebuild of ties and rings over made-up facts with rings, hubs and single people.

    network_speed.py [--complaints 100000 1000000] [--facts 5] [--shared 0.02] [--out FILE]

Each size runs in a process of its own. Every tenth complaint is a client of a ring of forty that shares four values of its
complaints; ten thousand at a time live in one dormitory; one number stands on a tenth of all records; the rest states its own
values, of which some are shared by chance. `growth` is the seconds a complaint at each size over those at the one before.
"""

import argparse
import random
import resource
import time
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from frozen import heading, write

from mingcha.model.finding import Conduct
from mingcha.model.party import Customer
from mingcha.model.provenance import Cite
from mingcha.model.ring import RingStatus
from mingcha.model.tie import TieFact
from mingcha.network.groups import Evidence, summarise_group
from mingcha.network.rings import form_ring, part
from mingcha.network.scheme import KINDS
from mingcha.network.ties import Bounds, build_ties, summaries

RING, DORMITORY = 40, 10_000
STORM = 10  # one complaint in so many states the number everybody states
FEE = (Conduct.FEE_TAKEN, "customer_paid_agent", Cite("callbacks", "B"))


def facts(complaints: int, each: int, share: float) -> list[TieFact]:
    """Each complaint states `each` values: mostly its own, one in ten shared by a small ring, one a dormitory's."""
    rng = random.Random(1)
    kinds = ["filer_number", "issuer_seal", "payee", "handle", "ip", "device", "return_address", "agent_number"]
    out = []
    for i in range(complaints):
        for k in range(each):
            kind = kinds[k % len(kinds)]
            value = f"{kind}-{i}"
            if i % 10 == 0 and k < 4:
                value = f"{kind}-ring-{i // (10 * RING)}"
            elif kind == "ip":
                value = f"dormitory-{i // DORMITORY}"
            elif kind == "payee" and i % STORM == 1:
                value = "storm"
            elif rng.random() < share:
                value = f"{kind}-pair-{rng.randrange(complaints // 20)}"
            out.append(TieFact(complaint=f"C{i:07d}", customer=f"P{i}", kind=kind, family=KINDS[kind].family,
                               value=value, source=f"S{i}-{k % 3}", source_kind="attachments"))  # fmt: skip
    rng.shuffle(out)
    return out


def run(complaints: int, each: int, share: float) -> dict[str, Any]:
    """One size."""
    rows = facts(complaints, each, share)
    people = {
        f"P{i}": Customer(id=f"P{i}", verified=True, household="none", employer=f"e{i % 5000}")
        for i in range(complaints)
    }
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    bounds = Bounds(stopped=frozenset({"C0000010"}), allowed={})
    started = time.perf_counter()
    ties = build_ties(rows, people, bounds)
    ties_s = time.perf_counter() - started
    parted = part(ties)
    parted_s = time.perf_counter() - started - ties_s
    of_rings = {c for one in parted for c in one.group.complaints if int(c[1:]) % 10 == 0}
    evidence = Evidence(
        conduct=dict.fromkeys(of_rings, (FEE,)), tested=frozenset(f"C{i:07d}" for i in range(complaints))
    )
    made = []
    for one in parted:
        summary = summarise_group(one.group, ties, people, evidence)
        ring = form_ring(one, summary, ties, people, bounds, f"R-{one.group.id}")
        made += [ring] if ring else []
    rings_s = time.perf_counter() - started - ties_s - parted_s
    shown = sum(len(summaries(ties, f"C{i:07d}")) for i in range(complaints))
    suspected = [ring for ring in made if ring.status is RingStatus.SUSPECTED]
    clients = {f"C{i:07d}" for i in range(0, complaints, 10)} - bounds.stopped
    held = {c for ring in suspected for c in ring.complaints}
    return {
        "complaints": complaints, "facts": len(rows), "ties": len(ties.ties), "hubs": sum(t.hub for t in ties.ties),
        "largest_hub": max((len(t.complaints) for t in ties.ties if t.hub), default=0), "communities": len(parted),
        "rings": len(made), "suspected": len(suspected), "not_resampled": sum(ring.stability is None for ring in made),
        "clients_in_rings": round(len(held & clients) / len(clients), 4), "others_in_rings": len(held - clients),
        "summaries": shown, "ties_s": round(ties_s, 1), "communities_s": round(parted_s, 1), "rings_s": round(rings_s, 1),
        "rebuild_s": round(ties_s + parted_s + rings_s, 1),
        "input_mb": base, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--complaints", type=int, nargs="+", default=[100_000])
    parser.add_argument("--facts", type=int, default=5)
    parser.add_argument("--shared", type=float, default=0.02, help="share of values that a few people have in common")
    parser.add_argument("--out", type=Path)
    a = parser.parse_args()
    sizes = []
    for size in a.complaints:
        with get_context("spawn").Pool(1) as pool:
            sizes.append(pool.apply(run, (size, a.facts, a.shared)))
    per = [one["rebuild_s"] / one["complaints"] for one in sizes]
    growth = [round(later / before, 2) for before, later in pairwise(per)]
    command = f"network_speed.py --complaints {' '.join(map(str, a.complaints))} --facts {a.facts}"
    write({**heading(command), "sizes": sizes, "growth": growth}, a.out)


if __name__ == "__main__":
    main()
