"""Digests that acts seal of what the tables keep, so that an inspector can hold one against the other."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

from mingcha.actions.codec import canonical, dumps
from mingcha.actions.deps import Deps
from mingcha.actions.ports.store import Work
from mingcha.model.clock import ClockEvent
from mingcha.model.decision import Decision
from mingcha.model.stored import Membership


def decision_digest(decision: Decision) -> str:
    """SHA-256 over a decision as it is kept, its reason left out: that has a commitment of its own."""
    return sha256(dumps(replace(decision, reason="", at=decision.at.astimezone(UTC)))).hexdigest()


def paper_digest(deps: Deps, event: ClockEvent) -> str:
    """A keyed digest over all of a clock paper: it may quote a complaint."""
    told = replace(event, at=event.at.astimezone(UTC), notified_at=_utc(event.notified_at))
    return deps.keys.digest("clock_event", dumps(told))


def members_digest(rows: Iterable[Membership]) -> str:
    """SHA-256 over who belongs to which family."""
    return sha256(canonical(sorted([row.complaint, row.family] for row in rows))).hexdigest()


def heads_of(work: Work) -> dict[str, str]:
    """The last record of every chain as SEQ:HASH: sealed in another chain, it shows where one was cut at its end."""
    tails = {name: work.chains.tail(name) for name in work.chains.names()}
    return {name: f"{tail.seq}:{tail.hash}" for name, tail in tails.items() if tail is not None}


def _utc(at: datetime | None) -> datetime | None:
    return at.astimezone(UTC) if at else None
