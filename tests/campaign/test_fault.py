"""Is this our fault: counted beside a twin of plain loops, and told plainly only where many people met it."""

from collections.abc import Sequence
from datetime import UTC, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from tests.campaign.pages import MONDAY, checked, families, member, outside

from mingcha.campaign.family_facts import Circumstances, PageFacts, PageMember
from mingcha.campaign.fault import KINDS, checked_as, fault_part
from mingcha.model.decision import MeritVerdict
from mingcha.model.family_page import Checked, Common, Fault, Tells
from mingcha.model.merit import Grievance, MeritState
from mingcha.model.party import Customer
from mingcha.model.share import share

YES, NO, OPEN = MeritState.CONFIRMED, MeritState.NOT_FOUND, MeritState.UNCHECKED


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ([], Checked.OPEN),
        ([OPEN], Checked.OPEN),
        ([OPEN, NO], Checked.NOT_CONFIRMED),
        ([MeritState.DISPUTED], Checked.NOT_CONFIRMED),
        ([MeritState.CONTRADICTED], Checked.NOT_CONFIRMED),
        ([MeritState.PARTLY], Checked.CONFIRMED),
        ([NO, YES], Checked.CONFIRMED),
    ],
)
def test_one_confirmed_claim_confirms(states: list[MeritState], said: Checked) -> None:
    assert checked_as([checked(state) for state in states]) is said


def test_what_nobody_claimed_confirms_nothing() -> None:
    assert checked_as([checked(YES, claimed=False)]) is Checked.OPEN


def _fault(*members: PageMember) -> Fault:
    part = fault_part(members, ())
    assert part.says.zh and part.says.en
    return part.fault


def test_many_people_who_met_it_make_it_ours() -> None:
    assert _fault(*(member(n, checked(YES)) for n in range(6))) is Fault.LIKELY
    assert _fault(*(member(n, decided=MeritVerdict.PARTLY) for n in range(6))) is Fault.LIKELY, "people alone suffice"
    assert "repair" in fault_part([member(n, checked(YES)) for n in range(6)], ()).says.en


def test_one_person_s_letters_or_a_few_of_many_are_some() -> None:
    one = Customer(id="p", verified=True)
    assert _fault(*(member(n, checked(YES), customer=one) for n in range(9))) is Fault.SOME
    assert _fault(*(member(n, checked(YES), customer=None) for n in range(9))) is Fault.SOME, "nobody known met it"
    assert _fault(*(member(n, checked(YES if n < 3 else NO)) for n in range(9))) is Fault.SOME, (
        "3 of 9: too few to be sure"
    )
    assert _fault(*(member(n, checked(YES)) for n in range(2))) is Fault.SOME, "two people"


def test_what_is_not_confirmed_or_not_looked_at_says_so() -> None:
    assert _fault(member(1, checked(NO)), member(2)) is Fault.NOT_SHOWN
    assert _fault(member(1, checked(OPEN)), member(2)) is Fault.UNKNOWN
    assert _fault() is Fault.UNKNOWN


def test_people_and_checks_are_counted_apart() -> None:
    part = fault_part(
        [member(1, checked(YES), decided=MeritVerdict.NOT_UPHELD), member(2, decided=MeritVerdict.UPHELD)], ()
    )
    assert (part.decided.confirmed.hits, part.decided.not_confirmed, part.decided.open) == (1, 1, 0)
    assert (part.checks.confirmed.hits, part.checks.not_confirmed, part.checks.open) == (1, 0, 1)


def test_grievances_come_in_the_model_s_order_and_only_those_claimed() -> None:
    both = (checked(YES, Grievance.PRICE), checked(NO, Grievance.NIGHT_CALLS))
    part = fault_part([member(1, *both), member(2, checked(OPEN, Grievance.PRICE))], ())
    assert [(g.grievance, g.confirmed.hits, g.confirmed.of, g.open) for g in part.grievances] == [
        (Grievance.NIGHT_CALLS, 0, 1, 0),
        (Grievance.PRICE, 1, 1, 1),
    ]


def _common(kind: str, members: Sequence[PageMember], beyond: Sequence[Circumstances] = ()) -> Common:
    return next(one for one in fault_part(members, beyond).common if one.kind == kind)


def test_what_every_customer_has_says_nothing() -> None:
    members = [member(n, product="card") for n in range(8)]
    assert _common("product", members, outside(100, product="card")).tells is Tells.AS_OUTSIDE
    rare = _common("product", members, outside(100, product="loan"))
    assert (rare.tells, rare.value, rare.members, rare.here.hits) == (Tells.MORE_COMMON, "card", 8, 8)
    assert _common("product", members).tells is Tells.NO_BASE
    assert _common("product", [member(n, product=f"{n}") for n in range(8)]).tells is Tells.NOT_SHARED
    assert _common("product", [member(n) for n in range(8)]).tells is Tells.NO_DATA


def test_the_value_told_is_the_one_that_sets_the_family_apart() -> None:
    members = [member(n, product="card" if n < 10 else "new") for n in range(18)]
    told = _common("product", members, outside(200, product="card"))
    assert (told.value, told.here.hits, told.members) == ("new", 8, 8), "fewer than the card, which everybody has"


def test_no_merchant_is_an_answer_and_no_agency_on_record_is_none() -> None:
    known = [member(n, merchant="none") for n in range(4)]
    assert _common("merchant", known).tells is Tells.NOT_SHARED
    assert _common("merchant", known).here.of == 4
    assert _common("agency", known).tells is Tells.NO_DATA


def test_a_day_is_a_day_in_china_and_an_act_counts_once() -> None:
    late = MONDAY.replace(hour=23, minute=30)
    members = [
        member(1, received_at=late),
        member(2, received_at=late + timedelta(hours=1)),
        member(3, act="c001", received_at=late),
    ]
    told = _common("date", members)
    assert (told.value, told.tells) == (None, Tells.NOT_SHARED), "two filings of one act are one"
    assert told.here.of == 2


def twin(code: str, page: PageFacts) -> tuple[str | None, int, int, int, int, int]:
    """Value, members, hits and known here, hits and known outside, by loops over every value."""
    kind = next(one for one in KINDS if one.code == code)
    acts = sorted({m.facts.act for m in page.members})
    of_act = {
        act: [s for m in page.members if m.facts.act == act and (s := kind.of(m.seen)) is not None] for act in acts
    }
    known = [act for act in acts if of_act[act]]
    beyond = [s for c in page.outside if (s := kind.of(c)) is not None]
    best = None
    for value in sorted({v for said in of_act.values() for s in said for v in s}):
        here = sum(any(value in s for s in of_act[act]) for act in known)
        there = sum(value in s for s in beyond)
        if here < 2:
            continue
        low, high = share(here, len(known)).low, share(there, len(beyond)).high
        apart = low is not None and high is not None and low > high
        members = sum(value in (kind.of(m.seen) or ()) for m in page.members)
        rank = (apart, here)
        if best is None or rank > best[0]:
            best = rank, (value, members, here, len(known), there, len(beyond))
    return best[1] if best else (None, 0, 0, len(known), 0, len(beyond))


@given(families())
def test_what_is_common_is_what_loops_over_every_value_find(page: PageFacts) -> None:
    part = fault_part(page.members, page.outside)
    assert [one.kind for one in part.common] == ["product", "partner", "agency", "merchant", "date"]
    for one in part.common:
        here, there = one.here, one.outside
        assert (one.value, one.members, here.hits, here.of, there.hits, there.of) == twin(one.kind, page)


@given(families())
def test_every_member_is_confirmed_not_confirmed_or_open(page: PageFacts) -> None:
    part = fault_part(page.members, page.outside)
    for tally in (part.decided, part.checks):
        assert tally.confirmed.of == tally.confirmed.hits + tally.not_confirmed
        assert tally.confirmed.of + tally.open == len(page.members)
        assert tally.customers <= tally.confirmed.hits
    if part.fault is Fault.LIKELY:
        assert any(
            Fraction(t.confirmed.hits, t.confirmed.of or 1) > Fraction(1, 3) for t in (part.decided, part.checks)
        )


def test_times_abroad_fall_on_the_day_in_china() -> None:
    evening = MONDAY.astimezone(UTC).replace(hour=17)  # past midnight in China
    assert _common("date", [member(n, received_at=evening) for n in range(3)]).value == "2026-03-03"
