"""Help as the house keeps it: a book of acts on each customer read back folded, each act sealed."""

from collections.abc import Iterator, Sequence

from mingcha.actions.book import Entry, keep, said
from mingcha.actions.deps import Deps
from mingcha.actions.permit import DECIDES_MERIT
from mingcha.actions.ports.store import Work
from mingcha.aid.course import fold, refusal
from mingcha.errors import NotPermitted, OutOfOrder
from mingcha.model.actor import Actor
from mingcha.model.aid import AID_ACT_WORDS, AID_BODIES, AID_KIND_OF, AidAct, AidBody, AidFacts
from mingcha.model.stored import BookAct
from mingcha.model.words import Words

AID = "aid"
_BODIES = {kind.value: body for kind, body in AID_BODIES.items()}


def stand_apart(actor: Actor) -> None:
    """NotPermitted for whoever decides merit: who was cheated tells of an agency (law 2)."""
    if actor.roles & DECIDES_MERIT:
        why = Words("裁定诉求的人不参与援助", "whoever decides merit takes no part in aid")
        raise NotPermitted(actor=actor.name, verb=Words("参与援助", "take part in aid"), why=why)


def keep_aid_act(deps: Deps, work: Work, actor: Actor, customer: str, body: AidBody) -> AidAct:
    """Keep and seal one act; OutOfOrder, with its reason, where it may not follow what was done before."""
    kind = AID_KIND_OF[type(body)]
    act = AidAct(id="", customer=customer, at=deps.now(), by=actor.name, body=body)
    why = refusal(help_of(deps, work, customer), act)
    if why is not None:
        raise OutOfOrder(what=AID_ACT_WORDS[kind], why=why)
    kept = keep(deps, work, actor, Entry(AID, customer, kind.value), body)
    return AidAct(id=kept.id, customer=customer, at=kept.at, by=kept.by, body=body)


def help_of(deps: Deps, work: Work, customer: str) -> AidFacts:
    """How the help for a customer stands; as for somebody nobody found where there is none."""
    return fold(acts_for(deps, work, [customer]).get(customer, ()))


def acts_for(deps: Deps, work: Work, customers: Sequence[str]) -> dict[str, tuple[AidAct, ...]]:
    """What was done for these customers; what was erased is left out."""
    return {one: tuple(_opened(deps, kept)) for one, kept in work.books.acts(AID, customers).items()}


def all_help(deps: Deps, work: Work) -> dict[str, AidFacts]:
    """How the help for everybody stands."""
    acts: dict[str, list[AidAct]] = {}
    for act in _opened(deps, work.books.all_acts(AID)):
        acts.setdefault(act.customer, []).append(act)
    return {customer: fold(of) for customer, of in acts.items()}


def _opened(deps: Deps, kept: Sequence[BookAct] | Iterator[BookAct]) -> Iterator[AidAct]:
    return (
        AidAct(id=one.id, customer=one.of, at=one.at, by=one.by, body=said(deps, one, _BODIES))
        for one in kept
        if one.wrapped and one.kind in _BODIES
    )
