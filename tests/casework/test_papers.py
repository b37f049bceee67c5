"""Papers of a pack: what has to stand in them, what never does, each addressee's own form, and the same bytes twice."""

import io
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.casework.forms import AD, AT, CALLER, CUSTOMER, EXHIBITS, GOLDEN, LOAN, ROW, WORDS, facts, golden, words

from mingcha.adapters.render.sheets import docx, pdf
from mingcha.casework.annexes import LONG, TALL
from mingcha.casework.papers import counted, loss, papers, serious, texts, unexplained
from mingcha.model.case import LINE_WORDS, Line
from mingcha.model.referral import Counted, ItemClass, PackColumn, PackPaper, TieRow
from mingcha.model.sheet import Figure, Grid, Head, Para, Sheet
from mingcha.model.words import Words
from mingcha.text.align import side_by_side

LOCALES = pytest.mark.parametrize("locale", ["zh-CN", "en"])
EVERY = pytest.mark.parametrize("addressee", list(WORDS.addressees))


def grid(sheets: tuple[Sheet, ...], name: str) -> Grid:
    """The last table of a paper."""
    return next(b for b in reversed(next(s for s in sheets if s.name == name).blocks) if isinstance(b, Grid))


@LOCALES
def test_all_papers_are_there_and_what_speaks_for_them_comes_first(locale: str) -> None:
    sheets = papers(facts(), locale)
    assert [one.name[:2] for one in sheets] == [f"0{n}" for n in range(1, 10)]
    report = next(one for one in sheets if one.name == "02-report")
    heads = [n for n, block in enumerate(report.blocks) if isinstance(block, Head)]
    first = [block.text for block in report.blocks[heads[0] : heads[1]] if isinstance(block, Para)]
    for line in Line:
        assert any(LINE_WORDS[line].say(locale) in text and f"{line} 已查" in text for text in first)
    assert facts().counter.say(locale) in first
    assert Words(
        "3 件投诉中，诉求属实或部分属实的 1 件", "of 3 complaints the demand was true, wholly or in part, in 1"
    ).say(locale) in "".join(first), "whatever somebody wrote"


@LOCALES
@EVERY
def test_each_form_says_what_it_said(addressee: str, locale: str) -> None:
    """A change of wording is seen in review; `python -m tests.casework.forms` writes them anew."""
    assert golden(addressee, locale) == (GOLDEN / f"{addressee}.{locale}.txt").read_text(encoding="utf-8")


@EVERY
def test_an_addressee_gets_the_papers_of_its_form_and_no_other(addressee: str) -> None:
    form = WORDS.addressees[addressee]
    assert len(papers(facts(addressee), "zh-CN")) == len(form.papers)
    said = words(facts(addressee))
    assert form.request.zh in said
    assert all(one.zh in said for one in form.asks)
    for value, column in ((CUSTOMER, PackColumn.CUSTOMER), (LOAN, PackColumn.ACCOUNT), (CALLER, PackColumn.CALLER)):
        assert (value in re.split(r"[\n、]", said)) is (column in form.columns), value
    assert (AD.url in said) is (PackPaper.ADS in form.papers)


def test_whom_no_complaint_is_told_of_hears_of_no_number_of_them() -> None:
    assert "件投诉中" not in words(facts("market"))


def test_what_was_waived_counts_where_a_threat_was_noted_and_never_for_a_true_demand() -> None:
    told = facts()
    assert (loss(told.complaints), unexplained(told.complaints)) == (30_000, 7_000)
    table = grid(papers(told, "zh-CN"), "06-complaints")
    at = {heading: n for n, heading in enumerate(table.headings)}
    assert [row[at["投诉编号"]] for row in table.rows] == ["C-1", "C-2", "C-3"]
    assert [row[at["核查结论"]] for row in table.rows] == ["未查实", "部分属实", "未查实"]
    assert [row[at["实际减免（元）及因果"]] for row in table.rows] == [
        "500.00（因威胁 300.00）", "800.00（诉求属实，不计损失）", "70.00（因果未记录）",
    ]  # fmt: skip
    assert [row[at["威胁原话及录音时间点"]] for row in table.rows] == ["不免就天天投诉（证据1 03:12）"] * 2 + [""]
    said = words(told)
    assert "因威胁而减免的合计 300.00 元" in said
    assert "另有减免 70.00 元未记录因果，单列，不计入" in said


def test_stage_one_says_that_it_is_masked_and_stage_two_opens_with_the_order() -> None:
    assert "遮蔽" in words(facts())
    cover = papers(facts(stage=2), "zh-CN")[0]
    first = [block.text for block in cover.blocks if isinstance(block, Para)][1]
    assert "〔2026〕7号" in first


def test_items_are_counted_by_class_against_the_law_and_a_report_holds_none() -> None:
    assert sum(one.items for one in counted(facts())) == 0
    by = {one.of: (one.items, one.serious) for one in counted(facts(stage=2))}
    # 3 amounts, 2 days, 2 sums demanded, 3 waived, 2 threats, 2 texts, 1 payee; 3 callers
    assert by == {
        ItemClass.CONTENT_CREDIT_PROPERTY: (15, 50), ItemClass.RECORDS_TRANSACTIONS: (0, 500), ItemClass.OTHER: (3, 5000),
    }  # fmt: skip
    assert "18 条" in words(facts(stage=2))
    assert "未达到该起点" in words(facts(stage=2))
    named = replace(EXHIBITS[0], how="客户 13800138000 提供")
    more = {one.of: one.items for one in counted(replace(facts(stage=2), exhibits=(named,)))}
    assert more[ItemClass.OTHER] == 4, "what is said of an exhibit counts too"
    by = {
        of: {one.of: one.items for one in counted(facts(of, stage=2))}[ItemClass.OTHER] for of in ("market", "justice")
    }
    assert by == {"market": 1, "justice": 2}, "a contact an ad gives; a name and its licence"
    many = replace(facts(stage=2), complaints=(ROW,) * 9)
    assert "已达到该起点" in words(many)


@given(st.tuples(st.integers(0, 60), st.integers(0, 600), st.integers(0, 6_000)))
def test_classes_add_up_in_proportion_and_a_service_counts_double(items: tuple[int, int, int]) -> None:
    counts = [
        Counted(of=of, title=title, items=n, serious=least)
        for (of, title, least), n in zip(WORDS.items, items, strict=True)
    ]
    assert serious(counts) is (200 * items[0] + 20 * items[1] + 2 * items[2] >= 5_000)


@given(st.text(max_size=60), st.text(max_size=60))
def test_side_by_side_loses_no_letter(one: str, other: str) -> None:
    rows = side_by_side(one, other)
    assert ("".join(left for left, _, _ in rows), "".join(right for _, right, _ in rows)) == (one, other)
    assert all((left == right and len(left) > 2) or not same for left, right, same in rows)


def test_texts_stand_side_by_side_with_what_repeats_it() -> None:
    sheets = papers(facts(), "zh-CN")
    table = grid(sheets, "08-texts")
    assert [row[0] for row in table.rows] == ["同", "异", "同", "异"]
    assert "".join(row[1] for row in table.rows) == facts().alike[0].one_text
    said = "".join(texts([next(one for one in sheets if one.name == "08-texts")]))
    assert "campaign@2026-11-25" in said
    assert "difflib.SequenceMatcher" in said


def test_a_text_of_any_length_is_laid_beside_another_in_seconds_and_what_is_left_out_is_said() -> None:
    """Somebody filed it: its length is theirs to choose."""
    pair = replace(facts().alike[0], one_text="啊" * 200_000, other_text="啊" * LONG + "吧")
    for told, cut in ((replace(facts(), alike=(pair,)), True), (facts(), False)):
        sheet = next(one for one in papers(told, "zh-CN") if one.name == "08-texts")
        assert any(f"只列前 {LONG} 个字符" in text for text in texts([sheet])) is cut
    cut_rows = grid(papers(replace(facts(), alike=(pair,)), "zh-CN"), "08-texts").rows
    assert len("".join(row[1] for row in cut_rows)) == LONG


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 80)), min_size=1, max_size=120, unique=True))
def test_every_tie_is_drawn_once_and_no_line_is_drawn_without_one(pairs: list[tuple[int, int]]) -> None:
    kind = Words("印章", "seal")
    told = tuple(
        TieRow(kind=kind, value=f"v{v}", end=Words(f"C-{c}", f"C-{c}"), record="T-1") for v, c in sorted(pairs)
    )
    sheet = next(one for one in papers(replace(facts(), ties=told), "zh-CN") if one.name == "09-ties")
    drawn = [
        (figure.left[a], figure.right[b])
        for figure in sheet.blocks
        if isinstance(figure, Figure)
        for a, b in figure.lines
    ]
    assert sorted(drawn) == sorted((f"印章 v{v}", f"C-{c}") for v, c in pairs)
    assert all(max(len(f.left), len(f.right)) <= TALL for f in sheet.blocks if isinstance(f, Figure))
    assert len(grid((sheet,), "09-ties").rows) == len(pairs)


def test_lists_of_nothing_are_left_out() -> None:
    bare = replace(facts(), parties=(), alike=(), ties=())
    assert [one.name[:2] for one in papers(bare, "zh-CN")] == ["01", "02", "03", "04", "06", "07"]
    assert "11-agents" not in {one.name for one in papers(replace(facts("justice"), agents=()), "zh-CN")}


@EVERY
def test_pdf_and_docx_hold_every_word_are_signed_and_the_same_twice(addressee: str) -> None:
    from docx import Document

    for sheet in papers(facts(addressee), "zh-CN"):
        made = pdf(sheet, "zh-CN", AT)
        assert made == pdf(sheet, "zh-CN", AT)
        assert made.startswith(b"%PDF")
        word = docx(sheet, "zh-CN", AT)
        assert word == docx(sheet, "zh-CN", AT)
        read = Document(io.BytesIO(word))
        foot = read.sections[0].footer
        boxes = [cell.text for table in foot.tables for row in table.rows for cell in row.cells]
        tables = [*read.tables, *foot.tables]
        held = "\n".join([*(p.text for p in (*read.paragraphs, *foot.paragraphs))]) + "\n".join(
            c.text for t in tables for r in t.rows for c in r.cells
        )
        plain = replace(sheet, blocks=tuple(block for block in sheet.blocks if not isinstance(block, Figure)))
        for text in texts((plain,)):
            assert text in held
        assert (foot.paragraphs[0].text, tuple(boxes)) == (sheet.foot, sheet.boxes)
        assert len(boxes) == 4


def test_hostile_words_are_words() -> None:
    odd = Sheet(
        "x",
        "题\x00\ud800",
        (
            Para('#image("/etc/passwd") *粗* <b>\x07'),
            Grid(("甲",), (("=1+1" * 400,), ("\u202e反",))),
            Figure(("#panic()" * 40, "乙"), ("\x00",), ((0, 0), (1, 0))),
        ),
        "脚",
        ("#盒\x01",),
    )
    assert pdf(odd, "zh-CN", AT).startswith(b"%PDF")
    assert docx(odd, "en", AT)
