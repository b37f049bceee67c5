"""Precision is counted over what the asker may see, sealed, and open to nobody who only handles."""

from pathlib import Path

import pytest

from mingcha.actions import decide
from mingcha.actions.assess import assess
from mingcha.actions.precision import precision_figures
from mingcha.actions.sealing import DECISIONS
from mingcha.errors import NotPermitted
from mingcha.evidence.canonical import parse
from mingcha.model.actor import Purpose, Role
from mingcha.model.complaint import Complaint
from mingcha.model.decision import Conclusion, MeritVerdict
from mingcha.model.party import Authorisation
from mingcha.testing.house import NOON, house, put, someone

ANALYST = someone(Role.ANALYST, name="ana", purpose=Purpose.INVESTIGATION)
BOSS = someone(Role.SUPERVISOR, name="su", purpose=Purpose.INVESTIGATION)
HANDLER = someone(Role.HANDLER, name="han")


def test_figures_leave_out_open_merit_and_are_sealed(tmp_path: Path) -> None:
    with house(tmp_path, memory=True) as deps:
        filed = [
            Complaint(id=str(n), received_at=NOON, text=f"第{n}件，王某代我投诉。", licence="bank", filer_role="agent")
            for n in range(4)
        ]
        put(deps, "complaints", *filed)
        put(deps, "authorisations", Authorisation(id="w9", customer_id="c9"))  # the house keeps such papers
        assert precision_figures(deps, ANALYST).assessed == 0
        assess(deps, ANALYST)
        with deps.store.read() as work:
            first, second, *_ = [stored.id for stored in work.records.scan("complaints")]
        for id_ in (first, second):
            decide.decide_merit(deps, HANDLER, id_, MeritVerdict.NOT_UPHELD, (), "查无")
        decide.decide_conclusion(deps, ANALYST, first, Conclusion.ORDINARY, "无", None)
        seen, held = precision_figures(deps, ANALYST), precision_figures(deps, BOSS)
        assert (seen.assessed, seen.withheld, seen.concluded) == (4, 0, 1)
        assert (held.assessed, held.withheld, held.concluded) == (2, 2, 1)
        (line,) = (one for one in seen.detectors if one.detector == "authorisation_missing")
        assert (line.now.hits, line.now.of) == (4, 4)
        assert (line.borne_out.hits, line.borne_out.of) == (0, 1)
        assert [one.name for one in seen.reviewers] == ["ana", "han"]
        with deps.store.read() as work:
            acts = [parse(link.payload) for link in work.chains.read(DECISIONS)]
        assert [one["assessed"] for one in acts if one["act"] == "precision"] == [0, 4, 2]
        with pytest.raises(NotPermitted):
            precision_figures(deps, HANDLER)
