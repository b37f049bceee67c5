"""Run a clock: natural days from the day after receipt, moved by documents the law names and by nothing else.

Complaint measures 2020, article 18: 15 days, 30 when complex, 30 more with approval before expiry and notice. Appraisal and
agreed mediation are excluded, new facts in the complainer's own document restart the period, withdrawal and answer end it.
The first due date always stays in the result.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mingcha.model.clock import ClockEvent, ClockEventKind, ClockState, Move
from mingcha.model.words import Words
from mingcha.standards.deadlines import Regime


@dataclass(frozen=True, slots=True)
class _Running:
    start: date
    due: date
    complex: bool = False
    extended: bool = False
    excluded: frozenset[date] = frozenset()
    ended: date | None = None


Step = tuple[_Running, Words] | Words  # the clock after the event and why, or why it had no effect


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What a clock needs to know of a filing, and nothing more."""

    received_on: date
    licence: str
    channel: str
    matter: str
    channel_due: date | None


def run(regime: Regime, filing: Filing, events: Sequence[ClockEvent], on: date) -> ClockState:
    """The clock's state on a day. Events count in order of their time; ties in the order recorded."""
    first = filing.received_on + timedelta(days=regime.simple_days)
    now = _Running(filing.received_on, first)
    moves = []
    for event in sorted(events, key=lambda e: e.at):
        step = _step(regime, now, event)
        if isinstance(step, Words):
            moves.append(Move(event, False, now.due, step))
            continue
        now, why = step
        moves.append(Move(event, True, now.due, why))
    return ClockState(
        regime=regime.clause,
        licence=filing.licence,
        channel=filing.channel,
        matter=filing.matter,
        started_on=filing.received_on,
        first_due=first,
        due=now.due,
        channel_due=filing.channel_due,
        ended_on=now.ended,
        unread=regime.unread,
        moves=tuple(moves),
        warnings=_warnings(regime, now, on),
    )


def _warnings(regime: Regime, now: _Running, on: date) -> tuple[Words, ...]:
    out = []
    if regime.unread:
        out.append(regime.note)
    if now.ended is None and on > now.due:
        days = (on - now.due).days
        out.append(Words(f"已逾期{days}天，仍须答复", f"{days} days overdue; an answer is still owed"))
    return tuple(out)


def _step(regime: Regime, now: _Running, event: ClockEvent) -> Step:  # noqa: PLR0911 -- one line a kind of event
    if now.ended is not None:
        return Words("程序已终结", "the procedure had ended")
    if not event.document:
        return Words("没有文书，不发生效力", "no document, no effect")
    match event.kind:
        case ClockEventKind.FOUND_COMPLEX:
            return _complex(regime, now, event)
        case ClockEventKind.EXTENSION:
            return _extension(regime, now, event)
        case ClockEventKind.APPRAISAL | ClockEventKind.MEDIATION:
            return _excluded(now, event)
        case ClockEventKind.RESTART:
            return _restart(regime, event)
        case ClockEventKind.MERGE:
            return now, Words(
                "合并处理，期限与答复各自照旧", "handled together; each keeps its own clock and its own answer"
            )
        case ClockEventKind.WITHDRAWAL:
            return _withdrawal(now, event)
        case ClockEventKind.ANSWERED:
            return replace(now, ended=event.at.date()), Words("已作出决定并告知", "decided and told")


def _complex(regime: Regime, now: _Running, event: ClockEvent) -> Step:
    if now.complex:
        return Words("已按复杂情形计算", "it counts as complex already")
    if event.at.date() > now.due:
        return Words("认定复杂须在期限届满之前", "it must be found complex before the period ends")
    longer = regime.complex_days - regime.simple_days
    return replace(now, due=now.due + timedelta(days=longer), complex=True), Words(
        f"情况复杂，期限为{regime.complex_days}日", f"complex: {regime.complex_days} days"
    )


def _extension(regime: Regime, now: _Running, event: ClockEvent) -> Step:
    if now.extended:
        return Words("只能延长一次", "it can be extended once only")
    if event.approver_rank not in regime.extension_ranks:
        return Words("延期须由上级机构或总部高管批准", "the superior body or a head-office executive must approve")
    if event.at.date() > now.due:
        return Words("批准须在期限届满之前", "approval must come before the period ends")
    if event.notified_at is None or event.notified_at.date() > now.due:
        return Words("延期须在届满前告知投诉人", "the complainer must be told before the period ends")
    longer = timedelta(days=regime.extension_days)
    return replace(now, due=now.due + longer, extended=True), Words(
        f"经批准并告知，延长{regime.extension_days}日", f"approved and told: {regime.extension_days} days more"
    )


def _excluded(now: _Running, event: ClockEvent) -> Step:
    if event.until is None or event.until < event.at.date():
        return Words("须写明除外期间的最后一日", "the last excluded day must be named")
    if event.notified_at is None:
        return Words("除外须及时告知投诉人", "the complainer must be told promptly")
    if event.at.date() > now.due:
        return Words("期限届满后不再扣除", "nothing is excluded after the period ended")
    span = (event.until - event.at.date()).days + 1
    days = {event.at.date() + timedelta(days=n) for n in range(span)} - now.excluded
    return replace(now, due=now.due + timedelta(days=len(days)), excluded=now.excluded | days), Words(
        f"鉴定或调解{len(days)}日不计入", f"{len(days)} days of appraisal or mediation are not counted"
    )


def _restart(regime: Regime, event: ClockEvent) -> Step:
    if not event.new_passage:
        return Words("须指出文书中的新事实、新理由", "the new facts in the document must be pointed to")
    start = event.at.date()
    return _Running(start, start + timedelta(days=regime.simple_days)), Words(
        "投诉人提出新事实，期限重新计算", "the complainer brought new facts: the period starts again"
    )


def _withdrawal(now: _Running, event: ClockEvent) -> Step:
    if event.contacted_first_by not in ("consumer", "institution"):
        return Words("须写明由谁先联系", "it must be said who contacted whom first")
    return replace(now, ended=event.at.date()), Words("投诉人撤回，当日终止", "withdrawn: ended the same day")
