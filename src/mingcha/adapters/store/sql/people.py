"""Local accounts and background jobs over SQL; a job is held by one worker at a time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from mingcha.adapters.store.sql import tables as t
from mingcha.adapters.store.sql.session import Row, Session, names, plain
from mingcha.errors import NotFound
from mingcha.model.people import Job, Person, Token
from mingcha.model.words import Words

PERSON = [t.people.c[name] for name in names(Person)]
PEOPLE = sa.select(*PERSON).order_by(t.people.c.name)
TOKEN = [t.access_tokens.c[name] for name in names(Token)]
JOB = [t.jobs.c[name] for name in names(Job)]


class SqlAccounts:
    """People and their tokens."""

    def __init__(self, session: Session) -> None:
        self._db = session

    def put(self, account: Person) -> None:
        """Insert or replace."""
        self._db.upsert(
            t.people, [{**plain(account), "roles": list(account.roles), "known_as": list(account.known_as)}]
        )

    def get(self, name: str) -> Person | None:
        """One account."""
        row = self._db.row(sa.select(*PERSON).where(t.people.c.name == name))
        return _person(row) if row else None

    def all(self) -> Sequence[Person]:
        """All accounts by name."""
        return [_person(row) for row in self._db.rows(PEOPLE)]

    def put_token(self, token: Token) -> None:
        """Keep a token's digest."""
        self._db.upsert(t.access_tokens, [plain(token)])

    def token(self, digest: str) -> Token | None:
        """The token with this digest."""
        row = self._db.row(sa.select(*TOKEN).where(self._db.among(t.access_tokens.c.digest, [digest])))
        return Token(**row._mapping) if row else None

    def drop_token(self, digest: str) -> bool:
        """Forget a token; whether it was there."""
        return bool(
            self._db.change(sa.delete(t.access_tokens).where(self._db.among(t.access_tokens.c.digest, [digest])))
        )


def _person(row: Row) -> Person:
    return Person(**{**row._mapping, "roles": tuple(row.roles), "known_as": tuple(row.known_as or ())})


class SqlJobs:
    """A job table with lease, retry and schedule: SKIP LOCKED on PostgreSQL, BEGIN IMMEDIATE on SQLite."""

    def __init__(self, session: Session) -> None:
        self._db = session

    def add(self, name: str, key: str, payload: bytes, due_at: datetime) -> bool:
        """Queue a job; False when an open one with this key exists."""
        row = {"name": name, "key": key, "payload": payload, "due_at": due_at, "attempts": 0, "state": "open"}
        return self._db.insert_unless_held(t.jobs, row)

    def lease(self, now: datetime, until: datetime) -> Job | None:
        """Take the oldest due job that nobody holds; each lease counts as an attempt."""
        self._db.allow_change()
        free = sa.or_(t.jobs.c.leased_until.is_(None), t.jobs.c.leased_until <= now)
        due = sa.select(t.jobs.c.id).where(sa.text("state = 'open'"), t.jobs.c.due_at <= now, free)
        oldest = due.order_by(t.jobs.c.due_at, t.jobs.c.id).limit(1).with_for_update(skip_locked=True)
        row = self._db.row(oldest)
        if row is None:
            return None
        taken = sa.update(t.jobs).where(t.jobs.c.id == row.id)
        self._db.change(taken.values(leased_until=until, attempts=t.jobs.c.attempts + 1))
        held = self._db.row(sa.select(*JOB).where(t.jobs.c.id == row.id))
        return Job(**held._mapping) if held else None

    def done(self, job: int) -> None:
        """Mark a job done."""
        self._end(job, state="done")

    def retry(self, job: int, due_at: datetime, error: str) -> None:
        """Give a job back to be tried again."""
        self._end(job, due_at=due_at, error=error)

    def fail(self, job: int, error: str) -> None:
        """Give up on a job; it stays visible."""
        self._end(job, state="failed", error=error)

    def all(self) -> Sequence[Job]:
        """All jobs, newest first."""
        return [Job(**row._mapping) for row in self._db.rows(sa.select(*JOB).order_by(t.jobs.c.id.desc()))]

    def _end(self, job: int, **values: Any) -> None:
        """End a lease; a job that is finished stays as it is, an unknown one is NotFound."""
        here = sa.update(t.jobs).where(t.jobs.c.id == job, t.jobs.c.state == "open")
        changed = self._db.change(here.values(leased_until=None, **values))
        if not changed and self._db.row(sa.select(t.jobs.c.id).where(t.jobs.c.id == job)) is None:
            raise NotFound(what=Words("任务", "job"), which=job)
