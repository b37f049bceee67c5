"""Reasons: unreadable in the database, provable against the chain, erased with the complaint; old workspaces still open."""

import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mingcha.actions import decide, look, take_in
from mingcha.actions.assess import assess
from mingcha.actions.deps import Deps
from mingcha.actions.erase import erase_customer
from mingcha.actions.export import export_with_source_ids
from mingcha.actions.kept import record_id
from mingcha.actions.reasons import proved, reason_of
from mingcha.actions.verify import verify
from mingcha.adapters.store.sql import desk as sql_desk
from mingcha.adapters.store.sql import store as sql_store
from mingcha.adapters.store.sql.desk import SqlDesk
from mingcha.adapters.store.sql.index import SqlCampaigns
from mingcha.adapters.store.sql.upgrade import MIGRATIONS, upgrade
from mingcha.campaign.sketches import SKETCH_SCHEME
from mingcha.errors import KeyTrouble
from mingcha.evidence.canonical import parse
from mingcha.model.actor import Purpose, Role
from mingcha.model.complaint import Complaint
from mingcha.model.decision import Decision, MeritVerdict, Stage
from mingcha.model.kinds import BY_CODE
from mingcha.testing.house import NOON, house, put, someone

WHY = "王小明来电 13812345678，录音证实"
INSPECTOR = someone(Role.INSPECTOR, purpose=Purpose.INSPECTION)


def _id(deps: Deps, source: str = "1") -> str:
    return record_id(deps.keys, BY_CODE["complaints"], "test", source)


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Deps]:
    with house(tmp_path) as opened:
        put(
            opened, "complaints", Complaint(id="1", received_at=NOON, text="利息太高", licence="bank", customer_id="c1")
        )
        yield opened


def _decide(deps: Deps) -> Decision:
    return decide.decide_merit(deps, someone(), _id(deps), MeritVerdict.PARTLY, (), WHY)


def _sealed(deps: Deps, chain: str) -> dict[str, object]:
    with deps.store.read() as work:
        return [parse(link.payload) for link in work.chains.read(chain)][-1]


def test_a_reason_is_read_by_whoever_may_and_stands_nowhere_in_clear(deps: Deps, tmp_path: Path) -> None:
    assert _decide(deps).reason == WHY
    stands = look.merit_view(deps, someone(), _id(deps)).standing.merit
    assert stands is not None
    assert "录音证实" in stands.reason
    with sqlite3.connect(tmp_path / "house.db") as plain:
        assert [reason for (reason,) in plain.execute("SELECT reason FROM decisions")] == [""]
    deps.store.close()
    assert not [path.name for path in tmp_path.iterdir() if "录音证实".encode() in path.read_bytes()]


def test_a_reason_is_proved_against_what_was_sealed_and_no_other_passes(deps: Deps) -> None:
    made = _decide(deps)
    sealed = _sealed(deps, "decisions")
    assert sealed["reason"] == made.id
    with deps.store.read() as work:
        kept = work.reasons.get([made.id])[made.id]
    assert reason_of(deps.keys, kept) == WHY
    assert proved(deps.keys, kept, str(sealed["reason_commitment"]))
    assert not proved(deps.keys, kept, "0" * 64)


def test_the_reason_of_an_export_is_kept_too(deps: Deps) -> None:
    export_with_source_ids(deps, someone(purpose=Purpose.INVESTIGATION), WHY, None)
    sealed = _sealed(deps, "access")
    with deps.store.read() as work:
        kept = work.reasons.get([str(sealed["reason"])])[str(sealed["reason"])]
    assert proved(deps.keys, kept, str(sealed["reason_commitment"]))


@pytest.mark.parametrize("how", ["UPDATE reasons SET body = zeroblob(99)", "DELETE FROM reasons"])
def test_verification_names_a_reason_that_was_changed_or_lost(deps: Deps, tmp_path: Path, how: str) -> None:
    _decide(deps)
    assert not [one for one in verify(deps, INSPECTOR) if one.broken_at]
    with sqlite3.connect(tmp_path / "house.db") as plain:
        plain.execute(how)
    (broken,) = [one for one in verify(deps, INSPECTOR) if one.broken_at]
    assert (broken.chain, broken.broken_at) == ("decisions", 1)


def test_a_swapped_reason_is_no_proof(deps: Deps) -> None:
    made = _decide(deps)
    other = decide.undo(deps, someone(), made.complaint, made.id, "another reason")
    with deps.store.write() as work:
        kept = work.reasons.get([made.id, other.id])
        work.reasons.put(replace(kept[other.id], id=made.id))
    assert [one.broken_at for one in verify(deps, INSPECTOR) if one.broken_at] == [1]


def test_erasing_takes_the_reasons_along_and_the_chain_still_holds(deps: Deps, tmp_path: Path) -> None:
    made = _decide(deps)
    erase_customer(deps, someone(), "test", "c1", "r")
    with deps.store.read() as work:
        kept = work.reasons.get([made.id])[made.id]
    assert not kept.wrapped
    with pytest.raises(KeyTrouble):
        reason_of(deps.keys, kept)
    assert not [one for one in verify(deps, INSPECTOR) if one.broken_at]


def test_an_old_workspace_opens_keeps_its_reasons_and_can_erase_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As issue 2's first migration left it: reasons stood in the decision as typed, and their salt was thrown away."""
    old = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, old, ignore=shutil.ignore_patterns("__pycache__", "issue2_0002*", "issue[3-9]*"))
    with monkeypatch.context() as patch:
        patch.setattr(sql_store, "upgrade", lambda writer, reader: upgrade(writer, reader, old))
        patch.setattr(SqlCampaigns, "put_sketches", lambda *_: None)  # as they were is of no use any more
        plain = sql_desk._desk_plain
        patch.setattr(SqlDesk, "rows", lambda *_: {})  # columns of today are not there yet
        patch.setattr(SqlDesk, "clock_events", lambda *_: {})
        patch.setattr(sql_desk, "_desk_plain", lambda row: {k: v for k, v in plain(row).items() if k != "reopened"})
        patch.setattr(take_in, "AT_ONCE", 0)
        with house(tmp_path) as deps:
            put(deps, "complaints", Complaint(id="1", received_at=NOON, text="利息太高", customer_id="c1"))
            typed = Decision(
                id="d", complaint=_id(deps), stage=Stage.MERIT, verdict="partly", grievances=(), reason="as typed", clause=None, by="a", at=NOON
            )  # fmt: skip
            with deps.store.write() as work:
                work.desk.put_decision(typed)
    with house(tmp_path) as deps:
        assert assess(deps, someone()).complaints == 1  # its text is cut again
        with deps.store.read() as work:
            assert [one.scheme for one in work.campaigns.sketches()] == [SKETCH_SCHEME]
        stands = look.merit_view(deps, someone(), _id(deps)).standing.merit
        assert stands is not None
        assert stands.reason == "as typed"
        decide.undo(deps, someone(), _id(deps), "d", WHY)
        assert not [one for one in verify(deps, INSPECTOR) if one.broken_at]
        erase_customer(deps, someone(), "test", "c1", "r")
        with deps.store.read() as work:
            assert [one.reason for one in work.desk.decisions(_id(deps))] == ["", ""]
