"""The poster objects, and somebody who neither drafted nor approved decides: what was wrong is withdrawn, corrected and never again."""

from mingcha.actions.ad_book import item_of, keep_act
from mingcha.actions.ad_reports import Correction, corrections_owed
from mingcha.actions.ad_ties import meet_ad
from mingcha.actions.deps import Deps
from mingcha.actions.permit import may
from mingcha.model.actor import Actor
from mingcha.model.ad_cycle import AdAct, Objected, ObjectionRefused, ObjectionUpheld


def record_objection(deps: Deps, actor: Actor, ad: str, text: str) -> AdAct:
    """Keep what the poster says against a report; sealed. Until it is decided nothing about the ad goes on."""
    may(actor, "record_ad_objection")
    with deps.store.write() as work:
        item_of(work, ad)
        return keep_act(deps, work, actor, ad, Objected(text))


def uphold_objection(deps: Deps, actor: Actor, ad: str, reason: str) -> tuple[Correction, ...]:
    """The poster is right: every report falls, the ad is none from now on; whom a correction must reach, with its draft; sealed."""
    may(actor, "decide_ad_objection")
    with deps.store.write() as work:
        item = item_of(work, ad)
        keep_act(deps, work, actor, ad, ObjectionUpheld(reason))
        meet_ad(deps, work, actor, item.sightings)
        return tuple(corrections_owed(deps, work, ad))


def refuse_objection(deps: Deps, actor: Actor, ad: str, reason: str) -> AdAct:
    """The poster is not right; what they said and why it does not hold are kept; sealed."""
    may(actor, "decide_ad_objection")
    with deps.store.write() as work:
        item_of(work, ad)
        return keep_act(deps, work, actor, ad, ObjectionRefused(reason))
