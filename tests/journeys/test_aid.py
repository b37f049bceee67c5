"""A victim from detection to refund: found, reached, proved, helped by command line and REST; the page by a real client and browser."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.actions.test_aid import AGENT, HANDLE, NAME, PHONE, SPENT, VIC, fill, id_of
from tests.journeys.served import served
from tests.journeys.test_desk_door import PASSWORD, _sign_in

from mingcha.actions.accounts import setup_link
from mingcha.actions.aid import help_customer
from mingcha.actions.aid_link import make_link
from mingcha.actions.aid_papers import make_paper
from mingcha.actions.deps import Deps
from mingcha.api.limit import MOST, Limit
from mingcha.cli.main import run
from mingcha.model.aid import PaperKind, Proof, Proved
from mingcha.testing.house import NOON, FixedClock, house

Said = Callable[..., str]
SECRETS = (NAME, PHONE, AGENT, HANDLE, "示例市样板路1号", "青石")


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Said:
    monkeypatch.setenv("MINGCHA_LOCALE", "en")
    folder = tmp_path / "w"
    folder.mkdir()
    with house(folder) as deps:
        fill(deps, datetime.now(UTC))

    def said(*arguments: str, code: int = 0) -> str:
        monkeypatch.setattr("sys.argv", ["mingcha", "--workspace", str(folder), "aid", *arguments])
        with pytest.raises(SystemExit) as end:
            run()
        captured = capsys.readouterr()
        assert (end.value.code or 0) == code, captured.out + captured.err
        return captured.out + captured.err

    return said


def test_from_detection_to_refund(cli: Said, tmp_path: Path) -> None:
    found: dict[str, Any] = json.loads(cli("list", "--json"))
    needs = {line["possible"]["customer"]: line["possible"]["need"] for line in found["lines"]}
    payer = next(one for one, need in needs.items() if need == "hardship")
    assert payer in cli("list")
    shown = cli("show", payer)
    assert "paid" in shown
    assert not [secret for secret in SECRETS if secret in shown]
    cli("reach", payer, "--by", "call", "--note", "told them of the link")
    linked = json.loads(cli("link", payer, "--base", "https://help.example", "--json"))
    assert re.fullmatch(r"https://help\.example/help/[\w-]{40,}", linked["link"])
    paper = tmp_path / "claim.docx"
    assert "second proof" in " ".join(cli("paper", payer, "claim", "--out", str(paper), code=6).split())
    cli("proved", payer, "--by", "branch", "--code", linked["code"])
    cli("card", payer, "papers", "freeze")
    cli("loss", payer, "3,000", "--on", "2026-01-05", "--to", "青石咨询")
    for wrong in ("3x", "9" * 5_000, "1" + "0" * 11):
        cli("loss", payer, wrong, code=3)
    assert "story" not in cli("paper", payer, "claim", "--out", str(paper), "--language", "zh")
    assert paper.read_bytes().startswith(b"PK")
    text = tmp_path / "police.txt"
    assert json.loads(cli("paper", payer, "police", "--out", str(text), "--language", "zh", "--json"))["gaps"]
    assert "付给青石咨询 3,000.00 元" in text.read_text("utf-8")
    cli("filed", payer, "派出所", "--on", "2026-01-06", "--number", "1")
    cli("recovered", payer, "3000.00", "--from", "青石咨询")
    cli("close", payer, "--reason", "whole")
    assert {"recovered": 300_000, "lost": 300_000, "whole": 1} | json.loads(cli("totals", "--json")) == json.loads(
        cli("totals", "--json")
    )
    other = next(one for one in needs if one != payer)
    cli("decline", other)
    assert len(json.loads(cli("list", "--json"))["lines"]) == len(needs) - 2
    assert "2 declined or were helped" in cli("list")


def test_a_warning_from_draft_to_paper(cli: Said, tmp_path: Path) -> None:
    pdf = tmp_path / "warning.pdf"
    drafted = json.loads(cli("warning", "--json"))
    assert "a draft" in cli("warning", "--out", str(pdf))
    assert pdf.read_bytes().startswith(b"%PDF")
    assert "let out by" in cli("warning", "--approve", drafted["sha256"], "--staff", "--out", str(pdf))
    cli("warning", "--out", str(tmp_path / "warning.xls"), code=3)


@pytest.fixture
def door(tmp_path: Path) -> Iterator[tuple[str, Deps, FixedClock]]:
    clock = FixedClock()
    with house(tmp_path, clock=clock) as deps:
        fill(deps)
        with served(deps) as base:
            yield base, deps, clock


def test_the_page_before_and_after_the_second_proof(door: tuple[str, Deps, FixedClock]) -> None:
    base, deps, clock = door
    payer = id_of(deps, "payer")
    link = make_link(deps, VIC, payer)
    with httpx.Client(base_url=base) as http:
        locked = http.get(f"/help/{link.token}")
        assert locked.status_code == 200
        for number in ("110", "96110", "12378", "12348", "12315", "12377"):
            assert f'href="tel:{number}"' in locked.text
        assert link.code in locked.text
        assert "王" not in locked.text
        assert not [secret for secret in SECRETS if secret in locked.text]
        over = http.get("/help/nonsense")
        assert over.status_code == 404
        assert 'href="tel:110"' in over.text
        assert "<script" not in locked.text
        policy = locked.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
        assert locked.headers["cache-control"] == "no-store"
        assert "noindex" in locked.headers["x-robots-tag"]
        assert "set-cookie" not in locked.headers
        assert http.get(f"/help/{link.token}/letters/claim.docx").status_code == 404
        help_customer(deps, VIC, payer, Proved(Proof.BRANCH, link.code))
        help_customer(deps, VIC, payer, SPENT)
        make_paper(deps, VIC, payer, PaperKind.CLAIM, "zh")
        shown = http.get(f"/help/{link.token}")
        for part in (
            "王**",
            "139****4321",
            "可能有人在用您的名义办事",
            "有人收了您的钱",
            "3,000.00",
            "letters/claim.docx",
        ):
            assert part in shown.text
        assert not [secret for secret in SECRETS if secret in shown.text]
        english = http.get(f"/help/{link.token}?lang=en", headers={"Accept-Language": "zh"}).text
        assert "Somebody may be acting in your name" in english
        assert "Need help?" in http.get("/help/nonsense", headers={"Accept-Language": "en-GB"}).text
        word = http.get(f"/help/{link.token}/letters/claim.docx")
        assert word.content.startswith(b"PK")
        assert http.get(f"/help/{link.token}/letters/claim.pdf").content.startswith(b"%PDF")
        assert http.get(f"/help/{link.token}/letters/police.pdf").status_code == 404
        assert http.get(f"/help/{link.token}/letters/claim.exe").status_code == 404
        clock.later(days=8)
        assert http.get(f"/help/{link.token}").status_code == 404


def test_the_page_is_limited_and_the_minute_passes(door: tuple[str, Deps, FixedClock]) -> None:
    base, _, clock = door
    with httpx.Client(base_url=base) as http:
        codes = [http.get("/help/nonsense").status_code for _ in range(MOST + 2)]
        assert codes == [404] * MOST + [429] * 2
        assert http.get("/help/nonsense").headers["retry-after"] == "60"
        clock.later(seconds=60)
        assert http.get("/help/nonsense").status_code == 404


def test_a_live_link_is_counted_by_itself(door: tuple[str, Deps, FixedClock]) -> None:
    base, deps, _ = door
    path = f"/help/{make_link(deps, VIC, id_of(deps, 'payer')).token}"
    with httpx.Client(base_url=base) as http:
        assert [http.get("/help/nonsense").status_code for _ in range(MOST + 1)][-1] == 429
        assert [http.get(path).status_code for _ in range(MOST + 1)] == [200] * MOST + [429]


def test_threads_together_are_allowed_no_more() -> None:
    every = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(20):
            limit = Limit()
            with ThreadPoolExecutor(8) as pool:
                asked = [pool.submit(limit.allows, "a", NOON) for _ in range(400)]
            assert sum(one.result() for one in asked) == MOST
    finally:
        sys.setswitchinterval(every)


def test_the_limit_forgets_the_oldest_and_no_more() -> None:
    limit = Limit()
    assert all(limit.allows("a", NOON) for _ in range(MOST))
    assert not limit.allows("a", NOON)
    assert limit.allows("b", NOON), "another address is counted apart"


def test_aid_by_rest(door: tuple[str, Deps, FixedClock]) -> None:
    base, deps, _ = door
    payer = id_of(deps, "payer")
    with httpx.Client(base_url=base) as http:
        http.post("/api/setup", json={"token": setup_link(deps), "password": PASSWORD})
        admin = _sign_in(http, "admin", "administration")
        made = http.post("/api/accounts", json={"name": "vic", "roles": ["victim_support"]}, headers=admin).json()
        http.post("/api/setup", json={"token": made["setup_token"], "password": PASSWORD})
        vic = _sign_in(http, "vic", "aid")
        assert http.get("/api/aid").status_code == 401
        assert http.get("/api/aid", headers=admin).status_code == 403
        assert len(http.get("/api/aid", headers=vic).json()["lines"]) == 3
        assert http.get(f"/api/aid/{payer}", headers=vic).json()["name"] == "王**"
        link = http.post(f"/api/aid/{payer}/link", headers=vic).json()
        assert "王" not in http.get(link["path"]).text
        acts = f"/api/aid/{payer}/acts"
        spent = {"fee": 300_000, "paid_on": "2026-03-01", "payee": "青石咨询"}
        assert http.post(f"{acts}/loss", json=spent, headers=vic).status_code == 409
        proof = {"proof": "branch", "code": link["code"]}
        assert http.post(f"{acts}/proved", json=proof, headers=vic).json()["kind"] == "proved"
        assert http.post(f"{acts}/loss", json=spent, headers=vic).status_code == 200
        assert http.post(f"{acts}/linked", json={}, headers=vic).status_code == 404, "a link is made by its own verb"
        paper = http.post(f"/api/aid/{payer}/paper", json={"kind": "small_claim", "form": "pdf"}, headers=vic)
        assert paper.content.startswith(b"%PDF")
        assert "王**" in http.get(link["path"]).text
        drafted = http.get("/api/aid/warning", headers=vic).json()
        sheet = http.post("/api/aid/warning/sheet", json={"staff": True}, headers=vic)
        assert sheet.content.startswith(b"%PDF")
        let_out = http.post("/api/aid/warning/approve", json={"sha256": drafted["sha256"]}, headers=vic)
        assert let_out.json()["by"] == "vic"
        back = [http.post("/api/aid/warning/take-back", json={"reason": "无效"}, headers=vic) for _ in range(2)]
        assert ([one.status_code for one in back], "by" in back[0].json()) == ([200, 409], False)
        assert http.get("/api/aid/totals", headers=vic).json()["lost"] == 300_000


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
WIDTH = 390  # of a phone; a window without a screen is never so narrow, so the page itself is made to be
MEASURE = f"""<style>html {{ width: {WIDTH}px }}</style><script>
document.title = Math.ceil(Math.max(...[...document.querySelectorAll("*")].map(e => e.getBoundingClientRect().right)));
</script></body>"""


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium")
def test_the_page_fits_a_phone(door: tuple[str, Deps, FixedClock], tmp_path: Path) -> None:
    """Nothing on the page is wider than the window: nobody has to move it sideways."""
    base, deps, _ = door
    payer = id_of(deps, "payer")
    link = make_link(deps, VIC, payer)
    help_customer(deps, VIC, payer, Proved(Proof.BRANCH, link.code))
    for lang in ("zh", "en"):
        page = httpx.get(f"{base}/help/{link.token}?lang={lang}").text
        asked = page.replace("<details", "<details open").replace("</body>", MEASURE)
        file = tmp_path / f"{lang}.html"
        file.write_text(asked, "utf-8")
        assert CHROMIUM
        done = subprocess.run(
            [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", file.as_uri()],
            capture_output=True, text=True, timeout=60, check=True,
        )  # fmt: skip
        title = re.search(r"<title>(\d+)</title>", done.stdout)
        assert title
        assert int(title[1]) <= WIDTH
