"""A bundle is a bag, the same inputs give the same bytes, and nothing that is given becomes a path."""

import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.evidence.bundles import BYTES, bundle, from_bytes, written
from tests.evidence.tampering import read
from tests.evidence.twin import merkle

from mingcha.adapters.bundle import tools
from mingcha.errors import InputError, UnreadableFile
from mingcha.evidence.bundle import LEAF_DOMAIN, plan, stream
from mingcha.evidence.bundle_names import exhibit_path, paper_fits, shown
from mingcha.evidence.canonical import canonical
from mingcha.model.bundle import Entry, Paper

HOSTILE = ("../../etc/passwd", "a\0b.pdf", "好" * 4000, "\u202egnp.exe", "CON", "nul.txt", "A.PDF", "a.pdf", "é.pdf", "e\u0301.pdf", "\udcff.bin", "", "x/../..", "C:\\x", "a\r\nb")  # fmt: skip


def whole(made: Any, data: Any = BYTES, token: bytes | None = None) -> dict[str, bytes]:
    return {path: b"".join(chunks) for path, chunks in stream(made, from_bytes(data), token)}


def test_the_same_inputs_give_the_same_bytes_and_another_salt_others() -> None:
    one, two = (whole(plan(bundle(), tools())) for _ in range(2))
    assert list(one.items()) == list(two.items())
    assert list(one) == sorted(one)
    assert plan(bundle(salt=1), tools()).root != plan(bundle(), tools()).root


def test_it_is_a_bag_to_sha256sum_and_to_bagit(tmp_path: Path) -> None:
    written(tmp_path / "bag")
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        done = subprocess.run(["sha256sum", "-c", "--strict", manifest], cwd=tmp_path / "bag", capture_output=True)
        assert done.returncode == 0, done.stdout
    files = read(tmp_path / "bag")
    payload = {path: data for path, data in files.items() if path.startswith("data/")}
    oxum = f"Payload-Oxum: {sum(map(len, payload.values()))}.{len(payload)}\n"
    assert oxum in files["bag-info.txt"].decode()
    assert files["bagit.txt"] == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    bagit = pytest.importorskip("bagit")
    bagit.Bag(str(tmp_path / "bag")).validate()


def test_the_root_is_that_of_the_slow_twin() -> None:
    made = plan(bundle(), tools())
    files = whole(made)
    named = [
        {"path": path, "sha256": sha256(data).hexdigest(), "size": len(data)}
        for path, data in sorted(files.items())
        if path not in ("root.json", "tagmanifest-sha256.txt")
    ]
    assert made.root == merkle([LEAF_DOMAIN + canonical(one) for one in named]).hex()
    assert made.count == len(named)
    assert made.manifest == sha256(files["manifest-sha256.txt"]).hexdigest()


CHANGED: dict[str, Any] = {
    "shorter": lambda data: data[:-1],
    "longer": lambda data: data + b"x",
    "as long": lambda data: data[:-1] + b"\0",
    "gone": lambda data: b"",
}


@pytest.mark.parametrize("how", CHANGED)
def test_an_exhibit_that_changed_is_named_and_nothing_is_left(how: str, tmp_path: Path) -> None:
    data = (BYTES[0], CHANGED[how](BYTES[1]), *BYTES[2:])
    with pytest.raises(UnreadableFile, match=r"data/002-782bb6b4\.wav"):
        written(tmp_path / "bag", bundle(), data)
    assert list(tmp_path.iterdir()) == []


def test_an_exhibit_without_end_is_left_at_its_recorded_size() -> None:
    drawn = 0

    def endless(number: int) -> Iterable[bytes]:
        nonlocal drawn
        while True:
            drawn += 1
            yield b"x"

    with pytest.raises(UnreadableFile):
        for _, chunks in stream(plan(bundle(), tools()), endless):
            list(chunks)
    assert drawn == len(BYTES[0]) + 1


@given(st.text(max_size=40) | st.sampled_from(HOSTILE), st.integers(1, 12_000))
@example("good.pdf", 1000)
def test_no_given_name_becomes_a_path(name: str, count: int) -> None:
    path = exhibit_path(count, count, "ab" * 32, name)
    assert re.fullmatch(r"data/\d{3,5}-abababab\.[a-z0-9]{3,5}", path)
    assert path.endswith((".bin", "." + name.rpartition(".")[2].lower()))


@given(st.text(max_size=60) | st.sampled_from(HOSTILE))
def test_a_name_is_shown_whole_and_on_one_line(name: str) -> None:
    said = shown(name)
    assert re.sub(r"\\(?:u\{([0-9a-f]+)\}|\\)", lambda m: chr(int(m[1], 16)) if m[1] else "\\", said) == name
    assert not [one for one in said if unicodedata.category(one) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
    said.encode()


def test_names_that_one_system_confuses_stay_apart(tmp_path: Path) -> None:
    names = HOSTILE
    data = [f"{n}".encode() for n in range(len(names))]
    made = bundle(data, names)
    made = replace(made, exhibits=tuple(replace(one, derived_from=None) for one in made.exhibits))
    written(tmp_path / "bag", made, data)
    assert [path.name for path in tmp_path.iterdir()] == ["bag"]
    paths = [path.casefold() for path in read(tmp_path / "bag")]
    assert len(set(paths)) == len(paths)
    assert len([path for path in paths if re.match(r"data/\d", path)]) == len(names)


@pytest.mark.parametrize(
    "name", ["con.pdf", "NUL.txt", "../x.pdf", "a/b.pdf", ".x.pdf", "a b.pdf", "报案书", "", "a.PDF", "a\u202eb.pdf"]
)
def test_papers_have_names_for_every_system(name: str) -> None:
    assert not paper_fits(name)
    with pytest.raises(InputError):
        plan(bundle(papers=(Paper(name, b""),)), tools())


def test_two_papers_of_one_name_are_refused() -> None:
    assert paper_fits("Report-1_甲.pdf")
    with pytest.raises(InputError):
        plan(bundle(papers=(Paper("a.pdf", b"1"), Paper("A.pdf", b"2"))), tools())


SEALED = bundle().exhibits[0].sealed


def _with(number: int, **more: Any) -> Any:
    made = bundle()
    rows: list[Entry] = list(made.exhibits)
    rows[number] = replace(rows[number], **more)
    return replace(made, exhibits=tuple(rows))


@pytest.mark.parametrize(
    "bad",
    [
        lambda: replace(bundle(), exhibits=()),
        lambda: _with(0, derived_from=1),
        lambda: _with(0, derived_from=5),
        lambda: _with(1, derived_from=0),
        lambda: _with(0, sha256="../" + "0" * 61),
        lambda: _with(0, sm3="0" * 63),
        lambda: _with(0, size=16),
        lambda: _with(0, sealed=replace(SEALED, seq=1)),
        lambda: _with(0, sealed=replace(SEALED, seq=99)),
        lambda: _with(0, sealed=replace(SEALED, salt="00" * 16)),
        lambda: _with(0, sealed=replace(SEALED, salt="00")),
        lambda: _with(0, sealed=replace(SEALED, said="{}")),
        lambda: _with(0, sealed=replace(SEALED, said=SEALED.said + " ")),
        lambda: _with(0, sealed=replace(SEALED, said="\ud800")),
        lambda: _with(0, sealed=bundle().exhibits[1].sealed),
    ],
)
def test_what_was_not_recorded_so_is_refused(bad: Any) -> None:
    with pytest.raises(InputError):
        plan(bad(), tools())


def test_a_time_without_its_zone_is_refused() -> None:
    with pytest.raises(TypeError):
        plan(_with(0, taken_at=datetime(2026, 3, 1)), tools())  # noqa: DTZ001 -- that is the point


def test_only_a_time_stamp_over_this_root_is_put_in() -> None:
    made = plan(bundle(), tools())
    for token in (b"", b"\x30", b"\x30\x03\x02\x01\x00"):
        with pytest.raises(InputError, match="a time-stamp over the root"):
            whole(made, token=token)


def test_without_sm3_there_is_no_sm3_manifest() -> None:
    made = bundle()
    bare = replace(made, exhibits=tuple(replace(one, sm3=None) for one in made.exhibits))
    assert "manifest-sm3.txt" not in whole(plan(bare, tools()))


def test_the_chain_in_a_bundle_is_an_export(tmp_path: Path) -> None:
    written(tmp_path / "bag")
    alone = Path(sys.modules["mingcha.evidence"].__path__[0]) / "standalone.py"
    shutil.copy(alone, tmp_path)
    done = subprocess.run(
        [sys.executable, "standalone.py", "bag/data/custody.jsonl"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.stdout.startswith("OK 完整  custody:6:")
