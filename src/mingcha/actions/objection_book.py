"""Objections as the house keeps them: a book of acts on each read back folded; whoever came by the door is named nowhere else."""

from collections.abc import Iterable, Iterator, Sequence

from mingcha.actions.book import Entry, keep, said
from mingcha.actions.deps import Deps
from mingcha.actions.ports.store import Work
from mingcha.casework.objecting import fold, refusal
from mingcha.errors import NotFound, OutOfOrder
from mingcha.model.actor import Actor, Purpose
from mingcha.model.objection import (
    ENDS,
    OBJECTION_ACT_WORDS,
    OBJECTION_BODIES,
    OBJECTION_KIND_OF,
    ObjectionAct,
    ObjectionBody,
    ObjectionFacts,
)
from mingcha.model.stored import BookAct
from mingcha.model.words import Words

OBJECTIONS = "objections"
OBJECTION = Words("异议", "objection")
DOOR = Actor(name="door", roles=frozenset(), purpose=Purpose.INVESTIGATION)  # whoever came by it: nobody is known
_BODIES = {kind.value: body for kind, body in OBJECTION_BODIES.items()}
_ENDS = frozenset(kind.value for kind in ENDS)


def keep_objection_act(deps: Deps, work: Work, actor: Actor, objection: str, body: ObjectionBody) -> ObjectionAct:
    """Keep and seal one act; OutOfOrder, with its reason, where it may not follow what was done before."""
    kind = OBJECTION_KIND_OF[type(body)]
    act = ObjectionAct(id="", objection=objection, at=deps.now(), by=actor.name, body=body)
    why = refusal(objections_of(deps, work, [objection]).get(objection, ObjectionFacts()), act)
    if why is not None:
        raise OutOfOrder(what=OBJECTION_ACT_WORDS[kind], why=why)
    kept = keep(deps, work, actor, Entry(OBJECTIONS, objection, kind.value), body)
    return ObjectionAct(id=kept.id, objection=objection, at=kept.at, by=kept.by, body=body)


def objection_of(deps: Deps, work: Work, objection: str) -> ObjectionFacts:
    """How one stands; NotFound where there is none, or what it said was erased."""
    facts = objections_of(deps, work, [objection]).get(objection)
    if facts is None or facts.state is None:
        raise NotFound(what=OBJECTION, which=objection)
    return facts


def objections_of(deps: Deps, work: Work, ids: Sequence[str]) -> dict[str, ObjectionFacts]:
    """How these stand; what was erased is left out."""
    return {id_: fold(_opened(deps, kept)) for id_, kept in work.books.acts(OBJECTIONS, ids).items()}


def all_objections(deps: Deps, work: Work) -> dict[str, ObjectionFacts]:
    """How every objection stands."""
    return _folded(deps, work.books.all_acts(OBJECTIONS))


def waiting(deps: Deps, work: Work) -> dict[str, ObjectionFacts]:
    """Those that wait for an answer. What ended is told by the kinds of its acts and never opened: nothing ends otherwise."""
    kept: dict[str, list[BookAct]] = {}
    ended = set()
    for act in work.books.all_acts(OBJECTIONS):
        if act.kind in _ENDS:
            ended.add(act.of)
            kept.pop(act.of, None)
        elif act.of not in ended and act.wrapped:
            kept.setdefault(act.of, []).append(act)
    return {id_: fold(_opened(deps, acts)) for id_, acts in kept.items()}


def _folded(deps: Deps, acts: Iterable[BookAct]) -> dict[str, ObjectionFacts]:
    by: dict[str, list[ObjectionAct]] = {}
    for act in _opened(deps, acts):
        by.setdefault(act.objection, []).append(act)
    return {id_: fold(of) for id_, of in by.items()}


def _opened(deps: Deps, kept: Iterable[BookAct]) -> Iterator[ObjectionAct]:
    return (
        ObjectionAct(id=one.id, objection=one.of, at=one.at, by=one.by, body=said(deps, one, _BODIES))
        for one in kept
        if one.wrapped
    )
