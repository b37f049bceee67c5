"""Undoing is deciding: whoever could not have made a decision cannot take it back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mingcha.actions import decide
from mingcha.actions.deps import Deps
from mingcha.actions.kept import record_id
from mingcha.errors import NotPermitted
from mingcha.model.actor import Purpose, Role
from mingcha.model.complaint import Complaint
from mingcha.model.decision import Conclusion, Decision, MeritVerdict
from mingcha.model.kinds import BY_CODE
from mingcha.testing.house import NOON, house, put, someone

HANDLER, ANALYST = someone(Role.HANDLER, name="han"), someone(Role.ANALYST, name="ana")


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Deps]:
    with house(tmp_path, memory=True) as opened:
        put(opened, "complaints", Complaint(id="1", received_at=NOON, text="利息太高", licence="bank"))
        yield opened


def _merit(deps: Deps) -> Decision:
    id_ = record_id(deps.keys, BY_CODE["complaints"], "test", "1")
    return decide.decide_merit(deps, HANDLER, id_, MeritVerdict.PARTLY, (), "r")


@pytest.mark.parametrize("role", [Role.ANALYST, Role.LEGAL])
@pytest.mark.parametrize("purpose", [Purpose.HANDLING, Purpose.INVESTIGATION])
def test_who_may_not_decide_merit_may_not_undo_it(deps: Deps, role: Role, purpose: Purpose) -> None:
    made = _merit(deps)
    with pytest.raises(NotPermitted, match="may not decide merit"):
        decide.undo(deps, someone(role, purpose=purpose), made.complaint, made.id, "r")
    with deps.store.read() as work:
        assert decide.standing(work.desk.decisions(made.complaint)).merit is not None
        assert work.desk.rows([made.complaint])[made.complaint].merit_decided
    assert decide.undo(deps, someone(Role.SUPERVISOR), made.complaint, made.id, "r").undoes == made.id


def test_who_may_not_conclude_may_not_undo_a_conclusion(deps: Deps) -> None:
    id_ = _merit(deps).complaint
    made = decide.decide_conclusion(deps, ANALYST, id_, Conclusion.LINKED, "r", "clause")
    with pytest.raises(NotPermitted, match="may not decide agency"):
        decide.undo(deps, HANDLER, id_, made.id, "r")
    assert decide.undo(deps, someone(Role.LEGAL), id_, made.id, "r").undoes == made.id


def test_undo_keeps_its_own_verb(deps: Deps) -> None:
    made = _merit(deps)
    with pytest.raises(NotPermitted):
        decide.undo(deps, someone(Role.INSPECTOR, purpose=Purpose.INSPECTION), made.complaint, made.id, "r")
