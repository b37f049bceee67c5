"""GET /help/…: the page and the letters of a one-time link. Until a second proof it says nothing of anybody; never stored or indexed."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import HTMLResponse, Response

from mingcha.actions.aid_link import OVER, ask_for_person, help_letter, help_page, live_link
from mingcha.actions.deps import Deps
from mingcha.actions.own_findings import own_findings
from mingcha.api.form import read_form
from mingcha.api.limit import Limit
from mingcha.api.outside import HEADERS, asker, language
from mingcha.errors import NotFound
from mingcha.model.aid import HelpPage, PaperKind
from mingcha.wiring import help_html, letter_file

WAIT = 60  # seconds
MEDIA = {"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "pdf": "application/pdf"}

Token = Annotated[str, Path(min_length=1, max_length=200)]
NOTE, LONGEST = "note", 1_000  # what somebody who asks for a person adds; more is in nobody's interest on a phone


async def typed(request: Request) -> dict[str, str] | None:
    """What was typed; None where it is too much or no form."""
    return await read_form(request, (NOTE,))


Typed = Annotated[dict[str, str] | None, Depends(typed)]
Lang = Annotated[str, Query(max_length=20)]


def door() -> APIRouter:
    """The routes, with a limit of their own: a link that is live is counted by itself, whatever else comes from its address."""
    router, limit = APIRouter(include_in_schema=False), Limit()

    @router.get("/help/{token}")
    def page(token: Token, request: Request, lang: Lang = "") -> HTMLResponse:
        """What the link shows now; one that is unknown or over looks like any other."""
        deps: Deps = request.app.state.deps
        if not limit.allows(live_link(deps, token) or asker(request), deps.now()):
            return _shown(deps, request, lang, OVER, 429)
        return _shown(deps, request, lang, help_page(deps, token), token=token)

    @router.post("/help/{token}/ask")
    def ask(token: Token, request: Request, said: Typed, lang: Lang = "") -> HTMLResponse:
        """They ask for a person; the page says by when somebody speaks with them."""
        deps: Deps = request.app.state.deps
        if not limit.allows(live_link(deps, token) or asker(request), deps.now()):
            return _shown(deps, request, lang, OVER, 429)
        note = (said or {}).get(NOTE, "")[:LONGEST]
        return _shown(deps, request, lang, ask_for_person(deps, token, note), token=token)

    @router.get("/help/{token}/letters/{kind}.{form}")
    def letter(token: Token, kind: PaperKind, form: str, request: Request, lang: Lang = "") -> Response:
        """A letter that was made, as a Word file or a PDF."""
        deps: Deps = request.app.state.deps
        if not limit.allows(live_link(deps, token) or asker(request), deps.now()):
            return _shown(deps, request, lang, OVER, 429)
        try:
            text = help_letter(deps, token, kind, language(request, lang)) if form in MEDIA else ""
        except NotFound:
            text = ""
        if not text:
            return _shown(deps, request, lang, OVER, 404)
        made = letter_file(text, form, deps.now().astimezone(deps.zone))
        named = {"Content-Disposition": f'attachment; filename="{kind.value}.{form}"'}
        return Response(made, media_type=MEDIA[form], headers={**HEADERS, **named})

    return router


def _shown(
    deps: Deps, request: Request, lang: str, page: HelpPage, status: int | None = None, token: str = ""
) -> HTMLResponse:
    found = own_findings(deps, token) if page.opened else ()
    status = status or (200 if page.live else 404)
    body = help_html(deps, page, found, request.url.path.removesuffix("/ask"), language(request, lang))
    wait = {"Retry-After": str(WAIT)} if status == 429 else {}
    return HTMLResponse(body, status, headers={**HEADERS, **wait})
