"""Canonical bytes of what is sealed: RFC 8785 JSON of ints, strings, lists, objects and null; one value, one encoding.

Floats are refused, for two programs may print one number two ways; booleans too, for 1 and true must not both mean yes.
Lone surrogates are refused because they have no UTF-8, deep nesting because readers run out of stack at different depths.
"""

import json
from typing import Any

import rfc8785

MAX_INT = 2**53 - 1  # RFC 8785 section 3.2.2.3: integers beyond this lose digits elsewhere
MAX_DEPTH = 64
PLAIN = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False)


def canonical(value: Any) -> bytes:
    """Canonical UTF-8 bytes; TypeError names what may not be sealed."""
    if _is_plain(value, MAX_DEPTH):
        try:
            return PLAIN.encode(value).encode()
        except UnicodeEncodeError:  # a lone surrogate, whose place is told below
            pass
    _check(value, "$", MAX_DEPTH)
    return rfc8785.dumps(value)


def parse(data: bytes) -> dict[str, Any]:
    """The object behind canonical bytes; ValueError when these are not the canonical bytes of an object."""
    try:
        value = json.loads(data)
        same = isinstance(value, dict) and canonical(value) == data
    except (ValueError, TypeError, RecursionError):
        same = False
    if not same:
        raise ValueError("not the canonical form of an object")
    found: dict[str, Any] = value
    return found


def _is_plain(value: Any, depth: int) -> bool:
    """Whether Python's own encoder, ten times as fast, writes the canonical form: keys of ASCII sort the same in UTF-16."""
    kind = type(value)
    if depth == 0:
        return False
    if kind is dict:
        return all(type(key) is str and key.isascii() and _is_plain(one, depth - 1) for key, one in value.items())
    if kind is list:
        return all(_is_plain(one, depth - 1) for one in value)
    return kind is str or value is None or (kind is int and -MAX_INT <= value <= MAX_INT)


def _check(value: Any, where: str, depth: int) -> None:
    if depth == 0:
        raise TypeError(f"{where}: nested more than {MAX_DEPTH} deep")
    if value is None:
        return
    if isinstance(value, str):
        _check_text(value, where)
    elif isinstance(value, int) and not isinstance(value, bool):
        _check_int(value, where)
    elif isinstance(value, list | tuple):
        for position, one in enumerate(value):
            _check(one, f"{where}[{position}]", depth - 1)
    elif isinstance(value, dict):
        for key, one in value.items():
            if not isinstance(key, str):
                raise TypeError(f"{where}: keys are strings, not {type(key).__name__}")
            _check_text(key, where)
            _check(one, f"{where}.{key}", depth - 1)
    else:
        raise TypeError(f"{where}: {type(value).__name__} cannot be sealed; use an int or a string")


def _check_text(value: str, where: str) -> None:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise TypeError(f"{where}: a lone surrogate cannot be sealed") from None


def _check_int(value: int, where: str) -> None:
    if abs(value) > MAX_INT:
        raise TypeError(f"{where}: {value} is too large to be sealed as a number; use a string")
