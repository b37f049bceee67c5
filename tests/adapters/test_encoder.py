"""The sentence encoder: unit vectors, the same whatever stands beside a sentence; nothing but the weights we measured."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from typer.testing import CliRunner

from mingcha.actions import rewritten as action
from mingcha.adapters.encoder import Usem, usem
from mingcha.cli.app import app
from mingcha.cli.say import Exit
from mingcha.errors import InputError, NotInstalled, UnreadableFile

ZH = "我在八月借了45000元的分期。业务员说月息很低，合同却是年化35.9%。我已经还了38260元。民法典第680条禁止高利贷。请退还211元担保费。"
EN = (
    "In August I took out an instalment loan of 45000 yuan. The salesman said the monthly interest was low, yet the contract says "
    "35.9% a year. I have already repaid 38260 yuan. Article 680 of the Civil Code forbids usury. Please refund the guarantee fee of 211 yuan."
)
OTHER = "银行卡丢了，想补办一张。请问需要带什么材料？网点周末开门吗？谢谢您的答复。"


@pytest.fixture(scope="module")
def encode() -> Callable[[Sequence[str]], NDArray[np.float32]]:
    return Usem()


def test_vectors_are_of_unit_length_and_do_not_depend_on_company(encode: Usem) -> None:
    several = encode(["请退还费用。", "Please refund the fee.", "天气很好。"])
    assert several.shape == (3, usem.DIMENSIONS)
    assert several.dtype == np.float32
    assert np.allclose(np.linalg.norm(several, axis=1), 1, atol=1e-5)
    assert np.allclose(encode(["请退还费用。"])[0], several[0], atol=1e-5)
    assert several[0] @ several[1] > 0.5 > several[0] @ several[2]
    assert encode([]).shape == (0, usem.DIMENSIONS)


def test_other_weights_are_refused(tmp_path: Path) -> None:
    for name in usem.EXPECTED:
        (tmp_path / name).write_bytes(b"other")
    with pytest.raises(UnreadableFile, match="not the weights"):
        usem.check(tmp_path)


def test_without_the_extra_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usem, "find_spec", lambda _: None)
    with pytest.raises(NotInstalled, match=r"mingcha\[encoder\]"):
        Usem()


def test_a_translated_letter_is_found_by_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGCHA_LOCALE", "en")
    source, target = tmp_path / "letters.csv", tmp_path / "pairs.jsonl"
    source.write_text(
        "id,text\n" + "".join(f'{k},"{t}"\n' for k, t in enumerate((ZH, OTHER, EN, ZH))), encoding="utf-8"
    )
    done = CliRunner().invoke(app, ["rewritten", str(source), "--out", str(target)])
    assert done.exit_code == 0
    assert "never enough alone" in done.output
    assert "4 rows, 3 letters compared, 1 pairs seem rewritten" in done.output
    line = target.read_text(encoding="utf-8")
    assert '"points": ["211", "35.9", "38260", "45000", "§680"]' in line
    asked = CliRunner().invoke(app, ["rewritten", str(source), "--out", str(target), "--json"])
    assert '"pairs": 1' in asked.output


def test_too_many_rows_are_refused_with_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(action, "MOST_ROWS", 1)
    source = tmp_path / "letters.csv"
    source.write_text("id,text\n1,a\n2,b\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["rewritten", str(source), "--out", str(tmp_path / "out.jsonl")])
    assert isinstance(done.exception, InputError)


def test_what_was_not_read_and_what_was_cut_short_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGCHA_LOCALE", "en")
    monkeypatch.setattr(action, "LONGEST", 4)
    source = tmp_path / "letters.jsonl"
    source.write_text(
        json.dumps({"id": 1, "text": ZH}) + "\n{broken\n" + json.dumps({"id": 2, "text": OTHER}) + "\n",
        encoding="utf-8",
    )
    done = CliRunner().invoke(app, ["rewritten", str(source), "--out", str(tmp_path / "out.jsonl")])
    assert done.exit_code == Exit.REJECTS
    assert "line 2: " in done.output
    assert "1 letters were read in part" in done.output
