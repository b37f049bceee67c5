"""`persons` on the command line: groups and pairs in files, faults with their file, a waterfall in words of both languages."""

import importlib.util
import json
from pathlib import Path

import pytest

from mingcha.adapters.linkage import read_model
from mingcha.cli.main import run
from mingcha.cli.persons import LEVEL, WHAT

HOME = "广东省深圳市南山区示例路12号幸福花园3栋2单元501室"


def test_every_level_of_the_model_has_words() -> None:
    compared = read_model()["comparisons"]
    assert [one["output_column_name"] for one in compared] == list(WHAT)
    assert {level["label_for_charts"] for one in compared for level in one["comparison_levels"]} == set(LEVEL)


@pytest.mark.skipif(importlib.util.find_spec("splink") is None, reason="needs the extra `entities`")
def test_rows_are_grouped_and_the_torn_one_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file, said, out, pairs = (tmp_path / name for name in ("t.csv", "said.csv", "out.jsonl", "pairs.jsonl"))
    file.write_text(
        f"id,name,phone,address\n1,梁示范,13900000001,{HOME}\n2,Liang Shifan,+86 139-0000-0001,{HOME}\n"
        f"3,梁示例,13900000001,{HOME}\n,陈小样,13900000777,\n",
        "utf-8",
    )
    said.write_text("a,b,verdict\n1,1,same\n", "utf-8")
    arguments = ["persons", str(file), "--out", str(out), "--pairs", str(pairs), "--judged", str(said)]
    monkeypatch.setattr("sys.argv", ["mingcha", *arguments])
    with pytest.raises(SystemExit) as end:
        run()
    assert end.value.code == 4
    told = capsys.readouterr()
    groups = {row["id"]: row["group"] for row in map(json.loads, out.read_text("utf-8").splitlines())}
    assert groups["1"] == groups["2"] != groups["3"]
    lines = [json.loads(line) for line in pairs.read_text("utf-8").splitlines()]
    first = lines[0]
    assert (first["a"], first["b"], first["together"]) == ("1", "2", True)
    assert "t.csv" in told.err
    assert "同一户" in told.out
    assert "一行与它自己无从判断" in told.out
