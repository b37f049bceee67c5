"""Exhibits held against what was sealed: none is gone, smuggled in or altered; what was erased was erased by an act."""

from collections.abc import Iterator

from mingcha.actions.deps import Deps
from mingcha.actions.exhibit_book import exhibit_holds
from mingcha.actions.inspection.sealed import Sealed
from mingcha.actions.ports.store import Work
from mingcha.model.inspection import Flaw
from mingcha.model.words import Words

ALTERED = Words("证据与封存不符", "an exhibit is not what was sealed")


def check_exhibits(deps: Deps, work: Work, sealed: Sealed) -> Iterator[Flaw]:
    """Every exhibit that was kept; that no byte of it was changed, `mingcha exhibits check` says."""
    told = {str(act["exhibit"]): act for _, act in sealed.acts("keep_exhibit")}
    erased = {str(one) for _, act in sealed.acts("erase") for one in act.get("exhibits", ())}
    seen: set[str] = set()
    for kept in work.exhibits.all():
        seen.add(kept.id)
        act = told.get(kept.id, {})
        holds = kept.id in erased if not kept.wrapped else exhibit_holds(deps, kept, act)
        if not act or not holds:
            yield Flaw("exhibit_changed", kept.id, ALTERED)
    for id_ in sorted(told.keys() - seen):
        yield Flaw("exhibit_changed", id_, ALTERED)
