"""The reasons people gave, over SQL."""

from collections.abc import Sequence

import sqlalchemy as sa

from mingcha.adapters.store.sql import tables as t
from mingcha.adapters.store.sql.session import Session, names, plain
from mingcha.model.stored import KeptReason

REASONS = sa.select(*(t.reasons.c[name] for name in names(KeptReason)))


class SqlReasons:
    """Reasons by id."""

    def __init__(self, session: Session) -> None:
        self._db = session

    def put(self, reason: KeptReason) -> None:
        """Insert or replace."""
        self._db.upsert(t.reasons, [plain(reason)])

    def get(self, ids: Sequence[str]) -> dict[str, KeptReason]:
        """Those that exist, by id."""
        if not ids:
            return {}
        found = self._db.whose(REASONS, t.reasons.c.id, ids)
        return {row.id: KeptReason(**row._mapping) for row in found}

    def erase(self, complaints: Sequence[str]) -> int:
        """Destroy all reasons given about these complaints, also those a decision holds as typed; returns how many."""
        self._db.allow_change()
        if not complaints:
            return 0
        self._db.erased = True
        held = sa.and_(self._db.among(t.reasons.c.complaint, complaints), t.reasons.c.wrapped != b"")
        typed = sa.and_(self._db.among(t.decisions.c.complaint, complaints), t.decisions.c.reason != "")
        gone = self._db.change(sa.update(t.reasons).where(held).values(wrapped=b"", body=b""))
        return gone + self._db.change(sa.update(t.decisions).where(typed).values(reason=""))
