"""Canonical forms: equal values become equal, wrong ones are refused with what was expected, masking hides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.errors import InputError
from mingcha.model.record import Personal
from mingcha.text.canonical import canonical, id_check, luhn, mask, personal_spans, redact

SAME_PHONE = [
    "14012345678",
    "+86 140 1234 5678",
    "0086-14012345678",
    "１４０１２３４５６７８",
    "一四零一二三四五六七八",
    "140-1234-5678",
    "(140) 12345678",
]


@pytest.mark.parametrize("written", SAME_PHONE)
def test_phones_however_written_are_one(written: str) -> None:
    assert (
        canonical(Personal.PHONE, written.replace("140", "138").replace("１４０", "１３８").replace("一四零", "一三八"))
        == "13812345678"
    )


@pytest.mark.parametrize("wrong", ["12", "138****1234", "1381234567", "abc", "23812345678"])
def test_what_is_no_phone_is_refused(wrong: str) -> None:
    with pytest.raises(InputError):
        canonical(Personal.PHONE, wrong)


def test_extension_is_kept_apart() -> None:
    assert canonical(Personal.PHONE, "021-12345678转801") == "02112345678#801"


@given(st.integers(0, 10**16 - 1))
def test_luhn_catches_every_single_slip(number: int) -> None:
    digits = f"{number:016d}"
    check = next(d for d in "0123456789" if luhn(digits + d))
    assert sum(luhn(digits + d) for d in "0123456789") == 1
    wrong = str((int(digits[3]) + 1) % 10)
    assert not luhn(digits[:3] + wrong + digits[4:] + check)


def test_id_numbers_by_their_check_character() -> None:
    body = "11010519900101123"
    right = next(c for c in "0123456789X" if id_check(body + c))
    assert canonical(Personal.ID_NUMBER, (body + right).lower()) == body + right
    with pytest.raises(InputError):
        canonical(Personal.ID_NUMBER, body + ("0" if right != "0" else "1"))


def test_formatted_personal_data_are_found_and_masked() -> None:
    text = "请打我电话138 1234 5678，邮箱a.b@example.com，金额13812元"
    spans = personal_spans(text)
    shown = redact(text, spans)
    assert "1234 5678" not in shown
    assert "a.b@example.com" not in shown
    assert "13812元" in shown
    assert mask(Personal.NAME, "王小明") == "王**"


@given(st.text(max_size=40))
def test_redacting_never_fails_and_never_grows_secrets(text: str) -> None:
    spans = personal_spans(text)
    assert all(0 <= start < end <= len(text) for start, end, _ in spans)
    redact(text, spans)


@given(st.sampled_from([Personal.NAME, Personal.ADDRESS, Personal.HANDLE, Personal.DEVICE]), st.text(max_size=20))
def test_canonical_is_idempotent(personal: Personal, value: str) -> None:
    once = canonical(personal, value)
    assert canonical(personal, once) == once


@pytest.mark.parametrize(
    "storm", ["a" * 40_000, "[" * 40_000, "a-" * 20_000, "1" * 40_000, "微" * 40_000, "x" * 40_000, "@a." * 10_000]
)
def test_reading_is_linear_in_storms(storm: str) -> None:
    """Finishes at all: the patterns once went quadratic on such rows and held an import for minutes."""
    from mingcha.clock.welfare import welfare
    from mingcha.merit.claims import read_claims
    from mingcha.text.contacts import contacts
    from mingcha.text.fingerprint import shingles
    from mingcha.text.normalise import normalise

    folded = normalise(storm)
    personal_spans(storm)
    contacts(folded)
    shingles(folded)
    welfare(folded)
    read_claims(folded)


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_a_mobile_written_plainly_is_what_any_other_spelling_of_it_comes_to(number: str) -> None:
    spelt = (
        f"+86 {number}",
        f"{number[:3]}-{number[3:7]}-{number[7:]}",
        number.translate({48 + d: 0xFF10 + d for d in range(10)}),
    )
    assert {canonical(Personal.PHONE, one) for one in (number, *spelt)} == {number}
