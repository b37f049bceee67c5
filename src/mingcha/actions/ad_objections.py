"""The poster objects, and somebody who neither drafted nor approved decides: what was wrong is withdrawn, corrected and never again."""

from mingcha.actions.ad_book import item_of, keep_act
from mingcha.actions.ad_reports import Correction, corrections_owed
from mingcha.actions.ad_ties import meet_ad
from mingcha.actions.deps import Deps
from mingcha.actions.objection_match import by_door
from mingcha.actions.permit import may
from mingcha.actions.ports.store import Work
from mingcha.actions.settling import settle
from mingcha.errors import OutOfOrder
from mingcha.model.actor import Actor
from mingcha.model.ad_cycle import ACT_WORDS, AdAct, AdActKind, Objected, ObjectionRefused, ObjectionUpheld
from mingcha.model.words import Words


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
        _not_by_door(deps, work, ad, AdActKind.OBJECTION_UPHELD)
        keep_act(deps, work, actor, ad, ObjectionUpheld(reason))
        meet_ad(deps, work, actor, item.sightings)
        settle(deps, work, actor, [ad])
        return tuple(corrections_owed(deps, work, ad))


def refuse_objection(deps: Deps, actor: Actor, ad: str, reason: str) -> AdAct:
    """The poster is not right; what they said and why it does not hold are kept; sealed."""
    may(actor, "decide_ad_objection")
    with deps.store.write() as work:
        item_of(work, ad)
        _not_by_door(deps, work, ad, AdActKind.OBJECTION_REFUSED)
        return keep_act(deps, work, actor, ad, ObjectionRefused(reason))


def _not_by_door(deps: Deps, work: Work, ad: str, what: AdActKind) -> None:
    if by_door(deps, work, ad):
        why = Words("异议由本人提出，在异议清单中答复", "it came by their own door: it is answered there")
        raise OutOfOrder(what=ACT_WORDS[what], why=why)
