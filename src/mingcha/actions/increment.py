"""What came in by itself meets its ties and rings at once: the steps of a run, over those around it alone.

Whoever shares a value, a family, a ring or a person's word with a new complaint, and whoever shares one with those, is all
that its rings can depend on: related by the same steps they come out as a run over the whole house would have them, under
the statistics of the last run. Only the rarity of a hub, and what it cites, wait for the next run.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from mingcha.actions.codec import dumps
from mingcha.actions.deps import Deps
from mingcha.actions.dossiers import load_shared
from mingcha.actions.landscape import Around, relate, with_acts_and_families
from mingcha.actions.ports.store import Work
from mingcha.actions.ring_book import (
    TIES,
    keep_rings,
    kept_ties,
    rings_around,
    seal_rings,
    statistics_kept,
    tie_words,
    ties_named,
)
from mingcha.actions.settling import settle
from mingcha.actions.standings import (
    Key,
    StatedBy,
    keep,
    kept,
    of_persons,
    person_of,
    read_standings,
    restate,
    stating,
    tie_id,
)
from mingcha.campaign.families import Family
from mingcha.campaign.sketches import distinct
from mingcha.model.actor import Actor
from mingcha.model.standing import Standing
from mingcha.network.rings import Said
from mingcha.network.scheme import GROUP_LIMIT, KINDS
from mingcha.network.ties import CITED, Ties

TEMPLATE = "template"
AT_ONCE = 500  # complaints related beside a run; more are faster in one


@dataclass(slots=True)
class _Near:
    """Those around the complaints that changed."""

    standings: dict[str, Standing]
    families: dict[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    hubs: dict[Key, list[StatedBy]] = field(default_factory=dict)
    asked: set[Key] = field(default_factory=set)  # values looked up


def update(deps: Deps, work: Work, actor: Actor, changed: Collection[str]) -> int:
    """Relate complaints that came in, were erased, or of which a record came in, anew; before the first run there is nothing
    to relate to. How many have so much around them that the next run relates them.
    """
    statistics = statistics_kept(work)
    if not changed or statistics is None or not statistics.people:
        return 0
    shared = load_shared(deps, work)
    before = kept(work, changed)
    fresh = read_standings(deps, work, shared, sorted(changed), lambda *_: None)
    if not (fresh or before):
        return 0
    restate(work, before, fresh)
    fresh = {id_: replace(one, ring=before[id_].ring if id_ in before else None) for id_, one in fresh.items()}
    near = _around(work, fresh, before)
    if near is None:
        keep(work, [replace(one, act=id_) for id_, one in fresh.items()])
        return len(fresh)
    families = _families(work, near)
    home = {one: family.name for family in families for one, _ in family.members}
    people = {person_of(one) for one in (*fresh.values(), *before.values())} - {None}
    theirs = {
        id_: one
        for id_, one in near.standings.items()
        if id_ in fresh or person_of(one) in people or one.family != home.get(id_)
    }
    sketches = work.campaigns.sketches_of(sorted(theirs))
    hashes = {id_: distinct(sketch.hashes) for id_, sketch in sketches.items()}
    around = Around(
        standings=near.standings | with_acts_and_families(deps, work, theirs, families, hashes),
        families=families,
        people=statistics.people,
        rings=rings_around(work, [*near.standings.values(), *before.values()]),
        hubs=frozenset(near.hubs),
        elsewhere=tuple(fact for stated in near.hubs.values() for one in stated[:CITED] for fact in one.facts),
    )
    landscape = relate(deps, work, shared, around, lambda *_: None)
    keep(work, [one for id_, one in landscape.standings.items() if id_ in fresh or one != near.standings[id_]])
    _keep_ties(work, landscape.ties, near, before, fresh)
    run = deps.new_id()
    events = keep_rings(work, landscape.rings, landscape.became, around.rings, (run, deps.now()))
    if events:
        seal_rings(deps, work, actor, run, events, statistics)
        settle(deps, work, actor, {event.ring for event in events})
    return 0


def _around(work: Work, fresh: Mapping[str, Standing], before: Mapping[str, Standing]) -> _Near | None:
    """All that rings of the changed complaints depend on; None where it is more than means anything."""
    near = _Near(dict(fresh))
    said = tie_words(work)
    frontier = [*fresh.values(), *before.values()]
    reached = of_persons(work, sorted({who for one in frontier if (who := person_of(one)) is not None}))
    while frontier:
        reached |= _sharing(work, frontier, near)
        reached |= _in_one_family(work, frontier, near)
        reached |= {one for ring in rings_around(work, frontier).values() for one in ring}
        reached |= _said_of({one.complaint for one in frontier}, said)
        found = kept(work, reached - near.standings.keys())
        near.standings.update(found)
        if len(near.standings) > GROUP_LIMIT:
            return None
        frontier, reached = list(found.values()), set()
    return near


def _sharing(work: Work, frontier: Iterable[Standing], near: _Near) -> set[str]:
    """Whoever states a value that one of these states, unless so many do that it links nobody, and did before."""
    keys = {stated[:2] for one in frontier for stated in one.facts} - near.asked
    near.asked |= keys
    by_limit: dict[int, list[Key]] = {}
    for key in sorted(keys):
        by_limit.setdefault(KINDS[key[0]].hub_above, []).append(key)
    reached = set()
    for limit, asked in by_limit.items():
        found = stating(work, asked, limit + 1)
        doubtful = [key for key, stated in found.items() if len(stated) > limit >= _people(stated)]
        for key, stated in (found | stating(work, doubtful, GROUP_LIMIT + 1)).items():
            if _people(stated) > limit:
                near.hubs[key] = stated
            else:
                reached |= {one.complaint for one in stated}
    let_go = ties_named(work, near.hubs.keys() & keys).values()  # what this one made a hub linked them until now
    return reached.union(*(tie.linking for tie in let_go))


def _people(stated: Sequence[StatedBy]) -> int:
    return len({one.customer or one.complaint for one in stated})


def _in_one_family(work: Work, frontier: Sequence[Standing], near: _Near) -> set[str]:
    rows = work.campaigns.memberships([one.complaint for one in frontier])
    reached = set()
    for family in sorted({row.family for row in rows.values()} - near.families.keys()):
        members = work.campaigns.members(family)
        near.families[family] = tuple((row.complaint, row.similarity) for row in members)
        reached |= {row.complaint for row in members}
    return reached


def _said_of(complaints: set[str], said: Said) -> set[str]:
    return {one for pair in said.together for one in pair if not complaints.isdisjoint(pair)}


def _families(work: Work, near: _Near) -> tuple[Family, ...]:
    least = work.campaigns.similarity_min(list(near.families))
    return tuple(
        Family(name=family, representative="", members=members, texts=0, common=least.get(family, 0))
        for family, members in sorted(near.families.items())
    )


def _keep_ties(
    work: Work, ties: Ties, near: _Near, before: Mapping[str, Standing], fresh: Mapping[str, Standing]
) -> None:
    """Replace the ties that were looked at; of a value that was a hub already only how many state it is counted on."""
    made = {(tie.kind, tie.value): tie for tie in kept_ties(ties)}
    looked = near.asked | {(TEMPLATE, family) for family in near.families}
    held = ties_named(work, near.hubs)
    gained = _times(fresh)
    gained.subtract(_times(before))
    rows = {key: tie for key, tie in made.items() if key in looked and key not in near.hubs}
    for key, stated in near.hubs.items():
        was = held.get(key)
        tie = was if was and was.hub else made.get(key, was)
        if tie is not None:  # else the first who state it are one person: the next run lists it
            count = was.complaints + gained[key] if was else len({one.complaint for one in stated})
            rows[key] = replace(tie, complaints=count, hub=True, linking=())
    work.summaries.drop(TIES, sorted(tie_id(*key) for key in looked - rows.keys()))
    work.summaries.add(TIES, [(tie_id(*key), dumps(tie)) for key, tie in sorted(rows.items())])


def _times(standings: Mapping[str, Standing]) -> Counter[Key]:
    """How many of the complaints state each value."""
    return Counter(key for one in standings.values() for key in {stated[:2] for stated in one.facts})
