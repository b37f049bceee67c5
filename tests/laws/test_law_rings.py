"""Laws 2, 3, 4, 8, 9 and 10 where rings are concerned; what they ask of every ring is asked of random facts in tests/network."""

from dataclasses import fields

from tests.actions.test_rings import ANALYST, HANDLER, file, key, paid, run
from tests.network.factory import fact, people
from tests.network.test_rings import agency, rings

from mingcha.actions.ring_book import ring_events
from mingcha.actions.rings import listed, ring_view, untie, why
from mingcha.errors import NotFound, NotPermitted
from mingcha.model.actor import Purpose, Role
from mingcha.model.party import NO_ONE
from mingcha.model.ring import Ring, RingMember, RingRole, RingStatus
from mingcha.model.tie import TieFact
from mingcha.network.scheme import KINDS
from mingcha.network.ties import Bounds, build_ties
from mingcha.testing.house import FixedClock, house, someone


def test_law_2_a_ring_with_an_open_member_is_shut_to_whoever_decides_merit(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with house(tmp_path, memory=True) as deps:
        file(deps, "abcd")
        paid(deps, "a")
        run(deps)
        (ring,) = listed(deps, ANALYST).rings
        both = someone(Role.ANALYST, Role.HANDLER, purpose=Purpose.INVESTIGATION)
        assert listed(deps, both).rings == ()
        for look in (lambda: ring_view(deps, both, ring.id), lambda: why(deps, both, key(deps, "a"), key(deps, "b"))):
            try:
                look()
            except NotFound:
                continue
            raise AssertionError("it opened")
        try:
            listed(deps, HANDLER)
        except NotPermitted:
            return
        raise AssertionError("a handler saw rings")


def test_law_3_a_voice_is_no_thread_and_two_customers_are_no_ring() -> None:
    voice = [fact(c, "voice", "v", f"recordings/R{c}") for c in "abcd"]
    assert rings([*(fact(c, "filer_number", "n") for c in "abcd"), *voice], people(*"abcd"), "a") == []
    assert rings(agency("ab"), people(*"ab"), "a") == []


def test_law_3_two_organisations_that_buy_of_one_supplier_are_not_made_one() -> None:
    """Conduct found in one says nothing of the other."""
    found = rings([*agency("abcdef"), *agency("uvwxyz", number="m")], people(*"abcdefuvwxyz"), "a")
    assert [ring.status for ring in found] == [RingStatus.SUSPECTED, RingStatus.JOINT_GRIEVANCE]


def test_law_3_what_is_verified_expired_or_too_common_holds_no_ring() -> None:
    rows, who = agency("abcd"), people(*"abcd")
    for bounds in (
        Bounds(stopped=frozenset("bcd")), Bounds(expired=frozenset("bcd")), Bounds(allowed={"n": "call_centre", "s": "legal_aid"}),
    ):  # fmt: skip
        assert not any(tie.linking for tie in build_ties(rows, who, bounds).ties)


def test_law_3_ten_thousand_of_one_dormitory_are_no_ring_and_the_hub_is_listed() -> None:
    names = [f"c{n:05}" for n in range(10_000)]
    rows: list[TieFact] = [fact(c, kind, "x") for c in names for kind in ("ip", "return_address")]
    ties = build_ties(rows, people(*names), Bounds(none_tokens=frozenset({NO_ONE})))
    assert [(tie.hub, tie.linking) for tie in ties.ties] == [(True, ())] * 2


def test_law_4_members_are_values_and_a_level_is_the_ring_s_alone() -> None:
    (ring,) = rings(agency("abcd"), people(*"abcd"), "a")
    assert {member.kind for member in ring.members} <= set(KINDS)
    assert set(RingRole) == {"advertiser", "contact_point", "filer", "paper_maker", "payee", "script"}
    assert not {"customer", "person", "level", "score"} & {field.name for field in fields(RingMember)}
    assert "level" in {field.name for field in fields(Ring)}
    assert ring.level is None, "no program gives one"


def test_law_8_a_word_taken_back_restores_what_was_and_the_log_keeps_both(tmp_path) -> None:  # type: ignore[no-untyped-def]
    from mingcha.actions.rings import undo

    with house(tmp_path, memory=True, clock=FixedClock()) as deps:
        file(deps, "abcd")
        paid(deps, "a")
        run(deps)
        before = listed(deps, ANALYST).rings
        said = untie(deps, ANALYST, key(deps, "b"), key(deps, "d"), "经核实无关")
        run(deps)
        assert listed(deps, ANALYST).rings != before
        undo(deps, ANALYST, said.id, "看错了")
        run(deps)
        assert listed(deps, ANALYST).rings == before
        with deps.store.read() as work:
            assert len(ring_events(work)) == 3


def test_law_9_a_ring_not_resampled_says_so_by_its_type() -> None:
    assert Ring.__annotations__["stability"] == int | None
