"""A whole house for tests: real keys, a store of any kind, the package's standards, and a clock that stands still."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from mingcha.actions.deps import Deps
from mingcha.actions.ports.store import Store
from mingcha.actions.take_in import SourceFile, TakenIn, take_in
from mingcha.adapters.blobs import FileBlobs, MemoryBlobs
from mingcha.adapters.keys import create
from mingcha.adapters.shelf import read_package
from mingcha.adapters.signin import LocalSignIn
from mingcha.adapters.store import open_memory, open_postgres, open_sqlite
from mingcha.model.actor import Actor, Purpose, Role
from mingcha.model.intake import Row
from mingcha.model.kinds import BY_CODE
from mingcha.standards.load import load
from mingcha.text.lexicon import build

NOON = datetime(2026, 3, 20, 4, 0, tzinfo=UTC)


@dataclass
class FixedClock:
    """A clock that moves only when told."""

    at: datetime = NOON
    serial: int = field(default=0)

    def now(self) -> datetime:
        """The time."""
        return self.at

    def later(self, **by: int) -> None:
        """Move on."""
        self.at += timedelta(**by)

    def new_id(self) -> str:
        """The next id."""
        self.serial += 1
        return f"{self.serial:032x}"


def someone(*roles: Role, name: str = "test", purpose: Purpose = Purpose.HANDLING) -> Actor:
    """A person with roles; with none given, all but the administrator's."""
    return Actor(name=name, roles=frozenset(roles or (set(Role) - {Role.ADMIN})), purpose=purpose)


@contextmanager
def house(
    folder: Path, *, memory: bool = False, clock: FixedClock | None = None, postgres: str | None = None
) -> Iterator[Deps]:
    """Deps over a store in the folder, in memory, or at the address of a PostgreSQL database."""
    standards = load(read_package())
    clock = clock or FixedClock()
    store: Store = (
        open_memory() if memory else open_postgres(postgres) if postgres else open_sqlite(folder / "house.db")
    )
    key = folder / "keys.json"
    from mingcha.adapters.keys import load as load_keys

    deps = Deps(
        store=store,
        keys=load_keys(key) if key.exists() else create(key, dev=True),
        blobs=MemoryBlobs() if memory else FileBlobs(folder / "exhibits"),
        signin=LocalSignIn(),
        standards=standards,
        lexicon=build(standards.lexicon),
        now=clock.now,
        new_id=clock.new_id,
        zone=ZoneInfo("Asia/Shanghai"),
    )
    try:
        yield deps
    finally:
        store.close()


def put(deps: Deps, kind: str, *records: Any, actor: Actor | None = None, repair_of: str | None = None) -> TakenIn:
    """Take records in as if a file had held them."""
    rows = [
        Row(number=n, raw=repr(record).encode(), record=record, source_id=record.id, repair_of=repair_of)
        for n, record in enumerate(records, 1)
    ]
    source = SourceFile(kind=BY_CODE[kind], name="test", digest="0" * 64, system="test")
    return take_in(deps, actor or someone(), source, rows)
