"""A message that leaves the house, the server it leaves by, and to whom a site sends what; nobody's address is made up."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

ADDRESS = re.compile(
    r"[^\s@<>()\[\],;:\"\\\x00-\x1f\x7f]{1,64}@[^\s@<>()\[\],;:\"\\\x00-\x1f\x7f.]+(?:\.[^\s@<>()\[\],;:\"\\\x00-\x1f\x7f.]+)+"
)
MOST_OF_AN_ADDRESS = 254


def is_address(text: str) -> bool:
    """Whether a text is one bare e-mail address, of any script, and nothing else."""
    return len(text) <= MOST_OF_AN_ADDRESS and text.isprintable() and ADDRESS.fullmatch(text) is not None


class Tls(StrEnum):
    """How a connection to a mail server is protected."""

    WRAPPED = "tls"  # from its first byte
    STARTTLS = "starttls"
    OPTIONAL = "optional"  # of this machine alone


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """The site's mail server, read from the environment and kept nowhere. `sender` is the address mails come from."""

    host: str
    port: int
    tls: Tls
    sender: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    authority: Path | None = None  # certificates it is checked by, besides the system's


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file of a message."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message to be sent as a whole or not at all."""

    id: str
    at: datetime
    to: tuple[str, ...]
    subject: str
    body: str
    enclosed: tuple[Enclosed, ...] = ()

    @property
    def size(self) -> int:
        """Its bytes before they are encoded."""
        return len(self.body.encode()) + sum(len(one.data) for one in self.enclosed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """To whom reports of ads go (`platform:NAME`, `12377`, `association`), and how others reach us; from the site's own file."""

    contact: str = ""
    domain: str = ""
    to: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    countersigned_by: str = ""
