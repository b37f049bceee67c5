"""Complaints as the network sees them: read from their records, kept, found again by what they state, and forgotten.

The index of what is stated holds a row a complaint and value, in order of kind, value and complaint: whoever states one
value stands together, and a new complaint meets them without a look at anybody else.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from itertools import groupby
from typing import Any

from mingcha.actions.codec import canonical, dumps, loads, read_json
from mingcha.actions.complaint_desk import ENDED
from mingcha.actions.deps import Deps
from mingcha.actions.dossiers import Loaded, Shared, ad_facts, dossier, load, mention_facts, trace_facts
from mingcha.actions.kept import open_record
from mingcha.actions.lots import LOT, lots
from mingcha.actions.person_book import same_person
from mingcha.actions.ports.index import ALL_ROWS
from mingcha.actions.ports.store import Work
from mingcha.campaign.acts import Filing
from mingcha.detect.run import represented
from mingcha.model.kinds import BY_CODE
from mingcha.model.party import Customer
from mingcha.model.standing import Standing, Stated
from mingcha.model.tie import TieFact
from mingcha.network.scheme import CLOSED_DAYS, KINDS

STANDINGS, STATED = "standings", "stated"  # of summaries
PERSON = "person"  # stands in STATED where a kind of tie does: the complaints of one person
WRITTEN = 5_000  # rows at a time

Key = tuple[str, str]  # kind of tie, value


@dataclass(frozen=True, slots=True)
class StatedBy:
    """One complaint that states a value, and the records it does so by."""

    key: Key
    complaint: str
    customer: str | None
    sources: tuple[tuple[str, str], ...]  # kind of record, record

    @property
    def facts(self) -> Iterator[TieFact]:
        """The same as facts."""
        kind, value = self.key
        for source_kind, source in self.sources:
            yield _fact(self.complaint, self.customer, (kind, value, source_kind, source))


def read_standings(
    deps: Deps, work: Work, shared: Shared, ids: Sequence[str], progress: Callable[[str, int, int], None]
) -> dict[str, Standing]:
    """Complaints as their own records make them, without acts, letters and findings; erased ones are left out."""
    out: dict[str, Standing] = {}
    same = same_person(work)
    for lot in lots(ids):
        out |= {one.complaint.id: _standing(one, shared, same) for one in load(deps, work, lot, light=True)}
        progress("read", min(len(out) + LOT, len(ids)), len(ids))
    return out


def facts_of(standings: Iterable[Standing]) -> Iterator[TieFact]:
    """What they state."""
    for one in standings:
        for stated in one.facts:
            yield _fact(one.complaint, one.customer_id, stated)


def filing(one: Standing) -> Filing:
    """A complaint as acts see it."""
    return Filing(
        complaint=one.complaint, customer=one.customer_id, filer_phone=one.filer_phone, received_at=one.received_at
    )


def long_closed(work: Work, ids: Collection[str], now: datetime) -> frozenset[str]:
    """Those that ended so long ago that they link nobody."""
    found: set[str] = set()
    for lot in lots(sorted(ids)):
        ended = [id_ for id_, row in work.desk.rows(lot).items() if row.state in ENDED.values()]
        papers = work.desk.clock_events(ended) if ended else {}
        last = {id_: max((paper.at for paper in of if paper.kind in ENDED), default=now) for id_, of in papers.items()}
        found |= {id_ for id_, at in last.items() if now - at > timedelta(days=CLOSED_DAYS)}
    return frozenset(found)


def keep_all(work: Work, standings: Mapping[str, Standing], beside: AbstractSet[str]) -> None:
    """Replace everything by these, but for those `beside` them; what is as it was is not written, so that whoever waits to write
    waits for the news alone.
    """
    other = set(standings)
    for id_, body in work.summaries.all(STANDINGS):
        if id_ not in standings:
            other |= {id_} - beside
        elif dumps(standings[id_]) == body:
            other.remove(id_)
    for lot in lots(sorted(other), WRITTEN):
        now = {id_: standings[id_] for id_ in lot if id_ in standings}
        restate(work, kept(work, lot), now)
        keep(work, now.values())


def keep(work: Work, standings: Iterable[Standing]) -> None:
    """Keep some, without what they state."""
    work.summaries.add(STANDINGS, [(one.complaint, dumps(one)) for one in standings])


def restate(work: Work, before: Mapping[str, Standing], after: Mapping[str, Standing]) -> None:
    """Keep what complaints state now for what they stated before; whoever is no more is forgotten."""
    rows = {id_: body for one in after.values() for id_, body in _stated_rows(one)}
    gone = {id_ for one in before.values() for id_, _ in _stated_rows(one)} - rows.keys()
    work.summaries.drop(STATED, sorted(gone))
    work.summaries.add(STATED, list(rows.items()))
    work.summaries.drop(STANDINGS, sorted(before.keys() - after.keys()))


def kept(work: Work, complaints: Iterable[str]) -> dict[str, Standing]:
    """Those of the complaints that are kept."""
    return {id_: loads(Standing, body) for id_, body in work.summaries.get(STANDINGS, sorted(complaints)).items()}


def of_persons(work: Work, persons: Iterable[str]) -> set[str]:
    """All complaints of these persons."""
    starts = [_start(PERSON, who) for who in persons]
    found = work.summaries.starting(STATED, starts, ALL_ROWS)
    return {id_.rsplit(" ", 1)[1] for rows in found.values() for id_, _ in rows}


def tie_id(kind: str, value: str) -> str:
    """What a tie is kept by, whatever is written in its value (a seal's number is no token)."""
    return f"{kind} {blake2b(value.encode('utf-8', 'surrogatepass'), digest_size=16).hexdigest()}"


def named_by(record: Any, id_: str) -> set[str]:
    """The records a record may be about: itself, its complaint and its customer."""
    return {id_} | {named for name in ("complaint_id", "customer_id") if (named := getattr(record, name, None))}


def touched(work: Work, records: AbstractSet[str]) -> set[str]:
    """The complaints that are among these records, and those of the persons that are."""
    return set(work.summaries.get(STANDINGS, sorted(records))) | of_persons(work, sorted(records))


def since(deps: Deps, work: Work, as_of: int) -> set[str]:
    """Complaints that came in after a seq, and those a record that did is about."""
    came: set[str] = set()
    about: set[str] = set()
    for kind in BY_CODE:
        for stored in work.records.scan(kind, as_of):
            if stored.wrapped:
                came |= {stored.id} if kind == "complaints" else set()
                about |= named_by(open_record(deps.keys, stored).keyed, stored.id)
    return came | touched(work, about)


def person_of(one: Standing) -> str | None:
    """Whose complaint it is, as acts tell people apart."""
    return one.customer_id or one.filer_phone


def stating(work: Work, keys: Iterable[Key], most: int) -> dict[Key, list[StatedBy]]:
    """Who states each value, by complaint, at most so many of each."""
    asked = {_start(*key): key for key in keys}
    found = work.summaries.starting(STATED, list(asked), most)
    return {asked[start]: [_stated_by(asked[start], id_, body) for id_, body in rows] for start, rows in found.items()}


def _stated_rows(one: Standing) -> Iterator[tuple[str, bytes]]:
    for (kind, value), same in groupby(sorted(one.facts), key=lambda stated: stated[:2]):
        sources = [[source_kind, source] for _, _, source_kind, source in same]
        yield _start(kind, value) + one.complaint, canonical([one.customer_id or "", sources])
    who = person_of(one)
    if who is not None:
        yield _start(PERSON, who) + one.complaint, b""


def _start(kind: str, value: str) -> str:
    """What all rows of a value begin with, and no others do."""
    return f"{tie_id(kind, value)} "


def _stated_by(key: Key, id_: str, body: bytes) -> StatedBy:
    customer, sources = read_json(body)
    return StatedBy(key, id_.rsplit(" ", 1)[1], customer or None, tuple((kind, source) for kind, source in sources))


def _fact(complaint: str, customer: str | None, stated: Stated) -> TieFact:
    kind, value, source_kind, source = stated
    return TieFact(
        complaint=complaint,
        customer=customer,
        kind=kind,
        family=KINDS[kind].family,
        value=value,
        source=source,
        source_kind=source_kind,
    )


def _standing(one: Loaded, shared: Shared, same: Mapping[str, tuple[str, ...]]) -> Standing:
    complaint, known = one.complaint, one.customer
    return Standing(
        complaint=complaint.id,
        customer_id=complaint.customer_id,
        person=_related(known, same.get(known.id, ())) if known else None,
        filer_phone=complaint.filer_phone,
        received_at=complaint.received_at,
        channel=complaint.channel,
        lender=complaint.lender,
        product=complaint.product,
        represented=represented(dossier(one, shared)),
        facts=_facts(one, shared),
    )


def _related(one: Customer, same: tuple[str, ...]) -> Customer:
    """No more of a customer than says who is related to whom; who is the same person under another id is."""
    return Customer(
        id=one.id,
        verified=one.verified,
        household=one.household,
        employer=one.employer,
        merchant=one.merchant,
        relations=(*one.relations, *same),
    )


def _facts(one: Loaded, shared: Shared) -> tuple[Stated, ...]:
    """What this complaint's own records state. The customer's own reserved number, device or card ties nobody."""
    complaint, own = one.complaint, one.customer
    theirs = {own.phone, own.previous_phone, own.address} if own else set()
    rows: list[tuple[str, str | None, str, str]] = [
        ("filer_number", complaint.filer_phone, "complaints", complaint.id),
        ("device", complaint.device, "complaints", complaint.id),
        ("ip", complaint.ip, "complaints", complaint.id),
        ("return_address", complaint.return_address, "complaints", complaint.id),
    ]
    rows += [("agent_number", a.agent_phone, "authorisations", a.id) for a in one.records["authorisations"]]
    rows += [("issuer_seal", p.seal, "attachments", p.id) for p in one.records["attachments"]]
    rows += [("issuer_seal", p.seal, "issuers", p.id) for p in one.records["issuers"]]
    rows += trace_facts(one, shared) + mention_facts(one)
    rows += ad_facts(one, rows)
    never = theirs | shared.parted
    return tuple((kind, value, of, record) for kind, value, of, record in rows if value and value not in never)
