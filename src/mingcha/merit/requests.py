"""Requests made to the institution: answered in time, refused with a reason, or left lying.

A request on record that nobody answered speaks for itself; a request that is not on record says nothing unless the register
is said to be whole.
"""

from dataclasses import dataclass
from datetime import timedelta

from mingcha.merit.calls import period
from mingcha.merit.ledger import NOT_WHOLE, whole
from mingcha.model.merit import Claim, MeritFile, MeritState, Searched
from mingcha.model.notice import Notice
from mingcha.model.provenance import Cite
from mingcha.model.words import Words

NO_REGISTER = Words("本机构未提供请求登记", "no register of requests was provided")


@dataclass(frozen=True, slots=True)
class Requests:
    """Requests by how they were treated, each list by time."""

    unanswered: tuple[Notice, ...]
    unreasoned: tuple[Notice, ...]
    late: tuple[Notice, ...]
    waiting: tuple[Notice, ...]
    settled: tuple[Notice, ...]
    days: int

    @property
    def shown(self) -> tuple[Notice, ...]:
        """What the state rests on."""
        return (self.unanswered + self.unreasoned) or self.late or self.waiting or self.settled


def sort_requests(file: MeritFile, about: tuple[str, ...], days: int, *, reasoned: bool = True) -> Requests:
    """The customer's requests up to the receipt; `reasoned` says whether a refusal owes a reason."""
    lists: dict[str, list[Notice]] = {name: [] for name in ("unanswered", "unreasoned", "late", "waiting", "settled")}
    asked = [one for one in file.notices if one.by == "customer" and one.about in about]
    for one in sorted(asked, key=lambda one: (one.given_at, one.id)):
        if one.given_at <= file.received_at:
            lists[_treated(file, one, timedelta(days=days), reasoned=reasoned)].append(one)
    return Requests(**{name: tuple(found) for name, found in lists.items()}, days=days)


def _treated(file: MeritFile, one: Notice, allowed: timedelta, *, reasoned: bool) -> str:
    answered = one.answered_at is not None and one.answered_at <= file.received_at
    if not answered:
        return "unanswered" if one.given_at + allowed < file.received_at else "waiting"
    if reasoned and one.answer == "refused" and not (one.reason or "").strip():
        return "unreasoned"
    assert one.answered_at is not None
    return "late" if one.answered_at - one.given_at > allowed else "settled"


def judge_requests(file: MeritFile, found: Requests, claim: Claim | None) -> tuple[MeritState, Words]:
    """The state and what was found."""
    days = found.days
    if found.unanswered or found.unreasoned:
        return MeritState.CONFIRMED, _failed(len(found.unanswered), len(found.unreasoned), days)
    if found.late:
        return MeritState.PARTLY, Words(
            f"有{len(found.late)}件请求答复迟于{days}日",
            f"answered later than {days} days: {len(found.late)}",
        )
    if found.waiting:
        return MeritState.PARTLY, Words(
            f"有{len(found.waiting)}件请求尚未答复，未满{days}日",
            f"not answered yet, {days} days not over: {len(found.waiting)}",
        )
    if found.settled:
        return MeritState.NOT_FOUND, Words("查到的请求均已按期答复", "every request found was answered in time")
    if whole(file, "notices", claim):
        return MeritState.NOT_FOUND, Words("请求登记中没有该类请求", "the register holds no such request")
    return MeritState.UNCHECKED, Words(
        "请求登记不全，未能核查", "the register of requests is incomplete: this could not be checked"
    )


def _failed(left: int, bare: int, days: int) -> Words:
    told = [
        Words(f"超过{days}日未答复的请求{left}件", f"requests not answered in {days} days: {left}") if left else None,
        Words(f"拒绝而未说明理由的请求{bare}件", f"requests refused without a reason: {bare}") if bare else None,
    ]
    said = [one for one in told if one is not None]
    return Words("，".join(one.zh for one in said), "; ".join(one.en for one in said))


def looked_at(file: MeritFile, claim: Claim | None, records: int) -> Searched:
    """What was searched of the register, and what it lacks."""
    missing: tuple[Words, ...] = ()
    if "notices" not in file.kinds_held and not file.notices:
        missing = (NO_REGISTER,)
    elif not whole(file, "notices", claim):
        missing = (NOT_WHOLE,)
    return Searched(dates=period(file, claim), records=records, missing=missing)


def request_figures(found: Requests) -> tuple[tuple[str, int], ...]:
    """Counts in the order of their names."""
    names = ("late", "settled", "unanswered", "unreasoned", "waiting")
    return tuple((name, len(getattr(found, name))) for name in names)


def notice_cites(notices: tuple[Notice, ...]) -> tuple[Cite, ...]:
    """Notices as sources."""
    return tuple(Cite("notices", one.id) for one in notices)
