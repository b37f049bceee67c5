"""Books of acts over SQL."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from mingcha.adapters.store.sql import tables as t
from mingcha.adapters.store.sql.session import PAGE, Session, names, plain
from mingcha.errors import OutOfOrder
from mingcha.model.stored import BookAct
from mingcha.model.words import Words

ACT = [t.book_acts.c[name] for name in names(BookAct)]
ACTS = sa.select(*ACT).order_by(t.book_acts.c.number)


class SqlBooks:
    """Acts by book and by what they are of."""

    def __init__(self, session: Session) -> None:
        self._db = session

    def add_act(self, act: BookAct) -> None:
        """Keep one act; nothing is overwritten."""
        self._db.allow_change()
        if self._db.row(sa.select(t.book_acts.c.id).where(t.book_acts.c.id == act.id)):
            raise OutOfOrder(
                what=Words(f"保存操作 {act.id}", f"keep act {act.id}"), why=Words("已保存过", "it is kept already")
            )
        self._db.insert(t.book_acts, [{**plain(act), "number": self._db.next_number(t.book_acts.c.number)}])

    def acts(self, book: str, of: Sequence[str]) -> dict[str, tuple[BookAct, ...]]:
        """The acts of a book on each of these that has any, in the order they were kept."""
        out: dict[str, list[BookAct]] = {}
        mine = ACTS.where(t.book_acts.c.book == book)
        for row in self._db.whose(mine, t.book_acts.c.of, of) if of else ():
            out.setdefault(row.of, []).append(BookAct(**row._mapping))
        return {one: tuple(acts) for one, acts in out.items()}

    def all_acts(self, book: str) -> Iterator[BookAct]:
        """Every act of a book in the order they were kept, streamed."""
        number = t.book_acts.c.number
        query = sa.select(number, *ACT).where(t.book_acts.c.book == book).order_by(number).limit(PAGE)
        for row in self._db.pages(lambda after: query.where(number > after), 0, "number"):
            yield BookAct(**{name: row._mapping[name] for name in names(BookAct)})

    def erase(self, book: str, of: Sequence[str]) -> int:
        """Destroy what all acts of a book on these say; returns how many acts."""
        self._db.allow_change()
        if not of:
            return 0
        self._db.erased = True
        mine = sa.and_(t.book_acts.c.book == book, t.book_acts.c.wrapped != b"")
        held = sa.and_(mine, self._db.among(t.book_acts.c.of, of))
        return self._db.change(sa.update(t.book_acts).where(held).values(wrapped=b"", body=b""))
