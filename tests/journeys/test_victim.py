"""Two people of the demo town from detection to refund, with real processes: one helped by command line, one over HTTP, and their own door."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.journeys.test_desk_door import PASSWORD, _sign_in
from typer.testing import CliRunner

from mingcha.cli.app import app
from mingcha.errors import OutOfOrder

SPOKEN = {"COLUMNS": "80", "MINGCHA_LOCALE": "zh-CN"}
BASE = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **SPOKEN}
MINGCHA = [sys.executable, "-m", "mingcha.cli.main", "--workspace"]
DAY = date.today() - timedelta(days=1)  # noqa: DTZ011 -- the processes go by the clock of this machine
OWN = ("上岸无忧", "acct_demo", "SA-DEMO", "安居路")  # what stands in their records and in nobody's browser
PAPERS = ("claim", "police", "complaint", "small_claim")


def process(workspace: Path, *arguments: object) -> str:
    """A verb in a process of its own."""
    done = subprocess.run(
        [*MINGCHA, str(workspace), *map(str, arguments)], env=BASE, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


def mingcha(workspace: Path, *arguments: object) -> str:
    """A verb in this process, beside the one that serves: a new one takes seconds to start."""
    ended = CliRunner().invoke(app, ["--workspace", str(workspace), *map(str, arguments)], env=SPOKEN)
    assert (ended.exit_code, ended.exception) == (0, None), ended.output
    return ended.stdout


def told(workspace: Path, *arguments: object) -> Any:
    return json.loads(mingcha(workspace, "aid", *arguments, "--json"))


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = tmp_path_factory.mktemp("town")
    process(workspace, "demo", "--size", "60", "--seed", "5")
    return workspace


@pytest.fixture(scope="module")
def served(town: Path) -> Iterator[tuple[httpx.Client, str]]:
    """The town served by a process of its own, and the one-time link that sets its administrator up."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [*MINGCHA, str(town), "serve", "--port", str(port), "--no-worker"]
    with subprocess.Popen(command, env={**BASE, "PYTHONUNBUFFERED": "1"}, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        said = ""
        while not (link := re.search(r"/setup#(\S+)", said)):
            said += process.stdout.readline()
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as http:
            for _ in range(200):
                try:
                    http.get("/help/x")
                    break
                except httpx.ConnectError:
                    time.sleep(0.05)
            yield http, link[1]
        process.terminate()


@pytest.fixture(scope="module")
def found(town: Path) -> dict[str, Any]:
    listed = json.loads(process(town, "aid", "list", "--json"))
    return {line["possible"]["customer"]: line["possible"] for line in listed["lines"]}


def of_need(found: dict[str, Any], need: str, kind: str = "loss") -> str:
    """A customer with this need of whom there is this fact."""
    return next(
        id_ for id_, one in found.items() if one["need"] == need and kind in {fact["kind"] for fact in one["facts"]}
    )


def test_the_town_has_people_of_every_need_and_a_lawyers_client_is_none(town: Path, found: dict[str, Any]) -> None:
    needs = [one["need"] for one in found.values()]
    order = ["identity", "bombed", "stoppable", "hardship", "other"]
    assert needs == sorted(needs, key=order.index)
    assert set(needs) == set(order)
    facts = [fact["kind"] for one in found.values() for fact in one["facts"]]
    assert set(facts) == {"paid_agent", "unaware", "loss", "contract", "known_contact", "ad"}
    assert facts.count("loss") == 5, "a lawyer's fee is no loss"
    assert "刚付过款，也许还能拦下（1）" in mingcha(town, "aid", "list")


@pytest.fixture(scope="module")
def refunded(
    town: Path, served: tuple[httpx.Client, str], found: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> str:
    """Somebody who paid yesterday, helped by command line until the money was back."""
    http, _ = served
    tmp_path, who = tmp_path_factory.mktemp("papers"), of_need(found, "stoppable")
    shown = mingcha(town, "aid", "show", who)
    assert "call" in shown
    assert not [one for one in OWN if one in shown]
    mingcha(town, "aid", "reach", who, "--by", "call", "--note", "约好明天到网点")
    link = json.loads(process(town, "aid", "link", who, "--json"))
    path = httpx.URL(link["link"]).path
    locked = http.get(path).text
    assert link["code"] in locked
    assert 'href="tel:96110"' in locked
    assert "我们看到的情况" not in locked
    assert not re.search(r"\*{2}", locked), "not even what is masked before a second proof"
    assert http.get(f"{path}/letters/claim.pdf").status_code == 404
    too_soon = ["--workspace", str(town), "aid", "paper", who, "claim", "--out", str(tmp_path / "x.docx")]
    assert isinstance(CliRunner().invoke(app, too_soon, env=SPOKEN).exception, OutOfOrder)
    assert not (tmp_path / "x.docx").exists()
    process(town, "aid", "proved", who, "--by", "branch", "--code", link["code"])
    mingcha(town, "aid", "card", who, "transfer", "stop")
    mingcha(town, "aid", "print-card", "transfer", "--out", tmp_path / "card.pdf")
    assert (tmp_path / "card.pdf").read_bytes().startswith(b"%PDF")
    mingcha(town, "aid", "offer", who, "instalment")
    wrong = told(town, "loss", who, "26,000", "--on", DAY, "--to", "上岸无忧咨询", "--proof", "chat")
    mingcha(town, "aid", "set-aside", who, wrong["act"], "--reason", "多打了一个零")
    mingcha(town, "aid", "loss", who, "2,600", "--on", DAY, "--to", "上岸无忧咨询", "--proof", "chat")
    for kind in PAPERS[:2]:
        mingcha(town, "aid", "paper", who, kind, "--out", tmp_path / f"{kind}.docx")
        assert (tmp_path / f"{kind}.docx").read_bytes().startswith(b"PK")
    opened = http.get(path).text
    assert "2,600.00" in opened
    assert not [one for one in OWN if one in opened]
    for kind in PAPERS[:2]:
        assert http.get(f"{path}/letters/{kind}.pdf").content.startswith(b"%PDF")
        assert http.get(f"{path}/letters/{kind}.docx").content.startswith(b"PK")
    mingcha(town, "aid", "filed", who, "派出所", "--on", date.today(), "--number", "1")  # noqa: DTZ011 -- as above
    mingcha(town, "aid", "recovered", who, "1000", "--from", "上岸无忧咨询")
    assert _next(town, who) == "ask"
    mingcha(town, "aid", "recovered", who, "1600", "--from", "上岸无忧咨询")
    assert _next(town, who) == "close"
    mingcha(town, "aid", "close", who, "--reason", "全部追回")
    return who


def _next(town: Path, who: str) -> str | None:
    return next((one["next"] for one in told(town, "follow-up")["lines"] if one["customer"] == who), None)


def test_by_command_line_from_detection_to_refund(town: Path, refunded: str) -> None:
    assert _next(town, refunded) is None
    assert refunded not in {line["possible"]["customer"] for line in told(town, "list")["lines"]}
    assert "全部追回的人数" in mingcha(town, "aid", "totals")


@pytest.fixture(scope="module")
def vic(served: tuple[httpx.Client, str]) -> dict[str, str]:
    """Somebody of victim support, signed in for the purpose of aid."""
    http, setup = served
    http.post("/api/setup", json={"token": setup, "password": PASSWORD})
    admin = _sign_in(http, "admin", "administration")
    made = http.post("/api/accounts", json={"name": "vic", "roles": ["victim_support"]}, headers=admin).json()
    http.post("/api/setup", json={"token": made["setup_token"], "password": PASSWORD})
    return _sign_in(http, "vic", "aid")


def test_over_http_from_detection_to_refund_and_the_totals_of_both(
    served: tuple[httpx.Client, str], vic: dict[str, str], found: dict[str, Any], refunded: str
) -> None:
    http, who = served[0], of_need(found, "identity")
    assert who != refunded
    view = http.get(f"/api/aid/{who}", headers=vic).json()
    assert not [one for one in OWN if one in json.dumps(view, ensure_ascii=False)]
    assert view["offices"][0]["name"] == "示例市法律援助中心（虚构）"
    safe = next(one["kind"] for one in view["channels"] if not one.get("why"))

    def act(kind: str, **said: Any) -> Any:
        answer = http.post(f"/api/aid/{who}/acts/{kind}", json=said, headers=vic)
        assert answer.status_code == 200, answer.text
        return answer.json()

    act("reached", channel=safe)
    link = http.post(f"/api/aid/{who}/link", headers=vic).json()
    assert "**" not in http.get(link["path"]).text
    spent = {"fee": 300_000, "paid_on": str(DAY), "payee": "上岸无忧咨询", "proofs": ["receipt"]}
    assert http.post(f"/api/aid/{who}/acts/loss", json=spent, headers=vic).status_code == 409
    act("proved", proof="card", code=link["code"])
    for step in ("report_lost", "new_card"):
        act("card", situation="sim", step=step)
    act("offered", route="legal_aid")
    act("loss", **spent)
    for kind in PAPERS:
        written = http.post(f"/api/aid/{who}/paper", json={"kind": kind, "form": "pdf"}, headers=vic)
        assert written.content.startswith(b"%PDF")
    page = http.get(link["path"]).text
    assert "**" in page
    assert not [one for one in OWN if one in page]
    assert http.get(f"{link['path']}/letters/police.docx").content.startswith(b"PK")
    act("filed", where="法院", on=str(date.today()))  # noqa: DTZ011 -- as above
    act("recovered", amount=300_000, on=str(date.today()), origin="法院执行")  # noqa: DTZ011 -- as above
    act("closed", reason="全部追回")
    totals = http.get("/api/aid/totals", headers=vic).json()
    assert totals.pop("counted").keys() == totals.keys()
    assert totals.pop("days") in (0, 1)
    assert totals == {
        "found": 2,
        "helped": 2,
        "declined": 0,
        "offered": 2,
        "lost": 560_000,
        "recovered": 560_000,
        "whole": 2,
    }


def test_cards_and_offices_over_http(served: tuple[httpx.Client, str], vic: dict[str, str]) -> None:
    http, _ = served
    card = http.post("/api/aid/card/sheet", json={"situation": "sim", "form": "docx"}, headers=vic)
    assert card.content.startswith(b"PK")
    assert http.get("/api/aid/offices", params={"place": "别处"}, headers=vic).json()[0]["place"] == "全国"
