"""Rows as stores keep them: versioned records, queue rows, sealed links, sketches; ciphertext and keyed ids only."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRecord:
    """One version of one record, ready to be kept. `tokens` are (field, token) pairs; a token may be a keyed id."""

    id: str
    kind: str
    version: int
    batch: str
    source_system: str
    row_number: int
    row_digest: str  # keyed digest of the canonical row: equal rows, equal digest
    text_digest: str | None  # keyed digest of the text alone: equal text elsewhere is a possible re-filing
    commitment: str  # salted commitment that the chain seals
    wrapped: bytes
    body: bytes
    tokens: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRecord:
    """A record as the store gives it back. `wrapped` is empty once the person's data were erased."""

    seq: int
    id: str
    kind: str
    version: int
    batch: str
    source_system: str
    row_number: int
    row_digest: str
    text_digest: str | None
    commitment: str
    wrapped: bytes
    body: bytes
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One imported file (or part of one). Kept whole or not at all."""

    id: str
    kind: str
    source_system: str
    file_digest: str
    file_name: str
    rows: int
    taken: int
    unchanged: int
    amended: int
    rejected: int
    repair: int
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskRow:
    """One complaint on the desk. Nothing in it says or implies suspicion (law 1, law 10)."""

    complaint: str
    received_at: datetime
    channel: str | None
    product: str | None
    licence: str
    matter: str
    due: date
    first_due: date
    nearest: date
    welfare: bool
    state: str  # open, needs_repair, answered, withdrawn, not_handled
    unread_clock: bool
    merit_decided: bool
    concluded: bool
    assigned_to: str | None = None
    reopened: bool = False  # what the records say has changed since merit was decided


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilter:
    """What of the queue to show. There is no field for suspicion, on purpose."""

    state: str | None = None
    channel: str | None = None
    product: str | None = None
    due_before: date | None = None
    assigned_to: str | None = None
    unassigned: bool | None = None
    received_from: datetime | None = None
    received_before: datetime | None = None
    welfare: bool | None = None
    merit_decided: bool | None = None
    reopened: bool | None = None
    ids: tuple[str, ...] | None = None  # from a search


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAssessment:
    """One assessment as kept: ciphertext of its canonical JSON, and its digest for replay."""

    id: str
    complaint: str
    as_of_seq: int
    made_at: datetime
    digest: str
    label: str  # for aggregate counts only; no list filters by it
    campaign: str | None
    group: str | None
    wrapped: bytes
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptReason:
    """A reason somebody gave, encrypted beside the salt of its sealed commitment. `wrapped` is empty once erased."""

    id: str  # the decision's, or one of its own
    complaint: str | None
    wrapped: bytes
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAct:
    """One act on an ad; what it says is encrypted beside the salt of its sealed commitment. `wrapped` is empty once erased."""

    id: str
    ad: str
    kind: str
    at: datetime
    by: str
    wrapped: bytes
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class BookAct:
    """One act in a book: what it is of, and what it says, encrypted as a `KeptAct` is. `wrapped` is empty once erased."""

    id: str
    book: str
    of: str
    kind: str
    at: datetime
    by: str
    wrapped: bytes
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptExhibit:
    """One exhibit; what is said of it is encrypted as a `KeptAct` is, its bytes lie elsewhere in frames under a key of their own.

    `key` is that key, wrapped; `frames` are SHA-256 of the frames in order. All four bytes are empty once erased.
    """

    id: str
    of: tuple[str, ...]  # sorted
    derived_from: str | None
    kept_at: datetime
    gone_at: datetime | None
    by: str
    frames: bytes
    key: bytes
    wrapped: bytes
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One sealed record: canonical payload bytes, the hash before it, its own hash."""

    chain: str
    seq: int
    at: datetime
    payload: bytes
    previous: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The place, time and hash of a sealed record, without its payload."""

    chain: str
    seq: int
    at: datetime
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """One complaint's text as keyed shingle hashes in their order, and the units where its sentences after the first begin."""

    complaint: str
    scheme: str
    hashes: bytes  # little-endian uint64, repeats and all
    breaks: bytes  # little-endian int32, ascending


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """One complaint's place in one family. Similarity to the representative in millionths."""

    complaint: str
    family: str
    representative: bool
    similarity: int


@dataclass(frozen=True, slots=True)
class Envelope:
    """Ciphertext under a fresh data key, and that key wrapped by the site key."""

    wrapped: bytes
    body: bytes
