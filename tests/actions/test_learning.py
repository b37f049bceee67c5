"""Weights are proposed by whoever decides no merit, compared over a month, and come into force when two agreed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from mingcha.actions import decide
from mingcha.actions.assess import assess
from mingcha.actions.assessments import open_output
from mingcha.actions.deps import Deps
from mingcha.actions.inspection.inspect import Asked, inspect
from mingcha.actions.learning import agree_weights, propose_weights, see_weights
from mingcha.actions.replay import replay
from mingcha.actions.sealing import DECISIONS
from mingcha.actions.weights import WEIGHTS, in_force, keep_proposal, proposals
from mingcha.errors import BelowFloor, NotFound, NotPermitted, OutOfOrder
from mingcha.evidence.canonical import parse
from mingcha.model.account import Sample
from mingcha.model.actor import Actor, Purpose, Role
from mingcha.model.assessment import Assessment, Label
from mingcha.model.complaint import Complaint
from mingcha.model.decision import Conclusion, MeritVerdict
from mingcha.model.party import Authorisation, Customer
from mingcha.model.weights import SHIPPED
from mingcha.testing.house import NOON, FixedClock, house, put, someone

ANALYST = someone(Role.ANALYST, name="ana", purpose=Purpose.INVESTIGATION)
HANDLER = someone(Role.HANDLER, name="han")
LEGAL = someone(Role.LEGAL, name="law", purpose=Purpose.INVESTIGATION)
PROTECTION = someone(Role.CONSUMER_PROTECTION, name="cp")
OF_EACH = 60


def fill(deps: Deps) -> dict[str, str]:
    """Three kinds of complaints; people accuse whoever files for others without a paper, and nobody for a name written otherwise."""
    for n in range(3 * OF_EACH):
        role, name = (("self", "钱某"), ("other", "李某"), ("self", "王某"))[n % 3]
        one = Complaint(
            id=str(n), received_at=NOON - timedelta(days=n % 60), customer_id=f"c{n}", text=f"第{n}件，请核查收费。",
            licence="bank", filer_role=role, filer_name=name, channel="app" if n % 2 else "phone", region="甲省",
        )  # fmt: skip
        put(deps, "complaints", one)
        put(deps, "customers", Customer(id=f"c{n}", name="王某" if role == "self" else "赵某", verified=True))
    put(deps, "authorisations", Authorisation(id="w", customer_id="elsewhere"))  # the house keeps such papers
    assess(deps, ANALYST)
    with deps.store.read() as work:
        heads = {head.id for head in work.records.scan("complaints")}
        made = {id_: open_output(deps, held) for id_, held in work.desk.assessments(sorted(heads)).items()}
    return {id_: _kind(one) for id_, one in made.items()}


def _kind(one: Assessment) -> str:
    fired = {step.detector for step in one.suggestion.steps if step.counted}
    return next(iter(sorted(fired & {"authorisation_missing", "filer_not_customer"})), "")


def conclude(deps: Deps, kinds: dict[str, str]) -> None:
    for n, (id_, kind) in enumerate(sorted(kinds.items(), key=lambda item: item[1])):
        decide.decide_merit(deps, HANDLER, id_, MeritVerdict.NOT_UPHELD, (), "查无")
        if kind == "authorisation_missing" and n % 10:
            first = decide.decide_conclusion(
                deps, ANALYST, id_, Conclusion.BREACH_OF_ORDER, "冒名", "cba-agency@2024-01-draft:means.1"
            )
            decide.confirm(deps, LEGAL, id_, first.id, "同意")
        else:
            decide.decide_conclusion(deps, ANALYST, id_, Conclusion.ORDINARY, "无", None)


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Deps]:
    with house(tmp_path, memory=True, clock=FixedClock()) as held:
        yield held


def test_nothing_is_learned_from_too_few(deps: Deps) -> None:
    fill(deps)
    with pytest.raises(OutOfOrder, match="too few conclusions"):
        propose_weights(deps, ANALYST)
    assert see_weights(deps, ANALYST).in_force == SHIPPED


def test_from_conclusions_to_weights_in_force_and_back(deps: Deps) -> None:
    kinds = fill(deps)
    conclude(deps, kinds)
    made = propose_weights(deps, ANALYST)
    learned = dict(made.weights.deltas)
    assert learned["filer_not_customer"] < 0
    assert made.better
    assert [one.enough for one in made.fitted] == [True, False], "nobody was linked: nothing is learned of organisation"
    assert made.shadow.cases == sum(n % 60 < 30 for n in range(3 * OF_EACH))
    assert tuple((before, after) for before, after, _ in made.shadow.moves) == ((Label.INSUFFICIENT, Label.ORDINARY),)
    assert {kinds[one.complaint] for one in made.shadow.changed} == {"filer_not_customer"}
    by = {(one.by, one.value): one for one in made.shadow.groups}
    whole = by["region", "甲省"]
    assert whole.cleared is not None
    assert (whole.cases, whole.cleared.hits) == (made.shadow.cases, len(made.shadow.changed))
    with deps.store.read() as work:
        assert in_force(work) == SHIPPED, "a proposal changes nothing"

    first = agree_weights(deps, ANALYST, made.weights.id, "姓名不符多为旧名、异体字")
    assert not first.adopted
    with pytest.raises(NotPermitted, match="other duty"):
        agree_weights(deps, someone(Role.ANALYST, name="bo", purpose=Purpose.INVESTIGATION), made.weights.id, "同意")
    second = agree_weights(deps, PROTECTION, made.weights.id, "对客户有利")
    assert second.adopted
    with deps.store.read() as work:
        assert in_force(work) == made.weights
        acts = [parse(link.payload) for link in work.chains.read(DECISIONS)]
    assert [one["act"] for one in acts if one["act"].endswith("_weights")] == [
        "propose_weights",
        *["agree_weights"] * 2,
    ]
    assert "姓名不符多为旧名、异体字" not in str(acts)

    old = next(id_ for id_, kind in kinds.items() if kind == "filer_not_customer")
    assert replay(deps, ANALYST, old).same, "an assessment is replayed with the weights it was made with"
    assess(deps, ANALYST)
    with deps.store.read() as work:
        now = open_output(deps, work.desk.assessments([old])[old])
    assert dict(now.schemes)["weights"] == made.weights.id
    assert now.suggestion.label is Label.ORDINARY
    assert [step.points for step in now.suggestion.steps if step.detector == "filer_not_customer"] == [
        5 + learned["filer_not_customer"]
    ]
    assert replay(deps, ANALYST, old).same


def test_what_is_in_force_can_be_taken_back_by_two(deps: Deps) -> None:
    conclude(deps, fill(deps))
    made = propose_weights(deps, ANALYST)
    for who in (ANALYST, PROTECTION):
        agree_weights(deps, who, made.weights.id, "同意")
    with pytest.raises(OutOfOrder, match="adopted already"):
        agree_weights(deps, PROTECTION, made.weights.id, "再来")
    with pytest.raises(OutOfOrder, match="would not differ"):
        propose_weights(deps, ANALYST)
    back = propose_weights(deps, ANALYST, shipped=True)
    assert back.weights.id.endswith(".2")
    assert back.weights.deltas == ()
    assert {(before, after) for before, after, _ in back.shadow.moves} == {(Label.ORDINARY, Label.INSUFFICIENT)}
    agree_weights(deps, PROTECTION, back.weights.id, "先恢复")
    agree_weights(deps, ANALYST, back.weights.id, "先恢复")
    assert see_weights(deps, ANALYST).in_force.deltas == ()


def test_a_proposal_against_other_weights_or_without_a_reason_is_refused(deps: Deps) -> None:
    conclude(deps, fill(deps))
    one, other = propose_weights(deps, ANALYST), propose_weights(deps, ANALYST)
    with pytest.raises(OutOfOrder, match="needs a reason"):
        agree_weights(deps, ANALYST, one.weights.id, " ")
    with pytest.raises(NotFound):
        agree_weights(deps, ANALYST, "weights@2020-01-01.1", "同意")
    for who in (PROTECTION, ANALYST):
        agree_weights(deps, who, one.weights.id, "同意")
    with pytest.raises(OutOfOrder, match="came into force since"):
        agree_weights(deps, ANALYST, other.weights.id, "同意")


def test_one_person_never_adopts_alone_whatever_roles_they_have(deps: Deps) -> None:
    conclude(deps, fill(deps))
    both = someone(Role.ANALYST, Role.CONSUMER_PROTECTION, name="all", purpose=Purpose.INVESTIGATION)
    made = propose_weights(deps, ANALYST)
    agree_weights(deps, both, made.weights.id, "同意")
    with pytest.raises(NotPermitted, match="cannot be the second"):
        agree_weights(deps, both, made.weights.id, "同意")
    with deps.store.read() as work:
        assert in_force(work) == SHIPPED


def test_what_does_not_fit_better_is_never_adopted(deps: Deps) -> None:
    kinds = fill(deps)
    for n, (id_, kind) in enumerate(sorted(kinds.items(), key=lambda item: item[1])):
        decide.decide_merit(deps, HANDLER, id_, MeritVerdict.NOT_UPHELD, (), "查无")
        if (n * 7919) % 10 < {"filer_not_customer": 6, "authorisation_missing": 5, "": 1}[kind]:
            first = decide.decide_conclusion(
                deps, ANALYST, id_, Conclusion.BREACH_OF_ORDER, "冒名", "cba-agency@2024-01-draft:means.1"
            )
            decide.confirm(deps, LEGAL, id_, first.id, "同意")
        else:
            decide.decide_conclusion(deps, ANALYST, id_, Conclusion.ORDINARY, "无", None)
    try:
        made = propose_weights(deps, ANALYST)
    except OutOfOrder as refused:
        assert "would not differ" in str(refused)
        return
    assert not made.better
    with pytest.raises(OutOfOrder, match="beyond chance"):
        agree_weights(deps, ANALYST, made.weights.id, "同意")


@pytest.mark.parametrize("who", [HANDLER, someone(Role.SUPERVISOR, name="su"), LEGAL, PROTECTION])
def test_only_an_analyst_proposes(deps: Deps, who: Actor) -> None:
    with pytest.raises(NotPermitted):
        propose_weights(deps, who)


def test_which_open_complaints_would_change_is_closed_to_whoever_decides_them(deps: Deps) -> None:
    kinds = fill(deps)
    conclude(deps, kinds)
    put(
        deps,
        "complaints",
        Complaint(
            id="new",
            received_at=NOON,
            text="请核查。",
            licence="bank",
            filer_role="self",
            filer_name="王某",
            customer_id="c1",
        ),
    )
    assess(deps, ANALYST)
    made = propose_weights(deps, ANALYST)
    fresh = {one.complaint for one in made.shadow.changed} - kinds.keys()
    assert len(fresh) == 1
    (seen,) = see_weights(deps, PROTECTION).proposals
    assert fresh.isdisjoint(one.complaint for one in seen.shadow.changed)
    assert seen.shadow.moves == made.shadow.moves
    agreed = agree_weights(deps, PROTECTION, made.weights.id, "同意")
    assert fresh.isdisjoint(one.complaint for one in agreed.shadow.changed)
    (whole,) = see_weights(deps, ANALYST).proposals
    assert fresh <= {one.complaint for one in whole.shadow.changed}, "what was kept is the whole of it"


def test_a_sample_letter_never_weighs_less_whatever_people_conclude(deps: Deps) -> None:
    put(deps, "samples", Sample(id="s", title="范本", publisher="协会", text="请核查收费。"))
    conclude(deps, fill(deps))
    made = propose_weights(deps, ANALYST)
    assert all(line.delta >= 0 for one in made.fitted for line in one.learned if line.side.value == "against")


def test_an_inspection_names_a_proposal_that_was_altered_removed_or_adopted_by_nobody(deps: Deps) -> None:
    conclude(deps, fill(deps))
    made = propose_weights(deps, ANALYST)
    agree_weights(deps, ANALYST, made.weights.id, "同意")
    asked = Asked(first=NOON.date() - timedelta(days=90), last=NOON.date(), seed="7", sample=1)
    inspector = someone(Role.INSPECTOR, name="ins", purpose=Purpose.INSPECTION)

    def named() -> list[str]:
        return [one.where for one in inspect(deps, inspector, asked).flaws if one.code == "weights_changed"]

    found = inspect(deps, inspector, asked)
    assert [one.act for one in found.schemes if one.act.endswith("_weights")] == ["propose_weights", "agree_weights"]
    assert named() == []
    with deps.store.read() as work:
        held = proposals(work)[made.weights.id]
    heavier = replace(held, weights=replace(held.weights, deltas=(("filer_not_customer", 9),)))
    forged = replace(held, agreed=(*held.agreed, replace(held.agreed[0], role=Role.CONSUMER_PROTECTION, by="cp")))
    for altered in (heavier, forged):
        with deps.store.write() as work:
            keep_proposal(work, altered)
        assert named() == [made.weights.id]
    with deps.store.write() as work:
        work.summaries.replace(WEIGHTS, [])
    assert named() == [made.weights.id]
    with deps.store.write() as work:
        keep_proposal(work, held)
    assert named() == []


def test_weights_put_into_the_store_below_the_floors_are_refused_by_the_next_run(deps: Deps) -> None:
    conclude(deps, fill(deps))
    made = propose_weights(deps, ANALYST)
    for who in (ANALYST, PROTECTION):
        agree_weights(deps, who, made.weights.id, "同意")
    with deps.store.write() as work:
        held = proposals(work)[made.weights.id]
        keep_proposal(work, replace(held, weights=replace(held.weights, deltas=(("public_sample_letter", -1),))))
    with pytest.raises(BelowFloor, match="never weighs less"):
        assess(deps, ANALYST)
