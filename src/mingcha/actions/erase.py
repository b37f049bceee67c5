"""Erase a person's data by destroying keys; the chain still verifies, because it sealed salted commitments."""

from dataclasses import dataclass

from mingcha.actions.case_book import cases_naming, facts_of, not_on_hold
from mingcha.actions.deps import Deps
from mingcha.actions.destroying import destroy
from mingcha.actions.exhibit_book import with_copies
from mingcha.actions.filed_under import complaints_among, filed_under
from mingcha.actions.kept import record_id
from mingcha.actions.permit import may
from mingcha.actions.reasons import keep_reason
from mingcha.actions.sealing import CUSTODY, seal_act
from mingcha.casework.outgoing import live
from mingcha.errors import NotFound, OutOfOrder
from mingcha.model.actor import Actor
from mingcha.model.case_facts import CaseFacts
from mingcha.model.kinds import BY_CODE
from mingcha.model.words import Words


@dataclass(frozen=True, slots=True)
class Erased:
    """How many records of the customer there are, how many versions of them held data until now, and what is left to people."""

    records: int
    versions: int
    cases: tuple[str, ...] = ()  # that are about them and others too: what people wrote there, a person redacts


def erase_customer(deps: Deps, actor: Actor, system: str, customer: str, reason: str) -> Erased:
    """Erase a customer, by the id a source system gave, and all that was filed or kept under them.

    The reason for erasing stays: it belongs to the act, and to no complaint.
    """
    may(actor, "erase")
    if not reason.strip():
        raise OutOfOrder(
            what=Words("删除个人数据", "erase personal data"), why=Words("须写明理由", "it needs a reason")
        )
    with deps.store.write() as work:
        who = record_id(deps.keys, BY_CODE["customers"], system, customer)
        under = filed_under(deps, work, {who: who})[who]
        ids = [*work.records.heads("customers", [who]), *under]
        if not ids:
            raise NotFound(
                what=Words(f"来源系统 {system} 的客户", f"customer of source system {system}"), which=customer
            )
        shown = with_copies(work, [one.id for one in work.exhibits.about(ids)])
        not_on_hold(deps, work, {*ids, *shown, *complaints_among(under)})
        named = cases_naming(deps, work, set(ids))
        theirs = [case for case in named if _goes(facts_of(deps, work, case), ids)]
        gone = destroy(deps, work, actor, ids, [who, *theirs])
        act = {
            "act": "erase",
            "records": sorted(ids),
            "versions": gone.versions,
            "exhibits": list(gone.exhibits),
            "book_acts": list(gone.book_acts),
        }
        seal_act(deps, work, CUSTODY, actor, {**act, **keep_reason(deps, work, deps.new_id(), reason, None)})
    deps.blobs.remove(gone.exhibits)
    return Erased(len(ids), gone.versions, tuple(case for case in named if case not in theirs))


def _goes(facts: CaseFacts, ids: list[str]) -> bool:
    """Whether a case is about nobody else, and no pack of it can have left the house: what left is still corrected (law 8)."""
    return {one.id for one in facts.subjects} <= set(ids) and not live(facts)
