"""Hold the history of the house against what is kept outside: slips of days, the public key of the audit role, time-stamps.

Every root is computed anew from the records. Whatever the tables hold ends in a verdict, never in an exception.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from mingcha.actions.day_roots import Book, day_of, read_book
from mingcha.actions.deps import Deps
from mingcha.actions.permit import may
from mingcha.actions.ports.audit import Genuine, Stamped
from mingcha.actions.ports.store import Work
from mingcha.actions.sealing import ROOTS
from mingcha.evidence.daily import signed_bytes
from mingcha.model.actor import Actor
from mingcha.model.days import Assurance, DayChecked, DaysChecked, DayState, SealedDay, Slip, SlipChecked
from mingcha.model.words import Words

STAMPED_WITHIN = timedelta(days=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What whoever checks brings along; `keys` are public (hex). Without any the house can only agree with itself."""

    genuine: Genuine
    keys: frozenset[str] = frozenset()
    slips: tuple[Slip, ...] = ()
    stamped: Stamped | None = None


def check_days(deps: Deps, actor: Actor, outside: Outside) -> DaysChecked:
    """Every day and every slip; the level is the weakest thing that can be said of all of them."""
    may(actor, "verify_chains")
    with deps.store.read() as work:
        book = read_book(deps, work)
        keys = outside.keys | {slip.key for slip in outside.slips if slip.key}
        days = tuple(_days(deps, book, outside, keys))
        slips = tuple(SlipChecked(slip, tuple(_faults(work, book, days, slip))) for slip in outside.slips)
    level, until, witnessed = _level(book, days, slips, keys)
    return DaysChecked(days, slips, book.broken, level, until, witnessed)


def _days(deps: Deps, book: Book, outside: Outside, keys: frozenset[str]) -> Iterator[DayChecked]:
    today, sealed = day_of(deps.now(), book.zone), {one.root.day: one for one in reversed(book.sealed)}
    newest = max(sealed, default="")
    for name in sorted({*sealed, *(day for day in book.days if day < max(today, newest))}):
        day, one = book.days.get(name), sealed.get(name)
        count = len(day.leaves) if day else 0
        if one is None:
            yield DayChecked(name, count, "", DayState.MISSING if name < newest else DayState.WAITS)
            continue
        stamped = outside.stamped(one.root.root, one.token) if outside.stamped and one.token else None
        yield DayChecked(name, count, one.root.root, _state(book, one, outside.genuine, keys), stamped)


def _state(book: Book, one: SealedDay, genuine: Genuine, keys: frozenset[str]) -> DayState:
    if not book.holds(one):
        return DayState.BROKEN
    told = one.root
    signed = genuine(told.signer, signed_bytes(told.day, told.count, told.root), told.signature)
    return (
        DayState.HOLDS
        if signed and (not keys or any(told.signer.startswith(key) for key in keys))
        else DayState.SIGNATURE
    )


def _faults(work: Work, book: Book, days: tuple[DayChecked, ...], slip: Slip) -> Iterator[Words]:
    """What is on a slip and not in the house."""
    if slip.root:
        named = [one for one in days if one.root and slip.day in (None, one.day)]
        if not [one for one in named if one.root.startswith(slip.root) and one.state is DayState.HOLDS]:
            here = next((one.root for one in named if slip.day), "—")
            which = slip.day or "?"
            yield Words(
                f"{which} 的根值应为 {slip.root}，此处为 {here}", f"the root of {which} is {slip.root}, here {here}"
            )
    broken = {chain: seq for chain, seq, _ in book.broken}
    for chain, seq, digest in slip.heads:
        link = next(work.chains.read(chain, seq - 1), None) if seq else None
        here = link.hash if link and link.seq == seq < broken.get(chain, seq + 1) else "—"
        if not here.startswith(digest):
            yield Words(f"{chain} 第 {seq} 条应为 {digest}，此处为 {here}", f"{chain}:{seq} is {digest}, here {here}")


def _level(
    book: Book, days: tuple[DayChecked, ...], slips: tuple[SlipChecked, ...], keys: frozenset[str]
) -> tuple[Assurance, str, str]:
    """The level, how far it goes, and where it is anchored how far it is witnessed beyond."""
    states = {one.state for one in days}
    if book.broken or states & {DayState.BROKEN, DayState.SIGNATURE, DayState.MISSING}:
        return Assurance.BROKEN, "", ""
    if any(one.faults for one in slips):
        return Assurance.BROKEN, "", ""
    signed = max((one.day for one in days if one.state is DayState.HOLDS), default="") if keys else ""
    roots = {one.day for one in days if _in_time(one)} | {day for one in slips for day in _days_of_slip(one.slip, days)}
    if slips or roots:
        until, beyond = _until(book, _reach(book, roots, slips))
        return Assurance.ANCHORED, ", ".join([until, *beyond] if until else beyond), signed if signed > until else ""
    return (Assurance.WITNESSED, signed, "") if signed else (Assurance.SELF_ATTESTED, "", "")


def _reach(book: Book, roots: Collection[str], slips: tuple[SlipChecked, ...]) -> dict[str, int]:
    """How far each chain is covered from outside. A head covers all before it; a root, the chains with records of its day; a head
    of the chain of roots, each day sealed until then with the heads its act names.
    """
    reach: Counter[str] = Counter()
    for chain, seq, _ in (head for one in slips for head in one.slip.heads):
        reach[chain] = max(reach[chain], seq)
    told = [one.heads for one in book.sealed if _seq(one.heads[ROOTS]) <= reach[ROOTS]]
    told += [_own(book, day) for day in roots]
    for chain, head in (item for heads in told for item in heads.items()):
        reach[chain] = max(reach[chain], _seq(head))
    return reach


def _until(book: Book, reach: Mapping[str, int]) -> tuple[str, list[str]]:
    """The last day at whose end every chain was covered, and the places of chains covered further."""
    until, ends = "", dict[str, str]()
    for day in sorted(book.days):
        if all(_seq(head) <= reach.get(chain, 0) for chain, head in book.days[day].ends.items()):
            until, ends = day, book.days[day].ends
    beyond = {chain: seq for chain, seq in reach.items() if chain != ROOTS and seq > _seq(ends.get(chain, "0"))}
    return until, [f"{chain}:{seq}" for chain, seq in sorted(beyond.items())]


def _own(book: Book, day: str) -> dict[str, str]:
    """The heads at the end of a day of the chains that moved on it."""
    earlier = max((one for one in book.days if one < day), default=None)
    before = book.days[earlier].ends if earlier else {}
    return {chain: head for chain, head in book.days[day].ends.items() if before.get(chain) != head}


def _seq(head: str) -> int:
    return int(head.partition(":")[0])


def _days_of_slip(slip: Slip, days: tuple[DayChecked, ...]) -> list[str]:
    """The days whose root a slip names; one of heads alone names none."""
    return [one.day for one in days if slip.root and one.root.startswith(slip.root)]


def _in_time(one: DayChecked) -> bool:
    """Whether a day was stamped soon after it was over: chains made anew can get no stamp but today's."""
    last = datetime.combine(date.fromisoformat(one.day), time.max, UTC) + STAMPED_WITHIN
    return one.stamped is not None and one.stamped <= last
