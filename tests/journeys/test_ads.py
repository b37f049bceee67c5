"""Ads by command line from import to funnel, over HTTP the same: two people at least, nothing sent, and the law in plain words."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook
from rich.cells import cell_len
from tests.journeys.test_family import PASSWORD, http
from typer.testing import CliRunner

from mingcha.actions.accounts import create_account, set_password, setup_link, sign_in
from mingcha.actions.deps import Deps
from mingcha.cli.app import app
from mingcha.errors import MingchaError
from mingcha.model.actor import Purpose, Role
from mingcha.settings import from_environment
from mingcha.testing.house import someone
from mingcha.wiring import open_deps

__all__ = ["http"]  # a fixture: the desk over the `deps` of this file
ROWS = """id,platform,seen_at,handle,contact,text,url,place,work_id,author,author_since,found_by
1,抖音,2026-03-01 10:00:00+08:00,zw,zw_8888,"专业反催收停息挂账，不成功不收费，加微信 zw_8888",https://www.douyin.com/video/731?share_id=9,video,731,=dy1,2026-02-20,巡查
2,抖音,2026-03-02 10:00:00+08:00,zw,zw_8888,"专业反催收停息挂账，不成功不收费，加微信 zw_8888",https://douyin.com/video/731,视频,731,=dy1,,巡查
3,小红书,2026-03-02 11:00:00+08:00,xhs9,,"半夜打电话给我妈，我要投诉这家银行，请监管帮帮我",https://www.xiaohongshu.com/explore/66,post,66,xhs9,,巡查
4,小红书,坏时间,xhs9,,x,,post,67,,,
"""


def done(home: Path, *arguments: object, locale: str = "en", typed: str = "") -> Any:
    """A verb of `ads` on this workspace, in this process: a new one takes seconds to start."""
    line = ["--workspace", str(home / "w"), "ads", *map(str, arguments)]
    return CliRunner().invoke(app, line, input=typed + "\n", env={"MINGCHA_LOCALE": locale, "COLUMNS": "80"})


def run(home: Path, *arguments: object, code: int = 0, locale: str = "en", typed: str = "") -> str:
    ended = done(home, *arguments, locale=locale, typed=typed)
    assert (ended.exit_code, ended.exception if code == 0 else None) == (code, None), ended.output
    return ended.stdout if "--json" in arguments else ended.output


def refused(home: Path, *arguments: object) -> str:
    error = done(home, *arguments).exception
    assert isinstance(error, MingchaError), error
    return error.say("en")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ads")
    (folder / "ads.csv").write_text(ROWS.replace("视频", "video"), encoding="utf-8")
    assert "rejected" in run(folder, "import", folder / "ads.csv", code=4)
    return folder


@pytest.fixture(scope="module")
def deps(home: Path) -> Iterator[Deps]:
    opened = open_deps(from_environment({}, home / "w"))
    set_password(opened, setup_link(opened) or "", PASSWORD)
    admin = someone(Role.ADMIN, purpose=Purpose.ADMINISTRATION)
    for name, role in (("bob", Role.AD_MONITOR), ("leo", Role.LEGAL), ("su", Role.SUPERVISOR)):
        set_password(opened, create_account(opened, admin, name, (role,), None), PASSWORD)
    yield opened
    opened.store.close()


def test_from_sighting_to_funnel(home: Path, deps: Deps) -> None:
    ads = {one["platform"]: one for one in json.loads(run(home, "list", "--json"))}
    seller, victim = ads["抖音"]["ad"], ads["小红书"]["ad"]
    assert ads["抖音"]["sightings"] == 2
    said = ("--solicits", "yes", "--trade", "suspension", "--reason", "seen")
    run(home, "word", victim, *said)
    assert "reported by nobody" in refused(home, "report", victim, "--route", "platform")
    assert "a person has to judge first" in refused(home, "report", seller, "--route", "platform")
    run(home, "word", seller, *said)
    run(home, "report", seller, "--route", "platform", "--screenshot", "S-1")
    run(home, "approve", seller)
    assert "cannot be the second" in refused(home, "approve", seller)
    run(home, "approve", seller, "--as", "bob", typed=PASSWORD)
    assert "Nothing was sent" in run(home, "export", "--out", home / "out", "--csv")
    with (home / "out" / "platform-抖音.csv").open(encoding="utf-8-sig", newline="") as source:
        (row,) = csv.DictReader(source)
    assert (row["账号 account id"], row["截图编号 screenshot"], row["内部编号 our number"]) == ("'=dy1", "S-1", seller)
    assert load_workbook(home / "out" / "platform-抖音.xlsx").worksheets[0]["D2"].value == "=dy1", "as text"
    run(home, "receipt", seller, "DY-77")
    (home / "looks.csv").write_text(
        f"ad,url,result,at\n{seller},,up,2026-03-03T10:00:00+08:00\nAD-0,,up,\n", encoding="utf-8"
    )
    assert "1 kept" in run(home, "recheck", "--from", home / "looks.csv", code=4)
    total = json.loads(run(home, "funnel", "--json"))["total"]
    assert [total[name] for name in ("sightings", "ads", "judged", "reported", "removed")] == [3, 2, 2, 1, 0]


def test_a_pasted_share_text_is_a_sighting_and_anything_else_is_refused(home: Path) -> None:
    before = len(json.loads(run(home, "list", "--json")))
    share = "2.31 复制打开抖音，看看【示范小号的作品】欠款别慌 https://v.douyin.com/iAbC1234/ 10/24"
    assert "1" in run(home, "add", share)
    assert len(json.loads(run(home, "list", "--json"))) == before + 1
    assert "share text or link" in refused(home, "add", "看主页")


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_it_reads_at_80_columns(home: Path, deps: Deps, locale: str) -> None:
    (ad,) = [one["ad"] for one in json.loads(run(home, "list", "--json")) if one["stage"] == "reported"]
    verbs = (("list",), ("show", ad), ("funnel", "--by", "trade"), ("reappeared",))
    said = "".join(run(home, *verb, locale=locale) for verb in verbs)
    helps = "".join(run(home, verb, "--help") for verb in ("report", "object", "recheck", "import"))
    assert max(cell_len(line) for line in (said + helps).splitlines()) <= 80
    assert ("已举报" if locale == "zh-CN" else "reported") in said
    for word in ("恶意", "黑产", "老赖"):
        assert word not in said


def test_over_http_the_same(http: httpx.Client, deps: Deps) -> None:
    def who(name: str, purpose: Purpose = Purpose.INVESTIGATION) -> dict[str, str]:
        return {"Authorization": "Bearer " + sign_in(deps, name, PASSWORD, purpose)}

    bob, leo = who("bob"), who("leo")
    assert http.get("/api/ads").status_code == 401
    assert http.get("/api/ads", headers=who("su")).status_code == 403
    listed = http.get("/api/ads", headers=bob).json()["ads"]
    (ad,) = [one["ad"] for one in listed if one["platform"] == "小红书"]
    said = {"solicits": "yes", "trade": "suspension", "reason": "seen"}
    assert http.post(f"/api/ads/{ad}/word", headers=bob, json=said).status_code == 201
    refused = http.post(f"/api/ads/{ad}/reports", headers=bob, json={"route": "platform"})
    assert refused.status_code == 409
    assert "任何人" in refused.text
    assert http.post("/api/ads/AD-0/word", headers=bob, json=said).status_code == 404
    edge = {"look": "up", "looked_at": "9999-12-31T23:59:59Z"}
    assert http.post(f"/api/ads/{ad}/looks", headers=bob, json=edge).status_code == 422
    assert http.post(f"/api/ads/{ad}/looks", headers=bob, json={"look": "up"}).status_code == 201
    assert http.post(f"/api/ads/{ad}/objection", headers=bob, json={"text": "我在投诉"}).status_code == 201
    assert (
        http.post(f"/api/ads/{ad}/objection/decide", headers=bob, json={"upheld": True, "reason": "x"}).status_code
        == 403
    )
    done = http.post(f"/api/ads/{ad}/objection/decide", headers=leo, json={"upheld": True, "reason": "确为投诉"})
    assert (done.status_code, done.json()["corrections"]) == (201, [])
    page = http.get(f"/api/ads/{ad}", headers=leo).json()
    assert page["stage"] == "no_ad"
    assert http.get("/api/ads/funnel", headers=leo, params={"by": "week"}).json()["rules"]
