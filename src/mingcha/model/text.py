"""Text as it was written and as it reads once disguises are folded away; every folded character knows its origin.

Spans are half-open and count code points of the original field value.
"""

from array import array
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Folded:
    """A text and its folded form. Folded character `i` came from `original[starts[i]:ends[i]]`."""

    original: str
    text: str
    starts: "array[int]"
    ends: "array[int]"
    scheme: str

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that folded characters `start:end` came from (empty spans stay empty)."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else len(self.original)
            return at, at
        return self.starts[start], max(self.ends[start:end])

    def passage(self, start: int, end: int, field: str = "text") -> "Passage":
        """The passage of the original behind folded characters `start:end`."""
        first, last = self.span(start, end)
        return Passage(field=field, start=first, end=last, quote=self.original[first:last])


@dataclass(frozen=True, slots=True)
class Passage:
    """A quoted stretch of one field of one record, half-open code points of the original."""

    field: str
    start: int
    end: int
    quote: str


class ContactKind(StrEnum):
    """Ways to reach somebody. The codes are stable and public."""

    PHONE = "phone"
    WECHAT = "wechat"
    QQ = "qq"
    TELEGRAM = "telegram"
    EMAIL = "email"
    URL = "url"
    SHORT_LINK = "short_link"
    OFFICIAL_ACCOUNT = "wechat_official"
    WECOM = "wecom"
    CHANNELS = "wechat_channels"
    DOUYIN = "douyin"
    KUAISHOU = "kuaishou"
    XIAOHONGSHU = "xiaohongshu"
    SHOP = "shop"
    BANK_CARD = "bank_card"


@dataclass(frozen=True, slots=True)
class ContactMention:
    """A contact found in a text: a mention, not yet a fact about anyone."""

    kind: ContactKind
    value: str
    start: int
    end: int
    surface: str
    disguises: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TermHit:
    """A term of the lexicon found in a text; `neutral` terms never weigh anything."""

    term: str
    codes: tuple[str, ...]
    start: int
    end: int
    surface: str
    neutral: bool
    synthetic: bool
    channel: str = "main"
