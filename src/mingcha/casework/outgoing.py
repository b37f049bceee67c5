"""What leaves a case and comes back: referrals, findings that fall, corrections, requests to keep records; what each may follow.

Whoever received a referral is owed a correction once a finding it rests on fell, until they confirmed it, whatever is done in
between; that something stands again later takes nothing of that back, and is referred anew.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from mingcha.model.actor import LOCAL
from mingcha.model.case import CaseAct, CaseBody, CaseState, Line
from mingcha.model.case_facts import CaseDue, CaseFacts, Fallen, Preservation, Referral
from mingcha.model.case_out import (
    CorrectionConfirmed,
    CorrectionDrafted,
    CorrectionSent,
    Filing,
    FindingFell,
    FindingLost,
    Lost,
    OutcomeKnown,
    PreservationAnswered,
    PreservationAsked,
    ReferralAgreed,
    ReferralDrafted,
    ReferralFiled,
    ReferralReceived,
    ReferralSent,
)
from mingcha.model.times import credible
from mingcha.model.words import Words
from mingcha.standards.calendar import local_day

AGREE = 2  # people, before a referral leaves
REPORT, FULL = 1, 2  # stages: a redacted report; the full pack, which opens with an authority's order

ROOT = re.compile(r"[0-9a-f]{64}")
NO_REFERRAL = Words("没有这份移送", "there is no such referral")
DISPUTED = Words("异议尚未答复，暂缓移送", "an objection waits: nothing is referred meanwhile")
FELL = Words("所依据的发现已被推翻", "a finding it rests on fell")
NOT_OWED = Words("没有待送达的更正", "no correction is owed")
NOT_SENT = Words("尚未移送", "it was not handed over")
TO_COME = Words("时间尚未到来", "the time is still to come")
LONG_AGO = Words("时间早于 1990 年", "the time is before 1990")


def person(name: str) -> str:
    """An account and the same name at the keyboard are one person."""
    return name.removeprefix(LOCAL)


def referral(facts: CaseFacts, id_: str) -> Referral | None:
    """One of its referrals."""
    return next((one for one in facts.referrals if one.id == id_), None)


def unwritten(facts: CaseFacts) -> tuple[Line, ...]:
    """The lines of what speaks for those named that nobody wrote yet."""
    written = {one.line for one in facts.lines}
    return tuple(line for line in Line if line not in written)


def findings(facts: CaseFacts) -> frozenset[str]:
    """What of a case can fall: what its referrals rest on, and what it is about."""
    return frozenset(id_ for one in facts.referrals for id_ in one.rests_on) | {one.id for one in facts.subjects}


def may_leave(facts: CaseFacts, one: Referral) -> Words | None:
    """Why a referral cannot leave; None where it can."""
    if facts.disputed:
        return DISPUTED
    if (why := _agreements(one)) is not None:
        return why
    return FELL if one.fallen else None


def live(facts: CaseFacts) -> tuple[Referral, ...]:
    """Referrals two people agreed to at some time: their packs may be anywhere."""
    return tuple(one for one in facts.referrals if one.cleared_at is not None)


def resting(facts: CaseFacts) -> tuple[str, ...]:
    """What such referrals rest on and do not know to have fallen."""
    return tuple(dict.fromkeys(id_ for one in live(facts) for id_ in one.rests_on if _rests(one, id_)))


def fall(facts: CaseFacts, finding: str, how: Fallen) -> dict[str, Any]:
    """A finding falls: each referral that rests on it has to be corrected where it left."""
    hit = tuple(replace(one, fallen=(*one.fallen, how)) if _rests(one, finding) else one for one in facts.referrals)
    barred = (*facts.barred, finding) if how.cause is None else facts.barred
    return {
        "referrals": hit,
        "fallen": tuple(dict.fromkeys((*facts.fallen, finding))),
        "barred": tuple(dict.fromkeys(barred)),
    }


def dues(facts: CaseFacts, day_of: Callable[[datetime], date]) -> Iterator[CaseDue]:
    """What waits of what left, and of what was asked to be kept; a correction since the day it was owed."""
    for one in facts.referrals:
        if one.sent is not None and one.told < len(one.fallen):
            since = max(one.fallen[one.told].at, one.sent.handed_over)
            yield CaseDue(Words("送交更正函", "hand over the correction"), day_of(since))
        elif one.owes_correction and one.letter is not None:
            yield CaseDue(Words("取得更正回执", "get the correction confirmed"), day_of(one.letter.handed_over))
        if one.filed is not None and one.filed.filing is Filing.REFUSED and one.filed.review_until is not None:
            yield CaseDue(Words("申请复议或复核的最后一日", "last day to ask for a review"), one.filed.review_until)
    for each in facts.requests:
        system = each.asked.system
        if each.answered is None:
            what = Words(f"催问 {system} 的保全答复", f"ask {system} whether the records are kept")
            yield CaseDue(what, each.asked.until or day_of(each.at))
        elif each.answered.until is not None:
            yield CaseDue(Words(f"{system} 的保全到期", f"{system} keeps the records until"), each.answered.until)


def _rests(one: Referral, finding: str) -> bool:
    """Whether a referral rests on it, and does not know yet that it fell."""
    return finding in one.rests_on and all(each.finding != finding for each in one.fallen)


def _may_draft(facts: CaseFacts, act: CaseAct, body: ReferralDrafted) -> Words | None:
    if facts.state in (CaseState.OPEN, CaseState.REOPENED):
        return Words("须先开始调查", "the investigation has to begin first")
    if missing := unwritten(facts):
        names = "、".join(line for line in missing)
        return Words(f"有利于对方的情况尚未写明：{names}", f"what speaks for those named is not written: {names}")
    if not body.rests_on:
        return Words("须写明所依据的发现", "it has to say on which findings it rests")
    if set(body.rests_on) & set(facts.barred):
        return FELL
    return _stage(body, local_day(act.at))


def _stage(body: ReferralDrafted, today: date) -> Words | None:
    if body.stage not in (REPORT, FULL):
        return Words("阶段只有 1 与 2", "there are stages 1 and 2")
    if body.stage == REPORT:
        bare = body.order is None and not body.scope
        return None if bare else Words("报案阶段不依文书提供", "a report is given on nobody's order: it has no scope")
    if (order := body.order) is None or not all(one.strip() for one in (order.number, order.issuer, order.scan)):
        return Words(
            "完整材料须有办案机关文书：文号、机关、日期与扫描件",
            "the full pack opens with the authority's own paper: number, issuer, day and scan",
        )
    if order.on > today:
        return TO_COME
    return None if body.scope else Words("须写明文书调取的投诉", "it has to name the complaints the paper asks for")


def _may_agree(facts: CaseFacts, act: CaseAct, body: ReferralAgreed) -> Words | None:
    one = referral(facts, body.referral)
    if one is None:
        return NO_REFERRAL
    if one.fallen:
        return Words("所依据的发现已被推翻，须重新起草", "a finding it rests on fell: draft it anew")
    if len(one.agreed) >= AGREE:
        return Words("已有足够的人同意", "enough people agreed already")
    who = person(act.by)
    if who in map(person, one.agreed):
        return Words("同一人只能同意一次", "one person agrees once")
    if one.agreed and who == person(one.by):
        return Words("起草人只能作为第一人", "whoever drafted it can be the first alone")
    return None


def _may_send(facts: CaseFacts, act: CaseAct, body: ReferralSent) -> Words | None:
    """That something left is never hidden by what came after: what fell since is owed a correction."""
    one = referral(facts, body.referral)
    if one is None:
        return NO_REFERRAL
    if one.sent is not None:
        return Words("已移送过", "it was handed over already")
    if not ROOT.fullmatch(body.root):
        return Words("须写明材料包的根摘要（64 位十六进制）", "it needs the root digest of the pack, 64 hex digits")
    if (why := _past(act, body.handed_over)) is not None:
        return why
    return None if one.cleared_at is not None else _agreements(one)


def _past(act: CaseAct, at: datetime) -> Words | None:
    if at > act.at:
        return TO_COME
    return LONG_AGO if credible(at) is None else None


def _agreements(one: Referral) -> Words | None:
    if len(one.agreed) >= AGREE:
        return None
    return Words(
        f"须 {AGREE} 人同意，现有 {len(one.agreed)} 人", f"{AGREE} people have to agree, {len(one.agreed)} did"
    )


def _may_receive(facts: CaseFacts, act: CaseAct, body: ReferralReceived) -> Words | None:
    one = referral(facts, body.referral)
    if one is None or one.sent is None:
        return NOT_SENT
    if not body.number.strip() and not body.taken_by.strip():
        return Words("须写明回执号或签收人", "it needs the number of the receipt, or who took it in")
    return TO_COME if body.on > local_day(act.at) else None


def _may_file(facts: CaseFacts, _: CaseAct, body: ReferralFiled) -> Words | None:
    one = referral(facts, body.referral)
    if one is None or one.sent is None:
        return NOT_SENT
    return None if body.number.strip() else Words("须写明文号", "it needs the number of the paper")


def _may_know(facts: CaseFacts, _: CaseAct, body: OutcomeKnown) -> Words | None:
    one = referral(facts, body.referral)
    if one is None or one.sent is None:
        return NOT_SENT
    if min(body.people, body.rings, body.sentences, body.restitution) < 0:
        return Words("数目不得为负", "no number is below nought")
    return None


def _may_fall(facts: CaseFacts, _: CaseAct, body: FindingFell) -> Words | None:
    known = body.finding in facts.barred and not any(_rests(one, body.finding) for one in facts.referrals)
    return Words("已登记", "it is entered already") if known else None


def _may_lose(facts: CaseFacts, _: CaseAct, body: FindingLost) -> Words | None:
    if any(_rests(one, body.finding) for one in live(facts)):
        return None
    return Words("没有依据它的移送", "no referral rests on it")


def _may_draft_letter(facts: CaseFacts, _: CaseAct, body: CorrectionDrafted) -> Words | None:
    one = referral(facts, body.referral)
    if one is None or not one.owes_correction:
        return NOT_OWED
    if not 0 < body.tells <= len(one.fallen):
        return Words("更正函所告知的件数不符", "it tells of what did not fall")
    return Words("已起草", "it is drafted already") if _letter(one, body.root) else None


def _may_correct(facts: CaseFacts, act: CaseAct, body: CorrectionSent) -> Words | None:
    one = referral(facts, body.referral)
    if one is None or not one.owes_correction:
        return NOT_OWED
    if _letter(one, body.root) is None:
        return Words("须写明在此起草的更正函的摘要", "it needs the digest of a letter that was drafted here")
    if (why := _past(act, body.handed_over)) is not None:
        return why
    if _told_by(one, body) > one.told:
        return None
    return Words("没有更正函尚未告知的内容", "nothing fell that no correction told of by then")


def _letter(one: Referral, root: str) -> CorrectionDrafted | None:
    return next((each for each in one.letters if each.root == root), None)


def _told_by(one: Referral, body: CorrectionSent) -> int:
    """Of how many that fell a letter tells: of none that fell after it was drafted, or handed over."""
    letter = _letter(one, body.root)
    return min(letter.tells if letter else 0, sum(each.at <= body.handed_over for each in one.fallen))


def _may_confirm(facts: CaseFacts, _: CaseAct, body: CorrectionConfirmed) -> Words | None:
    one = referral(facts, body.referral)
    if one is None or not one.owes_correction:
        return NOT_OWED
    if one.corrected >= one.told:
        return Words("更正函尚未送交", "the correction was not handed over yet")
    return None if body.how.strip() else Words("须写明对方如何确认", "it needs how it was confirmed")


def _may_ask(_: CaseFacts, __: CaseAct, body: PreservationAsked) -> Words | None:
    if body.system.strip() and body.records:
        return None
    return Words("须写明系统与记录", "it needs a system and records")


def _may_reply(facts: CaseFacts, _: CaseAct, body: PreservationAnswered) -> Words | None:
    if all(one.id != body.request for one in facts.requests):
        return Words("没有这项请求", "there is no such request")
    if body.refused and body.until is not None:
        return Words("不予保全的，没有保全期限", "what they refuse to keep is kept until no day")
    return None if body.how.strip() else Words("须写明答复", "it needs what was answered")


def _moved(facts: CaseFacts, id_: str, **values: Any) -> dict[str, Any]:
    """The referrals with one of them changed."""
    return {"referrals": tuple(replace(one, **values) if one.id == id_ else one for one in facts.referrals)}


def _drafted(facts: CaseFacts, act: CaseAct, body: ReferralDrafted) -> dict[str, Any]:
    made = Referral(id=act.id, drafted=body, by=act.by, drafted_at=act.at)
    return {"referrals": (*facts.referrals, made)}


def _agreed(facts: CaseFacts, act: CaseAct, body: ReferralAgreed) -> dict[str, Any]:
    one = referral(facts, body.referral)
    agreed = (*(one.agreed if one else ()), act.by)
    cleared = {"cleared_at": act.at, "tells": body.tells} if len(agreed) >= AGREE else {}
    return _moved(facts, body.referral, agreed=agreed, **cleared)


def _filed(facts: CaseFacts, _: CaseAct, body: ReferralFiled) -> dict[str, Any]:
    state = {Filing.ACCEPTED: CaseState.ACCEPTED, Filing.RETURNED: CaseState.INVESTIGATED}.get(body.filing, facts.state)
    return {**_moved(facts, body.referral, filed=body), "state": state}


def _known(facts: CaseFacts, _: CaseAct, body: OutcomeKnown) -> dict[str, Any]:
    one = referral(facts, body.referral)
    return _moved(facts, body.referral, outcomes=(*(one.outcomes if one else ()), body))


def _lettered(facts: CaseFacts, _: CaseAct, body: CorrectionDrafted) -> dict[str, Any]:
    one = referral(facts, body.referral)
    return _moved(facts, body.referral, letters=(*(one.letters if one else ()), body))


def _corrected(facts: CaseFacts, _: CaseAct, body: CorrectionSent) -> dict[str, Any]:
    one = referral(facts, body.referral)
    told = _told_by(one, body) if one else 0
    return _moved(facts, body.referral, letter=body, told=told)


def _confirmed(facts: CaseFacts, _: CaseAct, body: CorrectionConfirmed) -> dict[str, Any]:
    one = referral(facts, body.referral)
    return _moved(facts, body.referral, corrected=one.told if one else 0)


def _replied(facts: CaseFacts, _: CaseAct, body: PreservationAnswered) -> dict[str, Any]:
    told: Iterable[Preservation] = facts.requests
    return {"requests": tuple(replace(one, answered=body) if one.id == body.request else one for one in told)}


def _lost(facts: CaseFacts, act: CaseAct, finding: str, cause: Lost | None, reason: str) -> dict[str, Any]:
    return fall(facts, finding, Fallen(finding, act.at, act.by, cause, reason))


Refusal = Callable[[CaseFacts, CaseAct, Any], Words | None]
Change = Callable[[CaseFacts, CaseAct, Any], dict[str, Any]]
OUT_REFUSALS: dict[type[CaseBody], Refusal] = {
    ReferralDrafted: _may_draft,
    ReferralAgreed: _may_agree,
    ReferralSent: _may_send,
    ReferralReceived: _may_receive,
    ReferralFiled: _may_file,
    OutcomeKnown: _may_know,
    FindingFell: _may_fall,
    FindingLost: _may_lose,
    CorrectionDrafted: _may_draft_letter,
    CorrectionSent: _may_correct,
    CorrectionConfirmed: _may_confirm,
    PreservationAsked: _may_ask,
    PreservationAnswered: _may_reply,
}
OUT_CHANGES: dict[type[CaseBody], Change] = {
    ReferralDrafted: _drafted,
    ReferralAgreed: _agreed,
    ReferralSent: lambda facts, _, body: {**_moved(facts, body.referral, sent=body), "state": CaseState.REFERRED},
    ReferralReceived: lambda facts, _, body: _moved(facts, body.referral, received=body),
    ReferralFiled: _filed,
    OutcomeKnown: _known,
    FindingFell: lambda facts, act, body: _lost(facts, act, body.finding, None, body.reason),
    FindingLost: lambda facts, act, body: _lost(facts, act, body.finding, body.cause, ""),
    CorrectionDrafted: _lettered,
    CorrectionSent: _corrected,
    CorrectionConfirmed: _confirmed,
    PreservationAsked: lambda facts, act, body: {"requests": (*facts.requests, Preservation(act.id, body, act.at))},
    PreservationAnswered: _replied,
}
