"""The WARCs inside a WACZ: read where they lie in the zip; no name in it is ever used as a path."""

import json
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from hashlib import new
from pathlib import Path, PurePosixPath
from typing import IO, Any

from mingcha.errors import UnreadableFile
from mingcha.model.words import Words

MOST_INFLATED = 8 << 30  # bytes of all that is in it
MOST_RATIO = 300  # of an entry to its place in the zip, once past 16 MiB
MOST_ENTRIES = 10_000
MOST_LISTED = 16 * 2**20  # bytes of datapackage.json
BLOCK = 1 << 20
HELD = 32 * 2**20  # bytes of an archive that are kept in memory while it is read
HASHES = frozenset({"sha256", "sha512", "sha1", "md5"})
BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError, ValueError)
"""What the zip reader raises on damage, passwords and ways of packing it does not know."""
NO_WACZ = Words("不是 WACZ 文件", "it is no WACZ file")
UNLIKE = Words("与 datapackage.json 所载摘要不符", "it is not what datapackage.json states its digest to be")

Archive = tuple[
    str, IO[bytes] | Words, tuple[Words, ...]
]  # its name, what it is or what is wrong with it, what does not hold


def archives(path: Path, name: str) -> Iterator[Archive]:
    """Each WARC of a WACZ; UnreadableFile for what is none, or would unpack to too much."""
    try:
        with zipfile.ZipFile(path) as zip_:
            entries = _weighed(zip_, name)
            stated, fault = _stated(zip_, entries)
            if fault is not None:
                yield "datapackage.json", fault, ()
            for entry in entries:
                if _escapes(entry.filename):
                    yield entry.filename, Words("路径越出压缩包", "its path leads out of the file"), ()
                elif entry.filename.lower().endswith((".warc", ".warc.gz")):
                    yield from _archive(zip_, entry, stated.get(entry.filename))
                elif entry.filename in stated:
                    for inner, source, unlike in _archive(zip_, entry, stated[entry.filename]):
                        if unlike or isinstance(source, Words):
                            yield inner, source if isinstance(source, Words) else unlike[0], ()
            for missing in sorted(stated.keys() - {entry.filename for entry in entries}):
                yield (
                    missing,
                    Words("datapackage.json 列有而包内没有", "datapackage.json names it and it is not there"),
                    (),
                )
    except (zipfile.BadZipFile, OSError):
        raise UnreadableFile(file=name, why=NO_WACZ) from None


def _weighed(zip_: zipfile.ZipFile, name: str) -> list[zipfile.ZipInfo]:
    entries = [one for one in zip_.infolist() if not one.is_dir()]
    bomb = any(one.file_size > BLOCK * 16 and one.file_size > MOST_RATIO * one.compress_size for one in entries)
    if bomb or len(entries) > MOST_ENTRIES or sum(one.file_size for one in entries) > MOST_INFLATED:
        raise UnreadableFile(file=name, why=Words("解压后过大", "it unpacks to too much"))
    return entries


def _escapes(inner: str) -> bool:
    plain = PurePosixPath(inner.replace("\\", "/"))
    return plain.is_absolute() or ".." in plain.parts or ":" in inner


def _stated(zip_: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> tuple[dict[str, str], Words | None]:
    """What datapackage.json states as digests, by path."""
    listed = next((one for one in entries if one.filename == "datapackage.json"), None)
    if listed is None:
        return {}, Words(
            "缺少 datapackage.json，摘要无从核对", "there is no datapackage.json: no digest could be checked"
        )
    try:
        with zip_.open(listed) as source:
            told: Any = json.loads(source.read(MOST_LISTED + 1)[:MOST_LISTED])
        rows = [one for one in told["resources"] if isinstance(one, dict)]
        return {str(one["path"]): str(one["hash"]) for one in rows if one.get("path") and one.get("hash")}, None
    except (*BROKEN, KeyError, TypeError, RecursionError):
        return {}, Words(
            "datapackage.json 无法读取，摘要无从核对", "datapackage.json cannot be read: no digest could be checked"
        )


def _archive(zip_: zipfile.ZipFile, entry: zipfile.ZipInfo, stated: str | None) -> Iterator[Archive]:
    """One archive, copied aside without a name, its digest compared."""
    algorithm, _, value = (stated or "").partition(":")
    digest = new(algorithm, usedforsecurity=False) if algorithm in HASHES else None
    with tempfile.SpooledTemporaryFile(HELD) as copy:
        try:
            with zip_.open(entry) as source:
                while block := source.read(BLOCK):
                    copy.write(block)
                    if digest is not None:
                        digest.update(block)
        except BROKEN:
            yield entry.filename, Words("压缩包内已损坏或加密", "it is damaged or encrypted inside the zip"), ()
            return
        copy.seek(0)
        unlike = digest is not None and digest.hexdigest() != value.lower()
        yield entry.filename, copy, (UNLIKE,) if unlike else ()
