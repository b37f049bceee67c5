"""One frozen value read from the environment at the edge; an empty variable is an unset one, a wrong one is an error."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mingcha.errors import InputError
from mingcha.model.words import Words

CHINESE, ENGLISH = "zh-CN", "en"
SITE = "site.toml"  # the site's own file, where a workspace holds one
SAYS_NOTHING = ("", "C", "POSIX", "C.UTF-8", "C.utf8")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a site may choose. `database` is a PostgreSQL address, None for SQLite in the workspace."""

    workspace: Path
    locale: str = CHINESE  # zh-CN or en
    database: str | None = field(default=None, repr=False)  # it may hold a password
    host: str = "127.0.0.1"
    port: int = 8420
    timezone: str = "Asia/Shanghai"
    patience: float = 60.0  # seconds to wait for another writer; the desk, where people wait, takes less
    overrides: Path | None = None  # the site's own TOML file (by default the workspace's site.toml) or a folder of them


def from_environment(environment: Mapping[str, str], workspace: Path | None) -> Settings:
    """Settings from `MINGCHA_…` variables; a workspace given on the command line wins."""
    chosen = workspace or Path(environment.get("MINGCHA_WORKSPACE") or ".workspace/default")
    overrides = environment.get("MINGCHA_OVERRIDES")
    return Settings(
        workspace=chosen,
        locale=locale_of(environment),
        database=_database(environment.get("MINGCHA_DATABASE") or None),
        host=_host(environment.get("MINGCHA_HOST") or "127.0.0.1"),
        port=_port(environment.get("MINGCHA_PORT") or "8420"),
        timezone=_timezone(environment.get("MINGCHA_TIMEZONE") or "Asia/Shanghai"),
        overrides=Path(overrides) if overrides else chosen / SITE if (chosen / SITE).is_file() else None,
    )


def locale_of(environment: Mapping[str, str]) -> str:
    """zh-CN or en, from MINGCHA_LOCALE, else LC_ALL, LC_MESSAGES, LANG; Chinese where nothing says otherwise."""
    for name in ("MINGCHA_LOCALE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value not in SAYS_NOTHING:
            return CHINESE if value.lower().startswith("zh") else ENGLISH
    return CHINESE


def _database(address: str | None) -> str | None:
    if address is None:
        return None
    address = address.replace("postgres://", "postgresql://", 1)
    if not address.startswith(("postgresql://", "postgresql+psycopg://")):
        raise InputError(
            where="MINGCHA_DATABASE",
            found="…",
            expected=Words("postgresql://… 形式的地址", "an address postgresql://…"),
        )
    return address


def _host(host: str) -> str:
    if any(character.isspace() or character in "/@" for character in host):
        raise InputError(
            where="MINGCHA_HOST", found=host, expected=Words("主机名或 IP 地址", "a host name or an IP address")
        )
    return host


def _port(port: str) -> int:
    if not port.isascii() or not port.isdigit() or not 0 < int(port[:6]) < 65536:
        raise InputError(where="MINGCHA_PORT", found=port, expected=Words("端口号", "a port number"))
    return int(port)


def _timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InputError(
            where="MINGCHA_TIMEZONE",
            found=name,
            expected=Words("时区，例如 Asia/Shanghai", "a time zone such as Asia/Shanghai"),
        ) from None
    return name
