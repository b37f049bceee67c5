"""The page of a family: seconds at several sizes, and how often the test of hours speaks where there is nothing to say.

    python bench/family_page.py [--out FILE]

One made family in a SQLite house of 4,000 other complaints, `CALLS` collection calls a customer; the page is read as an
analyst reads it, the access log included; best of three. Then 2,000 families of 20 acts drawn at random from the
complaints they are compared with, at hours as of the simulated town: the test is to call less than 1 % of them different.
"""

import json
import platform
import random
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from mingcha.actions.assess import assess
from mingcha.actions.family_page import family
from mingcha.campaign.rhythm import BELOW, _blocks, _grid, chance
from mingcha.demo.town import Builder
from mingcha.model.actor import Purpose, Role
from mingcha.model.call import Call
from mingcha.model.complaint import Complaint
from mingcha.model.party import Customer
from mingcha.testing.house import NOON, house, put, someone

SIZES, OTHERS, CALLS = (20, 200, 2_000), 4_000, 10
FAMILIES, ACTS, DRAWS = 2_000, 20, 999
LETTER = "本人因家庭变故无力偿还，要求停止催收并减免全部利息，协商分期六十期还款，请贵司限期书面答复处理结果。" * 4


def seconds(members: int) -> dict[str, Any]:
    """The page of one family of so many."""
    who = someone(Role.ANALYST, purpose=Purpose.INVESTIGATION)
    names = [f"m{n}" for n in range(members)] + [f"o{n}" for n in range(OTHERS)]
    with tempfile.TemporaryDirectory() as folder, house(Path(folder)) as deps:
        put(deps, "customers", *(Customer(id=f"c{name}", verified=True, household="none") for name in names))
        for at in range(CALLS):
            calls = (
                Call(id=f"k{name}-{at}", customer_id=f"c{name}", called_at=NOON - timedelta(days=at + 1), agency="甲")
                for name in names
            )
            put(deps, "calls", *calls)
        filed = [
            Complaint(
                id=name,
                received_at=NOON - timedelta(hours=n % 999),
                text=LETTER if n < members else f"{n * 7919}利息{n}太高，客服{n * 31}不理我" * 6,
                customer_id=f"c{name}",
                licence="bank",
            )
            for n, name in enumerate(names)
        ]
        put(deps, "complaints", *filed)
        assess(deps, who)
        with deps.store.read() as work:
            id_, held = max(work.campaigns.families().items(), key=lambda one: len(one[1]))
        took = []
        for _ in range(3):
            started = time.perf_counter()
            page = family(deps, who, id_)
            took.append(time.perf_counter() - started)
    return {"members": len(held), "compared": page.compared, "seconds": round(min(took), 2)}


def called_different() -> dict[str, Any]:
    """How many of the families drawn at random the test calls different."""
    town, rng = Builder(1, 1), random.Random(7)
    moments = [town.moment() for _ in range(2_000)]
    found = 0
    for seed in range(FAMILIES):
        rng.shuffle(moments)
        here, outside = (_blocks(_grid(part)) for part in (moments[:ACTS], moments[ACTS:]))
        found += chance(here, outside, DRAWS, seed) < BELOW
    return {"families": FAMILIES, "acts": ACTS, "called_different": found, "per_10000": found * 10_000 // FAMILIES}


def main() -> None:
    """Everything, as one JSON object."""
    out = {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": platform.platform(),
        "python": platform.python_version(),
        "command": " ".join(["python", *sys.argv]),
        "others": OTHERS,
        "calls_a_customer": CALLS,
        "page": [seconds(members) for members in SIZES],
        "hours_by_chance": called_different(),
    }
    text = json.dumps(out, ensure_ascii=False, indent=2)
    if "--out" in sys.argv:
        Path(sys.argv[sys.argv.index("--out") + 1]).write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
