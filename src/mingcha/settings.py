"""One frozen value read from the environment at the edge; an empty variable is an unset one, a wrong one is an error."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mingcha.errors import InputError
from mingcha.model.mail import MailServer, Tls, is_address
from mingcha.model.words import Words

CHINESE, ENGLISH = "zh-CN", "en"
SITE = "site.toml"  # the site's own file, where a workspace holds one
LOOPBACK = ("127.0.0.1", "::1", "localhost")
SUBMISSION = {"smtp": 587, "smtps": 465}
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
    mail: MailServer | None = field(default=None, repr=False)  # unless it is given nothing is ever sent
    time_authority: str | None = None  # address of an RFC 3161 authority; unless it is given none is ever asked
    time_roots: Path | None = None  # PEM file of the certificates its signature must lead to
    browser: Path | None = None  # Chromium, where it is not on the PATH
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
        mail=mail_server(environment),
        time_authority=_time_authority(environment.get("MINGCHA_TSA") or None),
        time_roots=Path(environment["MINGCHA_TSA_CA"]) if environment.get("MINGCHA_TSA_CA") else None,
        browser=Path(environment["MINGCHA_BROWSER"]) if environment.get("MINGCHA_BROWSER") else None,
        overrides=Path(overrides) if overrides else chosen / SITE if (chosen / SITE).is_file() else None,
    )


def locale_of(environment: Mapping[str, str]) -> str:
    """zh-CN or en, from MINGCHA_LOCALE, else LC_ALL, LC_MESSAGES, LANG; Chinese where nothing says otherwise."""
    for name in ("MINGCHA_LOCALE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value not in SAYS_NOTHING:
            return CHINESE if value.lower().startswith("zh") else ENGLISH
    return CHINESE


def mail_server(environment: Mapping[str, str]) -> MailServer | None:
    """The server of `MINGCHA_SMTP`: `smtp://host` (STARTTLS, 587) or `smtps://host` (TLS, 465); None where there is none.

    Only this machine's own may be spoken to without TLS, and no password goes to it then.
    """
    address = environment.get("MINGCHA_SMTP")
    if not address:
        return None
    wrong = InputError(
        where="MINGCHA_SMTP",
        found="…",
        expected=Words("smtp://主机:端口 或 smtps://主机:端口", "smtp://host:port or smtps://host:port"),
    )
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise wrong from None
    host = parts.hostname
    if parts.scheme not in SUBMISSION or not host or parts.username or parts.path.strip("/") or port == 0:
        raise wrong  # a password has its own variable
    sender = environment.get("MINGCHA_MAIL_FROM") or ""
    if not is_address(sender):
        raise InputError(where="MINGCHA_MAIL_FROM", found=sender, expected=Words("邮箱地址", "an e-mail address"))
    authority = environment.get("MINGCHA_SMTP_CA")
    user, password = _plain(environment, "MINGCHA_SMTP_USER"), _plain(environment, "MINGCHA_SMTP_PASSWORD")
    if (user is None) is not (password is None):
        both = Words("与 MINGCHA_SMTP_USER 一并填写", "given together with MINGCHA_SMTP_USER")
        raise InputError(where="MINGCHA_SMTP_PASSWORD", found="…", expected=both)
    return MailServer(
        host=host,
        port=port or SUBMISSION[parts.scheme],
        tls=Tls.WRAPPED if parts.scheme == "smtps" else Tls.OPTIONAL if host in LOOPBACK else Tls.STARTTLS,
        sender=sender,
        user=user,
        password=password,
        authority=Path(authority) if authority else None,
    )


def _time_authority(address: str | None) -> str | None:
    """The address of `MINGCHA_TSA`; only this machine's own may be spoken to without TLS."""
    if address is None:
        return None
    try:
        parts = urlsplit(address)
        fits = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
        if (
            fits
            and parts.hostname
            and parts.port != 0
            and not parts.username
            and address.isascii()
            and address.isprintable()
        ):
            return address
    except ValueError:
        pass
    raise InputError(where="MINGCHA_TSA", found="…", expected=Words("https://… 形式的地址", "an address https://…"))


def _plain(environment: Mapping[str, str], name: str) -> str | None:
    """A variable mail servers take in ASCII alone; what it holds is not repeated."""
    value = environment.get(name) or None
    if value is not None and not (value.isascii() and value.isprintable()):
        raise InputError(where=name, found="…", expected=Words("ASCII 字符", "ASCII characters"))
    return value


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
