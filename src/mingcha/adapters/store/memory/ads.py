"""The book of ads in memory."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mingcha.adapters.store.memory.tables import Session
from mingcha.adapters.store.times import utc
from mingcha.errors import OutOfOrder
from mingcha.model.ad_cycle import AdItem
from mingcha.model.stored import KeptAct
from mingcha.model.words import Words


class MemoryAds:
    """Ads by id and by key, and what was done about them."""

    def __init__(self, session: Session) -> None:
        self._db = session

    def put_items(self, rows: Sequence[AdItem]) -> None:
        """Insert or replace ads; their sightings are added to those kept."""
        held = self._db.own("ads", "ad_sightings")
        for row in rows:
            first, last = utc(row.first_seen), utc(row.last_seen)
            held.ads[row.id] = replace(row, first_seen=first, last_seen=last, sightings=())
            held.ad_sightings.update(dict.fromkeys(row.sightings, row.id))

    def items(self, ids: Sequence[str]) -> dict[str, AdItem]:
        """Ads by id."""
        return {id_: self._whole(id_) for id_ in ids if id_ in self._db.held.ads}

    def items_by_key(self, keys: Sequence[str]) -> dict[str, AdItem]:
        """Ads by key; of several with one key the first by id."""
        found = sorted((row.id, row.key) for row in self._db.held.ads.values() if row.key in keys)
        return {key: self._whole(id_) for id_, key in reversed(found)}

    def ads_of(self, records: Sequence[str]) -> dict[str, str]:
        """The ad each of these sightings stands with."""
        held = self._db.held.ad_sightings
        return {id_: held[id_] for id_ in records if id_ in held}

    def all_items(self) -> Iterator[AdItem]:
        """All ads by id."""
        return iter([self._whole(id_) for id_ in sorted(self._db.held.ads)])

    def _whole(self, id_: str) -> AdItem:
        held = self._db.held
        return replace(held.ads[id_], sightings=tuple(sorted(r for r, ad in held.ad_sightings.items() if ad == id_)))

    def add_act(self, act: KeptAct) -> None:
        """Keep one act; nothing is overwritten."""
        held = self._db.own("ad_acts")
        if act.id in held.ad_acts:
            raise OutOfOrder(
                what=Words(f"保存操作 {act.id}", f"keep act {act.id}"), why=Words("已保存过", "it is kept already")
            )
        held.ad_acts[act.id] = replace(act, at=utc(act.at))

    def acts(self, ads: Sequence[str]) -> dict[str, tuple[KeptAct, ...]]:
        """The acts on each of these ads that has any, in the order they were kept."""
        out: dict[str, tuple[KeptAct, ...]] = {}
        for act in self._db.held.ad_acts.values():
            if act.ad in ads:
                out[act.ad] = (*out.get(act.ad, ()), act)
        return out

    def all_acts(self) -> Iterator[KeptAct]:
        """Every act in the order they were kept."""
        return iter(list(self._db.held.ad_acts.values()))

    def erase(self, ads: Sequence[str]) -> int:
        """Destroy what all acts on these ads say, and who posted them; returns how many acts."""
        held = self._db.own("ads", "ad_acts")
        gone = [act for act in held.ad_acts.values() if act.ad in ads and act.wrapped]
        held.ad_acts.update((act.id, replace(act, wrapped=b"", body=b"")) for act in gone)
        held.ads.update((id_, replace(held.ads[id_], account=None)) for id_ in ads if id_ in held.ads)
        return len(gone)
