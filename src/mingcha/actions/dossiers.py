"""Load everything about a batch of complaints with a bounded number of statements: the same inputs for merit and detectors.

`MeritFile` is built from records alone; the dossier adds what came of campaigns and ties. Keyed values only.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from mingcha.actions.ad_reach import ads_reached, mention_tokens, soliciting
from mingcha.actions.consumer_records import consumer_calls, consumer_payments
from mingcha.actions.deps import Deps
from mingcha.actions.kept import contact_token, open_record
from mingcha.actions.ports.store import Work
from mingcha.merit.claims import read_claims
from mingcha.model.account import Account, Ad, Event, Offer, Reply
from mingcha.model.call import Call, Coverage
from mingcha.model.complaint import Attachment, Complaint, PaperCheck
from mingcha.model.dossier import Dossier
from mingcha.model.kinds import KINDS
from mingcha.model.merit import Claim, MeritFile
from mingcha.model.notice import Assignment, Notice
from mingcha.model.party import Authorisation, Callback, Customer, Representative
from mingcha.model.payment import Payment, Waiver
from mingcha.model.provenance import Cite
from mingcha.model.record import Personal
from mingcha.model.stored import StoredRecord
from mingcha.model.text import ContactKind, ContactMention, Folded, TermHit
from mingcha.model.traces import Company, Courier, Device, Lead, Loss
from mingcha.model.transcript import ConsumerRecord, Turn
from mingcha.text.contacts import contacts
from mingcha.text.normalise import normalise

PARTED = "parted"  # of summaries: values that tie nobody since an objection was upheld over them
BY_CUSTOMER: dict[str, type[Any]] = {
    "accounts": Account,
    "calls": Call,
    "authorisations": Authorisation,
    "offers": Offer,
    "replies": Reply,
    "callbacks": Callback,
    "attachments": Attachment,
    "issuers": PaperCheck,
    "representatives": Representative,
    "payments": Payment,
    "waivers": Waiver,
    "notices": Notice,
    "transcripts": Turn,
    "consumer_records": ConsumerRecord,
    "assignments": Assignment,
    "devices": Device,
    "couriers": Courier,
    "companies": Company,
    "leads": Lead,
    "losses": Loss,
}
ADVERTISED = (  # columns whose values may stand in an ad: kind of record, column
    ("authorisations", "agent_phone"), ("leads", "caller_phone"), ("leads", "handle"), ("couriers", "sender_phone"), ("losses", "payee"),
)  # fmt: skip
TRACES = ("devices", "couriers", "companies", "leads", "losses")
BY_COMPLAINT = (
    "authorisations", "offers", "replies", "callbacks", "attachments", "issuers", "waivers", "notices", "consumer_records",
    *TRACES,
)  # fmt: skip
LIGHT = frozenset(
    {"authorisations", "attachments", "issuers", "representatives", *TRACES}
)  # what ties and representation rest on


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """One complaint with its own records, read and keyed, before campaigns and ties are added."""

    complaint: Complaint
    text: Folded
    claims: tuple[Claim, ...]
    contacts: tuple[ContactMention, ...]
    contact_tokens: tuple[tuple[ContactMention, str], ...]
    terms: tuple[TermHit, ...]
    customer: Customer | None
    records: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    ads: tuple[Ad, ...] = ()
    advertised: Mapping[str, str] = field(default_factory=dict)  # value -> the first ad that gives it and solicits
    number_owners: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """Small kinds every complaint may need, loaded once a run."""

    events: tuple[Event, ...]
    coverage: tuple[Coverage, ...]
    kinds_held: frozenset[str]
    representatives: Mapping[
        str, Representative
    ]  # verified ones, by the token of their number and of their organisation
    parted: frozenset[str] = frozenset()  # values an objection was upheld over: they tie nobody


def load_shared(deps: Deps, work: Work) -> Shared:
    """Events, coverage, which kinds of records the house holds, and who was verified to speak for others."""
    verified = [one for one in scan(deps, work, "representatives") if one.verified]
    offices = {contact_token(deps.keys, Personal.COMPANY, r.organisation): r for r in verified if r.organisation}
    return Shared(
        events=tuple(scan(deps, work, "events")),
        coverage=tuple(scan(deps, work, "coverage")),
        kinds_held=work.records.held([kind.code for kind in KINDS]),
        representatives={r.phone: r for r in verified if r.phone} | offices,
        parted=frozenset(value for value, _ in work.summaries.all(PARTED)),
    )


def scan(deps: Deps, work: Work, kind: str) -> Iterable[Any]:
    """All records of a kind, keyed, in order of arrival; erased ones are left out."""
    for stored in work.records.scan(kind):
        if stored.wrapped:
            yield open_record(deps.keys, stored).keyed


def load(deps: Deps, work: Work, ids: Sequence[str], *, light: bool = False) -> list[Loaded]:
    """The named complaints with their records, in the order of `ids`; unknown and erased ones are left out.

    `light` leaves claims and terms unread and loads the kinds of `LIGHT` alone, for passes that only look at ties and
    representation.
    """
    kinds = [kind for kind in BY_CUSTOMER if not light or kind in LIGHT]
    heads = work.records.heads("complaints", ids)
    desk = work.desk.rows(ids)
    complaints = [
        replace(open_record(deps.keys, heads[id_]).keyed, received_at=desk[id_].received_at)
        for id_ in ids
        if id_ in heads and heads[id_].wrapped
    ]
    theirs = {c.customer_id for c in complaints if c.customer_id}
    customers = _by_id(deps, work, "customers", theirs)
    owned = {kind: _by_field(deps, work, kind, "customer_id", theirs) for kind in kinds}
    named_here = [c.id for c in complaints]
    filed = {kind: _by_field(deps, work, kind, "complaint_id", named_here) for kind in BY_COMPLAINT if kind in kinds}
    named = _by_id(deps, work, "authorisations", {c.authorisation_id for c in complaints if c.authorisation_id})
    speakers = _by_field(deps, work, "representatives", "phone", {c.filer_phone for c in complaints if c.filer_phone})
    owners = _owners(deps, work, complaints)
    read = [_read(deps, complaint) for complaint in complaints]
    out = []
    for complaint, (folded, mentions, tokens) in zip(complaints, read, strict=True):
        records: dict[str, tuple[Any, ...]] = dict.fromkeys(BY_CUSTOMER, ())
        for kind in kinds:
            own = owned[kind].get(complaint.customer_id or "", ()) + filed.get(kind, {}).get(complaint.id, ())
            if kind == "authorisations" and complaint.authorisation_id in named:
                own += (named[complaint.authorisation_id],)
            if kind == "representatives":
                own += speakers.get(complaint.filer_phone or "", ())
            records[kind] = _unique(own)
        out.append(
            Loaded(
                complaint=complaint,
                text=folded,
                claims=() if light else read_claims(folded, _day(deps, complaint)),
                contacts=mentions,
                contact_tokens=tokens,
                terms=() if light else deps.lexicon.find(folded),
                customer=customers.get(complaint.customer_id or ""),
                records=records,
                number_owners=len(owners.get(complaint.filer_phone or "", set()) - {complaint.customer_id or ""}),
            )
        )
    return _with_ads(deps, work, out)


def _day(deps: Deps, complaint: Complaint) -> date | None:
    """The day of receipt where the house stands, by which words like 昨晚 are understood."""
    return complaint.received_at.astimezone(deps.zone).date() if complaint.received_at else None


def merit_file(loaded: Loaded, shared: Shared) -> MeritFile:
    """What merit may look at, and nothing else."""
    records = loaded.records
    complaint = loaded.complaint
    kept: tuple[ConsumerRecord, ...] = records["consumer_records"]
    assert complaint.received_at is not None
    licence = complaint.licence or next((a.licence for a in records["accounts"] if a.licence), None)
    return MeritFile(
        complaint_id=complaint.id,
        received_at=complaint.received_at,
        licence=licence,
        product=complaint.product,
        text=loaded.text,
        claims=loaded.claims,
        accounts=records["accounts"],
        calls=records["calls"] + consumer_calls(kept),
        replies=records["replies"],
        offers=records["offers"],
        coverage=shared.coverage,
        payments=records["payments"] + consumer_payments(kept),
        waivers=records["waivers"],
        notices=records["notices"],
        turns=records["transcripts"],
        consumer_records=kept,
        assignments=records["assignments"],
        events=tuple(event for event in shared.events if _touches(event, loaded)),
        kinds_held=shared.kinds_held,
    )


def _touches(event: Event, loaded: Loaded) -> bool:
    """Whether an event up to the receipt is of this lender and product, and of the customer's merchant where it names one."""
    complaint = loaded.complaint
    merchant = loaded.customer.merchant if loaded.customer else None
    return (
        complaint.received_at is not None
        and event.from_at <= complaint.received_at
        and event.lender in (None, complaint.lender)
        and event.product in (None, complaint.product)
        and event.merchant in (None, merchant)
    )


def dossier(loaded: Loaded, shared: Shared) -> Dossier:
    """The dossier before merit, campaign, ties and group are added."""
    records = loaded.records
    return Dossier(
        complaint=loaded.complaint,
        text=loaded.text,
        claims=loaded.claims,
        contacts=loaded.contacts,
        terms=loaded.terms,
        customer=loaded.customer,
        accounts=records["accounts"],
        authorisations=records["authorisations"],
        representatives=records["representatives"],
        callbacks=records["callbacks"],
        attachments=records["attachments"],
        paper_checks=records["issuers"],
        offers=records["offers"],
        replies=records["replies"],
        losses=_losses(loaded, shared),
        events=_near(loaded.complaint, shared.events),
        ads=loaded.ads,
        number_owners=loaded.number_owners,
        kinds_held=shared.kinds_held,
    )


def shared_values(
    deps: Deps, work: Work, shared: Shared, days: Mapping[str, AbstractSet[date]]
) -> tuple[dict[str, str], dict[str, Cite]]:
    """Values that tie nobody, with what they are and the record that says so: those of verified representatives, and of listed
    places on any of the `days` a value was stated.
    """
    allowed = {token: one.relation or "representative" for token, one in shared.representatives.items()}
    listed = {token: Cite("representatives", one.id) for token, one in shared.representatives.items()}
    for place in scan(deps, work, "places"):
        for value in (place.phone, place.address, place.ip, place.device):
            if value and any(place.held_on(day) for day in days.get(value, ())):
                allowed[value], listed[value] = place.place_kind, Cite("places", place.id)
    return allowed, listed


EVENT_DAYS = 3  # an event this long before a single complaint may be what it is about; families look further back


def _near(complaint: Complaint, events: Sequence[Event]) -> tuple[Event, ...]:
    at = complaint.received_at
    if at is None:
        return ()
    return tuple(
        event
        for event in events
        if event.from_at <= at and (at - (event.to_at or event.from_at)).days <= EVENT_DAYS
        and (event.lender is None or event.lender == complaint.lender)
        and (event.product is None or event.product == complaint.product)
    )  # fmt: skip


def _read(
    deps: Deps, complaint: Complaint
) -> tuple[Folded, tuple[ContactMention, ...], tuple[tuple[ContactMention, str], ...]]:
    folded = normalise(complaint.text or "")
    mentions = contacts(folded)
    tokens = tuple((mention, token) for mention in mentions for token in mention_tokens(deps, mention))
    return folded, mentions, tokens


def mention_facts(one: Loaded) -> list[tuple[str, str | None, str, str]]:
    """Contacts a text states, as (kind of tie, token, source kind, source)."""
    id_ = one.complaint.id
    return [(MENTIONED.get(mention.kind, "handle"), token, "complaints", id_) for mention, token in one.contact_tokens]


def ad_facts(one: Loaded, rows: Iterable[tuple[str, str | None, str, str]]) -> list[tuple[str, str | None, str, str]]:
    """Handles among these facts that an ad gives which a person judged to solicit. An ad adds no family of ties to a number or an
    account it gives: one value is one thread (law 3)."""
    return [
        ("ad_handle", value, "ads", one.advertised[value])
        for kind, value, _, _ in rows
        if kind == "handle" and value is not None and value in one.advertised
    ]


MENTIONED = {ContactKind.PHONE: "contact_phone", ContactKind.BANK_CARD: "bank_card"}
TRACED: tuple[tuple[str, str, str], ...] = (  # kind of record, its field, kind of tie
    ("devices", "device", "device"),
    ("devices", "ip", "ip"),
    ("devices", "sim", "sim"),
    ("couriers", "sender_phone", "sender_number"),
    ("couriers", "sender_address", "return_address"),
    ("companies", "name", "company"),
    ("companies", "credit_code", "company"),
    ("leads", "caller_phone", "lead_number"),
    ("leads", "handle", "handle"),
    ("losses", "payee", "payee"),
    ("losses", "company", "company"),
    ("losses", "contract", "contract"),
)


def trace_facts(one: Loaded, shared: Shared) -> list[tuple[str, str | None, str, str]]:
    """What devices, parcels, companies, cold calls and losses state, as (kind of tie, token, source kind, source)."""
    records = {**one.records, "losses": _losses(one, shared)}
    return [
        (kind, getattr(record, name), source, record.id) for source, name, kind in TRACED for record in records[source]
    ]


def _losses(one: Loaded, shared: Shared) -> tuple[Loss, ...]:
    """What was paid to anybody but a verified representative's office: a lawyer's fee is no loss, and ties nobody."""
    losses: tuple[Loss, ...] = one.records["losses"]
    return tuple(loss for loss in losses if loss.company not in shared.representatives)


def _open_all(deps: Deps, stored: Iterable[StoredRecord]) -> list[Any]:
    return [open_record(deps.keys, one).keyed for one in stored if one.wrapped]


def _by_id(deps: Deps, work: Work, kind: str, ids: Iterable[str]) -> dict[str, Any]:
    found = work.records.heads(kind, sorted(ids))
    return {one.id: one for one in _open_all(deps, found.values())}


def _by_field(deps: Deps, work: Work, kind: str, name: str, tokens: Iterable[str]) -> dict[str, tuple[Any, ...]]:
    wanted = sorted(set(tokens))
    grouped: dict[str, list[Any]] = defaultdict(list)
    if wanted:
        for record in _open_all(deps, work.records.by_token(kind, name, wanted)):
            grouped[getattr(record, name)].append(record)
    return {token: tuple(records) for token, records in grouped.items()}


def _owners(deps: Deps, work: Work, complaints: Sequence[Complaint]) -> dict[str, set[str]]:
    """Customers who hold, or held before, each filer's number."""
    numbers = {c.filer_phone for c in complaints if c.filer_phone}
    owners: dict[str, set[str]] = defaultdict(set)
    for name in ("phone", "previous_phone"):
        for number, holders in _by_field(deps, work, "customers", name, numbers).items():
            owners[number].update(holder.id for holder in holders)
    return owners


def _with_ads(deps: Deps, work: Work, out: Sequence[Loaded]) -> list[Loaded]:
    """The same with the ads that give what they state, but for what is the customer's own."""
    stated = [_stated(one) for one in out]
    reached = ads_reached(deps, work, set().union(*stated))
    whole = []
    for one, values in zip(out, stated, strict=True):
        met = {value: reached[value] for value in sorted(values) if value in reached}
        sell = {value: [ad.id for ad in ads if soliciting(ad)] for value, ads in met.items()}
        ads = _unique(tuple(ad for found in met.values() for ad in found))
        whole.append(replace(one, ads=ads, advertised={value: min(ids) for value, ids in sell.items() if ids}))
    return whole


def _stated(one: Loaded) -> set[str]:
    """Numbers, handles and accounts that a complaint and its records state and the customer does not hold."""
    own = {one.customer.phone, one.customer.previous_phone} if one.customer else set()
    mine = {mention for mention, token in one.contact_tokens if token in own}
    values = {token for mention, token in one.contact_tokens if mention not in mine} | {one.complaint.filer_phone}
    values |= {getattr(record, name) for kind, name in ADVERTISED for record in one.records[kind]}
    return {value for value in values - own if value}


def _unique(records: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple({record.id: record for record in sorted(records, key=lambda r: r.id)}.values())
