"""Folded texts to tokens as flat arrays: a Chinese character, a word or a number each, with the white space after it.

Tokens cover the text. Two tokens are alike when they differ in white space alone; the ids do not depend on the order texts
come in, for texts are sorted first.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mingcha.campaign.kernels.ranks import I32, I64

HAN = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
TOKEN = re.compile(rf"\A\s+|(?:[^\W\d_{HAN}]+(?:'[^\W\d_{HAN}]+)*|\d+|[\s\S])\s*")
NUMERIC = re.compile(r"\d+|x{2,}")
CLOSING = re.compile(rf"[。!?;；]\s*|\.\s+|[{HAN}]\s+|.*\n\s*", re.DOTALL)
MARK = re.compile(r"[\W_]\s*|\s+")
JOINT = re.compile(r"[年月日号时分点:.,，/\-*]|[,，]\s?")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What each token id reads, and which ids are numbers or masks, close a sentence, are marks, or join figures."""

    words: tuple[str, ...]
    numeric: NDArray[np.bool_]
    closing: NDArray[np.bool_]
    mark: NDArray[np.bool_]
    joint: NDArray[np.bool_]


@dataclass(frozen=True)
class Tokens:
    """Distinct texts end to end. Text t is tokens offsets[t]:offsets[t + 1]; `weights` is how many members each text has.

    `keys` ignore white space, `fulls` do not; both index the vocabulary (a key is the id of the bare word).
    """

    texts: tuple[str, ...]
    weights: I64
    offsets: I64
    keys: I32
    fulls: I32
    starts: I64  # of each token in its text
    vocabulary: Vocabulary

    @cached_property
    def owners(self) -> I64:
        """The text of each token."""
        return np.repeat(np.arange(len(self.texts), dtype=np.int64), np.diff(self.offsets))

    @property
    def total(self) -> int:
        """Members."""
        return int(self.weights.sum())


def cut(copies: Mapping[str, int]) -> Tokens:
    """Cut texts; `copies` gives how many members have each folded text."""
    texts = tuple(sorted(copies))
    found = [TOKEN.findall(text) for text in texts]
    sizes = np.array([len(tokens) for tokens in found], np.int64)
    offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
    ids: dict[str, int] = {}
    fulls = np.array([ids.setdefault(token, len(ids)) for tokens in found for token in tokens], np.int32)
    bare = [ids.setdefault(token.rstrip() or token, len(ids)) for token in tuple(ids)]
    words = tuple(ids)
    lengths = np.array([len(word) for word in words] or [0], np.int64)[fulls] if len(fulls) else np.empty(0, np.int64)
    ends = np.cumsum(lengths)
    begins = np.repeat(np.concatenate([np.zeros(1, np.int64), ends])[offsets[:-1]], sizes)
    return Tokens(
        texts=texts,
        weights=np.array([copies[text] for text in texts], np.int64),
        offsets=offsets,
        keys=np.array(bare, np.int32)[fulls] if len(fulls) else fulls,
        fulls=fulls,
        starts=ends - lengths - begins,
        vocabulary=_vocabulary(words),
    )


def _vocabulary(words: tuple[str, ...]) -> Vocabulary:
    def all_that(pattern: "re.Pattern[str]") -> NDArray[np.bool_]:
        return np.array([bool(pattern.fullmatch(word)) for word in words], np.bool_)

    return Vocabulary(words, all_that(NUMERIC), all_that(CLOSING), all_that(MARK), all_that(JOINT))


def spread(tokens: Tokens, most: int) -> Tokens:
    """At most so many of the texts, evenly spread over their order, with the same vocabulary."""
    if len(tokens.texts) <= most:
        return tokens
    chosen = np.linspace(0, len(tokens.texts) - 1, most).astype(np.int64)
    mine = np.isin(tokens.owners, chosen)
    return replace(
        tokens,
        texts=tuple(tokens.texts[t] for t in chosen.tolist()),
        weights=tokens.weights[chosen],
        offsets=np.concatenate([np.zeros(1, np.int64), np.cumsum(np.diff(tokens.offsets)[chosen])]),
        keys=tokens.keys[mine],
        fulls=tokens.fulls[mine],
        starts=tokens.starts[mine],
    )


def grams(tokens: Tokens, size: int) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """A hash of the `size` tokens from each token on, and where they lie within one text."""
    total = len(tokens.keys)
    hashes = np.zeros(total, np.int64)
    for k in range(size):
        ahead = np.zeros(total, np.int64)
        ahead[: max(0, total - k)] = tokens.keys[k:]
        hashes = hashes * np.int64(1_000_003) + ahead + 1
    ends = tokens.offsets[1:][tokens.owners] if total else np.empty(0, np.int64)
    return hashes, np.arange(total) + size <= ends


def held_by(tokens: Tokens, hashes: NDArray[np.int64], asked: NDArray[np.bool_]) -> I64:
    """For each asked token, how many members have its hash among theirs asked; 0 elsewhere."""
    places = np.flatnonzero(asked)
    out = np.zeros(len(hashes), np.int64)
    if len(places) == 0:
        return out
    _, ids = np.unique(hashes[places], return_inverse=True)
    pairs = np.unique(ids * np.int64(len(tokens.texts)) + tokens.owners[places])
    counts = np.bincount(pairs // len(tokens.texts), weights=tokens.weights[pairs % len(tokens.texts)])
    out[places] = counts[ids]
    return out


def medoid(tokens: Tokens, size: int) -> int:
    """The text that differs least from all members, in grams of `size` tokens; of equals the first in order.

    The sum of symmetric differences to all members is, but for a constant, the sum of members - 2 x holders over its grams.
    """
    hashes, inside = grams(tokens, size)
    gain = np.where(inside, 2 * held_by(tokens, hashes, inside) - tokens.total, 0)
    _, ids = np.unique(hashes, return_inverse=True)
    _, first = np.unique(tokens.owners * np.int64(len(hashes)) + ids, return_index=True)
    once = np.zeros(len(hashes), np.int64)
    once[first] = gain[first]
    return int(np.argmax(np.bincount(tokens.owners, weights=once, minlength=len(tokens.texts))))
