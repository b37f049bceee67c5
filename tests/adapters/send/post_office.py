"""A real mail server on this machine, with certificates of a real authority made for one test run; it does what it is told."""

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cached_property
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class Taken:
    """A message the server took."""

    sender: str
    to: list[str]
    data: bytes
    safe: bool
    user: str | None

    @cached_property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.data, policy=policy.default)  # type: ignore[return-value]  # reason: what that policy makes


@dataclass
class Office:
    """What it does: answers by recipient (`RCPT`), to the message (`DATA`), or it hangs up; and what it took."""

    port: int = 0
    refused: dict[str, str] = field(default_factory=dict)
    answer: str = "250 2.0.0 queued as 7F3A"
    hangs_up: str = ""  # MAIL, DATA
    taken: list[Taken] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)

    async def handle_MAIL(self, server: SMTP, _: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        self.commands.append("MAIL")
        if self.hangs_up == "MAIL":
            server.transport.abort()
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server: SMTP, _: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        self.commands.append("RCPT")
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.commands.append("DATA")
        if self.hangs_up == "DATA":
            server.transport.abort()
        if self.answer.startswith("250"):
            user = session.auth_data.login.decode() if session.auth_data else None
            content = envelope.content
            assert isinstance(content, bytes)
            sender, safe = str(envelope.mail_from), server.transport.get_extra_info("sslcontext") is not None
            self.taken.append(Taken(sender, list(envelope.rcpt_tos), content, safe, user))
        return self.answer


@contextmanager
def open_office(office: Office, context: ssl.SSLContext | None = None, **options: Any) -> Iterator[Office]:
    """Run it in a thread of its own; `wrapped` where TLS is from the first byte."""
    wrapped = options.pop("wrapped", False)
    passwords = options.pop("passwords", None)
    if passwords is not None:

        def known(_: Any, __: Any, ___: Any, ____: str, given: Any) -> AuthResult:
            held = passwords.get(given.login.decode()) == given.password.decode()
            return AuthResult(success=held, handled=False, auth_data=given)

        options |= {"authenticator": known, "auth_require_tls": not wrapped}
    if context is not None and not wrapped:
        options["tls_context"] = context
    loop = asyncio.new_event_loop()
    made = loop.run_until_complete(
        loop.create_server(
            lambda: SMTP(office, enable_SMTPUTF8=options.get("utf8", True), loop=loop, **{k: v for k, v in options.items() if k != "utf8"}),
            "127.0.0.1", 0, ssl=context if wrapped else None,
        )
    )  # fmt: skip
    office.port = made.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield office
    finally:
        loop.call_soon_threadsafe(made.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()


def certificates(folder: Path, name: str = "localhost") -> tuple[Path, ssl.SSLContext]:
    """An authority's certificate file, and a server's context with a certificate of it for one name."""
    ca_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    us = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mingcha test authority")])
    ca = _made(us, us, ca_key, ca_key, x509.BasicConstraints(ca=True, path_length=0))
    mine = _made(us, x509.Name([]), ca_key, key, x509.SubjectAlternativeName([x509.DNSName(name)]))
    (folder / "ca.pem").write_bytes(ca.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "server.pem").write_bytes(mine.public_bytes(serialization.Encoding.PEM) + private)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "server.pem")
    return folder / "ca.pem", context


def _made(
    issuer: x509.Name,
    subject: x509.Name,
    signer: ec.EllipticCurvePrivateKey,
    key: ec.EllipticCurvePrivateKey,
    extension: x509.ExtensionType,
) -> x509.Certificate:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .issuer_name(issuer)
        .subject_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(extension, critical=True)
        .sign(signer, hashes.SHA256())
    )
