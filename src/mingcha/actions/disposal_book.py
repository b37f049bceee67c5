"""Batches as the house keeps them: a book of acts on each read back folded; what it says went is never itself disposed of."""

from collections.abc import Iterable, Iterator

from mingcha.actions.book import Entry, keep, said
from mingcha.actions.deps import Deps
from mingcha.actions.destroying import RETENTION
from mingcha.actions.permit import DECIDES_MERIT, refused
from mingcha.actions.ports.store import Work
from mingcha.clock.retention import fold, refusal
from mingcha.errors import NotFound, OutOfOrder
from mingcha.model.actor import Actor
from mingcha.model.retention import (
    CLOSED_KINDS,
    RETENTION_ACT_WORDS,
    RETENTION_BODIES,
    RETENTION_KIND_OF,
    Batch,
    BatchState,
    Holding,
    RetentionAct,
    RetentionBody,
)
from mingcha.model.stored import BookAct
from mingcha.model.words import Words

BATCH = Words("销毁批次", "batch")
PREFIX = "DISP-"
_BODIES = {kind.value: body for kind, body in RETENTION_BODIES.items()}


def keep_retention_act(deps: Deps, work: Work, actor: Actor, batch: str, body: RetentionBody) -> Batch:
    """Keep and seal one act; OutOfOrder, with its reason, where it may not follow. The batch after it."""
    kind = RETENTION_KIND_OF[type(body)]
    acts = _acts(deps, work, batch)
    act = RetentionAct(batch, deps.now(), actor.name, body)
    why = refusal(fold(batch, acts), act)
    if why is not None:
        raise OutOfOrder(what=RETENTION_ACT_WORDS[kind], why=why)
    keep(deps, work, actor, Entry(RETENTION, batch, kind.value), body)
    return fold(batch, [*acts, act])


def open_batch(deps: Deps, work: Work, actor: Actor, batch: str) -> Batch:
    """One batch of a kind that is open to the actor; NotFound where there is none."""
    stands = fold(batch, _acts(deps, work, batch))
    if stands.proposed is None:
        raise NotFound(what=BATCH, which=batch)
    open_kind(actor, stands.proposed.holding)
    return stands


def open_kind(actor: Actor, holding: Holding) -> None:
    """NotPermitted for whoever may decide merit where the list itself would tell of an agency (law 2)."""
    if is_closed(actor, holding):
        why = Words("裁定诉求的人不经手案件与援助档案", "whoever decides merit has no part in cases and files of help")
        raise refused(actor.name, "see_retention", why)


def is_closed(actor: Actor, holding: Holding) -> bool:
    """Whether a kind is closed to the actor."""
    return holding in CLOSED_KINDS and bool(actor.roles & DECIDES_MERIT)


def all_batches(deps: Deps, work: Work) -> tuple[Batch, ...]:
    """Every batch, the newest first."""
    acts: dict[str, list[RetentionAct]] = {}
    for act in _opened(deps, work.books.all_acts(RETENTION)):
        acts.setdefault(act.batch, []).append(act)
    return tuple(fold(batch, of) for batch, of in reversed(acts.items()))


def under_way(batches: Iterable[Batch]) -> frozenset[str]:
    """What stands in a batch that is not carried out yet."""
    open_ = [one.proposed for one in batches if one.state in (BatchState.PROPOSED, BatchState.AGREED)]
    return frozenset(each.id for one in open_ if one for each in one.listed)


def _acts(deps: Deps, work: Work, batch: str) -> list[RetentionAct]:
    return list(_opened(deps, work.books.acts(RETENTION, [batch]).get(batch, ())))


def _opened(deps: Deps, kept: Iterable[BookAct]) -> Iterator[RetentionAct]:
    return (RetentionAct(one.of, one.at, one.by, said(deps, one, _BODIES)) for one in kept)
