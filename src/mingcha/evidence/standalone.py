#!/usr/bin/env python3
"""Check an exported evidence chain with the standard library alone: python standalone.py EXPORT.jsonl

It shares no code with mingcha on purpose: whoever doubts the program need not trust it. Each record's hash covers its
chain, place, time, bytes and the hash before it; the header names the last record of every chain. The first record that
does not hold is named. Exit status: 0 all chains hold, 1 a record is broken, 2 the file cannot be read.
"""

import hashlib
import json
import re
import sys
from collections.abc import Iterable
from typing import Any

FORMAT = "mingcha-chain/1"
DOMAIN = b"mingcha/link/1\x00"
GENESIS = "0" * 64
FIELDS = {"at", "chain", "hash", "payload", "previous", "seq"}
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


class Broken(Exception):
    """A record does not hold: where, and why."""


def canonical(value: Any) -> str:
    """RFC 8785 for what is sealed: strings, whole numbers, lists, objects, null."""
    if value is None:
        return "null"
    if isinstance(value, bool | float):
        raise ValueError("only strings and whole numbers are sealed")
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return "[" + ",".join(canonical(one) for one in value) + "]"
    keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
    return "{" + ",".join(canonical(key) + ":" + canonical(value[key]) for key in keys) + "}"


def link_hash(row: dict[str, Any]) -> str:
    """The hash a record must have."""
    covered = {name: row[name] for name in ("at", "chain", "payload", "previous", "seq")}
    return hashlib.sha256(DOMAIN + canonical(covered).encode()).hexdigest()


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse objects that name a key twice: two readers could see two things."""
    out: dict[str, Any] = {}
    for key, value in pairs:
        if key in out:
            raise ValueError("a key stands twice: " + key)
        out[key] = value
    return out


def read(line: str, number: int) -> dict[str, Any]:
    """One line as an object, exactly in canonical form."""
    text = line.rstrip("\n")
    try:
        value = json.loads(text, object_pairs_hook=unique)
        same = isinstance(value, dict) and canonical(value) == text
    except (ValueError, TypeError, AttributeError, RecursionError):
        same = False
    if not same:
        raise Broken(f"line {number}: not a canonical record")
    return dict(value)


def check_header(head: dict[str, Any]) -> dict[str, Any]:
    """The header's shape."""
    if head.get("format") != FORMAT:
        raise Broken(f"line 1: this is not a {FORMAT} export")
    heads: Any = head.get("heads")
    if set(head) != {"format", "heads", "suite"} or not isinstance(head["suite"], str) or not isinstance(heads, dict):
        raise Broken("line 1: the header is incomplete")
    for chain, tail in heads.items():
        if not isinstance(tail, dict) or set(tail) != {"hash", "seq"}:
            raise Broken(f"line 1: the head of chain {chain} is incomplete")
    return heads


def check_record(row: dict[str, Any], number: int, tails: dict[str, tuple[int, str]]) -> None:
    """One record against the one before it in its chain."""
    where = f"line {number}, chain {row.get('chain')}, record {row.get('seq')}: "
    if set(row) != FIELDS:
        raise Broken(where + "fields are missing or added")
    if not TIME.fullmatch(str(row["at"])) or not isinstance(row["payload"], str) or not isinstance(row["chain"], str):
        raise Broken(where + "a field is not of its form")
    seq, before = tails.get(row["chain"], (0, GENESIS))
    if row["seq"] != seq + 1:
        raise Broken(where + f"record {seq + 1} is missing or out of order")
    if row["previous"] != before:
        raise Broken(where + "it does not follow the record before it")
    if row["hash"] != link_hash(row):
        raise Broken(where + "its content was changed")
    tails[row["chain"]] = (row["seq"], row["hash"])


def verify(lines: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Check a whole export; returns {chain: (records, head)} or raises Broken."""
    numbered = enumerate(lines, 1)
    first = next(numbered, None)
    if first is None:
        raise Broken("the file is empty: nothing was proved")
    heads = check_header(read(first[1], 1))
    tails: dict[str, tuple[int, str]] = {}
    for number, line in numbered:
        check_record(read(line, number), number, tails)
    for chain, head in heads.items():
        if tails.get(chain) != (head["seq"], head["hash"]):
            seq = tails.get(chain, (0, GENESIS))[0]
            raise Broken(f"chain {chain}: the header promises record {head['seq']}, the file ends at {seq}")
    for chain in tails:
        if chain not in heads:
            raise Broken(f"chain {chain}: the header does not name it")
    return tails


def main(arguments: list[str]) -> int:
    """Command line."""
    if len(arguments) != 1:
        sys.stderr.write((__doc__ or "") + "\n")
        return 2
    try:
        with open(arguments[0], encoding="utf-8", newline="\n") as source:
            tails = verify(source)
    except Broken as broken:
        sys.stdout.write(f"BROKEN 断裂  {broken}\n")
        return 1
    except (OSError, UnicodeDecodeError) as error:
        sys.stderr.write(f"cannot read 无法读取: {error}\n")
        return 2
    for chain, (records, head) in sorted(tails.items()):
        sys.stdout.write(f"OK 完整  {chain:<12} {records:>8}  {head}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
