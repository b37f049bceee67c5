"""The desk's first pages: set-up, sign-in, queue, one complaint in two stages, one family. Plain files of this server, nothing from outside."""

from importlib.resources import files
from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import HTMLResponse, Response

from mingcha.actions.report import report_data
from mingcha.api.desk.who import House, Who
from mingcha.wiring import render_html

router = APIRouter(include_in_schema=False)
TYPES = {"desk.css": "text/css"} | dict.fromkeys(
    ("answer.js", "care.js", "desk.js", "family.js", "strip.js", "views.js"), "text/javascript"
)
REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"


@router.get("/")
@router.get("/setup")
def page() -> HTMLResponse:
    """One page; a one-time token stays in the address's fragment and never reaches a log."""
    return HTMLResponse(_file("desk.html"))


@router.get("/assets/desk/{name}")
def asset(name: Annotated[str, Path(pattern=r"^[a-z.]+$")]) -> Response:
    """Its style and scripts."""
    if name not in TYPES:
        return Response(status_code=404)
    return Response(_file(name), media_type=TYPES[name])


@router.get("/report")
def report(deps: House, who: Who, lang: str = "zh") -> HTMLResponse:
    """The manager's report, for whoever may make one."""
    headers = {"Content-Security-Policy": REPORT_POLICY}
    return HTMLResponse(render_html(report_data(deps, who), lang), headers=headers)


def _file(name: str) -> str:
    return files("mingcha.api.pages").joinpath(name).read_text(encoding="utf-8")
