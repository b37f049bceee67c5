"""Check every chain from its first record, and what is kept against what was sealed of it: batches, reasons, exhibits.

Tampering ends in a verdict, never in an exception: only records that hold are read further.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from mingcha.actions.deps import Deps
from mingcha.actions.exhibit_book import bytes_of, exhibit_holds, open_exhibit
from mingcha.actions.kept import open_record
from mingcha.actions.permit import may
from mingcha.actions.ports.store import Work
from mingcha.actions.reasons import proved
from mingcha.actions.sealing import CUSTODY
from mingcha.evidence.canonical import parse
from mingcha.evidence.export import export_line, header
from mingcha.evidence.merkle import root
from mingcha.evidence.seal import verify as verify_links
from mingcha.model.actor import Actor
from mingcha.model.stored import KeptExhibit, KeptReason, Link
from mingcha.model.words import Words

CHUNK = 500


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
            out.append(Checked(chain, verdict.records, verdict.head or "", verdict.broken_at, verdict.words))
            for link, why in _against_what_is_kept(deps, work, chain, verdict.records):
                out.append(Checked(chain, link.seq, link.hash, link.seq, why))
    return tuple(out)


def _against_what_is_kept(deps: Deps, work: Work, chain: str, holding: int) -> Iterator[tuple[Link, Words]]:
    """Of the records of a chain that hold, those to which something kept no longer fits."""
    links = islice(work.chains.read(chain), holding)
    while chunk := [(link, parse(link.payload)) for link in islice(links, CHUNK)]:
        reasons = work.reasons.get([str(payload["reason"]) for _, payload in chunk if "reason" in payload])
        exhibits = work.exhibits.get([str(told["exhibit"]) for _, told in chunk if told.get("act") == "keep_exhibit"])
        for link, payload in chunk:
            if payload.get("act") == "keep_exhibit" and not _exhibit_fits(deps, payload, exhibits):
                id_ = payload["exhibit"]
                yield link, Words(f"证据 {id_} 缺失或与封存的承诺不符", f"exhibit {id_} is gone or not what was sealed")
            if "reason" in payload and not _reason_fits(deps, payload, reasons.get(str(payload["reason"]))):
                yield link, Words("理由缺失或与封存的承诺不符", "its reason is missing or not the one that was sealed")
            if chain == CUSTODY and payload.get("act") == "take_in" and not _batch_fits(work, payload):
                batch = payload.get("batch")
                yield (
                    link,
                    Words(
                        f"批次 {batch} 的记录与封存的默克尔根不符",
                        f"the records of batch {batch} do not match their sealed Merkle root",
                    ),
                )


def _batch_fits(work: Work, payload: Mapping[str, Any]) -> bool:
    commitments = [str(one).encode() for one in work.records.commitments(str(payload.get("batch")))]
    return payload.get("merkle_root") == (root(commitments) if commitments else "")


def _reason_fits(deps: Deps, payload: Mapping[str, Any], kept: KeptReason | None) -> bool:
    """An erased reason fits whatever was sealed: its key is gone, its place is not."""
    if kept is None:
        return False
    return not kept.wrapped or proved(deps.keys, kept, str(payload.get("reason_commitment")))


def _exhibit_fits(deps: Deps, payload: Mapping[str, Any], held: Mapping[str, KeptExhibit]) -> bool:
    """One that was erased fits, as a reason does. That no byte of the others was changed, `check_exhibits` says."""
    kept = held.get(str(payload["exhibit"]))
    return kept is not None and (not kept.wrapped or exhibit_holds(deps, kept, payload))


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


DRILL = 200  # records opened in a drill, of each kind, and exhibits


def drill(deps: Deps, actor: Actor) -> tuple[int, int]:
    """After a restore: open a few hundred records and exhibits, and verify every chain. Returns (opened, broken)."""
    may(actor, "verify_chains")
    opened = 0
    with deps.store.read() as work:
        for kind in work.records.counts():
            for stored in islice(work.records.scan(kind), DRILL):
                if stored.wrapped:
                    open_record(deps.keys, stored)
                    opened += 1
        for kept in islice((one for one in work.exhibits.all() if one.wrapped), DRILL):
            next(bytes_of(deps, kept, open_exhibit(deps, kept)))  # its first frame: the bytes are there, and their key
            opened += 1
    return opened, sum(1 for one in verify(deps, actor) if one.broken_at is not None)
