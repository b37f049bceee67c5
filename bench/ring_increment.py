"""One new complaint against a house of many: how long its ties and rings take, and whether a run would have them alike.

    ring_increment.py stored COMPLAINTS [--ask N] [--out FILE]
    ring_increment.py town SIZE SEED [--ask N] [--out FILE]

`stored`: a house of made-up standings as a run leaves them (those of `network_speed.py`: a ring of forty in ten, dormitories,
one number on a tenth of all records, small shares by chance); then real rows come in through the door one at a time, every
tenth with a ring's own number, every tenth with the storm's number, the rest with their own. `town`: a simulated town of
which `--ask` complaints are held back; the rest is assessed, those come in one at a time, and a run afterwards says what it
would have had otherwise. Milliseconds of relating alone (`update_ms`) and of the whole taking in (`whole_ms`).
"""

import argparse
import csv
import random
import resource
import tempfile
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from frozen import heading, write
from house import ME
from network_speed import RING, facts

from mingcha.actions import increment
from mingcha.actions import take_in as door_room
from mingcha.actions.assess import assess
from mingcha.actions.deps import Deps
from mingcha.actions.kept import contact_token
from mingcha.actions.ring_book import (
    keep_rings,
    keep_statistics,
    keep_ties,
    ring_events,
    ring_name,
    rings_kept,
    ties_kept,
)
from mingcha.actions.standings import facts_of, keep_all
from mingcha.actions.take_in import SourceFile, take_in
from mingcha.campaign.reconcile import Reconciled
from mingcha.demo.town import write_town
from mingcha.model.finding import Conduct
from mingcha.model.kinds import KINDS
from mingcha.model.party import Customer
from mingcha.model.provenance import Cite
from mingcha.model.record import Personal
from mingcha.model.ring import Statistics
from mingcha.model.standing import Standing
from mingcha.network.groups import Evidence, summarise_group
from mingcha.network.rings import form_ring, part
from mingcha.network.ties import Bounds, build_ties
from mingcha.settings import Settings
from mingcha.wiring import intake_door, open_deps

FEE = ((Conduct.FEE_TAKEN, "customer_paid_agent", Cite("callbacks", "B")),)
HEADING = ("投诉编号", "客户号", "收到时间", "正文", "提交人电话", "提交人身份")


class Watch:
    """Milliseconds of relating, and how many were around, of everything taken in from here on."""

    def __init__(self) -> None:
        self.update_ms: list[float] = []
        self.around: list[int] = []
        self.waiting = 0
        self._update, self._around = increment.update, increment._around
        door_room.update = self.update  # type: ignore[attr-defined]
        increment._around = self.near

    def update(self, *given: Any) -> Any:
        started = time.perf_counter()
        done = self._update(*given)
        self.update_ms.append((time.perf_counter() - started) * 1_000)
        self.waiting += done
        return done

    def near(self, *given: Any) -> Any:
        found = self._around(*given)
        self.around.append(len(found.standings) if found else 0)
        return found


def spread(values: Iterable[float]) -> dict[str, float]:
    """Median, 95th percentile, largest."""
    held = sorted(values)
    return {f"p{at}": round(held[min(len(held) - 1, at * len(held) // 100)], 1) for at in (50, 95, 100)}


def taken(deps: Deps, path: Path) -> float:
    """Milliseconds of taking a file in."""
    door = intake_door(path.stem.split("@")[0], path, None, "demo")
    started = time.perf_counter()
    take_in(deps, ME, SourceFile(kind=door.kind, name=path.name, digest=door.digest, system="demo"), door.rows())
    return (time.perf_counter() - started) * 1_000


def write_rows(path: Path, head: Iterable[str], rows: Iterable[dict[str, str]]) -> Path:
    """A CSV file."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(head))
        writer.writeheader()
        writer.writerows(rows)
    return path


def phone(number: int) -> str:
    """A number of nobody's."""
    return f"138{number:08d}"


def fill(deps: Deps, complaints: int) -> dict[str, Any]:
    """Standings, ties and rings of many, as a run leaves them; a ring's number is a number's token."""
    tokens: dict[str, str] = {}
    stated: dict[str, list[tuple[str, str, str, str]]] = {}
    for fact in facts(complaints, 5, 0.02):
        value = fact.value
        if fact.kind == "filer_number" and "-ring-" in value:
            number = int(value.rsplit("-", 1)[1])
            value = tokens.setdefault(value, contact_token(deps.keys, Personal.PHONE, phone(number)))
        stated.setdefault(fact.complaint, []).append((fact.kind, value, fact.source_kind, fact.source))
    storm = contact_token(deps.keys, Personal.PHONE, phone(99_999_999))
    standings = {}
    for i in range(complaints):
        id_ = f"C{i:07d}"
        known = Customer(id=f"P{i}", verified=True, household="none", employer=f"e{i % 5000}")
        more = [("contact_phone", storm, "complaints", id_)] if i % 10 == 1 else []
        standings[id_] = Standing(
            complaint=id_, customer_id=f"P{i}", person=known, filer_phone=None, received_at=None, channel=None,
            lender=None, product=None, represented=False, facts=tuple(sorted([*stated.pop(id_), *more])), act=id_,
            conduct=FEE if i % 10 == 0 else (), rests_on="",
        )  # fmt: skip
    bounds = Bounds(people=complaints, as_of=deps.now())
    customers = {f"P{i}": one.person for i, one in enumerate(standings.values()) if one.person}
    ties = build_ties(list(facts_of(standings.values())), customers, bounds)
    evidence = Evidence(
        conduct={id_: one.conduct for id_, one in standings.items() if one.conduct}, tested=frozenset(standings)
    )
    rings = []
    for one in part(ties):
        summary = summarise_group(one.group, ties, customers, evidence)
        ring = form_ring(one, summary, ties, customers, bounds, ring_name(one.group.complaints))
        rings += [ring] if ring else []
    born = Reconciled({}, tuple(ring.id for ring in rings), (), (), (), (), ())
    home = {complaint: ring.id for ring in rings for complaint in ring.complaints}
    with deps.store.write() as work:
        keep_all(work, {id_: replace(one, ring=home.get(id_)) for id_, one in standings.items()}, frozenset())
        keep_rings(work, rings, born, {}, ("0" * 32, deps.now()))
        keep_ties(work, ties)
        keep_statistics(work, Statistics(deps.now().astimezone(deps.zone).date(), complaints))
    return {
        "complaints": complaints,
        "values_stated": sum(len(one.facts) for one in standings.values()),
        "ties": len(ties.ties),
        "rings": len(rings),
    }


def stored(complaints: int, ask: int) -> dict[str, Any]:
    """Rows come in to a house of many."""
    folder = Path(tempfile.mkdtemp())
    deps = open_deps(Settings(workspace=folder / "w"))
    started = time.perf_counter()
    out = fill(deps, complaints)
    out["fill_s"] = round(time.perf_counter() - started, 1)
    rng = random.Random(7)
    people = [{"客户号": f"n{n}", "身份已核实": "是", "家庭编号": f"h{n}", "单位": "none"} for n in range(ask)]
    taken(deps, write_rows(folder / "customers.csv", people[0], people))
    rings = complaints // (10 * RING)
    watch = Watch()
    whole = []
    grew = 0
    for n in range(ask):
        filer = (
            phone(rng.randrange(rings)) if n % 10 == 0 else phone(99_999_999) if n % 10 == 1 else phone(50_000_000 + n)
        )
        row = dict(
            zip(
                HEADING,
                (f"n{n}", f"n{n}", "2026-11-20 09:30", f"第{n}件：请核实我的账单。", filer, "self"),
                strict=True,
            )
        )
        whole.append(taken(deps, write_rows(folder / "complaints@1.csv", HEADING, [row])))
    with deps.store.read() as work:
        grew = sum(event.run != "0" * 32 for event in ring_events(work))
    out |= {"asked": ask, "rings_changed": grew, "update_ms": spread(watch.update_ms), "whole_ms": spread(whole)}
    return out | {"around": spread(watch.around), "waiting": watch.waiting}


def town(size: int, seed: int, ask: int) -> dict[str, Any]:
    """What was held back of a town comes in one at a time; then a run."""
    folder = Path(tempfile.mkdtemp())
    write_town(size, seed, folder / "files")
    deps = open_deps(Settings(workspace=folder / "w"))
    rows = list(csv.DictReader((folder / "files" / "complaints.csv").open(encoding="utf-8-sig")))
    late = set(random.Random(seed).sample(range(len(rows)), ask))
    for kind in KINDS:
        if kind.code != "complaints":
            taken(deps, folder / "files" / f"{kind.code}.csv")
    early = [row for n, row in enumerate(rows) if n not in late]
    taken(deps, write_rows(folder / "complaints.csv", rows[0], early))
    assess(deps, ME)
    with deps.store.read() as work:
        before = {ring.id for ring in rings_kept(work)}
    watch = Watch()
    whole = [taken(deps, write_rows(folder / "complaints@1.csv", rows[0], [rows[n]])) for n in sorted(late)]
    with deps.store.read() as work:
        held, events = rings_kept(work), len(ring_events(work))
        ties = {(tie.kind, tie.value): tie.linking for tie in ties_kept(work) if tie.linking}
    assess(deps, ME)
    with deps.store.read() as work:
        after, more = rings_kept(work), len(ring_events(work)) - events
        run_ties = {(tie.kind, tie.value): tie.linking for tie in ties_kept(work) if tie.linking}
    other = {key for key in ties.keys() | run_ties.keys() if ties.get(key) != run_ties.get(key)}
    return {
        "complaints": len(rows), "seed": seed, "asked": ask, "rings_before": len(before), "rings": len(held),
        "rings_after_a_run": len(after), "of_them_the_same": sum(ring in held for ring in after), "events_of_the_run": more,
        "ties_linking": len(run_ties), "of_them_other": len(other), "of_these_scripts": sum(k == "template" for k, _ in other),
        "update_ms": spread(watch.update_ms), "whole_ms": spread(whole), "around": spread(watch.around),
        "waiting": watch.waiting,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["stored", "town"])
    parser.add_argument("numbers", type=int, nargs="+", metavar="N")
    parser.add_argument("--ask", type=int, default=1_000)
    parser.add_argument("--out", type=Path)
    a = parser.parse_args()
    made = stored(*a.numbers, a.ask) if a.what == "stored" else town(*a.numbers, a.ask)
    made["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    command = f"ring_increment.py {a.what} {' '.join(map(str, a.numbers))} --ask {a.ask}"
    write({**heading(command), **made}, a.out)


if __name__ == "__main__":
    main()
