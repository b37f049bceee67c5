"""Shared places the site lists: their number and address tie nobody while they are theirs, and excuse nothing else."""

from datetime import date
from pathlib import Path

import pytest

from mingcha.actions.assess import assess
from mingcha.actions.assessments import open_assessment
from mingcha.detect.run import EXPLAINS
from mingcha.model.complaint import Complaint
from mingcha.model.finding import Finding
from mingcha.model.party import Customer
from mingcha.model.place import Place
from mingcha.testing.house import NOON, house, put, someone

HALL = "示例大学路100号"
TEXTS = ("利息太高了", "半夜给我打电话", "还打给我父母", "一天打八个电话")


def _found(folder: Path, **place: object) -> dict[str, Finding]:
    """What is found about the first of four unrelated customers who give one return address."""
    with house(folder) as deps:
        put(
            deps,
            "customers",
            *(Customer(id=f"p{n}", verified=True, household=f"h{n}", employer="none") for n in range(4)),
        )
        filed = [
            Complaint(id=str(n), received_at=NOON, text=text, customer_id=f"p{n}", return_address=HALL, filer_role="self")
            for n, text in enumerate(TEXTS)
        ]  # fmt: skip
        put(deps, "complaints", *filed)
        if place:
            put(deps, "places", Place(id="q1", source="校方来函", address="示例大学路 100 号", **place))  # type: ignore[arg-type]  # a test's keywords
        assess(deps, someone())
        with deps.store.read() as work:
            made = open_assessment(
                deps, next(iter(work.desk.assessments([r.id for r in work.records.scan("complaints")]).values()))
            )
    return {one.detector: one for one in made[1].results if isinstance(one, Finding)}


def test_an_address_is_a_tie_until_the_site_lists_it(tmp_path: Path) -> None:
    assert "shared_return_address" in _found(tmp_path)


@pytest.mark.parametrize("kind", ["dormitory", "library", "shelter", "shared_office"])
def test_a_listed_place_ties_nobody_and_is_cited(tmp_path: Path, kind: str) -> None:
    found = _found(tmp_path, place_kind=kind)
    assert "shared_return_address" not in found
    assert found["shared_place"].cites[0].kind == "places"


def test_a_legal_aid_office_says_so_itself(tmp_path: Path) -> None:
    found = _found(tmp_path, place_kind="legal_aid")
    assert "shared_place" not in found
    assert found["legal_aid_or_office"].cites[0].kind == "places"


def test_a_place_counts_only_while_it_is_one(tmp_path: Path) -> None:
    assert "shared_return_address" in _found(tmp_path, place_kind="library", until=date(2020, 1, 1))


def test_a_shared_place_excuses_nothing_but_its_own_ties() -> None:
    assert "shared_place" not in EXPLAINS, "a ring that files from a library is still a ring by its other ties"
