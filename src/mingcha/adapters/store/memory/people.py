"""Local accounts and background jobs in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from mingcha.adapters.store.memory.tables import Session
from mingcha.adapters.store.times import utc
from mingcha.errors import NotFound
from mingcha.model.people import Job, Person, Token
from mingcha.model.words import Words


class MemoryAccounts:
    """People and their tokens."""

    def __init__(self, session: Session) -> None:
        self._db = session

    def put(self, account: Person) -> None:
        """Insert or replace."""
        until = utc(account.locked_until) if account.locked_until else None
        self._db.own("people").people[account.name] = replace(account, locked_until=until)

    def get(self, name: str) -> Person | None:
        """One account."""
        return self._db.held.people.get(name)

    def all(self) -> Sequence[Person]:
        """All accounts by name."""
        return [person for _, person in sorted(self._db.held.people.items())]

    def put_token(self, token: Token) -> None:
        """Keep a token's digest."""
        self._db.own("access_tokens").access_tokens[token.digest] = replace(token, expires_at=utc(token.expires_at))

    def token(self, digest: str) -> Token | None:
        """The token with this digest."""
        return self._db.held.access_tokens.get(digest)

    def drop_token(self, digest: str) -> bool:
        """Forget a token; whether it was there."""
        return self._db.own("access_tokens").access_tokens.pop(digest, None) is not None


class MemoryJobs:
    """A job table with lease, retry and schedule."""

    def __init__(self, session: Session) -> None:
        self._db = session

    def add(self, name: str, key: str, payload: bytes, due_at: datetime) -> bool:
        """Queue a job; False when an open one with this key exists."""
        held, due = self._db.own("jobs"), utc(due_at)
        if any(job.key == key and job.state == "open" for job in held.jobs.values()):
            return False
        job = Job(
            id=len(held.jobs) + 1,
            name=name,
            key=key,
            payload=payload,
            due_at=due,
            attempts=0,
            leased_until=None,
            state="open",
            error=None,
        )
        held.jobs[job.id] = job
        return True

    def lease(self, now: datetime, until: datetime) -> Job | None:
        """Take the oldest due job that nobody holds; each lease counts as an attempt."""
        now, until, held = utc(now), utc(until), self._db.own("jobs")
        free = [
            job
            for job in held.jobs.values()
            if job.state == "open" and job.due_at <= now and (job.leased_until is None or job.leased_until <= now)
        ]
        if not free:
            return None
        oldest = min(free, key=lambda job: (job.due_at, job.id))
        held.jobs[oldest.id] = replace(oldest, leased_until=until, attempts=oldest.attempts + 1)
        return held.jobs[oldest.id]

    def done(self, job: int) -> None:
        """Mark a job done."""
        self._end(job, state="done")

    def retry(self, job: int, due_at: datetime, error: str) -> None:
        """Give a job back to be tried again."""
        self._end(job, due_at=utc(due_at), error=error)

    def fail(self, job: int, error: str) -> None:
        """Give up on a job; it stays visible."""
        self._end(job, state="failed", error=error)

    def all(self) -> Sequence[Job]:
        """All jobs, newest first."""
        return sorted(self._db.held.jobs.values(), key=lambda job: -job.id)

    def _end(self, job: int, **values: Any) -> None:
        """End a lease; a job that is finished stays as it is, an unknown one is NotFound."""
        held = self._db.own("jobs")
        if job not in held.jobs:
            raise NotFound(what=Words("任务", "job"), which=job)
        if held.jobs[job].state == "open":
            held.jobs[job] = replace(held.jobs[job], leased_until=None, **values)
