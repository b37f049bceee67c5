"""Exhibits: kept as they came or not at all, read only as they were kept, and gone for good when they are erased."""

import io
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingcha.actions.ad_sightings import erase_ad
from mingcha.actions.casework import open_case
from mingcha.actions.codec import to_plain
from mingcha.actions.deps import Deps
from mingcha.actions.erase import erase_customer
from mingcha.actions.exhibits import check_exhibits, ending_soon, erase_exhibit, exhibits_of, keep_exhibit, read_exhibit
from mingcha.actions.inspection.inspect import Asked, inspect
from mingcha.actions.kept import record_id
from mingcha.actions.verify import drill, verify
from mingcha.adapters.blobs import FileBlobs, pieces_of
from mingcha.adapters.keys import load, rotate
from mingcha.errors import ExhibitChanged, InputError, KeyTrouble, NotFound, NotPermitted, OutOfOrder, UnreadableFile
from mingcha.evidence.canonical import parse
from mingcha.model.account import Ad
from mingcha.model.actor import Actor, Purpose, Role
from mingcha.model.case import Opened, Subject, SubjectKind
from mingcha.model.complaint import Complaint
from mingcha.model.exhibit import FRAME, About, Exhibit, Wholeness
from mingcha.model.kinds import BY_CODE
from mingcha.model.party import Customer
from mingcha.testing.house import NOON, FixedClock, house, put, someone

ANN = someone(Role.ANALYST, name="ann", purpose=Purpose.INVESTIGATION)
MO = someone(Role.AD_MONITOR, name="mo", purpose=Purpose.INVESTIGATION)
PROTECTION = someone(Role.CONSUMER_PROTECTION, name="cp")
INSPECTOR = someone(Role.INSPECTOR, name="ins", purpose=Purpose.INSPECTION)
DATA = b"".join(n.to_bytes(4, "big") for n in range((2 * FRAME + 9) // 4))
SECRET = "王小明 13812345678"


def fill(deps: Deps) -> tuple[str, str]:
    """An ad and a complaint."""
    put(deps, "ads", Ad(id="1", platform="抖音", text="专业停息挂账", seen_at=NOON, url="https://example.invalid/1"))
    put(deps, "customers", Customer(id="c1", name="王小明"))
    put(deps, "complaints", Complaint(id="1", received_at=NOON, text="利息太高", licence="bank", customer_id="c1"))
    with deps.store.read() as work:
        (ad,) = [one.id for one in work.ads.all_items()]
    return ad, record_id(deps.keys, BY_CODE["complaints"], "test", "1")


def about(*of: str, **given: Any) -> About:
    """Something a customer handed over."""
    told: dict[str, Any] = {
        "name": "聊天.png",
        "media": "image/png",
        "system": "通话平台",
        "how": "客户提供",
        "taken_at": NOON,
    }
    return About(of=of, **{**told, **given})


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Deps]:
    with house(tmp_path) as opened:
        yield opened


def back(deps: Deps, exhibit: Exhibit, who: Actor = ANN) -> bytes:
    return b"".join(read_exhibit(deps, who, exhibit.id).read())


def found(deps: Deps) -> dict[str, Wholeness]:
    return {one.exhibit: one.found for one in check_exhibits(deps, INSPECTOR)}


def broken(deps: Deps) -> list[str]:
    return [one.why.en for one in verify(deps, INSPECTOR) if one.why is not None]


def acts(deps: Deps, chain: str, name: str) -> list[Any]:
    with deps.store.read() as work:
        return [told for link in work.chains.read(chain) if (told := parse(link.payload))["act"] == name]


@pytest.mark.parametrize("data", [b"", b"x", DATA])
@pytest.mark.parametrize("memory", [True, False])
def test_bytes_are_kept_as_they_came_and_sealed(data: bytes, memory: bool, tmp_path: Path) -> None:
    with house(tmp_path, memory=memory) as deps:
        ad, _ = fill(deps)
        kept = keep_exhibit(deps, ANN, io.BytesIO(data), about(ad))
        assert (kept.size, kept.sha256, kept.by, kept.kept_at) == (len(data), sha256(data).hexdigest(), "ann", NOON)
        assert exhibits_of(deps, ANN, ad) == exhibits_of(deps, ANN) == (kept,)
        assert exhibits_of(deps, ANN, "AD-NONE") == ()
        assert back(deps, kept) == data
        assert found(deps) == {kept.id: Wholeness.WHOLE}
        assert broken(deps) == []
        assert drill(deps, INSPECTOR) == (4, 0)
        (told,) = acts(deps, "exhibits", "keep_exhibit")
        assert (told["exhibit"], told["by"]) == (kept.id, "ann")
        assert ad not in str(told), "packs carry this chain: it says nothing of anything but exhibits"


HOSTILE = [
    "",
    "../../etc/passwd",
    "a\0b",
    "长" * 4_000,
    "‮gnp.exe",
    "-rf",
    "C:\\con",
    "\ud800",
    "<script>",
    "\n\r\x1b[2J",
    ".",
]


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_a_name_is_kept_as_given_and_is_no_path(name: str, deps: Deps, tmp_path: Path) -> None:
    ad, _ = fill(deps)
    before = {one for one in tmp_path.rglob("*") if "exhibits" not in one.parts}
    kept = keep_exhibit(deps, ANN, [b"x"], about(ad, name=name))
    assert read_exhibit(deps, ANN, kept.id).exhibit.about.name == name
    assert [one.name for one in (tmp_path / "exhibits").rglob("*") if one.is_file()] == [kept.id]
    assert {one for one in tmp_path.rglob("*") if "exhibits" not in one.parts} == before


@settings(max_examples=15, deadline=None)
@given(name=st.text(max_size=50), how=st.text(min_size=1, max_size=50).filter(str.strip))
def test_whatever_is_said_comes_back(name: str, how: str) -> None:
    with tempfile.TemporaryDirectory() as folder, house(Path(folder), memory=True) as deps:
        ad, _ = fill(deps)
        kept = keep_exhibit(deps, ANN, [b"x"], about(ad, name=name, how=how))
        told = read_exhibit(deps, ANN, kept.id).exhibit.about
        assert (told.name, told.how) == (name, how)


WRONG: dict[str, tuple[dict[str, Any], type[Exception]]] = {
    "about nothing": ({"of": ()}, InputError),
    "about a number": ({"of": ("13812345678",)}, InputError),
    "about an ad that is not held": ({"of": ("AD-NONE",)}, NotFound),
    "about a complaint that is not held": ({"of": ("C-NONE",)}, NotFound),
    "about a case that is not held": ({"of": ("CASE-1",)}, NotFound),
    "no media type": ({"media": "../x"}, InputError),
    "no source system": ({"system": " "}, InputError),
    "not said how": ({"how": "\n"}, InputError),
    "a time without a zone": ({"taken_at": NOON.replace(tzinfo=None)}, InputError),
    "a time still to come": ({"taken_at": NOON + timedelta(seconds=1)}, InputError),
    "an end without a zone": ({"gone_at": NOON.replace(tzinfo=None)}, InputError),
    "a time before 1990": ({"taken_at": datetime.fromisoformat("0001-01-01T00:00:00+14:00")}, InputError),
    "an end after 2199": ({"gone_at": datetime.fromisoformat("9999-12-31T23:59:59-12:00")}, InputError),
    "a step of no original": ({"step": "OCR"}, InputError),
    "an original and no step": ({"derived_from": "EX-A"}, InputError),
    "an original that is not held": ({"derived_from": "EX-A", "step": "OCR"}, NotFound),
}


@pytest.mark.parametrize("how", WRONG)
def test_what_cannot_be_said_is_refused_before_a_byte_is_read(how: str, deps: Deps) -> None:
    ad, _ = fill(deps)
    given, error = WRONG[how]

    def source() -> Iterator[bytes]:
        raise AssertionError("it was read")
        yield b""

    with pytest.raises(error):
        keep_exhibit(deps, ANN, source(), replace(about(ad), **given))


def test_a_source_that_changes_leaves_nothing(deps: Deps, tmp_path: Path) -> None:
    ad, _ = fill(deps)
    (tmp_path / "f").write_bytes(DATA)

    def source() -> Iterator[bytes]:
        for n, piece in enumerate(pieces_of(tmp_path / "f")):
            if n == 1:
                (tmp_path / "f").write_bytes(DATA[:-1])
            yield piece

    with pytest.raises(UnreadableFile, match="changed while it was read"):
        keep_exhibit(deps, ANN, source(), about(ad))
    assert exhibits_of(deps, ANN) == ()
    assert acts(deps, "exhibits", "keep_exhibit") == []
    assert not [one for one in (tmp_path / "exhibits").rglob("*") if one.is_file()]


KEEPER = """
import sys, time
from pathlib import Path
sys.path[:0] = [sys.argv[2]]
from tests.actions.test_exhibits import ANN, about, fill, keep_exhibit, house
def source():
    yield bytes(3_000_000)
    print("reading", flush=True)
    if sys.argv[3] == "reading":
        time.sleep(60)
with house(Path(sys.argv[1])) as deps:
    with deps.store.read() as work:
        (ad,) = [one.id for one in work.ads.all_items()]
    seal = deps.store.write
    def slow():
        if sys.argv[3] == "naming":
            print("naming", flush=True)
            time.sleep(60)
        return seal()
    object.__setattr__(deps, "store", type("Slow", (), {"read": deps.store.read, "write": staticmethod(slow), "close": deps.store.close})())
    keep_exhibit(deps, ANN, source(), about(ad))
    print("kept", flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize(("when", "kept"), [("reading", 0), ("naming", 0), ("kept", 1)])
def test_a_kill_leaves_all_or_nothing(when: str, kept: int, tmp_path: Path) -> None:
    with house(tmp_path) as deps:
        ad, _ = fill(deps)
    command = [sys.executable, "-c", KEEPER, str(tmp_path), str(Path(__file__).parents[2]), when]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert f"{when}\n".encode() in iter(process.stdout.readline, b"")
        process.send_signal(signal.SIGKILL)
    with house(tmp_path) as deps:
        deps = replace(deps, new_id=FixedClock(serial=900).new_id)
        assert list(found(deps).values()) == [Wholeness.WHOLE] * kept
        assert len(acts(deps, "exhibits", "keep_exhibit")) == kept
        assert broken(deps) == []
        assert sum(one.is_file() for one in (tmp_path / "exhibits").rglob("*")) == kept, "what it left is cleared up"
        keep_exhibit(deps, ANN, [b"next"], about(ad))
        assert list(found(deps).values()) == [Wholeness.WHOLE] * (kept + 1)


def test_who_reads_is_sealed_before_any_byte_is_given(deps: Deps) -> None:
    ad, complaint = fill(deps)
    kept = keep_exhibit(deps, ANN, [DATA], about(ad, complaint))
    opened = read_exhibit(deps, ANN, kept.id)
    (told,) = acts(deps, "access", "read_exhibit")
    assert (told["by"], told["exhibits"], told["complaints"]) == ("ann", [kept.id], [complaint])
    assert b"".join(opened.read()) == b"".join(opened.read()) == DATA


def test_personal_data_are_masked_in_lists_and_stand_in_no_file_in_clear(deps: Deps, tmp_path: Path) -> None:
    _, complaint = fill(deps)
    kept = keep_exhibit(deps, ANN, [SECRET.encode()], about(complaint, name=f"{SECRET}.png", how=f"致电 {SECRET}"))
    (shown,) = exhibits_of(deps, ANN, complaint)
    assert "13812345678" not in str(to_plain(shown))
    assert read_exhibit(deps, ANN, kept.id).exhibit == kept
    with deps.store.read() as work:
        sealed = b"".join(link.payload for name in work.chains.names() for link in work.chains.read(name))
    for data in (sealed, *(one.read_bytes() for one in tmp_path.rglob("*") if one.is_file())):
        assert b"13812345678" not in data
        assert kept.sha256.encode() not in data, "a guess at the bytes cannot be tested"


def test_a_changed_byte_names_the_exhibit_and_the_frame(deps: Deps, tmp_path: Path) -> None:
    ad, _ = fill(deps)
    one, two = (keep_exhibit(deps, ANN, [DATA], about(ad)) for _ in range(2))
    file = tmp_path / "exhibits" / one.id
    held = bytearray(file.read_bytes())
    held[FRAME + 99] ^= 1
    file.write_bytes(held)
    with pytest.raises(ExhibitChanged, match=f"{one.id} is not what was kept: frame 2"):
        back(deps, one)
    (tmp_path / "exhibits" / two.id).unlink()
    checked = {each.exhibit: each for each in check_exhibits(deps, INSPECTOR)}
    assert {id_: each.found for id_, each in checked.items()} == {one.id: Wholeness.CHANGED, two.id: Wholeness.MISSING}
    why = checked[one.id].why
    assert why is not None
    assert "第 2 帧" in why.zh
    with pytest.raises(ExhibitChanged):
        drill(deps, INSPECTOR)


TAMPERED: dict[str, str] = {
    "gone": "DELETE FROM exhibits WHERE id = '{one}'",
    "said of another": "UPDATE exhibits SET wrapped = (SELECT wrapped FROM exhibits WHERE id = '{two}'), body = (SELECT body FROM exhibits WHERE id = '{two}') WHERE id = '{one}'",
    "what is said altered": "UPDATE exhibits SET body = CAST(x'00' || body AS BLOB) WHERE id = '{one}'",
    "frames of another": "UPDATE exhibits SET frames = (SELECT frames FROM exhibits WHERE id = '{two}') WHERE id = '{one}'",
    "hidden from what it is about": "DELETE FROM exhibit_links WHERE exhibit = '{one}'",
    "found by what it is not about": "INSERT INTO exhibit_links VALUES ('{one}', 'AD-OTHER')",
    "made a copy": "UPDATE exhibits SET derived_from = '{two}' WHERE id = '{one}'",
    "its source keeps it longer": "UPDATE exhibits SET gone_at = gone_at + 1 WHERE id = '{one}'",
    "kept later": "UPDATE exhibits SET kept_at = kept_at + 1 WHERE id = '{one}'",
    "kept by another": "UPDATE exhibits SET by = 'bo' WHERE id = '{one}'",
}


@pytest.mark.parametrize("how", TAMPERED)
def test_tampering_with_the_register_is_named(how: str, deps: Deps, tmp_path: Path) -> None:
    ad, _ = fill(deps)
    one, two = (keep_exhibit(deps, ANN, [n], about(ad, gone_at=NOON)) for n in (b"1", b"2"))
    with sqlite3.connect(tmp_path / "house.db") as plain:
        plain.execute(TAMPERED[how].format(one=one.id, two=two.id))
    assert broken(deps) == [f"exhibit {one.id} is gone or not what was sealed"]
    assert flaws(deps) == {one.id, "exhibits:1"}, "and the inspector is told"


def flaws(deps: Deps) -> set[str]:
    asked = Asked(first=date(2026, 3, 1), last=date(2026, 3, 31), seed="s")
    return {
        one.where for one in inspect(deps, INSPECTOR, asked).flaws if one.code in ("exhibit_changed", "seal_broken")
    }


SMUGGLED = {
    "nobody sealed it": "INSERT INTO exhibits SELECT 99, 'EX-NEW', derived_from, kept_at, gone_at, by, frames, key, wrapped, body FROM exhibits WHERE id = '{one}'",
    "erased by nobody": "UPDATE exhibits SET wrapped = x'', body = x'', key = x'', frames = x'' WHERE id = '{one}'",
}


@pytest.mark.parametrize("how", SMUGGLED)
def test_an_inspection_finds_what_no_act_explains(how: str, deps: Deps, tmp_path: Path) -> None:
    ad, _ = fill(deps)
    one = keep_exhibit(deps, ANN, [b"1"], about(ad))
    assert flaws(deps) == set()
    with sqlite3.connect(tmp_path / "house.db") as plain:
        plain.execute(SMUGGLED[how].format(one=one.id))
    assert flaws(deps) == {"EX-NEW" if "EX-NEW" in SMUGGLED[how] else one.id}


def test_copies_are_about_what_their_original_is_about_and_go_when_it_goes(deps: Deps, tmp_path: Path) -> None:
    ad, complaint = fill(deps)
    original = keep_exhibit(deps, ANN, [DATA], about(complaint))
    read = keep_exhibit(deps, ANN, [b"text"], about(ad, derived_from=original.id, step="OCR"))
    hidden = keep_exhibit(deps, ANN, [b"t***"], about(derived_from=read.id, step="redaction"))
    alone = keep_exhibit(deps, ANN, [b"ad"], about(ad))
    assert read.about.of == hidden.about.of == tuple(sorted((ad, complaint)))
    assert erase_exhibit(deps, PROTECTION, read.id, "误收") == (read.id, hidden.id)
    assert found(deps) == {
        original.id: Wholeness.WHOLE,
        read.id: Wholeness.ERASED,
        hidden.id: Wholeness.ERASED,
        alone.id: Wholeness.WHOLE,
    }
    with pytest.raises(NotFound):
        keep_exhibit(deps, ANN, [b"again"], about(derived_from=read.id, step="OCR"))
    assert [one.id for one in exhibits_of(deps, ANN)] == [original.id, alone.id]
    assert {one.name for one in (tmp_path / "exhibits").rglob("*") if one.is_file()} == {original.id, alone.id}
    assert broken(deps) == []
    assert flaws(deps) == set()


def test_law_8_what_was_erased_never_comes_back_and_the_chain_verifies(deps: Deps, tmp_path: Path) -> None:
    ad, _ = fill(deps)
    kept = keep_exhibit(deps, ANN, [DATA], about(ad))
    file = tmp_path / "exhibits" / kept.id
    backup = file.read_bytes()
    with pytest.raises(OutOfOrder):
        erase_exhibit(deps, PROTECTION, kept.id, " ")
    assert erase_exhibit(deps, PROTECTION, kept.id, f"应{SECRET}要求") == (kept.id,)
    assert erase_exhibit(deps, PROTECTION, kept.id, "again") == (kept.id,), "it stays erased"
    for place in (file, tmp_path / "exhibits" / "incoming" / kept.id):  # somebody puts the bytes back
        place.write_bytes(backup)
        with pytest.raises(KeyTrouble, match="erased"):
            back(deps, kept)
        assert found(deps) == {kept.id: Wholeness.ERASED}
        assert not place.exists()
    assert broken(deps) == []
    (told, _) = acts(deps, "custody", "erase")
    assert told["exhibits"] == [kept.id]
    with pytest.raises(NotFound):
        erase_exhibit(deps, PROTECTION, "EX-NONE", "x")


def test_erasing_an_ad_or_a_customer_takes_what_is_about_them_alone(deps: Deps, tmp_path: Path) -> None:
    ad, complaint = fill(deps)
    of_ad, of_complaint, of_both = (
        keep_exhibit(deps, ANN, [b"x"], about(*of)) for of in ((ad,), (complaint,), (ad, complaint))
    )
    erase_ad(deps, PROTECTION, ad, "误报")
    assert found(deps) == {of_ad.id: Wholeness.ERASED, of_complaint.id: Wholeness.WHOLE, of_both.id: Wholeness.WHOLE}
    erase_customer(deps, PROTECTION, "test", "c1", "本人要求")
    assert set(found(deps).values()) == {Wholeness.ERASED}
    assert not [one for one in (tmp_path / "exhibits").rglob("*") if one.is_file()]
    assert broken(deps) == []
    assert flaws(deps) == set()


def test_the_term_of_a_source_counts_where_none_is_given(deps: Deps) -> None:
    ad, _ = fill(deps)
    deps = replace(deps, standards=replace(deps.standards, retention={"通话平台": 30}))
    taken = NOON - timedelta(days=25)
    soon = keep_exhibit(deps, ANN, [b"1"], about(ad, taken_at=taken))
    given = keep_exhibit(deps, ANN, [b"2"], about(ad, gone_at=NOON + timedelta(days=3)))
    unknown = keep_exhibit(deps, ANN, [b"3"], about(ad, system="别处"))
    copy = keep_exhibit(deps, ANN, [b"4"], about(derived_from=soon.id, step="OCR"))
    assert soon.about.gone_at == taken + timedelta(days=30)
    assert unknown.about.gone_at is copy.about.gone_at is None
    assert ending_soon(deps, ANN, 30) == (given, soon)
    assert ending_soon(deps, ANN, 4) == (given,)
    assert ending_soon(deps, ANN, 2) == ()
    erase_exhibit(deps, PROTECTION, given.id, "误收")
    assert ending_soon(deps, ANN, 4) == ()


REFUSED: tuple[tuple[Actor, Callable[[Deps, Actor], object]], ...] = (
    (someone(Role.HANDLER), lambda deps, who: exhibits_of(deps, who)),
    (someone(Role.SUPERVISOR), lambda deps, who: ending_soon(deps, who, 1)),
    (PROTECTION, lambda deps, who: read_exhibit(deps, who, "EX-A")),
    (INSPECTOR, lambda deps, who: keep_exhibit(deps, who, [], about("AD-0"))),
    (someone(Role.HANDLER), lambda deps, who: check_exhibits(deps, who)),
    (ANN, lambda deps, who: erase_exhibit(deps, who, "EX-A", "r")),
)


@pytest.mark.parametrize(("who", "call"), REFUSED)
def test_nobody_else_does(who: Actor, call: Callable[[Deps, Actor], object], deps: Deps) -> None:
    with pytest.raises(NotPermitted):
        call(deps, who)


def test_who_watches_ads_sees_exhibits_about_ads_alone(deps: Deps) -> None:
    ad, complaint = fill(deps)
    of_ad, of_complaint = (
        keep_exhibit(deps, MO, [b"1"], about(ad)),
        keep_exhibit(deps, ANN, [b"2"], about(ad, complaint)),
    )
    assert exhibits_of(deps, MO) == exhibits_of(deps, MO, ad) == (of_ad,)
    assert exhibits_of(deps, ANN, ad) == exhibits_of(deps, INSPECTOR, ad) == (of_ad, of_complaint)
    assert back(deps, of_ad, MO) == b"1"
    with pytest.raises(NotFound):
        read_exhibit(deps, MO, of_complaint.id)
    with pytest.raises(NotFound):
        keep_exhibit(deps, MO, [b"3"], about(ad, derived_from=of_complaint.id, step="OCR"))


def test_exhibits_about_a_case_are_open_to_whoever_was_admitted(deps: Deps) -> None:
    ad, _ = fill(deps)
    subjects = (Subject(SubjectKind.AD, ad),)
    opened = Opened(title="青石所", playbook="ad_ring", subjects=subjects, reason="同一账号")
    case = open_case(deps, ANN, opened).case
    kept = keep_exhibit(deps, ANN, [b"1"], about(case))
    bob = replace(ANN, name="bob")
    assert exhibits_of(deps, ANN, case) == exhibits_of(deps, INSPECTOR, case) == (kept,)
    assert exhibits_of(deps, bob, case) == ()
    with pytest.raises(NotFound):
        read_exhibit(deps, bob, kept.id)


def test_what_was_kept_before_a_rotation_still_opens(deps: Deps, tmp_path: Path) -> None:
    ad, _ = fill(deps)
    kept = keep_exhibit(deps, ANN, [DATA], about(ad))
    rotate(tmp_path / "keys.json")
    newer = replace(deps, keys=load(tmp_path / "keys.json"), blobs=FileBlobs(tmp_path / "exhibits"))
    assert back(newer, kept) == DATA
    later = keep_exhibit(newer, ANN, [b"y"], about(ad))
    assert back(deps, later) == b"y", "a process that was running meanwhile reads it too"
