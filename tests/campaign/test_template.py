"""Templates: what is rebuilt is what was written, whatever order members come in; slots, passages and moves are told."""

import random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.campaign.slow_template import best_score, score_of

from mingcha.campaign.kernels.lay import Backbone, align_span, single_grams
from mingcha.campaign.template import reconstruct
from mingcha.campaign.template_kinds import kind_of
from mingcha.campaign.template_tokens import TOKEN, cut
from mingcha.model.template import Fixed, Slot, SlotKind, StretchKind, Template
from mingcha.text.normalise import normalise

CALL = "催收人员天天打电话骚扰我的家人和同事，严重影响了正常生活。"
REFUND = "请在收到投诉之后退还多收的利息并出具书面的说明。"
COURT = "贵方还威胁要把我告上法庭并且通知我的单位。"
PEOPLE = (("张伟", "青山银行", "5000", "2024年3月5日"), ("李小明", "白河消费金融", "12000", "2023年11月20日"),
          ("王芳", "云上小贷", "800", "2022年1月15日"), ("陈丽娟", "金穗银行", "36000", "2021年7月2日"))  # fmt: skip


def letter(row: tuple[str, str, str, str], *sentences: str) -> str:
    name, lender, total, day = row
    return f"我叫{name}，在{lender}借款{total}元，{day}起逾期。" + "".join(sentences)


FAMILY = {str(i): letter(row, CALL, REFUND) for i, row in enumerate(PEOPLE)}
WORDS = st.text(alphabet="借款还钱张李12，。 \nax", max_size=24)


@st.composite
def families(draw: st.DrawFn) -> dict[str, str]:
    """Texts some of which are another one with a stretch replaced, dropped, moved or repeated."""
    texts = [draw(WORDS)]
    for _ in range(draw(st.integers(0, 5))):
        base = draw(st.sampled_from(texts)) * draw(st.integers(1, 3))
        a, b = sorted((draw(st.integers(0, len(base))), draw(st.integers(0, len(base)))))
        texts.append(draw(st.sampled_from([base[:a] + draw(WORDS) + base[b:], base[b:] + base[:a], base])))
    return {f"m{i}": text for i, text in enumerate(texts)}


def skeleton(template: Template) -> str:
    return "".join(p.text if isinstance(p, Fixed) else f"[{p.kind.value}]" for p in template.parts)


@settings(max_examples=150)
@given(families())
def test_every_member_is_rebuilt_and_its_spans_follow_one_another(family: dict[str, str]) -> None:
    template = reconstruct(family)
    assert [copy.member for copy in template.copies] == sorted(family)
    for copy in template.copies:
        folded = normalise(family[copy.member])
        assert template.folded(copy) == folded.text
        at = 0
        for stretch in copy.stretches:
            size = len(template.text(stretch))
            assert size > 0
            assert stretch.span == folded.span(at, at + size)
            at += size


@settings(max_examples=60)
@given(families(), st.randoms(use_true_random=False))
def test_the_order_of_members_does_not_matter(family: dict[str, str], rng: random.Random) -> None:
    rows = list(family.items())
    rng.shuffle(rows)
    assert reconstruct(dict(rows)) == reconstruct(family)


@settings(max_examples=60)
@given(WORDS, st.integers(1, 4))
def test_identical_copies_have_no_slots_and_one_is_itself(text: str, copies: int) -> None:
    template = reconstruct({str(i): text for i in range(copies)})
    assert not any(isinstance(part, Slot) for part in template.parts)
    assert skeleton(template) == normalise(text).text
    assert all(stretch.kind is StretchKind.HELD for copy in template.copies for stretch in copy.stretches)
    assert all(template.missing(copy) == () for copy in template.copies)


@settings(max_examples=200)
@given(st.lists(st.integers(0, 3), max_size=9), st.lists(st.integers(0, 3), max_size=9), st.data())
def test_the_aligner_scores_what_trying_everything_scores(
    mine: list[int], theirs: list[int], data: st.DataObject
) -> None:
    slots = tuple(data.draw(st.lists(st.booleans(), min_size=len(theirs) + 1, max_size=len(theirs) + 1)))
    keys = np.array(theirs, np.int32)
    back = Backbone(keys, np.array(slots, np.bool_), *single_grams(keys))
    at = np.full(len(mine), -1, np.int32)
    align_span(np.array(mine, np.int32), (0, len(mine)), back, (0, len(theirs)), at)
    found = score_of(tuple(mine), tuple(theirs), slots, at.tolist())
    assert found == best_score(tuple(mine), tuple(theirs), slots)


@given(WORDS)
def test_tokens_cover_the_text(text: str) -> None:
    assert "".join(TOKEN.findall(text)) == text
    tokens = cut({text: 2})
    words = [tokens.vocabulary.words[full] for full in tokens.fulls.tolist()]
    assert "".join(words) == text
    assert tokens.starts.tolist() == [len("".join(words[:i])) for i in range(len(words))]


def test_slots_are_found_and_typed() -> None:
    template = reconstruct(FAMILY)
    assert skeleton(template).startswith("我叫[person],在[lender]借款[sum]元,[date]起逾期。催收")
    assert tuple(template.values(template.copies[1]).values()) == ("李小明", "白河消费金融", "12000", "2023年11月20日")
    assert all(part.values == 4 and part.share == 1_000_000 for part in template.parts if isinstance(part, Slot))


def test_a_moved_sentence_is_moved_not_changed() -> None:
    template = reconstruct(FAMILY | {"moved": letter(PEOPLE[0], REFUND, CALL)})
    copy = next(copy for copy in template.copies if copy.member == "moved")
    assert any(stretch.moved for stretch in copy.stretches)
    assert {stretch.kind for stretch in copy.stretches} <= {StretchKind.HELD, StretchKind.VALUE}
    assert template.missing(copy) == ()


def test_an_optional_passage_has_its_share() -> None:
    with_court = {f"c{i}": letter(row, CALL, COURT, REFUND) for i, row in enumerate(PEOPLE[:2])}
    template = reconstruct(FAMILY | with_court)
    optional = [part for part in template.parts if isinstance(part, Fixed) and part.optional]
    assert [(part.text, part.share) for part in optional] == [(normalise(COURT).text, 333_333)]


def test_an_edit_is_told_with_what_it_stands_for() -> None:
    template = reconstruct(
        FAMILY | {"own": letter(PEOPLE[2], CALL.replace("同事", "邻居"), REFUND, "另外我已经报警。")}
    )
    copy = next(copy for copy in template.copies if copy.member == "own")
    changed = next(stretch for stretch in copy.stretches if stretch.kind is StretchKind.CHANGED)
    part = template.parts[changed.part] if changed.part is not None else None
    assert isinstance(part, Fixed)
    assert (part.text[changed.start : changed.end], changed.text) == ("同事", "邻居")
    assert copy.stretches[-1].kind is StretchKind.ADDED
    assert copy.stretches[-1].text == "另外我已经报警。"


def test_spans_are_of_the_disguised_original() -> None:
    disguised = FAMILY["0"].replace("催收人员", "催❤收❤人員")
    template = reconstruct(FAMILY | {"0": disguised})
    said = [disguised[slice(*stretch.span)] for stretch in template.copies[0].stretches]
    assert any("催❤收❤人員" in one for one in said)


def test_no_members_and_empty_members() -> None:
    assert reconstruct({}).parts == ()
    assert reconstruct({"a": "", "b": ""}).parts == ()
    assert reconstruct({"a": "", "b": "借款"}).copies[0].stretches == ()


def test_kinds() -> None:
    assert kind_of({"03/05/2024": 2, "11/20/2023": 1}, "on ", " i called") is SlotKind.DATE
    assert kind_of({"march 5, 2024": 2}, "on ", "i called") is SlotKind.DATE
    assert kind_of({"$12.50": 1, "$900": 1}, "", "") is SlotKind.SUM
    assert kind_of({"123.45": 1, "88": 1}, "shown is $", ".") is SlotKind.SUM
    assert kind_of({"20391": 1, "88123": 1}, "合同编号", ",") is SlotKind.NUMBER
    assert kind_of({"redwood bank": 1, "harbor credit": 1}, "with ", ".") is SlotKind.LENDER
    assert kind_of({"james smith": 1, "olga hill": 1}, "my name is ", " and") is SlotKind.PERSON
    assert kind_of({"孩子住院": 1, "公司裁员了": 1}, "因为", ",") is SlotKind.TEXT
    assert all(kind.words.zh and kind.words.en for kind in (*SlotKind, *StretchKind))
