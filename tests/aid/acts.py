"""Made-up acts of aid and records of a victim: short calls give whole values."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from mingcha.adapters.shelf import read_package
from mingcha.model.aid import AidAct, AidBody, FactKind, Found, Linked, Need, VictimFacts
from mingcha.model.party import Callback
from mingcha.model.traces import Loss
from mingcha.standards.aid import AidWords
from mingcha.standards.load import load

START = datetime(2026, 3, 1, 4, tzinfo=UTC)
TODAY = date(2026, 3, 20)
WORDS: AidWords = load(read_package()).aid


def at(hours: float) -> datetime:
    """So many hours after the start."""
    return START + timedelta(hours=hours)


def act(body: AidBody, hours: float = 0) -> AidAct:
    """One act."""
    return AidAct(id=f"{hours}", customer="P-1", at=at(hours), by="vic", body=body)


def found(need: Need = Need.OTHER) -> Found:
    """Somebody was found."""
    return Found((FactKind.LOSS,), need)


def linked(code: str = "AB12CD34", until: float = 168) -> Linked:
    """A link was made."""
    return Linked(code, at(until))


def callback(**values: Any) -> Callback:
    """A proven call-back."""
    plain = {"id": "B-1", "script_id": "n", "proved_by": "face_check", "recording_hash": "h", "called_at": START}
    return Callback(**{**plain, **values})


def loss(**values: Any) -> Loss:
    """A fee on record."""
    return Loss(**{"id": "LO-1", "paid_on": date(2026, 1, 5), "amount": 300_000, "proof": "chat", **values})


def facts(**values: Any) -> VictimFacts:
    """A victim as letters see them."""
    return VictimFacts(**{"name": "王小明", "phone": "13812345678", "on": TODAY, **values})
