"""Any table to groups: columns found by name, contacts read however spelt, torn rows told and nothing lost."""

from collections.abc import Iterator
from typing import Any

import pytest

from mingcha.actions.linking import Linked, link_of, link_rows
from mingcha.errors import InputError
from mingcha.model.linked import TableRow
from mingcha.model.words import Words


def rows(*cells: dict[str, Any]) -> Iterator[TableRow]:
    for n, one in enumerate(cells, 1):
        yield TableRow("t.csv", n, {name: str(cell) for name, cell in one.items()})


def groups(*cells: dict[str, Any], **more: Any) -> list[str]:
    return ["".join(group) for group in link_rows(rows(*cells), **more).groups]


def test_a_handle_is_one_however_it_is_written() -> None:
    assert groups(
        {"id": "a", "text": "专业办理，加薇：ab_cd1234", "contacts": ""},
        {"id": "b", "text": "老号被封，新来的看这里", "contacts": '{"wechat": ["AB_cd1234"]}'},
        {"id": "c", "text": "", "contacts": "@ab_cd1234; 别的"},
        {"id": "d", "text": "加微信 ***，ab_cd1234 是朋友", "contacts": ""},
    ) == ["abc", "d"]  # d: the handle is blacked out


@pytest.mark.parametrize(
    ("column", "one", "same", "other"),
    [
        ("phone", "138 0013 8000", "+86-13800138000", "13900139000"),
        ("url", "https://www.Shop.example/a/", "http://shop.example/a#top", "http://shop.example/b"),
        ("card", "6222 0200 0000 0000 000", "6222020000000000000", "6222020000000000018"),
        ("device", "DEV-1", "dev-1", "dev-2"),
        ("address", "示例市样板路1号", "示例市 样板路，1号", "示例市样板路2号"),
        ("payee", "甲咨询", "甲咨询", "乙咨询"),
        ("联系方式", "wx_12345678", "WX_12345678", "wx_87654321"),
    ],
)
def test_each_column_links_equal_values_alone(column: str, one: str, same: str, other: str) -> None:
    assert groups({"id": "a", column: one}, {"id": "b", column: same}, {"id": "c", column: other}) == ["ab", "c"]


def test_times_are_read_in_the_forms_tables_have() -> None:
    times = {
        "a": "2026-05-01 10:00",
        "b": "2026-05-03T10:00:00+08:00",
        "c": 1_777_900_000,
        "d": 1_777_900_000_000,
        "e": "前天",
    }
    done = link_rows(rows(*({"id": id_, "author": "x", "posted_at": at} for id_, at in times.items())))
    assert ["".join(group) for group in done.groups] == ["abcd", "e"]
    assert done.unread == {"time": 1}


def test_what_is_no_phone_is_counted_and_the_row_goes_on() -> None:
    done = link_rows(rows({"id": "a", "phone": "不详", "device": "x"}, {"id": "b", "phone": "", "device": "x"}))
    assert (done.groups, done.unread["phone"]) == ([("a", "b")], 1)


def test_a_table_of_texts_alone_is_grouped_by_script_and_says_so() -> None:
    letter = (
        "我在贵公司的贷款遇到困难，家里有人生病住院，收入减少，希望能够协商延期还款并减免罚息，请尽快答复我，谢谢。"
    )
    texts = [
        {"id": "a", "text": letter},
        {"id": "b", "text": letter},
        {"id": "c", "text": "另一件完全不同的事情，关于保险合同的解除与退还现金价值，请依照条款办理并书面告知结果。"},
    ]
    done = link_rows(rows(*texts))
    assert (done.by_script, done.groups) == (True, [("a", "b"), ("c",)])
    known = link_rows(rows(*({**one, "author": one["id"]} for one in texts)))
    assert (known.by_script, known.groups) == (False, [("a",), ("b",), ("c",)])


def test_torn_rows_and_ids_that_stand_twice_are_told_and_the_others_go_on() -> None:
    def table() -> Iterator[TableRow]:
        yield from rows(
            {"id": "a", "device": "x"},
            {"id": "", "device": "x"},
            {"id": "a", "device": "y"},
            {"id": "b", "device": "x"},
        )
        yield TableRow("u.csv", 7, {}, Words("残缺", "torn"))

    done: Linked = link_rows(table())
    assert done.groups == [("a", "b")]
    assert {file: [fault.line for fault in faults] for file, faults in done.faults.items()} == {
        "t.csv": [2, 3],
        "u.csv": [7],
    }
    assert "t.csv:1" in done.faults["t.csv"][1].why.en


def test_a_column_can_be_named_and_must_be_there() -> None:
    one = {"id": "a", "who": "x", "时间": "2026-05-01"}, {"id": "b", "who": "x", "时间": "2026-05-02"}
    assert groups(*one) == ["a", "b"]
    assert groups(*one, columns={"author": "who"}) == ["ab"]
    for wrong in ({"author": "nobody"}, {"colour": "who"}):
        with pytest.raises(InputError):
            groups(*one, columns=wrong)
    assert groups() == []


def test_links_are_compared_without_what_says_nothing() -> None:
    assert link_of("HTTPS://www.Example.com/Path/?a=1#x") == "example.com/Path/?a=1"
