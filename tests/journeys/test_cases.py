"""A ring of the demo town from first complaint to pack, outcome and correction, by command line and over HTTP."""

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import httpx
import pytest
from rich.cells import cell_len
from tests.journeys.served import PASSWORD, staffed
from tests.journeys.test_family import http
from typer.testing import CliRunner

from mingcha.actions.accounts import sign_in
from mingcha.actions.deps import Deps
from mingcha.cli.app import app
from mingcha.errors import MingchaError
from mingcha.model.actor import Purpose, Role
from mingcha.model.case import Line

__all__ = ["http"]  # a fixture: the desk over the `deps` of this file


def done(home: Path, *arguments: object, locale: str = "en", typed: str = "") -> Any:
    """A verb on this workspace, in this process: a new one takes seconds to start."""
    line = ["--workspace", str(home / "w"), *map(str, arguments)]
    return CliRunner().invoke(app, line, input=typed + "\n", env={"MINGCHA_LOCALE": locale, "COLUMNS": "80"})


def run(home: Path, *arguments: object, locale: str = "en", typed: str = "") -> str:
    ended = done(home, *arguments, locale=locale, typed=typed)
    assert (ended.exit_code, ended.exception) == (0, None), ended.output
    return ended.stdout if "--json" in arguments else ended.output


def told(home: Path, *arguments: object) -> Any:
    return json.loads(run(home, *arguments, "--json"))


def refused(home: Path, *arguments: object) -> str:
    error = done(home, *arguments).exception
    assert isinstance(error, MingchaError), error
    return error.say("en")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cases")
    run(folder, "demo", "--size", "60")
    (folder / "call.txt").write_text("不免息就天天投诉，撤诉要给钱", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def deps(home: Path) -> Iterator[Deps]:
    with staffed(home / "w", (("leo", Role.LEGAL), ("cat", Role.CONSUMER_PROTECTION))) as opened:
        yield opened


def on_an_order(home: Path, case: str, complaint: str, refer: tuple[str, ...]) -> None:
    """The full pack: its order said whole, its scan kept and handed over first."""
    scan = told(
        home, "exhibits", "add", home / "call.txt", "--source", "scanner", "--how", "at the counter", "--of", case
    )
    order = ("--order", "调〔2026〕7号", "--issuer", "某分局", "--issued", "2026-11-20", "--scan", scan["id"])
    scope = ("--scope", complaint)
    for n in range(0, len(order), 2):
        assert "number, issuer, day and scan" in refused(home, *refer, *scope, *order[:n], *order[n + 2 :])
    assert "on nobody's order" in refused(home, *refer, *scope)
    assert "complaint of this case" in refused(home, *refer, *order, "--scope", "C-0")
    full = told(home, *refer, *order, *scope)["act"][:8]
    run(home, "cases", "agree", case, full)
    run(home, "cases", "agree", case, full, "--as", "leo", typed=PASSWORD)
    assert "调〔2026〕7号 某分局 2026-11-20" in run(home, "cases", "show", case)
    assert told(home, "cases", "pack", case, full, "--out", home / "full")["personal_items"]["other"] > 0
    (opening,) = (home / "full" / "data").glob("001-*")
    assert opening.read_bytes() == (home / "call.txt").read_bytes()


def checks_itself(pack: Path, root: str) -> None:
    checked = subprocess.run([sys.executable, "verify.py", root], cwd=pack, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout
    assert len(list((pack / "data" / "papers").iterdir())) == 18


def over_http(home: Path, deps: Deps, http: httpx.Client, case: str) -> None:
    """The same pack as a ZIP: byte for byte what was written to the folder, for whoever was admitted alone."""
    (of,) = [one["id"] for one in told(home, "cases", "show", case)["facts"]["referrals"]]
    signed = {
        name: {"authorization": f"Bearer {sign_in(deps, name, PASSWORD, Purpose.INVESTIGATION)}"}
        for name in ("leo", "cat")
    }
    assert http.post(f"/api/cases/{case}/referrals/{of}/pack", headers=signed["cat"]).status_code == 403
    assert http.post(f"/api/cases/{case}/referrals/none/pack", headers=signed["leo"]).status_code == 404
    given = http.post(f"/api/cases/{case}/referrals/{of}/pack", headers=signed["leo"])
    folder = {
        f"pack/{one.relative_to(home / 'pack')}": one.read_bytes()
        for one in (home / "pack").rglob("*")
        if one.is_file()
    }
    with ZipFile(io.BytesIO(given.content)) as packed:
        assert {name: packed.read(name) for name in packed.namelist()} == folder
    assert given.headers["x-mingcha-root"] == json.loads((home / "pack" / "root.json").read_bytes())["root"]


def test_from_a_ring_to_a_pack_an_outcome_and_a_correction(home: Path, deps: Deps, http: httpx.Client) -> None:
    ring = next(one for one in told(home, "rings") if one["status"] == "suspected_illegal_agency")
    case = told(home, "cases", "open", "青石所", "--about", f"ring:{ring['ring']}", "--reason", "同章")["case"]
    run(home, "cases", "admit", case, "leo", "--reason", "legal")
    run(home, "cases", "begin", case, "--reason", "begin")
    kept = told(home, "exhibits", "add", home / "call.txt", "--source", "recordings", "--how", "export", "--of", case)
    copied = ("--from", kept["id"], "--step", "redacted", "--source", "recordings", "--how", "names blacked out")
    copy = told(home, "exhibits", "add", home / "call.txt", "--of", case, *copied)
    run(home, "cases", "element", case, "extortion.threat", "--exhibit", copy["id"])
    threat = ("cases", "demand", case, ring["complaints"][0], "不免息就天天投诉", "--exhibit", copy["id"])
    assert "MM:SS" in refused(home, *threat, "--at", "3")
    assert "our records say were waived" in refused(home, *threat, "--waived-because", "1")
    run(home, *threat, "--at", "03:12", "--demanded", "3,000", "--waived-because", "0")
    assert "03:12  不免息就天天投诉  asked 3,000.00  waived because of it 0.00" in run(home, "cases", "show", case)
    refer = ("cases", "refer", case, "--offence", "extortion", "--rests-on", ring["ring"])
    assert "is not written" in refused(home, *refer)
    for line in Line:
        run(home, "cases", "speaks-for", case, line, "checked: none")
    of = told(home, *refer)["act"][:8]
    run(home, "cases", "agree", case, of)
    assert "cannot be the second" in refused(home, "cases", "agree", case, of)
    run(home, "cases", "agree", case, of, "--as", "leo", typed=PASSWORD)
    assert "is not decided" in refused(home, "cases", "pack", case, of, "--out", home / "pack")
    for complaint in ring["complaints"]:
        run(home, "decide", complaint, "not_upheld", "--reason", "checked")
    root = told(home, "cases", "pack", case, of, "--out", home / "pack")["root"]
    checks_itself(home / "pack", root)
    over_http(home, deps, http, case)
    on_an_order(home, case, ring["complaints"][0], refer)
    run(home, "cases", "sent", case, of, root)
    run(home, "cases", "filed", case, of, "accepted", "公〔2026〕1号", "--on", "2026-11-20")
    run(home, "cases", "outcome", case, of, "judged", "--people", 3, "--rings", 1, "--restitution", "1,200.50")
    run(home, "cases", "fell", case, ring["ring"], "--reason", "one customer was no client")
    assert "a correction is owed" in run(home, "cases", "show", case)
    assert "correction is owed" in refused(home, "cases", "close", case, "judged", "--reason", "done")
    assert "not handed over" in refused(home, "cases", "corrected", case, of, "--how", "by letter")
    letter = told(home, "cases", "correction", case, of, "--out", home / "correction.pdf")
    run(home, "cases", "correction-sent", case, of, letter["sha256"])
    run(home, "cases", "corrected", case, of, "--how", "by letter")
    run(home, "cases", "close", case, "judged", "--reason", "done")
    facts = told(home, "cases", "show", case)["facts"]
    assert (facts["state"], facts["referrals"][0]["outcomes"][0]["restitution"]) == ("closed", 120_050)


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_it_reads_at_80_columns(home: Path, deps: Deps, locale: str) -> None:
    (case,) = [one["id"] for one in told(home, "cases", "list")]
    said = run(home, "cases", "list", locale=locale) + run(home, "cases", "--help", locale=locale)
    assert max(map(cell_len, said.splitlines())) <= 80
    assert case in run(home, "cases", "show", case, locale=locale)


def test_the_same_over_http(home: Path, deps: Deps, http: httpx.Client) -> None:
    (ring, *_) = [one["ring"] for one in told(home, "rings")]

    def posted(path: str, who: str = "leo", **said: object) -> httpx.Response:
        token = sign_in(deps, who, PASSWORD, Purpose.INVESTIGATION)
        return http.post(f"/api/cases{path}", json=said, headers={"authorization": f"Bearer {token}"})

    subjects = [{"kind": "ring", "id": ring}]
    case = posted("", title="青石所", playbook="ring_level_1", subjects=subjects, reason="同章").json()["case"]
    assert posted(f"/{case}/acts/noted", "cat", text="x").status_code == 403
    assert posted(f"/{case}/acts/begun", reason="开始").json()["kind"] == "begun"
    draft = {"addressee": "police", "offence": "extortion", "stage": 1, "rests_on": [ring]}
    late = posted(f"/{case}/acts/referral_drafted", **draft)
    assert (late.status_code, "basis_of_right" in late.text) == (409, True)
    for line in Line:
        assert posted(f"/{case}/acts/exculpated", line=line, text="已查").status_code == 200
    noted = {"complaint": "C-0", "exhibit": "X", "words": "不免就闹", "at_second": 5, "demanded": 100}
    assert posted(f"/{case}/acts/demand_noted", **noted).status_code == 404
    assert posted(f"/{case}/acts/demand_noted", **{**noted, "demanded": -1}).status_code == 422
    order = {"number": "7号", "issuer": "某分局", "on": "2026-11-20", "scan": "EX-0"}
    for wrong, status in (
        (None, 409),
        (order, 404),
        ("7号", 422),
        ({**order, "scan": ""}, 422),
        ({**order, "on": "x"}, 422),
    ):
        full = posted(f"/{case}/acts/referral_drafted", **{**draft, "stage": 2, "order": wrong, "scope": []})
        assert full.status_code == status, wrong
    of = posted(f"/{case}/acts/referral_drafted", **draft).json()["act"]
    assert posted(f"/{case}/agree", referral=of).json()["kind"] == "referral_agreed"
    assert posted(f"/{case}/objection", "cat", text="不是我们").status_code == 200
    assert posted(f"/{case}/objection/answer", "leo", upheld=False, reason="x").status_code == 409
    assert (
        posted(f"/{case}/objection/answer", "cat", upheld=True, reason="登记在他人名下", finding=ring).status_code
        == 200
    )
    assert posted(f"/{case}/acts/noted", text="x", more=1).status_code == 422
    edge = {"referral": of, "root": "ab" * 32, "handed_over": "0001-01-01T00:00:00+14:00"}
    assert posted(f"/{case}/acts/referral_sent", **edge).status_code == 422
    assert posted("/CASE-0/acts/noted", text="x").status_code == 404
    token = sign_in(deps, "leo", PASSWORD, Purpose.INVESTIGATION)
    seen = http.get(f"/api/cases/{case}", headers={"authorization": f"Bearer {token}"}).json()
    assert seen["facts"]["fallen"] == [ring]
