"""Unrelated customers: the fast count equals the slow one, and nothing unknown ever counts."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from mingcha.model.party import Customer
from mingcha.model.relation import count_unrelated

VALUES = st.sampled_from([None, "", "none", "x", "y", "z"])


@st.composite
def people(draw: st.DrawFn) -> list[Customer | None]:
    ids = draw(st.lists(st.sampled_from("abcdefgh"), max_size=8))
    rows: list[Customer | None] = []
    for who in ids:
        if draw(st.integers(0, 5)) == 0:
            rows.append(None)
            continue
        rows.append(
            Customer(
                id=who,
                verified=draw(st.sampled_from([True, True, True, False, None])),
                household=draw(VALUES),
                employer=draw(VALUES),
                merchant=draw(VALUES),
                relations=tuple(draw(st.lists(st.sampled_from(["a", "b", "q", "none"]), max_size=2))),
            )
        )
    return rows


def slow(rows: list[Customer | None]) -> tuple[int, int, int]:
    """Merge sets that touch until nothing changes."""
    by_id: dict[str, list[Customer]] = {}
    for row in rows:
        if row is not None:
            by_id.setdefault(row.id, []).append(row)
    clusters: list[tuple[set[str], set[tuple[str, str]]]] = []
    for who, versions in by_id.items():
        links = {("person", who)}
        for v in versions:
            links |= {
                (n, x) for n, x in (("h", v.household), ("e", v.employer), ("m", v.merchant)) if x and x != "none"
            }
            links |= {("person", r) for r in v.relations if r != "none"}
        clusters.append(({who}, links))
    changed = True
    while changed:
        changed = False
        for i in range(len(clusters)):
            for j in range(i + 1, len(clusters)):
                if clusters[i][1] & clusters[j][1]:
                    clusters[i] = (clusters[i][0] | clusters[j][0], clusters[i][1] | clusters[j][1])
                    del clusters[j]
                    changed = True
                    break
            if changed:
                break
    known = {
        who
        for who, versions in by_id.items()
        if all(v.verified is True for v in versions) and any(v.household or v.employer for v in versions)
    }
    count = sum(1 for members, _ in clusters if members & known)
    return count, len(known) - count, sum(r is None for r in rows) + len(by_id) - len(known)


@given(people())
def test_equals_the_slow_twin(rows: list[Customer | None]) -> None:
    got = count_unrelated(rows)
    assert (got.count, got.related, got.unknown) == slow(rows)


@given(people(), st.randoms(use_true_random=False))
def test_order_does_not_matter(rows: list[Customer | None], rng: object) -> None:
    shuffled = list(rows)
    rng.shuffle(shuffled)  # type: ignore[attr-defined] -- hypothesis hands a random.Random
    assert count_unrelated(shuffled) == count_unrelated(rows)


@given(people())
def test_missing_and_repeated_customers_never_raise_the_count(rows: list[Customer | None]) -> None:
    before = count_unrelated(rows)
    assert count_unrelated([*rows, None]).count == before.count
    assert count_unrelated([*rows, *rows]).count == before.count


@given(people(), st.sampled_from(["household", "employer", "merchant"]))
def test_a_shared_link_never_raises_the_count(rows: list[Customer | None], field: str) -> None:
    """Known people who come to share a value can only become fewer."""
    before = count_unrelated(rows).count
    stated = [r if r is None or not (r.household or r.employer) else replace(r, **{field: "shared"}) for r in rows]
    assert count_unrelated(stated).count <= max(before, 1)


@given(people())
def test_withdrawing_a_verification_never_raises_the_count(rows: list[Customer | None]) -> None:
    before = count_unrelated(rows).count
    for i, row in enumerate(rows):
        if row is not None:
            doubted = [*rows[:i], replace(row, verified=None), *rows[i + 1 :]]
            assert count_unrelated(doubted).count <= before


def known(who: str, **more: object) -> Customer:
    return Customer(id=who, verified=True, **{"household": "none", "employer": "none", **more})  # type: ignore[arg-type] -- test factory


def test_none_is_known_to_be_none_and_links_nobody() -> None:
    assert count_unrelated([known("a"), known("b"), known("c")]).count == 3


def test_none_may_be_a_keyed_token() -> None:
    rows = [known("a", household="t0", employer="t0"), known("b", household="t0", employer="t0")]
    assert count_unrelated(rows).count == 1
    assert count_unrelated(rows, frozenset({"t0"})).count == 2


def test_both_relations_blank_is_unknown() -> None:
    got = count_unrelated([known("a", household=None, employer=""), known("b")])
    assert (got.count, got.unknown) == (1, 1)


def test_a_declared_relation_joins_even_through_someone_absent() -> None:
    assert count_unrelated([known("a", relations=("b",)), known("b")]).count == 1
    assert count_unrelated([known("a", relations=("x",)), known("b", relations=("x",))]).count == 1


def test_a_shared_merchant_makes_a_whole_school_one() -> None:
    school = [known(f"p{i}", household=f"h{i}", merchant="school") for i in range(300)]
    got = count_unrelated(school)
    assert (got.count, got.related, got.unknown) == (1, 299, 0)


def test_nobody_known_says_so() -> None:
    assert count_unrelated([None, None]).unchecked_why is not None
    assert count_unrelated([]).unchecked_why is None
