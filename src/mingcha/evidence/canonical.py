"""Canonical bytes of what is sealed: RFC 8785 JSON of ints, strings, lists, objects and null; one value, one encoding.

Floats are refused, for two programs may print one number two ways; booleans too, for 1 and true must not both mean yes.
"""

import json
from typing import Any

import rfc8785

MAX_INT = 2**53 - 1  # RFC 8785 section 3.2.2.3: integers beyond this lose digits elsewhere


def canonical(value: Any) -> bytes:
    """Canonical UTF-8 bytes; TypeError names what may not be sealed."""
    _check(value, "$")
    return rfc8785.dumps(value)


def parse(data: bytes) -> dict[str, Any]:
    """The object behind canonical bytes."""
    value: dict[str, Any] = json.loads(data)
    return value


def _check(value: Any, where: str) -> None:
    if value is None or isinstance(value, str):
        return
    if isinstance(value, bool | float):
        raise TypeError(f"{where}: {type(value).__name__} cannot be sealed; use an int or a string")
    if isinstance(value, int):
        if abs(value) > MAX_INT:
            raise TypeError(f"{where}: {value} is too large to be sealed as a number; use a string")
        return
    if isinstance(value, list | tuple):
        for position, one in enumerate(value):
            _check(one, f"{where}[{position}]")
        return
    if isinstance(value, dict):
        for key, one in value.items():
            if not isinstance(key, str):
                raise TypeError(f"{where}: keys are strings, not {type(key).__name__}")
            _check(one, f"{where}.{key}")
        return
    raise TypeError(f"{where}: {type(value).__name__} cannot be sealed")
