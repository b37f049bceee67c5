"""The memory store: a transaction works on its own copies and swaps them in whole, so a view never changes."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from mingcha.adapters.store.memory.ads import MemoryAds
from mingcha.adapters.store.memory.books import MemoryBooks
from mingcha.adapters.store.memory.desk import MemoryChains, MemoryDesk
from mingcha.adapters.store.memory.exhibits import MemoryExhibits
from mingcha.adapters.store.memory.heads import MemoryHeads
from mingcha.adapters.store.memory.index import MemoryCampaigns, MemorySearch, MemorySummaries
from mingcha.adapters.store.memory.people import MemoryAccounts, MemoryJobs
from mingcha.adapters.store.memory.reasons import MemoryReasons
from mingcha.adapters.store.memory.records import MemoryRecords
from mingcha.adapters.store.memory.tables import Session, Tables
from mingcha.errors import OutOfOrder
from mingcha.model.words import Words


class MemoryWork:
    """Everything one transaction may touch."""

    __slots__ = (
        "accounts",
        "ads",
        "books",
        "campaigns",
        "chains",
        "desk",
        "exhibits",
        "heads",
        "jobs",
        "reasons",
        "records",
        "search",
        "summaries",
    )

    def __init__(self, session: Session) -> None:
        self.records = MemoryRecords(session)
        self.desk = MemoryDesk(session)
        self.reasons = MemoryReasons(session)
        self.chains = MemoryChains(session)
        self.campaigns = MemoryCampaigns(session)
        self.heads = MemoryHeads(session)
        self.summaries = MemorySummaries(session)
        self.search = MemorySearch(session)
        self.ads = MemoryAds(session)
        self.books = MemoryBooks(session)
        self.exhibits = MemoryExhibits(session)
        self.accounts = MemoryAccounts(session)
        self.jobs = MemoryJobs(session)


class MemoryStore:
    """A store that lasts as long as this object."""

    def __init__(self) -> None:
        self._tables = Tables()
        self._writer = threading.Lock()
        self._threads_writing: set[int] = set()

    @contextmanager
    def write(self) -> Iterator[MemoryWork]:
        """A transaction: commits when the block ends, rolls back when it raises; OutOfOrder inside another of this thread."""
        me = threading.get_ident()
        if me in self._threads_writing:
            raise OutOfOrder(
                what=Words("开始事务", "begin a transaction"),
                why=Words("本线程已在事务之中", "this thread is inside one"),
            )
        with self._writer:
            self._threads_writing.add(me)
            session = Session(self._tables, writing=True)
            try:
                yield MemoryWork(session)
                self._tables = session.end()
            finally:
                session.end()
                self._threads_writing.discard(me)

    @contextmanager
    def read(self) -> Iterator[MemoryWork]:
        """A consistent view as of now; writing through it is OutOfOrder."""
        session = Session(self._tables, writing=False)
        try:
            yield MemoryWork(session)
        finally:
            session.end()

    def close(self) -> None:
        """Let go of everything."""
        self._tables = Tables()
