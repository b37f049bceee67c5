"""How an ad stands: what may follow what, held against plain restatements over random acts."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ads.acts import SELLS, act, agreed, at, drafted, look, reading, receipt, word

from mingcha.ads.cycle import (
    approved,
    due,
    fold,
    gone_since,
    refusal,
    removed_at,
    reported_at,
    solicits,
    stage,
    unreportable,
)
from mingcha.model.actor import LOCAL, Role
from mingcha.model.ad_cycle import (
    AdAct,
    AdBody,
    AdState,
    Answered,
    Checked,
    Corrected,
    DueKind,
    Exported,
    Judged,
    Likeness,
    Look,
    Objected,
    ObjectionRefused,
    ObjectionUpheld,
    Reappeared,
    Reply,
    Route,
    Solicits,
    Stage,
    Withdrawn,
)
from mingcha.model.advert import Solicitation, Stance, Trade

OUT = Exported(Route.PLATFORM)
REPORTED = (
    act(word(), "ann", 0),
    act(drafted(), "ann", 1),
    act(agreed(), "ann", 2),
    act(agreed(), "bob", 3),
    act(OUT, "ann", 4),
    act(receipt(5), "ann", 5),
)


def refused(acts: tuple[AdAct, ...], last: AdAct) -> str | None:
    why = refusal(fold(acts), last)
    return why.en if why else None


def test_the_way_of_an_ad() -> None:
    stages = [stage(fold(REPORTED[:n])) for n in range(len(REPORTED) + 1)]
    assert stages == [
        Stage.SEEN, Stage.SOLICITS, Stage.DRAFTED, Stage.DRAFTED, Stage.APPROVED, Stage.EXPORTED, Stage.REPORTED,
    ]  # fmt: skip
    gone = (*REPORTED, act(look(Look.GONE, 30), "ann", 30))
    assert stage(fold(gone)) is Stage.REPORTED
    assert [one.kind for one in due(fold(gone))] == [DueKind.SECOND_LOOK, DueKind.ANSWER]
    gone = (*gone, act(look(Look.GONE, 54), "ann", 54))
    assert stage(fold(gone)) is Stage.REMOVED
    assert removed_at(fold(gone)) == at(30)
    assert [(one.kind, one.at) for one in due(fold(gone))] == [(DueKind.RETURN, at(30) + timedelta(days=30))]
    back = (*gone, act(Reappeared("AD-2", Likeness.TEXT, at(60)), "ann", 61))
    assert due(fold(back)) == ()
    assert "entered already" in str(refused(back, act(Reappeared("AD-2", Likeness.TEXT, at(60)), "ann", 62)))
    up_again = (*gone, act(look(Look.UP, 80), "ann", 80))
    assert stage(fold(up_again)) is Stage.REPORTED


@pytest.mark.parametrize("between", [Look.UP, Look.MOVED, Look.DELETED])
def test_gone_takes_two_looks_a_day_apart_with_nothing_else_between(between: Look) -> None:
    first, second = look(Look.GONE, 0), look(Look.GONE, 24)
    assert gone_since((first, look(Look.GONE, 23.9))) is None
    assert gone_since((first, second)) == at(0)
    assert gone_since((first, look(Look.UNREACHABLE, 3), second)) == at(0)
    assert gone_since((first, look(between, 3), second)) is None
    assert gone_since((look(Look.UNREACHABLE, 0), look(Look.UNREACHABLE, 48))) is None
    assert gone_since((first, second, look(between, 30))) is None


def test_looks_are_told_in_the_order_they_were_made_not_kept() -> None:
    late = (act(look(Look.GONE, 40), hours=50), act(look(Look.UP, 20), hours=51), act(look(Look.GONE, 10), hours=52))
    assert gone_since(fold(late).looks) is None
    early = (act(look(Look.GONE, 40), hours=50), act(look(Look.GONE, 10), hours=51))
    assert gone_since(fold(early).looks) == at(10)
    assert "still to come" in str(refused((), act(look(Look.GONE, 9), hours=8)))


def test_gone_before_it_was_reported_is_not_removed_by_the_report() -> None:
    acts = (*REPORTED, act(look(Look.GONE, 2), hours=60), act(look(Look.GONE, 50), hours=60))
    assert (gone_since(fold(acts).looks), removed_at(fold(acts))) == (at(2), None)
    assert stage(fold(acts)) is Stage.GONE


@pytest.mark.parametrize("stance", [one for one in Stance if one is not Stance.SOLICITS])
def test_what_does_not_solicit_cannot_be_reported(stance: Stance) -> None:
    why = unreportable(reading(stance, trade=None))
    assert why is not None
    assert "nobody" in why.en
    assert "任何人" in why.zh
    with pytest.raises(TypeError):
        Solicitation(post="AD-1", trade=SELLS, judged=reading(stance, trade=None))


def test_what_solicits_for_another_trade_or_is_no_ad_cannot_either() -> None:
    assert unreportable(reading(trade=Trade.OTHER)) is not None
    assert unreportable(reading(is_ad=False)) is not None
    assert unreportable(reading()) is None


@pytest.mark.parametrize("said", [Solicits.NO, Solicits.UNSURE])
def test_a_person_says_first_that_it_solicits(said: Solicits) -> None:
    assert "newest word" in str(refused((), act(drafted())))
    assert "newest word" in str(refused((act(word()), act(word(said), hours=1)), act(drafted(), hours=2)))
    assert "newest word" in str(refused((act(word(trade=Trade.OTHER)),), act(drafted(), hours=2)))
    assert refused((act(word(said)), act(word(), hours=1)), act(drafted(), hours=2)) is None


def test_two_agree_and_the_drafter_is_at_most_the_first() -> None:
    start = REPORTED[:2]
    assert refused(start, act(agreed(), "ann", 2)) is None
    assert "once" in str(refused((*start, act(agreed(), "ann", 2)), act(agreed(), LOCAL + "ann", 3)))
    assert "first alone" in str(refused((*start, act(agreed(), "bob", 2)), act(agreed(), LOCAL + "ann", 3)))
    assert refused((*start, act(agreed(), "bob", 2)), act(agreed(), "eve", 3)) is None
    assert "not enough" in str(refused((*start, act(agreed(), "ann", 2)), act(OUT, "ann", 3)))
    assert "already" in str(refused(REPORTED[:4], act(agreed(), "eve", 4)))


def test_what_names_the_institution_takes_a_third_of_consumer_protection() -> None:
    acts = (act(word()), act(drafted(ours=True), "ann", 1), act(agreed(), "ann", 2), act(agreed(), "bob", 3))
    assert not approved(fold(acts).reports[0])
    assert "consumer protection" in str(refused(acts, act(agreed(), "eve", 4)))
    two = (*acts[:3], act(agreed(Role.CONSUMER_PROTECTION), "eve", 3))
    assert not approved(fold(two).reports[0]), "one of the two being of consumer protection is no third"
    third = (*acts, act(agreed(Role.CONSUMER_PROTECTION), "eve", 4))
    assert approved(fold(third).reports[0])


def test_what_was_agreed_to_is_not_written_once_the_word_changed_or_the_poster_objects() -> None:
    assert refused(REPORTED[:4], act(OUT, "ann", 5)) is None
    assert "newest word" in str(refused((*REPORTED[:4], act(word(Solicits.NO), "ann", 4)), act(OUT, "ann", 5)))
    assert "objection" in str(refused((*REPORTED[:4], act(Objected("x"), "ann", 4)), act(OUT, "ann", 5)))
    assert "objection" in str(refused((*REPORTED[:3], act(Objected("x"), "ann", 4)), act(agreed(), "bob", 5)))


def test_reported_is_a_receipt_held() -> None:
    assert reported_at(fold(REPORTED[:5])) is None
    assert "not exported" in str(refused(REPORTED[:4], act(receipt(5), "ann", 6)))
    assert "before the export" in str(refused(REPORTED[:5], act(receipt(3), "ann", 6)))
    assert "receipt is held" in str(
        refused(REPORTED[:5], act(Answered(Route.PLATFORM, Reply.ACCEPTED, "", at(6)), hours=7))
    )
    assert refused(REPORTED, act(Answered(Route.PLATFORM, Reply.REFUSED, "", at(6)), hours=7)) is None


def test_an_upheld_objection_withdraws_corrects_and_ends_it() -> None:
    waits = (*REPORTED, act(Objected("我是律师"), "ann", 6))
    assert "objection" in str(refused(waits, act(drafted(Route.LINE_12377), "ann", 7)))
    for involved in ("ann", "bob", LOCAL + "bob"):
        assert "does not decide" in str(refused(waits, act(ObjectionUpheld("对"), involved, 7)))
    fell = (*waits, act(ObjectionUpheld("执业证属实"), "leo", 7))
    state = fold(fell)
    assert (state.word and state.word.solicits, reported_at(state), state.upheld) == (Solicits.NO, None, True)
    assert [one.kind for one in due(state)] == [DueKind.CORRECTION]
    assert "upheld" in str(refused(fell, act(word(), "ann", 8)))
    assert due(fold((*fell, act(Corrected(Route.PLATFORM, "平台来函"), "ann", 9)))) == ()
    kept = fold((*waits, act(ObjectionRefused("不是"), "leo", 7)))
    assert (kept.objected_at, reported_at(kept)) == (None, at(5))


def test_a_changed_word_asks_for_withdrawal() -> None:
    changed = (*REPORTED, act(word(Solicits.NO), "ann", 6))
    assert [one.kind for one in due(fold(changed))] == [DueKind.WITHDRAW, DueKind.ANSWER]
    back = fold((*changed, act(Withdrawn(Route.PLATFORM, "看错"), "ann", 7)))
    assert [one.kind for one in due(back)] == [DueKind.CORRECTION]


NAMES = st.sampled_from(["ann", "bob", "eve", LOCAL + "ann"])
ROUTES = st.sampled_from([Route.PLATFORM, Route.LINE_12377])
HOURS = st.integers(0, 200)
BODIES: st.SearchStrategy[AdBody] = st.one_of(
    st.sampled_from([word(), word(), word(Solicits.NO), word(Solicits.UNSURE)]),
    st.builds(lambda r, ours: drafted(r, ours=ours), ROUTES, st.booleans()),
    st.builds(agreed, st.sampled_from([Role.ANALYST, Role.CONSUMER_PROTECTION]), ROUTES),
    st.builds(Exported, ROUTES),
    st.builds(receipt, HOURS, ROUTES),
    st.builds(lambda r, h: Answered(r, Reply.ACCEPTED, "", at(h)), ROUTES, HOURS),
    st.builds(look, st.sampled_from(Look), HOURS),
    st.sampled_from([Objected("x"), ObjectionUpheld("x"), ObjectionRefused("x")]),
    st.builds(Withdrawn, ROUTES, st.just("x")),
    st.builds(Corrected, ROUTES, st.just("x")),
    st.builds(Reappeared, st.just("AD-2"), st.just(Likeness.TEXT), HOURS.map(at)),
)
ACTS = st.lists(st.builds(act, BODIES, NAMES, st.integers(0, 250)), max_size=30)


def likely(chosen: list[AdAct]) -> list[AdAct]:
    """Random acts strewn over the ordinary way, so that it is often walked to its end."""
    mixed = [
        one for pair in zip(REPORTED, [[*chosen[n::6]] for n in range(6)], strict=True) for one in (pair[0], *pair[1])
    ]
    return mixed


@settings(max_examples=300)
@given(acts=ACTS, strewn=st.booleans())
def test_nothing_is_reported_without_a_solicitation_and_two_people(acts: list[AdAct], strewn: bool) -> None:
    state = fold(likely(acts) if strewn else acts)
    for report in state.reports:
        if report.receipt is None and report.exported_at is None:
            continue
        who = {one.by.removeprefix(LOCAL) for one in report.approvals}
        assert len(who) == len(report.approvals) >= 2
        assert len(who - {report.by.removeprefix(LOCAL)}) >= len(who) - 1 >= 1
        assert report.drafted.solicitation.judged.is_ad
        assert report.drafted.solicitation.judged.stance is Stance.SOLICITS
        if report.drafted.names_institution:
            assert len(who) >= 3
            assert Role.CONSUMER_PROTECTION in {one.role for one in report.approvals}


@given(acts=ACTS, strewn=st.booleans())
def test_gone_is_two_looks_a_day_apart(acts: list[AdAct], strewn: bool) -> None:
    state = fold(likely(acts) if strewn else acts)
    gone = gone_since(state.looks)
    telling = [one for one in state.looks if one.look is not Look.UNREACHABLE]
    last = next((n for n in range(len(telling), 0, -1) if telling[n - 1].look is not Look.GONE), 0)
    run = telling[last:]
    plain = bool(run) and run[-1].looked_at - run[0].looked_at >= timedelta(hours=24)
    assert (gone is not None) is plain
    assert gone is None or gone == run[0].looked_at


@given(acts=ACTS)
def test_what_was_upheld_stays_no_ad_and_refused_acts_change_nothing(acts: list[AdAct]) -> None:
    state = AdState()
    for one in acts:
        after = fold_on(state, one)
        if refusal(state, one) is not None:
            assert after == state
        assert not state.upheld or (after.upheld and not solicits(after))
        state = after
    assert state == fold(acts)


def fold_on(state: AdState, one: AdAct) -> AdState:
    from mingcha.ads import cycle

    return state if refusal(state, one) is not None else cycle._apply(state, one)


def test_a_word_needs_a_reason_and_a_trade() -> None:
    assert refused((), act(Judged(solicits=Solicits.YES, trade=None, reason="x"))) is not None
    assert refused((), act(Judged(solicits=Solicits.NO, trade=SELLS, reason="x"))) is not None
    assert refused((), act(Judged(solicits=Solicits.NO, trade=None, reason=" "))) is not None
    assert isinstance(look(Look.UP, 1), Checked)
