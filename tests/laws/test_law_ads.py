"""Laws 4, 5 and 8 where ads are concerned: nobody reports a victim, a journalist or a teacher, and nobody reports alone."""

from pathlib import Path

import pytest
from tests.ads.acts import reading

from mingcha.actions.ad_reports import Wanted, draft_report
from mingcha.actions.ad_words import judge_ad
from mingcha.errors import MingchaError, OutOfOrder
from mingcha.model.account import Ad
from mingcha.model.actor import Purpose, Role
from mingcha.model.ad_cycle import Drafted, Route, Solicits
from mingcha.model.advert import Solicitation, Stance, Trade
from mingcha.testing.house import NOON, house, put, someone
from mingcha.wiring import ad_judge

REPORTABLE = (Stance.SOLICITS,)
PEACEFUL = (
    "他们半夜打电话给我妈，我要投诉这家银行，请监管部门帮帮我",
    "记者调查：反催收中介如何收取高额费用，警方已立案侦查",
    "消费者权益保护法规定，消费者享有公平交易的权利",
    "请问征信逾期五年后会自动消除吗？",
    "我逾期两年，自己和银行协商分期成功了，记录一下过程",
)


@pytest.mark.parametrize("stance", [one for one in Stance if one not in REPORTABLE])
def test_law_5_what_does_not_solicit_is_reported_by_no_actor_whatever_a_person_says(
    stance: Stance, tmp_path: Path
) -> None:
    with house(tmp_path, memory=True) as deps:
        put(deps, "ads", Ad(id="1", platform="微博", seen_at=NOON, text="一条内容", work_id="1"))
        with deps.store.read() as work:
            (item,) = work.ads.all_items()
        everyone = someone(name="all", purpose=Purpose.INVESTIGATION)
        judge_ad(deps, everyone, lambda _: reading(), item.id, Solicits.YES, Trade.ANTI_COLLECTION, "我说是")
        for role in Role:
            for purpose in Purpose:
                for route in Route:
                    with pytest.raises(MingchaError):
                        draft_report(
                            deps,
                            someone(role, name=role.value, purpose=purpose),
                            lambda _: reading(stance, trade=None),
                            item.id,
                            Wanted(route=route),
                        )
        with pytest.raises(OutOfOrder, match="nobody") as refusal:
            draft_report(deps, everyone, lambda _: reading(stance, trade=None), item.id, Wanted(route=Route.PLATFORM))
        assert "任何人" in refusal.value.say("zh-CN")
        with deps.store.read() as work:
            assert [one.kind for one in work.ads.all_acts()] == ["judged"]


@pytest.mark.parametrize("text", PEACEFUL)
def test_law_4_the_shipped_machine_lets_no_such_post_through(text: str) -> None:
    from mingcha.ads.cycle import unreportable

    assert unreportable(ad_judge().judge(text)) is not None


def test_law_5_a_report_is_made_of_a_solicitation_by_its_type() -> None:
    assert Drafted.__annotations__["solicitation"] is Solicitation
    with pytest.raises(TypeError):
        Solicitation(post="AD-1", trade=Trade.ANTI_COLLECTION, judged=reading(Stance.COMPLAINS, trade=None))
