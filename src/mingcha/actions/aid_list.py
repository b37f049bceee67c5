"""The outreach list by need, one customer's help with the ways that are safe, and what it all came to; every look is logged.

What names the reader's own line is left out and counted; personal values are masked, ids keyed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from mingcha.actions.aid_book import acts_for, all_help, stand_apart
from mingcha.actions.aid_known import COMPLAINTS, Theirs, find, known, line_of, met_by, opened
from mingcha.actions.book import shown
from mingcha.actions.deps import Deps
from mingcha.actions.permit import may
from mingcha.actions.ports.store import Work
from mingcha.actions.recusal import aside, stand_aside
from mingcha.actions.sealing import ACCESS, seal_act
from mingcha.aid.channels import channels
from mingcha.aid.course import fold, totals
from mingcha.aid.finding import ordered, possible
from mingcha.errors import NotFound
from mingcha.model.actor import Actor
from mingcha.model.aid import AidAct, AidFacts, AidState, AidTotals, Channel, Fact, Need, Possible
from mingcha.model.record import Personal
from mingcha.model.words import Words
from mingcha.standards.calendar import local_day
from mingcha.text.canonical import mask

CUSTOMER = Words("客户", "customer")


@dataclass(frozen=True, slots=True)
class AidLine:
    """One possible victim in the list, and how the help stands."""

    possible: Possible
    state: AidState | None


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
        lines = [AidLine(one, held[one.customer].state if one.customer in held else None) for one in ordered(shown)]
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
        acts = acts_for(deps, work, [customer]).get(customer, ())
    clear, today = theirs.customer.clear, local_day(deps.now())
    return AidView(
        customer=customer,
        name=mask(Personal.NAME, clear.name) if clear.name else None,
        phone=mask(Personal.PHONE, clear.phone) if clear.phone else None,
        possible=possible(known(theirs, met), deps.standards.aid, today),
        channels=channels(line, today),
        facts=fold(acts),
        acts=tuple(_masked(one) for one in acts),
    )


def aid_totals(deps: Deps, actor: Actor) -> AidTotals:
    """People found and helped, what they lost, what came back, in how many days; nobody is named."""
    may(actor, "see_aid")
    with deps.store.read() as work:
        return totals(all_help(deps, work).values())


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
    """An act as it may be shown: free text and payees masked."""
    return replace(act, body=shown(act.body, ("note", "payee", "where", "origin", "reason")))
