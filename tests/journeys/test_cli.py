"""Journeys through the real command line: a real process, real files, real exit codes."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

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
