"""Cases in the house: open to those admitted, sealed, in two pairs of eyes, in memory and on SQLite."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.actions.stores import STORES, house_on

from mingcha.actions.accounts import create_account
from mingcha.actions.book import act_fits
from mingcha.actions.casework import (
    agree_to_referral,
    answer_case_objection,
    break_glass,
    cases,
    open_case,
    record_case_objection,
    refer,
    say_urgent,
    see_case,
    work_on_case,
)
from mingcha.actions.deps import Deps
from mingcha.actions.inspection.inspect import Asked, inspect
from mingcha.actions.sealing import ACCESS, DECISIONS
from mingcha.actions.verify import verify
from mingcha.casework.outgoing import may_leave, referral
from mingcha.errors import InputError, NotFound, NotPermitted, OutOfOrder
from mingcha.evidence.canonical import parse
from mingcha.model.account import Ad
from mingcha.model.actor import Actor, Purpose, Role
from mingcha.model.case import (
    Admitted,
    Assigned,
    Begun,
    CaseActKind,
    CaseState,
    Exculpated,
    Line,
    Noted,
    ObjectionAnswered,
    Opened,
    Shown,
    StepDone,
    Subject,
    SubjectKind,
)
from mingcha.model.case_out import ReferralDrafted, ReferralSent
from mingcha.testing.house import NOON, FixedClock, house, put, someone

INV = Purpose.INVESTIGATION
ANN = someone(Role.ANALYST, name="ann", purpose=INV)
BOB = someone(Role.ANALYST, name="bob", purpose=INV)
LEO = someone(Role.LEGAL, name="leo", purpose=INV)
CAT = someone(Role.CONSUMER_PROTECTION, name="cat", purpose=INV)
CAI = someone(Role.INSPECTOR, name="cai", purpose=Purpose.INSPECTION)
SECRET = "王某向青石所交了八千元"


@pytest.fixture(params=STORES)
def deps(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Deps]:
    with house_on(request.param, tmp_path, FixedClock()) as deps:
        put(deps, "ads", Ad(id="1", platform="抖音", work_id="731", text="不成功不收费，加微信", seen_at=NOON))
        yield deps


def _ad(deps: Deps) -> str:
    with deps.store.read() as work:
        return next(iter(work.ads.all_items())).id


def opened(deps: Deps, by: Actor = ANN) -> str:
    """A case about the one ad."""
    subjects = (Subject(SubjectKind.AD, _ad(deps)),)
    return open_case(deps, by, Opened(title="青石所", playbook="ad_ring", subjects=subjects, reason="同一账号")).case


def drafted(deps: Deps) -> tuple[str, str]:
    """A case with a referral drafted, and the referral."""
    case = opened(deps)
    work_on_case(deps, ANN, case, Begun("开始"))
    for line in Line:
        work_on_case(deps, ANN, case, Exculpated(line, "查过"))
    for name in ("bob", "leo", "cat"):
        work_on_case(deps, ANN, case, Admitted(name, "协办"))
    body = ReferralDrafted(addressee="police", offence="extortion", stage=1, rests_on=(_ad(deps),))
    return case, refer(deps, ANN, case, body).id


def test_only_those_admitted_see_a_case_and_an_inspection_does(deps: Deps) -> None:
    case = opened(deps)
    assert see_case(deps, ANN, case).facts.title == "青石所"
    assert [one.id for one in cases(deps, ANN)] == [case]
    assert cases(deps, BOB) == ()
    for act in (lambda: see_case(deps, BOB, case), lambda: work_on_case(deps, BOB, case, Noted("看看"))):
        with pytest.raises(NotPermitted, match="not admitted"):
            act()
    assert see_case(deps, CAI, case).id == case
    with pytest.raises(NotPermitted):
        work_on_case(deps, CAI, case, Noted("记"))
    work_on_case(deps, ANN, case, Admitted("bob", "协办"))
    work_on_case(deps, BOB, case, Assigned("bob", None))
    assert see_case(deps, BOB, case).facts.holder == "bob"


def test_breaking_the_glass_takes_a_reason_and_stays_on_the_case(deps: Deps) -> None:
    case = opened(deps)
    with pytest.raises(OutOfOrder, match="reason"):
        break_glass(deps, BOB, case, " ")
    view = break_glass(deps, BOB, case, "客户来电称被威胁")
    assert view.acts[-1].kind is CaseActKind.BROKE_GLASS
    with pytest.raises(NotPermitted):
        see_case(deps, BOB, case)
    with pytest.raises(NotFound):
        break_glass(deps, BOB, "CASE-0", "急")


def test_a_case_is_about_what_is_held(deps: Deps) -> None:
    for kind in SubjectKind:
        body = Opened(title="甲", playbook="ad_ring", subjects=(Subject(kind, "none"),), reason="查")
        with pytest.raises(NotFound):
            open_case(deps, ANN, body)
    case = opened(deps)
    body = Opened(title="乙", playbook="ad_ring", subjects=see_case(deps, ANN, case).facts.subjects, reason="查")
    with pytest.raises(NotFound):
        open_case(deps, ANN, replace(body, parent="CASE-0"))
    child = open_case(deps, ANN, replace(body, parent=case)).case
    assert see_case(deps, ANN, child).facts.parent == case


def test_a_referral_leaves_once_two_who_are_nobody_s_subordinate_agree(deps: Deps) -> None:
    admin = someone(Role.ADMIN, purpose=Purpose.ADMINISTRATION)
    create_account(deps, admin, "ann", (Role.ANALYST,), None)
    create_account(deps, admin, "bob", (Role.ANALYST,), "ann")
    case, of = drafted(deps)
    sent = ReferralSent(of, "ab" * 32, deps.now())
    with pytest.raises(OutOfOrder, match="0 did"):
        refer(deps, ANN, case, sent)
    agree_to_referral(deps, ANN, case, of)
    with pytest.raises(NotPermitted, match="reports to the other"):
        agree_to_referral(deps, BOB, case, of)
    agree_to_referral(deps, CAT, case, of)
    refer(deps, ANN, case, sent)
    assert see_case(deps, ANN, case).facts.state is CaseState.REFERRED


def test_an_objection_waits_for_somebody_from_outside_and_counsel_alone_calls_harm_urgent(deps: Deps) -> None:
    case, of = drafted(deps)
    for one in (ANN, BOB):
        agree_to_referral(deps, one, case, of)
    record_case_objection(deps, CAT, case, "那不是我们的账号")
    assert _leaves(deps, case, of) == "an objection waits: nothing is referred meanwhile"
    with pytest.raises(NotPermitted):
        say_urgent(deps, CAT, case, "急")
    with pytest.raises(OutOfOrder, match="does not answer"):
        answer_case_objection(deps, someone(Role.LEGAL, name="bob", purpose=INV), case, ObjectionAnswered(0, "不成立"))
    answer_case_objection(deps, CAT, case, ObjectionAnswered(1, "账号登记在他人名下", _ad(deps)))
    assert _leaves(deps, case, of) == "a finding it rests on fell"
    refer(deps, ANN, case, ReferralSent(of, "ab" * 32, deps.now()))
    assert see_case(deps, ANN, case).facts.referrals[0].owes_correction, "what left all the same is owed a correction"


def _leaves(deps: Deps, case: str, of: str) -> str | None:
    facts = see_case(deps, ANN, case).facts
    one = referral(facts, of)
    assert one is not None
    why = may_leave(facts, one)
    return why.en if why else None


def test_urgent_harm_lets_it_go_by_counsel_who_took_no_part(deps: Deps) -> None:
    case, of = drafted(deps)
    for one in (ANN, LEO):
        agree_to_referral(deps, one, case, of)
    record_case_objection(deps, CAT, case, "不是我们")
    with pytest.raises(NotPermitted, match="second person"):
        say_urgent(deps, LEO, case, "有人受伤")
    work_on_case(deps, ANN, case, Admitted("mia", "法务"))
    say_urgent(deps, someone(Role.LEGAL, name="mia", purpose=INV), case, "有人受伤")
    assert _leaves(deps, case, of) is None


def test_whoever_stands_above_somebody_on_the_case_does_not_answer(deps: Deps) -> None:
    admin = someone(Role.ADMIN, purpose=Purpose.ADMINISTRATION)
    create_account(deps, admin, "cat", (Role.CONSUMER_PROTECTION,), None)
    create_account(deps, admin, "ann", (Role.ANALYST,), "cat")
    case = opened(deps)
    record_case_objection(deps, CAT, case, "不是我们")
    with pytest.raises(NotPermitted, match="reports to the other"):
        answer_case_objection(deps, CAT, case, ObjectionAnswered(0, "不成立"))


def test_lists_and_looks_are_logged_and_free_text_is_masked(deps: Deps) -> None:
    case = opened(deps)
    work_on_case(deps, ANN, case, Noted("客户手机13800138000"))
    assert "13800138000" not in str(see_case(deps, ANN, case))
    cases(deps, ANN)
    with deps.store.read() as work:
        acts = [parse(link.payload)["act"] for link in work.chains.read(ACCESS)]
    assert acts == ["see_case", "see_cases"]


def test_what_acts_say_is_ciphertext_and_sealed(tmp_path: Path) -> None:
    with house(tmp_path, clock=FixedClock()) as deps:
        put(deps, "ads", Ad(id="1", platform="抖音", work_id="731", text="不成功不收费，加微信", seen_at=NOON))
        case = opened(deps)
        work_on_case(deps, ANN, case, Noted(SECRET))
        with deps.store.read() as work:
            sealed = {
                str(payload["book_act"]): str(payload["commitment"])
                for link in work.chains.read(DECISIONS)
                if (payload := parse(link.payload)).get("book_act")
            }
            kept = work.books.acts("cases", [case])[case]
        assert [act_fits(deps, one, sealed[one.id]) for one in kept] == [True, True]
        assert not act_fits(deps, kept[0], sealed[kept[1].id])
        assert all(one.broken_at is None for one in verify(deps, CAI))
    raw = b"".join(file.read_bytes() for file in tmp_path.glob("house.db*"))
    assert SECRET.encode() not in raw
    assert "青石所".encode() not in raw
    with sqlite3.connect(tmp_path / "house.db") as db:
        assert db.execute("select count(*) from book_acts").fetchone() == (2,)


def flaws(deps: Deps) -> set[str]:
    asked = Asked(first=date(2026, 1, 1), last=date(2026, 12, 31), seed="7")
    return {one.code for one in inspect(deps, CAI, asked).flaws}


@pytest.mark.parametrize(
    "how",
    [
        "UPDATE book_acts SET by = 'eve'",
        "UPDATE book_acts SET of = 'CASE-0' WHERE kind = 'noted'",
        "UPDATE book_acts SET wrapped = X''",
        "UPDATE book_acts SET body = X'00' WHERE kind = 'noted'",
        "DELETE FROM book_acts WHERE kind = 'noted'",
        "INSERT INTO book_acts SELECT number + 9, 'x', book, of, kind, at, by, wrapped, body FROM book_acts LIMIT 1",
    ],
)
def test_an_inspection_names_acts_that_were_tampered_with(tmp_path: Path, how: str) -> None:
    with house(tmp_path, clock=FixedClock()) as deps:
        put(deps, "ads", Ad(id="1", platform="抖音", work_id="731", text="不成功不收费，加微信", seen_at=NOON))
        work_on_case(deps, ANN, opened(deps), Noted("记"))
        assert "book_act_changed" not in flaws(deps)
        with sqlite3.connect(tmp_path / "house.db") as raw:
            raw.execute(how)
        assert "book_act_changed" in flaws(deps)


def test_playbooks_offences_addressees_and_elements_are_those_of_the_standards(deps: Deps) -> None:
    case = opened(deps)
    subjects = see_case(deps, ANN, case).facts.subjects
    with pytest.raises(InputError, match="ring_level_1"):
        open_case(deps, ANN, Opened(title="甲", playbook="none", subjects=subjects, reason="查"))
    with pytest.raises(InputError, match=r"extortion\.threat"):
        work_on_case(deps, ANN, case, Shown("extortion.none", ("EX-1",)))
    for body in (Shown("extortion.threat", ("EX-0",)), StepDone("preserve", ("EX-0",))):
        with pytest.raises(NotFound):
            work_on_case(deps, ANN, case, body)
    for named in ({"offence": "none"}, {"addressee": "none"}):
        draft = ReferralDrafted(addressee="police", offence="extortion", stage=1, rests_on=(_ad(deps),))
        with pytest.raises(InputError):
            refer(deps, ANN, case, replace(draft, **named))


def test_a_referral_rests_on_what_the_case_holds(deps: Deps) -> None:
    case, _ = drafted(deps)
    body = ReferralDrafted(addressee="police", offence="extortion", stage=1, rests_on=("F-999",))
    with pytest.raises(NotFound, match="F-999"):
        refer(deps, ANN, case, body)
