"""Local accounts, sessions and background jobs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person's local account. `password` is an argon2 hash, None until set through the one-time link."""

    name: str
    roles: tuple[str, ...]
    reports_to: str | None
    password: str | None
    failures: int
    locked_until: datetime | None
    disabled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A session or API token: only its SHA-256 is kept, and it serves one purpose."""

    digest: str
    account: str
    purpose: str
    kind: str  # session, api, setup
    expires_at: datetime


class Accounts(Protocol):
    """People and their tokens."""

    def put(self, account: Account) -> None:
        """Insert or replace."""

    def get(self, name: str) -> Account | None:
        """One account."""

    def all(self) -> Sequence[Account]:
        """All accounts by name."""

    def put_token(self, token: Token) -> None:
        """Keep a token's digest."""

    def token(self, digest: str) -> Token | None:
        """The token with this digest."""

    def drop_token(self, digest: str) -> bool:
        """Forget a token; whether it was there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Work to be done later. `key` makes it idempotent: one open job a key."""

    id: int
    name: str
    key: str
    payload: bytes
    due_at: datetime
    attempts: int
    leased_until: datetime | None
    state: str  # open, done, failed
    error: str | None


class Jobs(Protocol):
    """A job table with lease, retry and schedule; jobs commit with the data they touch."""

    def add(self, name: str, key: str, payload: bytes, due_at: datetime) -> bool:
        """Queue a job; False when an open one with this key exists."""

    def lease(self, now: datetime, until: datetime) -> Job | None:
        """Take the oldest due job that nobody holds."""

    def done(self, job: int) -> None:
        """Mark a job done."""

    def retry(self, job: int, due_at: datetime, error: str) -> None:
        """Give a job back to be tried again."""

    def fail(self, job: int, error: str) -> None:
        """Give up on a job; it stays visible."""

    def all(self) -> Sequence[Job]:
        """All jobs, newest first."""
