"""Do one deed to many complaints: what was shown is what is done, all of it or nothing, and within a day it is taken back.

Only assigning, tagging, asking for our own records and drafting; whatever decides, answers, moves a clock, joins or refers is
no deed of this room, by type. A selection knows the facts of the queue and nothing that was found (law 2).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, cast, get_args

from mingcha.actions.book import Entry, keep, said
from mingcha.actions.codec import canonical, to_plain
from mingcha.actions.complaint_desk import ENDED, NEEDS_REPAIR, OPEN
from mingcha.actions.deps import Deps
from mingcha.actions.handling import blank_draft, draft_of, may_do
from mingcha.actions.handling_book import DESK, handlings, in_form, keep_desk_acts, naming_former, tagged, why_not
from mingcha.actions.permit import may
from mingcha.actions.ports.store import Work
from mingcha.actions.recusal import aside
from mingcha.actions.sealing import ACCESS, seal_act
from mingcha.errors import InputError, NotFound, OutOfOrder
from mingcha.model.actor import Actor
from mingcha.model.bulk import (
    DEED_WORDS,
    MOST,
    SAMPLED,
    Bulk,
    BulkActKind,
    BulkApplied,
    BulkDeed,
    BulkItem,
    BulkPreview,
    BulkUndone,
    Draft,
    Kept,
    LeftAsIs,
    Selection,
    Skipped,
)
from mingcha.model.handling import DeskBody, TakenBack
from mingcha.model.stored import BookAct, DeskRow, QueueFilter
from mingcha.model.times import credible
from mingcha.model.words import Words

BULK = Words("批量操作", "bulk deed")
UNKNOWN = Words("没有这件投诉", "there is no such complaint")
APPLY, UNDO = Words("批量办理", "apply the bulk deed"), Words("撤销批量操作", "take the bulk deed back")
HANDLED: tuple[dict[str, Any], ...] = (  # apart from one another, and together whatever is still handled
    {"state": OPEN},
    {"state": NEEDS_REPAIR},
    *({"state": state, "reopened": True} for state in ENDED.values()),
)
_BODIES: dict[str, type[Any]] = {BulkActKind.APPLIED.value: BulkApplied, BulkActKind.UNDONE.value: BulkUndone}


@dataclass(frozen=True, slots=True)
class _Set:
    """The exact set a deed is done to, in the order of the queue, and the deed as it is kept."""

    deed: BulkDeed
    rows: tuple[DeskRow, ...]
    skipped: tuple[Skipped, ...]
    aside: tuple[str, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(row.complaint for row in self.rows)


def preview(deps: Deps, actor: Actor, selection: Selection, deed: BulkDeed) -> BulkPreview:
    """What would be done to how many, a sample, and what is skipped and why. InputError for no selection and for one too large."""
    may(actor, "see_queue")
    with deps.store.read() as work:
        return _preview(deps, actor, _set(deps, work, actor, selection, deed))


def apply(deps: Deps, actor: Actor, selection: Selection, deed: BulkDeed, digest: str) -> Bulk:
    """Do it, in one transaction, each act and the deed sealed; OutOfOrder unless it is exactly what was shown to this person."""
    may(actor, "see_queue")
    with deps.store.write() as work:
        found = _set(deps, work, actor, selection, deed)
        if _preview(deps, actor, found).digest != digest:
            why = Words(
                "所选投诉或将跳过的投诉已有变化，请重新预览", "what it would reach has changed since it was shown"
            )
            raise OutOfOrder(what=APPLY, why=why)
        if not found.rows:
            raise OutOfOrder(what=APPLY, why=Words("没有可办理的投诉", "it would reach no complaint"))
        if isinstance(found.deed, Draft):
            seal_act(deps, work, ACCESS, actor, {"act": "draft_answers", "complaints": list(found.ids)})
        acts = keep_desk_acts(deps, work, actor, {id_: _body(deps, work, actor, id_, found.deed) for id_ in found.ids})
        known = _known(work, found.ids)
        items = tuple(BulkItem(id_, acts[id_].id, known[id_]) for id_ in found.ids)
        body = BulkApplied(deed=found.deed, digest=digest, skipped=len(found.skipped), items=items)
        id_ = f"BULK-{deps.new_id()[-12:]}"
        kept = keep(deps, work, actor, Entry(DESK, id_, BulkActKind.APPLIED.value), body)
    return Bulk(id=id_, at=kept.at, by=kept.by, applied=body)


def undo(deps: Deps, actor: Actor, bulk: str) -> Bulk:
    """Take it back, complaint by complaint, within a day; what somebody acted on since stays and is told, as is what was erased."""
    may(actor, "see_queue")
    with deps.store.write() as work:
        done = _bulks(deps, work.books.acts(DESK, [bulk]).get(bulk, ())).get(bulk)
        if done is None:
            raise NotFound(what=BULK, which=bulk)
        may_do(actor, done.applied.deed)
        if done.undone is not None:
            raise OutOfOrder(what=UNDO, why=Words("已撤销过", "it was taken back already"))
        if deps.now() > done.until:
            raise OutOfOrder(what=UNDO, why=Words("已超过 24 小时", "more than 24 hours have passed"))
        left = tuple(_left(deps, work, actor, done.applied))
        stays = {one.complaint for one in left}
        back = {one.complaint: TakenBack(one.act) for one in done.applied.items if one.complaint not in stays}
        keep_desk_acts(deps, work, actor, back)
        body = BulkUndone(tuple(back), left)
        keep(deps, work, actor, Entry(DESK, bulk, BulkActKind.UNDONE.value), body)
    return replace(done, undone=body)


def bulks(deps: Deps, actor: Actor) -> tuple[Bulk, ...]:
    """Every bulk deed, the newest first. Which complaints were left is told by id, and never to whom they name."""
    may(actor, "see_queue")
    with deps.store.read() as work:
        found = tuple(reversed(_bulks(deps, work.books.all_acts(DESK)).values()))
        left = sorted({each.complaint for one in found if one.undone for each in one.undone.left})
        closed = aside(deps, work, actor, left)
    return tuple(replace(one, undone=one.undone and _told(one.undone, closed)) for one in found)


def _preview(deps: Deps, actor: Actor, found: _Set) -> BulkPreview:
    whole = {
        "by": actor.name,
        "deed": [type(found.deed).__name__, to_plain(found.deed)],
        "ids": list(found.ids),
        "skipped": [[one.complaint, one.why.en] for one in found.skipped],
        "aside": list(found.aside),
    }
    return BulkPreview(
        deed=found.deed,
        count=len(found.rows),
        sample=sample(found.rows),
        skipped=found.skipped,
        aside=len(found.aside),
        digest=deps.keys.digest("bulk", canonical(whole)),
    )


def sample(rows: Sequence[DeskRow]) -> tuple[DeskRow, ...]:
    """At most twenty: the first, the last and some evenly between, always the same."""
    if len(rows) <= SAMPLED:
        return tuple(rows)
    return tuple(rows[n * (len(rows) - 1) // (SAMPLED - 1)] for n in range(SAMPLED))


def _set(deps: Deps, work: Work, actor: Actor, selection: Selection, deed: BulkDeed) -> _Set:
    """What a deed would be done to now; NotPermitted for whoever may not do it to one, InputError for what is no such deed."""
    if type(deed) not in get_args(BulkDeed):
        zh, en = (
            say.join(one.say(locale) for one in DEED_WORDS.values()) for say, locale in (("、", "zh"), (", ", "en"))
        )
        raise InputError(where="deed", found=type(deed).__name__, expected=Words(zh, en))
    may_do(actor, deed)
    fit = deed if isinstance(deed, Draft) else cast("BulkDeed", in_form(deps, work, actor, deed))
    rows = _selected(deps, work, selection)
    closed = aside(deps, work, actor, list(rows))
    open_ = [id_ for id_ in rows if id_ not in closed]
    why = _why_not(deps, work, open_, fit)
    unknown = (
        tuple(Skipped(id_, UNKNOWN) for id_ in sorted(set(selection.ids) - rows.keys())) if _by_id(selection) else ()
    )
    skipped = (*(Skipped(id_, why[id_]) for id_ in open_ if id_ in why), *unknown)
    return _Set(fit, tuple(rows[id_] for id_ in open_ if id_ not in why), skipped, tuple(sorted(closed)))


def _selected(deps: Deps, work: Work, selection: Selection) -> dict[str, DeskRow]:
    """The rows a selection names, in the order of the queue; InputError for none at all, and for more than go at once."""
    if selection == Selection():
        expected = Words("投诉编号，或待办的至少一项条件", "ids of complaints, or at least one fact of the queue")
        raise InputError(where="selection", found="", expected=expected)
    if _by_id(selection):
        _few(len(set(selection.ids)))
        rows = list(work.desk.rows(selection.ids).values())
    else:
        wheres = [replace(_where(deps, work, selection), **handled) for handled in HANDLED]
        _few(sum(map(work.desk.count, wheres)))
        rows = [row for where in wheres for row in work.desk.page(where, None, MOST)]
    rows.sort(key=lambda row: (not row.welfare, row.nearest, row.complaint))
    return {row.complaint: row for row in rows}


def _by_id(selection: Selection) -> bool:
    return selection == Selection(ids=selection.ids)


def _where(deps: Deps, work: Work, selection: Selection) -> QueueFilter:
    ids = set(selection.ids) if selection.ids else None
    if selection.tag is not None:
        have = set(tagged(deps, work, selection.tag))
        ids = have if ids is None else ids & have
    until = selection.received_to
    return QueueFilter(
        channel=selection.channel,
        received_from=_midnight(deps, selection.received_from),
        received_before=_midnight(deps, until + timedelta(days=1) if until and until < date.max else until),
        welfare=selection.welfare,
        due_before=selection.due_before,
        assigned_to=selection.assigned_to,
        unassigned=selection.unassigned,
        ids=None if ids is None else tuple(sorted(ids)),
    )


def _midnight(deps: Deps, day: date | None) -> datetime | None:
    if day is None:
        return None
    at = credible(datetime.combine(day, time(), deps.zone))
    if at is None:
        expected = Words("1990 至 2199 年的日期", "a day from 1990 to 2199")
        raise InputError(where="received", found=day.isoformat(), expected=expected)
    return at


def _few(count: int) -> None:
    if count > MOST:
        expected = Words(f"每次至多 {MOST:,} 件，请缩小范围", f"at most {MOST:,} complaints at once: narrow it down")
        raise InputError(where="selection", found=f"{count:,}", expected=expected)


def _why_not(deps: Deps, work: Work, ids: Sequence[str], deed: BulkDeed) -> dict[str, Words]:
    if not isinstance(deed, Draft):
        return why_not(deps, work, ids, deed)
    found: dict[str, Words] = {}
    for id_ in ids:
        blank = blank_draft(work, id_)
        found |= {id_: blank} if isinstance(blank, Words) else why_not(deps, work, [id_], blank)
    return found


def _body(deps: Deps, work: Work, actor: Actor, complaint: str, deed: BulkDeed) -> DeskBody:
    return draft_of(deps, work, actor, complaint) if isinstance(deed, Draft) else deed


def _known(work: Work, ids: Sequence[str]) -> dict[str, int]:
    """How many decisions and papers each has: more later means that somebody acted on it."""
    papers = work.desk.clock_events(ids)
    return {id_: len(work.desk.decisions(id_)) + len(papers.get(id_, ())) for id_ in ids}


def _left(deps: Deps, work: Work, actor: Actor, applied: BulkApplied) -> Iterator[LeftAsIs]:
    """What is not restored: erased, closed to whoever asks, acted on since, or naming whoever would have it again."""
    ids = [one.complaint for one in applied.items]
    heads, known, now = work.records.heads("complaints", ids), _known(work, ids), handlings(deps, work, ids)
    closed, named = aside(deps, work, actor, ids), naming_former(deps, work, ids, applied.deed)
    for one in applied.items:
        id_ = one.complaint
        if id_ not in heads or not heads[id_].wrapped:
            yield LeftAsIs(id_, Kept.ERASED)
        elif id_ in closed:
            yield LeftAsIs(id_, Kept.ASIDE)
        elif (now[id_].last, known[id_]) != (one.act, one.known):
            yield LeftAsIs(id_, Kept.MOVED_ON)
        elif id_ in named:
            yield LeftAsIs(id_, Kept.NAMED)


def _told(undone: BulkUndone, closed: frozenset[str]) -> BulkUndone:
    left = tuple(replace(one, why=Kept.ASIDE) if one.complaint in closed else one for one in undone.left)
    return replace(undone, left=left)


def _bulks(deps: Deps, kept: Iterable[BookAct]) -> dict[str, Bulk]:
    found: dict[str, Bulk] = {}
    for one in kept:
        if one.kind not in _BODIES:
            continue
        body = said(deps, one, _BODIES)
        if isinstance(body, BulkUndone):
            found[one.of] = replace(found[one.of], undone=body)
        else:
            found[one.of] = Bulk(id=one.of, at=one.at, by=one.by, applied=body)
    return found
