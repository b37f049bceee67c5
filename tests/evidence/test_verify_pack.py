"""verify.py: one file for any Python from 3.8, which finds every change, explains it rightly, and never falls over."""

import ast
import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.evidence.bundles import BYTES, Authority, bundle, written
from tests.evidence.mutations import CUSTODY, INDEX, MANIFEST, ROOT, SM3, TAGS, TOKEN, WITNESS, remade, tagged
from tests.evidence.tampering import Bench

from mingcha.adapters.bundle import tools
from mingcha.evidence import merkle, verify_pack
from mingcha.evidence.bundle import plan
from mingcha.evidence.slip import grouped
from mingcha.evidence.verify_pack import WORDS, imprint

SOURCE = Path(verify_pack.__file__)
SAMPLE = 300
OLD = next(Path.home().glob(".pyenv/versions/3.8.*/bin/python"), Path(sys.executable))  # 3.8 where there is one
LATER = {"removeprefix", "removesuffix", "randbytes", "pairwise", "batched", "bit_count", "file_digest", "is_relative_to", "is_junction"}  # fmt: skip


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("bench"))


@pytest.fixture
def said(capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., tuple[int, str]]:
    def run(*arguments: object) -> tuple[int, str]:
        code = verify_pack.main([str(one) for one in arguments])
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        return code, (out + err).decode()

    return run


def test_one_short_file_for_python_3_8() -> None:
    text = SOURCE.read_text(encoding="utf-8")
    assert text.count("\n") < 300
    tree = ast.parse(text, feature_version=(3, 8))
    modules = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    modules |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in modules} <= set(sys.stdlib_module_names)
    assert not {"socket", "urllib", "http", "subprocess"} & modules
    assert not {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)} & LATER
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Match | ast.NamedExpr | ast.TryStar)]


def test_it_runs_on_a_bare_python_of_its_own(bench: Bench) -> None:
    for kept, status in ((bench.root, 0), ("0" * 64, 1)):
        done = subprocess.run(
            [str(OLD), "-I", "-S", str(bench.base / "verify.py"), kept], capture_output=True, encoding="utf-8"
        )
        assert (done.returncode, done.stderr) == (status, "")
    assert subprocess.run([str(OLD), "-I", "-S", str(SOURCE)], capture_output=True).returncode == 2


def test_the_levels_of_assurance_are_in_bold(bench: Bench, said: Any) -> None:
    code, text = said(bench.base)
    assert (code, text.count("**")) == (0, 4)
    assert "**已在外部锚定：时间戳" in text
    command = re.search(r"openssl ts -verify .*AUTHORITY\.pem", text)
    assert command
    assert "未核验 not checked: 签名 signatures" in text
    code, text = said(bench.base, grouped(bench.root))
    assert (code, "**anchored outside: the root is the one kept outside**" in text) == (0, True)
    bare = {path: data for path, data in bench.files.items() if path != TOKEN}
    assert bench.checked(tagged(bare)).level == "witnessed"
    del bare[WITNESS]
    assert bench.checked(remade(bare, rooted=True)).level == "self-attested"


def test_a_witness_of_some_exhibits_alone_is_none(bench: Bench) -> None:
    told = json.loads(bench.files[WITNESS])
    files = {path: data for path, data in bench.files.items() if path != TOKEN}
    told["paths"].pop()
    assert bench.checked(remade({**files, WITNESS: verify_pack.canonical(told)}, rooted=True)).level == "self-attested"
    told["days"][0]["signature"] = ""
    check = bench.checked(remade({**files, WITNESS: verify_pack.canonical(told)}, rooted=True))
    assert {code for code, _, _ in check.problems} == {"path"}


def test_the_printed_command_is_content_with_the_token(tmp_path: Path, said: Any) -> None:
    authority = Authority(tmp_path / "tsa")
    made = plan(bundle(), tools())
    written(tmp_path / "bag", token=authority.stamp(made.root))
    command = re.search(r"openssl ts -verify .*AUTHORITY\.pem", said(tmp_path / "bag")[1])
    assert command
    assert authority.confirms(command[0], tmp_path / "bag")
    assert not authority.confirms(command[0].replace(made.root, "0" * 64), tmp_path / "bag")
    other = authority.stamp("ab" * 64, "sha512")
    with pytest.raises(ValueError, match="SHA-256"):
        imprint(other)


@pytest.mark.parametrize("seed", range(0, SAMPLE, 10))
def test_every_mutation_is_caught_and_rightly_explained(bench: Bench, seed: int) -> None:
    for one in range(seed, seed + 10):
        assert bench.try_one(one) is None


def test_a_bundle_made_wholly_anew_is_found_from_outside_alone(bench: Bench, tmp_path: Path, said: Any) -> None:
    forged = bundle((b"%PDF-1.7 another letter", *BYTES[1:]))
    written(tmp_path / "bag", forged, (b"%PDF-1.7 another letter", *BYTES[1:]))
    code, text = said(tmp_path / "bag")
    assert code == 0, "it agrees with itself"
    assert "anchored" not in text
    code, text = said(tmp_path / "bag", bench.root[:16])
    assert (code, "[slip] root.json" in text, "**不符：不作任何保证**" in text) == (1, True, True)
    head = json.loads(bench.files[CUSTODY].splitlines()[-1])
    kept = f"custody:{head['seq']}:{head['hash'][:16]}"
    assert said(bench.base, kept)[0] == 0
    assert "[slip] data/custody.jsonl" in said(tmp_path / "bag", kept)[1]
    assert said(bench.base, kept.replace("custody", "access"))[0] == 1


def test_what_is_no_bundle_is_said_with_the_way_to_call_it(tmp_path: Path, said: Any) -> None:
    for arguments in ((tmp_path,), (tmp_path / "none",), (tmp_path, tmp_path), ("--help",)):
        code, text = said(*arguments)
        assert (code, "不是证据包 no evidence bundle" in text) == (2, True)


def test_what_desktops_leave_behind_is_said_and_not_judged(bench: Bench, said: Any) -> None:
    with bench.as_if({**bench.files, ".DS_Store": b"x", "data/Thumbs.db": b"y"}) as base:
        code, text = said(base)
    assert (code, text.count("left by a desktop")) == (0, 2)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files here")
def test_links_and_pipes_are_never_opened(bench: Bench, tmp_path: Path) -> None:
    paths = [bench.base / "data" / name for name in ("link.pdf", "pipe.pdf", "folder")]
    paths[0].symlink_to("/etc/hostname")
    os.mkfifo(paths[1])
    paths[2].symlink_to("/")
    check = verify_pack.Check(str(bench.base))
    check.run()
    for path in paths:
        path.unlink()
    assert [(code, where) for code, where, _ in check.problems] == [
        ("unreadable", f"data/{path.name}") for path in sorted(paths)
    ]


def test_a_hostile_bundle_cannot_write_to_the_terminal(bench: Bench, said: Any) -> None:
    bad = "\x1b]0;x\x07\u202e\u009b2J\n**anchored outside"
    told = json.loads(bench.files[ROOT])
    told["leaves"].append({"path": bad, "sha256": bad, "size": 1})
    files = {**bench.files, bad.replace("/", ""): b"", ROOT: verify_pack.canonical(told)}
    with bench.as_if(files) as base:
        code, text = said(base)
    assert code == 1
    assert all(one.isprintable() or one == "\n" for one in text)
    assert "\n**anchored" not in text


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 2**60)
    | st.floats()
    | st.text(max_size=5)
    | st.just("data/001-9b7ffeaa.pdf"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["path", "sha256", "size", "chain", "seq", "leaves", "x"]), inner, max_size=4)
    ),
    max_leaves=8,
)


def _places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(place for key, one in pairs for place in _places(one, (*at, key)))]


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), path=st.sampled_from([ROOT, INDEX, WITNESS, CUSTODY]), junk=JUNK, rooted=st.booleans())
def test_no_document_makes_it_fall_over(bench: Bench, data: st.DataObject, path: str, junk: Any, rooted: bool) -> None:
    lines = bench.files[path].splitlines() if path == CUSTODY else [bench.files[path]]
    which = data.draw(st.integers(0, len(lines) - 1))
    value: Any = json.loads(lines[which])
    *way, last = data.draw(st.sampled_from(_places(value)[1:]))
    inner = value
    for key in way:
        inner = inner[key]
    inner[last] = junk
    try:
        lines[which] = verify_pack.canonical(value)
    except UnicodeEncodeError:
        return
    made = {**bench.files, path: b"\n".join(lines) + (b"\n" if path == CUSTODY else b"")}
    made = remade(made, rooted=rooted) if path != ROOT else tagged(made)
    check = bench.checked(made)
    assert check.problems or made[path] == bench.files[path] or rooted


RAW = [b"", b"\0", b"[" * 100_000, b'{"a":' * 100_000, b"9" * 100_000, b'{"leaves":[NaN]}', b"\xff\xfe", b"{}", b"null", b"\n\n", b"  \n", b'{"heads":{},"hash":"x"}\n']  # fmt: skip


@pytest.mark.parametrize("path", [ROOT, INDEX, WITNESS, CUSTODY, TOKEN, MANIFEST, TAGS, SM3, "bagit.txt"])
def test_raw_rubbish_is_a_verdict(bench: Bench, path: str) -> None:
    for raw in RAW:
        assert bench.checked({**bench.files, path: raw}).level == "broken"


@settings(max_examples=300)
@given(st.binary(max_size=200) | st.binary(max_size=40).map(lambda tail: b"\x30\x82" + tail))
def test_no_bytes_make_the_reader_of_tokens_fall_over(data: bytes) -> None:
    with pytest.raises((ValueError, IndexError)):
        imprint(data)


def test_any_changed_byte_of_a_token_is_a_verdict(bench: Bench) -> None:
    whole, rng = bench.files[TOKEN], random.Random(5)
    for at in [*range(0, 60), *(rng.randrange(len(whole)) for _ in range(60))]:
        bad = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]
        check = bench.checked({**bench.files, TOKEN: bad})
        assert {code for code, _, _ in check.problems} & {"changed", "token"}


@given(st.lists(st.binary(max_size=3), min_size=1, max_size=40))
def test_its_root_is_ours(leaves: list[bytes]) -> None:
    assert verify_pack.merkle(leaves) == merkle.root(leaves)


def test_a_node_cannot_pass_for_a_leaf() -> None:
    """Second preimages: the two halves of a tree, given as leaves, have another root."""
    leaves = [b"a", b"b", b"c", b"d"]
    halves = [sha256(b"\x01" + merkle.leaf(leaves[at]) + merkle.leaf(leaves[at + 1])).digest() for at in (0, 2)]
    assert verify_pack.merkle(halves) != verify_pack.merkle(leaves)


def test_every_code_speaks_both_languages() -> None:
    for zh, en in WORDS.values():
        assert re.search(r"[\u4e00-\u9fff]", zh)
        assert not re.search(r"[\u4e00-\u9fff]", en)
        assert re.findall(r"\{\d\}", zh) == re.findall(r"\{\d\}", en)
    used = set(re.findall(r'(?:fail|part)\(\s*"([a-z0-9]+)"', SOURCE.read_text(encoding="utf-8")))
    assert used <= set(WORDS)
