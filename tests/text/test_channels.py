"""Matching channels: what sounds or looks like a word of the trade is found where it stands, and ordinary words stay themselves."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingcha.adapters.shelf import read_package
from mingcha.model.text import TermHit
from mingcha.standards.load import load
from mingcha.text.channels import Channels
from mingcha.text.lexicon import build
from mingcha.text.likeness import ordinary_words, shapes, sounds
from mingcha.text.normalise import normalise

LEXICON = build(load(read_package()).lexicon)
PHRASES = (
    "停息挂账",
    "债务优化",
    "反催收",
    "征信修复",
    "高利贷",
    "信用修复",
    "3步逼停催收",
    "停x挂账",
    "铲单",
    "好。停息",
)
CHANNELS = Channels(PHRASES)


def _hits(text: str) -> list[TermHit]:
    return [hit for hit in LEXICON.find(normalise(text)) if hit.channel != "main"]


@pytest.mark.parametrize(
    ("written", "term", "channel"),
    [
        ("挺息挂账", "停息挂账", "homophone"),
        ("庭息挂仗", "停息挂账", "homophone"),
        ("停息挂帐", "停息挂账", "homophone"),
        ("债务优华", "债务优化", "homophone"),
        ("征信修富", "征信修复", "homophone"),
        ("全鹅退保", "全额退保", "homophone"),
        ("高利货", "高利贷", "shape"),
        ("债务扰化", "债务优化", "shape"),
    ],
)
def test_disguised_words_are_found_and_marked(written: str, term: str, channel: str) -> None:
    text = f"专做 {written[:2]}❤{written[2:]}，欢迎"
    (hit,) = _hits(text)
    assert (hit.term, hit.channel) == (term, channel)
    assert text[hit.start : hit.end] == hit.surface == f"{written[:2]}❤{written[2:]}"


def test_traditional_writing_needs_no_channel() -> None:
    assert [(hit.term, hit.channel) for hit in LEXICON.find(normalise("铲單"))] == [("铲单", "main")]


@pytest.mark.parametrize(
    "text",
    [
        "频繁催收",  # 频繁 is a word: 繁 is not 反
        "内部联系",
        "支付本金",
        "产单",  # two characters: the channels leave them alone
        "上案",
        "廷希卦仗",  # no character its own
        "停息。挂仗",
        "挺息！挂账",
        "反映问题",
        "天气很好，我们一定按时还款",
    ],
)
def test_ordinary_words_stay_themselves(text: str) -> None:
    assert _hits(text) == []


def test_neutral_words_stay_neutral_in_every_channel() -> None:
    by_term = {term.term: term for term in LEXICON.terms}
    for written in ("挺息挂账", "个性化份期", "暴力摧收", "信用修富", "停止搔扰"):
        hits = _hits(written)
        assert hits, written
        assert all(hit.neutral and by_term[hit.term].neutral for hit in hits), written


def test_what_the_main_channel_reads_stands() -> None:
    """A channel never adds to a stretch the main channel read, an allowed phrase included."""
    assert [hit.channel for hit in LEXICON.find(normalise("停息挂账"))] == ["main"]
    silent = build({"id": "x", "terms": [{"term": "反催收", "codes": ["NT"], "source": "S"}], "allow": ["规范催收"]})
    assert silent.find(normalise("请规范催收")) == ()
    assert silent.find(normalise("请范催收")) != ()


def _slow(text: str) -> set[tuple[str, int, str]]:
    """Twin: every phrase at every place, character by character, from the dictionaries themselves."""
    found = set()
    for name, classes in (("homophone", sounds()), ("shape", shapes())):
        for phrase in PHRASES:
            for at in range(len(text) - len(phrase) + 1):
                said = text[at : at + len(phrase)]
                same = sum(a == b for a, b in zip(said, phrase, strict=True))
                alike = all(
                    a == b or classes.get(a, frozenset()) & classes.get(b, frozenset())
                    for a, b in zip(said, phrase, strict=True)
                )
                changed = [at + k for k in range(len(phrase)) if said[k] != phrase[k]]
                words = ordinary_words()
                ordinary = any(text[i - 1 : i + 1] in words or text[i : i + 2] in words for i in changed)
                bold = same < (1 if name == "homophone" else len(phrase) - 1)
                if len(phrase) >= 3 and "。" not in phrase and alike and changed and not ordinary and not bold:
                    found.add((phrase, at, name))
    return found


LIKE = sorted(
    {
        c
        for c, of in (sounds() | shapes()).items()
        if len(c) == 1 and any(of & sounds().get(p, frozenset()) for p in "停息挂账反催收")
    }
)
TEXTS = st.lists(
    st.one_of(
        st.sampled_from(["停息挂账", "停息", "挂账", "反", "催收", "债务优", "3步逼停", "停x"]),
        st.sampled_from(LIKE),
        st.sampled_from("化华花货贷高利。，x3步逼"),
        st.characters(),
    ),
    max_size=12,
).map("".join)


@settings(max_examples=600, deadline=None)
@given(TEXTS)
def test_the_compiled_search_is_the_slow_one(text: str) -> None:
    every = {(hit.phrase, hit.start, hit.channel) for hit in CHANNELS._all(text)}
    assert every == _slow(text)
    kept = CHANNELS.find(text)
    assert {(hit.phrase, hit.start, hit.channel) for hit in kept} <= every
    assert all(a.end <= b.start for a, b in pairwise(kept))
    assert bool(kept) == bool(every)


def test_hostile_text_is_searched_in_one_go() -> None:
    assert len(CHANNELS.find("挺息挂账" * 50_000)) == 50_000
    assert CHANNELS.find("停" * 300_000) == ()


def test_sounds_know_heteronyms_and_shapes_know_parts() -> None:
    assert {"hang", "xing"} <= sounds()["行"]
    assert sounds()["完"] == {"wan"}, "a reading no phrase uses is left out"
    assert shapes()["停"] & shapes()["婷"] & shapes()["亭"]
    assert not shapes()["停"] & shapes()["挂"]
