"""What every store promises of the book of ads."""

from collections.abc import Sequence
from itertools import pairwise

from mingcha.actions.ports.store import Store
from mingcha.errors import InputError, OutOfOrder
from mingcha.testing import stored as made
from mingcha.testing.store_facts import refused
from mingcha.testing.stored import NOON, later


def sightings_of_one_ad_add_up(store: Store) -> None:
    """An ad put again keeps the sightings it had; a sighting stands with the ad that named it last."""
    odd = "抖音\0\\\ud800"
    with store.write() as work:
        work.ads.put_items([made.ad_item("AD-2", key="k", sightings=("D-3", "D-1")), made.ad_item("AD-1", key="k")])
        work.ads.put_items([made.ad_item("AD-2", key="k", platform=odd, last_seen=later(9), sightings=("D-2",))])
        work.ads.put_items([])
        with refused(InputError):
            work.ads.put_items([made.ad_item("AD-3", last_seen=NOON.replace(tzinfo=None))])
    whole = made.ad_item("AD-2", key="k", platform=odd, last_seen=later(9), sightings=("D-1", "D-2", "D-3"))
    with store.write() as work:
        assert work.ads.items(["AD-2", "AD-7", "AD\0"]) == {"AD-2": whole}
        assert work.ads.items_by_key(["k", "no"]) == {"k": made.ad_item("AD-1", key="k")}
        assert work.ads.items([]) == work.ads.items_by_key([]) == {}
        assert work.ads.ads_of([]) == {}
        work.ads.put_items([made.ad_item("AD-1", key="k", account="H1", sightings=("D-1",))])
        assert work.ads.ads_of(["D-1", "D-2", "D-9"]) == {"D-1": "AD-1", "D-2": "AD-2"}
        assert [(one.id, one.sightings) for one in work.ads.all_items()] == [
            ("AD-1", ("D-1",)),
            ("AD-2", ("D-2", "D-3")),
        ]


def acts_are_added_and_destroyed(store: Store) -> None:
    """Oldest first; the same id twice is refused; erasing empties what they say and who posted, the acts stay."""
    with store.write() as work:
        work.ads.put_items([made.ad_item("AD-1", account="H1", sightings=("D-1",)), made.ad_item("AD-2", account="H1")])
        work.ads.add_act(made.ad_act("b", "AD-1", at=later(5), by="安\0\ud800"))
        work.ads.add_act(made.ad_act("a", "AD-1", kind="checked"))
        work.ads.add_act(made.ad_act("c", "AD-2"))
        with refused(OutOfOrder):
            work.ads.add_act(made.ad_act("a", "AD-2"))
    kept = (made.ad_act("b", "AD-1", at=later(5), by="安\0\ud800"), made.ad_act("a", "AD-1", kind="checked"))
    with store.write() as work:
        assert work.ads.acts(["AD-1", "AD-9"]) == {"AD-1": kept}
        assert work.ads.acts([]) == {}
        assert [one.id for one in work.ads.all_acts()] == ["b", "a", "c"]
        assert work.ads.erase(["AD-1", "AD-9"]) == 2
        assert work.ads.erase(["AD-1"]) == work.ads.erase([]) == 0
    with store.read() as work:
        assert [(one.id, one.wrapped, one.body) for one in work.ads.acts(["AD-1"])["AD-1"]] == [
            ("b", b"", b""),
            ("a", b"", b""),
        ]
        assert work.ads.acts(["AD-2"]) == {"AD-2": (made.ad_act("c", "AD-2"),)}
        assert {id_: one.account for id_, one in work.ads.items(["AD-1", "AD-2"]).items()} == {
            "AD-1": None,
            "AD-2": "H1",
        }
        assert work.ads.ads_of(["D-1"]) == {"D-1": "AD-1"}


def many_ads_come_whole(store: Store) -> None:
    """More than a page of ads with their sightings, and of acts, in order."""
    ids = [f"AD-{n:05}" for n in range(2_100)]
    with store.write() as work:
        work.ads.put_items([made.ad_item(id_, sightings=(f"D-{id_}", f"C-{id_}")) for id_ in reversed(ids)])
        for n in range(1_100):
            work.ads.add_act(made.ad_act(f"{n:05}", ids[n % 3]))
    with store.read() as work:
        assert [(one.id, one.sightings) for one in work.ads.all_items()] == [
            (id_, (f"C-{id_}", f"D-{id_}")) for id_ in ids
        ]
        assert _rising([one.id for one in work.ads.all_acts()])
        assert len(work.ads.acts(ids)[ids[0]]) == 367


def no_book_is_written_through_a_view(store: Store) -> None:
    """Reading is all a view is for."""
    with store.read() as view:
        for write in (
            lambda: view.ads.put_items([]),
            lambda: view.ads.add_act(made.ad_act("a", "AD-1")),
            lambda: view.ads.erase(["AD-1"]),
        ):
            with refused(OutOfOrder):
                write()


def _rising(ids: Sequence[str]) -> bool:
    return all(one < other for one, other in pairwise(ids))


ADS = (
    sightings_of_one_ad_add_up,
    acts_are_added_and_destroyed,
    many_ads_come_whole,
    no_book_is_written_through_a_view,
)
