"""The register of exhibits in memory."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from mingcha.adapters.store.memory.tables import Session
from mingcha.adapters.store.times import utc
from mingcha.errors import OutOfOrder
from mingcha.model.stored import KeptExhibit
from mingcha.model.words import Words


class MemoryExhibits:
    """Exhibits by id."""

    def __init__(self, session: Session) -> None:
        self._db = session

    def put(self, exhibit: KeptExhibit) -> None:
        """Keep one; nothing is overwritten."""
        held = self._db.own("exhibits")
        if exhibit.id in held.exhibits:
            raise OutOfOrder(
                what=Words(f"保存证据 {exhibit.id}", f"keep exhibit {exhibit.id}"),
                why=Words("已保存过", "it is kept already"),
            )
        gone = utc(exhibit.gone_at) if exhibit.gone_at else None
        of = tuple(sorted(set(exhibit.of)))
        held.exhibits[exhibit.id] = replace(exhibit, kept_at=utc(exhibit.kept_at), gone_at=gone, of=of)

    def get(self, ids: Sequence[str]) -> dict[str, KeptExhibit]:
        """Those that exist, by id."""
        return {id_: one for id_, one in self._db.held.exhibits.items() if id_ in ids}

    def about(self, of: Sequence[str]) -> tuple[KeptExhibit, ...]:
        """Those about any of these."""
        return tuple(one for one in self._db.held.exhibits.values() if not set(of).isdisjoint(one.of))

    def derived(self, ids: Sequence[str]) -> tuple[KeptExhibit, ...]:
        """Copies made of these."""
        return tuple(one for one in self._db.held.exhibits.values() if one.derived_from in ids)

    def ending(self, first: datetime, last: datetime) -> tuple[KeptExhibit, ...]:
        """Those whose original is deleted at its source between two times, the soonest first."""
        first, last = utc(first), utc(last)
        dated = [(one.gone_at, one) for one in self._db.held.exhibits.values() if one.gone_at is not None]
        found = [(gone, one) for gone, one in dated if first <= gone <= last]
        return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))

    def all(self) -> Iterator[KeptExhibit]:
        """All of them."""
        return iter(list(self._db.held.exhibits.values()))

    def erase(self, ids: Sequence[str]) -> int:
        """Destroy what is said of these, and the keys of their bytes; returns how many held any."""
        held = self._db.own("exhibits")
        gone = [one for one in held.exhibits.values() if one.id in ids and one.wrapped]
        held.exhibits.update((one.id, replace(one, frames=b"", key=b"", wrapped=b"", body=b"")) for one in gone)
        return len(gone)
