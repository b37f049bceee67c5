"""Words no list knows against a slow count; what is known, common, alone in one frame or another's part is not proposed."""

import math

from hypothesis import given
from hypothesis import strategies as st

from mingcha.ads.proposals import (
    ACCOUNTS,
    LEAST_BITS,
    KnownPost,
    gather,
    millibits,
    often_ordinary,
    ranked,
    stretches_in,
    words_in,
)

KNOWN = "停息挂账"


def post(account: str, wording: str, known: str = KNOWN) -> KnownPost:
    at = wording.find(known)
    return KnownPost(account, wording, ((at, at + len(known)),) if at >= 0 else ())


USED = [
    post("a", "停息挂账浮桥单快，别的不说"),
    post("b", "专办浮桥单停息挂账"),
    post("c", "想要浮桥单的停息挂账"),
    post("c", "停息挂账浮桥单吧"),
]


def proposed(posts: list[KnownPost], innocents: dict[str, int] | None = None, of: int = 500) -> list[str]:
    found = gather(posts, {KNOWN})
    return [one.word for one in ranked(found, len({one.account for one in posts}), innocents or {}, of)]


def test_a_word_beside_a_known_one_that_three_accounts_use_is_proposed_whole() -> None:
    assert proposed(USED) == ["浮桥单"]
    (one,) = ranked(gather(USED, {KNOWN}), 3, {"浮桥单": 1}, 500)
    assert (one.accounts_with, one.accounts, one.innocents_with, one.innocents) == (3, 3, 1, 500)
    assert one.millibits == round(1000 * math.log2((3.5 / 4) / (1.5 / 501)))


def test_two_accounts_however_often_are_not_enough() -> None:
    assert proposed([*USED[:2], *USED[:2]]) == []


def test_what_complaints_use_too_is_not_proposed() -> None:
    assert proposed(USED, {"浮桥单": 100, "浮桥": 100, "桥单": 100}) == []


def test_what_stands_in_no_clause_with_something_known_is_not_looked_at() -> None:
    assert list(stretches_in(post("a", "浮桥单快，停息挂账"))) == []
    assert list(stretches_in(post("a", "浮桥单快"))) == []


def test_listed_words_and_their_parts_are_no_news() -> None:
    assert gather([*USED], {KNOWN, "浮桥单快"}).keys().isdisjoint({"浮桥", "桥单", "浮桥单"})


def test_what_always_stands_in_one_frame_is_part_of_it() -> None:
    same = [post(name, "停息挂账找浮桥单好办") for name in "abc"]
    assert proposed(same) == []


HAN = st.text("停息挂账浮桥单快办找，", max_size=14)
POSTS = st.lists(st.tuples(st.sampled_from("abcd"), HAN), max_size=8).map(lambda rows: [post(*row) for row in rows])


@given(POSTS)
def test_stretches_are_those_of_a_slow_count(posts: list[KnownPost]) -> None:
    slow: dict[str, set[str]] = {}
    for one in posts:
        at = 0
        for clause in one.wording.split("，"):
            span = range(at, at + len(clause))
            at += len(clause) + 1
            taken = {n for start, end in one.known for n in range(start, end)}
            if not taken & {*span}:
                continue
            for first in span:
                for size in range(2, 7):
                    places = range(first, first + size)
                    if places[-1] in span and not taken & {*places}:
                        slow.setdefault(one.wording[first : first + size], set()).add(one.account)
    fast: dict[str, set[str]] = {}
    for one in posts:
        for start, end in stretches_in(one):
            fast.setdefault(one.wording[start:end], set()).add(one.account)
    assert fast == slow
    for word, found in gather(posts, {KNOWN}).items():
        assert found.accounts == slow[word]
        assert len(found.accounts) >= ACCOUNTS
        assert word not in KNOWN


@given(POSTS, st.dictionaries(st.text("浮桥单快办找", min_size=2, max_size=3), st.integers(0, 50)))
def test_no_proposal_is_inside_another_and_all_are_likely(posts: list[KnownPost], innocents: dict[str, int]) -> None:
    found = ranked(gather(posts, {KNOWN}), 4, innocents, 200)
    assert all(one.millibits >= LEAST_BITS for one in found)
    assert not [(a.word, b.word) for a in found for b in found if a is not b and a.word in b.word]
    assert [one.millibits for one in found] == sorted((one.millibits for one in found), reverse=True)


@given(st.text("浮桥单a，", max_size=12), st.sets(st.text("浮桥单", min_size=2, max_size=4), max_size=4))
def test_words_in_a_text_are_those_that_stand_in_it(text: str, wanted: set[str]) -> None:
    assert words_in(text, wanted) == {word for word in wanted if word in text}


def test_the_number_grows_with_accounts_and_falls_with_complaints() -> None:
    assert millibits(5, 10, 0, 100) > millibits(4, 10, 0, 100) > millibits(4, 10, 1, 100)
    assert often_ordinary(1, 200)
    assert not often_ordinary(1, 201)
    assert not often_ordinary(0, 0)
