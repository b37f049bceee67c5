"""Check every chain from its first record, and every kept record against the Merkle root that sealed its batch."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from mingcha.actions.deps import Deps
from mingcha.actions.kept import open_record
from mingcha.actions.permit import may
from mingcha.evidence.canonical import parse
from mingcha.evidence.export import export_line, header
from mingcha.evidence.merkle import root
from mingcha.evidence.seal import verify as verify_links
from mingcha.model.actor import Actor
from mingcha.model.words import Words


@dataclass(frozen=True, slots=True)
class Checked:
    """One chain: how many records hold, its head, and the first that does not."""

    chain: str
    records: int
    head: str
    broken_at: int | None
    why: Words | None


def verify(deps: Deps, actor: Actor, progress: Callable[[str], None] = lambda _: None) -> tuple[Checked, ...]:
    """Verify all chains of the workspace and the batches the custody chain seals."""
    may(actor, "verify_chains")
    out = []
    with deps.store.read() as work:
        for chain in work.chains.names():
            progress(chain)
            verdict = verify_links(work.chains.read(chain))
            why = verdict.why
            out.append(
                Checked(chain, verdict.records, verdict.head or "", verdict.broken_at, Words(why, why) if why else None)
            )
        for link in work.chains.read("custody"):
            payload = parse(link.payload)
            if payload.get("act") != "take_in":
                continue
            commitments = [c.encode() for c in work.records.commitments(str(payload["batch"]))]
            now = root(commitments) if commitments else ""
            if now != payload["merkle_root"]:
                why_zh = f"批次 {payload['batch']} 的记录与封存的默克尔根不符"
                why_en = f"the records of batch {payload['batch']} do not match their sealed Merkle root"
                out.append(Checked("custody", link.seq, link.hash, link.seq, Words(why_zh, why_en)))
    return tuple(out)


def export_chains(deps: Deps, actor: Actor) -> Iterator[str]:
    """The chains as JSON Lines for the stand-alone verifier: a header with every head, then every record."""
    may(actor, "verify_chains")
    with deps.store.read() as work:
        names = work.chains.names()
        heads = [tail for name in names if (tail := work.chains.tail(name)) is not None]
        yield header(heads, deps.keys.suite)
        for name in names:
            for link in work.chains.read(name):
                yield export_line(link)


DRILL = 200  # records opened in a drill, the newest of each kind


def drill(deps: Deps, actor: Actor) -> tuple[int, int]:
    """After a restore: open a few hundred records and verify every chain. Returns (opened, broken)."""
    opened = 0
    with deps.store.read() as work:
        for kind in work.records.counts():
            for stored in islice(work.records.scan(kind), DRILL):
                if stored.wrapped:
                    open_record(deps.keys, stored)
                    opened += 1
    return opened, sum(1 for one in verify(deps, actor) if one.broken_at is not None)
