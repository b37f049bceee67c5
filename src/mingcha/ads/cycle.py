"""How an ad stands after its acts, what may follow, and what waits: a slow, obviously right state machine.

An act that is refused where it stands changes nothing, whoever kept it. What complains, reports, warns, teaches, regulates,
asks or shares can be reported by nobody; two people agree to a report, three where it names the institution; a mail of which
nobody knows whether it went out is found out about first; *gone* takes two looks a day apart; a report is one once its receipt
is held.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from mingcha.model.actor import LOCAL, Role
from mingcha.model.ad_cycle import (
    AdAct,
    AdBody,
    AdReport,
    AdState,
    Answered,
    Approval,
    Approved,
    Checked,
    Corrected,
    Drafted,
    Due,
    DueKind,
    Exported,
    Judged,
    Look,
    Mailed,
    Mailing,
    NotMailed,
    Objected,
    ObjectionRefused,
    ObjectionUpheld,
    Reappeared,
    Receipt,
    Route,
    Solicits,
    Stage,
    Withdrawn,
)
from mingcha.model.advert import STANCE_WORDS, PostJudged, Stance, Trade
from mingcha.model.words import Words

APART = timedelta(hours=24)  # between the two looks that make an ad gone
ANSWER_IN = timedelta(days=7)
RETURNS_IN = timedelta(days=30)
APPROVERS, APPROVERS_OF_OURS = 2, 3

NO_REASON = Words("须写明理由", "it needs a reason")
NO_REPORT = Words("这条途径没有举报", "there is no report by this route")
NO_WORD = Words("最近一次人工认定不是招揽", "the newest word of a person is not that it solicits")
OBJECTED = Words("发布者的异议尚未处理", "an objection of the poster waits")
TO_COME = Words("时间尚未到来", "the time is still to come")
READ_AS = Words("识别模型把这条内容读作", "the machine reads this post as")


def unreportable(judged: PostJudged) -> Words | None:
    """Why a post cannot be reported from this program by anyone; None where it solicits for a trade of ours."""
    if judged.stance is not Stance.SOLICITS:
        stance = STANCE_WORDS[judged.stance]
        return Words(
            f"{READ_AS.zh}「{stance.zh}」：投诉、报道、警示、普法、法规、求助与经历任何人都不得举报",
            f'{READ_AS.en} "{stance.en}": what complains, reports, warns, teaches, regulates, asks or shares is reported by nobody',
        )
    if not judged.is_ad or judged.trade in (None, Trade.OTHER):
        why = judged.why_not or Words("不是本程序所列行当的广告", "it is no ad of the trades this program knows")
        return Words(f"识别模型不认为这是广告：{why.zh}", f"the machine does not read it as an ad: {why.en}")
    return None


def fold(acts: Iterable[AdAct]) -> AdState:
    """How an ad stands after its acts, in the order they were kept; those refused where they stand change nothing."""
    state = AdState()
    for act in acts:
        if refusal(state, act) is None:
            state = _apply(state, act)
    return state


def refusal(state: AdState, act: AdAct) -> Words | None:
    """Why an act may not follow; None where it may. Who stands above whom is not known here: the action asks."""
    return _REFUSALS[type(act.body)](state, act, act.body)


def approved(report: AdReport) -> bool:
    """Whether enough people agreed to a report."""
    if not report.drafted.names_institution:
        return len(report.approvals) >= APPROVERS
    protects = any(one.role is Role.CONSUMER_PROTECTION for one in report.approvals)
    return len(report.approvals) >= APPROVERS_OF_OURS and protects


def standing_report(state: AdState, route: Route) -> AdReport | None:
    """The report of a route that stands."""
    return next((one for one in state.reports if one.route is route and one.open), None)


def solicits(state: AdState) -> bool:
    """Whether the newest word of a person is that it solicits for one of our trades."""
    word = state.word
    return word is not None and word.solicits is Solicits.YES and word.trade not in (None, Trade.OTHER)


def reported_at(state: AdState) -> datetime | None:
    """When the first report that stands was sent; None before a receipt is held."""
    return min((one.receipt.sent_at for one in state.reports if one.open and one.receipt), default=None)


def gone_since(looks: Sequence[Checked]) -> datetime | None:
    """When it was first found gone, once a look at least a day later found it gone still; unreachable says nothing."""
    first: datetime | None = None
    gone: datetime | None = None
    for look in looks:
        if look.look is Look.GONE:
            first = first or look.looked_at
            if look.looked_at - first >= APART:
                gone = first
        elif look.look is not Look.UNREACHABLE:
            first = gone = None
    return gone


def removed_at(state: AdState) -> datetime | None:
    """Since when it is gone, where it went after it was reported."""
    sent, gone = reported_at(state), gone_since(state.looks)
    return gone if sent is not None and gone is not None and gone >= sent else None


def stage(state: AdState) -> Stage:
    """How far an ad is."""
    return next(name for name, holds in _stages(state) if holds)


def due(state: AdState) -> tuple[Due, ...]:
    """What waits to be done, and from when on, the earliest first."""
    return tuple(sorted(_due(state), key=lambda one: (one.at, one.kind)))


def _stages(state: AdState) -> Iterator[tuple[Stage, bool]]:
    last = next((one.look for one in reversed(state.looks) if one.look is not Look.UNREACHABLE), None)
    reports = [one for one in state.reports if one.open]
    word = state.word.solicits if state.word else None
    yield Stage.DELETED, last is Look.DELETED
    yield Stage.REMOVED, removed_at(state) is not None
    yield Stage.GONE, gone_since(state.looks) is not None
    yield Stage.REPORTED, any(one.receipt for one in reports)
    yield Stage.EXPORTED, any(one.exported_at for one in reports)
    yield Stage.APPROVED, any(approved(one) for one in reports)
    yield Stage.DRAFTED, bool(reports)
    yield Stage.MOVED, last is Look.MOVED
    yield Stage.SOLICITS, word is Solicits.YES
    yield Stage.NO_AD, word is Solicits.NO
    yield Stage.UNSURE, word is Solicits.UNSURE
    yield Stage.SEEN, True


def _due(state: AdState) -> Iterator[Due]:
    removed, gone = removed_at(state), gone_since(state.looks)
    first = _first_gone(state.looks)
    if first is not None and gone is None:
        yield Due(DueKind.SECOND_LOOK, first + APART)
    if removed is not None:
        again = removed + RETURNS_IN
        if not state.returned and not any(one.looked_at >= again for one in state.looks):
            yield Due(DueKind.RETURN, again)
    if state.objected_at is not None:
        yield Due(DueKind.OBJECTION, state.objected_at)
    for one in state.reports:
        if one.open and one.mailing_at is not None:
            yield Due(DueKind.MAIL, one.mailing_at)
        if one.open and one.receipt and not one.answers and gone is None:
            yield Due(DueKind.ANSWER, one.receipt.sent_at + ANSWER_IN)
        if one.open and one.exported_at and not solicits(state):
            yield Due(DueKind.WITHDRAW, one.exported_at)
        if one.owes_correction and one.withdrawn_at is not None:
            yield Due(DueKind.CORRECTION, one.withdrawn_at)


def _first_gone(looks: Sequence[Checked]) -> datetime | None:
    first: datetime | None = None
    for look in looks:
        if look.look is Look.GONE:
            first = first or look.looked_at
        elif look.look is not Look.UNREACHABLE:
            first = None
    return first


def _person(name: str) -> str:
    """An account and the same name at the keyboard are one person."""
    return name.removeprefix(LOCAL)


def _may_judge(state: AdState, _: AdAct, body: Judged) -> Words | None:
    if not body.reason.strip():
        return NO_REASON
    if (body.solicits is Solicits.YES) != (body.trade is not None):
        return Words("招揽的须写明行当，其余不写", "what solicits names its trade, and nothing else does")
    if state.upheld and body.solicits is Solicits.YES:
        return Words("发布者的异议已获支持", "an objection of the poster was upheld")
    return None


def _may_draft(state: AdState, _: AdAct, body: Drafted) -> Words | None:
    if not solicits(state):
        return NO_WORD
    if state.objected_at is not None:
        return OBJECTED
    if standing_report(state, body.route) is not None:
        return Words("这条途径已有举报", "there is a report by this route already")
    return None  # that the machine reads it as soliciting is in the body's type


def _may_approve(state: AdState, act: AdAct, body: Approved) -> Words | None:
    report = standing_report(state, body.route)
    if report is None:
        return NO_REPORT
    if (stopped := _stopped(state)) is not None:
        return stopped
    if approved(report):
        return Words("已获足够的人同意", "enough people agreed already")
    return _may_be_next(report, _person(act.by), body.role)


def _may_be_next(report: AdReport, who: str, role: Role) -> Words | None:
    if who in {_person(one.by) for one in report.approvals}:
        return Words("同一人只能同意一次", "one person agrees once")
    if report.approvals and who == _person(report.by):
        return Words("起草人只能作为第一人", "whoever drafted it can be the first alone")
    seen = {one.role for one in report.approvals} | {role}
    if len(report.approvals) >= APPROVERS and Role.CONSUMER_PROTECTION not in seen:
        return Words(
            "内容提及本机构，第三人须来自消费者权益保护岗",
            "the post names the institution: the third is of consumer protection",
        )
    return None


def _stopped(state: AdState) -> Words | None:
    """Why no report of an ad goes on."""
    if state.objected_at is not None:
        return OBJECTED
    return None if solicits(state) else NO_WORD


def _may_export(state: AdState, _: AdAct, body: Exported) -> Words | None:
    report = standing_report(state, body.route)
    if report is not None and report.exported_at is not None:
        return Words("已导出过", "it was exported already")
    return _may_leave(state, report)


def _may_leave(state: AdState, report: AdReport | None) -> Words | None:
    if report is None:
        return NO_REPORT
    if not approved(report):
        return Words("同意的人还不够", "not enough people agreed")
    if _under_way(state, report.route) is not None:
        return Words("上一封邮件是否发出尚未查明", "it is not known yet whether the mail before went out")
    return _stopped(state)


def _may_mail(state: AdState, _: AdAct, body: Mailing) -> Words | None:
    report = standing_report(state, body.route)
    if report is not None and (report.mailed or report.receipt is not None):
        return Words("已发送过", "it was sent already")
    return _may_leave(state, report)


def _may_know(state: AdState, _: AdAct, body: Mailed | NotMailed) -> Words | None:
    """A report that was withdrawn while its mail was under way is told of as well; a mail that went out may come back."""
    report = _under_way(state, body.route)
    if report is None and isinstance(body, NotMailed):
        report = standing_report(state, body.route)
        report = report if report is not None and report.mailed and report.receipt is None else None
    if report is None:
        return Words("没有待查明的邮件", "there is no mail to know this of")
    said = body.reason if isinstance(body, NotMailed) else body.answer
    return None if said.strip() else NO_REASON


def _under_way(state: AdState, route: Route) -> AdReport | None:
    """The report by a route, withdrawn or not, of whose mail nobody knows; there is never a second."""
    return next((one for one in state.reports if one.route is route and one.mailing is not None), None)


def _may_hold(state: AdState, act: AdAct, body: Receipt) -> Words | None:
    report = standing_report(state, body.route)
    if report is None or report.exported_at is None:
        return Words("尚未导出", "it was not exported")
    if report.receipt is not None:
        return Words("已有回执", "its receipt is held already")
    if not body.number.strip():
        return Words("须写明回执编号", "it needs the receipt's number")
    if body.sent_at > act.at:
        return TO_COME
    return None if body.sent_at >= report.exported_at else Words("早于导出", "it is before the export")


def _may_answer(state: AdState, act: AdAct, body: Answered) -> Words | None:
    report = standing_report(state, body.route)
    if report is None or report.receipt is None:
        return Words("没有回执，尚不算已举报", "no receipt is held: it is not reported yet")
    if body.answered_at > act.at:
        return TO_COME
    return None if body.answered_at >= report.receipt.sent_at else Words("早于举报", "it is before the report")


def _may_look(_: AdState, act: AdAct, body: Checked) -> Words | None:
    return TO_COME if body.looked_at > act.at else None


def _may_object(state: AdState, _: AdAct, body: Objected) -> Words | None:
    if not body.text.strip():
        return Words("须写明异议内容", "it needs what the objection says")
    return OBJECTED if state.objected_at is not None else None


def _may_decide(state: AdState, act: AdAct, body: ObjectionUpheld | ObjectionRefused) -> Words | None:
    if state.objected_at is None:
        return Words("没有待处理的异议", "no objection waits")
    standing = [one for one in state.reports if one.open]
    involved = {_person(name) for one in standing for name in (one.by, *(each.by for each in one.approvals))}
    if _person(act.by) in involved:
        return Words("起草或同意举报的人不能处理异议", "whoever drafted or approved the report does not decide")
    return None if body.reason.strip() else NO_REASON


def _may_recognise(state: AdState, act: AdAct, body: Reappeared) -> Words | None:
    gone = removed_at(state) or gone_since(state.looks)
    if gone is None:
        return Words("这条广告并未下架", "this ad is not gone")
    if body.ad == act.ad or any(one.ad == body.ad for one in state.returned):
        return Words("已登记，或是同一条广告", "it is entered already, or the same ad")
    return None if body.seen_at >= gone else Words("早于下架", "it was seen before this one went")


def _may_withdraw(state: AdState, _: AdAct, body: Withdrawn) -> Words | None:
    if standing_report(state, body.route) is None:
        return NO_REPORT
    return None if body.reason.strip() else NO_REASON


def _may_correct(state: AdState, _: AdAct, body: Corrected) -> Words | None:
    if not any(one.owes_correction and one.route is body.route for one in state.reports):
        return Words("这条途径没有待送达的更正", "no correction is owed by this route")
    if not body.confirmed.strip():
        return Words("须写明对方如何确认", "it needs how it was confirmed")
    return None


_REFUSALS: dict[type[AdBody], Callable[[AdState, AdAct, Any], Words | None]] = {  # each gets the body it stands beside
    Judged: _may_judge,
    Drafted: _may_draft,
    Approved: _may_approve,
    Exported: _may_export,
    Mailing: _may_mail,
    Mailed: _may_know,
    NotMailed: _may_know,
    Receipt: _may_hold,
    Answered: _may_answer,
    Checked: _may_look,
    Objected: _may_object,
    ObjectionUpheld: _may_decide,
    ObjectionRefused: _may_decide,
    Reappeared: _may_recognise,
    Withdrawn: _may_withdraw,
    Corrected: _may_correct,
}


def _apply(state: AdState, act: AdAct) -> AdState:  # noqa: PLR0911 -- one line an act
    body = act.body
    match body:
        case Judged():
            return replace(state, word=body, word_by=act.by)
        case Drafted():
            made = AdReport(drafted=body, by=act.by, drafted_at=act.at)
            return replace(state, reports=(*state.reports, made))
        case Checked():
            looks = sorted((*state.looks, body), key=lambda one: one.looked_at)
            return replace(state, looks=tuple(looks))
        case Objected():
            return replace(state, objected_at=act.at)
        case ObjectionRefused():
            return replace(state, objected_at=None)
        case ObjectionUpheld():
            return _fallen(state, act, body)
        case Reappeared():
            return replace(state, returned=(*state.returned, body))
        case Corrected():
            return _corrected(state, body.route)
        case Mailed() | NotMailed():
            return _known(state, act, body)
        case _:
            reports = tuple(
                _moved_on(one, act) if one.open and one.route is body.route else one for one in state.reports
            )
            return replace(state, reports=reports)


def _fallen(state: AdState, act: AdAct, body: ObjectionUpheld) -> AdState:
    """Every report that stands is withdrawn, and the ad is none from now on."""
    reports = tuple(replace(one, withdrawn_at=act.at) if one.open else one for one in state.reports)
    word = Judged(solicits=Solicits.NO, trade=None, reason=body.reason)
    return replace(state, word=word, word_by=act.by, reports=reports, objected_at=None, upheld=True)


def _corrected(state: AdState, route: Route) -> AdState:
    """Of several that fell by one route the oldest first."""
    first = next(one for one in state.reports if one.owes_correction and one.route is route)
    return replace(state, reports=tuple(replace(one, corrected=True) if one is first else one for one in state.reports))


def _known(state: AdState, act: AdAct, body: Mailed | NotMailed) -> AdState:
    found = _under_way(state, body.route) or standing_report(state, body.route)
    reports = tuple(_told_of(one, act, body) if one is found else one for one in state.reports)
    return replace(state, reports=reports)


def _told_of(report: AdReport, act: AdAct, body: Mailed | NotMailed) -> AdReport:
    known = replace(report, mailing=None, mailing_at=None, mailed=isinstance(body, Mailed))
    return replace(known, exported_at=known.exported_at or act.at) if known.mailed else known


def _moved_on(report: AdReport, act: AdAct) -> AdReport:
    match act.body:
        case Approved(role=role):
            return replace(report, approvals=(*report.approvals, Approval(act.by, role)))
        case Exported():
            return replace(report, exported_at=act.at)
        case Mailing():
            return replace(report, mailing=act.body, mailing_at=act.at)
        case Receipt():
            return replace(report, receipt=act.body)
        case Answered():
            return replace(report, answers=(*report.answers, act.body))
        case _:
            return replace(report, withdrawn_at=act.at)
