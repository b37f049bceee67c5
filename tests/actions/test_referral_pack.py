"""The pack of a referral: once two agreed and merit is decided, the same bytes twice, masked in a report, in clear on an order alone."""

import io
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.adapters.timestamp.authority import open_authority

from mingcha.actions import rings as room
from mingcha.actions.accounts import create_account
from mingcha.actions.assess import assess
from mingcha.actions.casework import agree_to_referral, break_glass, cases, open_case, refer, see_case, work_on_case
from mingcha.actions.day_roots import seal_days
from mingcha.actions.decide import decide_merit
from mingcha.actions.deps import Deps
from mingcha.actions.erase import erase_customer
from mingcha.actions.exhibits import erase_exhibit, exhibits_of, keep_exhibit, read_exhibit
from mingcha.actions.kept import open_record
from mingcha.actions.referral_pack import Pack, build_pack
from mingcha.adapters.keys.audit import make, signer
from mingcha.adapters.timestamp import TimeAuthority
from mingcha.casework.papers import texts
from mingcha.errors import KeyTrouble, NotFound, NotPermitted, OutOfOrder
from mingcha.model.actor import Purpose, Role
from mingcha.model.case import Admitted, Begun, Exculpated, Held, HoldLifted, Line, Opened, Shown, Subject, SubjectKind
from mingcha.model.case_out import Order, ReferralDrafted
from mingcha.model.complaint import Attachment, Complaint, PaperCheck
from mingcha.model.decision import MeritVerdict
from mingcha.model.exhibit import About, Exhibit
from mingcha.model.party import Customer
from mingcha.model.people import Line as Stands
from mingcha.model.sheet import Sheet
from mingcha.testing.house import NOON, FixedClock, house, put, someone
from mingcha.wiring import sheet_file, write_bundle

INV = Purpose.INVESTIGATION
ANN = someone(Role.ANALYST, name="ann", purpose=INV)
LEO = someone(Role.LEGAL, name="leo", purpose=INV)
HANNA = someone(Role.HANDLER, name="hanna")
PHONE = "13800138000"
SAID = b"13800138000: no waiver, no peace"
REDACTED = b"***: no waiver, no peace"


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Deps]:
    with house(tmp_path, clock=FixedClock()) as deps:
        who = [
            Customer(id=f"c{n}", name=f"王{n}", verified=True, household=f"h{n}", employer="none", merchant="none")
            for n in "1234"
        ]
        put(deps, "customers", *who)
        put(
            deps,
            "complaints",
            *(
                Complaint(
                    id=n, received_at=NOON, text=f"第{n}件：请核实我的账单。", licence="bank", customer_id=f"c{n}",
                    filer_phone=PHONE, filer_role="self", channel="12378",
                )
                for n in "1234"
            ),
        )  # fmt: skip
        put(
            deps,
            "attachments",
            *(Attachment(id=f"a{n}", complaint_id=n, paper_kind="medical", seal="S-1") for n in "1234"),
        )
        denied = (
            PaperCheck(id=f"i{n}", attachment_id=f"a{n}", complaint_id=n, seal="S-1", result="denied") for n in "1234"
        )
        put(deps, "issuers", *denied)
        assess(deps, someone())
        yield deps


def ring_of(deps: Deps) -> str:
    return room.listed(deps, ANN).rings[0].id


def decided(deps: Deps) -> None:
    for n, row in enumerate(sorted(_complaints(deps))):
        decide_merit(deps, HANNA, row, MeritVerdict.UPHELD if n == 0 else MeritVerdict.NOT_UPHELD, (), "已核")


def _complaints(deps: Deps) -> list[str]:
    with deps.store.read() as work:
        return [one.id for one in work.records.scan("complaints")]


def kept(deps: Deps, *of: str, copy: bool = False) -> Exhibit:
    """An original, or the redacted copy of one; names and numbers in what is said of it."""
    told = About(
        name=f"../王1{PHONE}\u202e.txt",
        of=of,
        media="text/plain",
        system="录音系统",
        how=f"客户 {PHONE} 提供",
        taken_at=NOON,
    )
    original = keep_exhibit(deps, ANN, io.BytesIO(SAID), told)
    if not copy:
        return original
    return keep_exhibit(deps, ANN, io.BytesIO(REDACTED), replace(told, derived_from=original.id, step="遮蔽号码"))


def ordered(deps: Deps, of: str) -> Order:
    """An authority's paper, its scan kept."""
    told = About(name="7号.pdf", of=(of,), media="application/pdf", system="扫描", how="收件扫描", taken_at=NOON)
    scan = keep_exhibit(deps, ANN, io.BytesIO(b"order"), told)
    return Order(number="调取证据通知书〔2026〕7号", issuer="某市公安局某区分局", on=NOON.date(), scan=scan.id)


def referral(
    deps: Deps, scope: tuple[str, ...] = (), to: str = "police", element: str = "extortion.threat", *also: Subject
) -> tuple[str, str]:
    """A case about the ring with one exhibit for one element, and a referral two agreed to."""
    subjects = (Subject(SubjectKind.RING, ring_of(deps)), *also)
    case = open_case(
        deps, ANN, Opened(title="青石所", playbook="ring_level_1", subjects=subjects, reason="同号同章")
    ).case
    work_on_case(deps, ANN, case, Admitted("leo", "协办"))
    work_on_case(deps, ANN, case, Begun("开始"))
    for line in Line:
        work_on_case(deps, ANN, case, Exculpated(line, "已查，无"))
    exhibit = kept(deps, case, copy=True)
    work_on_case(deps, ANN, case, Shown(element, (exhibit.id,), f"原话，来电 {PHONE}"))
    order = ordered(deps, case) if scope else None
    body = ReferralDrafted(
        addressee=to,
        offence=element.partition(".")[0],
        stage=2 if scope else 1,
        rests_on=(ring_of(deps),),
        order=order,
        scope=scope,
    )
    of = refer(deps, ANN, case, body).id
    agree_to_referral(deps, ANN, case, of)
    return case, of


def plain(sheet: Sheet, form: str, _: object) -> bytes:
    """The words of a paper, for tests that look for words."""
    return "\n".join([form, *texts((sheet,))]).encode()


def words(pack: Pack) -> str:
    return "\n".join(paper.data.decode() for paper in pack.bundle.papers)


def test_it_waits_for_two_and_for_merit(deps: Deps) -> None:
    case, of = referral(deps)
    with pytest.raises(OutOfOrder, match="1 did"):
        build_pack(deps, ANN, case, of, plain)
    agree_to_referral(deps, LEO, case, of)
    with pytest.raises(OutOfOrder, match="merit of 4 complaints"):
        build_pack(deps, ANN, case, of, plain)
    decided(deps)
    with pytest.raises(NotPermitted):
        build_pack(deps, someone(Role.ANALYST, name="bob", purpose=INV), case, of, plain)
    names = {paper.name for paper in build_pack(deps, ANN, case, of, plain).bundle.papers}
    assert {
        f"{name}.{form}" for name in ("01-cover", "02-report", "06-complaints", "09-ties") for form in ("pdf", "docx")
    } <= names


def test_a_report_is_masked_and_marks_what_was_true(deps: Deps) -> None:
    decided(deps)
    case, of = referral(deps)
    agree_to_referral(deps, LEO, case, of)
    pack = build_pack(deps, ANN, case, of, plain)
    said = words(pack)
    assert PHONE not in said
    assert "王1" not in said
    assert re.fullmatch(r"EX-[A-Z0-9]+\.txt", pack.bundle.exhibits[0].name), "its id, and by what it is opened"
    assert "属实" in said
    assert pack.personal_items == 0
    assert see_case(deps, ANN, case).facts.referrals[0].sent is None, "building sends nothing"


def test_on_an_order_only_what_it_asks_for_is_in_clear_and_counted(deps: Deps) -> None:
    decided(deps)
    mine = sorted(_complaints(deps))
    case, of = referral(deps, scope=(mine[1],))
    agree_to_referral(deps, LEO, case, of)
    pack = build_pack(deps, ANN, case, of, plain)
    said = words(pack)
    assert PHONE in said
    sizes = [one.size for one in pack.bundle.exhibits]
    assert sizes == [len(b"order"), len(SAID), len(REDACTED)], "its scan first; on an order the original goes too"
    assert mine[1] in said
    assert not any(other in said for other in mine if other != mine[1])
    assert pack.personal_items > 0
    assert "〔2026〕7号" in said


def test_the_bundle_is_the_same_twice_and_checks_itself(deps: Deps, tmp_path: Path) -> None:
    decided(deps)
    case, of = referral(deps)
    agree_to_referral(deps, LEO, case, of)

    def built(name: str) -> str:
        pack = build_pack(deps, ANN, case, of, lambda sheet, form, at: sheet_file(sheet, form, "zh-CN", at))
        return write_bundle(tmp_path / name, pack.bundle, pack.read).root

    root = built("one.zip")
    deps.now.__self__.later(hours=5)  # type: ignore[attr-defined]  # reason: the clock of the test
    keep_exhibit(
        deps,
        ANN,
        io.BytesIO(b"later"),
        About(name="x", of=(case,), media="text/plain", system="s", how="h", taken_at=NOON),
    )
    assert built("two.zip") == root
    one, two = ((tmp_path / name).read_bytes() for name in ("one.zip", "two.zip"))
    assert one.replace(b"one/", b"two/") == two
    assert built("folder") == root
    checked = subprocess.run(
        [sys.executable, "verify.py", root], cwd=tmp_path / "folder", capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout
    held = {path.read_bytes() for path in (tmp_path / "folder" / "data").iterdir() if path.is_file()}
    assert (REDACTED in held, SAID in held) == (True, False), "a report holds the redacted copy alone"
    said = b"".join(path.read_bytes() for path in (tmp_path / "folder").rglob("*") if path.is_file())
    assert PHONE.encode() not in said


def test_days_sealed_before_the_agreement_witness_it_and_later_ones_change_no_byte(deps: Deps, tmp_path: Path) -> None:
    auditor = someone(Role.AUDITOR, purpose=Purpose.INSPECTION)
    make(tmp_path / "audit.key", "correct horse battery", tmp_path / "w")
    key = signer(tmp_path / "audit.key", "correct horse battery")
    decided(deps)
    case, of = referral(deps)
    deps.now.__self__.later(days=1)  # type: ignore[attr-defined]  # reason: the clock of the test
    assert len(seal_days(deps, auditor, key)) == 1
    deps.now.__self__.later(hours=1)  # type: ignore[attr-defined]  # reason: the clock of the test
    agree_to_referral(deps, LEO, case, of)
    one = build_pack(deps, ANN, case, of, plain)
    assert one.bundle.witness is not None
    assert [day.signer for day in one.bundle.witness.days] == [key.key]
    root = write_bundle(tmp_path / "one", one.bundle, one.read).root
    deps.now.__self__.later(days=1)  # type: ignore[attr-defined]  # reason: the clock of the test
    assert len(seal_days(deps, auditor, key)) == 1
    two = build_pack(deps, ANN, case, of, plain)
    assert write_bundle(tmp_path / "two", two.bundle, two.read).root == root
    checked = subprocess.run(
        [sys.executable, "verify.py"], cwd=tmp_path / "two", capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout
    assert "witnessed inside" in checked.stdout


def test_a_time_stamp_over_its_root_goes_along(deps: Deps, tmp_path: Path) -> None:
    decided(deps)
    case, of = referral(deps)
    agree_to_referral(deps, LEO, case, of)
    pack = build_pack(deps, ANN, case, of, plain)
    with open_authority(tmp_path / "tsa") as authority:
        stamp = TimeAuthority(authority.url, authority.roots).stamp
        root = write_bundle(tmp_path / "pack", pack.bundle, pack.read, stamp).root
        arguments = ["-verify", "-digest", root, "-in", str(tmp_path / "pack/timestamp.tsr"), "-CAfile", "ca.pem"]
        subprocess.run(["openssl", "ts", *arguments], cwd=authority.folder, capture_output=True, check=True)
    checked = subprocess.run(
        [sys.executable, "verify.py"], cwd=tmp_path / "pack", capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout
    assert "anchored outside: the time-stamp" in checked.stdout


def test_no_exhibit_no_pack(deps: Deps) -> None:
    decided(deps)
    case, of = referral(deps)
    agree_to_referral(deps, LEO, case, of)
    facts = see_case(deps, ANN, case).facts
    body = replace(facts.referrals[0].drafted, offence="fraud")
    other = refer(deps, ANN, case, body).id
    agree_to_referral(deps, ANN, case, other)
    agree_to_referral(deps, LEO, case, other)
    with pytest.raises(OutOfOrder, match="no exhibit"):
        build_pack(deps, ANN, case, other, plain)


def test_a_report_holds_no_original_and_an_order_nothing_of_others(deps: Deps) -> None:
    decided(deps)
    mine = sorted(_complaints(deps))
    case, of = referral(deps)
    other = kept(deps, mine[0])
    work_on_case(deps, ANN, case, Shown("extortion.demand", (other.id,)))
    for one in (ANN, LEO):
        agree_to_referral(deps, one, case, of)
    with pytest.raises(OutOfOrder, match=f"these are none: {other.id}"):
        build_pack(deps, ANN, case, of, plain)
    draft = see_case(deps, ANN, case).facts.referrals[0].drafted
    full = refer(deps, ANN, case, replace(draft, stage=2, order=ordered(deps, case), scope=(mine[1],))).id
    for one in (ANN, LEO):
        agree_to_referral(deps, one, case, full)
    pack = build_pack(deps, ANN, case, full, plain)
    assert len(pack.bundle.exhibits) == 3
    assert "另有 1 件证据不在文书范围之内" in words(pack)


def test_what_changes_after_two_agreed_takes_two_again(deps: Deps) -> None:
    decided(deps)
    case, of = referral(deps)
    agree_to_referral(deps, LEO, case, of)
    work_on_case(deps, ANN, case, Exculpated(Line.MERIT, "改写"))
    with pytest.raises(OutOfOrder, match="0 did"):
        build_pack(deps, ANN, case, of, plain)


def test_a_joint_grievance_is_referred_to_nobody(tmp_path: Path) -> None:
    with house(tmp_path, clock=FixedClock()) as deps:
        who = [
            Customer(id=f"c{n}", name="王", verified=True, household=f"h{n}", employer="none", merchant="none")
            for n in "123"
        ]
        put(deps, "customers", *who)
        put(deps, "complaints", *(filed(n) for n in "123"))
        papers = (Attachment(id=f"a{n}", complaint_id=n, paper_kind="medical", seal="S-1") for n in "123")
        put(deps, "attachments", *papers)
        assess(deps, someone())
        with pytest.raises(OutOfOrder, match="joint grievance"):
            referral(deps)


def filed(n: str, text: str = "请核实我的账单") -> Complaint:
    return Complaint(
        id=n, received_at=NOON, text=text, licence="bank", customer_id=f"c{n}", filer_phone=PHONE, filer_role="self"
    )


def test_a_case_is_closed_to_whoever_could_still_decide_merit(deps: Deps) -> None:
    case, _ = referral(deps)
    cat = someone(Role.CONSUMER_PROTECTION, name="cat", purpose=INV)
    with pytest.raises(NotPermitted, match="merit"):
        break_glass(deps, cat, case, "想看看")
    work_on_case(deps, ANN, case, Admitted("cat", "协办"))
    with pytest.raises(NotPermitted, match="merit"):
        see_case(deps, cat, case)
    assert cases(deps, cat) == ()
    decided(deps)
    assert see_case(deps, cat, case).id == case


def test_whom_a_complaint_names_sees_neither_case_nor_exhibit(deps: Deps) -> None:
    admin = someone(Role.ADMIN, purpose=Purpose.ADMINISTRATION)
    create_account(deps, admin, "leo", (Role.LEGAL,), None, Stands(known_as=("李雷雷",)))
    put(deps, "complaints", filed("1", "你们法务李雷雷收了我的钱"))
    mine = sorted(_complaints(deps))
    case, of = referral(deps)
    with pytest.raises(NotPermitted, match="names the person"):
        agree_to_referral(deps, LEO, case, of)
    with pytest.raises(NotPermitted, match="names the person"):
        break_glass(deps, LEO, case, "看看")
    held = {kept(deps, one).id for one in mine}
    assert len({one.id for one in exhibits_of(deps, LEO)} & held) == len(held) - 1


def test_a_hold_goes_before_erasure_and_erasure_takes_what_is_theirs(deps: Deps) -> None:
    cp = someone(Role.CONSUMER_PROTECTION)
    case, _ = referral(deps)
    first, *_ = sorted(_complaints(deps))
    with deps.store.read() as work:
        owner = open_record(deps.keys, work.records.heads("complaints", [first])[first]).clear.customer_id
    picture = kept(deps, first, case)
    work_on_case(deps, ANN, case, Held("诉讼"))
    with pytest.raises(OutOfOrder, match="legal hold"):
        erase_customer(deps, cp, "test", owner, "本人要求")
    with pytest.raises(OutOfOrder, match="legal hold"):
        erase_exhibit(deps, cp, picture.id, "本人要求")
    work_on_case(deps, ANN, case, HoldLifted("完"))
    done = erase_customer(deps, cp, "test", owner, "本人要求")
    assert done.cases == (case,), "others are in it too: people redact it"
    with pytest.raises((NotFound, KeyTrouble)):
        read_exhibit(deps, ANN, picture.id)
