"""Learning, safely: weights fitted on people's conclusions, compared over a month, and adopted by two people or not at all.

Whoever proposes reads conclusions and findings of the whole house and decides no merit. Nothing is suggested anew before the next
run of checks; an assessment names the weights it was made with, and those it can be replayed with stay for ever.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from mingcha.actions.assessments import open_output
from mingcha.actions.cases import Facts, case_of
from mingcha.actions.decide import decisions_by_complaint, standing
from mingcha.actions.deps import Deps
from mingcha.actions.kept import open_record
from mingcha.actions.lots import LOT, lots
from mingcha.actions.permit import may, may_reveal
from mingcha.actions.ports.store import Work
from mingcha.actions.quality import birth_years
from mingcha.actions.reasons import keep_reason
from mingcha.actions.sealing import DECISIONS, seal_act
from mingcha.actions.second import independent
from mingcha.actions.weights import SIDES, in_force, keep_proposal, proposal_digest, proposals
from mingcha.errors import NotFound, NotPermitted, OutOfOrder
from mingcha.grade.scale_2026_11_25 import SCALE
from mingcha.grade.suggest import relabel
from mingcha.grade.weigh import check_weights
from mingcha.model.actor import Actor, Role
from mingcha.model.assessment import Assessment
from mingcha.model.decision import ACCUSING, Conclusion
from mingcha.model.finding import ANSWER_WORDS, Answer, Finding
from mingcha.model.quality import Case
from mingcha.model.stored import DeskRow
from mingcha.model.weights import ADOPTERS, Agreed, Changed, Example, Fired, Fitted, Proposal, Shadow, Weights
from mingcha.model.words import Words
from mingcha.quality.learning import fit
from mingcha.quality.shadow import compare
from mingcha.standards.calendar import local_day

MONTH = timedelta(days=30)
ADOPT = Words("采用权重", "adopt weights")
Progress = Callable[[str, int, int], None]  # stage, done, of


@dataclass(frozen=True, slots=True)
class Seen:
    """The weights in force and every proposal, newest first; what open complaints would change is left out for whoever decides them."""

    in_force: Weights
    proposals: tuple[Proposal, ...]


def see_weights(deps: Deps, actor: Actor) -> Seen:
    """The weights in force and all proposals. They name no person; which complaints would change opens with their merit."""
    may(actor, "see_weights")
    with deps.store.read() as work:
        held = list(reversed(proposals(work).values()))
        ids = sorted({one.complaint for proposal in held for one in proposal.shadow.changed})
        rows = work.desk.rows(ids)
        return Seen(in_force(work), tuple(_shown(actor, rows, one) for one in held))


def propose_weights(
    deps: Deps, actor: Actor, *, shipped: bool = False, progress: Progress = lambda *_: None
) -> Proposal:
    """Fit weights on all conclusions, compare them over the newest month, keep the proposal and seal it.

    `shipped` proposes going back to the weights the house came with. OutOfOrder where nothing would change.
    """
    may(actor, "propose_weights")
    what = Words("提出权重", "propose weights")
    with deps.store.read() as view:
        now = in_force(view)
        reading = _Reading(deps, view, now)
        fitted = tuple(reading.fit(progress)) if not shipped else ()
        better = [one for one in fitted if one.better] or fitted  # a question that gains nothing holds up no other
        deltas = tuple((line.detector, line.delta) for one in better for line in one.learned if line.delta)
        if deltas == now.deltas or (not shipped and not deltas):
            why = Words("与现行权重没有不同", "they would not differ from those in force")
            if fitted and not any(one.enough for one in fitted):
                why = _too_few(fitted)
            raise OutOfOrder(what=what, why=why)
        weights = check_weights(Weights(id="", deltas=deltas), SIDES)
        shadow = reading.shadow(weights, progress)
    with deps.store.write() as work:
        day = f"weights@{local_day(deps.now())}"
        id_ = f"{day}.{sum(one.startswith(day) for one in proposals(work)) + 1}"
        made = Proposal(
            weights=replace(weights, id=id_),
            instead_of=now.id,
            made_at=deps.now(),
            made_by=actor.name,
            fitted=fitted,
            shadow=shadow,
            agreed=(),
        )
        keep_proposal(work, made)
        act = {"act": "propose_weights", "weights": id_, "instead_of": now.id, "digest": proposal_digest(made)}
        seal_act(deps, work, DECISIONS, actor, {**act, "changed": len(shadow.changed)})
        return _shown(actor, work.desk.rows([one.complaint for one in shadow.changed]), made)


def agree_weights(deps: Deps, actor: Actor, id_: str, reason: str) -> Proposal:
    """One of the two agree: an analyst and somebody of consumer protection, neither the other's superior, each with a reason.

    OutOfOrder without a reason, for what does not fit better beyond chance, and for a proposal made against other weights.
    """
    may(actor, "adopt_weights")
    if not reason.strip():
        raise OutOfOrder(what=ADOPT, why=Words("须写明理由", "it needs a reason"))
    with deps.store.write() as work:
        held = proposals(work).get(id_)
        if held is None:
            raise NotFound(what=Words("权重提案", "proposal of weights"), which=id_)
        _may_agree(held, in_force(work))
        role = _role(actor, held)
        for one in held.agreed:
            independent(work, one.by, actor)
        kept = keep_reason(deps, work, deps.new_id(), reason, None)
        agreed = Agreed(by=actor.name, role=role, at=deps.now(), reason=kept["reason"])
        made = replace(held, agreed=(*held.agreed, agreed))
        keep_proposal(work, made)
        act = {"act": "agree_weights", "weights": id_, "as": role.value, "digest": proposal_digest(made)}
        seal_act(deps, work, DECISIONS, actor, {**act, **kept})
        return _shown(actor, work.desk.rows([one.complaint for one in made.shadow.changed]), made)


def _may_agree(held: Proposal, now: Weights) -> None:
    if held.adopted:
        raise OutOfOrder(what=ADOPT, why=Words("已经采用", "they are adopted already"))
    if held.instead_of != now.id:
        why = Words("提案之后现行权重已变，请重新提出", "other weights came into force since; propose anew")
        raise OutOfOrder(what=ADOPT, why=why)
    if held.weights.deltas and not held.better:
        why = Words("未见超出偶然的改进", "they do not fit better beyond chance")
        raise OutOfOrder(what=ADOPT, why=why)


def _role(actor: Actor, held: Proposal) -> Role:
    """The part somebody takes: the one of theirs that is still open."""
    taken = {one.role for one in held.agreed}
    mine = [role for role in ADOPTERS if role in actor.roles]
    free = [role for role in mine if role not in taken]
    if not free:
        why = Words("须另一职责的人同意", "it takes somebody of the other duty")
        raise NotPermitted(actor=actor.name, verb=ADOPT, why=why)
    return free[0]


def _too_few(fitted: Sequence[Fitted]) -> Words:
    zh = "；".join(f"{ANSWER_WORDS[one.answer].zh}：认定 {one.accused} 件，未认定 {one.others} 件" for one in fitted)
    en = "; ".join(f"{ANSWER_WORDS[one.answer].en}: {one.accused} accused, {one.others} not" for one in fitted)
    return Words(f"结论太少（{zh}；各须40件）", f"too few conclusions ({en}; 40 of each are needed)")


def _shown(actor: Actor, rows: dict[str, DeskRow], one: Proposal) -> Proposal:
    """A proposal without the complaints whose merit the asker may still decide."""
    open_ = {row.complaint for row in rows.values() if may_reveal(actor, row.merit_decided)}
    changed = tuple(change for change in one.shadow.changed if change.complaint in open_)
    return replace(one, shadow=replace(one.shadow, changed=changed))


class _Reading:
    """The whole house read once: conclusions to learn from, and the newest month to compare over."""

    def __init__(self, deps: Deps, view: Work, now: Weights) -> None:
        self.deps, self.view, self.now = deps, view, now
        stored = [one.id for one in view.records.scan("complaints") if one.wrapped]
        rows = {id_: row for lot in lots(stored) for id_, row in view.desk.rows(lot).items()}
        self.rows = dict(sorted(rows.items(), key=lambda item: (item[1].received_at, item[0])))

    def fit(self, progress: Progress) -> Iterator[Fitted]:
        """Both questions, from every complaint people concluded on."""
        examples: dict[Answer, list[Example]] = {answer: [] for answer in Answer}
        concluded = [id_ for id_, row in self.rows.items() if row.concluded]
        decisions = decisions_by_complaint(self.view)
        for done, lot in enumerate(lots(concluded)):
            progress("learn", done * LOT, len(concluded))
            for id_, made in self._assessed(lot):
                told = standing(decisions.get(id_, ())).conclusion
                if told is None or told.verdict == Conclusion.INSUFFICIENT:
                    continue
                verdict = Conclusion(told.verdict)
                for answer in Answer:
                    accused = verdict in ACCUSING if answer is Answer.AGENCY else verdict is Conclusion.LINKED
                    examples[answer].append(Example(_fired(made, answer), accused))
        for answer, held in examples.items():
            yield fit(answer, held, SCALE.named_points, dict(self.now.deltas))

    def shadow(self, weights: Weights, progress: Progress) -> Shadow:
        """The newest month suggested under both weights."""
        last = max((local_day(row.received_at) for row in self.rows.values()), default=local_day(self.deps.now()))
        first = last - MONTH + timedelta(days=1)
        month = [id_ for id_, row in self.rows.items() if local_day(row.received_at) >= first]
        seen: list[tuple[Case, Changed]] = []
        for lot in lots(month):
            heads = self.view.records.heads("complaints", lot)
            filed = {id_: open_record(self.deps.keys, head).keyed for id_, head in heads.items() if head.wrapped}
            born = birth_years(self.deps, self.view, {one.customer_id for one in filed.values() if one.customer_id})
            for id_, made in self._assessed(lot):
                law = made.suggestion.law_three
                before, after = (relabel(made.results, law, which) for which in (self.now, weights))
                facts = Facts(filed[id_], born.get(filed[id_].customer_id or ""), made.claims, None, 0)
                case = case_of(facts, self.rows[id_], (), (), last)
                seen.append((case, Changed(complaint=id_, before=before, after=after)))
            progress("compare", len(seen), len(month))
        return compare(first, last, seen)

    def _assessed(self, ids: Sequence[str]) -> Iterator[tuple[str, Assessment]]:
        held = self.view.desk.assessments(ids)
        for id_ in ids:
            if id_ in held and held[id_].wrapped:
                yield id_, open_output(self.deps, held[id_])


def _fired(made: Assessment, answer: Answer) -> tuple[Fired, ...]:
    """Findings of one question that the arithmetic counted, with the points the detectors gave."""
    found = [one for one in made.results if isinstance(one, Finding)]
    pairs = zip(found, made.suggestion.steps, strict=True)
    return tuple(
        Fired(one.detector, one.side, one.points) for one, step in pairs if step.counted and one.answer is answer
    )
