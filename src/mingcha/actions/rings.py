"""Rings as people look at them: the list, one of them, why two complaints hang together, and a person's word on a tie.

Open to those who investigate and never decide merit (law 2); what names the reader's own line is left out; every look is sealed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mingcha.actions.ad_book import acts_on
from mingcha.actions.ad_reach import ads_reached, soliciting
from mingcha.actions.assessments import open_assessment
from mingcha.actions.deps import Deps
from mingcha.actions.increment import update
from mingcha.actions.permit import may, may_reveal
from mingcha.actions.personal import hidden_digits
from mingcha.actions.ports.store import Work
from mingcha.actions.reasons import keep_reason, reasoned
from mingcha.actions.recusal import aside
from mingcha.actions.ring_book import (
    add_judgement,
    events_digest,
    judgements,
    keep_level,
    ring_events,
    rings_kept,
    rings_on,
    standing,
    ties_kept,
)
from mingcha.actions.sealing import ACCESS, DECISIONS, seal_act
from mingcha.ads.cycle import fold, stage
from mingcha.errors import NotFound, OutOfOrder
from mingcha.model.actor import Actor
from mingcha.model.ad_cycle import Stage
from mingcha.model.finding import Answer, Finding, Side
from mingcha.model.ring import KeptTie, Path, Ring, RingEvent, RingStatus, TieJudgement, TieWord, WhyTogether
from mingcha.model.tie import TIE_WORDS
from mingcha.model.words import Words
from mingcha.network.paths import paths

COMPLAINT, RING = Words("投诉", "complaint"), Words("团伙", "ring")
JUDGING = Words("判断关联", "judge a tie")
LEVELS = (1, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class RingList:
    """Rings, those with the most customers first; `withheld` hold a complaint whose merit the reader could still decide."""

    rings: tuple[Ring, ...]
    withheld: int
    hubs: tuple[KeptTie, ...]  # what so many share that it links nobody, the largest first
    judgements: tuple[TieJudgement, ...]  # that stand


@dataclass(frozen=True, slots=True, kw_only=True)
class RingView:
    """One ring and what became of it, oldest first; `aside` of its complaints never reach the reader. `ads` give what it shares."""

    ring: Ring
    events: tuple[RingEvent, ...]
    ads: tuple[tuple[str, Stage], ...]
    aside: int
    simulated: bool  # the house holds a simulated town


def listed(deps: Deps, actor: Actor, on: datetime | None = None) -> RingList:
    """All rings as they stand, or as they stood at a moment."""
    may(actor, "see_rings")
    with deps.store.write() as work:
        held = rings_kept(work) if on is None else rings_on(work, on)
        open_ = _closed_to(work, actor, {one for ring in held for one in ring.complaints})
        shown, _ = _seen(deps, work, actor, [ring for ring in held if open_.isdisjoint(ring.complaints)])
        seal_act(deps, work, ACCESS, actor, {"act": "see_rings", "rings": [ring.id for ring in shown]})
        hubs = sorted(
            (tie for tie in ties_kept(work) if tie.hub), key=lambda tie: (-tie.complaints, tie.kind, tie.value)
        )
        said = tuple(standing(judgements(work)))
    shown.sort(key=lambda ring: (-ring.unrelated.count, ring.id))
    return RingList(rings=tuple(shown), withheld=len(held) - len(shown), hubs=tuple(hubs), judgements=said)


def ring_view(deps: Deps, actor: Actor, id_: str) -> RingView:
    """One ring with its history."""
    may(actor, "see_rings")
    with deps.store.write() as work:
        ring = next((one for one in rings_kept(work) if one.id == id_), None)
        if ring is None or _closed_to(work, actor, ring.complaints):
            raise NotFound(what=RING, which=id_)
        (shown,), closed = _seen(deps, work, actor, [ring])
        seal_act(deps, work, ACCESS, actor, {"act": "see_rings", "rings": [id_]})
        events = tuple(replace(event, state=None) for event in ring_events(work) if id_ in (event.ring, event.other))
        ads = _ads_of(deps, work, shown)
        simulated = any(batch.source_system == "demo" for batch in work.records.batches())
    return RingView(ring=shown, events=events, ads=ads, aside=len(closed), simulated=simulated)


def open_rings(work: Work, actor: Actor) -> list[Ring]:
    """The rings as they stand whose complaints are all open to the reader."""
    held = rings_kept(work)
    closed = _closed_to(work, actor, {one for ring in held for one in ring.complaints})
    return [ring for ring in held if closed.isdisjoint(ring.complaints)]


def _ads_of(deps: Deps, work: Work, ring: Ring) -> tuple[tuple[str, Stage], ...]:
    """The ads that give a value its complaints share and solicit, as a person said, and how each stands."""
    found = ads_reached(deps, work, [member.value for member in ring.members])
    judged = sorted({ad.id for ads in found.values() for ad in ads if soliciting(ad)})
    ads = sorted(set(work.ads.ads_of(judged).values()))
    acts = acts_on(deps, work, ads)
    return tuple((ad, stage(fold(acts.get(ad, ())))) for ad in ads)


def why(deps: Deps, actor: Actor, one: str, other: str) -> WhyTogether:
    """Why two complaints hang together, and what speaks against it."""
    may(actor, "see_rings")
    pair = _pair(one, other)
    with deps.store.write() as work:
        _known(deps, work, actor, pair)
        if _closed_to(work, actor, pair):
            raise NotFound(what=COMPLAINT, which=one)
        ring = next((ring.id for ring in rings_kept(work) if {*pair} <= {*ring.complaints}), None)
        found = _open_paths(deps, work, actor, pair)
        against = tuple(dict.fromkeys(_against(deps, work, pair)))
        seal_act(deps, work, ACCESS, actor, {"act": "why_together", "complaints": list(pair)})
    ways = found if one == pair[0] else tuple(_turned(path, pair[0]) for path in found)
    return WhyTogether(one=one, other=other, ring=ring, paths=ways, against=against)


def tie(deps: Deps, actor: Actor, one: str, other: str, reason: str) -> TieJudgement:
    """Two complaints come from one organisation, somebody says; it pulls as a shared number does, and is no tie of law 3."""
    may(actor, "judge_ties")
    return _judge(deps, actor, TieWord.TOGETHER, (one, other), reason)


def untie(deps: Deps, actor: Actor, one: str, other: str, reason: str) -> TieJudgement:
    """Two complaints do not belong together, somebody says: no later run puts them in one ring."""
    may(actor, "judge_ties")
    return _judge(deps, actor, TieWord.APART, (one, other), reason)


def grade(deps: Deps, actor: Actor, id_: str, level: int | None, reason: str) -> Ring:
    """Give a suspected ring level 1 or 2 (CIFA guide), or take its level away; a joint grievance never has one."""
    may(actor, "judge_ties")
    reasoned(reason, JUDGING)
    with deps.store.write() as work:
        ring = next((one for one in rings_kept(work) if one.id == id_), None)
        if ring is None or _closed_to(work, actor, ring.complaints):
            raise NotFound(what=RING, which=id_)
        if level not in (None, *LEVELS) or ring.status is not RingStatus.SUSPECTED:
            raise OutOfOrder(
                what=Words("评级", "grade a ring"),
                why=Words("只有疑似非法代理组织可评 1 级或 2 级", "only a suspected illegal agency has level 1 or 2"),
            )
        run = deps.new_id()
        act = {
            "act": "grade_ring",
            "run": run,
            "ring": id_,
            "level": level or 0,
            "digest": events_digest(keep_level(work, id_, level, run, deps.now())),
            **keep_reason(deps, work, run, reason, ring.complaints[0]),
        }
        seal_act(deps, work, DECISIONS, actor, act)
    return replace(ring, level=level)


def said_of(deps: Deps, actor: Actor, one: str, other: str) -> TieJudgement:
    """The word on two complaints that stands."""
    may(actor, "judge_ties")
    pair = _pair(one, other)
    with deps.store.read() as work:
        found = next((held for held in standing(judgements(work)) if held.complaints == pair), None)
    if found is None:
        raise NotFound(what=Words("对这两件的判断", "judgement of the two"), which=f"{one} {other}")
    return found


def undo(deps: Deps, actor: Actor, id_: str, reason: str) -> TieJudgement:
    """Take a word back; rings stand as if it had not been said."""
    may(actor, "judge_ties")
    reasoned(reason, JUDGING)
    with deps.store.write() as work:
        target = next((one for one in standing(judgements(work)) if one.id == id_), None)
        if target is None:
            raise NotFound(what=Words("仍然有效的判断", "judgement that stands"), which=id_)
        said = TieJudgement(
            id=deps.new_id(),
            word=TieWord.UNDONE,
            complaints=target.complaints,
            by=actor.name,
            at=deps.now(),
            undoes=id_,
        )
        return _keep(deps, work, actor, said, reason)


def _judge(deps: Deps, actor: Actor, word: TieWord, complaints: tuple[str, str], reason: str) -> TieJudgement:
    reasoned(reason, JUDGING)
    pair = _pair(*complaints)
    with deps.store.write() as work:
        _known(deps, work, actor, pair)
        for held in standing(judgements(work)):
            if held.complaints == pair:
                raise OutOfOrder(
                    what=JUDGING,
                    why=Words(f"已有判断 {held.id}，先撤销", f"judgement {held.id} stands; take it back first"),
                )
        said = TieJudgement(id=deps.new_id(), word=word, complaints=pair, by=actor.name, at=deps.now())
        return _keep(deps, work, actor, said, reason)


def _pair(one: str, other: str) -> tuple[str, str]:
    if one == other:
        raise OutOfOrder(
            what=Words("比较两件投诉", "compare two complaints"), why=Words("是同一件", "they are one and the same")
        )
    return (min(one, other), max(one, other))


def _known(deps: Deps, work: Work, actor: Actor, pair: tuple[str, str]) -> None:
    """NotFound for a complaint the house does not hold, or that never reaches the asker."""
    alive = _alive(work, "complaints", pair)
    open_ = alive - aside(deps, work, actor, sorted(alive))
    for id_ in pair:
        if id_ not in open_:
            raise NotFound(what=COMPLAINT, which=id_)


def _keep(deps: Deps, work: Work, actor: Actor, said: TieJudgement, reason: str) -> TieJudgement:
    add_judgement(work, said)
    update(deps, work, actor, said.complaints)
    act = {
        "act": "judge_tie",
        "judgement": said.id,
        "word": said.word.value,
        "complaints": list(said.complaints),
        "undoes": said.undoes or "",
        **keep_reason(deps, work, said.id, reason, said.complaints[0]),
    }
    seal_act(deps, work, DECISIONS, actor, act)
    return said


def _open_paths(deps: Deps, work: Work, actor: Actor, pair: tuple[str, str]) -> tuple[Path, ...]:
    """Ways from one to the other over no complaint that is closed to the reader."""
    ties = ties_kept(work)
    while True:
        found = paths(*pair, ties)
        over = sorted({reached for path in found for _, reached in path.steps})
        closed = _closed_to(work, actor, over) | aside(deps, work, actor, over)
        if not closed:
            return found
        ties = [replace(tie, linking=tuple(one for one in tie.linking if one not in closed)) for tie in ties]


def _turned(path: Path, start: str) -> Path:
    """The same way walked from its other end."""
    stops = [start, *(reached for _, reached in path.steps)]
    return Path(steps=tuple((path.steps[n][0], stops[n]) for n in reversed(range(len(path.steps)))))


def _closed_to(work: Work, actor: Actor, complaints: Iterable[str]) -> frozenset[str]:
    """Complaints of which the reader may not see agency and organisation yet (law 2)."""
    rows = work.desk.rows(sorted(complaints))
    return frozenset(id_ for id_, row in rows.items() if not may_reveal(actor, row.merit_decided))


def _seen(deps: Deps, work: Work, actor: Actor, rings: Sequence[Ring]) -> tuple[list[Ring], frozenset[str]]:
    """Rings without what was erased and what never reaches the reader, and which complaints the latter are."""
    alive = _alive(work, "complaints", {id_ for ring in rings for id_ in ring.complaints})
    closed = aside(deps, work, actor, sorted(alive))
    kept = alive - closed
    people = _alive(work, "customers", {id_ for ring in rings for id_ in ring.customers})
    return [
        replace(
            ring,
            complaints=_of(ring.complaints, kept),
            customers=_of(ring.customers, people),
            members=tuple(replace(one, complaints=_of(one.complaints, kept)) for one in ring.members),
        )
        for ring in rings
    ], closed


def _alive(work: Work, kind: str, ids: Iterable[str]) -> frozenset[str]:
    """Those whose data were not erased."""
    return frozenset(id_ for id_, head in work.records.heads(kind, sorted(ids)).items() if head.wrapped)


def _of(complaints: Sequence[str], kept: frozenset[str]) -> tuple[str, ...]:
    return tuple(id_ for id_ in complaints if id_ in kept)


def _against(deps: Deps, work: Work, pair: tuple[str, str]) -> Iterable[Words]:
    """What speaks against two complaints belonging together: words of people, explanations, values that link nobody."""
    for said in standing(judgements(work)):
        if said.complaints == pair and said.word is TieWord.APART:
            yield Words(f"{said.by} 判断二者无关", f"{said.by} said they are not related")
    stored = work.desk.assessments(pair)
    opened = {id_: open_assessment(deps, one) for id_, one in stored.items() if one.wrapped}
    for _, made in opened.values():
        for result in made.results:
            if isinstance(result, Finding) and result.side is Side.AGAINST and result.answer is Answer.ORGANISATION:
                yield Words(hidden_digits(result.why.zh), hidden_digits(result.why.en))
    common = [{(t.kind, t.value): t for t in inputs.dossier.ties} for inputs, _ in opened.values()]
    if len(common) == len(pair):
        for key in sorted(common[0].keys() & common[1].keys()):
            shared = common[0][key]
            if shared.hub or shared.allowed_as:
                kind = TIE_WORDS[shared.kind]
                yield Words(
                    f"共同的{kind.zh}有 {shared.records} 件投诉使用，不作关联",
                    f"the {kind.en} they share is stated by {shared.records} complaints and links nobody",
                )
