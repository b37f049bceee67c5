"""One frozen value read from the environment at the edge; nothing else in the program looks at the environment."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mingcha.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a site may choose. `database` is a PostgreSQL address, None for SQLite in the workspace."""

    workspace: Path
    database: str | None = None
    host: str = "127.0.0.1"
    port: int = 8420
    timezone: str = "Asia/Shanghai"
    overrides: Path | None = None


def from_environment(environment: Mapping[str, str], workspace: Path | None) -> Settings:
    """Settings from `MINGCHA_…` variables; a workspace given on the command line wins."""
    port = environment.get("MINGCHA_PORT", "8420")
    if not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        raise InputError(where="MINGCHA_PORT", found=port, expected="a port number")
    overrides = environment.get("MINGCHA_OVERRIDES")
    return Settings(
        workspace=workspace or Path(environment.get("MINGCHA_WORKSPACE", ".workspace/default")),
        database=environment.get("MINGCHA_DATABASE") or None,
        host=environment.get("MINGCHA_HOST", "127.0.0.1"),
        port=int(port),
        timezone=environment.get("MINGCHA_TIMEZONE", "Asia/Shanghai"),
        overrides=Path(overrides) if overrides else None,
    )
