"""Many posters at once give what `same_poster` gives pair by pair; groups are what pairs join."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingcha.ads.groups import AlikeAds, alike_groups
from mingcha.ads.posters import same_posters
from mingcha.ads.same import Looks, alike
from mingcha.model.ad_cycle import Likeness
from mingcha.model.image import BANNERS, PART_BITS, PARTS, WHOLE_BITS, PosterPrint, same_poster
from mingcha.text.fingerprint import shingles
from mingcha.text.normalise import normalise


def flipped(hex_: str, bits: int, start: int = 0) -> str:
    return f"{int(hex_, 16) ^ (((1 << bits) - 1) << start):0{len(hex_)}x}"


def drawn(seed: int, quality: int = 90) -> PosterPrint:
    made = np.random.default_rng(seed)
    parts = made.bytes(96 * len(PARTS)).hex()
    crops = tuple(parts[at : at + 192] for at in range(0, len(parts), 192))
    return PosterPrint(made.bytes(32).hex(), quality, "0" * 16, crops)


def cut(one: PosterPrint, bits: int) -> PosterPrint:
    """Another picture, of which one part differs in so many bits from the first under its banner."""
    other = drawn(999)
    crops = list(other.crops)
    crops[len(BANNERS) + 7] = flipped(one.crops[3], bits)
    return PosterPrint(other.pdq, 90, other.phash, tuple(crops))


def slowly(old: Sequence[PosterPrint], new: Sequence[PosterPrint]) -> list[tuple[int, int]]:
    return [(a, b) for a, one in enumerate(old) for b, other in enumerate(new) if same_poster(one, other)]


ONE = drawn(1)
NEAR = (
    ONE,
    PosterPrint(flipped(ONE.pdq, WHOLE_BITS), 50, "0" * 16),
    PosterPrint(flipped(ONE.pdq, WHOLE_BITS + 1), 100, "0" * 16),
    PosterPrint(ONE.pdq, 49, "0" * 16, ONE.crops),
    cut(ONE, PART_BITS),
    cut(ONE, PART_BITS + 1),
    drawn(2),
)


POOL = (*NEAR, *map(drawn, range(2, 6)))
Places = st.lists(st.integers(0, len(POOL) - 1), max_size=6)


@given(Places, Places)
@settings(max_examples=20, deadline=None)
def test_many_at_once_as_pair_by_pair(first: list[int], second: list[int]) -> None:
    old, new = [POOL[n] for n in first], [POOL[n] for n in second]
    assert same_posters(old, new) == slowly(old, new)
    assert same_posters(old) == [(a, b) for a, b in slowly(old, old) if a < b]


def test_limits_are_met_to_the_bit() -> None:
    assert same_posters([ONE], NEAR) == [(0, 0), (0, 1), (0, 4)]


SELLS = "专业处理各类网贷逾期，停息挂账，最长分期六十期，不成功不收费，全国可办，加微信 abc12345 详聊"


def looks(text: str = "", *handles: str, links: tuple[str, ...] = (), posters: tuple[PosterPrint, ...] = ()) -> Looks:
    return Looks(frozenset(handles), shingles(normalise(text)), frozenset(links), posters)


def test_a_poster_or_a_link_tells_an_ad_again_and_a_handle_comes_first() -> None:
    old = {"A": looks("", "H1", posters=(ONE,), links=("x.cn/a",))}
    new = {
        "B": looks("", "H1", posters=(ONE,)),
        "C": looks("", "H2", posters=(cut(ONE, PART_BITS),), links=("x.cn/a",)),
        "D": looks("", links=("x.cn/a",)),
        "E": looks("", "H3", posters=(drawn(5),), links=("x.cn/b",)),
    }
    assert [(one.new, one.by) for one in alike(old, new.items())] == [
        ("B", Likeness.HANDLE),
        ("C", Likeness.POSTER),
        ("D", Likeness.LINK),
    ]


def test_groups_join_whatever_joins_two_and_say_by_what() -> None:
    every = {
        "A": looks(SELLS, "H1"),
        "B": looks(SELLS.replace("abc12345", "xyz98765"), "H2"),
        "C": looks(SELLS, "H3", posters=(ONE,)),
        "D": looks("", "H4", posters=(cut(ONE, PART_BITS),)),
        "E": looks("", "H4"),
        "F": looks("", "H5", links=("x.cn/a",)),
        "G": looks("", "H6", links=("x.cn/a",)),
        "H": looks("今天去银行咨询了分期，工作人员说可以协商，记录一下经过供大家参考", "H7", posters=(drawn(7),)),
    }
    assert alike_groups(every) == (
        AlikeAds(("A", "B", "C", "D", "E"), (Likeness.HANDLE, Likeness.POSTER, Likeness.TEXT)),
        AlikeAds(("F", "G"), (Likeness.LINK,)),
    )
    assert alike_groups({}) == ()


Some = st.lists(
    st.tuples(
        st.sampled_from(["", SELLS, SELLS + "，见面签约", "半夜打电话给我妈，我要投诉这家银行，请监管帮帮我"]),
        st.sets(st.sampled_from("abcdefgh"), max_size=1),
        st.sets(st.sampled_from("mnop"), max_size=1),
        st.lists(st.integers(0, len(NEAR) - 1), max_size=1),
    ),
    max_size=9,
)


@given(Some)
@settings(max_examples=25, deadline=None)
def test_groups_are_the_components_of_pairs(given_: list[tuple[str, set[str], set[str], list[int]]]) -> None:
    every = {
        f"{n}": looks(text, *handles, links=tuple(links), posters=tuple(NEAR[at] for at in posters))
        for n, (text, handles, links, posters) in enumerate(given_)
    }
    near = {(one.old, one.new) for one in alike(every, every.items())}
    group = {id_: {id_} for id_ in every}
    for one, other in sorted(near):
        both = group[one] | group[other]
        group.update(dict.fromkeys(both, both))
    slow = sorted({tuple(sorted(ids)) for ids in group.values() if len(ids) > 1})
    assert [one.ads for one in alike_groups(every)] == slow
    assert all(one.by for one in alike_groups(every))


@pytest.mark.slow
def test_five_thousand_posters_against_a_hundred_that_went() -> None:
    """Fast enough to be asked for: a second where it is quiet."""
    import time

    every = [drawn(n) for n in range(5_000)]
    same_posters(every[:2], every[:2])  # compiled
    since = time.process_time()
    found = same_posters(every[:100], every)
    assert time.process_time() - since < 20
    assert [pair for pair in found if pair[0] != pair[1]] == []
    assert len(found) == 100
