#!/usr/bin/env python3
"""Check an exported evidence chain with the standard library alone.

    python standalone.py EXPORT.jsonl [CHAIN:SEQ:HASH ...]

It shares no code with mingcha on purpose: whoever doubts the program need not trust it. Each record's hash covers its
chain, place, time, bytes and the hash before it; the header names the last record of every chain. The first record that
does not hold is named. A forger who holds the whole export can make every hash anew: against that, give heads that were
printed or sent away earlier (CHAIN:SEQ:HASH, at least 16 digits of the hash); each must still stand in the export.
Exit status: 0 everything holds, 1 something is broken, 2 the file cannot be read.
"""

import hashlib
import json
import re
import sys
from collections.abc import Iterable
from typing import Any

FORMAT = "mingcha-chain/1"
HEADER_DOMAIN = b"mingcha/export/1\x00"
LINK_DOMAIN = b"mingcha/link/1\x00"
GENESIS = "0" * 64
FIELDS = {"at", "chain", "hash", "payload", "previous", "seq"}
MAX_INT = 2**53 - 1
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
CHAIN = re.compile(r"[a-z][a-z0-9_-]{0,31}")
HEX = re.compile(r"[0-9a-f]{64}")
KEPT = re.compile(r"([a-z][a-z0-9_-]{0,31}):([0-9]{1,15}):([0-9a-f]{16,64})")


class Broken(Exception):
    """Something does not hold: where, and why."""


def canonical(value: Any) -> str:
    """RFC 8785 for what is sealed: strings, whole numbers, lists, objects, null."""
    if value is None:
        return "null"
    if isinstance(value, bool | float) or (isinstance(value, int) and abs(value) > MAX_INT):
        raise ValueError("only strings and whole numbers are sealed")
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return "[" + ",".join(canonical(one) for one in value) + "]"
    keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
    return "{" + ",".join(canonical(key) + ":" + canonical(value[key]) for key in keys) + "}"


def parse(data: bytes) -> dict[str, Any] | None:
    """The object behind canonical bytes; None when these are not the canonical bytes of an object.

    A key that stands twice, a space, another spelling of a number: none of them survives being written again.
    """
    try:
        value = json.loads(data.decode("utf-8"))
        same = isinstance(value, dict) and canonical(value).encode("utf-8") == data
    except (ValueError, RecursionError):
        return None
    return dict(value) if same else None


def digest(domain: bytes, value: dict[str, Any]) -> str:
    """SHA-256 (hex) over a domain and canonical bytes."""
    return hashlib.sha256(domain + canonical(value).encode("utf-8")).hexdigest()


def read(line: bytes, number: int) -> dict[str, Any]:
    """One line as an object, exactly in canonical form and ended by a line feed."""
    if not line.endswith(b"\n"):
        raise Broken(f"line {number}: the line has no end")
    value = parse(line[:-1])
    if value is None:
        raise Broken(f"line {number}: not a canonical record")
    return value


def check_header(head: dict[str, Any]) -> dict[str, tuple[int, str]]:
    """The header's shape and hash; returns the promised heads as {chain: (seq, hash)}."""
    if head.get("format") != FORMAT:
        raise Broken(f"line 1: this is not a {FORMAT} export")
    heads: Any = head.get("heads")
    if set(head) != {"format", "hash", "heads", "suite"} or not isinstance(heads, dict):
        raise Broken("line 1: the header is incomplete")
    if head["hash"] != digest(HEADER_DOMAIN, {name: head[name] for name in ("format", "heads", "suite")}):
        raise Broken("line 1: the header was changed")
    promised = {}
    for chain, tail in heads.items():
        whole = isinstance(tail, dict) and set(tail) == {"hash", "seq"} and isinstance(tail["seq"], int)
        if not CHAIN.fullmatch(chain) or not whole or not HEX.fullmatch(str(tail["hash"])):
            raise Broken(f"line 1: the head of chain {chain!a} is incomplete")
        promised[chain] = (tail["seq"], str(tail["hash"]))
    return promised


def check_form(row: dict[str, Any], number: int) -> None:
    """Whether a record has the six fields in their forms."""
    if set(row) != FIELDS:
        raise Broken(f"line {number}: fields are missing or added")
    texts = all(isinstance(row[name], str) for name in FIELDS - {"seq"})
    if not texts or not isinstance(row["seq"], int) or not CHAIN.fullmatch(row["chain"]):
        raise Broken(f"line {number}: a field is not of its form")


def check_record(row: dict[str, Any], number: int, before: tuple[int, str]) -> None:
    """One record against the one before it in its chain."""
    where = f"line {number}, chain {row['chain']}, record {row['seq']}: "
    seq, previous = before
    if row["seq"] != seq + 1:
        raise Broken(where + f"record {seq + 1} is missing or out of order")
    if row["previous"] != previous:
        raise Broken(where + "it does not follow the record before it")
    if row["hash"] != digest(LINK_DOMAIN, {name: row[name] for name in FIELDS - {"hash"}}):
        raise Broken(where + "its content was changed")
    payload = parse(row["payload"].encode("utf-8"))
    if payload is None or not TIME.fullmatch(row["at"]):
        raise Broken(where + "its content is not in the form it was sealed in")
    if not isinstance(payload.get("suite"), str) or not payload["suite"]:
        raise Broken(where + "it names no suite")


def check_kept(kept: Iterable[str]) -> dict[tuple[str, int], str]:
    """Heads given on the command line as {(chain, seq): hash}."""
    wanted = {}
    for one in kept:
        match = KEPT.fullmatch(one.lower())
        if not match:
            raise Broken(f"{one!a} is not CHAIN:SEQ:HASH with at least 16 digits of the hash")
        wanted[match[1], int(match[2])] = match[3]
    return wanted


def verify(lines: Iterable[bytes], kept: Iterable[str] = ()) -> dict[str, tuple[int, str]]:
    """Check a whole export; returns {chain: (records, head)} or raises Broken."""
    wanted = check_kept(kept)
    source = iter(lines)
    first = next(source, None)
    if first is None:
        raise Broken("the file is empty: nothing was proved")
    promised = check_header(read(first, 1))
    tails: dict[str, tuple[int, str]] = {}
    for number, line in enumerate(source, 2):
        row = read(line, number)
        check_form(row, number)
        check_record(row, number, tails.get(row["chain"], (0, GENESIS)))
        tails[row["chain"]] = (row["seq"], row["hash"])
        if not row["hash"].startswith(wanted.pop((row["chain"], row["seq"]), "")):
            raise Broken(f"line {number}, chain {row['chain']}, record {row['seq']}: not the head that was kept")
    for chain in sorted({*promised, *tails}):
        seq, head = promised.get(chain, (0, GENESIS))
        if tails.get(chain, (0, GENESIS)) != (seq, head):
            raise Broken(
                f"chain {chain}: the header promises record {seq}, the file ends at {tails.get(chain, (0,))[0]}"
            )
    if not tails:
        raise Broken("there is no record in this export: nothing was proved")
    for chain, seq in wanted:
        raise Broken(f"chain {chain}: the kept record {seq} is not in the export")
    return tails


def main(arguments: list[str]) -> int:
    """Command line."""
    if not arguments or arguments[0].startswith("-"):
        sys.stderr.write((__doc__ or "") + "\n")
        return 2
    try:
        with open(arguments[0], "rb") as source:
            tails = verify(source, arguments[1:])
    except Broken as broken:
        sys.stdout.write(f"BROKEN 断裂  {broken}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"cannot read 无法读取: {error}\n")
        return 2
    for chain, (records, head) in sorted(tails.items()):
        sys.stdout.write(f"OK 完整  {chain}:{records}:{head}\n")
    return 0


if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(main(sys.argv[1:]))
