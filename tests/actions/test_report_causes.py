"""What the report says of causes: of what was claimed, how much was confirmed; never more than was claimed."""

from pathlib import Path

from mingcha.actions.assess import assess
from mingcha.actions.report import report_data
from mingcha.actions.take_in import SourceFile, take_in
from mingcha.demo.town import write_town
from mingcha.model.actor import Purpose, Role
from mingcha.model.kinds import KINDS
from mingcha.testing.house import house, someone
from mingcha.wiring import intake_door


def test_no_cause_is_confirmed_more_often_than_claimed(tmp_path: Path) -> None:
    write_town(120, 3, tmp_path / "town")
    analyst = someone(Role.ANALYST, purpose=Purpose.INVESTIGATION)
    with house(tmp_path, memory=True) as deps:
        for kind in KINDS:
            door = intake_door(kind.code, tmp_path / "town" / f"{kind.code}.csv", None, "demo")
            source = SourceFile(kind=door.kind, name=kind.code, digest=door.digest, system="demo")
            take_in(deps, someone(), source, door.rows())
        assess(deps, analyst)
        causes = report_data(deps, analyst).causes
    assert causes
    assert all(0 < line.confirmed <= line.claimed for line in causes)
