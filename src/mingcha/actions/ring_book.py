"""The book of rings: how each stands now, what became of it in every run, and what people said of ties.

Events and words are only ever added; how things stood on any day is read from them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256

from mingcha.actions.codec import canonical, dumps, loads
from mingcha.actions.ports.store import Work
from mingcha.campaign.reconcile import Reconciled
from mingcha.model.ring import Became, KeptTie, Ring, RingEvent, Statistics, TieJudgement, TieWord
from mingcha.network.rings import Said
from mingcha.network.ties import Ties

RINGS, EVENTS, WORDS, STATISTICS, TIES = "rings", "ring_events", "tie_words", "tie_statistics", "ties"  # of summaries


def ring_name(complaints: Sequence[str]) -> str:
    """What a new ring is called, by who is in it: R- and twelve hexadecimal digits."""
    return f"R-{sha256(canonical(sorted(complaints))).hexdigest()[:12]}"


def rings_kept(work: Work) -> list[Ring]:
    """Every ring as the last run left it, by id."""
    return [loads(Ring, body) for _, body in work.summaries.all(RINGS)]


def ties_kept(work: Work) -> list[KeptTie]:
    """Every tie as the last run left it, by kind and value."""
    return [loads(KeptTie, body) for _, body in work.summaries.all(TIES)]


def keep_ties(work: Work, ties: Ties) -> None:
    """Replace the ties: those that link, and those that never do (hubs, allowed places, what is over)."""
    rows = [
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
    work.summaries.replace(TIES, [(f"{tie.kind} {tie.value}", dumps(tie)) for tie in rows])


def statistics_for(work: Work, today: date, people: int) -> Statistics:
    """The statistics in force: those of the month, which the month's first run froze, else today's."""
    held = [loads(Statistics, body) for _, body in work.summaries.all(STATISTICS)]
    same = [one for one in held if (one.day.year, one.day.month) == (today.year, today.month)]
    return same[0] if same else Statistics(today, people)


def ring_events(work: Work) -> list[RingEvent]:
    """What became of rings, oldest first."""
    return [loads(RingEvent, body) for _, body in work.summaries.all(EVENTS)]


def rings_on(work: Work, at: datetime) -> list[Ring]:
    """Every ring as it stood at a moment, by id: what the house knew then."""
    held: dict[str, Ring | None] = {}
    for event in ring_events(work):
        if event.at <= at:
            held[event.ring] = event.state
    return [ring for _, ring in sorted(held.items()) if ring is not None]


def rings_remembered(work: Work) -> dict[str, tuple[str, ...]]:
    """Complaints of every ring that stands or sleeps, by id: whoever comes back keeps the name."""
    out = {ring.id: ring.complaints for ring in rings_kept(work)}
    inside = {complaint for held in out.values() for complaint in held}
    for event in reversed(ring_events(work)):
        if event.state is not None and event.ring not in out:
            out[event.ring] = tuple(complaint for complaint in event.state.complaints if complaint not in inside)
            inside.update(out[event.ring])
    return {id_: complaints for id_, complaints in out.items() if complaints}


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
    work.summaries.add(WORDS, [(_number(len(judgements(work))), dumps(said))])


def keep_rings(work: Work, rings: Sequence[Ring], became: Reconciled, run: str, at: datetime) -> list[RingEvent]:
    """Replace the rings, and add what became of each that is not as it was; returns what was added.

    A level people gave stays with its ring.
    """
    before = {ring.id: ring for ring in rings_kept(work)}
    past = ring_events(work)
    known = {event.ring for event in past}
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
        elif id_ in known:
            kind = Became.WOKE
        else:
            kind = Became.SPLIT if id_ in split else Became.BORN
        other = merged.get(id_) if kind is Became.MERGED else split.get(id_)
        events.append(RingEvent(ring=id_, became=kind, other=other, at=at, run=run, state=now.get(id_)))
    work.summaries.add(EVENTS, [(_number(len(past) + n), dumps(event)) for n, event in enumerate(events)])
    work.summaries.replace(RINGS, [(id_, dumps(ring)) for id_, ring in sorted(now.items())])
    return events


def keep_level(work: Work, id_: str, level: int | None, run: str, at: datetime) -> list[RingEvent]:
    """Give a ring a level, or none; returns what was added to the book."""
    rings = {ring.id: ring for ring in rings_kept(work)}
    rings[id_] = replace(rings[id_], level=level)
    event = RingEvent(ring=id_, became=Became.GRADED, other=None, at=at, run=run, state=rings[id_])
    work.summaries.add(EVENTS, [(_number(len(ring_events(work))), dumps(event))])
    work.summaries.add(RINGS, [(id_, dumps(rings[id_]))])
    return [event]


def events_digest(events: Iterable[RingEvent]) -> str:
    """SHA-256 over events as they are kept."""
    return sha256(canonical([dumps(event).decode() for event in events])).hexdigest()


def _number(position: int) -> str:
    return f"{position:010d}"
