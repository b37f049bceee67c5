"""Laws of what leaves the house: nothing of customers to who does not need it, no loss of a true demand, nobody called names."""

import re
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.actions.test_referral_forms import HANDLE, built, deps
from tests.actions.test_referral_pack import referral
from tests.casework.forms import PARTY, ROW, WORDS, facts, words

from mingcha.actions.deps import Deps
from mingcha.casework.papers import loss, unexplained
from mingcha.model import referral as papers_of
from mingcha.model.decision import MeritVerdict
from mingcha.model.referral import TieRow
from mingcha.model.words import Words

__all__ = ["deps"]  # a fixture
NEVER = re.compile(
    r"恶意|黑产|老赖|团伙|概率|相似|得分|分值|级别|社区|[%％‰]|malicious|probab|likeness|similar|scor|level \d|communit",
    re.IGNORECASE,
)


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
@pytest.mark.parametrize("addressee", list(WORDS.addressees))
@pytest.mark.parametrize("stage", [1, 2])
def test_law_4_a_gap_is_called_one_and_nobody_is_called_names(addressee: str, locale: str, stage: int) -> None:
    said = words(facts(addressee, stage), locale)
    assert Words("缺", "gap").say(locale) in said
    assert not NEVER.search(said), NEVER.search(said)


def test_law_4_no_field_of_a_paper_could_hold_a_score_a_level_or_a_likeness() -> None:
    rows = [one for one in vars(papers_of).values() if isinstance(one, type) and hasattr(one, "__dataclass_fields__")]
    names = {field.name for row in rows for field in fields(row)}
    assert len(names) > 50
    assert names.isdisjoint(
        {"score", "points", "level", "label", "similarity", "probability", "community", "millibits", "stability"}
    )


@given(
    st.lists(
        st.tuples(
            st.sampled_from([*MeritVerdict, None]), st.none() | st.integers(0, 10**9), st.none() | st.integers(0, 10**9)
        )
    )
)
def test_law_7_no_sum_stands_in_both_and_none_of_a_true_demand_in_either(
    rows: list[tuple[MeritVerdict | None, int | None, int | None]],
) -> None:
    made = [
        replace(ROW, merit=merit, waived=waived, waived_because=None if because is None else min(because, waived or 0))
        for merit, waived, because in rows
    ]
    untrue = [one for one in made if one.merit in (MeritVerdict.NOT_UPHELD, None)]
    assert loss(made) + unexplained(made) <= sum(one.waived or 0 for one in untrue)
    assert loss(made) == sum(one.waived_because or 0 for one in untrue)


@pytest.mark.parametrize("addressee", ["market", "cyberspace", "justice", "bar"])
@given(st.text("ABCDEFGHJK", min_size=12, max_size=12), st.integers(10**12, 10**13))
def test_law_10_no_customer_and_no_complaint_reaches_who_does_not_need_them(
    addressee: str, mark: str, fen: int
) -> None:
    """Minimum necessary: whatever stands in the rows of complaints, of it nothing stands in these forms, whatever the stage."""
    row = replace(
        ROW, complaint=f"C-{mark}", customer=mark, account=mark, caller=mark, agent=mark, papers=mark, channel=mark, amount=fen,
        demanded=fen, waived=fen, waived_because=fen, threats=(replace(ROW.threats[0], words=mark),),
    )  # fmt: skip
    party = replace(PARTY, value=mark)
    tie = TieRow(kind=party.kind, value=mark, end=Words(mark, mark), record=mark)
    for stage in (1, 2):
        told = facts(addressee, stage)
        told = replace(
            told, complaints=(row,), parties=(party,), ties=(tie,), rests_on=(row.complaint, "R-1"), alike=()
        )
        assert mark not in words(told)
        assert f"{fen // 100:,}" not in words(told)


def test_law_10_customers_loans_and_callers_stand_in_the_columns_a_form_asks_for_alone() -> None:
    for addressee in ("regulator", "central_bank"):
        said = words(
            replace(
                facts(addressee), complaints=(replace(ROW, customer="P-SECRET", account="A-SECRET", caller="K-SECRET"),)
            )
        )
        assert "SECRET" not in said


def test_law_10_what_a_ring_is_known_by_is_in_no_text_of_a_report(deps: Deps) -> None:
    case, of = referral(deps)
    assert HANDLE not in built(deps, case, of)


def test_law_3_whoever_was_verified_as_a_representative_is_no_false_lawyer(deps: Deps) -> None:
    case, of = referral(deps, (), "justice", "false_lawyer.posed")
    said = built(deps, case, of)
    assert "111012" in said
    assert "111011" not in said
