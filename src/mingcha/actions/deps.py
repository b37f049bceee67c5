"""Everything actions work with, chosen once in wiring; time and randomness come in here and nowhere else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from mingcha.actions.ports.blobs import Blobs
from mingcha.actions.ports.keys import Keys
from mingcha.actions.ports.signin import SignIn
from mingcha.actions.ports.store import Store
from mingcha.standards.load import Standards
from mingcha.text.lexicon import Lexicon


@dataclass(frozen=True, slots=True, kw_only=True)
class Deps:
    """One frozen value; tests build it with a fixed clock and a memory store."""

    store: Store
    keys: Keys
    blobs: Blobs
    signin: SignIn
    standards: Standards
    lexicon: Lexicon
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    zone: ZoneInfo
