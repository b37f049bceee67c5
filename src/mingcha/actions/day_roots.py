"""The root of each day over the records of all chains, signed by the audit role and sealed on a chain of its own.

A day is sealed once, when it is over, and never again: what changed since is told, not covered. The zone whose midnights part the days
is that of the first day sealed, for ever, so that no record falls between two.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from mingcha.actions.deps import Deps
from mingcha.actions.permit import may
from mingcha.actions.ports.audit import Signer, Stamp
from mingcha.actions.ports.post import Post
from mingcha.actions.ports.store import Work
from mingcha.actions.sealing import ACCESS, ROOTS, seal_act
from mingcha.errors import BrokenSeal, NotFound
from mingcha.evidence.canonical import parse
from mingcha.evidence.daily import day_leaf, signed_bytes
from mingcha.evidence.day_slip import day_code, day_slip
from mingcha.evidence.merkle import proof, root
from mingcha.evidence.seal import fault
from mingcha.model.actor import Actor
from mingcha.model.bundle import DayPath, DayRoot, Witness
from mingcha.model.days import SealedDay
from mingcha.model.mail import Letter
from mingcha.model.stored import Link, Mark
from mingcha.model.words import Words

SEAL, STAMP = "seal_day", "stamp_day"
Fault = tuple[str, int, Words]


@dataclass(slots=True)
class Day:
    """What the chains hold of one day: leaves in the order of chain and place, and the last record of each chain."""

    leaves: list[bytes] = field(default_factory=list)
    places: dict[tuple[str, int], int] = field(default_factory=dict)  # of the records that were asked for
    ends: dict[str, str] = field(default_factory=dict)  # SEQ:HASH at the end of the day


@dataclass(frozen=True, slots=True)
class Book:
    """Days sealed, in the order of sealing; days as they are now; and the first record of each chain that does not hold."""

    zone: ZoneInfo
    sealed: tuple[SealedDay, ...]
    days: Mapping[str, Day]
    broken: tuple[Fault, ...]

    def holds(self, one: SealedDay) -> bool:
        """Whether the records of a sealed day are still those that were sealed."""
        day = self.days.get(one.root.day)
        heads = {chain: head for chain, head in one.heads.items() if chain != ROOTS}
        return day is not None and (len(day.leaves), root(day.leaves), day.ends) == (
            one.root.count,
            one.root.root,
            heads,
        )


def seal_days(deps: Deps, actor: Actor, signer: Signer) -> tuple[SealedDay, ...]:
    """Seal every day that is over, has records and has no root yet. BrokenSeal while a chain does not hold.

    Of records up to the heads sealed before, places, times and hashes alone are read: `check_days` holds all of them against their seals.
    """
    may(actor, "seal_days")
    with deps.store.write() as work:
        book = read_book(deps, work, trusting=True)
        for chain, seq, why in book.broken:
            raise BrokenSeal(chain=chain, seq=seq, why=why)
        today, known = day_of(deps.now(), book.zone), {one.root.day for one in book.sealed}
        made = []
        for name in sorted(set(book.days) - known):
            if name < today:
                told = _act(name, book, signer)
                made.append(_sealed_day(seal_act(deps, work, ROOTS, actor, told), told, None))
    return tuple(made)


def stamp_days(deps: Deps, actor: Actor, stamp: Stamp) -> tuple[SealedDay, ...]:
    """Get a time-stamp over the root of every sealed day without one; each is kept before the next is asked for."""
    may(actor, "seal_days")
    made = []
    for one in sealed_days(deps, actor):
        if one.token is None:
            token = stamp(one.root.root)
            told = {"act": STAMP, "day": one.root.day, "root": one.root.root, "token": b64encode(token).decode()}
            with deps.store.write() as work:
                seal_act(deps, work, ROOTS, actor, told)
            made.append(replace(one, token=token))
    return tuple(made)


def sealed_days(deps: Deps, actor: Actor) -> tuple[SealedDay, ...]:
    """Days as they were sealed, in the order of sealing."""
    may(actor, "verify_chains")
    with deps.store.read() as work:
        return tuple(_sealed(work, []))


def sealed_day(deps: Deps, actor: Actor, day: str) -> SealedDay:
    """One day as it was sealed, for its slip."""
    may(actor, "verify_chains")
    for one in sealed_days(deps, actor):
        if one.root.day == day:
            return one
    raise NotFound(what=Words("已封存的日期", "sealed day"), which=day)


def waiting(deps: Deps, work: Work) -> tuple[str, str]:
    """The last day sealed, and the first that is over and has records that no seal covers; empty where none. One record a chain is read.

    Nothing seals by itself: the audit key and its passphrase are never where whoever administers the house could sign.
    """
    sealed = tuple(_sealed(work, []))
    zone, heads = ZoneInfo(sealed[0].zone) if sealed else deps.zone, _farthest(sealed)
    after = (
        next(work.chains.read(one, heads.get(one, (0, ""))[0]), None) for one in work.chains.names() if one != ROOTS
    )
    first = min((day_of(link.at, zone) for link in after if link), default="")
    return max((one.root.day for one in sealed), default=""), first if first < day_of(deps.now(), zone) else ""


def send_slip(deps: Deps, actor: Actor, post: Post, day: str, to: str) -> str:
    """Mail the slip of a day to a second place, and say so in the log; what the mail server said."""
    may(actor, "seal_days")
    one = sealed_day(deps, actor, day)
    subject, body = f"明察每日核验纸条 mingcha slip {day}", f"{day_slip(one)}\n{day_code(one)}\n"
    letter = Letter(id=deps.new_id(), at=deps.now(), to=(to,), subject=subject, body=body)
    with deps.store.write() as work:
        seal_act(deps, work, ACCESS, actor, {"act": "send_slip", "day": day, "letter": letter.id})
    return post.send(letter)


def witness_of(deps: Deps, work: Work, links: Sequence[Link], before: datetime) -> Witness | None:
    """Paths from records to the signed roots of their days, where these were sealed before a time and still hold."""
    if work.chains.tail(ROOTS) is None:
        return None
    book = read_book(deps, work, frozenset((link.chain, link.seq) for link in links))
    days, paths = [], []
    for one in book.sealed:
        if one.at < before and book.holds(one):
            day = book.days[one.root.day]
            found = [DayPath(*place, one.root.day, proof(day.leaves, at)) for place, at in sorted(day.places.items())]
            days += [one.root] if found else []
            paths += found
    return Witness(tuple(days), tuple(paths)) if paths else None


def read_book(
    deps: Deps, work: Work, wanted: frozenset[tuple[str, int]] = frozenset(), *, trusting: bool = False
) -> Book:
    """Everything on days, in one pass over all chains; records after one that does not hold count for nothing.

    `trusting`: the content of records up to the last head sealed of each chain is not read again.
    """
    broken: list[Fault] = []
    sealed = tuple(_sealed(work, broken))
    trusted = _farthest(sealed) if trusting else {}
    zone = ZoneInfo(sealed[0].zone) if sealed else deps.zone
    days: dict[str, Day] = {}
    for chain in sorted(set(work.chains.names()) - {ROOTS}):
        for link in _since(work, chain, trusted.get(chain), broken):
            day = days.setdefault(day_of(link.at, zone), Day())
            if (chain, link.seq) in wanted:
                day.places[chain, link.seq] = len(day.leaves)
            day.leaves.append(day_leaf(link))
            day.ends[chain] = f"{link.seq}:{link.hash}"
    ends: dict[str, str] = {}
    for name in sorted(days):  # a chain at rest ends where it ended before
        ends |= days[name].ends
        days[name].ends = dict(ends)
    return Book(zone, sealed, days, tuple(broken))


def _farthest(sealed: Sequence[SealedDay]) -> dict[str, tuple[int, str]]:
    """Place and hash of the last head sealed of each chain; a day sealed late has earlier ones."""
    heads = [(chain, head.partition(":")) for one in sealed for chain, head in one.heads.items()]
    return {chain: (int(seq), digest) for chain, (seq, _, digest) in sorted(heads, key=lambda one: int(one[1][0]))}


def _since(work: Work, chain: str, head: tuple[int, str] | None, broken: list[Fault]) -> Iterator[Link | Mark]:
    """The records of a chain: up to a sealed head as they stand, and whole from there."""
    if head is None:
        yield from whole(work, chain, broken)
        return
    last = next(work.chains.read(chain, head[0] - 1), None)
    if last is None or (last.seq, last.hash) != head:
        broken.append((chain, head[0], Words("已封存的链尾不在原处", "the head that was sealed is not in its place")))
        return
    yield from work.chains.marks(chain, head[0])
    yield from whole(work, chain, broken, last)


def whole(work: Work, chain: str, broken: list[Fault], last: Link | None = None) -> Iterator[Link]:
    """The records of a chain, or those after `last`, up to the first that does not hold, which is told."""
    for link in work.chains.read(chain, last.seq if last else 0):
        if (why := fault(last, link)) is not None:
            broken.append((chain, link.seq, why))
            return
        yield link
        last = link


def day_of(at: datetime, zone: ZoneInfo) -> str:
    """The day (ISO) on which something happened."""
    return at.astimezone(zone).date().isoformat()


def _act(name: str, book: Book, signer: Signer) -> dict[str, Any]:
    day = book.days[name]
    top, count = root(day.leaves), len(day.leaves)
    signed = signer.sign(signed_bytes(name, count, top))
    told = {"act": SEAL, "day": name, "count": count, "root": top, "signer": signer.key, "signature": signed}
    return {**told, "heads": day.ends, "zone": book.zone.key}


def _sealed(work: Work, broken: list[Fault]) -> Iterator[SealedDay]:
    """The days of the chain of roots; from an act that is none on, nothing is read."""
    acts = [(link, parse(link.payload)) for link in whole(work, ROOTS, broken)]
    tokens = {
        f"{told.get('day')} {told.get('root')}": told.get("token", "") for _, told in acts if told.get("act") == STAMP
    }
    for link, told in acts:
        if told.get("act") == SEAL:
            try:
                token = b64decode(tokens.get(f"{told['day']} {told['root']}", ""))
                yield _sealed_day(link, told, token or None)
            except (ValueError, LookupError, TypeError):  # zones that are not known included
                broken.append((ROOTS, link.seq, Words("不是每日根值的记录", "it is no act about the root of a day")))
                return


def _sealed_day(link: Link, told: Mapping[str, Any], token: bytes | None) -> SealedDay:
    day, top, signer, signature, zone = (str(told[name]) for name in ("day", "root", "signer", "signature", "zone"))
    heads = {chain: str(head) for chain, head in dict(told["heads"]).items()}
    return SealedDay(
        root=DayRoot(
            day=date.fromisoformat(day).isoformat(),
            count=int(told["count"]),
            root=top,
            signer=signer,
            signature=signature,
        ),
        zone=ZoneInfo(zone).key,
        heads=heads | {ROOTS: f"{link.seq}:{link.hash}"},
        at=link.at,
        token=token,
    )
