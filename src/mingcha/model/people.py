"""Local accounts, their tokens, and work to be done later, as stores keep them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Line:
    """Where somebody stands: branch or department, and the names a complaint may name them or their line by."""

    unit: str | None = None
    known_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person's local account. `password` is an argon2 hash, None until set through the one-time link."""

    name: str
    roles: tuple[str, ...]
    reports_to: str | None
    password: str | None
    failures: int
    locked_until: datetime | None
    disabled: bool
    unit: str | None = None
    known_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A session or API token: only its SHA-256 is kept, and it serves one purpose."""

    digest: str
    account: str
    purpose: str
    kind: str  # session, api, setup
    expires_at: datetime


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
