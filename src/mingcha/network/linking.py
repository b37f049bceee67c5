"""Rows of posts to groups: who shares what is run belongs together; what is bought, or an account alone, is not enough.

Two posts of one account belong together when they also follow one script or stand a few days apart: accounts are hired, sold
and run for several masters. One script under two accounts says nothing: measured on real posts, nine of ten pairs with the
very same words advertise different contacts.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from itertools import pairwise

from mingcha.model.linked import Post, Shared
from mingcha.network.forest import find, join
from mingcha.network.scheme import LINK_HUBS, NEARBY_DAYS


def shared_values(posts: Sequence[Post]) -> tuple[Shared, ...]:
    """Values two rows or more state, by kind and value; more accounts than its kind allows make one a hub."""
    stating: dict[tuple[str, str], list[Post]] = {}
    for post in posts:
        for stated in post.values:
            stating.setdefault(stated, []).append(post)
    out = []
    for (kind, value), holders in sorted(stating.items()):
        if len(holders) > 1:
            accounts = len({_who(post) for post in holders})
            rows = tuple(sorted(post.id for post in holders))
            out.append(Shared(kind, value, rows, accounts, accounts > LINK_HUBS[kind]))
    return tuple(out)


def link(posts: Sequence[Post], shared: Iterable[Shared], *, by_script: bool = False) -> list[tuple[str, ...]]:
    """The groups, each with its rows sorted, by first row; whoever is alone is a group of one.

    `by_script`: one script links by itself, for tables that say nothing of who, where and how to reach.
    """
    root = {post.id: post.id for post in posts}
    for one in shared:
        if not one.hub:
            _join_all(root, one.rows)
    for held in _by(posts, {post.id: _who(post) for post in posts if post.account}).values():
        _join_account(root, held)
    if by_script:
        for held in _by(posts, {post.id: post.script for post in posts if post.script}).values():
            _join_all(root, [post.id for post in held])
    groups: dict[str, list[str]] = {}
    for id_ in sorted(root):
        groups.setdefault(find(root, id_), []).append(id_)
    return sorted(tuple(rows) for rows in groups.values())


def _join_account(root: dict[str, str], posts: Sequence[Post]) -> None:
    """Posts of one account: those of one script, and those with no longer pause between them than a few days."""
    for held in _by(posts, {post.id: post.script for post in posts if post.script}).values():
        _join_all(root, [post.id for post in held])
    dated = sorted((post.at, post.id) for post in posts if post.at is not None)
    for (earlier, one), (later, other) in pairwise(dated):
        if later - earlier < timedelta(days=NEARBY_DAYS):
            _join_all(root, [one, other])


def _who(post: Post) -> str:
    return f"account {post.account}" if post.account else f"row {post.id}"


def _by(posts: Iterable[Post], key: Mapping[str, str | None]) -> dict[str, list[Post]]:
    out: dict[str, list[Post]] = {}
    for post in posts:
        name = key.get(post.id)
        if name is not None:
            out.setdefault(name, []).append(post)
    return out


def _join_all(root: dict[str, str], rows: Sequence[str]) -> None:
    for other in rows[1:]:
        join(root, rows[0], other)
