"""The audit role's Ed25519 key in an owner-only file of its own, outside every workspace, opened by its passphrase alone.

The secret is AES-256-GCM under scrypt (RFC 7914, N = 2^17, r = 8, p = 1); the public key stands in clear and is authenticated. It is
never derived from the site's keys: whoever holds those cannot sign.
"""

import json
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from mingcha.errors import InputError, KeyTrouble
from mingcha.model.words import Words

FORMAT = "mingcha-audit-key/1"
SALT, NONCE, SHORTEST = 16, 12, 12
N, R, P = 1 << 17, 8, 1


@dataclass(frozen=True, slots=True)
class AuditKey:
    """An opened key; fits the `Signer` port."""

    key: str  # public, hex
    _secret: Ed25519PrivateKey = field(repr=False)

    def sign(self, data: bytes) -> str:
        """The signature (hex)."""
        return self._secret.sign(data).hex()


def make(path: Path, passphrase: str, workspace: Path) -> str:
    """Make a key in a new file, which is there whole or not at all; its public key (hex). InputError inside the workspace or for a short passphrase."""
    if path.resolve().is_relative_to(workspace.resolve()):
        expected = Words("工作区以外的位置", "a place outside the workspace")
        raise InputError(where="--out", found=str(path), expected=expected)
    if len(passphrase) < SHORTEST:
        expected = Words(f"至少 {SHORTEST} 个字符的口令", f"a passphrase of {SHORTEST} characters or more")
        raise InputError(where="passphrase", found="…", expected=expected)
    secret = Ed25519PrivateKey.generate()
    public, salt, nonce = secret.public_key().public_bytes_raw().hex(), os.urandom(SALT), os.urandom(NONCE)
    sealed = AESGCM(_derived(passphrase, salt)).encrypt(nonce, secret.private_bytes_raw(), _context(public))
    told = {"format": FORMAT, "public": public, "salt": salt.hex(), "nonce": nonce.hex(), "sealed": sealed.hex()}
    if os.path.lexists(path):
        raise KeyTrouble(why=Words(f"{path.name} 已存在", f"{path.name} exists already"))
    beside = path.with_name(path.name + ".new")
    beside.unlink(missing_ok=True)  # of one that was killed: nobody ever had its key
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as sink:
        json.dump(told, sink, indent=1)
        sink.flush()
        os.fsync(sink.fileno())
    beside.rename(path)
    return public


def signer(path: Path, passphrase: str) -> AuditKey:
    """The key of a file; KeyTrouble for another passphrase, a damaged file, or one that others may read."""
    with path.open("rb") as source:
        if os.name == "posix" and os.fstat(source.fileno()).st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise KeyTrouble(
                why=Words(
                    f"{path.name} 可被本机其他人读取；请执行 chmod 600",
                    f"{path.name} may be read by others on this machine; chmod 600",
                )
            )
        told = _told(path, source.read(1 << 16))
    public, salt, nonce, sealed = told
    try:
        raw = AESGCM(_derived(passphrase, salt)).decrypt(nonce, sealed, _context(public))
        secret = Ed25519PrivateKey.from_private_bytes(raw)
    except (InvalidTag, ValueError):
        raise KeyTrouble(why=Words("口令不对，或密钥文件受损", "wrong passphrase, or a damaged key file")) from None
    if secret.public_key().public_bytes_raw().hex() != public:
        raise KeyTrouble(why=Words("公钥与私钥不符", "its public key is another's"))
    return AuditKey(public, secret)


def genuine(key: str, data: bytes, signature: str) -> bool:
    """Whether a public key (hex) signed the data; anything malformed is no signature."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), data)
    except (InvalidSignature, ValueError):
        return False
    return True


def _told(path: Path, data: bytes) -> tuple[str, bytes, bytes, bytes]:
    try:
        told: Any = json.loads(data)
        if told["format"] != FORMAT:
            raise ValueError(told["format"])
        salt, nonce, sealed = (bytes.fromhex(told[name]) for name in ("salt", "nonce", "sealed"))
        return str(told["public"]), salt, nonce, sealed
    except (ValueError, KeyError, TypeError, RecursionError):
        why = Words(f"{path.name} 不是审计密钥文件", f"{path.name} is no file of an audit key")
        raise KeyTrouble(why=why) from None


def _context(public: str) -> bytes:
    return f"{FORMAT}\0{public}".encode()


def _derived(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=N, r=R, p=P).derive(passphrase.encode("utf-8", "surrogatepass"))
