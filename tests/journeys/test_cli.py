"""Journeys through the real command line: a real process, real files, real exit codes."""

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rich.cells import cell_len

BASE = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "COLUMNS": "80"}


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


def test_from_town_to_sealed_decision(town: Path, tmp_path: Path) -> None:
    page = json.loads(run(town, "queue", "--limit", "3", "--json"))
    assert page["total"] >= 60
    id_ = page["rows"][0]["complaint"]
    assert "suggest" not in json.dumps(page)
    shown = json.loads(run(town, "show", id_, "--json"))
    assert "suggestion" not in shown
    run(town, "show", id_, "--reveal", code=6)
    assert "personal" not in shown
    run(town, "show", id_, "--personal", code=6)
    clear = json.loads(run(town, "show", id_, "--personal", "--reason", "call back", "--json"))
    assert len(clear["personal"]["complaint"]["text"]) == len(clear["text"]) == len(shown["text"])
    phone = clear["personal"]["complaint"]["filer_phone"]
    assert phone in run(town, "show", id_, "--personal", "--reason", "call back")
    assert phone not in run(town, "show", id_)
    log = json.loads(run(town, "access-log", "--json", "--complaint", id_))["rows"]
    assert {"see_merit", "reveal_personal"} <= {row["act"] for row in log}
    assert "reveal_personal" in run(town, "access-log")
    run(town, "decide", id_, "upheld", "--reason", "records show it", "--grievance", "price")
    assert "suggestion" in json.loads(run(town, "show", id_, "--reveal", "--json"))
    assert "bit for bit" in run(town, "replay", id_)
    assert "✓" in run(town, "verify")
    chain = tmp_path / "chain.jsonl"
    run(town, "export", "chain", "--out", str(chain))
    alone = Path(__file__).resolve().parents[2] / "src" / "mingcha" / "evidence" / "standalone.py"
    assert subprocess.run([sys.executable, "-I", "-S", str(alone), str(chain)], capture_output=True).returncode == 0


def test_an_answer_is_drafted_changed_and_recorded(town: Path, tmp_path: Path) -> None:
    rows = json.loads(run(town, "queue", "--limit", "40", "--json"))["rows"]
    drafts = {row["complaint"]: json.loads(run(town, "answer", row["complaint"], "--json")) for row in rows[10:20]}
    id_ = next(id_ for id_, draft in drafts.items() if draft["points"])
    assert drafts[id_]["gaps"] == []
    assert "投诉处理答复" in run(town, "answer", id_, locale="zh-CN")
    letter = tmp_path / "letter.txt"
    assert "written" in run(town, "answer", id_, "--language", "zh", "--out", str(letter))
    for name, head in (("letter.docx", b"PK"), ("letter.pdf", b"%PDF-")):
        told = run(town, "answer", id_, "--language", "zh", "--out", str(tmp_path / name))
        assert ("--record FILE" in " ".join(told.split())) is name.endswith("pdf"), (
            "what cannot be read again is not offered"
        )
        assert (tmp_path / name).read_bytes().startswith(head)
    run(town, "answer", id_, "--record", str(letter), code=6)
    run(town, "decide", id_, "partly", "--reason", "records show part of it")
    (tmp_path / "bad.txt").write_text("您这是恶意投诉。", encoding="utf-8")
    assert "恶意投诉" in run(town, "answer", id_, "--record", str(tmp_path / "bad.txt"), code=3)
    run(town, "answer", id_, "--record", str(tmp_path / "none.txt"), code=3)
    word = tmp_path / "letter.docx"
    assert json.loads(run(town, "answer", id_, "--record", str(word), "--json"))["ended_on"]
    answered = json.loads(run(town, "queue", "--state", "answered", "--json"))["rows"]
    assert id_ in {row["complaint"] for row in answered}


def test_precision_is_told_with_its_intervals(town: Path) -> None:
    figures = json.loads(run(town, "precision", "--json"))
    assert figures["assessed"] > 50
    assert any(line["now"]["hits"] for line in figures["detectors"])
    assert "fires now" in run(town, "precision")
    assert "近四周触发" in run(town, "precision", locale="zh-CN")


def test_a_quarter_is_tabled_and_written(town: Path, tmp_path: Path) -> None:
    today = datetime.now(UTC) + timedelta(hours=8)
    quarter = f"{today.year}Q{(today.month + 2) // 3}"
    made = json.loads(run(town, "returns", quarter, "--out", str(tmp_path / "a.xlsx"), "--json"))
    assert sum(line["received"] for line in made["tables"][0][1]) == made["total"]["received"]
    assert (tmp_path / "a.xlsx").read_bytes().startswith(b"PK")
    assert "合计" in run(town, "returns", quarter, locale="zh-CN")
    run(town, "returns", "1999", code=3)


def test_whom_complaints_name_stands_aside(town: Path, tmp_path: Path) -> None:
    mine = Path(shutil.copytree(town, tmp_path / "town"))
    assert "Nobody has to stand aside" in run(mine, "recusals")
    run(mine, "accounts", "add", "night", "--role", "handler", "--known-as", "客服", "--known-as", "催收")
    (night,) = json.loads(run(mine, "accounts", "list", "--json"))
    assert night["known_as"] == ["客服", "催收"]
    found = json.loads(run(mine, "recusals", "--json"))
    assert found
    assert all(one["closed_to"] == ["night"] and one["nobody"] for one in found)
    assert "无人可办" in run(mine, "recusals", locale="zh-CN")
    run(mine, "accounts", "names", "night")
    assert json.loads(run(mine, "recusals", "--json")) == []


def test_weights_are_not_learned_from_too_few_and_say_so(town: Path) -> None:
    assert json.loads(run(town, "weights", "--json"))["in_force"]["deltas"] == []
    assert "No proposal yet" in run(town, "weights")
    assert "too few conclusions" in run(town, "learn", code=6)
    assert "结论太少" in run(town, "learn", code=6, locale="zh-CN")
    run(town, "adopt", "weights@2026-01-01.1", "--as", "analyst", "--reason", "same", code=5)
    run(town, "adopt", "weights@2026-01-01.1", "--as", "handler", "--reason", "same", code=2)


def test_papers_are_asked_for_and_the_clock_runs_on(town: Path) -> None:
    rows = json.loads(run(town, "queue", "--limit", "40", "--json"))["rows"]
    by_the_consumer = (
        row["complaint"]
        for row in rows[20:]
        if "stands for the consumer" in str(json.loads(run(town, "ask", row["complaint"], "--json"))["must_handle"])
    )
    id_ = next(by_the_consumer)
    assert "What may be asked for" in run(town, "ask", id_)
    assert "须照常办理" in run(town, "ask", id_, locale="zh-CN")
    assert "书面投诉的签字" in run(town, "ask", id_, "--material", "signature", locale="zh-CN")
    assert "holds it" in run(town, "ask", id_, "--material", "facts", code=3)
    assert "sealed" in run(town, "ask", id_, "--material", "signature", "--record")
    moved = json.loads(run(town, "show", id_, "--json"))["clock"]
    assert moved["ended_on"] is None
    assert moved["due"] == moved["first_due"]
    assert "asked" in {move["event"]["kind"] for move in moved["moves"]}
    assert "stands for the consumer" in run(town, "decline", id_, code=6)


def test_contacts_stop_and_the_dialler_hears_of_it(town: Path, tmp_path: Path) -> None:
    id_ = json.loads(run(town, "queue", "--limit", "3", "--json"))["rows"][2]["complaint"]
    assert "contacts stop" in run(town, "stop-contact", id_, "--reason", "asked for it")
    run(town, "stop-contact", id_, "--reason", "again", code=6)
    listed = tmp_path / "dialler.csv"
    assert "written" in run(town, "dialler", str(listed), "--reason", "daily")
    rows = listed.read_text(encoding="utf-8-sig").splitlines()
    assert rows[0] == "number,since,why,record"
    assert any(id_ in row for row in rows[1:])
    assert "恢复联系" in run(town, "stop-contact", id_, "--reason", "asked for it", "--lift", locale="zh-CN")
    assert isinstance(json.loads(run(town, "care", "--json")), list)
    run(town, "care")


def test_an_inspection_finds_what_was_done_to_the_tables(tmp_path: Path) -> None:
    workspace, pack = tmp_path / "ws", tmp_path / "pack.pyz"
    run(workspace, "demo", "--size", "60", "--seed", "6")
    asked = (
        "inspect",
        "--from",
        "2020-01-01",
        "--to",
        "2030-01-01",
        "--seed",
        "7",
        "--sample",
        "3",
        "--out",
        str(pack),
    )
    assert "everything is what was sealed" in run(workspace, *asked)
    assert subprocess.run([sys.executable, "-I", "-S", str(pack)], capture_output=True).returncode == 0
    with zipfile.ZipFile(pack) as opened:
        page = opened.read("inspection.html").decode()
    assert "检查记录" in page
    assert "Held against what was sealed" in page
    with sqlite3.connect(next(workspace.glob("*.db"))) as plain:
        plain.execute("UPDATE desk SET due = date(due, '+30 days') WHERE complaint = (SELECT MIN(complaint) FROM desk)")
    assert "期限被改" in run(workspace, *asked, "--before", str(pack), locale="zh-CN", code=7)
    run(workspace, *asked[:-1], str(tmp_path / "none" / "pack.pyz"), code=3)


def test_exports_carry_keyed_ids_unless_a_reason_is_given(town: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.jsonl"
    run(town, "export", "assessments", "--out", str(out))
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert all(row["id"].startswith("C-") for row in rows)
    assert set(rows[0]) == {"id", "suggestion", "merit", "agency", "campaign", "organisation", "findings", "due"}
    run(town, "export", "assessments", "--out", str(out), "--source-ids", code=6)
    run(town, "export", "assessments", "--out", str(out), "--source-ids", "--reason", "测量")
    assert json.loads(out.read_text(encoding="utf-8").splitlines()[0])["id"].startswith("co")


def test_report_is_one_file_without_addresses(town: Path, tmp_path: Path) -> None:
    out = tmp_path / "r.html"
    run(town, "report", str(out))
    page = out.read_text(encoding="utf-8")
    assert "http://" not in page
    assert "https://" not in page
    assert "模拟" in page


@pytest.mark.parametrize(("locale", "word"), [("zh-CN", "错误"), ("en", "error")])
def test_errors_speak_the_user_s_language(tmp_path: Path, locale: str, word: str) -> None:
    assert word in run(tmp_path, "import", "complaints", "/nowhere.csv", locale=locale, code=3)
    assert word in run(tmp_path, "show", "C-NOTHING", locale=locale, code=5)


def test_import_twice_changes_nothing_and_repair_keeps_the_clock(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(
        "id,received_at,licence,text,filer_phone\n1,2026-03-05 08:30+08:00,bank,利息太高,\n2,2026-03-05 08:30+08:00,bank,半夜打电话,138****1\n",
        encoding="utf-8",
    )
    first = json.loads(run(tmp_path / "w", "import", "complaints", str(table), "--json", code=4))
    assert (first["taken"], first["needs_repair"]) == (2, 1)
    again = json.loads(run(tmp_path / "w", "import", "complaints", str(table), "--json", code=4))
    assert (again["taken"], again["unchanged"]) == (0, 2)
    rejects = Path(first["rejects_file"])
    mended = rejects.read_text(encoding="utf-8-sig").replace("138****1", "13812345678")
    rejects.write_text(mended, encoding="utf-8")
    third = json.loads(run(tmp_path / "w", "import", "complaints", str(rejects), "--json"))
    assert third["amended"] == 1
    rows = json.loads(run(tmp_path / "w", "queue", "--json"))["rows"]
    assert {row["state"] for row in rows} == {"open"}
    assert {row["first_due"] for row in rows} == {"2026-03-20"}


def test_a_kill_leaves_the_whole_file_or_nothing(tmp_path: Path) -> None:
    table = tmp_path / "big.csv"
    rows = "\n".join(f"{n},2026-03-05 08:30+08:00,每天打电话催收{n},bank" for n in range(30_000))
    table.write_text("id,received_at,text,licence\n" + rows, encoding="utf-8")
    run(tmp_path / "w", "queue")
    command = [
        sys.executable,
        "-m",
        "mingcha.cli.main",
        "--workspace",
        str(tmp_path / "w"),
        "import",
        "complaints",
        str(table),
        "--json",
    ]
    process = subprocess.Popen(command, env=BASE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(4)
    process.send_signal(signal.SIGKILL)
    process.wait()
    total = json.loads(run(tmp_path / "w", "queue", "--json"))["total"]
    assert total in (0, 30_000)
    assert "Traceback" not in run(tmp_path / "w", "verify")


def test_reading_tools_need_no_workspace_and_say_they_are_no_evidence(tmp_path: Path) -> None:
    texts = tmp_path / "t.jsonl"
    texts.write_text('{"id": "a", "text": "加薇❤信：ab_cd1234"}\n', encoding="utf-8")
    out = tmp_path / "o.jsonl"
    said = run(tmp_path / "none", "contacts", str(texts), "--out", str(out))
    assert "no evidence value" in said
    assert json.loads(out.read_text(encoding="utf-8"))["contacts"][0] == {
        "kind": "wechat",
        "value": "ab_cd1234",
        "start": 5,
        "end": 14,
    }
    assert "加薇信:ab123" in run(tmp_path / "none", "normalise", "加 薇❤信：ＡＢ１２３", locale="zh-CN")
    assert not (tmp_path / "none").exists()


def test_keys_backup_and_restore_with_a_drill(town: Path, tmp_path: Path) -> None:
    run(town, "backup", str(tmp_path / "b.db"))
    said = run(tmp_path / "again", "restore", str(tmp_path / "b.db"), "--key", str(town / "keys.json"))
    assert "drill passed" in said
    assert "recovery" in run(town, "keys", "recovery-sheet")
    run(town, "keys", "check", code=9)
    run(town, "doctor")


def test_a_development_key_is_not_served_beyond_this_machine(town: Path) -> None:
    assert "development key" in run(town, "serve", "--host", "0.0.0.0", code=9)


def test_help_and_usage_errors_speak_chinese_first_and_fit_80_columns(tmp_path: Path) -> None:
    said = run(tmp_path, "--help", locale="zh-CN")
    assert "用法" in said
    assert "显示本帮助" in said
    for words in ("Usage", "Options", "Show this message", "required"):
        assert words not in said
    for verb in (
        "demo",
        "import",
        "queue",
        "show",
        "decide",
        "family",
        "clock",
        "report",
        "export",
        "serve",
        "campaigns",
        "erase",
        "accounts",
        "keys",
    ):
        for locale in ("zh-CN", "en"):
            page = run(tmp_path, verb, "--help", locale=locale)
            assert max(cell_len(line) for line in page.splitlines()) <= 80, verb
            assert "…" not in page, f"{verb} --help is cut"
    assert "没有命令" in run(tmp_path, "nonsense", locale="zh-CN", code=2)
    assert "缺少" in run(tmp_path, "show", locale="zh-CN", code=2)
    assert "没有选项" in run(tmp_path, "queue", "--nope", locale="zh-CN", code=2)
    assert "No such command" in run(tmp_path, "nonsense", code=2)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("queue", "--due-before", "x"), 3),
        (("queue", "--state", "x"), 2),
        (("clock", "C-X", "nonsense"), 2),
        (("clock", "C-X", "extension", "--at", "2026-03-05T21:14"), 3),
        (("report", "no-such-folder/r.html"), 3),
        (("contacts", "no-such-file", "--out", "o"), 3),
        (("import", "complaints", __file__, "--map", "no-such-map.toml"), 3),
        (("decide", "C-X", "nonsense", "--reason", "x"), 2),
        (("decide", "C-X", "confirm", "--reason", "x"), 2),
        (("export", "nonsense", "--out", "o"), 2),
        (("keys", "from-sheet", "no-such-sheet"), 3),
        (("accounts", "disable", "nobody"), 5),
    ],
)
def test_what_a_person_mistypes_gets_a_line_and_a_code(tmp_path: Path, arguments: tuple[str, ...], code: int) -> None:
    for locale in ("zh-CN", "en"):
        assert run(tmp_path, *arguments, locale=locale, code=code).strip()


def test_accounts_from_the_command_line(tmp_path: Path) -> None:
    assert "No accounts" in run(tmp_path, "accounts", "list")
    run(tmp_path, "accounts", "add", "wang", "--role", "supervisor")
    made = json.loads(run(tmp_path, "accounts", "add", "li", "--role", "handler", "--reports-to", "wang", "--json"))
    again = json.loads(run(tmp_path, "accounts", "link", "li", "--json"))
    assert made["setup_token"] != again["setup_token"]
    run(tmp_path, "accounts", "add", "both", "--role", "admin", "--role", "handler", code=6)
    run(tmp_path, "accounts", "disable", "li")
    run(tmp_path, "accounts", "link", "li", code=6)
    rows = {row["name"]: row for row in json.loads(run(tmp_path, "accounts", "list", "--json"))}
    assert rows["li"]["disabled"]
    assert rows["li"]["reports_to"] == "wang"
    assert "经办" in run(tmp_path, "accounts", "list", locale="zh-CN")


def test_a_dry_run_says_what_will_need_repair_in_one_language(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("id,received_at,text\n1,昨天,利息太高\n2,2026-03-05 08:30+08:00\n", encoding="utf-8")
    said = run(tmp_path / "w", "import", "complaints", str(table), "--check", locale="zh-CN")
    assert "待补正" in said
    assert "没有写入" in said
    assert "headings" not in said
    assert "cells under" in run(tmp_path / "w", "import", "complaints", str(table), "--check")
    assert not (tmp_path / "w").exists()


def test_simulated_data_never_mix_with_other_data(town: Path) -> None:
    assert "empty workspace" in run(town, "demo", "--size", "60", "--seed", "6", code=3)
    assert "was not loaded" in run(town, "demo", "--if-empty")


def test_a_key_can_be_made_again_from_its_sheet(town: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.txt"
    sheet.write_text(run(town, "keys", "recovery-sheet"), encoding="utf-8")
    run(tmp_path / "again", "keys", "from-sheet", str(sheet))
    same = run(tmp_path / "again", "keys", "recovery-sheet")
    assert same == sheet.read_text(encoding="utf-8")


def test_agency_and_organisation_are_summed_apart(town: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.jsonl"
    run(town, "export", "assessments", "--out", str(out))
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    one = next(row for row in rows if row["suggestion"] == "linked_to_suspected_organisation")
    run(town, "decide", one["id"], "partly", "--reason", "x")
    said = run(town, "show", one["id"], "--reveal", locale="zh-CN")
    assert "计算 · 团伙识别" in said
    assert "因缺记录未查：\n" not in said
    assert max(cell_len(line) for line in said.splitlines()) <= 80


def test_a_port_that_is_taken_is_said_before_anything_is_promised(town: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = run(town, "serve", "--port", str(taken.getsockname()[1]), code=3)
    assert "mingcha is ready" not in said
    run(town, "serve", "--port", "70000", code=2)


def test_every_verb_speaks_json(town: Path, tmp_path: Path) -> None:
    def plain(workspace: Path, *arguments: str, code: int = 0) -> object:
        command = [sys.executable, "-m", "mingcha.cli.main", "--workspace", str(workspace), *arguments, "--json"]
        done = subprocess.run(
            command, env={**BASE, "MINGCHA_LOCALE": "en"}, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == code, done.stdout + done.stderr
        return json.loads(done.stdout)

    texts = tmp_path / "t.txt"
    texts.write_text("加微信ab_cd1234\n", encoding="utf-8")
    assert plain(town, "doctor")
    assert plain(town, "keys", "check", code=9)
    assert plain(town, "report", str(tmp_path / "r.html"))
    assert plain(town, "export", "chain", "--out", str(tmp_path / "c.jsonl"))
    assert plain(town, "contacts", str(texts), "--out", str(tmp_path / "o.jsonl"))
    assert plain(town, "backup", str(tmp_path / "b.db"))
    assert plain(tmp_path / "again", "restore", str(tmp_path / "b.db"), "--key", str(town / "keys.json"))
    assert plain(tmp_path / "new", "keys", "init")
    assert plain(tmp_path / "new", "keys", "rotate")
    for verb in ("assess", "verify"):
        plain(town, verb)
