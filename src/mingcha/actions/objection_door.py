"""The door of whoever is named: an objection lodged for a receipt, read, added to and taken back by it; it answers always alike.

Nothing is looked for before it answered: what is named is matched by the worker, and by whatever would leave the house (law 10).
"""

from datetime import date, timedelta

from mingcha.actions.deps import Deps
from mingcha.actions.objection_book import DOOR, keep_objection_act, objections_of
from mingcha.actions.objection_ends import lift_taken_back
from mingcha.actions.objection_match import match_waiting
from mingcha.actions.ports.store import Work
from mingcha.casework.objecting import due_on
from mingcha.model.objection import (
    MOST_ADDED,
    Became,
    Lodged,
    MoreSaid,
    ObjectionFacts,
    ObjectionState,
    TakenBack,
)
from mingcha.model.people import Token
from mingcha.standards.calendar import local_day

KEPT = timedelta(days=730)  # in which a receipt opens what became of it
KIND = "objection"  # of token: it signs nobody in
MATCH = "match_objections"  # the job


def lodge(deps: Deps, said: Lodged) -> tuple[str, date]:
    """Keep an objection; its receipt, told once, and the day until which it is answered. OutOfOrder where it says nothing."""
    receipt, digest = deps.signin.new_token()
    id_ = f"OBJ-{deps.new_id()[-12:]}"
    now = deps.now()
    with deps.store.write() as work:
        keep_objection_act(deps, work, DOOR, id_, said)
        held = Token(digest=digest, account=id_, purpose=DOOR.purpose.value, kind=KIND, expires_at=now + KEPT)
        work.accounts.put_token(held)
        work.jobs.add(MATCH, id_, id_.encode(), now)
        return receipt, due_on(objections_of(deps, work, [id_])[id_], local_day)


def read_receipt(deps: Deps, receipt: str) -> Became | None:
    """What became of it; None for a receipt that is unknown, over or erased."""
    with deps.store.read() as view:
        found = _held(deps, view, receipt)
    return _page(found) if found else None


def say_more(deps: Deps, receipt: str, text: str) -> Became | None:
    """Add something while it waits, so many times; otherwise it changes nothing."""
    with deps.store.write() as work:
        found = _held(deps, work, receipt)
        full = found is not None and len(found.more) >= MOST_ADDED
        if found is None or found.state is not ObjectionState.WAITING or full or not text.strip():
            return _page(found) if found else None
        keep_objection_act(deps, work, DOOR, found.id, MoreSaid(text))
        return _page(objections_of(deps, work, [found.id])[found.id])


def take_back(deps: Deps, receipt: str) -> Became | None:
    """Take it back. What it named is let go by the worker: how long the door takes tells nothing of what is held."""
    with deps.store.write() as work:
        found = _held(deps, work, receipt)
        if found is None or found.state is not ObjectionState.WAITING:
            return _page(found) if found else None
        keep_objection_act(deps, work, DOOR, found.id, TakenBack())
        work.jobs.add(MATCH, f"{found.id}:back", found.id.encode(), deps.now())
        return _page(objections_of(deps, work, [found.id])[found.id])


def match_job(deps: Deps, payload: bytes) -> None:
    """Look for what a new objection names, unless another's turn did; let go what one that was taken back named."""
    with deps.store.write() as work:
        facts = objections_of(deps, work, [payload.decode()]).get(payload.decode()) if payload else None
        if facts is not None and facts.state is ObjectionState.TAKEN_BACK:
            lift_taken_back(deps, work, facts)
        elif facts is None or not facts.looked:
            match_waiting(deps, work)


def _held(deps: Deps, work: Work, receipt: str) -> ObjectionFacts | None:
    found = work.accounts.token(deps.signin.digest(receipt))
    if found is None or found.kind != KIND or found.expires_at <= deps.now():
        return None
    facts = objections_of(deps, work, [found.account]).get(found.account)
    return facts if facts is not None and facts.state is not None else None


def _page(facts: ObjectionFacts) -> Became:
    assert facts.state is not None
    told = facts.decided.told if facts.decided else ""
    return Became(facts.state, due_on(facts, local_day), len(facts.more), told)
