"""What every store promises of books of acts."""

from mingcha.actions.ports.store import Store
from mingcha.errors import InputError, OutOfOrder
from mingcha.testing import stored as made
from mingcha.testing.store_facts import refused
from mingcha.testing.stored import NOON, later


def books_are_only_added_to(store: Store) -> None:
    """Oldest first, a book apart from another; the same id twice is refused, in whichever book; a time without a zone too."""
    with store.write() as work:
        work.books.add_act(made.book_act("b", "CASE-1", at=later(5), by="安\0\ud800"))
        work.books.add_act(made.book_act("a", "CASE-1", kind="noted"))
        work.books.add_act(made.book_act("c", "CASE-1", book="aid"))
        with refused(OutOfOrder):
            work.books.add_act(made.book_act("a", "CASE-2", book="aid"))
        with refused(InputError):
            work.books.add_act(made.book_act("d", "CASE-1", at=NOON.replace(tzinfo=None)))
    kept = (made.book_act("b", "CASE-1", at=later(5), by="安\0\ud800"), made.book_act("a", "CASE-1", kind="noted"))
    with store.read() as work:
        assert work.books.acts("cases", ["CASE-1", "CASE-9"]) == {"CASE-1": kept}
        assert work.books.acts("aid", ["CASE-1"]) == {"CASE-1": (made.book_act("c", "CASE-1", book="aid"),)}
        assert work.books.acts("cases", []) == work.books.acts("none", ["CASE-1"]) == {}
        assert tuple(work.books.all_acts("cases")) == kept


def what_acts_say_is_destroyed(store: Store) -> None:
    """Erasing empties what the acts of one book on these say; that there were acts stays."""
    with store.write() as work:
        for id_, of, book in (("a", "X-1", "cases"), ("b", "X-1", "aid"), ("c", "X-2", "cases")):
            work.books.add_act(made.book_act(id_, of, book=book))
    with store.write() as work:
        assert work.books.erase("cases", ["X-1", "X-9"]) == 1
        assert work.books.erase("cases", ["X-1"]) == work.books.erase("cases", []) == 0
    with store.read() as work:
        (emptied,) = work.books.acts("cases", ["X-1"])["X-1"]
        assert (emptied.kind, emptied.wrapped, emptied.body) == ("opened", b"", b"")
        assert work.books.acts("cases", ["X-2"])["X-2"][0].wrapped
        assert work.books.acts("aid", ["X-1"])["X-1"][0].wrapped


def many_acts_come_in_order(store: Store) -> None:
    """More than a page of acts."""
    with store.write() as work:
        for n in range(2_100):
            work.books.add_act(made.book_act(f"{2_100 - n:05}", f"X-{n % 3}", book=("cases", "aid")[n % 2]))
    with store.read() as work:
        assert [one.id for one in work.books.all_acts("aid")] == [f"{2_100 - n:05}" for n in range(1, 2_100, 2)]
        assert len(work.books.acts("cases", ["X-0", "X-1"])["X-0"]) == 350


def nothing_is_written_through_a_view(store: Store) -> None:
    """Reading is all a view is for."""
    with store.read() as view:
        with refused(OutOfOrder):
            view.books.add_act(made.book_act("a", "X-1"))
        with refused(OutOfOrder):
            view.books.erase("cases", ["X-1"])


BOOKS = (
    books_are_only_added_to,
    what_acts_say_is_destroyed,
    many_acts_come_in_order,
    nothing_is_written_through_a_view,
)
