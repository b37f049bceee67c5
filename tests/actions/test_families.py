"""A person joins and parts families: at once, after every run, sealed with a reason, and undone exactly."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.campaign.letters import SENTENCES

from mingcha.actions import families as room
from mingcha.actions.assess import assess
from mingcha.actions.deps import Deps
from mingcha.actions.verify import verify
from mingcha.errors import NotFound, NotPermitted, OutOfOrder
from mingcha.model.actor import Purpose, Role
from mingcha.model.complaint import Complaint
from mingcha.testing.house import NOON, house, put, someone

ONE, OTHER = "".join(SENTENCES[:4]), "".join(SENTENCES[4:])
ANALYST = someone(Role.ANALYST, purpose=Purpose.INVESTIGATION)


@pytest.fixture(params=[True, False], ids=["memory", "sqlite"])
def deps(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Deps]:
    with house(tmp_path, memory=request.param) as opened:
        texts = [ONE] * 3 + [OTHER] * 2
        rows = [
            Complaint(id=str(n), received_at=NOON, text=text, licence="bank", customer_id=f"c{n}")
            for n, text in enumerate(texts)
        ]
        put(opened, "complaints", *rows)
        assess(opened, someone())
        yield opened


def state(deps: Deps) -> tuple[Any, ...]:
    with deps.store.read() as work:
        families = work.campaigns.families()
        members = work.campaigns.memberships([c for held in families.values() for c in held])
        return families, members, work.campaigns.similarity_min(list(families))


def two(deps: Deps) -> tuple[str, str]:
    rows, _ = room.listed(deps, ANALYST)
    assert [row.members for row in rows] == [3, 2]
    return rows[0].id, rows[1].id


def test_a_join_holds_at_once_and_after_a_run_and_weighs_nothing(deps: Deps) -> None:
    large, small = two(deps)
    room.join(deps, ANALYST, large, small, "同一手笔")
    for _ in range(2):
        families, members, least = state(deps)
        assert list(map(len, families.values())) == [5]
        assert set(families) == {large}
        assert sorted(m.similarity for m in members.values()) == [0, 0, *[1_000_000] * 3]
        assert least == {large: 0}
        assess(deps, someone())


def test_a_part_holds_at_once_and_after_a_run(deps: Deps) -> None:
    large, _ = two(deps)
    gone = state(deps)[0][large][:2]
    done = room.part(deps, ANALYST, large, gone, "两件是本人转述")
    for _ in range(2):
        families = state(deps)[0]
        assert sorted(map(len, families.values())) == [2, 2]
        assert sorted(gone) in [sorted(held) for held in families.values()]
        assess(deps, someone())
    assert [one.id for one in room.listed(deps, ANALYST)[1]] == [done.id]


@pytest.mark.parametrize("which", ["join", "part one", "part two", "part all but one"])
def test_an_undo_restores_exactly_what_was_there(deps: Deps, which: str) -> None:
    large, small = two(deps)
    before = state(deps)
    held = before[0][large]
    if which == "join":
        done = room.join(deps, ANALYST, small, large, "x")
    else:
        gone = {"part one": held[:1], "part two": held[1:], "part all but one": held[:2]}[which]
        done = room.part(deps, ANALYST, large, gone, "x")
    assert state(deps) != before
    back = room.undo(deps, ANALYST, done.id, "看错了")
    assert (back.restored, back.moved_on) == (len(done.before), 0)
    assert state(deps) == before
    with pytest.raises(NotFound):
        room.undo(deps, ANALYST, done.id, "again")
    assess(deps, someone())
    assert state(deps) == before
    assert not [one for one in verify(deps, someone(Role.AUDITOR, purpose=Purpose.INSPECTION)) if one.broken_at]


def test_an_undo_leaves_whom_a_later_word_moved(deps: Deps) -> None:
    large, small = two(deps)
    first = room.join(deps, ANALYST, large, small, "x")
    moved = state(deps)[0][large][:1]
    room.part(deps, ANALYST, large, moved, "y")
    back = room.undo(deps, ANALYST, first.id, "z")
    assert back.moved_on >= 1
    assert moved[0] not in state(deps)[1]


def test_what_cannot_be_judged_is_refused(deps: Deps) -> None:
    large, small = two(deps)
    held = state(deps)[0][large]
    with pytest.raises(NotPermitted):
        room.join(deps, someone(Role.HANDLER), large, small, "x")
    with pytest.raises(NotPermitted):
        room.listed(deps, someone(Role.HANDLER))
    for call in (
        lambda: room.join(deps, ANALYST, large, small, "  "),
        lambda: room.join(deps, ANALYST, large, large, "x"),
        lambda: room.part(deps, ANALYST, large, held, "everyone leaves"),
    ):
        with pytest.raises(OutOfOrder):
            call()
    with pytest.raises(NotFound):
        room.join(deps, ANALYST, large, "nothing", "x")
    with pytest.raises(NotFound):
        room.part(deps, ANALYST, large, ["C-of-another"], "x")


def test_a_reason_is_kept_sealed_and_in_no_judgement(deps: Deps) -> None:
    large, small = two(deps)
    done = room.join(deps, ANALYST, large, small, "同一手笔，见附件")
    with deps.store.read() as work:
        assert b"\xe9\x99\x84" not in work.campaigns.judgements()[0]  # 附
        assert done.id in work.reasons.get([done.id])
