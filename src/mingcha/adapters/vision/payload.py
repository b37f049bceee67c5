"""What a QR code holds, made harmless: nothing that moves a cursor, runs or fills a screen; and what it leads to."""

import re
import unicodedata

from mingcha.model.image import CodeKind
from mingcha.model.words import Words

LONGEST = 2_000  # characters kept
REFUSED = re.compile(r"(?:javascript|vbscript|data|file|jar|blob|about|view-source|intent|content)\s*:")
CONTACT = re.compile(r"(?:mecard|begin:\s*vcard|tel|mailto|sms|smsto|mms|mmsto|bizcard|matmsg)\s*:|begin:\s*vcard")
WECHAT = re.compile(
    r"(?:weixin|wechat|wxp|weapp)://|(?:https?://)?(?:[a-z0-9-]+\.)*(?:wechat\.com|weixin\.qq\.com)(?:[/?#:]|$)"
)
ALIPAY = re.compile(r"alipays?://|(?:https?://)?(?:[a-z0-9-]+\.)*alipay\.com(?:[/?#:]|$)")
URL = re.compile(r"[a-z][a-z0-9+.-]{0,30}://\S|(?:mebkm|urlto|url)\s*:|www\.[a-z0-9-]+\.\S")
HIDDEN = (
    "Cc",
    "Cf",
    "Cs",
    "Co",
    "Cn",
    "Zl",
    "Zp",
)  # controls, marks of direction, halves, private, unassigned, separators
SHOWN = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def harmless(held: str) -> tuple[str, Words | None]:
    """A payload with every character shown that would not be seen, at most 2,000 characters, and a note if it was cut."""
    kept: list[str] = []
    room = LONGEST
    for character in held:
        shown = _shown(character)
        room -= len(shown)
        if room < 0:
            told = f"内容共 {len(held)} 个字符，只保留前 {LONGEST} 个"
            return "".join(kept), Words(told, f"it holds {len(held)} characters; only the first {LONGEST} are kept")
        kept.append(shown)
    return "".join(kept), None


def judged(held: str) -> tuple[str, CodeKind, Words | None]:
    """A payload made harmless, what it leads to, and a note: it is refused where it would run or open something by itself."""
    payload, note = harmless(held)
    plain = "".join(c for c in unicodedata.normalize("NFKC", held[:LONGEST]) if unicodedata.category(c) not in HIDDEN)
    plain = plain.strip().lower()
    if REFUSED.match(plain):
        scheme = plain.split(":", 1)[0].strip()
        refused = Words(f"{scheme}: 类内容不予打开，只作文字保存", f"{scheme}: is never opened, only kept as text")
        return payload, CodeKind.REFUSED, _both(refused, note)
    return payload, _kind(plain), note


def _kind(plain: str) -> CodeKind:
    for kind, pattern in (
        (CodeKind.WECHAT, WECHAT),
        (CodeKind.ALIPAY, ALIPAY),
        (CodeKind.CONTACT, CONTACT),
        (CodeKind.URL, URL),
    ):
        if pattern.match(plain):
            return kind
    return CodeKind.TEXT


def _both(one: Words, other: Words | None) -> Words:
    return one if other is None else Words(f"{one.zh}；{other.zh}", f"{one.en}; {other.en}")


def _shown(character: str) -> str:
    if unicodedata.category(character) not in HIDDEN:
        return character
    if character in SHOWN:
        return SHOWN[character]
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
