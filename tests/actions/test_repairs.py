"""The ledger: causes from what people upheld, repairs sealed and measured; nobody else's findings, no text in clear."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from mingcha.actions import decide
from mingcha.actions.deps import Deps
from mingcha.actions.erase import erase_customer
from mingcha.actions.inspection.inspect import Asked, inspect
from mingcha.actions.repairs import NAMED_CAUSES, REPAIRS, causes_of, name_cause, named_causes, open_repair, record_fix
from mingcha.actions.sealing import DECISIONS
from mingcha.actions.verify import verify
from mingcha.errors import InputError, NotFound, NotPermitted, OutOfOrder
from mingcha.evidence.canonical import parse
from mingcha.model.actor import Purpose, Role
from mingcha.model.complaint import Complaint
from mingcha.model.decision import MeritVerdict
from mingcha.model.merit import Grievance
from mingcha.model.notice import Assignment
from mingcha.model.party import Customer
from mingcha.model.repair import Cause, Causes, Source
from mingcha.testing.house import NOON, FixedClock, house, put, someone

HANDLER = someone(Role.HANDLER, name="han")
LEAD = someone(Role.SUPERVISOR, name="sup")
NIGHT = Cause(Source.AGENCY, "乙催收公司", Grievance.NIGHT_CALLS)
DUE = date(2026, 4, 30)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def deps(tmp_path: Path, clock: FixedClock) -> Iterator[Deps]:
    with house(tmp_path, clock=clock) as opened:
        put(opened, "customers", *(Customer(id=f"c{n}") for n in range(3)))
        for n in range(3):
            put(
                opened,
                "complaints",
                Complaint(id=str(n), received_at=NOON, text="半夜来电", customer_id=f"c{n}", product="信用卡"),
            )
            put(
                opened,
                "assignments",
                Assignment(id=f"A{n}", customer_id=f"c{n}", agency=NIGHT.value, from_on=date(2026, 1, 1)),
            )
        put(
            opened,
            "assignments",
            Assignment(id="A9", customer_id="c0", agency="早已退出", from_on=date(2025, 1, 1), to_on=date(2025, 6, 1)),
        )
        yield opened


def uphold(deps: Deps, which: slice = slice(None)) -> None:
    with deps.store.read() as work:
        ids = [one.id for one in work.records.scan("complaints")]
    for id_ in ids[which]:
        decide.decide_merit(deps, HANDLER, id_, MeritVerdict.UPHELD, (Grievance.NIGHT_CALLS,), "三次夜间来电")


def found(deps: Deps) -> Causes:
    return causes_of(deps, LEAD, date(2026, 1, 1), date(2026, 12, 31))


def test_causes_are_what_people_upheld_by_product_and_agency(deps: Deps) -> None:
    assert (found(deps).lines, found(deps).undecided) == ((), 3)
    uphold(deps, slice(2))
    told = found(deps)
    assert (told.decided, told.undecided) == (2, 1)
    assert [(one.cause.source, one.cause.value, one.customers) for one in told.lines] == [
        (Source.AGENCY, "乙催收公司", 2),
        (Source.PRODUCT, "信用卡", 2),
    ]
    assert causes_of(deps, LEAD, date(2026, 4, 1), date(2026, 4, 30)).lines == ()
    with pytest.raises(InputError):
        causes_of(deps, LEAD, date(2026, 4, 2), date(2026, 4, 1))


def test_a_decision_taken_back_is_no_cause(deps: Deps) -> None:
    uphold(deps)
    with deps.store.read() as work:
        decisions = list(work.desk.all_decisions())
    for one in decisions:
        decide.undo(deps, HANDLER, one.complaint, one.id, "看错了")
    assert found(deps).lines == ()


def test_a_repair_is_opened_made_and_measured(deps: Deps, clock: FixedClock) -> None:
    uphold(deps)
    made = open_repair(deps, LEAD, NIGHT, "陈工", "停用夜间外呼", DUE)
    assert (made.id, made.fix, made.opened_by) == ("R-1", "停用夜间外呼", "sup")
    (line,) = found(deps).ledger
    assert (line.repair, line.overdue, line.measures) == (made, False, ())
    clock.at = NOON + timedelta(days=60)
    assert found(deps).ledger[0].overdue
    fixed = record_fix(deps, LEAD, "R-1", date(2026, 3, 25), "策略变更单")
    assert (fixed.evidence, fixed.fixed_by) == ("策略变更单", "sup")
    (line,) = found(deps).ledger
    assert not line.overdue
    assert [(one.days, one.before.hits, one.after.of, one.whole) for one in line.measures] == [
        (30, 3, 0, True),
        (90, 3, 0, False),
    ]
    again = open_repair(deps, LEAD, NIGHT, "陈工", "复发，换供应商", DUE)
    assert again.id == "R-2"
    assert [one.repair.id for one in found(deps).ledger] == ["R-2", "R-1"]  # what is open first
    assert all(one.broken_at is None for one in verify(deps, LEAD))


def test_what_is_missing_or_out_of_order_is_said(deps: Deps, clock: FixedClock) -> None:
    with pytest.raises(NotFound):
        open_repair(deps, LEAD, NIGHT, "陈工", "停用夜间外呼", DUE)  # nothing was upheld
    uphold(deps)
    for owner, fix in (("", "停用"), ("陈工", " ")):
        with pytest.raises(OutOfOrder):
            open_repair(deps, LEAD, NIGHT, owner, fix, DUE)
    open_repair(deps, LEAD, NIGHT, "陈工", "停用夜间外呼", DUE)
    with pytest.raises(OutOfOrder):
        open_repair(deps, LEAD, NIGHT, "李工", "再来一次", DUE)
    today = date(2026, 3, 20)
    with pytest.raises(NotFound):
        record_fix(deps, LEAD, "R-7", today, "变更单")
    with pytest.raises(OutOfOrder):
        record_fix(deps, LEAD, "R-1", today, " ")
    with pytest.raises(OutOfOrder):
        record_fix(deps, LEAD, "R-1", today + timedelta(days=1), "变更单")
    record_fix(deps, LEAD, "R-1", today, "变更单")
    with pytest.raises(OutOfOrder):
        record_fix(deps, LEAD, "R-1", today, "再登记一次")


def test_who_may(deps: Deps) -> None:
    uphold(deps)
    with pytest.raises(NotPermitted):
        open_repair(deps, HANDLER, NIGHT, "陈工", "停用夜间外呼", DUE)
    assert causes_of(deps, HANDLER, date(2026, 1, 1), DUE).lines
    admin = someone(Role.ADMIN, purpose=Purpose.ADMINISTRATION)
    with pytest.raises(NotPermitted):
        causes_of(deps, admin, date(2026, 1, 1), DUE)


def test_texts_are_kept_encrypted_and_acts_are_sealed(deps: Deps) -> None:
    uphold(deps)
    open_repair(deps, LEAD, NIGHT, "陈工", "停用夜间外呼", DUE)
    with deps.store.read() as work:
        kept = b"".join(body for _, body in work.summaries.all(REPAIRS))
        acts = [parse(link.payload) for link in work.chains.read(DECISIONS)]
    assert "停用夜间外呼".encode() not in kept
    (act,) = [one for one in acts if one["act"] == "open_repair"]
    assert (act["repair"], act["owner"], act["value"]) == ("R-1", "陈工", "乙催收公司")
    assert "停用夜间外呼" not in str(act)


def test_a_person_names_what_no_record_says_and_it_counts_as_a_cause(deps: Deps) -> None:
    with deps.store.read() as work:
        first, second, _ = [one.id for one in work.records.scan("complaints")]
    with pytest.raises(OutOfOrder, match="nothing of it is upheld"):
        name_cause(deps, HANDLER, first, Source.SCRIPT, "话术甲")
    uphold(deps)
    for source, value in ((Source.AGENCY, "乙"), (Source.SCRIPT, " ")):
        with pytest.raises(OutOfOrder, match="partner, script, system"):
            name_cause(deps, HANDLER, first, source, value)
    with pytest.raises(NotFound):
        name_cause(deps, HANDLER, "C-none", Source.SCRIPT, "话术甲")
    name_cause(deps, HANDLER, first, Source.SCRIPT, "话术甲")
    name_cause(deps, HANDLER, first, Source.SYSTEM, "外呼系统")
    made = name_cause(deps, LEAD, second, Source.SCRIPT, "话术甲")
    assert (made.by, made.at) == ("sup", deps.now())
    with pytest.raises(OutOfOrder, match="said already"):
        name_cause(deps, LEAD, first, Source.SCRIPT, "话术甲")
    lines = {(one.cause.source, one.cause.value): one for one in found(deps).lines}
    script = lines[Source.SCRIPT, "话术甲"]
    assert (script.customers, script.complaints) == (2, 2)
    assert lines[Source.SYSTEM, "外呼系统"].complaints == 1
    opened = open_repair(deps, LEAD, script.cause, "陈工", "停用话术甲", DUE)
    assert opened.cause.source is Source.SCRIPT


def test_what_was_named_goes_when_its_customer_is_erased(deps: Deps) -> None:
    uphold(deps)
    with deps.store.read() as work:
        (first, *_) = [one.id for one in work.records.scan("complaints")]
    name_cause(deps, HANDLER, first, Source.SCRIPT, "话术甲")
    erase_customer(deps, someone(Role.CONSUMER_PROTECTION, name="cp"), "test", "c0", "本人申请")
    with deps.store.read() as work:
        assert named_causes(work) == {}
    assert flaws(deps) == set()


def test_an_inspection_names_a_cause_that_was_altered(deps: Deps) -> None:
    uphold(deps)
    with deps.store.read() as work:
        (first, *_) = [one.id for one in work.records.scan("complaints")]
    name_cause(deps, HANDLER, first, Source.SCRIPT, "话术甲")
    assert flaws(deps) == set()
    with deps.store.write() as work:
        work.summaries.replace(NAMED_CAUSES, [])
    assert flaws(deps) == {("cause_changed", first)}


def flaws(deps: Deps) -> set[tuple[str, str]]:
    asked = Asked(first=date(2026, 1, 1), last=date(2026, 12, 31), seed="7", sample=1)
    inspector = someone(Role.INSPECTOR, name="ins", purpose=Purpose.INSPECTION)
    return {(one.code, one.where) for one in inspect(deps, inspector, asked).flaws if "cause" in one.code}


def test_an_agency_s_card_counts_customers_handed_to_it(deps: Deps) -> None:
    put(deps, "assignments", Assignment(id="A5", customer_id="quiet", agency=NIGHT.value, from_on=date(2026, 2, 1)))
    uphold(deps, slice(2))
    open_repair(deps, LEAD, NIGHT, "陈工", "停用夜间外呼", DUE)
    (card,) = causes_of(deps, LEAD, date(2026, 1, 1), date(2026, 6, 30)).agencies
    assert card.agency == NIGHT.value
    assert (card.complaining.hits, card.complaining.of) == (3, 4)
    assert (card.upheld.hits, card.upheld.of) == (2, 2)
    assert (card.before.of, card.elsewhere.of, card.open_repairs) == (0, 0, 1)
    assert card.worst == ((Grievance.NIGHT_CALLS, 2),)
    early = causes_of(deps, LEAD, date(2025, 1, 1), date(2025, 6, 30)).agencies
    assert [one.agency for one in early] == ["早已退出"]
    assert (early[0].complaining.hits, early[0].complaining.of) == (0, 1)
