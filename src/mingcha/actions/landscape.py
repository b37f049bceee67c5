"""The landscape of a run: families, ties and groups over all complaints, ready to be placed into each dossier.

Only summaries are kept. Verified representation stops ties before anything is linked (law 3), and a group's conduct and
innocent explanations are gathered from its members before it is judged.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from mingcha.actions.complaint_desk import ENDED
from mingcha.actions.deps import Deps
from mingcha.actions.dossiers import Loaded, Shared, dossier, load, mention_facts, scan, trace_facts
from mingcha.actions.families import judgements
from mingcha.actions.kept import open_record
from mingcha.actions.ports.store import Work
from mingcha.actions.ring_book import ring_name, rings_remembered, statistics_for, tie_words
from mingcha.campaign.acts import Act, Filing, act_of, find_acts
from mingcha.campaign.families import Families, find_families
from mingcha.campaign.families import Family as CampaignFamily
from mingcha.campaign.judged import apply
from mingcha.campaign.reconcile import Reconciled, reconcile
from mingcha.campaign.samples import SampleSketch, match_sample
from mingcha.campaign.scheme import SCHEME as CAMPAIGN
from mingcha.campaign.sketches import Hashes, distinct
from mingcha.campaign.summary import FamilyFacts, MemberFacts, summarise
from mingcha.detect.run import conduct_findings, examine, explanations, represented
from mingcha.model.campaign import CampaignSummary, SampleMatch
from mingcha.model.dossier import Dossier
from mingcha.model.finding import Conduct, Family
from mingcha.model.party import Customer
from mingcha.model.provenance import Cite
from mingcha.model.ring import Ring, Statistics
from mingcha.model.tie import GroupSummary, TieFact
from mingcha.network.groups import Evidence, summarise_group
from mingcha.network.rings import form_ring, part, status_of
from mingcha.network.scheme import CLOSED_DAYS
from mingcha.network.ties import Bounds, Ties, build_ties, summaries
from mingcha.text.fingerprint import shingles
from mingcha.text.normalise import normalise

CHUNK = 500
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What the first pass keeps of one complaint."""

    filing: Filing
    channel: str | None
    lender: str | None
    product: str | None
    represented: bool
    expired: bool  # closed for so long that it links nobody


@dataclass(frozen=True, slots=True, kw_only=True)
class Landscape:
    """Families, ties, groups and rings, and what was counted on the way."""

    acts: Mapping[str, Act]
    campaigns: Mapping[str, CampaignSummary]
    ties: Ties
    groups: Mapping[str, GroupSummary]
    families: Families
    reconciled: Reconciled
    rings: tuple[Ring, ...] = ()
    became: Reconciled | None = None  # of the rings
    statistics: Statistics | None = None  # they rest on
    counts: dict[str, int]

    def place(self, bare: Dossier) -> Dossier:
        """The dossier with its act, campaign, ties and group."""
        id_ = bare.complaint.id
        act = self.acts.get(id_)
        return replace(
            bare,
            acts=len(act.complaints) if act else 1,
            campaign=self.campaigns.get(id_),
            ties=summaries(self.ties, id_),
            group=self.groups.get(id_),
        )


def survey(deps: Deps, work: Work, shared: Shared, ids: Sequence[str], progress: Progress) -> Landscape:
    """Look at all complaints together; nothing is written."""
    seen, customers, facts = _first_pass(deps, work, shared, ids, progress)
    sketches = [sketch for sketch in work.campaigns.sketches() if sketch.complaint in seen]
    hashes = {sketch.complaint: distinct(sketch.hashes) for sketch in sketches}
    acts = act_of(find_acts([s.filing for s in seen.values()], hashes, CAMPAIGN))
    progress("families", 0, 1)
    found = find_families(sketches)
    judged = apply(found.families, judgements(work), seen)
    found = replace(found, families=judged.families)
    new = {family.name: [complaint for complaint, _ in family.members] for family in found.families}
    reconciled = reconcile(work.campaigns.families(), new)
    campaigns = _campaigns(deps, work, shared, found.families, reconciled.ids, seen, customers, acts, hashes)
    progress("families", 1, 1)
    facts += _template_facts(campaigns, seen)
    people = len({one.filing.customer or one.filing.complaint for one in seen.values()})
    statistics = statistics_for(work, deps.now().astimezone(deps.zone).date(), people)
    bounds = replace(_bounds(deps, work, shared, facts, seen), people=statistics.people)
    bare = Landscape(
        acts=acts,
        campaigns=campaigns,
        ties=build_ties(facts, customers, bounds),
        groups={},
        families=found,
        reconciled=reconciled,
        statistics=statistics,
        counts={},
    )
    whole = _with_rings(deps, work, shared, bare, (customers, bounds), progress)
    counts = {
        "acts": len({act.id for act in acts.values()}),
        "families": len(found.families),
        **_changes(reconciled),
        "too_short_to_compare": len(found.too_short),
        "left_out_of_families": len(found.left),
        "compared_with_the_likeliest": found.passed_over,
        "judgements_not_followed": len(judged.unmet),
        **_tied(whole),
    }
    return replace(whole, counts=counts)


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


def _bounds(deps: Deps, work: Work, shared: Shared, facts: Sequence[TieFact], seen: Mapping[str, _Seen]) -> Bounds:
    """Who is represented or long closed, and what ties nobody: values of verified representatives, and of listed places on
    the day a complaint stated them.
    """
    days: dict[str, set[date]] = {}
    for fact in facts:
        received = seen[fact.complaint].filing.received_at
        if received is not None:
            days.setdefault(fact.value, set()).add(received.astimezone(deps.zone).date())
    allowed = {token: one.relation or "representative" for token, one in shared.representatives.items()}
    listed = {token: Cite("representatives", one.id) for token, one in shared.representatives.items()}
    for place in scan(deps, work, "places"):
        for value in (place.phone, place.address, place.ip, place.device):
            if value and any(place.held_on(day) for day in days.get(value, ())):
                allowed[value], listed[value] = place.place_kind, Cite("places", place.id)
    return Bounds(
        stopped=frozenset(id_ for id_, one in seen.items() if one.represented),
        allowed=allowed,
        listed=listed,
        received={id_: one.filing.received_at for id_, one in seen.items() if one.filing.received_at is not None},
        as_of=deps.now(),
        expired=frozenset(id_ for id_, one in seen.items() if one.expired),
    )


def _first_pass(
    deps: Deps, work: Work, shared: Shared, ids: Sequence[str], progress: Progress
) -> tuple[dict[str, _Seen], dict[str, Customer], list[TieFact]]:
    seen: dict[str, _Seen] = {}
    customers: dict[str, Customer] = {}
    facts: list[TieFact] = []
    for start in range(0, len(ids), CHUNK):
        closed = _closed(work, ids[start : start + CHUNK], deps.now())
        for one in load(deps, work, ids[start : start + CHUNK], light=True):
            complaint = one.complaint
            filing = Filing(
                complaint=complaint.id,
                customer=complaint.customer_id,
                filer_phone=complaint.filer_phone,
                received_at=complaint.received_at,
            )
            seen[complaint.id] = _Seen(
                filing=filing,
                channel=complaint.channel,
                lender=complaint.lender,
                product=complaint.product,
                represented=represented(dossier(one, shared)),
                expired=complaint.id in closed,
            )
            if one.customer is not None:
                customers[one.customer.id] = one.customer
            facts += _facts(one, shared)
        progress("read", min(start + CHUNK, len(ids)), len(ids))
    return seen, customers, facts


def _closed(work: Work, ids: Sequence[str], now: datetime) -> frozenset[str]:
    """Those of the complaints that ended so long ago that they link nobody."""
    ended = [id_ for id_, row in work.desk.rows(ids).items() if row.state in ENDED.values()]
    papers = work.desk.clock_events(ended) if ended else {}
    last = {id_: max((paper.at for paper in of if paper.kind in ENDED), default=now) for id_, of in papers.items()}
    return frozenset(id_ for id_, at in last.items() if now - at > timedelta(days=CLOSED_DAYS))


def _facts(one: Loaded, shared: Shared) -> list[TieFact]:
    """What this complaint's own records state. The customer's own reserved number, device or card ties nobody."""
    complaint, own = one.complaint, one.customer
    theirs = {own.phone, own.previous_phone, own.address} if own else set()
    rows: list[tuple[str, Family, str | None, str, str]] = [
        ("filer_number", Family.LINE, complaint.filer_phone, complaint.id, "complaints"),
        ("device", Family.LINE, complaint.device, complaint.id, "complaints"),
        ("ip", Family.LINE, complaint.ip, complaint.id, "complaints"),
        ("return_address", Family.PAPER, complaint.return_address, complaint.id, "complaints"),
    ]
    rows += [
        ("agent_number", Family.LINE, a.agent_phone, a.id, "authorisations") for a in one.records["authorisations"]
    ]
    rows += [("issuer_seal", Family.PAPER, p.seal, p.id, "attachments") for p in one.records["attachments"]]
    rows += [("issuer_seal", Family.PAPER, p.seal, p.id, "issuers") for p in one.records["issuers"]]
    rows += trace_facts(one, shared) + mention_facts(one)
    return [
        TieFact(
            complaint=complaint.id,
            customer=complaint.customer_id,
            kind=kind,
            family=family,
            value=value,
            source=source,
            source_kind=source_kind,
        )
        for kind, family, value, source, source_kind in rows
        if value and value not in theirs
    ]


def _campaigns(  # noqa: PLR0913 -- the one place where everything about families meets
    deps: Deps,
    work: Work,
    shared: Shared,
    families: Sequence[CampaignFamily],
    kept_ids: Mapping[str, str],
    seen: Mapping[str, _Seen],
    customers: Mapping[str, Customer],
    acts: Mapping[str, Act],
    hashes: Mapping[str, Hashes],
) -> dict[str, CampaignSummary]:
    """Each near-identical member's summary, over those alone: a family also holds letters that share passages and no more."""
    samples = _samples(deps, work)
    out: dict[str, CampaignSummary] = {}
    for family in families:
        members = tuple(
            _member(seen[c], similarity, acts, customers, match_sample(hashes[c], samples, CAMPAIGN))
            for c, similarity in family.members
            if similarity >= CAMPAIGN.near_identical
        )
        if len(members) < 2:
            continue
        facts = FamilyFacts(
            id=kept_ids[family.name], similarity_min=family.common, members=members, events=shared.events
        )
        out.update(summarise(facts, CAMPAIGN))
    return out


def _member(
    one: _Seen, similarity: int, acts: Mapping[str, Act], customers: Mapping[str, Customer], sample: SampleMatch | None
) -> MemberFacts:
    customer = customers.get(one.filing.customer or "")
    return MemberFacts(
        complaint=one.filing.complaint,
        act=acts[one.filing.complaint].id,
        customer=customer,
        received_at=one.filing.received_at,
        channel=one.channel,
        lender=one.lender,
        product=one.product,
        merchant=customer.merchant if customer else None,
        represented=one.represented,
        similarity=similarity,
        sample=sample,
    )


def _samples(deps: Deps, work: Work) -> list[SampleSketch]:
    key = deps.keys.sketch_key()
    out = []
    for stored in work.records.scan("samples"):
        if stored.wrapped:
            sample = open_record(deps.keys, stored).keyed
            out.append(SampleSketch(sample.id, sample.title or "", shingles(normalise(sample.text), key)))
    return out


def _template_facts(campaigns: Mapping[str, CampaignSummary], seen: Mapping[str, _Seen]) -> list[TieFact]:
    """A family ties its members by text, unless a public letter, an event or a shared merchant explains it."""
    return [
        TieFact(
            complaint=id_,
            customer=seen[id_].filing.customer,
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
    people: tuple[Mapping[str, Customer], Bounds],
    progress: Progress,
) -> Landscape:
    """Groups, each with the conduct and the explanations found in its members, and the rings among them by their kept ids."""
    customers, bounds = people
    parted = part(bare.ties, tie_words(work).among(bare.acts))
    members = sorted({complaint for one in parted for complaint in one.group.complaints})
    evidence = _evidence(deps, work, shared, bare, members, progress)
    summaries_of = [summarise_group(one.group, bare.ties, customers, evidence) for one in parted]
    new = {
        ring_name(one.group.complaints): one.group
        for one, summary in zip(parted, summaries_of, strict=True)
        if status_of(summary) is not None
    }
    became = reconcile(rings_remembered(work), {name: group.complaints for name, group in new.items()})
    ids = {group.id: became.ids[name] for name, group in new.items()}
    groups: dict[str, GroupSummary] = {}
    rings = []
    for one, summary in zip(parted, summaries_of, strict=True):
        id_ = ids.get(one.group.id, summary.id)
        groups |= dict.fromkeys(one.group.complaints, replace(summary, id=id_))
        ring = form_ring(one, summary, bare.ties, customers, bounds, id_)
        rings += [ring] if ring is not None else []
    return replace(bare, groups=groups, rings=tuple(rings), became=became)


def _evidence(
    deps: Deps, work: Work, shared: Shared, bare: Landscape, members: Sequence[str], progress: Progress
) -> Evidence:
    conduct: dict[str, tuple[tuple[Conduct, str, Cite], ...]] = {}
    explained: dict[str, tuple[tuple[str, Cite], ...]] = {}
    for start in range(0, len(members), CHUNK):
        for one in load(deps, work, members[start : start + CHUNK]):
            results, _ = examine(bare.place(dossier(one, shared)))
            conduct[one.complaint.id] = conduct_findings(results)
            explained[one.complaint.id] = explanations(results)
        progress("groups", min(start + CHUNK, len(members)), len(members))
    return Evidence(conduct=conduct, explanations=explained, tested=frozenset(conduct))
