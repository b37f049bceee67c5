"""Cutting text for search: needles are found exactly where the text holds what was asked for."""

from hypothesis import given
from hypothesis import strategies as st

from mingcha.adapters.store.bigrams import needles, score, spread


def test_chinese_is_cut_in_pairs_and_other_words_stay_whole() -> None:
    assert spread("投诉人 ABC-12，退") == " 投诉 诉人 人 abc 12 退 "
    assert spread("Ｑ群①②") == " q 群 12 "
    assert spread("") == spread("，\0\ud800") == "  "
    assert needles("投诉人 退 ABC 投诉人") == (" abc ", " 投诉 诉人 ", " 退")
    assert needles(" ，") == ()


@given(
    st.lists(st.text(alphabet="退保费", min_size=1, max_size=6), max_size=5),
    st.text(alphabet="退保费", min_size=1, max_size=4),
)
def test_a_chinese_word_is_found_exactly_where_it_stands(runs: list[str], word: str) -> None:
    held = spread("，".join(runs))
    assert all(needle in held for needle in needles(word)) is any(word in run for run in runs)


@given(
    st.lists(st.sampled_from(["ab", "abc", "b", "12"]), max_size=5), st.sampled_from(["ab", "abc", "b", "a", "12", "1"])
)
def test_a_latin_word_is_found_whole(words: list[str], word: str) -> None:
    assert all(needle in spread(" ".join(words)) for needle in needles(word.upper())) is (word in words)


def test_denser_texts_score_higher() -> None:
    wanted = needles("退保")
    assert score(spread("退保退保"), wanted) > score(spread("我要退保"), wanted) > score(spread("利息"), wanted) == 0
