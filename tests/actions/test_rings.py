"""The book of rings: born, grown, asleep, split by a word, undone; as of any day; sealed; closed to whom law 2 closes it."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingcha.actions import rings as room
from mingcha.actions.assess import assess
from mingcha.actions.clock_paper import record_clock_event
from mingcha.actions.decide import decide_merit
from mingcha.actions.deps import Deps
from mingcha.actions.erase import erase_customer
from mingcha.actions.kept import record_id
from mingcha.actions.replay import replay
from mingcha.actions.ring_book import ring_events, standing, tie_words
from mingcha.errors import NotFound, NotPermitted, OutOfOrder
from mingcha.model.actor import Purpose, Role
from mingcha.model.clock import ClockEvent, ClockEventKind
from mingcha.model.complaint import Attachment, Complaint
from mingcha.model.decision import MeritVerdict
from mingcha.model.kinds import BY_CODE
from mingcha.model.party import Callback, Customer
from mingcha.model.place import Place
from mingcha.model.ring import Became, Ring, RingStatus, TieJudgement, TieWord
from mingcha.testing.house import NOON, FixedClock, house, put, someone

ANALYST = someone(Role.ANALYST, purpose=Purpose.INVESTIGATION)
INSPECTOR = someone(Role.INSPECTOR, Role.AUDITOR, name="cai", purpose=Purpose.INSPECTION)
HANDLER = someone(Role.HANDLER)
PHONE, OTHER_PHONE = "13800138000", "13900139000"


def people(*names: str) -> list[Customer]:
    return [
        Customer(id=f"c{n}", name="王某", verified=True, household=f"h{n}", employer="none", merchant="none")
        for n in names
    ]


def letter(n: str, phone: str = PHONE, **more: object) -> Complaint:
    cells = {
        "id": n,
        "received_at": NOON,
        "text": f"第{n}件：请核实我的账单。",
        "licence": "bank",
        "customer_id": f"c{n}",
    }
    return Complaint(**cells, filer_phone=phone, filer_role="self", **more)  # type: ignore[arg-type]


def file(deps: Deps, names: str, phone: str = PHONE, seal: str = "S-1") -> None:
    """Letters from one number with papers of one seal, which are records of their own."""
    put(deps, "customers", *people(*names))
    put(deps, "complaints", *(letter(n, phone) for n in names))
    papers = [
        Attachment(id=f"t{n}", complaint_id=n, customer_id=f"c{n}", paper_kind="medical", seal=seal) for n in names
    ]
    put(deps, "attachments", *papers)


def paid(deps: Deps, n: str) -> None:
    """The customer says an agent was paid."""
    proof = {
        "asked_by": "回访组",
        "script_id": "n1",
        "channel": "phone",
        "proved_by": "face_check",
        "recording_hash": "1" * 64,
    }
    put(
        deps,
        "callbacks",
        Callback(
            id=f"b{n}",
            complaint_id=n,
            customer_id=f"c{n}",
            called_at=NOON,
            spoke="spoke",
            aware="yes",
            paid_agent="yes",
            **proof,
        ),
    )


def key(deps: Deps, n: str) -> str:
    return record_id(deps.keys, BY_CODE["complaints"], "test", n)


def names_of(deps: Deps, ring: Ring, names: str) -> str:
    return "".join(n for n in names if key(deps, n) in ring.complaints)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture(params=[True, False], ids=["memory", "sqlite"])
def deps(request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock) -> Iterator[Deps]:
    with house(tmp_path, memory=request.param, clock=clock) as opened:
        file(opened, "abcd")
        paid(opened, "a")
        run(opened)
        yield opened


def run(deps: Deps) -> None:
    assess(deps, someone())


def held(deps: Deps) -> list[Ring]:
    return list(room.listed(deps, ANALYST).rings)


def test_a_ring_is_born_with_its_parts_and_its_customers_apart(deps: Deps) -> None:
    (ring,) = held(deps)
    assert (ring.status, ring.level, ring.unrelated.count) == (RingStatus.SUSPECTED, None, 4)
    assert {one.kind for one in ring.members} == {"filer_number", "issuer_seal"}
    assert names_of(deps, ring, "abcd") == "abcd"
    assert all(customer.startswith("P-") for customer in ring.customers)
    assert [e.became for e in room.ring_view(deps, ANALYST, ring.id).events] == [Became.BORN]


def test_without_conduct_it_is_a_joint_grievance(tmp_path: Path) -> None:
    with house(tmp_path, memory=True) as deps:
        file(deps, "abcd")
        run(deps)
        assert [ring.status for ring in held(deps)] == [RingStatus.JOINT_GRIEVANCE]


def test_a_ring_keeps_its_id_as_it_grows_and_nothing_new_is_no_event(deps: Deps, clock: FixedClock) -> None:
    (before,) = held(deps)
    clock.later(days=1)
    run(deps)
    with deps.store.read() as work:
        assert len(ring_events(work)) == 1
    file(deps, "ef")
    run(deps)
    (after,) = held(deps)
    assert (after.id, names_of(deps, after, "abcdef")) == (before.id, "abcdef")
    grew = [Became.CHANGED] * 2  # by the letters, then by their papers; by the run no more
    assert [e.became for e in room.ring_view(deps, ANALYST, after.id).events] == [Became.BORN, *grew]


def test_what_was_known_on_a_day_is_still_known(deps: Deps, clock: FixedClock) -> None:
    born = clock.at
    clock.later(days=3)
    file(deps, "ef")
    run(deps)
    assert room.listed(deps, ANALYST, born - timedelta(seconds=1)).rings == ()
    then = room.listed(deps, ANALYST, born + timedelta(days=1)).rings
    assert [names_of(deps, ring, "abcdef") for ring in then] == ["abcd"]
    assert [names_of(deps, ring, "abcdef") for ring in held(deps)] == ["abcdef"]


def test_two_rings_of_one_paper_maker_stay_two(deps: Deps) -> None:
    file(deps, "uvwx", OTHER_PHONE)
    run(deps)
    found = sorted(names_of(deps, ring, "abcduvwx") for ring in held(deps))
    assert found == ["abcd", "uvwx"]
    assert {m.kind for ring in held(deps) for m in ring.bridges} == {"issuer_seal"}


def test_a_word_parts_two_for_good_and_undoing_it_restores_what_was(deps: Deps, clock: FixedClock) -> None:
    before = held(deps)
    a, d = key(deps, "a"), key(deps, "d")
    said = room.untie(deps, ANALYST, a, d, "经核实无关")
    with pytest.raises(OutOfOrder):
        room.tie(deps, ANALYST, d, a, "其实有关")
    for _ in range(2):
        run(deps)
        (ring,) = held(deps)
        assert not {a, d} <= {*ring.complaints}
        assert len(ring.complaints) == 3
    assert [w.en for w in room.why(deps, ANALYST, a, d).against][:1] == ["test said they are not related"]
    clock.later(hours=1)
    room.undo(deps, ANALYST, said.id, "看错了")
    run(deps)
    assert held(deps) == before
    with pytest.raises(NotFound):
        room.undo(deps, ANALYST, said.id, "再来")
    with deps.store.read() as work:
        assert len(ring_events(work)) == 3


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.sampled_from(["tie", "untie", "undo"]), st.integers(0, 3), st.integers(0, 3)), max_size=12)
)
def test_any_words_and_as_many_undone_leave_what_was(steps: list[tuple[str, int, int]]) -> None:
    """The state is what stands of the words: with every word taken back nothing stands, and the log keeps them all."""
    said: list[TieJudgement] = []
    for n, (what, one, other) in enumerate(steps):
        pair = (f"C-{min(one, other)}", f"C-{max(one, other)}")
        stands = standing(said)
        target = next((held for held in reversed(stands) if held.complaints == pair), None)
        word = {"tie": TieWord.TOGETHER, "untie": TieWord.APART, "undo": TieWord.UNDONE}[what]
        if (word is TieWord.UNDONE) == (target is None):
            continue
        before = stands
        undoes = target.id if target and word is TieWord.UNDONE else None
        said.append(TieJudgement(id=f"J{n}", word=word, complaints=pair, by="t", at=NOON, undoes=undoes))
        if undoes:
            assert standing(said) == [held for held in before if held.id != undoes]
    kept = len(said)
    for held_ in standing(said):
        said.append(
            TieJudgement(
                id=f"U{held_.id}", word=TieWord.UNDONE, complaints=held_.complaints, by="t", at=NOON, undoes=held_.id
            )
        )
    assert standing(said) == []
    assert len(said) >= kept


def test_words_need_a_reason_two_complaints_and_complaints_that_are_here(deps: Deps) -> None:
    a, b = key(deps, "a"), key(deps, "b")
    with pytest.raises(OutOfOrder):
        room.tie(deps, ANALYST, a, b, "  ")
    with pytest.raises(OutOfOrder):
        room.untie(deps, ANALYST, a, a, "自己")
    with pytest.raises(NotFound):
        room.tie(deps, ANALYST, a, "C-NONE", "理由")
    with pytest.raises(OutOfOrder):
        room.why(deps, ANALYST, a, a)
    with deps.store.read() as work:
        assert tie_words(work).together == frozenset()


def test_why_names_the_value_between_them_and_what_speaks_against(deps: Deps) -> None:
    file(deps, "z", OTHER_PHONE, "S-2")
    run(deps)
    found = room.why(deps, ANALYST, key(deps, "a"), key(deps, "b"))
    assert found.ring == held(deps)[0].id
    assert sorted(path.steps[0][0].kind for path in found.paths) == ["filer_number", "issuer_seal"]
    assert all(path.steps[-1][1] == key(deps, "b") for path in found.paths)
    apart = room.why(deps, ANALYST, key(deps, "a"), key(deps, "z"))
    assert (apart.ring, apart.paths) == (None, ())


def test_a_way_leads_over_no_complaint_that_is_closed_to_the_reader(tmp_path: Path) -> None:
    """a and c share nothing; the only way is over b, whose merit is open, or by words the reader may not see."""
    with house(tmp_path, memory=True) as deps:
        put(deps, "customers", *people(*"abc"))
        put(deps, "complaints", letter("a"), letter("b", device="d-1"), letter("c", OTHER_PHONE, device="d-1"))
        run(deps)
        a, b, c = (key(deps, n) for n in "abc")
        for one, other in ((a, c), (c, a)):
            (way,) = room.why(deps, ANALYST, one, other).paths
            assert [reached for _, reached in way.steps] == [b, other]
        both = someone(Role.ANALYST, Role.HANDLER, purpose=Purpose.INVESTIGATION)
        for n in "ac":
            decide_merit(deps, HANDLER, key(deps, n), MeritVerdict.NOT_UPHELD, (), "查过记录")
        assert room.why(deps, both, a, c).paths == ()


def test_words_on_what_was_erased_move_nobody(deps: Deps) -> None:
    file(deps, "z", OTHER_PHONE, "S-2")
    room.tie(deps, ANALYST, key(deps, "z"), key(deps, "a"), "同一人交来")
    erase_customer(deps, someone(Role.CONSUMER_PROTECTION), "test", "cz", "本人要求")
    run(deps)
    (ring,) = held(deps)
    assert names_of(deps, ring, "abcdz") == "abcd"


def test_a_hub_is_listed_and_speaks_against(tmp_path: Path) -> None:
    with house(tmp_path, memory=True) as deps:
        names = [f"n{i:02}" for i in range(25)]
        put(deps, "customers", *people(*names))
        put(deps, "complaints", *(letter(n, "", ip="10.1.1.1") for n in names))
        run(deps)
        found = room.listed(deps, ANALYST)
        assert (found.rings, [(tie.kind, tie.complaints) for tie in found.hubs]) == ((), [("ip", 25)])
        why = room.why(deps, ANALYST, key(deps, "n00"), key(deps, "n01"))
        assert why.paths == ()
        assert any("the internet address they share" in said.en and "links nobody" in said.en for said in why.against)
        assert any("共同的网络地址" in said.zh for said in why.against)


def test_a_complaint_closed_for_half_a_year_links_nobody_any_more(deps: Deps, clock: FixedClock) -> None:
    clock.later(days=2)
    for n in "abcd":
        answered = ClockEvent(kind=ClockEventKind.ANSWERED, at=clock.at, document=f"答复{n}号", by="test")
        record_clock_event(deps, HANDLER, key(deps, n), answered)
    clock.later(days=180)
    run(deps)
    assert len(held(deps)) == 1
    clock.later(days=1)
    run(deps)
    assert held(deps) == []
    with deps.store.read() as work:
        assert ring_events(work)[-1].became is Became.DORMANT


def test_a_ring_sleeps_after_two_years_and_keeps_its_name_when_it_wakes(deps: Deps, clock: FixedClock) -> None:
    """One new letter renews the number alone: one thread wakes nobody. The paper's seal does."""
    (before,) = held(deps)
    clock.later(days=732)
    run(deps)
    assert held(deps) == []
    put(deps, "customers", *people("e"))
    put(deps, "complaints", replace(letter("e"), received_at=clock.at))
    run(deps)
    assert held(deps) == []
    put(deps, "attachments", Attachment(id="te", complaint_id="e", customer_id="ce", paper_kind="medical", seal="S-1"))
    run(deps)
    (after,) = held(deps)
    assert (after.id, names_of(deps, after, "abcde")) == (before.id, "abcde")
    events = room.ring_view(deps, ANALYST, after.id).events
    assert [event.became for event in events] == [Became.BORN, Became.DORMANT, Became.WOKE]


def test_a_closed_complaint_whose_paper_is_gone_stops_no_run(tmp_path: Path) -> None:
    with house(tmp_path) as deps:
        file(deps, "ab")
        answered = ClockEvent(kind=ClockEventKind.ANSWERED, at=NOON, document="答复1号", by="test")
        record_clock_event(deps, HANDLER, key(deps, "a"), answered)
        with sqlite3.connect(tmp_path / "house.db") as plain:
            plain.execute("UPDATE clock_events SET kind = 'extension'")
        run(deps)


def test_looking_at_many_rings_takes_no_more_statements_than_at_one(tmp_path: Path) -> None:
    def statements(rings: int, folder: Path) -> int:
        folder.mkdir()
        with house(folder) as deps:
            for n in range(rings):
                names = [f"{n}{letter_}" for letter_ in "abc"]
                put(deps, "customers", *people(*names))
                put(deps, "complaints", *(letter(name, f"1380013800{n}") for name in names))
                seals = [
                    Attachment(
                        id=f"t{name}", complaint_id=name, customer_id=f"c{name}", paper_kind="medical", seal=f"S{n}"
                    )
                    for name in names
                ]
                put(deps, "attachments", *seals)
            run(deps)
            before = deps.store.statements  # type: ignore[attr-defined]
            assert len(held(deps)) == rings
            return int(deps.store.statements - before)  # type: ignore[attr-defined]

    assert statements(1, tmp_path / "one") == statements(5, tmp_path / "five")


def test_an_allowed_place_is_no_ring(deps: Deps) -> None:
    put(deps, "places", Place(id="q", place_kind="call_centre", name="客服中心", phone=PHONE, source="本机构"))
    run(deps)
    assert held(deps) == []


def test_an_assessment_of_a_ring_is_rebuilt_bit_for_bit(deps: Deps, clock: FixedClock) -> None:
    clock.later(days=40)
    with deps.store.read() as work:
        made = work.desk.assessments([key(deps, "a")])[key(deps, "a")]
    assert made.group == held(deps)[0].id
    assert replay(deps, ANALYST, key(deps, "a")).same


def test_statistics_are_frozen_for_a_month(deps: Deps, clock: FixedClock) -> None:
    def bits() -> set[int]:
        return {member.millibits for ring in held(deps) for member in ring.members}

    assert bits() == {0}  # everybody of this house states them
    file(deps, "z", OTHER_PHONE, "S-2")
    run(deps)
    assert bits() == {0}
    clock.at = clock.at.replace(month=4, day=1)
    run(deps)
    assert bits() == {415}  # log2(4 others / 3 of them)


def test_rings_are_for_whoever_never_decides_merit(deps: Deps) -> None:
    (ring,) = held(deps)
    for who in (HANDLER, someone(Role.SUPERVISOR), someone(Role.SUPERVISOR, purpose=Purpose.INVESTIGATION)):
        with pytest.raises(NotPermitted):
            room.listed(deps, who)
    both = someone(Role.ANALYST, Role.HANDLER, purpose=Purpose.INVESTIGATION)
    found = room.listed(deps, both)
    assert (found.rings, found.withheld) == ((), 1)
    with pytest.raises(NotFound):
        room.ring_view(deps, both, ring.id)
    with pytest.raises(NotFound):
        room.why(deps, both, key(deps, "a"), key(deps, "b"))
    for n in "abcd":
        decide_merit(deps, HANDLER, key(deps, n), MeritVerdict.NOT_UPHELD, (), "查过记录")
    assert [one.id for one in room.listed(deps, both).rings] == [ring.id]


def test_what_was_erased_is_in_no_ring_that_is_shown(deps: Deps) -> None:
    (ring,) = held(deps)
    gone = key(deps, "d")
    erase_customer(deps, someone(Role.CONSUMER_PROTECTION), "test", "cd", "本人要求")
    (shown,) = held(deps)
    assert gone not in shown.complaints
    assert len(shown.customers) == 3
    assert all(gone not in member.complaints for member in shown.members)
    assert shown.id == ring.id


def test_looks_and_words_are_sealed(deps: Deps) -> None:
    (ring,) = held(deps)
    room.why(deps, ANALYST, key(deps, "a"), key(deps, "b"))
    room.tie(deps, ANALYST, key(deps, "a"), key(deps, "b"), "同一人交来")
    with deps.store.read() as work:
        acts = [json.loads(link.payload)["act"] for link in work.chains.read("access")]
        last = [json.loads(link.payload) for link in work.chains.read("decisions")][-1]
    assert acts[-2:] == ["see_rings", "why_together"]
    assert (last["act"], last["word"], last["by"]) == ("judge_tie", "together", "test")
    assert ring.id in {ring.id for ring in room.listed(deps, ANALYST).rings}


def test_a_level_is_given_by_people_to_a_suspected_ring_and_stays(deps: Deps) -> None:
    (ring,) = held(deps)
    room.grade(deps, ANALYST, ring.id, 2, "按指引二级特征")
    file(deps, "ef")
    run(deps)
    (after,) = held(deps)
    assert (after.id, after.level, len(after.complaints)) == (ring.id, 2, 6)
    room.grade(deps, ANALYST, ring.id, None, "证据不足")
    assert held(deps)[0].level is None
    events = room.ring_view(deps, ANALYST, ring.id).events
    assert [e.became for e in events] == [Became.BORN, Became.GRADED, *[Became.CHANGED] * 2, Became.GRADED]
    for id_, level, reason, error in (
        (ring.id, 3, "x", OutOfOrder), (ring.id, 1, " ", OutOfOrder), ("R-0", 1, "x", NotFound),
    ):  # fmt: skip
        with pytest.raises(error):
            room.grade(deps, ANALYST, id_, level, reason)


def test_a_joint_grievance_has_no_level(tmp_path: Path) -> None:
    with house(tmp_path, memory=True) as deps:
        file(deps, "abcd")
        run(deps)
        with pytest.raises(OutOfOrder):
            room.grade(deps, ANALYST, held(deps)[0].id, 1, "x")
