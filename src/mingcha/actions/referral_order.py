"""What an authority's order reaches: complaints of the case and what is about them alone; its scan is kept beside the case.

Whatever is about anybody else, itself or by the record it is about, is not handed over.
"""

from collections.abc import Sequence

from mingcha.actions.case_book import complaints_of
from mingcha.actions.deps import Deps
from mingcha.actions.exhibit_book import COMPLAINT, EXHIBIT, people_of, seen_exhibit
from mingcha.actions.kept import open_record
from mingcha.actions.ports.store import Work
from mingcha.actions.referral_rows import COMPLAINTS
from mingcha.errors import InputError, NotFound
from mingcha.model.actor import Actor
from mingcha.model.case_facts import CaseFacts
from mingcha.model.case_out import ReferralDrafted
from mingcha.model.stored import KeptExhibit
from mingcha.model.words import Words


def scan_of(
    deps: Deps, work: Work, actor: Actor, case: str, facts: CaseFacts, body: ReferralDrafted
) -> KeptExhibit | None:
    """The scan of a referral's order, None where it is a report. NotFound for one that is not held and for what the case is not
    about, InputError for one that is no original about this case, and where it rests on what the order does not ask for."""
    if body.order is None:
        return None
    ours = complaints_of(work, facts)
    for one in body.scope:
        if one not in ours:
            raise NotFound(what=Words("本案的投诉", "complaint of this case"), which=one)
    for one in body.rests_on:
        if one.startswith(COMPLAINT) and one not in body.scope:
            raise InputError(
                where="rests_on", found=one, expected=Words("文书调取的投诉", "a complaint the paper asks for")
            )
    scan = seen_exhibit(deps, work, actor, body.order.scan)
    if not scan.wrapped:
        raise NotFound(what=EXHIBIT, which=scan.id)
    if case not in scan.of or scan.derived_from is not None:
        expected = Words(
            "与本案有关的证据原件（exhibits add --of 案件）", "an original about this case (exhibits add --of CASE)"
        )
        raise InputError(where="scan", found=scan.id, expected=expected)
    return scan


def asked_for(deps: Deps, work: Work, kept: KeptExhibit, scope: Sequence[str]) -> bool:
    """Whether an exhibit is about no complaint and no customer but those an order names."""
    named = [
        open_record(deps.keys, one).keyed for one in work.records.heads(COMPLAINTS, list(scope)).values() if one.wrapped
    ]
    return {*scope, *(one.customer_id for one in named)}.issuperset(people_of(deps, work, kept.of))
