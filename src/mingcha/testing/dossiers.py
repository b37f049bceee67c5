"""Factories of dossiers and their records for tests: the plainest one, and a way to change single parts."""

from datetime import UTC, datetime
from typing import Any

from mingcha.model.campaign import CampaignSummary, Unrelated
from mingcha.model.complaint import Complaint
from mingcha.model.dossier import Dossier
from mingcha.model.finding import Family
from mingcha.model.kinds import KINDS
from mingcha.model.party import Callback, Customer
from mingcha.model.provenance import Cite
from mingcha.model.tie import TieSummary
from mingcha.text.normalise import normalise

AT = datetime(2026, 3, 5, 10, 0, tzinfo=UTC)
ALL_KINDS = frozenset(kind.code for kind in KINDS)


def complaint(**values: Any) -> Complaint:
    """A complaint by the customer in person."""
    plain = {
        "id": "C-1",
        "received_at": AT,
        "customer_id": "P-1",
        "filer_role": "self",
        "filer_phone": "t1",
        "text": "利息太高",
    }
    return Complaint(**{**plain, **values})


def customer(**values: Any) -> Customer:
    """A verified customer with known relations."""
    plain = {"id": "P-1", "verified": True, "household": "X-1", "employer": "none", "phone": "t1", "name": "n1"}
    return Customer(**{**plain, **values})


def callback(**values: Any) -> Callback:
    """A proven call-back."""
    plain = {
        "id": "B-1",
        "complaint_id": "C-1",
        "script_id": "neutral",
        "proved_by": "face_check",
        "recording_hash": "h",
        "spoke": "spoke",
    }
    return Callback(**{**plain, **values})


def campaign(customers: int = 5, **values: Any) -> CampaignSummary:
    """A family of near-identical texts."""
    plain: dict[str, Any] = {
        "id": "f1", "scheme": "s", "texts": customers, "acts": customers, "customers": Unrelated(customers, 0, 0), "similarity_min": 800_000,
        "similarity_here": 900_000, "first_at": AT, "last_at": AT, "densest_day_acts": 1, "channels": (), "lenders": (), "merchants": (),
        "represented": 0, "sample": None, "events": (), "cited": (Cite("complaints", "C-1"),),
    }  # fmt: skip
    return CampaignSummary(**{**plain, **values})


def tie(kind: str = "filer_number", customers: int = 5, **values: Any) -> TieSummary:
    """A tie to other complaints."""
    plain: dict[str, Any] = {
        "kind": kind, "family": Family.LINE, "value": "v", "records": customers, "source_records": customers, "customers": Unrelated(customers, 0, 0),
        "hub": False, "stopped": False, "allowed_as": None, "cited": (Cite("complaints", "C-2"),),
    }  # fmt: skip
    return TieSummary(**{**plain, **values})


def dossier(text: str = "利息太高", **values: Any) -> Dossier:
    """A dossier with every kind of record held; `complaint` values may be given as a dict under `filed`."""
    filed = complaint(text=text, **values.pop("filed", {}))
    plain: dict[str, Any] = {
        "complaint": filed,
        "text": normalise(text),
        "customer": customer(),
        "kinds_held": ALL_KINDS,
    }
    return Dossier(**{**plain, **values})
