"""What a simulated town teaches about weights: people conclude by truth, some of them wrongly; who is named before and after.

    python bench/learning.py SIZE SEED [--wrong 0.05] [--out FILE]

Two thirds of the complaints are concluded on; the newest month is what the proposal is compared over. Prints what was
learned, the cross-validated losses, and how many borrowers outside rings a suggestion names under both weights. Simulated data:
it shows that learning keeps within its floors and spares the innocent, and claims no accuracy.
"""

import argparse
import json
import tempfile
import time
from pathlib import Path
from random import Random
from typing import Any

from frozen import heading, wilson, write

from mingcha.actions import decide
from mingcha.actions.assess import assess
from mingcha.actions.deps import Deps
from mingcha.actions.kept import record_id
from mingcha.actions.learning import propose_weights
from mingcha.actions.take_in import SourceFile, take_in
from mingcha.demo.town import write_town
from mingcha.model.actor import Actor, Purpose, Role
from mingcha.model.assessment import Label
from mingcha.model.decision import Conclusion, MeritVerdict
from mingcha.model.kinds import BY_CODE, KINDS
from mingcha.model.weights import Proposal
from mingcha.settings import Settings
from mingcha.wiring import intake_door, open_deps

ME = Actor("bench", frozenset(Role) - {Role.ADMIN}, Purpose.HANDLING)
ANALYST = Actor("ana", frozenset({Role.ANALYST}), Purpose.INVESTIGATION)
SECOND = Actor("second", frozenset({Role.LEGAL}), Purpose.INVESTIGATION)
SHARE = 2 / 3
CLAUSE = "cba-agency@2024-01-draft:means.1"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("size", type=int)
    parser.add_argument("seed", type=int)
    parser.add_argument("--wrong", type=float, default=0.05)
    parser.add_argument("--out", type=Path)
    a = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_town(a.size, a.seed, folder / "files")
        deps = open_deps(Settings(workspace=folder / "w"))
        for kind in KINDS:
            path = folder / "files" / f"{kind.code}.csv"
            door = intake_door(path.stem, path, None, "demo")
            take_in(
                deps, ME, SourceFile(kind=door.kind, name=path.name, digest=door.digest, system="demo"), door.rows()
            )
        assess(deps, ME)
        lines = (folder / "files" / "truth.jsonl").read_text(encoding="utf-8").splitlines()
        rings = {
            record_id(deps.keys, BY_CODE["complaints"], "demo", t["complaint"]): bool(t["ring"])
            for t in map(json.loads, lines)
        }
        concluded = conclude(deps, rings, Random(a.seed), a.wrong)
        started = time.perf_counter()
        made = propose_weights(deps, ANALYST)
        out: dict[str, Any] = heading(f"learning.py {a.size} {a.seed} --wrong {a.wrong}")
        out |= {"simulated": True, "concluded": concluded, "seconds": round(time.perf_counter() - started, 1)}
        write(out | told(made, rings), a.out)
        deps.store.close()


def conclude(deps: Deps, rings: dict[str, bool], random: Random, wrong: float) -> int:
    """Whoever belongs to a ring is concluded to be linked, all others ordinary, with so many mistakes either way."""
    old = sorted(id_ for id_ in rings if random.random() < SHARE)
    for id_ in old:
        decide.decide_merit(deps, ME, id_, MeritVerdict.NOT_UPHELD, (), "bench")
        if rings[id_] is not (random.random() < wrong):
            first = decide.decide_conclusion(deps, ANALYST, id_, Conclusion.LINKED, "bench", CLAUSE)
            decide.confirm(deps, SECOND, id_, first.id, "bench")
        else:
            decide.decide_conclusion(deps, ANALYST, id_, Conclusion.ORDINARY, "bench", None)
    return len(old)


def told(made: Proposal, rings: dict[str, bool]) -> dict[str, Any]:
    """What was learned, and who is named under both weights, by truth."""
    outside = [one for one in made.shadow.changed if not rings[one.complaint]]
    inside = [one for one in made.shadow.changed if rings[one.complaint]]
    return {
        "learned": {name: delta for name, delta in made.weights.deltas},
        "better": made.better,
        "losses": {
            one.answer.value: [round(one.loss_before / 1e6, 4), round(one.loss_after / 1e6, 4), one.accused, one.others]
            for one in made.fitted
        },
        "calibration": {
            one.answer.value: [
                [b.least, b.most, round(b.expected / 1e6, 3), *wilson(b.accused.hits, b.accused.of)] for b in one.bands
            ]
            for one in made.fitted
        },
        "month": made.shadow.cases,
        "outside_rings": {
            "no_longer_named": _to(outside, Label.ORDINARY),
            "newly_named": _to(outside, Label.INSUFFICIENT),
        },
        "in_rings": {"no_longer_named": _to(inside, Label.ORDINARY), "newly_named": _to(inside, Label.INSUFFICIENT)},
        "groups_above": [f"{one.by}={one.value}" for one in made.shadow.groups if one.above],
    }


def _to(changes: list[Any], label: Label) -> int:
    return sum(one.after is label for one in changes)


if __name__ == "__main__":
    main()
