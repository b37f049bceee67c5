"""Public warnings drawn from live ads and suspected organisations in our own words, let out by a person; nobody and no ad is named.

What is out knows on which of these it rests: once one of them falls it is a draft again, until a person takes it back or lets it out
anew (law 8). An ad that merely went down, or an organisation that went into another, fells nothing.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from mingcha.actions.ad_book import acts_on, newest_words, sightings_of
from mingcha.actions.ad_reach import soliciting_among
from mingcha.actions.aid_book import AID
from mingcha.actions.book import Entry, keep, said
from mingcha.actions.codec import canonical, to_plain
from mingcha.actions.deps import Deps
from mingcha.actions.permit import may
from mingcha.actions.ports.store import Work
from mingcha.actions.ring_book import rings_kept
from mingcha.actions.settling import AD, went_into
from mingcha.ads.cycle import fold, stage
from mingcha.aid.course import NO_REASON
from mingcha.aid.warnings import sheet, warned
from mingcha.errors import OutOfOrder
from mingcha.model.actor import Actor
from mingcha.model.ad_cycle import Stage
from mingcha.model.aid import Warned, WarningApproved, WarningTakenBack
from mingcha.model.correction import WarningFell
from mingcha.model.finding import Conduct
from mingcha.model.ring import RingStatus
from mingcha.model.sheet import Sheet
from mingcha.model.stored import BookAct
from mingcha.model.words import Words

LIVE = timedelta(days=180)
GONE = frozenset({Stage.REMOVED, Stage.GONE, Stage.DELETED, Stage.NO_AD})
WARNING, TAKEN_BACK = "warning", "warning_taken_back"  # kinds of acts; the first is also what they are of
BODIES = {WARNING: WarningApproved, TAKEN_BACK: WarningTakenBack}
APPROVE, TAKE_BACK = Words("批准提示", "approve the warning"), Words("撤回提示", "take the warning back")


@dataclass(frozen=True, slots=True)
class Draft:
    """Warnings as they stand, all that is printed of them in one digest, and by whom and when just that was approved."""

    warnings: tuple[Warned, ...]
    sha256: str
    by: str | None = None
    at: datetime | None = None
    fell: WarningFell | None = None  # what is out, where something it rests on fell


@dataclass(frozen=True, slots=True)
class _Live:
    """What warnings are drawn from: texts of ads and conduct of organisations, by id."""

    ads: Mapping[str, str]
    rings: Mapping[str, Set[Conduct]]


def draft_warning(deps: Deps, actor: Actor) -> Draft:
    """What live ads and organisations call for, and whether somebody let just that out."""
    may(actor, "see_aid")
    with deps.store.read() as work:
        return _drafted(deps, work, _live(deps, work))


def approve_warning(deps: Deps, actor: Actor, digest: str) -> Draft:
    """Let a warning out; sealed. OutOfOrder where it says something else by now than what was read."""
    may(actor, "give_aid")
    with deps.store.write() as work:
        live = _live(deps, work)
        drafted = _drafted(deps, work, live)
        if not drafted.warnings:
            raise OutOfOrder(what=APPROVE, why=Words("没有可提示的内容", "there is nothing to warn of"))
        if drafted.sha256 != digest:
            raise OutOfOrder(
                what=APPROVE, why=Words("内容已有变化，请重新阅读", "it says something else by now: read it again")
            )
        keep(deps, work, actor, Entry(AID, WARNING, WARNING), WarningApproved(digest, _drawn_from(deps, live)))
        return _drafted(deps, work, live)


def take_back_warning(deps: Deps, actor: Actor, reason: str) -> Draft:
    """Take back what is out; sealed. OutOfOrder where nothing is."""
    may(actor, "give_aid")
    with deps.store.write() as work:
        if not reason.strip():
            raise OutOfOrder(what=TAKE_BACK, why=NO_REASON)
        if _out(_acts(deps, work)) is None:
            raise OutOfOrder(what=TAKE_BACK, why=Words("没有已批准的提示", "no warning is out"))
        keep(deps, work, actor, Entry(AID, WARNING, TAKEN_BACK), WarningTakenBack(reason))
        return _drafted(deps, work, _live(deps, work))


def warning_fell(deps: Deps, work: Work) -> WarningFell | None:
    """The warning that is out, where something it rests on fell; None where all of it stands."""
    acts = _acts(deps, work)
    return _fell(deps, work, _live(deps, work), acts) if _out(acts) else None


def warning_sheet(deps: Deps, drafted: Draft, locale: str, *, staff: bool) -> Sheet:
    """It on paper; marked as a draft until somebody let it out. Who did is told to staff; the public is told the institution."""
    day = f"{drafted.at.astimezone(deps.zone):%Y-%m-%d}" if drafted.at else ""
    who = drafted.by if staff else deps.standards.institution.name
    approved = f"{who} {day}".strip() if drafted.by else None
    return sheet(drafted.warnings, deps.standards.aid, locale, approved, staff=staff)


def _drafted(deps: Deps, work: Work, live: _Live) -> Draft:
    drawn = warned(deps.standards.aid, live.ads.values(), live.rings.values())
    whole = sorted(drawn, key=lambda one: one.id)  # which is the most frequent changes nothing of what is said
    told = [to_plain(sheet(whole, deps.standards.aid, locale, None, staff=True)) for locale in ("zh", "en")]
    digest = sha256(canonical(told)).hexdigest()
    acts = _acts(deps, work)
    fell, out = _fell(deps, work, live, acts), _out(acts)
    made = Draft(drawn, digest, fell=fell)
    if out is None or fell is not None or out[1].sha256 != digest:
        return made
    return replace(made, by=out[0].by, at=out[0].at)


def _acts(deps: Deps, work: Work) -> list[tuple[BookAct, Any]]:
    """All that was done about warnings, oldest first."""
    return [(act, said(deps, act, BODIES)) for act in work.books.acts(AID, [WARNING]).get(WARNING, ())]


def _out(acts: Sequence[tuple[BookAct, Any]]) -> tuple[BookAct, WarningApproved] | None:
    """What was let out last and not taken back."""
    return acts[-1] if acts and isinstance(acts[-1][1], WarningApproved) else None


def _fell(deps: Deps, work: Work, live: _Live, acts: Sequence[tuple[BookAct, Any]]) -> WarningFell | None:
    if (out := _out(acts)) is None:
        return None
    act, body = out
    ads = work.ads.items([id_ for id_ in body.rests_on if id_.startswith(AD) and id_ not in live.ads])
    down = {id_ for id_, one in ads.items() if soliciting_among(deps, work, one.sightings)}
    heirs = went_into(work, {id_ for id_ in body.rests_on if not id_.startswith(AD) and id_ not in live.rings})
    merged = {id_ for id_, heir in heirs.items() if heir in live.rings}
    fallen = tuple(id_ for id_ in body.rests_on if id_ not in {*live.ads, *live.rings, *down, *merged})
    if not fallen:
        return None
    return WarningFell(sha256=body.sha256, at=act.at, by=act.by, fallen=fallen, rests_on=len(body.rests_on))


def _drawn_from(deps: Deps, live: _Live) -> tuple[str, ...]:
    """The ads and organisations that call for a warning."""
    words = deps.standards.aid
    ads = [id_ for id_, text in live.ads.items() if warned(words, [text], ())]
    rings = [id_ for id_, conduct in live.rings.items() if warned(words, (), [conduct])]
    return tuple(sorted([*ads, *rings]))


def _live(deps: Deps, work: Work) -> _Live:
    suspected = [ring for ring in rings_kept(work) if ring.status is RingStatus.SUSPECTED]
    return _Live(
        dict(_live_ads(deps, work)), {ring.id: {conduct for conduct, _, _ in ring.conduct} for ring in suspected}
    )


def _live_ads(deps: Deps, work: Work) -> Iterator[tuple[str, str]]:
    """Ads a person judged to solicit, seen of late and not known to be down, with their texts."""
    items = [one for one in work.ads.all_items() if deps.now() - one.last_seen <= LIVE]
    acts = acts_on(deps, work, [one.id for one in items])
    for item in items:
        if stage(fold(acts.get(item.id, ()))) in GONE or not soliciting_among(deps, work, item.sightings):
            continue
        newest = newest_words(sightings_of(deps, work, item))
        if newest is not None and newest.text:
            yield item.id, newest.text
