"""Ads that may be ones that went: found by handle, poster, address or words among those seen after them; whether one is, a person says."""

from mingcha.actions.ad_book import all_acts
from mingcha.actions.ad_posters import looks_of
from mingcha.actions.ad_sightings import seen_in
from mingcha.actions.deps import Deps
from mingcha.actions.permit import may
from mingcha.ads.cycle import fold, gone_since
from mingcha.ads.same import Alike, alike
from mingcha.model.actor import Actor


def returned_perhaps(deps: Deps, actor: Actor) -> tuple[Alike, ...]:
    """Ads that may be ones that went, by handle, poster, address or words, seen after those went; whether one is, a person says."""
    may(actor, "see_ads")
    with deps.store.read() as work:
        states = {ad: fold(acts) for ad, acts in all_acts(deps, work).items()}
        went = {ad: gone for ad, state in states.items() if (gone := gone_since(state.looks)) is not None}
        if not went:
            return ()
        items = {item.id: item for item in work.ads.all_items()}
        since = min(went.values())
        old = dict(looks_of(deps, seen_in(deps, work, [items[ad] for ad in sorted(went)])))
        newer = [item for item in items.values() if item.first_seen >= since and item.id not in went]
        found = alike(old, looks_of(deps, seen_in(deps, work, newer)))
    known = {(ad, one.ad) for ad, state in states.items() for one in state.returned}
    return tuple(one for one in found if (one.old, one.new) not in known and items[one.new].first_seen >= went[one.old])
