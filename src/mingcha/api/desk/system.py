"""Health, and the catalogue the workbench draws its legends from; no personal data."""

from typing import Any

from fastapi import APIRouter

from mingcha import __version__
from mingcha.api.desk.shapes import HealthAnswer
from mingcha.detect.catalogue import CATALOGUE
from mingcha.merit.catalogue import CHECKS
from mingcha.model.assessment import LABEL_WORDS
from mingcha.model.kinds import KINDS

router = APIRouter(tags=["system"])


@router.get("/api/health")
def health() -> HealthAnswer:
    """Whether the desk answers."""
    return HealthAnswer(status="ok", version=__version__)


@router.get("/api/catalogue")
def catalogue() -> dict[str, Any]:
    """Kinds of records, detectors in reading order, grievances, and the words for suggestions; generated from the code."""
    return {
        "kinds": [{"code": k.code, "zh": k.label.zh, "en": k.label.en} for k in KINDS],
        "detectors": [
            {"code": d.code, "zh": d.label.zh, "en": d.label.en, "clause": d.clause, "side": d.side.value}
            for d in CATALOGUE
        ],
        "grievances": [{"code": c.grievance.value, "zh": c.label.zh, "en": c.label.en} for c in CHECKS],
        "labels": [{"code": label.value, "zh": both.zh, "en": both.en} for label, both in LABEL_WORDS.items()],
    }
