"""What an evidence bundle is made of: exhibits as they were recorded when taken in, papers, the custody chain, its witnesses."""

from dataclasses import dataclass
from datetime import datetime

from mingcha.model.stored import Link


@dataclass(frozen=True, slots=True)
class Sealed:
    """Which custody record sealed an exhibit, and what opens its commitment: the salt (hex) and the JSON that was committed to.

    That JSON is an object whose `sha256` and `size` are the exhibit's; whatever else it says goes out with the bundle.
    """

    chain: str
    seq: int
    salt: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One exhibit as the index lists it: what was recorded when it was taken in. Its bytes are read later and must still be these."""

    name: str  # as it was given; may hold anything
    kind: str
    size: int  # bytes
    sha256: str
    sm3: str | None = None
    taken_by: str
    taken_at: datetime
    source_system: str
    how: str
    derived_from: int | None = None  # number of the earlier exhibit this is a copy, transcript or redaction of
    sealed: Sealed


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper the house wrote for the bundle (report, list, cover letter), under a name of its own choosing."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRoot:
    """The Merkle root over all records sealed on one day, signed by the key of the audit role."""

    day: str  # ISO date
    count: int
    root: str
    signer: str  # id of the key
    signature: str


@dataclass(frozen=True, slots=True)
class DayPath:
    """Why one custody record is under the root of a day."""

    chain: str
    seq: int
    day: str
    steps: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Witness:
    """Signed roots of days, and the paths that lead from custody records to them."""

    days: tuple[DayRoot, ...]
    paths: tuple[DayPath, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """Everything that goes into one bundle but the bytes of the exhibits; these come in order, numbered from 1."""

    case: str
    organisation: str
    made_by: str
    made_at: datetime
    suite: str
    exhibits: tuple[Entry, ...]
    custody: tuple[Link, ...]  # whole chains, from their first records
    papers: tuple[Paper, ...] = ()
    witness: Witness | None = None
