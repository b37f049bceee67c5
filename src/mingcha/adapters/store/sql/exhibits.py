"""The register of exhibits over SQL."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice

import sqlalchemy as sa

from mingcha.adapters.store.sql import tables as t
from mingcha.adapters.store.sql.session import PAGE, Row, Session, names, plain
from mingcha.errors import OutOfOrder
from mingcha.model.stored import KeptExhibit
from mingcha.model.words import Words

OWN = [t.exhibits.c[name] for name in names(KeptExhibit) if name != "of"]
NUMBER = t.exhibits.c.number
EXHIBITS = sa.select(NUMBER, *OWN).order_by(NUMBER)
LINKS = sa.select(t.exhibit_links.c.exhibit, t.exhibit_links.c.of).order_by(t.exhibit_links.c.of)


class SqlExhibits:
    """Exhibits by id."""

    def __init__(self, session: Session) -> None:
        self._db = session

    def put(self, exhibit: KeptExhibit) -> None:
        """Keep one; nothing is overwritten."""
        self._db.allow_change()
        if self._db.row(sa.select(t.exhibits.c.id).where(t.exhibits.c.id == exhibit.id)):
            raise OutOfOrder(
                what=Words(f"保存证据 {exhibit.id}", f"keep exhibit {exhibit.id}"),
                why=Words("已保存过", "it is kept already"),
            )
        row = plain(exhibit)
        of = sorted(set(row.pop("of")))
        self._db.insert(t.exhibits, [{**row, "number": self._db.next_number(NUMBER)}])
        self._db.insert(t.exhibit_links, [{"exhibit": exhibit.id, "of": one} for one in of])

    def get(self, ids: Sequence[str]) -> dict[str, KeptExhibit]:
        """Those that exist, by id."""
        found = self._db.whose(EXHIBITS, t.exhibits.c.id, ids) if ids else ()
        return {one.id: one for one in self._whole(found)}

    def about(self, of: Sequence[str]) -> tuple[KeptExhibit, ...]:
        """Those about any of these."""
        links = self._db.whose(LINKS, t.exhibit_links.c.of, of) if of else ()
        return tuple(self.get([row.exhibit for row in links]).values())

    def derived(self, ids: Sequence[str]) -> tuple[KeptExhibit, ...]:
        """Copies made of these."""
        return tuple(self._whole(self._db.whose(EXHIBITS, t.exhibits.c.derived_from, ids) if ids else ()))

    def ending(self, first: datetime, last: datetime) -> tuple[KeptExhibit, ...]:
        """Those whose original is deleted at its source between two times, the soonest first."""
        gone = t.exhibits.c.gone_at
        query = sa.select(NUMBER, *OWN).where(gone.between(first, last)).order_by(gone, NUMBER)
        return tuple(self._whole(self._db.rows(query)))

    def all(self) -> Iterator[KeptExhibit]:
        """All of them, streamed."""
        query, number = EXHIBITS.limit(PAGE), NUMBER
        found = self._db.pages(lambda after: query.where(number > after), 0, "number")
        while page := list(islice(found, PAGE)):
            yield from self._whole(page)

    def erase(self, ids: Sequence[str]) -> int:
        """Destroy what is said of these, and the keys of their bytes; returns how many held any."""
        self._db.allow_change()
        if not ids:
            return 0
        self._db.erased = True
        held = sa.and_(self._db.among(t.exhibits.c.id, ids), t.exhibits.c.wrapped != b"")
        return self._db.change(sa.update(t.exhibits).where(held).values(frames=b"", key=b"", wrapped=b"", body=b""))

    def _whole(self, rows: Iterable[Row]) -> list[KeptExhibit]:
        found = list(rows)
        of: dict[str, list[str]] = {row.id: [] for row in found}
        for row in self._db.whose(LINKS, t.exhibit_links.c.exhibit, list(of)) if of else ():
            of[row.exhibit].append(row.of)
        return [KeptExhibit(**{one.name: row._mapping[one.name] for one in OWN}, of=tuple(of[row.id])) for row in found]
