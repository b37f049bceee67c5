"""The mail server of the environment: TLS off this machine, a sender, a user with a password, and no secret said again."""

from pathlib import Path

import pytest

from mingcha.errors import InputError
from mingcha.model.mail import Tls
from mingcha.settings import from_environment, mail_server

FROM = {"MINGCHA_MAIL_FROM": "reports@bank.example"}


def test_without_a_server_nothing_is_ever_sent() -> None:
    assert from_environment({}, None).mail is None
    assert mail_server({"MINGCHA_SMTP": "", "MINGCHA_MAIL_FROM": ""}) is None


@pytest.mark.parametrize(
    ("address", "host", "port", "tls"),
    [
        ("smtp://mail.bank.example", "mail.bank.example", 587, Tls.STARTTLS),
        ("smtp://mail.bank.example:25", "mail.bank.example", 25, Tls.STARTTLS),
        ("smtps://mail.bank.example", "mail.bank.example", 465, Tls.WRAPPED),
        ("smtps://127.0.0.1:4650", "127.0.0.1", 4650, Tls.WRAPPED),
        ("smtp://localhost:25", "localhost", 25, Tls.OPTIONAL),
        ("smtp://[::1]:25", "::1", 25, Tls.OPTIONAL),
        ("smtp://127.0.0.1.example.com", "127.0.0.1.example.com", 587, Tls.STARTTLS),
        ("smtp://localhost.example.com", "localhost.example.com", 587, Tls.STARTTLS),
    ],
)
def test_only_this_machine_may_be_spoken_to_without_tls(address: str, host: str, port: int, tls: Tls) -> None:
    server = mail_server({**FROM, "MINGCHA_SMTP": address})
    assert server is not None
    assert (server.host, server.port, server.tls) == (host, port, tls)


def test_a_user_and_an_authority_are_taken_and_the_password_is_not_shown() -> None:
    secret = {"MINGCHA_SMTP_USER": "mingcha", "MINGCHA_SMTP_PASSWORD": "p4ss", "MINGCHA_SMTP_CA": "/etc/ca.pem"}
    settings = from_environment({**FROM, "MINGCHA_SMTP": "smtps://m.example", **secret}, None)
    assert settings.mail is not None
    assert (settings.mail.password, settings.mail.authority) == ("p4ss", Path("/etc/ca.pem"))
    assert "p4ss" not in repr(settings) + repr(settings.mail)


@pytest.mark.parametrize(
    "wrong",
    [
        *({"MINGCHA_SMTP": one} for one in ("m.example", "http://m.example", "smtp://", "smtp://u:secret@m.example", "smtp://m:0",
                                            "smtp://m:70000", "smtp://m.example/secret", "smtp://[m")),
        {"MINGCHA_MAIL_FROM": ""},
        {"MINGCHA_MAIL_FROM": "a@b.example\nBcc: c@d.example"},
        {"MINGCHA_SMTP_USER": "u"},
        {"MINGCHA_SMTP_PASSWORD": "secret"},
        {"MINGCHA_SMTP_USER": "u", "MINGCHA_SMTP_PASSWORD": "密secret"},
        {"MINGCHA_SMTP_USER": "u", "MINGCHA_SMTP_PASSWORD": "secret\r\nQUIT"},
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_and_no_secret_repeated(wrong: dict[str, str]) -> None:
    with pytest.raises(InputError) as error:
        mail_server({**FROM, "MINGCHA_SMTP": "smtp://m.example", **wrong})
    assert "secret" not in str(error.value) + error.value.say("zh")
