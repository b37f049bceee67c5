"""What the house knows of customers that may show that they were cheated, read by a bounded number of statements a lot.

Records and keyed values alone: nothing of what anybody decided or was assessed is read here.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mingcha.actions.ad_reach import REACH, ads_reached, reach_kept, soliciting, soliciting_among
from mingcha.actions.ad_ties import MOST, STATED_AS
from mingcha.actions.deps import Deps
from mingcha.actions.kept import Kept, contact_token, open_record
from mingcha.actions.lots import lots
from mingcha.actions.ports.store import Work
from mingcha.actions.ring_book import rings_kept, rings_named
from mingcha.actions.standings import kept as standings_kept
from mingcha.actions.standings import stating
from mingcha.aid.channels import Line
from mingcha.aid.finding import PARTS, SIM, Known, possible, situations_in
from mingcha.model.aid import Possible
from mingcha.model.party import NO_ONE, Callback, Customer
from mingcha.model.provenance import Cite
from mingcha.model.record import Personal
from mingcha.model.ring import Ring, RingRole, RingStatus
from mingcha.model.traces import Company, Loss
from mingcha.standards.calendar import local_day

CUSTOMERS, COMPLAINTS = "customers", "complaints"
THEIRS = ("authorisations", "callbacks", "companies", "couriers", "leads", "losses")
SHARED_ROLES = (RingRole.CONTACT_POINT, RingRole.PAYEE, RingRole.ADVERTISER, RingRole.FILER)
TEXTS = ((COMPLAINTS, "text"), ("callbacks", "answers"), ("leads", "told"))
AGENTS = (  # where records name an agent's own number, account or address
    ("authorisations", "agent_phone"), ("couriers", "sender_phone"), ("couriers", "sender_address"), ("leads", "caller_phone"),
    ("leads", "handle"), ("losses", "payee"),
)  # fmt: skip
LINES = ("filer_number", "agent_number", "contact_phone", "sender_number", "lead_number", "ad_handle")
DOORS = ("return_address", "delivery_address")
SELF = ("self", "unknown", None)


@dataclass(frozen=True, slots=True)
class Theirs:
    """A customer's own record, complaints and the kinds that name them, opened."""

    customer: Kept
    records: Mapping[str, tuple[Kept, ...]]

    def keyed(self, kind: str) -> tuple[Any, ...]:
        """Records of a kind with keyed values."""
        return tuple(one.keyed for one in self.records.get(kind, ()))

    def clear(self, kind: str) -> tuple[Any, ...]:
        """Records of a kind in clear."""
        return tuple(one.clear for one in self.records.get(kind, ()))


@dataclass(frozen=True, slots=True)
class Met:
    """What complaints state of organisations and ads, with the records that say so, and offices that are paid rightly."""

    contacts: Mapping[str, tuple[Cite, ...]]
    ads: Mapping[str, tuple[Cite, ...]]
    offices: frozenset[str]


@dataclass(frozen=True, slots=True)
class Found:
    """Possible victims in no order, how many complaints that show one name no customer, and the complaints of each."""

    possible: tuple[Possible, ...]
    unnamed: int
    complaints: Mapping[str, tuple[str, ...]]


def find(deps: Deps, work: Work) -> Found:
    """Everybody who was probably cheated."""
    met = Met(_contacts_in(rings_kept(work)), _ads_met(deps, work), _offices(deps, work))
    stated = sorted({*met.contacts, *met.ads})
    homes = {id_: one.customer_id for id_, one in standings_kept(work, stated).items()}
    asked = {customer for customer in homes.values() if customer} | set(_with_records(deps, work))
    out, complaints = [], {}
    today = local_day(deps.now())
    for lot in lots(sorted(asked)):
        for customer, theirs in opened(deps, work, lot).items():
            one = possible(known(theirs, met), deps.standards.aid, today)
            if one is not None:
                out.append(one)
                complaints[customer] = tuple(c.id for c in theirs.keyed(COMPLAINTS))
    return Found(tuple(out), sum(homes.get(id_) is None for id_ in stated), complaints)


def met_by(deps: Deps, work: Work, theirs: Theirs) -> Met:
    """What one customer's complaints state of organisations and ads: the same as for the whole house, without a look at the rest."""
    stands = standings_kept(work, [one.id for one in theirs.keyed(COMPLAINTS)])
    contacts = _contacts_in(rings_named(work, {one.ring for one in stands.values() if one.ring}))
    stated = {id_: {value for kind, value, _, _ in one.facts if kind in STATED_AS} for id_, one in stands.items()}
    reached = ads_reached(deps, work, set().union(*stated.values()))
    ads = {
        id_: tuple(Cite("ads", ad.id) for value in sorted(values) for ad in reached.get(value, ()) if soliciting(ad))
        for id_, values in stated.items()
    }
    return Met(contacts, ads, _offices(deps, work))


def known(theirs: Theirs, met: Met) -> Known:
    """What the house knows of one customer."""
    mine = [one.id for one in theirs.keyed(COMPLAINTS)]
    contacts, ads = ([cite for id_ in mine for cite in by.get(id_, ())] for by in (met.contacts, met.ads))
    return Known(
        customer=theirs.customer.keyed.id,
        callbacks=theirs.keyed("callbacks"),
        losses=tuple(one for one in theirs.keyed("losses") if one.company not in met.offices),
        companies=tuple(one for one in theirs.keyed("companies") if one.name not in met.offices),
        contacts=_sources(contacts),
        ads=_sources(ads),
        texts=tuple(_texts(theirs)),
    )


def opened(deps: Deps, work: Work, customers: Sequence[str]) -> dict[str, Theirs]:
    """Customers with all that names them; those that are not held, or were erased, are left out."""
    heads = work.records.heads(CUSTOMERS, customers)
    alive = {id_: open_record(deps.keys, one) for id_, one in heads.items() if one.wrapped}
    records: dict[str, dict[str, dict[str, Kept]]] = {id_: defaultdict(dict) for id_ in alive}
    for kind in (COMPLAINTS, *THEIRS):
        for kept in _open(deps, work, kind, "customer_id", sorted(alive)):
            records[kept.keyed.customer_id][kind][kept.keyed.id] = kept
    home = {id_: customer for customer, of in records.items() for id_ in of[COMPLAINTS]}
    for kind in THEIRS:
        for kept in _open(deps, work, kind, "complaint_id", sorted(home)):
            if kept.keyed.customer_id is None:
                records[home[kept.keyed.complaint_id]][kind][kept.keyed.id] = kept
    return {
        id_: Theirs(kept, {kind: tuple(of[key] for key in sorted(of)) for kind, of in records[id_].items()})
        for id_, kept in alive.items()
    }


def line_of(deps: Deps, work: Work, theirs: Theirs) -> Line:
    """What is known of a customer's number and address: who else states them, which an agent uses, who holds the card."""
    me = theirs.customer.keyed
    own = [value for value in (me.phone, me.address) if value]
    keys = [(kind, value) for value, kinds in ((me.phone, LINES), (me.address, DOORS)) if value for kind in kinds]
    mine = {one.id for one in theirs.keyed(COMPLAINTS)}
    others = {one.key[1] for held in stating(work, keys, MOST).values() for one in held if one.complaint not in mine}
    return Line(
        phone=me.phone,
        phone_since=me.phone_since,
        changed_on=max(
            (one.number_changed_on for one in theirs.keyed("callbacks") if one.number_changed_on), default=None
        ),
        address=me.address,
        others=frozenset({*others, *ads_reached(deps, work, own), *_held_elsewhere(deps, work, me)}),
        agents=frozenset(_agents(theirs)),
        sim_away=any(SIM in situations_in(text, deps.standards.aid) for _, text in _texts(theirs)),
    )


def _held_elsewhere(deps: Deps, work: Work, me: Customer) -> Iterator[str]:
    """Their number or address where it is another customer's too who is not known to share their home: an agent changes many."""
    for name, value in (("phone", me.phone), ("address", me.address)):
        for one in _open(deps, work, CUSTOMERS, name, [value] if value else []):
            if value and one.keyed.id != me.id and not _one_home(me, one.keyed):
                yield value


def _one_home(me: Customer, other: Customer) -> bool:
    """Whether they are known to live together, or to be one person twice."""
    home = me.household not in (None, NO_ONE) and other.household == me.household
    return home or (me.id_number is not None and other.id_number == me.id_number)


def _agents(theirs: Theirs) -> Iterator[str]:
    for kind, name in AGENTS:
        yield from (value for one in theirs.keyed(kind) if (value := getattr(one, name)))
    for one in theirs.keyed(COMPLAINTS):
        if one.filer_role not in SELF:
            yield from (value for value in (one.filer_phone, one.return_address) if value)


def _contacts_in(rings: Iterable[Ring]) -> dict[str, tuple[Cite, ...]]:
    """Complaints that state a value of a suspected organisation; a script alone is none."""
    suspected = [ring for ring in rings if ring.status is RingStatus.SUSPECTED]
    members = [member for ring in suspected for member in ring.members if member.role in SHARED_ROLES]
    return {one: (Cite(COMPLAINTS, one),) for member in members for one in member.complaints}


def _ads_met(deps: Deps, work: Work) -> dict[str, tuple[Cite, ...]]:
    """Complaints that state a contact of an ad a person judged to solicit."""
    sightings = [id_ for id_, _ in work.summaries.all(REACH)]
    out: dict[str, tuple[Cite, ...]] = {}
    for lot in lots(sightings):
        selling = soliciting_among(deps, work, lot)
        gives: dict[str, list[str]] = defaultdict(list)
        for ad, values in reach_kept(work, selling).items():
            for value in values:
                gives[value].append(ad)
        keys = [(kind, value) for value in sorted(gives) for kind in STATED_AS]
        for held in stating(work, keys, MOST).values() if keys else ():
            for one in held:
                out[one.complaint] = (*out.get(one.complaint, ()), *(Cite("ads", ad) for ad in gives[one.key[1]]))
    return out


def _with_records(deps: Deps, work: Work) -> Iterator[str]:
    """Customers a proven call-back, a loss or a contract speaks of, also where it names their complaint alone."""
    complaints: set[str] = set()
    for kind in ("callbacks", "losses", "companies"):
        for stored in work.records.scan(kind):
            one = open_record(deps.keys, stored).keyed if stored.wrapped else None
            if one is None or not _speaks(one):
                continue
            if one.customer_id:
                yield one.customer_id
            elif one.complaint_id:
                complaints.add(one.complaint_id)
    for lot in lots(sorted(complaints)):
        heads = work.records.heads(COMPLAINTS, lot).values()
        yield from (id_ for one in heads if one.wrapped and (id_ := open_record(deps.keys, one).keyed.customer_id))


def _speaks(one: Callback | Loss | Company) -> bool:
    if isinstance(one, Callback):
        return one.proven and (one.paid_agent == "yes" or one.aware == "no")
    return one.part in PARTS if isinstance(one, Company) else True


def _sources(cites: Iterable[Cite]) -> tuple[Cite, ...]:
    return tuple(sorted(set(cites), key=lambda one: (one.kind, one.record)))


def _texts(theirs: Theirs) -> Iterator[tuple[Cite, str]]:
    for kind, name in TEXTS:
        for one in theirs.keyed(kind):
            if text := getattr(one, name):
                yield Cite(kind, one.id), text


def _offices(deps: Deps, work: Work) -> frozenset[str]:
    """Offices of verified representatives: what they are paid is no loss."""
    out = set()
    for stored in work.records.scan("representatives"):
        one = open_record(deps.keys, stored).keyed if stored.wrapped else None
        if one is not None and one.verified and one.organisation:
            out.add(contact_token(deps.keys, Personal.COMPANY, one.organisation))
    return frozenset(out)


def _open(deps: Deps, work: Work, kind: str, column: str, tokens: Sequence[str]) -> Iterable[Kept]:
    return (
        open_record(deps.keys, one)
        for one in (work.records.by_token(kind, column, tokens) if tokens else ())
        if one.wrapped
    )
