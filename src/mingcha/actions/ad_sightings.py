"""Sightings become ads: the same ad seen again is one ad with many sightings, whatever order they came in.

A sighting that says neither work, address nor whose words it shows is an ad of its own. An amended row stays with its ad.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from mingcha.actions.ad_reach import reach_missing
from mingcha.actions.ad_ties import forget_reach
from mingcha.actions.case_book import not_on_hold
from mingcha.actions.codec import canonical
from mingcha.actions.deps import Deps
from mingcha.actions.exhibit_book import forget_exhibits
from mingcha.actions.kept import Kept, open_record
from mingcha.actions.lots import lots
from mingcha.actions.permit import may
from mingcha.actions.ports.store import Work
from mingcha.actions.reasons import keep_reason, reasoned
from mingcha.actions.sealing import CUSTODY, seal_act
from mingcha.actions.settling import settle
from mingcha.ads.same import account_of, same_ad
from mingcha.errors import NotFound
from mingcha.model.account import Ad
from mingcha.model.actor import Actor
from mingcha.model.ad_cycle import AdItem
from mingcha.model.stored import StoredRecord
from mingcha.model.times import credible
from mingcha.model.words import Words

ADS = "ads"
PREFIX = "AD"  # of the ids of ads
AT_A_TIME = 1_000


def group_sightings(deps: Deps, actor: Actor) -> int:
    """Give every sighting its ad; how many had none. Doing it again changes nothing."""
    may(actor, "import")
    reach_missing(deps)
    with deps.store.write() as work:
        return place_sightings(deps, work)


def place_sightings(deps: Deps, work: Work, after: int = 0) -> int:
    """Give the sightings kept after a seq their ads; how many had none."""
    stream, placed = work.records.scan(ADS, after), 0
    while rows := [one for one in islice(stream, AT_A_TIME)]:
        known = work.ads.ads_of([one.id for one in rows])
        fresh = [_alone(deps, one) for one in rows if one.id not in known and one.wrapped]
        held = work.ads.items_by_key([one.key for one in fresh])
        for one in fresh:
            held[one.key] = _together(held[one.key], one) if one.key in held else one
        work.ads.put_items([held[key] for key in dict.fromkeys(one.key for one in fresh)])
        placed += len(fresh)
    return placed


def erase_ad(deps: Deps, actor: Actor, ad: str, reason: str) -> int:
    """Destroy all that is kept of an ad: its sightings, who posted it, and what acts on it say; how many sightings held data.

    That there was an ad, and which acts, stays; the reason stays with the act.
    """
    may(actor, "erase")
    reasoned(reason, Words("删除个人数据", "erase personal data"))
    with deps.store.write() as work:
        item = work.ads.items([ad]).get(ad)
        if item is None:
            raise NotFound(what=Words("广告", "ad"), which=ad)
        not_on_hold(deps, work, {ad, *item.sightings})
        versions = work.records.erase(item.sightings, deps.now())
        forget_ads(work, item.sightings)
        exhibits = forget_exhibits(work, item.sightings)
        forget_reach(deps, work, actor, item.sightings)
        act = {"act": "erase", "records": list(item.sightings), "versions": versions, "exhibits": sorted(exhibits)}
        seal_act(deps, work, CUSTODY, actor, {**act, **keep_reason(deps, work, deps.new_id(), reason, None)})
        settle(deps, work, actor, {ad, *exhibits})
    deps.blobs.remove(exhibits)
    return versions


def forget_ads(work: Work, records: Sequence[str]) -> None:
    """Destroy what acts say on ads of which nothing is held any more, now that these records are erased."""
    ads = work.ads.items(sorted(set(work.ads.ads_of(records).values())))
    held = work.records.heads(ADS, [id_ for item in ads.values() for id_ in item.sightings])
    gone = [ad for ad, item in ads.items() if not any(id_ in held and held[id_].wrapped for id_ in item.sightings)]
    work.ads.erase(gone)


def _alone(deps: Deps, stored: StoredRecord) -> AdItem:
    """The ad a sighting would be by itself."""
    ad: Ad = open_record(deps.keys, stored).keyed
    said = same_ad(ad, stored.text_digest) or ("alone", stored.id)
    key = deps.keys.digest("ad", canonical(list(said)))
    seen = credible(ad.seen_at) or stored.recorded_at
    return AdItem(
        id=deps.keys.record_id(PREFIX, "ad", "", key),
        key=key,
        platform=ad.platform,
        account=account_of(ad),
        first_seen=seen,
        last_seen=seen,
        sightings=(stored.id,),
    )


def _together(held: AdItem, one: AdItem) -> AdItem:
    """Two that are one ad; what they say differently is told as the first sighting has it."""
    first = min(held, one, key=lambda item: (item.first_seen, item.sightings))
    other = one if first is held else held
    return replace(
        held,
        platform=first.platform or other.platform,
        account=first.account or other.account,
        first_seen=first.first_seen,
        last_seen=max(held.last_seen, one.last_seen),
        sightings=tuple(sorted({*held.sightings, *one.sightings})),
    )


def seen_in(deps: Deps, work: Work, items: Sequence[AdItem]) -> Iterator[tuple[AdItem, list[Ad]]]:
    """Ads with their keyed sightings, those erased left out."""
    for item, held in kept_in(deps, work, items):
        yield item, [one.keyed for one in held]


def kept_in(deps: Deps, work: Work, items: Sequence[AdItem]) -> Iterator[tuple[AdItem, list[Kept]]]:
    """Ads with their sightings in the order they were kept, those erased left out."""
    for some in lots(items, AT_A_TIME):
        held = work.records.heads(ADS, [id_ for item in some for id_ in item.sightings])
        for item in some:
            stored = sorted((held[id_] for id_ in item.sightings if id_ in held), key=lambda one: one.seq)
            yield item, [open_record(deps.keys, one) for one in stored if one.wrapped]
