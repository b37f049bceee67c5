"""Cases as the house keeps them: a book of acts read back folded, open to whoever was admitted and to nobody else."""

from collections.abc import Iterator, Sequence

from mingcha.actions.book import Entry, keep, said
from mingcha.actions.deps import Deps
from mingcha.actions.ports.store import Work
from mingcha.casework.course import admitted, fold, refusal
from mingcha.errors import NotFound, NotPermitted, OutOfOrder
from mingcha.model.actor import Actor, Purpose
from mingcha.model.case import CASE_ACT_WORDS, CASE_BODIES, CASE_KIND_OF, CaseAct, CaseBody
from mingcha.model.case_facts import CaseFacts
from mingcha.model.stored import BookAct
from mingcha.model.words import Words

CASES = "cases"
CASE = Words("案件", "case")
_BODIES = {kind.value: body for kind, body in CASE_BODIES.items()}


def keep_case_act(deps: Deps, work: Work, actor: Actor, case: str, body: CaseBody) -> CaseAct:
    """Keep and seal one act; OutOfOrder, with its reason, where it may not follow what was done before."""
    kind = CASE_KIND_OF[type(body)]
    act = CaseAct(id="", case=case, at=deps.now(), by=actor.name, body=body)
    why = refusal(facts_of(deps, work, case), act)
    if why is not None:
        raise OutOfOrder(what=CASE_ACT_WORDS[kind], why=why)
    kept = keep(deps, work, actor, Entry(CASES, case, kind.value), body)
    return CaseAct(id=kept.id, case=case, at=kept.at, by=kept.by, body=body)


def facts_of(deps: Deps, work: Work, case: str) -> CaseFacts:
    """How a case stands; as one that was never opened where there is none."""
    return fold(acts_of(deps, work, [case]).get(case, ()))


def case_acts(deps: Deps, work: Work, actor: Actor, case: str) -> tuple[CaseAct, ...]:
    """All that was done on a case, for whoever may see it; NotFound where there is none, NotPermitted to others."""
    acts = acts_of(deps, work, [case]).get(case)
    if not acts:
        raise NotFound(what=CASE, which=case)
    if not may_see(fold(acts), actor):
        why = Words(
            "未获准查看此案；确有必要时可说明理由紧急查看",
            "they were not admitted to it; breaking the glass takes a reason",
        )
        raise NotPermitted(actor=actor.name, verb=Words("查看此案", "see this case"), why=why)
    return acts


def may_see(facts: CaseFacts, actor: Actor) -> bool:
    """Need to know: those admitted, and an inspection."""
    return actor.purpose is Purpose.INSPECTION or admitted(facts, actor.name)


def acts_of(deps: Deps, work: Work, cases: Sequence[str]) -> dict[str, tuple[CaseAct, ...]]:
    """What was done on these cases; what was erased is left out."""
    return {case: tuple(_opened(deps, kept)) for case, kept in work.books.acts(CASES, cases).items()}


def all_cases(deps: Deps, work: Work) -> dict[str, CaseFacts]:
    """How every case stands."""
    acts: dict[str, list[CaseAct]] = {}
    for act in _opened(deps, work.books.all_acts(CASES)):
        acts.setdefault(act.case, []).append(act)
    return {case: fold(of) for case, of in acts.items()}


def _opened(deps: Deps, kept: Sequence[BookAct] | Iterator[BookAct]) -> Iterator[CaseAct]:
    return (
        CaseAct(id=one.id, case=one.of, at=one.at, by=one.by, body=said(deps, one, _BODIES))
        for one in kept
        if one.wrapped
    )
