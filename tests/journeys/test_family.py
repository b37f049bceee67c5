"""The page of a family in the simulated town: by command line and over HTTP, the same page, and shut before merit."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from rich.cells import cell_len
from tests.journeys.served import PASSWORD, served

from mingcha.actions.accounts import create_account, set_password, setup_link, sign_in
from mingcha.actions.decide import decide_merit
from mingcha.actions.deps import Deps
from mingcha.model.actor import Purpose, Role
from mingcha.model.decision import MeritVerdict
from mingcha.settings import from_environment
from mingcha.testing.house import someone
from mingcha.wiring import open_deps

BASE = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "COLUMNS": "80"}
PEOPLE = (
    ("ana", Role.ANALYST, Purpose.INVESTIGATION),
    ("su", Role.SUPERVISOR, Purpose.HANDLING),
    ("au", Role.AUDITOR, Purpose.INSPECTION),
)


def run(workspace: Path, *arguments: str, locale: str = "en", code: int = 0) -> str:
    command = [sys.executable, "-m", "mingcha.cli.main", "--workspace", str(workspace), *arguments]
    done = subprocess.run(command, env={**BASE, "MINGCHA_LOCALE": locale}, capture_output=True, text=True, timeout=120)
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = tmp_path_factory.mktemp("town")
    run(workspace, "demo", "--size", "60", "--seed", "5")
    return workspace


@pytest.fixture(scope="module")
def deps(town: Path) -> Iterator[Deps]:
    opened = open_deps(from_environment({}, town))
    yield opened
    opened.store.close()


@pytest.fixture(scope="module")
def largest(deps: Deps) -> tuple[str, tuple[str, ...]]:
    """The largest family."""
    with deps.store.read() as work:
        return max(work.campaigns.families().items(), key=lambda one: (len(one[1]), one[0]))


@pytest.fixture(scope="module")
def sessions(deps: Deps) -> dict[str, dict[str, str]]:
    set_password(deps, setup_link(deps) or "", PASSWORD)
    admin = someone(Role.ADMIN, purpose=Purpose.ADMINISTRATION)
    out = {}
    for name, role, purpose in PEOPLE:
        set_password(deps, create_account(deps, admin, name, (role,), None), PASSWORD)
        out[name] = {"Authorization": "Bearer " + sign_in(deps, name, PASSWORD, purpose)}
    return out


@pytest.fixture(scope="module")
def http(deps: Deps) -> Iterator[httpx.Client]:
    with served(deps) as base, httpx.Client(base_url=base) as client:
        yield client


def test_from_a_complaint_to_its_family(town: Path, largest: tuple[str, tuple[str, ...]]) -> None:
    id_, members = largest
    run(town, "decide", members[0], "upheld", "--reason", "records show it")
    assert f"family {id_}" in run(town, "show", members[0], "--reveal").replace("\n", "")
    page = json.loads(run(town, "family", id_, "--json"))
    assert (page["members"], page["ours"]["decided"]["confirmed"]["hits"]) == (len(members), 1)
    assert {line["complaint"] for line in page["cited"]} <= set(members)
    assert "see_family" in run(town, "access-log")


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_it_reads_at_80_columns_our_fault_first(town: Path, largest: tuple[str, tuple[str, ...]], locale: str) -> None:
    said = run(town, "family", largest[0], locale=locale)
    assert max(cell_len(line) for line in said.splitlines()) <= 80
    parts = (
        ("是我们的问题吗", "可能的正当解释", "组织迹象")
        if locale == "zh-CN"
        else ("Is this our fault", "Innocent expl", "Signs of org")
    )
    places = [said.index(part) for part in parts]
    assert places == sorted(places)
    assert ("家族 " if locale == "zh-CN" else "Family ") + largest[0] in said


def test_what_is_not_there_is_said(town: Path, tmp_path: Path) -> None:
    assert "no family" in run(town, "family", "nothing", code=5)
    assert "没有找到家族" in run(tmp_path, "family", "nothing", locale="zh-CN", code=5)


def test_over_http_the_same_page(
    town: Path, http: httpx.Client, sessions: dict[str, dict[str, str]], largest: tuple[str, tuple[str, ...]]
) -> None:
    path = f"/api/families/{largest[0]}"
    assert http.get(path).status_code == 401
    assert http.get(path, headers=sessions["au"]).status_code == 403
    assert http.get("/api/families/nothing", headers=sessions["ana"]).status_code == 404
    assert http.get("/api/families/" + "x" * 65, headers=sessions["ana"]).status_code == 422
    answer = http.get(path, headers=sessions["ana"])
    assert _plain(answer.text) == _plain(run(town, "family", largest[0], "--json"))
    documented = http.get("/openapi.json").json()["components"]["schemas"]["FamilyPage"]["required"]
    assert list(answer.json()) == documented


def _plain(page: str) -> object:
    """What is None may be written or left out, and UTC as Z or +00:00."""
    return json.loads(
        page.replace("+00:00", "Z"), object_hook=lambda one: {k: v for k, v in one.items() if v is not None}
    )


def test_before_merit_it_is_shut_to_whoever_decides_and_opens_after(
    deps: Deps, http: httpx.Client, sessions: dict[str, dict[str, str]], largest: tuple[str, tuple[str, ...]]
) -> None:
    id_, members = largest
    shut = http.get(f"/api/families/{id_}", headers=sessions["su"])
    absent = http.get("/api/families/nothing", headers=sessions["su"])
    assert shut.status_code == absent.status_code == 403
    assert shut.json()["zh"].replace(id_, "") == absent.json()["zh"].replace("nothing", "")
    for member in members:
        decide_merit(deps, someone(name="h"), member, MeritVerdict.UPHELD, (), "记录属实")
    page = http.get(f"/api/families/{id_}", headers=sessions["su"]).json()
    assert page["ours"]["fault"] == "likely"
    assert page["ours"]["decided"]["confirmed"] == {"hits": len(members), "of": len(members), "share": 1_000_000} | {
        name: page["ours"]["decided"]["confirmed"][name] for name in ("low", "high")
    }


def test_people_join_and_part_families_and_take_it_back(tmp_path: Path) -> None:
    run(tmp_path, "demo", "--size", "60", "--seed", "6")

    def listed() -> dict[str, int]:
        return {
            row["id"]: row["members"] for row in json.loads(run(tmp_path, "families", "list", "--json"))["families"]
        }

    before = listed()
    first, second = list(before)[:2]
    run(tmp_path, "families", "join", first, second, "--reason", "one hand")
    assert listed() == {first: before[first] + before[second]} | {
        id_: count for id_, count in before.items() if id_ not in (first, second)
    }
    said = run(tmp_path, "families", "list")
    assert max(map(cell_len, said.splitlines())) <= 80
    assert "by people" in said
    assert "人工" in run(tmp_path, "families", "list", locale="zh-CN")
    (judgement,) = json.loads(run(tmp_path, "families", "list", "--json"))["judgements"]
    run(tmp_path, "assess")
    assert first in listed()
    told = run(tmp_path, "families", "undo", judgement["id"], "--reason", "mistaken", "--json")
    assert json.loads(told) == {"restored": before[first] + before[second], "moved_on": 0}
    assert listed() == before
    assert "no judgement that stands" in run(tmp_path, "families", "undo", "J", "--reason", "x", code=5)


def test_families_over_http_are_for_whoever_never_decides_merit(
    http: httpx.Client, sessions: dict[str, dict[str, str]], deps: Deps
) -> None:
    rows = http.get("/api/families", headers=sessions["ana"]).json()["families"]
    asked = {"into": rows[0]["id"], "other": rows[1]["id"], "reason": "one hand"}
    assert http.get("/api/families", headers=sessions["su"]).status_code == 403
    assert http.post("/api/families/join", headers=sessions["su"], json=asked).status_code == 403
    joined = http.post("/api/families/join", headers=sessions["ana"], json=asked)
    assert joined.status_code == 201
    undone = http.post(
        "/api/families/undo", headers=sessions["ana"], json={"judgement": joined.json()["id"], "reason": "mistaken"}
    )
    assert undone.json() == {"restored": rows[0]["members"] + rows[1]["members"], "moved_on": 0}
    with deps.store.read() as work:
        complaint = work.campaigns.members(rows[0]["id"])[0].complaint
    parted = http.post(
        "/api/families/part",
        headers=sessions["ana"],
        json={"family": rows[0]["id"], "complaints": [complaint], "reason": "her own words"},
    )
    assert parted.json()["complaints"] == [complaint]
    http.post("/api/families/undo", headers=sessions["ana"], json={"judgement": parted.json()["id"], "reason": "no"})
    assert http.get("/api/families", headers=sessions["ana"]).json()["families"] == rows
    assert http.post("/api/families/join", headers=sessions["ana"], json={**asked, "reason": ""}).status_code == 422
