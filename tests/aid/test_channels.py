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
        ({"others": frozenset({"t1"})}, "call", "others filed"),
        ({"agents": frozenset({"t1"})}, "call", "an agent uses"),
        ({"address": None}, "letter", "none is on record"),
        ({"others": frozenset({"a1"})}, "letter", "others filed"),
        ({"agents": frozenset({"a1"})}, "letter", "an agent uses"),
    ],
)
def test_what_an_agent_may_hold_is_not_offered_and_says_why(values: dict[str, object], lost: str, why: str) -> None:
    one = line(**values)
    assert ChannelKind(lost) not in set(safe(one, TODAY))
    said = {channel.kind.value: channel.why for channel in channels(one, TODAY)}
    assert why in (said[lost].en if said[lost] else "")
    assert sum(words is not None for words in said.values()) == 1


def test_a_day_later_the_number_is_old_enough() -> None:
    held = line(phone_since=TODAY - timedelta(days=CHANGED_DAYS + 1))
    assert ChannelKind.CALL in set(safe(held, TODAY))


VALUES = st.sampled_from(["t1", "t2", "a1", None])
SETS = st.frozensets(st.sampled_from(["t1", "t2", "a1"]))
DAYS = st.none() | st.integers(-10, 400).map(lambda n: TODAY - timedelta(days=n))


@given(st.builds(Line, phone=VALUES, phone_since=DAYS, changed_on=DAYS, address=VALUES, others=SETS, agents=SETS))
def test_an_unsafe_way_is_never_offered(one: Line) -> None:
    offered = set(safe(one, TODAY))
    assert ChannelKind.BRANCH in offered
    touched = one.others | one.agents
    if ChannelKind.CALL in offered:
        assert one.phone is not None
        assert one.phone not in touched
        for day in (one.phone_since, one.changed_on or one.phone_since):
            assert day is not None
            assert (TODAY - day).days > CHANGED_DAYS
    if ChannelKind.LETTER in offered:
        assert one.address is not None
        assert one.address not in touched
