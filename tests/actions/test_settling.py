"""What falls, falls at once in every case that rests on it, by whoever felled it; the sweep of the night finds nothing left."""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from tests.actions.case_house import (
    ANN,
    CAI,
    CAT,
    HANNA,
    INV,
    LEO,
    NAMES,
    about,
    ad_of,
    agreed,
    cheated,
    checks,
    decided,
    facts,
    first,
    key,
    letter,
    ready,
    ring_of,
    sent,
)

from mingcha.actions import rings as room
from mingcha.actions import take_in
from mingcha.actions.ad_objections import record_objection, uphold_objection
from mingcha.actions.ad_sightings import erase_ad
from mingcha.actions.ad_words import judge_ad
from mingcha.actions.assess import assess
from mingcha.actions.case_book import some_cases
from mingcha.actions.casework import Referred, Worked, agree_to_referral, open_case, refer, see_case, work_on_case
from mingcha.actions.corrections import corrections
from mingcha.actions.decide import decide_merit, standing, undo
from mingcha.actions.deps import Deps
from mingcha.actions.erase import erase_customer
from mingcha.actions.exhibits import erase_exhibit, keep_exhibit
from mingcha.actions.ports.store import Work
from mingcha.actions.referral_pack import build_pack
from mingcha.actions.ring_book import rings_named
from mingcha.actions.settling import RESTS, settle_all
from mingcha.actions.verify import verify
from mingcha.casework.lost import merit_changed
from mingcha.casework.papers import texts
from mingcha.errors import OutOfOrder
from mingcha.model.actor import Role
from mingcha.model.ad_cycle import Solicits
from mingcha.model.advert import Trade
from mingcha.model.case import Added, DemandNoted, Held, Opened, SetAside, Shown, Subject, SubjectKind
from mingcha.model.case_facts import CaseFacts
from mingcha.model.case_out import FindingFell, FindingLost, Lost, ReferralDrafted, ReferralSent
from mingcha.model.complaint import Attachment, Complaint, PaperCheck
from mingcha.model.decision import MeritVerdict
from mingcha.model.exhibit import About
from mingcha.model.party import Customer
from mingcha.model.sheet import Sheet
from mingcha.testing.house import NOON, FixedClock, put, someone
from mingcha.wiring import ad_judge

WORKER = someone(Role.ANALYST, name="worker", purpose=INV)


@pytest.fixture(params=["memory", "sqlite"])
def deps(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Deps]:
    with cheated(tmp_path, memory=request.param == "memory") as deps:
        decided(deps)
        yield deps


def judged(deps: Deps, word: Solicits) -> None:
    trade = Trade.ANTI_COLLECTION if word is Solicits.YES else None
    judge_ad(deps, ANN, ad_judge(deps.standards).judge, ad_of(deps), word, trade, "看过")


def issuers_confirm(deps: Deps) -> None:
    """The papers were genuine after all: no conduct is left."""
    put(deps, "issuers", *checks(*NAMES, result="confirmed"))


def numbers_were_wrong(deps: Deps) -> None:
    """Each was filed from a number of its own: one family of ties is left, and the ring is none."""
    put(deps, "complaints", *(letter(n, f"1390013900{n}") for n in NAMES))


def issuers_confirm_and_a_run_finds_it(deps: Deps) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(take_in, "AT_ONCE", 0)  # as a file of many leaves it to the next run
        issuers_confirm(deps)
    assess(deps, someone(name="worker"))


def merit_undone(deps: Deps) -> None:
    with deps.store.read() as work:
        made = standing(work.desk.decisions(key(deps, "2"))).merit
    assert made is not None
    undo(deps, HANNA, key(deps, "2"), made.id, "看错了")


def merit_upheld(deps: Deps) -> None:
    decide_merit(deps, HANNA, key(deps, "2"), MeritVerdict.UPHELD, (), "再核")


def ring_parted(deps: Deps) -> None:
    for other in "1345":
        room.untie(deps, ANN, key(deps, "2"), key(deps, other), "本人来电，与他人无关")


def objection_upheld(deps: Deps) -> None:
    record_objection(deps, LEO, ad_of(deps), "是我自己的经历")
    uphold_objection(deps, someone(Role.LEGAL, name="mia", purpose=INV), ad_of(deps), "确是经历")


def ad_erased(deps: Deps) -> None:
    erase_ad(deps, CAT, ad_of(deps), "本人要求")


def customer_erased(deps: Deps) -> None:
    erase_customer(deps, CAT, "test", "c2", "本人要求")


def exhibit_erased(deps: Deps) -> None:
    (shown,) = _exhibits(deps)
    erase_exhibit(deps, CAT, shown, "本人要求")


def _exhibits(deps: Deps) -> list[str]:
    with deps.store.read() as work:
        return [one.id for one in work.exhibits.all() if one.derived_from]


def set_aside(deps: Deps) -> None:
    """Whoever works on the case takes out a complaint it named by itself: it is still of the ring."""
    (case,) = _cases(deps)
    work_on_case(deps, ANN, case, SetAside(Subject(SubjectKind.RING, ring_of(deps)), "另案处理"))


def _cases(deps: Deps) -> list[str]:
    with deps.store.read() as work:
        return sorted({one.of for one in work.books.all_acts("cases")})


PATHS: list[tuple[Callable[[Deps], None], str, Lost, str]] = [
    (issuers_confirm, "ring", Lost.RING_LAWFUL, "test"),
    (issuers_confirm_and_a_run_finds_it, "ring", Lost.RING_LAWFUL, "worker"),
    (numbers_were_wrong, "ring", Lost.RING_GONE, "test"),
    (merit_undone, "2", Lost.MERIT, "hanna"),
    (merit_upheld, "2", Lost.MERIT, "hanna"),
    (ring_parted, "2", Lost.LEFT, "ann"),
    (objection_upheld, "ad", Lost.NO_AD, "mia"),
    (lambda deps: judged(deps, Solicits.NO), "ad", Lost.NO_AD, "ann"),
    (ad_erased, "ad", Lost.ERASED, "cat"),
    (customer_erased, "2", Lost.ERASED, "cat"),
    (exhibit_erased, "exhibit", Lost.ERASED, "cat"),
    (set_aside, "ring", Lost.LEFT, "ann"),
]


def named(deps: Deps, what: str) -> str:
    return {"ring": lambda: ring_of(deps), "ad": lambda: ad_of(deps), "exhibit": lambda: _exhibits(deps)[0]}.get(
        what, lambda: key(deps, what)
    )()


@pytest.mark.parametrize("left", [True, False], ids=["handed_over", "agreed"])
@pytest.mark.parametrize(("path", "what", "cause", "by"), PATHS)
def test_each_path_settles_at_once_and_the_sweep_finds_nothing(
    deps: Deps, path: Callable[[Deps], None], what: str, cause: Lost, by: str, left: bool
) -> None:
    judged(deps, Solicits.YES)
    case, _ = (sent if left else agreed)(deps, ring_of(deps), ad_of(deps))
    finding = named(deps, what)
    assert finding in first(deps, case).rests_on
    before = facts(deps, case)
    assert settle_all(deps, WORKER) == 0, "all is well"
    path(deps)
    after = facts(deps, case)
    told = {one.finding: one for one in after.referrals[0].fallen}
    assert (told[finding].cause, told[finding].by.removeprefix("local:")) == (cause, by)
    assert set(after.worked_on_by) - set(before.worked_on_by) == set(), (
        "what fell by itself makes nobody work on the case"
    )
    assert after.referrals[0].owes_correction is left
    assert settle_all(deps, WORKER) == 0, "the sweep finds nothing left"
    assert all(one.broken_at is None for one in verify(deps, CAI))


def test_a_ring_that_went_into_another_is_told_as_that_and_clears_nobody(deps: Deps) -> None:
    names = "678"
    other = [letter(n, "13900139000") for n in names]
    whose = [
        Customer(id=f"c{n}", name="李", verified=True, household=f"h{n}", employer="none", merchant="none")
        for n in names
    ]
    put(deps, "customers", *whose)
    put(deps, "complaints", *other)
    papers(deps, names, "S-2")
    for n in names:
        decide_merit(deps, HANNA, key(deps, n), MeritVerdict.NOT_UPHELD, (), "已核")
    (small,) = [one.id for one in room.listed(deps, ANN).rings if key(deps, "6") in one.complaints]
    subjects = (Subject(SubjectKind.RING, small),)
    case = ready(
        deps, open_case(deps, ANN, Opened(title="小", playbook="ring_level_1", subjects=subjects, reason="查")).case
    )
    body = ReferralDrafted(addressee="police", offence="extortion", stage=1, rests_on=(small,))
    of = refer(deps, ANN, case, body).id
    for one in (ANN, LEO):
        agree_to_referral(deps, one, case, of)
    refer(deps, ANN, case, ReferralSent(of, "ab" * 32, deps.now()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(take_in, "AT_ONCE", 0)  # it is found in one step
        put(deps, "complaints", *(letter(n) for n in names))
        papers(deps, names, "S-1")
    assess(deps, someone(name="worker"))
    assert [one.id for one in room.listed(deps, ANN).rings] == [ring_of(deps)]
    assert [(one.finding, one.cause) for one in first(deps, case).fallen] == [(small, Lost.MERGED)]
    (owed,) = corrections(deps, ANN).referrals
    assert owed.people == ()
    assert settle_all(deps, WORKER) == 0


def papers(deps: Deps, names: str, seal: str) -> None:
    """Forged papers of one seal."""
    put(deps, "attachments", *(Attachment(id=f"a{n}", complaint_id=n, paper_kind="medical", seal=seal) for n in names))
    denied = (PaperCheck(id=f"i{n}", attachment_id=f"a{n}", complaint_id=n, seal=seal, result="denied") for n in names)
    put(deps, "issuers", *denied)


def test_a_family_that_ended_falls_when_its_letters_are_erased(deps: Deps) -> None:
    text = "我于三月向贵行申请停息挂账，贵行拒绝，现要求按照监管规定减免全部利息并停止催收，否则继续投诉到底，请书面答复本人。"
    put(deps, "customers", *(Customer(id=f"f{n}", name="李", verified=True) for n in "12"))
    put(
        deps,
        "complaints",
        *(Complaint(id=f"f{n}", received_at=NOON, text=text, licence="bank", customer_id=f"f{n}") for n in "12"),
    )
    assess(deps, someone())
    with deps.store.read() as work:
        (row,) = work.campaigns.memberships([key(deps, "f1")]).values()
    case, of = about(deps)
    work_on_case(deps, ANN, case, Added(Subject(SubjectKind.FAMILY, row.family), "同文"))
    later = refer(deps, ANN, case, replace(first(deps, case).drafted, rests_on=(row.family,))).id
    for one in (ANN, LEO):
        agree_to_referral(deps, one, case, later)
    for n in "12":
        erase_customer(deps, CAT, "test", f"f{n}", "本人要求")
    old, new = facts(deps, case).referrals
    assert (old.id, [one.cause for one in new.fallen]) == (of, [Lost.GONE])
    assert settle_all(deps, WORKER) == 0


def test_the_sweep_finds_what_was_missed_and_mends_the_index(deps: Deps) -> None:
    case, _ = sent(deps)
    with deps.store.write() as work:
        work.summaries.replace(RESTS, [])  # as a house of before there was an index
    merit_undone(deps)
    assert first(deps, case).fallen == ()
    assert settle_all(deps, WORKER) == 1
    assert [(one.finding, one.by) for one in first(deps, case).fallen] == [(key(deps, "2"), "worker")]
    room.untie(deps, ANN, key(deps, "1"), key(deps, "3"), "无关")
    assert settle_all(deps, WORKER) == 0


def test_no_case_is_read_where_none_rests_on_what_changed(deps: Deps, monkeypatch: pytest.MonkeyPatch) -> None:
    case, _ = sent(deps)
    read: list[list[str]] = []

    def watched(held: Deps, work: Work, cases: list[str]) -> dict[str, CaseFacts]:
        read.append(cases)
        return some_cases(held, work, cases)

    monkeypatch.setattr("mingcha.actions.settling.some_cases", watched)
    put(
        deps,
        "complaints",
        Complaint(id="9", received_at=NOON, text="利息太高", licence="bank", filer_phone="13900139000"),
    )
    decide_merit(deps, HANNA, key(deps, "9"), MeritVerdict.UPHELD, (), "属实")
    judged(deps, Solicits.YES)
    assess(deps, someone())
    assert read == []
    merit_upheld(deps)
    assert read == [[case]]


def test_what_stands_again_takes_nothing_back_and_is_referred_anew(deps: Deps) -> None:
    judged(deps, Solicits.YES)
    case, of = sent(deps, ring_of(deps), ad_of(deps))
    judged(deps, Solicits.NO)
    body = first(deps, case).drafted
    with pytest.raises(OutOfOrder, match="not held to be a soliciting ad"):
        refer(deps, ANN, case, body)
    judged(deps, Solicits.YES)
    assert first(deps, case).owes_correction
    again = refer(deps, ANN, case, body).id
    for one in (ANN, LEO):
        agree_to_referral(deps, one, case, again)
    old, new = facts(deps, case).referrals
    assert (old.id, old.owes_correction, new.fallen) == (of, True, ())


def test_what_a_person_said_fell_is_never_rested_on_again(deps: Deps) -> None:
    case, _ = sent(deps)
    work_on_case(deps, ANN, case, FindingFell(key(deps, "3"), "本人来电，与之无关"))
    body = first(deps, case).drafted
    of = refer(deps, ANN, case, body).id
    for one in (ANN, LEO):
        agree_to_referral(deps, one, case, of)
    assert key(deps, "3") not in facts(deps, case).referrals[1].tells
    with pytest.raises(OutOfOrder, match="fell"):
        refer(
            deps,
            ANN,
            case,
            ReferralDrafted(addressee="police", offence="extortion", stage=1, rests_on=(key(deps, "3"),)),
        )


def drawn_anew(deps: Deps, case: str, *rests_on: str) -> tuple[str, str]:
    """A further referral of a case, agreed to, and all its pack says."""
    body = replace(first(deps, case).drafted, rests_on=rests_on or first(deps, case).drafted.rests_on)
    of = refer(deps, ANN, case, body).id
    for one in (ANN, LEO):
        agree_to_referral(deps, one, case, of)
    told: list[str] = []

    def seen(sheet: Sheet, *_: object) -> bytes:
        told.extend(texts([sheet]))
        return b""

    build_pack(deps, ANN, case, of, seen)
    return of, "\n".join(told)


def test_an_organisation_or_ad_a_person_said_fell_is_told_of_by_no_further_pack(deps: Deps) -> None:
    judged(deps, Solicits.YES)
    case, _ = sent(deps, ring_of(deps), ad_of(deps))
    for finding in (ring_of(deps), ad_of(deps)):
        work_on_case(deps, ANN, case, FindingFell(finding, "另有其人"))
    _, said = drawn_anew(deps, case, key(deps, "5"))
    assert key(deps, "5") in said
    assert not any(told in said for told in (key(deps, "1"), ring_of(deps), ad_of(deps)))


def test_an_exhibit_a_person_said_fell_is_in_no_further_pack(deps: Deps) -> None:
    case, _ = sent(deps)
    (bad,) = _exhibits(deps)
    with deps.store.read() as work:
        (whole,) = [one.id for one in work.exhibits.all() if not one.derived_from]
    told = About(name="n.txt", of=(case,), media="text/plain", system="录音系统", how="导出", taken_at=NOON)
    good = keep_exhibit(deps, ANN, io.BytesIO(b"**"), replace(told, derived_from=whole, step="遮蔽")).id
    work_on_case(deps, ANN, case, Shown("extortion.threat", (good,), "原话"))
    work_on_case(deps, ANN, case, DemandNoted(complaint=key(deps, "5"), exhibit=bad, words="不给钱就天天投诉"))
    work_on_case(deps, ANN, case, FindingFell(bad, "录音系他人"))
    of, said = drawn_anew(deps, case)
    assert good in said
    assert not any(told in said for told in (bad, "天天投诉"))
    (_, new) = facts(deps, case).referrals
    assert (new.id, bad in new.tells, good in new.tells) == (of, False, True)


def test_a_complaint_that_was_erased_is_told_of_by_no_further_pack(deps: Deps) -> None:
    case, _ = sent(deps)
    erase_customer(deps, CAT, "test", "c5", "本人要求")
    _, said = drawn_anew(deps, case)
    assert key(deps, "5") not in said
    assert settle_all(deps, WORKER) == 0
    assert facts(deps, case).referrals[1].fallen == ()


def test_nobody_agrees_to_what_does_not_stand(deps: Deps) -> None:
    judged(deps, Solicits.YES)
    case, of = agreed(deps, ad_of(deps))
    later = refer(deps, ANN, case, first(deps, case).drafted).id
    judged(deps, Solicits.UNSURE)
    with pytest.raises(OutOfOrder, match="soliciting"):
        agree_to_referral(deps, ANN, case, later)
    with pytest.raises(OutOfOrder, match="fell"):
        build_pack(deps, ANN, case, of, lambda *_: b"")


def test_an_ad_s_hold_goes_before_its_erasure(deps: Deps) -> None:
    case, _ = agreed(deps)
    work_on_case(deps, ANN, case, Held("诉讼"))
    with pytest.raises(OutOfOrder, match="legal hold"):
        ad_erased(deps)


def test_a_case_of_which_something_left_is_not_destroyed_with_its_one_customer(deps: Deps) -> None:
    case, _ = sent(deps)
    alone = (Subject(SubjectKind.COMPLAINT, key(deps, "2")),)
    lone = open_case(deps, ANN, Opened(title="另", playbook="ring_level_1", subjects=alone, reason="查")).case
    done = erase_customer(deps, CAT, "test", "c2", "本人要求")
    assert lone not in done.cases, "it was about nobody else and nothing of it left: it went"
    assert case in done.cases
    assert see_case(deps, ANN, case).facts.referrals[0].owes_correction


def test_a_case_two_agreed_to_refer_outlives_its_one_customer_and_the_index_forgets_what_was_erased(deps: Deps) -> None:
    alone = (Subject(SubjectKind.COMPLAINT, key(deps, "2")),)
    opened = open_case(deps, ANN, Opened(title="另", playbook="ring_level_1", subjects=alone, reason="查")).case
    case = ready(deps, opened)
    body = ReferralDrafted(addressee="police", offence="extortion", stage=1, rests_on=(key(deps, "2"),))
    of = refer(deps, ANN, case, body).id
    for one in (ANN, LEO):
        agree_to_referral(deps, one, case, of)
    done = erase_customer(deps, CAT, "test", "c2", "本人要求")
    assert done.cases == (case,), "its pack may be anywhere, whether or not anybody entered that it left"
    refer(deps, ANN, case, ReferralSent(of, "ab" * 32, deps.now()))
    assert first(deps, case).owes_correction
    settle_all(deps, WORKER)
    with deps.store.read() as work:
        assert list(work.summaries.all(RESTS)) == []


def test_a_verdict_undone_and_made_again_fell_all_the_same(tmp_path: Path) -> None:
    clock = FixedClock()
    with cheated(tmp_path, memory=True, clock=clock) as deps:
        decided(deps)
        clock.later(hours=1)
        since = clock.now()
        merit_undone(deps)
        decide_merit(deps, HANNA, key(deps, "2"), MeritVerdict.NOT_UPHELD, (), "仍是")
        with deps.store.read() as work:
            made = {n: work.desk.decisions(key(deps, n)) for n in NAMES}
        assert {n for n in NAMES if merit_changed(made[n], since)} == {"2"}
        assert not any(merit_changed(made[n][:1], since) for n in NAMES)


def test_the_act_of_the_house_is_sealed_and_has_no_door() -> None:
    assert FindingLost not in {*get_args(Worked), *get_args(Referred)}


def test_a_pack_tells_of_nothing_that_came_in_after_two_agreed(deps: Deps) -> None:
    case, of = agreed(deps)
    put(
        deps,
        "customers",
        Customer(id="c6", name="王6", verified=True, household="h6", employer="none", merchant="none"),
    )
    put(deps, "complaints", letter("6"))
    put(deps, "attachments", Attachment(id="a6", complaint_id="6", paper_kind="medical", seal="S-1"))
    with deps.store.read() as work:
        (ring,) = rings_named(work, [ring_of(deps)])
    assert key(deps, "6") in ring.complaints, "it joined"
    told: list[str] = []

    def seen(sheet: Sheet, *_: object) -> bytes:
        told.extend(texts([sheet]))
        return b""

    build_pack(deps, ANN, case, of, seen)
    said = "\n".join(told)
    assert key(deps, "5") in said
    assert key(deps, "6") not in said
