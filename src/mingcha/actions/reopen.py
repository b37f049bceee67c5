"""Records that come late, or are taken back, reopen what they touch: merit was decided on what was known, and it is known otherwise now.

A complaint is reopened when a run finds another state for any of its grievances than the run before did, after its merit was
decided. It says nothing of agency. It stands until somebody decides the merit again, the same way or another.
"""

from collections.abc import Sequence
from dataclasses import replace

from mingcha.actions.assessments import open_merit
from mingcha.actions.deps import Deps
from mingcha.actions.ports.store import Work
from mingcha.actions.sealing import CUSTODY, seal_act
from mingcha.model.actor import Actor
from mingcha.model.merit import MeritResult
from mingcha.model.stored import StoredAssessment


def reopen(deps: Deps, work: Work, actor: Actor, run: str, found: Sequence[StoredAssessment]) -> int:
    """Mark, before they are kept, which of these assessments change what decided complaints stood on; sealed. How many did."""
    rows = work.desk.rows([one.complaint for one in found])
    decided = {id_: row for id_, row in rows.items() if row.merit_decided and not row.reopened}
    before = work.desk.assessments(list(decided))
    changed = [
        one.complaint
        for one in found
        if (old := before.get(one.complaint)) is not None
        and old.digest != one.digest
        and old.wrapped
        and _states(open_merit(deps, old)) != _states(open_merit(deps, one))
    ]
    if changed:
        work.desk.put_rows([replace(decided[id_], reopened=True) for id_ in changed])
        seal_act(deps, work, CUSTODY, actor, {"act": "reopen", "run": run, "complaints": changed})
    return len(changed)


def _states(merit: Sequence[MeritResult]) -> set[tuple[str, str]]:
    return {(one.grievance.value, one.state.value) for one in merit}
