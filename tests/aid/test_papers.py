"""Letters, cards and warnings: every word known or open, none that asks anything in return."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.aid.acts import WORDS, facts

from mingcha.adapters.render.letter import docx, pdf
from mingcha.adapters.shelf import read_package
from mingcha.aid.lint import lint
from mingcha.aid.papers import BRACES, gaps, objections, paper, yuan
from mingcha.aid.warnings import sheet, warned
from mingcha.errors import BadStandard
from mingcha.model.aid import LossRecorded, PaperKind
from mingcha.model.finding import Conduct
from mingcha.model.sheet import Head, Para
from mingcha.standards.aid import parse_aid, parse_offices, texts_of
from mingcha.standards.load import load

PAID = LossRecorded(fee=1_234_567, paid_on=date(2026, 1, 5), payee="某咨询公司")
FULL = facts(
    agents=("张经理",), companies=("某咨询公司",), contacts=("wx_abc",), contracts=("HT-1",), platforms=("短视频",), first=date(2025, 12, 1),
    losses=(PAID,), proofs=("chat",),
)  # fmt: skip
LOCALES = ("zh", "en")
ASKS = (
    "撤诉后我们再帮您", "请先撤回您的投诉", "只要撤销投诉", "需要您配合作证", "请您先还款再办理", "请配合我们调查", "出具证言", "请尽快还款", "还清欠款后",
    "withdraw your complaint first", "Drop the complaint", "please testify", "pay your arrears", "give a statement against him",
)  # fmt: skip


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", PaperKind)
def test_a_paper_holds_what_is_known_and_marks_what_is_not(kind: PaperKind, locale: str) -> None:
    full, bare = (paper(kind, one, WORDS, locale) for one in (FULL, facts()))
    assert not BRACES.search(full)
    for part in ("王小明", "某咨询公司", "12,345.67", "2026-01-05"):
        assert part in full
    assert len(gaps(bare, locale)) > len(gaps(full, locale))
    assert WORDS.gaps["agent"].say(locale) in gaps(bare, locale)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", PaperKind)
def test_no_paper_asks_anything_in_return(kind: PaperKind, locale: str) -> None:
    for one in (FULL, facts()):
        assert objections(paper(kind, one, WORDS, locale), one, WORDS) == ()


def test_no_text_of_the_standards_asks_anything_in_return() -> None:
    import tomllib

    files = {name: text for name, text in read_package().items() if name.startswith("aid@")}
    assert files
    for text in files.values():
        said = list(texts_of(tomllib.loads(text)))
        assert len(said) > 200
        for one in said:
            assert not lint(one, WORDS.refused), one


@pytest.mark.parametrize("text", ASKS)
def test_what_asks_something_in_return_is_refused(text: str) -> None:
    assert lint(f"您好。{text}。", WORDS.refused)
    assert not lint(f"某司名为{text}", WORDS.refused, own=(text,)), "a name that was filled in says nothing of ours"


@pytest.mark.parametrize("text", ASKS[:3])
def test_a_sites_own_wording_is_held_to_the_same(text: str) -> None:
    files = read_package()
    name = next(name for name in files if name.startswith("aid@"))
    with pytest.raises(BadStandard, match="withdraw a complaint"):
        load({**files, f"site/{name}": files[name].replace("帮助免费，不附任何条件。", text)})


def test_a_site_adds_its_offices_with_who_stands_for_them() -> None:
    files = read_package()
    row = '[[legal_aid]]\nplace="示例市"\nname="示例法律援助中心"\naddress="样板路1号"\nphone=""\n'
    made = load({**files, "site/site.toml": row + 'countersigned_by="法务部"\n'}).aid
    assert [one.name for one in made.offices] == ["示例法律援助中心"]
    with pytest.raises(BadStandard):
        load({**files, "site/site.toml": row + 'countersigned_by=" "\n'})
    with pytest.raises(BadStandard):
        parse_offices("site/x", [{"place": "甲"}])
    assert WORDS.offices == (), "no office is made up"


@pytest.mark.parametrize("lost", ["lines", "page", "papers", "facts", "refused", "warnings"])
def test_a_file_that_lacks_something_is_refused(lost: str) -> None:
    import tomllib

    name, text = next((name, text) for name, text in read_package().items() if name.startswith("aid@"))
    data = tomllib.loads(text)
    parse_aid(name, data)
    del data[lost]
    with pytest.raises(BadStandard, match=lost):
        parse_aid(name, data)


def test_hotlines_are_public_lines_alone() -> None:
    assert {line.number for line in WORDS.hotlines} == {"110", "96110", "12378", "12348", "12315", "12377"}
    assert set(WORDS.situations) == {"sim", "papers", "transfer", "password", "loan", "bombed", "forged"}


def test_papers_become_word_and_pdf() -> None:
    from datetime import UTC, datetime

    at = datetime(2026, 3, 20, tzinfo=UTC)
    for kind in PaperKind:
        text = paper(kind, FULL, WORDS, "zh")
        assert docx(text, at).startswith(b"PK")
        assert pdf(text, at).startswith(b"%PDF")


@given(st.text(max_size=30), st.text(max_size=30))
def test_hostile_names_are_words(name: str, agent: str) -> None:
    one = replace(FULL, name=name, agents=(agent,), companies=())
    text = paper(PaperKind.CLAIM, one, WORDS, "zh")
    assert not name or name in text
    assert objections(text, one, WORDS) == ()


def test_yuan() -> None:
    assert [yuan(fen) for fen in (0, 5, 100, 123_456)] == ["0.00", "0.05", "1.00", "1,234.56"]


def test_a_warning_is_drawn_from_what_is_live_and_names_nobody() -> None:
    ads = ["专业停息挂账，不成功不收费，加微信 my_777", "停息挂账找李经理 13812345678"]
    drawn = warned(WORDS, ads, [{Conduct.FORGED_PAPER}])
    assert [(one.id, one.ads, one.rings) for one in drawn] == [("pause", 2, 0), ("no_win", 1, 0), ("paper", 0, 1)]
    assert warned(WORDS, [], []) == ()
    for locale in LOCALES:
        for staff in (False, True):
            made = sheet(drawn, WORDS, locale, None, staff=staff)
            said = "\n".join(block.text for block in made.blocks if isinstance(block, Head | Para))
            assert not {"my_777", "李经理", "13812345678"} & set(said.split())
            assert not lint(said, WORDS.refused)
            assert (drawn[0].staff.say(locale) in said) is staff
            assert "草稿" in said or "draft" in said
    assert "草稿" not in sheet(drawn, WORDS, "zh", "王 2026-03-20", staff=False).foot
