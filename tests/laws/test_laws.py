"""The ten laws as tests, at the level this stage reaches; each is named for its law and held by mutants.py."""

import ast
import inspect
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mingcha.actions as actions
from mingcha.actions.codec import dumps
from mingcha.actions.decide import standing
from mingcha.actions.permit import DECIDES_MERIT, TABLE, may, may_reveal
from mingcha.adapters.shelf import read_package
from mingcha.clock.run import Filing
from mingcha.detect.run import examine
from mingcha.errors import NotPermitted
from mingcha.grade.suggest import relabel, suggest
from mingcha.merit.run import check_all
from mingcha.model.actor import Actor, Purpose, Role
from mingcha.model.assessment import Label, Suggestion
from mingcha.model.campaign import CampaignSummary, Unrelated
from mingcha.model.complaint import Complaint
from mingcha.model.decision import ACCUSING, Conclusion, Decision, Stage
from mingcha.model.finding import TIE_FAMILIES, Answer, Basis, Conduct, Family, Finding, Result, Side, Weightless
from mingcha.model.merit import MeritFile
from mingcha.model.party import Customer
from mingcha.model.provenance import Cite
from mingcha.model.relation import count_unrelated
from mingcha.model.stored import DeskRow, QueueFilter
from mingcha.model.text import Folded
from mingcha.model.tie import GroupSummary, LawThree, TieSummary
from mingcha.model.weights import MOST_POINTS, Weights
from mingcha.model.words import Words
from mingcha.network import law_three
from mingcha.standards.load import load
from mingcha.testing.dossiers import AT, campaign, dossier, tie
from mingcha.text.normalise import normalise

SRC = Path(actions.__file__).resolve().parents[1]
STANDARDS = load(read_package())


def _types(cls: Any, seen: set[Any]) -> set[Any]:
    """All types a dataclass's fields could hold, to the bottom."""
    for hint in {} if cls is Folded else get_type_hints(cls).values():
        stack = [hint]
        while stack:
            one = stack.pop()
            stack += [arg for arg in get_args(one) if arg is not Ellipsis]
            if is_dataclass(one) and one not in seen:
                seen.add(one)
                _types(one, seen)
    return seen


def test_law_1_queue_and_clock_know_nothing_of_suspicion() -> None:
    words = ("suggest", "label", "score", "agency", "organisation", "campaign", "ring", "finding", "group", "points")
    for cls in (DeskRow, QueueFilter, Filing):
        for one in fields(cls):
            assert not [w for w in words if w in one.name], f"{cls.__name__}.{one.name}"


def test_law_1_the_queue_is_by_welfare_and_deadline_alone() -> None:
    source = (SRC / "adapters" / "store" / "memory" / "desk.py").read_text(encoding="utf-8")
    assert "label" not in source.split("def page", 1)[1].split("def ", 1)[0]


def test_law_2_the_merit_file_could_not_hold_a_finding() -> None:
    held = _types(MeritFile, set())
    assert not held & {Finding, CampaignSummary, TieSummary, GroupSummary, Suggestion}


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 9), st.booleans(), st.sampled_from(["", "我已录音，请报工号！", "再不处理就投诉到12378！"]))
def test_law_2_merit_bytes_are_the_same_under_any_findings(customers: int, tied: bool, tone: str) -> None:
    text = "半夜十二点打电话催收，利息太高。"
    file = MeritFile(
        complaint_id="C-1",
        received_at=AT,
        licence="bank",
        product=None,
        text=normalise(text),
        kinds_held=frozenset({"calls"}),
    )
    before = [dumps(one) for one in check_all(file, STANDARDS)]
    examine(dossier(text + tone, campaign=campaign(customers), ties=(tie(),) if tied else ()))
    assert [dumps(one) for one in check_all(file, STANDARDS)] == before


def test_law_2_whoever_decides_merit_sees_nothing_before() -> None:
    for role in Role:
        who = Actor("a", frozenset({role}), Purpose.HANDLING)
        permitted = ("see_complaint_reveal", role, Purpose.HANDLING) in {
            (v, r, p) for v, rs, ps in TABLE for r in rs for p in ps
        }
        assert may_reveal(who, True) is permitted
        assert may_reveal(who, False) is (permitted and role not in DECIDES_MERIT)
    assert any(may_reveal(Actor("a", frozenset({role}), Purpose.HANDLING), True) for role in DECIDES_MERIT)


GROUP = GroupSummary(
    id="g", complaints=3, customers=Unrelated(3, 0, 0), families=(Family.LINE, Family.TEXT), conduct=((Conduct.FEE_TAKEN, "d", Cite("callbacks", "B")),),
    explanations=(), explanations_tested=True, cited=(),
)  # fmt: skip
LESS = {
    "one family": {"families": (Family.TEXT,)}, "two customers": {"customers": Unrelated(2, 5, 9)}, "no conduct": {"conduct": ()},
    "untested": {"explanations_tested": False}, "explained": {"explanations": (("common_cause", Cite("events", "E")),)}, "not a tie family": {"families": (Family.TEXT, Family.CONDUCT)},
}  # fmt: skip


def test_law_3_every_leg_is_needed() -> None:
    assert law_three.test_group(GROUP).met
    for name, change in LESS.items():
        assert not law_three.test_group(replace(GROUP, **change)).met, name


@given(
    st.lists(
        st.builds(Customer, id=st.sampled_from("abc"), verified=st.sampled_from([None, False]), household=st.just("h"))
    )
)
def test_law_3_the_unverified_and_the_missing_never_count(customers: list[Customer]) -> None:
    assert count_unrelated([*customers, None, None]).count == 0


def test_law_3_no_finding_alone_links() -> None:
    everything = [_finding(points=1000, conduct=Conduct.COERCION, family=family) for family in TIE_FAMILIES]
    assert suggest(everything, GROUP, LawThree(True, True, False, True, False)).label is not Label.LINKED
    assert suggest(everything, GROUP, None).label is not Label.LINKED
    assert suggest(everything, None, None).label is not Label.LINKED


def test_law_3_whoever_only_writes_alike_is_not_linked_to_the_group_that_does() -> None:
    """A borrower's own letter may happen to be near a ring's script; that is one thread, and no single thread hangs anyone."""
    met = LawThree(True, True, True, True, False)
    alike = _finding(points=1000, family=Family.TEXT)
    alone = suggest([alike, replace(alike, detector="burst")], GROUP, met)
    assert alone.label is not Label.LINKED
    assert "no two kinds of ties" in alone.why_not.en
    assert suggest([alike, _finding(family=Family.LINE)], GROUP, met).label is Label.LINKED


WEIGHING = st.lists(
    st.builds(
        lambda **given: _finding(**given),
        family=st.sampled_from([Family.TEXT, Family.LINE]),
        points=st.integers(0, 12),
        side=st.sampled_from(Side),
        conduct=st.none() | st.just(Conduct.COERCION),
    ),
    max_size=6,
)


@given(
    findings=WEIGHING,
    law=st.none() | st.builds(LawThree, *[st.booleans()] * 5),
    deltas=st.lists(st.integers(-MOST_POINTS, MOST_POINTS), min_size=6, max_size=6),
)
def test_law_3_no_weights_that_are_learned_link_part_or_newly_name_anyone(
    findings: list[Finding], law: LawThree | None, deltas: list[int]
) -> None:
    named = [replace(one, detector=f"d{n}") for n, one in enumerate(findings)]
    weights = Weights(id="w", deltas=tuple((f"d{n}", delta) for n, delta in enumerate(deltas)))
    before, after = suggest(named, GROUP, law).label, suggest(named, GROUP, law, weights).label
    assert after is before or (before, after) == (Label.INSUFFICIENT, Label.ORDINARY)
    assert relabel(named, law, weights) is after


def test_law_3_what_a_sample_letter_explains_stays_explained_whatever_was_learned() -> None:
    alike = _finding(detector="alike", family=Family.TEXT, points=8)
    sample = _finding(detector="sample", family=Family.TEXT, points=8, side=Side.AGAINST)
    heavier = Weights(id="w", deltas=(("alike", 5), ("sample", 0)))
    assert suggest([alike, sample], None, None).label is Label.ORDINARY
    assert suggest([alike, sample], None, None, heavier).label is Label.ORDINARY
    assert suggest([alike], None, None, heavier).label is Label.INSUFFICIENT, "nothing explains it"


FORBIDDEN = ("恶意", "黑产", "老赖", "黑名单", "刁民", "职业投诉", "malicious", "blacklist", "deadbeat")


def _spoken() -> list[tuple[Path, str]]:
    out = []
    for path in SRC.rglob("*.py"):
        if path.parts[-2] == "demo":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Words", "say"):
                out += [
                    (path, arg.value)
                    for arg in ast.walk(node)
                    if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
                ]
    return out


def test_law_4_nobody_is_called_names() -> None:
    spoken = _spoken()
    assert len(spoken) > 200
    for path, text in spoken:
        assert not [word for word in FORBIDDEN if word in text.lower()], f"{path.name}: {text}"


def test_law_4_a_level_on_a_complaint_or_person_is_impossible() -> None:
    for cls in (Complaint, Customer, DeskRow, Suggestion):
        assert not [one.name for one in fields(cls) if "level" in one.name]


def test_law_5_suggestions_and_decisions_are_different_things() -> None:
    assert not set(fields(Suggestion)) & set(fields(Decision))
    assert {Conclusion.LINKED, Conclusion.BREACH_OF_ORDER} <= ACCUSING
    one = Decision(
        id="d",
        complaint="C",
        stage=Stage.CONCLUSION,
        verdict=Conclusion.LINKED.value,
        grievances=(),
        reason="r",
        clause="c",
        by="a",
        at=AT,
    )
    assert standing([one]).conclusion is None, "an accusing verdict on one person's word"


def _finding(**more: Any) -> Finding:
    plain: dict[str, Any] = {
        "detector": "d", "clause": "c", "answer": Answer.ORGANISATION, "side": Side.FOR, "family": Family.LINE, "basis": Basis.NUMBER, "points": 5,
        "why": Words("因", "why"), "cites": (Cite("complaints", "C"),),
    }  # fmt: skip
    return Finding(**{**plain, **more})


def test_law_6_no_finding_without_source_and_reason() -> None:
    for broken in ({"cites": ()}, {"why": Words("", "why")}, {"why": Words("因", "")}):
        with pytest.raises(ValueError, match="needs"):
            _finding(**broken)


@pytest.mark.parametrize("weightless", list(Weightless))
def test_law_7_weightless_things_cannot_become_findings(weightless: Weightless) -> None:
    with pytest.raises(TypeError, match="weightless"):
        _finding(basis=weightless)


RIGHTS = [
    "请报工号。",
    "我已经录音了。",
    "依据《消费者权益保护法》第八条。",
    "我会向12378和媒体反映！！",
    "这是我第三次投诉！",
    "要求赔偿精神损失10万元。",
    "我想停息挂账、个性化分期，早日上岸。",
    "你们太过分了，忍无可忍！",
]


@pytest.mark.parametrize("text", ["利息太高。", "支付5000元后即可撤诉。", "每天打十几个电话。"])
@pytest.mark.parametrize("extra", RIGHTS)
def test_law_7_knowing_one_s_rights_changes_no_points(text: str, extra: str) -> None:
    def points(said: str) -> list[tuple[str, int]]:
        results: tuple[Result, ...] = examine(dossier(said, campaign=campaign(4), ties=(tie(),)))[0]
        return [(r.detector, r.points) for r in results if isinstance(r, Finding)]

    assert points(text + extra) == points(text) == points(extra + text)


def test_law_9_what_is_capped_keeps_its_true_count() -> None:
    many = tuple(Cite("complaints", f"C-{n}") for n in range(90))
    results, _ = examine(dossier(campaign=campaign(90, cited=many[:20])))
    shown = [r for r in results if isinstance(r, Finding)]
    assert shown
    assert all(len(r.cites) <= 20 for r in shown)
    assert any("90" in r.why.zh for r in shown)


def test_law_10_no_verb_answers_whether_a_customer_is_flagged() -> None:
    assert not [
        verb
        for verb, _, _ in TABLE
        if any(word in verb for word in ("flag", "blacklist", "look_up", "lookup", "is_customer"))
    ]
    for path in (SRC / "actions").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                takes = {arg.arg for arg in node.args.args}
                gives = ast.unparse(node.returns) if node.returns else ""
                assert not (
                    {"customer", "person", "phone", "id_number"} & takes
                    and any(w in gives for w in ("Finding", "Label", "Assessment", "Suggestion"))
                ), node.name


def test_law_10_deny_by_default_and_no_way_to_purge() -> None:
    allowed = {(verb, role, purpose) for verb, roles, purposes in TABLE for role in roles for purpose in purposes}
    verbs = {verb for verb, _, _ in TABLE} | {"purge_log", "anything"}
    for verb in verbs:
        for role in Role:
            for purpose in Purpose:
                who = Actor("a", frozenset({role}), purpose)
                if (verb, role, purpose) in allowed:
                    may(who, verb)
                else:
                    with pytest.raises(NotPermitted):
                        may(who, verb)
    assert not [verb for verb in verbs if "purge" in verb and verb in {v for v, _, _ in TABLE}]
    reading = {
        "see_queue",
        "search",
        "see_complaint_merit",
        "see_complaint_reveal",
        "export_assessments",
        "export_source_ids",
        "report",
    }
    assert not [verb for verb, roles, _ in TABLE if verb in reading and Role.ADMIN in roles]


def test_the_merit_room_is_not_told_about_detectors() -> None:
    for path in (SRC / "merit").rglob("*.py"):
        assert "model.finding" not in path.read_text(encoding="utf-8")
    assert "finding" not in inspect.signature(check_all).parameters
