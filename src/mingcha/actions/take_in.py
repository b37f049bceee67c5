"""Take in a file: every row is kept, sealed and on the desk with its clock, or the whole file is as if never seen.

Identity is (source system, source id). The same row again changes nothing; the same id with other columns is a new version;
the same id with other text is a new filing linked to the first; a repaired row amends its record and keeps its clock.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from mingcha.actions.ad_sightings import ADS, place_sightings
from mingcha.actions.ad_ties import meet_sightings
from mingcha.actions.complaint_desk import Arrival, desk_rows
from mingcha.actions.deps import Deps
from mingcha.actions.increment import AT_ONCE, update
from mingcha.actions.joining import assign
from mingcha.actions.kept import Sealed, open_record, record_id, seal_record
from mingcha.actions.permit import may
from mingcha.actions.ports.store import Work
from mingcha.actions.sealing import CUSTODY, seal_act
from mingcha.actions.standings import named_by, touched
from mingcha.evidence.merkle import root
from mingcha.model.actor import Actor
from mingcha.model.intake import Reject, Row
from mingcha.model.record import Kind
from mingcha.model.stored import Batch, NewRecord, StoredRecord

CHUNK = 1_000
FIRST_FILING = "first_filing"  # token field that links a second filing under one id to the first


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """Where rows come from."""

    kind: Kind
    name: str
    digest: str
    system: str


@dataclass(slots=True)
class TakenIn:
    """What became of a file's rows; the counts add up to the rows read."""

    rows: int = 0
    taken: int = 0
    unchanged: int = 0
    amended: int = 0
    refiled: int = 0
    repair: int = 0
    rejected: int = 0
    waiting: int = (
        0  # complaints whose families the next run finds, because the file holds too many to place one by one
    )
    rings_waiting: int = 0  # complaints with so many around them that the next run finds their rings
    arrived: list[str] = field(default_factory=list)  # complaints new or amended
    about: set[str] = field(default_factory=set)  # records these may be about


def take_in(
    deps: Deps,
    actor: Actor,
    source: SourceFile,
    rows: Iterable[Row | Reject],
    *,
    reject: Callable[[Row | Reject], None] = lambda _: None,
    progress: Callable[[int], None] = lambda _: None,
) -> TakenIn:
    """Keep a file's rows in one transaction.

    `reject` is handed every rejected row, and every complaint that needs repair (which is kept as well, with its clock).
    """
    may(actor, "import_ads")  # whoever may import anything may import these
    if source.kind.code != ADS:
        may(actor, "import")
    result = TakenIn()
    batch = deps.new_id()
    commitments: list[str] = []
    with deps.store.write() as work:
        before = work.records.last_seq()
        for chunk in _chunks(rows):
            good = _sort_out(result, chunk, reject)
            commitments += _keep(deps, work, source, batch, good, result)
            progress(len(chunk))
        _place(deps, work, actor, result)
        if source.kind.code == ADS:
            place_sightings(deps, work, before)
            result.rings_waiting = meet_sightings(deps, work, actor, before)
        now = deps.now()
        work.records.put_batch(_batch(batch, source, result, actor), now)
        act = {
            "act": "take_in",
            "batch": batch,
            "kind": source.kind.code,
            "file": source.digest,
            "rows": result.rows,
            "kept": len(commitments),
            "rejected": result.rejected,
            "merkle_root": root([c.encode() for c in commitments]) if commitments else "",
        }
        seal_act(deps, work, CUSTODY, actor, act)
    return result


def _place(deps: Deps, work: Work, actor: Actor, result: TakenIn) -> None:
    """Let new complaints find their families and rings, and complaints of which a record came in theirs; a file of many leaves
    that to the next run, and says so.
    """
    arrived = list(dict.fromkeys(result.arrived))
    if len(arrived) > AT_ONCE:
        result.waiting = len(arrived)
        return
    sketches = work.campaigns.sketches_of(arrived)
    assign(work, [sketches[id_] for id_ in arrived])
    changed = {*arrived, *touched(work, result.about)} if len(result.about) <= AT_ONCE else set()
    if len(changed) <= AT_ONCE:
        result.rings_waiting = update(deps, work, actor, changed)


def _chunks(rows: Iterable[Row | Reject]) -> Iterator[list[Row | Reject]]:
    stream = iter(rows)
    while chunk := list(islice(stream, CHUNK)):
        yield chunk


def _sort_out(result: TakenIn, chunk: list[Row | Reject], reject: Callable[[Row | Reject], None]) -> list[Row]:
    good: list[Row] = []
    for row in chunk:
        result.rows += 1
        if isinstance(row, Reject):
            result.rejected += 1
            reject(row)
            continue
        if row.needs_repair:
            result.repair += 1
            reject(row)
        good.append(row)
    return good


def _keep(deps: Deps, work: Work, source: SourceFile, batch: str, rows: list[Row], result: TakenIn) -> list[str]:
    ids = [record_id(deps.keys, source.kind, source.system, row.repair_of or row.source_id) for row in rows]
    heads = work.records.heads(source.kind.code, ids)
    new: dict[tuple[str, int], NewRecord] = {}
    arrivals: dict[str, Arrival] = {}
    for row, id_ in zip(rows, ids, strict=True):
        kept = _version(deps, work, source, row, id_, heads)
        if kept is None:
            result.unchanged += 1
            continue
        record, sealed, head = kept
        stored = _new_record(source, batch, row, record, sealed)
        new[(stored.id, stored.version)] = stored
        heads[stored.id] = _as_head(stored, deps)
        _count(result, head, refiled=record.first is not None)
        if source.kind.code == "complaints":
            arrivals[stored.id] = Arrival(sealed.keyed, row.needs_repair, row.record)
        if len(result.about) <= AT_ONCE:  # of more the next run finds everything anyway
            result.about |= named_by(sealed.keyed, stored.id)
    work.records.put(list(new.values()), deps.now())
    if arrivals:
        desk_rows(deps, work, list(arrivals.values()))
        result.arrived += arrivals
    return [record.commitment for record in new.values()]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a row goes: its id, version and, for a second filing under one id, the first one's id."""

    id: str
    version: int
    text_digest: str | None
    first: str | None


def _version(
    deps: Deps, work: Work, source: SourceFile, row: Row, id_: str, heads: dict[str, StoredRecord]
) -> tuple[_Place, Sealed, StoredRecord | None] | None:
    text = getattr(row.record, "text", None)
    text_digest = deps.keys.digest("text", text.encode("utf-8", "surrogatepass")) if text else None
    head, first = heads.get(id_), None
    is_complaint = source.kind.code == "complaints"
    if is_complaint and head is not None and row.repair_of is None and head.text_digest != text_digest and text_digest:
        first = id_
        id_ = record_id(deps.keys, source.kind, source.system, f"{row.source_id}\x1f{text_digest}")
        head = heads.get(id_) or work.records.heads(source.kind.code, [id_]).get(id_)
    record = row.record
    if head is not None and is_complaint:
        record = _keep_receipt(deps, head, record)
    warnings = tuple((w.zh, w.en) for w in row.warnings)
    sealed = seal_record(deps.keys, source.kind, source.system, record, row.raw, id_=id_, warnings=warnings)
    if head is not None and head.row_digest == sealed.row_digest:
        return None
    return _Place(id_, head.version + 1 if head else 1, text_digest, first), sealed, head


def _keep_receipt(deps: Deps, head: StoredRecord, record: Any) -> Any:
    """An amended complaint keeps the earlier receipt: no import moves a clock to a later start (law 1)."""
    if not head.wrapped:
        return record
    before = open_record(deps.keys, head).clear.received_at
    if before is None or (record.received_at is not None and record.received_at <= before):
        return record
    return replace(record, received_at=before)


def _new_record(source: SourceFile, batch: str, row: Row, place: _Place, sealed: Sealed) -> NewRecord:
    extra = ((FIRST_FILING, place.first),) if place.first else ()
    return NewRecord(
        id=place.id,
        kind=source.kind.code,
        version=place.version,
        batch=batch,
        source_system=source.system,
        row_number=row.number,
        row_digest=sealed.row_digest,
        text_digest=place.text_digest,
        commitment=sealed.commitment,
        wrapped=sealed.envelope.wrapped,
        body=sealed.envelope.body,
        tokens=sealed.tokens + extra,
    )


def _as_head(new: NewRecord, deps: Deps) -> StoredRecord:
    return StoredRecord(
        seq=0,
        id=new.id,
        kind=new.kind,
        version=new.version,
        batch=new.batch,
        source_system=new.source_system,
        row_number=new.row_number,
        row_digest=new.row_digest,
        text_digest=new.text_digest,
        commitment=new.commitment,
        wrapped=new.wrapped,
        body=new.body,
        recorded_at=deps.now(),
    )


def _count(result: TakenIn, head: StoredRecord | None, *, refiled: bool) -> None:
    if refiled:
        result.refiled += 1
    elif head is not None:
        result.amended += 1
    else:
        result.taken += 1


def _batch(id_: str, source: SourceFile, result: TakenIn, actor: Actor) -> Batch:
    return Batch(
        id=id_,
        kind=source.kind.code,
        source_system=source.system,
        file_digest=source.digest,
        file_name=source.name,
        rows=result.rows,
        taken=result.taken + result.refiled,
        unchanged=result.unchanged,
        amended=result.amended,
        rejected=result.rejected,
        repair=result.repair,
        by=actor.name,
    )
