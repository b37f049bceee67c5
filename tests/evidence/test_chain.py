"""Chains: whatever is changed is found, by our verifier and by the stand-alone one that shares no code with it."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingcha.evidence import standalone
from mingcha.evidence.canonical import canonical
from mingcha.evidence.export import export_line, header
from mingcha.evidence.merkle import proof, proves, root
from mingcha.evidence.seal import seal, verify
from mingcha.model.stored import Link

AT = datetime(2026, 3, 1, 8, tzinfo=UTC)


def _chain(name: str, count: int) -> list[Link]:
    links: list[Link] = []
    for n in range(count):
        links.append(
            seal(name, links[-1] if links else None, {"act": "x", "n": n, "zh": "封存"}, AT + timedelta(seconds=n))
        )
    return links


def _export() -> list[str]:
    chains = [_chain("custody", 5), _chain("access", 3)]
    return [header([c[-1] for c in chains], "intl@test"), *(export_line(link) for c in chains for link in c)]


def _holds(lines: list[str]) -> bool:
    try:
        standalone.verify(lines)
    except standalone.Broken:
        return False
    return True


def test_a_whole_chain_holds_and_an_empty_one_proves_nothing() -> None:
    assert verify(_chain("custody", 5)).records == 5
    assert verify([]).head is None
    assert _holds(_export())
    assert not _holds([])


TAMPERINGS = {
    "dropped": lambda ls: ls[:3] + ls[4:], "swapped": lambda ls: [*ls[:2], ls[3], ls[2], *ls[4:]], "tail cut": lambda ls: ls[:-1],
    "repeated": lambda ls: [*ls[:3], ls[2], *ls[3:]], "no header": lambda ls: ls[1:], "time": lambda ls: [x.replace("08:00:02", "08:00:09", 1) for x in ls],
    "payload": lambda ls: [x.replace('\\"n\\":1', '\\"n\\":7') for x in ls], "other chain": lambda ls: [x.replace('"chain":"access"', '"chain":"custody"') for x in ls],
    "spaces": lambda ls: [ls[0], ls[1].replace(",", ", ", 1), *ls[2:]], "header head": lambda ls: [ls[0].replace('"seq":5', '"seq":4'), *ls[1:]],
}  # fmt: skip


@pytest.mark.parametrize("how", TAMPERINGS)
def test_every_tampering_is_named(how: str, tmp_path: Path) -> None:
    lines = TAMPERINGS[how](_export())
    assert not _holds(lines)
    target = tmp_path / "export.jsonl"
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    copy = tmp_path / "alone.py"
    copy.write_bytes(Path(standalone.__file__).read_bytes())
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(copy), str(target)], capture_output=True, text=True, cwd=tmp_path
    )
    assert done.returncode == 1
    assert "BROKEN" in done.stdout


def test_the_standalone_verifier_is_short_and_accepts_a_good_export(tmp_path: Path) -> None:
    source = Path(standalone.__file__).read_text(encoding="utf-8")
    assert source.count("\n") < 300
    assert "mingcha." not in source.replace("mingcha-chain", "")
    target = tmp_path / "export.jsonl"
    target.write_text("\n".join(_export()) + "\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", "-S", standalone.__file__, str(target)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_changed_character_is_found(data: st.DataObject) -> None:
    lines = _export()
    at = data.draw(st.integers(1, len(lines) - 1))
    place = data.draw(st.integers(0, len(lines[at]) - 1))
    other = data.draw(st.characters(codec="utf-8", exclude_characters=lines[at][place] + "\n\r"))
    lines[at] = lines[at][:place] + other + lines[at][place + 1 :]
    assert not _holds(lines)


def test_changed_links_are_named_by_seq() -> None:
    links = _chain("custody", 4)
    forged = Link(
        chain="custody", seq=3, at=links[2].at, payload=b'{"n":9}', previous=links[2].previous, hash=links[2].hash
    )
    verdict = verify([*links[:2], forged, links[3]])
    assert verdict.broken_at == 3
    assert "changed" in (verdict.why or "")


PLAIN = st.recursive(
    st.none() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(PLAIN, PLAIN)
def test_two_values_never_share_bytes(a: object, b: object) -> None:
    try:
        one, other = canonical(a), canonical(b)
    except UnicodeEncodeError:
        return
    assert (one == other) is (a == b)
    assert json.loads(one) == a
    assert standalone.canonical(json.loads(one)) == one.decode()


@pytest.mark.parametrize("refused", [1.0, True, {"a": 0.5}, [False], {1: 2}, 2**60, object()])
def test_what_has_two_readings_is_refused(refused: object) -> None:
    with pytest.raises(TypeError):
        canonical(refused)


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=20), st.data())
def test_every_leaf_is_proved_and_no_other(leaves: list[bytes], data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(leaves) - 1))
    steps = proof(leaves, position)
    assert proves(leaves[position], steps, root(leaves))
    assert not proves(leaves[position] + b"x", steps, root(leaves))


def test_merkle_root_of_rfc_6962_form() -> None:
    from hashlib import sha256

    a, b, c = (sha256(b"\0" + x).digest() for x in (b"a", b"b", b"c"))
    assert root([b"a", b"b", b"c"]) == sha256(b"\1" + sha256(b"\1" + a + b).digest() + c).hexdigest()
    with pytest.raises(ValueError, match="empty"):
        root([])
