"""Ads that a person judged to solicit meet the rings of those who state what they give, at once and as a run would have it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.actions.test_ads import judge
from tests.actions.test_increment import same_after_a_run
from tests.actions.test_rings import ANALYST, file, held, letter, people, run

from mingcha.actions import ad_ties
from mingcha.actions.ad_objections import record_objection, uphold_objection
from mingcha.actions.ad_reach import REACH, REACHED, reach_missing
from mingcha.actions.ad_sightings import erase_ad
from mingcha.actions.ad_words import judge_ad
from mingcha.actions.deps import Deps
from mingcha.actions.rings import ring_view
from mingcha.model.account import Ad
from mingcha.model.actor import Purpose, Role
from mingcha.model.ad_cycle import Solicits, Stage
from mingcha.model.advert import Trade
from mingcha.model.complaint import Complaint
from mingcha.model.finding import Conduct
from mingcha.model.party import Authorisation, Customer
from mingcha.model.ring import RingStatus
from mingcha.model.traces import Lead, Loss
from mingcha.testing.house import NOON, house, put, someone

ANN = someone(Role.AD_MONITOR, name="ann", purpose=Purpose.INVESTIGATION)
LEO = someone(Role.LEGAL, name="leo", purpose=Purpose.INVESTIGATION)
HANDLE, NUMBER, PAYEE = "zw_8888", "13700137000", "acct_778899"
GIVEN: dict[str, dict[str, Any]] = {
    "handle": {"handle": HANDLE},
    "contact": {"contact": HANDLE},
    "author": {"author": HANDLE},
    "text": {"text": f"专业停息挂账，加微信 {HANDLE} 详聊"},
    "codes": {"codes": f"https://u.example/abc\n{HANDLE}"},
}


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Deps]:
    with house(tmp_path, memory=True) as made:
        for n in "123456":
            file(made, n, f"1360013600{n}", seal=f"Q-{n}")
        run(made)
        yield made


def ad(id_: str = "1", **given: Any) -> Ad:
    return Ad(id=id_, **{"platform": "抖音", "work_id": id_, "seen_at": NOON, "text": "专业停息挂账"} | given)


def ad_id(deps: Deps) -> str:
    with deps.store.read() as work:
        return next(one.id for one in work.ads.all_items())


def say(deps: Deps, word: Solicits = Solicits.YES) -> None:
    judge_ad(deps, ANN, judge, ad_id(deps), word, Trade.SUSPENSION if word is Solicits.YES else None, "看过")


def filed(deps: Deps, said: str = f"对方加微信 {HANDLE} 让我这样写") -> None:
    """Four customers with one agent's number in their authorisations, who quote a handle."""
    put(deps, "customers", *(Customer(id=f"cx{n}", name="王某", verified=True, household=f"x{n}", employer="none", merchant="none") for n in range(4)))  # fmt: skip
    put(deps, "complaints", *(Complaint(id=f"x{n}", received_at=NOON, text=f"第{n}件，{said}", licence="bank", customer_id=f"cx{n}", filer_role="self", filer_phone=f"1350013500{n}") for n in range(4)))  # fmt: skip
    put(deps, "authorisations", *(Authorisation(id=f"w{n}", complaint_id=f"x{n}", customer_id=f"cx{n}", agent_name="经办人", agent_phone="13900139000", relation="other") for n in range(4)))  # fmt: skip


@pytest.mark.parametrize("place", sorted(GIVEN))
def test_a_ring_becomes_suspected_the_moment_a_person_says_the_ad_solicits(deps: Deps, place: str) -> None:
    filed(deps)
    put(deps, "ads", ad(**GIVEN[place]))
    assert [one.status for one in held(deps)] == [RingStatus.JOINT_GRIEVANCE]
    same_after_a_run(deps)
    say(deps)
    (ring,) = held(deps)
    assert ring.status is RingStatus.SUSPECTED
    assert {conduct for conduct, _, _ in ring.conduct} == {Conduct.SOLICITING_AD}
    assert "ad_handle" in {member.kind for member in ring.members}
    assert ring_view(deps, ANALYST, ring.id).ads == ((ad_id(deps), Stage.SOLICITS),)
    same_after_a_run(deps)
    say(deps, Solicits.NO)
    assert [one.status for one in held(deps)] == [RingStatus.JOINT_GRIEVANCE]
    same_after_a_run(deps)


def test_a_complaint_that_comes_after_the_ad_meets_it(deps: Deps) -> None:
    put(deps, "ads", ad(**GIVEN["text"]))
    say(deps)
    filed(deps)
    assert [one.status for one in held(deps)] == [RingStatus.SUSPECTED]
    same_after_a_run(deps)


def test_a_new_sighting_of_an_ad_that_was_judged_meets_whom_it_concerns(deps: Deps) -> None:
    filed(deps)
    put(deps, "ads", ad(author="dy1"))
    say(deps)
    assert [one.status for one in held(deps)] == [RingStatus.JOINT_GRIEVANCE]
    put(deps, "ads", replace(ad("2", contact=HANDLE), work_id="1"))
    assert [one.status for one in held(deps)] == [RingStatus.SUSPECTED]
    same_after_a_run(deps)


def test_what_is_amended_erased_or_objected_to_lets_go(deps: Deps) -> None:
    filed(deps)
    put(deps, "ads", ad(contact=HANDLE, soliciting="yes", judged_by="监测岗"))
    assert [one.status for one in held(deps)] == [RingStatus.SUSPECTED]
    put(deps, "ads", ad(contact="zw_9999", soliciting="yes", judged_by="监测岗"))
    assert [one.status for one in held(deps)] == [RingStatus.JOINT_GRIEVANCE]
    put(deps, "ads", ad(contact=HANDLE, soliciting="yes", judged_by="监测岗"))
    same_after_a_run(deps)
    record_objection(deps, ANN, ad_id(deps), "不是我")
    uphold_objection(deps, LEO, ad_id(deps), "属实")
    assert [one.status for one in held(deps)] == [RingStatus.JOINT_GRIEVANCE]
    same_after_a_run(deps)


def test_erasing_an_ad_lets_go_of_all_it_could_be_reached_by(deps: Deps) -> None:
    filed(deps)
    put(deps, "ads", ad(contact=HANDLE, codes="wxp://f2f0abc", soliciting="yes", judged_by="监测岗"))
    erase_ad(deps, someone(Role.CONSUMER_PROTECTION), ad_id(deps), "申请删除")
    assert [one.status for one in held(deps)] == [RingStatus.JOINT_GRIEVANCE]
    with deps.store.read() as work:
        assert [*work.summaries.all(REACH), *work.summaries.all(REACHED)] == []
    same_after_a_run(deps)


def test_law_3_one_number_is_one_thread_whatever_ad_gives_it(deps: Deps) -> None:
    """A number in letters and in a soliciting ad is one family of ties, however bad the ad."""
    put(deps, "customers", *people(*"wxyz"))
    put(deps, "complaints", *(replace(letter(n, f"1350013500{k}"), text=f"第{n}件，中介电话 {NUMBER}") for k, n in enumerate("wxyz")))  # fmt: skip
    put(deps, "ads", ad(contact=NUMBER, text=f"停息挂账找我 {NUMBER}"))
    say(deps)
    assert held(deps) == []
    same_after_a_run(deps)


@pytest.mark.parametrize("what", ["agent", "lead", "payee"])
def test_numbers_and_payees_of_records_are_conduct_where_an_ad_gives_them(deps: Deps, what: str) -> None:
    file(deps, "abcd")
    given = PAYEE if what == "payee" else NUMBER
    records: dict[str, tuple[str, Any]] = {
        "agent": ("authorisations", Authorisation(id="w1", complaint_id="a", customer_id="ca", agent_phone=NUMBER, relation="other")),
        "lead": ("leads", Lead(id="l1", customer_id="ca", caller_phone=NUMBER)),
        "payee": ("losses", Loss(id="z1", customer_id="ca", payee=PAYEE, proof="none")),
    }  # fmt: skip
    kind, record = records[what]
    put(deps, kind, record)
    put(deps, "ads", ad(contact=given))
    assert [one.status for one in held(deps)] == [RingStatus.JOINT_GRIEVANCE]
    say(deps)
    assert [one.status for one in held(deps)] == [RingStatus.SUSPECTED]
    same_after_a_run(deps)


@pytest.mark.parametrize(
    "given",
    [
        {"text": "招行 400-820-5555 别再接了，专业停息挂账"},
        {"contact": "12378", "text": "打 12378 投诉"},
        {"author": "95588"},
        {"text": "www.example.com 逾期必看"},
    ],
)
def test_a_line_that_everybody_may_call_ties_nobody_to_an_ad(deps: Deps, given: dict[str, Any]) -> None:
    filed(deps, "我打过 400-820-5555 和 12378，95588 也打了，还看了 www.example.com")
    put(deps, "ads", ad(**given))
    say(deps)
    assert {status for one in held(deps) if (status := one.status) is RingStatus.SUSPECTED} == set()


def test_the_customers_own_number_in_an_ad_says_nothing(deps: Deps) -> None:
    """Whoever quotes the number they are called on is no agent, whatever post gives it."""
    file(deps, "abcd")
    put(deps, "customers", replace(people("a")[0], phone=NUMBER))
    put(deps, "complaints", replace(letter("a"), text=f"请打我电话 {NUMBER}"))
    put(deps, "ads", ad(contact=NUMBER, text=f"电话 {NUMBER}"))
    say(deps)
    assert [one.status for one in held(deps)] == [RingStatus.JOINT_GRIEVANCE]


def test_a_house_of_before_finds_its_ads_with_the_next_run(deps: Deps) -> None:
    put(deps, "ads", ad(contact=HANDLE, soliciting="yes", judged_by="监测岗"))
    with deps.store.write() as work:
        for kind in (REACH, REACHED):
            work.summaries.replace(kind, [])
    filed(deps)
    assert [one.status for one in held(deps)] == [RingStatus.JOINT_GRIEVANCE]
    run(deps)
    assert [one.status for one in held(deps)] == [RingStatus.SUSPECTED]
    assert reach_missing(deps) == 0


def test_so_many_that_state_it_wait_for_the_next_run(deps: Deps, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ad_ties, "AT_ONCE", 3)
    filed(deps)
    assert put(deps, "ads", ad(contact=HANDLE, soliciting="yes", judged_by="监测岗")).rings_waiting == 4
    assert [one.status for one in held(deps)] == [RingStatus.JOINT_GRIEVANCE]
    run(deps)
    assert [one.status for one in held(deps)] == [RingStatus.SUSPECTED]


STEPS = ("ad", "other ad", "yes", "no", "unsure", "file", "amend", "erase")


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=st.permutations(STEPS).map(lambda steps: steps[:6]))
def test_whatever_comes_in_whichever_order_a_run_changes_nothing(steps: list[str], tmp_path_factory: Any) -> None:
    with house(tmp_path_factory.mktemp("h"), memory=True) as deps:
        file(deps, "1", "13600136001", seal="Q")
        run(deps)
        for step in steps:
            with deps.store.read() as work:
                there = any(one.account or one.sightings for one in work.ads.all_items())
            if step == "ad":
                put(deps, "ads", ad(contact=HANDLE))
            elif step == "other ad":
                put(deps, "ads", ad("7", handle="13900139000", soliciting="yes", judged_by="监测岗"))
            elif step == "file":
                filed(deps)
            elif step == "amend":
                put(deps, "ads", ad("7", handle=HANDLE, soliciting="no", judged_by="监测岗"))
            elif there and step == "erase":
                erase_ad(deps, someone(Role.CONSUMER_PROTECTION), ad_id(deps), "申请删除")
            elif there:
                try_say(deps, Solicits(step))
        same_after_a_run(deps)


def try_say(deps: Deps, word: Solicits) -> None:
    """A word, where the ad was not erased."""
    with deps.store.read() as work:
        item = next(iter(work.ads.all_items()))
        alive = any(one.wrapped for one in work.records.heads("ads", item.sightings).values())
    if alive:
        say(deps, word)
