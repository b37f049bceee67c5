"""The index a run leaves is sound, and the same whether what is posted was asked head by head or read as a whole."""

from types import SimpleNamespace
from typing import cast
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.actions.test_joining import cut, sound
from tests.campaign.letters import letters

from mingcha.actions import indexing, joining
from mingcha.actions.deps import Deps
from mingcha.actions.indexing import index_families
from mingcha.actions.ports.store import Store
from mingcha.adapters.store import open_memory
from mingcha.campaign import postings
from mingcha.campaign.families import find_families
from mingcha.model.stored import Sketch


def run(store: Store, rows: list[Sketch], *, at_once: bool) -> None:
    with store.write() as work:
        work.campaigns.put_sketches(rows)
        found = find_families(work.campaigns.sketches())
    kept = {family.name: family.name for family in found.families}
    deps = cast(Deps, SimpleNamespace(store=store))
    many = 1 if at_once else max(1, len(rows))
    with patch.object(indexing, "MANY", many), patch.object(joining, "TOGETHER", 5):
        index_families(deps, {row.complaint for row in rows}, found, kept)


def held(store: Store) -> object:
    with store.read() as work:
        sound(work)
        heads = list(work.heads.all_heads())
        return heads, list(work.heads.all_postings()), work.heads.places([f"C-{n:03}" for n in range(99)])


@settings(max_examples=50)
@given(letters(), letters(), st.booleans())
def test_many_new_heads_are_posted_as_few_are(first: list[str], more: list[str], begin_at_once: bool) -> None:
    rows = cut([*first, *more])
    with patch.object(postings, "CROWD", 2):
        stores = []
        for at_once in (True, False):
            store = open_memory()
            run(store, rows[: len(first)], at_once=begin_at_once)
            run(store, rows, at_once=at_once)
            stores.append(held(store))
    assert stores[0] == stores[1]
