"""Signing in: only hashes are kept, one password is one thing however typed, and misses lock for longer and longer."""

import hashlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.actions import accounts
from mingcha.actions.ports.signin import SignIn
from mingcha.adapters.signin import LONGEST, LocalSignIn
from mingcha.errors import InputError, MingchaError, NotPermitted
from mingcha.model.actor import Purpose, Role
from mingcha.testing.house import NOON, FixedClock, house, someone

SIGN_IN: SignIn = LocalSignIn()
GOOD = "correct horse 马"
HASHED = SIGN_IN.hash_password(GOOD)


def test_only_an_argon2id_hash_is_kept() -> None:
    assert HASHED.startswith("$argon2id$")
    assert GOOD not in HASHED
    assert SIGN_IN.hash_password(GOOD) != HASHED


@pytest.mark.parametrize("typed", [GOOD, "ｃorrect　ｈorse 马", "correct\u00a0horse 马"])
def test_one_password_however_it_was_typed(typed: str) -> None:
    assert SIGN_IN.verify_password(HASHED, typed)


@pytest.mark.parametrize("typed", ["", GOOD + "x", GOOD[:-1], GOOD.upper(), "\ud800", "\0", GOOD + "x" * LONGEST])
def test_another_password_does_not_pass(typed: str) -> None:
    assert not SIGN_IN.verify_password(HASHED, typed)


@pytest.mark.parametrize(
    "hashed", ["", "x", "$argon2id$v=19$m=1", "$argon2id$v=19$m=8,t=1,p=1$AAAA$AAAA", GOOD, "é" * 3]
)
def test_an_unreadable_hash_fits_nothing(hashed: str) -> None:
    assert not SIGN_IN.verify_password(hashed, GOOD)
    assert not SIGN_IN.verify_password(hashed, hashed)


def test_an_endless_password_is_refused_before_it_costs_anything() -> None:
    longest = "x" * LONGEST
    hashed = SIGN_IN.hash_password(longest)
    assert SIGN_IN.verify_password(hashed, longest)
    assert not SIGN_IN.verify_password(hashed, longest + "x")
    with pytest.raises(InputError):
        SIGN_IN.hash_password(longest + "x")


def test_tokens_hold_256_bits_and_are_kept_as_digests() -> None:
    made = [SIGN_IN.new_token() for _ in range(50)]
    assert len({clear for clear, _ in made}) == 50
    assert all(len(clear) == 43 for clear, _ in made)
    assert all(digest == hashlib.sha256(clear.encode()).hexdigest() == SIGN_IN.digest(clear) for clear, digest in made)
    assert len(SIGN_IN.digest("\ud800")) == 64


@given(st.integers(0, 60))
def test_locks_begin_at_the_fifth_miss_and_double_up_to_a_day(failures: int) -> None:
    until = accounts.lock_until(failures, NOON)
    if failures < 5:
        assert until is None
        return
    assert until is not None
    assert until - NOON == timedelta(minutes=min(15 * 2 ** (failures - 5), 24 * 60))


def test_a_person_sets_a_password_once_misses_is_locked_and_comes_back(tmp_path: Path) -> None:
    clock = FixedClock()
    with house(tmp_path, memory=True, clock=clock) as deps:
        admin = someone(Role.ADMIN, purpose=Purpose.ADMINISTRATION)
        setup = accounts.create_account(deps, admin, "bo", (Role.HANDLER,), None)
        for short in ("", "elevenchars"):
            with pytest.raises(InputError):
                accounts.set_password(deps, setup, short)
        assert accounts.set_password(deps, setup, GOOD) == "bo"
        with pytest.raises(NotPermitted):
            accounts.set_password(deps, setup, GOOD + "again")
        token = accounts.sign_in(deps, "bo", GOOD, Purpose.HANDLING)
        assert accounts.actor_of(deps, token).roles == {Role.HANDLER}
        for _ in range(5):
            with pytest.raises(MingchaError):
                accounts.sign_in(deps, "bo", "wrong password", Purpose.HANDLING)
        with pytest.raises(NotPermitted, match="locked"):
            accounts.sign_in(deps, "bo", GOOD, Purpose.HANDLING)
        clock.later(minutes=15)
        assert accounts.sign_in(deps, "bo", GOOD, Purpose.HANDLING)


def test_a_setup_token_expires_and_is_no_session(tmp_path: Path) -> None:
    clock = FixedClock()
    with house(tmp_path, memory=True, clock=clock) as deps:
        link = accounts.setup_link(deps)
        assert link
        with pytest.raises(NotPermitted):
            accounts.actor_of(deps, link)
        clock.later(hours=24)
        with pytest.raises(NotPermitted, match="expired"):
            accounts.set_password(deps, link, GOOD)


class Counting(LocalSignIn):
    """Counts the argon2 runs, which are what takes time."""

    __slots__ = ("runs",)

    def __init__(self) -> None:
        super().__init__()
        self.runs: list[str] = []

    def hash_password(self, password: str) -> str:
        self.runs.append("hash")
        return super().hash_password(password)

    def verify_password(self, hashed: str, password: str) -> bool:
        self.runs.append("verify")
        assert hashed.startswith("$argon2id$"), "an unreadable hash would cost nothing"
        return super().verify_password(hashed, password)


def test_an_unknown_name_costs_what_a_known_one_costs(tmp_path: Path) -> None:
    """Counted, not timed: known, unknown, invited without a password, disabled and locked all take one verification."""
    with house(tmp_path, memory=True) as plain:
        counting = Counting()
        deps = replace(plain, signin=counting)
        admin = someone(Role.ADMIN, purpose=Purpose.ADMINISTRATION)
        for name in ("bo", "shut"):
            accounts.set_password(deps, accounts.create_account(deps, admin, name, (Role.HANDLER,), None), GOOD)
        accounts.create_account(deps, admin, "invited", (Role.HANDLER,), None)
        accounts.disable_account(deps, admin, "shut")
        counting.runs.clear()
        costs = {}
        for name in ("nobody", "bo", "nobody", "invited", "shut", "另一人"):
            with pytest.raises(NotPermitted):
                accounts.sign_in(deps, name, "wrong password", Purpose.HANDLING)
            costs[len(costs), name] = tuple(counting.runs)
            counting.runs.clear()
        first, *others = costs.values()
        assert first == ("hash", "verify"), "the decoy is made once, whoever asks first"
        assert others == [("verify",)] * len(others)


def test_the_first_to_sign_in_pays_for_the_decoy_known_or_not(tmp_path: Path) -> None:
    with house(tmp_path, memory=True) as plain:
        deps = replace(plain, signin=Counting())
        admin = someone(Role.ADMIN, purpose=Purpose.ADMINISTRATION)
        accounts.set_password(deps, accounts.create_account(deps, admin, "bo", (Role.HANDLER,), None), GOOD)
        deps.signin.runs.clear()  # type: ignore[attr-defined] # Counting
        accounts.sign_in(deps, "bo", GOOD, Purpose.HANDLING)
        assert deps.signin.runs == ["hash", "verify"]  # type: ignore[attr-defined] # Counting
