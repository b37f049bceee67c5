"""Whatever file comes: a clear word in both languages or every row accounted for, and no complaint without a clock."""

from pathlib import Path

import pytest
from tests.hostile.files import HOSTILE, HostileFile

from mingcha.actions.take_in import SourceFile, take_in
from mingcha.adapters.intake.door import open_door
from mingcha.errors import MingchaError
from mingcha.model.intake import Reject
from mingcha.model.stored import QueueFilter
from mingcha.testing.house import house, someone


def test_there_are_at_least_sixty() -> None:
    assert len(HOSTILE) >= 60
    assert len({one.name for one in HOSTILE}) == len(HOSTILE)


@pytest.mark.parametrize("one", HOSTILE, ids=lambda o: o.name)
def test_hostile_file(one: HostileFile, tmp_path: Path) -> None:
    path = tmp_path / one.name
    path.write_bytes(one.data)
    with house(tmp_path, memory=True) as deps:
        rejected: list[object] = []
        try:
            door = open_door("complaints", path, None, "test")
            source = SourceFile(kind=door.kind, name=one.name, digest=door.digest, system="test")
            result = take_in(deps, someone(), source, door.rows(), reject=rejected.append)
        except MingchaError as error:
            assert one.complaints is None, error.say("en")
            assert error.say("zh-CN") != error.say("en")
            with deps.store.read() as work:
                assert work.desk.count(QueueFilter()) == 0, "a refused file leaves nothing"
            return
        assert one.complaints is not None, "this file should have been refused"
        with deps.store.read() as work:
            rows = work.desk.page(QueueFilter(), None, 100)
            kept = work.records.counts().get("complaints", 0)
    assert len(rows) == kept == one.complaints
    assert all(row.due and row.first_due for row in rows), "a complaint without a clock"
    assert sum(isinstance(bad, Reject) for bad in rejected) == result.rejected == one.rejects
    assert result.rows == result.taken + result.refiled + result.amended + result.unchanged + result.rejected
