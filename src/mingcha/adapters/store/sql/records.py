"""Facts over SQL: versions are kept for ever, `superseded_by` says since when an older one is history.

A row is the latest as of seq `s` exactly when `seq <= s` and nothing up to `s` superseded it; writers are alone, so seqs
are given in the order of commits.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from mingcha.adapters.store.sql import tables as t
from mingcha.adapters.store.sql.session import PAGE, Row, Session, names, plain, whose
from mingcha.adapters.store.times import utc
from mingcha.errors import OutOfOrder
from mingcha.model.stored import Batch, NewRecord, StoredRecord
from mingcha.model.words import Words

FIELDS = names(StoredRecord)
KEPT = tuple(name for name in names(NewRecord) if name != "tokens")
COLUMNS = tuple(t.records.c[name] for name in FIELDS)
LATEST = t.records.c.superseded_by.is_(None)
HEADS = sa.select(*COLUMNS).where(LATEST)
TEXTS = (
    sa.select(t.records.c.text_digest, t.records.c.id, t.records.c.kind)
    .where(LATEST, t.records.c.erased_at.is_(None))
    .order_by(t.records.c.id)
)
SLOT = sa.select(t.slots.c.slot).where(t.slots.c.kind == sa.bindparam("kind"), t.slots.c.field == sa.bindparam("field"))
TOKENS = sa.select(t.tokens.c.seq).where(t.tokens.c.slot == SLOT.scalar_subquery())


@cache
def _by_token(is_postgres: bool) -> sa.Select[Any]:
    found = whose(TOKENS, t.tokens.c.token, is_postgres)
    return sa.select(*COLUMNS).where(t.records.c.seq.in_(found), LATEST).order_by(t.records.c.seq)


class SqlRecords:
    """Append-only facts with `recorded_seq`."""

    def __init__(self, session: Session) -> None:
        self._db = session
        self._slots: dict[tuple[str, str], int] = {}  # of this transaction: a rolled-back slot is never remembered

    def put(self, rows: Sequence[NewRecord], at: datetime) -> None:
        """Keep new versions, all or none; OutOfOrder unless each is newer than what its id holds, of the same kind."""
        self._db.allow_change()
        at = utc(at)
        if not rows:
            return
        first = self.last_seq() + 1
        replaced = self._replaced(rows, first)
        plain_rows = []
        for seq, row in enumerate(rows, first):
            values = {name: getattr(row, name) for name in KEPT}
            values["seq"], values["recorded_at"] = seq, at
            plain_rows.append(values)
        self._db.insert(t.records, plain_rows)
        if replaced:
            change = sa.update(t.records).where(t.records.c.seq == sa.bindparam("old"))
            self._db.change(change.values(superseded_by=sa.bindparam("new")), replaced)
        self._put_tokens(rows, first)

    def _replaced(self, rows: Sequence[NewRecord], first: int) -> list[dict[str, int]]:
        held = sa.select(t.records.c.id, t.records.c.kind, t.records.c.version, t.records.c.seq)
        found = self._db.rows(held.where(self._db.among(t.records.c.id, (row.id for row in rows)), LATEST))
        newest = {row.id: (row.kind, row.version, row.seq) for row in found}
        out = []
        for seq, row in enumerate(rows, first):
            before = newest.get(row.id)
            if before is not None:
                kind, version, old = before
                if kind != row.kind or row.version <= version:
                    raise OutOfOrder(
                        what=Words(f"保存 {row.id} 的第 {row.version} 版", f"keep version {row.version} of {row.id}"),
                        why=Words(f"第 {version} 版已存在", f"version {version} is kept already"),
                    )
                out.append({"old": old, "new": seq})
            newest[row.id] = (row.kind, row.version, seq)
        return out

    def _put_tokens(self, rows: Sequence[NewRecord], first: int) -> None:
        values = []
        for seq, row in enumerate(rows, first):
            for field, token in dict.fromkeys(row.tokens):
                values.append({"seq": seq, "slot": self._slot(row.kind, field), "token": token})
        self._db.insert(t.tokens, values)

    def _slot(self, kind: str, field: str) -> int:
        if (kind, field) not in self._slots:
            self._slots = self._known_slots()
        if (kind, field) not in self._slots:
            slot = len(self._slots) + 1
            self._db.insert(t.slots, [{"slot": slot, "kind": kind, "field": field}])
            self._slots[kind, field] = slot
        return self._slots[kind, field]

    def _known_slots(self) -> dict[tuple[str, str], int]:
        return {(row.kind, row.field): row.slot for row in self._db.rows(sa.select(t.slots))}

    def put_batch(self, batch: Batch, at: datetime) -> None:
        """Note what was imported; OutOfOrder when a batch has this id."""
        self._db.allow_change()
        if self._db.row(sa.select(t.batches.c.id).where(t.batches.c.id == batch.id)):
            raise OutOfOrder(
                what=Words(f"登记批次 {batch.id}", f"note batch {batch.id}"),
                why=Words("已登记过", "it is noted already"),
            )
        number = self._db.next_number(t.batches.c.number)
        self._db.insert(t.batches, [{**plain(batch), "number": number, "at": utc(at)}])

    def batches(self) -> Sequence[Batch]:
        """All imports, oldest first."""
        columns = [t.batches.c[name] for name in names(Batch)]
        return [Batch(**row._mapping) for row in self._db.rows(sa.select(*columns).order_by(t.batches.c.number))]

    def heads(self, kind: str, ids: Sequence[str]) -> dict[str, StoredRecord]:
        """The latest version of each id that exists."""
        if not ids:
            return {}
        found = map(
            _record, self._db.whose(HEADS, t.records.c.id, ids)
        )  # SQLite without statistics would walk the kind's index
        return {record.id: record for record in found if record.kind == kind}

    def by_token(self, kind: str, field: str, tokens: Sequence[str]) -> Sequence[StoredRecord]:
        """Latest versions of records whose `field` holds any of the tokens, in order of seq."""
        if not tokens:
            return []
        asked = {"asked": self._db.listed(t.tokens.c.token, tokens), "kind": kind, "field": field}
        return [_record(row) for row in self._db.rows(_by_token(self._db.is_postgres), asked)]

    def by_text(self, digests: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Ids of complaints that hold exactly this text, by digest; erased ones hold none."""
        if not digests:
            return {}
        out: dict[str, list[str]] = {}
        for digest, id_, kind in self._db.whose(TEXTS, t.records.c.text_digest, digests):
            if kind == "complaints":
                out.setdefault(digest, []).append(id_)
        return {digest: tuple(ids) for digest, ids in out.items()}

    def scan(self, kind: str, after_seq: int = 0, as_of: int | None = None) -> Iterator[StoredRecord]:
        """Latest versions in order of seq, streamed; what is put meanwhile does not disturb it."""
        bound = self.last_seq() if as_of is None else as_of
        query = (
            sa.select(*COLUMNS).where(t.records.c.kind == kind, *_as_of(bound)).order_by(t.records.c.seq).limit(PAGE)
        )
        found = self._db.pages(lambda after: query.where(t.records.c.seq > after), after_seq, "seq")
        return (_record(row) for row in found)

    def history(self, kind: str) -> Iterator[StoredRecord]:
        """Every version ever kept of a kind, in order of seq, streamed."""
        query = sa.select(*COLUMNS).where(t.records.c.kind == kind).order_by(t.records.c.seq).limit(PAGE)
        found = self._db.pages(lambda after: query.where(t.records.c.seq > after), 0, "seq")
        return (_record(row) for row in found)

    def tokens(self, kind: str, fields: Sequence[str]) -> Iterator[tuple[str, str, str]]:
        """(record id, field, token) of all latest versions, in order of seq, field and token, streamed."""
        return self._tokens(
            kind, {slot: field for (k, field), slot in self._known_slots().items() if k == kind and field in fields}
        )

    def _tokens(self, kind: str, slots: dict[int, str]) -> Iterator[tuple[str, str, str]]:
        after, full = 0, bool(slots)
        heads = (
            sa.select(t.records.c.seq, t.records.c.id).where(t.records.c.kind == kind, LATEST).order_by(t.records.c.seq)
        )
        pairs = sa.select(t.tokens.c.seq, t.tokens.c.slot, t.tokens.c.token).where(t.tokens.c.slot.in_(sorted(slots)))
        while full:
            page = self._db.rows(heads.where(t.records.c.seq > after).limit(PAGE))
            full = len(page) == PAGE
            if not page:
                return
            ids: dict[int, str] = {seq: id_ for seq, id_ in page}
            after = page[-1].seq
            held = self._db.rows(pairs.where(t.tokens.c.seq.between(page[0].seq, after)))
            yield from (
                (ids[seq], field, token)
                for seq, field, token in sorted((s, slots[f], k) for s, f, k in held if s in ids)
            )

    def commitments(self, batch: str) -> Sequence[str]:
        """The commitments of every version kept by a batch, in order of seq (erased ones too)."""
        query = sa.select(t.records.c.commitment).where(t.records.c.batch == batch).order_by(t.records.c.seq)
        return [row[0] for row in self._db.rows(query)]

    def counts(self) -> dict[str, int]:
        """How many records of each kind the house holds."""
        query = sa.select(t.records.c.kind, sa.func.count()).where(LATEST).group_by(t.records.c.kind)
        return {kind: count for kind, count in self._db.rows(query.order_by(t.records.c.kind))}

    def held(self, kinds: Sequence[str]) -> frozenset[str]:
        """Those of the kinds the house holds any record of; one look a kind, however many there are."""
        found = sa.select(sa.literal(1)).where(t.records.c.kind == sa.bindparam("kind")).limit(1)
        return frozenset(kind for kind in kinds if self._db.row(found, {"kind": kind}) is not None)

    def last_seq(self) -> int:
        """The newest recorded_seq; 0 when empty."""
        return self._db.next_number(t.records.c.seq) - 1

    def erase(self, ids: Iterable[str], at: datetime) -> int:
        """Destroy keys, bodies and tokens of all versions; how many versions. Digests stay: the same row stays known."""
        self._db.allow_change()
        asked, when = list(ids), utc(at)
        here = sa.and_(self._db.among(t.records.c.id, asked), t.records.c.erased_at.is_(None))
        if not asked:
            return 0
        self._db.erased = True
        self._db.change(sa.delete(t.tokens).where(t.tokens.c.seq.in_(sa.select(t.records.c.seq).where(here))))
        return self._db.change(sa.update(t.records).where(here).values(wrapped=b"", body=b"", erased_at=when))


def _as_of(bound: int) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        t.records.c.seq <= bound,
        sa.or_(t.records.c.superseded_by.is_(None), t.records.c.superseded_by > bound),
    )


def _record(row: Row) -> StoredRecord:
    return StoredRecord(**dict(zip(FIELDS, row, strict=True)))
