"""The slip of a day is one page whose code is what the text says."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from tests.evidence.test_day_slip import SEALED

from mingcha.adapters.render.slip import slip_pdf
from mingcha.evidence.day_slip import day_code, day_slip

MANY = replace(SEALED, heads={**SEALED.heads, **{f"chain{n}": f"{10**n}:" + f"{n}f" * 32 for n in range(6)}})


def test_the_same_slip_and_time_give_the_same_bytes() -> None:
    made = slip_pdf(day_slip(SEALED), day_code(SEALED), SEALED.at)
    assert made == slip_pdf(day_slip(SEALED), day_code(SEALED), SEALED.at)
    assert b"pdfaid" in made


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="needs pdftoppm")
def test_it_is_one_page_and_a_camera_reads_the_code(tmp_path: Path) -> None:
    zxingcpp, image = pytest.importorskip("zxingcpp"), pytest.importorskip("PIL.Image")
    (tmp_path / "slip.pdf").write_bytes(slip_pdf(day_slip(MANY), day_code(MANY), MANY.at))
    subprocess.run(["pdftoppm", "-png", "-r", "120", "slip.pdf", "page"], cwd=tmp_path, check=True)
    (page,) = tmp_path.glob("page*.png")
    with image.open(page) as seen:
        assert [one.text for one in zxingcpp.read_barcodes(seen)] == [day_code(MANY)]
