"""What many unrelated letters carry is no likeness: learnt from who holds it, or given."""

import random
from itertools import chain

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from mingcha.campaign.boilerplate import LEAST, NOTHING, Common, among, learn, without
from mingcha.campaign.boilerplate import given as as_common
from mingcha.campaign.cutting import mingcha
from mingcha.campaign.finding import Finder
from mingcha.campaign.gathering import RULE, Gatherings, gather_families
from mingcha.campaign.kernels.held import Core, groups_outside
from mingcha.campaign.kernels.likeness import Passages
from mingcha.campaign.letters import ordered

STATUTE = (
    "持卡人欠款金额超出还款能力的，可以与银行平等协商。协议内容应当记入档案。最长期限不得超过五年。双方另有约定的除外。"
)
WORDS = "春夏秋冬东南西北梅兰竹菊琴棋书画山水风云日月星辰金木火土"


def own(k: int) -> str:
    """A story of its own for each k."""
    rng = random.Random(k)
    return "".join("".join(rng.choices(WORDS, k=14)) + "。" for _ in range(4))


def gathered(rows: list[str], ignored: Common = NOTHING) -> Gatherings:
    return gather_families(*ordered([mingcha().passages(rows)], 2), RULE, 2, lambda _: None, ignored)


def families(rows: list[str], ignored: Common = NOTHING) -> list[list[int]]:
    return [f.rows.tolist() for f in gathered(rows, ignored).families]


def passages(texts: list[list[int]], breaks: list[list[int]]) -> Passages:
    sizes, counts = (np.array([len(x) for x in of], np.int32) for of in (texts, breaks))
    begin, first = (np.cumsum(of, dtype=np.int64) - of for of in (sizes, counts))
    return Passages(
        begin,
        sizes,
        np.array(list(chain(*texts)), np.uint64),
        first,
        counts,
        np.array(list(chain(*breaks)), np.int32),
    )


def test_a_statute_that_many_strangers_quote_ties_nobody() -> None:
    at_length = [own(k) + own(k + 100) + own(k + 200) + STATUTE for k in range(LEAST)]
    in_brief = [own(k + LEAST)[:15] + STATUTE for k in range(LEAST // 2)]
    assert families(in_brief)
    found = gathered([*at_length, *in_brief])
    assert not found.families
    assert set(found.with_common.tolist()) >= set(range(LEAST, LEAST + LEAST // 2))
    assert set(found.common.values.tolist()) >= set(mingcha().shingles([STATUTE])[0].tolist())
    assert found.common.holders.min() >= LEAST


def test_what_few_quote_cannot_be_learnt_but_can_be_given() -> None:
    few = [own(k)[:30] + STATUTE for k in range(4)]
    assert families(few)
    assert not families(few, as_common(mingcha().shingles([STATUTE])[0]))


def test_a_campaign_that_quotes_the_statute_stays_together() -> None:
    template = (
        "经办人承诺的利率与合同不同，多收的费用从未说明。我要求在十五日内全部退还并书面道歉。否则我会逐级反映到底。"
    )
    campaign = [template + STATUTE + own(k)[:9] for k in range(6)]
    rows = [*(own(k + 20) + STATUTE for k in range(2 * LEAST)), *campaign]
    assert families(rows) == [list(range(2 * LEAST, 2 * LEAST + 6))]


def test_a_script_put_together_from_common_sentences_is_a_campaign() -> None:
    script = own(501)
    sentences = [f"{one}。" for one in script.split("。") if one]
    strangers = [own(k) + sentences[k % len(sentences)] for k in range(len(sentences) * LEAST)]
    campaign = [script + own(k + 300)[:9] for k in range(4)]
    found = gathered([*strangers, *campaign])
    assert len(found.common.values) > 0
    assert [f.rows.tolist() for f in found.families] == [list(range(len(strangers), len(strangers) + 4))]


def test_fragments_of_one_script_are_no_strangers_to_each_other() -> None:
    """Two families and lone copies of one script of common sentences, each with a tail of its own: none is hollow by the others."""
    script = own(501)
    sentences = [f"{one}。" for one in script.split("。") if one]
    strangers = [own(k) + sentences[k % len(sentences)] for k in range(len(sentences) * LEAST)]
    tails = [own(700), own(701), *(own(k) for k in range(800, 806))]
    fragments = [script + tail + own(900 + k)[:6] for tail in tails for k in range(3 if tail in tails[:2] else 1)]
    rows = [*strangers, *fragments]
    inside = {row for family in families(rows) for row in family}
    assert inside >= set(range(len(strangers), len(strangers) + 6))
    assert not inside & set(range(len(strangers)))


NUMBERS = st.lists(st.integers(0, 15), min_size=1, max_size=12)


@given(
    st.lists(st.tuples(NUMBERS, st.integers(0, 4)), min_size=1, max_size=12),
    st.lists(
        st.tuples(st.sets(st.integers(0, 15), min_size=1), NUMBERS, st.integers(1, 6), st.integers(0, 4)),
        min_size=1,
        max_size=4,
    ),
    st.integers(0, 2),
)
def test_strangers_outside_are_counted_as_by_hand(
    texts: list[tuple[list[int], int]], stars: list[tuple[set[int], list[int], int, int]], least: int
) -> None:
    p = passages([text for text, _ in texts], [[] for _ in texts])
    group = np.array([of for _, of in texts], np.int32)
    often = np.minimum(p.hashes, 3).astype(
        np.uint8
    )  # a value stands for how often it was hit: 0, 1 and 2 may be too seldom
    values = np.unique(np.array([v for core, *_ in stars for v in core], np.uint64))
    held = [[n for n, (core, *_) in enumerate(stars) if int(v) in core] for v in values]
    rest = [np.array(sorted(set(head) - core), np.uint64) for core, head, *_ in stars]
    core = Core(
        values,
        np.cumsum([0, *map(len, held)]),
        np.array(list(chain(*held)), np.int32),
        np.array([need for *_, need, _ in stars], np.int32),
        np.array([of for *_, of in stars], np.int32),
        np.concatenate(rest),
        np.cumsum([0, *map(len, rest)]),
    )
    got = groups_outside(p, np.argsort(group, kind="stable"), group, (often, least), core)
    for n, (mine, _, need, of) in enumerate(stars):
        outside = set()
        for text, other in texts:
            hits = len({v for v in text if v in mine and min(v, 3) >= least})
            own_words = 3 * (len(text) - hits) >= len(text)
            shared = sum(v in set(rest[n].tolist()) for v in text)
            if other != of and hits >= need and own_words and 2 * shared <= len(rest[n]):
                outside.add(other)
        assert got[n] == len(outside)


def test_the_words_of_a_large_campaign_are_its_own() -> None:
    campaign = [own(1) + STATUTE + own(k)[:12] for k in range(3 * LEAST)]
    found = gathered(campaign)
    assert len(found.common.values) == 0
    assert [len(f.rows) for f in found.families] == [len(campaign)]


texts = st.lists(st.lists(st.integers(1, 12), max_size=8), min_size=1, max_size=30)


@given(texts, st.lists(st.integers(0, 4), min_size=30, max_size=30), st.integers(1, 3))
def test_what_is_common_is_counted_as_plain_sets_say(rows: list[list[int]], groups: list[int], threads: int) -> None:
    p = passages(rows, [[] for _ in rows])
    group = np.array(groups[: len(rows)], np.int32)
    finder = Finder(p, RULE, threads)
    found = learn(p, finder.numbered.numbers, finder.frequent, group, threads)
    expected = {}
    for value in {v for row in rows for v in row}:
        holders = [k for k, row in enumerate(rows) if value in row]
        if len(holders) >= LEAST and 3 * len({groups[k] for k in holders}) >= 2 * len(holders):
            expected[value] = len(holders)
    assert dict(zip(found.values.tolist(), found.holders.tolist(), strict=True)) == expected
    counted = among(p, np.arange(len(rows)), found, threads)
    assert counted.tolist() == [sum(v in expected for v in row) for row in rows]


@given(texts, st.sets(st.integers(1, 12)), st.data())
def test_a_text_without_what_is_common_is_what_is_left_of_it(
    rows: list[list[int]], common: set[int], data: st.DataObject
) -> None:
    breaks = [sorted(data.draw(st.sets(st.integers(1, len(row) + 3), max_size=3))) for row in rows]
    p = passages(rows, breaks)
    shared = as_common(np.array(sorted(common), np.uint64))
    chosen = np.array(sorted(data.draw(st.sets(st.integers(0, len(rows) - 1), min_size=1))))
    left = without(p, chosen, shared, among(p, chosen, shared, 2))
    for k, text in enumerate(chosen):
        kept = [v for v in rows[text] if v not in common]
        assert left.hashes[left.begin[k] :][: left.sizes[k]].tolist() == kept
        where = np.cumsum([0, *(v not in common for v in rows[text])])
        size = len(rows[text])
        expected = {int(where[b]) if b <= size else len(kept) + b - size for b in breaks[text]} - {0}
        got = left.breaks[left.first_break[k] :][: left.counts[k]].tolist()
        assert got == (sorted(expected) if kept else []), (rows[text], breaks[text])
