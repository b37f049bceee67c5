"""What each addressee's pack is filled with from records and acts, masked in a report and in clear on an order alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.actions.test_referral_pack import ANN, HANNA, INV, LEO, PHONE, decided, kept, plain, referral, words

from mingcha.actions.assess import assess
from mingcha.actions.casework import agree_to_referral, see_case, work_on_case
from mingcha.actions.decide import decide_merit
from mingcha.actions.deps import Deps
from mingcha.actions.exhibits import keep_exhibit
from mingcha.actions.kept import open_record
from mingcha.actions.referral_pack import build_pack
from mingcha.errors import InputError, NotFound, NotPermitted, OutOfOrder
from mingcha.evidence.canonical import parse
from mingcha.merit.ledger import overdue_since
from mingcha.model.account import Account, Ad
from mingcha.model.actor import Role
from mingcha.model.call import Coverage
from mingcha.model.case import DemandNoted, Exculpated, Line, Shown, Subject, SubjectKind
from mingcha.model.complaint import Attachment, Complaint, PaperCheck
from mingcha.model.decision import MeritVerdict
from mingcha.model.exhibit import About
from mingcha.model.party import Authorisation, Customer, Representative
from mingcha.model.payment import Payment, Waiver
from mingcha.model.provenance import Grade
from mingcha.model.referral import PackColumn
from mingcha.model.traces import Lead
from mingcha.model.words import Words
from mingcha.standards.casework import LocalThreshold
from mingcha.testing.house import NOON, FixedClock, house, put, someone

HANDLE, THREAT, OTHER = "ab_95552266", "不免就天天投诉，找我 13912345678", "13912345678"
DAY = NOON.date()
TEXT = "贵司利息过高，一天打二十个电话，请给书面说法。微信同号也行，{handle}。第{n}件"


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Deps]:
    with house(tmp_path, clock=FixedClock()) as deps:
        many = "1234"
        put(
            deps,
            "customers",
            *(
                Customer(
                    id=f"c{n}", name=f"王小{n}", verified=True, household=f"h{n}", employer="none", merchant="none"
                )
                for n in many
            ),
        )
        put(
            deps,
            "complaints",
            *(
                Complaint(
                    id=n, received_at=NOON, text=TEXT.format(n=n, handle=HANDLE), licence="bank", customer_id=f"c{n}", account_id=f"l{n}",
                    filer_phone=PHONE, filer_role="self", channel="12378", authorisation_id=f"u{n}",
                )
                for n in many
            ),
        )  # fmt: skip
        put(deps, "leads", *(Lead(id=f"e{n}", complaint_id=n, customer_id=f"c{n}", handle=HANDLE) for n in many))
        put(
            deps,
            "attachments",
            *(Attachment(id=f"a{n}", complaint_id=n, paper_kind="medical", seal="S-1") for n in many),
        )
        put(
            deps,
            "issuers",
            *(PaperCheck(id=f"i{n}", attachment_id=f"a{n}", complaint_id=n, seal="S-1", result="denied") for n in many),
        )
        schedule = (
            (DAY - timedelta(days=90), 10_000),
            (DAY - timedelta(days=60), 10_000),
            (DAY + timedelta(days=1), 10_000),
        )
        put(
            deps,
            "accounts",
            *(Account(id=f"l{n}", customer_id=f"c{n}", principal=500_000, schedule=schedule) for n in many),
        )
        put(deps, "coverage", Coverage(id="g1", record_kind="payments", from_on=DAY - timedelta(days=400), to_on=DAY))
        put(
            deps,
            "payments",
            Payment(
                id="y1",
                customer_id="c1",
                account_id="l1",
                direction="repayment",
                paid_on=DAY - timedelta(days=70),
                amount=10_000,
            ),
        )
        put(
            deps,
            "waivers",
            *(
                Waiver(
                    id=f"w{n}",
                    customer_id=f"c{n}",
                    complaint_id=n,
                    promise="waiver",
                    promised_on=DAY,
                    amount=30_000,
                    done_on=DAY,
                )
                for n in "123"
            ),
            Waiver(id="w4", customer_id="c4", complaint_id="4", promise="waiver", promised_on=DAY, amount=30_000),
        )
        put(
            deps,
            "authorisations",
            *(
                Authorisation(
                    id=f"u{n}", customer_id=f"c{n}", complaint_id=n, agent_name="赵大律", agent_phone=f"1370000000{n}",
                    agent_organisation="示例律所", relation="lawyer", licence_no=f"11101{n}",
                )
                for n in "12"
            ),
        )  # fmt: skip
        put(deps, "representatives", Representative(id="n1", relation="lawyer", licence_no="111011", verified=True))
        put(
            deps,
            "ads",
            Ad(
                id="d1",
                platform="某平台",
                handle="qingshi_88",
                text=f"停息挂账，加微信：{HANDLE}",
                url="https://example.invalid/1",
                soliciting="yes",
                judged_by="ann",
            ),
            Ad(
                id="d2",
                platform="某平台",
                handle="xinwen_01",
                text="提醒：代理维权多是骗局",
                url="https://example.invalid/2",
                soliciting="no",
                judged_by="ann",
            ),
        )
        assess(deps, someone())
        decided(deps)
        yield deps


def complaint(deps: Deps, n: str) -> str:
    """The keyed id of the complaint of customer n."""
    with deps.store.read() as work:
        return next(one.id for one in work.records.scan("complaints") if open_record(deps.keys, one).clear.id == n)


def untrue(deps: Deps) -> list[str]:
    """Those of 1 to 3, for which something was waived, whose demand was not found true: `decided` upholds the first by id."""
    upheld = min(complaint(deps, n) for n in "1234")
    return [n for n in "123" if complaint(deps, n) != upheld]


def ads(deps: Deps) -> tuple[Subject, ...]:
    with deps.store.read() as work:
        return tuple(Subject(SubjectKind.AD, one.id) for one in work.ads.all_items())


def built(deps: Deps, case: str, of: str) -> str:
    agree_to_referral(deps, LEO, case, of)
    return words(build_pack(deps, ANN, case, of, plain))


def noted(deps: Deps, case: str, n: str, **said: int) -> DemandNoted:
    exhibit = kept(deps, case)
    return DemandNoted(complaint=complaint(deps, n), exhibit=exhibit.id, words=THREAT, **said)


def test_a_demand_is_noted_from_an_exhibit_of_a_complaint_of_the_case_and_takes_two_again(deps: Deps) -> None:
    case, of = referral(deps)
    body = noted(deps, case, "2", at_second=192, demanded=100_000, waived_because=20_000)
    with pytest.raises(NotFound, match="complaint of this case"):
        work_on_case(deps, ANN, case, replace(body, complaint="C-0"))
    with pytest.raises(NotFound):
        work_on_case(deps, ANN, case, replace(body, exhibit="EX-0"))
    with pytest.raises(InputError, match="30000"):
        work_on_case(deps, ANN, case, replace(body, waived_because=30_001))
    with pytest.raises(OutOfOrder, match="very words"):
        work_on_case(deps, ANN, case, replace(body, words=" "))
    with pytest.raises(OutOfOrder, match="below nought"):
        work_on_case(deps, ANN, case, replace(body, at_second=-1))
    work_on_case(deps, ANN, case, body)
    view = see_case(deps, ANN, case)
    assert view.facts.referrals[0].agreed == ()
    assert OTHER not in str(view.facts.demands)
    assert "不免就天天投诉" in str(view.facts.demands)
    agree_to_referral(deps, ANN, case, of)
    said = built(deps, case, of)
    assert OTHER not in said
    assert "不免就天天投诉" in said
    assert "03:12" in said


def test_loss_is_what_a_person_noted_and_the_rest_is_told_apart(deps: Deps) -> None:
    case, of = referral(deps)
    first, *others = untrue(deps)
    work_on_case(deps, ANN, case, noted(deps, case, first, at_second=1, demanded=100_000, waived_because=20_000))
    again = noted(deps, case, first, at_second=5, demanded=90_000, waived_because=5_000)
    work_on_case(deps, ANN, case, again)
    work_on_case(deps, ANN, case, replace(again, waived_because=25_000))
    agree_to_referral(deps, ANN, case, of)
    said = built(deps, case, of)
    assert "合计 250.00 元，计为损失" in said, "the later word on one place of an exhibit counts, and no waiver twice"
    assert f"另有减免 {300 * len(others)}.00 元未记录因果" in said, "a promise nobody kept is no waiver"
    assert "1,000.00" in said


def test_on_an_order_words_are_in_clear_for_what_it_asks_for_alone(deps: Deps) -> None:
    mine = complaint(deps, "2")
    case, of = referral(deps, (mine,))
    work_on_case(deps, ANN, case, noted(deps, case, "3", demanded=88_800))
    agree_to_referral(deps, ANN, case, of)
    agree_to_referral(deps, LEO, case, of)
    without = words(build_pack(deps, ANN, case, of, plain))
    assert OTHER not in without
    assert "888.00" not in without
    work_on_case(deps, ANN, case, noted(deps, case, "2", demanded=77_700))
    agree_to_referral(deps, ANN, case, of)
    said = built(deps, case, of)
    assert OTHER in said
    assert "777.00" in said
    with deps.store.read() as work:
        acts = [parse(link.payload) for link in work.chains.read("access")]
    sealed = [act["personal_items"] for act in acts if act["act"] == "build_pack"][-1]
    assert set(sealed) == {"content_credit_property", "records_transactions", "other"}
    assert sealed["content_credit_property"] > 0
    assert f"内含个人信息 {sum(sealed.values())} 条" in said


def test_overdue_is_the_first_instalment_not_covered_where_our_books_are_whole(deps: Deps) -> None:
    case, of = referral(deps)
    said = built(deps, case, of)
    assert str(DAY - timedelta(days=60)) in said, "one instalment of customer 1 was repaid"
    assert str(DAY - timedelta(days=90)) in said, "none of customer 2"


DAYS = st.integers(-100, 0).map(lambda n: DAY + timedelta(days=n))
SUMS = st.integers(1, 50)


@given(
    st.lists(st.tuples(DAYS, SUMS), max_size=5, unique_by=lambda one: one[0]),
    st.lists(
        st.tuples(DAYS, SUMS, st.sampled_from(["L", None, "M"]), st.sampled_from(["repayment", "refund"])), max_size=5
    ),
    st.booleans(),
)
def test_overdue_as_its_slow_twin_says(
    schedule: list[tuple[date, int]], paid: list[tuple[date, int, str | None, str]], whole: bool
) -> None:
    books = [
        Coverage(id="g", record_kind="payments" if whole else "calls", from_on=DAY - timedelta(days=200), to_on=DAY)
    ]
    payments = [
        Payment(id=str(n), account_id=to, direction=way, paid_on=on, amount=fen)
        for n, (on, fen, to, way) in enumerate(paid)
    ]
    found = overdue_since(Account(id="L", schedule=tuple(schedule)), payments, books, DAY)
    money = sum(fen for on, fen, to, way in paid if to == "L" and way == "repayment")
    late = [
        day for day, _ in sorted(schedule) if day < DAY and sum(fen for other, fen in schedule if other <= day) > money
    ]
    known = whole and all(to is not None or way == "refund" for _, _, to, way in paid)
    assert found == (late[0] if late and known else None)


def test_the_province_of_the_institution_says_its_sums_and_a_sites_own_go_before(deps: Deps) -> None:
    case, of = referral(deps)
    assert "须核对" in built(deps, case, of)
    theirs = replace(deps.standards.institution, province="江苏省")
    here = replace(deps, standards=replace(deps.standards, institution=theirs))
    said = words(build_pack(here, ANN, case, of, plain))
    assert "数额较大四千元" in said
    assert "苏高法〔2013〕248号" in said
    assert "未收录" not in said
    own = LocalThreshold(
        offence="extortion", province="江苏省", text=Words("五千元起", "from 5,000"), source=Words("苏高法〔2027〕1号", "x"),
        grade=Grade.FIRST_HAND, countersigned_by="法务李",
    )  # fmt: skip
    casework = replace(here.standards.casework, local=(*here.standards.casework.local, own))
    signed = replace(here, standards=replace(here.standards, casework=casework))
    said = words(build_pack(signed, ANN, case, of, plain))
    assert "五千元起" in said
    assert "由 法务李 核对" in said
    assert "数额较大四千元" not in said


def test_a_market_regulator_gets_ads_a_person_judged_and_nothing_of_complaints(deps: Deps) -> None:
    case, of = referral(deps, (), "market", "unlawful_ad.ad")
    with pytest.raises(OutOfOrder, match="no ad a person judged"):
        built(deps, case, of)
    case, of = referral(deps, (), "market", "unlawful_ad.ad", *ads(deps))
    said = built(deps, case, of)
    assert "https://example.invalid/1" in said
    assert "https://example.invalid/2" not in said, "what warns is no ad"
    for n in "1234":
        assert complaint(deps, n) not in said
    with deps.store.read() as work:
        customers = [one.id for one in work.records.scan("customers")]
    assert not [one for one in customers if one in said]


def test_a_bureau_of_justice_hears_of_nobody_who_was_verified_and_a_bar_may(deps: Deps) -> None:
    case, of = referral(deps, (), "justice", "false_lawyer.posed")
    said = built(deps, case, of)
    assert "111012" in said
    assert "111011" not in said
    assert "赵大律" not in said, "masked in a report"
    case, of = referral(deps, (), "bar", "false_lawyer.posed")
    assert "111011" in built(deps, case, of)


def test_a_handle_the_ring_is_known_by_is_masked_in_the_texts_of_a_report(deps: Deps) -> None:
    case, of = referral(deps)
    told = About(name="x.txt", of=(case,), media="text/plain", system="s", how=f"由 {HANDLE} 发来", taken_at=NOON)
    copy = replace(told, derived_from=keep_exhibit(deps, ANN, [b"1"], told).id, step="遮蔽")
    work_on_case(deps, ANN, case, Shown("extortion.demand", (keep_exhibit(deps, ANN, [b"2"], copy).id,)))
    agree_to_referral(deps, ANN, case, of)
    agree_to_referral(deps, LEO, case, of)
    pack = build_pack(deps, ANN, case, of, plain)
    texts = {paper.name: paper.data.decode() for paper in pack.bundle.papers}
    assert "微信同号也行" in texts["08-texts.pdf"]
    assert not [one for one in pack.bundle.exhibits if HANDLE in one.how], "nor in what the index says of an exhibit"
    assert not [name for name, said in texts.items() if HANDLE in said]
    mine = tuple(complaint(deps, n) for n in "12")
    case, of = referral(deps, mine)
    assert HANDLE in built(deps, case, of)


def test_texts_of_one_customer_are_not_laid_beside_each_other(deps: Deps) -> None:
    again = Complaint(
        id="5", received_at=NOON, text=TEXT.format(n=5, handle=HANDLE), licence="bank", customer_id="c2", filer_phone=PHONE,
        filer_role="self", channel="12378",
    )  # fmt: skip
    put(deps, "complaints", again)
    put(deps, "leads", Lead(id="e5", complaint_id="5", customer_id="c2", handle=HANDLE))
    assess(deps, someone())
    decide_merit(deps, HANNA, complaint(deps, "5"), MeritVerdict.NOT_UPHELD, (), "已核")
    for scope, laid in (("25", False), ("235", True)):
        case, of = referral(deps, tuple(complaint(deps, n) for n in scope))
        agree_to_referral(deps, LEO, case, of)
        names = {paper.name for paper in build_pack(deps, ANN, case, of, plain).bundle.papers}
        assert ("08-texts.pdf" in names) is laid


def test_what_people_typed_on_the_case_is_masked_on_an_order_too(deps: Deps) -> None:
    """An order names complaints; a note of ours may name others."""
    case, of = referral(deps, (complaint(deps, "2"),))
    work_on_case(deps, ANN, case, Exculpated(Line.MERIT, f"另一件属实，来电 {OTHER}"))
    agree_to_referral(deps, ANN, case, of)
    said = built(deps, case, of)
    assert "另一件属实" in said
    assert OTHER not in said


def test_ties_are_drawn_by_records_of_the_pack_alone(deps: Deps) -> None:
    mine = complaint(deps, "2")
    case, of = referral(deps, (mine,))
    agree_to_referral(deps, LEO, case, of)
    pack = build_pack(deps, ANN, case, of, plain)
    drawn = next(paper.data.decode() for paper in pack.bundle.papers if paper.name == "09-ties.pdf")
    assert mine in drawn
    assert not [n for n in "134" if complaint(deps, n) in drawn]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.sampled_from(["police", "market", "cyberspace", "justice", "bar", "regulator", "central_bank"]),
    st.sampled_from(["extortion.threat", "unlawful_ad.ad"]),
)
def test_no_report_to_anybody_holds_a_personal_value_in_clear(deps: Deps, to: str, element: str) -> None:
    case, of = referral(deps, (), to, element, *ads(deps))
    work_on_case(deps, ANN, case, noted(deps, case, "2", demanded=1))
    agree_to_referral(deps, ANN, case, of)
    said = built(deps, case, of)
    secret = (PHONE, OTHER, HANDLE, "王小1", "王小2", "赵大律", "13700000001")
    assert not [one for one in secret if one in said]
    form = deps.standards.casework.addressees[to]
    if PackColumn.CUSTOMER not in form.columns:
        with deps.store.read() as work:
            assert not [
                one.id for kind in ("customers", "accounts") for one in work.records.scan(kind) if one.id in said
            ]


def test_what_is_asked_for_by_nobody_admitted_is_noted_by_nobody(deps: Deps) -> None:
    case, _ = referral(deps)
    body = noted(deps, case, "2")
    with pytest.raises(NotPermitted):
        work_on_case(deps, someone(Role.ANALYST, name="bob", purpose=INV), case, body)
