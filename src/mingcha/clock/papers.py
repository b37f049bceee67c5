"""Why a paper has no effect on a clock: whatever the law does not name moves nothing, and the reason is shown."""

from collections.abc import Callable
from datetime import date
from typing import Protocol

from mingcha.model.clock import ClockEvent, ClockEventKind
from mingcha.model.words import Words
from mingcha.standards.calendar import local_day
from mingcha.standards.deadlines import Regime

K = ClockEventKind
LONGEST_EXCLUSION = 366 * 2  # days; a longer one is a slip of the pen
CONTACTS = ("consumer", "institution")
REVIVED_WITHIN = 15  # days: a withdrawal can be taken back so long; the house's own rule, wider than any law known here
MEDIATED = Words(
    "扣除调解期间的出处未查到，请法务核对",
    "no source was found for leaving out days of mediation: for counsel to check",
)


class Now(Protocol):
    """What must be known of a running clock."""

    @property
    def start(self) -> date: ...
    @property
    def due(self) -> date: ...
    @property
    def complex(self) -> bool: ...
    @property
    def extended(self) -> bool: ...
    @property
    def ended(self) -> date | None: ...
    @property
    def withdrawn(self) -> bool: ...
    @property
    def declined(self) -> bool: ...


def refusal(regime: Regime, now: Now, event: ClockEvent, received_on: date, on: date) -> Words | None:
    """Why an event has no effect, or None when it has."""
    return _general(now, event, received_on, on) or _of_its_kind(regime, now, event)


def _general(now: Now, event: ClockEvent, received_on: date, on: date) -> Words | None:
    day = local_day(event.at)
    faults = (
        (
            now.ended is not None and event.kind is not K.REVIVAL,
            "程序已终结，新的事实按新投诉办理",
            "the procedure had ended; new facts make a new complaint",
        ),
        (not (event.document or "").strip(), "没有文书，不发生效力", "no document, no effect"),
        (day < received_on, "文书早于收到投诉之日", "the paper is older than the complaint"),
        (day > on, "文书所载日期尚未到", "the paper's day has not come yet"),
    )
    return next((Words(zh, en) for broken, zh, en in faults if broken), None)


def _of_its_kind(regime: Regime, now: Now, event: ClockEvent) -> Words | None:
    day = local_day(event.at)
    looks: dict[ClockEventKind, Callable[[], Words | None]] = {
        K.FOUND_COMPLEX: lambda: _complex(regime, now, day),
        K.EXTENSION: lambda: _extension(regime, now, event, day),
        K.APPRAISAL: lambda: _exclusion(now, event, day),
        K.MEDIATION: lambda: _exclusion(now, event, day),
        K.RESTART: lambda: _restart(event),
        K.WITHDRAWAL: lambda: _withdrawal(event),
        K.REVIVAL: lambda: _revival(now, day),
        K.ASKED: lambda: _asked(event, day),
        K.NOT_HANDLED: lambda: _not_handled(event),
    }
    return looks[event.kind]() if event.kind in looks else None


def _restart(event: ClockEvent) -> Words | None:
    if (event.new_passage or "").strip():
        return None
    return Words("须指出文书中的新事实、新理由", "the new facts in the document must be pointed to")


def _withdrawal(event: ClockEvent) -> Words | None:
    if event.contacted_first_by not in CONTACTS:
        return Words("须写明由谁先联系", "it must be said who contacted whom first")
    if not (event.channel or "").strip():
        return Words("须写明通过何种渠道联系", "it must be said through which channel they spoke")
    if not (event.offered or "").strip():
        return Words("须写明机构给出了什么条件，没有也须写明", "it must be said what was offered; nothing, if nothing")
    return None


def _asked(event: ClockEvent, day: date) -> Words | None:
    if not (event.asked or "").strip():
        return Words("须写明请其补充什么", "it must be said what was asked for")
    if event.until is None or event.until <= day:
        return Words("须写明等候至何日", "the day it is waited for must be named")
    return None


def _not_handled(event: ClockEvent) -> Words | None:
    if event.notified_at is None:
        return Words("须告知提出投诉的人", "whoever filed must be told")
    return None


def _revival(now: Now, day: date) -> Words | None:
    if now.declined:
        return None  # the authority may come at any time
    if now.ended is None or not now.withdrawn:
        return Words("没有可恢复的撤回", "there is no withdrawal to take back")
    if (day - now.ended).days > REVIVED_WITHIN:
        return Words(
            f"撤回满{REVIVED_WITHIN}日后须重新提出", f"more than {REVIVED_WITHIN} days after: it has to be filed anew"
        )
    return None


def _complex(regime: Regime, now: Now, day: date) -> Words | None:
    if regime.complex_days == regime.simple_days:
        return Words("该期限不因情况复杂而延长", "no rule known here makes it longer for being complex")
    if now.complex:
        return Words("已按复杂情形计算", "it counts as complex already")
    if day > now.due:
        return Words("认定复杂须在期限届满之前", "it must be found complex before the period ends")
    return None


def _extension(regime: Regime, now: Now, event: ClockEvent, day: date) -> Words | None:
    if not regime.extension_days:
        return Words("该期限没有延期的依据", "no rule known here allows an extension")
    if now.extended:
        return Words("只能延长一次", "it can be extended once only")
    if event.approver_rank not in regime.extension_ranks:
        return Words("延期须由上级机构或总部高管批准", "the superior body or a head-office executive must approve")
    if day > now.due:
        return Words("批准须在期限届满之前", "approval must come before the period ends")
    if event.notified_at is None or local_day(event.notified_at) > now.due:
        return Words("延期须在届满前告知投诉人", "the complainer must be told before the period ends")
    return None


def _exclusion(now: Now, event: ClockEvent, day: date) -> Words | None:
    if event.until is None or event.until < day:
        return Words("须写明除外期间的最后一日", "the last excluded day must be named")
    if (event.until - day).days > LONGEST_EXCLUSION:
        return Words("除外期间过长，日期可能有误", "the excluded days are too many: is the date right?")
    if day > now.due:
        return Words("期限届满后不再扣除", "nothing is excluded after the period ended")
    if event.notified_at is None or local_day(event.notified_at) > now.due:
        return Words("除外须及时告知投诉人", "the complainer must be told promptly, before the period ends")
    return None
