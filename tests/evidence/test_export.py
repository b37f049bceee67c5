"""Exports: our verifier and the stand-alone one, which share no code, both find whatever was changed, and name it."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.evidence import twin
from tests.evidence.chains import chain, lines_of

from mingcha.errors import BrokenSeal
from mingcha.evidence import standalone
from mingcha.evidence.export import verify_export

SOURCE = Path(standalone.__file__)
GOOD = lines_of(chain("custody", 5), chain("access", 3))


def _ours(lines: list[bytes]) -> str | None:
    try:
        verify_export(lines)
    except BrokenSeal as broken:
        return str(broken)
    return None


def _theirs(lines: list[bytes]) -> str | None:
    try:
        standalone.verify(lines)
    except standalone.Broken as broken:
        return str(broken)
    return None


def _run(lines: list[bytes], folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """The stand-alone verifier, copied away, without site packages or environment."""
    (folder / "alone.py").write_bytes(SOURCE.read_bytes())
    (folder / "export.jsonl").write_bytes(b"".join(lines))
    call = [sys.executable, "-I", "-S", "alone.py", "export.jsonl", *more]
    return subprocess.run(call, capture_output=True, text=True, encoding="utf-8", cwd=folder)


def _edit(at: int, old: str, new: str) -> Callable[[list[bytes]], list[bytes]]:
    assert old.encode() in GOOD[at], "the edit must change something"
    return lambda ls: [*ls[:at], ls[at].replace(old.encode(), new.encode(), 1), *ls[at + 1 :]]


def _renumbered(lines: list[bytes]) -> list[bytes]:
    """Record 3 of custody taken out, the later ones moved up by number."""
    moved = [
        line.replace(f'"seq":{n}'.encode(), f'"seq":{n - 1}'.encode())
        for n, line in zip((4, 5), lines[4:6], strict=True)
    ]
    return [*lines[:3], *moved, *lines[6:]]  # fmt: skip


def _inserted(lines: list[bytes]) -> list[bytes]:
    """A well-made record between the second and the third of custody."""
    forged = twin.chain("custody", [("2026-03-01T08:00:01.500000Z", {"act": "forged", "suite": "x"})])[0]
    before = json.loads(lines[2])
    forged = {**forged, "seq": 3, "previous": before["hash"]}
    del forged["hash"]
    forged["hash"] = twin.sha(b"mingcha/link/1\x00" + twin.canonical(forged))
    return [*lines[:3], twin.canonical(forged) + b"\n", *lines[3:]]


def _rehashed(lines: list[bytes], heads: dict[str, object]) -> list[bytes]:
    head = {**json.loads(lines[0]), "heads": heads}
    del head["hash"]
    head["hash"] = twin.sha(b"mingcha/export/1\x00" + twin.canonical(head))
    return [twin.canonical(head) + b"\n", *lines[1:]]


HEADS = json.loads(GOOD[0])["heads"]
# what is done to the export -> (how, where the stand-alone verifier points, why)
TAMPERINGS: dict[str, tuple[Callable[[list[bytes]], list[bytes]], str, str]] = {
    "flipped byte": (_edit(3, '\\"n\\":2', '\\"n\\":3'), "line 4, chain custody, record 3", "changed"),
    "dropped record": (lambda ls: ls[:3] + ls[4:], "line 4, chain custody, record 4", "record 3 is missing"),
    "swapped records": (lambda ls: [*ls[:2], ls[3], ls[2], *ls[4:]], "line 3, chain custody, record 3", "record 2 is missing"),
    "repeated record": (lambda ls: [*ls[:3], ls[2], *ls[3:]], "line 4, chain custody, record 2", "out of order"),
    "re-numbered": (_renumbered, "line 4, chain custody, record 3", "does not follow"),
    "truncated tail": (lambda ls: ls[:-1], "chain access", "promises record 3, the file ends at 2"),
    "truncated chain": (lambda ls: ls[:6], "chain access", "promises record 3, the file ends at 0"),
    "inserted record": (_inserted, "line 5, chain custody, record 3", "record 4 is missing"),
    "changed time": (_edit(3, "08:00:02", "08:00:09"), "line 4, chain custody, record 3", "changed"),
    "changed chain": (_edit(7, '"chain":"access"', '"chain":"custody"'), "line 8, chain custody, record 2", "record 1 is missing|record 6 is missing"),
    "added space": (_edit(1, ",", ", "), "line 2", "canonical"),
    "key twice": (_edit(1, '"seq":1', '"seq":1,"seq":1'), "line 2", "canonical"),
    "added field": (_edit(1, '"seq":1', '"seq":1,"z":1'), "line 2", "fields are missing|a field"),
    "seq as text": (_edit(1, '"seq":1', '"seq":"1"'), "line 2", "form"),
    "not UTF-8": (lambda ls: [*ls[:2], b"\xff" + ls[2], *ls[3:]], "line 3", "canonical"),
    "carriage return": (lambda ls: [line.replace(b"\n", b"\r\n") for line in ls], "line 1", "canonical"),
    "no last line feed": (lambda ls: [*ls[:-1], ls[-1].rstrip(b"\n")], "line 9", "no end"),
    "empty line after": (lambda ls: [*ls, b"\n"], "line 10", "canonical"),
    "no header": (lambda ls: ls[1:], "line 1", "not a"),
    "other suite named": (_edit(0, "intl@test", "intl@tesu"), "line 1", "header"),
    "head moved back": (_edit(0, '"seq":5', '"seq":4'), "line 1", "header"),
    "header made anew": (lambda ls: _rehashed(ls, {**HEADS, "access": {"hash": "0" * 64, "seq": 3}}), "chain access", "promises"),
    "chain not named": (lambda ls: _rehashed(ls, {"custody": HEADS["custody"]}), "chain access", "promises record 0"),
    "chain never there": (lambda ls: _rehashed(ls, {**HEADS, "decisions": HEADS["access"]}), "chain decisions", "ends at 0"),
    "nothing inside": (lambda ls: _rehashed(ls[:1], {}), "", "nothing was proved"),
    "empty file": (lambda ls: [], "", "nothing was proved"),
}  # fmt: skip


@pytest.mark.parametrize("how", TAMPERINGS)
def test_every_tampering_is_named_by_both(how: str, tmp_path: Path) -> None:
    change, where, why = TAMPERINGS[how]
    lines = change(GOOD)
    done = _run(lines, tmp_path)
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("BROKEN 断裂")
    assert where in done.stdout
    assert any(one in done.stdout for one in why.split("|")), done.stdout
    ours = _ours(lines)
    assert ours is not None
    if ", record " in where:
        chain_name, record = where.split(", ")[1:]
        assert ours.startswith(f"The {chain_name.split()[1]} chain is broken at {record}:")


def test_a_good_export_holds_for_both(tmp_path: Path) -> None:
    assert _ours(GOOD) is None
    done = _run(GOOD, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("OK 完整") == 2


def test_a_rewritten_export_is_found_by_a_head_that_was_kept(tmp_path: Path) -> None:
    kept = f"custody:3:{json.loads(GOOD[3])['hash'][:16]}"
    rewritten = lines_of(chain("custody", 5, act="another past"), chain("access", 3))
    assert _theirs(rewritten) is None, "hashes alone cannot tell"
    assert _run(GOOD, tmp_path, kept).returncode == 0
    done = _run(rewritten, tmp_path, kept)
    assert done.returncode == 1
    assert "line 4, chain custody, record 3: not the head that was kept" in done.stdout
    assert "not in the export" in _run(lines_of(chain("custody", 2)), tmp_path, kept).stdout
    assert _run(GOOD, tmp_path, "custody:3:00").returncode == 1


def test_the_standalone_verifier_stands_alone(tmp_path: Path) -> None:
    text = SOURCE.read_text(encoding="utf-8")
    assert text.count("\n") < 300
    imported = {line.split()[1].split(".")[0] for line in text.splitlines() if line.startswith(("import ", "from "))}
    assert imported <= set(sys.stdlib_module_names)
    assert _run(GOOD, tmp_path).returncode == 0
    (tmp_path / "export.jsonl").unlink()
    call = [sys.executable, "-I", "-S", "alone.py"]
    for arguments in ([], ["--help"], ["export.jsonl"]):
        done = subprocess.run([*call, *arguments], capture_output=True, text=True, encoding="utf-8", cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")


def test_a_hostile_export_cannot_write_to_the_terminal() -> None:
    head = _rehashed(GOOD, {"\x1b]0;x\x07": {"hash": "0" * 64, "seq": 1}})
    record = [GOOD[0], GOOD[1].replace(b'"chain":"custody"', '"chain":"\\u001b[2J\u009b2J"'.encode()), *GOOD[2:]]
    for lines in (head, record):
        said = _theirs(lines)
        assert said is not None
        assert said.isprintable()


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_any_changed_byte_is_found_by_both(data: st.DataObject) -> None:
    whole = b"".join(GOOD)
    place = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.sampled_from([i for i in range(256) if i != whole[place]]).map(lambda i: bytes([i])))
    head, tail = whole[:place], whole[place + 1 :]
    changed = data.draw(st.sampled_from([head + other + tail, head + tail, head + other + whole[place:]]))
    if changed == whole:
        return
    lines = changed.splitlines(keepends=True) if b"\r" not in changed else _by_line_feed(changed)
    assert _ours(lines) is not None
    assert _theirs(lines) is not None


@settings(max_examples=100, deadline=None)
@given(st.sets(st.integers(0, 8), min_size=1))
def test_any_dropped_lines_are_found_by_both(dropped: set[int]) -> None:
    lines = [line for number, line in enumerate(GOOD) if number not in dropped]
    assert _ours(lines) is not None
    assert _theirs(lines) is not None


@settings(max_examples=100, deadline=None)
@given(st.permutations(range(1, 9)))
def test_only_the_order_inside_a_chain_matters(order: list[int]) -> None:
    lines = [GOOD[0], *(GOOD[i] for i in order)]
    whole = [i for i in order if i < 6] == [1, 2, 3, 4, 5] and [i for i in order if i >= 6] == [6, 7, 8]
    assert (_ours(lines) is None) is whole
    assert (_theirs(lines) is None) is whole


def _by_line_feed(data: bytes) -> list[bytes]:
    """Lines as a file opened in binary gives them."""
    parts = data.split(b"\n")
    return [part + b"\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])
