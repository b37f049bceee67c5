"""The only place that picks adapters: Settings to Deps, on one screen."""

import uuid
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from mingcha.actions.deps import Deps
from mingcha.settings import Settings


def open_deps(settings: Settings) -> Deps:
    """Deps of a workspace; makes the folder, its key (a dev key, said so) and its database on first use."""
    from mingcha.adapters.keys import create, load  # heavy imports wait until a workspace is opened
    from mingcha.adapters.relstore.store import open_postgres, open_sqlite
    from mingcha.adapters.signin import LocalSignIn
    from mingcha.standards.load import load as load_standards
    from mingcha.text.lexicon import build

    settings.workspace.mkdir(parents=True, exist_ok=True)
    key_file = settings.workspace / "keys.json"
    keys = load(key_file) if key_file.exists() else create(key_file, dev=True)
    data = shelf(settings.overrides)
    standards = load_standards(data)
    store = open_postgres(settings.database) if settings.database else open_sqlite(settings.workspace / "house.db")
    return Deps(
        store=store,
        keys=keys,
        signin=LocalSignIn(),
        standards=standards,
        lexicon=build(standards.lexicon),
        now=lambda: datetime.now(UTC),
        new_id=lambda: uuid.uuid4().hex,
        zone=ZoneInfo(settings.timezone),
    )


@cache
def shelf(overrides: Path | None) -> dict[str, str]:
    """Package data, and the site's overrides where it has any."""
    from mingcha.adapters.shelf import read_overrides, read_package

    data = dict(read_package())
    if overrides:
        data.update(read_overrides(overrides))
    return data
