"""The slow, sure twin of folding: the rules as regular expressions, one sentence each, applied until nothing changes."""

import re
from array import array
from collections.abc import Callable
from functools import cache

from mingcha.text.tables import CONTACT_WORDS, FINAL_IN_CONTACTS, MARKS, NOISE, NUMERALS, RADICALS, RUN, fold_table

Spans = "array[int]"
Rule = tuple["re.Pattern[str]", Callable[["re.Match[str]"], str]]
HAN = "\u3400-\u9fff"
DIGITS = "".join(NUMERALS) + "0-9"


def slow_fold(text: str) -> tuple[str, list[int], list[int]]:
    """The folded text and the start and end of each of its characters in the original."""
    starts, ends = array("I", range(len(text))), array("I", range(1, len(text) + 1))
    while True:
        before = text
        for pattern, replace in _rules():
            text, starts, ends = _edit(text, starts, ends, pattern, replace)
        if text == before:
            return text, starts.tolist(), ends.tolist()


def _edit(
    text: str,
    starts: "array[int]",
    ends: "array[int]",
    pattern: "re.Pattern[str]",
    replace: Callable[["re.Match[str]"], str],
) -> tuple[str, "array[int]", "array[int]"]:
    """Replace each match; a replacement of equal length keeps spans one to one, any other takes the whole match's span."""
    parts: list[str] = []
    new_starts, new_ends = array("I"), array("I")
    done = 0
    for match in pattern.finditer(text):
        at, stop, new = match.start(), match.end(), replace(match)
        if new == match.group():
            continue
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
    parts.append(text[done:])
    return "".join(parts), new_starts + starts[done:], new_ends + ends[done:]


@cache
def _rules() -> tuple[Rule, ...]:
    """The rules in order; each is one sentence."""
    fold = fold_table().fold
    digits = str.maketrans(NUMERALS)
    return (
        (re.compile(f"[{_escaped(frozenset(fold))}]"), lambda m: fold[m.group()]),
        (re.compile(r"\A\s+|\s+\Z"), lambda _: ""),
        (re.compile(r"\s*\n\s*|[^\S\n]+"), lambda m: "\n" if "\n" in m.group() else " "),
        (re.compile(f"([{_escaped(MARKS)}])\\1+"), lambda m: m.group(1)),
        (re.compile(f"(?<=[{HAN}])[{_escaped(NOISE)}]{{1,3}}(?=[{HAN}])"), lambda _: ""),
        (re.compile(f"[{RADICALS}][{HAN}]"), lambda m: fold_table().joins.get(m.group(), m.group())),
        (
            re.compile(f"(?:{'|'.join(CONTACT_WORDS)})[^{_escaped(FINAL_IN_CONTACTS)}{DIGITS}]{{0,4}}[{DIGITS}]{{2,}}"),
            lambda m: m.group().translate(digits),
        ),
        (re.compile(f"[{DIGITS}](?:[- ]?[{DIGITS}]){{{RUN - 1},}}"), lambda m: m.group().translate(digits)),
    )


def _escaped(chars: frozenset[str]) -> str:
    return "".join(re.escape(c) for c in sorted(chars))
