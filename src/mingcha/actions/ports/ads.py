"""The book of ads: which sightings are one ad, and acts on ads, which are only ever added; what acts say is ciphertext."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from mingcha.model.ad_cycle import AdItem
from mingcha.model.stored import KeptAct


class AdBook(Protocol):
    """Ads by id and by key, and what was done about them."""

    def put_items(self, rows: Sequence[AdItem]) -> None:
        """Insert or replace ads; their sightings are added to those kept, each stands with the ad that named it last."""

    def items(self, ids: Sequence[str]) -> dict[str, AdItem]:
        """Ads by id."""

    def items_by_key(self, keys: Sequence[str]) -> dict[str, AdItem]:
        """Ads by key; of several with one key the first by id."""

    def ads_of(self, records: Sequence[str]) -> dict[str, str]:
        """The ad each of these sightings stands with."""

    def all_items(self) -> Iterator[AdItem]:
        """All ads by id, streamed."""

    def add_act(self, act: KeptAct) -> None:
        """Keep one act; nothing is overwritten."""

    def acts(self, ads: Sequence[str]) -> dict[str, tuple[KeptAct, ...]]:
        """The acts on each of these ads that has any, in the order they were kept."""

    def all_acts(self) -> Iterator[KeptAct]:
        """Every act in the order they were kept, streamed."""

    def erase(self, ads: Sequence[str]) -> int:
        """Destroy what all acts on these ads say, and who posted them; returns how many acts."""
