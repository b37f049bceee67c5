"""An ad's page from a real browser into the house: up, then gone; exhibits whole, digests as sealed; and how the terminal says it."""

import json
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from tests.actions.test_ads import ANN, sighting
from tests.adapters.capture.town import QUICK, Answer, Street, needs_browser, served

from mingcha.actions.ad_funnel import see_ad
from mingcha.actions.capturing import capture_ad, recheck_due
from mingcha.actions.exhibits import exhibits_of, read_exhibit
from mingcha.adapters.capture import BrowserCapturer
from mingcha.cli.main import run
from mingcha.model.ad_cycle import Look, Stage
from mingcha.testing.house import FixedClock, house, put

pytestmark = needs_browser


def test_a_page_is_seen_kept_and_found_gone(tmp_path: Path) -> None:
    clock = FixedClock()
    with served({"/ad": "<h1>专业停息挂账</h1>"}) as site, house(tmp_path, clock=clock) as deps:
        street = Street(site)
        visitor = BrowserCapturer(guard=street.guard, pace=street.pace, limits=QUICK, now=clock.now)
        put(deps, "ads", sighting("1", url=site.at("/ad")))
        with deps.store.read() as work:
            (ad,) = [one.id for one in work.ads.all_items()]
        up = capture_ad(deps, ANN, visitor, ad)
        assert (up.look, up.notes) == (Look.UP, ())
        page, shot, head = (b"".join(read_exhibit(deps, ANN, one).read()) for one in up.exhibits)
        assert "停息挂账" in page.decode()
        assert json.loads(head)["sha256"] | {"text": ""} == {
            "html": sha256(page).hexdigest(), "screenshot": sha256(shot).hexdigest(), "text": "",
        }  # fmt: skip
        assert [one.sha256 for one in exhibits_of(deps, ANN, ad)][:2] == [
            sha256(page).hexdigest(),
            sha256(shot).hexdigest(),
        ]
        site.routes["/ad"] = Answer("<h1>内容已删除", 404)
        assert capture_ad(deps, ANN, visitor, ad).look is Look.GONE
        clock.at += timedelta(hours=24)
        (again,) = recheck_due(deps, ANN, visitor).visits
        assert (again.look, see_ad(deps, ANN, ad).stage) == (Look.GONE, Stage.GONE)
        assert site.pages == ["/ad"] * 3


def test_the_terminal_says_what_was_not_visited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def said(*arguments: str) -> tuple[int, str]:
        monkeypatch.setattr("sys.argv", ["mingcha", "--workspace", str(tmp_path / "w"), "ads", *arguments])
        try:
            run()
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        told = capsys.readouterr()
        return code, told.out + told.err

    said("add", "https://v.douyin.com/AbCd12/ 加微信")
    (ad,) = [one["ad"] for one in json.loads(said("list", "--json")[1])]
    for url in ("http://127.0.0.1/", "file:///etc/passwd", "http://169.254.169.254/latest/meta-data/"):
        code, told = said("capture", ad, "--url", url)
        assert (code, "未访问" in told) == (3, True)
    code, told = said("capture", ad, "--url", "http://0x7f.1/", "--json")
    (visit,) = json.loads(told)["visits"]
    assert (visit["look"], visit["refused"]) == (None, "address")
    assert said("capture", "--due") == (0, "没有到期的复查\n")
    assert said("capture")[0] == said("capture", ad, "--due")[0] == 3
