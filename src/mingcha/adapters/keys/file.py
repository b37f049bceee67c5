"""The site's keys in one owner-only file: a root for tokens and ids, and generations of wrapping keys.

Rotation adds a wrapping key; tokens and ids come from the root, which stays, because equality with what is already stored
depends on it. The file says of itself whether it is a development key.
"""

import hashlib
import json
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mingcha.adapters.keys import suite
from mingcha.errors import KeyTrouble
from mingcha.model.record import Personal
from mingcha.model.stored import Envelope
from mingcha.model.words import Words

FORMAT = "mingcha-keys/1"


@dataclass(frozen=True, slots=True)
class FileKeys:
    """Keys read from a file; fits the `Keys` port."""

    is_dev: bool
    _wrapping: dict[int, AESGCM] = field(repr=False)
    _tokens: dict[Personal, suite.Mac] = field(repr=False)
    _ids: suite.Mac = field(repr=False)
    _digests: suite.Mac = field(repr=False)
    _sketch: int = field(repr=False)

    @property
    def suite(self) -> str:
        """The dated name of the algorithms."""
        return suite.SUITE

    def token(self, personal: Personal, canonical: str) -> str:
        """The keyed token of a canonical value: a letter for its kind and 20 base32 letters."""
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
        generation = suite.generation_of(envelope)
        if generation not in self._wrapping:
            raise KeyTrouble(why=f"this key file has no wrapping key of generation {generation}")
        return suite.unseal(self._wrapping[generation], envelope, context)

    def sketch_key(self) -> int:
        """64-bit key of shingle hashes."""
        return self._sketch

    def commit(self, data: bytes) -> tuple[str, bytes]:
        """SHA-256 over a fresh salt and the data, and the salt."""
        salt = os.urandom(suite.SALT)
        return hashlib.sha256(b"mingcha/commit/1\0" + salt + data).hexdigest(), salt


def create(path: Path, *, dev: bool) -> FileKeys:
    """Make a new key file (0600). An existing one is never overwritten."""
    content = {
        "format": FORMAT,
        "suite": suite.SUITE,
        "dev": dev,
        "root": os.urandom(32).hex(),
        "wrapping": [os.urandom(32).hex()],
    }
    _write(path, content, exclusive=True)
    return _keys(content)


def load(path: Path) -> FileKeys:
    """Read a key file; refused when others on this machine may read it."""
    return _keys(_read(path))


def rotate(path: Path) -> int:
    """Add a wrapping key; returns its generation. What was encrypted before still opens."""
    content = _read(path)
    content["wrapping"] = [*content["wrapping"], os.urandom(32).hex()]
    _write(path, content, exclusive=False)
    return len(content["wrapping"])


def install(source: Path, target: Path) -> None:
    """Copy a key file into a new workspace, owner-only."""
    _write(target, _read(source), exclusive=True)


def check(path: Path) -> list[Words]:
    """What is wrong with a key file; empty when it is sound."""
    try:
        keys = load(path)
    except KeyTrouble as trouble:
        return [Words(trouble.say("zh"), trouble.say("en"))]
    probe = keys.envelope(b"probe", b"check")
    found = [] if keys.open(probe, b"check") == b"probe" else [Words("加密自检失败", "the encryption self-test failed")]
    if keys.is_dev:
        found.append(Words("这是开发密钥，只能在本机使用", "this is a development key, for this machine only"))
    return found


def recovery_sheet(path: Path) -> str:
    """A sheet to print and lock away: each secret in groups of eight with a check group at the line's end."""
    content = _read(path)
    lines = ["明察 恢复单 / mingcha recovery sheet", f"{FORMAT}  {content['suite']}  dev={int(content['dev'])}", ""]
    for name, secret in [("root", content["root"]), *((f"w{n}", w) for n, w in enumerate(content["wrapping"], 1))]:
        groups = " ".join(secret[i : i + 8] for i in range(0, 64, 8))
        lines.append(f"{name:<5}{groups}  {_check_group(name, secret)}")
    return "\n".join([*lines, "", "请离线保管，两人两处。 / Keep off-line, two people, two places.", ""])


def restore_from_sheet(text: str, path: Path) -> None:
    """Make the key file again from a typed-in sheet; KeyTrouble names the line whose check group does not fit."""
    secrets: dict[str, str] = {}
    dev = False
    for line in text.splitlines():
        parts = line.split()
        if parts[:1] == [FORMAT]:
            dev = "dev=1" in parts
        elif len(parts) == 10 and (parts[0] == "root" or parts[0].startswith("w")):
            secret = "".join(parts[1:9]).lower()
            if _check_group(parts[0], secret) != parts[9].lower():
                raise KeyTrouble(why=f"line {parts[0]} of the sheet was mistyped")
            secrets[parts[0]] = secret
    wrapping = [secrets[f"w{n}"] for n in range(1, len(secrets)) if f"w{n}" in secrets]
    if "root" not in secrets or not wrapping or len(wrapping) != len(secrets) - 1:
        raise KeyTrouble(why="the sheet is incomplete")
    content = {"format": FORMAT, "suite": suite.SUITE, "dev": dev, "root": secrets["root"], "wrapping": wrapping}
    _write(path, content, exclusive=True)


def _check_group(name: str, secret: str) -> str:
    return hashlib.sha256(f"mingcha/sheet/{name}/{secret}".encode()).hexdigest()[:6]


def _keys(content: dict[str, Any]) -> FileKeys:
    root = bytes.fromhex(content["root"])
    wrapping = {n: AESGCM(bytes.fromhex(key)) for n, key in enumerate(content["wrapping"], 1)}
    return FileKeys(
        is_dev=bool(content["dev"]),
        _wrapping=wrapping,
        _tokens={p: suite.Mac(suite.derive(root, f"token/{p.value}")) for p in Personal},
        _ids=suite.Mac(suite.derive(root, "record-id")),
        _digests=suite.Mac(suite.derive(root, "digest")),
        _sketch=int.from_bytes(suite.derive(root, "sketch", 8), "big"),
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        mode = path.stat().st_mode
        if mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise KeyTrouble(why=f"{path.name} may be read by others on this machine; chmod 600")
        content: dict[str, Any] = json.loads(path.read_text())
        sound = (
            content["format"] == FORMAT
            and content["suite"] == suite.SUITE
            and len(bytes.fromhex(content["root"])) == 32
        )
        sound = sound and bool(content["wrapping"]) and all(len(bytes.fromhex(w)) == 32 for w in content["wrapping"])
    except FileNotFoundError:
        raise KeyTrouble(why=f"there is no key file {path.name}") from None
    except (ValueError, KeyError, TypeError):
        raise KeyTrouble(why=f"{path.name} is not a whole key file") from None
    if not sound:
        raise KeyTrouble(why=f"{path.name} is not a whole key file")
    return content


def _write(path: Path, content: dict[str, Any], *, exclusive: bool) -> None:
    """Write whole or not at all: a new file is put in place only once it is on disk."""
    if exclusive and path.exists():
        raise KeyTrouble(why=f"{path.name} exists already")
    fresh = path.with_name(path.name + ".new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as sink:
        json.dump(content, sink, indent=1)
        sink.flush()
        os.fsync(sink.fileno())
    os.replace(fresh, path)
