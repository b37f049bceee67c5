"""What comes in by itself meets its ties and rings as a run over everything would have them: nothing is left for the run."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.actions.test_rings import ANALYST, OTHER_PHONE, PHONE, file, held, key, letter, names_of, paid, people, run

from mingcha.actions import families, increment
from mingcha.actions import rings as room
from mingcha.actions.codec import loads
from mingcha.actions.deps import Deps
from mingcha.actions.erase import erase_customer
from mingcha.actions.ring_book import HOMES, ring_events, rings_kept, ties_kept
from mingcha.actions.standings import STANDINGS, STATED
from mingcha.actions.take_in import TakenIn
from mingcha.model.actor import Role
from mingcha.model.complaint import Attachment
from mingcha.model.party import Representative
from mingcha.model.place import Place
from mingcha.model.ring import KeptTie, RingStatus
from mingcha.model.standing import Standing
from mingcha.model.traces import Device, Loss
from mingcha.network.scheme import KINDS, TieKind
from mingcha.testing.house import house, put, someone


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Deps]:
    """A house whose run found a few complaints that have nothing to do with each other."""
    with house(tmp_path, memory=True) as made:
        for n in "123456":
            file(made, n, f"1360013600{n}", seal=f"Q-{n}")
        run(made)
        yield made


def state(deps: Deps) -> dict[str, Any]:
    """All that is kept of ties and rings; of a hub only how many state it, which alone does not wait for the run."""
    with deps.store.read() as work:
        return {
            "rings": rings_kept(work),
            "ties": [_told(tie) for tie in ties_kept(work)],
            "homes": [row for row, _ in work.summaries.all(HOMES)],
            "standings": [_bare(loads(Standing, body)) for _, body in work.summaries.all(STANDINGS)],
            "stated": list(work.summaries.all(STATED)),
        }


def _told(tie: KeptTie) -> KeptTie:
    return replace(tie, millibits=0, cited=(), last=None) if tie.hub else tie


def _bare(one: Standing) -> Standing:
    """Without its findings: a run looks at those in groups alone, and what was found of others before is no harm."""
    return replace(one, conduct=(), explanations=(), rests_on=None)


def same_after_a_run(deps: Deps) -> None:
    """A run over everything changes nothing of it."""
    before = state(deps)
    with deps.store.read() as work:
        events = ring_events(work)
    run(deps)
    after = state(deps)
    for what in before:
        assert before[what] == after[what], what
    with deps.store.read() as work:
        assert ring_events(work) == events


def test_a_ring_is_there_before_any_run_of_its_members(deps: Deps) -> None:
    file(deps, "ab")
    assert held(deps) == []
    paid(deps, "a")
    file(deps, "cd")
    (ring,) = held(deps)
    assert (ring.status, names_of(deps, ring, "abcd")) == (RingStatus.SUSPECTED, "abcd")
    same_after_a_run(deps)


def test_before_the_first_run_there_is_nothing_to_relate_to(tmp_path: Path) -> None:
    with house(tmp_path, memory=True) as deps:
        file(deps, "abcd")
        assert not any(state(deps).values())


def test_a_house_of_before_standings_were_kept_keeps_its_rings(deps: Deps) -> None:
    file(deps, "abcd")
    (before,) = held(deps)
    whole = state(deps)
    with deps.store.write() as work:
        for kind in (HOMES, STANDINGS, STATED):
            work.summaries.replace(kind, [])
    run(deps)
    assert [ring.id for ring in held(deps)] == [before.id]
    assert state(deps) == whole


def test_conduct_that_comes_in_later_makes_a_joint_grievance_a_suspicion(deps: Deps) -> None:
    file(deps, "abcd")
    assert [ring.status for ring in held(deps)] == [RingStatus.JOINT_GRIEVANCE]
    paid(deps, "b")
    assert [ring.status for ring in held(deps)] == [RingStatus.SUSPECTED]
    same_after_a_run(deps)


def test_one_value_that_begins_as_another_does_is_another(deps: Deps) -> None:
    file(deps, "abcd", seal="S")
    file(deps, "uvwx", OTHER_PHONE, seal="S 1\0\ud800")
    assert {names_of(deps, ring, "abcduvwx") for ring in held(deps)} == {"abcd", "uvwx"}
    same_after_a_run(deps)


def test_two_rings_become_one_by_a_device_that_comes_in(deps: Deps) -> None:
    file(deps, "abcd")
    file(deps, "uvwx", OTHER_PHONE, seal="S-2")
    assert len(held(deps)) == 2
    rows = [Device(id=f"d{n}", complaint_id=n, customer_id=f"c{n}", device="D-1") for n in "abcduvwx"]
    put(deps, "devices", *rows)
    assert [names_of(deps, ring, "abcduvwx") for ring in held(deps)] == ["abcduvwx"]
    same_after_a_run(deps)


def test_whoever_is_erased_leaves_the_rings_at_once(deps: Deps) -> None:
    file(deps, "abcd")
    erase_customer(deps, someone(Role.CONSUMER_PROTECTION), "test", "cd", "本人要求")
    assert [names_of(deps, ring, "abcd") for ring in held(deps)] == ["abc"]
    gone = key(deps, "d")
    assert not any(gone in str(rows) for rows in state(deps).values())
    same_after_a_run(deps)


def test_a_word_holds_at_once_and_so_does_taking_it_back(deps: Deps) -> None:
    file(deps, "abcd")
    before = [ring.complaints for ring in held(deps)]
    said = room.untie(deps, ANALYST, key(deps, "a"), key(deps, "d"), "经核实无关")
    assert [len(ring.complaints) for ring in held(deps)] == [3]
    same_after_a_run(deps)
    room.undo(deps, ANALYST, said.id, "复核后撤销")
    assert [ring.complaints for ring in held(deps)] == before
    same_after_a_run(deps)


def test_a_value_that_one_more_makes_a_hub_lets_go_of_its_ring(deps: Deps, monkeypatch: pytest.MonkeyPatch) -> None:
    seal = KINDS["issuer_seal"]
    monkeypatch.setitem(KINDS, "issuer_seal", TieKind(seal.family, 4, seal.role, pull=seal.pull))
    run(deps)
    file(deps, "abcd")
    assert len(held(deps)) == 1
    file(deps, "e", OTHER_PHONE)
    assert held(deps) == []
    with deps.store.read() as work:
        hub = next(tie for tie in ties_kept(work) if tie.hub)
    assert (hub.kind, hub.complaints, hub.linking) == ("issuer_seal", 5, ())
    file(deps, "f", OTHER_PHONE)
    same_after_a_run(deps)


def test_a_hub_nobody_kept_and_whose_first_are_of_one_person_waits_for_the_run(
    deps: Deps, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal = KINDS["issuer_seal"]
    monkeypatch.setitem(KINDS, "issuer_seal", TieKind(seal.family, 2, seal.role, pull=seal.pull))
    with monkeypatch.context() as patch:
        patch.setattr(increment, "GROUP_LIMIT", 0)  # everybody has too much around them: nothing of ties is kept
        for n, phone in zip("abc", ("1370013700" + n for n in "123"), strict=True):
            file(deps, n, phone, seal="S-9")
    monkeypatch.setattr(increment, "CITED", 0)  # as if the first twenty were all of whoever comes in
    file(deps, "d", "13700137004", seal="S-9")
    assert not any(tie.kind == "issuer_seal" for tie in state(deps)["ties"])
    run(deps)
    assert [tie.complaints for tie in state(deps)["ties"] if tie.hub] == [4]


def test_too_many_around_wait_for_the_run_and_say_so(deps: Deps, monkeypatch: pytest.MonkeyPatch) -> None:
    file(deps, "abcd")
    monkeypatch.setattr(increment, "GROUP_LIMIT", 4)
    put(deps, "customers", *people("e"))
    done: TakenIn = put(deps, "complaints", letter("e"))
    assert done.rings_waiting == 1
    assert [names_of(deps, ring, "abcde") for ring in held(deps)] == ["abcd"]
    run(deps)
    assert [names_of(deps, ring, "abcde") for ring in held(deps)] == ["abcde"]


def test_what_came_in_while_a_run_looked_is_related_too(deps: Deps, monkeypatch: pytest.MonkeyPatch) -> None:
    from mingcha.actions import assess

    file(deps, "abcd")
    seen = assess.survey

    def survey(*given: Any) -> Any:
        found = seen(*given)
        file(deps, "e")
        file(deps, "uvwx", OTHER_PHONE, seal="S-2")
        file(deps, "yz", OTHER_PHONE, seal="S-2")
        return found

    for _ in range(2):  # the second time the house has statistics, and rings are born while the run looks
        monkeypatch.setattr(assess, "survey", survey)
        run(deps)
        monkeypatch.undo()
        assert {names_of(deps, ring, "abcdeuvwxyz") for ring in held(deps)} == {"abcde", "uvwxyz"}
        assert len(held(deps)) == 2
        same_after_a_run(deps)


@pytest.mark.parametrize("late", ["uvwx", "e"])
def test_a_ring_born_while_a_run_looks_stands_once(deps: Deps, monkeypatch: pytest.MonkeyPatch, late: str) -> None:
    from mingcha.actions import assess

    file(deps, "abcd")
    seen = assess.survey

    def survey(*given: Any) -> Any:
        found = seen(*given)
        file(deps, late, OTHER_PHONE if late != "e" else PHONE, seal="S-2" if late != "e" else "S-1")
        return found

    monkeypatch.setattr(assess, "survey", survey)
    run(deps)
    monkeypatch.undo()
    wanted = {"abcd", "uvwx"} if late != "e" else {"abcde"}
    assert sorted(names_of(deps, ring, "abcdeuvwx") for ring in held(deps)) == sorted(wanted)
    same_after_a_run(deps)


TEXTS = (
    "第{}件：请核实我的账单。",
    "贵行多收年费，本人要求退还并书面说明原因，否则将向监管部门反映，请尽快处理。编号{}",
)
RECORDS = st.tuples(
    st.sampled_from(["complaint", "complaint", "paper", "device", "loss", "paid", "representative", "place", "word"]),
    st.integers(0, 9),
    st.integers(0, 1),
    st.integers(0, 1),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(before=st.lists(RECORDS, max_size=14), after=st.lists(RECORDS, min_size=1, max_size=14))
def test_a_run_after_any_increments_changes_nothing(
    tmp_path: Path, before: list[tuple[str, int, int, int]], after: list[tuple[str, int, int, int]]
) -> None:
    with house(tmp_path, memory=True) as deps:
        put(deps, "customers", *people(*"0123456789"))
        for who in range(6):
            _arrives(deps, f"c{who}", ("complaint", who, who % 2, 0))
        for number, row in enumerate(before):
            _arrives(deps, f"b{number}", row)
        run(deps)
        for number, row in enumerate(after):
            if row[0] not in ("representative", "place"):  # of the whole house: they wait for a run
                _arrives(deps, f"a{number}", row)
        same_after_a_run(deps)


def _arrives(deps: Deps, id_: str, row: tuple[str, int, int, int]) -> None:
    what, who, value, which = row
    n, of = str(who), {"customer_id": f"c{who}"}
    if what == "complaint":
        text = TEXTS[which].format(who)
        put(deps, "complaints", replace(letter(n, (PHONE, OTHER_PHONE)[value]), id=id_, text=text))
    elif what == "paper":
        put(deps, "attachments", Attachment(id=id_, paper_kind="medical", seal=f"S-{value}", **of))
    elif what == "device":
        put(deps, "devices", Device(id=id_, device=f"D-{value}", ip=f"10.0.0.{value}", **of))
    elif what == "loss":
        put(deps, "losses", Loss(id=id_, payee=f"P-{value}", proof="transfer", **of))
    elif what == "paid":
        paid(deps, n)
    elif what == "representative":
        put(deps, "representatives", Representative(id=id_, phone=PHONE, relation="legal_aid", verified=True))
    elif what == "place":
        put(deps, "places", Place(id=id_, place_kind="library", ip="10.0.0.1", source="名录"))
    else:
        _say(deps, who, value, which)


def _say(deps: Deps, who: int, value: int, which: int) -> None:
    with deps.store.read() as work:
        held_ = sorted(stored.id for stored in work.records.scan("complaints"))
    if len(held_) > 2:
        one, other = held_[who % len(held_)], held_[(who + value + 1) % len(held_)]
        if one != other and not any(
            {one, other} == set(said.complaints) for said in room.listed(deps, ANALYST).judgements
        ):
            (room.tie, room.untie)[which](deps, ANALYST, one, other, "经核实")


def test_a_word_on_families_reaches_the_ties_at_once(deps: Deps) -> None:
    text = "贵行多收年费，本人要求退还并书面说明原因，否则将向监管部门反映，请尽快处理并回复本人，谢谢。"
    put(deps, "customers", *people(*"abcd"))
    put(deps, "complaints", *(replace(letter(n), text=f"{text}第{n}人") for n in "abcd"))
    run(deps)
    (family,) = {one.family for one in _standings(deps).values() if one.family}
    assert "template" in {tie.kind for tie in state(deps)["ties"] if tie.linking}
    with deps.store.read() as work:
        others = [one.complaint for one in work.campaigns.members(family) if not one.representative]
    said = families.part(deps, ANALYST, family, others[:2], "内容不同")
    assert "template" not in {tie.kind for tie in state(deps)["ties"] if tie.linking}, "two of each are too few"
    same_after_a_run(deps)
    families.undo(deps, ANALYST, said.id, "看错了")
    assert "template" in {tie.kind for tie in state(deps)["ties"] if tie.linking}


def _standings(deps: Deps) -> dict[str, Standing]:
    with deps.store.read() as work:
        return {id_: loads(Standing, body) for id_, body in work.summaries.all(STANDINGS)}
