"""The whole way of a simulated town: import, assess, score against truth, and one complaint through the API.

    python bench/house.py SIZE SEED [--out FILE] [--truth-only]

Prints one JSON object: rows a second, complaints a second, peak memory, recall of linked customers with a Wilson interval,
linked outside law-3 rings, merit and claim reading against truth, milliseconds of one complaint over HTTP (p50, p95).
`--truth-only` leaves speed and memory out, for a machine that is shared. Simulated data: for regression and speed, not for claiming accuracy.
"""

import json
import math
import platform
import resource
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from mingcha.actions.accounts import create_account, set_password, setup_link
from mingcha.actions.assess import assess
from mingcha.actions.assessments import open_assessment
from mingcha.actions.kept import record_id
from mingcha.actions.take_in import SourceFile, take_in
from mingcha.api.app import create_app
from mingcha.demo.town import Truth, write_town
from mingcha.model.actor import Actor, Purpose, Role
from mingcha.model.kinds import BY_CODE, KINDS
from mingcha.model.merit import MeritState
from mingcha.settings import Settings
from mingcha.wiring import intake_door, open_deps

ME = Actor("bench", frozenset(Role) - {Role.ADMIN}, Purpose.HANDLING)
ADMIN = Actor("bench", frozenset({Role.ADMIN}), Purpose.ADMINISTRATION)
PASSWORD = "bench bench bench"


def wilson(hits: int, of: int) -> list[float]:
    """Share and 95 % Wilson interval."""
    if of == 0:
        return [0.0, 0.0, 1.0]
    z, p = 1.96, hits / of
    middle, half = p + z * z / (2 * of), z * math.sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    return [round(p, 4), round((middle - half) / (1 + z * z / of), 4), round((middle + half) / (1 + z * z / of), 4)]


def taken_in(size: int, seed: int) -> tuple[Any, list[Truth], dict[str, Any]]:
    """A house with one town taken in, the town's truth, and what taking it in came to."""
    folder = Path(tempfile.mkdtemp())
    child = get_context("spawn").Process(target=write_town, args=(size, seed, folder / "files"))
    child.start()  # a process of its own: the peak below is the house's, not the simulator's
    child.join()
    paths = [folder / "files" / f"{kind.code}.csv" for kind in KINDS]
    lines = (folder / "files" / "truth.jsonl").open(encoding="utf-8")
    truth = [Truth(**{name: v for name, v in json.loads(line).items() if name != "simulated"}) for line in lines]
    deps = open_deps(Settings(workspace=folder / "w"))
    out: dict[str, Any] = {
        "size": len(truth),
        "seed": seed,
        "machine": platform.platform(),
        "python": platform.python_version(),
    }
    out |= {"date": datetime.now(UTC).date().isoformat(), "command": " ".join(sys.argv)}
    rows, started = 0, time.perf_counter()
    for path in paths:
        door = intake_door(path.stem, path, None, "demo")
        before, cpu = time.perf_counter(), time.process_time()
        kept = take_in(
            deps, ME, SourceFile(kind=door.kind, name=path.name, digest=door.digest, system="demo"), door.rows()
        )
        rows += kept.rows
        if path.stem == "complaints":
            out["import_complaints_per_second"] = round(kept.rows / (time.perf_counter() - before))
            out["import_complaints_per_cpu_second"] = round(kept.rows / (time.process_time() - cpu))
    out["import_rows"], out["import_rows_per_second"] = rows, round(rows / (time.perf_counter() - started))
    out["peak_mb_after_import"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return deps, truth, out


def main(size: int, seed: int) -> dict[str, Any]:
    """One town."""
    deps, truth, out = taken_in(size, seed)
    before, cpu = time.perf_counter(), time.process_time()
    done = assess(deps, ME)
    out["assess_per_second"] = round(done.complaints / (time.perf_counter() - before))
    out["assess_per_cpu_second"] = round(done.complaints / (time.process_time() - cpu))
    out["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    out["labels"], out["landscape"] = done.labels, done.landscape
    out |= score(deps, truth)
    out |= through_the_api(deps)
    return out


def score(deps: Any, town: list[Truth]) -> dict[str, Any]:
    """Against truth: linked customers, claims read, merit states."""
    truth = {record_id(deps.keys, BY_CODE["complaints"], "demo", one.complaint): one for one in town}
    linked: Counter[tuple[str, bool]] = Counter()
    read: Counter[tuple[str, str]] = Counter()
    merit: Counter[tuple[str, str]] = Counter()
    by_kind: Counter[str] = Counter()
    ids = list(truth)
    with deps.store.read() as work:
        for start in range(0, len(ids), 1000):
            for id_, stored in work.desk.assessments(ids[start : start + 1000]).items():
                one, made = truth[id_], open_assessment(deps, stored)[1]
                kind = one.ring.rsplit("-", 1)[0] if one.ring else one.cluster or "borrower"
                by_kind[f"{kind}: {stored.label}"] += 1
                linked["ring" if one.law_three else "outside", stored.label == "linked_to_suspected_organisation"] += 1
                said, told = {c.grievance.value for c in made.claims}, {g for g, _ in one.claims}
                for grievance in said | told:
                    read[
                        grievance, "hit" if grievance in said & told else "missed" if grievance in told else "extra"
                    ] += 1
                states = {m.grievance.value: m.state for m in made.merit if m.claim}
                for grievance, true in one.claims:
                    if grievance in states and grievance != "price":
                        merit["true" if true else "untrue", states[grievance].value] += 1
    inside = linked["ring", True] + linked["ring", False]
    outside = linked["outside", True] + linked["outside", False]
    claims = {}
    for grievance in sorted({g for g, _ in read}):
        hit, missed, extra = (read[grievance, what] for what in ("hit", "missed", "extra"))
        claims[grievance] = {"precision": wilson(hit, hit + extra), "recall": wilson(hit, hit + missed)}
    wrong = merit["true", MeritState.CONTRADICTED.value] + merit["true", MeritState.NOT_FOUND.value]
    return {
        "linked_recall": wilson(linked["ring", True], inside), "ring_customers": inside,
        "linked_outside": linked["outside", True], "linked_outside_share": wilson(linked["outside", True], outside),
        "claims": claims, "merit": {f"{a} {b}": n for (a, b), n in sorted(merit.items())}, "true_but_not_found": wrong,
        "by_kind": dict(sorted(by_kind.items())),
    }  # fmt: skip


def through_the_api(deps: Any) -> dict[str, Any]:
    """Milliseconds of one complaint over HTTP, signed in, access log sealed."""
    link = setup_link(deps)
    assert link
    set_password(deps, link, PASSWORD)
    set_password(deps, create_account(deps, ADMIN, "han", (Role.HANDLER,), None), PASSWORD)
    times = []
    with TestClient(create_app(deps, ("testserver",))) as http:
        token = http.post("/api/session", json={"name": "han", "password": PASSWORD}).json()["token"]
        headers = {"Authorization": f"Bearer {token}"}
        http.cookies.clear()
        page = http.get("/api/queue", params={"limit": 200}, headers=headers).json()
        for row in page["rows"]:
            before = time.perf_counter()
            assert http.get(f"/api/complaints/{row['id']}", headers=headers).status_code == 200
            times.append((time.perf_counter() - before) * 1000)
    times.sort()
    return {"api_ms_p50": round(times[len(times) // 2], 1), "api_ms_p95": round(times[int(len(times) * 0.95)], 1)}


if __name__ == "__main__":
    found = main(int(sys.argv[1]), int(sys.argv[2]))
    if "--truth-only" in sys.argv:
        measured = ("import_", "assess_per", "peak_", "api_ms", "machine")
        found = {name: value for name, value in found.items() if not name.startswith(measured)}
    text = json.dumps(found, ensure_ascii=False, indent=1)
    if "--out" in sys.argv:
        Path(sys.argv[sys.argv.index("--out") + 1]).write_text(text + "\n", encoding="utf-8")
    sys.stdout.write(text + "\n")
