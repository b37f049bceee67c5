"""Seconds and memory of ties, groups and law 3 over made-up facts with rings, hubs and single people; prints JSON.

network_speed.py [--complaints 100000] [--facts 10] [--shared 0.02]
"""

import argparse
import json
import random
import resource
import time

from mingcha.model.party import Customer
from mingcha.model.tie import TieFact
from mingcha.network.groups import Evidence, find_groups, summarise_group
from mingcha.network.law_three import test_group as law_three
from mingcha.network.scheme import KINDS
from mingcha.network.ties import Bounds, build_ties, summaries

RING, DORMITORY = 40, 10_000


def facts(complaints: int, each: int, share: float) -> list[TieFact]:
    """Each complaint states `each` values: mostly its own, one in ten shared by a small ring, one a dormitory's."""
    rng = random.Random(1)
    kinds = sorted(set(KINDS) - {"template", "voice"})
    out = []
    for i in range(complaints):
        for k in range(each):
            kind = kinds[k % len(kinds)]
            value = f"{kind}-{i}"
            if i % 10 == 0 and k < 4:
                value = f"{kind}-ring-{i // (10 * RING)}"
            elif kind == "ip":
                value = f"dormitory-{i // DORMITORY}"
            elif rng.random() < share:
                value = f"{kind}-pair-{rng.randrange(complaints // 20)}"
            source = f"S{i}-{k % 3}"
            out.append(TieFact(complaint=f"C{i:07d}", customer=f"P{i}", kind=kind, family=KINDS[kind].family,
                               value=value, source=source, source_kind="attachments"))  # fmt: skip
    rng.shuffle(out)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--complaints", type=int, default=100_000)
    parser.add_argument("--facts", type=int, default=10)
    parser.add_argument("--shared", type=float, default=0.02, help="share of values that a few people have in common")
    a = parser.parse_args()
    rows = facts(a.complaints, a.facts, a.shared)
    people = {
        f"P{i}": Customer(id=f"P{i}", verified=True, household="none", employer=f"e{i % 5000}")
        for i in range(a.complaints)
    }
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    started = time.perf_counter()
    ties = build_ties(rows, people, Bounds(stopped=frozenset({"C0000010"}), allowed={}))
    ties_s = time.perf_counter() - started
    started = time.perf_counter()
    groups = find_groups(ties)
    legs = [law_three(summarise_group(group, ties, people, Evidence())) for group in groups]
    groups_s = time.perf_counter() - started
    started = time.perf_counter()
    shown = sum(len(summaries(ties, f"C{i:07d}")) for i in range(a.complaints))
    print(json.dumps({
        "facts": len(rows), "ties": len(ties.ties), "hubs": sum(t.hub for t in ties.ties), "groups": len(groups),
        "largest_group": max((len(g.complaints) for g in groups), default=0),
        "two_families": sum(leg.two_families for leg in legs), "summaries": shown,
        "ties_s": round(ties_s, 2), "groups_and_law_three_s": round(groups_s, 2),
        "summaries_s": round(time.perf_counter() - started, 2),
        "input_mb": base, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }, indent=1))  # fmt: skip


if __name__ == "__main__":
    main()
