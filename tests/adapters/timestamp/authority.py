"""A real `openssl ts` authority behind a small HTTP server on this machine; it does what it is told."""

import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

CONFIG = """
[tsa]
default_tsa = here
[here]
dir = {folder}
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


@dataclass
class Authority:
    """Where it listens, whom it leads to, what it was asked; and how it misbehaves."""

    folder: Path
    url: str = ""
    asked: list[bytes] = field(default_factory=list)
    status: int = 200
    answer: bytes | None = None  # instead of its own
    slow: float = 0.0  # seconds between bytes
    swap: tuple[bytes, bytes] = (b"", b"")  # in what it is asked

    @property
    def roots(self) -> Path:
        return self.folder / "ca.pem"

    def reply(self, query: bytes) -> bytes:
        (self.folder / "query").write_bytes(query.replace(*self.swap) if self.swap[0] else query)
        _openssl(self.folder, "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query", "-out", "reply")
        return (self.folder / "reply").read_bytes()


@contextmanager
def open_authority(folder: Path) -> Iterator[Authority]:
    """Make its certificates and run it in a thread of its own; skipped where openssl is missing."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    pytest.importorskip("rfc3161_client")
    authority = Authority(_made(folder))

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            authority.asked.append(query)
            answer = authority.reply(query) if authority.answer is None else authority.answer
            self.send_response(authority.status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            try:
                for byte in [answer] if not authority.slow else [answer[at : at + 1] for at in range(len(answer))]:
                    self.wfile.write(byte)
                    time.sleep(authority.slow)
            except OSError:
                pass  # whoever asked has gone

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    authority.url = f"http://127.0.0.1:{server.server_port}/tsa"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield authority
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))
    (folder / "serial").write_text("01\n")
    (folder / "tsa.ext").write_text("keyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\n")
    new = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    _openssl(folder, "req", "-x509", *new, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=test CA")
    _openssl(folder, "req", *new, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=test TSA")
    ca = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", "tsa.ext")
    _openssl(folder, "x509", "-req", "-in", "tsa.csr", *ca, "-out", "tsa.pem")
    return folder


def _openssl(folder: Path, *arguments: str) -> None:
    done = subprocess.run(["openssl", *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
