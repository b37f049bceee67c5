"""Read the access chain: who saw what, when, for which purpose; for inspectors and auditors, and itself logged."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from mingcha.actions.deps import Deps
from mingcha.actions.permit import may
from mingcha.actions.sealing import ACCESS, seal_act
from mingcha.evidence.canonical import parse
from mingcha.model.actor import Actor
from mingcha.model.stored import Link

PAGE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessLine:
    """One act as sealed. `readable` is false where the record was tampered with: `mingcha verify` says where first."""

    seq: int
    at: datetime
    act: str
    by: str
    roles: tuple[str, ...]
    purpose: str
    complaints: tuple[str, ...]
    readable: bool


@dataclass(frozen=True, slots=True)
class AccessPage:
    """Lines in the order of the chain, and where the following page begins (None: the end)."""

    lines: tuple[AccessLine, ...]
    next_after: int | None


def access_log(
    deps: Deps,
    actor: Actor,
    *,
    after: int | None = None,
    limit: int = PAGE,
    by: str | None = None,
    complaint: str | None = None,
) -> AccessPage:
    """A page of the access chain after a record; without `after` its newest records. Filters narrow down what is read."""
    may(actor, "see_access_log")
    with deps.store.write() as work:
        tail = work.chains.tail(ACCESS)
        start = max(0, (tail.seq if tail else 0) - limit) if after is None else after
        lines = tuple(islice(_lines(work.chains.read(ACCESS, start), by, complaint), limit + 1))
        seal_act(deps, work, ACCESS, actor, {"act": "see_access_log", "after": start})
    return AccessPage(lines[:limit], lines[limit - 1].seq if len(lines) > limit else None)


def _lines(links: Iterator[Link], by: str | None, complaint: str | None) -> Iterator[AccessLine]:
    for link in links:
        line = _line(link)
        if by in (None, line.by) and (complaint is None or complaint in line.complaints):
            yield line


def _line(link: Link) -> AccessLine:
    try:
        payload = parse(link.payload)
    except ValueError:
        return AccessLine(
            seq=link.seq, at=link.at, act="?", by="?", roles=(), purpose="?", complaints=(), readable=False
        )
    return AccessLine(
        seq=link.seq,
        at=link.at,
        act=str(payload.get("act", "")),
        by=str(payload.get("by", "")),
        roles=_texts(payload.get("roles")),
        purpose=str(payload.get("purpose", "")),
        complaints=_texts(payload.get("complaints")),
        readable=True,
    )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list) else ()
