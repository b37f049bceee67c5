"""A record as the house keeps it: original bytes, clear values and keyed values in one ciphertext.

The keyed value of a record is the same dataclass with personal fields replaced by keyed tokens and its id by its keyed
record id. Only keyed values reach the pure rooms; free text alone stays readable, because reading it is the job.
"""

from base64 import b64decode, b64encode
from dataclasses import dataclass, replace
from typing import Any

from mingcha.actions.codec import canonical, from_plain, read_json, to_plain
from mingcha.actions.ports.keys import Keys
from mingcha.errors import InputError, KeyTrouble
from mingcha.evidence.commitment import opens
from mingcha.model.kinds import BY_CODE
from mingcha.model.party import NO_ONE
from mingcha.model.record import Column, Kind, Personal, Type
from mingcha.model.stored import Envelope, StoredRecord
from mingcha.text.canonical import canonical as canonical_form

RELATION_PREFIX = "X"  # household, employer, merchant: named, but not records of their own


@dataclass(frozen=True, slots=True)
class Kept:
    """One record read back: as it came, in clear, and keyed."""

    raw: bytes
    clear: Any
    keyed: Any
    warnings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Sealed:
    """What keeping a record yields: the ciphertext, its tokens, and the commitment the chain seals."""

    envelope: Envelope
    keyed: Any
    tokens: tuple[tuple[str, str], ...]
    commitment: str
    row_digest: str


def record_id(keys: Keys, kind: Kind, namespace: str, source_id: str) -> str:
    """The keyed id of a record of this kind; equal to the token of every reference to it."""
    return keys.record_id(kind.prefix, kind.code, namespace, source_id)


def seal_record(  # noqa: PLR0913 -- what makes up one kept record
    keys: Keys, kind: Kind, namespace: str, record: Any, raw: bytes, *, id_: str, warnings: tuple[tuple[str, str], ...]
) -> Sealed:
    """Tokenise, commit and encrypt one record under the given keyed id."""
    tokens: list[tuple[str, str]] = []
    keyed_values: dict[str, Any] = {}
    for column in personal_columns(kind):
        value = getattr(record, column.name)
        if not value:
            continue
        keyed = _keyed(keys, column, namespace, value)
        keyed_values[column.name] = keyed
        for token in keyed if isinstance(keyed, tuple) else (keyed,):
            if token != NO_ONE:
                tokens.append((column.name, token))
    plain = to_plain(record)
    values = canonical(plain)
    commitment, salt = keys.commit(values + b"\0" + raw)
    body = canonical(
        {
            "raw": b64encode(raw).decode(),
            "values": plain,
            "keyed": {name: list(v) if isinstance(v, tuple) else v for name, v in keyed_values.items()},
            "warnings": [list(w) for w in warnings],
            "salt": salt.hex(),
        }
    )
    return Sealed(
        envelope=keys.envelope(body, id_.encode()),
        keyed=replace(record, id=id_, **keyed_values),
        tokens=tuple(dict.fromkeys(tokens)),
        commitment=commitment,
        row_digest=keys.digest("row", values),
    )


def open_record(keys: Keys, stored: StoredRecord) -> Kept:
    """Decrypt one stored record; KeyTrouble when its data were erased."""
    kind = BY_CODE[stored.kind]
    body = read_json(keys.open(Envelope(stored.wrapped, stored.body), stored.id.encode()))
    return _kept(kind, stored, body)


def _kept(kind: Kind, stored: StoredRecord, body: Any) -> Kept:
    clear = from_plain(kind.record, body["values"])
    keyed = {name: tuple(v) if isinstance(v, list) else v for name, v in body["keyed"].items()}
    return Kept(
        raw=b64decode(body["raw"]),
        clear=clear,
        keyed=replace(clear, id=stored.id, **keyed),
        warnings=tuple((zh, en) for zh, en in body["warnings"]),
    )


def open_intact(keys: Keys, stored: StoredRecord) -> Kept | None:
    """A record that is what was committed to when it came in, its tokens those of its values; None when it is not."""
    kind = BY_CODE[stored.kind]
    try:
        body = read_json(keys.open(Envelope(stored.wrapped, stored.body), stored.id.encode()))
        data = canonical(body["values"]) + b"\0" + b64decode(body["raw"])
        if not opens(stored.commitment, data, bytes.fromhex(body["salt"])):
            return None
        kept = _kept(kind, stored, body)
    except (KeyTrouble, KeyError, ValueError, TypeError):
        return None
    for column in personal_columns(kind):
        value = getattr(kept.clear, column.name)
        if value and getattr(kept.keyed, column.name) != _keyed(keys, column, stored.source_system, value):
            return None
    return kept


def tokens_of(kept: Kept, kind: Kind) -> set[tuple[str, str]]:
    """The (field, token) pairs a record is found by."""
    out = set()
    for column in personal_columns(kind):
        value = getattr(kept.keyed, column.name)
        out |= {
            (column.name, one) for one in (value if isinstance(value, tuple) else (value,)) if one and one != NO_ONE
        }
    return out


def personal_columns(kind: Kind) -> tuple[Column, ...]:
    """The columns of a kind that become tokens (free text is encrypted, never tokenised)."""
    if kind.code not in _PERSONAL:
        _PERSONAL[kind.code] = tuple(
            c for c in kind.columns if c.personal not in (None, Personal.FREE_TEXT) and c.type is not Type.ID
        )
    return _PERSONAL[kind.code]


_PERSONAL: dict[str, tuple[Column, ...]] = {}


def contact_token(keys: Keys, personal: Personal, value: str) -> str:
    """The token of a value read from a text, equal to the token of the same value in a column."""
    try:
        return keys.token(personal, canonical_form(personal, value))
    except InputError:
        return keys.token(personal, value.strip())


def _keyed(keys: Keys, column: Column, namespace: str, value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_reference(keys, column, namespace, one) for one in value)
    if column.personal is Personal.REF:
        return _reference(keys, column, namespace, value)
    assert column.personal is not None
    return contact_token(keys, column.personal, value)


def _reference(keys: Keys, column: Column, namespace: str, value: str) -> str:
    target = column.target or column.name
    if target not in BY_CODE:
        return NO_ONE if value == NO_ONE else keys.record_id(RELATION_PREFIX, target, namespace, value)
    return keys.record_id(BY_CODE[target].prefix, target, namespace, value)
