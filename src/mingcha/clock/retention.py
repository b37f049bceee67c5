"""When what is kept is due to go, why it is not, and what may follow on a batch: terms counted in years from an event.

A reason to keep goes before a term, and nothing here disposes of anything: what is due may be proposed, by one person to another.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from mingcha.model.case import CaseState
from mingcha.model.case_facts import CaseFacts, Referral
from mingcha.model.case_out import Filing
from mingcha.model.retention import (
    RETENTION_KIND_OF,
    Agreed,
    Batch,
    BatchState,
    Disposed,
    Held,
    Keeps,
    Proposed,
    RetentionAct,
    RetentionBody,
    Standing,
    Term,
    Withdrawn,
)
from mingcha.model.words import Words

LEAP_DAY = (2, 29)
NOT_AGREED = Words(
    "第二人尚未同意，或已撤回、已执行", "no second person agreed to it, or it was withdrawn or carried out"
)


def standing(held: Held, term: Term, on: date) -> Standing:
    """How one thing stands on a day. Its last day is kept: it is due from the day after."""
    ends = _ends(held.since, term.years)
    keeps = list(held.keeps)
    if term.years is None:
        keeps.append(Keeps.NEVER)
    elif ends is None:
        keeps.append(Keeps.NOT_BEGUN)
    elif on <= ends:
        keeps.append(Keeps.RUNS)
    left = (ends - on).days if ends else None
    return Standing(id=held.id, holding=held.holding, ends=ends, left=left, keeps=tuple(dict.fromkeys(keeps)))


def _ends(since: date | None, years: int | None) -> date | None:
    """The same day so many years on; of 29 February the last of that month."""
    if since is None or years is None or since.year + years > date.max.year:
        return None
    leap = (since.month, since.day) == LEAP_DAY
    return since.replace(year=since.year + years, day=28 if leap else since.day)


def case_keeps(facts: CaseFacts, today: date) -> Iterator[Keeps]:
    """What keeps a case whatever its term: a hold, an objection, a correction owed, an authority that is not done with it."""
    if facts.held:
        yield Keeps.HOLD
    if facts.state is not CaseState.CLOSED:
        yield Keeps.OPEN_CASE
    if facts.objections:
        yield Keeps.OBJECTION
    for one in facts.referrals:
        if one.owes_correction:
            yield Keeps.CORRECTION
        if one.sent is not None and _with_the_authority(one, today):
            yield Keeps.REVIEW


def _with_the_authority(one: Referral, today: date) -> bool:
    filed = one.filed
    if filed is None:
        return True
    known = bool(one.outcomes) or filed.filing is not Filing.ACCEPTED
    return not known or (filed.review_until is not None and today <= filed.review_until)


def fold(batch: str, acts: Iterable[RetentionAct]) -> Batch:
    """How a batch stands after its acts, in the order they were kept; those refused where they stand change nothing."""
    stands = Batch(id=batch)
    for act in acts:
        if refusal(stands, act) is None:
            kind = RETENTION_KIND_OF[type(act.body)]
            stands = replace(stands, state=kind, people=(*stands.people, (kind, act.by, act.at)))
            if isinstance(act.body, Proposed):
                stands = replace(stands, proposed=act.body)
            elif isinstance(act.body, Disposed):
                stands = replace(stands, disposed=act.body)
    return stands


def refusal(stands: Batch, act: RetentionAct) -> Words | None:
    """Why an act may not follow; None where it may."""
    return _REFUSALS[type(act.body)](stands, act, act.body)


def _may_propose(stands: Batch, _: RetentionAct, body: Proposed) -> Words | None:
    if stands.state is not None:
        return Words("已提出过", "it was proposed already")
    if not body.listed:
        return Words("没有到期的", "nothing is due")
    return None if body.reason.strip() else Words("须写明理由", "it needs a reason")


def _may_agree(stands: Batch, act: RetentionAct, body: Agreed) -> Words | None:
    if stands.state is not BatchState.PROPOSED or stands.proposed is None:
        return Words("没有待同意的清单", "no list waits for a second person")
    if body.root != stands.proposed.root:
        return Words("清单与所读的不同", "it is not the list that was read")
    first = stands.by(BatchState.PROPOSED)
    same = first is not None and first[0] == act.by
    return Words("提出人不能自己同意", "whoever proposed it cannot agree to it") if same else None


def _may_withdraw(stands: Batch, _: RetentionAct, body: Withdrawn) -> Words | None:
    if stands.state not in (BatchState.PROPOSED, BatchState.AGREED):
        return Words("没有可撤回的", "there is nothing to withdraw")
    return None if body.reason.strip() else Words("须写明理由", "it needs a reason")


def _may_dispose(stands: Batch, _: RetentionAct, __: Disposed) -> Words | None:
    return None if stands.state is BatchState.AGREED else NOT_AGREED


_REFUSALS: dict[type[RetentionBody], Callable[[Batch, RetentionAct, Any], Words | None]] = {
    Proposed: _may_propose,
    Agreed: _may_agree,
    Withdrawn: _may_withdraw,
    Disposed: _may_dispose,
}
