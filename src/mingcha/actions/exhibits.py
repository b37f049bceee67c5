"""Exhibits: bytes kept as they came and sealed, listed, read with a check of every byte, and destroyed for a reason.

A derived copy (OCR, transcript, redaction, screenshot) is about whatever its original is about, and goes when that goes.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import BinaryIO

from mingcha.actions.case_book import not_on_hold
from mingcha.actions.deps import Deps
from mingcha.actions.exhibit_book import (
    COMPLAINT,
    EXHIBIT,
    bytes_of,
    is_held,
    open_exhibit,
    sealed_exhibit,
    seen_exhibit,
    sees,
    with_copies,
)
from mingcha.actions.permit import may
from mingcha.actions.ports.store import Work
from mingcha.actions.reasons import keep_reason, reasoned
from mingcha.actions.sealing import ACCESS, CUSTODY, EXHIBITS, seal_act
from mingcha.actions.settling import settle
from mingcha.errors import ExhibitChanged, ExhibitMissing, InputError, KeyTrouble, NotFound, StoreTrouble
from mingcha.model.actor import Actor
from mingcha.model.exhibit import FRAME, About, Exhibit, ExhibitCheck, Wholeness
from mingcha.model.stored import KeptExhibit
from mingcha.model.times import credible
from mingcha.model.words import Words
from mingcha.text.masking import masked

PREFIX = "EX"
OF = re.compile(r"[A-Z]{1,8}-[A-Za-z0-9-]{1,64}")
MEDIA = re.compile(r"[a-z0-9][a-z0-9.+-]{0,62}/[a-z0-9][a-z0-9.+-]{0,62}")
EXPECTED = {
    "media": Words("媒体类型，例如 image/png", "a media type such as image/png"),
    "system": Words("来源系统的名称", "the name of its source system"),
    "how": Words("取得方式", "how it was obtained"),
    "taken_at": Words("带时区、已过去的时间（1990 年以后）", "a past time with its zone, from 1990 on"),
    "gone_at": Words("带时区的时间（1990 至 2199 年）", "a time with its zone, from 1990 to 2199"),
    "step": Words("派生件须同时写明原件与处理步骤", "of a derived copy: its original and what was done, both"),
}


@dataclass(frozen=True, slots=True)
class Opened:
    """An exhibit; `read` gives its bytes, each time from the first, and raises ExhibitChanged where they are not what was kept."""

    exhibit: Exhibit
    read: Callable[[], Iterator[bytes]]


def keep_exhibit(deps: Deps, actor: Actor, source: BinaryIO | Iterable[bytes], about: About) -> Exhibit:
    """Keep bytes as they come, whole or not at all; sealed. InputError for what cannot be said of an exhibit."""
    may(actor, "keep_exhibits")
    with deps.store.read() as work:
        _placed(deps, work, actor, _sound(deps, about))  # before anything long is read
    deps.blobs.settle(lambda ids: _named(deps, ids))
    id_ = deps.keys.record_id(PREFIX, "exhibit", "", deps.new_id())
    parts = deps.keys.parts(id_.encode())
    pieces = iter(partial(source.read, FRAME), b"") if hasattr(source, "read") else source
    with deps.blobs.keep(id_, pieces, parts) as written, deps.store.write() as work:
        exhibit = Exhibit(
            id=id_,
            about=_placed(deps, work, actor, _sound(deps, about)),
            size=written.size,
            sha256=written.sha256,
            sm3=written.sm3,
            frames=sha256(written.frames).hexdigest(),
            kept_at=deps.now(),
            by=actor.name,
        )
        kept, commitments = sealed_exhibit(deps, exhibit, written.frames, parts)
        work.exhibits.put(kept)
        seal_act(deps, work, EXHIBITS, actor, {"act": "keep_exhibit", "exhibit": id_, **commitments})
    return exhibit


def exhibits_of(deps: Deps, actor: Actor, of: str | None = None) -> tuple[Exhibit, ...]:
    """What is said of the exhibits about something, or of all, in the order kept; personal data masked, those erased left out. Logged."""
    may(actor, "see_exhibits")
    with deps.store.write() as work:
        found = work.exhibits.all() if of is None else work.exhibits.about([of])
        return _shown(deps, work, actor, found)


def ending_soon(deps: Deps, actor: Actor, days: int) -> tuple[Exhibit, ...]:
    """Exhibits whose original the source system deletes within so many days, the soonest first; masked."""
    may(actor, "see_exhibits")
    now = deps.now()
    with deps.store.write() as work:
        return _shown(deps, work, actor, work.exhibits.ending(now, now + timedelta(days=days)))


def read_exhibit(deps: Deps, actor: Actor, exhibit: str) -> Opened:
    """One exhibit with its bytes; that it was read is sealed before any byte is given. KeyTrouble when it was erased."""
    may(actor, "read_exhibits")
    with deps.store.write() as work:
        kept = seen_exhibit(deps, work, actor, exhibit)
        held = open_exhibit(deps, kept)
        complaints = [one for one in kept.of if one.startswith(COMPLAINT)]
        seal_act(deps, work, ACCESS, actor, {"act": "read_exhibit", "exhibits": [exhibit], "complaints": complaints})
    return Opened(held, lambda: bytes_of(deps, kept, held))


def check_exhibits(
    deps: Deps, actor: Actor, progress: Callable[[int], None] = lambda _: None
) -> tuple[ExhibitCheck, ...]:
    """Read every exhibit to its last byte and say of each whether it is whole; what a crash left is cleared up first."""
    may(actor, "verify_chains")
    deps.blobs.settle(lambda ids: _named(deps, ids))
    with deps.store.read() as work:
        every = list(work.exhibits.all())
    out = []
    for kept in every:
        found = _checked(deps, kept)
        if found.found in (Wholeness.CHANGED, Wholeness.MISSING):  # or erased as we read
            with deps.store.read() as work:
                found = found if work.exhibits.get([kept.id])[kept.id].wrapped else _erased(deps, kept)
        out.append(found)
        progress(1)
    return tuple(out)


def erase_exhibit(deps: Deps, actor: Actor, exhibit: str, reason: str) -> tuple[str, ...]:
    """Destroy an exhibit and all copies derived of it: what is said of them, their keys, their bytes; the ids of all.

    That they were kept stays, and the chain still verifies; the reason stays with the act.
    """
    may(actor, "erase")
    reasoned(reason, Words("删除证据", "erase an exhibit"))
    with deps.store.write() as work:
        if exhibit not in work.exhibits.get([exhibit]):
            raise NotFound(what=EXHIBIT, which=exhibit)
        ids = with_copies(work, [exhibit])
        not_on_hold(deps, work, {id_ for one in work.exhibits.get(ids).values() for id_ in (one.id, *one.of)})
        work.exhibits.erase(ids)
        act = {"act": "erase", "records": [], "versions": 0, "exhibits": sorted(ids)}
        seal_act(deps, work, CUSTODY, actor, {**act, **keep_reason(deps, work, deps.new_id(), reason, None)})
        settle(deps, work, actor, ids)
    deps.blobs.remove(ids)
    return ids


def _sound(deps: Deps, about: About) -> About:
    """What can be said of an exhibit, with the term of its source system where none is given."""
    fits = {
        "media": MEDIA.fullmatch(about.media),
        "system": about.system.strip(),
        "how": about.how.strip(),
        "taken_at": _zoned(about.taken_at) and about.taken_at <= deps.now(),
        "gone_at": about.gone_at is None or _zoned(about.gone_at),
        "step": (about.derived_from is None) == (not (about.step or "").strip()),
    }
    for where, good in fits.items():
        if not good:
            raise InputError(where=where, found=str(getattr(about, where)), expected=EXPECTED[where])
    for one in about.of:
        if not OF.fullmatch(one):
            raise InputError(where="of", found=one, expected=Words("本系统的编号", "an id of this house"))
    term = deps.standards.retention.get(about.system)
    if term is None or about.gone_at is not None or about.derived_from is not None:
        return about
    return replace(about, gone_at=about.taken_at + timedelta(days=term))


def _placed(deps: Deps, work: Work, actor: Actor, about: About) -> About:
    """The same with all it is about; NotFound for what is not held."""
    of = set(about.of)
    if about.derived_from is not None:
        original = seen_exhibit(deps, work, actor, about.derived_from)
        if not original.wrapped:
            raise NotFound(what=EXHIBIT, which=original.id)
        of.update(original.of)
    if not of:
        raise InputError(where="of", found="", expected=Words("至少一个编号", "at least one id"))
    for one in about.of:
        if not is_held(work, one):
            raise NotFound(what=Words("记录", "record"), which=one)
    return replace(about, of=tuple(sorted(of)))


def _zoned(at: datetime) -> bool:
    return at.tzinfo is not None and credible(at) is not None


def _named(deps: Deps, ids: Sequence[str]) -> Iterable[str]:
    with deps.store.read() as work:
        return [id_ for id_, one in work.exhibits.get(ids).items() if one.wrapped]


def _shown(deps: Deps, work: Work, actor: Actor, kept: Iterable[KeptExhibit]) -> tuple[Exhibit, ...]:
    seen = [one for one in list(kept) if one.wrapped and sees(deps, work, actor, one)]
    seal_act(deps, work, ACCESS, actor, {"act": "see_exhibits", "exhibits": [one.id for one in seen]})
    return tuple(_masked(open_exhibit(deps, one)) for one in seen)


def _masked(exhibit: Exhibit) -> Exhibit:
    about = exhibit.about
    step = masked(about.step) if about.step else None
    return replace(exhibit, about=replace(about, name=masked(about.name), how=masked(about.how), step=step))


def _checked(deps: Deps, kept: KeptExhibit) -> ExhibitCheck:
    if not kept.wrapped:
        return _erased(deps, kept)
    try:
        for _ in bytes_of(deps, kept, open_exhibit(deps, kept)):
            pass
    except ExhibitMissing as error:
        return ExhibitCheck(kept.id, Wholeness.MISSING, Words(error.say("zh"), error.say("en")))
    except (ExhibitChanged, KeyTrouble, StoreTrouble) as error:
        return ExhibitCheck(kept.id, Wholeness.CHANGED, Words(error.say("zh"), error.say("en")))
    return ExhibitCheck(kept.id, Wholeness.WHOLE)


def _erased(deps: Deps, kept: KeptExhibit) -> ExhibitCheck:
    deps.blobs.remove([kept.id])  # where a crash came between the act and the bytes, or an old backup brought them back
    return ExhibitCheck(kept.id, Wholeness.ERASED)
