"""Customers who are one person: people say so of two ids, no source is rewritten, and taking a word back restores what was.

Whoever is one person under two ids counts once where unrelated customers are counted (law 3). Groups are derived anew from the
words that stand; nobody is joined by a machine here.
"""

from collections.abc import Iterable

from mingcha.actions.deps import Deps
from mingcha.actions.increment import update
from mingcha.actions.kept import record_id
from mingcha.actions.permit import may
from mingcha.actions.person_book import add_person_word, person_words, same_person
from mingcha.actions.ports.store import Work
from mingcha.actions.reasons import keep_reason, reasoned
from mingcha.actions.recusal import aside
from mingcha.actions.sealing import DECISIONS, seal_act
from mingcha.actions.standings import of_persons
from mingcha.errors import NotFound, OutOfOrder
from mingcha.model.actor import Actor
from mingcha.model.kinds import BY_CODE
from mingcha.model.person import PersonWord, Verdict
from mingcha.model.words import Words

JUDGING = Words("判断是否同一人", "judge whether two are one person")
CUSTOMER = Words("客户", "customer")


def judge(
    deps: Deps, actor: Actor, system: str, customers: tuple[str, str], verdict: Verdict, reason: str
) -> PersonWord:
    """Say of two customers, by the ids a source system gave, that they are one person, are not, or that one is unsure."""
    may(actor, "judge_ties")
    reasoned(reason, JUDGING)
    pair = _pair(deps, system, customers)
    with deps.store.write() as work:
        _known(deps, work, actor, system, customers)
        said = next((said for said in person_words(work) if said.customers == pair), None)
        if said is not None:
            told = Words(f"已有判断 {said.id}，先撤销", f"judgement {said.id} stands; take it back first")
            raise OutOfOrder(what=JUDGING, why=told)
        word = PersonWord(id=deps.new_id(), verdict=verdict, customers=pair, by=actor.name, at=deps.now(), undoes=None)
        return _keep(deps, work, actor, word, reason)


def said_of(deps: Deps, actor: Actor, system: str, customers: tuple[str, str]) -> PersonWord:
    """The word on two customers that stands."""
    may(actor, "judge_ties")
    pair = _pair(deps, system, customers)
    with deps.store.read() as work:
        _known(deps, work, actor, system, customers)
        found = next((one for one in person_words(work) if one.customers == pair), None)
    if found is None:
        raise NotFound(what=Words("对这两人的判断", "judgement of the two"), which=" ".join(customers))
    return found


def take_back(deps: Deps, actor: Actor, id_: str, reason: str) -> PersonWord:
    """Take a word back: everything stands as if it had not been said."""
    may(actor, "judge_ties")
    reasoned(reason, JUDGING)
    with deps.store.write() as work:
        target = next((one for one in person_words(work) if one.id == id_), None)
        if target is None:
            raise NotFound(what=Words("仍然有效的判断", "judgement that stands"), which=id_)
        word = PersonWord(
            id=deps.new_id(), verdict=None, customers=target.customers, by=actor.name, at=deps.now(), undoes=id_
        )
        return _keep(deps, work, actor, word, reason)


def _pair(deps: Deps, system: str, customers: tuple[str, str]) -> tuple[str, str]:
    one, other = sorted(record_id(deps.keys, BY_CODE["customers"], system, id_) for id_ in customers)
    if one == other:
        raise OutOfOrder(what=JUDGING, why=Words("是同一个客户号", "they are one and the same id"))
    return one, other


def _known(deps: Deps, work: Work, actor: Actor, system: str, customers: tuple[str, str]) -> None:
    """NotFound for a customer the house does not hold, or with a complaint that never reaches the asker."""
    for named in customers:
        id_ = record_id(deps.keys, BY_CODE["customers"], system, named)
        head = work.records.heads("customers", [id_]).get(id_)
        if head is None or not head.wrapped or aside(deps, work, actor, sorted(of_persons(work, [id_]))):
            raise NotFound(what=CUSTOMER, which=named)


def _keep(deps: Deps, work: Work, actor: Actor, word: PersonWord, reason: str) -> PersonWord:
    """Keep and seal a word, and relate the complaints of everybody it touches anew."""
    before = _group(work, word.customers)
    add_person_word(work, word)
    complaints = of_persons(work, before | _group(work, word.customers))
    act = {
        "act": "judge_person",
        "judgement": word.id,
        "verdict": word.verdict.value if word.verdict else "undone",
        "customers": list(word.customers),
        "undoes": word.undoes or "",
        **keep_reason(deps, work, word.id, reason, min(complaints, default=None)),
    }
    seal_act(deps, work, DECISIONS, actor, act)
    update(deps, work, actor, complaints)
    return word


def _group(work: Work, customers: Iterable[str]) -> set[str]:
    same = same_person(work)
    return {one for customer in customers for one in (customer, *same.get(customer, ()))}
