"""Persons from pairs and judgements: against a slow twin, whatever is said, and back to what was when it is taken back."""

from datetime import UTC, datetime
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from mingcha.model.person import PersonJudgement, PersonPair, PersonRow, Verdict
from mingcha.network import resolving
from mingcha.network.resolving import resolve

ROWS = [f"r{n}" for n in range(7)]
BITS = 4.0
pairs = st.dictionaries(st.sampled_from(list(combinations(ROWS, 2))), st.integers(-3, 9).map(float), max_size=15).map(
    lambda held: [PersonPair(a, b, bits, ()) for (a, b), bits in held.items()]
)
said = st.lists(
    st.builds(
        PersonJudgement,
        st.sampled_from([*ROWS, "gone"]),
        st.sampled_from(ROWS),
        st.sampled_from(Verdict),
        at=st.none() | st.integers(1, 9).map(lambda day: datetime(2026, 11, day, tzinfo=UTC)),
    ),
    max_size=8,
)
identities = st.dictionaries(st.sampled_from(ROWS), st.sampled_from("12"), max_size=4)
names = st.dictionaries(st.sampled_from(ROWS), st.sampled_from(["wei zhang", "jun li wang"]), max_size=5)


def rows(identity: dict[str, str], called: dict[str, str]) -> list[PersonRow]:
    return [PersonRow(id=one, parts={}, identity=identity.get(one), called=called.get(one)) for one in ROWS]


def slow(given: list[PersonRow], scored: list[PersonPair], judged: list[PersonJudgement]) -> set[tuple[str, ...]]:
    """Join by join over plain sets, everything asked anew each time."""
    known = {row.id: row for row in given}
    last = last_words(known, judged)
    apart = [key for key, verdict in last if verdict is Verdict.NOT_SAME]
    groups = [{row.id} for row in given]
    wanted = [(key, True) for key, verdict in last if verdict is Verdict.SAME]
    for pair in sorted(scored, key=lambda pair: (-pair.bits, pair.one, pair.other)):
        key = frozenset((pair.one, pair.other))
        if pair.bits >= BITS and key not in dict(last) and not any(guess(known, scored, one) for one in key):
            wanted.append((key, False))
    for key, by_word in wanted:
        mine = [group for group in groups if group & key]
        if len(mine) == 2 and not any(pair <= mine[0] | mine[1] for pair in apart) and (by_word or fit(known, mine)):
            groups = [group for group in groups if group not in mine] + [mine[0] | mine[1]]
    return {tuple(sorted(group)) for group in groups}


def guess(known: dict[str, PersonRow], scored: list[PersonPair], id_: str) -> bool:
    """Whether a row that does not say who it is would be joined to one of several by guessing."""
    near = [pair for pair in scored if pair.bits >= BITS and id_ in (pair.one, pair.other)]
    names = {known[pair.other if pair.one == id_ else pair.one].called for pair in near} - {None}
    return not known[id_].called and not known[id_].identity and len(names) > 1


def last_words(known: dict[str, PersonRow], judged: list[PersonJudgement]) -> list[tuple[frozenset[str], Verdict]]:
    """The last word on each pair, oldest first."""
    last: dict[frozenset[str], tuple[int, int, Verdict]] = {}
    for turn, one in enumerate(judged):
        key, day = frozenset((one.one, one.other)), one.at.day if one.at else 0
        if len(key) == 2 and key <= known.keys() and (key not in last or last[key][0] <= day):
            last[key] = (day, turn, one.verdict)
    return [(key, verdict) for key, (_, _, verdict) in sorted(last.items(), key=lambda item: item[1][:2])]


def fit(known: dict[str, PersonRow], groups: list[set[str]]) -> bool:
    """Whether two groups may be one person by their numbers, or without numbers by their names."""
    numbers = [{known[id_].identity for id_ in group} - {None} for group in groups]
    called = [{known[id_].called or "" for id_ in group} - {""} for group in groups]
    if all(numbers):
        return bool(numbers[0] & numbers[1])
    return not all(called) or bool(called[0] & called[1])


@given(identities, names, pairs, said)
def test_groups_are_those_of_the_slow_twin(
    identity: dict[str, str], called: dict[str, str], scored: list[PersonPair], judged: list[PersonJudgement]
) -> None:
    given_rows = rows(identity, called)
    assert set(resolve(given_rows, scored, judged, BITS).groups) == slow(given_rows, scored, judged)


@given(pairs, said)
def test_whoever_is_not_the_same_never_meets_and_all_rows_are_there(
    scored: list[PersonPair], judged: list[PersonJudgement]
) -> None:
    done = resolve(rows({}, {}), scored, judged, BITS)
    assert sorted(row for group in done.groups for row in group) == ROWS
    last = {frozenset((one.one, one.other)): one for one in sorted(judged, key=lambda one: one.at.day if one.at else 0)}
    for key, one in last.items():
        if one.verdict is Verdict.NOT_SAME and len(key) == 2 and "gone" not in key:
            assert not any(key <= set(group) for group in done.groups)


@given(pairs, said, st.randoms())
def test_the_order_of_rows_and_pairs_changes_nothing(
    scored: list[PersonPair], judged: list[PersonJudgement], dice
) -> None:  # type: ignore[no-untyped-def]
    first = resolve(rows({}, {}), scored, judged, BITS)
    mixed, turned = list(scored), rows({}, {})
    dice.shuffle(mixed)
    dice.shuffle(turned)
    assert resolve(turned, mixed, judged, BITS).groups == first.groups


def test_what_cannot_stand_is_told() -> None:
    judged = [
        PersonJudgement("r0", "r0", Verdict.NOT_SAME, at=datetime(2026, 11, 1, tzinfo=UTC)),
        PersonJudgement("r0", "r9", Verdict.SAME, at=datetime(2026, 11, 1, tzinfo=UTC)),
        PersonJudgement("r0", "r1", Verdict.SAME, at=datetime(2026, 11, 1, tzinfo=UTC)),
        PersonJudgement("r1", "r2", Verdict.SAME, at=datetime(2026, 11, 2, tzinfo=UTC)),
        PersonJudgement("r2", "r0", Verdict.NOT_SAME, at=datetime(2026, 11, 3, tzinfo=UTC)),
        PersonJudgement("r3", "r4", Verdict.SAME, at=datetime(2026, 11, 4, tzinfo=UTC)),
        PersonJudgement("r4", "r3", Verdict.UNSURE, at=datetime(2026, 11, 5, tzinfo=UTC)),
    ]
    done = resolve(rows({}, {}), [PersonPair("r3", "r4", 9.0, ())], judged, BITS)
    assert [(one.one, one.other, why) for one, why in done.contradictions] == [
        ("r0", "r0", resolving.OF_ITSELF),
        ("r0", "r9", resolving.ABSENT),
        ("r3", "r4", resolving.REVOKED),
        ("r1", "r2", resolving.CYCLE),
    ]
    assert ("r0", "r1") in done.groups
    assert ("r2",) in done.groups
    assert ("r3",) in done.groups
    assert done.kept_apart == [("r3", "r4", resolving.UNSURE)]


def test_two_numbers_and_two_names_stand_against_joining_unless_somebody_says_so() -> None:
    two = rows({"r0": "1", "r1": "2"}, {"r2": "wei zhang", "r3": "li wang"})
    scored = [PersonPair("r0", "r1", 20.0, ()), PersonPair("r2", "r3", 20.0, ())]
    done = resolve(two, scored, [], BITS)
    assert [why for _, _, why in done.kept_apart] == [resolving.TWO_NUMBERS, resolving.TWO_NAMES]
    said_so = [PersonJudgement("r0", "r1", Verdict.SAME), PersonJudgement("r2", "r3", Verdict.SAME)]
    assert {("r0", "r1"), ("r2", "r3")} <= set(resolve(two, scored, said_so, BITS).groups)


def test_a_row_without_a_name_that_fits_two_brothers_joins_neither() -> None:
    brothers = rows({}, {"r0": "fan li wang", "r1": "li wang yu", "r3": "fan li wang"})
    scored = [PersonPair("r0", "r2", 9.0, ()), PersonPair("r1", "r2", 8.0, ()), PersonPair("r0", "r3", 7.0, ())]
    done = resolve(brothers, scored, [], BITS)
    assert {("r0", "r3"), ("r1",), ("r2",)} <= set(done.groups)
    assert [why for _, _, why in done.kept_apart] == [resolving.FITS_TWO] * 2
    said_so = resolve(brothers, scored, [PersonJudgement("r1", "r2", Verdict.SAME)], BITS)
    assert ("r1", "r2") in said_so.groups
