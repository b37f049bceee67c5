"""By command line: make the audit key, seal days, print the slip, and catch an administrator who makes everything anew from it."""

import json
import re
import sqlite3
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from tests.adapters.send.post_office import Office, open_office
from tests.adapters.timestamp.authority import Authority, open_authority
from typer.testing import CliRunner

from mingcha.actions.sealing import ACCESS, CUSTODY, seal_act
from mingcha.cli.app import app
from mingcha.errors import InputError, KeyTrouble
from mingcha.evidence.canonical import parse
from mingcha.evidence.seal import seal
from mingcha.model.actor import Purpose, Role
from mingcha.model.stored import Link
from mingcha.testing.house import FixedClock, house, someone

PASSPHRASE = "correct horse battery"
THEN = datetime.now(UTC).replace(hour=2, minute=0, second=0, microsecond=0) - timedelta(days=3)
DAYS = tuple((THEN + timedelta(days=n)).date().isoformat() for n in range(3))


def done(home: Path, *arguments: object, locale: str = "en", **more: str) -> Any:
    line = ["--workspace", str(home / "w"), *map(str, arguments)]
    spoken = {"MINGCHA_LOCALE": locale, "COLUMNS": "80", "MINGCHA_AUDIT_PASSPHRASE": PASSPHRASE, **more}
    return CliRunner().invoke(app, line, env=spoken)


def run(home: Path, *arguments: object, code: int = 0, **more: str) -> str:
    ended = done(home, *arguments, **more)
    assert ended.exit_code == code, ended.output + repr(ended.exception)
    return ended.stdout if "--json" in arguments else ended.output


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Three days of a house whose keys and database are where the command line looks for them."""
    (tmp_path / "w").mkdir()
    clock = FixedClock(THEN)
    with house(tmp_path / "w", clock=clock) as deps:
        for _ in DAYS:
            for chain in (CUSTODY, ACCESS, CUSTODY):
                with deps.store.write() as work:
                    seal_act(deps, work, chain, someone(Role.AUDITOR, purpose=Purpose.INSPECTION), {"act": "noted"})
            clock.later(days=1)
    return tmp_path


@pytest.fixture
def authority(tmp_path: Path) -> Iterator[Authority]:
    with open_authority(tmp_path / "tsa") as running:
        yield running


def test_from_key_to_slip_and_from_a_slip_to_the_rebuild_it_catches(home: Path) -> None:
    assert "self-attested" in run(home, "verify")
    assert f"never sealed; from {DAYS[0]} they wait" in " ".join(run(home, "doctor").split())
    public = json.loads(run(home, "days", "key", "--out", home / "audit.key", "--json"))["public"]
    assert stat.S_IMODE((home / "audit.key").stat().st_mode) == 0o600
    said = run(home, "days", "seal", "--key", home / "audit.key")
    assert all(day in said for day in DAYS)
    again = json.loads(run(home, "days", "seal", "--key", home / "audit.key", "--json"))
    assert (again["sealed"], again["assurance"]) == ([], "self-attested")
    assert f"已封存至 {DAYS[2]}" in run(home, "doctor", locale="zh-CN")
    run(home, "days", "slip", DAYS[1], "--out", home / "slip.pdf")
    assert (home / "slip.pdf").read_bytes().startswith(b"%PDF-")
    run(home, "days", "slip", DAYS[1], "--out", home / "slip.txt")
    code = json.loads(run(home, "days", "slip", DAYS[1], "--json"))["code"]
    for slip in (home / "slip.txt", code):
        assert f"anchored outside (until {DAYS[1]})" in run(home, "days", "check", "--slip", slip)
        assert f"已在外部锚定（至 {DAYS[1]}）" in run(home, "verify", "--slip", slip, locale="zh-CN")
    assert f"witnessed inside (until {DAYS[2]})" in run(home, "verify", "--audit-key", public)
    head = re.search(r"custody:4:[0-9a-f]{16}", code)
    said = " ".join(run(home, "verify", "--slip", head[0] if head else "").split())
    assert "anchored outside (until custody:4)" in said and said.endswith("what came after is only self-attested")
    assert "self-attested" in run(home, "verify")
    assert json.loads(run(home, "verify", "--slip", code, "--json"))["assurance"] == "anchored"
    _rebuilt(home / "w" / "house.db")
    assert "self-attested" in run(home, "verify", code=0), "what is made wholly anew agrees with itself"
    told = run(home, "verify", "--slip", home / "slip.txt", code=7)
    assert "broken: no assurance" in told and "custody:4" in told
    assert json.loads(run(home, "days", "check", "--slip", code, "--json", code=7))["assurance"] == "broken"


def _rebuilt(database: Path) -> None:
    """The first record says something else, every chain is sealed again, and the roots are forgotten."""
    with sqlite3.connect(database) as plain:
        for chain in (CUSTODY, ACCESS):
            last: Link | None = None
            rows = plain.execute("SELECT seq, payload FROM links WHERE chain = ? ORDER BY seq", (chain,)).fetchall()
            for seq, payload in rows:
                told = parse(bytes(payload))
                last = seal(chain, last, told | {"act": "denied"} if seq == 1 else told, _at(chain, seq))
                values = (last.payload, last.previous, last.hash, chain, seq)
                plain.execute(
                    "UPDATE links SET payload = ?, previous = ?, hash = ? WHERE chain = ? AND seq = ?", values
                )
        plain.execute("DELETE FROM links WHERE chain = 'roots'")


def _at(chain: str, seq: int) -> datetime:
    return THEN + timedelta(days=(seq - 1) // 2 if chain == CUSTODY else seq - 1)


def test_days_are_stamped_by_a_real_authority_and_its_root_anchors_them(home: Path, authority: Authority) -> None:
    run(home, "days", "key", "--out", home / "audit.key")
    error = done(home, "days", "seal", "--key", home / "audit.key", "--timestamp").exception
    assert isinstance(error, InputError) and "MINGCHA_TSA" in error.say("en")
    asked = {"MINGCHA_TSA": authority.url, "MINGCHA_TSA_CA": str(authority.roots)}
    said = json.loads(run(home, "days", "seal", "--key", home / "audit.key", "--timestamp", "--json", **asked))
    assert said["stamped"] == list(DAYS)
    assert len(authority.asked) == 3
    run(home, "days", "seal", "--key", home / "audit.key", "--timestamp", **asked)
    assert len(authority.asked) == 3, "asked once"
    assert f"anchored outside (until {DAYS[2]})" in run(home, "verify", "--tsa-ca", authority.roots)
    with open_authority(home / "other") as other:
        assert "self-attested" in run(home, "verify", "--tsa-ca", other.roots)
    assert run(home, "days", "list").count("✓") == 3


def test_a_slip_is_mailed_to_a_second_place_and_holds_there(home: Path) -> None:
    run(home, "days", "key", "--out", home / "audit.key")
    run(home, "days", "seal", "--key", home / "audit.key")
    assert isinstance(done(home, "days", "slip", DAYS[0], "--mail", "notary@second.example").exception, InputError)
    with open_office(Office()) as office:
        post = {"MINGCHA_SMTP": f"smtp://127.0.0.1:{office.port}", "MINGCHA_MAIL_FROM": "audit@bank.example"}
        assert "mailed" in run(home, "days", "slip", DAYS[0], "--mail", "notary@second.example", **post)
    (taken,) = office.taken
    assert taken.to == ["notary@second.example"]
    (home / "received.txt").write_text(taken.message.get_content(), encoding="utf-8")
    assert f"anchored outside (until {DAYS[0]})" in run(home, "verify", "--slip", home / "received.txt")
    assert "send_slip" in run(home, "access-log", "--json")


def test_what_cannot_be_used_is_said(home: Path) -> None:
    assert isinstance(done(home, "days", "key", "--out", home / "w" / "k").exception, InputError)
    run(home, "days", "key", "--out", home / "audit.key")
    wrong = done(home, "days", "seal", "--key", home / "audit.key", MINGCHA_AUDIT_PASSPHRASE="another one")
    assert isinstance(wrong.exception, KeyTrouble)
    for option, given in (("--slip", "hello"), ("--slip", "root: 0123"), ("--audit-key", "xyz")):
        assert isinstance(done(home, "verify", option, given).exception, InputError)


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_it_reads_at_80_columns(home: Path, locale: str) -> None:
    run(home, "days", "key", "--out", home / "audit.key")
    said = run(home, "days", "--help", locale=locale) + run(home, "verify", "--help", locale=locale)
    said += run(home, "days", "list", locale=locale) + run(home, "days", "check", locale=locale)
    run(home, "days", "seal", "--key", home / "audit.key")
    said += run(home, "days", "list", locale=locale) + run(home, "verify", locale=locale)
    for verb in ("key", "seal", "slip", "check", "list"):
        said += run(home, "days", verb, "--help", locale=locale)
    assert max(map(cell_len, said.splitlines())) <= 80
