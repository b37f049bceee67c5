"""The landscape of complaints: families, ties, groups and rings, ready to be placed into each dossier.

A run surveys all complaints; what came in by itself is related to those around it (`increment`) by the same steps.
Only summaries are kept. Verified representation stops ties before anything is linked (law 3), and a group's conduct and
innocent explanations are gathered from its members before it is judged.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mingcha.actions.codec import canonical
from mingcha.actions.deps import Deps
from mingcha.actions.dossiers import Shared, dossier, load, shared_values
from mingcha.actions.family_words import judgements
from mingcha.actions.kept import open_record
from mingcha.actions.lots import lots
from mingcha.actions.ports.store import Work
from mingcha.actions.ring_book import homes_of, ring_name, rings_remembered, statistics_for, tie_words
from mingcha.actions.standings import facts_of, filing, long_closed, read_standings
from mingcha.campaign.acts import act_of, find_acts
from mingcha.campaign.families import Families, find_families
from mingcha.campaign.families import Family as CampaignFamily
from mingcha.campaign.judged import apply
from mingcha.campaign.reconcile import Reconciled, reconcile
from mingcha.campaign.samples import SampleSketch, match_sample
from mingcha.campaign.scheme import SCHEME as CAMPAIGN
from mingcha.campaign.sketches import Hashes, distinct
from mingcha.campaign.summary import FamilyFacts, MemberFacts, summarise
from mingcha.detect.run import conduct_findings, examine, explanations
from mingcha.model.campaign import CampaignSummary
from mingcha.model.dossier import Dossier
from mingcha.model.finding import Family
from mingcha.model.party import Customer
from mingcha.model.ring import Ring, Statistics
from mingcha.model.standing import Standing
from mingcha.model.tie import LAW_THREE_CUSTOMERS, GroupSummary, TieFact
from mingcha.network.groups import Evidence, summarise_group
from mingcha.network.rings import form_ring, part, status_of
from mingcha.network.ties import Bounds, Ties, build_ties, summaries
from mingcha.text.fingerprint import shingles
from mingcha.text.normalise import normalise

Progress = Callable[[str, int, int], None]
Standings = Mapping[str, Standing]


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What is related: complaints, with all that share a family, a value or a ring with them."""

    standings: Standings
    families: tuple[CampaignFamily, ...]  # named by the ids they are kept by
    people: int  # chance is reckoned among so many
    rings: Mapping[str, tuple[str, ...]]  # complaints of each ring that is remembered
    hubs: frozenset[tuple[str, str]] = frozenset()  # values that link nobody, whoever of them is here
    elsewhere: tuple[TieFact, ...] = ()  # what others state of those


@dataclass(frozen=True, slots=True, kw_only=True)
class Landscape:
    """Complaints in their families, ties, groups and rings."""

    standings: Standings
    acts: Mapping[str, int]  # complaints of each act
    campaigns: Mapping[str, CampaignSummary]
    ties: Ties
    groups: Mapping[str, GroupSummary]
    rings: tuple[Ring, ...]
    became: Reconciled  # of the rings

    def place(self, bare: Dossier) -> Dossier:
        """The dossier with its act, campaign, ties and group."""
        id_ = bare.complaint.id
        one = self.standings.get(id_)
        return replace(
            bare,
            acts=self.acts[one.act] if one else 1,
            campaign=self.campaigns.get(id_),
            ties=summaries(self.ties, id_),
            group=self.groups.get(id_),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """The landscape of a whole house, the families it rests on, and what was counted on the way."""

    landscape: Landscape
    families: Families
    reconciled: Reconciled  # of the families
    statistics: Statistics
    counts: dict[str, int]


def survey(deps: Deps, work: Work, shared: Shared, ids: Sequence[str], progress: Progress) -> Survey:
    """Look at all complaints together; nothing is written."""
    standings = read_standings(deps, work, shared, ids, progress)
    sketches = [sketch for sketch in work.campaigns.sketches() if sketch.complaint in standings]
    hashes = {sketch.complaint: distinct(sketch.hashes) for sketch in sketches}
    progress("families", 0, 1)
    found = find_families(sketches)
    judged = apply(found.families, judgements(work), standings)
    found = replace(found, families=judged.families)
    reconciled = reconcile(
        work.campaigns.families(), {family.name: [one for one, _ in family.members] for family in found.families}
    )
    families = tuple(replace(family, name=reconciled.ids[family.name]) for family in found.families)
    standings = with_acts_and_families(deps, work, standings, families, hashes)
    progress("families", 1, 1)
    people = len({one.customer_id or one.complaint for one in standings.values()})
    statistics = statistics_for(work, deps.now().astimezone(deps.zone).date(), people)
    around = Around(standings=standings, families=families, people=statistics.people, rings=rings_remembered(work))
    landscape = relate(deps, work, shared, around, progress)
    counts = {
        "acts": len(landscape.acts),
        "families": len(families),
        **_changes(reconciled),
        "too_short_to_compare": len(found.too_short),
        "left_out_of_families": len(found.left),
        "compared_with_the_likeliest": found.passed_over,
        "judgements_not_followed": len(judged.unmet),
        **_tied(landscape),
    }
    return Survey(
        landscape=landscape,
        families=found,
        reconciled=reconciled,
        statistics=statistics,
        counts=counts,
    )


def with_acts_and_families(
    deps: Deps, work: Work, standings: Standings, families: Sequence[CampaignFamily], hashes: Mapping[str, Hashes]
) -> dict[str, Standing]:
    """The same with the act each is part of, and with the public letter its text follows where it is in a family."""
    acts = act_of(find_acts([filing(one) for one in standings.values()], hashes, CAMPAIGN))
    samples = _samples(deps, work)
    home = {one: family.name for family in families for one, _ in family.members}
    near = {one for family in families for one in _near(family)}
    return {
        id_: replace(
            one,
            act=acts[id_].id,
            family=home.get(id_),
            sample=match_sample(hashes[id_], samples, CAMPAIGN) if id_ in near and id_ in hashes else None,
        )
        for id_, one in standings.items()
    }


def relate(deps: Deps, work: Work, shared: Shared, around: Around, progress: Progress) -> Landscape:
    """Families, ties, groups and rings of complaints and of all around them; nothing is written.

    Findings are looked at again only where they rest on something else than when they were kept.
    """
    standings = around.standings
    customers = {one.person.id: one.person for one in standings.values() if one.person is not None}
    campaigns = _campaigns(around, shared)
    facts = [*facts_of(standings.values()), *around.elsewhere, *_template_facts(campaigns, standings)]
    bounds = _bounds(deps, work, shared, facts, around)
    bare = Landscape(
        standings=standings,
        acts=Counter(one.act for one in standings.values()),
        campaigns=campaigns,
        ties=build_ties(facts, customers, bounds),
        groups={},
        rings=(),
        became=Reconciled({}, (), (), (), (), (), ()),
    )
    return _with_rings(deps, work, shared, bare, (customers, bounds, around.rings), progress)


def _tied(whole: Landscape) -> dict[str, int]:
    """What ties made of the complaints."""
    return {
        "ties": sum(1 for tie in whole.ties.ties if tie.linking),
        "hubs": sum(1 for tie in whole.ties.ties if tie.hub),
        "dormant_ties": sum(1 for tie in whole.ties.ties if tie.dormant),
        "groups": len({group.id for group in whole.groups.values()}),
        "rings": len(whole.rings),
        "rings_not_resampled": sum(1 for ring in whole.rings if ring.stability is None),
    }


def _changes(reconciled: Reconciled) -> dict[str, int]:
    """What became of the families the house had, those that came in since the last run among them."""
    return {
        "families_born": len(reconciled.born),
        "families_grown": len(reconciled.grew),
        "families_merged": len(reconciled.merged),
        "families_split": len(reconciled.split),
        "families_gone": len(reconciled.died),
    }


def _bounds(deps: Deps, work: Work, shared: Shared, facts: Sequence[TieFact], around: Around) -> Bounds:
    """Who is represented or long closed, and what ties nobody: values of verified representatives, and of listed places on
    the day a complaint stated them.
    """
    received = {one.complaint: one.received_at for one in around.standings.values() if one.received_at is not None}
    days: dict[str, set[date]] = {}
    for fact in facts:
        if fact.complaint in received:
            days.setdefault(fact.value, set()).add(received[fact.complaint].astimezone(deps.zone).date())
    allowed, listed = shared_values(deps, work, shared, days)
    return Bounds(
        stopped=frozenset(id_ for id_, one in around.standings.items() if one.represented),
        allowed=allowed,
        listed=listed,
        received=received,
        as_of=deps.now(),
        expired=long_closed(work, around.standings, deps.now()),
        hubs=around.hubs,
        people=around.people,
    )


def _near(family: CampaignFamily) -> list[str]:
    """Near-identical members: a family also holds letters that share passages and no more."""
    return [one for one, similarity in family.members if similarity >= CAMPAIGN.near_identical]


def _campaigns(around: Around, shared: Shared) -> dict[str, CampaignSummary]:
    """Each near-identical member's summary, over those alone."""
    out: dict[str, CampaignSummary] = {}
    for family in around.families:
        alike = dict(family.members)
        members = tuple(_member(around.standings[one], alike[one]) for one in _near(family) if one in around.standings)
        if len(members) > 1:
            facts = FamilyFacts(id=family.name, similarity_min=family.common, members=members, events=shared.events)
            out.update(summarise(facts, CAMPAIGN))
    return out


def _member(one: Standing, similarity: int) -> MemberFacts:
    return MemberFacts(
        complaint=one.complaint,
        act=one.act,
        customer=one.person,
        received_at=one.received_at,
        channel=one.channel,
        lender=one.lender,
        product=one.product,
        merchant=one.person.merchant if one.person else None,
        represented=one.represented,
        similarity=similarity,
        sample=one.sample,
    )


def _samples(deps: Deps, work: Work) -> list[SampleSketch]:
    key = deps.keys.sketch_key()
    out = []
    for stored in work.records.scan("samples"):
        if stored.wrapped:
            sample = open_record(deps.keys, stored).keyed
            out.append(SampleSketch(sample.id, sample.title or "", shingles(normalise(sample.text), key)))
    return out


def _template_facts(campaigns: Mapping[str, CampaignSummary], standings: Standings) -> list[TieFact]:
    """A family ties its members by text, unless a public letter, an event or a shared merchant explains it."""
    return [
        TieFact(
            complaint=id_,
            customer=standings[id_].customer_id,
            kind="template",
            family=Family.TEXT,
            value=campaign.id,
            source=id_,
            source_kind="complaints",
        )
        for id_, campaign in campaigns.items()
        if campaign.sample is None and not campaign.events and not campaign.merchants
    ]


def _with_rings(
    deps: Deps,
    work: Work,
    shared: Shared,
    bare: Landscape,
    known: tuple[Mapping[str, Customer], Bounds, Mapping[str, tuple[str, ...]]],
    progress: Progress,
) -> Landscape:
    """Groups, each with the conduct and the explanations found in its members, and the rings among them by their kept ids."""
    customers, bounds, remembered = known
    parted = part(bare.ties, tie_words(work).among(bare.standings))
    members = sorted({complaint for one in parted for complaint in one.group.complaints})
    examined = _examined(deps, work, shared, bare, members, progress)
    evidence = Evidence(
        conduct={id_: one.conduct for id_, one in examined.items()},
        explanations={id_: one.explanations for id_, one in examined.items()},
        tested=frozenset(examined),
    )
    summaries_of = [summarise_group(one.group, bare.ties, customers, evidence) for one in parted]
    new = {
        ring_name(one.group.complaints): one.group
        for one, summary in zip(parted, summaries_of, strict=True)
        if status_of(summary) is not None
    }
    became = reconcile(remembered, {name: group.complaints for name, group in new.items()})
    ids = {group.id: became.ids[name] for name, group in new.items()}
    groups: dict[str, GroupSummary] = {}
    rings = []
    for one, summary in zip(parted, summaries_of, strict=True):
        id_ = ids.get(one.group.id, summary.id)
        groups |= dict.fromkeys(one.group.complaints, replace(summary, id=id_))
        ring = form_ring(one, summary, bare.ties, customers, bounds, id_)
        rings += [ring] if ring is not None else []
    homes = homes_of(remembered, rings)
    standings = {id_: replace(examined.get(id_, one), ring=homes.get(id_)) for id_, one in bare.standings.items()}
    return replace(bare, standings=standings, groups=groups, rings=tuple(rings), became=became)


def _examined(
    deps: Deps, work: Work, shared: Shared, bare: Landscape, members: Sequence[str], progress: Progress
) -> dict[str, Standing]:
    """The members with what was found about each; those whose findings still rest on the same are not looked at again."""
    rests = {id_: _rests_on(bare.campaigns.get(id_)) for id_ in members}
    out = {id_: bare.standings[id_] for id_ in members if bare.standings[id_].rests_on == rests[id_]}
    ask = [id_ for id_ in members if id_ not in out]
    done = 0
    for lot in lots(ask):
        for one in load(deps, work, lot):
            id_ = one.complaint.id
            results, _ = examine(bare.place(dossier(one, shared)))
            out[id_] = replace(
                bare.standings[id_],
                conduct=conduct_findings(results),
                explanations=explanations(results),
                rests_on=rests[id_],
            )
        done += len(lot)
        progress("groups", done, len(ask))
    return out


def _rests_on(campaign: CampaignSummary | None) -> str:
    """All of its family that a complaint's conduct and explanations may rest on; its ties matter by places alone."""
    if campaign is None:
        return ""
    sample = campaign.sample.cite.record if campaign.sample else ""
    events = [cite.record for cite in campaign.events]
    told = [campaign.id, sample, list(campaign.merchants), events, min(campaign.customers.count, LAW_THREE_CUSTOMERS)]
    return canonical(told).decode()
