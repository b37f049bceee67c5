"""Causes are counted linearly and equal plain counting; a fix is measured over the same days on both sides."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mingcha.model.merit import Grievance
from mingcha.model.repair import NAMED, Case, Cause, CauseLine, Source
from mingcha.model.share import above, share
from mingcha.quality.causes import causes, measure, scorecard

DAY = date(2026, 3, 1)
NIGHT = Cause(Source.AGENCY, "乙公司", Grievance.NIGHT_CALLS)
VALUES = st.sampled_from([(source, value) for source in Source for value in ("甲", "乙")])


@st.composite
def cases(draw: st.DrawFn) -> Case:
    decided = draw(st.booleans())
    claimed = draw(st.frozensets(st.sampled_from([Grievance.PRICE, Grievance.NIGHT_CALLS])))
    return Case(
        received_on=DAY + timedelta(days=draw(st.integers(-100, 100))),
        customer=draw(st.sampled_from([None, "a", "b", "c"])),
        sources=tuple(sorted(draw(st.sets(VALUES)))),
        decided=decided,
        upheld=claimed if decided else frozenset(),
    )


def slow(held: list[Case]) -> list[CauseLine]:
    lines = []
    for cause in [Cause(source, value, g) for source in Source for value in ("甲", "乙") for g in Grievance]:
        place = (cause.source, cause.value)
        mine = [case for case in held if place in case.sources and cause.grievance in case.upheld]
        if not mine:
            continue
        known = [case for case in held if case.decided and cause.source in [kind for kind, _ in case.sources]]
        here = [cause.grievance in case.upheld for case in known if place in case.sources]
        rest = [cause.grievance in case.upheld for case in known if place not in case.sources]
        if cause.source in NAMED:
            here, rest = [case in mine for case in held if case.decided], []
        shares = share(sum(here), len(here)), share(sum(rest), len(rest))
        lines.append(
            CauseLine(
                cause=cause,
                complaints=len(mine),
                customers=len({case.customer for case in mine} - {None}),
                here=shares[0],
                elsewhere=shares[1],
                above=above(*shares),
                first_on=min(case.received_on for case in mine),
                last_on=max(case.received_on for case in mine),
            )
        )
    return lines


@given(st.lists(cases(), max_size=30))
def test_causes_equal_plain_counting_and_the_largest_comes_first(held: list[Case]) -> None:
    got = list(causes(held))
    assert sorted(got, key=lambda one: one.cause) == sorted(slow(held), key=lambda one: one.cause)
    assert got == sorted(got, key=lambda one: (-one.customers, -one.complaints, one.cause))


def case(day: int, *, upheld: bool | None) -> Case:
    return Case(
        received_on=DAY + timedelta(days=day),
        customer=None,
        sources=((NIGHT.source, NIGHT.value),),
        decided=upheld is not None,
        upheld=frozenset([NIGHT.grievance]) if upheld else frozenset(),
    )


def test_a_fix_is_measured_over_the_same_days_before_and_after() -> None:
    held = [case(day, upheld=True) for day in range(-30, 0)] + [case(day, upheld=False) for day in range(30)]
    held += [case(-31, upheld=False), case(30, upheld=True), case(5, upheld=None)]
    found = measure(held, NIGHT, DAY, 30, DAY + timedelta(days=30))
    assert (found.before, found.after, found.undecided) == (share(30, 30), share(0, 30), 1)
    assert (found.whole, found.better) == (True, True)
    early = measure(held, NIGHT, DAY, 90, DAY + timedelta(days=89))
    assert (early.whole, early.after) == (False, share(1, 31))


def test_a_few_after_a_few_show_no_fall() -> None:
    held = [case(-1, upheld=True), case(-2, upheld=True), case(1, upheld=False)]
    assert not measure(held, NIGHT, DAY, 30, DAY + timedelta(days=40)).better


def test_nobody_known_is_no_customer() -> None:
    (line,) = causes([case(1, upheld=True), case(2, upheld=True)])
    assert (line.complaints, line.customers) == (2, 0)


@given(
    st.lists(cases(), max_size=25),
    st.lists(cases(), max_size=10),
    st.lists(st.tuples(st.sampled_from("甲乙丙"), st.sampled_from("abcd")), max_size=8),
)
def test_cards_equal_plain_counting(now: list[Case], before: list[Case], pairs: list[tuple[str, str]]) -> None:
    handed = {
        name: {customer for agency, customer in pairs if agency == name} for name in {agency for agency, _ in pairs}
    }
    cards = {card.agency: card for card in scorecard(now, before, (handed, handed), {"甲": 2})}
    assert set(cards) == set(handed) | {v for case in now for s, v in case.sources if s is Source.AGENCY}
    for name, card in cards.items():
        place = (Source.AGENCY, name)
        customers = handed.get(name, set())
        for told, held in ((card.complaining, now), (card.before, before)):
            heard = [c for c in sorted(customers) if any(case.customer == c and place in case.sources for case in held)]
            assert (told.hits, told.of) == (len(heard), len(customers))
        mine = [case for case in now if case.decided and place in case.sources]
        rest = [
            case
            for case in now
            if case.decided and place not in case.sources and any(s is Source.AGENCY for s, _ in case.sources)
        ]
        assert (card.upheld.hits, card.upheld.of) == (sum(bool(case.upheld) for case in mine), len(mine))
        assert (card.elsewhere.hits, card.elsewhere.of) == (sum(bool(case.upheld) for case in rest), len(rest))
        assert dict(card.worst) == {g: n for g in Grievance if (n := sum(g in case.upheld for case in mine))}
        assert card.open_repairs == (2 if name == "甲" else 0)


def test_what_only_people_name_is_measured_among_all_decided_complaints() -> None:
    script = Cause(Source.SCRIPT, "话术甲", NIGHT.grievance)
    named = [replace(case(day, upheld=True), sources=((Source.SCRIPT, "话术甲"),)) for day in (-3, -2, 1)]
    others = [case(day, upheld=False) for day in (-1, 2, 3, 4)] + [case(5, upheld=None)]
    told = measure([*named, *others], script, DAY, 30, DAY + timedelta(days=30))
    assert (told.before.hits, told.before.of, told.after.hits, told.after.of, told.undecided) == (2, 3, 1, 4, 1)
