"""One canonical form for each kind of personal value, so that equal values give equal tokens; and masking of such values.

Canonicalising is idempotent; a value that is not of its kind is an InputError that says what was expected.
"""

import re
from collections.abc import Iterable

from mingcha.errors import InputError
from mingcha.model.record import Personal
from mingcha.model.text import Folded
from mingcha.model.words import Words
from mingcha.text.companies import company_key
from mingcha.text.normalise import normalise
from mingcha.text.tables import NUMERALS

DIGITS = str.maketrans({**NUMERALS, "O": "0", "o": "0"})
MOBILE = re.compile(r"1[3-9]\d{9}")
LANDLINE = re.compile(r"0\d{9,11}")
SERVICE = re.compile(r"(?:[48]00\d{7}|9\d{4,7}|1[012]\d{3,6}|12\d{3})")
EXTENSION = re.compile(r"(?:转|分机|ext\.?|x|#)\s*(\d{1,6})$", re.IGNORECASE)
ID18 = re.compile(r"[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]")
ID15 = re.compile(r"[1-9]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}")


def canonical(personal: Personal, value: str) -> str:  # noqa: PLR0911 -- one line a kind of value
    """The canonical form of a value. Phones: digits, `#extension`; handles lower case without @."""
    if personal is Personal.PHONE and value.isascii() and MOBILE.fullmatch(value):
        return value  # as nearly all of them are written
    text = normalise(value).text
    match personal:
        case Personal.PHONE:
            return _phone(value, text)
        case Personal.ID_NUMBER:
            return _id_number(value, text)
        case Personal.CARD:
            return _card(value, text)
        case Personal.NAME:
            return re.sub(r"[\s·.]", "", text)
        case Personal.ADDRESS:
            return re.sub(r"[\s,，.。;；、()（）-]", "", text)
        case Personal.HANDLE:
            return re.sub(r"\s", "", text).lstrip("@")
        case Personal.COMPANY:
            return company_key(value)
        case _:
            return text.strip()


def _phone(value: str, text: str) -> str:
    extension = EXTENSION.search(text)
    tail = f"#{extension[1]}" if extension else ""
    digits = re.sub(r"[\s()（）.+\-_]", "", text[: extension.start()] if extension else text).translate(DIGITS)
    for prefix in ("0086", "86"):
        if digits.startswith(prefix) and MOBILE.fullmatch(digits[len(prefix) :]):
            digits = digits[len(prefix) :]
    if not any(form.fullmatch(digits) for form in (MOBILE, LANDLINE, SERVICE)):
        raise InputError(
            where="phone",
            found=value,
            expected=Words("手机号、带区号的固定电话或服务号码", "a mobile, landline with area code or service number"),
        )
    return digits + tail


def _id_number(value: str, text: str) -> str:
    number = re.sub(r"\s", "", text).upper()
    if not (ID15.fullmatch(number) or (ID18.fullmatch(number) and id_check(number))):
        raise InputError(
            where="ID number",
            found=value,
            expected=Words("15 位数字，或校验位正确的 18 位", "15 digits, or 18 with a right check character"),
        )
    return number


def _card(value: str, text: str) -> str:
    number = re.sub(r"[\s-]", "", text)
    if not (re.fullmatch(r"\d{12,19}", number) and luhn(number)):
        raise InputError(
            where="card",
            found=value,
            expected=Words("校验位正确的 12 至 19 位数字", "12 to 19 digits with a right check digit"),
        )
    return number


def id_check(number: str) -> bool:
    """The check character of an 18-character ID number (GB 11643, ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(number[:17]))
    return "10X98765432"[total % 11] == number[17]


def luhn(number: str) -> bool:
    """The check digit of a card number (ISO/IEC 7812-1)."""
    doubled = (int(d) * (2 if place % 2 else 1) for place, d in enumerate(reversed(number)))
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


SENSITIVE = re.compile(
    r"(?<![0-9a-z])(?:(?P<id>[1-9]\d{16}[\dx]|[1-9]\d{14})|(?P<mobile>(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2})"
    r"|(?P<landline>0\d{2,3}[- ]\d{7,8})|(?P<card>\d{4}(?:[- ]?\d{4}){2}[- ]?\d{1,7}))(?![0-9a-z])"
    r"|(?P<mail>(?<![a-z0-9._%+-])[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+)",
    re.IGNORECASE,
)

PLAUSIBLE = re.compile(r"@|\d(?:[- ]?\d){9}")  # every match of SENSITIVE holds one


def personal_spans(text: str | Folded) -> tuple[tuple[int, int, Personal], ...]:
    """Checksummed or formatted personal data in a text, as spans of the text: IDs, phones, cards, e-mail addresses."""
    folded = text if isinstance(text, Folded) else normalise(text)
    out: list[tuple[int, int, Personal]] = []
    if not PLAUSIBLE.search(folded.text):
        return ()
    for match in SENSITIVE.finditer(folded.text):
        kind = _sensitive(match)
        if kind is not None:
            out.append((*folded.span(*match.span()), kind))
    return tuple(out)


def _sensitive(match: "re.Match[str]") -> Personal | None:
    digits = re.sub(r"\D", "", match.group())
    if match["mail"]:
        return Personal.HANDLE
    if match["mobile"] or match["landline"]:
        return Personal.PHONE
    if match["id"]:
        number = match["id"].upper()
        is_id = (len(number) == 18 and bool(ID18.fullmatch(number)) and id_check(number)) or bool(
            ID15.fullmatch(number)
        )
        return Personal.ID_NUMBER if is_id else (Personal.CARD if len(digits) > 15 and luhn(digits) else None)
    return Personal.CARD if luhn(digits) else None


def mask(personal: Personal, value: str) -> str:
    """A value shown without giving it away, as long as it is: 138****8000, 王**, 6222***********1234."""
    size = len(value)
    if personal is Personal.NAME:
        head, tail = min(1, size - 1), 0
    elif personal is Personal.ADDRESS:
        head, tail = min(6, size // 3), 0
    else:
        head, tail = (3, 4) if personal is Personal.PHONE else (4, 4)
        if size < head + tail + 4:
            head, tail = min(1, size - 1), 0
    return value[:head] + "*" * (size - head - tail) + value[size - tail :]


def redact(text: str, spans: Iterable[tuple[int, int, Personal]]) -> str:
    """The text with each span masked, every character in its place; overlapping spans are masked as one."""
    out: list[str] = []
    done = 0
    for start, end, personal in _merged(spans):
        out += (text[done:start], mask(personal, text[start:end]))
        done = end
    return "".join(out) + text[done:]


def _merged(spans: Iterable[tuple[int, int, Personal]]) -> list[tuple[int, int, Personal]]:
    out: list[tuple[int, int, Personal]] = []
    for start, end, personal in sorted(spans):
        if out and start < out[-1][1]:
            first, last, kind = out[-1]
            out[-1] = first, max(last, end), kind
        else:
            out.append((start, end, personal))
    return out
