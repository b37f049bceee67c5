"""Aid in the house: found by need, reached safely, a link that opens by its own code, letters, erasure; in memory, on SQLite and on PostgreSQL."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from tests.actions.stores import STORES, house_on
from tests.actions.test_rings import file as file_ring
from tests.actions.test_rings import paid

from mingcha.actions.accounts import create_account, set_line
from mingcha.actions.aid import help_customer
from mingcha.actions.aid_link import LIVES, help_letter, help_page, make_link
from mingcha.actions.aid_list import aid_list, aid_totals, aid_view
from mingcha.actions.aid_papers import make_paper
from mingcha.actions.aid_warnings import approve_warning, draft_warning, warning_sheet
from mingcha.actions.assess import assess
from mingcha.actions.codec import to_plain
from mingcha.actions.deps import Deps
from mingcha.actions.erase import erase_customer
from mingcha.actions.inspection.inspect import Asked, inspect
from mingcha.actions.kept import record_id
from mingcha.actions.verify import verify
from mingcha.errors import InputError, NotFound, NotPermitted, OutOfOrder
from mingcha.evidence.canonical import parse
from mingcha.model.account import Ad
from mingcha.model.actor import Purpose, Role
from mingcha.model.aid import (
    AidState,
    CardDone,
    ChannelKind,
    Closed,
    Declined,
    FactKind,
    Filed,
    LossRecorded,
    Need,
    PaperKind,
    Proof,
    Proved,
    Reached,
    Recovered,
)
from mingcha.model.complaint import Complaint
from mingcha.model.kinds import BY_CODE
from mingcha.model.party import Authorisation, Callback, Customer, Representative
from mingcha.model.people import Line
from mingcha.model.traces import Company, Lead, Loss
from mingcha.testing.house import NOON, FixedClock, house, put, someone

VIC = someone(Role.VICTIM_SUPPORT, name="vic", purpose=Purpose.AID)
CAI = someone(Role.INSPECTOR, Role.AUDITOR, name="cai", purpose=Purpose.INSPECTION)
NAME, PHONE, AGENT, HANDLE = "王小明", "13987654321", "13812345678", "my_88888888"
LONG = date(2020, 1, 1)
SPENT = LossRecorded(fee=300_000, paid_on=date(2026, 3, 1), payee="青石咨询")
PROOF = {"script_id": "n1", "proved_by": "face_check", "recording_hash": "1" * 64, "spoke": "spoke"}


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture(params=STORES)
def deps(request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock) -> Iterator[Deps]:
    with house_on(request.param, tmp_path, clock) as opened:
        fill(opened)
        yield opened


def fill(deps: Deps, seen: datetime = NOON) -> None:
    """One who paid, one who does not know, one who quotes an ad, one whose lawyer was paid, and one like anybody."""
    held = {"phone_since": LONG, "verified": True}
    put(
        deps,
        "customers",
        Customer(id="payer", name=NAME, phone=PHONE, address="示例市样板路1号", **held),
        Customer(id="unaware", name="李建国", phone="13700137000", phone_since=date(2026, 3, 1), verified=True),
        Customer(id="quoter", name="赵一二", phone="13600136000", **held),
        Customer(id="client", name="钱三", phone="13500135000", **held),
        Customer(id="anybody", name="孙四", phone="13400134000", **held),
    )
    wrote = {"received_at": NOON, "licence": "bank", "filer_role": "self"}
    put(
        deps,
        "complaints",
        Complaint(id="1", customer_id="payer", text="利息太高，我失业了", filer_phone=PHONE, **wrote),
        Complaint(id="2", customer_id="unaware", text="要求减免", filer_phone=AGENT, **wrote),
        Complaint(id="3", customer_id="quoter", text=f"中介让我加微信{HANDLE}，已提交材料", **wrote),
        Complaint(id="4", customer_id="client", text="律师代为投诉", **wrote),
        Complaint(id="5", customer_id="anybody", text="夜里打电话", **wrote),
    )
    put(
        deps,
        "callbacks",
        Callback(id="b1", customer_id="payer", called_at=NOON, paid_agent="yes", aware="yes", **PROOF),
        Callback(id="b2", complaint_id="2", customer_id="unaware", called_at=NOON, aware="no", **PROOF),
        Callback(id="b5", customer_id="anybody", called_at=NOON, paid_agent="yes", spoke="spoke", proved_by="none"),
    )
    put(deps, "authorisations", Authorisation(id="u1", customer_id="payer", agent_name="张某", agent_phone=AGENT))
    put(deps, "leads", Lead(id="l1", customer_id="payer", called_at=NOON, caller_phone=AGENT, handle=HANDLE))
    put(deps, "representatives", Representative(id="r1", organisation="示例律所", relation="lawyer", verified=True))
    put(deps, "companies", Company(id="k4", customer_id="client", name="示例律所", part="payee"))
    put(
        deps,
        "losses",
        Loss(id="o4", customer_id="client", amount=500_000, paid_on=LONG, company="示例律所", proof="receipt"),
    )
    ad = Ad(id="a", platform="图文", handle=HANDLE, text=f"停息挂账，不成功不收费，加微信{HANDLE}", seen_at=seen)
    put(deps, "ads", replace(ad, soliciting="yes", judged_by="岗"))
    assess(deps, someone(Role.ANALYST, purpose=Purpose.INVESTIGATION))


def id_of(deps: Deps, customer: str) -> str:
    return record_id(deps.keys, BY_CODE["customers"], "test", customer)


def proved(deps: Deps, customer: str = "payer") -> str:
    """Somebody who proved who they are."""
    id_ = id_of(deps, customer)
    help_customer(deps, VIC, id_, Proved(Proof.BRANCH))
    return id_


def test_the_list_is_by_need_and_says_why(deps: Deps) -> None:
    found = aid_list(deps, VIC)
    told = {line.possible.customer: line.possible for line in found.lines}
    assert list(told) == [id_of(deps, name) for name in ("unaware", "payer", "quoter")]
    assert [one.need for one in told.values()] == [Need.IDENTITY, Need.HARDSHIP, Need.OTHER]
    assert {fact.kind for fact in told[id_of(deps, "payer")].facts} >= {FactKind.PAID_AGENT}
    assert FactKind.AD in {fact.kind for fact in told[id_of(deps, "quoter")].facts}
    assert not {id_of(deps, "client"), id_of(deps, "anybody")} & set(told), (
        "a lawyer's fee is no loss; unproven is nothing"
    )


def test_the_list_shows_no_personal_value(deps: Deps) -> None:
    view = aid_view(deps, VIC, id_of(deps, "payer"))
    for shown in (aid_list(deps, VIC), view):
        assert not [secret for secret in (NAME, PHONE, AGENT, HANDLE, "样板路1号") if secret in str(to_plain(shown))]
    assert view.name == "王**"


def test_only_for_the_purpose_of_aid_and_never_for_whoever_decides_merit(deps: Deps) -> None:
    payer = id_of(deps, "payer")
    others = [
        someone(Role.VICTIM_SUPPORT, purpose=Purpose.HANDLING),
        someone(Role.ANALYST, purpose=Purpose.INVESTIGATION),
        someone(Role.VICTIM_SUPPORT, Role.HANDLER, purpose=Purpose.AID),
        CAI,
    ]
    for who in others:
        for act in (
            lambda who=who: aid_list(deps, who),
            lambda who=who: aid_view(deps, who, payer),
            lambda who=who: help_customer(deps, who, payer, Declined()),
            lambda who=who: make_link(deps, who, payer),
            lambda who=who: make_paper(deps, who, payer, PaperKind.CLAIM, "zh"),
        ):
            with pytest.raises(NotPermitted):
                act()


def test_every_look_is_logged(deps: Deps) -> None:
    aid_list(deps, VIC)
    aid_view(deps, VIC, id_of(deps, "payer"))
    with deps.store.read() as work:
        told = [parse(link.payload) for link in work.chains.read("access")]
    looks = [one["customers"] for one in told if one["act"] == "see_aid"]
    assert len(looks[0]) == 3
    assert looks[1] == [id_of(deps, "payer")]


def test_whoever_is_named_in_their_complaint_stands_aside(deps: Deps) -> None:
    admin = someone(Role.ADMIN, name="root", purpose=Purpose.ADMINISTRATION)
    create_account(deps, admin, "vic", (Role.VICTIM_SUPPORT,), None)
    set_line(deps, admin, "vic", Line(None, ("利息太高",)))
    found = aid_list(deps, VIC)
    assert found.aside == 1
    assert id_of(deps, "payer") not in {line.possible.customer for line in found.lines}
    with pytest.raises(NotPermitted):
        aid_view(deps, VIC, id_of(deps, "payer"))


def test_nobody_is_reached_by_what_an_agent_may_hold(deps: Deps) -> None:
    unaware = id_of(deps, "unaware")
    with pytest.raises(OutOfOrder, match="an agent may hold"):
        help_customer(deps, VIC, unaware, Reached(ChannelKind.CALL))
    with pytest.raises(OutOfOrder, match="an agent may hold"):
        help_customer(deps, VIC, unaware, Reached(ChannelKind.LETTER))
    help_customer(deps, VIC, unaware, Reached(ChannelKind.BRANCH))
    help_customer(deps, VIC, id_of(deps, "payer"), Reached(ChannelKind.CALL))


@pytest.mark.parametrize("whose", ["another", "agent", "ad"])
def test_a_number_that_others_state_or_an_agent_uses_is_unsafe(deps: Deps, whose: str) -> None:
    payer = id_of(deps, "payer")
    if whose == "another":
        put(deps, "complaints", Complaint(id="9", received_at=NOON, text=f"请联系{PHONE}", customer_id="anybody"))
    elif whose == "agent":
        put(deps, "authorisations", Authorisation(id="u9", customer_id="payer", agent_phone=PHONE))
    else:
        put(deps, "ads", Ad(id="b", platform="图文", contact=PHONE, text="停息挂账", seen_at=NOON))
    assess(deps, someone(Role.ANALYST, purpose=Purpose.INVESTIGATION))
    with pytest.raises(OutOfOrder, match="an agent may hold"):
        help_customer(deps, VIC, payer, Reached(ChannelKind.CALL))


@pytest.mark.parametrize(("told", "safe"), [("他们让我把手机卡寄过去", False), ("我没有把手机卡寄给他们", True)])
def test_whoever_gave_the_sim_away_is_not_called(deps: Deps, told: str, safe: bool) -> None:
    """Whoever holds the card answers the call."""
    payer = id_of(deps, "payer")
    put(deps, "leads", Lead(id="l9", customer_id="payer", called_at=NOON, told=told))
    found = {one.kind: one.why for one in aid_view(deps, VIC, payer).channels}
    assert {kind for kind, why in found.items() if why is None} == set(ChannelKind) - (
        set() if safe else {ChannelKind.CALL}
    )
    if not safe:
        with pytest.raises(OutOfOrder, match="an agent may hold"):
            help_customer(deps, VIC, payer, Reached(ChannelKind.CALL))


def test_a_code_opens_its_link_however_it_was_typed(deps: Deps) -> None:
    link = make_link(deps, VIC, id_of(deps, "payer"))
    help_customer(deps, VIC, id_of(deps, "payer"), Proved(Proof.BRANCH, f" {link.code.lower()} "))
    assert help_page(deps, link.token).opened


@pytest.mark.parametrize(
    ("mine", "other", "safe"),
    [
        ({}, {"phone": PHONE}, False),
        ({"household": "h1"}, {"phone": PHONE, "household": "h2"}, False),
        ({"household": "none"}, {"phone": PHONE, "household": "none"}, False),
        ({"household": "h1"}, {"phone": PHONE, "household": "h1"}, True),
        ({"id_number": "110101199003070011"}, {"phone": PHONE, "id_number": "110101199003070011"}, True),
        ({}, {"phone": "13300133000"}, True),
    ],
)
def test_a_number_several_customers_are_held_under_is_unsafe(
    tmp_path: Path, mine: dict[str, str], other: dict[str, str], safe: bool
) -> None:
    """An agent has the numbers of many changed to one; a family that shares a number is told to be one."""
    with house(tmp_path, memory=True) as deps:
        for id_, cells in (("payer", {"phone": PHONE, **mine}), ("second", other)):
            put(deps, "customers", Customer(id=id_, phone_since=LONG, **cells))  # type: ignore[arg-type]
        told = {one.kind: one.why for one in aid_view(deps, VIC, id_of(deps, "payer")).channels}
        assert (told[ChannelKind.CALL] is None) is safe


def test_values_of_a_suspected_organisation_make_its_customers_possible_victims(tmp_path: Path) -> None:
    with house(tmp_path, memory=True) as deps:
        file_ring(deps, "abcd")
        assert aid_list(deps, VIC).lines == ()
        paid(deps, "a")
        assess(deps, someone())
        found = aid_list(deps, VIC)
        assert {line.possible.customer for line in found.lines} == {id_of(deps, f"c{n}") for n in "abcd"}


def test_from_found_to_money_back(deps: Deps, clock: FixedClock) -> None:
    payer = id_of(deps, "payer")
    with pytest.raises(OutOfOrder, match="second proof"):
        help_customer(deps, VIC, payer, SPENT)
    proved(deps)
    help_customer(deps, VIC, payer, SPENT)
    with pytest.raises(NotFound, match="exhibit"):
        help_customer(deps, VIC, payer, replace(SPENT, exhibits=("EX-0",)))
    for body, where in ((CardDone("sim", "none"), "step"), (CardDone("none", "x"), "situation")):
        with pytest.raises(InputError, match=where):
            help_customer(deps, VIC, payer, body)
    help_customer(deps, VIC, payer, CardDone("sim", "new_card"))
    made = make_paper(deps, VIC, payer, PaperKind.CLAIM, "zh")
    for part in (NAME, PHONE, "3,000.00", "青石咨询", "张某", "2026-03-20"):
        assert part in made.text
    help_customer(deps, VIC, payer, Filed("派出所", date(2026, 3, 20), f"〔2026〕1号 {PHONE}"))
    assert PHONE not in str(aid_view(deps, VIC, payer))
    clock.later(days=30)
    help_customer(deps, VIC, payer, Recovered(amount=300_000, on=date(2026, 4, 19), origin="对方"))
    help_customer(deps, VIC, payer, Closed("全部追回"))
    totals = aid_totals(deps, VIC)
    assert (totals.helped, totals.lost, totals.recovered, totals.whole, totals.days) == (1, 300_000, 300_000, 1, 30)
    assert payer not in {line.possible.customer for line in aid_list(deps, VIC).lines}
    assert aid_list(deps, VIC).ended == 1
    acts = aid_view(deps, VIC, payer).acts
    assert [act.kind.value for act in acts] == [
        "found",
        "proved",
        "loss",
        "card",
        "paper",
        "filed",
        "recovered",
        "closed",
    ]


def test_whoever_declines_is_left_alone_and_may_come_back(deps: Deps) -> None:
    payer = id_of(deps, "payer")
    help_customer(deps, VIC, payer, Declined("不需要"))
    assert payer not in {line.possible.customer for line in aid_list(deps, VIC).lines}
    with pytest.raises(OutOfOrder, match="declined"):
        help_customer(deps, VIC, payer, Reached(ChannelKind.CALL))
    proved(deps)
    assert payer in {line.possible.customer for line in aid_list(deps, VIC).lines}


def test_whoever_comes_by_themselves_is_taken_in_and_listed(deps: Deps) -> None:
    anybody = proved(deps, "anybody")
    view = aid_view(deps, VIC, anybody)
    assert view.facts.found
    assert view.facts.found.facts == (FactKind.TOLD,)
    assert view.facts.state is AidState.OPEN
    assert anybody in {line.possible.customer for line in aid_list(deps, VIC).lines}
    with pytest.raises(NotFound):
        help_customer(deps, VIC, "P-NOBODY", Declined())


def test_a_link_shows_nothing_of_anybody_until_its_own_code_was_proved(deps: Deps, clock: FixedClock) -> None:
    payer = id_of(deps, "payer")
    first, second = make_link(deps, VIC, payer), make_link(deps, VIC, payer)
    locked = help_page(deps, first.token)
    assert (locked.live, locked.opened, locked.code) == (True, False, first.code)
    assert not (locked.held or locked.masked or locked.facts or locked.situations or locked.papers)
    help_customer(deps, VIC, payer, Proved(Proof.BRANCH))
    assert not help_page(deps, first.token).opened, "the proof was given without this page in their hands"
    help_customer(deps, VIC, payer, Proved(Proof.FACE, first.code))
    shown = help_page(deps, first.token)
    assert shown.opened
    assert not help_page(deps, second.token).opened, "the other link may be in other hands"
    assert FactKind.PAID_AGENT in shown.facts
    assert {label.en: count for label, count in shown.held}["complaints"] == 1
    assert not [secret for secret in (NAME, PHONE, AGENT, "样板路1号") if secret in str(shown)]
    clock.later(seconds=int(LIVES.total_seconds()))
    assert not help_page(deps, first.token).live


def test_links_are_kept_as_digests_and_sign_nobody_in(tmp_path: Path) -> None:
    from mingcha.actions.accounts import actor_of

    with house(tmp_path, clock=FixedClock()) as deps:
        fill(deps)
        made = make_link(deps, VIC, id_of(deps, "payer"))
        with pytest.raises(NotPermitted):
            actor_of(deps, made.token)
        assert not help_page(deps, "nonsense").live
        assert not help_page(deps, made.token[:-1]).live
    held = (tmp_path / "house.db").read_bytes()
    assert made.token.encode() not in held
    assert "青石".encode() not in held


def test_letters_by_link_are_those_made_and_after_the_proof_alone(deps: Deps) -> None:
    payer = proved(deps)
    help_customer(deps, VIC, payer, SPENT)
    make_paper(deps, VIC, payer, PaperKind.CLAIM, "zh")
    link = make_link(deps, VIC, payer)
    for kind in (PaperKind.CLAIM, PaperKind.POLICE):
        with pytest.raises(NotFound):
            help_letter(deps, link.token, kind, "zh")
    help_customer(deps, VIC, payer, Proved(Proof.BRANCH, link.code))
    assert NAME in help_letter(deps, link.token, PaperKind.CLAIM, "zh")
    with pytest.raises(NotFound):
        help_letter(deps, link.token, PaperKind.POLICE, "zh")
    with pytest.raises(NotFound):
        help_letter(deps, "nonsense", PaperKind.CLAIM, "zh")


def test_a_warning_is_let_out_by_a_person_and_only_as_it_was_read(deps: Deps) -> None:
    drafted = draft_warning(deps, VIC)
    assert [one.id for one in drafted.warnings] == ["no_win", "pause"]
    assert HANDLE not in str(drafted)
    with pytest.raises(OutOfOrder, match="read it again"):
        approve_warning(deps, VIC, "0" * 64)
    assert "草稿" in warning_sheet(deps, drafted, "zh", staff=False).foot
    done = approve_warning(deps, VIC, drafted.sha256)
    assert (done.by, draft_warning(deps, VIC).by) == ("vic", "vic")
    assert "vic" in warning_sheet(deps, done, "zh", staff=True).foot
    public = warning_sheet(deps, done, "zh", staff=False)
    assert "2026-03-20" in public.foot
    assert "vic" not in str(public), "what everybody reads names nobody of the staff"
    put(
        deps,
        "ads",
        Ad(
            id="c",
            platform="图文",
            text="征信修复，七天洗白，加微信 zz_99999",
            soliciting="yes",
            judged_by="岗",
            seen_at=NOON,
        ),
    )
    assert draft_warning(deps, VIC).by is None, "it says something else by now"
    assert aid_totals(deps, VIC).found == 0, "a warning is nobody's help"


def test_an_old_ad_warns_of_nothing(deps: Deps, clock: FixedClock) -> None:
    clock.at += timedelta(days=200)
    assert draft_warning(deps, VIC).warnings == ()
    with pytest.raises(OutOfOrder, match="nothing to warn of"):
        approve_warning(deps, VIC, draft_warning(deps, VIC).sha256)


def flaws(deps: Deps) -> set[str]:
    asked = Asked(first=date(2026, 1, 1), last=date(2026, 12, 31), seed="7")
    return {flaw.code for flaw in inspect(deps, CAI, asked).flaws}


def test_erasing_a_customer_empties_their_help_and_closes_their_link(deps: Deps) -> None:
    payer = proved(deps)
    help_customer(deps, VIC, payer, SPENT)
    link = make_link(deps, VIC, payer)
    help_customer(deps, VIC, payer, Proved(Proof.BRANCH, link.code))
    assert help_page(deps, link.token).opened
    before = flaws(deps)
    erase_customer(deps, someone(Role.CONSUMER_PROTECTION), "test", "payer", "本人要求")
    assert not help_page(deps, link.token).live
    with pytest.raises(NotFound):
        aid_view(deps, VIC, payer)
    with deps.store.read() as work:
        kept = work.books.acts("aid", [payer])[payer]
    assert kept
    assert not any(one.wrapped or one.body for one in kept)
    assert flaws(deps) == before
    assert "book_act_changed" not in before
    assert all(one.broken_at is None for one in verify(deps, CAI))


def test_an_inspection_names_acts_that_were_tampered_with(tmp_path: Path) -> None:
    with house(tmp_path, clock=FixedClock()) as deps:
        fill(deps)
        proved(deps)
        assert "book_act_changed" not in flaws(deps)
    with sqlite3.connect(tmp_path / "house.db") as raw:
        raw.execute("UPDATE book_acts SET kind = 'declined' WHERE kind = 'proved'")
    with house(tmp_path, clock=FixedClock()) as deps:
        assert "book_act_changed" in flaws(deps)


def test_one_customer_looked_at_alone_is_who_the_list_says(tmp_path: Path) -> None:
    """The list reads the house by what organisations and ads give, a page by what one customer states: the two agree."""
    with house(tmp_path, memory=True) as deps:
        file_ring(deps, "abcd")
        paid(deps, "a")
        again = (Ad(id=f"z{n}", platform="问答", handle=HANDLE, text="停息挂账", seen_at=NOON) for n in range(7))
        put(deps, "ads", *(replace(one, soliciting="yes", judged_by="岗") for one in again))
        fill(deps)
        listed = {line.possible.customer: line.possible for line in aid_list(deps, VIC).lines}
        with deps.store.read() as work:
            everybody = [one.id for one in work.records.scan("customers")]
        assert len(everybody) > len(listed) > 5
        for id_ in everybody:
            assert aid_view(deps, VIC, id_).possible == listed.get(id_)
