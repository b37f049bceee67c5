"""Ads from sighting to correction, in memory and on SQLite: sealed acts, texts as ciphertext, two people, nothing sent."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.ads.acts import reading

from mingcha.actions import take_in
from mingcha.actions.accounts import create_account
from mingcha.actions.ad_book import act_proved
from mingcha.actions.ad_checks import check_ad, enter_answer, enter_receipt, import_answers, import_looks, recognise
from mingcha.actions.ad_funnel import ad_funnel, list_ads, see_ad
from mingcha.actions.ad_objections import record_objection, refuse_objection, uphold_objection
from mingcha.actions.ad_reports import (
    Wanted,
    approve_report,
    confirm_correction,
    draft_report,
    export_reports,
    withdraw_report,
)
from mingcha.actions.ad_returns import returned_perhaps
from mingcha.actions.ad_sightings import erase_ad, group_sightings
from mingcha.actions.ad_words import judge_ad
from mingcha.actions.assess import assess
from mingcha.actions.assessments import open_assessment
from mingcha.actions.deps import Deps
from mingcha.actions.inspection.inspect import Asked, inspect
from mingcha.actions.sealing import DECISIONS
from mingcha.actions.verify import verify
from mingcha.errors import InputError, NotFound, NotPermitted, OutOfOrder
from mingcha.evidence.canonical import parse
from mingcha.model.account import Ad
from mingcha.model.actor import Purpose, Role
from mingcha.model.ad_cycle import Answered, Checked, Drafted, DueKind, Likeness, Look, Reply, Route, Solicits, Stage
from mingcha.model.advert import AdClaim, Claimed, PostJudged, Stance, Trade
from mingcha.model.answer import Institution
from mingcha.model.complaint import Complaint
from mingcha.model.inspection import Inspection
from mingcha.model.linked import TableRow
from mingcha.model.text import Passage
from mingcha.standards.calendar import local_day
from mingcha.testing.house import NOON, FixedClock, house, put, someone
from mingcha.wiring import ad_judge

INV = Purpose.INVESTIGATION
ANN = someone(Role.AD_MONITOR, name="ann", purpose=INV)
BOB = someone(Role.ANALYST, name="bob", purpose=INV)
CAT = someone(Role.CONSUMER_PROTECTION, name="cat", purpose=INV)
LEO = someone(Role.LEGAL, name="leo", purpose=INV)
SELLS = "专业反催收停息挂账，不成功不收费，全国可办，加微信 zw_8888 详聊，专人对接"
VICTIM = "半夜打电话给我妈，我要投诉，请监管帮帮我"
PLATFORM = Wanted(route=Route.PLATFORM, screenshot="S-1")


def judge(text: str) -> PostJudged:
    """The machine, as simple as can be: whoever sells solicits, whoever complains complains."""
    return reading() if "加微信" in text else reading(Stance.COMPLAINS, trade=None)


@dataclass
class Town:
    deps: Deps
    clock: FixedClock

    def ad(self, of: str) -> str:
        """The ad that holds a sighting, by the platform it was seen on."""
        with self.deps.store.read() as work:
            return next(one.id for one in work.ads.all_items() if one.platform == of)

    def reported(self, wanted: Wanted = PLATFORM) -> str:
        ad = self.ad("抖音")
        judge_ad(self.deps, ANN, judge, ad, Solicits.YES, Trade.SUSPENSION, "看过原帖")
        draft_report(self.deps, ANN, judge, ad, wanted)
        approve_report(self.deps, ANN, ad)
        approve_report(self.deps, BOB, ad)
        export_reports(self.deps, ANN)
        self.clock.later(hours=1)
        enter_receipt(self.deps, ANN, ad, "DY-77")
        return ad


def sighting(id_: str, **given: object) -> Ad:
    values: dict[str, object] = {
        "platform": "抖音", "work_id": "731", "author": "dy_user1", "contact": "zw_8888", "text": SELLS, "seen_at": NOON,
        "url": f"https://douyin.com/video/731?share_id={id_}",
    }  # fmt: skip
    return Ad(id=id_, **{**values, **given})  # type: ignore[arg-type]  # reason: a test's values


@pytest.fixture(params=["memory", "sqlite"])
def town(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Town]:
    clock = FixedClock()
    with house(tmp_path, memory=request.param == "memory", clock=clock) as deps:
        later = NOON + timedelta(minutes=5)
        put(deps, "ads", sighting("1"), sighting("2", seen_at=later))
        put(deps, "ads", sighting("3", platform="小红书", work_id="66", author="xhs9", contact=None, text=VICTIM))
        yield Town(deps, clock)


def test_the_same_ad_seen_again_is_one_ad(town: Town) -> None:
    with town.deps.store.read() as work:
        items = {one.platform: one for one in work.ads.all_items()}
    one = items["抖音"]
    assert len(one.sightings) == 2
    assert (one.first_seen, one.last_seen) == (NOON, NOON + timedelta(minutes=5))
    assert one.account is not None
    assert "dy_user1" not in one.account
    assert group_sightings(town.deps, BOB) == 0
    put(town.deps, "ads", sighting("4"), sighting("1", found_by="人工巡查"), Ad(id="9"))
    with town.deps.store.read() as work:
        assert sorted(len(one.sightings) for one in work.ads.all_items()) == [1, 1, 3]
    lines = list_ads(town.deps, ANN)
    assert {one.stage for one in lines} == {Stage.SEEN}


def test_sightings_of_before_are_grouped_whatever_order_they_came_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with house(tmp_path, memory=True) as deps:
        with monkeypatch.context() as patch:
            patch.setattr(take_in, "place_sightings", lambda *_: 0)  # as a workspace of before there were ads
            put(deps, "ads", sighting("2", seen_at=NOON + timedelta(minutes=5)))
            put(deps, "ads", sighting("1"))
        assert list_ads(deps, ANN) == ()
        assert (group_sightings(deps, BOB), group_sightings(deps, BOB)) == (2, 0)
        with deps.store.read() as work:
            (item,) = work.ads.all_items()
        assert (len(item.sightings), item.first_seen) == (2, NOON)


def test_from_word_to_removal_and_back(town: Town) -> None:
    deps, ad = town.deps, town.reported()
    page = see_ad(deps, ANN, ad)
    assert page.stage is Stage.REPORTED
    assert page.state.word is not None
    assert (page.state.word.probability, page.state.word.scheme) == (900_000, "test")
    enter_answer(deps, ANN, ad, Answered(Route.PLATFORM, Reply.ACCEPTED, "已受理", deps.now()))
    town.clock.later(hours=10)
    check_ad(deps, ANN, ad, Checked(Look.GONE, deps.now()))
    town.clock.later(hours=23)
    check_ad(deps, ANN, ad, Checked(Look.GONE, deps.now()))
    assert see_ad(deps, ANN, ad).stage is Stage.REPORTED
    town.clock.later(hours=1)
    check_ad(deps, ANN, ad, Checked(Look.GONE, deps.now()))
    assert see_ad(deps, ANN, ad).stage is Stage.REMOVED
    assert returned_perhaps(deps, ANN) == ()
    put(deps, "ads", sighting("8", work_id="999", author="new_one", contact="zz_0000", seen_at=deps.now(), url=None, text=SELLS.replace("zw_8888", "zz_0000")))  # fmt: skip
    (perhaps,) = returned_perhaps(deps, ANN)
    assert (perhaps.old, perhaps.by) == (ad, Likeness.TEXT)
    recognise(deps, BOB, ad, perhaps.new, Likeness.TEXT)
    assert returned_perhaps(deps, ANN) == ()
    total = ad_funnel(deps, ANN).total
    assert (total.sightings, total.ads, total.accounts, total.reported, total.removed) == (4, 3, 3, 1, 1)
    assert (total.median_hours, total.reappeared) == (10, 1)


def test_a_receipt_says_reported_and_the_rest_waits(town: Town) -> None:
    deps, ad = town.deps, town.ad("抖音")
    with pytest.raises(OutOfOrder, match="a person has to judge first"):
        draft_report(deps, ANN, judge, ad, PLATFORM)
    judge_ad(deps, ANN, judge, ad, Solicits.YES, Trade.SUSPENSION, "看过")
    draft_report(deps, ANN, judge, ad, PLATFORM)
    assert export_reports(deps, ANN) == ()
    approve_report(deps, ANN, ad)
    assert export_reports(deps, ANN) == ()
    approve_report(deps, BOB, ad)
    (one,) = export_reports(deps, ANN)
    assert (one.told.account, one.told.trade, one.told.sightings) == ("dy_user1", Trade.SUSPENSION, 2)
    assert "停息挂账" in one.text.zh
    assert "行业自律文件" in one.text.zh
    assert "an association's paper, as reported" in one.text.en
    assert export_reports(deps, ANN) == (one,), "until its receipt is held it can be written again"
    assert ad_funnel(deps, ANN).total.reported == 0
    enter_receipt(deps, ANN, ad, "DY-77")
    assert export_reports(deps, ANN) == ()
    assert ad_funnel(deps, ANN).total.reported == 1
    town.clock.later(days=7)
    (line, _) = list_ads(deps, ANN)
    assert [one.kind for one in line.due] == [DueKind.ANSWER]


def test_a_post_that_names_us_takes_three(town: Town) -> None:
    deps = replace(town.deps, standards=replace(town.deps.standards, institution=Institution(name="不成功不收费")))
    ad = town.ad("抖音")
    judge_ad(deps, ANN, judge, ad, Solicits.YES, Trade.SUSPENSION, "看过")
    draft_report(deps, ANN, judge, ad, PLATFORM)
    approve_report(deps, ANN, ad)
    approve_report(deps, BOB, ad)
    assert export_reports(deps, ANN) == ()
    with pytest.raises(OutOfOrder, match="consumer protection"):
        approve_report(deps, LEO, ad)
    approve_report(deps, CAT, ad)
    assert len(export_reports(deps, ANN)) == 1
    (listed,) = inspected(deps).reports_of_us
    assert (listed.about, listed.act, listed.by) == (ad, "ad_drafted", ANN.name)


def test_whoever_poses_by_name_is_looked_up_before_a_report(town: Town) -> None:
    """A genuine lawyer's ad is a ground for nothing: the register is asked first, with the day."""
    posed = Claimed(AdClaim.POSES_AS_LAWYER, Passage("text", 0, 2, SELLS[:2]), "海州示范律师事务所")

    def poser(text: str) -> PostJudged:
        return replace(judge(text), claims=(posed,))

    deps, ad, today = town.deps, town.ad("抖音"), local_day(town.deps.now())
    judge_ad(deps, ANN, poser, ad, Solicits.YES, Trade.SUSPENSION, "看过")
    with pytest.raises(OutOfOrder, match="look 海州示范律师事务所 up in the register first"):
        draft_report(deps, ANN, poser, ad, PLATFORM)
    with pytest.raises(OutOfOrder, match="still to come"):
        draft_report(deps, ANN, poser, ad, replace(PLATFORM, looked_up=today + timedelta(days=1)))
    made = draft_report(deps, ANN, poser, ad, replace(PLATFORM, looked_up=today)).body
    assert isinstance(made, Drafted)
    assert made.looked_up == today


def test_a_post_that_does_not_name_us_is_not_listed(town: Town) -> None:
    judge_ad(town.deps, ANN, judge, town.ad("抖音"), Solicits.YES, Trade.SUSPENSION, "看过")
    draft_report(town.deps, ANN, judge, town.ad("抖音"), PLATFORM)
    assert inspected(town.deps).reports_of_us == ()


def test_an_ad_is_shown_masked_with_what_the_machine_reads(town: Town) -> None:
    page = see_ad(town.deps, ANN, town.ad("抖音"), ad_judge().judge)
    assert page.text is not None
    assert page.machine is not None
    assert len(page.text) == len(SELLS)
    assert "zw_8888" not in page.text
    assert page.machine.contacts == ()
    assert page.machine.findings
    for one in (*page.machine.findings, *page.machine.against, *page.machine.claims):
        assert page.text[one.passage.start : one.passage.end] == one.passage.quote
    assert see_ad(town.deps, ANN, page.item.id).machine is None


def test_the_second_is_no_subordinate(town: Town) -> None:
    deps, ad = town.deps, town.ad("抖音")
    admin = someone(Role.ADMIN, purpose=Purpose.ADMINISTRATION)
    create_account(deps, admin, "ann", (Role.AD_MONITOR,), None)
    create_account(deps, admin, "bob", (Role.ANALYST,), "ann")
    judge_ad(deps, ANN, judge, ad, Solicits.YES, Trade.SUSPENSION, "看过")
    draft_report(deps, ANN, judge, ad, PLATFORM)
    approve_report(deps, LEO, ad)
    with pytest.raises(NotPermitted, match="reports to"):
        approve_report(deps, BOB, ad)
    approve_report(deps, CAT, ad)


def test_an_upheld_objection_says_whom_to_tell(town: Town) -> None:
    deps, ad = town.deps, town.reported()
    record_objection(deps, ANN, ad, "我是执业律师，证号见附件")
    with pytest.raises(OutOfOrder, match="does not decide"):
        uphold_objection(deps, replace(LEO, name="bob"), ad, "属实")
    (owed,) = uphold_objection(deps, LEO, ad, "执业证属实")
    assert (owed.route, owed.receipt) == (Route.PLATFORM, "DY-77")
    assert "更正" in owed.text.zh
    assert ad_funnel(deps, ANN).total.withdrawn == 1
    with pytest.raises(OutOfOrder, match="upheld"):
        judge_ad(deps, ANN, judge, ad, Solicits.YES, Trade.SUSPENSION, "再来")
    assert [one.kind for one in see_ad(deps, ANN, ad).due] == [DueKind.CORRECTION]
    confirm_correction(deps, ANN, ad, Route.PLATFORM, "平台来函确认")
    assert see_ad(deps, ANN, ad).corrections == ()


def test_a_refused_objection_is_kept_and_a_report_can_be_taken_back(town: Town) -> None:
    deps, ad = town.deps, town.reported()
    record_objection(deps, ANN, ad, "不是我")
    refuse_objection(deps, LEO, ad, "账号一致")
    assert see_ad(deps, ANN, ad).stage is Stage.REPORTED
    (owed,) = withdraw_report(deps, ANN, ad, None, "看错了")
    assert owed.receipt == "DY-77"
    with pytest.raises(NotFound):
        withdraw_report(deps, ANN, ad, None, "再撤")


def test_tables_of_looks_and_answers(town: Town) -> None:
    deps, ad = town.deps, town.reported()
    at = (deps.now() - timedelta(minutes=1)).isoformat()
    rows = [
        TableRow("f", 2, {"ad": ad, "url": "https://x", "result": "up", "at": at}),
        TableRow("f", 3, {"ad": ad, "url": "", "result": "down", "at": at}),
        TableRow("f", 4, {"ad": "AD-0", "result": "up", "at": at}),
        TableRow("f", 5, {"ad": ad, "result": "gone", "at": "2026-03-01 10:00:00"}),
        TableRow("f", 6, {"ad": ad, "result": "gone", "at": "2036-03-01T10:00:00+08:00"}),
    ]
    done = import_looks(deps, ANN, rows)
    assert (done.kept, [one.line for one in done.faults]) == (1, [3, 4, 5, 6])
    answers = [
        TableRow("f", 2, {"ad": ad, "route": "platform", "answer": "refused", "text": "不违规"}),
        TableRow("f", 3, {"ad": ad, "route": "", "receipt": "again"}),
        TableRow("f", 4, {"ad": ad}),
    ]
    done = import_answers(deps, ANN, answers)
    assert (done.kept, [one.line for one in done.faults]) == (1, [3, 4])
    assert see_ad(deps, ANN, ad).state.reports[0].answers[0].reply is Reply.REFUSED


def test_grounds_are_clauses_that_bind_whoever_advertises(town: Town) -> None:
    deps, ad = town.deps, town.ad("抖音")
    judge_ad(deps, ANN, judge, ad, Solicits.YES, Trade.SUSPENSION, "看过")
    for clause in (
        "complaint-measures@2020-03-01:art.16",
        "cba-agency@2024-01-draft:aims",
        "gbt45251@2025-02-28:collect.hours",
    ):
        with pytest.raises(OutOfOrder):
            draft_report(deps, ANN, judge, ad, replace(PLATFORM, clause=clause))
    with pytest.raises(NotFound):
        draft_report(deps, ANN, judge, ad, replace(PLATFORM, clause="nothing:1"))


def test_several_routes_are_told_apart(town: Town) -> None:
    deps, ad = town.deps, town.ad("抖音")
    judge_ad(deps, ANN, judge, ad, Solicits.YES, Trade.SUSPENSION, "看过")
    for route in (Route.LINE_12377, Route.ASSOCIATION):
        draft_report(deps, ANN, judge, ad, replace(PLATFORM, route=route))
    with pytest.raises(InputError):
        approve_report(deps, ANN, ad)
    for who in (ANN, BOB):
        approve_report(deps, who, ad, Route.LINE_12377)
    (one,) = export_reports(deps, ANN)
    assert one.told.drafted.route is Route.LINE_12377


def test_acts_are_sealed_and_their_words_are_ciphertext(town: Town) -> None:
    deps, ad = town.deps, town.reported()
    record_objection(deps, ANN, ad, "我是执业律师王某")
    with deps.store.read() as work:
        kept = list(work.ads.all_acts())
        sealed = [parse(link.payload) for link in work.chains.read(DECISIONS)]
    told = {str(act["ad_act"]): act for act in sealed if str(act["act"]).startswith("ad_")}
    assert list(told) == [one.id for one in kept]
    assert all(act_proved(deps, one, str(told[one.id]["commitment"])) for one in kept)
    for secret in ("看过原帖", "加微", "王某", "DY-77", "dy_user1"):
        assert secret not in str(sealed)
        assert secret.encode() not in b"".join(one.body for one in kept)
    assert all(one.broken_at is None for one in verify(deps, someone()))


def test_erasing_an_ad_destroys_what_acts_say(town: Town) -> None:
    deps, ad = town.deps, town.reported()
    assert erase_ad(deps, someone(Role.CONSUMER_PROTECTION), ad, "发布者行使删除权") == 2
    page = see_ad(deps, ANN, ad)
    assert (page.acts, page.item.account, page.stage) == ((), None, Stage.SEEN)
    assert export_reports(deps, ANN) == ()
    with pytest.raises(NotFound):
        judge_ad(deps, ANN, judge, ad, Solicits.YES, Trade.SUSPENSION, "看过")
    assert all(one.broken_at is None for one in verify(deps, someone()))
    assert ad_funnel(deps, ANN).total.ads == 2


def test_a_word_is_what_complaints_are_checked_by(town: Town) -> None:
    deps = town.deps
    put(
        deps,
        "complaints",
        Complaint(id="c", received_at=NOON, text="逾期协商，请联系加微信 zw_8888 办理停息挂账", licence="bank"),
    )

    def found() -> bool:
        assess(deps, someone())
        with deps.store.read() as work:
            (row,) = work.desk.assessments([one.id for one in work.records.scan("complaints")]).values()
            inputs, _ = open_assessment(deps, row)
        return [one.soliciting for one in inputs.dossier.ads] == ["yes"] * 2 and {one.judged_by for one in inputs.dossier.ads} == {"ann"}  # fmt: skip

    assert not found()
    judge_ad(deps, ANN, judge, town.ad("抖音"), Solicits.YES, Trade.SUSPENSION, "看过")
    assert found()
    judge_ad(deps, ANN, judge, town.ad("抖音"), Solicits.NO, None, "看错了")
    assert not found()


def inspected(deps: Deps) -> Inspection:
    asked = Asked(first=date(2026, 1, 1), last=date(2026, 12, 31), seed="7")
    return inspect(deps, someone(Role.INSPECTOR, purpose=Purpose.INSPECTION), asked)


def flaws(deps: Deps) -> set[str]:
    return {one.code for one in inspected(deps).flaws}


def test_tampering_with_acts_is_named_and_erasing_is_no_flaw(tmp_path: Path) -> None:
    with house(tmp_path) as deps:
        put(deps, "ads", sighting("1"))
        ad = Town(deps, FixedClock()).ad("抖音")
        judge_ad(deps, ANN, judge, ad, Solicits.YES, Trade.SUSPENSION, "看过")
        record_objection(deps, ANN, ad, "不是我")
        assert "ad_act_changed" not in flaws(deps)
        undo = "UPDATE ad_acts SET by = 'ann', wrapped = (SELECT wrapped FROM keep WHERE keep.id = ad_acts.id)"
        for how in (
            "UPDATE ad_acts SET by = 'eve'",
            "UPDATE ad_acts SET wrapped = X''",
            "DELETE FROM ad_acts WHERE kind = 'objected'",
        ):
            with sqlite3.connect(tmp_path / "house.db") as raw:
                raw.execute("CREATE TABLE IF NOT EXISTS keep AS SELECT * FROM ad_acts")
                raw.execute(how)
            assert "ad_act_changed" in flaws(deps), how
            with sqlite3.connect(tmp_path / "house.db") as raw:
                raw.execute(undo)
                raw.execute("INSERT INTO ad_acts SELECT * FROM keep WHERE id NOT IN (SELECT id FROM ad_acts)")
                raw.execute("UPDATE ad_acts SET number = (SELECT number FROM keep WHERE keep.id = ad_acts.id)")
            assert "ad_act_changed" not in flaws(deps)
        erase_ad(deps, someone(Role.CONSUMER_PROTECTION), ad, "发布者行使删除权")
        assert not flaws(deps) & {"ad_act_changed", "erased_unsealed", "record_changed"}


@pytest.mark.parametrize("role", [Role.HANDLER, Role.SUPERVISOR, Role.VICTIM_SUPPORT, Role.ADMIN])
def test_who_may_not(role: Role, town: Town) -> None:
    for purpose in Purpose:
        with pytest.raises(NotPermitted):
            list_ads(town.deps, someone(role, purpose=purpose))
        with pytest.raises(NotPermitted):
            export_reports(town.deps, someone(role, purpose=purpose))
