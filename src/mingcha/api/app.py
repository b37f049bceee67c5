"""The desk's HTTP application: one screen shows every guard, router and error in order.

Bound to this machine unless told otherwise; unknown hosts are refused, pages come from this server alone, and every
answer is marked as not to be stored.
"""

from collections.abc import Awaitable, Callable
from pathlib import Path

import swagger_ui_bundle
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.staticfiles import StaticFiles

from mingcha import __version__
from mingcha.actions.deps import Deps
from mingcha.api import pages
from mingcha.api.desk import (
    ad_images,
    ad_sellers,
    ads,
    aid,
    answers,
    benefits,
    bulk,
    case_after,
    cases,
    complaint,
    erasure,
    exhibits,
    family,
    handling,
    inspection,
    objections,
    parity,
    persons,
    queue,
    repairs,
    retention,
    rings,
    session,
    system,
    weights,
)
from mingcha.api.errors import answer, invalid
from mingcha.api.named.door import door as named_door
from mingcha.api.victim.door import door
from mingcha.errors import MingchaError

SECURITY_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
    "script-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def create_app(deps: Deps, allowed_hosts: tuple[str, ...] = ("127.0.0.1", "localhost")) -> FastAPI:
    """The application over one workspace. `allowed_hosts` are host names without port."""
    app = FastAPI(
        title="mingcha 明察 desk",
        version=__version__,
        description="Complaints by deadline; merit first; agency and organisation after merit is sealed. 先诉求，后代理与团伙。",
        docs_url=None,
        redoc_url=None,
        responses={
            400: {"description": "The body is not readable JSON."},
            503: {"description": "Somebody else is writing, or the keys cannot be used; try again."},
        },
    )
    app.state.deps = deps
    app.add_exception_handler(MingchaError, answer)
    app.add_exception_handler(RequestValidationError, invalid)
    app.middleware("http")(_guard(frozenset(allowed_hosts)))
    for room in (
        session,
        queue,
        complaint,
        ad_images,
        ad_sellers,
        ads,
        aid,
        answers,
        benefits,
        bulk,
        case_after,  # before cases: its paths are longer
        cases,
        exhibits,
        family,
        objections,
        handling,
        parity,
        persons,
        repairs,
        rings,
        weights,
        inspection,
        erasure,
        retention,
        system,
        pages,
    ):
        app.include_router(room.router)
    app.include_router(door())
    app.include_router(named_door())
    bundle = Path(swagger_ui_bundle.__file__).parent / "vendor"
    newest = sorted(bundle.glob("swagger-ui-*"))[-1]
    app.mount("/assets/swagger", StaticFiles(directory=newest), name="swagger")
    app.get("/docs", include_in_schema=False)(_docs)
    return app


def _docs() -> HTMLResponse:
    page = get_swagger_ui_html(
        openapi_url="/openapi.json",
        title="mingcha API",
        swagger_js_url="/assets/swagger/swagger-ui-bundle.js",
        swagger_css_url="/assets/swagger/swagger-ui.css",
        swagger_favicon_url="/assets/swagger/favicon-32x32.png",
    )
    policy = SECURITY_HEADERS["Content-Security-Policy"]  # FastAPI's page starts Swagger from an inline script
    page.headers["Content-Security-Policy"] = policy.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")
    return page


Next = Callable[[Request], Awaitable[Response]]


def _guard(allowed: frozenset[str]) -> Callable[[Request, Next], Awaitable[Response]]:
    async def guard(request: Request, call_next: Next) -> Response:
        host = request.headers.get("host", "").rsplit("]", 1)[0].lstrip("[")
        name = host if ":" in host and host.count(":") > 1 else host.split(":", 1)[0]
        if name not in allowed:
            return JSONResponse({"error": "host", "zh": "不接受的主机名", "en": "This host name is not served."}, 421)
        response = await call_next(request)
        for header, value in SECURITY_HEADERS.items():
            response.headers.setdefault(header, value)
        return response

    return guard
