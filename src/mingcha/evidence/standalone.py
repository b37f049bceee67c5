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

FORMAT = "mingcha-chain/1"
DOMAIN = b"mingcha/link/1\x00"
GENESIS = "0" * 64
FIELDS = {"at", "chain", "hash", "payload", "previous", "seq"}
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


class Broken(Exception):
    """A record does not hold: where, and why."""


def canonical(value):
    """RFC 8785 for what is sealed: strings, whole numbers, lists, objects, null."""
    if value is None:
        return "null"
    if isinstance(value, bool) or isinstance(value, float):
        raise ValueError("only strings and whole numbers are sealed")
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return "[" + ",".join(canonical(one) for one in value) + "]"
    keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
    return "{" + ",".join(canonical(key) + ":" + canonical(value[key]) for key in keys) + "}"


def link_hash(row):
    """The hash a record must have."""
    covered = {name: row[name] for name in ("at", "chain", "payload", "previous", "seq")}
    return hashlib.sha256(DOMAIN + canonical(covered).encode()).hexdigest()


def unique(pairs):
    """Refuse objects that name a key twice: two readers could see two things."""
    out = {}
    for key, value in pairs:
        if key in out:
            raise ValueError("a key stands twice: " + key)
        out[key] = value
    return out


def read(line, number):
    """One line as an object, exactly in canonical form."""
    text = line.rstrip("\n")
    try:
        value = json.loads(text, object_pairs_hook=unique)
        same = isinstance(value, dict) and canonical(value) == text
    except (ValueError, TypeError, AttributeError, RecursionError):
        same = False
    if not same:
        raise Broken("line %d: not a canonical record" % number)
    return value


def check_header(head):
    """The header's shape."""
    if head.get("format") != FORMAT:
        raise Broken("line 1: this is not a %s export" % FORMAT)
    heads = head.get("heads")
    if set(head) != {"format", "heads", "suite"} or not isinstance(head["suite"], str) or not isinstance(heads, dict):
        raise Broken("line 1: the header is incomplete")
    for chain, tail in heads.items():
        if not isinstance(tail, dict) or set(tail) != {"hash", "seq"}:
            raise Broken("line 1: the head of chain %s is incomplete" % chain)
    return heads


def check_record(row, number, tails):
    """One record against the one before it in its chain."""
    where = "line %d, chain %s, record %s: " % (number, row.get("chain"), row.get("seq"))
    if set(row) != FIELDS:
        raise Broken(where + "fields are missing or added")
    if not TIME.fullmatch(str(row["at"])) or not isinstance(row["payload"], str) or not isinstance(row["chain"], str):
        raise Broken(where + "a field is not of its form")
    seq, before = tails.get(row["chain"], (0, GENESIS))
    if row["seq"] != seq + 1:
        raise Broken(where + "record %d is missing or out of order" % (seq + 1))
    if row["previous"] != before:
        raise Broken(where + "it does not follow the record before it")
    if row["hash"] != link_hash(row):
        raise Broken(where + "its content was changed")
    tails[row["chain"]] = (row["seq"], row["hash"])


def verify(lines):
    """Check a whole export; returns {chain: (records, head)} or raises Broken."""
    numbered = enumerate(lines, 1)
    first = next(numbered, None)
    if first is None:
        raise Broken("the file is empty: nothing was proved")
    heads = check_header(read(first[1], 1))
    tails = {}
    for number, line in numbered:
        check_record(read(line, number), number, tails)
    for chain, head in heads.items():
        if tails.get(chain) != (head["seq"], head["hash"]):
            seq = tails.get(chain, (0, GENESIS))[0]
            raise Broken("chain %s: the header promises record %s, the file ends at %d" % (chain, head["seq"], seq))
    for chain in tails:
        if chain not in heads:
            raise Broken("chain %s: the header does not name it" % chain)
    return tails


def main(arguments):
    """Command line."""
    if len(arguments) != 1:
        sys.stderr.write(__doc__ + "\n")
        return 2
    try:
        with open(arguments[0], encoding="utf-8", newline="\n") as source:
            tails = verify(source)
    except Broken as broken:
        sys.stdout.write("BROKEN 断裂  %s\n" % broken)
        return 1
    except (OSError, UnicodeDecodeError) as error:
        sys.stderr.write("cannot read 无法读取: %s\n" % error)
        return 2
    for chain, (records, head) in sorted(tails.items()):
        sys.stdout.write("OK 完整  %-12s %8d  %s\n" % (chain, records, head))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
