"""Run a clock: days from the day after receipt, moved by documents the law names and by nothing else.

Complaint measures 2020, article 18: 15 days, 30 when complex, 30 more with approval before expiry and notice. Appraisal and
agreed mediation are excluded, new facts in the complainer's own document restart the period, withdrawal and answer end it.
The first due date always stays in the result. Days are days in China (`complaint-measures@2020-03-01:clock.days`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mingcha.clock.papers import MEDIATED, refusal
from mingcha.clock.regimes import Carried
from mingcha.model.clock import Clock, ClockEvent, ClockEventKind, ClockState, Move
from mingcha.model.words import Words
from mingcha.standards.calendar import Holidays, local_day
from mingcha.standards.deadlines import COMPLAINT, Regime

K = ClockEventKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What a clock needs to know of a filing, and nothing more."""

    received_on: date
    licence: str
    channel: str
    matter: str
    channel_due: date | None


@dataclass(frozen=True, slots=True)
class Counting:
    """How a regime counts days: natural ones, or working ones as far as the holidays are known."""

    regime: Regime
    holidays: Holidays | None

    def after(self, day: date, count: int) -> date:
        """The day `count` counted days after `day`."""
        if self.regime.counting == "natural" or self.holidays is None:
            return day + timedelta(days=count)
        return self.holidays.after(day, count)

    def counts(self, day: date) -> bool:
        """Whether a day counts at all."""
        return self.regime.counting == "natural" or self.holidays is None or self.holidays.is_working(day)

    def due(self, start: date, count: int, excluded: frozenset[date]) -> date:
        """The last of `count` counted days after `start`, the excluded ones left out."""
        due, left_out = self.after(start, count), 0
        while (now := sum(start < day <= due and self.counts(day) for day in excluded)) != left_out:
            due, left_out = self.after(start, count + now), now
        return due


@dataclass(frozen=True, slots=True)
class Running:
    """A clock between two events."""

    start: date
    days: int
    due: date
    complex: bool = False
    extended: bool = False
    excluded: frozenset[date] = frozenset()
    ended: date | None = None
    withdrawn: bool = False
    declined: bool = False
    marks: tuple[Words, ...] = ()


def run_all(
    matters: Sequence[Carried],
    filing: Filing,
    events: Sequence[ClockEvent],
    on: date,
    holidays: Holidays | None = None,
) -> ClockState:
    """The clocks of a filing, one for each of its matters: the first, and what runs beside it.

    A paper that names a matter is that clock's; one that names none is every clock's, and each says what came of it.
    """
    first, *further = (
        replace(run(one.regime, replace(filing, matter=one.matter), _about(one, events), on, holidays), title=one.title)
        for one in matters
    )
    return ClockState.of(first, tuple(replace(one, channel_due=None) for one in further))


def _about(one: Carried, events: Sequence[ClockEvent]) -> list[ClockEvent]:
    return [event for event in events if event.matter in (None, one.matter)]


def run(
    regime: Regime, filing: Filing, events: Sequence[ClockEvent], on: date, holidays: Holidays | None = None
) -> Clock:
    """The clock's state on a day. Events count in order of their time; ties in the order recorded."""
    counting = Counting(regime, holidays)
    first = counting.due(filing.received_on, regime.simple_days, frozenset())
    now = Running(filing.received_on, regime.simple_days, first)
    moves = []
    for event in sorted(events, key=lambda e: e.at):
        refused = refusal(regime, now, event, filing.received_on, on)
        if refused is None:
            now, why = _step(counting, now, event)
        moves.append(Move(event, refused is None, now.due, refused or why))
    return Clock(
        regime=regime.clause,
        licence=filing.licence,
        channel=filing.channel,
        matter=filing.matter,
        title=COMPLAINT,
        started_on=filing.received_on,
        first_due=first,
        due=now.due,
        channel_due=filing.channel_due,
        ended_on=now.ended,
        unread=regime.unread,
        moves=tuple(moves),
        warnings=_warnings(counting, now, filing, on),
    )


def _step(counting: Counting, now: Running, event: ClockEvent) -> tuple[Running, Words]:
    """The clock after a paper that may take effect, and why."""
    regime, day = counting.regime, local_day(event.at)
    match event.kind:
        case K.FOUND_COMPLEX:
            longer = regime.complex_days - regime.simple_days
            why = Words(f"情况复杂，期限为{regime.complex_days}日", f"complex: {regime.complex_days} days")
            return _moved(counting, replace(now, days=now.days + longer, complex=True)), why
        case K.EXTENSION:
            longer = regime.extension_days
            why = Words(f"经批准并告知，延长{longer}日", f"approved and told: {longer} days more")
            return _moved(counting, replace(now, days=now.days + longer, extended=True)), why
        case K.APPRAISAL | K.MEDIATION:
            return _excluded(counting, now, event)
        case K.RESTART:
            return _restarted(counting, now, day)
        case K.MERGE:
            why = Words("合并处理，期限与答复各自照旧", "handled together; each keeps its own clock and its own answer")
        case K.ASKED:
            why = Words(
                f"请补充材料，等候至{event.until}；期限照旧",
                f"papers are waited for until {event.until}; the clock runs on",
            )
        case K.WITHDRAWAL | K.REVIVAL | K.ANSWERED | K.NOT_HANDLED:
            return _ended(now, event, day)
    return now, why


def _ended(now: Running, event: ClockEvent, day: date) -> tuple[Running, Words]:
    """The clock after a paper that ends it, or takes its end back, and why."""
    if event.kind is K.WITHDRAWAL:
        first = event.contacted_first_by
        by = Words("投诉人先联系", "the consumer") if first == "consumer" else Words("机构先联系", "the institution")
        why = Words(f"投诉人撤回，当日终止（{by.zh}）", f"withdrawn, ended the same day ({by.en} made contact first)")
        return replace(now, ended=day, withdrawn=True), why
    if event.kind is K.REVIVAL:
        what = Words("不予办理", "what was not handled") if now.declined else Words("撤回", "the withdrawal")
        why = Words(
            f"{what.zh}已收回，期限照旧为{now.due}", f"{what.en} was taken back; it is due on {now.due} as before"
        )
        return replace(now, ended=None, withdrawn=False, declined=False), why
    if event.kind is K.NOT_HANDLED:
        why = Words(
            "无人有权提出，不予办理并已告知提交人",
            "nobody who may complain stands behind it; whoever filed was told",
        )
        return replace(now, ended=day, declined=True), why
    return replace(now, ended=day), Words("已作出决定并告知", "decided and told")


def _moved(counting: Counting, now: Running) -> Running:
    return replace(now, due=counting.due(now.start, now.days, now.excluded))


def _excluded(counting: Counting, now: Running, event: ClockEvent) -> tuple[Running, Words]:
    assert event.until is not None  # refused before
    first = local_day(event.at)
    span = {first + timedelta(days=n) for n in range((event.until - first).days + 1)}
    new = {day for day in span - now.excluded if day > now.start and counting.counts(day)}
    marks = now.marks if event.kind is K.APPRAISAL or MEDIATED in now.marks else (*now.marks, MEDIATED)
    after = _moved(counting, replace(now, excluded=now.excluded | new, marks=marks))
    what = Words("鉴定", "appraisal") if event.kind is K.APPRAISAL else Words("调解", "mediation")
    return after, Words(f"{what.zh}{len(new)}日不计入", f"{len(new)} days of {what.en} are not counted")


def _restarted(counting: Counting, now: Running, day: date) -> tuple[Running, Words]:
    marks = now.marks
    if day > now.due:
        late = Words(f"原期限{now.due}届满时未答复", f"the earlier period ended unanswered on {now.due}")
        marks = (*marks, late)
    kept = frozenset(one for one in now.excluded if one > day)
    fresh = Running(day, counting.regime.simple_days, day, excluded=kept, marks=marks)
    why = Words("投诉人提出新事实，期限重新计算", "the complainer brought new facts: the period starts again")
    return _moved(counting, fresh), why


def _warnings(counting: Counting, now: Running, filing: Filing, on: date) -> tuple[Words, ...]:
    out = [counting.regime.note] if counting.regime.unread else []
    out += now.marks
    if counting.regime.counting == "working":
        out += _alarm(counting.holidays, filing.received_on, now.due)
    if now.ended is not None:
        return tuple(out)
    if on > now.due:
        late = (on - now.due).days
        out.append(Words(f"已逾期{late}天，仍须答复", f"{late} days overdue; an answer is still owed"))
    if filing.channel_due is not None and on > filing.channel_due:
        late = (on - filing.channel_due).days
        out.append(Words(f"已超过渠道要求{late}天", f"{late} days past the channel's own date"))
    return tuple(out)


def _alarm(holidays: Holidays | None, start: date, due: date) -> list[Words]:
    if holidays is None:
        return [Words("没有节假日文件，按自然日提示", "there is no holidays file: natural days are shown")]
    if holidays.knows(start) and holidays.knows(due):
        return []
    return [
        Words(
            f"节假日文件只到{holidays.known_to}，其后仅按周末推算，请更新",
            f"the holidays file ends on {holidays.known_to}; beyond it only weekends are known: update it",
        )
    ]
