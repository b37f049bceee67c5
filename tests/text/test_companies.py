"""Names of companies in one form; the check character of unified social credit codes against the standard's sum."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.text.companies import ALPHABET, company_key, is_credit_code


@pytest.mark.parametrize(
    "written",
    ["甲维权（北京）信息咨询有限公司", "甲维权北京信息咨询有限责任公司", " 甲维权(北京)信息咨询 有限公司海淀分公司", "甲維權（北京）信息咨詢有限公司", "甲维权【北京】信息咨询股份有限公司第三分公司"],
)  # fmt: skip
def test_one_company_has_one_key(written: str) -> None:
    assert company_key(written) == "甲维权北京信息咨询"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("甲信息咨询有限公司", "乙信息咨询有限公司"),
        ("甲北京信息咨询有限公司", "甲上海信息咨询有限公司"),
        ("集团公司", "公司"),
    ],
)
def test_others_keep_their_own(one: str, other: str) -> None:
    assert company_key(one) != company_key(other)


def test_a_name_that_is_no_more_than_its_form_stays() -> None:
    assert company_key("公司") == "公司"
    assert company_key("老王公司") == "老王"
    assert company_key("客服营业部") == "客服营业部"


def test_a_key_is_its_own_key() -> None:
    for name in ("甲维权（北京）信息咨询有限公司", "乙集团", "91110000100000000A"):
        assert company_key(company_key(name)) == company_key(name)


@given(st.text(ALPHABET[:10], min_size=6, max_size=6), st.text(ALPHABET, min_size=9, max_size=9))
def test_one_check_character_in_thirty_one_is_right(region: str, organisation: str) -> None:
    """Sum of value times 3^position mod 31, made zero by the last character (GB 32100-2015)."""
    body = "91" + region + organisation
    right = [char for char in ALPHABET if is_credit_code(body + char)]
    total = sum(ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(body))
    assert right == [ALPHABET[-total % 31]]
    assert company_key(" " + (body + right[0]).lower()) == body + right[0]
