"""The one door of storage: a unit of work that commits as a whole, or not at all."""

from contextlib import AbstractContextManager
from typing import Protocol

from mingcha.actions.ports.ads import AdBook
from mingcha.actions.ports.books import Books
from mingcha.actions.ports.chain import Chains
from mingcha.actions.ports.desk import Desk
from mingcha.actions.ports.exhibits import Exhibits
from mingcha.actions.ports.index import CampaignIndex, HeadIndex, Search, SummaryIndex
from mingcha.actions.ports.people import Accounts, Jobs
from mingcha.actions.ports.reasons import Reasons
from mingcha.actions.ports.records import Records


class Work(Protocol):
    """Everything one transaction may touch."""

    @property
    def records(self) -> Records: ...
    @property
    def desk(self) -> Desk: ...
    @property
    def reasons(self) -> Reasons: ...
    @property
    def chains(self) -> Chains: ...
    @property
    def campaigns(self) -> CampaignIndex: ...
    @property
    def heads(self) -> HeadIndex: ...
    @property
    def summaries(self) -> SummaryIndex: ...
    @property
    def search(self) -> Search: ...
    @property
    def ads(self) -> AdBook: ...
    @property
    def books(self) -> Books: ...
    @property
    def exhibits(self) -> Exhibits: ...
    @property
    def accounts(self) -> Accounts: ...
    @property
    def jobs(self) -> Jobs: ...


class Store(Protocol):
    """Memory, SQLite and PostgreSQL all pass one conformance suite."""

    def write(self) -> AbstractContextManager[Work]:
        """A transaction: commits when the block ends, rolls back when it raises."""

    def read(self) -> AbstractContextManager[Work]:
        """A consistent view; writing through it is an error."""

    def close(self) -> None:
        """Let go of files and connections."""
