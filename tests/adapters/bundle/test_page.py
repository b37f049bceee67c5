"""核验.html in a real browser says what verify.py says, of folders and of ZIPs, and asks nothing of any network."""

import json
import random
import re
import shutil
import zipfile
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from tests.adapters.bundle.browser import CHROMIUM, Browser
from tests.evidence.bundles import bundle, from_bytes
from tests.evidence.mutations import MUTATIONS, SM3
from tests.evidence.tampering import Bench

from mingcha.adapters.bundle import tools, write_zip
from mingcha.evidence.bundle import plan
from mingcha.evidence.verify_pack import Check

SEEDS = 40
PAGE = "核验.html"


def test_the_policy_names_the_script_and_no_other_source() -> None:
    text = tools()[PAGE].decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    script = re.search(r"<script>(.*?)</script>", text, re.S)
    assert policy
    assert script
    assert policy[1].startswith("default-src 'none'; base-uri 'none'; form-action 'none'; script-src 'sha256-")
    assert b64encode(sha256(script[1].encode()).digest()).decode() in policy[1]
    assert "unsafe" not in policy[1]
    assert not re.search(r"https?:|src=|href=|innerHTML|eval\(|fetch\(", text)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("bench"))


@pytest.fixture(scope="module")
def browser(bench: Bench, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium here")
    room = tmp_path_factory.mktemp("browser")
    shutil.copy(bench.base / PAGE, room)
    with Browser(room / "profile", room / PAGE) as opened:
        yield opened
        assert opened.errors == []


def said(browser: Browser, selector: str, path: Path) -> tuple[str, list[list[str]]]:
    """Level, and code and file of every fault but those of SM3, which the page does not know."""
    browser.value("delete document.body.dataset.level")
    browser.choose(selector, path)
    browser.wait("document.body.dataset.level")
    return browser.value("document.body.dataset.level"), _apart(
        json.loads(browser.value("document.body.dataset.problems || '[]'"))
    )


def _apart(problems: list[list[str]]) -> list[list[str]]:
    return sorted(one for one in problems if one != ["manifest", SM3] and one[0] != "sm3")


def test_it_says_what_verify_py_says(browser: Browser, bench: Bench) -> None:
    assert said(browser, "#folder", bench.base) == ("stamped", [])
    for seed in range(SEEDS):
        rng = random.Random(seed)
        mutation = rng.choice(MUTATIONS)
        files, _ = mutation(rng, bench.files, bench.other)
        with bench.as_if(files) as base:
            check = Check(str(base))
            check.run()
            level, problems = said(browser, "#folder", base)
        assert problems == _apart([[code, where] for code, where, _ in check.problems]), (seed, mutation.__name__)
        assert level == check.level or mutation.__name__ == "edit_sm3"


def test_it_reads_zips_as_written_and_as_packed_again(browser: Browser, bench: Bench, tmp_path: Path) -> None:
    write_zip(tmp_path / "bag.zip", plan(bundle(), tools()), from_bytes())
    assert said(browser, "#zip", tmp_path / "bag.zip") == ("witnessed", [])
    for method, name in ((zipfile.ZIP_DEFLATED, "packed.zip"), (zipfile.ZIP_STORED, "bad.zip")):
        with zipfile.ZipFile(tmp_path / "bag.zip") as old, zipfile.ZipFile(tmp_path / name, "w", method) as pack:
            for one in old.namelist():
                data = old.read(one)
                pack.writestr(one, data[:-1] + b"?" if name == "bad.zip" and one.endswith("001-9b7ffeaa.pdf") else data)
    assert said(browser, "#zip", tmp_path / "packed.zip") == ("witnessed", [])
    assert said(browser, "#zip", tmp_path / "bad.zip") == ("broken", [["changed", "data/001-9b7ffeaa.pdf"]])
    (tmp_path / "none.zip").write_bytes(b"PK rubbish")
    assert said(browser, "#zip", tmp_path / "none.zip")[0] == "none"


def test_the_slip_is_compared(browser: Browser, bench: Bench) -> None:
    for kept, level in ((bench.root[:16], "anchored"), ("0" * 16, "broken"), ("not a root", "broken")):
        browser.value(f"document.getElementById('kept').value = '{kept}'")
        assert said(browser, "#folder", bench.base)[0] == level
    browser.value("document.getElementById('kept').value = ''")


def test_its_sha_256_is_that_of_python_in_pieces_of_any_size(browser: Browser) -> None:
    rng = random.Random(9)
    for size in [*range(0, 130), 1000, 65_537]:
        data = rng.randbytes(size)
        cut = rng.randrange(size + 1)
        code = f"(() => {{ const a = Uint8Array.from(atob('{b64encode(data).decode()}'), c => c.charCodeAt(0)); const s = new Sha256(); s.update(a.subarray(0, {cut})); s.update(a.subarray({cut})); return hexOf(s.digest()); }})()"
        assert browser.value(code) == sha256(data).hexdigest(), size
