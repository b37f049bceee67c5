"""An evidence bundle on BagIt 1.0 (RFC 8493): planned from what was recorded, then streamed; the same inputs, the same bytes.

    bagit.txt  bag-info.txt                      the bag
    manifest-sha256.txt  manifest-sm3.txt        digests of data/ (SM3 where every exhibit has one and this Python knows it)
    tagmanifest-sha256.txt                       digests of every file outside data/
    root.json                                    every file but those about the root: path, size, SHA-256; their Merkle root
    timestamp.tsr                                optional RFC 3161 answer over the root
    verify.py  核验.html  核验说明.txt              tools, given by the caller
    data/NNN-HHHHHHHH.ext                        exhibits, under names of ours
    data/papers/…  data/index.json  data/custody.jsonl  data/case_uco.jsonld  data/witness.json

A leaf of the root is "mingcha/bundle/1", a zero byte and canonical {path, sha256, size}; leaves stand in the order of their paths.
The root is known before a byte of an exhibit is read, for exhibits must still be what was recorded when they were taken in.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mingcha.errors import InputError, UnreadableFile
from mingcha.evidence.bundle_names import exhibit_path, paper_fits, shown
from mingcha.evidence.canonical import canonical, parse
from mingcha.evidence.case_uco import case_uco
from mingcha.evidence.commitment import commitment
from mingcha.evidence.export import export_line, header
from mingcha.evidence.merkle import root
from mingcha.evidence.seal import at_text
from mingcha.evidence.verify_pack import imprint
from mingcha.model.bundle import Bundle, Entry, Witness
from mingcha.model.stored import Link
from mingcha.model.words import Words

FORMAT, INDEX_FORMAT, WITNESS_FORMAT = "mingcha-bundle/1", "mingcha-index/1", "mingcha-witness/1"
LEAF_DOMAIN = b"mingcha/bundle/1\0"
BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST, SM3_MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "manifest-sm3.txt", "tagmanifest-sha256.txt"
ROOT, TOKEN, INDEX, CUSTODY = "root.json", "timestamp.tsr", "data/index.json", "data/custody.jsonl"
TOOLS = ("verify.py", "核验.html", "核验说明.txt")
HEX = re.compile(r"[0-9a-f]{64}")
HAS_SM3 = "sm3" in hashlib.algorithms_available
Read = Callable[[int], Iterable[bytes]]  # the bytes of an exhibit, by its number


@dataclass(frozen=True, slots=True)
class Planned:
    """One file of the bundle: its bytes, or the number of the exhibit they are read from."""

    path: str
    size: int
    sha256: str
    sm3: str | None
    source: bytes | int


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole bundle before it is written; everything but the time-stamp is fixed."""

    files: tuple[Planned, ...]  # in the order of their paths
    root: str
    count: int  # of leaves
    manifest: str  # SHA-256 of manifest-sha256.txt, for whoever checks by hand


def plan(bundle: Bundle, tools: Mapping[str, bytes]) -> Plan:
    """Every file of the bundle. InputError names what cannot be in one."""
    _check(bundle)
    payload = sorted([*_exhibits(bundle), *_written(bundle)], key=lambda file: file.path)
    tags = {name: tools[name] for name in TOOLS}
    tags |= {"bagit.txt": BAGIT, "bag-info.txt": _info(bundle, payload), MANIFEST: _lines(payload, "sha256")}
    if all(file.sm3 for file in payload):
        tags[SM3_MANIFEST] = _lines(payload, "sm3")
    leaves = sorted([*payload, *(_file(path, data) for path, data in tags.items())], key=lambda file: file.path)
    named = [{"path": file.path, "sha256": file.sha256, "size": file.size} for file in leaves]
    top = root([LEAF_DOMAIN + canonical(one) for one in named])
    told = canonical({"count": len(named), "format": FORMAT, "leaves": named, "root": top})
    files = tuple(sorted([*leaves, _file(ROOT, told)], key=lambda file: file.path))
    return Plan(files, top, len(named), hashlib.sha256(tags[MANIFEST]).hexdigest())


def stream(made: Plan, read: Read, token: bytes | None = None) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Path and bytes of every file, in the order of paths. UnreadableFile when an exhibit is not what was recorded."""
    files = list(made.files)
    if token is not None:
        _check_token(token, made.root)
        files.append(_file(TOKEN, token))
    tags = [file for file in files if not file.path.startswith("data/")]
    files.append(_file(TAG_MANIFEST, _lines(tags, "sha256")))
    for file in sorted(files, key=lambda file: file.path):
        source = file.source
        yield file.path, iter((source,)) if isinstance(source, bytes) else _checked(file, read(source))


def _checked(file: Planned, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The bytes of an exhibit, which must be the recorded ones to the last."""
    sha256, sm3, size = hashlib.sha256(), hashlib.new("sm3") if file.sm3 and HAS_SM3 else None, 0
    for chunk in chunks:
        size += len(chunk)
        sha256.update(chunk)
        if sm3:
            sm3.update(chunk)
        if size > file.size:
            break
        yield chunk
    if (size, sha256.hexdigest()) != (file.size, file.sha256) or (sm3 and sm3.hexdigest() != file.sm3):
        why = Words(
            f"读取时已不是登记的内容：登记 {file.size} 字节、SHA-256 {file.sha256}",
            f"it is no longer what was recorded: {file.size} bytes of SHA-256 {file.sha256}",
        )
        raise UnreadableFile(file=file.path, why=why)


def _exhibits(bundle: Bundle) -> Iterator[Planned]:
    count = len(bundle.exhibits)
    for number, one in enumerate(bundle.exhibits, 1):
        yield Planned(exhibit_path(number, count, one.sha256, one.name), one.size, one.sha256, one.sm3, number)


def _written(bundle: Bundle) -> Iterator[Planned]:
    """What of data/ is written here."""
    rows = [_row(bundle, number, one) for number, one in enumerate(bundle.exhibits, 1)]
    told: dict[str, Any] = {"case": shown(bundle.case), "exhibits": rows, "format": INDEX_FORMAT}
    told |= {"made_at": at_text(bundle.made_at), "made_by": shown(bundle.made_by)}
    yield _file(INDEX, canonical(told))
    yield _file("data/case_uco.jsonld", case_uco(shown(bundle.case), rows))
    yield _file(CUSTODY, _chains(bundle.custody, bundle.suite))
    if bundle.witness:
        yield _file("data/witness.json", canonical(_witness(bundle.witness)))
    for paper in bundle.papers:
        yield _file(f"data/papers/{paper.name}", paper.data)


def _row(bundle: Bundle, number: int, one: Entry) -> dict[str, Any]:
    return {
        "derived_from": one.derived_from,
        "how": shown(one.how),
        "kind": shown(one.kind),
        "name": shown(one.name),
        "number": number,
        "path": exhibit_path(number, len(bundle.exhibits), one.sha256, one.name),
        "sealed": {
            "chain": one.sealed.chain,
            "said": one.sealed.said,
            "salt": one.sealed.salt,
            "seq": one.sealed.seq,
        },
        "sha256": one.sha256,
        "size": one.size,
        "sm3": one.sm3,
        "source_system": shown(one.source_system),
        "taken_at": at_text(one.taken_at),
        "taken_by": shown(one.taken_by),
    }


def _chains(links: Sequence[Link], suite: str) -> bytes:
    heads = {link.chain: link for link in links}  # the last of each
    lines = [header(list(heads.values()), suite), *(export_line(link) for link in links)]
    return "".join(f"{line}\n" for line in lines).encode()


def _witness(witness: Witness) -> dict[str, Any]:
    days = [
        {"count": one.count, "day": one.day, "root": one.root, "signature": one.signature, "signer": one.signer}
        for one in witness.days
    ]
    paths = [
        {"chain": one.chain, "day": one.day, "seq": one.seq, "steps": [list(step) for step in one.steps]}
        for one in witness.paths
    ]
    return {"days": days, "format": WITNESS_FORMAT, "paths": paths}


def _info(bundle: Bundle, payload: Sequence[Planned]) -> bytes:
    told = {
        "Source-Organization": bundle.organisation,
        "External-Identifier": bundle.case,
        "Contact-Name": bundle.made_by,
        "Bagging-Date": at_text(bundle.made_at)[:10],
        "Payload-Oxum": f"{sum(file.size for file in payload)}.{len(payload)}",
        "Bag-Software-Agent": FORMAT,
    }
    return "".join(f"{name}: {shown(value)}\n" for name, value in told.items()).encode()


def _lines(files: Iterable[Planned], algorithm: str) -> bytes:
    rows = sorted((file.path, getattr(file, algorithm)) for file in files)
    return "".join(f"{digest}  {path}\n" for path, digest in rows).encode()


def _file(path: str, data: bytes) -> Planned:
    sm3 = hashlib.new("sm3", data).hexdigest() if HAS_SM3 else None
    return Planned(path, len(data), hashlib.sha256(data).hexdigest(), sm3, data)


def _check(bundle: Bundle) -> None:
    if not bundle.exhibits:
        raise InputError(where="exhibits", found=0, expected=Words("至少一件证据", "at least one exhibit"))
    kept = {(link.chain, link.seq): link.payload for link in bundle.custody}
    for number, one in enumerate(bundle.exhibits, 1):
        where = f"exhibit {number}"
        if not HEX.fullmatch(one.sha256) or not HEX.fullmatch(one.sm3 or one.sha256):
            raise InputError(
                where=where, found=one.sha256, expected=Words("64 位十六进制摘要", "a digest of 64 hex digits")
            )
        if one.derived_from is not None and not 0 < one.derived_from < number:
            raise InputError(
                where=where, found=one.derived_from, expected=Words("在前证据的编号", "an earlier exhibit")
            )
        if not _sealed(one, kept.get((one.sealed.chain, one.sealed.seq))):
            expected = Words("保管链中封存这件证据的记录", "the custody record that sealed this exhibit")
            raise InputError(where=where, found=f"{one.sealed.chain}:{one.sealed.seq}", expected=expected)
    names = [paper.name.casefold() for paper in bundle.papers]
    for paper in bundle.papers:
        if not paper_fits(paper.name) or names.count(paper.name.casefold()) > 1:
            expected = Words("各系统通用且不重复的文件名", "a name for every system, given once")
            raise InputError(where="papers", found=paper.name, expected=expected)


def _sealed(one: Entry, record: bytes | None) -> bool:
    """Whether a custody record committed to this exhibit."""
    try:
        said = parse(one.sealed.said.encode())
        commits = commitment(one.sealed.said.encode(), bytes.fromhex(one.sealed.salt))
        told = parse(record or b"")
    except ValueError:
        return False
    return (said.get("size"), said.get("sha256"), told.get("commitment")) == (one.size, one.sha256, commits)


def _check_token(token: bytes, top: str) -> None:
    try:
        over, _ = imprint(token)
    except (ValueError, IndexError):
        over = ""
    if over != top:
        expected = Words(f"对根值 {top} 的时间戳", f"a time-stamp over the root {top}")
        raise InputError(where=TOKEN, found=over, expected=expected)
