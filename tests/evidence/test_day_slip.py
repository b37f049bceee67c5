"""What is on the slip of a day is read back whatever way it is typed; what is mistyped is refused, never shortened."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.evidence.day_slip import day_code, day_slip, read_slip
from mingcha.evidence.slip import grouped, slip, slip_code
from mingcha.model.bundle import DayRoot
from mingcha.model.days import SealedDay, Slip

DIGEST = st.text("0123456789abcdef", min_size=64, max_size=64)
SEALED = SealedDay(
    root=DayRoot(day="2026-03-01", count=1234, root="0123456789abcdef" * 4, signer="ba5e" * 16, signature="cd" * 64),
    zone="Asia/Shanghai",
    heads={"access": "12:" + "ac" * 32, "custody": "1234:" + "fe" * 32, "roots": "1:" + "0a" * 32},
    at=datetime(2026, 3, 2, tzinfo=UTC),
    token=None,
)
READ = Slip("2026-03-01", "0123456789abcdef" * 4, "ba5e" * 16, (("access", 12, "ac" * 32), ("custody", 1234, "fe" * 32), ("roots", 1, "0a" * 32)))  # fmt: skip


@pytest.mark.parametrize("how", [str, str.upper, lambda text: text.replace("\n", "\r\n"), lambda text: "  " + text.replace(" ", "   ")])  # fmt: skip
def test_text_and_code_are_read_back(how: object) -> None:
    for text in (day_slip(SEALED), day_code(SEALED)):
        assert read_slip(how(text)) == READ  # type: ignore[operator]  # reason: each of them takes a text


@given(root=DIGEST, key=DIGEST, heads=st.dictionaries(st.from_regex(r"[a-z]{1,9}", fullmatch=True), st.tuples(st.integers(1, 10**9), DIGEST), max_size=4))  # fmt: skip
def test_any_digests_are(root: str, key: str, heads: dict[str, tuple[int, str]]) -> None:
    told = {chain: f"{seq}:{digest}" for chain, (seq, digest) in heads.items()}
    day = SealedDay(root=DayRoot(day="2026-03-01", count=9, root=root, signer=key, signature=""), zone="UTC", heads=told, at=SEALED.at, token=None)  # fmt: skip
    expected = Slip("2026-03-01", root, key, tuple((chain, *one) for chain, one in sorted(heads.items())))
    assert read_slip(day_slip(day)) == read_slip(day_code(day)) == expected


def test_a_bare_root_or_its_first_sixteen_digits_will_do() -> None:
    assert read_slip(grouped(SEALED.root.root)) == Slip(None, SEALED.root.root, None, ())
    assert read_slip("０１２３ 4567 89AB cdef") == Slip(None, "0123456789abcdef", None, ())
    assert read_slip("custody:3: fefe fefe fefe fefe") == Slip(None, None, None, (("custody", 3, "fe" * 8),))


def test_of_a_packs_slip_the_heads_are_read_for_its_root_is_not_the_houses() -> None:
    heads = {"exhibits": (6, "ab" * 32)}
    for text in (slip("2026-03-01", "12" * 32, 20, "34" * 32, heads).zh, slip_code("2026-03-01", "12" * 32, 20, "34" * 32, heads)):  # fmt: skip
        assert read_slip(text) == Slip(None, None, None, (("exhibits", 6, "ab" * 32),))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "day: 2026-03-01",
        "root: 0123",
        "custody:3:",
        "root: 0123 4567 89ab cdex 0123",
        "root: key: " + "ab" * 32,
        "hello",
    ],
)
def test_what_says_nothing_or_is_mistyped_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- what it says is the part that was typed
        read_slip(text)


def test_a_page_and_a_code_hold_it() -> None:
    assert max(map(len, day_slip(SEALED).splitlines())) < 100
    assert day_code(SEALED).isascii()
    assert len(day_code(SEALED)) < 1000
