"""Terms, what is due, batches that two people dispose of, and certificates; and the copy somebody is given of what is held about them."""

from typing import Annotated, Any, cast

from fastapi import APIRouter, Path, Response
from fastapi.responses import StreamingResponse
from pydantic import Field

from mingcha.actions import disposal
from mingcha.actions.access_copy import access_copy
from mingcha.actions.codec import to_plain
from mingcha.actions.disposal_paper import disposal_certificate
from mingcha.actions.permit import may
from mingcha.api.desk.aid import FILE, Form, Language
from mingcha.api.desk.answers import MEDIA
from mingcha.api.desk.shapes import Name, Reason, Shape
from mingcha.api.desk.who import DENIED, House, Who
from mingcha.api.desk.zip_once import ZIP, zip_of
from mingcha.model.access import Proved
from mingcha.model.aid import Proof
from mingcha.model.retention import Holding
from mingcha.wiring import sheet_file, write_access

router = APIRouter(prefix="/api", tags=["retention"])
ORDER: dict[int | str, dict[str, Any]] = {
    **DENIED,
    404: {"description": "No such batch, or no such customer."},
    409: {"description": "Out of order: why stands in the answer."},
}
Id = Annotated[str, Path(pattern=r"^DISP-[0-9a-f]{1,40}$", examples=["DISP-3f2a9c0b1d4e"])]


class ProposeRequest(Shape):
    """What kind of holding, and why now."""

    holding: Holding
    reason: Reason


class AgreeDisposalRequest(Shape):
    """The root of the list that was read."""

    root: Annotated[str, Field(min_length=1, max_length=200)]


class WithdrawDisposalRequest(Shape):
    """Why."""

    reason: Reason


class CertificateRequest(Shape):
    """As what the certificate is made."""

    form: Form = Form.PDF
    language: Language = Language.ZH


class AccessRequest(Shape):
    """Whose copy, by the id a source system gave; how they proved who they are, and who saw it."""

    customer: Annotated[str, Field(min_length=1, max_length=200, examples=["K-1001"])]
    system: Name = "default"
    proof: Proof
    checked_by: Name
    how: Reason


@router.get("/retention/schedule", responses=DENIED)
def schedule(deps: House, who: Who) -> dict[str, Any]:
    """How long each kind of holding is kept, from which event, on which ground; a proposal until a site signs for its own."""
    may(who, "see_retention")
    return cast("dict[str, Any]", to_plain(deps.standards.schedule))


@router.get("/retention/due/{holding}", responses=DENIED)
def due(holding: Holding, deps: House, who: Who) -> dict[str, Any]:
    """What is due, what comes next with days left, and how many stay for which reason; the look is sealed."""
    return cast("dict[str, Any]", to_plain(disposal.what_is_due(deps, who, holding)))


@router.get("/retention/batches", responses=DENIED)
def listed(deps: House, who: Who) -> dict[str, Any]:
    """Every batch, the newest first."""
    return {"batches": [to_plain(one) for one in disposal.batches(deps, who)]}


@router.post("/retention/batches", status_code=201, responses=ORDER)
def proposed(asked: ProposeRequest, deps: House, who: Who) -> dict[str, Any]:
    """Freeze what is due as a list with a root; nothing is destroyed. 409 where nothing is due."""
    return _view(disposal.propose_disposal(deps, who, asked.holding, asked.reason))


@router.get("/retention/batches/{batch}", responses=ORDER)
def one(batch: Id, deps: House, who: Who) -> dict[str, Any]:
    """One batch with a sample nobody chose."""
    return _view(disposal.see_batch(deps, who, batch))


@router.post("/retention/batches/{batch}/agree", responses=ORDER)
def agreed(batch: Id, asked: AgreeDisposalRequest, deps: House, who: Who) -> dict[str, Any]:
    """A second person, neither the other's subordinate, agrees to just this list."""
    return _view(disposal.agree_to_disposal(deps, who, batch, asked.root))


@router.post("/retention/batches/{batch}/withdraw", responses=ORDER)
def withdrawn(batch: Id, asked: WithdrawDisposalRequest, deps: House, who: Who) -> dict[str, Any]:
    """Take it back before it is carried out."""
    return _view(disposal.withdraw_disposal(deps, who, batch, asked.reason))


@router.post("/retention/batches/{batch}/dispose", responses=ORDER)
def disposed(batch: Id, deps: House, who: Who) -> dict[str, Any]:
    """Destroy what of it is still due and as it was, all or nothing, for good; what stays is told with its reason."""
    return _view(disposal.dispose(deps, who, batch))


@router.post("/retention/batches/{batch}/certificate", responses={**ORDER, **FILE}, response_class=Response)
def certificate(batch: Id, asked: CertificateRequest, deps: House, who: Who) -> Response:
    """The certificate; the same bytes whenever it is made. 409 before it was carried out."""
    made = disposal_certificate(deps, who, batch, asked.language.value)
    data = sheet_file(made.sheet, asked.form.value, asked.language.value, made.at.astimezone(deps.zone))
    named = {"Content-Disposition": f'attachment; filename="{made.sheet.name}.{asked.form.value}"'}
    return Response(data, media_type=MEDIA[asked.form.value], headers=named)


@router.post("/access", responses={**ORDER, **ZIP}, response_class=StreamingResponse)
def access(asked: AccessRequest, deps: House, who: Who) -> StreamingResponse:
    """Everything held about one customer as a ZIP for them: theirs in clear, others' masked; sealed before it answers."""
    made = access_copy(deps, who, asked.system, asked.customer, Proved(asked.proof, asked.checked_by, asked.how))
    given, _ = zip_of("access.zip", lambda sink: write_access(sink, made))
    return given


def _view(made: disposal.BatchView) -> dict[str, Any]:
    return cast("dict[str, Any]", to_plain(made))
