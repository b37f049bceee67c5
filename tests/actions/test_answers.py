"""An answer is drafted from merit, recorded once merit is decided, kept in clear nowhere, and ends the clock."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from mingcha.actions import decide
from mingcha.actions.answers import check_letter, draft_answer, record_answer
from mingcha.actions.assess import assess
from mingcha.actions.deps import Deps
from mingcha.actions.reasons import reason_of
from mingcha.actions.verify import verify
from mingcha.answer.letter import lines
from mingcha.demo.site import SITE
from mingcha.errors import LetterRefused, NotFound, NotPermitted, OutOfOrder
from mingcha.model.account import Account
from mingcha.model.actor import Actor, Purpose, Role
from mingcha.model.answer import Stand
from mingcha.model.call import Call, Coverage
from mingcha.model.complaint import Complaint
from mingcha.model.decision import MeritVerdict
from mingcha.model.merit import Grievance
from mingcha.model.party import Customer
from mingcha.standards.answers import parse_institution
from mingcha.testing.house import NOON, house, put, someone

HANDLER = someone(Role.HANDLER, name="han")
TEXT = "我叫王小明，电话13812345678。催收半夜给我打电话，请停止。"


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Deps]:
    site = tomllib.loads(SITE)["institution"]
    with house(tmp_path) as opened:
        named = replace(opened.standards, institution=parse_institution("site", site))
        deps = replace(opened, standards=named)
        put(deps, "customers", Customer(id="c1", name="王小明", phone="13812345678"))
        put(deps, "accounts", Account(id="a1", customer_id="c1"))
        called = NOON.replace(month=3, day=10, hour=15)  # 23:00 in China
        put(
            deps,
            "calls",
            Call(id="l1", customer_id="c1", account_id="a1", called_at=called, agency="甲", connected=True),
        )
        put(
            deps,
            "coverage",
            Coverage(id="g1", record_kind="calls", agency="甲", from_on=date(2025, 1, 1), to_on=date(2026, 12, 1)),
        )
        put(deps, "complaints", Complaint(id="1", received_at=NOON, text=TEXT, licence="bank", customer_id="c1"))
        assess(deps, someone())
        yield deps


def _id(deps: Deps) -> str:
    with deps.store.read() as work:
        (stored,) = work.records.scan("complaints")
        return stored.id


def _letter(deps: Deps) -> str:
    return "\n".join(lines(draft_answer(deps, HANDLER, _id(deps)), "zh"))


def test_a_draft_answers_from_the_records_and_quotes_under_a_mask(deps: Deps) -> None:
    draft = draft_answer(deps, HANDLER, _id(deps))
    assert [(one.grievance, one.stand) for one in draft.points] == [(Grievance.NIGHT_CALLS, Stand.UPHELD)]
    assert draft.gaps == ()
    assert "13812345678" not in _letter(deps)


def test_a_letter_waits_for_the_merit_decision_and_then_ends_the_clock(deps: Deps) -> None:
    id_, letter = _id(deps), _letter(deps)
    with pytest.raises(OutOfOrder, match="merit has not been decided"):
        record_answer(deps, HANDLER, id_, letter, NOON)
    decide.decide_merit(deps, HANDLER, id_, MeritVerdict.UPHELD, (Grievance.NIGHT_CALLS,), "查实")
    clock = record_answer(deps, HANDLER, id_, letter, NOON)
    assert clock.ended_on == date(2026, 3, 20)
    with deps.store.read() as work:
        assert work.desk.rows([id_])[id_].state == "answered"
        (event,) = work.desk.clock_events([id_])[id_]
        (kept,) = work.reasons.get([event.document or ""]).values()
        assert reason_of(deps.keys, kept) == letter
        assert "夜间催收".encode() not in kept.body
    assert all(one.broken_at is None for one in verify(deps, someone(Role.INSPECTOR, purpose=Purpose.INSPECTION)))


def test_an_answer_that_does_not_end_the_clock_is_not_kept(deps: Deps) -> None:
    id_, letter = _id(deps), _letter(deps)
    decide.decide_merit(deps, HANDLER, id_, MeritVerdict.UPHELD, (Grievance.NIGHT_CALLS,), "查实")
    with pytest.raises(OutOfOrder):
        record_answer(deps, HANDLER, id_, letter, NOON - timedelta(days=3))  # before it was received
    record_answer(deps, HANDLER, id_, letter, NOON)
    with pytest.raises(OutOfOrder):
        record_answer(deps, HANDLER, id_, letter, NOON)
    with deps.store.read() as work:
        assert len(work.desk.clock_events([id_])[id_]) == 1


@pytest.mark.parametrize(
    ("letter", "error", "said"),
    [
        ("如不还款，后果自负。", LetterRefused, "后果自负"),
        ("请致电〔待填：联系电话〕。", OutOfOrder, "filled in"),
        ("Call [to fill in: our telephone].", OutOfOrder, "filled in"),
        (" \n", OutOfOrder, "empty"),
    ],
)
def test_what_cannot_be_an_answer_leaves_the_clock_running(
    deps: Deps, letter: str, error: type[Exception], said: str
) -> None:
    id_ = _id(deps)
    decide.decide_merit(deps, HANDLER, id_, MeritVerdict.UPHELD, (Grievance.NIGHT_CALLS,), "查实")
    with pytest.raises(error, match=said):
        record_answer(deps, HANDLER, id_, letter, NOON)
    with deps.store.read() as work:
        assert work.desk.rows([id_])[id_].state == "open"
        assert work.desk.clock_events([id_]).get(id_, ()) == ()


def test_the_consumers_words_may_be_quoted_and_unknown_complaints_are_named(deps: Deps) -> None:
    assert check_letter(deps, HANDLER, _id(deps), "您说“催收半夜给我打电话”。") == ()
    with pytest.raises(NotFound):
        check_letter(deps, HANDLER, "C-NONE", "好")


@pytest.mark.parametrize(
    "actor", [someone(Role.ANALYST, purpose=Purpose.INVESTIGATION), someone(Role.INSPECTOR, purpose=Purpose.INSPECTION)]
)
def test_who_does_not_handle_neither_drafts_nor_answers(deps: Deps, actor: Actor) -> None:
    with pytest.raises(NotPermitted):
        draft_answer(deps, actor, _id(deps))
    with pytest.raises(NotPermitted):
        record_answer(deps, actor, _id(deps), "好", NOON)
