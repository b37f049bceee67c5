"""Acts on ads held against what was sealed: none is gone, smuggled in, moved or altered; what was erased was erased by an act."""

from collections.abc import Iterator

from mingcha.actions.ad_book import act_proved, open_act
from mingcha.actions.deps import Deps
from mingcha.actions.inspection.sealed import Sealed
from mingcha.actions.ports.store import Work
from mingcha.errors import KeyTrouble
from mingcha.model.ad_cycle import AdActKind, Drafted
from mingcha.model.inspection import Flaw
from mingcha.model.stored import KeptAct
from mingcha.model.words import Words

UNREADABLE = (KeyTrouble, KeyError, ValueError, TypeError)  # what reading an altered act may end in
ALTERED = Words("对广告的操作与封存不符", "an act on an ad is not what was sealed")


def check_ads(deps: Deps, work: Work, sealed: Sealed) -> Iterator[Flaw]:
    """Every act on every ad, in the order they were sealed."""
    told = {
        str(act["ad_act"]): (kind.value, str(act["ad"]), str(act["by"]), str(act["commitment"]))
        for kind in AdActKind
        for _, act in sealed.acts(f"ad_{kind.value}")
    }
    erased = {str(one) for _, act in sealed.acts("erase") for one in act["records"]}
    held = {item.id: frozenset(item.sightings) for item in work.ads.all_items()}
    seen: set[str] = set()
    for one in work.ads.all_acts():
        seen.add(one.id)
        act = told.get(one.id)
        gone = bool(held.get(one.ad)) and held[one.ad] <= erased
        if act is None or act[:3] != (one.kind, one.ad, one.by) or not _holds(deps, one, act[3], erased=gone):
            yield Flaw("ad_act_changed", one.ad, ALTERED)
    for id_ in sorted(told.keys() - seen):
        yield Flaw("ad_act_changed", told[id_][1], ALTERED)


def drafts_naming_us(deps: Deps, work: Work) -> frozenset[str]:
    """Acts that draft a report of a post that names the institution; what cannot be read is a flaw, told by `check_ads`."""
    return frozenset(one.id for one in work.ads.all_acts() if one.kind == AdActKind.DRAFTED and _names_us(deps, one))


def _names_us(deps: Deps, kept: KeptAct) -> bool:
    try:
        body = open_act(deps, kept).body if kept.wrapped else None
    except UNREADABLE:
        return False
    return isinstance(body, Drafted) and body.names_institution


def _holds(deps: Deps, kept: KeptAct, commitment: str, *, erased: bool) -> bool:
    if not kept.wrapped:
        return erased
    try:
        return act_proved(deps, kept, commitment)
    except UNREADABLE:
        return False
