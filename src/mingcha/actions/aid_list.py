"""The outreach list by need, one customer's help with the ways that are safe, and what it all came to; every look is logged.

What names the reader's own line is left out and counted; personal values are masked, ids keyed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from mingcha.actions.aid_book import acts_for, all_help, stand_apart
from mingcha.actions.aid_known import COMPLAINTS, Theirs, find, known, line_of, met_by, opened
from mingcha.actions.aid_remains import helped_before
from mingcha.actions.book import shown
from mingcha.actions.deps import Deps
from mingcha.actions.permit import may
from mingcha.actions.ports.store import Work
from mingcha.actions.recusal import aside, stand_aside
from mingcha.actions.sealing import ACCESS, seal_act
from mingcha.aid.channels import channels
from mingcha.aid.course import fold, spoken_by, totals, waiting
from mingcha.aid.finding import ordered, possible
from mingcha.errors import NotFound
from mingcha.model.actor import Actor
from mingcha.model.aid import AidAct, AidFacts, AidState, Channel, Fact, LossRecorded, Need, Possible, Recovered
from mingcha.model.aid_followup import AidTotals, Waiting
from mingcha.model.record import Personal
from mingcha.model.words import Words
from mingcha.standards.aid import AidOffice
from mingcha.standards.calendar import local_day
from mingcha.text.canonical import mask

CUSTOMER = Words("客户", "customer")


@dataclass(frozen=True, slots=True)
class AidLine:
    """One possible victim in the list, and how the help stands."""

    possible: Possible
    state: AidState | None
    asked_until: date | None = None  # by when somebody speaks with them, where they asked for a person


@dataclass(frozen=True, slots=True)
class AidList:
    """Possible victims by need; how many declined or were helped to an end, are closed to the reader, or are unnamed complaints."""

    lines: tuple[AidLine, ...]
    ended: int
    aside: int
    unnamed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AidView:
    """One customer's help: masked, with every way to reach them and why some are not safe."""

    customer: str
    name: str | None
    phone: str | None
    possible: Possible | None
    channels: tuple[Channel, ...]
    facts: AidFacts
    acts: tuple[AidAct, ...]
    offices: tuple[AidOffice, ...] = ()  # of legal aid, where they live


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Whoever is being helped, with what is next, until the money is back; how many are closed to the reader."""

    lines: tuple[Waiting, ...]
    aside: int


def aid_list(deps: Deps, actor: Actor) -> AidList:
    """Whom to reach, the most pressing need first; whoever declined or has been helped is not asked again."""
    may(actor, "see_aid")
    stand_apart(actor)
    with deps.store.write() as work:
        found, held = find(deps, work), all_help(deps, work)
        known_ = {one.customer for one in found.possible}
        told = _told(deps, work, {one: of for one, of in held.items() if one not in known_ and of.state})
        complaints = {**found.complaints, **{one.customer: of for one, of in told}}
        everybody = (*found.possible, *(one for one, _ in told))
        closed = aside(deps, work, actor, sorted({id_ for of in complaints.values() for id_ in of}))
        shown = [one for one in everybody if closed.isdisjoint(complaints[one.customer])]
        stands = [(one, held.get(one.customer, AidFacts())) for one in ordered(shown)]
        lines = [AidLine(one, its.state, spoken_by(its)) for one, its in stands]
        open_ = tuple(one for one in lines if one.state in (None, AidState.OPEN))
        seal_act(deps, work, ACCESS, actor, {"act": "see_aid", "customers": [one.possible.customer for one in open_]})
    return AidList(open_, len(lines) - len(open_), len(everybody) - len(shown), found.unnamed)


def aid_view(deps: Deps, actor: Actor, customer: str) -> AidView:
    """One customer, whether or not anything was done yet; NotFound where none is held."""
    may(actor, "see_aid")
    stand_apart(actor)
    with deps.store.write() as work:
        theirs = theirs_of(deps, work, actor, customer)
        seal_act(deps, work, ACCESS, actor, {"act": "see_aid", "customers": [customer]})
        met = met_by(deps, work, theirs)
        line = line_of(deps, work, theirs)
        acts = [_masked(one) for one in acts_for(deps, work, [customer]).get(customer, ())]
    clear, today = theirs.customer.clear, local_day(deps.now())
    return AidView(
        customer=customer,
        name=mask(Personal.NAME, clear.name) if clear.name else None,
        phone=mask(Personal.PHONE, clear.phone) if clear.phone else None,
        possible=possible(known(theirs, met), deps.standards.aid, today),
        channels=channels(line, today),
        facts=fold(acts),
        acts=tuple(acts),
        offices=deps.standards.aid.offices_in(clear.address or ""),
    )


def follow_up(deps: Deps, actor: Actor) -> FollowUp:
    """Whoever is being helped, until the money is back; the look is sealed."""
    may(actor, "see_aid")
    stand_apart(actor)
    with deps.store.write() as work:
        lines = waiting(all_help(deps, work), local_day(deps.now()))
        held = opened(deps, work, [one.customer for one in lines])
        complaints = {id_: [c.id for c in theirs.keyed(COMPLAINTS)] for id_, theirs in held.items()}
        closed = aside(deps, work, actor, sorted({id_ for of in complaints.values() for id_ in of}))
        shown_ = tuple(one for one in lines if closed.isdisjoint(complaints.get(one.customer, ())))
        seal_act(deps, work, ACCESS, actor, {"act": "see_aid", "customers": [one.customer for one in shown_]})
    return FollowUp(shown_, len(lines) - len(shown_))


def legal_aid(deps: Deps, actor: Actor, place: str) -> tuple[AidOffice, ...]:
    """Offices of legal aid in a place, then those of the whole country; every one where no place is named."""
    may(actor, "see_aid")
    return deps.standards.aid.offices_in(place) if place.strip() else deps.standards.aid.offices


def aid_totals(deps: Deps, actor: Actor) -> AidTotals:
    """People found and helped, what they lost, what came back, in how many days; nobody is named."""
    may(actor, "see_aid")
    with deps.store.read() as work:
        return totals([*all_help(deps, work).values(), *helped_before(work)])


def theirs_of(deps: Deps, work: Work, actor: Actor, customer: str) -> Theirs:
    """All that names a customer; NotFound where none is held, NotPermitted where a complaint names the reader's own line."""
    theirs = opened(deps, work, [customer]).get(customer)
    if theirs is None:
        raise NotFound(what=CUSTOMER, which=customer)
    for one in theirs.keyed(COMPLAINTS):
        stand_aside(deps, work, actor, one.id)
    return theirs


def _told(deps: Deps, work: Work, held: Mapping[str, AidFacts]) -> list[tuple[Possible, tuple[str, ...]]]:
    """Whoever is being helped without the records saying why, with the ids of their complaints."""
    out = []
    for customer, theirs in opened(deps, work, sorted(held)).items():
        why = held[customer].found
        facts = tuple(Fact(kind, ()) for kind in why.facts) if why else ()
        one = Possible(customer=customer, need=why.need if why else Need.OTHER, facts=facts)
        out.append((one, tuple(c.id for c in theirs.keyed(COMPLAINTS))))
    return out


def _masked(act: AidAct) -> AidAct:
    """An act as it may be shown: free text masked, and whoever took money or gave it back."""
    body: Any = shown(act.body, ("note", "where", "number", "reason"))
    if isinstance(body, LossRecorded):
        body = replace(body, payee=body.payee and mask(Personal.COMPANY, body.payee))
    if isinstance(body, Recovered):
        body = replace(body, origin=body.origin and mask(Personal.COMPANY, body.origin))
    return replace(act, body=body)
