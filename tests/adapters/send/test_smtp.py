"""Letters over a real mail server: TLS checked, whole or not at all, names that cannot become headers, troubles in words."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.adapters.send.post_office import Office, certificates, open_office

from mingcha.adapters.send import Smtp
from mingcha.adapters.send.message import message
from mingcha.errors import MaybeSent, NotSent
from mingcha.model.mail import Enclosed, Letter, MailServer, Tls, is_address

SHEET = Enclosed("platform-抖音.xlsx", bytes(range(256)) * 40)
LETTER = Letter(
    id="7f3a",
    at=datetime(2026, 3, 20, 4, tzinfo=UTC),
    to=("abuse@platform.example", "审核@平台.example"),
    subject="举报：抖音招揽内容 3 条",
    body="第一行\n.点开头的一行\n..两点\n" + "长" * 2_000 + "\n",
    enclosed=(SHEET, Enclosed("S-1.png", b"\x89PNG\r\n\x1a\n")),
)
PLAIN = replace(LETTER, to=("abuse@platform.example",))


def by(office: Office, tls: Tls = Tls.OPTIONAL, **given: object) -> Smtp:
    values: dict[str, object] = {"host": "localhost", "port": office.port, "tls": tls, "sender": "reports@bank.example"}
    return Smtp(MailServer(**{**values, **given}), wait=5)  # type: ignore[arg-type]  # reason: a test's values


@pytest.fixture
def office() -> Iterator[Office]:
    with open_office(Office()) as opened:
        yield opened


def test_a_letter_arrives_whole(office: Office) -> None:
    assert by(office).send(LETTER) == "250 2.0.0 queued as 7F3A"
    (taken,) = office.taken
    assert (taken.sender, taken.to) == ("reports@bank.example", ["abuse@platform.example", "审核@xn--kpr97v.example"])
    got = taken.message
    assert (got["Subject"], got["Message-ID"]) == (LETTER.subject, "<7f3a@bank.example>")
    assert got["Date"].datetime == LETTER.at
    body = got.get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == LETTER.body
    assert [(one.get_filename(), one.get_content()) for one in got.iter_attachments()] == [
        (one.name, one.data) for one in LETTER.enclosed
    ]


@pytest.mark.parametrize("tls", [Tls.STARTTLS, Tls.WRAPPED])
def test_over_tls_with_a_password(tls: Tls, tmp_path: Path) -> None:
    authority, context = certificates(tmp_path)
    wrapped = tls is Tls.WRAPPED
    with open_office(Office(), context, wrapped=wrapped, passwords={"mingcha": "pass word"}) as office:
        known = by(office, tls, authority=authority, user="mingcha", password="pass word")
        known.send(PLAIN)
        assert (office.taken[0].safe, office.taken[0].user) == (True, "mingcha")
        with pytest.raises(NotSent, match="user or the password") as refused:
            by(office, tls, authority=authority, user="mingcha", password="hunter2").send(PLAIN)
    assert "hunter2" not in str(refused.value) + refused.value.say("zh") + repr(known.__dict__)
    assert len(office.taken) == 1


@pytest.mark.parametrize("tls", [Tls.STARTTLS, Tls.WRAPPED])
@pytest.mark.parametrize("wrong", ["authority", "name"])
def test_a_certificate_that_does_not_hold_gets_nothing(tls: Tls, wrong: str, tmp_path: Path) -> None:
    authority, context = certificates(tmp_path, "elsewhere.example" if wrong == "name" else "localhost")
    with (
        open_office(Office(), context, wrapped=tls is Tls.WRAPPED) as office,
        pytest.raises(NotSent, match="certificate"),
    ):
        by(office, tls, authority=authority if wrong == "name" else None).send(PLAIN)
    assert (office.taken, office.commands) == ([], [])


def test_without_tls_nothing_goes_to_another_machine_and_no_password_to_this_one(office: Office) -> None:
    with pytest.raises(NotSent, match="no TLS"):
        by(office, Tls.STARTTLS).send(PLAIN)
    with pytest.raises(NotSent, match="no password"):
        by(office, user="mingcha", password="secret").send(PLAIN)
    assert office.commands == []


@pytest.mark.parametrize(
    ("answer", "said"), [("550 5.1.1 no such user", "refuses"), ("450 4.2.0 greylisted", "try later")]
)
def test_one_recipient_refused_is_nobody_told(office: Office, answer: str, said: str) -> None:
    office.refused["gone@platform.example"] = answer
    with pytest.raises(NotSent, match=said) as error:
        by(office).send(replace(PLAIN, to=("abuse@platform.example", "gone@platform.example")))
    assert "gone@platform.example" in str(error.value)
    assert (office.taken, "DATA" in office.commands) == ([], False)


@pytest.mark.parametrize(("answer", "said"), [("552 5.3.4 too big", "too large"), ("451 4.3.0 later", "try later")])
def test_a_message_refused_at_its_end_is_not_sent(office: Office, answer: str, said: str) -> None:
    office.answer = answer
    with pytest.raises(NotSent, match=said):
        by(office).send(PLAIN)
    assert office.commands[-1] == "DATA"


def test_a_message_larger_than_the_server_takes_is_not_begun() -> None:
    with open_office(Office(), data_size_limit=5_000) as office, pytest.raises(NotSent, match="takes 5,000"):
        by(office).send(PLAIN)
    assert office.commands == []


def test_a_server_that_hangs_up(office: Office) -> None:
    office.hangs_up = "MAIL"
    with pytest.raises(NotSent, match="connection"):
        by(office).send(PLAIN)
    office.hangs_up = "DATA"
    with pytest.raises(MaybeSent):
        by(office).send(PLAIN)
    with pytest.raises(NotSent, match="connection"):
        by(Office(port=1)).send(PLAIN)


@pytest.mark.parametrize("last", [b"", b"garbage\r\n", b"250-half"])
def test_no_answer_after_the_last_byte_is_not_known(last: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=_answers, args=(server, last), daemon=True)
        thread.start()
        with pytest.raises(MaybeSent):
            by(Office(port=server.getsockname()[1])).send(PLAIN)
        thread.join(5)


def _answers(server: socket.socket, last: bytes) -> None:
    """A server in six lines, whose last answer is its own."""
    line, _ = server.accept()
    with line, line.makefile("rb") as read:
        for answer in (b"220 hi", b"250 hi", b"250 ok", b"250 ok", b"354 go"):
            line.sendall(answer + b"\r\n")
            if answer[:3] != b"354":
                read.readline()
        while read.readline() != b".\r\n":
            pass
        line.sendall(last)


def test_an_address_the_server_cannot_take_is_said() -> None:
    with open_office(Office(), utf8=False) as office:
        with pytest.raises(NotSent, match="other than ASCII"):
            by(office).send(LETTER)
        by(office).send(replace(LETTER, to=("abuse@平台.example",)))
    assert office.taken[0].to == ["abuse@xn--kpr97v.example"]


HOSTILE = st.text(st.one_of(st.sampled_from('\r\n\t:;,<>"\\/ \0\x85\u2028=?抖a'), st.characters()), max_size=60)


@given(subject=HOSTILE, name=HOSTILE, body=HOSTILE, id_=HOSTILE)
def test_no_name_becomes_a_header_a_recipient_or_a_part(subject: str, name: str, body: str, id_: str) -> None:
    hostile = replace(PLAIN, subject=subject, body=body, id=id_, enclosed=(Enclosed(name, b"x"),))
    got = message_from_bytes(message(hostile, "reports@bank.example"), policy=policy.default)
    assert sorted(got.keys()) == sorted(["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"])
    assert (str(got["To"]), str(got["From"])) == ("abuse@platform.example", "reports@bank.example")
    assert next(part.get_content_maintype() for part in got.iter_parts()) == "text"  # type: ignore[union-attr]  # reason: it is whole
    assert len(list(got.iter_parts())) == 2  # type: ignore[union-attr]  # reason: it is whole


@given(HOSTILE)
def test_what_is_no_address_is_not_written_to(text: str) -> None:
    for tried in (text, f"a@b.example{text}", f"{text}@b.example"):
        if not is_address(tried):
            with pytest.raises(NotSent):
                message(replace(PLAIN, to=(tried,)), "reports@bank.example")
        else:
            assert not set(tried) & set('\r\n\t <>,;:"\\\0')
