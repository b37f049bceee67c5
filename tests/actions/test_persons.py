"""Rows of a table to persons: columns found by their headings, torn rows told, judgements followed, families left apart."""

import importlib.util
from collections.abc import Sequence

import pytest

from mingcha.actions.persons import ONE, resolve_persons
from mingcha.errors import InputError
from mingcha.model.linked import TableRow
from mingcha.model.person import PersonPair, PersonRow
from mingcha.network.resolving import TWO_NAMES

HOME = "广东省深圳市南山区示例路12号幸福花园3栋2单元501室"


class Fixed:
    """A linkage that says what it was told to; it keeps the rows it was asked about."""

    def __init__(self, *pairs: PersonPair) -> None:
        self.said = pairs
        self.rows: list[PersonRow] = []

    def pairs(self, rows: Sequence[PersonRow], bits: float) -> list[PersonPair]:
        self.rows = list(rows)
        return [pair for pair in self.said if pair.bits >= bits]


def table(*cells: dict[str, str]) -> list[TableRow]:
    return [TableRow("t.csv", line, row) for line, row in enumerate(cells, 2)]


def test_columns_are_found_in_both_languages_and_the_first_that_says_something_counts() -> None:
    linkage = Fixed()
    rows = table({"id": "1", "姓名": "张示范", "手机号": "", "phone": "13900000001", "住址": HOME, "证件号": "x"})
    done = resolve_persons(rows, linkage)
    assert done.found == {
        "name": ("姓名",),
        "phone": ("手机号", "phone"),
        "id_number": ("证件号",),
        "address": ("住址",),
    }
    parts = linkage.rows[0].parts
    assert (parts["name"], parts["phone"], parts["id_number"], parts["room"]) == ("张示范", "13900000001", None, "501")


def test_pairs_join_from_four_to_one_on_and_the_others_are_told_of() -> None:
    pairs = PersonPair("1", "2", ONE, ()), PersonPair("2", "3", ONE - 0.01, ())
    done = resolve_persons(table(*({"id": str(n), "name": ""} for n in (1, 2, 3))), Fixed(*pairs))
    assert done.persons.groups == [("1", "2"), ("3",)]
    assert done.pairs == list(pairs)


def test_torn_rows_and_judgements_are_told_with_file_and_line() -> None:
    rows = table({"id": "1", "name": "张示范"}, {"id": "", "name": "李示范"}, {"id": "1", "name": "王示范"})
    judged = [
        TableRow("said.csv", 2, {"a": "1", "b": "", "verdict": "same"}),
        TableRow("said.csv", 3, {"a": "1", "b": "2", "verdict": "maybe"}),
        TableRow("said.csv", 4, {"a": "1", "b": "2", "verdict": "same", "at": "yesterday"}),
    ]
    done = resolve_persons(rows, Fixed(), judged)
    assert {file: [fault.line for fault in faults] for file, faults in done.faults.items()} == {
        "t.csv": [3, 4],
        "said.csv": [2, 3, 4],
    }
    assert done.persons.groups == [("1",)]


def test_what_people_said_is_followed() -> None:
    judged = [TableRow("said.csv", 2, {"a": "2", "b": "1", "verdict": "not_same", "by": "li", "at": "2026-11-01"})]
    rows = table({"id": "1", "name": "张示范"}, {"id": "2", "name": "张示范"})
    assert resolve_persons(rows, Fixed(PersonPair("1", "2", 30.0, ())), judged).persons.groups == [("1",), ("2",)]
    assert resolve_persons(rows, Fixed(PersonPair("1", "2", 30.0, ()))).persons.groups == [("1", "2")]


def test_a_table_that_says_nothing_of_persons_is_refused() -> None:
    with pytest.raises(InputError):
        resolve_persons(table({"id": "1", "colour": "red"}), Fixed())
    with pytest.raises(InputError):
        resolve_persons(table({"id": "1", "name": "张示范"}), Fixed(), columns={"phone": "gone"})
    assert resolve_persons([], Fixed()).persons.groups == []


@pytest.mark.skipif(importlib.util.find_spec("splink") is None, reason="needs the extra `entities`")
def test_brothers_who_share_a_telephone_and_a_door_stay_two() -> None:
    from mingcha.wiring import linkage

    said = {"phone": "13900000001", "address": HOME}
    rows = table(
        {"id": "1", "name": "梁示范", **said},
        {"id": "2", "name": "梁示例", **said},
        {"id": "3", "name": "Liang Shifan", **said},
        {"id": "4", "name": "梁先生", **said},
    )
    done = resolve_persons(rows, linkage())
    groups = {row: group for group in done.persons.groups for row in group}
    assert groups["1"] == groups["3"] != groups["2"]
    assert TWO_NAMES in [why for _, _, why in done.persons.kept_apart]
