"""A customer cleared after a referral: whom a correction is owed to, the letter, the register; and records asked for before they go."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.actions.case_house import (
    ANN,
    CAI,
    HANNA,
    LEO,
    PHONE,
    ad_of,
    cheated,
    decided,
    facts,
    first,
    key,
    letter,
    ring_of,
    sent,
)

from mingcha.actions.ad_objections import record_objection, uphold_objection
from mingcha.actions.ad_reports import Wanted as WantedReport
from mingcha.actions.ad_reports import approve_report, draft_report, export_reports
from mingcha.actions.ad_words import judge_ad
from mingcha.actions.casework import refer, see_case, work_on_case
from mingcha.actions.corrections import corrections, draft_correction
from mingcha.actions.decide import decide_merit
from mingcha.actions.deps import Deps
from mingcha.actions.exhibits import keep_exhibit
from mingcha.actions.kept import record_id
from mingcha.actions.preservation import Wanted, ask_to_keep, going
from mingcha.actions.register import HEADINGS, register_of, register_rows
from mingcha.casework.papers import texts
from mingcha.errors import NotFound, NotPermitted, OutOfOrder
from mingcha.model.account import Ad
from mingcha.model.actor import Role
from mingcha.model.ad_cycle import Route, Solicits
from mingcha.model.advert import Trade
from mingcha.model.call import Call
from mingcha.model.case_out import (
    CorrectionConfirmed,
    CorrectionSent,
    Filing,
    FindingFell,
    OutcomeKnown,
    PreservationAnswered,
    ReferralFiled,
    ReferralReceived,
)
from mingcha.model.complaint import Attachment
from mingcha.model.decision import MeritVerdict
from mingcha.model.exhibit import About
from mingcha.model.kinds import BY_CODE
from mingcha.model.sheet import Sheet
from mingcha.testing.house import NOON, FixedClock, put, someone
from mingcha.wiring import ad_judge, sheet_file

MONITOR = someone(Role.AD_MONITOR, name="mon", purpose=ANN.purpose)
STRANGER = someone(Role.ANALYST, name="zed", purpose=ANN.purpose)


@pytest.fixture(params=["memory", "sqlite"])
def deps(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Deps]:
    with cheated(tmp_path, memory=request.param == "memory") as deps:
        decided(deps)
        yield deps


def clock(deps: Deps) -> FixedClock:
    return deps.now.__self__  # type: ignore[attr-defined,no-any-return]  # reason: the clock of the test


def cleared(deps: Deps) -> None:
    """The second customer is no client of anybody: paper and number were entered wrongly, and are amended."""
    put(deps, "attachments", Attachment(id="a2", complaint_id="2", paper_kind="medical", seal="S-2"))
    put(deps, "complaints", letter("2", "13900139000"))


def entered_again(deps: Deps) -> None:
    """They were right after all."""
    put(deps, "attachments", Attachment(id="a2", complaint_id="2", paper_kind="medical", seal="S-1"))
    put(deps, "complaints", letter("2", PHONE))


def customer(deps: Deps, n: str) -> str:
    return record_id(deps.keys, BY_CODE["customers"], "test", f"c{n}")


def words(sheet: Sheet, form: str, _: Any) -> bytes:
    return "\n".join([form, *texts([sheet])]).encode()


def test_a_customer_cleared_after_a_referral_is_corrected_until_it_is_confirmed(deps: Deps) -> None:
    case, of = sent(deps)
    assert corrections(deps, ANN).referrals == ()
    refer(deps, ANN, case, ReferralReceived(of, "收〔2026〕1号", "李警官", NOON.date()))
    clock(deps).later(days=2)
    cleared(deps)
    clock(deps).later(days=3)
    (owed,) = corrections(deps, ANN).referrals
    assert (owed.case, owed.referral, owed.number, owed.days) == (case, of, "收〔2026〕1号", 3)
    assert [(one.finding, one.why.en) for one in owed.fallen] == [
        (key(deps, "2"), "looked at again, it is no part of the organisation or case any more")
    ]
    assert [(one.complaint, one.customer) for one in owed.people] == [(key(deps, "2"), customer(deps, "2"))]
    made = draft_correction(deps, ANN, case, of, words, ("pdf", "docx"))
    assert [form for form, _ in made.files] == ["pdf", "docx"]
    said = made.files[0][1].decode()
    for told in (key(deps, "2"), customer(deps, "2"), "收〔2026〕1号", "ab" * 32, "本函不指认任何人", "2026-03-22"):
        assert told in said
    assert not any(key(deps, n) in said for n in "1345")
    assert draft_correction(deps, ANN, case, of, words, ("pdf",)).sha256 == made.sha256, "the same whenever it is made"
    refer(deps, ANN, case, CorrectionSent(of, made.sha256, deps.now()))
    (waiting,) = corrections(deps, ANN).referrals
    assert waiting.letter_on == date(2026, 3, 25)
    refer(deps, ANN, case, CorrectionConfirmed(of, "复函"))
    assert corrections(deps, ANN).referrals == ()
    with pytest.raises(OutOfOrder, match="no correction is owed"):
        draft_correction(deps, ANN, case, of, words, ("pdf",))
    with pytest.raises(NotFound):
        draft_correction(deps, ANN, case, "none", words, ("pdf",))


def test_a_letter_drafted_before_something_fell_does_not_tell_of_it(deps: Deps) -> None:
    case, of = sent(deps)
    cleared(deps)
    old = draft_correction(deps, ANN, case, of, words, ("pdf",)).sha256
    clock(deps).later(days=1)
    decide_merit(deps, HANNA, key(deps, "3"), MeritVerdict.UPHELD, (), "再核")
    with pytest.raises(OutOfOrder, match="drafted here"):
        refer(deps, ANN, case, CorrectionSent(of, "cd" * 32, deps.now()))
    refer(deps, ANN, case, CorrectionSent(of, old, deps.now()))
    refer(deps, ANN, case, CorrectionConfirmed(of, "复函"))
    (owed,) = corrections(deps, ANN).referrals
    assert [one.finding for one in owed.fallen] == [key(deps, "3")], "the letter in their hands says nothing of it"
    new = draft_correction(deps, ANN, case, of, words, ("pdf",)).sha256
    refer(deps, ANN, case, CorrectionSent(of, new, deps.now()))
    refer(deps, ANN, case, CorrectionConfirmed(of, "复函"))
    assert corrections(deps, ANN).referrals == ()


def test_what_a_person_wrote_of_why_it_fell_stays_on_the_case(deps: Deps) -> None:
    case, of = sent(deps)
    work_on_case(deps, ANN, case, FindingFell(key(deps, "2"), "客户王2的儿子说他是老赖"))
    said = draft_correction(deps, ANN, case, of, words, ("pdf",)).files[0][1].decode()
    assert "经人工复核，不再成立" in said
    assert "王2" not in said
    assert "老赖" not in str(corrections(deps, ANN))


def test_whoever_was_told_no_customer_is_told_none_by_the_correction(deps: Deps) -> None:
    case, of = sent(deps, addressee="regulator")
    cleared(deps)
    said = draft_correction(deps, ANN, case, of, words, ("pdf",)).files[0][1].decode()
    assert key(deps, "2") in said
    assert customer(deps, "2") not in said


def test_what_stands_again_is_owed_all_the_same_and_told_as_what_it_is(deps: Deps) -> None:
    case, of = sent(deps)
    cleared(deps)
    entered_again(deps)
    (owed,) = corrections(deps, ANN).referrals
    assert [one.why.en for one in owed.fallen] == [
        "it did not hold for a time and does again: go by what we hand over anew alone"
    ]
    assert owed.people == ()
    assert "如已就下列投诉" not in draft_correction(deps, ANN, case, of, words, ("pdf",)).files[0][1].decode()


def test_what_people_write_leaves_masked_and_all_are_told_where_the_organisation_fell(deps: Deps) -> None:
    case, of = sent(deps)
    work_on_case(deps, ANN, case, FindingFell(ring_of(deps), f"王小明（{PHONE}）来电说明"))
    (owed,) = corrections(deps, ANN).referrals
    assert {one.customer for one in owed.people} == {customer(deps, n) for n in "12345"}
    said = draft_correction(deps, ANN, case, of, words, ("pdf",)).files[0][1].decode()
    assert PHONE not in said
    assert not any(word in said for word in ("恶意", "黑产", "老赖"))


def test_where_the_organisation_fell_its_complaints_are_people_to_be_told_and_not_listed_one_by_one(deps: Deps) -> None:
    sent(deps)
    put(deps, "complaints", *(letter(n, f"1390013900{n}") for n in "12345"))
    (owed,) = corrections(deps, ANN).referrals
    assert [one.kind.en for one in owed.fallen] == ["organisation"]
    assert {one.customer for one in owed.people} == {customer(deps, n) for n in "12345"}


def test_only_those_admitted_see_what_is_owed_and_ads_are_in_the_one_list(deps: Deps) -> None:
    sent(deps)
    cleared(deps)
    read = ad_judge(deps.standards).judge
    other = ad_of(deps)
    assert corrections(deps, STRANGER).referrals == ()
    assert len(corrections(deps, CAI).referrals) == 1
    with pytest.raises(NotPermitted):
        corrections(deps, someone(Role.HANDLER))
    long = "专业反催收，逾期停息挂账，不成功不收费，加微信 demo88 全程代办投诉退息"
    put(deps, "ads", Ad(id="2", platform="抖音", work_id="732", text=long, seen_at=NOON))
    with deps.store.read() as work:
        (ad,) = {one.id for one in work.ads.all_items()} - {other}
    judge_ad(deps, ANN, read, ad, Solicits.YES, Trade.ANTI_COLLECTION, "看过")
    draft_report(deps, ANN, read, ad, WantedReport(route=Route.PLATFORM))
    for one in (ANN, LEO):
        approve_report(deps, one, ad)
    assert [one.told.ad for one in export_reports(deps, ANN)] == [ad]
    record_objection(deps, ANN, ad, "是我的经历")
    uphold_objection(deps, someone(Role.LEGAL, name="mia", purpose=ANN.purpose), ad, "确是经历")
    owed = corrections(deps, MONITOR)
    assert (owed.referrals, [one.ad for one in owed.ads]) == ((), [ad])
    assert len(corrections(deps, ANN).referrals) == 1


def test_the_letter_is_drawn_in_both_forms_and_the_same_twice(deps: Deps) -> None:
    case, of = sent(deps)
    cleared(deps)

    def drawn(sheet: Sheet, form: str, at: Any) -> bytes:
        return sheet_file(sheet, form, "zh-CN", at)

    one = draft_correction(deps, ANN, case, of, drawn, ("pdf", "docx"))
    assert one == draft_correction(deps, ANN, case, of, drawn, ("pdf", "docx"))
    assert dict(one.files)["pdf"].startswith(b"%PDF")


def test_the_register_lists_what_left_with_what_became_of_it(deps: Deps) -> None:
    case, of = sent(deps)
    refer(deps, ANN, case, ReferralReceived(of, "收1", f"窗口 {PHONE}", NOON.date()))
    refer(deps, ANN, case, ReferralFiled(of, Filing.REFUSED, "不1", NOON.date(), NOON.date() + timedelta(days=7)))
    outcome = OutcomeKnown(referral=of, text=f"退回，联系 {PHONE}", people=2, rings=1, restitution=120_050)
    refer(deps, ANN, case, outcome)
    made = register_of(deps, ANN)
    (line,) = made.lines
    assert (line.case, line.people, line.restitution) == (case, 2, 120_050)
    assert PHONE not in str(made)
    rows = register_rows(made, "en")
    assert [len(row) for row in rows] == [len(HEADINGS)] * 2
    assert {"1200.50", "不1", "2026-03-27", "refused"} <= set(rows[1])
    assert made.totals.refused == 1
    assert register_of(deps, STRANGER).lines == ()
    assert len(register_of(deps, CAI).lines) == 1
    with pytest.raises(NotPermitted):
        register_of(deps, MONITOR)


def with_terms(deps: Deps) -> Deps:
    """The same house whose site says in how many days systems delete."""
    return replace(deps, standards=replace(deps.standards, retention={"test": 40, "抖音": 10}))


def test_what_is_deleted_soon_is_asked_for_by_the_ids_its_own_system_gave(deps: Deps) -> None:
    case, _ = sent(deps)
    held = with_terms(deps)
    called = [
        Call(id="call-7", customer_id="c2", called_at=NOON - timedelta(days=30)),
        Call(id="call-8", customer_id="c2", called_at=NOON),
    ]
    put(held, "calls", *called)
    soon = going(held, ANN, case, 15)
    assert [one.theirs for one in soon if one.kind.en == "collection calls"] == ["call-7"]
    assert [(one.system, one.gone_on) for one in soon if one.record == ad_of(deps)] == [("抖音", date(2026, 3, 30))]
    made = ask_to_keep(held, ANN, case, Wanted("test", 15), words, ("pdf",))
    said = made.files[0][1].decode()
    assert "call-7" in said
    assert "call-8" not in said
    assert "王" not in said
    assert [one.on for one in _due(deps, case)] == [date(2026, 3, 30)]
    again = ask_to_keep(held, ANN, case, Wanted("test", 15), words, ("pdf",))
    assert again.files == made.files, "a letter that was lost is drawn once more"
    assert (again.act, len(facts(deps, case).requests)) == (made.act, 1)
    work_on_case(held, ANN, case, PreservationAnswered(made.act.id, "已保全", date(2026, 12, 31)))
    assert facts(deps, case).requests[0].answered is not None
    assert all(one.asked for one in going(held, ANN, case, 15) if one.system == "test")
    with pytest.raises(OutOfOrder, match="no record to ask for"):
        ask_to_keep(held, ANN, case, Wanted("test", 15), words, ("pdf",))
    work_on_case(held, ANN, case, PreservationAnswered(made.act.id, "已被删除", None, 1))
    assert "call-7" in [one.theirs for one in going(held, ANN, case, 15) if not one.asked], "refused: it still goes"
    with pytest.raises(NotPermitted):
        going(held, STRANGER, case, 15)


def test_what_we_hold_an_exhibit_of_is_not_asked_for(deps: Deps) -> None:
    case, _ = sent(deps)
    held = with_terms(deps)
    told = About(name="p.png", of=(ad_of(deps),), media="image/png", system="截图", how="截图", taken_at=NOON)
    keep_exhibit(held, ANN, io.BytesIO(b"png"), told)
    (ad,) = [one for one in going(held, ANN, case, 15) if one.record == ad_of(deps)]
    assert ad.kept
    with pytest.raises(OutOfOrder):
        ask_to_keep(held, ANN, case, Wanted("抖音", 15), words, ("pdf",))


def test_nobody_was_asked_by_a_letter_that_was_not_drawn(deps: Deps) -> None:
    case, _ = sent(deps)

    def broken(sheet: Sheet, form: str, at: Any) -> bytes:
        raise OSError(28, "no space left")

    with pytest.raises(OSError, match="no space"):
        ask_to_keep(with_terms(deps), ANN, case, Wanted("test", 60), broken, ("pdf",))
    assert facts(deps, case).requests == ()


def _due(deps: Deps, case: str) -> list[Any]:
    return [one for one in see_case(deps, ANN, case).due if "保全" in one.what.zh]


def test_whoever_is_told_is_told_what_the_pack_told(deps: Deps) -> None:
    case, _ = sent(deps)
    assert set(first(deps, case).tells) >= {key(deps, n) for n in "12345"}
