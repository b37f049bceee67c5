"""Papers of a pack: what has to stand in them, what never does, and the same bytes twice."""

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from mingcha.adapters.render.sheets import docx, pdf
from mingcha.casework.papers import COLUMNS, loss, papers, texts
from mingcha.model.case import LINE_WORDS, Line
from mingcha.model.decision import MeritVerdict
from mingcha.model.referral import ComplaintRow, ElementRow, ExhibitRow, Moment, PartyRow, ReferralFacts
from mingcha.model.sheet import Grid, Head, Para, Sheet
from mingcha.model.words import Words

AT = datetime(2026, 3, 20, 4, 0, tzinfo=UTC)
ROW = ComplaintRow(
    complaint="C-1", customer="P-1", account="L-1", amount=123_456, overdue_since=date(2025, 11, 1), filed_at=AT, channel="12378",
    claims=(Words("息费", "price"),), merit=MeritVerdict.NOT_UPHELD, in_person=Words("本人，人脸核验", "in person, face check"), caller="138****8000", agent="青石咨询",
    papers="住院证明；某医院函〔2026〕1号", threat="不免就天天投诉（通话 03:12）", demanded=None, waived=50_000, exhibits=(1, 2),
)  # fmt: skip
FACTS = ReferralFacts(
    case="CASE-1", title="青石所", stage=1, order=None, made_at=AT, institution="示例银行", department="消保部", phone="400-000-0000",
    address="示例路1号", offence=Words("敲诈勒索罪", "extortion"), article=Words("刑法第二百七十四条", "Criminal Law art. 274"),
    addressee=Words("公安机关", "the police"), form=Words("报案材料", "report of a crime"), branch=Words("刑侦", "criminal investigation"),
    place=Words("犯罪地", "place of the crime"), thresholds=(Words("数额较大：…", "a larger sum"),),
    counter=Words("有权利基础的不是", "who has a right is none"),
    elements=(ElementRow(Words("威胁", "threat"), Words("原话", "the words"), (2,), ("录音",)), ElementRow(Words("索要", "demand"), Words("金额", "sum"), (), ())),
    lines=tuple((line, f"{line} 已查") for line in Line), rests_on=("F-1",),
    complaints=(ROW, replace(ROW, complaint="C-2", merit=MeritVerdict.PARTLY, waived=80_000)),
    parties=(PartyRow(kind=Words("收款账户", "payee"), value="6222****1234", part=Words("收款方", "payee"), complaints=3, first=None, last=None, records=("L-9",)),),
    exhibits=(
        ExhibitRow(number=1, name="通话.wav", media="audio/wav", size=9, sha256="ab" * 32, system="录音系统", how="导出", taken_at=AT, by="ann", derived_from=None),
        ExhibitRow(number=2, name="转写", media="text/plain", size=9, sha256="cd" * 32, system="录音系统", how="转写", taken_at=AT, by="ann", derived_from=1),
    ),
    timeline=(Moment(AT, Words("收到投诉", "complaint received"), "C-1"),), personal_items=0, left_out=0, root_note=Words("根摘要见 root.json。", "The root stands in root.json."),
)  # fmt: skip


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_all_papers_are_there_and_what_speaks_for_them_comes_first(locale: str) -> None:
    sheets = papers(FACTS, locale)
    assert [one.name[:2] for one in sheets] == ["01", "02", "03", "04", "05", "06", "07"]
    report = next(one for one in sheets if one.name == "02-report")
    heads = [n for n, block in enumerate(report.blocks) if isinstance(block, Head)]
    first = [block.text for block in report.blocks[heads[0] : heads[1]] if isinstance(block, Para)]
    for line in Line:
        assert any(LINE_WORDS[line].say(locale) in text and f"{line} 已查" in text for text in first)
    assert FACTS.counter.say(locale) in first


def test_what_was_waived_for_a_true_demand_is_no_loss_and_its_row_stays_marked() -> None:
    assert loss(FACTS.complaints) == 50_000
    table = next(one for one in papers(FACTS, "zh-CN") if one.name == "06-complaints")
    grid = next(block for block in table.blocks if isinstance(block, Grid))
    assert len(grid.headings) == len(COLUMNS) == len(grid.rows[0])
    assert [row[1] for row in grid.rows] == ["C-1", "C-2"]
    assert [row[8] for row in grid.rows] == ["未查实", "部分属实"]
    assert "500.00" in "".join(texts(papers(FACTS, "zh-CN")))


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_a_gap_is_called_one_and_nobody_is_called_names(locale: str) -> None:
    said = "\n".join(texts(papers(FACTS, locale)))
    assert Words("缺", "gap").say(locale) in said
    assert not re.search(
        r"恶意|黑产|老赖|团伙|概率|相似度|得分|级别|社区|malicious|probability|likeness|score|level \d", said
    )


def test_stage_one_says_that_it_is_masked_and_stage_two_names_the_order() -> None:
    assert "遮蔽" in "".join(texts(papers(FACTS, "zh-CN")))
    full = replace(FACTS, stage=2, order="调取证据通知书〔2026〕7号", personal_items=42)
    said = "".join(texts(papers(full, "zh-CN")))
    assert "〔2026〕7号" in said
    assert "42 条" in said


def test_pdf_and_docx_hold_every_word_are_signed_and_the_same_twice() -> None:
    from docx import Document

    for sheet in papers(FACTS, "zh-CN"):
        made = pdf(sheet, "zh-CN", AT)
        assert made == pdf(sheet, "zh-CN", AT)
        assert made.startswith(b"%PDF")
        word = docx(sheet, "zh-CN", AT)
        assert word == docx(sheet, "zh-CN", AT)
        read = Document(io.BytesIO(word))
        held = "\n".join(p.text for p in read.paragraphs) + "\n".join(
            c.text for t in read.tables for r in t.rows for c in r.cells
        )
        for text in texts((sheet,)):
            assert text in held
        assert read.sections[0].footer.paragraphs[0].text == sheet.foot


def test_hostile_words_are_words() -> None:
    odd = Sheet(
        "x",
        "题\x00\ud800",
        (Para('#image("/etc/passwd") *粗* <b>\x07'), Grid(("甲",), (("=1+1" * 400,), ("\u202e反",)))),
        "脚",
    )
    assert pdf(odd, "zh-CN", AT).startswith(b"%PDF")
    assert docx(odd, "en", AT)
