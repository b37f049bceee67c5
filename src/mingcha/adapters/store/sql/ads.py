"""The book of ads over SQL."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import sqlalchemy as sa

from mingcha.adapters.store.sql import tables as t
from mingcha.adapters.store.sql.session import PAGE, Row, Session, names, plain
from mingcha.errors import OutOfOrder
from mingcha.model.ad_cycle import AdItem
from mingcha.model.stored import KeptAct
from mingcha.model.words import Words

ITEM = [t.ads.c[name] for name in names(AdItem) if name != "sightings"]
ITEMS = sa.select(*ITEM).order_by(t.ads.c.id)
SIGHTINGS = sa.select(t.ad_sightings.c.record, t.ad_sightings.c.ad).order_by(t.ad_sightings.c.record)
ACT = [t.ad_acts.c[name] for name in names(KeptAct)]
ACTS = sa.select(*ACT).order_by(t.ad_acts.c.number)


class SqlAds:
    """Ads by id and by key, and what was done about them."""

    def __init__(self, session: Session) -> None:
        self._db = session

    def put_items(self, rows: Sequence[AdItem]) -> None:
        """Insert or replace ads; their sightings are added to those kept."""
        self._db.allow_change()
        self._db.upsert(t.ads, [_item_plain(row) for row in {row.id: row for row in rows}.values()])
        named = {record: row.id for row in rows for record in row.sightings}
        self._db.upsert(t.ad_sightings, [{"record": record, "ad": ad} for record, ad in named.items()])

    def items(self, ids: Sequence[str]) -> dict[str, AdItem]:
        """Ads by id."""
        found = self._db.whose(ITEMS, t.ads.c.id, ids) if ids else ()
        return {item.id: item for item in self._whole(found)}

    def items_by_key(self, keys: Sequence[str]) -> dict[str, AdItem]:
        """Ads by key; of several with one key the first by id."""
        found = self._db.whose(ITEMS, t.ads.c.key, keys) if keys else ()
        return {item.key: item for item in reversed(self._whole(found))}

    def ads_of(self, records: Sequence[str]) -> dict[str, str]:
        """The ad each of these sightings stands with."""
        found = self._db.whose(SIGHTINGS, t.ad_sightings.c.record, records) if records else ()
        return {row.record: row.ad for row in found}

    def all_items(self) -> Iterator[AdItem]:
        """All ads by id, streamed."""
        query = ITEMS.limit(PAGE)
        found = self._db.pages(lambda after: query.where(t.ads.c.id > after), "", "id")
        while page := list(islice(found, PAGE)):
            yield from self._whole(page)

    def _whole(self, rows: Iterable[Row]) -> list[AdItem]:
        items = list(rows)
        if not items:
            return []
        seen: dict[str, list[str]] = {row.id: [] for row in items}
        for row in self._db.whose(SIGHTINGS, t.ad_sightings.c.ad, list(seen)):
            seen[row.ad].append(row.record)
        return [AdItem(**row._mapping, sightings=tuple(seen[row.id])) for row in items]

    def add_act(self, act: KeptAct) -> None:
        """Keep one act; nothing is overwritten."""
        self._db.allow_change()
        if self._db.row(sa.select(t.ad_acts.c.id).where(t.ad_acts.c.id == act.id)):
            raise OutOfOrder(
                what=Words(f"保存操作 {act.id}", f"keep act {act.id}"), why=Words("已保存过", "it is kept already")
            )
        self._db.insert(t.ad_acts, [{**plain(act), "number": self._db.next_number(t.ad_acts.c.number)}])

    def acts(self, ads: Sequence[str]) -> dict[str, tuple[KeptAct, ...]]:
        """The acts on each of these ads that has any, in the order they were kept."""
        out: dict[str, list[KeptAct]] = {}
        for row in self._db.whose(ACTS, t.ad_acts.c.ad, ads) if ads else ():
            out.setdefault(row.ad, []).append(KeptAct(**row._mapping))
        return {ad: tuple(acts) for ad, acts in out.items()}

    def all_acts(self) -> Iterator[KeptAct]:
        """Every act in the order they were kept, streamed."""
        number = t.ad_acts.c.number
        query = sa.select(number, *ACT).order_by(number).limit(PAGE)
        for row in self._db.pages(lambda after: query.where(number > after), 0, "number"):
            yield KeptAct(**{name: row._mapping[name] for name in names(KeptAct)})

    def erase(self, ads: Sequence[str]) -> int:
        """Destroy what all acts on these ads say, and who posted them; returns how many acts."""
        self._db.allow_change()
        if not ads:
            return 0
        self._db.erased = True
        held = sa.and_(self._db.among(t.ad_acts.c.ad, ads), t.ad_acts.c.wrapped != b"")
        gone = self._db.change(sa.update(t.ad_acts).where(held).values(wrapped=b"", body=b""))
        self._db.change(sa.update(t.ads).where(self._db.among(t.ads.c.id, ads)).values(account=None))
        return gone


def _item_plain(row: AdItem) -> dict[str, Any]:
    values = plain(row)
    del values["sightings"]
    return values
