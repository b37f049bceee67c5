"""Contacts in a text, however they are spelt: each with its span in the original, canonical value, kind and disguise.

A contact found is a mention, not a fact. Masked numbers, sums, dates and order numbers are no contacts.
"""

import re
from collections.abc import Iterator
from functools import cache

from mingcha.model.text import ContactKind, ContactMention, Folded
from mingcha.text.canonical import luhn
from mingcha.text.likeness import spellings
from mingcha.text.normalise import normalise
from mingcha.text.tables import NUMERALS

ID = r"[a-z][a-z0-9_-]{3,28}[a-z0-9]|[0-9]{5,12}|[0-9]{2,5}(?:[._ -][0-9]{2,5}){1,4}|[a-z0-9][a-z0-9_-]{4,28}[a-z0-9]"
GAP = r"[^a-z0-9@\u3400-\u9fff\uac00-\ud7af。!?]{0,6}"
SAY = r"(?:十|号码|账号|同号|帐号|客服|咨询|联系|微号|号|是|为|id(?![a-z0-9])|搜|搜索|添加|加|我|请|直接|同步|同|办理|道|哥|姐)*"
WEI = "微薇溦徽嶶㣲媺蓶徴激葳崴维唯惟威卫"  # drawn or said like 微; the bold ones only where a number follows
WECHAT = (
    rf"(?:加?(?:[{WEI}]信|卫星|[{WEI}]芯|{WEI[0]}x|weixin|wechat|wei信|v信|vx|wx|v号|[{WEI[:2]}]号|(?:q|扣|v)?[{WEI[:14]}]|[{WEI[14:]}](?=[^a-z0-9\u3400-\u9fff]{{0,4}}[a-z0-9]))"
    r"|加?(?<![a-z])(?:v|w)(?![a-z])|加我(?=[^a-z0-9]{0,4}[a-z0-9]))"
)
QQ = r"(?:qq|q{2}号|扣扣|v?扣|扣q|企鹅|球球|叩叩|(?<![a-z])q(?![a-z]))(?:群)?"
TELEGRAM = r"(?:telegram(?![a-z])|电报|纸飞机|飞机|(?<![a-z])tg(?![a-z])|텔레그램|텔레|텔|tele(?![a-z]))"
QQ_NUMBER = r"[1-9][0-9]{4,10}"
NAME = r"[\u3400-\u9fffa-z0-9_]{2,20}"
ACCOUNT = r"[a-z0-9_.]{4,24}"
OFFICIAL = r"[a-z][a-z0-9_-]{3,29}|[\u3400-\u9fffa-z0-9]{2,16}"
LABELLED: tuple[tuple[ContactKind, str, str, tuple[str, ...]], ...] = (  # kind, label, value; what a label cannot lack
    (ContactKind.WECOM, r"(?:企业微信|企微)", ID, ("企",)),
    (ContactKind.OFFICIAL_ACCOUNT, r"(?:微信公众号|公众号|公号|订阅号)", OFFICIAL, ("公众号", "公号", "订阅号")),
    (ContactKind.CHANNELS, r"(?:视频号)", NAME, ("视频号",)),
    (ContactKind.DOUYIN, r"(?:抖音号?|dy号)", ACCOUNT, ("抖音", "dy号")),
    (ContactKind.KUAISHOU, r"(?:快手号?|ks号)", ACCOUNT, ("快手", "ks号")),
    (ContactKind.XIAOHONGSHU, r"(?:小红书号?|xhs号?|小hs)", ACCOUNT, ("小红书", "xhs", "小hs")),
    (ContactKind.SHOP, r"(?:淘宝店铺?|闲鱼店铺?|闲鱼号|店铺名?|旺旺)", NAME, ("店", "闲鱼号", "旺旺")),
    (ContactKind.TELEGRAM, TELEGRAM, r"@?[a-z][a-z0-9_]{3,31}", ("tele", "电报", "飞机", "tg", "텔")),
    (ContactKind.WECHAT, rf"{WECHAT}(?:/?(?:qq|扣扣))?", ID, (*WEI, "v", "w", "加我")),
    (ContactKind.QQ, QQ, QQ_NUMBER, ("q", "扣", "企鹅", "球球", "叩叩")),
)


NAMED_BY_LABEL = frozenset(kind for kind, _, _, _ in LABELLED)


def _after(label: str, value: str) -> "re.Pattern[str]":
    return re.compile(rf"(?P<label>{label}){GAP}{SAY}{GAP}(?P<value>{value})(?![a-z0-9])")


MASKED = re.compile(r"[*＊×█■]{3}")
GAPS = 12  # characters that may stand between a label and its value
HANDLE = re.compile(r"[a-z0-9_.-]{4}|[0-9]{2} [0-9]{2}")  # what every value but a name holds
LONG = re.compile(r"[a-z0-9_-]{5}|[0-9]{2}[. ][0-9]{2}")  # what every ID and QQ number holds
HOLDS = {ID: LONG, QQ_NUMBER: LONG, NAME: None, OFFICIAL: None}
LABELS = tuple((kind, _after(label, value), needs, HOLDS.get(value, HANDLE)) for kind, label, value, needs in LABELLED)
ALIKE = {
    "微信": ContactKind.WECHAT,
    "小红书": ContactKind.XIAOHONGSHU,
    "抖音": ContactKind.DOUYIN,
    "电报": ContactKind.TELEGRAM,
}


@cache
def _sounding(word: str) -> tuple[tuple[str, "re.Pattern[str]"], ...]:
    """A label word as it sounds, before a value of its kind; each with the character that stays its own."""
    value = next(value for kind, _, value, _ in LABELLED if kind is ALIKE[word])
    return tuple((own, _after(spelt, value)) for own, spelt in spellings(word))


BEFORE = re.compile(
    rf"(?<![a-z0-9.])(?P<value>[0-9][0-9.]{{4,14}}[0-9]){GAP}(?:[{WEI[:14]}]信?|vx|v信|q微)(?![a-z0-9:])"
)
BEFORE_NEEDS = (*WEI[:14], "vx", "v信")
DOMAINS = ("com", "cn", "net", "top", "xyz", "cc", "vip", "me", "io", "ru", "co", "shop", "club", "info", "org")
URL = re.compile(
    r"(?:https?://|www\.)[a-z0-9._~:/?#@!$&'()*+,;=%-]+|(?<![a-z0-9@.-])(?:[a-z0-9-]{1,63}\.)+"
    rf"(?:{'|'.join(DOMAINS)})(?:/[a-z0-9._~/?#&=%-]*)?"
)
URL_NEEDS = ("://", "www.", *(f".{domain}" for domain in DOMAINS if domain != "com"))  # `.co` stands in `.com`
SHORT = re.compile(
    r"(?:t\.cn|dwz\.cn|url\.cn|suo\.im|bit\.ly|v\.douyin\.com|v\.kuaishou\.com|xhslink\.com|b23\.tv|m\.tb\.cn)/"
)
MAIL = re.compile(r"(?<![a-z0-9._%+-])[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+")
TG_LINK = re.compile(r"(?:t\.me|telegram\.me)/(?P<value>[a-z][a-z0-9_]{4,31})")
AT = re.compile(r"(?<![a-z0-9._%+-])(?P<all>@(?P<value>[a-z][a-z0-9_]{3,31}))(?![a-z0-9.@_])")
NUM = "0-9" + "".join(NUMERALS) + "o"
TEN = re.compile(rf"[{NUM}](?:[ .\-]?[{NUM}]){{9}}")  # every number below holds one
MOBILE = re.compile(
    rf"(?<![0-9a-z*])(?:\+?0{{0,2}}86[ -]?)?(?P<value>[1一壹幺][{NUM}](?:[ .\-]?[{NUM}]){{9}})(?![0-9*]|[a-z])"
)
LANDLINE = re.compile(
    r"(?<![0-9])(?P<value>0[1-9][0-9]{1,2}[- ]?[2-8][0-9]{6,7}(?:(?:转|-)[0-9]{1,5})?|[48]00[- ]?[0-9]{3}[- ]?[0-9]{4})(?![0-9])"
)
CARD = re.compile(r"(?<![0-9])(?P<value>[3-9][0-9]{3}(?:[ -]?[0-9]{4}){2,3}(?:[ -]?[0-9]{1,3})?)(?![0-9])")


def contacts(text: str | Folded) -> tuple[ContactMention, ...]:
    """All contacts of a text in order; where readings overlap the earlier kind of `_found` wins.

    >>> [(c.kind.value, c.value) for c in contacts("加薇：ab_cd1234 或拨打一三八零零一三八零零零")]
    [('wechat', 'ab_cd1234'), ('phone', '13800138000')]
    """
    folded = text if isinstance(text, Folded) else normalise(text)
    taken = bytearray(len(folded.text))
    out: list[ContactMention] = []
    for (kind, value, start, end), channel in _read(folded.text):
        if 1 in taken[start:end]:
            continue
        taken[start:end] = b"\1" * (end - start)
        first, last = folded.span(start, end)
        if kind in NAMED_BY_LABEL and MASKED.search(folded.original, max(0, first - GAPS), first):
            continue  # the handle is blacked out, and this is the next word
        surface = folded.original[first:last]
        disguises = (*(("folded",) if surface.lower() != value else ()), *channel)
        out.append(ContactMention(kind, value, first, last, surface, disguises))
    return tuple(sorted(out, key=lambda mention: (mention.start, mention.end)))


Reading = tuple[ContactKind, str, int, int]


def _read(text: str) -> Iterator[tuple[Reading, tuple[str, ...]]]:
    """Readings and the channel they took, if any; what is read plainly comes first and stands."""
    for reading in _found(text):
        yield reading, ()
    if HANDLE.search(text):
        for word, kind in ALIKE.items():
            if _any(tuple(word), text):
                for own, pattern in _sounding(word):
                    for reading in _labelled(text, kind, pattern) if own in text else ():
                        yield reading, ("homophone",)


def _found(text: str) -> Iterator[Reading]:
    """All readings. A pattern is asked only when the text holds what every match of it holds: most texts hold little."""
    yield from _links(text)
    held = [None, *(value for value in (HANDLE, LONG) if value.search(text))]
    for kind, pattern, needs, holds in LABELS:
        if holds in held and _any(needs, text):
            yield from _labelled(text, kind, pattern)
    if HANDLE in held and _any(BEFORE_NEEDS, text):
        for match in BEFORE.finditer(text):
            yield ContactKind.WECHAT, match["value"].replace(".", ""), *match.span("value")
    if TEN.search(text):
        yield from _numbers(text)


def _any(needs: tuple[str, ...], text: str) -> bool:
    for need in needs:  # noqa: SIM110 -- most of the time of contacts is spent here, and a loop takes half of a generator's
        if need in text:
            return True
    return False


def _labelled(text: str, kind: ContactKind, pattern: "re.Pattern[str]") -> Iterator[Reading]:
    for match in pattern.finditer(text):
        value = match["value"].lstrip("@")
        if kind is ContactKind.WECHAT and value[0].isdigit():
            value = re.sub(r"[._ -]", "", value) if re.fullmatch(r"[0-9._ -]+", value) else value
        if _plausible(kind, value):
            yield kind, value, *match.span("value")


def _links(text: str) -> Iterator[Reading]:
    if "@" in text:
        for match in MAIL.finditer(text):
            yield ContactKind.EMAIL, match.group(), *match.span()
    if ".me/" in text:
        for match in TG_LINK.finditer(text):
            yield ContactKind.TELEGRAM, match["value"], *match.span("value")
    if ("." in text or "://" in text) and _any(URL_NEEDS, text):
        for match in URL.finditer(text):
            link = match.group().rstrip(".,;:!?)'")
            kind = ContactKind.SHORT_LINK if SHORT.search(link) else ContactKind.URL
            yield kind, link, match.start(), match.start() + len(link)
    if "@" in text:
        for match in AT.finditer(text):
            yield ContactKind.TELEGRAM, match["value"], *match.span("all")


def _numbers(text: str) -> Iterator[Reading]:
    for match in MOBILE.finditer(text):
        digits = re.sub(r"[ .\-]", "", match["value"]).translate(_DIGITS)
        if re.fullmatch(r"1[3-9]\d{9}", digits):
            yield ContactKind.PHONE, digits, *match.span("value")
    for match in LANDLINE.finditer(text):
        digits = re.sub(r"[ \-]", "", match["value"].split("转")[0])
        tail = "#" + match["value"].split("转")[1] if "转" in match["value"] else ""
        yield ContactKind.PHONE, digits + tail, *match.span("value")
    for match in CARD.finditer(text):
        digits = re.sub(r"[ \-]", "", match["value"])
        if 14 <= len(digits) <= 19 and luhn(digits):
            yield ContactKind.BANK_CARD, digits, *match.span("value")


_DIGITS = str.maketrans({**NUMERALS, "o": "0"})
_COMMON = frozenset({"weixin", "wechat", "telegram", "https", "http"})


def _plausible(kind: ContactKind, value: str) -> bool:
    """A handle is not a word of the label itself; a WeChat id of digits alone is a QQ or phone number in use as one."""
    masked = len(set(value)) == 1  # xxxxxx
    return (
        value not in _COMMON
        and not masked
        and not (kind is ContactKind.WECHAT and value.isdigit() and not 5 <= len(value) <= 12)
    )
