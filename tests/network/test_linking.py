"""Rows to groups: what is run links, a script or an account alone does not, hubs never; against all pairs."""

import random
from datetime import UTC, datetime, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from mingcha.model.linked import Post
from mingcha.network.linking import link, shared_values
from mingcha.network.scheme import LINK_HUBS, NEARBY_DAYS

DAY = datetime(2026, 5, 1, tzinfo=UTC)


def post(
    id_: str, account: str | None = None, day: float | None = None, script: str | None = None, *values: str
) -> Post:
    at = None if day is None else DAY + timedelta(days=day)
    return Post(id=id_, account=account, at=at, script=script, values=frozenset(("handle", value) for value in values))


def groups(posts: list[Post], **more: bool) -> list[tuple[str, ...]]:
    return link(posts, shared_values(posts), **more)


def test_a_handle_links_whatever_the_account() -> None:
    assert groups([post("1", "a", None, None, "h"), post("2", "b", None, None, "h"), post("3", "c")]) == [
        ("1", "2"),
        ("3",),
    ]


def test_one_script_under_two_accounts_links_nobody() -> None:
    posts = [post("1", "a", 0, "t"), post("2", "b", 0, "t"), post("3", None, 0, "t")]
    assert groups(posts) == [("1",), ("2",), ("3",)]
    assert groups(posts, by_script=True) == [("1", "2", "3")]


def test_one_account_links_what_follows_one_script_or_stands_near() -> None:
    far = [post("1", "a", 0, "t"), post("2", "a", 90, "t"), post("3", "a", 180, "u")]
    assert groups(far) == [("1", "2"), ("3",)]
    near = [post("1", "a", 0), post("2", "a", NEARBY_DAYS - 0.01), post("3", "a", 2 * NEARBY_DAYS)]
    assert groups(near) == [("1", "2"), ("3",)]
    assert groups([post("1", "a"), post("2", "a")]) == [("1",), ("2",)]


def test_a_value_too_many_accounts_state_is_a_hub_and_links_nobody() -> None:
    posts = [
        Post(id=f"{n:04}", account=f"a{n}", at=None, script=None, values=frozenset({("ip", "library")}))
        for n in range(LINK_HUBS["ip"] + 1)
    ]
    (hub,) = shared_values(posts)
    assert (hub.hub, hub.accounts, len(hub.rows)) == (True, 21, 21)
    assert all(len(group) == 1 for group in groups(posts))
    (rare,) = shared_values(posts[:-1])
    assert not rare.hub
    assert len(groups(posts[:-1])) == 1


POSTS = st.lists(
    st.builds(
        lambda account, day, script, values: post("", account, day, script, *values),
        st.sampled_from([None, "a", "b"]),
        st.sampled_from([None, 0, 3, 9, 40]),
        st.sampled_from([None, "t", "u"]),
        st.frozensets(st.sampled_from("xyz"), max_size=2),
    ),
    max_size=14,
)


@given(POSTS, st.booleans(), st.randoms(use_true_random=False))
def test_groups_are_the_closure_of_every_pair_that_links(made: list[Post], by_script: bool, rng: random.Random) -> None:
    posts = [
        Post(id=f"{n:02}", account=p.account, at=p.at, script=p.script, values=p.values) for n, p in enumerate(made)
    ]

    def linked(one: Post, other: Post) -> bool:
        near = one.at is not None and other.at is not None and abs(one.at - other.at) < timedelta(days=NEARBY_DAYS)
        script = one.script is not None and one.script == other.script
        account = one.account is not None and one.account == other.account
        return bool(one.values & other.values) or (account and (near or script)) or (by_script and script)

    home = {p.id: {p.id} for p in posts}
    for _ in posts:
        for one, other in combinations(posts, 2):
            if linked(one, other):
                whole = home[one.id] | home[other.id]
                for id_ in whole:
                    home[id_] = whole
    expected = sorted({tuple(sorted(whole)) for whole in home.values()})
    rng.shuffle(posts)
    assert groups(posts, by_script=by_script) == expected
