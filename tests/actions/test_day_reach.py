"""How far a slip anchors: whatever is said to be covered cannot be changed unseen, even by whoever holds the audit key."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.actions.test_day_roots import (
    AUDITOR,
    FIRST,
    act,
    all_links,
    anew,
    checked,
    clock,
    deps,
    filled,
    keys,
    rebuilt,
)

from mingcha.actions.day_roots import day_of, seal_days, sealed_days
from mingcha.actions.deps import Deps
from mingcha.actions.sealing import ACCESS, CUSTODY, DECISIONS, ROOTS
from mingcha.adapters.keys.audit import AuditKey
from mingcha.evidence.canonical import canonical, parse
from mingcha.evidence.daily import day_root, signed_bytes
from mingcha.evidence.day_slip import day_code
from mingcha.evidence.seal import fault
from mingcha.model.days import Assurance, DaysChecked, assured
from mingcha.model.stored import Link
from mingcha.testing.house import FixedClock, house

__all__ = ["clock", "deps", "keys"]  # fixtures


@pytest.fixture
def held(deps: Deps, keys: tuple[AuditKey, AuditKey]) -> Deps:
    """Three days sealed, and a record of today."""
    seal_days(deps, AUDITOR, keys[0])
    act(deps, ACCESS, "today")
    return deps


def slip(deps: Deps, day: int, *labels: str) -> str:
    """The parts of a day's slip with these labels."""
    (code,) = [day_code(one) for one in sealed_days(deps, AUDITOR) if one.root.day.endswith(str(day))]
    return " ".join(part for part in code.split() if part.startswith(labels))


@pytest.mark.parametrize(
    ("day", "labels", "until"),
    [
        (2, ("day", "root:", "custody", "access", "decisions"), "2026-03-02"),
        (2, ("root:",), "2026-03-02"),
        (2, ("roots",), "2026-03-02"),
        (2, ("custody",), "custody:4"),
        (2, ("custody", "decisions"), "custody:4, decisions:2"),
        (4, ("custody", "access", "decisions"), "2026-03-04"),
        (1, ("day", "custody"), "custody:2"),
    ],
)
def test_a_slip_says_how_far_it_goes(held: Deps, day: int, labels: tuple[str, ...], until: str) -> None:
    found = checked(held, slips=(slip(held, day, *labels),))
    assert (found.assurance, found.until, found.witnessed) == (Assurance.ANCHORED, until, "")
    for said, after in (
        (assured(found).en, "what came after is only self-attested"),
        (assured(found).zh, "其后仅为自证"),
    ):
        assert until in said and said.endswith(after)


def test_a_head_beyond_the_last_whole_day_is_named_beside_it(held: Deps) -> None:
    found = checked(held, slips=(slip(held, 1, "day", "root:", "roots"), slip(held, 4, "custody")))
    assert found.until == "2026-03-01, custody:6"


def test_what_is_only_witnessed_beyond_is_told_apart(held: Deps, keys: tuple[AuditKey, AuditKey]) -> None:
    found = checked(held, keys[0].key, slips=(slip(held, 2, "custody"),))
    assert (found.until, found.witnessed) == ("custody:4", "2026-03-04")
    assert "其后至 2026-03-04 为内部见证，再后仅为自证" in assured(found).zh
    assert "from there witnessed inside until 2026-03-04" in assured(found).en
    alone = checked(held, keys[0].key)
    assert (alone.assurance, alone.until, alone.witnessed) == (Assurance.WITNESSED, "2026-03-04", "")
    assert assured(alone).zh.endswith("其后仅为自证")


def test_a_chain_at_rest_is_not_under_the_root_of_a_day(
    deps: Deps, clock: FixedClock, keys: tuple[AuditKey, AuditKey]
) -> None:
    act(deps, CUSTODY, "alone that day")
    clock.later(days=1)
    seal_days(deps, AUDITOR, keys[0])
    assert checked(deps, slips=(slip(deps, 5, "root:"),)).until == "custody:7"
    assert checked(deps, slips=(slip(deps, 5, "roots"),)).until == "2026-03-05", "its act names all heads"


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_nothing_within_what_is_said_changes_unseen_even_under_the_audit_key(
    data: st.DataObject, keys: tuple[AuditKey, AuditKey], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """And the first record beyond could be: no less is said than holds."""
    clock = FixedClock(FIRST)
    with house(tmp_path_factory.mktemp("h"), clock=clock, memory=True) as deps:
        filled(deps, clock)
        act(deps, data.draw(st.sampled_from([CUSTODY, ACCESS])), "of the 5th, while others rest")
        clock.later(days=1)
        seal_days(deps, AUDITOR, keys[0])
        act(deps, CUSTODY, "of the 6th")
        day = data.draw(st.sampled_from([1, 2, 4, 5]))
        labels = data.draw(st.sets(st.sampled_from(["root:", "roots", "custody", "access", "decisions"]), min_size=1))
        given_slip = slip(deps, day, *labels)
        found = checked(deps, slips=(given_slip,))
        assert found.assurance is Assurance.ANCHORED
        link = data.draw(st.sampled_from([one for one in all_links(deps) if one.chain != ROOTS]))
        with rebuilt(deps, lied(deps, link, keys[0])) as other:
            after = checked(other, slips=(given_slip,)).assurance
        expected = Assurance.BROKEN if within(deps, found, link) else Assurance.ANCHORED
        assert after is expected, (given_slip, found.until, link.chain, link.seq)


def within(deps: Deps, found: DaysChecked, link: Link) -> bool:
    """Whether a record is covered by what is said."""
    day, *_ = [*[part for part in found.until.split(", ") if part.startswith("2026")], ""]
    places = dict(part.split(":") for part in found.until.split(", ") if ":" in part)
    return day_of(link.at, deps.zone) <= day or link.seq <= int(places.get(link.chain, 0))


def lied(deps: Deps, about: Link, key: AuditKey) -> dict[str, list[Link]]:
    """Every chain made anew around one record that says something else, and the roots of all days signed again."""
    links = all_links(deps)
    made: dict[str, list[Link]] = {}
    for chain in (ACCESS, CUSTODY, DECISIONS):
        held = [
            replace(one, payload=canonical({**parse(one.payload), "said": "?"})) if one == about else one
            for one in links
            if one.chain == chain
        ]
        made[chain] = anew(held, [])
    roots = []
    for link in (one for one in links if one.chain == ROOTS):
        told = parse(link.payload)
        mine = [one for chain in made.values() for one in chain if day_of(one.at, deps.zone) == told["day"]]
        told["root"] = day_root(mine)
        told["signature"] = key.sign(signed_bytes(told["day"], told["count"], told["root"]))
        heads = {chain: int(head.partition(":")[0]) for chain, head in told["heads"].items()}
        told["heads"] = {chain: f"{seq}:{made[chain][seq - 1].hash}" for chain, seq in heads.items()}
        roots.append(replace(link, payload=canonical(told)))
    made[ROOTS] = anew(roots, [])
    assert not any(fault(None, chain[0]) for chain in made.values())
    return made
