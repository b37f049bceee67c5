"""/object: anybody named in a paper of the house objects here; every answer is the same whatever is held, but for its receipt (law 10).

No account, cookie or script; what is typed is bounded and comes back as text alone.
"""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import HTMLResponse

from mingcha.actions.deps import Deps
from mingcha.actions.objection_door import lodge, read_receipt, say_more, take_back
from mingcha.api.form import read_form
from mingcha.api.limit import WINDOW, Limit
from mingcha.api.outside import HEADERS, asker, language
from mingcha.model.objection import Became, DoorPage, Lodged, ObjectionPage
from mingcha.model.words import Words
from mingcha.wiring import objection_html

LODGED, HOUR = 10, timedelta(hours=1)  # objections from one address
LONGEST = {"named": 2_000, "said": 8_000, "who": 200, "reach": 300, "text": 8_000, "receipt": 200}
TOO_LONG = Words(
    "写得太长或无法读取，请缩短后再提交。", "It is too long, or cannot be read: shorten it and send it again."
)
EMPTY = Words(
    "请至少写一项：写进去的是什么，或您要说的话。", "Write one at least: what of yours it is, or what you say."
)

Receipt = Annotated[str, Path(min_length=1, max_length=200)]
Lang = Annotated[str, Query(max_length=20)]


async def typed(request: Request) -> dict[str, str] | None:
    """What was typed; None where it is too much or no form."""
    return await read_form(request, (*LONGEST, "do"))


Typed = Annotated[dict[str, str] | None, Depends(typed)]


def door() -> APIRouter:
    """The routes, with limits of their own."""
    router, looks, lodgings = APIRouter(include_in_schema=False), Limit(), Limit(LODGED, HOUR)

    @router.get("/object")
    def form(request: Request, lang: Lang = "") -> HTMLResponse:
        """The form."""
        return _shown(request, lang, ObjectionPage(page=DoorPage.FORM))

    @router.post("/object")
    def kept(request: Request, said: Typed, lang: Lang = "") -> HTMLResponse:
        """An objection is kept, and its receipt told once."""
        return _kept(request, said, lang, lodgings)

    @router.post("/object/look")
    def look(request: Request, said: Typed, lang: Lang = "") -> HTMLResponse:
        """What became of one, by a receipt that is typed: it stands in no address."""
        receipt = "".join((said or {}).get("receipt", "").split())[: LONGEST["receipt"]]
        return _read(request, receipt, lang, looks)

    @router.get("/object/{receipt}")
    def stands(receipt: Receipt, request: Request, lang: Lang = "") -> HTMLResponse:
        """What became of one."""
        return _read(request, receipt, lang, looks)

    @router.post("/object/{receipt}")
    def more(receipt: Receipt, request: Request, said: Typed, lang: Lang = "") -> HTMLResponse:
        """Something is added, or it is taken back."""
        if not looks.allows(asker(request), _house(request).now()):
            return _later(request, lang)
        return _more(request, receipt, said, lang)

    return router


def _kept(request: Request, said: dict[str, str] | None, lang: str, limit: Limit) -> HTMLResponse:
    deps = _house(request)
    wrong, lodged = _wrong(said), _lodged(said or {})
    if wrong is not None:
        return _shown(request, lang, ObjectionPage(page=DoorPage.FORM, typed=lodged, wrong=wrong), 422)
    if not limit.allows(asker(request), deps.now()):
        return _later(request, lang, HOUR)
    receipt, due = lodge(deps, lodged)
    return _shown(request, lang, ObjectionPage(page=DoorPage.KEPT, receipt=receipt, due=due))


def _read(request: Request, receipt: str, lang: str, limit: Limit) -> HTMLResponse:
    if not limit.allows(asker(request), _house(request).now()):
        return _later(request, lang)
    return _stands(request, lang, receipt, read_receipt(_house(request), receipt))


def _more(request: Request, receipt: str, said: dict[str, str] | None, lang: str) -> HTMLResponse:
    deps = _house(request)
    if said is None or len(said.get("text", "")) > LONGEST["text"]:
        return _stands(request, lang, receipt, read_receipt(deps, receipt), TOO_LONG)
    if said.get("do") == "withdraw":
        return _stands(request, lang, receipt, take_back(deps, receipt))
    return _stands(request, lang, receipt, say_more(deps, receipt, said.get("text", "")))


def _house(request: Request) -> Deps:
    deps: Deps = request.app.state.deps
    return deps


def _lodged(said: dict[str, str]) -> Lodged:
    """What was typed; of what is too long as much as is taken."""
    cut = {name: said.get(name, "")[: LONGEST[name]] for name in ("named", "said", "who", "reach")}
    return Lodged(**cut)


def _wrong(said: dict[str, str] | None) -> Words | None:
    if said is None or any(len(said.get(name, "")) > most for name, most in LONGEST.items()):
        return TOO_LONG
    return None if said.get("named") or said.get("said") else EMPTY


def _stands(
    request: Request, lang: str, receipt: str, became: Became | None, wrong: Words | None = None
) -> HTMLResponse:
    if became is None:
        return _shown(request, lang, ObjectionPage(page=DoorPage.UNKNOWN), 404)
    page = ObjectionPage(page=DoorPage.STANDS, receipt=receipt, became=became, wrong=wrong)
    return _shown(request, lang, page, 422 if wrong else 200)


def _later(request: Request, lang: str, wait: timedelta = WINDOW) -> HTMLResponse:
    answer = _shown(request, lang, ObjectionPage(page=DoorPage.LATER), 429)
    answer.headers["Retry-After"] = str(int(wait.total_seconds()))
    return answer


def _shown(request: Request, lang: str, page: ObjectionPage, status: int = 200) -> HTMLResponse:
    body = objection_html(_house(request), page, language(request, lang))
    return HTMLResponse(body, status, headers=HEADERS)
