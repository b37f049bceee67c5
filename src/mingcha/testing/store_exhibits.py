"""What every store promises of the register of exhibits."""

from mingcha.actions.ports.store import Store
from mingcha.errors import InputError, OutOfOrder
from mingcha.testing import stored as made
from mingcha.testing.store_facts import refused
from mingcha.testing.stored import NOON, later


def exhibits_are_found_by_all_they_are_found_by(store: Store) -> None:
    """Every field comes back; in the order kept; the same id twice is refused; a time without its zone is none."""
    one = made.exhibit("EX-B", of=("AD-2", "AD-1"), gone_at=later(9), by="安\0\\\ud800", frames=bytes(range(64)))
    two = made.exhibit("EX-A", of=("AD-2",), derived_from="EX-B", gone_at=later(3), kept_at=later(1))
    three = made.exhibit("EX-C", derived_from="EX-A")
    with store.write() as work:
        for each in (one, two, three):
            work.exhibits.put(each)
        with refused(OutOfOrder):
            work.exhibits.put(made.exhibit("EX-A", of=("AD-9",)))
        with refused(InputError):
            work.exhibits.put(made.exhibit("EX-D", gone_at=NOON.replace(tzinfo=None)))
    whole = made.exhibit("EX-B", of=("AD-1", "AD-2"), gone_at=later(9), by="安\0\\\ud800", frames=bytes(range(64)))
    with store.read() as work:
        assert work.exhibits.get(["EX-A", "EX-B", "EX-9", "EX\0"]) == {"EX-B": whole, "EX-A": two}
        assert work.exhibits.about(["AD-2", "AD-1"]) == (whole, two)
        assert work.exhibits.about(["AD-1", "AD-9"]) == (whole,)
        assert work.exhibits.derived(["EX-B", "EX-C"]) == (two,)
        assert work.exhibits.ending(later(3), later(9)) == (two, whole)
        assert work.exhibits.ending(later(4), later(8)) == ()
        assert list(work.exhibits.all()) == [whole, two, three]
        assert work.exhibits.get([]) == {}
        assert work.exhibits.about([]) == work.exhibits.derived([]) == ()


def exhibits_are_destroyed_and_their_places_stay(store: Store) -> None:
    """Erasing empties what is said and every key; what it was about stays."""
    with store.write() as work:
        work.exhibits.put(made.exhibit("EX-A", of=("AD-1",)))
        work.exhibits.put(made.exhibit("EX-B", of=("AD-1",)))
        assert work.exhibits.erase(["EX-A", "EX-9"]) == 1
        assert work.exhibits.erase(["EX-A"]) == work.exhibits.erase([]) == 0
    gone = made.exhibit("EX-A", of=("AD-1",), frames=b"", key=b"", wrapped=b"", body=b"")
    with store.read() as work:
        assert work.exhibits.about(["AD-1"]) == (gone, made.exhibit("EX-B", of=("AD-1",)))


def many_exhibits_come_whole(store: Store) -> None:
    """More than a page of them, with what they are about."""
    ids = [f"EX-{n:05}" for n in range(1_100)]
    with store.write() as work:
        for n, id_ in enumerate(reversed(ids)):
            work.exhibits.put(made.exhibit(id_, of=(f"AD-{n}", "AD-0")))
    with store.read() as work:
        assert [one.id for one in work.exhibits.all()] == ids[::-1]
        assert all(len(one.of) == (1 if one.id == ids[-1] else 2) for one in work.exhibits.all())
        assert len(work.exhibits.about(["AD-0"])) == 1_100


def no_exhibit_is_written_through_a_view(store: Store) -> None:
    """Reading is all a view is for."""
    with store.read() as view:
        for write in (lambda: view.exhibits.put(made.exhibit("EX-A")), lambda: view.exhibits.erase(["EX-A"])):
            with refused(OutOfOrder):
                write()


EXHIBITS = (
    exhibits_are_found_by_all_they_are_found_by,
    exhibits_are_destroyed_and_their_places_stay,
    many_exhibits_come_whole,
    no_exhibit_is_written_through_a_view,
)
