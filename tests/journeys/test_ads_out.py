"""What leaves the house, by command line: sheets, texts and XARF in a folder; by e-mail over a real server with TLS, only when told."""

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from rich.cells import cell_len
from tests.adapters.send.post_office import Office, certificates, open_office
from typer.testing import CliRunner

from mingcha.actions.ad_reports import Wanted, approve_report, draft_report
from mingcha.actions.ad_words import judge_ad
from mingcha.cli.app import app
from mingcha.errors import InputError, MingchaError, NotSent
from mingcha.model.actor import Purpose, Role
from mingcha.model.ad_cycle import Route, Solicits
from mingcha.model.advert import Trade
from mingcha.settings import from_environment
from mingcha.testing.house import someone
from mingcha.wiring import ad_judge, open_deps, shelf

SAYS = "专业反催收停息挂账，不成功不收费，加微信"
ROWS = f"""id,platform,seen_at,contact,text,url,place,work_id,author
1,抖音,2026-03-01 10:00:00+08:00,zw_8888,"{SAYS} zw_8888",https://www.douyin.com/video/731,video,731,"=HYPERLINK(1)"
2,"快手\tBcc: x@evil.example",2026-03-02 10:00:00+08:00,zw_9999,"{SAYS} zw_9999",,video,9,ks9
"""
SITE = """[institution]
name = "示例消费金融"
countersigned_by = "法务"
[sending]
contact = "ads@bank.example"
domain = "bank.example"
countersigned_by = "法务"
[sending.to]
"platform:抖音" = ["审核@dy.example"]
association = ["lead@assoc.example"]
"""
PLAIN = {"MINGCHA_LOCALE": "en", "COLUMNS": "80", "MINGCHA_SMTP": "", "MINGCHA_MAIL_FROM": ""}


def done(home: Path, *arguments: object, **environment: str) -> Any:
    line = ["--workspace", str(home / "w"), "ads", *map(str, arguments)]
    return CliRunner().invoke(app, line, env={**PLAIN, **environment})


def run(home: Path, *arguments: object, **environment: str) -> str:
    ended = done(home, *arguments, **environment)
    assert (ended.exit_code, ended.exception) == (0, None), ended.output
    return ended.stdout if "--json" in arguments else ended.output


def refused(home: Path, kind: type[MingchaError], *arguments: object, **environment: str) -> str:
    error = done(home, *arguments, **environment).exception
    assert isinstance(error, kind), error
    return error.say("en")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A workspace with two ads, each agreed to for its platform, the first for the association as well."""
    (tmp_path / "w").mkdir()
    (tmp_path / "w" / "site.toml").write_text(SITE, encoding="utf-8")
    (tmp_path / "ads.csv").write_text(ROWS, encoding="utf-8")
    run(tmp_path, "import", tmp_path / "ads.csv")
    deps = open_deps(from_environment({}, tmp_path / "w"))
    ann, bob = (someone(Role.ANALYST, name=name, purpose=Purpose.INVESTIGATION) for name in ("ann", "bob"))
    judge = ad_judge().judge
    for one in json.loads(run(tmp_path, "list", "--json")):
        judge_ad(deps, ann, judge, one["ad"], Solicits.YES, Trade.SUSPENSION, "看过")
        routes = (Route.PLATFORM, Route.ASSOCIATION) if one["platform"] == "抖音" else (Route.PLATFORM,)
        for route in routes:
            draft_report(
                deps,
                ann,
                judge,
                one["ad"],
                Wanted(route=route, screenshot="S-1" if one["platform"] == "抖音" else None),
            )
            for who in (ann, bob):
                approve_report(deps, who, one["ad"], route)
    deps.store.close()
    return tmp_path


def ad(home: Path, platform: str = "抖音") -> str:
    return next(one["ad"] for one in json.loads(run(home, "list", "--json")) if one["platform"].startswith(platform))


def test_files_of_all_kinds(home: Path) -> None:
    said = run(home, "export", "--out", home / "out", "--xarf")
    assert "Nothing was sent" in said
    assert f"{ad(home, '快手')} is not in XARF: it has no address of its own" in said
    names = sorted(one.name for one in (home / "out").iterdir())
    assert names == [
        f"association-{ad(home)}.txt", "platform-快手_Bcc_x@evil.example.xlsx", "platform-抖音.xlsx", f"xarf-{ad(home)}.json",
    ]  # fmt: skip
    made = json.loads((home / "out" / f"xarf-{ad(home)}.json").read_text("utf-8"))
    assert (made["reporter"]["org"], made["type"]) == ("示例消费金融", "fraud")
    sheet = load_workbook(home / "out" / "platform-抖音.xlsx").worksheets[0]
    assert (sheet["D2"].value, sheet["D2"].data_type, sheet["D1"].value) == ("=HYPERLINK(1)", "s", "账号 account id")
    text = (home / "out" / names[0]).read_text("utf-8")
    assert "同意人岗位：分析、分析" in text


def test_nothing_is_mailed_until_it_is_said_and_then_over_tls(home: Path) -> None:
    authority, context = certificates(home)
    (home / "shots").mkdir()
    for name in ("S-1.png", "S-2.png"):
        (home / "shots" / name).write_bytes(b"\x89PNG")
    with open_office(Office(), context, wrapped=True, passwords={"mingcha": "p4ss"}) as office:
        mail = {
            "MINGCHA_SMTP": f"smtps://localhost:{office.port}", "MINGCHA_MAIL_FROM": "reports@bank.example", "MINGCHA_SMTP_USER": "mingcha",
            "MINGCHA_SMTP_PASSWORD": "p4ss", "MINGCHA_SMTP_CA": str(authority),
        }  # fmt: skip
        asked = ("export", "--mail", "platform", "--platform", "抖音", "--screenshots", home / "shots", "--xarf")
        shown = run(home, *asked, **mail)
        assert "None of it was sent" in shown
        for said in (
            "审核@dy.example",
            "reports@bank.example",
            "platform-抖音.xlsx",
            "S-1.png",
            f"xarf-{ad(home)}.json",
        ):
            assert said in shown
        for hidden in ("S-2.png", "HYPERLINK", "douyin.com/video", "p4ss"):
            assert hidden not in shown
        assert office.taken == []
        sent = run(home, *asked, "--send", **mail)
        assert "Sent: 250" in sent
        assert "p4ss" not in sent
        (message,) = [one.message for one in office.taken]
        assert (office.taken[0].safe, office.taken[0].to) == (True, ["审核@dy.example"])
        files = {one.get_filename(): one.get_content() for one in message.iter_attachments()}
        assert set(files) == {"platform-抖音.xlsx", "S-1.png", f"xarf-{ad(home)}.json"}
        assert load_workbook(BytesIO(files["platform-抖音.xlsx"])).worksheets[0]["H2"].value == "S-1.png"
        assert "no report can be sent" in run(home, *asked, "--send", **mail)
        assert len(office.taken) == 1
        hostile = ("export", "--mail", "platform", "--to", "abuse@ks.example", "--send", "--json")
        assert json.loads(run(home, *hostile, **mail))["sent"] == 1
        assert office.taken[1].message["Bcc"] is None
        assert office.taken[1].to == ["abuse@ks.example"]
    assert json.loads(run(home, "funnel", "--json"))["total"]["reported"] == 0
    run(home, "receipt", ad(home), "DY-1", "--route", "platform")
    assert json.loads(run(home, "funnel", "--json"))["total"]["reported"] == 1
    for held in home.joinpath("w").rglob("*"):
        assert not held.is_file() or b"p4ss" not in held.read_bytes()


def test_what_goes_wrong_is_said_and_nothing_is_marked_as_sent(home: Path) -> None:
    asked = ("export", "--mail", "association")
    assert "recipient" in refused(home, InputError, "export", "--mail", "platform")
    assert "mail server" in refused(home, InputError, *asked, "--send")
    assert "MINGCHA_SMTP is not set" in run(home, *asked)
    assert "given with --mail" in refused(home, InputError, "export", "--out", home / "o", "--send")
    assert "one of --out and --mail" in refused(home, InputError, "export")
    (home / "w" / "site.toml").write_text(SITE.replace('domain = "bank.example"', ""), encoding="utf-8")
    shelf.cache_clear()  # a process reads the site's file once
    assert "site.toml" in refused(home, InputError, "export", "--out", home / "o", "--xarf")
    with open_office(Office(refused={"lead@assoc.example": "450 4.2.0 greylisted"})) as office:
        mail = {"MINGCHA_SMTP": f"smtp://127.0.0.1:{office.port}", "MINGCHA_MAIL_FROM": "reports@bank.example"}
        assert "try later" in refused(home, NotSent, *asked, "--send", **mail)
        assert json.loads(run(home, "show", ad(home), "--json"))["due"] == []
        office.refused.clear()
        run(home, *asked, "--send", **mail)
        run(home, "mailed", ad(home), "--route", "association", "--lost", "--reason", "退信")
        run(home, *asked, "--send", **mail)
        assert len(office.taken) == 2


def test_it_reads_at_80_columns_in_both_languages(home: Path) -> None:
    for locale in ("zh-CN", "en"):
        helps = "".join(run(home, verb, "--help", MINGCHA_LOCALE=locale) for verb in ("export", "mailed"))
        assert max(cell_len(line) for line in helps.splitlines()) <= 80
    assert re.search("未发送", run(home, "export", "--mail", "association", MINGCHA_LOCALE="zh-CN"))
