"""Letters, cards and warnings: every word known or open, none that asks anything in return."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.aid.acts import WORDS, facts

import mingcha
from mingcha.adapters.render.letter import docx, pdf
from mingcha.adapters.shelf import read_package
from mingcha.aid.cards import card_sheet
from mingcha.aid.lint import lint
from mingcha.aid.papers import BRACES, gaps, objections, paper, yuan
from mingcha.aid.warnings import sheet, warned
from mingcha.errors import BadStandard
from mingcha.model.aid import LossRecorded, PaperKind
from mingcha.model.answer import Institution
from mingcha.model.finding import Conduct
from mingcha.model.provenance import Grade
from mingcha.model.sheet import Head, Para
from mingcha.standards.aid import parse_aid, parse_offices, texts_of
from mingcha.standards.load import load

PAID = LossRecorded(fee=1_234_567, paid_on=date(2026, 1, 5), payee="某咨询公司")
FULL = facts(
    agents=("张经理",), companies=("某咨询公司",), contacts=("wx_abc",), contracts=("HT-1",), platforms=("短视频",), first=date(2025, 12, 1),
    losses=(PAID,), proofs=("chat",),
)  # fmt: skip
LOCALES = ("zh", "en")
SRC = Path(mingcha.__file__).parent
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
    row = '[[legal_aid]]\nplace="示例市"\nname="示例法律援助中心"\naddress="样板路1号"\nsource="司法局网站"\n'
    read = row + 'grade="first_hand"\nchecked_on=2026-11-01\n'
    made = load({**files, "site/site.toml": read + 'countersigned_by="法务部"\n'}).aid
    for place in ("示例市", "示例市样板区安居路1号", "示例"):
        assert made.offices_in(place)[0].name == "示例法律援助中心"
    for place in ("别处市", ""):
        assert {one.place for one in made.offices_in(place)} == {"全国"}
    for site in (
        read + 'countersigned_by=" "\n',
        row + 'countersigned_by="法务部"\n',
        read.replace("first_hand", "sure") + 'countersigned_by="法务部"\n',
        read.replace("2026-11-01", '"2026-11-01"') + 'countersigned_by="法务部"\n',
        read.replace("司法局网站", " ") + 'countersigned_by="法务部"\n',
    ):
        with pytest.raises(BadStandard):
            load({**files, "site/site.toml": site})
    with pytest.raises(BadStandard):
        parse_offices("site/x", [{"place": "甲"}])


def test_the_nearest_office_comes_first_and_none_is_made_up() -> None:
    assert {one.place for one in WORDS.offices} == {"全国"}, "a place's own offices are the site's to add"
    assert not any(one.grade is Grade.FIRST_HAND for one in WORDS.offices), "nobody read the original yet"
    plain = WORDS.offices[0]
    town, quarter = (replace(plain, place=place, name=place) for place in ("示例市", "示例市样板区"))
    made = replace(WORDS, offices=(plain, town, quarter))
    assert made.offices_in("示例市样板区安居路1号") == (quarter, town, plain)


@pytest.mark.parametrize("locale", LOCALES)
def test_what_shows_a_payment_is_told_as_held_kept_or_to_be_found(locale: str) -> None:
    paid = replace(PAID, proofs=("contract",), exhibits=("EX-1",))
    text = paper(PaperKind.SMALL_CLAIM, replace(FULL, losses=(paid,)), WORDS, locale)
    told = [WORDS.paper_words[part].say(locale).split("{what}")[0] for part in ("have", "kept", "missing")]
    lines = [line for line in text.splitlines() if line.startswith(tuple(told))]
    assert [next(n for n, one in enumerate(told) if line.startswith(one)) for line in lines] == [0, 0, 1, 2, 2, 2]
    assert "EX-1" in lines[2]
    assert WORDS.evidence["contract"].say(locale) in lines[0]


@pytest.mark.parametrize("locale", LOCALES)
def test_a_first_hour_card_has_every_step_and_asks_nothing_in_return(locale: str) -> None:
    for id_, card in WORDS.situations.items():
        made = card_sheet(id_, WORDS, Institution(), locale)
        said = "\n".join(block.text for block in made.blocks if isinstance(block, Head | Para))
        for step in card.steps:
            for part in (step.do, step.how, step.who.title):
                assert part.say(locale)[1:] in said, "its first letter may be a capital"
            assert step.who.number in said
        assert not lint(f"{made.title}\n{said}\n{made.foot}", WORDS.refused)
        assert "{" not in said
    ours = Institution(name="示例机构", phone="400-1")
    assert "示例机构" in str(card_sheet("sim", WORDS, ours, locale))
    assert "400-1" in str(card_sheet("sim", WORDS, ours, locale))


def test_no_text_in_the_code_of_aid_asks_anything_in_return() -> None:
    """Words written into the code, the page and the command line are held to the same as the dated ones; docstrings are not read out."""
    said = 0
    for path in (
        *SRC.glob("aid/*.py"),
        *SRC.glob("*/aid*.py"),
        *SRC.glob("api/*/aid.py"),
        *SRC.glob("api/victim/*.py"),
        *SRC.glob("adapters/render/help*"),
    ):
        text = path.read_text("utf-8")
        for one in _strings(text) if path.suffix == ".py" else [re.sub(r"{%.*?%}", "", text)]:
            said += 1
            assert not lint(one, WORDS.refused), (path.name, one)
    assert said > 500


def _strings(source: str) -> Iterator[str]:
    tree = ast.parse(source)
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    yield from (
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    )


@pytest.mark.parametrize("lost", ["lines", "page", "papers", "facts", "refused", "warnings", "offices"])
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


CUED = ("停息挂账", "征信修复", "全额退保", "不成功不收费", "代开证明", "寄卡", "名单")
CUES = st.sampled_from(CUED)


@given(st.lists(st.tuples(st.text(max_size=20), CUES, st.text(max_size=20)), max_size=5), st.booleans())
def test_whatever_an_ad_says_only_dated_words_are_printed(ads: list[tuple[str, str, str]], staff: bool) -> None:
    """No name, number or handle of anybody can stand in a warning: nothing of an ad is carried over."""
    drawn = warned(WORDS, ["".join(parts) for parts in ads], [])
    plain = [replace(one, ads=0, rings=0) for one in drawn]
    dated = {one.id: one for one in warned(WORDS, [], [frozenset(Conduct)]) + warned(WORDS, [*CUED], [])}
    assert plain == [replace(dated[one.id], ads=0, rings=0) for one in drawn]
    for locale in LOCALES:
        assert sheet(drawn, WORDS, locale, None, staff=staff) == sheet(plain, WORDS, locale, None, staff=staff)
