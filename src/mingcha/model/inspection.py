"""What an inspector is handed: what does not fit together, a sample of his own drawing, and the lists the rules ask for."""

from dataclasses import dataclass
from datetime import date, datetime

from mingcha.model.moves import Moves
from mingcha.model.words import Words


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that does not fit what was sealed. `code` is stable; `where` names the record."""

    code: str
    where: str
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One complaint of the sample, or of a list of it, without personal data."""

    complaint: str
    received_on: date
    first_due: date
    due: date
    channel: str | None
    product: str | None
    state: str
    merit: str | None  # the verdict that stands
    conclusion: str | None
    confirmed: tuple[str, ...]  # grievances our records confirm
    upheld: tuple[str, ...]
    linked: bool
    papers: int
    answered_with_letter: bool
    replays: bool | None  # whether its assessment is rebuilt bit for bit; None where it was not tried


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One sealed act of a list: who did what, when."""

    at: datetime
    by: str
    act: str
    about: str
    chain: str
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """The whole of it. Lists cover the period; what is held against the seals covers everything."""

    first: date
    last: date
    seed: str
    asked: int
    made_at: datetime
    heads: tuple[tuple[str, str], ...]  # chain, SEQ:HASH
    counts: tuple[tuple[str, int], ...]  # what was looked at
    flaws: tuple[Flaw, ...]
    sample: tuple[Drawn, ...]
    refused: tuple[Drawn, ...]  # merit decided against the complainer
    linked_upheld: tuple[Drawn, ...]  # linked, and yet true
    moves: Moves
    schemes: tuple[Act, ...]  # weights, lists and standards as each run used them, where they changed
    opened: tuple[Act, ...]  # exports and personal data in clear
    reversals: tuple[Act, ...]  # decisions taken back
    parity_digest: str  # of the figures sealed last; the tables stand in the pack
