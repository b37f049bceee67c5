"""Judging posts: every reason has its passage, sums add up, an offer not seen asks for more, and no level falls on a person."""

import itertools
import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingcha.adapters.shelf import read_model
from mingcha.ads.judge import HARMLESS, NO_OFFER, Judge
from mingcha.ads.model import SCALE, load_model
from mingcha.ads.reading import Reader
from mingcha.ads.wording import BITS, EDGE, EDGES, WEIGHS, keys_of, stretches, weigh, written
from mingcha.model.advert import AdClaim, PostJudged, Solicitation, Stance, Trade
from mingcha.text.normalise import normalise
from mingcha.text.sounded import sounded
from mingcha.wiring import ad_judge, ad_reader

AD = "网贷逾期专业停息挂账，分期60期，不成功不收费，加微信 zhang_demo88 咨询"
ROOT = Path(__file__).resolve().parents[2]
PIECES = (
    "加微信", "停息挂账", "征信修复", "不成功不收费", "警惕", "骗局", "本人", "要求", "律师", "无抵押", "当天放款", "怎么办", "第十二条",
    "应当", "138 0000 1234", "zwx_demo1", "，", "。", " ", "贷款", "信用卡", "催收", "私信我", "免费", "【某某银行】", "退订回T", "12378", "xin",
)  # fmt: skip
POSTS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


@cache
def judge() -> Judge:
    return ad_judge()


@cache
def reader() -> Reader:
    return ad_reader()


@cache
def weights() -> dict[str, dict[int | str, list[int]]]:
    """The model's file as dictionaries: what a reader would add up by hand."""
    data = json.loads(read_model("ads-model"))
    return {
        "named": data["named"],
        "grams": dict(zip(keys_of(list(data["grams"])).tolist(), data["grams"].values(), strict=True)),
        "bias": {0: data["bias"]},
        "steady": {0: [data["steady"]]},
    }


def slow_log_odds(text: str) -> float:
    """Both sums added up one by one from the file, and the lesser of them."""
    post = reader().read(text)
    named = [weights()["named"][name] for name in reader().features(post) if name in weights()["named"]]
    known = [weights()["grams"][key] for key in slow_stretches(post.wording) if key in weights()["grams"]]
    part = (len(known) + weights()["steady"][0][0]) ** 0.5
    sums = [
        float(weights()["bias"][0][side] + sum(row[side] for row in named) + sum(row[side] for row in known) / part)
        for side in (0, 1)
    ]
    return min(sums) / SCALE


def slow_stretches(text: str) -> dict[int, str]:
    """Stretches of two and three units, written out one by one, by key."""
    units = sounded(text)
    codes = [EDGE, *units.codes.tolist(), EDGE]
    spelt = [EDGES[0], *(text[a:b] for a, b in zip(units.starts, units.ends, strict=True)), EDGES[1]]
    found: dict[int, str] = {}
    for size in (2, 3):
        for at in range(len(spelt) - size + 1):
            key = 0
            for code in codes[at : at + size]:
                key = key * 2**BITS + code
            found.setdefault(key, "".join(spelt[at : at + size]))
    return {key: text for key, text in found.items() if text != "".join(EDGES)}


@settings(max_examples=60, deadline=None)
@given(POSTS)
def test_the_probability_is_the_sum_of_the_file(text: str) -> None:
    odds = slow_log_odds(text)
    assert judge().judge(text).probability == pytest.approx(1e6 / (1 + 2.718281828459045**-odds), abs=2)


@settings(max_examples=60, deadline=None)
@given(POSTS)
def test_every_reason_quotes_what_stands_there(text: str) -> None:
    judged = judge().judge(text)
    for finding in (*judged.findings, *judged.against):
        assert text[finding.passage.start : finding.passage.end] == finding.passage.quote != ""
    for claimed in judged.claims:
        assert text[claimed.passage.start : claimed.passage.end] == claimed.passage.quote
    assert all(finding.weight > 0 for finding in judged.findings)
    assert all(finding.weight < 0 for finding in judged.against)


@settings(max_examples=60, deadline=None)
@given(POSTS)
def test_what_is_no_ad_has_no_level_no_claims_and_a_reason(text: str) -> None:
    judged = judge().judge(text)
    if judged.is_ad:
        assert judged.stance is Stance.SOLICITS
        assert judged.trade not in (None, Trade.OTHER)
        assert judged.why_not is None
    else:
        assert (judged.level, judged.claims) == (None, ())
        assert judged.why_not is not None
        with pytest.raises(TypeError):
            Solicitation("post", judged.trade or Trade.OTHER, judged)


def test_an_ad_is_told_with_its_trade_claim_contact_and_level() -> None:
    judged = judge().judge(AD)
    assert judged.is_ad
    assert judged.trade is Trade.SUSPENSION
    assert {claimed.claim for claimed in judged.claims} >= {AdClaim.NO_WIN_NO_FEE}
    assert [one.value for one in judged.contacts] == ["zhang_demo88"]
    assert judged.level == 2
    assert Solicitation("post", Trade.SUSPENSION, judged).trade is Trade.SUSPENSION
    with pytest.raises(TypeError):
        Solicitation("post", Trade.BONUS, judged)


def test_level_one_is_for_the_words_the_guide_lists() -> None:
    assert judge().judge("专业反催收，逾期铲单，代接催收电话，私信我报价，一单三百，不成功不收费").level == 1


@pytest.mark.parametrize(
    "text",
    [
        "我信用卡逾期三个月，想申请停息挂账，请问怎么跟银行谈？",
        "本人投诉该平台爆通讯录，要求停止骚扰并个性化分期，已拨打12378。",
        "谨防“征信修复”骗局：任何机构和个人都不能删除真实的逾期记录。",
        "第十二条 催收人员应当向债务人说明身份，不得骚扰无关第三人。",
        "记者近日从警方获悉，一反催收团伙以不成功不收费为名骗取债务人费用。",
        "终于上岸了！两年还清十一万，全靠自己跟客服谈的分期，加油。",
        "全市法律援助中心免费为困难债务人提供咨询，不收取任何费用，电话12348。",
        "【某某银行】尊敬的客户，您本期账单已出，请按时还款，退订回T。",
        "跟客服谈下来了，60期免息，姐妹们有需要可以照着我的步骤自己谈，别花冤枉钱",
        "作为儿子我代父亲投诉，他不识字，被要求每天还钱，请停止打电话给邻居",
        "海州示范律师事务所，陈律师，债务与信用卡纠纷，工作时间周一至周五，咨询电话0571-88001234",
        "我们村信用社小额贷款，凭身份证和土地证办理，到营业厅咨询",
        "他们的广告写着“不成功不收费，加微信停息挂账”，交了钱就拉黑，千万别信",
        "“无视征信，当天放款，加QQ”——这样的短信千万别回，对方要先收你保证金",
        "退保怎么退才不亏？第一步看合同犹豫期，第二步带身份证去柜台。代理退保的都是收你三成手续费，自己办一分不花",
        "逾期了怎么跟银行谈：第一步打客服电话要求登记，第二步写清还款能力，第三步等书面答复，全程录音",
    ],
)
def test_borrowers_warners_reporters_and_helpers_are_no_advertisers(text: str) -> None:
    assert not judge().judge(text).is_ad


@pytest.mark.parametrize(
    ("plain", "disguised"),
    [
        ("加微信办理征信修复，不成功不收费", "加薇信办理征信修復，不.成.功.不.收.费"),
        ("专业停息挂账，私信我", "專業停息掛賬，私信我"),
        ("无抵押贷款当天放款，黑户可做", "无抵押dai款当天放kuan，黑户可做"),
        ("无抵押贷款当天放款，黑户可做", "无🔥抵押贷💰款当天放款，黑✨户可做"),
        ("专业办理征信修复，私信我报价", "专业办理彳正信亻修/复，私亻言我扌艮价"),
    ],
)
def test_a_disguise_hides_little(plain: str, disguised: str) -> None:
    assert judge().judge(plain).is_ad
    assert judge().judge(disguised).is_ad


def test_a_claim_in_disguise_is_cited_as_it_stands_and_called_evasive() -> None:
    judged = judge().judge("专业办理停息挂账，不成功/不收fei，私信我")
    assert judged.evasive
    (claimed,) = [one for one in judged.claims if one.claim is AdClaim.NO_WIN_NO_FEE]
    assert claimed.passage.quote == "不成功/不收fei"


def model(line: float, ad: int) -> Judge:
    """A model that says the same of every post."""
    data = {
        "id": "ads-model@test",
        "answers": ["suspension", "complains"],
        "lengths": [30],
        "lines": [line * SCALE, line * SCALE],
        "steady": 8,
        "named": {"none": [0, 0]},
    }
    return Judge(reader(), load_model({**data, "bias": [ad, ad + 1], "grams": {"无此": [0, 0]}}, keys_of))


def test_without_an_offer_the_model_must_be_surer() -> None:
    between, sure = model(0.8, 1800), model(0.8, 4000)  # 0.86 and 0.98
    assert 0.8 < between.judge("停息挂账").probability / 1e6 < 0.9
    assert between.judge("停息挂账").why_not == NO_OFFER
    assert between.judge("停息挂账，加微信").is_ad
    assert sure.judge("停息挂账").is_ad


def test_help_without_a_fee_is_no_ad_however_sure_the_model_is() -> None:
    sure = model(0.5, 9000)
    assert sure.judge("工会法律援助帮您协商分期，联系我们，不收取任何费用").why_not == HARMLESS
    assert sure.judge("工会合作，帮您协商分期，手续费八百").is_ad
    assert sure.judge("停息挂账可以自己谈，别花冤枉钱").why_not == HARMLESS
    assert sure.judge("停息挂账自己谈很难，加微信找我们代办").is_ad
    assert sure.judge("“停息挂账，加微信 zhang_demo88”是骗局，千万别信").why_not == HARMLESS
    assert sure.judge("别信那些是骗子的，停息挂账加微信 zhang_demo88").is_ad


def test_whoever_poses_is_named_for_a_person_to_look_up() -> None:
    judged: PostJudged = model(0.5, 9000).judge("示例法务团队，海州示范律师事务所合作，私信")
    poses = [claimed for claimed in judged.claims if claimed.claim is AdClaim.POSES_AS_LAWYER]
    assert poses
    assert all(claimed.awaits_register for claimed in poses)
    assert any(claimed.name and "律师事务所" in claimed.name for claimed in poses)
    assert judged.level is None, "a pose raises no level before somebody looked it up"


@settings(max_examples=40, deadline=None)
@given(st.lists(POSTS, max_size=6))
def test_posts_judged_together_are_judged_as_each_alone(texts: list[str]) -> None:
    assert judge().judge_all(texts) == [judge().judge(text) for text in texts]


@pytest.mark.parametrize("text", ["加微信", "停息挂账，私信", "jiawei信a1", "", "甲"])
def test_a_stretch_is_found_again_by_how_it_is_written(text: str) -> None:
    assert keys_of(list(written(text).values())).tolist() == list(written(text))
    assert written(text).keys() == slow_stretches(text).keys()


@settings(max_examples=40, deadline=None)
@given(st.lists(POSTS, min_size=1, max_size=4))
def test_passages_of_wording_add_up_to_what_they_are_made_of(texts: list[str]) -> None:
    folded = [normalise(text).text for text in texts]
    wording = weigh(judge()._model, list(map(sounded, folded)), np.zeros((len(texts), 2)))
    for text, passages, ad in zip(folded, wording.passages, wording.odds.min(axis=1), strict=True):
        assert all(0 <= start < end <= len(text) and abs(weight) >= WEIGHS for start, end, weight in passages)
        assert all(one[1] <= other[0] for one, other in itertools.pairwise(passages))
        small = WEIGHS * (len(text) + 1)  # every other stretch of characters adds less
        assert abs(sum(weight for _, _, weight in passages) - ad * SCALE) <= small


def test_stretches_do_not_cross_from_post_to_post() -> None:
    read = [sounded("加微信"), sounded("贷款")]
    together, alone = stretches(read), [stretches([one]) for one in read]
    assert sorted(together.keys.tolist()) == sorted(key for one in alone for key in one.keys.tolist())


@pytest.mark.parametrize(
    ("one", "other"),
    [("加微信 zwx_demo88 咨询", "加微信 qrs_other77 咨询"), ("电话13800001234办理", "电话13911112222办理")],
)
def test_who_is_reached_changes_nothing(one: str, other: str) -> None:
    """A handle is no wording: two ads that differ in it alone are judged alike."""
    assert judge().judge(one).probability == judge().judge(other).probability


def test_only_contacts_are_blacked_out_place_for_place() -> None:
    post = reader().read("找我办贷款 薇：abc12345，全国60期，cellphone")
    assert len(post.wording) == len(post.folded.text)
    assert "abc12345" not in post.wording
    assert "全国60期,cellphone" in post.wording


def test_a_post_of_any_size_is_judged() -> None:
    lines = [json.loads(line)["text"] for line in (ROOT / "bench" / "ads_written" / "k.jsonl").open(encoding="utf-8")]
    for text in ("\n".join(lines * 3), "办理" * 50_000, "\x02" * 9, "\ud800加微信"):
        assert 0 <= judge().judge(text).probability <= 1_000_000
    assert model(0.5, -900_000).judge("停息挂账").probability == 0
    assert model(0.5, 900_000).judge("停息挂账，加微信").is_ad


def test_what_made_a_judgement_is_named_by_date() -> None:
    scheme = judge().judge("甲").scheme.split()
    assert [name.split("@")[0] for name in scheme] == ["ads-model", "ads", "lexicon", "fold"]


def test_reasons_that_are_not_listed_are_counted() -> None:
    short = judge().judge("加微信，停息挂账")
    long = judge().judge("".join(PIECES) * 3)
    assert short.left_out == 0
    assert long.left_out > 0
    assert len(long.findings) == 6
