"""Chains as JSON Lines for outsiders, and reading them back: the header promises every head, the records must keep it.

UTF-8, every line canonical JSON (RFC 8785) and ended by one line feed, nothing between or after:

    {"format": "mingcha-chain/1", "hash": H, "heads": {CHAIN: {"hash", "seq"}, …}, "suite": SUITE}
    {"at", "chain", "hash", "payload", "previous", "seq"}       one line a record; the records of a chain in order

`H` is SHA-256 over "mingcha/export/1", a zero byte and the canonical header without it; it guards against damage, not
against forgers (see SECURITY.md). `payload` is the sealed text itself. A record's `hash` is SHA-256 over
"mingcha/link/1", a zero byte and its canonical {at, chain, payload, previous, seq}; the first `previous` is 64 zeros.
`standalone.py` checks such a file with nothing but Python.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from mingcha.errors import BrokenSeal
from mingcha.evidence.canonical import canonical, parse
from mingcha.evidence.seal import at_text, fault
from mingcha.model.stored import Link
from mingcha.model.words import Words

FORMAT = "mingcha-chain/1"
DOMAIN = b"mingcha/export/1\0"
EXPORT = "export"  # named as the chain when a line cannot be read as a record of one
FIELDS = {"at", "chain", "hash", "payload", "previous", "seq"}


def header(heads: Sequence[Link], suite: str) -> str:
    """The first line of an export, without its line feed."""
    named = {link.chain: {"hash": link.hash, "seq": link.seq} for link in heads}
    return canonical(_with_hash({"format": FORMAT, "heads": named, "suite": suite})).decode()


def export_line(link: Link) -> str:
    """One record as a line, without its line feed."""
    row = {
        "at": at_text(link.at),
        "chain": link.chain,
        "hash": link.hash,
        "payload": link.payload.decode(),
        "previous": link.previous,
        "seq": link.seq,
    }
    return canonical(row).decode()


def verify_export(lines: Iterable[bytes]) -> dict[str, Link]:
    """The last record of every chain of a whole export; BrokenSeal names the first record that does not hold."""
    source = iter(lines)
    heads = _heads(next(source, b""))
    tails: dict[str, Link] = {}
    for number, line in enumerate(source, 2):
        link = _link(line, number)
        words = fault(tails.get(link.chain), link)
        if words:
            raise BrokenSeal(
                chain=link.chain, seq=link.seq, why=Words(f"第 {number} 行：{words.zh}", f"line {number}: {words.en}")
            )
        tails[link.chain] = link
    ends = {chain: {"hash": link.hash, "seq": link.seq} for chain, link in tails.items()}
    for chain in sorted({*heads, *ends}):
        if heads.get(chain) != ends.get(chain):
            seq = tails[chain].seq if chain in tails else 0
            raise BrokenSeal(
                chain=chain, seq=seq, why=Words("文件头所承诺的链尾与内容不同", "the header promises another end")
            )
    if not tails:
        raise _broken(
            1, Words("文件中没有记录：什么也没有证明", "there is no record in this export: nothing was proved")
        )
    return tails


def _heads(line: bytes) -> dict[str, Any]:
    head = _row(line, 1)
    bare = {key: value for key, value in head.items() if key != "hash"}
    if head.get("format") != FORMAT or not isinstance(head.get("heads"), dict) or head != _with_hash(bare):
        raise _broken(1, Words(f"不是完整的 {FORMAT} 文件头", f"this is not a whole header of {FORMAT}"))
    heads: dict[str, Any] = head["heads"]
    return heads


def _link(line: bytes, number: int) -> Link:
    row = _row(line, number)
    texts = all(isinstance(row.get(name), str) for name in FIELDS - {"seq"})
    if set(row) != FIELDS or not texts or not isinstance(row["seq"], int):
        raise _broken(number, Words("字段缺失、多出或形式不对", "fields are missing, added or of another form"))
    return Link(
        chain=row["chain"],
        seq=row["seq"],
        at=_time(row["at"], number),
        payload=row["payload"].encode(),
        previous=row["previous"],
        hash=row["hash"],
    )


def _time(text: str, number: int) -> datetime:
    try:
        at = datetime.fromisoformat(text)
        if at_text(at) != text:
            raise ValueError(text)
    except (ValueError, TypeError, OverflowError):
        raise _broken(number, Words("时间不是封存时的形式", "its time is not in the form it was sealed in")) from None
    return at


def _row(line: bytes, number: int) -> dict[str, Any]:
    if not line.endswith(b"\n"):
        raise _broken(number, Words("该行没有行尾", "the line has no end"))
    try:
        return parse(line[:-1])
    except ValueError:
        raise _broken(number, Words("不是规范形式的记录", "not a canonical record")) from None


def _broken(number: int, why: Words) -> BrokenSeal:
    """A line that cannot be read as a record of any chain is named by its number."""
    return BrokenSeal(chain=EXPORT, seq=number, why=Words(f"第 {number} 行：{why.zh}", f"line {number}: {why.en}"))


def _with_hash(bare: dict[str, Any]) -> dict[str, Any]:
    return {**bare, "hash": sha256(DOMAIN + canonical(bare)).hexdigest()}
