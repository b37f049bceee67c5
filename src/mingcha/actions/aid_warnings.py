"""Public warnings drawn from live ads and suspected organisations in our own words, let out by a person; nobody and no ad is named."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from mingcha.actions.ad_book import acts_on, newest_words, sightings_of
from mingcha.actions.ad_reach import soliciting_among
from mingcha.actions.aid_book import AID
from mingcha.actions.book import Entry, keep, said
from mingcha.actions.codec import canonical
from mingcha.actions.deps import Deps
from mingcha.actions.permit import may
from mingcha.actions.ports.store import Work
from mingcha.actions.ring_book import rings_kept
from mingcha.ads.cycle import fold, stage
from mingcha.aid.warnings import sheet, warned
from mingcha.errors import OutOfOrder
from mingcha.model.actor import Actor
from mingcha.model.ad_cycle import Stage
from mingcha.model.aid import Warned, WarningApproved
from mingcha.model.ring import RingStatus
from mingcha.model.sheet import Sheet
from mingcha.model.words import Words

LIVE = timedelta(days=180)
GONE = frozenset({Stage.REMOVED, Stage.GONE, Stage.DELETED, Stage.NO_AD})
WARNING = "warning"  # what these acts are of, and their kind
APPROVE = Words("批准提示", "approve the warning")


@dataclass(frozen=True, slots=True)
class Draft:
    """Warnings as they stand, what they say in one digest, and by whom and when just that was approved."""

    warnings: tuple[Warned, ...]
    sha256: str
    by: str | None = None
    at: datetime | None = None


def draft_warning(deps: Deps, actor: Actor) -> Draft:
    """What live ads and organisations call for, and whether somebody let just that out."""
    may(actor, "see_aid")
    with deps.store.read() as work:
        return _drafted(deps, work)


def approve_warning(deps: Deps, actor: Actor, digest: str) -> Draft:
    """Let a warning out; sealed. OutOfOrder where it says something else by now than what was read."""
    may(actor, "give_aid")
    with deps.store.write() as work:
        drafted = _drafted(deps, work)
        if not drafted.warnings:
            raise OutOfOrder(what=APPROVE, why=Words("没有可提示的内容", "there is nothing to warn of"))
        if drafted.sha256 != digest:
            raise OutOfOrder(
                what=APPROVE, why=Words("内容已有变化，请重新阅读", "it says something else by now: read it again")
            )
        keep(deps, work, actor, Entry(AID, WARNING, WARNING), WarningApproved(digest))
        return _drafted(deps, work)


def warning_sheet(deps: Deps, drafted: Draft, locale: str, *, staff: bool) -> Sheet:
    """It on paper; marked as a draft until somebody let it out."""
    day = f"{drafted.at.astimezone(deps.zone):%Y-%m-%d}" if drafted.at else ""
    approved = f"{drafted.by} {day}" if drafted.by else None
    return sheet(drafted.warnings, deps.standards.aid, locale, approved, staff=staff)


def _drafted(deps: Deps, work: Work) -> Draft:
    conducts = [
        {conduct for conduct, _, _ in ring.conduct} for ring in rings_kept(work) if ring.status is RingStatus.SUSPECTED
    ]
    drawn = warned(deps.standards.aid, _live_ads(deps, work), conducts)
    told = sorted([one.id, one.says.zh, one.true.zh, one.do.zh, one.staff.zh] for one in drawn)
    digest = sha256(canonical(told)).hexdigest()
    for act in reversed(work.books.acts(AID, [WARNING]).get(WARNING, ())):
        if said(deps, act, {WARNING: WarningApproved}).sha256 == digest:
            return Draft(drawn, digest, act.by, act.at)
    return Draft(drawn, digest)


def _live_ads(deps: Deps, work: Work) -> Iterator[str]:
    """Texts of ads a person judged to solicit, seen of late and not known to be down."""
    items = [one for one in work.ads.all_items() if deps.now() - one.last_seen <= LIVE]
    acts = acts_on(deps, work, [one.id for one in items])
    for item in items:
        if stage(fold(acts.get(item.id, ()))) in GONE or not soliciting_among(deps, work, item.sightings):
            continue
        newest = newest_words(sightings_of(deps, work, item))
        if newest is not None and newest.text:
            yield newest.text
