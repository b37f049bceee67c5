"""Terms of what is kept: counted in years to the day, never against a reason to keep; a batch goes through two people or not at all."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.clock.retention import case_keeps, fold, refusal, standing
from mingcha.model.case import CaseState
from mingcha.model.case_facts import CaseFacts, Objection, Referral
from mingcha.model.case_out import Filing, OutcomeKnown, ReferralDrafted, ReferralFiled, ReferralSent
from mingcha.model.provenance import Grade
from mingcha.model.retention import (
    KEEPS_WORDS,
    Agreed,
    Batch,
    BatchState,
    Disposed,
    Held,
    Holding,
    Keeps,
    Listed,
    Proposed,
    RetentionAct,
    RetentionBody,
    Term,
    Withdrawn,
)
from mingcha.model.words import Words

NOW = datetime(2026, 11, 28, 4, tzinfo=UTC)
SAID = Words("某", "some")
DAYS = st.dates(date(1990, 1, 1), date(2190, 1, 1))
REASONS = st.lists(st.sampled_from(list(Keeps)[:13]), max_size=3)


def term(years: int | None) -> Term:
    return Term(holding=Holding.CASE, years=years, since=SAID, clause="c", grade=Grade.UNREAD, why=SAID)


def held(since: date | None, *keeps: Keeps) -> Held:
    return Held(id="CASE-1", holding=Holding.CASE, since=since, keeps=keeps)


@pytest.mark.parametrize(
    ("since", "years", "last"),
    [
        (date(2020, 3, 1), 5, date(2025, 3, 1)),
        (date(2020, 2, 29), 5, date(2025, 2, 28)),
        (date(2020, 2, 29), 4, date(2024, 2, 28)),
        (date(2021, 12, 31), 10, date(2031, 12, 31)),
    ],
)
def test_a_term_ends_on_the_same_day_and_that_day_is_kept(since: date, years: int, last: date) -> None:
    told = standing(held(since), term(years), last)
    assert (told.ends, told.left, told.keeps) == (last, 0, (Keeps.RUNS,))
    after = standing(held(since), term(years), last + timedelta(1))
    assert (after.due, after.left) == (True, -1)


def test_what_has_no_term_or_whose_event_has_not_come_is_never_due() -> None:
    far = date(9999, 1, 1)
    assert standing(held(date(1990, 1, 1)), term(None), far).keeps == (Keeps.NEVER,)
    assert standing(held(None), term(1), far).keeps == (Keeps.NOT_BEGUN,)
    assert standing(held(date(9998, 1, 1)), term(5), far).keeps == (Keeps.NOT_BEGUN,), "no calendar holds its end"


@given(since=DAYS, on=DAYS, years=st.integers(1, 100), keeps=REASONS)
def test_a_reason_to_keep_goes_before_any_term(since: date, on: date, years: int, keeps: list[Keeps]) -> None:
    """Law 8, against the slow twin: a day a year on, one at a time."""
    told = standing(held(since, *keeps), term(years), on)
    leap = (since.month, since.day) == (2, 29)
    ends = date(since.year + years, since.month, 28 if leap else since.day)
    assert told.due == (not keeps and on > ends)
    assert set(keeps) <= set(told.keeps)
    assert told.left == (ends - on).days


def referral(**given: object) -> Referral:
    drafted = ReferralDrafted(addressee="a", offence="o", stage=1, rests_on=())
    return Referral(id="r", drafted=drafted, by="ann", drafted_at=NOW, **given)  # type: ignore[arg-type]  # fields of it


def test_a_case_is_kept_while_anything_waits() -> None:
    today, sent = NOW.date(), ReferralSent("r", "0", NOW)
    filed = ReferralFiled("r", Filing.REFUSED, "1", today, today)
    accepted = ReferralFiled("r", Filing.ACCEPTED, "1", today)
    came = OutcomeKnown(referral="r", text="t")

    def of(*referrals: Referral, state: CaseState = CaseState.CLOSED, **given: object) -> list[Keeps]:
        facts = CaseFacts(state=state, referrals=referrals, **given)  # type: ignore[arg-type]  # fields of it
        return list(case_keeps(facts, today))

    assert of() == []
    assert of(held=True) == [Keeps.HOLD]
    assert of(state=CaseState.REOPENED) == [Keeps.OPEN_CASE]
    assert of(objections=(Objection(NOW),)) == [Keeps.OBJECTION]
    assert of(referral()) == [], "never handed over"
    assert of(referral(sent=sent)) == [Keeps.REVIEW]
    assert of(referral(sent=sent, filed=filed)) == [Keeps.REVIEW], "its last day for a review is today"
    assert (
        list(
            case_keeps(
                CaseFacts(state=CaseState.CLOSED, referrals=(referral(sent=sent, filed=filed),)), today + timedelta(1)
            )
        )
        == []
    )
    assert of(referral(sent=sent, filed=accepted)) == [Keeps.REVIEW]
    assert of(referral(sent=sent, filed=accepted, outcomes=(came,))) == []


def proposed(*ids: str, reason: str = "期满") -> Proposed:
    return Proposed(
        holding=Holding.AD, schedule="s", years=3, since=SAID, clause="c", grade=Grade.UNREAD, why=SAID,
        listed=tuple(Listed(one, "d") for one in ids), root="r", reason=reason,
    )  # fmt: skip


DONE = Disposed(gone=(), dropped=(), records=0, versions=0, exhibits=0, acts=0, custody="1:0", institution="")
BODIES = st.sampled_from(
    [proposed("AD-1"), proposed(), Agreed("r"), Agreed("other"), Withdrawn("w"), Withdrawn(" "), DONE]
)


def act(body: RetentionBody, by: str = "cp") -> RetentionAct:
    return RetentionAct("DISP-1", NOW, by, body)


@given(st.lists(st.tuples(BODIES, st.sampled_from(["cp", "leo"])), max_size=8))
def test_nothing_is_disposed_of_but_by_two_people(said: list[tuple[RetentionBody, str]]) -> None:
    batch = fold("DISP-1", [act(body, by) for body, by in said])
    states = [state for state, _, _ in batch.people]
    if BatchState.DISPOSED in states:
        first, second = batch.by(BatchState.PROPOSED), batch.by(BatchState.AGREED)
        assert first is not None
        assert second is not None
        assert first[0] != second[0]
        assert states == [BatchState.PROPOSED, BatchState.AGREED, BatchState.DISPOSED]
    if BatchState.WITHDRAWN in states:
        assert states[-1] is BatchState.WITHDRAWN
    assert batch.state == (states[-1] if states else None)


def test_every_refusal_and_reason_has_its_words() -> None:
    start = Batch(id="DISP-1")
    for body in (Agreed("r"), Withdrawn("w"), DONE, proposed(), proposed("AD-1", reason=" ")):
        said = refusal(start, act(body))
        assert said is not None
        assert not said.zh.isascii()
    assert set(KEEPS_WORDS) == set(Keeps)
