"""Local accounts, sessions and background jobs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from mingcha.model.people import Job, Person, Token


class Accounts(Protocol):
    """People and their tokens."""

    def put(self, account: Person) -> None:
        """Insert or replace."""

    def get(self, name: str) -> Person | None:
        """One account."""

    def all(self) -> Sequence[Person]:
        """All accounts by name."""

    def put_token(self, token: Token) -> None:
        """Keep a token's digest."""

    def token(self, digest: str) -> Token | None:
        """The token with this digest."""

    def drop_token(self, digest: str) -> bool:
        """Forget a token; whether it was there."""


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
