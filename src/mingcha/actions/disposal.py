"""Dispose of what is due: proposed by one person as a frozen list, agreed to by another, and destroyed in one transaction.

A hold goes before disposal, always: what is held, open, or changed since it was proposed drops out of the batch and is told. Figures go
on as they were; the chains hold what went by its keyed id, and still verify.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from mingcha.actions.book import shown
from mingcha.actions.deps import Deps
from mingcha.actions.destroying import destroy
from mingcha.actions.disposal_book import (
    PREFIX,
    all_batches,
    is_closed,
    keep_retention_act,
    open_batch,
    open_kind,
    under_way,
)
from mingcha.actions.permit import DECIDES_MERIT, may
from mingcha.actions.ports.store import Work
from mingcha.actions.recusal import NAMED, aside
from mingcha.actions.remains import keep_remains
from mingcha.actions.retention_facts import digests_of, held_of, records_of
from mingcha.actions.sealing import ACCESS, CUSTODY, seal_act
from mingcha.actions.second import independent
from mingcha.clock.retention import NOT_AGREED, standing
from mingcha.errors import NotPermitted, OutOfOrder
from mingcha.evidence.merkle import root
from mingcha.model.actor import Actor
from mingcha.model.kinds import ID_PREFIX
from mingcha.model.retention import (
    CLOSED_REASONS,
    RETENTION_ACT_WORDS,
    Agreed,
    Batch,
    BatchState,
    Disposed,
    Dropped,
    Held,
    Holding,
    Keeps,
    Listed,
    Proposed,
    Standing,
    Withdrawn,
)
from mingcha.standards.calendar import local_day

MOST = 500  # things in a batch: a list two people can be said to have read
SHOWN = 100  # of what is to come
SAMPLE = 10


@dataclass(frozen=True, slots=True)
class DueList:
    """What is due of one kind, what comes next by the day its term ends, and how many stay for each reason; `left_out` were not shown.

    To whoever may decide merit what stays because of a case or of help is not told apart (law 2). `named` are due, or come next, and
    name the asker's own line.
    """

    holding: Holding
    due: tuple[Standing, ...]
    coming: tuple[Standing, ...]
    left_out: int
    kept: tuple[tuple[Keeps, int], ...]
    under_way: int
    named: int


@dataclass(frozen=True, slots=True)
class BatchView:
    """A batch, things to be looked at before anybody agrees (drawn by its root, so that nobody chose them), and how many are due beside it."""

    batch: Batch
    sample: tuple[str, ...]
    waiting: int = 0


def what_is_due(deps: Deps, actor: Actor, holding: Holding) -> DueList:
    """What may be proposed of one kind today, and what may not; the look is sealed."""
    may(actor, "see_retention")
    open_kind(actor, holding)
    with deps.store.read() as view:
        found = sorted(_standings(deps, view, actor, holding), key=lambda one: (one.left or 0, one.id))
        waits = under_way(all_batches(deps, view))
        next_ = [one for one in found if one.keeps == (Keeps.RUNS,)]
        closed = _named(deps, view, actor, [one.id for one in (*next_[:SHOWN], *(one for one in found if one.due))])
    with deps.store.write() as work:
        seal_act(deps, work, ACCESS, actor, {"act": "see_retention", "of": holding.value})
    kept = Counter(why for one in found for why in one.keeps)
    return DueList(
        holding=holding,
        due=tuple(one for one in found if one.due and one.id not in waits and one.id not in closed),
        coming=tuple(one for one in next_[:SHOWN] if one.id not in closed),
        left_out=max(0, len(next_) - SHOWN),
        kept=tuple((why, kept[why]) for why in Keeps if kept[why]),
        under_way=sum(one.id in waits for one in found),
        named=len(closed),
    )


def propose_disposal(deps: Deps, actor: Actor, holding: Holding, reason: str) -> BatchView:
    """Freeze what is due of one kind, the longest past its term first and at most MOST; nothing is destroyed by it."""
    may(actor, "propose_disposal")
    open_kind(actor, holding)
    term = deps.standards.schedule.term(holding)
    with deps.store.write() as work:
        waits = under_way(all_batches(deps, work))
        found = [one for one in _standings(deps, work, actor, holding) if one.due and one.id not in waits]
        closed = _named(deps, work, actor, [one.id for one in found])
        due = sorted((one for one in found if one.id not in closed), key=lambda one: (one.left or 0, one.id))
        held = _held(deps, work, holding, [one.id for one in due[:MOST]])
        told = digests_of(deps, work, held, records_of(deps, work, held))
        listed = tuple(Listed(one.id, told[one.id]) for one in held)
        body = Proposed(
            holding=holding,
            schedule=deps.standards.schedule.id,
            years=term.years or 0,
            since=term.since,
            clause=term.clause,
            grade=term.grade,
            why=term.why,
            listed=listed,
            root=_root(listed),
            reason=reason,
        )
        batch = keep_retention_act(deps, work, actor, f"{PREFIX}{deps.new_id()[-12:]}", body)
    return BatchView(_told(actor, batch), _sample(batch), max(0, len(due) - MOST))


def agree_to_disposal(deps: Deps, actor: Actor, batch: str, of: str) -> BatchView:
    """A second person, neither the first one's subordinate nor superior, agrees to the list with this root."""
    may(actor, "agree_disposal")
    with deps.store.write() as work:
        stands = open_batch(deps, work, actor, batch)
        first = stands.by(BatchState.PROPOSED)
        if first is not None:
            independent(work, first[0], actor)
        if _named(deps, work, actor, _listed(stands)):
            raise NotPermitted(actor=actor.name, verb=RETENTION_ACT_WORDS[BatchState.AGREED], why=NAMED)
        after = keep_retention_act(deps, work, actor, batch, Agreed(of))
    return BatchView(_told(actor, after), _sample(after))


def withdraw_disposal(deps: Deps, actor: Actor, batch: str, reason: str) -> BatchView:
    """Take a batch back before it is carried out."""
    may(actor, "propose_disposal")
    with deps.store.write() as work:
        open_batch(deps, work, actor, batch)
        after = keep_retention_act(deps, work, actor, batch, Withdrawn(reason))
    return BatchView(_told(actor, after), ())


def dispose(deps: Deps, actor: Actor, batch: str) -> BatchView:
    """Destroy what of an agreed batch is still due and as it was, all or nothing; what is not stays, and is told with its reason."""
    may(actor, "dispose")
    with deps.store.write() as work:
        stands = open_batch(deps, work, actor, batch)
        body = stands.proposed
        if stands.state is not BatchState.AGREED or body is None:
            raise OutOfOrder(what=RETENTION_ACT_WORDS[BatchState.DISPOSED], why=NOT_AGREED)
        held, dropped = _as_proposed(deps, work, actor, body)
        ids = sorted({id_ for of in records_of(deps, work, held).values() for id_ in of})
        things = [one.id for one in held]
        remains = keep_remains(deps, work, body.holding, things)
        done = destroy(deps, work, actor, ids, things, alone=True)
        act = {"act": "erase", "batch": batch, "of": body.holding.value, "root": body.root, "things": sorted(things)}
        told = {"records": ids, "versions": done.versions, "exhibits": list(done.exhibits)}
        link = seal_act(deps, work, CUSTODY, actor, {**act, **told, "book_acts": list(done.book_acts), **remains})
        after = keep_retention_act(
            deps, work, actor, batch,
            Disposed(
                gone=tuple(things), dropped=dropped, records=len(ids), versions=done.versions,
                exhibits=len(done.exhibits), acts=len(done.book_acts), custody=f"{link.seq}:{link.hash}",
                institution=deps.standards.institution.name,
            ),
        )  # fmt: skip
    deps.blobs.remove(done.exhibits)
    return BatchView(_told(actor, after), ())


def batches(deps: Deps, actor: Actor) -> tuple[Batch, ...]:
    """Every batch, the newest first; what of one names the asker's own line is not told. The look is sealed."""
    may(actor, "see_retention")
    with deps.store.write() as work:
        seal_act(deps, work, ACCESS, actor, {"act": "see_retention", "of": "batches"})
        every = [one for one in all_batches(deps, work) if one.proposed and not is_closed(actor, one.proposed.holding)]
        closed = _named(deps, work, actor, [id_ for one in every for id_ in _listed(one)])
    return tuple(_without(_told(actor, one), closed) for one in every)


def see_batch(deps: Deps, actor: Actor, batch: str) -> BatchView:
    """One batch with its sample; what of it names the asker's own line is not told. The look is sealed."""
    may(actor, "see_retention")
    with deps.store.write() as work:
        stands = _told(actor, open_batch(deps, work, actor, batch))
        closed = _named(deps, work, actor, _listed(stands))
        seal_act(deps, work, ACCESS, actor, {"act": "see_retention", "of": batch})
    return BatchView(_without(stands, closed), tuple(id_ for id_ in _sample(stands) if id_ not in closed))


def _standings(deps: Deps, work: Work, actor: Actor, holding: Holding) -> list[Standing]:
    term, today = deps.standards.schedule.term(holding), local_day(deps.now())
    return [_open_to(actor, standing(one, term, today)) for one in held_of(deps, work, holding)]


def _open_to(actor: Actor, one: Standing) -> Standing:
    return replace(one, keeps=tuple(dict.fromkeys(_plain(actor, why) for why in one.keeps)))


def _plain(actor: Actor, why: Keeps) -> Keeps:
    """A reason as it may be told: a case or a file of help tells of an agency, so not to whoever may decide merit."""
    return Keeps.OTHER if why in CLOSED_REASONS and actor.roles & DECIDES_MERIT else why


def _told(actor: Actor, batch: Batch) -> Batch:
    """A batch as it may be shown: the reason masked, and why something stayed as it may be told."""
    if batch.proposed is not None:
        batch = replace(batch, proposed=shown(batch.proposed, ("reason",)))
    if batch.disposed is None:
        return batch
    dropped = tuple(Dropped(one.id, _plain(actor, one.why)) for one in batch.disposed.dropped)
    return replace(batch, disposed=replace(batch.disposed, dropped=dropped))


def _without(batch: Batch, closed: frozenset[str]) -> Batch:
    """The same without what names the asker's own line, which only keeps its root."""
    if not closed or batch.proposed is None:
        return batch
    listed = tuple(one for one in batch.proposed.listed if one.id not in closed)
    batch = replace(batch, proposed=replace(batch.proposed, listed=listed))
    if batch.disposed is None:
        return batch
    dropped = tuple(one for one in batch.disposed.dropped if one.id not in closed)
    return replace(batch, disposed=replace(batch.disposed, dropped=dropped))


def _held(deps: Deps, work: Work, holding: Holding, ids: Sequence[str]) -> list[Held]:
    return sorted(held_of(deps, work, holding, ids), key=lambda one: one.id)


def _as_proposed(deps: Deps, work: Work, actor: Actor, body: Proposed) -> tuple[list[Held], tuple[Dropped, ...]]:
    """What of a list is still due and as it was, and what is not."""
    term, today = deps.standards.schedule.term(body.holding), local_day(deps.now())
    now = {one.id: one for one in _held(deps, work, body.holding, [one.id for one in body.listed])}
    told = digests_of(deps, work, list(now.values()), records_of(deps, work, list(now.values())))
    closed = _named(deps, work, actor, list(now))
    stays: list[Held] = []
    dropped: list[Dropped] = []
    for each in body.listed:
        held = now.get(each.id)
        keeps = standing(held, term, today).keeps if held else (Keeps.GONE,)
        if held and not keeps and told[each.id] != each.digest:
            keeps = (Keeps.CHANGED,)
        if held and not keeps and each.id in closed:
            keeps = (Keeps.OTHER,)
        if held and not keeps:
            stays.append(held)
        else:
            dropped.append(Dropped(each.id, keeps[0]))
    return stays, tuple(dropped)


def _named(deps: Deps, work: Work, actor: Actor, ids: Sequence[str]) -> frozenset[str]:
    """Complaints that name the actor's own line: nobody disposes of a complaint about themselves."""
    return aside(deps, work, actor, [id_ for id_ in ids if id_.startswith(ID_PREFIX["complaints"])])


def _listed(batch: Batch) -> list[str]:
    return [one.id for one in batch.proposed.listed] if batch.proposed else []


def _root(listed: Sequence[Listed]) -> str:
    return root([f"{one.id}:{one.digest}".encode() for one in listed]) if listed else ""


def _sample(batch: Batch) -> tuple[str, ...]:
    """The least SHA-256 of "root:id" in hex: anybody draws the same again."""
    of = batch.proposed.root if batch.proposed else ""
    return tuple(sorted(_listed(batch), key=lambda id_: sha256(f"{of}:{id_}".encode()).hexdigest())[:SAMPLE])
