"""The book of rings: how each stands now, what became of it in every run, and what people said of ties.

Events and words are only ever added; how things stood on any day is read from them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256

from mingcha.actions.codec import canonical, dumps, loads
from mingcha.actions.deps import Deps
from mingcha.actions.numbered import add_numbered
from mingcha.actions.ports.index import ALL_ROWS
from mingcha.actions.ports.store import Work
from mingcha.actions.sealing import CUSTODY, seal_act
from mingcha.actions.standings import tie_id
from mingcha.campaign.reconcile import Reconciled
from mingcha.model.actor import Actor
from mingcha.model.ring import Became, KeptTie, Ring, RingEvent, Statistics, TieJudgement, TieWord
from mingcha.model.standing import Standing
from mingcha.network.rings import Said
from mingcha.network.ties import Ties

RINGS, EVENTS, WORDS, STATISTICS, TIES = "rings", "ring_events", "tie_words", "tie_statistics", "ties"  # of summaries
HOMES = "ring_homes"  # a row a ring and complaint


def ring_name(complaints: Sequence[str]) -> str:
    """What a new ring is called, by who is in it: R- and twelve hexadecimal digits."""
    return f"R-{sha256(canonical(sorted(complaints))).hexdigest()[:12]}"


def rings_kept(work: Work) -> list[Ring]:
    """Every ring as the last run left it, by id."""
    return [loads(Ring, body) for _, body in work.summaries.all(RINGS)]


def ties_kept(work: Work) -> list[KeptTie]:
    """Every tie as the last run left it, by kind and value."""
    ties = [loads(KeptTie, body) for _, body in work.summaries.all(TIES)]
    return sorted(ties, key=lambda tie: (tie.kind, tie.value))


def ties_named(work: Work, keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], KeptTie]:
    """Those of the ties that are kept, by kind and value."""
    found = work.summaries.get(TIES, sorted(tie_id(*key) for key in keys))
    ties = [loads(KeptTie, body) for body in found.values()]
    return {(tie.kind, tie.value): tie for tie in ties}


def keep_ties(work: Work, ties: Ties) -> None:
    """Replace the ties: those that link, and those that never do (hubs, allowed places, what is over)."""
    work.summaries.replace(TIES, [(tie_id(tie.kind, tie.value), dumps(tie)) for tie in kept_ties(ties)])


def kept_ties(ties: Ties) -> list[KeptTie]:
    """Ties as they are kept."""
    return [
        KeptTie(
            kind=tie.kind,
            family=tie.family,
            value=tie.value,
            linking=tie.linking,
            complaints=len(tie.complaints),
            millibits=tie.millibits,
            hub=tie.hub,
            stopped=tie.stopped,
            allowed_as=tie.allowed_as,
            dormant=tie.dormant,
            last=tie.last,
            cited=shown.cited,
        )
        for tie, shown in zip(ties.ties, ties.shown, strict=True)
    ]


def statistics_kept(work: Work) -> Statistics | None:
    """The statistics of the last run."""
    return next((loads(Statistics, body) for _, body in work.summaries.all(STATISTICS)), None)


def keep_statistics(work: Work, statistics: Statistics) -> None:
    """Replace them."""
    work.summaries.replace(STATISTICS, [(statistics.day.isoformat(), dumps(statistics))])


def statistics_for(work: Work, today: date, people: int) -> Statistics:
    """The statistics in force: those of the month, which the month's first run froze, else today's."""
    held = statistics_kept(work)
    if held is not None and held.people and (held.day.year, held.day.month) == (today.year, today.month):
        return held
    return Statistics(today, people)


def ring_events(work: Work) -> list[RingEvent]:
    """What became of rings, oldest first."""
    return [loads(RingEvent, body) for _, body in work.summaries.all(EVENTS)]


def rings_named(work: Work, ids: Iterable[str]) -> list[Ring]:
    """Those of the rings that stand, by id."""
    return [loads(Ring, body) for _, body in sorted(work.summaries.get(RINGS, sorted(ids)).items())]


def rings_on(work: Work, at: datetime) -> list[Ring]:
    """Every ring as it stood at a moment, by id: what the house knew then."""
    held: dict[str, Ring | None] = {}
    for event in ring_events(work):
        if event.at <= at:
            held[event.ring] = event.state
    return [ring for _, ring in sorted(held.items()) if ring is not None]


def rings_remembered(work: Work) -> dict[str, tuple[str, ...]]:
    """Complaints of every ring that stands or sleeps, by id: whoever comes back keeps the name."""
    homes = _by_ring(row for row, _ in work.summaries.all(HOMES))
    return homes or {ring.id: ring.complaints for ring in rings_kept(work)}


def rings_around(work: Work, standings: Iterable[Standing]) -> dict[str, tuple[str, ...]]:
    """Of these the rings any of the complaints is, or was last, in."""
    found = work.summaries.starting(
        HOMES, [f"{ring} " for ring in sorted({s.ring for s in standings if s.ring})], ALL_ROWS
    )
    return _by_ring(row for rows in found.values() for row, _ in rows)


def homes_of(remembered: Mapping[str, Sequence[str]], rings: Sequence[Ring]) -> dict[str, str]:
    """The ring each complaint is in, or was last in, where that ring stands no more."""
    now = {ring.id for ring in rings}
    asleep = {one: ring for ring, complaints in remembered.items() if ring not in now for one in complaints}
    return asleep | {complaint: ring.id for ring in rings for complaint in ring.complaints}


def _by_ring(rows: Iterable[str]) -> dict[str, tuple[str, ...]]:
    out: dict[str, list[str]] = {}
    for row in rows:
        ring, complaint = row.split(" ")
        out.setdefault(ring, []).append(complaint)
    return {ring: tuple(complaints) for ring, complaints in out.items()}


def judgements(work: Work) -> list[TieJudgement]:
    """What people said of ties, oldest first."""
    return [loads(TieJudgement, body) for _, body in work.summaries.all(WORDS)]


def standing(said: Iterable[TieJudgement]) -> list[TieJudgement]:
    """Judgements nobody took back."""
    said = list(said)
    gone = {one.undoes for one in said}
    return [one for one in said if one.word is not TieWord.UNDONE and one.id not in gone]


def tie_words(work: Work) -> Said:
    """What of it stands, for the network; the later of two words on one pair is the one that counts."""
    newest = {one.complaints: one.word for one in standing(judgements(work))}
    return Said(
        together=frozenset(pair for pair, word in newest.items() if word is TieWord.TOGETHER),
        apart=frozenset(pair for pair, word in newest.items() if word is TieWord.APART),
    )


def add_judgement(work: Work, said: TieJudgement) -> None:
    """Keep one more word."""
    add_numbered(work, WORDS, [said])


def keep_rings(
    work: Work,
    rings: Sequence[Ring],
    became: Reconciled,
    remembered: Mapping[str, Sequence[str]],
    told: tuple[str, datetime],
) -> list[RingEvent]:
    """Replace the remembered rings by these, and add what became of each that is not as it was; returns what was added.

    A level people gave stays with its ring. `told` are the run and its time.
    """
    before = {ring.id: ring for ring in rings_named(work, remembered)}
    now = {ring.id: replace(ring, level=before[ring.id].level if ring.id in before else None) for ring in rings}
    split, merged = dict(became.split), dict(became.merged)
    events = []
    for id_ in sorted(before.keys() | now.keys()):
        if before.get(id_) == now.get(id_):
            continue
        if id_ not in now:
            kind = Became.MERGED if id_ in merged else Became.DORMANT
        elif id_ in before:
            kind = Became.CHANGED
        elif id_ in remembered:
            kind = Became.WOKE
        else:
            kind = Became.SPLIT if id_ in split else Became.BORN
        other = merged.get(id_) if kind is Became.MERGED else split.get(id_)
        events.append(RingEvent(ring=id_, became=kind, other=other, at=told[1], run=told[0], state=now.get(id_)))
    add_numbered(work, EVENTS, events)
    work.summaries.drop(RINGS, sorted(before.keys() - now.keys()))
    work.summaries.add(RINGS, [(id_, dumps(ring)) for id_, ring in sorted(now.items()) if ring != before.get(id_)])
    homes = {f"{ring} {complaint}" for complaint, ring in homes_of(remembered, rings).items()}
    were = {f"{ring} {complaint}" for ring, complaints in remembered.items() for complaint in complaints}
    work.summaries.drop(HOMES, sorted(were - homes))
    new = homes - were if work.summaries.last(HOMES) is not None else homes  # none: a house of before there were any
    work.summaries.add(HOMES, [(row, b"") for row in sorted(new)])
    return events


def seal_rings(
    deps: Deps, work: Work, actor: Actor, run: str, events: Sequence[RingEvent], statistics: Statistics
) -> None:
    """Seal what became of rings, with the statistics they rest on."""
    act = {
        "act": "rings",
        "run": run,
        **Counter(event.became.value for event in events),
        "digest": events_digest(events),
        "statistics": f"{statistics.day}:{statistics.people}",
    }
    seal_act(deps, work, CUSTODY, actor, act)


def keep_level(work: Work, id_: str, level: int | None, run: str, at: datetime) -> list[RingEvent]:
    """Give a ring a level, or none; returns what was added to the book."""
    rings = {ring.id: ring for ring in rings_kept(work)}
    rings[id_] = replace(rings[id_], level=level)
    event = RingEvent(ring=id_, became=Became.GRADED, other=None, at=at, run=run, state=rings[id_])
    add_numbered(work, EVENTS, [event])
    work.summaries.add(RINGS, [(id_, dumps(rings[id_]))])
    return [event]


def events_digest(events: Iterable[RingEvent]) -> str:
    """SHA-256 over events as they are kept."""
    return sha256(canonical([dumps(event).decode("utf-8", "surrogatepass") for event in events])).hexdigest()
