"""A customer of the demo town is cleared after a referral: corrections to all who received it, by command line and over HTTP."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import pytest
from rich.cells import cell_len
from tests.journeys.served import PASSWORD, staffed
from tests.journeys.test_cases import refused, run, told
from tests.journeys.test_family import http

from mingcha.actions.accounts import sign_in
from mingcha.actions.deps import Deps
from mingcha.demo.site import SITE
from mingcha.model.actor import Purpose, Role
from mingcha.model.case import Line

__all__ = ["http"]  # a fixture: the desk over the `deps` of this file
TERMS = """
[retention]
countersigned_by = "测试法务"
days = { demo = 36500 }
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corrections")
    (folder / "w").mkdir()
    (folder / "w" / "site.toml").write_text(SITE + TERMS, encoding="utf-8")
    run(folder, "demo", "--size", "60")
    return folder


@pytest.fixture(scope="module")
def deps(home: Path) -> Iterator[Deps]:
    with staffed(home / "w", [("leo", Role.LEGAL)]) as opened:
        yield opened


@pytest.fixture(scope="module")
def ring(home: Path) -> dict[str, Any]:
    """A suspected organisation; the merit of its complaints is decided."""
    found: dict[str, Any] = next(one for one in told(home, "rings") if one["status"] == "suspected_illegal_agency")
    for complaint in found["complaints"]:
        run(home, "decide", complaint, "not_upheld", "--reason", "checked")
    return found


@pytest.fixture(scope="module")
def case(home: Path, deps: Deps, ring: dict[str, Any]) -> str:
    """A case about it, handed over to two authorities."""
    opened: str = told(home, "cases", "open", "青石所", "--about", f"ring:{ring['ring']}", "--reason", "同章")["case"]
    run(home, "cases", "admit", opened, "leo", "--reason", "legal")
    run(home, "cases", "begin", opened, "--reason", "begin")
    for line in Line:
        run(home, "cases", "speaks-for", opened, line, "checked: none")
    for to in ("police", "regulator"):
        of = told(home, "cases", "refer", opened, "--offence", "extortion", "--to", to, "--rests-on", ring["ring"])[
            "act"
        ]
        run(home, "cases", "agree", opened, of[:8])
        run(home, "cases", "agree", opened, of[:8], "--as", "leo", typed=PASSWORD)
        run(home, "cases", "sent", opened, of[:8], "ab" * 32)
    return opened


def signed(deps: Deps) -> dict[str, str]:
    return {"authorization": f"Bearer {sign_in(deps, 'leo', PASSWORD, Purpose.INVESTIGATION)}"}


def owed(home: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = told(home, "cases", "corrections")["referrals"]
    return found


def test_a_customer_cleared_after_referral_and_corrections_to_all_recipients(
    home: Path, deps: Deps, http: httpx.Client, ring: dict[str, Any], case: str
) -> None:
    assert owed(home) == []
    cleared, *others = ring["complaints"]
    run(home, "decide", cleared, "upheld", "--reason", "true after all")
    waits = owed(home)
    assert [[row["finding"] for row in one["fallen"]] for one in waits] == [[cleared]] * 2, "to both, at once"
    assert {one["complaint"] for each in waits for one in each["people"]} == {cleared}
    assert "correction is owed" in refused(home, "cases", "close", case, "x", "--reason", "x")
    shown = run(home, "cases", "corrections", locale="zh-CN")
    assert "应告知的客户" in shown
    assert not any(other in shown for other in others)
    head = signed(deps)
    over = http.get("/api/corrections", headers=head).json()["referrals"]
    assert over == waits, "by either door the same list"
    for one in over:
        letter = http.post(f"/api/cases/{case}/referrals/{one['referral']}/correction", json={}, headers=head)
        digest = letter.headers["x-sha256"]
        assert (letter.content[:4], digest) == (b"%PDF", sha256(letter.content).hexdigest())
        made = told(home, "cases", "correction", case, one["referral"], "--out", home / f"{one['referral']}.docx")
        assert made["sha256"] == digest, "and the same letter"
        handed = {"referral": one["referral"], "root": digest, "handed_over": deps.now().isoformat()}
        assert http.post(f"/api/cases/{case}/acts/correction_sent", json=handed, headers=head).status_code == 200
        run(home, "cases", "corrected", case, one["referral"], "--how", "by letter")
    assert owed(home) == []
    run(home, "cases", "close", case, "corrected", "--reason", "done")
    assert http.post(f"/api/cases/{case}/acts/finding_lost", json={}, headers=head).status_code in (404, 405)


def test_the_register_by_either_door(home: Path, deps: Deps, http: httpx.Client, case: str) -> None:
    of = told(home, "cases", "register")["lines"][0]["referral"]
    day = f"{deps.now():%Y-%m-%d}"
    run(home, "cases", "received", case, of[:8], "收〔2026〕1号", "--on", day, "--by", "窗口")
    head = signed(deps)
    register = http.get("/api/cases/register", headers=head).json()
    assert (register["totals"]["sent"], register["totals"]["received"]) == (2, 1)
    assert register == told(home, "cases", "register")
    assert http.get("/api/cases/register/xlsx", headers=head).content.startswith(b"PK")
    run(home, "cases", "register", "--out", home / "register.csv")
    assert "收〔2026〕1号" in (home / "register.csv").read_text(encoding="utf-8-sig")
    assert ".xlsx" in refused(home, "cases", "register", "--out", home / "register.txt")
    for locale in ("zh-CN", "en"):
        said = run(home, "cases", "register", locale=locale) + run(home, "cases", "--help", locale=locale)
        assert max(map(cell_len, said.splitlines())) <= 80


def test_records_are_asked_for_before_they_go(home: Path, deps: Deps, http: httpx.Client, case: str) -> None:
    run(home, "cases", "reopen", case, "--reason", "more")
    soon = told(home, "cases", "going", case, "--days", 36_500)
    assert soon
    made = told(home, "cases", "preserve", case, "--system", "demo", "--days", 36_500, "--out", home / "keep.pdf")
    assert len(made["records"]) == len([one for one in soon if one["system"] == "demo" and not one["kept"]])
    again = told(home, "cases", "preserve", case, "--system", "demo", "--days", 36_500, "--out", home / "again.pdf")
    assert again["act"] == made["act"]
    assert (home / "again.pdf").read_bytes() == (home / "keep.pdf").read_bytes(), "the same letter"
    assert "no record to ask for" in refused(
        home, "cases", "preserve", case, "--system", "none", "--out", home / "none.pdf"
    )
    assert "whether the records are kept" in run(home, "cases", "show", case)
    run(home, "cases", "preserved", case, made["act"][:8], "kept", "--until", "2120-01-01")
    head = signed(deps)
    over = http.get(f"/api/cases/{case}/going", params={"days": 36_500}, headers=head).json()["records"]
    assert json.dumps([one["record"] for one in over]) == json.dumps(
        [one["record"] for one in told(home, "cases", "going", case, "--days", 36_500)]
    )
    again = http.post(f"/api/cases/{case}/preserve", json={"system": "demo", "days": 30}, headers=head)
    assert again.status_code == 409
    assert max(map(cell_len, run(home, "cases", "going", case, "--days", 36_500).splitlines())) <= 80


def test_a_public_warning_is_listed_once_an_ad_it_rests_on_fell(home: Path, deps: Deps) -> None:
    drafted = told(home, "aid", "warning")
    assert told(home, "aid", "warning", "--approve", drafted["sha256"])["by"]
    assert _fell(home) is None
    with deps.store.read() as work:
        ads = [one.id for one in work.ads.all_items()]
    fell = next(
        ad for ad in ads if run(home, "ads", "word", ad, "--solicits", "no", "--reason", "a story") and _fell(home)
    )
    for locale in ("zh-CN", "en"):
        for shown in (run(home, "cases", "corrections", locale=locale), run(home, "aid", "warning", locale=locale)):
            assert fell in shown
    run(home, "aid", "warning", "--take-back", "it rested on a story")
    assert _fell(home) is None


def _fell(home: Path) -> Any:
    return told(home, "cases", "corrections").get("warning")
