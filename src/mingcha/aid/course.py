"""How help for somebody stands after its acts, and what may follow: nothing personal is told before a second proof.

No act asks anything of them: none can hold what became of a complaint, a statement against anybody or a sum they owe.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from statistics import median
from typing import Any

from mingcha.model.aid import (
    AidAct,
    AidBody,
    AidFacts,
    AidState,
    AidTotals,
    CardDone,
    Closed,
    Declined,
    Filed,
    Found,
    Linked,
    LossRecorded,
    PaperMade,
    Proved,
    Reached,
    Recovered,
)
from mingcha.model.words import Words
from mingcha.standards.calendar import local_day

TELLS = (LossRecorded, PaperMade, Filed)  # what is personal: only with whoever proved that they are the customer
UNASKED = (Proved, Recovered)  # what may come after they declined or it ended

NOT_FOUND = Words("尚未登记可能受害", "nobody noted yet why they may be a victim")
NO_PROOF = Words("须先有第二重身份证明", "a second proof of who they are comes first")
NO_LINK = Words("没有这条链接，或已过期", "there is no such link, or it is over")
NO_SUM = Words("金额须大于零", "the sum has to be above nought")
FUTURE = Words("日期尚未到来", "the day is still to come")


def fold(acts: Iterable[AidAct]) -> AidFacts:
    """How it stands after its acts, in the order they were kept; those refused where they stand change nothing."""
    facts = AidFacts()
    for act in acts:
        if refusal(facts, act) is None:
            facts = replace(facts, **_CHANGES[type(act.body)](facts, act, act.body))
    return facts


def refusal(facts: AidFacts, act: AidAct) -> Words | None:
    """Why an act may not follow; None where it may."""
    body = act.body
    if isinstance(body, Found):
        return _may_find(facts, body)
    if facts.state is None:
        return NOT_FOUND
    if facts.state is not AidState.OPEN and not isinstance(body, UNASKED):
        return Words("本人已表示不需要，或帮助已结束", "they declined, or the help ended")
    if isinstance(body, TELLS) and not facts.proofs:
        return NO_PROOF
    check = _REFUSALS.get(type(body))
    return check(facts, act, body) if check else None


def open_link(facts: AidFacts, code: str) -> bool:
    """Whether somebody proved who they are with this link in their hands."""
    return any(one.code == code for one in facts.proofs)


def totals(held: Iterable[AidFacts]) -> AidTotals:
    """What it came to for all of them."""
    every = [one for one in held if one.state is not None]
    whole = [one for one in every if one.lost and one.back >= one.lost]
    days = [
        (max(back.on for back in one.recovered) - local_day(one.found_at)).days
        for one in whole
        if one.found_at is not None
    ]
    return AidTotals(
        found=len(every),
        helped=sum(bool(one.proofs or one.cards or one.papers) for one in every),
        declined=sum(one.state is AidState.DECLINED for one in every),
        lost=sum(one.lost for one in every),
        recovered=sum(one.back for one in every),
        whole=len(whole),
        days=int(median(days)) if days else None,
    )


def _may_find(facts: AidFacts, body: Found) -> Words | None:
    if facts.state is not None:
        return Words("已登记过", "it is noted already")
    return None if body.facts else Words("须写明原因", "it needs a reason")


def _may_prove(facts: AidFacts, act: AidAct, body: Proved) -> Words | None:
    if not body.code:
        return None
    live = any(one.code == body.code and act.at < one.until for one in facts.links)
    return None if live else NO_LINK


def _may_lose(_: AidFacts, act: AidAct, body: LossRecorded) -> Words | None:
    if body.fee <= 0:
        return NO_SUM
    return FUTURE if body.paid_on > local_day(act.at) else None


def _may_file(_: AidFacts, act: AidAct, body: Filed) -> Words | None:
    if not body.where.strip():
        return Words("须写明递交何处", "it needs where it was handed in")
    return FUTURE if body.on > local_day(act.at) else None


def _may_recover(facts: AidFacts, act: AidAct, body: Recovered) -> Words | None:
    if body.amount <= 0:
        return NO_SUM
    if not facts.losses:
        return Words("尚未登记损失", "no loss was entered")
    return FUTURE if body.on > local_day(act.at) else None


def _may_close(_: AidFacts, __: AidAct, body: Closed) -> Words | None:
    return None if body.reason.strip() else Words("须写明理由", "it needs a reason")


_REFUSALS: dict[type[AidBody], Callable[[AidFacts, AidAct, Any], Words | None]] = {
    Proved: _may_prove,
    LossRecorded: _may_lose,
    Filed: _may_file,
    Recovered: _may_recover,
    Closed: _may_close,
}
_CHANGES: dict[type[AidBody], Callable[[AidFacts, AidAct, Any], dict[str, Any]]] = {
    Found: lambda _, act, body: {"state": AidState.OPEN, "found": body, "found_at": act.at},
    Reached: lambda facts, act, body: {"reached": (*facts.reached, (act.at, body))},
    Linked: lambda facts, _, body: {"links": (*facts.links, body)},
    Proved: lambda facts, _, body: {"state": AidState.OPEN, "proofs": (*facts.proofs, body)},
    CardDone: lambda facts, _, body: {"cards": (*facts.cards, body)},
    LossRecorded: lambda facts, _, body: {"losses": (*facts.losses, body)},
    PaperMade: lambda facts, act, body: {"papers": (*facts.papers, (act.at, body))},
    Filed: lambda facts, _, body: {"filed": (*facts.filed, body)},
    Recovered: lambda facts, _, body: {"recovered": (*facts.recovered, body)},
    Declined: lambda _, __, ___: {"state": AidState.DECLINED},
    Closed: lambda _, __, ___: {"state": AidState.CLOSED},
}
