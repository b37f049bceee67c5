"""The page of one family, for whoever may see agency and organisation of every complaint in it; each read is sealed first.

It is about organisation, so it stays shut to whoever decides merit until merit is sealed for all its members, and what is
said then does not tell whether there is such a family (law 2). What it shows is counted, keyed or not personal.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from mingcha.actions.assessments import open_output
from mingcha.actions.decide import standing
from mingcha.actions.deps import Deps
from mingcha.actions.dossiers import load_shared, scan
from mingcha.actions.kept import open_record
from mingcha.actions.lots import LOT, lots
from mingcha.actions.permit import may, may_reveal
from mingcha.actions.ports.store import Work
from mingcha.actions.sealing import ACCESS, seal_act
from mingcha.campaign.acts import Filing, act_of, find_acts
from mingcha.campaign.family_facts import Circumstances, PageFacts, PageMember
from mingcha.campaign.family_page import family_page
from mingcha.campaign.forms import headings
from mingcha.campaign.samples import SampleSketch, match_sample
from mingcha.campaign.scheme import SCHEME
from mingcha.campaign.summary import MemberFacts
from mingcha.errors import NotFound, NotPermitted
from mingcha.model.actor import Actor
from mingcha.model.assessment import Assessment
from mingcha.model.call import Call
from mingcha.model.complaint import Complaint
from mingcha.model.decision import MeritVerdict
from mingcha.model.family_page import FamilyPage
from mingcha.model.finding import Finding
from mingcha.model.party import Customer
from mingcha.model.stored import DeskRow, Membership, QueueFilter
from mingcha.model.words import Words
from mingcha.text.fingerprint import shingles
from mingcha.text.normalise import normalise

CHUNK = LOT
COMPARED = 2_000  # complaints outside; keyed ids are in no order of ours, so the first of them are drawn by chance
SEED = 20261125  # of the test of hours: the same page for the same data
FAMILY = Words("家族", "family")


def family(deps: Deps, actor: Actor, id_: str) -> FamilyPage:
    """The page of one family; NotFound where there is none, NotPermitted where a member's merit is open to this reader."""
    may(actor, "see_complaint_reveal")
    with deps.store.read() as work:
        held = work.campaigns.members(id_)
        rows = {
            id_: row for ids in lots([m.complaint for m in held], CHUNK) for id_, row in work.desk.rows(ids).items()
        }
        _open_to(actor, id_, rows)
        page = family_page(_facts(deps, work, id_, held, rows), SCHEME, SEED)
    with deps.store.write() as work:
        act = {
            "act": "see_family",
            "family": id_,
            "members": page.members,
            "before_merit": sum(not row.merit_decided for row in rows.values()),
            "complaints": [line.complaint for line in page.cited],
        }
        seal_act(deps, work, ACCESS, actor, act)
    return page


def _open_to(actor: Actor, id_: str, rows: dict[str, DeskRow]) -> None:
    """Whoever may see nothing before merit hears the same of a family that is shut and of one that is not there."""
    if rows and all(may_reveal(actor, row.merit_decided) for row in rows.values()):
        return
    if may_reveal(actor, merit_decided=False):
        raise NotFound(what=FAMILY, which=id_)
    raise NotPermitted(
        actor=actor.name,
        verb=Words(f"打开家族 {id_}", f"open the family {id_}"),
        why=Words(
            "没有这个家族，或其中还有诉求未裁定并封存的投诉",
            "there is no such family, or merit is not sealed yet for every complaint in it",
        ),
    )


def _facts(deps: Deps, work: Work, id_: str, held: Sequence[Membership], rows: dict[str, DeskRow]) -> PageFacts:
    shared = load_shared(deps, work)
    members = _members(deps, work, held, rows)
    inside = frozenset(m.complaint for m in held)
    others = (sketch.complaint for sketch in work.campaigns.sketches() if sketch.complaint not in inside)
    drawn = list(islice(others, COMPARED))
    return PageFacts(
        id=id_,
        similarity_min=work.campaigns.similarity_min([id_])[id_],
        members=tuple(members),
        unread=len(held) - len(members),
        outside=tuple(read.seen for lot in lots(drawn, CHUNK) for read in _read(deps, work, lot)),
        outside_of=work.desk.count(QueueFilter()) - len(held),
        events=shared.events,
        kinds_held=shared.kinds_held,
    )


def _members(deps: Deps, work: Work, held: Sequence[Membership], rows: dict[str, DeskRow]) -> list[PageMember]:
    """Members with their newest assessment; those that have none are left out, for the caller to count."""
    similarity = {m.complaint: m.similarity for m in held}
    read: dict[str, _Read] = {}
    made: dict[str, Assessment] = {}
    for lot in lots([m.complaint for m in held], CHUNK):
        stored = work.desk.assessments(lot)
        made |= {id_: open_output(deps, one) for id_, one in stored.items() if one.wrapped}
        read |= {one.seen.complaint: one for one in _read(deps, work, lot) if one.seen.complaint in made}
    key = deps.keys.sketch_key()
    hashes = {id_: shingles(normalise(one.complaint.text or ""), key) for id_, one in read.items()}
    filings = [_filing(one.complaint, rows[id_]) for id_, one in read.items()]
    acts = act_of(find_acts(filings, hashes, SCHEME))
    samples = [
        SampleSketch(sample.id, sample.title or "", shingles(normalise(sample.text), key))
        for sample in scan(deps, work, "samples")
    ]
    return [
        PageMember(
            facts=MemberFacts(
                complaint=id_,
                act=acts[id_].id,
                customer=one.customer,
                received_at=rows[id_].received_at,
                channel=one.seen.channel,
                lender=one.seen.lender,
                product=one.seen.product,
                merchant=one.seen.merchant,
                represented=any(isinstance(r, Finding) and r.stops_ties for r in made[id_].results),
                similarity=similarity[id_],
                sample=match_sample(hashes[id_], samples, SCHEME),
            ),
            seen=one.seen,
            wording=one.wording,
            person_known=acts[id_].person_known,
            merit=made[id_].merit,
            decided=_decided(work, rows[id_]),
        )
        for id_, one in read.items()
    ]


def _filing(complaint: Complaint, row: DeskRow) -> Filing:
    return Filing(
        complaint=complaint.id,
        customer=complaint.customer_id,
        filer_phone=complaint.filer_phone,
        received_at=row.received_at,
    )


def _decided(work: Work, row: DeskRow) -> MeritVerdict | None:
    merit = standing(work.desk.decisions(row.complaint)).merit if row.merit_decided else None
    return MeritVerdict(merit.verdict) if merit else None


@dataclass(frozen=True, slots=True)
class _Read:
    """One complaint, keyed, with its customer and the keyed digest of its text."""

    complaint: Complaint
    customer: Customer | None
    wording: str | None
    seen: Circumstances


def _read(deps: Deps, work: Work, ids: Sequence[str]) -> list[_Read]:
    """Those of the complaints that were not erased, by a bounded number of statements."""
    heads = {id_: head for id_, head in work.records.heads("complaints", ids).items() if head.wrapped}
    complaints: dict[str, Complaint] = {id_: open_record(deps.keys, head).keyed for id_, head in heads.items()}
    named = sorted({c.customer_id for c in complaints.values() if c.customer_id})
    customers: dict[str, Customer] = {
        id_: open_record(deps.keys, head).keyed
        for id_, head in work.records.heads("customers", named).items()
        if head.wrapped
    }
    agencies: dict[str, set[str]] = defaultdict(set)
    for stored in work.records.by_token("calls", "customer_id", named):
        call: Call | None = open_record(deps.keys, stored).keyed if stored.wrapped else None
        if call is not None and call.agency and call.customer_id:
            agencies[call.customer_id].add(call.agency)
    return [
        _Read(
            complaint=one,
            customer=customers.get(one.customer_id or ""),
            wording=heads[id_].text_digest,
            seen=_circumstances(one, customers.get(one.customer_id or ""), agencies[one.customer_id or ""]),
        )
        for id_, one in complaints.items()
    ]


def _circumstances(complaint: Complaint, customer: Customer | None, agencies: Iterable[str]) -> Circumstances:
    """The time is the one the complaint states: one that states none has no hour to compare."""
    return Circumstances(
        complaint=complaint.id,
        received_at=complaint.received_at,
        channel=complaint.channel,
        product=complaint.product,
        lender=complaint.lender,
        region=complaint.region,
        merchant=customer.merchant if customer else None,
        agencies=frozenset(agencies),
        headings=headings(complaint.text or ""),
    )
