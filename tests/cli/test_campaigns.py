"""`mingcha campaigns` over files as they come: whole, torn, empty, huge, refused; told plainly in both languages."""

import csv
import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mingcha.actions import campaigns as action
from mingcha.actions import family_report
from mingcha.cli.app import app
from mingcha.cli.say import Exit
from mingcha.errors import InputError, UnreadableFile

LETTER = "本人于三月办理消费贷款。合同利率与口头承诺不符。要求退还多收的服务费。请在十五日内书面答复。"
ROWS = [
    {"id": 7, "text": LETTER},
    {"id": "b", "text": LETTER.replace("三月", "五月")},
    {"id": 9, "text": "银行卡丢了，想补办一张新的，请问需要带什么材料？谢谢。"},
]


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGCHA_LOCALE", "en")


def run(*arguments: object) -> tuple[int, str, BaseException | None]:
    done = CliRunner().invoke(app, ["campaigns", *map(str, arguments)])
    return done.exit_code, done.output, done.exception


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def as_json(path: Path) -> Path:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in ROWS), encoding="utf-8")
    return path


def as_gzip(path: Path) -> Path:
    target = path.with_name("rows.jsonl.gz")
    target.write_bytes(gzip.compress(as_json(path).read_bytes()))
    return target


def as_csv(path: Path) -> Path:
    target = path.with_suffix(".csv")
    with target.open("w", encoding="gb18030", newline="") as sink:
        writer = csv.DictWriter(sink, ["id", "text"])
        writer.writeheader()
        writer.writerows(ROWS)
    return target


def as_parquet(path: Path) -> Path:
    pa = pytest.importorskip("pyarrow")
    from pyarrow.parquet import write_table

    target = path.with_suffix(".parquet")
    write_table(pa.table({"id": [str(r["id"]) for r in ROWS], "text": [r["text"] for r in ROWS]}), target)
    return target


@pytest.mark.parametrize("make", [as_json, as_gzip, as_csv, as_parquet], ids=lambda f: f.__name__)
@pytest.mark.parametrize("scheme", ["plain-5", "mingcha"])
def test_families_and_pairs_of_any_file(tmp_path: Path, make: Callable[[Path], Path], scheme: str) -> None:
    file = make(tmp_path / "rows.jsonl")
    code, said, _ = run(
        file, "--scheme", scheme, "--out", tmp_path / "f", "--pairs", tmp_path / "p", "--report", tmp_path / "r"
    )
    assert code == 0, said
    families = lines(tmp_path / "f")
    assert [str(row["id"]) for row in families] == ["7", "b"]
    assert len({row["family"] for row in families}) == 1
    (pair,) = lines(tmp_path / "p")
    assert (str(pair["a"]), str(pair["b"])) == ("7", "b")
    assert isinstance(pair["jaccard"], float)
    assert 0.7 <= pair["jaccard"] < 1
    page = (tmp_path / "r").read_text(encoding="utf-8")
    assert "五" in page
    assert "://" not in page
    assert "补办" not in page
    assert "no evidence value" in said


def test_templates_go_out_as_data_and_open_each_family_of_the_report(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    said = [LETTER.replace("三月", f"{month}月3日") for month in (4, 5, 6)]
    said[1] = said[1].replace("要求退还多收的服务费。", "")
    said[2] += "本人电话可随时联系。"
    rows = [{"id": f"n{i}", "text": text} for i, text in enumerate(said)] + ROWS[2:]
    file.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
    code, told, _ = run(file, "--templates", tmp_path / "t", "--report", tmp_path / "r")
    assert code == 0, told
    (one,) = lines(tmp_path / "t")
    assert (one["rows"], one["laid"]) == (3, 3)
    slots = [(place, part) for place, part in enumerate(one["skeleton"]) if "slot" in part]
    ((place, slot),) = slots
    assert (slot["slot"], slot["values"], slot["share"]) == ("date", 3, 1.0)
    members = {m["id"]: m for m in one["members"]}
    assert [members[f"n{i}"]["values"][str(place)][0] for i in range(3)] == ["4", "5", "6"]
    assert "服务费" in "".join(gap["text"] for gap in members["n1"]["missing"])
    assert [edit["kind"] for edit in members["n2"]["edits"]] == ["added"]
    page = (tmp_path / "r").read_text(encoding="utf-8")
    assert page.count('<span class="slot date" title="100 %">') == 1
    assert "<del>" in page


def test_a_family_larger_than_what_is_laid_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(family_report, "LAID", 3)
    monkeypatch.setattr(family_report, "HELD", 4)  # two families, read in two turns
    other = "".join(reversed(LETTER))
    texts = [text.replace("三", number) for text in (LETTER, other) for number in "四五六七八"]
    file = tmp_path / "rows.jsonl"
    file.write_text("".join(json.dumps({"id": i, "text": t}) + "\n" for i, t in enumerate(texts)), encoding="utf-8")
    code, _, _ = run(file, "--templates", tmp_path / "t", "--report", tmp_path / "r")
    assert code == 0
    assert [(one["rows"], one["laid"], len(one["members"])) for one in lines(tmp_path / "t")] == [(5, 3, 3)] * 2
    assert "The template was read off 3 of them" in (tmp_path / "r").read_text(encoding="utf-8")


def test_what_was_found_can_be_asked_for_as_json(tmp_path: Path) -> None:
    code, said, _ = run(as_json(tmp_path / "rows.jsonl"), "--out", tmp_path / "f", "--json")
    assert code == 0
    told = json.loads(said[said.index("{") :])
    assert (told["rows"], told["families"], told["rows_in_families"], told["not_read"]) == (len(ROWS), 1, 2, 0)


def test_good_rows_go_in_and_torn_lines_are_named(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    good = [json.dumps(r, ensure_ascii=False) for r in ROWS]
    bad = ["{torn", "[1]", '{"id": 1}', '{"text": "x"}', '{"id": null, "text": "x"}', "\x00", '{"id": 4, "text": 5}']
    file.write_text("\n".join([good[0], *bad, "", good[1], good[2][:-3]]), encoding="utf-8")
    code, said, _ = run(file, "--out", tmp_path / "f")
    assert code == Exit.REJECTS
    assert [row["id"] for row in lines(tmp_path / "f")] == [7, "b"]
    assert "line 2: torn" in said
    assert "line 4: no text in column 'text'" in said
    assert "3 more lines were not read" in said


def test_a_lone_surrogate_is_text_and_damaged_bytes_are_a_fault(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_bytes(b'{"id": 1, "text": "\\ud800 a b"}\n{"id": 2, "text": "\xff"}\n')
    code, said, _ = run(file, "--pairs", tmp_path / "p")
    assert code == Exit.REJECTS
    assert "line 2" in said
    assert "1 rows, 0 pairs" in said


@pytest.mark.parametrize(
    ("content", "error"),
    [(b"", UnreadableFile), (b'{"text": "a", "key": 1}\n', InputError), (b'{"id": 1, "body": "a"}\n', InputError)],
)
def test_what_cannot_be_used_says_why(tmp_path: Path, content: bytes, error: type[Exception]) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_bytes(content)
    assert isinstance(run(file, "--out", tmp_path / "f")[2], error)
    assert isinstance(run(tmp_path / "absent.csv", "--out", tmp_path / "f")[2], UnreadableFile)
    assert isinstance(run(file)[2], InputError)


def test_pairs_are_refused_with_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = as_json(tmp_path / "rows.jsonl")
    monkeypatch.setattr(action, "MOST_ROWS", 2)
    error = run(file, "--pairs", tmp_path / "p")[2]
    assert isinstance(error, InputError)
    assert "families" in error.say("en")
    assert "家族" in error.say("zh")
    monkeypatch.setattr(action, "MOST_ROWS", 10)
    monkeypatch.setattr(action, "MOST_PAIRS", 0)
    assert isinstance(run(file, "--pairs", tmp_path / "p")[2], InputError)
    assert isinstance(run(file, "--pairs", tmp_path / "p", "--threshold", "0")[2], InputError)
    assert isinstance(run(file, "--pairs", tmp_path / "p", "--scheme", "other")[2], InputError)


def test_long_lines_cross_blocks(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    long = "甲乙丙丁" * 600_000
    file.write_text("".join(json.dumps({"id": i, "text": t}) + "\n" for i, t in enumerate([long, "x", long])))
    code, said, _ = run(file, "--pairs", tmp_path / "p")
    assert code == 0, said
    assert lines(tmp_path / "p") == [{"a": 0, "b": 2, "jaccard": 1.0}]


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    text = (
        "<script>alert(1)</script> one two three four five. six seven eight nine ten. eleven twelve thirteen fourteen."
    )
    file.write_text("".join(json.dumps({"id": f"<b>{i}", "text": text}) + "\n" for i in range(2)))
    run(file, "--report", tmp_path / "r")
    page = (tmp_path / "r").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "<b>0" not in page
    assert "&lt;script&gt;alert" in page


def test_passages_given_are_no_likeness_and_the_report_says_which(tmp_path: Path) -> None:
    statute = (
        "欠款金额超出还款能力的，可以平等协商。协议内容应当记入档案。最长期限不得超过五年。"
        "双方达成一致意见并签署文件以后，不再对该笔欠款进行催收。持卡人应当按照约定的日期和金额履行。"
    )
    texts = ["我在河边开店，去年洪水来了。" + statute, "孩子上学要花钱，工厂又停了工。" + statute]
    rows = [{"id": k, "text": text} for k, text in enumerate(texts)]
    source, target, page = tmp_path / "rows.jsonl", tmp_path / "families.jsonl", tmp_path / "page.html"
    source.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    known = tmp_path / "known.txt"
    known.write_text(f"{statute}\n\n", encoding="utf-8")
    assert run(source, "--out", target)[0] == 0
    assert len(lines(target)) == 2
    code, output, _ = run(source, "--out", target, "--report", page, "--ignore", known)
    assert code == 0
    assert not lines(target)
    assert "2  rows whose common passages were no likeness" in output
    assert "协议内容应当记入档案。" in page.read_text(encoding="utf-8")
    assert "洪水" not in page.read_text(encoding="utf-8")


def test_a_file_of_passages_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    source = as_json(tmp_path / "rows.jsonl")
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\xff\xfe\xff")
    for known in (bad, tmp_path / "none.txt"):
        assert isinstance(run(source, "--out", tmp_path / "out.jsonl", "--ignore", known)[2], UnreadableFile)


def test_hashes_beyond_the_limit_go_to_disk_and_it_is_told(tmp_path: Path) -> None:
    source, one, other = as_json(tmp_path / "rows.jsonl"), tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    assert "kept on disk" not in run(source, "--out", one)[1]
    assert "0.00 GB of hashes were kept on disk" in run(source, "--out", other, "--memory", "0")[1]
    assert one.read_text() == other.read_text()
