"""Following a public letter: whole with one's own story, or in part; never by a few common words."""

import numpy as np

from mingcha.campaign.samples import SampleSketch, match_sample
from mingcha.campaign.scheme import SCHEME


def hashes(*spans: tuple[int, int]) -> np.ndarray:
    return np.unique(np.concatenate([np.arange(a, b, dtype=np.uint64) for a, b in spans]))


LETTER = SampleSketch("s1", "a letter", hashes((0, 100)))


def test_a_copy_with_ones_own_story_follows_the_letter() -> None:
    match = match_sample(hashes((0, 80), (1000, 1400)), [LETTER], SCHEME)
    assert match is not None
    assert (match.sample, match.similarity, match.cite.record) == ("s1", 800_000, "s1")


def test_a_part_of_the_letter_follows_it() -> None:
    match = match_sample(hashes((0, 30), (1000, 1010)), [LETTER], SCHEME)
    assert match is not None
    assert match.similarity == 750_000


def test_a_few_shared_phrases_do_not() -> None:
    assert match_sample(hashes((0, 59), (1000, 1400)), [LETTER], SCHEME) is None
    assert match_sample(hashes((0, 10)), [LETTER], SCHEME) is None


def test_the_best_letter_wins_and_ties_go_to_the_smaller_id() -> None:
    twin = SampleSketch("s0", "the same letter", hashes((0, 100)))
    worse = SampleSketch("r", "another", hashes((0, 70), (2000, 2030)))
    match = match_sample(hashes((0, 100)), [LETTER, worse, twin], SCHEME)
    assert match is not None
    assert match.sample == "s0"
