"""Who was probably cheated and who is helped first: by need, by nothing else."""

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.aid.acts import TODAY, WORDS, callback, loss

from mingcha.aid.finding import STOP_DAYS, Known, ordered, possible, situations_in
from mingcha.model.aid import Fact, FactKind, Need, Possible
from mingcha.model.provenance import Cite
from mingcha.model.traces import Company

CITE = Cite("complaints", "C-1")


def known(**values: object) -> Known:
    return Known(**{"customer": "P-1", **values})  # type: ignore[arg-type]


def kinds(of: Known) -> set[FactKind]:
    one = possible(of, WORDS, TODAY)
    return {fact.kind for fact in one.facts} if one else set()


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"callbacks": (callback(paid_agent="yes"),)}, FactKind.PAID_AGENT),
        ({"callbacks": (callback(aware="no"),)}, FactKind.UNAWARE),
        ({"losses": (loss(),)}, FactKind.LOSS),
        ({"companies": (Company(id="CO-1", part="payee"),)}, FactKind.CONTRACT),
        ({"contacts": (CITE,)}, FactKind.KNOWN_CONTACT),
        ({"ads": (CITE,)}, FactKind.AD),
    ],
)
def test_each_fact_makes_a_possible_victim_with_its_source(values: dict[str, object], kind: FactKind) -> None:
    one = possible(known(**values), WORDS, TODAY)
    assert one is not None
    assert [fact.kind for fact in one.facts] == [kind]
    assert all(fact.cites for fact in one.facts)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"callbacks": (callback(paid_agent="yes", proved_by="none"),)},
        {"callbacks": (callback(paid_agent="no", aware="yes"),)},
        {"companies": (Company(id="CO-1", part="other"),)},
        {"texts": ((CITE, "我把身份证交给了中介"),)},
    ],
)
def test_what_proves_nothing_makes_nobody_a_victim(values: dict[str, object]) -> None:
    assert possible(known(**values), WORDS, TODAY) is None


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("我把电话卡寄给他们了", "sim"),
        ("身份证和银行卡都交给中介保管", "papers"),
        ("今天刚转给中介服务费3000元", "transfer"),
        ("我把验证码发给对方了", "password"),
        ("我从未申请过该笔贷款", "loan"),
        ("他们爆通讯录，亲友都被骚扰", "bombed"),
        ("他们用我的名义做了假病历", "forged"),
        ("没有把身份证交给别人", None),
        ("请勿把银行卡寄给陌生人", None),
        ("我已提交身份证复印件，请查收", None),
        ("昨天还了五百元到账户", None),
    ],
)
def test_a_situation_is_read_and_a_denial_is_none(text: str, id_: str | None) -> None:
    assert list(situations_in(text, WORDS)) == ([id_] if id_ else [])


def test_need_is_the_most_pressing_of_all() -> None:
    paid = replace(loss(), paid_on=TODAY - timedelta(days=STOP_DAYS))
    for values, need in (
        ({"losses": (loss(),)}, Need.OTHER),
        ({"losses": (loss(),), "texts": ((CITE, "我失业了"),)}, Need.HARDSHIP),
        ({"losses": (paid,), "texts": ((CITE, "我失业了"),)}, Need.STOPPABLE),
        ({"losses": (replace(paid, paid_on=TODAY + timedelta(days=1)),)}, Need.OTHER),
        ({"losses": (paid,), "texts": ((CITE, "还在爆通讯录"),)}, Need.BOMBED),
        ({"losses": (paid,), "texts": ((CITE, "还在爆通讯录，手机卡也寄给了他们"),)}, Need.IDENTITY),
        ({"callbacks": (callback(aware="no"),)}, Need.IDENTITY),
    ):
        one = possible(known(**values), WORDS, TODAY)
        assert one is not None
        assert one.need is need


PEOPLE = st.lists(
    st.builds(
        Possible,
        customer=st.integers(0, 10**6).map(lambda n: f"P-{n}"),
        need=st.sampled_from(Need),
        facts=st.lists(st.builds(Fact, st.sampled_from(FactKind), st.just((CITE,))), min_size=1, max_size=4).map(tuple),
        last=st.none() | st.dates(date(2025, 1, 1), date(2026, 12, 31)),
    ),
    max_size=12,
    unique_by=lambda one: one.customer,
)


@given(PEOPLE, st.randoms(), st.sampled_from(FactKind))
def test_the_order_is_by_need_and_day_whatever_else_is_known(
    people: list[Possible], chance: object, kind: FactKind
) -> None:
    shuffled = list(people)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    order = [one.customer for one in ordered(shuffled)]
    assert order == [one.customer for one in ordered(people)]
    needs = [list(Need).index(one.need) for one in ordered(people)]
    assert needs == sorted(needs)
    other = [replace(one, facts=(Fact(kind, (CITE, CITE)),), situations=()) for one in people]
    assert [one.customer for one in ordered(other)] == order, "which facts there are moves nobody up or down"


def test_a_possible_victim_has_no_room_for_suspicion() -> None:
    names = {field.name for field in fields(Possible)} | {field.name for field in fields(Known)}
    assert not names & {"ring", "status", "level", "score", "points", "label", "verdict", "merit", "decision"}
