"""The site's keys in one owner-only file, written whole or not at all, never overwritten by mistake.

Rotation adds a wrapping key and old envelopes still open; a process that was running meanwhile reads the file again when
it meets the new generation. The file says of itself whether it is a development key.
"""

import json
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mingcha.adapters.keys import sheet, suite
from mingcha.adapters.keys.ring import Ring, fresh, from_content, rotated, to_content
from mingcha.adapters.keys.suite import Parts
from mingcha.errors import KeyTrouble
from mingcha.evidence.commitment import SALT, commitment
from mingcha.model.record import Personal
from mingcha.model.stored import Envelope
from mingcha.model.words import Words

if sys.platform != "win32":
    import fcntl


@dataclass(frozen=True, slots=True)
class FileKeys:
    """Keys read from a file; fits the `Keys` port."""

    is_dev: bool
    key_id: str  # which site's keys: printed on the sheet, safe to show
    _path: Path
    _wrapping: dict[int, AESGCM] = field(repr=False)  # grows when another process rotated
    _tokens: dict[Personal, suite.Mac] = field(repr=False)
    _ids: suite.Mac = field(repr=False)
    _digests: suite.Mac = field(repr=False)
    _sketch: int = field(repr=False)

    @property
    def suite(self) -> str:
        """The dated name of the algorithms."""
        return suite.SUITE

    def token(self, personal: Personal, canonical: str) -> str:
        """The keyed token of a canonical value: t and 20 base32 letters, of another domain for each kind of value."""
        if personal is Personal.FREE_TEXT:
            raise KeyTrouble(
                why=Words("自由文本整体加密，不制成令牌", "free text is encrypted as a whole, never made a token")
            )
        return "t" + suite.short_id(self._tokens[personal].digest(canonical.encode("utf-8", "surrogatepass")))

    def record_id(self, prefix: str, target: str, namespace: str, source_id: str) -> str:
        """The keyed id of a record: `prefix-` and 20 base32 letters."""
        parts = (part.encode("utf-8", "surrogatepass") for part in (target, namespace, source_id))
        return f"{prefix}-{suite.short_id(self._ids.digest(*parts))}"

    def digest(self, domain: str, data: bytes) -> str:
        """A keyed digest (hex) inside one domain."""
        return self._digests.digest(domain.encode(), data).hex()

    def envelope(self, data: bytes, context: bytes) -> Envelope:
        """Encrypt under a fresh data key wrapped by the newest generation."""
        newest = max(self._wrapping)
        return suite.seal(newest, self._wrapping[newest], data, context)

    def open(self, envelope: Envelope, context: bytes) -> bytes:
        """Decrypt; KeyTrouble when erased, changed or of an unknown generation."""
        return suite.unseal(self._wrapping_of(envelope.wrapped), envelope, context)

    def parts(self, context: bytes) -> Parts:
        """A fresh data key for the parts of one thing."""
        newest = max(self._wrapping)
        return suite.fresh_parts(newest, self._wrapping[newest], context)

    def parts_of(self, wrapped: bytes, context: bytes) -> Parts:
        """The same key again; KeyTrouble when erased, changed or of an unknown generation."""
        return suite.parts_of(self._wrapping_of(wrapped), wrapped, context)

    def sketch_key(self) -> int:
        """64-bit key of shingle hashes."""
        return self._sketch

    def commit(self, data: bytes) -> tuple[str, bytes]:
        """A commitment under a fresh salt, and the salt."""
        salt = os.urandom(SALT)
        return commitment(data, salt), salt

    def _wrapping_of(self, wrapped: bytes) -> AESGCM:
        generation = suite.generation_of(wrapped)
        return self._wrapping.get(generation) or self._rotated_meanwhile(generation)

    def _rotated_meanwhile(self, generation: int) -> AESGCM:
        ring = _read(self._path)
        if ring.id != self.key_id or generation > len(ring.wrapping) or generation == 0:
            raise KeyTrouble(
                why=Words(
                    f"密钥文件中没有第 {generation} 代包裹密钥",
                    f"this key file has no wrapping key of generation {generation}",
                )
            )
        self._wrapping.update(_ciphers(ring))
        return self._wrapping[generation]


def create(path: Path, *, dev: bool) -> FileKeys:
    """Make a new key file (0600). An existing one is never overwritten."""
    ring = fresh(dev=dev)
    _write_new(path, ring)
    return _keys(ring, path)


def load(path: Path) -> FileKeys:
    """Read a key file; refused when others on this machine may read it."""
    return _keys(_read(path), path)


def rotate(path: Path) -> int:
    """Add a wrapping key; returns its generation. What was encrypted before still opens."""
    with _alone(path):
        ring = rotated(_read(path))
        _write(path, ring)
    return len(ring.wrapping)


def install(source: Path, target: Path) -> None:
    """Copy a key file into a new workspace, owner-only."""
    _write_new(target, _read(source))


def check(path: Path) -> list[Words]:
    """What is wrong with a key file; empty when it is sound."""
    try:
        keys = load(path)
    except KeyTrouble as trouble:
        return [Words(trouble.say("zh"), trouble.say("en"))]
    found = []
    if keys.open(keys.envelope(b"probe", b"check"), b"check") != b"probe":
        found.append(Words("加密自检失败", "the encryption self-test failed"))
    if keys.is_dev:
        found.append(Words("这是开发密钥，只能在本机使用", "this is a development key, for this machine only"))
    if os.name == "posix" and path.absolute().parent.stat().st_mode & (stat.S_IWOTH | stat.S_ISVTX) == stat.S_IWOTH:
        found.append(Words("任何人都可以替换此文件夹中的密钥文件", "anybody may replace the key file in this folder"))
    return found


def recovery_sheet(path: Path) -> str:
    """A sheet to print and lock away, from which the file can be made again."""
    return sheet.written(_read(path))


def restore_from_sheet(text: str, path: Path) -> None:
    """Make the key file again from a typed-in sheet; KeyTrouble names the line that does not fit."""
    _write_new(path, sheet.read(text))


def _keys(ring: Ring, path: Path) -> FileKeys:
    kinds = (personal for personal in Personal if personal is not Personal.FREE_TEXT)
    return FileKeys(
        is_dev=ring.dev,
        key_id=ring.id,
        _path=path,
        _wrapping=_ciphers(ring),
        _tokens={kind: suite.Mac(suite.derive(ring.root, f"token/{kind.value}")) for kind in kinds},
        _ids=suite.Mac(suite.derive(ring.root, "record-id")),
        _digests=suite.Mac(suite.derive(ring.root, "digest")),
        _sketch=int.from_bytes(suite.derive(ring.root, "sketch", 8), "big"),
    )


def _ciphers(ring: Ring) -> dict[int, AESGCM]:
    return {generation: AESGCM(key) for generation, key in enumerate(ring.wrapping, 1)}


def _read(path: Path) -> Ring:
    try:
        with path.open("rb") as source:
            others = os.fstat(source.fileno()).st_mode & (stat.S_IRWXG | stat.S_IRWXO)
            if others and os.name == "posix":
                raise KeyTrouble(
                    why=Words(
                        f"{path.name} 可被本机其他人读取；请执行 chmod 600",
                        f"{path.name} may be read by others on this machine; chmod 600",
                    )
                )
            return from_content(json.loads(source.read()))
    except FileNotFoundError:
        raise KeyTrouble(why=Words(f"没有密钥文件 {path.name}", f"there is no key file {path.name}")) from None
    except OSError as error:
        raise KeyTrouble(
            why=Words(f"无法读取 {path.name}：{error.strerror}", f"{path.name} cannot be read: {error.strerror}")
        ) from None
    except (ValueError, RecursionError):
        raise KeyTrouble(
            why=Words(
                f"{path.name} 不是完整的 {suite.SUITE} 密钥文件；请用恢复单恢复",
                f"{path.name} is not a whole key file of {suite.SUITE}; restore it from its sheet",
            )
        ) from None


def _write_new(path: Path, ring: Ring) -> None:
    with _alone(path):
        if path.exists() or path.is_symlink():
            raise KeyTrouble(why=Words(f"{path.name} 已存在", f"{path.name} exists already"))
        _write(path, ring)


def _write(path: Path, ring: Ring) -> None:
    """A new file is put in place only once it is on disk, and it was never open to others."""
    beside = path.with_name(path.name + ".new")
    with suppress(FileNotFoundError):
        beside.unlink()
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as sink:
        json.dump(to_content(ring), sink, indent=1)
        sink.flush()
        os.fsync(sink.fileno())
    os.replace(beside, path)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the folder while its key file changes: of two rotations at once none may lose the other's key."""
    try:
        if sys.platform == "win32":
            yield
            return
        folder = os.open(path.absolute().parent, os.O_RDONLY)
        try:
            with suppress(OSError):  # some network folders know no locks
                fcntl.flock(folder, fcntl.LOCK_EX)
            yield
            with suppress(OSError):
                os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise KeyTrouble(
            why=Words(f"无法写入 {path.name}：{error.strerror}", f"{path.name} cannot be written: {error.strerror}")
        ) from None
