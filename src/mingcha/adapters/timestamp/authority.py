"""Asks an authority for the time of a digest; what comes back must be over that digest and answer this very question.

The digest goes out and nothing else does. Where the authority's certificates are given its signature must hold before a token is kept.
"""

import secrets
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cryptography.x509 import load_pem_x509_certificates

from mingcha.errors import InputError, NotInstalled, NotStamped
from mingcha.model.words import Words

if TYPE_CHECKING:
    from rfc3161_client import TimeStampResponse

WAIT, MOST = 20.0, 1 << 16  # seconds for the whole answer, its bytes
GRANTED = 0
QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"
SHA256 = bytes.fromhex("3031300d060960864801650304020105000420")  # a MessageImprint up to its digest


@dataclass(frozen=True, slots=True)
class TimeAuthority:
    """One authority: https, or http on this machine. `roots`: a PEM file of certificates it must lead to."""

    url: str
    roots: Path | None = None
    wait: float = WAIT

    def stamp(self, digest: str) -> bytes:
        """The answer (DER) over a SHA-256 digest (hex). NotStamped says why there is none."""
        _installed()
        holds = trusted(self.roots) if self.roots else None
        nonce = 1 << 62 | secrets.randbits(62)  # always eight bytes of DER
        answer = self._ask(_query(bytes.fromhex(digest), nonce))
        told = _read(answer)
        if told is None:
            raise NotStamped(why=Words("答复无法读取", "its answer cannot be read"))
        if told.status != GRANTED:
            raise NotStamped(
                why=Words(f"时间戳机构未予签发（{told.status}）", f"it was refused (status {told.status})")
            )
        try:
            info = told.tst_info
        except ValueError:
            raise NotStamped(why=Words("答复中没有时间戳", "its answer holds no token")) from None
        if info.nonce != nonce or info.message_imprint.message.hex() != digest:
            raise NotStamped(why=Words("答复的不是本次请求", "the answer is to another question"))
        if holds and holds(digest, answer) is None:
            raise NotStamped(why=Words("签名未通过校验", "its signature does not hold under the certificates given"))
        return answer

    def _ask(self, query: bytes) -> bytes:
        parts, until = urlsplit(self.url), time.monotonic() + self.wait
        host, port = parts.hostname or "", parts.port
        line: HTTPConnection
        if parts.scheme == "https":
            line = HTTPSConnection(host, port, timeout=self.wait, context=ssl.create_default_context())
        else:
            line = HTTPConnection(host, port, timeout=self.wait)
        try:
            place = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            line.request("POST", place, query, {"Content-Type": QUERY, "Accept": REPLY})
            reply = line.getresponse()
            if reply.status != 200:
                raise NotStamped(why=Words(f"时间戳机构答复 HTTP {reply.status}", f"it answers HTTP {reply.status}"))
            held = b""
            while piece := reply.read1(MOST):
                held += piece
                if len(held) > MOST:
                    raise NotStamped(why=Words(f"答复超过 {MOST:,} 字节", f"its answer has more than {MOST:,} bytes"))
                if time.monotonic() > until:
                    raise TimeoutError
            return held
        except TimeoutError:
            raise NotStamped(why=Words(f"{self.wait:g} 秒内没有答复", f"no answer in {self.wait:g} seconds")) from None
        except (OSError, HTTPException) as error:
            name = type(error).__name__
            raise NotStamped(why=Words(f"无法联系时间戳机构（{name}）", f"it cannot be reached ({name})")) from None
        finally:
            line.close()


def trusted(roots: Path) -> Callable[[str, bytes], datetime | None]:
    """The time of an answer over a digest; None unless its signature leads to the self-signed certificates of a PEM file."""
    _installed()
    from rfc3161_client import VerificationError, VerifierBuilder

    expected = Words("PEM 证书，其中有自签名的根证书", "certificates in PEM, a self-signed root among them")
    try:
        held = load_pem_x509_certificates(roots.read_bytes())
    except ValueError:
        held = []
    tops = [one for one in held if one.issuer == one.subject]
    if not tops:
        raise InputError(where=str(roots), found=len(held), expected=expected)
    verifier = VerifierBuilder(roots=tops, intermediates=[one for one in held if one not in tops]).build()

    def holds(digest: str, answer: bytes) -> datetime | None:
        told = _read(answer)
        try:
            return told.tst_info.gen_time if told and verifier.verify(told, bytes.fromhex(digest)) else None
        except (VerificationError, ValueError):
            return None

    return holds


def _read(answer: bytes) -> "TimeStampResponse | None":
    from rfc3161_client import decode_timestamp_response

    try:
        return decode_timestamp_response(answer)
    except ValueError:
        return None


def _query(digest: bytes, nonce: int) -> bytes:
    """A TimeStampReq (RFC 3161, 2.4.1) over a digest that is made already: version 1, its nonce, certificates wanted."""
    inner = b"\2\1\1" + SHA256 + digest + b"\2\x08" + nonce.to_bytes(8, "big") + b"\1\1\xff"
    return b"\x30" + bytes([len(inner)]) + inner


def _installed() -> None:
    if find_spec("rfc3161_client") is None:
        raise NotInstalled(what=Words("时间戳", "time-stamping"), extra="timestamp")
