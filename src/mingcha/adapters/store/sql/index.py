"""Sketches, families and summaries over SQL; keyed sketches and opaque bytes, never text."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from mingcha.adapters.store.sql import tables as t
from mingcha.adapters.store.sql.session import PAGE, Session, names, plain, whose
from mingcha.model.stored import Membership, Sketch

SKETCHES = sa.select(*(t.sketches.c[name] for name in names(Sketch)))
MEMBERS = sa.select(*(t.memberships.c[name] for name in names(Membership)))
SUMMARIES = sa.select(t.summaries.c.id, t.summaries.c.body).where(t.summaries.c.kind == sa.bindparam("kind"))
STARTING = (
    SUMMARIES.where(t.summaries.c.id >= sa.bindparam("start"), t.summaries.c.id < sa.bindparam("end"))
    .order_by(t.summaries.c.id)
    .limit(sa.bindparam("most", type_=sa.Integer))
)
LEAST = sa.select(t.families.c.family, t.families.c.similarity_min)


class SqlCampaigns:
    """Sketches and families."""

    def __init__(self, session: Session) -> None:
        self._db = session

    def put_sketches(self, rows: Sequence[Sketch]) -> None:
        """Insert or replace sketches."""
        self._db.allow_change()
        self._db.upsert(t.sketches, [plain(row) for row in rows])

    def sketches(self) -> Iterator[Sketch]:
        """All sketches in order of complaint id, streamed."""
        query = SKETCHES.order_by(t.sketches.c.complaint).limit(PAGE)
        found = self._db.pages(lambda after: query.where(t.sketches.c.complaint > after), "", "complaint")
        return (Sketch(**row._mapping) for row in found)

    def sketches_of(self, complaints: Sequence[str]) -> dict[str, Sketch]:
        """The sketches of these complaints."""
        if not complaints:
            return {}
        found = self._db.whose(SKETCHES, t.sketches.c.complaint, complaints)
        return {row.complaint: Sketch(**row._mapping) for row in found}

    def forget(self, complaints: Sequence[str]) -> None:
        """Forget the sketches and memberships of these complaints."""
        self._db.allow_change()
        if complaints:
            self._db.erased = True
            for table in (t.sketches, t.memberships):
                self._db.change(sa.delete(table).where(self._db.among(table.c.complaint, complaints)))

    def replace_families(self, rows: Sequence[Membership], similarity_min: dict[str, int]) -> None:
        """Replace all memberships (and the least similarity inside each family) in one go."""
        self._db.change(sa.delete(t.memberships))
        self._db.change(sa.delete(t.families))
        self._db.upsert(t.memberships, [plain(row) for row in rows])
        least = [{"family": family, "similarity_min": value} for family, value in sorted(similarity_min.items())]
        self._db.insert(t.families, least)

    def put_memberships(self, rows: Sequence[Membership]) -> None:
        """Insert or replace memberships."""
        self._db.allow_change()
        self._db.upsert(t.memberships, [plain(row) for row in rows])

    def drop_memberships(self, complaints: Sequence[str]) -> None:
        """Forget the memberships of these complaints alone."""
        self._db.change(sa.delete(t.memberships).where(self._db.among(t.memberships.c.complaint, complaints)))

    def put_similarity(self, family: str, least: int) -> None:
        """Keep the least similarity inside one family."""
        self._db.allow_change()
        self._db.upsert(t.families, [{"family": family, "similarity_min": least}])

    def add_judgement(self, id_: str, body: bytes) -> None:
        """Keep what a person said of families."""
        self._db.allow_change()
        number = self._db.next_number(t.judgements.c.number)
        self._db.insert(t.judgements, [{"number": number, "id": id_, "body": body}])

    def judgements(self) -> Sequence[bytes]:
        """All of them, oldest first."""
        return [body for (body,) in self._db.rows(sa.select(t.judgements.c.body).order_by(t.judgements.c.number))]

    def memberships(self, complaints: Sequence[str]) -> dict[str, Membership]:
        """The family of each complaint that has one."""
        if not complaints:
            return {}
        found = self._db.whose(MEMBERS, t.memberships.c.complaint, complaints)
        return {row.complaint: Membership(**row._mapping) for row in found}

    def standing(self, complaints: Sequence[str], family: str) -> tuple[dict[str, Membership], int | None]:
        """`memberships` and the family's `similarity_min` at once."""
        members, least = (t.memberships.c.complaint, t.families.c.family)
        rows, found = self._db.at_once(
            [
                (whose(MEMBERS, members, self._db.is_postgres), {"asked": self._db.listed(members, complaints)}),
                (whose(LEAST, least, self._db.is_postgres), {"asked": self._db.listed(least, [family])}),
            ]
        )
        held = [Membership(**dict(zip(names(Membership), row, strict=True))) for row in rows]
        return {one.complaint: one for one in held}, next((value for _, value in found), None)

    def members(self, family: str) -> Sequence[Membership]:
        """All members of a family, by complaint id."""
        query = MEMBERS.where(self._db.among(t.memberships.c.family, [family]))
        return [Membership(**row._mapping) for row in self._db.rows(query.order_by(t.memberships.c.complaint))]

    def families(self) -> dict[str, tuple[str, ...]]:
        """All families: id -> member complaints, sorted."""
        member = t.memberships.c
        out: dict[str, list[str]] = {}
        for family, complaint in self._db.rows(
            sa.select(member.family, member.complaint).order_by(member.family, member.complaint)
        ):
            out.setdefault(family, []).append(complaint)
        return {family: tuple(members) for family, members in out.items()}

    def similarity_min(self, families: Sequence[str]) -> dict[str, int]:
        """The least similarity inside each family."""
        if not families:
            return {}
        return dict(map(tuple, self._db.whose(LEAST, t.families.c.family, families)))


class SqlSummaries:
    """Precomputed summaries by kind and id: opaque ciphertext, replaced as a whole."""

    def __init__(self, session: Session) -> None:
        self._db = session

    def replace(self, kind: str, rows: Sequence[tuple[str, bytes]]) -> None:
        """Replace all rows of one kind of summary: (complaint or object id, bytes)."""
        self._db.change(sa.delete(t.summaries).where(t.summaries.c.kind == kind))
        self.add(kind, rows)

    def add(self, kind: str, rows: Sequence[tuple[str, bytes]]) -> None:
        """Insert or replace rows of one kind; the others stay."""
        self._db.allow_change()
        self._db.upsert(t.summaries, [{"kind": kind, "id": id_, "body": body} for id_, body in rows])

    def get(self, kind: str, ids: Sequence[str]) -> dict[str, bytes]:
        """Rows by id."""
        if not ids:
            return {}
        return {id_: body for id_, body in self._db.whose(SUMMARIES, t.summaries.c.id, ids, kind=kind)}

    def all(self, kind: str) -> Iterator[tuple[str, bytes]]:
        """All rows of one kind, by id, streamed."""
        query = sa.select(t.summaries.c.id, t.summaries.c.body).where(t.summaries.c.kind == kind)
        query = query.order_by(t.summaries.c.id).limit(PAGE)
        found = self._db.pages(lambda after: query.where(t.summaries.c.id > after), "", "id")
        return ((row.id, row.body) for row in found)

    def starting(self, kind: str, starts: Sequence[str], most: int) -> dict[str, Sequence[tuple[str, bytes]]]:
        """For each start the first rows of one kind whose id begins with it, at most so many of each, by id."""
        asked = list(dict.fromkeys(starts))
        values = [{"kind": kind, "start": start, "end": _after(start), "most": most} for start in asked]
        found = self._db.at_once([(STARTING, one) for one in values])
        return {start: [(id_, bytes(body)) for id_, body in rows] for start, rows in zip(asked, found, strict=True)}

    def last(self, kind: str) -> str | None:
        """The largest id of one kind, None where there is none."""
        row = self._db.row(sa.select(sa.func.max(t.summaries.c.id)).where(t.summaries.c.kind == kind))
        return None if row is None else row[0]

    def drop(self, kind: str, ids: Sequence[str]) -> None:
        """Forget rows of one kind."""
        self._db.allow_change()
        if ids:
            gone = sa.delete(t.summaries).where(t.summaries.c.kind == kind)
            self._db.change(gone.where(self._db.among(t.summaries.c.id, ids)))


def _after(start: str) -> str:
    """The first id that begins otherwise: the last character is the next one."""
    return start[:-1] + chr(ord(start[-1]) + 1)
