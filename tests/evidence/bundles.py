"""Small bundles, made here: exhibits with their custody chain, a day's root, papers; and a local time-stamp authority."""

import subprocess
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import new, sha256
from pathlib import Path
from typing import Any

from mingcha.adapters.bundle import tools, write_folder
from mingcha.evidence.bundle import HAS_SM3, Plan, plan
from mingcha.evidence.bundle_names import shown
from mingcha.evidence.canonical import canonical
from mingcha.evidence.commitment import commitment
from mingcha.evidence.daily import day_leaves, day_root
from mingcha.evidence.merkle import proof
from mingcha.evidence.seal import seal
from mingcha.model.bundle import Bundle, DayPath, DayRoot, Entry, Paper, Sealed, Witness
from mingcha.model.stored import Link

AT, SUITE, DAY = datetime(2026, 3, 1, 8, tzinfo=UTC), "intl@test", "2026-03-01"
BYTES = (b"%PDF-1.7 letter", b"RIFF call", b"", b"transcript of the call", b"RIFF call")
NAMES = ("投诉信.pdf", "../../etc/通话.WAV", "empty.exe", "transcript\u202etxt.txt", "con.pdf")


def bundle(data: Sequence[bytes] = BYTES, names: Sequence[str] = NAMES, *, salt: int = 0, **more: Any) -> Bundle:
    """A bundle over these bytes; another `salt`, another custody chain. The first record seals none of them."""
    links: list[Link] = [seal("custody", None, {"act": "open", "suite": SUITE}, AT)]
    exhibits = []
    for n, (one, name) in enumerate(zip(data, names, strict=True), 1):
        digest, grain = sha256(one).hexdigest(), sha256(f"{salt}:{n}".encode()).digest()[:16]
        told = canonical({"name": shown(name), "sha256": digest, "size": len(one)})
        said = commitment(told, grain)
        links.append(
            seal(
                "custody",
                links[-1],
                {"act": "exhibit", "commitment": said, "suite": SUITE},
                AT + timedelta(minutes=n),
            )
        )
        exhibits.append(
            Entry(
                name=name,
                kind="通话录音 call recording",
                size=len(one),
                sha256=digest,
                sm3=new("sm3", one).hexdigest() if HAS_SM3 else None,
                taken_by="u-7",
                taken_at=AT,
                source_system="call-centre",
                how="exported as kept\nby the night job",
                derived_from=2 if n == 4 else None,
                sealed=Sealed("custody", links[-1].seq, grain.hex(), told.decode()),
            )
        )
    given: dict[str, Any] = {
        "case": "C-17",
        "organisation": "示例消费金融 Example\nFinance",
        "made_by": "u-9",
        "made_at": AT + timedelta(days=1),
        "suite": SUITE,
        "papers": (Paper("报案书.pdf", b"%PDF report"),),
        "witness": witness(links),
        **more,
    }
    return Bundle(exhibits=tuple(exhibits), custody=tuple(links), **given)


def witness(links: Sequence[Link]) -> Witness:
    """One signed root over all of them, and the path of each."""
    leaves = day_leaves(links)
    top = DayRoot(day=DAY, count=len(leaves), root=day_root(links), signer="audit-1", signature="c2lnbmVk")
    paths = (DayPath(link.chain, link.seq, DAY, proof(leaves, at)) for at, link in enumerate(links))
    return Witness((top,), tuple(paths))


def from_bytes(data: Sequence[bytes] = BYTES) -> Any:
    """Reads exhibit n out of these, in pieces of three bytes."""

    def read(number: int) -> Iterable[bytes]:
        one = data[number - 1]
        return (one[at : at + 3] for at in range(0, len(one), 3))

    return read


def written(
    target: Path, made: Bundle | None = None, data: Sequence[bytes] = BYTES, token: bytes | None = None
) -> Plan:
    """A bundle in a folder."""
    planned = plan(made or bundle(), tools())
    write_folder(target, planned, from_bytes(data), token)
    return planned


CONF = """
[ req ]
distinguished_name = dn
prompt = no
[ dn ]
CN = Test authority
[ ext ]
extendedKeyUsage = critical,timeStamping
basicConstraints = critical,CA:true
[ tsa ]
default_tsa = one
[ one ]
dir = .
serial = ./serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
ordering = yes
tsa_name = yes
ess_cert_id_alg = sha256
"""


class Authority:
    """A real `openssl ts` authority in a folder."""

    def __init__(self, room: Path) -> None:
        self.room = room
        room.mkdir()
        (room / "tsa.cnf").write_text(CONF)
        (room / "serial").write_text("01\n")
        self._run(
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-keyout",
            "key.pem",
            "-out",
            "cert.pem",
            "-days",
            "2",
            "-config",
            "tsa.cnf",
            "-extensions",
            "ext",
        )

    def stamp(self, digest: str, algorithm: str = "sha256") -> bytes:
        """The answer over a digest."""
        self._run("ts", "-query", "-digest", digest, f"-{algorithm}", "-cert", "-out", "q.tsq")
        self._run(
            "ts",
            "-reply",
            "-config",
            "tsa.cnf",
            "-section",
            "one",
            "-queryfile",
            "q.tsq",
            "-inkey",
            "key.pem",
            "-signer",
            "cert.pem",
            "-out",
            "a.tsr",
        )
        return (self.room / "a.tsr").read_bytes()

    def confirms(self, command: str, where: Path) -> bool:
        """Whether the command that verify.py prints is content."""
        call = command.replace("AUTHORITY.pem", str(self.room / "cert.pem")).split()
        return subprocess.run(call, cwd=where, capture_output=True, check=False).returncode == 0

    def _run(self, *arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=self.room, check=True, capture_output=True)
