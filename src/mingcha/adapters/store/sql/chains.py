"""Evidence chains over SQL: each record follows the tail, and nothing here can change or remove one."""

from collections.abc import Iterator

import sqlalchemy as sa

from mingcha.adapters.store.sql import tables as t
from mingcha.adapters.store.sql.session import PAGE, Session, names, plain
from mingcha.errors import OutOfOrder
from mingcha.model.stored import Link, Mark
from mingcha.model.words import Words

COLUMNS = [t.links.c[name] for name in names(Link)]
MARKS = sa.select(*(t.links.c[name] for name in names(Mark)))
TAIL = sa.select(*COLUMNS).where(t.links.c.chain == sa.bindparam("chain")).order_by(t.links.c.seq.desc()).limit(1)


class SqlChains:
    """Append-only hash chains."""

    def __init__(self, session: Session) -> None:
        self._db = session

    def tail(self, chain: str) -> Link | None:
        """The newest record of a chain."""
        row = self._db.row(TAIL, {"chain": chain})
        return Link(**row._mapping) if row else None

    def append(self, link: Link) -> None:
        """Keep a sealed record; OutOfOrder unless its seq follows the tail's (1 for the first)."""
        self._db.allow_change()
        tail = self.tail(link.chain)
        follows = tail.seq + 1 if tail else 1
        if link.seq != follows:
            raise OutOfOrder(
                what=Words(
                    f"向 {link.chain} 链追加第 {link.seq} 条记录", f"append record {link.seq} to the {link.chain} chain"
                ),
                why=Words(f"下一条应为 {follows}", f"{follows} comes next"),
            )
        self._db.insert(t.links, [plain(link)])

    def read(self, chain: str, after: int = 0) -> Iterator[Link]:
        """Records in order, streamed."""
        query = sa.select(*COLUMNS).where(t.links.c.chain == chain).order_by(t.links.c.seq).limit(PAGE)
        found = self._db.pages(lambda last: query.where(t.links.c.seq > last), after, "seq")
        return (Link(**row._mapping) for row in found)

    def marks(self, chain: str, until: int) -> Iterator[Mark]:
        """Places, times and hashes up to a place, streamed."""
        query = MARKS.where(t.links.c.chain == chain, t.links.c.seq <= until).order_by(t.links.c.seq).limit(PAGE)
        found = self._db.pages(lambda last: query.where(t.links.c.seq > last), 0, "seq")
        return (Mark(chain=chain, seq=row.seq, at=row.at, hash=row.hash) for row in found)

    def names(self) -> tuple[str, ...]:
        """Chains that hold at least one record."""
        return tuple(
            row.chain for row in self._db.rows(sa.select(t.links.c.chain).distinct().order_by(t.links.c.chain))
        )
