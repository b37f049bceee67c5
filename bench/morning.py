"""A morning at the desk of a simulated town: complaints and records in, merit computed, every answer drafted.

    python bench/morning.py SIZE SEED [--out FILE]

Prints one JSON object: seconds of each part, drafts without a gap, drafts the linter refuses, and claim by claim how often the
answer agrees with truth (records of the town are missing here and there). Simulated data: it shows the machinery, not the field.
"""

import argparse
import json
import tempfile
import time
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

from frozen import heading, wilson, write

from mingcha.actions.answers import draft_answer
from mingcha.actions.assess import assess
from mingcha.actions.kept import record_id
from mingcha.actions.take_in import SourceFile, take_in
from mingcha.answer.letter import lines
from mingcha.answer.lint import lint
from mingcha.demo.site import SITE
from mingcha.demo.town import Truth, write_town
from mingcha.model.actor import Actor, Purpose, Role
from mingcha.model.answer import Answer
from mingcha.model.kinds import BY_CODE, KINDS
from mingcha.settings import Settings
from mingcha.standards.calendar import CHINA
from mingcha.wiring import intake_door, open_deps

ME = Actor("bench", frozenset(Role) - {Role.ADMIN}, Purpose.HANDLING)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("size", type=int)
    parser.add_argument("seed", type=int)
    parser.add_argument("--out", type=Path)
    a = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_town(a.size, a.seed, folder / "files", datetime.now(CHINA).date())  # answers are drafted this morning
        (folder / "w").mkdir()
        site = folder / "w" / "site.toml"
        site.write_text(SITE, encoding="utf-8")
        deps = open_deps(Settings(workspace=folder / "w", overrides=site))
        out: dict[str, Any] = heading(f"morning.py {a.size} {a.seed}")
        started = time.perf_counter()
        for kind in KINDS:
            path = folder / "files" / f"{kind.code}.csv"
            door = intake_door(path.stem, path, None, "demo")
            source = SourceFile(kind=door.kind, name=path.name, digest=door.digest, system="demo")
            take_in(deps, ME, source, door.rows())
        imported = time.perf_counter()
        assess(deps, ME)
        assessed = time.perf_counter()
        rows = (folder / "files" / "truth.jsonl").open(encoding="utf-8")
        told = [Truth(**{k: v for k, v in json.loads(row).items() if k != "simulated"}) for row in rows]
        truth = {record_id(deps.keys, BY_CODE["complaints"], "demo", one.complaint): one for one in told}
        drafts = {id_: draft_answer(deps, ME, id_) for id_ in truth}
        drafted = time.perf_counter()
        letters = ["\n".join(lines(draft, locale)) for draft in drafts.values() for locale in ("zh", "en")]
        laid_out = time.perf_counter()
        out |= {
            "complaints": len(drafts),
            "import_s": round(imported - started, 1),
            "assess_s": round(assessed - imported, 1),
            "draft_s": round(drafted - assessed, 1),
            "letters_s": round(laid_out - drafted, 1),
            "altogether_s": round(laid_out - started, 1),
            "without_a_gap": share(sum(not draft.gaps for draft in drafts.values()), len(drafts)),
            "for_people_to_decide": share(sum(bool(draft.undecided) for draft in drafts.values()), len(drafts)),
            "refused_by_the_linter": sum(_refused(deps, draft) for draft in drafts.values()),
            "letters": len(letters),
            "claims": agreement(drafts, truth),
        }
        deps.store.close()
    write(out, a.out)


def _refused(deps: Any, draft: Answer) -> bool:
    own = " ".join(point.said or "" for point in draft.points)
    return any(lint("\n".join(lines(draft, lo)), own, deps.standards.answers.refused) for lo in ("zh", "en"))


def share(found: int, of: int) -> list[float] | None:
    """A share with its 95 % interval; None of nothing."""
    return [round(found / of, 4), *(round(end, 4) for end in wilson(found, of))] if of else None


def agreement(drafts: dict[str, Answer], truth: dict[str, Truth]) -> dict[str, Any]:
    """By grievance: of claims upheld in full how many are true (precision); of true claims how many are upheld, or in part (recall)."""
    seen: Counter[tuple[str, str]] = Counter()
    for id_, draft in drafts.items():
        stands = {point.grievance.value: point.stand for point in draft.points}
        for grievance, shown in truth[id_].claims:
            stand = stands.pop(grievance, None)
            seen[grievance, f"{'true' if shown else 'untrue'} {stand.value if stand else 'not read'}"] += 1
        for grievance, stand in stands.items():
            seen[grievance, f"not claimed {stand.value}"] += 1
    out: dict[str, Any] = {}
    for grievance in sorted({g for g, _ in seen}):
        counts = {what: n for (g, what), n in sorted(seen.items()) if g == grievance}
        wrong = counts.get("untrue upheld", 0)
        right, partly = counts.get("true upheld", 0), counts.get("true partly", 0)
        true = sum(n for what, n in counts.items() if what.startswith("true"))
        out[grievance] = {
            "precision": share(right, right + wrong),
            "recall": share(right + partly, true),
            **counts,
        }
    return out


if __name__ == "__main__":
    main()
