"""How help for somebody stands after its acts, and what may follow: nothing personal is told before a second proof.

No act asks anything of them: none can hold what became of a complaint, a statement against anybody or a sum they owe.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from statistics import median
from typing import Any

from mingcha.model.aid import (
    SPOKEN_IN,
    AidAct,
    AidBody,
    AidFacts,
    AidState,
    CardDone,
    Closed,
    Declined,
    Filed,
    Found,
    HumanAsked,
    Linked,
    LossRecorded,
    Need,
    Offered,
    PaperMade,
    Proved,
    Reached,
    Recovered,
    SetAside,
)
from mingcha.model.aid_followup import AidTotals, Next, Waiting
from mingcha.model.words import Words
from mingcha.standards.calendar import local_day

TELLS = (LossRecorded, PaperMade, Filed)  # what is personal: only with whoever proved that they are the customer
UNASKED = (Proved, HumanAsked, Recovered, SetAside)  # what may come after they declined or it ended

NOT_FOUND = Words("尚未登记可能受害", "nobody noted yet why they may be a victim")
NO_PROOF = Words("须先有第二重身份证明", "a second proof of who they are comes first")
NO_LINK = Words("没有这条链接，或已过期", "there is no such link, or it is over")
NO_SUM = Words("金额须大于零", "the sum has to be above nought")
NO_REASON = Words("须写明理由", "it needs a reason")
FUTURE = Words("日期尚未到来", "the day is still to come")


def fold(acts: Iterable[AidAct]) -> AidFacts:
    """How it stands after its acts, in the order they were kept; those refused where they stand change nothing."""
    facts = AidFacts()
    for act in acts:
        if refusal(facts, act) is None:
            facts = replace(facts, last_at=act.at, **_CHANGES[type(act.body)](facts, act, act.body))
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


def next_of(facts: AidFacts) -> Next:
    """What is to be done next for somebody who is being helped."""
    if facts.asked_at is not None:
        return Next.SPEAK
    if facts.lost and facts.back >= facts.lost:
        return Next.CLOSE
    if not facts.proofs:
        return Next.PROVE if facts.reached or facts.links else Next.REACH
    missing = ((facts.losses, Next.LOSS), (facts.papers, Next.PAPER), (facts.filed, Next.FILE))
    return next((step for done, step in missing if not done), Next.ASK)


def waiting(held: Mapping[str, AidFacts], today: date) -> tuple[Waiting, ...]:
    """Everybody who is being helped, until the money is back: who asked for a person first, then the most pressing need, then what
    lay still for longest."""
    needs = list(Need)
    out = [
        Waiting(
            customer=customer,
            need=one.found.need,
            next=next_of(one),
            lost=one.lost,
            back=one.back,
            days=(today - local_day(one.found_at)).days,
            quiet=(today - local_day(one.last_at)).days,
            asked_until=spoken_by(one),
        )
        for customer, one in held.items()
        if one.state is AidState.OPEN and one.found and one.found_at and one.last_at
    ]
    return tuple(
        sorted(out, key=lambda one: (one.asked_until or date.max, needs.index(one.need), -one.quiet, one.customer))
    )


def spoken_by(facts: AidFacts) -> date | None:
    """The day by which somebody speaks with them, where they asked for a person."""
    return local_day(facts.asked_at) + timedelta(days=SPOKEN_IN) if facts.asked_at else None


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
        offered=sum(bool(one.offered) for one in every),
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


def _may_set_aside(facts: AidFacts, _: AidAct, body: SetAside) -> Words | None:
    if all(id_ != body.act for id_, _ in facts.entries):
        return Words(
            "没有这条损失、递交或追回登记", "there is no such entry of a loss, a paper handed in or money back"
        )
    return None if body.reason.strip() else NO_REASON


def _may_ask(facts: AidFacts, _: AidAct, __: HumanAsked) -> Words | None:
    return Words("已请求人工，工作人员会联系", "they asked already: somebody is in touch") if facts.asked_at else None


def _may_close(facts: AidFacts, _: AidAct, body: Closed) -> Words | None:
    if facts.asked_at is not None:
        return Words("本人请求人工，须先联系本人", "they asked for a person: speak with them first")
    return None if body.reason.strip() else NO_REASON


def _entered(entries: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
    """Losses, papers handed in and money back, as entered and not set aside."""
    kinds = {"losses": LossRecorded, "filed": Filed, "recovered": Recovered}
    return {
        "entries": entries,
        **{name: tuple(body for _, body in entries if isinstance(body, kind)) for name, kind in kinds.items()},
    }


def _enter(facts: AidFacts, act: AidAct, body: Any) -> dict[str, Any]:
    return _entered((*facts.entries, (act.id, body)))


_REFUSALS: dict[type[AidBody], Callable[[AidFacts, AidAct, Any], Words | None]] = {
    Proved: _may_prove,
    HumanAsked: _may_ask,
    LossRecorded: _may_lose,
    Filed: _may_file,
    Recovered: _may_recover,
    SetAside: _may_set_aside,
    Closed: _may_close,
}
_CHANGES: dict[type[AidBody], Callable[[AidFacts, AidAct, Any], dict[str, Any]]] = {
    Found: lambda _, act, body: {"state": AidState.OPEN, "found": body, "found_at": act.at},
    Reached: lambda facts, act, body: {"reached": (*facts.reached, (act.at, body)), "asked_at": None},
    Linked: lambda facts, _, body: {"links": (*facts.links, body)},
    Proved: lambda facts, _, body: {"state": AidState.OPEN, "proofs": (*facts.proofs, body)},
    HumanAsked: lambda _, act, __: {"state": AidState.OPEN, "asked_at": act.at},
    CardDone: lambda facts, _, body: {"cards": (*facts.cards, body)},
    Offered: lambda facts, _, body: {"offered": (*facts.offered, body)},
    LossRecorded: _enter,
    PaperMade: lambda facts, act, body: {"papers": (*facts.papers, (act.at, body))},
    Filed: _enter,
    Recovered: _enter,
    SetAside: lambda facts, _, body: _entered(tuple(one for one in facts.entries if one[0] != body.act)),
    Declined: lambda _, __, ___: {"state": AidState.DECLINED, "asked_at": None},
    Closed: lambda _, __, ___: {"state": AidState.CLOSED},
}
