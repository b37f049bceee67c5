"""Splink behind its door: pairs are scored, explained level by level, and the same whatever the order of rows."""

import importlib.util
import sys

import pytest

from mingcha.adapters.linkage import SplinkLinkage, description, read_model
from mingcha.adapters.linkage.splink import prior
from mingcha.errors import NotInstalled
from mingcha.model.person import PersonPair, PersonRow
from mingcha.network.persons import person_row

pytestmark = pytest.mark.skipif(importlib.util.find_spec("splink") is None, reason="needs the extra `entities`")

HOME = "广东省深圳市南山区示例路12号幸福花园3栋2单元501室"
TABLE = {
    "a": {"name": "梁示范", "phone": "13900000001", "address": HOME},
    "b": {"name": "Liang Shifan", "phone": "+86 139-0000-0001", "address": "深圳南山区示例路十二号3-2-501"},
    "c": {"name": "梁示例", "phone": "13900000001", "address": HOME},  # of one family
    "d": {"name": "陈小样", "phone": "13900000777", "address": "北京市朝阳区示例街9号"},
    "f": {"name": "陈小样", "phone": "", "address": "上海市黄浦区示例街9号"},
    "e": {"name": "", "phone": "", "address": ""},
}


@pytest.fixture(scope="module")
def rows() -> list[PersonRow]:
    others = [
        person_row(f"o{n}", {"name": f"王{given}", "phone": f"1380000{n:04}", "address": f"上海市黄浦区示例路{n}号"})
        for n, given in enumerate("一二三四五六七八九十" * 12)
    ]
    return [person_row(id_, said) for id_, said in TABLE.items()] + others


@pytest.fixture(scope="module")
def pairs(rows: list[PersonRow]) -> dict[tuple[str, str], PersonPair]:
    return {(pair.one, pair.other): pair for pair in SplinkLinkage().pairs(rows, -30.0)}


def test_one_person_in_two_spellings_scores_high_and_says_why(pairs: dict[tuple[str, str], PersonPair]) -> None:
    pair = pairs["a", "b"]
    assert pair.bits > 10
    assert [(what, level) for what, level, _ in pair.parts] == [
        ("name", "same_syllables"),
        ("phone", "same"),
        ("id_number", "null"),
        ("address", "same_door"),
    ]


def test_bits_of_a_pair_are_its_prior_and_what_each_comparison_adds(
    rows: list[PersonRow], pairs: dict[tuple[str, str], PersonPair]
) -> None:
    base = {round(pair.bits - sum(bits for _, _, bits in pair.parts), 6) for pair in pairs.values()}
    assert len(base) == 1
    assert 0 < prior(rows, description.SURE, description.SURE_RECALL) < 0.01


def test_a_family_shares_all_but_names(pairs: dict[tuple[str, str], PersonPair]) -> None:
    assert pairs["a", "b"].bits - pairs["a", "c"].bits > 5


def test_one_road_and_number_in_two_towns_are_two_places(pairs: dict[tuple[str, str], PersonPair]) -> None:
    assert dict(part[:2] for part in pairs["d", "f"].parts)["address"] == "elsewhere"


def test_who_says_nothing_is_like_nobody(pairs: dict[tuple[str, str], PersonPair]) -> None:
    assert not any("e" in pair for pair in pairs)


def test_the_order_of_rows_changes_nothing(rows: list[PersonRow], pairs: dict[tuple[str, str], PersonPair]) -> None:
    again = {(pair.one, pair.other): pair for pair in SplinkLinkage().pairs(rows[::-1], -30.0)}
    assert again.keys() == pairs.keys()
    assert all(again[key].parts == pair.parts for key, pair in pairs.items())


def test_the_packaged_model_is_of_the_description_of_today() -> None:
    """Whoever changes what is compared learns the model again."""
    held, wanted = read_model(), description.settings()
    assert held["blocking_rules_to_generate_predictions"] == wanted["blocking_rules_to_generate_predictions"]
    for one, other in zip(held["comparisons"], wanted["comparisons"], strict=True):
        told = [(level["label_for_charts"], level["sql_condition"]) for level in one["comparison_levels"]]
        assert told == [(level["label_for_charts"], level["sql_condition"]) for level in other["comparison_levels"]]
        trained = [level for level in one["comparison_levels"] if not level.get("is_null_level")]
        assert all(0 < level["m_probability"] < 1 and 0 < level["u_probability"] < 1 for level in trained)


def test_without_the_extra_one_is_told_how_to_get_it(rows: list[PersonRow], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "splink", None)
    with pytest.raises(NotInstalled):
        list(SplinkLinkage().pairs(rows, 0.0))


def test_one_row_makes_no_pair() -> None:
    assert list(SplinkLinkage().pairs([person_row("a", TABLE["a"])], 0.0)) == []
