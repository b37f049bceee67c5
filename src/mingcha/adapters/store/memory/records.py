"""Facts in memory: what is the latest is computed by looking, each time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from mingcha.adapters.store.memory.tables import Session, Tables
from mingcha.adapters.store.times import utc
from mingcha.errors import OutOfOrder
from mingcha.model.stored import Batch, NewRecord, StoredRecord
from mingcha.model.words import Words


class MemoryRecords:
    """Append-only facts with `recorded_seq`."""

    def __init__(self, session: Session) -> None:
        self._db = session

    def put(self, rows: Sequence[NewRecord], at: datetime) -> None:
        """Keep new versions, all or none; OutOfOrder unless each is newer than what its id holds, of the same kind."""
        held = self._db.own("records", "tokens", "versions")
        at = utc(at)
        _check(held, rows)
        for seq, row in enumerate(rows, self.last_seq() + 1):
            held.records[seq] = _stored(row, seq, at)
            held.tokens[seq] = tuple(dict.fromkeys(row.tokens))
            held.versions[row.id] = (*held.versions.get(row.id, ()), seq)

    def put_batch(self, batch: Batch, at: datetime) -> None:
        """Note what was imported; OutOfOrder when a batch has this id."""
        utc(at)
        held = self._db.own("batches")
        if batch.id in held.batches:
            raise OutOfOrder(
                what=Words(f"登记批次 {batch.id}", f"note batch {batch.id}"),
                why=Words("已登记过", "it is noted already"),
            )
        held.batches[batch.id] = batch

    def batches(self) -> Sequence[Batch]:
        """All imports, oldest first."""
        return list(self._db.held.batches.values())

    def heads(self, kind: str, ids: Sequence[str]) -> dict[str, StoredRecord]:
        """The latest version of each id that exists."""
        held = self._db.held
        latest = {id_: held.records[held.versions[id_][-1]] for id_ in ids if id_ in held.versions}
        return {id_: record for id_, record in latest.items() if record.kind == kind}

    def by_token(self, kind: str, field: str, tokens: Sequence[str]) -> Sequence[StoredRecord]:
        """Latest versions of records whose `field` holds any of the tokens, in order of seq."""
        wanted = {(field, token) for token in tokens}
        held = self._db.held
        return [record for record in self.scan(kind) if not wanted.isdisjoint(held.tokens[record.seq])]

    def by_text(self, digests: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Ids of complaints that hold exactly this text, by digest; erased ones hold none."""
        out: dict[str, list[str]] = {}
        for record in self.scan("complaints"):
            if record.text_digest in digests and record.seq not in self._db.held.erased:
                out.setdefault(str(record.text_digest), []).append(record.id)
        return {digest: tuple(sorted(ids)) for digest, ids in out.items()}

    def scan(self, kind: str, after_seq: int = 0, as_of: int | None = None) -> Iterator[StoredRecord]:
        """Latest versions in order of seq (as of a seq when given)."""
        held = self._db.held
        bound = self.last_seq() if as_of is None else as_of
        latest = (max((seq for seq in seqs if seq <= bound), default=0) for seqs in held.versions.values())
        seqs = sorted(seq for seq in latest if seq > after_seq and held.records[seq].kind == kind)
        return iter([held.records[seq] for seq in seqs])

    def history(self, kind: str) -> Iterator[StoredRecord]:
        """Every version ever kept of a kind, in order of seq."""
        return iter([record for _, record in sorted(self._db.held.records.items()) if record.kind == kind])

    def tokens(self, kind: str, fields: Sequence[str]) -> Iterator[tuple[str, str, str]]:
        """(record id, field, token) of all latest versions, in order of seq, field and token."""
        held = self._db.held
        found = ((record.id, sorted(held.tokens[record.seq])) for record in self.scan(kind))
        return ((id_, field, token) for id_, pairs in found for field, token in pairs if field in fields)

    def commitments(self, batch: str) -> Sequence[str]:
        """The commitments of every version kept by a batch, in order of seq (erased ones too)."""
        return [record.commitment for _, record in sorted(self._db.held.records.items()) if record.batch == batch]

    def counts(self) -> dict[str, int]:
        """How many records of each kind the house holds."""
        held = self._db.held
        kinds = sorted(held.records[seqs[-1]].kind for seqs in held.versions.values())
        return {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)}

    def held(self, kinds: Sequence[str]) -> frozenset[str]:
        """Those of the kinds the house holds any record of."""
        return frozenset(kinds) & self.counts().keys()

    def last_seq(self) -> int:
        """The newest recorded_seq; 0 when empty."""
        return max(self._db.held.records, default=0)

    def erase(self, ids: Iterable[str], at: datetime) -> int:
        """Destroy keys, bodies and tokens of all versions; how many versions. Digests stay: the same row stays known."""
        utc(at)
        held = self._db.own("records", "tokens", "erased")
        seqs = [seq for id_ in dict.fromkeys(ids) for seq in held.versions.get(id_, ()) if seq not in held.erased]
        for seq in seqs:
            held.records[seq] = replace(held.records[seq], wrapped=b"", body=b"")
            held.tokens[seq] = ()
            held.erased[seq] = True
        return len(seqs)


def _check(held: Tables, rows: Sequence[NewRecord]) -> None:
    newest = {id_: (held.records[seqs[-1]].kind, held.records[seqs[-1]].version) for id_, seqs in held.versions.items()}
    for row in rows:
        kind, version = newest.get(row.id, (row.kind, row.version - 1))
        if kind != row.kind or row.version <= version:
            raise OutOfOrder(
                what=Words(f"保存 {row.id} 的第 {row.version} 版", f"keep version {row.version} of {row.id}"),
                why=Words(f"第 {version} 版已存在", f"version {version} is kept already"),
            )
        newest[row.id] = (row.kind, row.version)


def _stored(row: NewRecord, seq: int, at: datetime) -> StoredRecord:
    return StoredRecord(
        seq=seq,
        id=row.id,
        kind=row.kind,
        version=row.version,
        batch=row.batch,
        source_system=row.source_system,
        row_number=row.row_number,
        row_digest=row.row_digest,
        text_digest=row.text_digest,
        commitment=row.commitment,
        wrapped=row.wrapped,
        body=row.body,
        recorded_at=at,
    )
