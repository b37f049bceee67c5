"""Sellers, bursts and new words in the simulated town: by command line and over HTTP, and who may not."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from rich.cells import cell_len
from tests.journeys.test_ads import done, run
from tests.journeys.test_family import PASSWORD, http
from typer.testing import CliRunner

from mingcha.actions.accounts import create_account, set_password, setup_link, sign_in
from mingcha.actions.deps import Deps
from mingcha.cli.app import app
from mingcha.errors import NotPermitted
from mingcha.model.actor import Purpose, Role
from mingcha.settings import from_environment
from mingcha.testing.house import someone
from mingcha.wiring import open_deps

__all__ = ["http"]  # a fixture: the desk over the `deps` of this file


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("town")
    made = CliRunner().invoke(app, ["--workspace", str(folder / "w"), "demo", "--size", "200", "--json"])
    assert made.exit_code == 0, made.output
    return folder


@pytest.fixture(scope="module")
def deps(home: Path) -> Iterator[Deps]:
    opened = open_deps(from_environment({}, home / "w"))
    set_password(opened, setup_link(opened) or "", PASSWORD)
    admin = someone(Role.ADMIN, purpose=Purpose.ADMINISTRATION)
    for name, role in (("ana", Role.ANALYST), ("mo", Role.AD_MONITOR), ("su", Role.SUPERVISOR)):
        set_password(opened, create_account(opened, admin, name, (role,), None), PASSWORD)
    yield opened
    opened.store.close()


@pytest.fixture(scope="module")
def sellers(home: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run(home, "sellers", "--json"))
    return found


def test_the_ring_that_advertises_is_tied_to_its_seller_and_no_victim_is_one(
    home: Path, sellers: list[dict[str, Any]]
) -> None:
    (tied,) = [one for one in sellers if one["rings"]]
    assert (tied["ads"], len(tied["platforms"])) == (4, 4)
    page = json.loads(run(home, "seller", tied["seller"], "--json", "--out", home / "s.html"))
    assert "sightings" in (home / "s.html").read_text("utf-8")
    assert page["quoted"] >= page["quoted_floor"]
    assert page["prices"]
    shown = CliRunner().invoke(app, ["--workspace", str(home / "w"), "ring", tied["rings"][0], "--json"])
    assert {one["ad"] for one in json.loads(shown.stdout)["ads"]} < {one["ad"] for one in page["ads"]}
    with_ads = {ad["ad"] for one in sellers for ad in json.loads(run(home, "seller", one["seller"], "--json"))["ads"]}
    held = json.loads(run(home, "list", "--json"))
    assert len(held) - len(with_ads) == 3, "who warns, reports or tells a story of their own sells nothing"


def test_contacts_come_in_clear_for_a_reason_alone(home: Path, sellers: list[dict[str, Any]]) -> None:
    masked = json.loads(run(home, "seller", sellers[0]["seller"], "--json"))["ways"]
    clear = json.loads(run(home, "seller", sellers[0]["seller"], "--reveal", "核对", "--json"))["ways"]
    assert any("*" in one["shown"] for one in masked)
    assert not any("*" in one["shown"] for one in clear)
    assert done(home, "seller", sellers[0]["seller"], "--reveal", " ").exception is not None


def test_a_week_of_newcomers_is_a_burst(home: Path) -> None:
    (one,) = json.loads(run(home, "bursts", "--json"))
    assert (one["accounts"], one["platform"]) == (12, "短视频平台")


def test_a_new_word_is_accepted_and_written_and_nothing_changes_till_it_is_used(home: Path) -> None:
    found = json.loads(run(home, "words", "--json"))
    assert "浮桥单" in {one["word"] for one in found["proposed"]}
    assert "neutral" in run(home, "words", "--accept", "上岸快", "--reason", "seen in ads")
    run(home, "words", "--accept", "浮桥单", "--reason", "seen in ads")
    run(home, "words", "--refuse", "名额单", "--reason", "an ordinary word")
    (home / "own").mkdir()
    made = json.loads(run(home, "words", "--export", home / "own", "--json"))["file"]
    read = tomllib.loads(Path(made).read_text("utf-8"))
    codes = {row["term"]: row["codes"] for row in read["terms"]}
    assert (codes["浮桥单"], codes["上岸快"]) == (["AD"], ["AD", "NT"])
    assert "名额单" not in codes
    with_it = open_deps(from_environment({"MINGCHA_OVERRIDES": str(home / "own")}, home / "w"))
    plain = open_deps(from_environment({}, home / "w"))
    assert with_it.lexicon.scheme == read["id"] != plain.lexicon.scheme
    assert any(term.term == "浮桥单" for term in with_it.lexicon.terms)
    for opened in (with_it, plain):
        opened.store.close()


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_it_reads_at_80_columns(home: Path, sellers: list[dict[str, Any]], locale: str) -> None:
    verbs = (("sellers",), ("seller", sellers[0]["seller"]), ("bursts",), ("words",))
    said = "".join(run(home, *verb, locale=locale) for verb in verbs)
    said += "".join(run(home, verb, "--help", locale=locale) for verb, *_ in verbs)
    assert max(cell_len(line) for line in said.splitlines()) <= 80
    for word in ("恶意", "黑产", "老赖"):
        assert word not in said


def test_over_http_the_same(http: httpx.Client, deps: Deps, sellers: list[dict[str, Any]]) -> None:
    def who(name: str) -> dict[str, str]:
        return {"Authorization": "Bearer " + sign_in(deps, name, PASSWORD, Purpose.INVESTIGATION)}

    ana, mo, su = who("ana"), who("mo"), who("su")
    mine = http.get("/api/ads/sellers", headers=ana).json()["sellers"]
    assert [one["seller"] for one in mine] == [one["seller"] for one in sellers]
    assert all(one["rings"] is None for one in http.get("/api/ads/sellers", headers=mo).json()["sellers"])
    id_ = mine[0]["seller"]
    assert http.get(f"/api/ads/sellers/{id_}", headers=ana).json()["seller"] == id_
    assert http.post(f"/api/ads/sellers/{id_}/reveal", headers=ana, json={"reason": "核对"}).status_code == 200
    assert http.get("/api/ads/sellers/SE-AAAA", headers=ana).status_code == 404
    assert len(http.get("/api/ads/bursts", headers=mo).json()["bursts"]) == 1
    assert http.get("/api/ads/words", headers=mo).json()["lexicon"].startswith("lexicon@")
    said = {"word": "渡口单", "accepted": True, "reason": "见广告"}
    assert http.post("/api/ads/words", headers=mo, json=said).json()["word"] == "渡口单"
    assert http.post("/api/ads/words", headers=mo, json={**said, "word": "专业反催收"}).status_code == 409
    for path in ("sellers", f"sellers/{id_}", "bursts", "words"):
        assert http.get(f"/api/ads/{path}", headers=su).status_code == 403
    with pytest.raises(NotPermitted):
        from mingcha.actions.ad_sellers import list_sellers
        from mingcha.wiring import ad_machine

        list_sellers(deps, someone(Role.SUPERVISOR, purpose=Purpose.INVESTIGATION), ad_machine(deps.standards))
