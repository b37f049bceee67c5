"""GET /help/…: the page and the letters of a one-time link. Until a second proof it says nothing of anybody; never stored or indexed."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse, Response

from mingcha.actions.aid_link import OVER, help_letter, help_page, live_link
from mingcha.actions.deps import Deps
from mingcha.api.victim.limit import Limit
from mingcha.errors import NotFound
from mingcha.model.aid import HelpPage, PaperKind
from mingcha.wiring import help_html, letter_file

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
WAIT = 60  # seconds
MEDIA = {"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "pdf": "application/pdf"}

Token = Annotated[str, Path(min_length=1, max_length=200)]


LANGUAGES = ("zh", "en")
Lang = Annotated[str, Query(max_length=20)]


def door() -> APIRouter:
    """The routes, with a limit of their own: a link that is live is counted by itself, whatever else comes from its address."""
    router, limit = APIRouter(include_in_schema=False), Limit()

    @router.get("/help/{token}")
    def page(token: Token, request: Request, lang: Lang = "") -> HTMLResponse:
        """What the link shows now; one that is unknown or over looks like any other."""
        deps: Deps = request.app.state.deps
        if not limit.allows(live_link(deps, token) or _who(request), deps.now()):
            return _shown(deps, request, lang, OVER, 429)
        shown = help_page(deps, token)
        return _shown(deps, request, lang, shown, 200 if shown.live else 404)

    @router.get("/help/{token}/letters/{kind}.{form}")
    def letter(token: Token, kind: PaperKind, form: str, request: Request, lang: Lang = "") -> Response:
        """A letter that was made, as a Word file or a PDF."""
        deps: Deps = request.app.state.deps
        if not limit.allows(live_link(deps, token) or _who(request), deps.now()):
            return _shown(deps, request, lang, OVER, 429)
        try:
            text = help_letter(deps, token, kind, _language(request, lang)) if form in MEDIA else ""
        except NotFound:
            text = ""
        if not text:
            return _shown(deps, request, lang, OVER, 404)
        made = letter_file(text, form, deps.now().astimezone(deps.zone))
        named = {"Content-Disposition": f'attachment; filename="{kind.value}.{form}"'}
        return Response(made, media_type=MEDIA[form], headers={**HEADERS, **named})

    return router


def _shown(deps: Deps, request: Request, lang: str, page: HelpPage, status: int) -> HTMLResponse:
    body = help_html(deps, page, request.url.path, _language(request, lang))
    wait = {"Retry-After": str(WAIT)} if status == 429 else {}
    return HTMLResponse(body, status, headers={**HEADERS, **wait})


def _language(request: Request, asked: str) -> str:
    """As asked, else as the phone says; Chinese where it says nothing else."""
    if asked in LANGUAGES:
        return asked
    return "en" if request.headers.get("accept-language", "").strip().lower().startswith("en") else "zh"


def _who(request: Request) -> str:
    return request.client.host if request.client else "?"
