"""Fold a text's disguises away and keep, for every folded character, where it stood: same text in, same fold out, always.

Folding only ever uses what is certain in context. Numerals change in runs of four or more or beside a contact word, split
characters join only from radicals that are no words; everything bolder is a matching channel. Nothing joins across a
sentence-final mark. Folding a folded text changes nothing.
"""

import re
from array import array
from collections.abc import Callable, Iterator
from functools import cache
from typing import TypeAlias

from mingcha.model.text import Folded
from mingcha.text.tables import MARKS, NOISE, NUMERALS, RADICALS, fold_table

FOLD_SCHEME = "fold@2026-11-24"
RUN = 4  # numerals in a row that are digits for certain

CONTACT_WORDS = (
    "微信",
    "薇信",
    "威信",
    "扣扣",
    "电话",
    "手机",
    "号码",
    "热线",
    "qq",
    "vx",
    "wx",
    "v信",
    "加微",
    "加v",
    "微号",
    "扣号",
)

Spans: TypeAlias = "array[int]"
Rule: TypeAlias = tuple["re.Pattern[str]", Callable[["re.Match[str]"], str]]


def normalise(text: str) -> Folded:
    """Fold a text. Linear in its length; offsets always lie inside the original.

    >>> folded = normalise("加 薇❤信：ＡＢ１２３")
    >>> folded.text
    '加薇信:ab123'
    >>> folded.passage(1, 3).quote
    '薇❤信'
    """
    table = fold_table()
    plain = text.translate(table.one)
    whole = array("I", range(len(text) + 1))
    state = plain, whole[:-1], whole[1:]
    if _touched().search(plain):
        state = _until_still(*state)
    return Folded(text, *state, FOLD_SCHEME)


def touched(text: str) -> bool:
    """Whether folding this text takes more than the one-to-one table."""
    return _touched().search(text.translate(fold_table().one)) is not None


def _until_still(text: str, starts: Spans, ends: Spans) -> tuple[str, Spans, Spans]:
    """Apply the rules until none changes anything; each shortens the text or turns characters once, so this ends."""
    while True:
        before = text
        for pattern, replace in _rules():
            text, starts, ends = _edit(text, starts, ends, pattern, replace)
        if text == before:
            return text, starts, ends


def _edit(
    text: str, starts: Spans, ends: Spans, pattern: "re.Pattern[str]", replace: Callable[["re.Match[str]"], str]
) -> tuple[str, Spans, Spans]:
    """Replace each match; a replacement of equal length keeps spans one to one, any other takes the whole match's span."""
    parts: list[str] = []
    new_starts, new_ends = array("I"), array("I")
    done = 0
    for at, stop, new in _changes(text, pattern, replace):
        parts += (text[done:at], new)
        new_starts += starts[done:at]
        new_ends += ends[done:at]
        if len(new) == stop - at:
            new_starts += starts[at:stop]
            new_ends += ends[at:stop]
        elif new:
            new_starts += array("I", [starts[at]]) * len(new)
            new_ends += array("I", [max(ends[at:stop])]) * len(new)
        done = stop
    if not parts:
        return text, starts, ends
    parts.append(text[done:])
    return "".join(parts), new_starts + starts[done:], new_ends + ends[done:]


def _changes(
    text: str, pattern: "re.Pattern[str]", replace: Callable[["re.Match[str]"], str]
) -> Iterator[tuple[int, int, str]]:
    for match in pattern.finditer(text):
        new = replace(match)
        if new != match.group():
            yield match.start(), match.end(), new


@cache
def _rules() -> tuple[Rule, ...]:
    """The rules in order; each is one sentence."""
    table = fold_table()
    many = "".join(re.escape(c) for c in table.fold if ord(c) not in table.one)
    return (
        (re.compile(f"[{many}]"), lambda m: table.fold[m.group()]),
        (re.compile(r"\A\s+|\s+\Z"), lambda _: ""),
        (re.compile(r"\s*\n\s*|[^\S\n]+"), lambda m: "\n" if "\n" in m.group() else " "),
        (re.compile(f"([{_escaped(MARKS)}])\\1+"), lambda m: m.group(1)),
        (re.compile(f"(?<=[{HAN}])[{_escaped(NOISE)}]{{1,3}}(?=[{HAN}])"), lambda _: ""),
        (re.compile(f"[{RADICALS}][{HAN}]"), lambda m: table.joins.get(m.group(), m.group())),
        (re.compile(f"(?:{'|'.join(CONTACT_WORDS)})[^。!?\n{DIGITS}]{{0,4}}[{DIGITS}]{{2,}}"), _digits),
        (re.compile(f"[{DIGITS}](?:[- ]?[{DIGITS}]){{{RUN - 1},}}"), _digits),
    )


HAN = "\u3400-\u9fff"
DIGITS = "".join(NUMERALS) + "0-9"
_TO_DIGITS = str.maketrans(NUMERALS)


def _digits(match: "re.Match[str]") -> str:
    return match.group().translate(_TO_DIGITS)


def _escaped(chars: frozenset[str]) -> str:
    return "".join(re.escape(c) for c in sorted(chars))


@cache
def _touched() -> "re.Pattern[str]":
    """Whether any rule could change a text: one search instead of eight."""
    table = fold_table()
    many = "".join(re.escape(c) for c in table.fold if ord(c) not in table.one)
    numerals = "".join(NUMERALS)
    return re.compile(
        f"[{many}\t\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029\u3000]|[ \n][ \n]|\\A[ \n]|[ \n]\\Z|([{_escaped(MARKS)}])\\1"
        f"|[{HAN}][{_escaped(NOISE)}]{{1,3}}[{HAN}]|[{RADICALS}]"
        f"|[{numerals}][ -]?[{DIGITS}]|[{DIGITS}][ -]?[{numerals}]"
    )
