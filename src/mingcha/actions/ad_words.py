"""A person's word on an ad, with what the machine suggested kept beside it; neither overwrites the other.

An ad a person judged to solicit is one wherever complaints are checked from the next run on, in ties and rings at once, and one
judged otherwise is none, whatever its import said.
"""

from mingcha.actions.ad_book import AD, ReadPost, item_of, keep_act, newest_words, sightings_of
from mingcha.actions.ad_ties import meet_ad
from mingcha.actions.deps import Deps
from mingcha.actions.permit import may
from mingcha.actions.settling import settle
from mingcha.errors import NotFound
from mingcha.model.actor import Actor
from mingcha.model.ad_cycle import AdAct, Judged, Solicits
from mingcha.model.advert import Trade


def judge_ad(  # noqa: PLR0913 -- who says what of which ad, why, and what the machine reads beside it
    deps: Deps, actor: Actor, judge: ReadPost, ad: str, solicits: Solicits, trade: Trade | None, reason: str
) -> AdAct:
    """Say of an ad whether it solicits, and for which trade; sealed. NotFound for an ad that is not held."""
    may(actor, "judge_ads")
    with deps.store.write() as work:
        item = item_of(work, ad)
        sightings = sightings_of(deps, work, item)
        if not sightings:
            raise NotFound(what=AD, which=ad)
        seen = newest_words(sightings)
        read = judge(seen.text) if seen is not None and seen.text else None
        said = Judged(
            solicits=solicits,
            trade=trade,
            reason=reason,
            scheme=read.scheme if read else None,
            probability=read.probability if read else None,
        )
        act = keep_act(deps, work, actor, ad, said)
        meet_ad(deps, work, actor, item.sightings)
        settle(deps, work, actor, [ad])
    return act
