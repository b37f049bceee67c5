"""The schedule of what we keep: ours is a proposal and says so, a site's own is signed for, and chains have no end."""

import pytest

from mingcha.adapters.shelf import read_package
from mingcha.errors import BadStandard
from mingcha.model.provenance import Grade
from mingcha.model.retention import Holding
from mingcha.standards.load import load

FILES = read_package()
NAME = "retention-schedule@2026-11-28"
OURS = FILES[f"{NAME}.toml"]
SITE = "site/retention-schedule@2027-01-01.toml"
SIGNED = 'countersigned_by = "法务 李"\n'


def test_the_package_proposes_and_says_that_no_law_was_read() -> None:
    told = load(FILES).schedule
    assert (told.id, told.countersigned_by) == (NAME, "")
    assert "建议" in told.status.zh
    assert {one.holding for one in told.terms} == set(Holding)
    assert {one.grade for one in told.terms} == {Grade.UNREAD}
    assert all("proposal" in one.why.en for one in told.terms if one.years)
    assert [one.holding for one in told.terms if one.years is None] == [Holding.LOG]


def test_a_site_puts_its_own_in_place_whole_and_signs_for_it() -> None:
    mine = SIGNED + OURS.replace("years = 5", "years = 7", 1).replace(
        f'id = "{NAME}"', 'id = "retention-schedule@2027-01-01"', 1
    )
    told = load({**FILES, SITE: mine}).schedule
    assert (told.id, told.countersigned_by, told.term(Holding.COMPLAINT).years) == (
        "retention-schedule@2027-01-01",
        "法务 李",
        7,
    )


@pytest.mark.parametrize(
    ("was", "now"),
    [
        (SIGNED, ""),
        (SIGNED, 'countersigned_by = " "\n'),
        ("years = 5", "years = 0"),
        ("years = 5", "years = 101"),
        ("years = 5", "years = true"),
        ("years = 5", 'years = "5"'),
        ('holding = "log"', 'holding = "log"\nyears = 10'),
        ('holding = "ad"', 'holding = "case"'),
        ('holding = "ad"', 'holding = "credit"'),
        ("pipl.art.19", "pipl.art.99"),
        ("[[terms]]", "[[other]]"),
    ],
)
def test_anything_else_is_refused_by_name(was: str, now: str) -> None:
    head, rows = (SIGNED + OURS).split("[[terms]]", 1)
    text = head.replace(was, now) + ("[[terms]]" + rows).replace(was, now, 1)
    with pytest.raises(BadStandard, match="retention-schedule"):
        load({**FILES, SITE: text})
