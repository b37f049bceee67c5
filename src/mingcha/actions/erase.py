"""Erase a person's data by destroying keys; the chain still verifies, because it sealed salted commitments."""

from dataclasses import dataclass

from mingcha.actions.ad_sightings import forget_ads
from mingcha.actions.aid_book import AID
from mingcha.actions.book import forget as forget_acts
from mingcha.actions.case_book import CASES, cases_naming, facts_of, not_on_hold
from mingcha.actions.deps import Deps
from mingcha.actions.exhibit_book import forget_exhibits
from mingcha.actions.increment import update
from mingcha.actions.joining import forget
from mingcha.actions.kept import open_record, record_id
from mingcha.actions.permit import may
from mingcha.actions.ports.store import Work
from mingcha.actions.reasons import keep_reason
from mingcha.actions.repairs import forget_causes
from mingcha.actions.sealing import CUSTODY, seal_act
from mingcha.errors import NotFound, OutOfOrder
from mingcha.model.actor import Actor
from mingcha.model.kinds import BY_CODE, KINDS
from mingcha.model.stored import StoredRecord
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
        ids = _under(deps, work, who)
        if not ids:
            raise NotFound(
                what=Words(f"来源系统 {system} 的客户", f"customer of source system {system}"), which=customer
            )
        not_on_hold(deps, work, set(ids))
        complaints = _complaints(ids)
        named = cases_naming(deps, work, set(ids))
        theirs = [case for case in named if {one.id for one in facts_of(deps, work, case).subjects} <= set(ids)]
        versions = work.records.erase(ids, deps.now())
        work.desk.erase_assessments(complaints)
        work.reasons.erase(complaints)
        work.search.remove(complaints)
        forget(work, complaints)
        forget_causes(work, complaints)
        forget_ads(work, ids)
        exhibits = forget_exhibits(work, ids)
        helped = sorted([*forget_acts(work, AID, [who]), *forget_acts(work, CASES, theirs)])
        work.campaigns.forget(complaints)
        update(deps, work, actor, complaints)
        act = {
            "act": "erase",
            "records": sorted(ids),
            "versions": versions,
            "exhibits": sorted(exhibits),
            "book_acts": helped,
        }
        seal_act(deps, work, CUSTODY, actor, {**act, **keep_reason(deps, work, deps.new_id(), reason, None)})
    deps.blobs.remove(exhibits)
    return Erased(len(ids), versions, tuple(case for case in named if case not in theirs))


def _under(deps: Deps, work: Work, customer: str) -> list[str]:
    """The customer, what names them, and what names a complaint of theirs and no other customer."""
    ids = [customer] if work.records.heads("customers", [customer]) else []
    ids += [one.id for one in _naming(work, "customer_id", [customer])]
    for one in _naming(work, "complaint_id", _complaints(ids)):
        if getattr(open_record(deps.keys, one).keyed, "customer_id", None) is None:
            ids.append(one.id)
    return ids


def _naming(work: Work, column: str, ids: list[str]) -> list[StoredRecord]:
    kinds = [kind.code for kind in KINDS if any(one.name == column for one in kind.columns)]
    return [one for kind in kinds for one in work.records.by_token(kind, column, ids)]


def _complaints(ids: list[str]) -> list[str]:
    return [id_ for id_ in ids if id_.startswith(BY_CODE["complaints"].prefix + "-")]
