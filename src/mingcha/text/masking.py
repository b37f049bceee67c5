"""Personal data in free text, masked character for character, so that every span of the original stays right.

Certain: values with a checksum or a fixed form, and values the record itself holds, also when spaced or disguised. Best
effort: handles, names after the words that introduce them, addresses with a number in them; `bench/masking_recall.py`
measures how much of that is found.
"""

import re
from collections.abc import Iterable, Iterator

from mingcha.model.record import Personal
from mingcha.model.text import ContactKind, Folded
from mingcha.text.canonical import personal_spans, redact
from mingcha.text.contacts import contacts
from mingcha.text.normalise import normalise

Own = tuple[str, Personal]  # a value the record holds, in clear, and its kind
Found = tuple[int, int, Personal]

SHORTEST_OWN = 2
APART = frozenset(" \t\n\r\u3000·.,，、_-")  # may stand between the characters of a value that was spread out
HAN = "\u3400-\u9fff"
# Surnames that are no everyday words; after words that only ever introduce a name, any character may be one.
SURNAME = (
    "王李张刘陈杨黄赵吴周徐孙朱胡郭何罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余杜叶程魏苏吕丁沈姚卢姜崔钟谭陆汪范石廖贾韦付邹孟熊秦邱江尹薛"
    "闫段雷侯龙史陶黎贺顾毛郝龚邵覃武莫向汤尤柯褚卫华戚窦章鲁昌马俞樊"
)
GIVEN = rf"[{HAN}]{{1,2}}"
NAMES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:(?:我叫|名叫|叫做|我的名字[是叫])[: ]?|(?:姓名|户名|联系人|收件人)[:是为])(?P<name>[{HAN}]{GIVEN})",
        rf"(?:本人|投诉人|举报人|申请人|委托人|借款人|当事人|持卡人|爱人|丈夫|妻子|父亲|母亲|同事|朋友|催收员)[: ]?(?P<name>[{SURNAME}]{GIVEN})(?![路街市省])",
        rf"(?:受|协助|代替|代表)(?P<name>[{SURNAME}][{HAN}]{{1,2}}?)(?=委托|反映|投诉|提出|维权)",
        rf"(?P<name>[{SURNAME}][{HAN}]{{0,2}}?(?:先生|女士|小姐|律师|经理|主任|师傅|老师))",
    )
)
PLACE = re.compile(
    r"(?:大道|路|街|巷|弄|胡同|村|小区|花园|大厦|公寓|宿舍|院)"
    r"[^\W\d_]{0,4}[0-9]{1,5}(?:号|栋|幢|座|楼|单元|室|层)(?:[0-9a-z]{0,5}(?:号|院|栋|幢|座|楼|单元|室|层)){0,4}"
)
BEFORE_PLACE = re.compile(rf"[{HAN}0-9]{{1,20}}\Z")
NOT_OF_PLACE = re.compile(r".*(?:家住|住在|位于|地址|寄到|寄至|邮寄|住|在|到|是)")
ADDRESS = re.compile(r"(?:地址|住址|家住|住在|寄到|寄至)[:是为 ]{0,2}(?P<place>[^,。;!?\n]{4,40})")
HANDLES = {
    ContactKind.PHONE: Personal.PHONE,
    ContactKind.BANK_CARD: Personal.CARD,
    ContactKind.EMAIL: Personal.HANDLE,
    ContactKind.WECHAT: Personal.HANDLE,
    ContactKind.QQ: Personal.HANDLE,
    ContactKind.TELEGRAM: Personal.HANDLE,
}


def masked(text: str | Folded, own: Iterable[Own] = ()) -> str:
    """The text with personal data masked; as long as it was, and each character is the same or a `*`."""
    folded = text if isinstance(text, Folded) else normalise(text)
    spans = [*_certain(folded, own), *_handles(folded)]
    spans += [(*folded.span(start, end), kind) for start, end, kind in (*_names(folded.text), *_places(folded.text))]
    return redact(folded.original, spans)


def masked_for_certain(folded: Folded, own: Iterable[Own]) -> str:
    """The same without best effort: a third of the time, for whatever is done to every row of a file."""
    return redact(folded.original, _certain(folded, own))


def _certain(folded: Folded, own: Iterable[Own]) -> list[Found]:
    return [*personal_spans(folded), *_own(folded, own)]


def _own(folded: Folded, own: Iterable[Own]) -> Iterator[Found]:
    """Each place where a value stands, read past whatever was put between its characters."""
    places = [at for at, character in enumerate(folded.text) if character not in APART]
    text = "".join(folded.text[at] for at in places)
    for value, kind in own:
        needle = "".join(character for character in normalise(value).text if character not in APART)
        at = text.find(needle) if len(needle) >= SHORTEST_OWN else -1
        while at >= 0:
            end = at + len(needle)
            yield (*folded.span(places[at], places[end - 1] + 1), kind)
            at = text.find(needle, end)


def _handles(folded: Folded) -> Iterator[Found]:
    for mention in contacts(folded):
        if mention.kind in HANDLES:
            yield mention.start, mention.end, HANDLES[mention.kind]


def _names(text: str) -> Iterator[Found]:
    for pattern in NAMES:
        for match in pattern.finditer(text):
            yield (*match.span("name"), Personal.NAME)


def _places(text: str) -> Iterator[Found]:
    for match in PLACE.finditer(text):
        before = BEFORE_PLACE.search(text, max(0, match.start() - 20), match.start())
        start = before.start() if before else match.start()
        lead = NOT_OF_PLACE.match(text, start, match.start())
        yield lead.end() if lead else start, match.end(), Personal.ADDRESS
    for match in ADDRESS.finditer(text):
        yield (*match.span("place"), Personal.ADDRESS)
