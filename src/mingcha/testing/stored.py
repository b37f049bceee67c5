"""Made-up rows for stores: short calls give whole rows, the same arguments always the same row."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

from mingcha.model.ad_cycle import AdItem
from mingcha.model.clock import ClockEvent, ClockEventKind
from mingcha.model.decision import Decision, Stage
from mingcha.model.family import Head, Place
from mingcha.model.merit import Grievance
from mingcha.model.people import Person, Token
from mingcha.model.stored import (
    Batch,
    BookAct,
    DeskRow,
    KeptAct,
    KeptExhibit,
    KeptReason,
    Link,
    Membership,
    NewRecord,
    Sketch,
    StoredAssessment,
)

NOON = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
DAY = date(2026, 3, 16)


def later(seconds: float) -> datetime:
    """So many seconds after noon."""
    return NOON + timedelta(seconds=seconds)


def digest(*parts: object) -> str:
    """Hex that depends on the parts alone."""
    return sha256(repr(parts).encode()).hexdigest()


def record(id_: str, version: int = 1, kind: str = "complaints", **given: Any) -> NewRecord:
    """A record; `tokens` are (field, token) pairs."""
    values: dict[str, Any] = {
        "batch": "batch-1",
        "source_system": "ledger",
        "row_number": 7,
        "row_digest": digest(id_, version, "row"),
        "text_digest": None,
        "commitment": digest(id_, version, "commitment"),
        "wrapped": b"key of " + id_.encode(),
        "body": b"\x00body of " + id_.encode(),
    }
    return NewRecord(id=id_, kind=kind, version=version, **{**values, **given})


def batch(id_: str, **given: Any) -> Batch:
    """An import."""
    values: dict[str, Any] = {
        "kind": "complaints",
        "source_system": "ledger",
        "file_digest": digest(id_),
        "file_name": "投诉 2026.csv",
        "rows": 10,
        "taken": 5,
        "unchanged": 1,
        "amended": 1,
        "rejected": 2,
        "repair": 1,
        "by": "importer",
    }
    return Batch(id=id_, **{**values, **given})


def desk_row(complaint: str, **given: Any) -> DeskRow:
    """A queue row, open, due on DAY."""
    row = DeskRow(
        complaint=complaint,
        received_at=NOON,
        channel="12378",
        product=None,
        licence="consumer_finance",
        matter="",
        due=DAY,
        first_due=DAY,
        nearest=DAY,
        welfare=False,
        state="open",
        unread_clock=False,
        merit_decided=False,
        concluded=False,
    )
    return replace(row, **given)


def assessment(id_: str, complaint: str, **given: Any) -> StoredAssessment:
    """An assessment labelled ordinary."""
    values: dict[str, Any] = {
        "as_of_seq": 1,
        "made_at": NOON,
        "digest": digest(id_),
        "label": "ordinary",
        "campaign": None,
        "group": None,
        "wrapped": b"key",
        "body": b"assessed " + id_.encode(),
    }
    return StoredAssessment(id=id_, complaint=complaint, **{**values, **given})


def decision(id_: str, complaint: str, **given: Any) -> Decision:
    """A merit decision."""
    values: dict[str, Any] = {
        "stage": Stage.MERIT,
        "verdict": "partly",
        "grievances": (Grievance.PRICE, Grievance.NIGHT_CALLS),
        "reason": "费用未披露",
        "clause": None,
        "by": "handler-1",
        "at": NOON,
    }
    return Decision(id=id_, complaint=complaint, **{**values, **given})


def reason(id_: str, **given: Any) -> KeptReason:
    """A reason of nobody's complaint."""
    return replace(KeptReason(id=id_, complaint=None, wrapped=b"key", body=b"why " + id_.encode()), **given)


def ad_item(id_: str, **given: Any) -> AdItem:
    """An ad nobody saw yet."""
    values: dict[str, Any] = {
        "key": id_,
        "platform": None,
        "account": None,
        "first_seen": NOON,
        "last_seen": NOON,
        "sightings": (),
    }
    return AdItem(id=id_, **{**values, **given})


def ad_act(id_: str, ad: str, **given: Any) -> KeptAct:
    """A word on an ad."""
    values: dict[str, Any] = {
        "kind": "judged",
        "at": NOON,
        "by": "ann",
        "wrapped": b"key",
        "body": b"said " + id_.encode(),
    }
    return KeptAct(id=id_, ad=ad, **{**values, **given})


def book_act(id_: str, of: str, **given: Any) -> BookAct:
    """A case opened."""
    values: dict[str, Any] = {
        "book": "cases",
        "kind": "opened",
        "at": NOON,
        "by": "ann",
        "wrapped": b"key",
        "body": b"said " + id_.encode(),
    }
    return BookAct(id=id_, of=of, **{**values, **given})


def exhibit(id_: str, **given: Any) -> KeptExhibit:
    """An exhibit about nothing yet, whose source keeps its original for ever."""
    values: dict[str, Any] = {
        "of": (),
        "derived_from": None,
        "kept_at": NOON,
        "gone_at": None,
        "by": "ann",
        "frames": b"frames",
        "key": b"key",
        "wrapped": b"wrapped",
        "body": b"said " + id_.encode(),
    }
    return KeptExhibit(id=id_, **{**values, **given})


def clock_event(**given: Any) -> ClockEvent:
    """A paper of a clock."""
    values: dict[str, Any] = {"kind": ClockEventKind.EXTENSION, "at": NOON, "document": "T-1", "by": "handler-1"}
    return ClockEvent(**{**values, **given})


def link(chain: str, seq: int, **given: Any) -> Link:
    """A record of a chain (its hashes are made up: stores do not judge them)."""
    before = digest(chain, seq - 1) if seq > 1 else "0" * 64
    values: dict[str, Any] = {
        "at": later(seq),
        "payload": b'{"act":"test"}',
        "previous": before,
        "hash": digest(chain, seq),
    }
    return Link(chain=chain, seq=seq, **{**values, **given})


def sketch(complaint: str, hashes: bytes = b"\x01\x00\x00\x00\x00\x00\x00\x80", breaks: bytes = b"\0\xff") -> Sketch:
    """A sketch."""
    return Sketch(complaint=complaint, scheme="plain-5", hashes=hashes, breaks=breaks)


def head(number: int, complaint: str, **given: Any) -> Head:
    """A representative of itself alone."""
    row = Head(
        number=number, complaint=complaint, family=None, units=9, texts=1, firms=0, sures=0, copies=1, least=9,
        posted=b"\x00posted",
    )  # fmt: skip
    return replace(row, **given)


def place(complaint: str, head: int, **given: Any) -> Place:
    """A place at a head."""
    row = Place(complaint=complaint, head=head, digest="aa", how=3, similarity=900_000, held=8, bits=b"\xff\x00")
    return replace(row, **given)


def member(complaint: str, family: str, **given: Any) -> Membership:
    """A place in a family."""
    return replace(Membership(complaint=complaint, family=family, representative=False, similarity=900_000), **given)


def person(name: str, **given: Any) -> Person:
    """An account of a handler."""
    row = Person(
        name=name, roles=("handler",), reports_to=None, password=None, failures=0, locked_until=None, disabled=False
    )
    return replace(row, **given)


def token(name: str, account: str = "ann") -> Token:
    """A session token."""
    return Token(digest=digest(name), account=account, purpose="handling", kind="session", expires_at=later(3600))
