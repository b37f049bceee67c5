"""What the house keeps and what keeps it: read from the desk, the books, the ads and the exhibits, a lot at a time; nothing is decided.

What a case that is still kept names, shows or rests on stays as long as the case does, whatever its own term; and what an objection
names stays until that is answered.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from mingcha.actions.ad_book import all_acts
from mingcha.actions.ad_reach import sightings_reached
from mingcha.actions.aid_book import AID, all_help
from mingcha.actions.book import BOOKS
from mingcha.actions.care import stops
from mingcha.actions.case_book import CASES, all_cases, complaints_of
from mingcha.actions.codec import canonical
from mingcha.actions.complaint_desk import ENDED, clock_of
from mingcha.actions.deps import Deps
from mingcha.actions.filed_under import PREFIX_OF, complaints_among, filed_under
from mingcha.actions.kept import open_record
from mingcha.actions.lots import lots
from mingcha.actions.objection_book import all_objections
from mingcha.actions.objection_match import contested
from mingcha.actions.ports.store import Work
from mingcha.actions.ring_book import rings_named
from mingcha.ads.cycle import fold, gone_since
from mingcha.casework.outgoing import findings
from mingcha.clock.retention import case_keeps
from mingcha.model.aid import AidState
from mingcha.model.case import CaseState
from mingcha.model.case_facts import CaseFacts
from mingcha.model.clock import ClockEvent
from mingcha.model.complaint import Complaint
from mingcha.model.kinds import ID_PREFIX, KINDS
from mingcha.model.retention import Held, Holding, Keeps
from mingcha.model.stored import DeskRow
from mingcha.standards.calendar import local_day

COMPLAINTS, CUSTOMERS, ADS = ALONE = "complaints", "customers", "ads"
Kept = Mapping[str, frozenset[Keeps]]


def held_of(deps: Deps, work: Work, holding: Holding, ids: Sequence[str] | None = None) -> Iterator[Held]:
    """All that is held of one kind, or what is of these; what was erased is not held any more."""
    found = _READERS[holding](deps, work, what_keeps(deps, work), ids) if holding in _READERS else iter(())
    wanted = None if ids is None else set(ids)
    return (one for one in found if wanted is None or one.id in wanted)


def what_keeps(deps: Deps, work: Work) -> Kept:
    """What cases and waiting objections keep, and with each record of it what it goes with."""
    out: dict[str, set[Keeps]] = defaultdict(set)
    for facts in all_cases(deps, work).values():
        why = Keeps.HOLD if facts.held else Keeps.CASE_KEPT if facts.state is CaseState.CLOSED else Keeps.OPEN_CASE
        for id_ in _of_case(work, facts):
            out[id_].add(why)
    for touched in contested(deps, work).values():
        rings = rings_named(work, [one.id for one in touched])
        for id_ in {*(one.id for one in touched), *(id_ for ring in rings for id_ in ring.complaints)}:
            out[id_].add(Keeps.OBJECTION)
    newest = set(out)
    while newest:
        pairs = list(_up(deps, work, newest))
        newest = {up for id_, up in pairs if not out[id_] <= out[up]}
        for id_, up in pairs:
            out[up] |= out[id_]
    return {id_: frozenset(why) for id_, why in out.items()}


def _of_case(work: Work, facts: CaseFacts) -> Iterable[str]:
    """All a case is about, the complaints and ads of its rings and families, what its referrals rest on, and what its exhibits are about."""
    shown = {one for each in facts.shown for one in each.exhibits}
    shown |= {one for each in facts.steps for one in each.exhibits}
    shown |= {one.exhibit for one in facts.demands}
    about = {one for kept in work.exhibits.get(sorted(shown)).values() for one in kept.of}
    named = findings(facts)
    rings = rings_named(work, sorted(named))
    seen = sightings_reached(work, {member.value for ring in rings for member in ring.members})
    ads = work.ads.ads_of(sorted({id_ for of in seen.values() for id_ in of})).values()
    return {*named, *complaints_of(work, facts), *shown, *about, *ads}


def _up(deps: Deps, work: Work, ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Records and what each goes with; what goes by itself is left out."""
    for kind in KINDS:
        mine = sorted(id_ for id_ in ids if id_.startswith(ID_PREFIX[kind.code])) if kind.code not in ALONE else []
        for one in work.records.heads(kind.code, mine).values():
            keyed = open_record(deps.keys, one).keyed if one.wrapped else None
            if up := next((value for column in PREFIX_OF if (value := getattr(keyed, column, None))), None):
                yield one.id, up


def digests_of(deps: Deps, work: Work, held: Sequence[Held], records: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """What tells whether anything was added to or changed in each thing: its records, exhibits, acts, decisions and papers."""
    return {id_: told for lot in lots(held) for id_, told in _digests(deps, work, lot, records)}


def _digests(
    deps: Deps, work: Work, held: Sequence[Held], records: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, str]]:
    ids = [one.id for one in held]
    every = sorted({*ids, *(id_ for one in ids for id_ in records[one])})
    seqs = {id_: one.seq for kind in KINDS for id_, one in work.records.heads(kind.code, every).items() if one.wrapped}
    exhibits: dict[str, set[str]] = defaultdict(set)
    for kept in work.exhibits.about(every):
        for id_ in kept.of if kept.wrapped else ():
            exhibits[id_].add(kept.id)
    acts: dict[str, set[str]] = defaultdict(set)
    for book in BOOKS:
        for id_, done in work.books.acts(book, ids).items():
            acts[id_] |= {one.id for one in done}
    for id_, made in work.ads.acts(ids).items():
        acts[id_] |= {one.id for one in made}
    papers = work.desk.clock_events(ids)
    for one in held:
        mine = sorted({one.id, *records[one.id]})
        shown = sorted(set[str]().union(*(exhibits[id_] for id_ in mine)))
        decided = [each.id for each in work.desk.decisions(one.id)] if one.holding is Holding.COMPLAINT else []
        told = [mine, sorted(seqs[id_] for id_ in mine if id_ in seqs), shown, sorted(acts[one.id]), decided]
        told += [len(papers.get(one.id, ())), str(one.since)]
        yield one.id, deps.keys.digest("retention", canonical(told))


def records_of(deps: Deps, work: Work, held: Sequence[Held]) -> dict[str, list[str]]:
    """The records that are each thing: a complaint or a customer with what stands under it, an ad's sightings."""
    out: dict[str, list[str]] = {one.id: [] for one in held}
    for lot in lots(held):
        ids = [one.id for one in lot if one.holding in (Holding.COMPLAINT, Holding.CUSTOMER)]
        filed = {id_: open_record(deps.keys, one).keyed for id_, one in work.records.heads(COMPLAINTS, ids).items()}
        roots = {id_: filed[id_].customer_id if id_ in filed else id_ for id_ in ids}
        out |= {id_: [id_, *under] for id_, under in filed_under(deps, work, roots).items()}
        ads = work.ads.items([one.id for one in lot if one.holding is Holding.AD])
        out |= {ad: list(item.sightings) for ad, item in ads.items()}
    return out


def _complaints(deps: Deps, work: Work, kept: Kept, ids: Sequence[str] | None) -> Iterator[Held]:
    stopped = stops(work)
    every = ids if ids is not None else [one.id for one in work.records.scan(COMPLAINTS) if one.wrapped]
    for lot in lots(every):
        heads, rows, events = work.records.heads(COMPLAINTS, lot), work.desk.rows(lot), work.desk.clock_events(lot)
        for id_ in lot:
            if id_ in heads and heads[id_].wrapped and id_ in rows:
                filed: Complaint = open_record(deps.keys, heads[id_]).keyed
                papers = events.get(id_, ())
                why = set(_of_complaint(deps, filed, rows[id_], papers))
                why |= {Keeps.STOP} if id_ in stopped else set()
                why |= kept.get(id_, frozenset()) | kept.get(filed.customer_id or "", frozenset())
                ended = [local_day(one.at) for one in papers if one.kind in ENDED]
                since = None if Keeps.OPEN_COMPLAINT in why else max(ended, default=None)
                yield Held(id=id_, holding=Holding.COMPLAINT, since=since, keeps=_sorted(why))


def _of_complaint(deps: Deps, filed: Complaint, row: DeskRow, papers: Sequence[ClockEvent]) -> Iterator[Keeps]:
    if row.state not in ENDED.values() or row.reopened:
        yield Keeps.OPEN_COMPLAINT
    elif clock_of(deps, filed, row.received_at, papers).running:
        yield Keeps.CLOCK


def _customers(deps: Deps, work: Work, kept: Kept, ids: Sequence[str] | None) -> Iterator[Held]:
    helped = all_help(deps, work)
    every = ids if ids is not None else [one.id for one in work.records.scan(CUSTOMERS) if one.wrapped]
    for lot in lots(every):
        heads = {id_: one for id_, one in work.records.heads(CUSTOMERS, lot).items() if one.wrapped}
        under = filed_under(deps, work, {id_: id_ for id_ in heads})
        filed = {id_: complaints_among(of) for id_, of in under.items()}
        alive = work.records.heads(COMPLAINTS, sorted(set[str]().union(*filed.values())))
        for id_, one in heads.items():
            why = set(kept.get(id_, ()))
            why |= {Keeps.COMPLAINT_KEPT} if any(alive[each].wrapped for each in filed[id_] & alive.keys()) else set()
            why |= {Keeps.AID_KEPT} if id_ in helped else set()
            since = max(local_day(each.recorded_at) for each in (one, *(stored for stored, _ in under[id_].values())))
            yield Held(id=id_, holding=Holding.CUSTOMER, since=since, keeps=_sorted(why))


def _aid(deps: Deps, work: Work, kept: Kept, _: Sequence[str] | None) -> Iterator[Held]:
    last = {one.of: local_day(one.at) for one in work.books.all_acts(AID) if one.wrapped}
    for id_, facts in all_help(deps, work).items():
        why = set(kept.get(id_, ())) | ({Keeps.HELP} if facts.state is AidState.OPEN else set())
        if facts.state is not None:
            yield Held(id=id_, holding=Holding.AID, since=last[id_], keeps=_sorted(why))


def _cases(deps: Deps, work: Work, kept: Kept, _: Sequence[str] | None) -> Iterator[Held]:
    closed = {one.of: local_day(one.at) for one in work.books.all_acts(CASES) if one.wrapped and one.kind == "closed"}
    every = all_cases(deps, work)
    open_parents = {facts.parent for facts in every.values() if facts.state is not CaseState.CLOSED}
    for id_, facts in every.items():
        why = set(case_keeps(facts, local_day(deps.now())))
        why |= {Keeps.OPEN_CASE} if id_ in open_parents else set()
        why |= kept.get(id_, frozenset()) & {Keeps.OBJECTION}
        since = closed.get(id_) if facts.state is CaseState.CLOSED else None
        yield Held(id=id_, holding=Holding.CASE, since=since, keeps=_sorted(why))


def _ads(deps: Deps, work: Work, kept: Kept, _: Sequence[str] | None) -> Iterator[Held]:
    acts = all_acts(deps, work)
    for lot in lots(list(work.ads.all_items())):
        alive = work.records.heads(ADS, [id_ for item in lot for id_ in item.sightings])
        for item in lot:
            if not any(id_ in alive and alive[id_].wrapped for id_ in item.sightings):
                continue
            state = fold(acts.get(item.id, ()))
            gone = gone_since(state.looks)
            reported = [one for one in state.reports if one.open and one.exported_at is not None]
            why = {one for id_ in (item.id, *item.sightings) for one in kept.get(id_, ())}
            why |= {Keeps.OBJECTION} if state.objected_at else set()
            why |= {Keeps.REPORT} if reported and gone is None else set()
            why |= {Keeps.CORRECTION} if any(one.owes_correction for one in state.reports) else set()
            since = max(local_day(item.last_seen), local_day(gone)) if gone else local_day(item.last_seen)
            yield Held(id=item.id, holding=Holding.AD, since=since, keeps=_sorted(why))


def _objections(deps: Deps, work: Work, kept: Kept, _: Sequence[str] | None) -> Iterator[Held]:
    for id_, facts in all_objections(deps, work).items():
        why = {one for touched in facts.touched for one in kept.get(touched.id, ())}
        why = why | {Keeps.OBJECTION} if facts.ended_at is None else why - {Keeps.OBJECTION}
        since = local_day(facts.ended_at) if facts.ended_at else None
        yield Held(id=id_, holding=Holding.OBJECTION, since=since, keeps=_sorted(why))


def _sorted(why: Iterable[Keeps]) -> tuple[Keeps, ...]:
    order = list(Keeps)
    return tuple(sorted(set(why), key=order.index))


_READERS = {
    Holding.COMPLAINT: _complaints,
    Holding.CUSTOMER: _customers,
    Holding.AID: _aid,
    Holding.CASE: _cases,
    Holding.AD: _ads,
    Holding.OBJECTION: _objections,
}
