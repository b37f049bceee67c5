"""Settings: the environment is read once, an empty variable is unset, a wrong one is refused in words, secrets stay unseen."""

from pathlib import Path

import pytest

from mingcha.errors import InputError
from mingcha.settings import Settings, from_environment, locale_of


def test_nothing_given_is_a_private_chinese_house() -> None:
    settings = from_environment({}, None)
    assert settings == Settings(workspace=Path(".workspace/default"))
    assert (settings.locale, settings.host, settings.port) == ("zh-CN", "127.0.0.1", 8420)
    assert (settings.database, settings.timezone, settings.overrides) == (None, "Asia/Shanghai", None)


def test_everything_given_is_taken(tmp_path: Path) -> None:
    environment = {
        "MINGCHA_WORKSPACE": "/srv/w", "MINGCHA_LOCALE": "en", "MINGCHA_DATABASE": "postgresql://u:p@db/m", "MINGCHA_HOST": "::1",
        "MINGCHA_PORT": "80", "MINGCHA_TIMEZONE": "Asia/Urumqi", "MINGCHA_OVERRIDES": str(tmp_path),
    }  # fmt: skip
    assert from_environment(environment, None) == Settings(
        workspace=Path("/srv/w"), locale="en", database="postgresql://u:p@db/m", host="::1", port=80, timezone="Asia/Urumqi", overrides=tmp_path
    )  # fmt: skip
    assert from_environment(environment, tmp_path).workspace == tmp_path


def test_empty_variables_are_unset() -> None:
    names = ("WORKSPACE", "LOCALE", "DATABASE", "HOST", "PORT", "TIMEZONE", "OVERRIDES")
    assert from_environment({f"MINGCHA_{name}": "" for name in names}, None) == from_environment({}, None)


WRONG = [
    *(("MINGCHA_PORT", port) for port in ("0", "65536", "-1", "8420x", "八", "٣", "9" * 5000, " 80")),
    *(("MINGCHA_HOST", host) for host in ("a b", "http://x", "u@h", "a\n")),
    *(("MINGCHA_TIMEZONE", zone) for zone in ("Mars/Base", "../etc/passwd", "/etc/passwd", "Asia", "\0")),
    *(("MINGCHA_DATABASE", address) for address in ("mysql://u:secret@h/d", "house.db secret", "sqlite:///secret")),
]


@pytest.mark.parametrize(("name", "value"), WRONG, ids=lambda text: ascii(text)[:30])
def test_a_wrong_value_is_named(name: str, value: str) -> None:
    with pytest.raises(InputError, match=name) as error:
        from_environment({name: value}, None)
    assert "secret" not in str(error.value)


def test_old_addresses_of_postgresql_are_understood_and_never_shown() -> None:
    settings = from_environment({"MINGCHA_DATABASE": "postgres://u:secret@h/d"}, None)
    assert settings.database == "postgresql://u:secret@h/d"
    assert "secret" not in repr(settings)


@pytest.mark.parametrize(
    ("environment", "locale"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh-CN"),
        ({"LANG": "zh_TW"}, "zh-CN"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "zh-CN"),
        ({"LC_ALL": "C", "LANG": "en_GB"}, "en"),
        ({"LC_ALL": "zh_CN", "LANG": "en_GB"}, "zh-CN"),
        ({"LC_MESSAGES": "en_US", "LANG": "zh_CN"}, "en"),
        ({"MINGCHA_LOCALE": "en", "LC_ALL": "zh_CN"}, "en"),
        ({"MINGCHA_LOCALE": "ZH-cn", "LC_ALL": "en_US"}, "zh-CN"),
    ],
)
def test_the_locale(environment: dict[str, str], locale: str) -> None:
    assert locale_of(environment) == locale == from_environment(environment, None).locale


def test_a_browser_may_be_named() -> None:
    assert from_environment({"MINGCHA_BROWSER": "/opt/chromium"}, None).browser == Path("/opt/chromium")
    assert from_environment({"MINGCHA_BROWSER": ""}, None).browser is None


@pytest.mark.parametrize("address", ["https://tsa.example/x?y=1", "http://127.0.0.1:8080/tsa", "http://localhost", "http://[::1]:80/"])  # fmt: skip
def test_a_time_authority_is_spoken_to_over_tls_or_on_this_machine(address: str) -> None:
    made = from_environment({"MINGCHA_TSA": address, "MINGCHA_TSA_CA": "ca.pem"}, None)
    assert (made.time_authority, made.time_roots) == (address, Path("ca.pem"))
    assert from_environment({"MINGCHA_TSA": ""}, None).time_authority is None


@pytest.mark.parametrize("address", ["http://tsa.example", "ftp://127.0.0.1", "https://", "https://a:b@tsa.example", "https://tsa.example:0", "https://tsa.example:x", "https://tsa.example/a\r\nb", "tsa"])  # fmt: skip
def test_any_other_address_is_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(InputError) as refused:
        from_environment({"MINGCHA_TSA": address}, None)
    assert "MINGCHA_TSA" in str(refused.value)
    assert "a:b" not in str(refused.value)
