"""A draft says to each claim what the records say, holds nothing against whoever could not be checked, and shows its gaps."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.merit.test_blind import FORBIDDEN, walk

from mingcha.adapters.shelf import read_package
from mingcha.answer.draft import GAP, STANDS, Basis, draft
from mingcha.answer.letter import lines
from mingcha.answer.lint import lint
from mingcha.demo.site import SITE
from mingcha.errors import BadStandard
from mingcha.model.answer import Answer, Institution, Office, Stand
from mingcha.model.decision import MeritVerdict
from mingcha.model.merit import Claim, Grievance, MeritResult, MeritState, Searched
from mingcha.model.text import Passage
from mingcha.model.words import Words
from mingcha.standards.load import load

PACKAGE = read_package()
STANDARDS = load({**PACKAGE, "site/site.toml": SITE})
HELD_AGAINST_NOBODY = {MeritState.UNCHECKED, MeritState.DISPUTED}
QUOTE = Passage(field="text", start=0, end=6, quote="半夜打我电话")


def result(grievance: Grievance, state: MeritState, *, claimed: bool = True) -> MeritResult:
    return MeritResult(
        check=grievance.value,
        grievance=grievance,
        claim=Claim(grievance, QUOTE) if claimed else None,
        state=state,
        clause="gbt45251@2025-02-28:collect.hours",
        rank=None,
        why=Words("夜间来电2次", "2 calls at night"),
        cites=(),
        searched=Searched(("甲外包",), 1, (date(2026, 1, 1), date(2026, 3, 1)), 9, (Words("缺乙外包", "no B"),)),
    )


RESULTS = st.lists(
    st.builds(result, st.sampled_from(Grievance), st.sampled_from(MeritState), claimed=st.booleans()), max_size=4
)


def drafted(
    *merit: MeritResult,
    institution: Institution = STANDARDS.institution,
    verdict: MeritVerdict | None = None,
    upheld: tuple[Grievance, ...] = (),
) -> Answer:
    basis = Basis(
        complaint="C-1",
        received_on=date(2026, 3, 5),
        due=date(2026, 3, 20),
        merit=merit,
        verdict=verdict,
        upheld=upheld,
    )
    return draft(basis, STANDARDS.answers, institution, STANDARDS.clauses, date(2026, 3, 12))


@given(RESULTS)
def test_each_claim_is_answered_by_its_records_alone(merit: list[MeritResult]) -> None:
    answer = drafted(*merit)
    assert [(one.grievance, one.stand) for one in answer.points] == [
        (one.grievance, STANDS[one.state]) for one in merit
    ]
    assert not [
        one
        for one, of in zip(answer.points, merit, strict=True)
        if of.state in HELD_AGAINST_NOBODY and one.stand is Stand.NOT_UPHELD
    ]
    assert bool(answer.gaps) == (not merit)


@given(RESULTS, st.sampled_from(MeritVerdict), st.sets(st.sampled_from(Grievance)))
def test_what_a_person_decided_stands_and_a_refusal_against_the_records_is_a_gap(
    merit: list[MeritResult], verdict: MeritVerdict, upheld: set[Grievance]
) -> None:
    answer = drafted(*merit, verdict=verdict, upheld=tuple(upheld))
    against = 0
    for point, of in zip(answer.points, merit, strict=True):
        if of.grievance in upheld:
            assert point.stand in (Stand.UPHELD, Stand.PARTLY)
        else:
            assert point.stand in (Stand.NOT_UPHELD, Stand.OPEN)
            against += of.state is MeritState.CONFIRMED
    assert bool([gap for gap in answer.gaps if "decision" in gap.en]) == bool(against)


@given(RESULTS, st.sampled_from(["zh-CN", "en"]))
def test_no_letter_of_ours_is_refused_and_none_has_a_brace_left(merit: list[MeritResult], locale: str) -> None:
    letter = "\n".join(lines(drafted(*merit), locale))
    assert lint(letter, "", STANDARDS.answers.refused) == ()
    assert "{" not in letter
    assert (GAP.zh[:4] in letter or GAP.en[:5] in letter) is False


def test_an_unnamed_institution_shows_as_gaps_in_draft_and_letter() -> None:
    bare = drafted(result(Grievance.PRICE, MeritState.CONFIRMED), institution=Institution())
    assert {gap.zh for gap in bare.gaps} == {
        "机构名称", "核查单位及地址电话", "调解组织及地址电话", "有管辖权的法院及地址电话", "承办部门", "联系电话",
    }  # fmt: skip
    assert "〔待填：联系电话〕" in "\n".join(lines(bare, "zh"))
    assert "[to fill in: our telephone]" in "\n".join(lines(bare, "en"))
    half = replace(STANDARDS.institution, court=Office("某法院", "", "1"), arbitration=Office("仲裁委", "路", "2"))
    answer = drafted(result(Grievance.PRICE, MeritState.CONFIRMED), institution=half)
    assert [gap.en for gap in answer.gaps] == ["the court, its address and telephone"]
    assert [one.name.en for one in answer.remedies] == ["review", "mediation", "arbitration", "court"]


def test_a_day_that_is_over_is_not_promised() -> None:
    late = Basis(
        complaint="C-1",
        received_on=date(2026, 1, 5),
        due=date(2026, 1, 20),
        merit=(result(Grievance.PRICE, MeritState.UNCHECKED),),
    )
    answer = draft(late, STANDARDS.answers, STANDARDS.institution, STANDARDS.clauses, date(2026, 1, 21))
    assert [gap.en for gap in answer.gaps] == ["the day of the further answer"]
    assert "2026-01-20" not in "\n".join(lines(answer, "zh"))


def test_the_letter() -> None:
    answer = drafted(
        result(Grievance.NIGHT_CALLS, MeritState.CONFIRMED),
        result(Grievance.PRICE, MeritState.UNCHECKED, claimed=False),
    )
    letter = list(lines(answer, "zh"))
    assert letter[:5] == [
        "投诉处理答复",
        "投诉编号：C-1",
        "",
        "您于2026-03-05提出的投诉，我们已逐项核查。现将核查情况和处理意见答复如下。",
        "",
    ]
    assert letter[5] == "一、夜间催收：情况属实，予以支持"
    assert letter[6] == "您提出：“半夜打我电话”"
    assert letter[7] == "我们核查了：查阅2026-01-01至2026-03-01的记录9条，涉及甲外包。"
    assert letter[8] == "未能查到：缺乙外包。"
    assert letter[9] == "查到的情况：夜间来电2次。"
    assert letter[11].startswith("依据：催收时段（推荐性标准，gbt45251@2025-02-28")
    assert "2026-03-20前向您提供逐笔计算明细" in "\n".join(letter)
    assert "您提出：（您未提出，核查中发现）" in letter
    english = "\n".join(lines(answer, "en"))
    assert "1. calls at night: true, and upheld" in english
    assert "We looked through: 9 records from 2026-01-01 to 2026-03-01, of 甲外包." in english


def test_no_type_behind_an_answer_could_hold_a_finding() -> None:
    seen: dict[object, str] = {}
    walk(Answer, "Answer", seen)
    assert not {type_: path for type_, path in seen.items() if type_ in FORBIDDEN}
    assert len(seen) > 8


@pytest.mark.parametrize(
    ("table", "named"),
    [
        ('[institution]\nname = "甲"', "stands for it"),
        ('[institution]\ncountersigned_by = "x"\nfax = "1"', "fax"),
        ('[institution]\ncountersigned_by = "x"\n[institution.review]\nfax = "1"', "fax"),
    ],
)
def test_a_wrong_site_table_is_refused_by_name(table: str, named: str) -> None:
    with pytest.raises(BadStandard, match=f"institution.*{named}"):
        load({**PACKAGE, "site/site.toml": table})


def test_wording_that_lacks_a_part_is_refused_by_name() -> None:
    name = next(one for one in PACKAGE if one.startswith("answers@"))
    for lost, said in (("[points.price]", "KeyError"), ('words = "后果自负', "KeyError"), ("|deadbeat|", None)):
        broken = {
            **PACKAGE,
            name: PACKAGE[name].replace(
                lost, lost.replace("price", "pric").replace("words", "word").replace("|d", "|(d")
            ),
        }
        with pytest.raises(BadStandard, match=said or "answers@"):
            load(broken)
