"""The reasons people gave, as ciphertext; what the chain seals of them is a salted commitment."""

from collections.abc import Sequence
from typing import Protocol

from mingcha.model.stored import KeptReason


class Reasons(Protocol):
    """Reasons by id."""

    def put(self, reason: KeptReason) -> None:
        """Insert or replace."""

    def get(self, ids: Sequence[str]) -> dict[str, KeptReason]:
        """Those that exist, by id."""

    def erase(self, complaints: Sequence[str]) -> int:
        """Destroy all reasons given about these complaints, also those a decision holds as typed; returns how many."""
