"""`ads judge` on the command line: a line a post with its reasons, images beside texts, what cannot be read is told."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from tests.adapters.vision.pictures import poster

from mingcha.cli.main import run

AD = "网贷逾期专业停息挂账，分期60期，不成功不收费，加微信 zhang_demo88 咨询"
COMPLAINT = "本人投诉该平台爆通讯录，要求停止骚扰并个性化分期。"


def judged(monkeypatch: pytest.MonkeyPatch, file: Path, out: Path, *more: str) -> tuple[int, list[dict[str, Any]]]:
    monkeypatch.setattr("sys.argv", ["mingcha", "ads", "judge", str(file), "--out", str(out), *more])
    code: Any = 0
    try:
        run()
    except SystemExit as end:
        code = end.code or 0
    return int(code), [json.loads(line) for line in out.read_text("utf-8").splitlines()] if out.exists() else []


def test_posts_are_judged_line_by_line_and_a_torn_line_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file, out = tmp_path / "posts.jsonl", tmp_path / "judged.jsonl"
    rows = [json.dumps({"id": "a", "text": AD}), json.dumps({"id": "b", "text": COMPLAINT}), '{"id": "c", "tex']
    file.write_text("\n".join(rows) + "\n", "utf-8")
    code, (ad, complaint) = judged(monkeypatch, file, out)
    assert code == 4
    assert (ad["id"], ad["is_ad"], ad["stance"], ad["trade"]) == ("a", True, "solicits", "suspension")
    assert [one["claim"] for one in ad["claims"]] == ["no_win_no_fee"]
    assert [one["value"] for one in ad["contacts"]] == ["zhang_demo88"]
    assert all(
        AD[one["start"] : one["end"]] == one["quote"] for one in (*ad["findings"], *ad["claims"], *ad["contacts"])
    )
    assert (complaint["is_ad"], complaint["claims"]) == (False, [])
    assert complaint["why_not"]
    assert not {"level", "person"} & {*ad, *complaint}
    told = capsys.readouterr()
    assert "广告：停息挂账、债务优化" in told.out
    assert "第 3 行" in told.err


def test_a_folder_of_images_is_judged_and_what_is_no_image_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, out = tmp_path / "posters", tmp_path / "judged.jsonl"
    folder.mkdir()
    Image.new("RGB", (64, 64), "white").save(folder / "blank.png")
    (folder / "page.html").write_text(f"<p>{AD}</p><script>本人投诉</script>", "utf-8")
    (folder / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nnothing")
    code, lines = judged(monkeypatch, folder, out)
    assert code == 4
    assert [(line["id"], line["is_ad"]) for line in lines] == [("blank.png", False), ("page.html", True)]
    assert lines[0]["text"] == ""
    assert "broken.png" in capsys.readouterr().err


def test_a_video_is_judged_with_times_and_its_transcript_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cv2 = pytest.importorskip("cv2")
    folder, out = tmp_path / "clips", tmp_path / "judged.jsonl"
    folder.mkdir()
    sink = cv2.VideoWriter(str(folder / "a.mp4"), cv2.VideoWriter_fourcc(*"mp4v"), 4, (640, 480))
    for _ in range(4):
        sink.write(np.ascontiguousarray(np.array(poster(lines=("加微信 zhang88001",)))[..., ::-1]))
    sink.release()
    (folder / "a.srt").write_text(f"1\n00:00:00,500 --> 00:00:01,000\n{AD.split('，加')[0]}\n", "utf-8")
    code, (line,) = judged(monkeypatch, folder, out)
    assert (code, line["id"], line["is_ad"]) == (0, "a.mp4", True)
    assert line["claims"][0]["times"] == ["00:00:00.500"]
    assert [(one["value"], one["times"]) for one in line["contacts"]] == [("zhang88001", ["00:00:00.000"])]
    assert "boxes" not in line["claims"][0]


def test_nothing_is_written_over_what_is_read_or_for_a_file_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "posts.csv"
    file.write_text("id,text\n1,甲\n", "utf-8")
    assert judged(monkeypatch, tmp_path / "none.csv", tmp_path / "out.jsonl") == (3, [])
    monkeypatch.setattr("sys.argv", ["mingcha", "ads", "judge", str(file), "--out", str(file)])
    with pytest.raises(SystemExit) as end:
        run()
    assert end.value.code == 3
    assert file.read_text("utf-8") == "id,text\n1,甲\n"
