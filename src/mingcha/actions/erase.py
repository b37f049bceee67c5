"""Erase a person's data by destroying keys; the chain still verifies, because it sealed salted commitments."""

from mingcha.actions.deps import Deps
from mingcha.actions.permit import may
from mingcha.actions.sealing import CUSTODY, seal_act
from mingcha.errors import NotFound
from mingcha.model.actor import Actor
from mingcha.model.kinds import BY_CODE, KINDS
from mingcha.model.words import Words


def erase_customer(deps: Deps, actor: Actor, customer: str) -> int:
    """Erase a customer's record and everything filed or kept under that customer; returns how many record versions."""
    may(actor, "erase")
    with deps.store.write() as work:
        ids = [customer] if work.records.heads("customers", [customer]) else []
        for kind in KINDS:
            if any(column.name == "customer_id" for column in BY_CODE[kind.code].columns):
                ids += [one.id for one in work.records.by_token(kind.code, "customer_id", [customer])]
        if not ids:
            raise NotFound(what=Words("客户", "customer"), which=customer)
        complaints = [id_ for id_ in ids if id_.startswith("C-")]
        versions = work.records.erase(ids, deps.now())
        work.desk.erase_assessments(complaints)
        work.search.remove(complaints)
        work.campaigns.forget(complaints)
        act = {"act": "erase", "records": sorted(ids), "versions": versions}
        seal_act(deps, work, CUSTODY, actor, act)
    return versions
