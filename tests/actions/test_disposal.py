"""Disposal: what is due goes by two people, whole; what is held, open or changed stays; figures and chains go on as they were."""

import io
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mingcha.actions import decide
from mingcha.actions.accounts import create_account
from mingcha.actions.aid import help_customer
from mingcha.actions.aid_list import aid_totals
from mingcha.actions.assess import assess
from mingcha.actions.casework import open_case, work_on_case
from mingcha.actions.clock_paper import record_clock_event
from mingcha.actions.deps import Deps
from mingcha.actions.disposal import (
    BatchView,
    agree_to_disposal,
    batches,
    dispose,
    propose_disposal,
    see_batch,
    what_is_due,
    withdraw_disposal,
)
from mingcha.actions.disposal_paper import disposal_certificate
from mingcha.actions.erase import erase_customer
from mingcha.actions.exhibits import check_exhibits, keep_exhibit
from mingcha.actions.inspection.inspect import Asked, inspect
from mingcha.actions.kept import record_id
from mingcha.actions.look import queue
from mingcha.actions.quality import parity_figures
from mingcha.actions.returns import returns_of
from mingcha.actions.verify import verify
from mingcha.errors import NotFound, NotPermitted, OutOfOrder
from mingcha.evidence.canonical import parse
from mingcha.model.account import Ad, Reply
from mingcha.model.actor import Actor, Purpose, Role
from mingcha.model.aid import Closed as AidClosed
from mingcha.model.aid import LossRecorded, Proof, Proved, Recovered
from mingcha.model.case import Closed, Held, HoldLifted, Opened, StepDone, Subject, SubjectKind
from mingcha.model.clock import ClockEvent, ClockEventKind
from mingcha.model.complaint import Attachment, Complaint
from mingcha.model.decision import MeritVerdict
from mingcha.model.exhibit import About, Wholeness
from mingcha.model.kinds import BY_CODE
from mingcha.model.party import Customer
from mingcha.model.payment import Waiver
from mingcha.model.retention import CLOSED_KINDS, BatchState, Holding, Keeps
from mingcha.model.sheet import Grid, Head, Para, Sheet
from mingcha.model.stored import QueueFilter
from mingcha.testing.house import NOON, FixedClock, house, put, someone

CP = someone(Role.CONSUMER_PROTECTION, name="cp")
LEO = someone(Role.LEGAL, name="leo", purpose=Purpose.INVESTIGATION)
LIN = someone(Role.LEGAL, name="lin", purpose=Purpose.INVESTIGATION)
ANN = someone(Role.ANALYST, name="ann", purpose=Purpose.INVESTIGATION)
VIC = someone(Role.VICTIM_SUPPORT, name="vic", purpose=Purpose.AID)
AU = someone(Role.INSPECTOR, Role.AUDITOR, name="au", purpose=Purpose.INSPECTION)
ROOT = Actor("root", frozenset({Role.ADMIN}), Purpose.ADMINISTRATION)
YEARS = 366 * 5  # days past every term of five years
SECRET = "王小明 13812345678"
DAY = NOON.date()


def cid(deps: Deps, name: str, kind: str = "complaints") -> str:
    return record_id(deps.keys, BY_CODE[kind], "test", name)


def fill(deps: Deps, clock: FixedClock) -> None:
    """Two complaints that were answered, one that is open; one of them with papers, a promise kept and an exhibit."""
    put(deps, "customers", *(Customer(id=f"c{n}", name="王小明", birth_year=1990) for n in range(3)))
    for n in range(3):
        filed = Complaint(
            id=str(n), received_at=NOON + timedelta(days=n), customer_id=f"c{n}", text=f"第{n}封：半夜来电，{SECRET}",
            licence="bank", channel="热线", product="信用卡", channel_code="01", region="甲省", filer_role="self",
        )  # fmt: skip
        put(deps, "complaints", filed)
    put(deps, "attachments", Attachment(id="a", complaint_id="0", customer_id="c0", text=SECRET))
    put(deps, "replies", Reply(id="other", complaint_id="0", customer_id="c1", text="另一客户的，不随之销毁"))
    put(
        deps,
        "waivers",
        Waiver(
            id="w", complaint_id="0", customer_id="c0", promise="refund", amount=5_000, promised_on=DAY, done_on=DAY
        ),
    )
    assess(deps, someone())
    clock.later(days=10)
    for n in (0, 1):
        decide.decide_merit(deps, CP, cid(deps, str(n)), MeritVerdict.UPHELD, (), "核算属实")
        record_clock_event(deps, CP, cid(deps, str(n)), ended(n))


def ended(n: int) -> ClockEvent:
    return ClockEvent(kind=ClockEventKind.ANSWERED, at=NOON + timedelta(days=n + 5), document="答复", by="cp")


def about(*of: str) -> About:
    return About(of=of, name="聊天.png", media="image/png", system="s", how="客户提供", taken_at=NOON)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture(params=["memory", "sqlite"])
def deps(request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock) -> Iterator[Deps]:
    with house(tmp_path, memory=request.param == "memory", clock=clock) as opened:
        fill(opened, clock)
        yield opened


def through(deps: Deps, holding: Holding = Holding.COMPLAINT) -> BatchView:
    """Propose, agree, dispose: cases and help by two of legal, since they are closed to whoever decides merit."""
    first = LIN if holding in CLOSED_KINDS else CP
    made = propose_disposal(deps, first, holding, "期满")
    agree(deps, made)
    return dispose(deps, first, made.batch.id)


def agree(deps: Deps, made: BatchView) -> None:
    assert made.batch.proposed is not None
    agree_to_disposal(deps, LEO, made.batch.id, made.batch.proposed.root)


def keeps(deps: Deps, holding: Holding, who: Actor = LEO) -> dict[Keeps, int]:
    return dict(what_is_due(deps, who, holding).kept)


def clean(deps: Deps) -> None:
    """The chains verify, an inspection finds nothing, and every exhibit is whole or gone."""
    assert not [one for one in verify(deps, AU) if one.broken_at is not None]
    day = deps.now().date()
    assert inspect(deps, AU, Asked(first=day - timedelta(days=30), last=day, seed="s")).flaws == ()
    assert {one.found for one in check_exhibits(deps, AU)} <= {Wholeness.WHOLE, Wholeness.ERASED}


def test_nothing_is_due_before_its_term_and_an_open_complaint_never(deps: Deps, clock: FixedClock) -> None:
    found = what_is_due(deps, CP, Holding.COMPLAINT)
    assert not found.due
    assert [one.id for one in found.coming] == [cid(deps, "0"), cid(deps, "1")]
    assert dict(found.kept) == {Keeps.RUNS: 2, Keeps.OPEN_COMPLAINT: 1, Keeps.NOT_BEGUN: 1}
    with pytest.raises(OutOfOrder, match="nothing is due"):
        propose_disposal(deps, CP, Holding.COMPLAINT, "期满")
    clock.later(days=YEARS)
    assert [one.id for one in what_is_due(deps, CP, Holding.COMPLAINT).due] == [cid(deps, "0"), cid(deps, "1")]


def test_two_people_dispose_of_what_is_due_whole_and_nothing_else(deps: Deps, clock: FixedClock) -> None:
    mine = keep_exhibit(deps, ANN, io.BytesIO(b"mine"), about(cid(deps, "0")))
    both = keep_exhibit(deps, ANN, io.BytesIO(b"both"), about(cid(deps, "0"), cid(deps, "2")))
    clock.later(days=YEARS)
    done = through(deps).batch
    assert done.disposed is not None
    assert (done.state, done.disposed.gone) == (BatchState.DISPOSED, tuple(sorted(cid(deps, n) for n in "01")))
    assert (done.disposed.records, done.disposed.exhibits) == (4, 1), "two complaints, a paper, a promise; one exhibit"
    with deps.store.read() as work:
        held = {one.id: bool(one.wrapped) for kind in BY_CODE for one in work.records.scan(kind)}
        assert not held[cid(deps, "0")]
        assert not held[cid(deps, "a", "attachments")]
        assert held[cid(deps, "other", "replies")], "another customer's record stays"
        assert held[cid(deps, "c0", "customers")]
        assert held[cid(deps, "2")]
        assert not work.desk.assessments([cid(deps, "0")])[cid(deps, "0")].wrapped
        assert work.desk.assessments([cid(deps, "2")])[cid(deps, "2")].wrapped
        exhibits = work.exhibits.get([mine.id, both.id])
        assert not exhibits[mine.id].wrapped
        assert exhibits[both.id].wrapped, "it is about an open complaint too"
        act = [parse(link.payload) for link in work.chains.read("custody")][-1]
    assert (act["act"], act["batch"], act["things"]) == ("erase", done.id, list(done.disposed.gone))
    assert done.disposed.custody.partition(":")[2]
    clean(deps)


def test_returns_parity_and_the_totals_of_help_are_what_they_were(deps: Deps, clock: FixedClock) -> None:
    customer = cid(deps, "c0", "customers")
    for body in (
        Proved(Proof.FACE), LossRecorded(fee=30_000, paid_on=DAY), Recovered(amount=30_000, on=DAY + timedelta(days=7), origin="某"),
        AidClosed("已追回"),
    ):  # fmt: skip
        help_customer(deps, VIC, customer, body)
    clock.later(days=YEARS)

    def figures() -> Any:
        sums = aid_totals(deps, VIC)
        return returns_of(deps, CP, "2026-03"), replace(parity_figures(deps, LEO), alarms=()), sums

    before = figures()
    assert before[0].total.answered == 2
    assert before[2].whole == 1
    through(deps)
    through(deps, Holding.AID)
    assert figures() == before
    assess(deps, someone())
    assert figures() == before, "nor by the next run"
    with deps.store.read() as work:
        kept = b"".join(body for kind in ("remains", "aid_remains") for _, body in work.summaries.all(kind)).decode()
    assert not [one for one in (cid(deps, "0"), customer, "王小明", "某", "2026-03-20") if one in kept]
    clean(deps)


def test_a_hold_goes_before_disposal(deps: Deps, clock: FixedClock) -> None:
    """Law 8, at every step: not due, dropped from an agreed batch; what the case shows or merely names in a step as well."""
    shown = keep_exhibit(deps, ANN, io.BytesIO(b"shown"), about(cid(deps, "1")))
    clock.later(days=YEARS)
    made = propose_disposal(deps, CP, Holding.COMPLAINT, "期满")
    assert made.batch.proposed is not None
    assert len(made.batch.proposed.listed) == 2
    agree(deps, made)
    subject = Subject(SubjectKind.COMPLAINT, cid(deps, "0"))
    case = open_case(deps, ANN, Opened(title="t", playbook="ring_level_1", subjects=(subject,), reason="r")).case
    work_on_case(deps, ANN, case, StepDone("freeze", (shown.id,)))
    work_on_case(deps, ANN, case, Held("诉讼"))
    assert keeps(deps, Holding.COMPLAINT)[Keeps.HOLD] == 2
    assert Keeps.HOLD not in keeps(deps, Holding.COMPLAINT, CP), "a case is told to nobody who may decide merit"
    with pytest.raises(OutOfOrder, match="legal hold"):
        erase_customer(deps, CP, "test", "c1", "本人要求")
    done = dispose(deps, CP, made.batch.id).batch.disposed
    assert done is not None
    assert (done.gone, {one.why for one in done.dropped}) == ((), {Keeps.OTHER})
    told = see_batch(deps, LEO, made.batch.id).batch.disposed
    assert told is not None
    assert {one.why for one in told.dropped} == {Keeps.HOLD}
    work_on_case(deps, ANN, case, HoldLifted("已结"))
    assert keeps(deps, Holding.COMPLAINT)[Keeps.OPEN_CASE] == 2
    work_on_case(deps, ANN, case, Closed("none", "查无"))
    assert keeps(deps, Holding.COMPLAINT)[Keeps.CASE_KEPT] == 2
    clock.later(days=2 * YEARS + 10)
    assert not what_is_due(deps, LEO, Holding.COMPLAINT).due, "not before the case that rests on it"
    through(deps, Holding.CASE)
    assert len(what_is_due(deps, LEO, Holding.COMPLAINT).due) == 2
    through(deps)
    clean(deps)


def test_what_changed_since_it_was_proposed_stays(deps: Deps, clock: FixedClock) -> None:
    clock.later(days=YEARS)
    made = propose_disposal(deps, CP, Holding.COMPLAINT, "期满")
    agree(deps, made)
    put(deps, "attachments", Attachment(id="late", complaint_id="0", text="新材料"))
    done = dispose(deps, CP, made.batch.id).batch.disposed
    assert done is not None
    assert (done.gone, [(one.id, one.why) for one in done.dropped]) == (
        (cid(deps, "1"),),
        [(cid(deps, "0"), Keeps.CHANGED)],
    )
    assert [one.id for one in what_is_due(deps, CP, Holding.COMPLAINT).due] == [cid(deps, "0")], (
        "proposed anew, it goes"
    )
    clean(deps)


def test_it_takes_two_and_neither_the_others_subordinate(deps: Deps, clock: FixedClock) -> None:
    clock.later(days=YEARS)
    made = propose_disposal(deps, CP, Holding.COMPLAINT, "期满")
    assert made.batch.proposed is not None
    of = made.batch.proposed.root
    with pytest.raises(OutOfOrder, match="no second person"):
        dispose(deps, CP, made.batch.id)
    with pytest.raises(NotPermitted):
        agree_to_disposal(deps, CP, made.batch.id, of)
    both = someone(Role.LEGAL, Role.CONSUMER_PROTECTION, name="cp")
    with pytest.raises(NotPermitted, match="first person"):
        agree_to_disposal(deps, both, made.batch.id, of)
    create_account(deps, ROOT, "leo", (Role.LEGAL,), None)
    create_account(deps, ROOT, "cp", (Role.CONSUMER_PROTECTION,), "leo")
    with pytest.raises(NotPermitted, match="reports to"):
        agree_to_disposal(deps, LEO, made.batch.id, of)
    other = someone(Role.LEGAL, name="lin", purpose=Purpose.HANDLING)
    auditor = someone(Role.AUDITOR, name="x", purpose=Purpose.INSPECTION)
    with pytest.raises(OutOfOrder, match="not the list"):
        agree_to_disposal(deps, other, made.batch.id, "0" * 64)
    agree_to_disposal(deps, other, made.batch.id, of)
    with pytest.raises(NotPermitted):
        dispose(deps, auditor, made.batch.id)
    dispose(deps, CP, made.batch.id)
    with pytest.raises(OutOfOrder):
        dispose(deps, CP, made.batch.id)
    with pytest.raises(OutOfOrder, match="nothing to withdraw"):
        withdraw_disposal(deps, CP, made.batch.id, "改主意")


def test_a_batch_withdrawn_frees_what_was_in_it(deps: Deps, clock: FixedClock) -> None:
    clock.later(days=YEARS)
    made = propose_disposal(deps, CP, Holding.COMPLAINT, "期满")
    found = what_is_due(deps, CP, Holding.COMPLAINT)
    assert (found.due, found.under_way) == ((), 2)
    with pytest.raises(OutOfOrder):
        withdraw_disposal(deps, CP, made.batch.id, " ")
    withdraw_disposal(deps, CP, made.batch.id, "须再核")
    assert len(what_is_due(deps, CP, Holding.COMPLAINT).due) == 2
    with pytest.raises(OutOfOrder):
        agree(deps, made)
    assert [one.state for one in batches(deps, AU)] == [BatchState.WITHDRAWN]
    with pytest.raises(NotFound):
        see_batch(deps, AU, "DISP-0")


def test_a_customer_goes_after_their_complaints_and_help(deps: Deps, clock: FixedClock) -> None:
    clock.later(days=YEARS)
    assert keeps(deps, Holding.CUSTOMER) == {Keeps.COMPLAINT_KEPT: 3}
    through(deps)
    assert len(what_is_due(deps, CP, Holding.CUSTOMER).due) == 2
    done = through(deps, Holding.CUSTOMER).batch.disposed
    assert done is not None
    assert set(done.gone) == {cid(deps, "c0", "customers"), cid(deps, "c1", "customers")}
    assert done.records == 3, "and what still named one of them"
    clean(deps)


def test_an_ad_goes_three_years_after_it_was_last_seen(deps: Deps, clock: FixedClock) -> None:
    put(deps, "ads", Ad(id="1", platform="抖音", text="专业停息挂账", seen_at=NOON, url="https://example.invalid/1"))
    with deps.store.read() as work:
        (ad,) = [one.id for one in work.ads.all_items()]
    kept = keep_exhibit(deps, ANN, io.BytesIO(b"shot"), about(ad))
    assert not what_is_due(deps, CP, Holding.AD).due
    clock.later(days=YEARS)
    done = through(deps, Holding.AD).batch.disposed
    assert done is not None
    assert (done.gone, done.exhibits) == ((ad,), 1)
    with deps.store.read() as work:
        assert not work.exhibits.get([kept.id])[kept.id].wrapped
    clean(deps)


def test_what_remains_for_the_figures_cannot_be_altered_unseen(tmp_path: Path, clock: FixedClock) -> None:
    with house(tmp_path, clock=clock) as deps:
        fill(deps, clock)
        clock.later(days=YEARS)
        through(deps)
        with sqlite3.connect(tmp_path / "house.db") as db:
            text = """replace(CAST(body AS TEXT), '"relief":true', '"relief":false')"""
            db.execute(f"UPDATE summaries SET body = CAST({text} AS BLOB) WHERE kind = 'remains'")
        day = clock.at.date()
        codes = {one.code for one in inspect(deps, AU, Asked(first=day, last=day, seed="s")).flaws}
    assert codes == {"remains_changed"}


def test_a_disposal_that_breaks_half_way_leaves_everything_as_it_was(
    deps: Deps, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.later(days=YEARS)
    made = propose_disposal(deps, CP, Holding.COMPLAINT, "期满")
    agree(deps, made)

    def breaks(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("mingcha.actions.disposal.keep_retention_act", breaks)
        with pytest.raises(KeyboardInterrupt):
            dispose(deps, CP, made.batch.id)
    with deps.store.read() as work:
        assert all(one.wrapped for one in work.records.scan("complaints"))
        assert not list(work.summaries.all("remains"))
    clean(deps)
    dispose(deps, CP, made.batch.id)
    clean(deps)


def test_the_certificate_says_what_went_by_whom_and_where_it_is_sealed(deps: Deps, clock: FixedClock) -> None:
    clock.later(days=YEARS)
    made = propose_disposal(deps, CP, Holding.COMPLAINT, "期满")
    with pytest.raises(OutOfOrder, match="not carried out"):
        disposal_certificate(deps, AU, made.batch.id, "zh-CN")
    agree(deps, made)
    done = dispose(deps, CP, made.batch.id).batch.disposed
    assert done is not None
    first = disposal_certificate(deps, AU, made.batch.id, "zh-CN")
    clock.later(days=400)
    assert disposal_certificate(deps, AU, made.batch.id, "zh-CN") == first
    root = made.batch.proposed.root if made.batch.proposed else ""
    named = {made.batch.id: "DISP-1", done.custody: "SEQ:HASH", root: "ROOT", done.gone[0]: "C-1", done.gone[1]: "C-2"}
    told = "\n".join(_lines(first.sheet))
    for was, now in named.items():
        assert was in told
        told = told.replace(was, now)
    assert told == CERTIFICATE
    assert first.sheet.boxes == ("提出：", "同意：", "执行：", "盖章：")
    assert disposal_certificate(deps, AU, made.batch.id, "en").at == first.at


CERTIFICATE = """销毁证明
机构 | -
批次 | DISP-1
类别 | 投诉及其名下材料
保存期限 | 5 年，自办结日（最后一个期限结束）
依据 | retention-schedule@2026-11-28:pipl.art.19 / 供复议、诉讼与监管检查；年限为建议 / 年限为本机构自定；所引条款未核对原文
清单默克尔根 | ROOT
监管链位置 | SEQ:HASH
数量
2 | 4 | 4 | 0 | 0 | 0
经手人
提出 | cp | 2031-04-03 12:00 +0800
同意 | leo | 2031-04-03 12:00 +0800
执行 | cp | 2031-04-03 12:00 +0800
已销毁（编号为密钥散列，不含个人信息）
1 | C-1
2 | C-2
数据密钥已销毁，密文不能再打开；证据链保存承诺值与上列编号，仍可校验（mingcha verify）。统计报表、同等对待指标与援助合计保持销毁前的数字，不含个人信息。
销毁证明 DISP-1"""


def _lines(sheet: Sheet) -> Iterator[str]:
    """A paper as plain lines."""
    yield sheet.title
    for block in sheet.blocks:
        if isinstance(block, Grid):
            yield from (" | ".join(cell.replace("\n", " / ") for cell in row) for row in block.rows)
        elif isinstance(block, Head | Para):
            yield block.text
    yield sheet.foot


def test_bytes_a_crash_left_behind_are_cleared_up(tmp_path: Path, clock: FixedClock) -> None:
    with house(tmp_path, clock=clock) as deps:
        fill(deps, clock)
        keep_exhibit(deps, ANN, io.BytesIO(b"mine"), about(cid(deps, "0")))
        clock.later(days=YEARS)
        made = propose_disposal(deps, CP, Holding.COMPLAINT, "期满")
        agree(deps, made)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(type(deps.blobs), "remove", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                dispose(deps, CP, made.batch.id)

        def bytes_held() -> list[Path]:
            return [one for one in (tmp_path / "exhibits").rglob("*") if one.is_file() and one.stat().st_size]

        assert see_batch(deps, CP, made.batch.id).batch.state is BatchState.DISPOSED
        assert bytes_held(), "the keys are gone, the ciphertext is not yet"
        clean(deps)
        assert not bytes_held()


def test_a_batch_holds_no_more_than_two_people_can_read(
    deps: Deps, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mingcha.actions.disposal.MOST", 1)
    clock.later(days=YEARS)
    made = propose_disposal(deps, CP, Holding.COMPLAINT, "期满")
    assert made.batch.proposed is not None
    assert ([one.id for one in made.batch.proposed.listed], made.waiting) == ([cid(deps, "0")], 1)
    assert made.sample == (cid(deps, "0"),)


def test_only_these_roles_see_and_act(deps: Deps, clock: FixedClock) -> None:
    clock.later(days=YEARS)
    for role in set(Role) - {Role.CONSUMER_PROTECTION, Role.LEGAL}:
        for purpose in Purpose:
            with pytest.raises(NotPermitted):
                propose_disposal(deps, someone(role, purpose=purpose), Holding.COMPLAINT, "期满")
    with pytest.raises(NotPermitted):
        what_is_due(deps, someone(Role.HANDLER), Holding.COMPLAINT)
    what_is_due(deps, AU, Holding.COMPLAINT)
    assert len(queue(deps, CP, QueueFilter(), None).rows) == 3


def test_what_tells_of_an_agency_is_closed_to_whoever_decides_merit(deps: Deps, clock: FixedClock) -> None:
    """Law 2: whom the house helps, and which cases it keeps, are no list for them; nor is why something stays."""
    help_customer(deps, VIC, cid(deps, "c0", "customers"), Proved(Proof.FACE))
    help_customer(deps, VIC, cid(deps, "c0", "customers"), AidClosed("已结束"))
    clock.later(days=YEARS)
    made = propose_disposal(deps, LIN, Holding.AID, "期满")
    for holding in CLOSED_KINDS:
        for ask in (what_is_due, lambda d, a, h: propose_disposal(d, a, h, "期满")):
            with pytest.raises(NotPermitted, match="decides merit"):
                ask(deps, CP, holding)
    assert batches(deps, CP) == ()
    assert [one.id for one in batches(deps, LEO)] == [made.batch.id]
    agree(deps, made)
    for look in (see_batch, dispose, lambda d, a, b: disposal_certificate(d, a, b, "en")):
        with pytest.raises(NotPermitted, match="decides merit"):
            look(deps, CP, made.batch.id)
    assert Keeps.AID_KEPT not in keeps(deps, Holding.CUSTOMER, CP)
    assert keeps(deps, Holding.CUSTOMER, CP)[Keeps.OTHER] == keeps(deps, Holding.CUSTOMER)[Keeps.AID_KEPT] == 1
