"""Books of acts in memory."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mingcha.adapters.store.memory.tables import Session
from mingcha.adapters.store.times import utc
from mingcha.errors import OutOfOrder
from mingcha.model.stored import BookAct
from mingcha.model.words import Words


class MemoryBooks:
    """Acts by book and by what they are of."""

    def __init__(self, session: Session) -> None:
        self._db = session

    def add_act(self, act: BookAct) -> None:
        """Keep one act; nothing is overwritten."""
        held = self._db.own("book_acts").book_acts
        if act.id in held:
            raise OutOfOrder(
                what=Words(f"保存操作 {act.id}", f"keep act {act.id}"), why=Words("已保存过", "it is kept already")
            )
        held[act.id] = replace(act, at=utc(act.at))

    def acts(self, book: str, of: Sequence[str]) -> dict[str, tuple[BookAct, ...]]:
        """The acts of a book on each of these that has any, in the order they were kept."""
        out: dict[str, tuple[BookAct, ...]] = {}
        for act in self.all_acts(book):
            if act.of in of:
                out[act.of] = (*out.get(act.of, ()), act)
        return out

    def all_acts(self, book: str) -> Iterator[BookAct]:
        """Every act of a book in the order they were kept."""
        return iter([act for act in self._db.held.book_acts.values() if act.book == book])

    def erase(self, book: str, of: Sequence[str]) -> int:
        """Destroy what all acts of a book on these say; returns how many acts."""
        gone = [act for act in self.all_acts(book) if act.of in of and act.wrapped]
        self._db.own("book_acts").book_acts.update((act.id, replace(act, wrapped=b"", body=b"")) for act in gone)
        return len(gone)
