"""The root of a day does not depend on the order its records come in, and every record has its path to it."""

import random

from tests.evidence.chains import chain

from mingcha.evidence.daily import day_leaves, day_root, signed_bytes
from mingcha.evidence.merkle import proof, proves


def test_any_order_gives_one_root_and_every_record_its_path() -> None:
    links = [*chain("custody", 5), *chain("access", 3)]
    shuffled = random.Random(1).sample(links, len(links))
    assert day_root(links) == day_root(shuffled)
    leaves = day_leaves(shuffled)
    assert all(proves(leaf, proof(leaves, at), day_root(links)) for at, leaf in enumerate(leaves))
    assert day_root(links[:-1]) != day_root(links)


def test_what_is_signed_names_day_count_and_root() -> None:
    assert signed_bytes("2026-03-01", 8, "ab") == b'mingcha/day-root/1\0{"count":8,"day":"2026-03-01","root":"ab"}'
