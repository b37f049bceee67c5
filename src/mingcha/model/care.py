"""Care for whoever complains: who asked not to be contacted, and whether those in danger were read in time."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Stop:
    """Collection contacts are to stop for a complaint: since when, recorded by whom."""

    since: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DiallerLine:
    """One number nobody may dial to collect. `number` is in clear: the list goes to the dialler."""

    number: str
    since: datetime
    why: str  # stop_contact: recorded at the desk; refused: the register of refusals
    record: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstRead:
    """One complaint of the welfare lane: when it came in, by when somebody has to read it, and who first did."""

    complaint: str
    arrived_at: datetime
    due_at: datetime
    read_at: datetime | None
    read_by: str | None
    late: bool
