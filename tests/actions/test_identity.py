"""Two customers are one person, somebody says: they count once, at once; nothing is rewritten; taken back, all is as before."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.actions.test_increment import same_after_a_run, state
from tests.actions.test_rings import ANALYST, HANDLER, file, held, paid, run

from mingcha.actions.deps import Deps
from mingcha.actions.erase import erase_customer
from mingcha.actions.identity import judge, said_of, take_back
from mingcha.errors import NotFound, NotPermitted, OutOfOrder
from mingcha.model.actor import Role
from mingcha.model.person import Verdict
from mingcha.testing.house import house, someone


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Deps]:
    """A ring of three."""
    with house(tmp_path, memory=True) as made:
        file(made, "abc")
        paid(made, "a")
        run(made)
        yield made


def say(deps: Deps, one: str, other: str, verdict: Verdict = Verdict.SAME) -> str:
    return judge(deps, ANALYST, "test", (f"c{one}", f"c{other}"), verdict, "证件与回访一致").id


def test_one_person_under_two_ids_counts_once_and_is_no_third_customer(deps: Deps) -> None:
    before = state(deps)
    assert held(deps)[0].unrelated.count == 3
    said = say(deps, "a", "b")
    assert held(deps) == []
    same_after_a_run(deps)
    take_back(deps, ANALYST, said, "复核后撤销")
    assert state(deps)["rings"] == before["rings"]
    assert state(deps)["standings"] == before["standings"]
    same_after_a_run(deps)


def test_who_is_the_same_as_the_same_is_the_same(deps: Deps) -> None:
    file(deps, "de")
    say(deps, "a", "b")
    say(deps, "b", "c")
    (ring,) = held(deps)
    assert (ring.unrelated.count, ring.unrelated.related) == (3, 2)


def test_not_the_same_and_unsure_join_nobody_and_a_contradiction_joins_nobody_either(deps: Deps) -> None:
    say(deps, "a", "b", Verdict.NOT_SAME)
    say(deps, "b", "c", Verdict.UNSURE)
    assert held(deps)[0].unrelated.count == 3
    say(deps, "a", "c")
    assert held(deps) == []
    file(deps, "d")
    say(deps, "b", "d")
    assert held(deps) == []
    say(deps, "c", "d")  # would make a and b one
    assert [ring.unrelated.count for ring in held(deps)] == []


def test_what_cannot_be_said_is_told(deps: Deps) -> None:
    said = say(deps, "a", "b")
    assert said_of(deps, ANALYST, "test", ("cb", "ca")).id == said
    for act, error in (
        (lambda: say(deps, "b", "a", Verdict.NOT_SAME), OutOfOrder),
        (lambda: say(deps, "a", "a"), OutOfOrder),
        (lambda: say(deps, "a", "nobody"), NotFound),
        (lambda: judge(deps, ANALYST, "test", ("cb", "cc"), Verdict.SAME, " "), OutOfOrder),
        (lambda: judge(deps, HANDLER, "test", ("cb", "cc"), Verdict.SAME, "x"), NotPermitted),
        (lambda: take_back(deps, ANALYST, "0", "x"), NotFound),
        (lambda: said_of(deps, ANALYST, "test", ("cb", "cc")), NotFound),
    ):
        with pytest.raises(error):
            act()
    take_back(deps, ANALYST, said, "撤销")
    with pytest.raises(NotFound):
        take_back(deps, ANALYST, said, "再撤销")


def test_a_word_is_sealed_without_its_reason(deps: Deps) -> None:
    said = say(deps, "a", "b")
    with deps.store.read() as work:
        act = json.loads(list(work.chains.read("decisions"))[-1].payload)
    assert (act["act"], act["judgement"], act["verdict"], act["by"]) == ("judge_person", said, "same", "test")
    assert "证件" not in json.dumps(act, ensure_ascii=False)


def test_an_erased_customer_is_nobody_to_speak_of(deps: Deps) -> None:
    erase_customer(deps, someone(Role.CONSUMER_PROTECTION), "test", "ca", "本人要求")
    with pytest.raises(NotFound):
        say(deps, "a", "b")
