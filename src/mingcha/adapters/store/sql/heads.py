"""Representatives, places and postings over SQL; keyed hashes and numbers, never text."""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from mingcha.adapters.store.sql import tables as t
from mingcha.adapters.store.sql.session import PAGE, Session, names, plain, whose
from mingcha.model.family import Head, Met, Place, Posting
from mingcha.model.stored import Sketch

HEADS = sa.select(*(t.heads.c[name] for name in names(Head)))
PLACES = sa.select(*(t.places.c[name] for name in names(Place)))
POSTINGS = sa.select(*(t.postings.c[name] for name in names(Posting)))
BY_HASH = POSTINGS.order_by(t.postings.c.hash)
TWIN = (
    PLACES.where(t.places.c.digest == sa.bindparam("digest"))
    .order_by(t.places.c.complaint)
    .limit(sa.literal_column("1"))
)
LAST = sa.select(sa.func.coalesce(sa.func.max(t.heads.c.number), sa.literal_column("0")))
TEXTS = sa.select(*(t.sketches.c[name] for name in names(Sketch)), *(t.heads.c[name] for name in names(Head)))
TEXTS = TEXTS.join(t.sketches, t.sketches.c.complaint == t.heads.c.complaint)


class SqlHeads:
    """Representatives, the place of each text at one of them, and the hashes they are found by."""

    def __init__(self, session: Session) -> None:
        self._db = session

    def put_heads(self, rows: Sequence[Head]) -> None:
        """Insert or replace heads."""
        self._db.allow_change()
        self._db.upsert(t.heads, [plain(row) for row in rows])

    def heads(self, numbers: Sequence[int]) -> dict[int, Head]:
        """Heads by number."""
        if not numbers:
            return {}
        found = self._db.whose(HEADS, t.heads.c.number, numbers)
        return {row.number: Head(**row._mapping) for row in found}

    def heads_of(self, complaints: Sequence[str]) -> dict[str, Head]:
        """The heads that are these complaints' texts, by complaint."""
        if not complaints:
            return {}
        found = self._db.whose(HEADS, t.heads.c.complaint, complaints)
        return {row.complaint: Head(**row._mapping) for row in found}

    def all_heads(self) -> Iterator[Head]:
        """All heads by number, streamed."""
        query = HEADS.order_by(t.heads.c.number).limit(PAGE)
        found = self._db.pages(lambda after: query.where(t.heads.c.number > after), 0, "number")
        return (Head(**row._mapping) for row in found)

    def last_head(self) -> int:
        """The largest number in use, 0 for none."""
        return self._db.next_number(t.heads.c.number) - 1

    def drop_heads(self, numbers: Sequence[int]) -> None:
        """Forget heads; what they are posted under is the caller's to change."""
        self._db.change(sa.delete(t.heads).where(self._db.among(t.heads.c.number, numbers)))

    def meet(self, complaint: str, digest: str, hashes: Sequence[int]) -> Met:
        """All a new text is met by: `places`, `twin`, `postings` and `last_head` at once."""
        posted = whose(BY_HASH, t.postings.c.hash, self._db.is_postgres)
        placed = whose(PLACES, t.places.c.complaint, self._db.is_postgres)
        place, twin, postings, ((last,),) = self._db.at_once(
            [
                (placed, {"asked": self._db.listed(t.places.c.complaint, [complaint])}),
                (TWIN, {"digest": digest}),
                (posted, {"asked": self._db.listed(t.postings.c.hash, hashes)}),
                (LAST, {}),
            ]
        )
        return Met(
            place=_place(place[0]) if place else None,
            twin=_place(twin[0]) if twin else None,
            postings=[Posting(hash=one, families=f, lone=a) for one, f, a in postings],
            last_head=last,
        )

    def with_texts(self, numbers: Sequence[int]) -> dict[int, tuple[Head, Sketch]]:
        """Heads by number with the sketches of their texts, those that have one."""
        if not numbers:
            return {}
        query = whose(TEXTS, t.heads.c.number, self._db.is_postgres)
        (found,) = self._db.at_once([(query, {"asked": self._db.listed(t.heads.c.number, numbers)})])
        wide = len(names(Sketch))
        pairs = [(Head(**_named(Head, row[wide:])), Sketch(**_named(Sketch, row[:wide]))) for row in found]
        return {head.number: (head, sketch) for head, sketch in pairs}

    def postings(self, hashes: Sequence[int]) -> Sequence[Posting]:
        """What is posted under these hashes, by hash."""
        if not hashes:
            return []
        found = self._db.whose(BY_HASH, t.postings.c.hash, hashes)
        return [Posting(hash=one, families=f, lone=a) for one, f, a in found]

    def all_postings(self) -> Iterator[Posting]:
        """All postings by hash, streamed."""
        query = POSTINGS.order_by(t.postings.c.hash).limit(PAGE)
        found = self._db.pages(
            lambda after: query if after is None else query.where(t.postings.c.hash > after), None, "hash"
        )
        return (Posting(**row._mapping) for row in found)

    def put_postings(self, rows: Sequence[Posting]) -> None:
        """Insert or replace postings; empty ones go."""
        self._db.allow_change()
        empty = [row.hash for row in rows if not row.families and not row.lone]
        self._db.upsert(t.postings, [plain(row) for row in rows])
        if empty:
            self._db.change(sa.delete(t.postings).where(self._db.among(t.postings.c.hash, empty)))

    def put_places(self, rows: Sequence[Place]) -> None:
        """Insert or replace places."""
        self._db.allow_change()
        self._db.upsert(t.places, [plain(row) for row in rows])

    def places(self, complaints: Sequence[str]) -> dict[str, Place]:
        """The places of these complaints."""
        if not complaints:
            return {}
        found = self._db.whose(PLACES, t.places.c.complaint, complaints)
        return {row.complaint: Place(**row._mapping) for row in found}

    def twin(self, digest: str) -> Place | None:
        """The place of the first complaint (by id) with this very text."""
        query = PLACES.where(t.places.c.digest == digest).order_by(t.places.c.complaint).limit(1)
        row = self._db.row(query)
        return Place(**row._mapping) if row else None

    def placed(self, head: int, below: int | None = None) -> Sequence[Place]:
        """Places at a head by complaint, all or those that hold fewer than `below` of its units."""
        query = PLACES.where(t.places.c.head == head)
        if below is not None:
            query = query.where(t.places.c.held < below)
        return [Place(**row._mapping) for row in self._db.rows(query.order_by(t.places.c.complaint))]

    def drop_places(self, complaints: Sequence[str]) -> None:
        """Forget the places of these complaints."""
        self._db.change(sa.delete(t.places).where(self._db.among(t.places.c.complaint, complaints)))


def _named(kind: type[Any], row: Sequence[Any]) -> dict[str, Any]:
    return dict(zip(names(kind), row, strict=True))


def _place(row: Sequence[Any]) -> Place:
    return Place(**_named(Place, row))
