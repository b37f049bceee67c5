"""Who is asking: a session cookie or bearer token, and for what; nobody unnamed gets further."""

from typing import Annotated, Any

from fastapi import Depends, HTTPException, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from mingcha.actions.accounts import actor_of
from mingcha.actions.deps import Deps
from mingcha.errors import NotPermitted
from mingcha.model.actor import Actor

COOKIE = "mingcha_session"
DENIED: dict[int | str, dict[str, Any]] = {
    401: {"description": "Not signed in."},
    403: {"description": "Not permitted."},
}
_bearer = HTTPBearer(auto_error=False, description="a session token from POST /api/session")


def house(request: Request) -> Deps:
    """The workspace this application serves."""
    deps: Deps = request.app.state.deps
    return deps


def token(request: Request, given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> str:
    """The session token; a cookie counts only for requests that carry our header, which other sites cannot send."""
    if given is not None:
        return given.credentials
    cookie = request.cookies.get(COOKIE)
    if cookie and (request.method == "GET" or request.headers.get("x-mingcha") == "1"):
        return cookie
    raise HTTPException(401, "sign in first", {"WWW-Authenticate": "Bearer"})


def actor(deps: Annotated[Deps, Depends(house)], held: Annotated[str, Depends(token)]) -> Actor:
    """The signed-in person, for the purpose of the session."""
    try:
        return actor_of(deps, held)
    except NotPermitted:
        raise HTTPException(401, "the session is unknown or expired", {"WWW-Authenticate": "Bearer"}) from None


House = Annotated[Deps, Depends(house)]
Who = Annotated[Actor, Depends(actor)]
Held = Annotated[str, Depends(token)]
