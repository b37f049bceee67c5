"""The reasons people gave, in memory."""

from collections.abc import Sequence
from dataclasses import replace

from mingcha.adapters.store.memory.tables import Session
from mingcha.model.stored import KeptReason


class MemoryReasons:
    """Reasons by id."""

    def __init__(self, session: Session) -> None:
        self._db = session

    def put(self, reason: KeptReason) -> None:
        """Insert or replace."""
        self._db.own("reasons").reasons[reason.id] = reason

    def get(self, ids: Sequence[str]) -> dict[str, KeptReason]:
        """Those that exist, by id."""
        held = self._db.held.reasons
        return {id_: held[id_] for id_ in ids if id_ in held}

    def erase(self, complaints: Sequence[str]) -> int:
        """Destroy all reasons given about these complaints, also those a decision holds as typed; returns how many."""
        held = self._db.own("reasons", "decisions")
        gone = [one for one in held.reasons.values() if one.complaint in complaints and one.wrapped]
        typed = [one for one in held.decisions.values() if one.complaint in complaints and one.reason]
        held.reasons.update((one.id, replace(one, wrapped=b"", body=b"")) for one in gone)
        held.decisions.update((one.id, replace(one, reason="")) for one in typed)
        return len(gone) + len(typed)
