"""Everything one transaction over SQL may touch."""

from mingcha.adapters.store.sql.ads import SqlAds
from mingcha.adapters.store.sql.books import SqlBooks
from mingcha.adapters.store.sql.chains import SqlChains
from mingcha.adapters.store.sql.desk import SqlDesk
from mingcha.adapters.store.sql.exhibits import SqlExhibits
from mingcha.adapters.store.sql.heads import SqlHeads
from mingcha.adapters.store.sql.index import SqlCampaigns, SqlSummaries
from mingcha.adapters.store.sql.people import SqlAccounts, SqlJobs
from mingcha.adapters.store.sql.reasons import SqlReasons
from mingcha.adapters.store.sql.records import SqlRecords
from mingcha.adapters.store.sql.search import SqlSearch
from mingcha.adapters.store.sql.session import Session


class SqlWork:
    """The ports of one transaction. Whatever touches more than jobs first makes sure its writer is alone in the house.

    What is read in a writing transaction decides what it writes (the tail of a chain, the standing decision), so a second
    writer must wait from the first look on. Jobs are apart: several workers lease at the same time.
    """

    def __init__(self, session: Session) -> None:
        self._session: Session | None = session
        self._records = SqlRecords(session)
        self._desk = SqlDesk(session)
        self._reasons = SqlReasons(session)
        self._chains = SqlChains(session)
        self._campaigns = SqlCampaigns(session)
        self._heads = SqlHeads(session)
        self._summaries = SqlSummaries(session)
        self._search = SqlSearch(session)
        self._ads = SqlAds(session)
        self._books = SqlBooks(session)
        self._exhibits = SqlExhibits(session)
        self._accounts = SqlAccounts(session)
        self.jobs = SqlJobs(session)

    def _enter(self) -> None:
        if self._session is not None:
            self._session.enter_alone()
            self._session = None

    @property
    def records(self) -> SqlRecords:
        """Facts."""
        self._enter()
        return self._records

    @property
    def desk(self) -> SqlDesk:
        """Queue rows, assessments, decisions, clock papers."""
        self._enter()
        return self._desk

    @property
    def reasons(self) -> SqlReasons:
        """Reasons people gave."""
        self._enter()
        return self._reasons

    @property
    def chains(self) -> SqlChains:
        """Evidence chains."""
        self._enter()
        return self._chains

    @property
    def campaigns(self) -> SqlCampaigns:
        """Sketches and families."""
        self._enter()
        return self._campaigns

    @property
    def heads(self) -> SqlHeads:
        """Representatives, places, postings."""
        self._enter()
        return self._heads

    @property
    def summaries(self) -> SqlSummaries:
        """Opaque summaries."""
        self._enter()
        return self._summaries

    @property
    def search(self) -> SqlSearch:
        """Full text."""
        self._enter()
        return self._search

    @property
    def ads(self) -> SqlAds:
        """Ads, and acts on them."""
        self._enter()
        return self._ads

    @property
    def books(self) -> SqlBooks:
        """Books of acts."""
        self._enter()
        return self._books

    @property
    def exhibits(self) -> SqlExhibits:
        """The register of exhibits."""
        self._enter()
        return self._exhibits

    @property
    def accounts(self) -> SqlAccounts:
        """People and tokens."""
        self._enter()
        return self._accounts
