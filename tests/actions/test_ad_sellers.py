"""Sellers, bursts and new words over a house: by a person's word, else the machine's; masked, counted with a floor, sealed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.ads.acts import reading

from mingcha.actions import word_proposals
from mingcha.actions.ad_sellers import QUOTED_FLOOR, list_bursts, list_sellers, see_seller
from mingcha.actions.ad_sightings import erase_ad
from mingcha.actions.ad_words import judge_ad
from mingcha.actions.ads_soliciting import Machine
from mingcha.actions.assess import assess
from mingcha.actions.deps import Deps
from mingcha.actions.sealing import ACCESS, DECISIONS
from mingcha.actions.word_proposals import decide_word, propose_words, site_lexicon
from mingcha.adapters.shelf import read_package
from mingcha.errors import InputError, NotFound, NotPermitted, OutOfOrder
from mingcha.evidence.canonical import parse
from mingcha.model.account import Ad
from mingcha.model.actor import Purpose, Role
from mingcha.model.ad_cycle import Solicits
from mingcha.model.advert import AdClaim, Claimed, PostJudged, Stance, Trade
from mingcha.model.complaint import Complaint
from mingcha.model.image import PosterPrint
from mingcha.model.seller import Thread
from mingcha.model.text import Passage
from mingcha.standards.load import load
from mingcha.testing.house import NOON, house, put, someone
from mingcha.text.lexicon import build
from mingcha.wiring import ad_reader

ANN = someone(Role.AD_MONITOR, name="ann", purpose=Purpose.INVESTIGATION)
BOB = someone(Role.ANALYST, name="bob", purpose=Purpose.INVESTIGATION)
INSPECTOR = someone(Role.INSPECTOR, name="cai", purpose=Purpose.INSPECTION)
READER = ad_reader()
OFFER = "专业停息挂账，服务费3800元，欠款30万也可做，浮桥单百分百成功，加微信 {} 详聊"
VICTIM = "我被微信 zw_8888 骗了3000元，请监管帮帮我"


def judge(texts: Any) -> list[PostJudged]:
    """The machine, as simple as can be: whoever sells solicits."""
    return [
        replace(reading(trade=Trade.SUSPENSION), claims=(Claimed(AdClaim.PROMISED_RESULT, Passage("text", 0, 3, "百分百")),))
        if "专业" in text
        else reading(Stance.COMPLAINS, trade=None)
        for text in texts
    ]  # fmt: skip


MACHINE = Machine(judge, READER.read, READER.terms)


def ad(id_: str, handle: str = "zw_8888", **given: Any) -> Ad:
    values = {
        "platform": "抖音",
        "work_id": id_,
        "author": f"dy_user{id_}",
        "text": OFFER.format(handle),
        "seen_at": NOON,
    }
    return Ad(id=id_, **{**values, **given})


@pytest.fixture(params=[True, False], ids=["memory", "sqlite"])
def deps(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Deps]:
    with house(tmp_path, memory=request.param) as made:
        week = timedelta(days=7)
        put(made, "ads", ad("1"), ad("2", seen_at=NOON - 2 * week), ad("3", "zw_0000"))
        put(made, "ads", replace(ad("9"), work_id="1", author="dy_user1", seen_at=NOON + timedelta(hours=1)))
        put(made, "ads", ad("4", author="victim_1", text=VICTIM, contact="zw_8888", platform="微博"))
        yield made


def ids(deps: Deps) -> dict[str, str]:
    """The ad of each sighting, by the id it was imported under."""
    from mingcha.actions.kept import record_id
    from mingcha.model.kinds import BY_CODE

    with deps.store.read() as work:
        keyed = {record_id(deps.keys, BY_CODE["ads"], "test", n): n for n in "123456789"}
        return {keyed[record]: ad for record, ad in work.ads.ads_of(sorted(keyed)).items()}


def test_ads_of_one_contact_are_one_seller_and_a_victim_is_none(deps: Deps) -> None:
    of = ids(deps)
    found = {frozenset(see_seller(deps, ANN, MACHINE, one.seller).ads) for one in list_sellers(deps, ANN, MACHINE)}
    assert {frozenset(ad.ad for ad in ads) for ads in found} == {frozenset({of["1"], of["2"]}), frozenset({of["3"]})}
    pair, single = list_sellers(deps, ANN, MACHINE)
    assert (pair.ads, pair.accounts, pair.kind.en, pair.threads) == (2, 2, "2 accounts", (Thread.CONTACT, Thread.WORDS))
    assert single.kind.zh == "一个账号"
    assert pair.rings is None, "an ad monitor may not see rings"
    with pytest.raises(NotFound):
        see_seller(deps, ANN, MACHINE, of["4"])


def test_the_page_says_what_it_asks_when_it_was_seen_and_who_says_so(deps: Deps) -> None:
    of = ids(deps)
    judge_ad(deps, ANN, lambda text: judge([text])[0], of["2"], Solicits.YES, Trade.SUSPENSION, "看过")
    page = see_seller(deps, ANN, MACHINE, of["1"])
    assert page.seller == "SE-" + min(of["1"], of["2"]).removeprefix("AD-")
    assert {(one.ad, one.by_person, one.sightings) for one in page.ads} == {(of["1"], False, 2), (of["2"], True, 1)}
    assert page.prices == (("服务费3800元", 2),), "a debt is no price"
    assert [(claim, count) for claim, count, _ in page.claims] == [(AdClaim.PROMISED_RESULT, 2)]
    assert [count for _, count in page.weeks] == [1, 0, 2]
    assert [(one.thread, one.ads) for one in page.ways] == [(Thread.CONTACT, 2), (Thread.ACCOUNT, 1), (Thread.ACCOUNT, 1)]  # fmt: skip
    assert not any("zw_8888" in one.shown or "dy_user1" in one.shown for one in page.ways)


def test_contacts_in_clear_take_a_verb_a_reason_and_a_seal(deps: Deps) -> None:
    of = ids(deps)
    with pytest.raises(OutOfOrder, match="reason"):
        see_seller(deps, ANN, MACHINE, of["1"], " ")
    with pytest.raises(NotPermitted):
        see_seller(deps, INSPECTOR, MACHINE, of["1"], "想看")
    page = see_seller(deps, ANN, MACHINE, of["1"], "核对举报材料")
    assert "zw_8888" in {one.shown for one in page.ways}
    with deps.store.read() as work:
        (told,) = [
            one for link in work.chains.read(ACCESS, 0) if (one := parse(link.payload))["act"] == "reveal_ad_contacts"
        ]
    assert told["by"] == "ann"
    assert "核对" not in str(told)
    assert set(told["ads"]) == {of["1"], of["2"]}


@pytest.mark.parametrize("word", [Solicits.NO, Solicits.UNSURE])
def test_a_persons_word_against_it_takes_an_ad_out(deps: Deps, word: Solicits) -> None:
    judge_ad(deps, ANN, lambda text: judge([text])[0], ids(deps)["3"], word, None, "看过")
    assert [one.ads for one in list_sellers(deps, ANN, MACHINE)] == [2]


@pytest.mark.parametrize(
    "shared",
    [
        {"codes": "https://fq.example.com/apply"},
        {"text": "专业停息挂账，领取 https://fq.example.com/apply?from=x"},
        {"poster": PosterPrint("0123456789abcdef" * 4, 100, "0" * 16).written()},
    ],
)
def test_a_page_or_a_poster_joins_accounts_that_give_no_contact(deps: Deps, shared: dict[str, Any]) -> None:
    put(deps, "ads", *(ad(n, text="专业处理", author=f"p_{n}") for n in "56"))
    assert [one.ads for one in list_sellers(deps, ANN, MACHINE)] == [2, 1, 1, 1]
    put(deps, "ads", *(ad(n, **{"text": f"专业处理{n}", "author": f"p_{n}", **shared}) for n in "56"))
    assert [one.ads for one in list_sellers(deps, ANN, MACHINE)] == [2, 2, 1]


@pytest.mark.parametrize(
    "shared", [{"codes": "https://www.douyin.com/"}, {"codes": "12378"}, {"text": "专业处理，见 www.example.com"}]
)
def test_what_everybody_shows_joins_nobody(deps: Deps, shared: dict[str, Any]) -> None:
    put(deps, "ads", *(ad(n, **{"text": f"专业处理{n}", "author": f"p_{n}", **shared}) for n in "56"))
    assert [one.ads for one in list_sellers(deps, ANN, MACHINE)] == [2, 1, 1, 1]


def test_what_an_import_says_counts_and_an_erased_ad_is_gone(deps: Deps) -> None:
    of = ids(deps)
    put(deps, "ads", ad("5", "zw_5555", text="随便一句话", contact="zw_5555", soliciting="yes", judged_by="监测岗"))
    put(deps, "ads", ad("6", "zw_6666", soliciting="no", judged_by="监测岗"))
    assert [one.ads for one in list_sellers(deps, ANN, MACHINE)] == [2, 1, 1]
    erase_ad(deps, someone(Role.CONSUMER_PROTECTION), of["1"], "申请删除")
    assert [one.ads for one in list_sellers(deps, ANN, MACHINE)] == [1, 1, 1]


def test_customers_who_quote_it_are_counted_from_a_floor_on_and_never_named(deps: Deps) -> None:
    def quoting(count: int) -> None:
        put(deps, "complaints", *(Complaint(id=f"q{n}", received_at=NOON, text=f"第{n}件，对方微信 zw_8888", licence="bank", customer_id=f"c{n}", filer_role="self") for n in range(count)))  # fmt: skip
        assess(deps, someone())

    quoting(QUOTED_FLOOR - 1)
    assert see_seller(deps, ANN, MACHINE, ids(deps)["1"]).quoted is None
    quoting(QUOTED_FLOOR + 1)
    page = see_seller(deps, ANN, MACHINE, ids(deps)["1"])
    assert (page.quoted, page.quoted_floor) == (QUOTED_FLOOR + 1, QUOTED_FLOOR)


def test_young_accounts_of_one_week_are_a_burst_and_those_of_the_judged_innocent_are_not(deps: Deps) -> None:
    assert list_bursts(deps, ANN, MACHINE) == ()
    put(deps, "ads", *(ad(f"n{n}", f"new_{n:04d}", platform="快手", author_since=date(2026, 3, 10)) for n in range(12)))
    put(deps, "ads", *(ad(f"v{n}", platform="知乎", text=VICTIM, author_since=date(2026, 3, 10)) for n in range(12)))
    (one,) = list_bursts(deps, ANN, MACHINE)
    assert (one.platform, one.accounts, one.week, len(one.ads)) == ("快手", 12, "2026-W12", 12)


def words_house(deps: Deps) -> None:
    more = ("浮桥单停息挂账专业办", "专业停息挂账要浮桥单的来", "浮桥单专业停息挂账")
    put(deps, "ads", *(ad(f"w{n}", text=text, author=f"w_user{n}", contact=f"ww_{n}00") for n, text in enumerate(more)))
    put(deps, "complaints", *(Complaint(id=f"c{n}", received_at=NOON, text=f"第{n}件，请核实账单，停息挂账怎么办", licence="bank", filer_role="self") for n in range(40)))  # fmt: skip


def test_new_words_are_proposed_with_counts_and_masked_examples(deps: Deps) -> None:
    words_house(deps)
    found = propose_words(deps, ANN, MACHINE)
    (one,) = [one for one in found.proposed if one.word == "浮桥单"]
    assert (one.accounts_with, one.innocents_with, one.innocents, one.ordinary) == (6, 0, 40, None)
    assert (found.ads, found.accounts, found.left_out) == (6, 6, 0)
    assert 1 <= len(one.examples) <= 3
    assert all("浮桥单" in said and "zw_" not in said for said in one.examples)


def test_what_is_not_read_is_said(deps: Deps, monkeypatch: pytest.MonkeyPatch) -> None:
    words_house(deps)
    monkeypatch.setattr(word_proposals, "INNOCENTS", 30)
    found = propose_words(deps, ANN, MACHINE)
    assert (found.innocents, found.left_out) == (30, 10)


def test_a_person_decides_with_a_reason_sealed_and_the_list_is_written_with_a_day(deps: Deps) -> None:
    words_house(deps)
    with pytest.raises(OutOfOrder, match="reason"):
        decide_word(deps, ANN, "浮桥单", accepted=True, reason=" ")
    with pytest.raises(NotPermitted):
        decide_word(deps, INSPECTOR, "浮桥单", accepted=True, reason="见广告")
    said = decide_word(deps, ANN, " 浮桥单 ", accepted=True, reason="多个账号在用")
    decide_word(deps, BOB, "某某单", accepted=False, reason="是普通词")
    assert (said.word, said.ordinary, said.by) == ("浮桥单", False, "ann")
    found = propose_words(deps, ANN, MACHINE)
    assert "浮桥单" not in {one.word for one in found.proposed}
    assert [(one.word, one.accepted) for one in found.decided] == [("某某单", False), ("浮桥单", True)]
    with deps.store.read() as work:
        sealed = [
            one for link in work.chains.read(DECISIONS, 0) if (one := parse(link.payload))["act"] == "decide_word"
        ]
    assert [(one["word"], one["accepted"], one["codes"]) for one in sealed] == [
        ("浮桥单", "yes", "AD"),
        ("某某单", "no", "AD"),
    ]
    assert "多个账号" not in str(sealed)
    name, text = site_lexicon(deps, ANN)
    assert name == "lexicon@2026-03-20.toml"
    standards = load({**read_package(), f"site/{name}": text})
    lexicon = build(standards.lexicon)
    assert lexicon.scheme == "lexicon@2026-03-20+site.1"
    before = {term.term: term for term in deps.lexicon.terms}
    after = {term.term: term for term in lexicon.terms}
    assert {*after} - {*before} == {"浮桥单"}
    assert all(after[term] == one for term, one in before.items())
    assert after["浮桥单"].codes == ("AD",)
    assert standards.lexicon["allow"] == deps.standards.lexicon["allow"]
    assert not any(term.term == "浮桥单" for term in deps.lexicon.terms), "accepting alone changes nothing"


def test_a_later_word_replaces_an_earlier_one(deps: Deps) -> None:
    decide_word(deps, ANN, "浮桥单", accepted=True, reason="在用")
    decide_word(deps, BOB, "浮桥单", accepted=False, reason="看错了")
    assert "浮桥单" not in site_lexicon(deps, ANN)[1]


@pytest.mark.parametrize("word", ["上岸", "停息挂账吧", "第十六条规定", "消保投诉", "协商还款啊"])
def test_what_ordinary_borrowers_say_is_accepted_as_neutral_alone(deps: Deps, word: str) -> None:
    said = decide_word(deps, ANN, word, accepted=True, reason="见广告")
    assert said.ordinary
    text = site_lexicon(deps, ANN)[1]
    term = next(t for t in build(load({**read_package(), "site/lexicon@2026-03-20.toml": text}).lexicon).terms if t.term == word)  # fmt: skip
    assert term.neutral


def test_a_word_complaints_use_is_neutral_though_no_list_says_so(deps: Deps) -> None:
    words_house(deps)
    assert decide_word(deps, ANN, "核实账单", accepted=True, reason="见广告").ordinary


@pytest.mark.parametrize("word", ["", "单", "zw_8888", "13800138000", "加微信 zw_8888", "浮桥，单"])
def test_what_is_no_word_or_a_contact_is_refused(deps: Deps, word: str) -> None:
    with pytest.raises(InputError):
        decide_word(deps, ANN, word, accepted=True, reason="见广告")


def test_a_word_that_stands_in_the_list_is_not_decided_again(deps: Deps) -> None:
    with pytest.raises(OutOfOrder, match="lexicon@"):
        decide_word(deps, ANN, "专业反催收", accepted=True, reason="见广告")
