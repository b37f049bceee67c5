"""Days are sealed once by the audit role; whatever is changed since is found, and what was made wholly anew is found by one slip."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingcha.actions.day_checks import Outside, check_days
from mingcha.actions.day_roots import seal_days, sealed_day, sealed_days, stamp_days, witness_of
from mingcha.actions.deps import Deps
from mingcha.actions.inspection.inspect import Asked, inspect
from mingcha.actions.sealing import ACCESS, CUSTODY, DECISIONS, ROOTS, seal_act
from mingcha.actions.verify import verify
from mingcha.adapters.keys.audit import AuditKey, genuine, make, signer
from mingcha.errors import BrokenSeal, NotFound, NotPermitted
from mingcha.evidence.canonical import canonical, parse
from mingcha.evidence.daily import day_leaf, day_root, signed_bytes
from mingcha.evidence.day_slip import day_code, day_slip, read_slip
from mingcha.evidence.merkle import proves
from mingcha.evidence.seal import seal
from mingcha.model.actor import Purpose, Role
from mingcha.model.days import Assurance, DaysChecked, DayState, SealedDay
from mingcha.model.stored import Link
from mingcha.testing.house import FixedClock, house, someone

AUDITOR = someone(Role.AUDITOR, purpose=Purpose.INSPECTION)
FIRST = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)  # 10 in the morning in Shanghai
PASSPHRASE = "correct horse battery"


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> tuple[AuditKey, AuditKey]:
    """The house's audit key, and a rebuilder's own."""
    folder = tmp_path_factory.mktemp("keys")
    for name in ("audit", "other"):
        make(folder / name, PASSPHRASE, folder / "w")
    return signer(folder / "audit", PASSPHRASE), signer(folder / "other", PASSPHRASE)


def act(deps: Deps, chain: str, said: str) -> Link:
    with deps.store.write() as work:
        return seal_act(deps, work, chain, AUDITOR, {"act": "noted", "said": said})


def filled(deps: Deps, clock: FixedClock) -> None:
    """Records on the 1st, 2nd and 4th of March; the 3rd is empty; it is the 5th."""
    for day in (1, 2, 4):
        clock.at = FIRST + timedelta(days=day - 1)
        for chain in (CUSTODY, ACCESS, CUSTODY, DECISIONS):
            act(deps, chain, f"{day}")
            clock.later(minutes=7)
    clock.at = FIRST + timedelta(days=4)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(FIRST)


@pytest.fixture
def deps(tmp_path: Path, clock: FixedClock) -> Iterator[Deps]:
    with house(tmp_path, clock=clock) as opened:
        filled(opened, clock)
        yield opened


def checked(deps: Deps, *keys: str, slips: tuple[str, ...] = ()) -> DaysChecked:
    outside = Outside(genuine=genuine, keys=frozenset(keys), slips=tuple(map(read_slip, slips)))
    return check_days(deps, AUDITOR, outside)


def states(found: DaysChecked) -> dict[str, DayState]:
    return {one.day[-2:]: one.state for one in found.days}


def all_links(deps: Deps) -> list[Link]:
    with deps.store.read() as work:
        return [link for chain in work.chains.names() for link in work.chains.read(chain)]


def test_each_day_with_records_is_sealed_once_and_is_what_the_slow_twin_says(
    deps: Deps, clock: FixedClock, keys: tuple[AuditKey, AuditKey]
) -> None:
    key = keys[0]
    made = seal_days(deps, AUDITOR, key)
    assert [one.root.day for one in made] == ["2026-03-01", "2026-03-02", "2026-03-04"], "the 3rd held nothing"
    for one in made:
        mine = [x for x in all_links(deps) if x.chain != ROOTS and str(x.at.astimezone(deps.zone))[:10] == one.root.day]
        assert (one.root.count, one.root.root) == (len(mine), day_root(mine))
        assert genuine(key.key, signed_bytes(one.root.day, one.root.count, one.root.root), one.root.signature)
    before = all_links(deps)
    assert seal_days(deps, AUDITOR, key) == ()
    assert all_links(deps) == before, "doing it again changes nothing"
    assert list(sealed_days(deps, AUDITOR)) == list(made)
    act(deps, ACCESS, "today")
    assert seal_days(deps, AUDITOR, key) == (), "a day is sealed when it is over"
    clock.later(days=1)
    assert [one.root.count for one in seal_days(deps, AUDITOR, key)] == [1], "its own chain is under no day's root"
    with pytest.raises(NotFound):
        sealed_day(deps, AUDITOR, "2026-03-03")


def test_midnight_is_that_of_the_first_day_sealed(
    deps: Deps, clock: FixedClock, keys: tuple[AuditKey, AuditKey]
) -> None:
    seal_days(deps, AUDITOR, keys[0])
    clock.at = datetime(2026, 3, 5, 15, 59, tzinfo=UTC)
    act(deps, ACCESS, "before midnight")
    clock.later(minutes=1)
    act(deps, ACCESS, "after")
    moved = replace(deps, zone=ZoneInfo("America/New_York"))
    (one,) = seal_days(moved, AUDITOR, keys[0])
    assert (one.root.day, one.root.count, one.zone) == ("2026-03-05", 1, "Asia/Shanghai")
    assert checked(moved, keys[0].key).assurance is Assurance.WITNESSED


@pytest.mark.parametrize("role", set(Role) - {Role.AUDITOR})
def test_nobody_but_the_audit_role_seals(deps: Deps, keys: tuple[AuditKey, AuditKey], role: Role) -> None:
    for purpose in Purpose:
        for roles in ((role,), (Role.ADMIN, Role.AUDITOR)):
            with pytest.raises(NotPermitted):
                seal_days(deps, someone(*roles, purpose=purpose), keys[0])


def test_what_it_is_worth_is_said(deps: Deps, keys: tuple[AuditKey, AuditKey]) -> None:
    waiting = checked(deps, keys[0].key)
    assert set(states(waiting).values()) == {DayState.WAITS}
    assert waiting.assurance is Assurance.SELF_ATTESTED, "no day is sealed yet"
    seal_days(deps, AUDITOR, keys[0])
    assert checked(deps).assurance is Assurance.SELF_ATTESTED
    assert checked(deps, keys[0].key).assurance is Assurance.WITNESSED
    slip = day_slip(sealed_day(deps, AUDITOR, "2026-03-02"))
    anchored = checked(deps, slips=(slip,))
    assert (anchored.assurance, anchored.until, anchored.slips[0].faults) == (Assurance.ANCHORED, "2026-03-02", ())
    assert checked(deps, keys[1].key, slips=(slip,)).assurance is Assurance.ANCHORED, "the slip names its key itself"


def test_a_signature_by_another_key_is_told(deps: Deps, keys: tuple[AuditKey, AuditKey]) -> None:
    seal_days(deps, AUDITOR, keys[1])
    found = checked(deps, keys[0].key)
    assert set(states(found).values()) == {DayState.SIGNATURE}
    assert found.assurance is Assurance.BROKEN


def test_a_new_audit_key_takes_over_and_both_are_named(
    deps: Deps, clock: FixedClock, keys: tuple[AuditKey, AuditKey]
) -> None:
    seal_days(deps, AUDITOR, keys[0])
    act(deps, ACCESS, "more")
    clock.later(days=1)
    seal_days(deps, AUDITOR, keys[1])
    assert checked(deps, keys[0].key).assurance is Assurance.BROKEN
    assert checked(deps, keys[0].key, keys[1].key).assurance is Assurance.WITNESSED


class Forger:
    """Claims the house's key and signs with nothing."""

    def __init__(self, key: str) -> None:
        self.key = key

    def sign(self, data: bytes) -> str:
        return "00" * 64


def test_a_signature_that_is_none_is_told(deps: Deps, keys: tuple[AuditKey, AuditKey]) -> None:
    seal_days(deps, AUDITOR, Forger(keys[0].key))
    assert set(states(checked(deps)).values()) == {DayState.SIGNATURE}, "whether or not a key is given"


def test_a_record_dated_into_a_sealed_or_an_empty_day_is_told(
    deps: Deps, clock: FixedClock, keys: tuple[AuditKey, AuditKey]
) -> None:
    seal_days(deps, AUDITOR, keys[0])
    for day in (2, 3):
        clock.at = FIRST + timedelta(days=day - 1)
        act(deps, DECISIONS, "late")
    clock.at = FIRST + timedelta(days=4)
    assert seal_days(deps, AUDITOR, keys[0])[0].root.day == "2026-03-03", "sealed late, and its time says so"
    assert states(checked(deps))["02"] is DayState.BROKEN, "never sealed again"
    assert not any(one.broken_at for one in verify(deps, AUDITOR)), "the chains by themselves hold"


def test_a_chain_that_is_broken_is_not_sealed_over(deps: Deps, tmp_path: Path, keys: tuple[AuditKey, AuditKey]) -> None:
    with sqlite3.connect(tmp_path / "house.db") as plain:
        plain.execute("UPDATE links SET payload = x'ff' WHERE chain = 'custody' AND seq = 3")
    with pytest.raises(BrokenSeal, match="custody"):
        seal_days(deps, AUDITOR, keys[0])


@settings(max_examples=60)
@given(data=st.data())
def test_any_change_of_any_record_of_a_sealed_day_is_found(
    data: st.DataObject, keys: tuple[AuditKey, AuditKey], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Field by field, or made anew with hashes that fit from there on; the chain of roots is one of them."""
    clock = FixedClock(FIRST)
    with house(tmp_path_factory.mktemp("h"), clock=clock, memory=True) as deps:
        filled(deps, clock)
        seal_days(deps, AUDITOR, keys[0])
        slip = day_code(sealed_days(deps, AUDITOR)[-1])
        assert checked(deps, slips=(slip,)).assurance is Assurance.ANCHORED
        chains = {
            name: [link for link in all_links(deps) if link.chain == name]
            for name in (ACCESS, CUSTODY, DECISIONS, ROOTS)
        }
        links = chains[data.draw(st.sampled_from(sorted(chains)))]
        at = data.draw(st.integers(0, len(links) - 1))
        how = data.draw(st.sampled_from(["payload", "at", "hash", "previous", "drop", "cut", "anew"]))
        changed(links, at, how)
        with rebuilt(deps, chains) as other:
            assert checked(other, slips=(slip,)).assurance is Assurance.BROKEN, (links[0].chain, at, how)


def changed(links: list[Link], at: int, how: str) -> None:
    one = links[at]
    if how == "drop":
        del links[at]
    elif how == "cut":
        del links[at:]
    elif how == "anew":
        links[at:] = anew(
            [replace(one, payload=canonical({**parse(one.payload), "by": "nobody"})), *links[at + 1 :]], links[:at]
        )
    else:
        new: dict[str, Any] = {"payload": one.payload.replace(b"noted", b"noter").replace(b"seal_day", b"seal_dax"), "hash": "ab" * 32, "previous": "cd" * 32, "at": one.at + timedelta(microseconds=1)}  # fmt: skip
        links[at] = replace(one, **{how: new[how]})


def anew(links: list[Link], before: list[Link]) -> list[Link]:
    """The same payloads sealed again, every hash fitting."""
    made = list(before)
    for link in links:
        made.append(seal(link.chain, made[-1] if made else None, parse(link.payload), link.at))
    return made[len(before) :]


class rebuilt:
    """A house of other chains, whatever they hold: the store is asked no questions."""

    def __init__(self, deps: Deps, chains: dict[str, list[Link]]) -> None:
        self.deps, self.chains = deps, chains

    def __enter__(self) -> Deps:
        return replace(self.deps, store=self)  # type: ignore[arg-type]  # reason: it is asked for chains alone

    def __exit__(self, *_: object) -> None: ...

    def read(self) -> "rebuilt._Work":
        return self._Work(self.chains)

    class _Work:
        def __init__(self, held: dict[str, list[Link]]) -> None:
            self.held, self.chains = held, self

        def __enter__(self) -> "rebuilt._Work":
            return self

        def __exit__(self, *_: object) -> None: ...

        def names(self) -> tuple[str, ...]:
            return tuple(name for name, links in self.held.items() if links)

        def read(self, chain: str, after: int = 0) -> Iterator[Link]:
            return (link for link in self.held.get(chain, []) if link.seq > after)


def test_an_administrators_rebuild_of_everything_is_caught_from_one_slip_typed_by_hand(
    deps: Deps, clock: FixedClock, tmp_path: Path, keys: tuple[AuditKey, AuditKey]
) -> None:
    seal_days(deps, AUDITOR, keys[0])
    slip = by_hand(sealed_day(deps, AUDITOR, "2026-03-02"))
    assert checked(deps, slips=(slip,)).assurance is Assurance.ANCHORED
    lied = rewritten_history(tmp_path, deps, keys[1])
    assert not any(one.broken_at for one in verify(deps, AUDITOR)), "every chain holds by itself"
    assert lied == 1
    alone = checked(deps)
    assert alone.assurance is Assurance.SELF_ATTESTED, "and the days too: the house agrees with itself"
    assert set(states(alone).values()) == {DayState.HOLDS}
    found = checked(deps, slips=(slip,))
    assert found.assurance is Assurance.BROKEN
    said = " ".join(why.en for why in found.slips[0].faults)
    assert "2026-03-02" in said and "custody:4" in said and "roots:2" in said
    assert checked(deps, keys[0].key).assurance is Assurance.BROKEN, "the audit key was never the administrator's"


def test_one_head_of_a_slip_is_enough(deps: Deps, tmp_path: Path, keys: tuple[AuditKey, AuditKey]) -> None:
    seal_days(deps, AUDITOR, keys[0])
    head = sealed_day(deps, AUDITOR, "2026-03-02").heads[CUSTODY]
    slip = f"custody:{head[:20]}"
    assert checked(deps, slips=(slip,)).assurance is Assurance.ANCHORED
    rewritten_history(tmp_path, deps, keys[1])
    assert checked(deps, slips=(slip,)).assurance is Assurance.BROKEN


def by_hand(one: SealedDay) -> str:
    """What a person types: no heading, wide letters and capitals here and there, groups of four."""
    digests = day_slip(one).partition("root:")[2].partition("\n\n")[0]
    return f"day: {one.root.day}\nＲＯＯＴ:{digests.replace('ab', 'AB')}"


def rewritten_history(folder: Path, deps: Deps, key: AuditKey) -> int:
    """The administrator changes one record of the first day and makes every chain anew in SQLite, with roots under a key of theirs."""
    links = all_links(deps)
    lies = 0
    made: dict[str, list[Link]] = {}
    for chain in (ACCESS, CUSTODY, DECISIONS):
        held = [link for link in links if link.chain == chain]
        if chain == CUSTODY:
            held[0] = replace(held[0], payload=held[0].payload.replace(b'"said":"1"', b'"said":"?"'))
            lies += held[0].payload.count(b'"?"')
        made[chain] = anew(held, [])
    roots = []
    for link in (one for one in links if one.chain == ROOTS):
        told = parse(link.payload)
        mine = [
            one for chain in made.values() for one in chain if str(one.at.astimezone(deps.zone))[:10] == told["day"]
        ]
        told |= {"root": day_root(mine), "signer": key.key}
        told["signature"] = key.sign(signed_bytes(told["day"], told["count"], told["root"]))
        for chain, head in told["heads"].items():
            seq = int(head.partition(":")[0])
            told["heads"][chain] = f"{seq}:{made[chain][seq - 1].hash}"
        roots.append(replace(link, payload=canonical(told)))
    made[ROOTS] = anew(roots, [])
    with sqlite3.connect(folder / "house.db") as plain:
        for link in (one for chain in made.values() for one in chain):
            plain.execute(
                "UPDATE links SET payload = ?, previous = ?, hash = ? WHERE chain = ? AND seq = ?",
                (link.payload, link.previous, link.hash, link.chain, link.seq),
            )
    return lies


def test_a_day_taken_out_of_the_chain_of_roots_is_missed(
    deps: Deps, tmp_path: Path, keys: tuple[AuditKey, AuditKey]
) -> None:
    seal_days(deps, AUDITOR, keys[0])
    roots = [link for link in all_links(deps) if link.chain == ROOTS]
    short = anew([roots[0], roots[2]], [])
    with sqlite3.connect(tmp_path / "house.db") as plain:
        plain.execute("DELETE FROM links WHERE chain = 'roots' AND seq = 3")
        plain.execute(
            "UPDATE links SET payload = ?, previous = ?, hash = ? WHERE chain = 'roots' AND seq = 2",
            (short[1].payload, short[1].previous, short[1].hash),
        )
    found = checked(deps, keys[0].key)
    assert states(found)["02"] is DayState.MISSING
    assert found.assurance is Assurance.BROKEN


MALFORMED: dict[str, Callable[[dict[str, Any]], None]] = {
    "zone": lambda told: told.update(zone="Mars/Olympus"),
    "day": lambda told: told.update(day="once"),
    "count": lambda told: told.update(count="many"),
    "heads": lambda told: told.update(heads=[7]),
    "gone": lambda told: told.pop("signature"),
    "stamp": lambda told: told.update(act="stamp_day", day=[1], token=7),
}


@pytest.mark.parametrize("what", MALFORMED)
def test_an_act_that_is_none_ends_in_a_verdict(deps: Deps, keys: tuple[AuditKey, AuditKey], what: str) -> None:
    with deps.store.write() as work:
        told: dict[str, Any] = {"act": "seal_day", "day": "2026-03-01", "count": 1, "root": "ab", "signer": "cd", "signature": "ef", "heads": {}, "zone": "Asia/Shanghai"}  # fmt: skip
        MALFORMED[what](told)
        seal_act(deps, work, ROOTS, AUDITOR, told)
    found = checked(deps)
    assert [chain for chain, _, _ in found.broken] == ([] if what == "stamp" else [ROOTS])
    assert found.assurance is (Assurance.SELF_ATTESTED if what == "stamp" else Assurance.BROKEN)


def test_an_inspector_holds_every_chain_against_the_heads_of_days(
    deps: Deps, tmp_path: Path, keys: tuple[AuditKey, AuditKey]
) -> None:
    seal_days(deps, AUDITOR, keys[0])
    asked = Asked(first=date(2026, 3, 1), last=date(2026, 3, 31), seed="7", sample=4)
    inspector = someone(Role.INSPECTOR, purpose=Purpose.INSPECTION)
    assert inspect(deps, inspector, asked).flaws == ()
    with sqlite3.connect(tmp_path / "house.db") as plain:
        plain.execute("DELETE FROM links WHERE chain = 'decisions' AND seq > 2")
    said = [flaw.words.en for flaw in inspect(deps, inspector, asked).flaws if flaw.code == "chain_cut"]
    assert any(one.startswith("roots:3 ") for one in said), said


def test_a_stamp_is_kept_and_asked_for_once(deps: Deps, keys: tuple[AuditKey, AuditKey]) -> None:
    seal_days(deps, AUDITOR, keys[0])
    asked: list[str] = []

    def stamp(root: str) -> bytes:
        asked.append(root)
        return b"token of " + root.encode()

    assert len(stamp_days(deps, AUDITOR, stamp)) == 3
    assert stamp_days(deps, AUDITOR, stamp) == ()
    held = sealed_days(deps, AUDITOR)
    assert asked == [one.root.root for one in held]
    assert all(one.token == b"token of " + one.root.root.encode() for one in held)
    first = held[0].root.root
    for days, level in ((1, Assurance.ANCHORED), (9, Assurance.SELF_ATTESTED)):
        at = FIRST + timedelta(days=days)
        told = Outside(genuine=genuine, stamped=lambda root, _, at=at: at if root == first else None)
        found = check_days(deps, AUDITOR, told)
        assert (found.assurance, found.days[0].stamped) == (level, at), (
            "what is stamped long after says nothing of then"
        )
        assert found.until == ("2026-03-01" if days == 1 else "")
    with pytest.raises(NotPermitted):
        stamp_days(deps, someone(Role.ADMIN, purpose=Purpose.ADMINISTRATION), stamp)


def test_a_witness_leads_from_records_to_roots_sealed_before(
    deps: Deps, clock: FixedClock, keys: tuple[AuditKey, AuditKey]
) -> None:
    links = [link for link in all_links(deps) if link.chain == CUSTODY]
    with deps.store.read() as work:
        assert witness_of(deps, work, links, clock.at) is None
    seal_days(deps, AUDITOR, keys[0])
    clock.later(hours=1)
    act(deps, CUSTODY, "of a day that is not over")
    with deps.store.read() as work:
        assert witness_of(deps, work, links, FIRST + timedelta(days=4)) is None, "sealed then, not before"
        made = witness_of(deps, work, list(work.chains.read(CUSTODY)), clock.at)
    assert made is not None
    roots = {one.day: one.root for one in made.days}
    assert [(one.chain, one.seq) for one in made.paths] == [(CUSTODY, seq) for seq in range(1, 7)]
    for link, path in zip(links, made.paths, strict=True):
        assert proves(day_leaf(link), path.steps, roots[path.day])
