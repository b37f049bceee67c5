"""A token is kept only when it is over this digest, answers this question, and is signed by whom the site named."""

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from tests.adapters.timestamp.authority import Authority, open_authority

from mingcha.adapters.timestamp import TimeAuthority, trusted
from mingcha.errors import InputError, NotStamped
from mingcha.evidence.verify_pack import imprint

ROOT = sha256(b"root of a day").hexdigest()
OTHER = sha256(b"another").hexdigest()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    with open_authority(tmp_path_factory.mktemp("tsa")) as authority:
        yield authority


@pytest.fixture
def authority(running: Authority) -> Authority:
    running.status, running.answer, running.slow, running.swap = 200, None, 0.0, (b"", b"")
    return running


def test_a_token_is_over_the_digest_and_openssl_says_so_too(authority: Authority, tmp_path: Path) -> None:
    token = TimeAuthority(authority.url, authority.roots).stamp(ROOT)
    assert imprint(token)[0] == ROOT
    (tmp_path / "t.tsr").write_bytes(token)
    for digest, said in ((ROOT, 0), (OTHER, 1)):
        arguments = ["-verify", "-digest", digest, "-in", str(tmp_path / "t.tsr"), "-CAfile", str(authority.roots)]
        assert subprocess.run(["openssl", "ts", *arguments], capture_output=True, check=False).returncode == said


def test_the_question_is_what_openssl_understands(authority: Authority, tmp_path: Path) -> None:
    TimeAuthority(authority.url).stamp(ROOT)
    (tmp_path / "q").write_bytes(authority.asked[-1])
    read = subprocess.run(
        ["openssl", "ts", "-query", "-in", str(tmp_path / "q"), "-text"], capture_output=True, text=True, check=True
    ).stdout
    assert "Hash Algorithm: sha256" in read
    assert "Certificate required: yes" in read
    nonces = [authority.asked[-1][-11:-3]]
    TimeAuthority(authority.url).stamp(ROOT)
    assert authority.asked[-1][-11:-3] not in nonces, "another nonce each time"


def test_who_signed_is_held_against_the_certificates_given(authority: Authority, tmp_path: Path) -> None:
    token = TimeAuthority(authority.url).stamp(ROOT)
    holds = trusted(authority.roots)
    at = holds(ROOT, token)
    assert at is not None
    assert abs(at - datetime.now(UTC)) < timedelta(minutes=5)
    assert not holds(OTHER, token)
    assert not holds(ROOT, token[:-40] + bytes(40))
    assert not holds(ROOT, b"")
    with open_authority(tmp_path / "other") as other:
        assert not trusted(other.roots)(ROOT, token)
        with pytest.raises(NotStamped, match="does not hold"):
            TimeAuthority(authority.url, other.roots).stamp(ROOT)


def test_an_answer_to_another_question_is_refused(authority: Authority) -> None:
    asks = TimeAuthority(authority.url)
    old = asks.stamp(ROOT)
    authority.answer = old
    with pytest.raises(NotStamped, match="another question"):
        asks.stamp(ROOT)
    authority.answer, authority.swap = None, (bytes.fromhex(ROOT), bytes.fromhex(OTHER))
    with pytest.raises(NotStamped, match="another question"):
        asks.stamp(ROOT)


def test_whatever_goes_wrong_is_said(authority: Authority) -> None:
    asks = TimeAuthority(authority.url, wait=1.0)
    for change, why in (
        ({"status": 503}, "HTTP 503"),
        ({"status": 302}, "HTTP 302"),
        ({"answer": b"<html>"}, "cannot be read"),
        ({"answer": b""}, "cannot be read"),
        ({"answer": bytes(70_000)}, "more than 65,536 bytes"),
        ({"answer": b"x" * 40, "slow": 0.1}, "no answer in 1 seconds"),
        ({"answer": bytes.fromhex("30053003020102")}, "status 2"),
        ({"answer": bytes.fromhex("30053003020100")}, "no token"),
    ):
        authority.status, authority.answer, authority.slow = 200, None, 0.0
        for name, value in change.items():
            setattr(authority, name, value)
        with pytest.raises(NotStamped, match=why):
            asks.stamp(ROOT)
    with pytest.raises(NotStamped, match="cannot be reached"):
        replace(asks, url="http://127.0.0.1:9").stamp(ROOT)


def test_certificates_without_a_root_are_refused(authority: Authority) -> None:
    for path in (authority.folder / "tsa.pem", authority.folder / "tsa.cnf"):
        with pytest.raises(InputError, match="self-signed root"):
            trusted(path)
