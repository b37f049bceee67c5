"""Ways to reach somebody: none that an agent may hold is ever offered, and a branch always is."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.aid.acts import TODAY

from mingcha.aid.channels import CHANGED_DAYS, Line, channels, safe
from mingcha.model.aid import ChannelKind

LONG = TODAY - timedelta(days=1_000)
PLAIN: dict[str, object] = {"phone": "t1", "phone_since": LONG, "changed_on": None, "address": "a1"}


def line(**values: object) -> Line:
    return Line(**{**PLAIN, **values})  # type: ignore[arg-type]


def test_a_number_long_held_and_shared_with_nobody_is_safe() -> None:
    assert list(safe(line(), TODAY)) == list(ChannelKind)


@pytest.mark.parametrize(
    ("values", "lost", "why"),
    [
        ({"phone": None}, "call", "none is on record"),
        ({"phone_since": None}, "call", "since when"),
        ({"phone_since": TODAY - timedelta(days=CHANGED_DAYS)}, "call", "changed"),
        ({"changed_on": TODAY - timedelta(days=1)}, "call", "changed"),
        ({"others": frozenset({"t1"})}, "call", "another customer"),
        ({"agents": frozenset({"t1"})}, "call", "an agent uses"),
        ({"sim_away": True}, "call", "SIM"),
        ({"address": None}, "letter", "none is on record"),
        ({"others": frozenset({"a1"})}, "letter", "another customer"),
        ({"agents": frozenset({"a1"})}, "letter", "an agent uses"),
    ],
)
def test_what_an_agent_may_hold_is_not_offered_and_says_why(values: dict[str, object], lost: str, why: str) -> None:
    one = line(**values)
    assert ChannelKind(lost) not in set(safe(one, TODAY))
    said = {channel.kind.value: channel.why for channel in channels(one, TODAY)}
    assert why in (said[lost].en if said[lost] else "")
    assert sum(words is not None for words in said.values()) == 1


@pytest.mark.parametrize("name", ["phone_since", "changed_on"])
@pytest.mark.parametrize(
    ("days", "old"), [(-1, False), (0, False), (179, False), (180, False), (181, True), (182, True)]
)
def test_a_number_is_old_enough_after_180_whole_days(name: str, days: int, old: bool) -> None:
    held = line(**{name: TODAY - timedelta(days=days)})
    assert (ChannelKind.CALL in set(safe(held, TODAY))) is old


def test_an_unknown_day_is_not_safe_whatever_a_call_back_told() -> None:
    for told in (None, LONG):
        assert ChannelKind.CALL not in set(safe(line(phone_since=None, changed_on=told), TODAY))


VALUES = st.sampled_from(["t1", "t2", "a1", None])
SETS = st.frozensets(st.sampled_from(["t1", "t2", "a1"]))
DAYS = st.none() | (st.sampled_from([179, 180, 181]) | st.integers(-10, 400)).map(lambda n: TODAY - timedelta(days=n))


@given(
    st.builds(
        Line, phone=VALUES, phone_since=DAYS, changed_on=DAYS, address=VALUES, others=SETS, agents=SETS,
        sim_away=st.booleans(),
    )
)  # fmt: skip
def test_what_is_offered_is_what_the_rule_says_word_by_word(one: Line) -> None:
    offered = set(safe(one, TODAY))
    known = [day for day in (one.phone_since, one.changed_on) if day is not None]
    touched = one.others | one.agents
    call = one.phone and one.phone_since and one.phone not in touched and not one.sim_away
    old = all(TODAY - day > timedelta(days=CHANGED_DAYS) for day in known)
    letter = one.address and one.address not in touched
    expected = {ChannelKind.BRANCH} | ({ChannelKind.CALL} if call and old else set())
    assert offered == expected | ({ChannelKind.LETTER} if letter else set())
