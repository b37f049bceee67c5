"""Weights as the house keeps them: every proposal that was ever made, and which of them is in force."""

from dataclasses import replace
from hashlib import sha256

from mingcha.actions.codec import dumps, loads
from mingcha.actions.ports.store import Work
from mingcha.detect.catalogue import CATALOGUE
from mingcha.grade.weigh import check_weights
from mingcha.model.weights import SHIPPED, Proposal, Weights

WEIGHTS = "weights"  # the summary that keeps proposals; the acts are in the chain of decisions
SIDES = {one.code: one.side for one in CATALOGUE}


def proposals(work: Work) -> dict[str, Proposal]:
    """Every proposal by the id of its weights, oldest first."""
    held = [loads(Proposal, body) for _, body in work.summaries.all(WEIGHTS)]
    return {one.weights.id: one for one in sorted(held, key=lambda one: one.made_at)}


def in_force(work: Work) -> Weights:
    """The weights adopted last; those shipped where none were. Each was adopted instead of the one before it."""
    after = {one.instead_of: one.weights for one in proposals(work).values() if one.adopted}
    now = SHIPPED
    while now.id in after:
        now = after.pop(now.id)
    return check_weights(now, SIDES)


def weights_named(work: Work, id_: str) -> Weights | None:
    """The weights of an id, in force or not; None where this house never had them."""
    if id_ == SHIPPED.id:
        return SHIPPED
    held = proposals(work).get(id_)
    return held.weights if held else None


def keep_proposal(work: Work, made: Proposal) -> None:
    kept = {**proposals(work), made.weights.id: made}
    work.summaries.replace(WEIGHTS, [(id_, dumps(one)) for id_, one in sorted(kept.items())])


def proposal_digest(one: Proposal) -> str:
    """Over what was proposed; who agreed is sealed by each act of agreeing."""
    return sha256(dumps(replace(one, agreed=()))).hexdigest()
