"""Frozen values to plain data and back, exactly: what is stored is canonical JSON, and reading it gives equal values.

Only what the model is made of is supported: dataclasses, enums, tuples, frozen sets, unions, dates, aware times, strings,
ints, bools, and `Folded`, which is kept as its original text and folded again when read. Floats are refused.
"""

import json
import types
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

from mingcha.model.text import Folded
from mingcha.text.normalise import normalise

T = TypeVar("T")
Convert = Callable[[Any], Any]


def dumps(value: Any) -> bytes:
    """Canonical JSON of a model value: sorted keys, no spaces, UTF-8."""
    return canonical(_writer(_form(type(value)))(value))


def canonical(plain: Any) -> bytes:
    """Canonical JSON of plain data (ints, strings, bools, lists, dicts with string keys; no type of the model holds floats)."""
    try:
        return _ENCODER.encode(plain)
    except UnicodeEncodeError:  # a lone surrogate: only the standard library writes it
        return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
            "utf-8", "surrogatepass"
        )


_ENCODER = msgspec.json.Encoder(order="sorted")


def read_json(data: bytes) -> Any:
    """Plain data from canonical JSON."""
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return json.loads(data.decode("utf-8", "surrogatepass"))


def loads(type_: type[T], data: bytes) -> T:
    """The value that `dumps` wrote."""
    value: T = _reader(_form(type_))(read_json(data))
    return value


def to_plain(value: Any) -> Any:
    """Plain data of a model value."""
    return _writer(_form(type(value)))(value)


def from_plain(type_: type[T], plain: Any) -> T:
    """The inverse of `to_plain` for a known type."""
    value: T = _reader(_form(type_))(plain)
    return value


def _form(type_: Any) -> Any:
    """A type as a key of the caches (type checkers doubt that types are hashable)."""
    return type_


def _same(value: Any) -> Any:
    return value


@cache
def _writer(hint: Any) -> Convert:  # noqa: PLR0911 -- one line a form of type
    if hint is Folded:
        return lambda value: value.original
    if is_dataclass(hint):
        return _dataclass_writer(hint)
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _union_writer(args)
    if origin is tuple:
        return _tuple_writer(args)
    if origin is frozenset:
        item = _writer(args[0])
        return lambda value: sorted(item(one) for one in value)
    if hint in (date, datetime):
        return lambda value: value.isoformat()
    if isinstance(hint, type) and issubclass(hint, Enum):
        return lambda value: value.value
    if hint in (str, int, bool):
        return _same
    raise TypeError(f"no canonical form for {hint!r}")


def _dataclass_writer(cls: Any) -> Convert:
    hints = get_type_hints(cls)
    parts = tuple((f.name, _writer(hints[f.name]), f.default) for f in fields(cls))

    def write(value: Any) -> Any:
        out = {}
        for name, convert, default in parts:
            one = getattr(value, name)
            if one is default or (default is not None and default is not MISSING and one == default):
                continue
            out[name] = one if one is None or convert is _same else convert(one)
        return out

    return write


def _union_writer(args: tuple[Any, ...]) -> Convert:
    by_type = {get_origin(arg) or arg: _writer(arg) for arg in args if arg is not type(None)}
    tagged = sum(1 for arg in by_type if is_dataclass(arg)) > 1

    def write(value: Any) -> Any:
        if value is None:
            return None
        plain = by_type[type(value)](value)
        return {"is": type(value).__name__, **plain} if tagged else plain

    return write


def _tuple_writer(args: tuple[Any, ...]) -> Convert:
    if len(args) == 2 and args[1] is Ellipsis:
        item = _writer(args[0])
        return lambda value: [item(one) for one in value]
    items = tuple(_writer(arg) for arg in args)
    return lambda value: [convert(one) for convert, one in zip(items, value, strict=True)]


@cache
def _reader(hint: Any) -> Convert:  # noqa: PLR0911 -- one line a form of type
    if hint is Folded:
        return normalise
    if is_dataclass(hint):
        return _dataclass_reader(hint)
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _union_reader(args)
    if origin is tuple:
        return _tuple_reader(args)
    if origin is frozenset:
        item = _reader(args[0])
        return lambda plain: frozenset(item(one) for one in plain)
    if hint is datetime:
        return datetime.fromisoformat
    if hint is date:
        return date.fromisoformat
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    if hint in (str, int, bool):
        return _same
    raise TypeError(f"no canonical form for {hint!r}")


def _dataclass_reader(cls: Any) -> Convert:
    hints = get_type_hints(cls)
    readers = {f.name: _reader(hints[f.name]) for f in fields(cls)}

    def read(plain: Any) -> Any:
        given = {}
        for name, one in plain.items():
            if name != "is":
                convert = readers[name]
                given[name] = one if one is None or convert is _same else convert(one)
        return cls(**given)

    return read


def _union_reader(args: tuple[Any, ...]) -> Convert:
    real = [arg for arg in args if arg is not type(None)]
    classes = {getattr(arg, "__name__", ""): _reader(_form(arg)) for arg in real if is_dataclass(arg)}
    if len(classes) > 1:
        return lambda plain: None if plain is None else classes[plain["is"]](plain)
    if len(real) == 1:
        only = _reader(real[0])
        return lambda plain: None if plain is None else only(plain)
    if all(arg in (str, int, bool) for arg in real):
        return _same
    raise TypeError(f"a union of {real!r} cannot be told apart when read")


def _tuple_reader(args: tuple[Any, ...]) -> Convert:
    if len(args) == 2 and args[1] is Ellipsis:
        item = _reader(args[0])
        return lambda plain: tuple(item(one) for one in plain)
    items = tuple(_reader(arg) for arg in args)
    return lambda plain: tuple(convert(one) for convert, one in zip(items, plain, strict=True))
