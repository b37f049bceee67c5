"""The tables of the memory store, and a transaction's own copies of them: a table is copied before it is first changed."""

from dataclasses import dataclass, field, replace

from mingcha.errors import OutOfOrder
from mingcha.model.ad_cycle import AdItem
from mingcha.model.clock import ClockEvent
from mingcha.model.decision import Decision
from mingcha.model.family import Head, Place, Posting
from mingcha.model.people import Job, Person, Token
from mingcha.model.stored import (
    Batch,
    BookAct,
    DeskRow,
    KeptAct,
    KeptExhibit,
    KeptReason,
    Link,
    Membership,
    Sketch,
    StoredAssessment,
    StoredRecord,
)
from mingcha.model.words import Words

Pairs = tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Tables:
    """Everything kept, by key; values are frozen, so a shallow copy of a table is a snapshot of it."""

    records: dict[int, StoredRecord] = field(default_factory=dict)  # by seq
    tokens: dict[int, Pairs] = field(default_factory=dict)  # (field, token) by seq
    versions: dict[str, tuple[int, ...]] = field(default_factory=dict)  # seqs by record id, oldest first
    erased: dict[int, bool] = field(default_factory=dict)  # by seq
    batches: dict[str, Batch] = field(default_factory=dict)
    desk: dict[str, DeskRow] = field(default_factory=dict)
    assessments: dict[str, StoredAssessment] = field(default_factory=dict)  # by id, oldest first
    decisions: dict[str, Decision] = field(default_factory=dict)
    reasons: dict[str, KeptReason] = field(default_factory=dict)
    clock_events: tuple[tuple[str, int, ClockEvent], ...] = ()  # complaint, seq in the chain, paper; oldest first
    links: dict[str, tuple[Link, ...]] = field(default_factory=dict)
    sketches: dict[str, Sketch] = field(default_factory=dict)
    heads: dict[int, Head] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    postings: dict[int, Posting] = field(default_factory=dict)
    memberships: dict[str, Membership] = field(default_factory=dict)
    families: dict[str, int] = field(default_factory=dict)
    judgements: dict[str, bytes] = field(default_factory=dict)  # oldest first
    summaries: dict[tuple[str, str], bytes] = field(default_factory=dict)
    ads: dict[str, AdItem] = field(default_factory=dict)  # without their sightings
    ad_sightings: dict[str, str] = field(default_factory=dict)  # ad by record
    ad_acts: dict[str, KeptAct] = field(default_factory=dict)  # by id, oldest first
    book_acts: dict[str, BookAct] = field(default_factory=dict)  # by id, oldest first
    exhibits: dict[str, KeptExhibit] = field(default_factory=dict)  # by id, oldest first
    words: dict[str, str] = field(default_factory=dict)  # the cut text of each complaint
    people: dict[str, Person] = field(default_factory=dict)
    access_tokens: dict[str, Token] = field(default_factory=dict)
    jobs: dict[int, Job] = field(default_factory=dict)


class Session:
    """One transaction's view of the tables; of no use once it is over."""

    __slots__ = ("_copied", "_over", "_tables", "_writing")

    def __init__(self, tables: Tables, *, writing: bool) -> None:
        self._tables = replace(tables)
        self._writing = writing
        self._copied: set[str] = set()
        self._over = False

    @property
    def held(self) -> Tables:
        """The tables, to read."""
        if self._over:
            raise OutOfOrder(
                what=Words("使用存储", "use the store"), why=Words("该事务已结束", "this transaction is over")
            )
        return self._tables

    def own(self, *names: str) -> Tables:
        """The tables, of which those named may be changed."""
        held = self.held
        if not self._writing:
            raise OutOfOrder(what=Words("写入", "write"), why=Words("这是只读视图", "this is a read-only view"))
        for name in names:
            if name not in self._copied:
                setattr(held, name, dict(getattr(held, name)))
                self._copied.add(name)
        return held

    def end(self) -> Tables:
        """Refuse whatever comes after; gives the tables as they are now."""
        self._over = True
        return self._tables
