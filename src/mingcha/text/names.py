"""Names of persons in forms that can be compared: characters in simplified script, and syllables without tones.

A name is written in characters, in traditional script, or in letters in either order (张伟, 張偉, Zhang Wei, WEI Zhang); forms
of address and what stands in brackets are no part of it. What is masked (张*, 王某某) is not known.
"""

import re
from dataclasses import dataclass
from functools import cache

from mingcha.text.normalise import normalise
from mingcha.text.tables import is_han

_COMPOUND = (
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮"
    "阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西"
    " 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 "
    "梁丘 左丘 东门 西门 第五"
)
COMPOUND = frozenset(_COMPOUND.split())
SURNAME_SOUNDS = {  # read otherwise in a surname than by themselves
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "查": "zha", "盖": "ge", "任": "ren", "朴": "piao", "区": "ou",
    "繁": "po", "员": "yun", "覃": "qin", "翟": "zhai", "华": "hua", "缪": "miao", "宓": "mi", "乐": "yue", "召": "shao",
    "折": "she", "种": "chong", "洗": "xian", "冼": "xian", "尉迟": "yu chi", "万俟": "mo qi", "澹台": "tan tai",
    "长孙": "zhang sun", "鲜于": "xian yu",
}  # fmt: skip
ADDRESSED = re.compile(
    r"(?:先生|女士|小姐|太太|老师|经理|律师|同志|阿姨|mr|mrs|ms|miss|dr)$|^(?:mr|mrs|ms|miss|dr)\b\.?"
)
LONGEST = 60
MASKED = re.compile(r"[某*＊×?？_]")
VOWEL_U = {"lyu": "lv", "nyu": "nv", "lyue": "lve", "nyue": "nve"}  # ü as passports write it (ICAO Doc 9303)
_COMMON = (
    "wang li zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang song z"
    "heng xie han tang feng yu dong xiao cheng cao yuan deng fu shen zeng peng lv su lu jiang cai ji"
    "a ding wei xue ye yan pan du dai xia zhong tian ren fan fang shi yao tan liao zou xiong jin hao"
    " kong bai cui kang mao qiu qin gu hou shao meng long wan duan qian yin"
)
COMMON = frozenset(_COMMON.split())  # syllables that are surnames of a great many, to tell which of two words is one


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name: `han` in simplified characters or empty, syllables of the surname and of the given name, apart by spaces."""

    han: str = ""
    surname: str = ""
    given: str = ""

    @property
    def sound(self) -> str:
        """All syllables in the order of the alphabet, when both names are known: letters leave open which is the surname."""
        if not self.surname or not self.given:
            return ""
        return " ".join(sorted(f"{self.surname} {self.given}".split()))

    @property
    def dull(self) -> str:
        """The same as many a speaker hears it: zh as z, ch as c, sh as s, -ng as -n (dialects, and slips in typing)."""
        return " ".join(sorted(re.sub("ng$", "n", re.sub("^([zcs])h", r"\1", one)) for one in self.sound.split()))


def person_name(text: str) -> PersonName:
    """A name as it is compared; all empty when there is none in the text. What goes on after LONGEST characters is not read.

    >>> person_name("張偉先生")
    PersonName(han='张伟', surname='zhang', given='wei')
    >>> person_name("Wei ZHANG").sound
    'wei zhang'
    """
    bare = re.sub(r"[(（\[【].*?[)）\]】]", " ", text[:LONGEST].replace("ü", "v").replace("Ü", "V")).strip()
    plain = normalise(bare).text.strip()
    plain = ADDRESSED.sub("", plain).strip()
    han = "".join(char for char in plain if is_han(char) or MASKED.match(char))
    return _in_characters(han) if any(map(is_han, han)) else _in_letters(bare, plain)


def _in_characters(text: str) -> PersonName:
    surname = text[:2] if text[:2] in COMPOUND and len(text) > 2 else text[:1]
    given = text[len(surname) :]
    heard = SURNAME_SOUNDS.get(surname) or " ".join(map(syllable, surname))
    if MASKED.search(text) or not given:  # 王女士 says no more than 王某
        return PersonName(surname=heard if not MASKED.search(surname) else "")
    return PersonName(text, heard, " ".join(map(syllable, given)))


def _in_letters(written: str, plain: str) -> PersonName:
    words = [VOWEL_U.get(word, word) for word in re.findall(r"[a-z]+", plain.replace("u:", "v"))]
    parts = [spelt for word in words if (spelt := _syllables(word))]
    if not parts or len(parts) < len(words):
        return PersonName()
    if len(parts) == 1:
        return PersonName(surname=parts[0][0], given=" ".join(parts[0][1:]))
    first = 0 if _leads(written, parts) else len(parts) - 1
    rest = [one for turn, part in enumerate(parts) if turn != first for one in part]
    return PersonName(surname=" ".join(parts[first]), given=" ".join(rest))


def _leads(written: str, parts: list[list[str]]) -> bool:
    """Whether the first word is the surname: the one in capitals, else the one that is a common surname, else the first."""
    words = re.findall(r"[^\W\d_]+", written)
    loud = [word.isupper() and len(word) > 1 for word in (words[0], words[-1])]
    if loud[0] != loud[1]:
        return loud[0]
    first, last = (len(part) == 1 and part[0] in COMMON for part in (parts[0], parts[-1]))
    return first or not last


@cache
def syllable(char: str) -> str:
    """A character's first reading without its tone (ü is v); itself when it has none."""
    from pypinyin import Style, lazy_pinyin  # a fifth of a second: only when a name is read

    return lazy_pinyin(char, style=Style.NORMAL, v_to_u=False)[0]


@cache
def _spoken() -> frozenset[str]:
    from pypinyin import Style
    from pypinyin.constants import PINYIN_DICT
    from pypinyin.style import convert

    common = (one.split(",")[0] for code, one in PINYIN_DICT.items() if 0x4E00 <= code <= 0x9FA5)
    found = {convert(one, Style.NORMAL, strict=False, default=one).replace("ü", "v") for one in common}
    return frozenset(one for one in found if one.isascii() and len(one) <= 6) - {"m", "n", "ng", "hm", "hng"}


@cache
def _syllables(word: str) -> list[str]:
    """The fewest syllables a word is made of, the longer first; none when it is no Chinese name."""
    if not word:
        return []
    best: list[str] = []
    for end in range(min(6, len(word)), 0, -1):
        if word[:end] not in _spoken():
            continue
        rest = _syllables(word[end:])
        if (rest or end == len(word)) and (not best or 1 + len(rest) < len(best)):
            best = [word[:end], *rest]
    return best
