"""The key file: owner-only, never overwritten, rotated without loss, whole or refused; keys do not show themselves."""

import json
import multiprocessing
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.actions.ports.keys import Keys
from mingcha.adapters import keys as door
from mingcha.errors import KeyTrouble
from mingcha.evidence.commitment import opens
from mingcha.model.record import Personal
from mingcha.model.stored import Envelope


@pytest.fixture
def path(tmp_path: Path) -> Path:
    door.create(tmp_path / "keys.json", dev=False)
    return tmp_path / "keys.json"


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> door.FileKeys:
    return door.create(tmp_path_factory.mktemp("k") / "keys.json", dev=True)


def test_file_keys_fit_the_port(keys: door.FileKeys) -> None:
    port: Keys = keys
    assert (port.suite, port.is_dev) == ("intl@2026-11-24", True)


@pytest.mark.skipif(os.name != "posix", reason="modes are a thing of POSIX")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o620, 0o601])
def test_the_file_is_for_its_owner_alone(path: Path, mode: int) -> None:
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(mode)
    with pytest.raises(KeyTrouble, match="chmod"):
        door.load(path)


def test_a_new_file_is_closed_even_under_a_careless_mask_and_over_a_leftover(tmp_path: Path) -> None:
    leftover = tmp_path / "keys.json.new"
    leftover.write_text("half")
    leftover.chmod(0o666)
    mask = os.umask(0)
    try:
        door.create(tmp_path / "keys.json", dev=True)
    finally:
        os.umask(mask)
    assert (tmp_path / "keys.json").stat().st_mode & 0o777 == 0o600
    assert not leftover.exists()


def test_an_existing_key_is_never_overwritten(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    (tmp_path / "dangling.json").symlink_to(tmp_path / "nowhere")
    for act in (
        lambda: door.create(path, dev=True),
        lambda: door.install(path, path),
        lambda: door.restore_from_sheet(door.recovery_sheet(path), path),
        lambda: door.create(tmp_path / "dangling.json", dev=True),
    ):
        with pytest.raises(KeyTrouble, match="exists"):
            act()
    assert path.read_bytes() == before


def test_a_key_file_is_installed_elsewhere_for_its_owner_alone(path: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    door.install(path, tmp_path / "other" / "keys.json")
    assert (tmp_path / "other" / "keys.json").stat().st_mode & 0o777 == 0o600
    sealed = door.load(path).envelope(b"data", b"c")
    assert door.load(tmp_path / "other" / "keys.json").open(sealed, b"c") == b"data"


def test_rotation_keeps_old_envelopes_tokens_and_ids(path: Path) -> None:
    before = door.load(path)
    sealed = before.envelope(b"data", b"context")
    assert door.rotate(path) == 2
    assert door.rotate(path) == 3
    after = door.load(path)
    assert after.open(sealed, b"context") == b"data"
    assert after.envelope(b"", b"").wrapped[:2] == b"\0\3"
    assert after.token(Personal.PHONE, "1") == before.token(Personal.PHONE, "1")
    assert after.record_id("P", "customers", "s", "1") == before.record_id("P", "customers", "s", "1")
    assert (after.sketch_key(), after.key_id) == (before.sketch_key(), before.key_id)


def test_a_running_process_learns_of_a_rotation_when_it_meets_it(path: Path) -> None:
    running = door.load(path)
    door.rotate(path)
    sealed = door.load(path).envelope(b"new", b"c")
    assert running.open(sealed, b"c") == b"new"
    assert running.envelope(b"", b"").wrapped[:2] == b"\0\2"


@pytest.mark.parametrize("generation", [b"\0\0", b"\0\2", b"\xff\xff"])
def test_an_unknown_generation_is_named(path: Path, generation: bytes) -> None:
    keys = door.load(path)
    sealed = keys.envelope(b"x", b"c")
    with pytest.raises(KeyTrouble, match="no wrapping key of generation"):
        keys.open(Envelope(generation + sealed.wrapped[2:], sealed.body), b"c")


def test_keys_of_another_site_do_not_slip_in(path: Path, tmp_path: Path) -> None:
    keys = door.load(path)
    (tmp_path / "b").mkdir()
    other = door.create(tmp_path / "b" / "keys.json", dev=False)
    assert other.key_id != keys.key_id
    with pytest.raises(KeyTrouble, match="another key"):
        keys.open(other.envelope(b"x", b"c"), b"c")
    door.rotate(tmp_path / "b" / "keys.json")
    sealed = door.load(tmp_path / "b" / "keys.json").envelope(b"x", b"c")
    os.replace(tmp_path / "b" / "keys.json", path)
    with pytest.raises(KeyTrouble, match="generation 2"):
        keys.open(sealed, b"c")


def _rotate(path: Path) -> None:
    for _ in range(5):
        door.rotate(path)


def test_rotations_at_once_lose_no_key(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_rotate, args=(path,)) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(json.loads(path.read_text())["wrapping"]) == 16


def _without(name: str) -> Callable[[dict[str, Any]], Any]:
    return lambda content: {key: value for key, value in content.items() if key != name}


BROKEN: dict[str, Callable[[dict[str, Any]], Any]] = {
    "no dev": _without("dev"), "no root": _without("root"), "no wrapping": _without("wrapping"), "no suite": _without("suite"),
    "dev as text": lambda c: {**c, "dev": "false"}, "dev turned": lambda c: {**c, "dev": not c["dev"]},
    "other suite": lambda c: {**c, "suite": "gm@2027-01-01"}, "other format": lambda c: {**c, "format": "mingcha-keys/9"},
    "root bit": lambda c: {**c, "root": ("0" if c["root"][0] != "0" else "1") + c["root"][1:]}, "root short": lambda c: {**c, "root": c["root"][2:]},
    "root no hex": lambda c: {**c, "root": "zz" + c["root"][2:]}, "root a number": lambda c: {**c, "root": 7}, "wrapping empty": lambda c: {**c, "wrapping": []},
    "wrapping a number": lambda c: {**c, "wrapping": [7]}, "wrapping more": lambda c: {**c, "wrapping": c["wrapping"] * 2},
    "a list": lambda c: [c], "nothing": lambda c: None, "a number": lambda c: 7,
}  # fmt: skip


@pytest.mark.parametrize("how", BROKEN)
def test_a_damaged_file_is_refused_without_showing_secrets(path: Path, how: str) -> None:
    content = json.loads(path.read_text())
    path.write_text(json.dumps(BROKEN[how](content)))
    with pytest.raises(KeyTrouble, match="not a whole key file") as trouble:
        door.load(path)
    shown = "".join(str(one) for one in (trouble.value, trouble.value.__cause__, trouble.value.facts))
    assert content["root"][2:10] not in shown
    assert door.check(path)


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b'{"a":' * 100_000])
def test_a_file_that_is_no_json_is_refused(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    with pytest.raises(KeyTrouble, match="not a whole key file"):
        door.load(path)


def test_missing_files_and_folders_are_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(KeyTrouble, match="no key file"):
        door.load(tmp_path / "none.json")
    with pytest.raises(KeyTrouble, match="cannot be read"):
        door.load(tmp_path)
    with pytest.raises(KeyTrouble, match="cannot be written"):
        door.create(tmp_path / "none" / "keys.json", dev=True)


def test_check_says_what_is_wrong(path: Path, tmp_path: Path) -> None:
    assert door.check(path) == []
    assert door.check(tmp_path / "none.json")
    door.create(tmp_path / "dev.json", dev=True)
    assert door.load(tmp_path / "dev.json").is_dev
    assert "开发" in door.check(tmp_path / "dev.json")[0].zh
    tmp_path.chmod(0o777)
    assert "replace" in door.check(path)[0].en


def test_the_key_does_not_show_itself(path: Path) -> None:
    content = json.loads(path.read_text())
    shown = repr(door.load(path))
    assert all(secret[:8] not in shown for secret in (content["root"], *content["wrapping"]))


@given(st.binary(max_size=200), st.binary(max_size=20), st.data())
def test_envelopes_open_only_whole_and_in_their_context(
    keys: door.FileKeys, data: bytes, context: bytes, draw: st.DataObject
) -> None:
    sealed = keys.envelope(data, context)
    assert keys.open(sealed, context) == data
    whole = sealed.wrapped + sealed.body
    at = draw.draw(st.integers(0, len(whole) - 1))
    cut = len(sealed.wrapped)
    flipped = whole[:at] + bytes([whole[at] ^ (1 << draw.draw(st.integers(0, 7)))]) + whole[at + 1 :]
    short = whole[:at]
    for broken in (flipped, short, whole + b"x"):
        with pytest.raises(KeyTrouble):
            keys.open(Envelope(broken[:cut], broken[cut:]), context)
    with pytest.raises(KeyTrouble, match="changed"):
        keys.open(sealed, context + b"x")


def test_an_erased_record_says_so_and_no_two_envelopes_are_alike(keys: door.FileKeys) -> None:
    one, other = keys.envelope(b"x", b"c"), keys.envelope(b"x", b"c")
    assert one.wrapped[14:] != other.wrapped[14:]
    assert one.body != other.body
    with pytest.raises(KeyTrouble, match="changed"):
        keys.open(Envelope(one.wrapped, other.body), b"c")
    for erased in (Envelope(b"", one.body), Envelope(b"", b"")):
        with pytest.raises(KeyTrouble, match="erased"):
            keys.open(erased, b"c")


@given(
    st.sampled_from(sorted(set(Personal) - {Personal.FREE_TEXT})),
    st.sampled_from(sorted(set(Personal) - {Personal.FREE_TEXT})),
    st.text(),
    st.text(),
)
def test_tokens_are_equal_for_equal_values_of_one_kind_alone(
    keys: door.FileKeys, a: Personal, b: Personal, x: str, y: str
) -> None:
    assert (keys.token(a, x) == keys.token(b, y)) is ((a, x) == (b, y))


def test_free_text_never_becomes_a_token(keys: door.FileKeys) -> None:
    with pytest.raises(KeyTrouble, match="free text"):
        keys.token(Personal.FREE_TEXT, "我要投诉")


@given(
    st.lists(
        st.tuples(st.text(max_size=3), st.text(max_size=3), st.text(max_size=3)), min_size=2, max_size=2, unique=True
    )
)
def test_ids_differ_by_every_part_and_where_it_ends(keys: door.FileKeys, parts: list[tuple[str, str, str]]) -> None:
    one, other = (keys.record_id("P", *each) for each in parts)
    assert one != other
    assert one.startswith("P-")
    assert len(one) == 22


def test_digests_are_apart_by_domain(keys: door.FileKeys) -> None:
    assert keys.digest("row", b"x") != keys.digest("text", b"x")
    assert keys.digest("ab", b"c") != keys.digest("a", b"bc")
    assert len(keys.digest("row", b"x")) == 64


def test_a_commitment_is_opened_by_its_salt_alone(keys: door.FileKeys) -> None:
    sealed, salt = keys.commit(b"data")
    assert opens(sealed, b"data", salt)
    assert not opens(sealed, b"date", salt)
    assert keys.commit(b"data") != (sealed, salt)


def test_the_sketch_key_has_64_bits_and_is_the_sites_own(keys: door.FileKeys, tmp_path: Path) -> None:
    assert 0 <= keys.sketch_key() < 2**64
    assert keys.sketch_key() != door.create(tmp_path / "k.json", dev=True).sketch_key()
