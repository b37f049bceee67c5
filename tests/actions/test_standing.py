"""What stands after any sequence of decisions, confirmations and undos; undo restores exactly what stood before."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from mingcha.actions.decide import Standing, standing
from mingcha.model.decision import ACCUSING, Conclusion, Decision, MeritVerdict, Stage

AT = datetime(2026, 3, 1, tzinfo=UTC)


def _decision(number: int, stage: Stage, verdict: str, **more: str) -> Decision:
    return Decision(
        id=f"d{number}", complaint="C-1", stage=stage, verdict=verdict, grievances=(), reason="r", clause=None, by="a", at=AT, **more
    )  # fmt: skip


MERITS = st.sampled_from([(Stage.MERIT, v.value) for v in MeritVerdict])
CONCLUSIONS = st.sampled_from([(Stage.CONCLUSION, v.value) for v in Conclusion])
HISTORIES = st.lists(MERITS | CONCLUSIONS, max_size=12).map(
    lambda rows: [_decision(n, stage, verdict) for n, (stage, verdict) in enumerate(rows)]
)


@given(HISTORIES, MERITS | CONCLUSIONS)
def test_deciding_and_undoing_restores_what_stood(history: list[Decision], extra: tuple[Stage, str]) -> None:
    before = standing(history)
    one = _decision(100, *extra)
    undone = _decision(101, *extra, undoes="d100")
    assert standing([*history, one, undone]) == before


@given(HISTORIES)
def test_an_accusing_verdict_never_stands_on_one_person(history: list[Decision]) -> None:
    concluded = standing(history).conclusion
    assert concluded is None or concluded.verdict not in ACCUSING


def test_the_second_person_makes_it_stand() -> None:
    first = _decision(1, Stage.CONCLUSION, Conclusion.LINKED.value)
    assert standing([first]) == Standing(None, None, first)
    second = Decision(**{**_fields(first), "id": "d2", "by": "b", "confirms": "d1"})
    stands = standing([first, second]).conclusion
    assert stands is not None
    assert (stands.by, stands.second) == ("a", "b")


def test_undoing_the_confirmation_makes_it_wait_again() -> None:
    first = _decision(1, Stage.CONCLUSION, Conclusion.BREACH_OF_ORDER.value)
    second = _decision(2, Stage.CONCLUSION, first.verdict, confirms="d1")
    undo = _decision(3, Stage.CONCLUSION, first.verdict, undoes="d2")
    assert standing([first, second, undo]) == standing([first])


def _fields(decision: Decision) -> dict[str, object]:
    return {name: getattr(decision, name) for name in decision.__slots__}
