"""Signing in and out, the one-time set-up, and accounts."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from mingcha.actions import accounts
from mingcha.actions.permit import allowed
from mingcha.api.desk.shapes import (
    AccountRequest,
    LineRequest,
    PersonAnswer,
    SessionAnswer,
    SetupAnswer,
    SetupRequest,
    SignInRequest,
    WhoAnswer,
)
from mingcha.api.desk.who import COOKIE, DENIED, Held, House, Who
from mingcha.model.people import Line

router = APIRouter(prefix="/api", tags=["session"])


@router.post("/session", responses={403: {"description": "Wrong name or password, or locked."}})
def sign_in(deps: House, asked: SignInRequest, response: Response) -> SessionAnswer:
    """Sign in for one purpose; also sets a cookie for the browser."""
    token = accounts.sign_in(deps, asked.name, asked.password, asked.purpose)
    response.set_cookie(COOKIE, token, httponly=True, samesite="strict", max_age=int(accounts.SESSION.total_seconds()))
    return SessionAnswer(token=token, name=asked.name, purpose=asked.purpose)


@router.get("/session", responses={401: {"description": "Not signed in."}})
def whoami(deps: House, who: Who) -> WhoAnswer:
    """Who is signed in, for which purpose, which verbs that opens, and whether the workspace's data are simulated."""
    with deps.store.read() as work:
        simulated = any(batch.source_system == "demo" for batch in work.records.batches())
    return WhoAnswer(
        name=who.name,
        roles=sorted(role.value for role in who.roles),
        purpose=who.purpose,
        verbs=list(allowed(who)),
        simulated=simulated,
    )


@router.delete("/session", status_code=204, responses={401: {"description": "Not signed in."}})
def sign_out(deps: House, held: Held, response: Response) -> None:
    """End this session."""
    accounts.sign_out(deps, held)
    response.delete_cookie(COOKIE)


@router.post("/setup", responses={403: {"description": "The token is unknown, used or expired."}})
def set_up(deps: House, asked: SetupRequest) -> PersonAnswer:
    """Set a password with a one-time token."""
    name = accounts.set_password(deps, asked.token, asked.password)
    with deps.store.read() as work:
        person = work.accounts.get(name)
    assert person is not None
    return PersonAnswer(
        name=name,
        roles=list(person.roles),
        reports_to=person.reports_to,
        disabled=False,
        ready=True,
        unit=person.unit,
        known_as=list(person.known_as),
    )


@router.get("/accounts", responses={**DENIED})
def people(deps: House, who: Who) -> list[PersonAnswer]:
    """All accounts."""
    return [
        PersonAnswer(
            name=p.name,
            roles=list(p.roles),
            reports_to=p.reports_to,
            disabled=p.disabled,
            ready=bool(p.password),
            unit=p.unit,
            known_as=list(p.known_as),
        )
        for p in accounts.list_accounts(deps, who)
    ]


@router.post("/accounts", status_code=201, responses={**DENIED, 404: {"description": "No such superior."}})
def create(deps: House, who: Who, asked: AccountRequest) -> SetupAnswer:
    """Make an account; the answer holds its one-time set-up token."""
    token = accounts.create_account(
        deps, who, asked.name, tuple(asked.roles), asked.reports_to, Line(asked.unit, tuple(asked.known_as))
    )
    return SetupAnswer(name=asked.name, setup_token=token)


@router.put("/accounts/{name}/line", status_code=204, responses={**DENIED, 404: {"description": "No such account."}})
def line(deps: House, who: Who, name: Annotated[str, Path(max_length=100)], asked: LineRequest) -> None:
    """Say where somebody stands and what names them; complaints that name them never reach them. Sealed."""
    accounts.set_line(deps, who, name, Line(asked.unit, tuple(asked.known_as)))


@router.delete("/accounts/{name}", status_code=204, responses={**DENIED, 404: {"description": "No such account."}})
def disable(deps: House, who: Who, name: Annotated[str, Path(max_length=100)]) -> None:
    """Shut an account; what it did stays."""
    accounts.disable_account(deps, who, name)
