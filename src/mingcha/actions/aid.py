"""Help a customer who was probably cheated: each act sealed, none that asks anything of them, none that sees what became of a complaint."""

from collections.abc import Iterable
from dataclasses import replace

from mingcha.actions.aid_book import help_of, keep_aid_act, stand_apart
from mingcha.actions.aid_known import Theirs, known, line_of, met_by
from mingcha.actions.aid_list import theirs_of
from mingcha.actions.deps import Deps
from mingcha.actions.permit import may
from mingcha.actions.ports.store import Work
from mingcha.aid.channels import safe
from mingcha.aid.finding import possible
from mingcha.errors import InputError, NotFound, OutOfOrder
from mingcha.model.actor import Actor
from mingcha.model.aid import (
    AID_ACT_WORDS,
    AidAct,
    AidActKind,
    CardDone,
    Closed,
    Declined,
    FactKind,
    Filed,
    Found,
    LossRecorded,
    Need,
    Offered,
    Proved,
    Reached,
    Recovered,
    SetAside,
)
from mingcha.model.traces import PROOFS
from mingcha.model.words import Words
from mingcha.standards.calendar import local_day

Helped = Reached | Proved | CardDone | Offered | LossRecorded | Filed | Recovered | SetAside | Declined | Closed


def help_customer(deps: Deps, actor: Actor, customer: str, body: Helped) -> AidAct:
    """Do one thing for a customer; sealed. Whoever comes by themselves is taken in with no more than their word.

    OutOfOrder where it may not follow, or by a channel an agent may hold.
    """
    may(actor, "give_aid")
    stand_apart(actor)
    with deps.store.write() as work:
        theirs = theirs_of(deps, work, actor, customer)
        if isinstance(body, Proved):
            body = replace(body, code=body.code.strip().upper())
        if isinstance(body, Reached):
            _only_safe(deps, work, theirs, body)
        if isinstance(body, CardDone):
            _on_card(deps, body)
        if isinstance(body, LossRecorded):
            _shown_by(work, body)
        if isinstance(body, SetAside):
            body = _entered(help_of(deps, work, customer).entries, body)
        take_up(deps, work, actor, theirs)
        return keep_aid_act(deps, work, actor, customer, body)


def take_up(deps: Deps, work: Work, actor: Actor, theirs: Theirs) -> None:
    """Note once why they may be a victim: what the records show, else that they said so."""
    customer = theirs.customer.keyed.id
    if help_of(deps, work, customer).state is not None:
        return
    one = possible(known(theirs, met_by(deps, work, theirs)), deps.standards.aid, local_day(deps.now()))
    facts = tuple(fact.kind for fact in one.facts) if one else (FactKind.TOLD,)
    keep_aid_act(deps, work, actor, customer, Found(facts, one.need if one else Need.OTHER))


def _only_safe(deps: Deps, work: Work, theirs: Theirs, body: Reached) -> None:
    if body.channel not in set(safe(line_of(deps, work, theirs), local_day(deps.now()))):
        why = Words("这一渠道可能在代办人手中，请改用安全渠道", "an agent may hold this channel: use one that is safe")
        raise OutOfOrder(what=AID_ACT_WORDS[AidActKind.REACHED], why=why)


def _on_card(deps: Deps, body: CardDone) -> None:
    cards = deps.standards.aid.situations
    if body.situation not in cards:
        raise InputError(where="situation", found=body.situation, expected=_listed(cards))
    steps = [step.id for step in cards[body.situation].steps]
    if body.step not in steps:
        raise InputError(where="step", found=body.step, expected=_listed(steps))


def _shown_by(work: Work, body: LossRecorded) -> None:
    unknown = [one for one in body.proofs if one not in PROOFS]
    if unknown:
        raise InputError(where="proofs", found=unknown[0], expected=_listed(PROOFS))
    held = work.exhibits.get(body.exhibits) if body.exhibits else {}
    missing = [one for one in body.exhibits if one not in held]
    if missing:
        raise NotFound(what=Words("证据", "exhibit"), which=missing[0])


def _entered(entries: Iterable[tuple[str, object]], body: SetAside) -> SetAside:
    """With the whole id of the entry, where only its start was given."""
    found = [id_ for id_, _ in entries if body.act and id_.startswith(body.act)]
    return replace(body, act=found[0]) if len(found) == 1 else body


def _listed(names: Iterable[str]) -> Words:
    said = ", ".join(names)
    return Words(said, said)
