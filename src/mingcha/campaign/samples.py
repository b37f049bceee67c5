"""Public sample letters: whoever follows one follows advice, not an organisation; a match is always computed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mingcha.campaign.scheme import MILLION, Scheme
from mingcha.campaign.sketches import Hashes
from mingcha.model.campaign import SampleMatch
from mingcha.model.provenance import Cite


@dataclass(frozen=True, slots=True)
class SampleSketch:
    """A sample letter's title and hashes; `id` is its record's keyed id."""

    id: str
    title: str
    hashes: Hashes


def match_sample(hashes: Hashes, samples: Sequence[SampleSketch], scheme: Scheme) -> SampleMatch | None:
    """The letter a text follows most, or None.

    A text follows a letter when it holds `sample_share` of the letter's shingles (a copy with one's own story added)
    or when that share of the text stands in the letter (a part of it copied). `similarity` is the larger share, in
    millionths. Letters or texts too short to compare match nothing. Ties go to the smaller id.
    """
    if len(hashes) < scheme.min_shingles:
        return None
    best: tuple[int, SampleSketch] | None = None
    for sample in sorted(samples, key=lambda s: s.id):
        if len(sample.hashes) < scheme.min_shingles:
            continue
        shared = np.intersect1d(hashes, sample.hashes, assume_unique=True).size
        share = int(shared) * MILLION // min(len(hashes), len(sample.hashes))
        if share >= scheme.sample_share and (best is None or share > best[0]):
            best = (share, sample)
    if best is None:
        return None
    share, sample = best
    return SampleMatch(sample=sample.id, title=sample.title, similarity=share, cite=Cite("samples", sample.id))
