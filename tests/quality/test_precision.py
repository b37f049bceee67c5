"""Precision, drift and agreement equal a slow recount; what people left open bears out nothing."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.model.decision import Conclusion, Decision, MeritVerdict, Stage
from mingcha.model.finding import Answer, Side
from mingcha.model.precision import Judged
from mingcha.model.words import Words
from mingcha.quality.precision import borne_out, precision

ON = date(2026, 6, 30)
AT = datetime(2026, 6, 1, tzinfo=UTC)
TITLE = Words("甲", "a")
DETECTORS = [
    ("template", TITLE, Answer.ORGANISATION, Side.FOR),
    ("authority", TITLE, Answer.AGENCY, Side.FOR),
    ("sample", TITLE, Answer.ORGANISATION, Side.AGAINST),
]
BORNE = {
    (Answer.AGENCY, Side.FOR): {"linked_to_suspected_organisation", "breach_of_order", "authorised_agent"},
    (Answer.ORGANISATION, Side.FOR): {"linked_to_suspected_organisation"},
    (Answer.AGENCY, Side.AGAINST): {"ordinary", "authorised_agent"},
    (Answer.ORGANISATION, Side.AGAINST): {"ordinary", "breach_of_order", "authorised_agent"},
}


def decision(id_: str, verdict: str, by: str, **given: Any) -> Decision:
    stage = Stage.MERIT if verdict in list(MeritVerdict) else Stage.CONCLUSION
    return Decision(
        id=id_,
        complaint="C-1",
        stage=stage,
        verdict=verdict,
        grievances=(),
        reason="",
        clause=None,
        by=by,
        at=AT,
        **given,
    )


@pytest.mark.parametrize("answer", Answer)
@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("conclusion", Conclusion)
def test_what_bears_a_finding_out(answer: Answer, side: Side, conclusion: Conclusion) -> None:
    expected = None if conclusion is Conclusion.INSUFFICIENT else conclusion.value in BORNE[answer, side]
    assert borne_out(("d", TITLE, answer, side), conclusion) is expected


CASES = st.builds(
    Judged,
    received_on=st.integers(0, 100).map(lambda n: ON - timedelta(days=n)),
    fired=st.sets(st.sampled_from(["template", "authority", "sample"])).map(tuple),
    confirmed=st.booleans(),
    decisions=st.just(()),
    conclusion=st.none() | st.sampled_from(Conclusion),
)


@given(st.lists(CASES, max_size=60))
def test_every_detector_s_figures_equal_a_slow_recount(cases: Sequence[Judged]) -> None:
    figures = precision(cases, DETECTORS, ON, 4)
    assert (figures.assessed, figures.withheld) == (len(cases), 4)
    assert figures.concluded == len([case for case in cases if case.conclusion])
    for line, (name, _, answer, side) in zip(figures.detectors, DETECTORS, strict=True):
        told = [case.conclusion.value for case in cases if case.conclusion and name in case.fired]
        clear = [one for one in told if one != "insufficient"]
        assert line.left_open == len(told) - len(clear)
        assert (line.borne_out.hits, line.borne_out.of) == (
            len([one for one in clear if one in BORNE[answer, side]]),
            len(clear),
        )
        for got, first, last in ((line.now, 0, 27), (line.before, 28, 83)):
            here = [case for case in cases if first <= (ON - case.received_on).days <= last]
            assert (got.hits, got.of) == (len([case for case in here if name in case.fired]), len(here))
        apart = line.now.low is not None and line.before.low is not None
        assert line.drifted == (
            apart and (line.now.low > line.before.high or line.before.low > line.now.high)  # type: ignore[operator]
        )


def test_a_rate_that_doubles_is_drift_and_chance_is_not() -> None:
    def cases(days: int, hits: int, of: int) -> list[Judged]:
        fired: list[tuple[str, ...]] = [("template",)] * hits + [()] * (of - hits)
        day = ON - timedelta(days=days)
        return [Judged(received_on=day, fired=f, confirmed=False, decisions=(), conclusion=None) for f in fired]

    (line, *_) = precision(cases(3, 40, 100) + cases(40, 30, 200), DETECTORS, ON).detectors
    assert line.drifted
    (line, *_) = precision(cases(3, 4, 20) + cases(40, 30, 200), DETECTORS, ON).detectors
    assert not line.drifted


def test_reviewers_stand_beside_the_records_and_each_other() -> None:
    linked = "linked_to_suspected_organisation"

    def case(*decisions: Decision, confirmed: bool = False) -> Judged:
        return Judged(received_on=ON, fired=(), confirmed=confirmed, decisions=decisions, conclusion=None)

    cases = [
        case(decision("1", "upheld", "han"), confirmed=True),
        case(decision("2", "not_upheld", "han"), decision("3", "x", "li", undoes="2"), confirmed=True),
        case(decision("4", "not_upheld", "han")),  # the records confirm nothing: no figure of relief
        case(decision("5", linked, "han"), decision("6", linked, "li", confirms="5")),
        case(decision("7", linked, "han"), decision("8", linked, "li", undoes="7")),
        case(
            decision("9", linked, "han"), decision("10", linked, "han", undoes="9")
        ),  # taken back by himself: nobody looked
        case(decision("11", "partly", "li"), confirmed=True),
    ]
    han, li = precision(cases, [], ON).reviewers
    assert (han.name, han.decided, li.name, li.decided) == ("han", 6, "li", 1)
    assert (han.relief.hits, han.relief.of) == (1, 2)
    assert (han.taken_back.hits, han.taken_back.of) == (2, 6)
    assert (han.seconded.hits, han.seconded.of) == (1, 2)
    assert (li.relief.hits, li.relief.of, li.seconded.of) == (1, 1, 0)
