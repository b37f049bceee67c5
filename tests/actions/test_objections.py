"""Objections by the door: what they name is disputed until somebody from outside answers; in memory and on SQLite."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.actions.test_ads import SELLS, judge
from tests.actions.test_rings import PHONE, file, held, key, letter, paid, people, run
from tests.ads.acts import reading

from mingcha.actions.accounts import create_account
from mingcha.actions.ad_book import state_of
from mingcha.actions.ad_mail import Addressed, parcels, send_parcel
from mingcha.actions.ad_objections import record_objection, refuse_objection
from mingcha.actions.ad_reports import Wanted, approve_report, draft_report, export_reports
from mingcha.actions.ad_words import judge_ad
from mingcha.actions.casework import (
    agree_to_referral,
    answer_case_objection,
    open_case,
    refer,
    say_urgent,
    see_case,
    work_on_case,
)
from mingcha.actions.codec import to_plain
from mingcha.actions.decide import decide_merit
from mingcha.actions.deps import Deps
from mingcha.actions.inspection.inspect import Asked, inspect
from mingcha.actions.objection_door import KEPT, MATCH, lodge, match_job, read_receipt, say_more, take_back
from mingcha.actions.objection_match import match_waiting
from mingcha.actions.objections import (
    Answering,
    answer_objections,
    erase_objection,
    link_objection,
    objections,
    reveal_objection,
    see_objection,
)
from mingcha.actions.referral_pack import build_pack
from mingcha.actions.verify import verify
from mingcha.errors import InputError, NotFound, NotPermitted, OutOfOrder
from mingcha.model.account import Ad
from mingcha.model.actor import Purpose, Role
from mingcha.model.ad_cycle import Route, Solicits
from mingcha.model.advert import Trade
from mingcha.model.case import (
    Added,
    Admitted,
    Begun,
    CaseObjected,
    Closed,
    Exculpated,
    Line,
    ObjectionAnswered,
    Opened,
    Subject,
    SubjectKind,
)
from mingcha.model.case_out import ReferralDrafted, ReferralSent
from mingcha.model.decision import MeritVerdict
from mingcha.model.objection import (
    ANSWERED_IN,
    Lodged,
    ObjectionActKind,
    ObjectionState,
    Touched,
    TouchedKind,
    TouchedLinked,
    TouchedUnlinked,
)
from mingcha.standards.calendar import local_day
from mingcha.testing.house import NOON, FixedClock, house, put, someone

INV = Purpose.INVESTIGATION
ANN = someone(Role.ANALYST, name="ann", purpose=INV)
BOB = someone(Role.ANALYST, name="bob", purpose=INV)
LEO = someone(Role.LEGAL, name="leo", purpose=INV)
MIA = someone(Role.LEGAL, name="mia", purpose=INV)
CAT = someone(Role.CONSUMER_PROTECTION, name="cat", purpose=INV)
CAI = someone(Role.INSPECTOR, Role.AUDITOR, name="cai", purpose=Purpose.INSPECTION)
HANDLE = "zw_8888"
SAID = "这个号码今年一月才归我所有，与此事无关"
DISPUTED = "an objection waits"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture(params=["memory", "sqlite"])
def deps(request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock) -> Iterator[Deps]:
    """A ring of four customers by one number and one seal, and an ad."""
    with house(tmp_path, memory=request.param == "memory", clock=clock) as opened:
        file(opened, "abcd")
        paid(opened, "a")
        put(opened, "ads", Ad(id="1", platform="抖音", work_id="731000000000000", author="dy_1", contact=HANDLE, text=SELLS, seen_at=NOON, url="https://douyin.com/video/731000000000000?share_id=1"))  # fmt: skip
        run(opened)
        for n in "abcd":
            decide_merit(opened, someone(Role.HANDLER), key(opened, n), MeritVerdict.NOT_UPHELD, (), "查过")
        yield opened


def ad_of(deps: Deps) -> str:
    with deps.store.read() as work:
        return next(iter(work.ads.all_items())).id


def ring_of(deps: Deps) -> str:
    return held(deps)[0].id


def lodged(deps: Deps, named: str = PHONE, said: str = SAID) -> tuple[str, str]:
    """An objection by the door: its receipt and its id."""
    before = {one.id for one in objections(deps, CAT)}
    receipt, _ = lodge(deps, Lodged(named, said))
    (id_,) = {one.id for one in objections(deps, CAT)} - before
    return receipt, id_


def worked(deps: Deps) -> None:
    """The worker did what the door asked of it."""
    with deps.store.read() as work:
        jobs = [job.payload for job in work.jobs.all() if job.name == MATCH]
    for payload in reversed(jobs):
        match_job(deps, payload)


def touched(deps: Deps, id_: str) -> set[tuple[str, str]]:
    return {(one.kind.value, one.id) for one in see_objection(deps, LEO, id_).line.touched}


def case_of(deps: Deps, *more: Subject) -> str:
    subjects = (Subject(SubjectKind.RING, ring_of(deps)), *more)
    body = Opened(title="青石所", playbook="ring_level_1", subjects=subjects, reason="同章")
    return open_case(deps, ANN, body).case


def drafted(deps: Deps) -> tuple[str, str]:
    """A case on the ring with a referral drafted."""
    case = case_of(deps)
    work_on_case(deps, ANN, case, Begun("开始"))
    for line in Line:
        work_on_case(deps, ANN, case, Exculpated(line, "查过"))
    for name in ("bob", "leo", "mia"):
        work_on_case(deps, ANN, case, Admitted(name, "协办"))
    body = ReferralDrafted(addressee="police", offence="extortion", stage=1, rests_on=(ring_of(deps),))
    return case, refer(deps, ANN, case, body).id


def reported(deps: Deps) -> str:
    """An ad with a report that two agreed to."""
    ad = ad_of(deps)
    judge_ad(deps, ANN, judge, ad, Solicits.YES, Trade.SUSPENSION, "看过原帖")
    draft_report(deps, ANN, judge, ad, Wanted(route=Route.PLATFORM, screenshot="S-1"))
    approve_report(deps, ANN, ad)
    approve_report(deps, BOB, ad)
    return ad


@pytest.mark.parametrize(
    "named",
    ["138 0013 8000", "+86 13800138000", f"我的电话是{PHONE}，还有 x", f"{PHONE}\n别的"],
)
def test_a_number_finds_its_ring_however_it_is_written(deps: Deps, named: str) -> None:
    _, id_ = lodged(deps, named)
    assert touched(deps, id_) == {("ring", ring_of(deps))}


@pytest.mark.parametrize(
    "named", [HANDLE, f"微信：{HANDLE}", "dy_1", "https://www.douyin.com/video/731000000000000?utm_source=x", "S"]
)
def test_an_account_a_contact_or_an_address_finds_its_ad(deps: Deps, named: str) -> None:
    _, id_ = lodged(deps, ad_of(deps) if named == "S" else named)
    assert touched(deps, id_) == {("ad", ad_of(deps))}


def test_a_complaint_number_or_a_case_number_finds_the_case(deps: Deps) -> None:
    case = case_of(deps)
    for named in ("a", key(deps, "a"), case, ring_of(deps)):
        _, id_ = lodged(deps, named)
        assert ("case", case) in touched(deps, id_), named


def test_what_everybody_may_call_or_nobody_holds_names_nothing(deps: Deps) -> None:
    case_of(deps)
    for named in ("12378", "95588", "13700137000", "不知道", ""):
        _, id_ = lodged(deps, named)
        view = see_objection(deps, CAT, id_)
        assert view.line.touched == ()
        assert view.line.due == local_day(NOON) + timedelta(days=ANSWERED_IN), "it is answered all the same"


def test_what_somebody_says_names_nothing(deps: Deps) -> None:
    """Who was cheated by a number may tell of it: that disputes nothing."""
    _, id_ = lodged(deps, "我的名字", f"骗我的人用 {PHONE} 联系我")
    assert touched(deps, id_) == set()


def test_a_referral_waits_until_it_is_answered(deps: Deps) -> None:
    case, of = drafted(deps)
    agree_to_referral(deps, ANN, case, of)
    lodge(deps, Lodged(PHONE, SAID))  # no worker ran, nobody looked
    with pytest.raises(OutOfOrder, match=DISPUTED):
        agree_to_referral(deps, BOB, case, of)
    with pytest.raises(OutOfOrder, match=DISPUTED):
        build_pack(deps, ANN, case, of, lambda *_: b"")
    with pytest.raises(OutOfOrder, match=DISPUTED):
        work_on_case(deps, ANN, case, Closed("x", "y"))
    (line,) = objections(deps, CAT)
    with pytest.raises(OutOfOrder, match="own door"):
        answer_case_objection(deps, CAT, case, ObjectionAnswered(0, "不成立"))
    answer_objections(deps, CAT, line.id, Answering(upheld=False, reason="号码一直由其使用"))
    agree_to_referral(deps, BOB, case, of)
    assert not see_case(deps, ANN, case).facts.objections


def test_nothing_is_handed_over_meanwhile_and_what_left_before_is_entered(deps: Deps, clock: FixedClock) -> None:
    case, of = drafted(deps)
    for who in (ANN, BOB):
        agree_to_referral(deps, who, case, of)
    before = clock.at
    clock.later(hours=1)
    lodge(deps, Lodged(PHONE, SAID))
    clock.later(hours=1)
    with pytest.raises(OutOfOrder, match=DISPUTED):
        refer(deps, ANN, case, ReferralSent(of, "ab" * 32, clock.at))
    refer(deps, ANN, case, ReferralSent(of, "ab" * 32, before))
    assert see_case(deps, ANN, case).facts.referrals[0].sent is not None


def test_a_case_opened_or_widened_later_is_disputed_too(deps: Deps) -> None:
    lodge(deps, Lodged(f"{PHONE}\n{HANDLE}", SAID))
    assert see_case(deps, ANN, case_of(deps)).facts.disputed
    body = Opened(
        title="乙", playbook="ring_level_1", subjects=(Subject(SubjectKind.COMPLAINT, key(deps, "a")),), reason="查"
    )
    assert see_case(deps, ANN, open_case(deps, ANN, body).case).facts.disputed


def test_a_case_of_something_else_is_not(deps: Deps) -> None:
    lodge(deps, Lodged(HANDLE, SAID))
    case = case_of(deps)
    assert not see_case(deps, ANN, case).facts.disputed
    work_on_case(deps, ANN, case, Added(Subject(SubjectKind.AD, ad_of(deps)), "同一账号"))
    assert see_case(deps, ANN, case).facts.disputed


def test_counsel_alone_lets_urgent_harm_go_and_a_new_objection_disputes_anew(deps: Deps) -> None:
    case, of = drafted(deps)
    agree_to_referral(deps, ANN, case, of)
    lodge(deps, Lodged(PHONE, SAID))
    say_urgent(deps, MIA, case, "有人受到人身威胁")
    lodge(deps, Lodged(PHONE, "我再说一次"))
    match_job(deps, b"")
    assert not see_case(deps, ANN, case).facts.disputed, "one naming: what counsel said holds"
    agree_to_referral(deps, LEO, case, of)
    lodge(deps, Lodged(ring_of(deps), "另一个人"))
    with pytest.raises(OutOfOrder, match=DISPUTED):
        build_pack(deps, ANN, case, of, lambda *_: b"")


def test_reports_of_an_ad_wait(deps: Deps) -> None:
    ad = reported(deps)
    receipt, _ = lodge(deps, Lodged(HANDLE, SAID))
    assert export_reports(deps, ANN) == ()
    with pytest.raises(OutOfOrder, match=DISPUTED.replace("waits", "of the poster waits")):
        approve_report(deps, LEO, ad)
    assert parcels(deps, ANN, Addressed(Route.PLATFORM, None, ("a@example.com",)), lambda *_: ()) == ()
    with pytest.raises(OutOfOrder, match="objection"):
        draft_report(deps, ANN, judge, ad, Wanted(route=Route.LINE_12377))
    match_job(deps, b"")
    with pytest.raises(OutOfOrder, match="own door"):
        refuse_objection(deps, CAT, ad, "不成立")
    take_back(deps, receipt)
    worked(deps)
    assert len(export_reports(deps, ANN)) == 1


def test_a_parcel_that_was_ready_before_is_stopped(deps: Deps) -> None:
    reported(deps)
    (parcel,) = parcels(deps, ANN, Addressed(Route.PLATFORM, None, ("a@example.com",)), lambda *_: ())
    lodge(deps, Lodged(HANDLE, SAID))

    class Post:
        def send(self, _: object) -> str:
            raise AssertionError("it left the house")

    with pytest.raises(OutOfOrder, match="objection"):
        send_parcel(deps, ANN, Post(), parcel)


def test_upheld_an_ad_is_none_and_its_recipients_are_told(deps: Deps) -> None:
    ad = reported(deps)
    export_reports(deps, ANN)
    _, id_ = lodged(deps, HANDLE)
    with pytest.raises(OutOfOrder, match="what falls"):
        answer_objections(deps, CAT, id_, Answering(upheld=True, reason="律师事务所的官方账号"))
    with pytest.raises(InputError):
        answer_objections(deps, CAT, id_, Answering(upheld=True, reason="x", falls=("AD-NONE",)))
    done = answer_objections(deps, CAT, id_, Answering(upheld=True, reason="官方账号", falls=(ad,)))
    assert [one.route for one in done.corrections] == [Route.PLATFORM]
    with deps.store.read() as work:
        assert state_of(deps, work, ad).upheld


def test_upheld_over_a_number_its_ties_part_and_the_finding_falls_in_the_case(deps: Deps) -> None:
    case, _ = drafted(deps)
    ring = ring_of(deps)
    _, id_ = lodged(deps)
    done = answer_objections(deps, CAT, id_, Answering(upheld=True, reason="号码一月转让", falls=(ring,)))
    assert (done.cases, done.rings) == ((case,), ())
    assert ring in see_case(deps, ANN, case).facts.fallen
    assert all(one.kind != "filer_number" for found in held(deps) for one in found.members), "the number ties nobody"
    put(deps, "customers", *people("e"))
    put(deps, "complaints", letter("e"))
    run(deps)
    assert all(one.kind != "filer_number" for found in held(deps) for one in found.members), "and no later run"


def test_a_ring_named_by_its_id_alone_is_left_to_people(deps: Deps) -> None:
    ring = ring_of(deps)
    _, id_ = lodged(deps, ring)
    assert answer_objections(deps, CAT, id_, Answering(upheld=True, reason="同名", falls=(ring,))).rings == (ring,)
    assert ring_of(deps) == ring


def test_nobody_on_it_and_nobody_above_or_below_answers(deps: Deps) -> None:
    admin = someone(Role.ADMIN, purpose=Purpose.ADMINISTRATION)
    create_account(deps, admin, "cat", (Role.CONSUMER_PROTECTION,), None)
    create_account(deps, admin, "ann", (Role.ANALYST,), "cat")
    create_account(deps, admin, "leo", (Role.LEGAL,), "ann")
    case_of(deps)
    reported(deps)
    for named in (PHONE, HANDLE):
        _, id_ = lodged(deps, named)
        given = Answering(upheld=False, reason="不成立")
        for who, why in (
            (CAT, "reports to the other"),
            (LEO, "reports to the other"),
            (someone(Role.LEGAL, name="local:ann", purpose=INV), "works on what it names"),
            (ANN, "none of the person"),
        ):
            with pytest.raises(NotPermitted, match=why):
                answer_objections(deps, who, id_, given)
        touch = next(iter(see_objection(deps, MIA, id_).line.touched))
        with pytest.raises(NotPermitted):
            link_objection(deps, CAT, id_, TouchedUnlinked(touch, "不相干"))
        answer_objections(deps, MIA, id_, given)


def test_whoever_could_decide_merit_neither_sees_nor_answers_before_it_is_sealed(deps: Deps) -> None:
    put(deps, "customers", *people("e"))
    put(deps, "complaints", letter("e"))
    run(deps)
    _, id_ = lodged(deps)
    (line,) = objections(deps, CAT)
    assert (line.touched, line.withheld) == ((), 1)
    with pytest.raises(NotPermitted, match="closed to you"):
        answer_objections(deps, CAT, id_, Answering(upheld=False, reason="x"))
    assert objections(deps, LEO)[0].withheld == 0


def test_people_correct_what_it_names(deps: Deps) -> None:
    case = case_of(deps)
    _, id_ = lodged(deps, "不知道是哪一份")
    ring = Touched(TouchedKind.RING, ring_of(deps))
    with pytest.raises(NotFound):
        link_objection(deps, CAT, id_, TouchedLinked(Touched(TouchedKind.RING, "R-none"), "x"))
    link_objection(deps, CAT, id_, TouchedLinked(ring, "来电说明"))
    assert see_case(deps, ANN, case).facts.disputed
    link_objection(deps, CAT, id_, TouchedUnlinked(ring, "看错"))
    link_objection(deps, CAT, id_, TouchedUnlinked(Touched(TouchedKind.CASE, case), "看错")) if touched(
        deps, id_
    ) else None
    assert not see_case(deps, ANN, case).facts.disputed
    with deps.store.write() as work:
        assert match_waiting(deps, work) == {id_: frozenset()}


def test_an_objection_somebody_wrote_down_stays_beside_one_by_the_door(deps: Deps) -> None:
    ad = ad_of(deps)
    record_objection(deps, CAT, ad, "发布者来信")
    receipt, _ = lodged(deps, HANDLE)
    take_back(deps, receipt)
    worked(deps)
    with deps.store.read() as work:
        assert state_of(deps, work, ad).objected_at is not None
    refuse_objection(deps, CAT, ad, "不成立")


def test_the_receipt_shows_how_far_it_is_and_the_answer_alone(deps: Deps, clock: FixedClock) -> None:
    case_of(deps)
    receipt, id_ = lodged(deps)
    page = read_receipt(deps, receipt)
    assert page is not None and (page.state, page.told) == (ObjectionState.WAITING, "")
    more = say_more(deps, receipt, "补充：有过户凭证")
    assert more is not None and more.more == 1
    answer_objections(deps, CAT, id_, Answering(upheld=False, reason="内部理由 R-1234567890ab"))
    page = read_receipt(deps, receipt)
    assert page is not None and page.state is ObjectionState.ANSWERED
    shown = str(to_plain(page))
    assert not [secret for secret in ("R-", "cat", "CASE", "内部", PHONE) if secret in shown]
    assert say_more(deps, receipt, "还有") == page
    assert take_back(deps, receipt) == page
    assert read_receipt(deps, "x" * 43) is None
    clock.later(days=KEPT.days + 1)
    assert read_receipt(deps, receipt) is None


@pytest.mark.parametrize("told", ["您在团伙 R-44bd7c8a561d 中", "恶意投诉", "后果自负"])
def test_an_answer_holds_no_id_label_or_threat(deps: Deps, told: str) -> None:
    _, id_ = lodged(deps)
    with pytest.raises(InputError):
        answer_objections(deps, CAT, id_, Answering(upheld=False, reason="x", told=told))


def test_every_one_is_due_in_fifteen_days_and_overdue_is_told(deps: Deps, clock: FixedClock) -> None:
    _, first = lodged(deps, "甲")
    clock.later(days=3)
    _, second = lodged(deps, "乙", "别的话")
    assert [(one.id, one.days_left) for one in objections(deps, CAT)] == [(first, 12), (second, 15)]
    day = local_day(clock.at)
    assert _late(deps, day) == []
    clock.later(days=13)
    assert [one.days_left for one in objections(deps, CAT)] == [-1, 2]
    assert _late(deps, local_day(clock.at)) == [first]
    answer_objections(deps, CAT, first, Answering(upheld=False, reason="迟了"))
    assert _late(deps, local_day(clock.at)) == [first], "answered late is late for ever"


def _late(deps: Deps, day: object) -> list[str]:
    found = inspect(deps, CAI, Asked(first=local_day(NOON), last=day, seed="x"))  # type: ignore[arg-type]  # reason: a date
    assert {one.code for one in found.flaws} <= {"objection_late"}, found.flaws
    return [one.where for one in found.flaws]


def test_what_is_said_is_masked_and_in_clear_for_a_sealed_reason_alone(deps: Deps) -> None:
    receipt, _ = lodge(deps, Lodged(PHONE, f"打 {PHONE} 找我", "王小明", PHONE))
    (line,) = objections(deps, CAT)
    assert PHONE not in str(to_plain(see_objection(deps, CAT, line.id)))
    with pytest.raises(OutOfOrder):
        reveal_objection(deps, CAT, line.id, " ")
    assert reveal_objection(deps, CAT, line.id, "核对号码").lodged.reach == PHONE
    with pytest.raises(NotPermitted):
        reveal_objection(deps, CAI, line.id, "看看")
    found = inspect(deps, CAI, Asked(first=local_day(NOON), last=local_day(NOON), seed="x"))
    assert [(one.act, one.about, one.by) for one in found.opened] == [("reveal_objection", line.id, "cat")]
    with deps.store.read() as work:
        sealed = b"".join(
            link.payload for name in ("access", "decisions", "custody") for link in work.chains.read(name)
        )
        kept = b"".join(act.body for act in work.books.all_acts("objections"))
    for secret in (PHONE, "王小明", receipt):
        assert secret.encode() not in sealed + kept


def test_an_ended_one_is_erased_and_the_house_still_fits_its_seals(deps: Deps) -> None:
    case_of(deps)
    receipt, id_ = lodged(deps)
    with pytest.raises(OutOfOrder, match="waits for an answer"):
        erase_objection(deps, someone(Role.CONSUMER_PROTECTION), id_, "本人要求")
    take_back(deps, receipt)
    assert erase_objection(deps, someone(Role.CONSUMER_PROTECTION), id_, "本人要求") >= 3
    assert read_receipt(deps, receipt) is None
    assert objections(deps, CAT, ended=True) == ()
    assert all(one.broken_at is None for one in verify(deps, CAI))
    assert _late(deps, local_day(deps.now())) == []


def test_kinds_are_all_words(deps: Deps) -> None:
    assert reading().is_ad
    assert {kind.value for kind in ObjectionActKind} == {
        "lodged",
        "more_said",
        "taken_back",
        "matched",
        "linked",
        "unlinked",
        "decided",
    }
    assert replace(CaseObjected("x"), objection="y").objection == "y"
