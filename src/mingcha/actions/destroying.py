"""Destroy what is kept of things: their data keys and with them every version, assessment, quote, reason, act, exhibit and place in an index.

One way for erasing at a person's wish and for disposing at the end of a term; whoever calls seals the act, and removes the bytes of
exhibits once it is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from mingcha.actions.ad_sightings import forget_ads
from mingcha.actions.ad_ties import forget_reach
from mingcha.actions.book import BOOKS
from mingcha.actions.book import forget as forget_acts
from mingcha.actions.deps import Deps
from mingcha.actions.exhibit_book import forget_exhibits
from mingcha.actions.handling_book import let_go
from mingcha.actions.increment import update
from mingcha.actions.joining import forget
from mingcha.actions.ports.store import Work
from mingcha.actions.repairs import forget_causes
from mingcha.actions.settling import settle
from mingcha.model.actor import Actor
from mingcha.model.kinds import ID_PREFIX

RETENTION = "retention"  # the book of disposals: it says what went, so nothing destroys it


@dataclass(frozen=True, slots=True)
class Destroyed:
    """How many versions held data until now, and ids of the exhibits and acts that went; sorted."""

    versions: int
    exhibits: tuple[str, ...]
    book_acts: tuple[str, ...]


def destroy(
    deps: Deps, work: Work, actor: Actor, ids: Sequence[str], things: Sequence[str] = (), *, alone: bool = False
) -> Destroyed:
    """Destroy records, and the acts of books on them and on further `things`; with `alone` no exhibit goes that is also about others."""
    complaints, sightings = (_of(ids, code) for code in ("complaints", "ads"))
    families = {row.family for row in work.campaigns.memberships(complaints).values()}
    versions = work.records.erase(ids, deps.now())
    work.desk.erase_assessments(complaints)
    work.desk.erase_papers(complaints)
    work.reasons.erase(ids)
    work.search.remove(complaints)
    forget(work, complaints)
    forget_causes(work, complaints)
    let_go(work, complaints)
    forget_ads(work, ids)
    of = sorted({*ids, *things})
    acts = [act for book in BOOKS if book != RETENTION for act in forget_acts(work, book, of)]
    exhibits = forget_exhibits(work, of, alone=alone)
    work.campaigns.forget(complaints)
    update(deps, work, actor, complaints)
    if sightings:
        forget_reach(deps, work, actor, sightings)
    settle(deps, work, actor, {*ids, *families, *exhibits, *work.ads.ads_of(sightings).values()})
    return Destroyed(versions, tuple(sorted(exhibits)), tuple(sorted(acts)))


def _of(ids: Sequence[str], code: str) -> list[str]:
    return [id_ for id_ in ids if id_.startswith(ID_PREFIX[code])]
