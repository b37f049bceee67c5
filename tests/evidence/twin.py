"""The slow, obviously right twin of `mingcha.evidence`: written from the RFCs, imports nothing of ours, makes the vectors.

`python -m tests.evidence.twin` writes tests/evidence/vectors/*.json anew; a test fails when they differ from these.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

VECTORS = Path(__file__).parent / "vectors"
SUITE = "intl@2026-11-24"
ESCAPES = {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}


def canonical(value: Any) -> bytes:
    """RFC 8785, character by character."""
    if value is None:
        return b"null"
    if type(value) is int:
        return str(value).encode("ascii")
    if type(value) is str:
        out = ""
        for character in value:
            code = ord(character)
            if code in ESCAPES:
                out += ESCAPES[code]
            elif code < 32:
                out += f"\\u{code:04x}"
            else:
                out += character
        return b'"' + out.encode("utf-8") + b'"'
    if type(value) is list:
        return b"[" + b",".join(canonical(one) for one in value) + b"]"
    assert type(value) is dict
    keys = sorted(value, key=utf16)
    return b"{" + b",".join(canonical(key) + b":" + canonical(value[key]) for key in keys) + b"}"


def utf16(text: str) -> list[int]:
    """Code units, as RFC 8785 section 3.2.3 sorts them."""
    raw = text.encode("utf-16-be")
    return [raw[i] * 256 + raw[i + 1] for i in range(0, len(raw), 2)]


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def merkle(leaves: list[bytes]) -> bytes:
    """RFC 6962 section 2.1, by its recursive definition."""
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    k = split(len(leaves))
    return hashlib.sha256(b"\x01" + merkle(leaves[:k]) + merkle(leaves[k:])).digest()


def path(m: int, leaves: list[bytes]) -> list[list[str]]:
    """RFC 6962 section 2.1.1, from leaf to root, with the side of each sibling."""
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if m < k:
        return [*path(m, leaves[:k]), ["right", merkle(leaves[k:]).hex()]]
    return [*path(m - k, leaves[k:]), ["left", merkle(leaves[:k]).hex()]]


def split(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def chain(name: str, acts: list[tuple[str, dict[str, Any]]]) -> list[dict[str, Any]]:
    """A chain of (time, payload) as export rows."""
    rows: list[dict[str, Any]] = []
    for seq, (at, payload) in enumerate(acts, 1):
        text = canonical(payload).decode()
        row = {"at": at, "chain": name, "payload": text, "previous": rows[-1]["hash"] if rows else "0" * 64, "seq": seq}
        rows.append({**row, "hash": sha(b"mingcha/link/1\x00" + canonical(row))})
    return rows


def export(chains: list[list[dict[str, Any]]]) -> list[str]:
    """Lines of an export, without line feeds."""
    heads = {rows[-1]["chain"]: {"seq": rows[-1]["seq"], "hash": rows[-1]["hash"]} for rows in chains}
    head = {"format": "mingcha-chain/1", "suite": SUITE, "heads": heads}
    head["hash"] = sha(b"mingcha/export/1\x00" + canonical(head))
    return [canonical(row).decode() for row in [head, *(row for rows in chains for row in rows)]]


def make() -> dict[str, Any]:
    """Every vector file by name."""
    values: list[Any] = [
        None,
        0,
        -1,
        2**53 - 1,
        -(2**53 - 1),
        "",
        "明察秋毫",
        '"\\/',
        "\u0000\u0008\u0009\u000a\u000c\u000d\u001f\u007f\u2028",
        "😀",
        [],
        {},
        [[], {}, None],
        {"b": 1, "a": [2, "2"]},
        {"10": 1, "2": 2, "": 3},
        {
            "€": "Euro Sign",
            "\r": "Carriage Return",
            "\ufb33": "Hebrew Letter Dalet With Dagesh",
            "1": "One",
            "\U0001f600": "Emoji: Grinning Face",
            "\u0080": "Control",
            "ö": "Latin Small Letter O With Diaeresis",
        },
    ]
    # the leaves of the certificate-transparency reference tests
    leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    raw = [bytes.fromhex(one) for one in leaves]
    custody = chain("custody", [
        ("2026-03-01T00:00:00.000000Z", {"act": "take_in", "batch": "b1", "merkle_root": merkle(raw).hex(), "suite": SUITE}),
        ("2026-03-01T00:00:00.000001Z", {"act": "erase", "records": ["P-A", "C-B"], "suite": SUITE, "versions": 2}),
        ("2026-12-31T23:59:59.999999Z", {"act": "导入", "by": "甲", "n": -1, "none": None, "suite": SUITE}),
    ])  # fmt: skip
    access = chain("access", [("2026-03-02T01:02:03.000004Z", {"act": "see_merit", "suite": SUITE})])
    commitments = [("", "00" * 16), ("64617461", "00" * 16), ("64617461", "0f" * 16), ("00" * 16, "ff" * 16)]
    return {
        "canonical": [{"value": value, "hex": canonical(value).hex()} for value in values],
        "commitments": [
            {
                "data": data,
                "salt": salt,
                "hash": sha(b"mingcha/commit/1\x00" + bytes.fromhex(salt) + bytes.fromhex(data)),
            }
            for data, salt in commitments
        ],
        "merkle": [
            {"leaves": leaves[:n], "root": merkle(raw[:n]).hex(), "proofs": [path(m, raw[:n]) for m in range(n)]}
            for n in range(1, len(leaves) + 1)
        ],
        "export": export([custody, access]),
    }


if __name__ == "__main__":
    for name, content in make().items():
        (VECTORS / f"{name}.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
