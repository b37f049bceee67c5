"""Letters whose wording was changed throughout, by hand, by machine or into another language: the same points in the same order.

Nobody's words are alike here, so words prove nothing. A letter is its sentences' meanings (vectors of an encoder) and the points they make:
figures and cited rules. Two letters are one rewritten when most of both stands in sentences of like meaning in the same order and
several points agree there that few other letters make, or nearly all of both does. It is a weaker sign than shared passages and never enough alone.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mingcha.text.normalise import normalise
from mingcha.text.tables import NUMERALS

REWRITTEN_SCHEME = "rewritten@2026-11-25"
F32 = NDArray[np.float32]
RULE = re.compile(r"第([零〇一二三四五六七八九十百千\d]+)条|\b(?:article|section) (\d+)", re.IGNORECASE)
FIGURE = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?(万|千|%)?")
LEAST, YEARS = 100, (1990, 2035)
UNITS = {"十": 10, "百": 100, "千": 1000}


@dataclass(frozen=True, slots=True)
class Likeness:
    """When two letters are one rewritten; shares are of 1. Few letters make a point that no more than RARE make, or one of `common`."""

    meaning: float  # cosine of two sentences that may say the same
    aligned: float  # of the sentences of the longer letter, in order
    sentences: int  # aligned, at least
    mean: float  # cosine of the aligned
    points: int  # different points that few make, agreeing in aligned sentences;
    bare_aligned: float  # or, where figures were refilled and none agree, so much aligned
    bare_sentences: int  # in so many sentences
    bare_mean: float  # of so like a meaning
    common: int
    neighbours: int  # letters each is compared with


LIKENESS = Likeness(
    meaning=0.35,
    aligned=0.6,
    sentences=4,
    mean=0.45,
    points=2,
    bare_aligned=0.8,
    bare_sentences=6,
    bare_mean=0.62,
    common=500,
    neighbours=10,
)
RARE = 5


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it is compared: a unit vector and the points of each sentence. Shape of `meanings`: (sentences, dimensions)."""

    meanings: F32
    points: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Rewriting:
    """Letters `a` and `b` by their places, sentences aligned, the mean cosine of these, and the points that agree."""

    a: int
    b: int
    aligned: tuple[tuple[int, int], ...]
    likeness: float
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rewritings:
    """All found, best first, and how many pairs were compared."""

    found: tuple[Rewriting, ...]
    compared: int


def points_of(sentence: str) -> frozenset[str]:
    """The figures of a sentence and the articles it cites, the same in both languages and scripts of numerals.

    Years, and whole numbers below LEAST such as days, instalments and usual rates, are anybody's and left out.
    """
    plain = normalise(sentence).text
    found = {f"§{_number(zh) if zh else en}" for zh, en in RULE.findall(plain)}
    for match in FIGURE.finditer(RULE.sub("", plain)):
        value = float(match[0].rstrip("万千%").replace(",", "")) * {"万": 10_000, "千": 1_000}.get(match[1], 1)
        if (value >= LEAST and not YEARS[0] <= value <= YEARS[1]) or value != int(value):
            found.add(f"{value:.10g}")
    return frozenset(found)


def _number(numeral: str) -> int:
    if numeral.isdecimal():
        return int(numeral)
    total = digit = 0
    for char in numeral:
        if char in UNITS:
            total += (digit or 1) * UNITS[char]
            digit = 0
        else:
            digit = int(NUMERALS.get(char, char))
    return total + digit


def align(a: F32, b: F32, meaning: float) -> list[tuple[int, int]]:
    """Pairs of sentences of like meaning, in the order of both, with the greatest sum of cosines beyond `meaning`."""
    worth = a @ b.T - meaning
    best = np.zeros((len(a) + 1, len(b) + 1), np.float64)
    for i in range(len(a)):
        for j in range(len(b)):
            best[i + 1, j + 1] = max(best[i, j + 1], best[i + 1, j], best[i, j] + max(0.0, worth[i, j]))
    pairs = []
    i, j = len(a), len(b)
    while i and j:
        if best[i, j] == best[i - 1, j]:
            i -= 1
        elif best[i, j] == best[i, j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    return pairs[::-1]


def compare(one: Letter, other: Letter, common: frozenset[str], rule: Likeness) -> Rewriting | None:
    """How one letter is the other rewritten, of places 0 and 1; None where it is not enough."""
    pairs = align(one.meanings, other.meanings, rule.meaning)
    share = len(pairs) / max(1, len(one.points), len(other.points))
    if len(pairs) < rule.sentences or share < rule.aligned:
        return None
    mean = float(np.mean([one.meanings[i] @ other.meanings[j] for i, j in pairs]))
    points = tuple(sorted({point for i, j in pairs for point in one.points[i] & other.points[j] - common}))
    bare = len(pairs) >= rule.bare_sentences and share >= rule.bare_aligned and mean >= rule.bare_mean
    if bare or (mean >= rule.mean and len(points) >= rule.points):
        return Rewriting(0, 1, tuple(pairs), mean, points)
    return None


def find_rewritten(letters: Sequence[Letter], done: Callable[[int], None], rule: Likeness = LIKENESS) -> Rewritings:
    """Pairs of letters that are one rewritten, each compared with its nearest `neighbours` by mean meaning; told by places."""
    made = Counter(point for letter in letters for point in frozenset().union(*letter.points))
    common = frozenset(p for p, n in made.items() if n > max(RARE, len(letters) // rule.common))
    pairs = _candidates(letters, rule.neighbours)
    found = []
    for a, b in pairs:
        rewriting = compare(letters[a], letters[b], common, rule)
        if rewriting:
            found.append(replace(rewriting, a=a, b=b))
        done(1)
    found.sort(key=lambda one: (-len(one.points), -one.likeness, one.a, one.b))
    return Rewritings(tuple(found), len(pairs))


def _candidates(letters: Sequence[Letter], neighbours: int) -> list[tuple[int, int]]:
    """Each letter with the nearest by mean meaning, once each, in order; letters without a sentence have none."""
    full = [k for k, letter in enumerate(letters) if len(letter.points)]
    if len(full) < 2:
        return []
    means = np.stack([letters[k].meanings.mean(axis=0) for k in full])
    means -= means.mean(axis=0)
    means /= np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)
    kept = min(neighbours, len(full) - 1)
    pairs = set()
    for start in range(0, len(full), 1_000):
        near = means[start : start + 1_000] @ means.T
        near[np.arange(len(near)), np.arange(start, start + len(near))] = -2
        for row, others in enumerate(np.argpartition(-near, kept - 1, axis=1)[:, :kept]):
            pairs |= {(full[min(start + row, o)], full[max(start + row, o)]) for o in others.tolist()}
    return sorted(pairs)
