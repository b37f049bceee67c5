"""What comes after a referral: the register, corrections owed and their letters; and what of a case must be kept before it goes."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, cast

from fastapi import APIRouter, Path, Query, Response
from fastapi.responses import StreamingResponse
from pydantic import Field

from mingcha.actions.codec import to_plain
from mingcha.actions.corrections import corrections, draft_correction
from mingcha.actions.preservation import Wanted, ask_to_keep, going
from mingcha.actions.referral_pack import build_pack
from mingcha.actions.register import register_of, register_rows
from mingcha.api.desk.aid import FILE, Form
from mingcha.api.desk.answers import MEDIA
from mingcha.api.desk.cases import ORDER, Id
from mingcha.api.desk.shapes import Shape
from mingcha.api.desk.who import DENIED, House, Who
from mingcha.api.desk.zip_once import ZIP, zip_of
from mingcha.model.sheet import Sheet
from mingcha.wiring import ad_sheet, sheet_file, write_bundle

router = APIRouter(prefix="/api", tags=["cases"])
TABLES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
TABLE: dict[int | str, dict[str, Any]] = {200: {"content": {kind: {} for kind in TABLES.values()}}}
Of = Annotated[str, Path(min_length=1, max_length=64, examples=["0f3a9c0b1d4e5f60718293a4b5c6d7e8"])]
Days = Annotated[int, Field(ge=0, le=36_500)]


class TableForm(StrEnum):
    """What a table is made as."""

    XLSX = "xlsx"
    CSV = "csv"


class CorrectionRequest(Shape):
    """The letter that corrects a referral."""

    form: Form = Form.PDF


class PreserveRequest(Shape):
    """Whoever runs a system or platform is asked to keep what it deletes within so many days."""

    system: Annotated[str, Field(min_length=1, max_length=200, examples=["录音系统"])]
    days: Days = 30
    form: Form = Form.PDF


@router.post(
    "/cases/{case}/referrals/{of}/pack",
    responses={
        **ORDER,
        **ZIP,
        409: {"description": "Not agreed by two, or an objection waits; why stands in the answer."},
    },
    response_class=StreamingResponse,
)
def pack(case: Id, of: Of, deps: House, who: Who) -> StreamingResponse:
    """The pack two agreed to as a ZIP that checks itself; its root stands in `X-Mingcha-Root`. Sealed; nothing is sent."""
    made = build_pack(deps, who, case, of, lambda sheet, form, at: sheet_file(sheet, form, "zh-CN", at))
    given, plan = zip_of(f"{case}.zip", lambda sink: write_bundle(sink, made.bundle, made.read))
    given.headers["X-Mingcha-Root"] = plan.root
    return given


@router.get("/cases/register", responses=DENIED)
def listed(deps: House, who: Who) -> dict[str, Any]:
    """Every referral of the cases open to you, with what became of it, and all in numbers; the look is sealed."""
    return cast("dict[str, Any]", to_plain(register_of(deps, who)))


@router.get("/cases/register/{form}", responses={**DENIED, **TABLE}, response_class=Response)
def written(form: TableForm, deps: House, who: Who) -> Response:
    """The same as a file."""
    data = ad_sheet(register_rows(register_of(deps, who), "zh-CN"), form.value)
    return _file(data, TABLES[form.value], f"register.{form.value}")


@router.get("/corrections", responses=DENIED)
def owed(deps: House, who: Who) -> dict[str, Any]:
    """Whom a correction has to reach, of cases and of reports of ads, those owed longest first; the look is sealed."""
    return cast("dict[str, Any]", to_plain(corrections(deps, who)))


@router.post("/cases/{case}/referrals/{of}/correction", responses={**ORDER, **FILE}, response_class=Response)
def corrected(case: Id, of: Of, asked: CorrectionRequest, deps: House, who: Who) -> Response:
    """The letter to whoever received a referral; `X-SHA256` is the digest to enter once it was handed over. Nothing is sent."""
    form = asked.form.value
    made = draft_correction(deps, who, case, of, _drawn, (form,))
    return _file(dict(made.files)[form], MEDIA[form], f"correction.{form}", {"X-SHA256": made.sha256})


@router.get("/cases/{case}/going", responses=ORDER)
def perishing(case: Id, deps: House, who: Who, days: Annotated[int, Query(ge=0, le=36_500)] = 30) -> dict[str, Any]:
    """What of the case its source systems and platforms delete within so many days; the look is sealed."""
    return {"records": [to_plain(one) for one in going(deps, who, case, days)]}


@router.post("/cases/{case}/preserve", status_code=201, responses={**ORDER, 201: FILE[200]}, response_class=Response)
def preserved(case: Id, asked: PreserveRequest, deps: House, who: Who) -> Response:
    """Enter that somebody was asked to keep records, and give the letter; `X-Act` is the act. Nothing is sent."""
    form = asked.form.value
    made = ask_to_keep(deps, who, case, Wanted(asked.system, asked.days), _drawn, (form,))
    return _file(dict(made.files)[form], MEDIA[form], f"preservation.{form}", {"X-Act": made.act.id}, 201)


def _drawn(sheet: Sheet, form: str, at: datetime) -> bytes:
    return sheet_file(sheet, form, "zh-CN", at)


def _file(data: bytes, media: str, name: str, told: dict[str, str] | None = None, status: int = 200) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', **(told or {})}
    return Response(data, status_code=status, media_type=media, headers=headers)
