"""What somebody is given about themselves: all of theirs, nothing of anybody else, for whoever decides no merit, sealed before it answers."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingcha.actions import decide
from mingcha.actions.access_copy import access_copy
from mingcha.actions.access_paper import ACTS, access_json, access_sheet
from mingcha.actions.aid import help_customer
from mingcha.actions.assess import assess
from mingcha.actions.deps import Deps
from mingcha.actions.erase import erase_customer
from mingcha.actions.exhibits import keep_exhibit
from mingcha.actions.inspection.inspect import Asked, inspect
from mingcha.actions.kept import record_id
from mingcha.actions.look import merit_view
from mingcha.actions.reasons import reason_of
from mingcha.errors import InputError, NotFound, NotPermitted
from mingcha.evidence.canonical import parse
from mingcha.model.access import Proved
from mingcha.model.account import Offer
from mingcha.model.actor import Purpose, Role
from mingcha.model.aid import LossRecorded, Proof
from mingcha.model.aid import Proved as AidProved
from mingcha.model.call import Call
from mingcha.model.complaint import Complaint
from mingcha.model.decision import Conclusion, MeritVerdict
from mingcha.model.exhibit import About
from mingcha.model.kinds import BY_CODE
from mingcha.model.party import Authorisation, Callback, Customer, Representative
from mingcha.model.traces import Lead
from mingcha.model.transcript import Turn
from mingcha.testing.house import NOON, FixedClock, house, put, someone
from mingcha.wiring import write_access

LEO = someone(Role.LEGAL, name="leo", purpose=Purpose.INVESTIGATION)
CP = someone(Role.CONSUMER_PROTECTION, name="cp")
ANN = someone(Role.ANALYST, name="ann", purpose=Purpose.INVESTIGATION)
VIC = someone(Role.VICTIM_SUPPORT, name="vic", purpose=Purpose.AID)
AU = someone(Role.INSPECTOR, Role.AUDITOR, name="au", purpose=Purpose.INSPECTION)
SEEN = Proved(Proof.BRANCH, "王柜员", "核对身份证原件")
NAMES = ("王小明", "李建国", "赵一二", "周大海")
PHONES = tuple(f"1390000000{n}" for n in range(4))
AGENT = "13812345678"
LETTER = (
    "去年贷款办理之后利息一直不清楚，多次询问贵行都没有书面答复，现要求核对全部扣款并退还多收的费用，另请停止半夜来电。"
)


def cid(deps: Deps, name: str, kind: str = "complaints") -> str:
    return record_id(deps.keys, BY_CODE[kind], "test", name)


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Deps]:
    with house(tmp_path, memory=True, clock=FixedClock()) as opened:
        alone = {"household": "none", "employer": "none", "merchant": "none", "verified": True}
        put(
            opened,
            "customers",
            *(Customer(id=f"c{n}", name=name, phone=PHONES[n], **alone) for n, name in enumerate(NAMES)),
        )
        for n in range(4):
            filed = Complaint(
                id=str(n), received_at=NOON - timedelta(days=n), customer_id=f"c{n}", text=f"{LETTER}第{n}件", licence="bank",
                filer_role="self", filer_name=NAMES[n], filer_phone=PHONES[n] if n != 1 else AGENT,
            )  # fmt: skip
            put(opened, "complaints", filed)
            signed = Authorisation(
                id=f"u{n}", customer_id=f"c{n}", complaint_id=str(n), agent_name="钱代办", agent_phone=AGENT
            )
            put(opened, "authorisations", signed)
        put(opened, "leads", Lead(id="l", customer_id="c0", caller_phone=AGENT, told="有人来电说能停息"))
        assess(opened, someone())
        yield opened


def about(*of: str) -> About:
    return About(of=of, name="聊天.png", media="image/png", system="s", how="客户提供", taken_at=NOON)


def zipped(deps: Deps, folder: Path, customer: str = "c0") -> dict[str, bytes]:
    target = folder / f"{customer}.zip"
    target.unlink(missing_ok=True)
    write_access(target, access_copy(deps, LEO, "test", customer, SEEN))
    with zipfile.ZipFile(target) as pack:
        return {one: pack.read(one) for one in pack.namelist()}


def test_all_of_theirs_in_clear_and_whoever_else_masked(deps: Deps, tmp_path: Path) -> None:
    mine = keep_exhibit(deps, ANN, io.BytesIO(b"mine"), about(cid(deps, "0")))
    keep_exhibit(deps, ANN, io.BytesIO(b"both"), about(cid(deps, "0"), cid(deps, "2")))
    decide.decide_merit(deps, CP, cid(deps, "0"), MeritVerdict.UPHELD, (), f"核算属实，代办 {AGENT}")
    decide.decide_conclusion(deps, ANN, cid(deps, "0"), Conclusion.ORDINARY, "无异常", None)
    help_customer(deps, VIC, cid(deps, "c0", "customers"), AidProved(Proof.FACE))
    help_customer(deps, VIC, cid(deps, "c0", "customers"), LossRecorded(fee=30_000, paid_on=NOON.date(), payee=AGENT))
    merit_view(deps, CP, cid(deps, "0"))
    merit_view(deps, CP, cid(deps, "2"))
    files = zipped(deps, tmp_path)
    told = json.loads(files["data.json"])
    assert {one["kind"] for one in told["records"]} == {"complaints", "customers", "authorisations", "leads"}
    values = {(one["kind"], value["column"]): value for one in told["records"] for value in one["values"]}
    assert values["customers", "phone"] == {
        "column": "phone",
        "label": {"zh": "预留手机号", "en": "reserved number"},
        "text": PHONES[0],
    }
    assert values["authorisations", "agent_phone"]["text"] == "138****5678"
    assert values["leads", "told"]["text"] == "有人来电说能停息"
    (complaint,) = told["complaints"]
    assert [(one["verdict"]["zh"], one["roles"]) for one in complaint["decisions"]] == [
        ("诉求成立", ["consumer_protection"]), ("普通投诉", ["analyst"]),
    ]  # fmt: skip
    assert complaint["findings"], "four filed one letter"
    assert [one["act"] for one in told["read_by"] if one["act"] == "see_merit"] == ["see_merit"]
    assert [one["did"]["en"] for one in told["help"]][-1] == "enter what they paid"
    assert files[f"exhibits/{mine.id}.png"] == b"mine"
    assert [one for one in files if one.startswith("exhibits/")] == [f"exhibits/{mine.id}.png"]
    assert any("1 exhibits are about others too" in one["en"] for one in told["left_out"])
    assert files["说明.pdf"][:5] == files["explanation.pdf"][:5] == b"%PDF-"
    assert repr(told["read_by"]).count("cp") == 0, "staff are told by their roles"


def test_nothing_of_anybody_else_no_ring_no_level(deps: Deps, tmp_path: Path) -> None:
    others = [
        *NAMES[1:],
        *PHONES[1:],
        *(cid(deps, str(n)) for n in range(1, 4)),
        *(cid(deps, f"c{n}", "customers") for n in range(1, 4)),
    ]
    said = access_json(access_copy(deps, LEO, "test", "c0", SEEN).copy).decode()
    with deps.store.read() as work:
        made = work.desk.assessments([cid(deps, "0")])[cid(deps, "0")]
    for one in (*others, AGENT, "leo", made.label, *filter(None, (made.campaign, made.group))):
        assert one not in said, one
    assert not [word for word in ("恶意", "黑产", "老赖", '"level', "points", "suspected_illegal") if word in said]
    files = zipped(deps, tmp_path, "c1")
    assert files[f"complaints/{cid(deps, '1')}.txt"].decode() == f"{LETTER}第1件"


def test_columns_of_a_source_file_that_nobody_reads_are_not_given(deps: Deps, tmp_path: Path) -> None:
    """A ledger's own columns hold staff, agents and notes: nobody knows whose."""
    put(deps, "complaints", Complaint(id="9", received_at=NOON, customer_id="c0", text="多收利息", licence="bank"))
    files = zipped(deps, tmp_path)
    assert files[f"complaints/{cid(deps, '9')}.txt"].decode() == "多收利息", "not the row it came in"


def test_staff_representatives_and_whoever_else_was_called_are_not_told(deps: Deps) -> None:
    call = {"call_id": "l", "customer_id": "c0", "said_at": NOON}
    put(deps, "calls", Call(id="l", customer_id="c0", called_at=NOON, number_to=PHONES[1], callee="contact"))
    turns = (
        ("t1", "contact", "contact", "我是他母亲李桂芳"),
        ("t2", "contact", "collector", "请您转告"),
        ("t3", "customer", "collector", "您好"),
    )
    put(deps, "transcripts", *(Turn(id=n, callee=c, speaker=s, text=t, **call) for n, c, s, t in turns))
    put(deps, "callbacks", Callback(id="b", customer_id="c0", called_at=NOON, asked_by="赵坐席", answers="本人所提"))
    put(deps, "offers", Offer(id="o", customer_id="c0", offered_by="钱经理", amount=1))
    put(
        deps, "representatives", Representative(id="r", customer_id="c0", name="孙律师", licence_no="13301201010123456")
    )
    said = access_json(access_copy(deps, LEO, "test", "c0", SEEN).copy).decode()
    for one in ("李桂芳", "请您转告", PHONES[1], "赵坐席", "钱经理", "孙律师", "13301201010123456"):
        assert one not in said, one
    for one in ("您好", "本人所提"):
        assert one in said, one


def test_what_a_program_noticed_waits_for_merit(deps: Deps) -> None:
    """Law 2: the copy stays with a file that whoever decides it may see."""
    before = access_copy(deps, LEO, "test", "c0", SEEN).copy
    assert (before.complaints[0].findings, len(before.left_out)) == ((), 2)
    decide.decide_merit(deps, CP, cid(deps, "0"), MeritVerdict.UPHELD, (), "核算属实")
    after = access_copy(deps, LEO, "test", "c0", SEEN).copy
    assert after.complaints[0].findings
    assert len(after.left_out) == 1


def test_it_takes_two_to_look_at_somebody(deps: Deps) -> None:
    """Law 10: whoever makes it did not see the proof: an account and the same name at the keyboard are one."""
    for name in ("leo", " leo ", "local:leo"):
        with pytest.raises(NotPermitted, match="somebody else"):
            access_copy(deps, LEO, "test", "c0", Proved(Proof.BRANCH, name, "x"))


def test_how_they_proved_it_goes_when_they_go(deps: Deps) -> None:
    access_copy(deps, LEO, "test", "c0", SEEN)
    erase_customer(deps, CP, "test", "c0", "应本人要求")
    with deps.store.read() as work:
        given = [parse(link.payload) for link in work.chains.read("access")]
        ids = [str(one["reason"]) for one in given if one["act"] == "give_access"]
        assert [one.wrapped for one in work.reasons.get(ids).values()] == [b""]
    assert inspect(deps, AU, Asked(first=NOON.date(), last=NOON.date(), seed="s")).flaws == ()


def test_the_file_is_its_owners_alone(deps: Deps, tmp_path: Path) -> None:
    write_access(tmp_path / "a.zip", access_copy(deps, LEO, "test", "c0", SEEN))
    assert (tmp_path / "a.zip").stat().st_mode & 0o077 == 0


def test_who_gave_it_on_which_proof_is_sealed_before_it_answers(deps: Deps) -> None:
    access_copy(deps, LEO, "test", "c0", SEEN)
    with deps.store.read() as work:
        act = [parse(link.payload) for link in work.chains.read("access")][-1]
        why = reason_of(deps.keys, work.reasons.get([str(act["reason"])])[str(act["reason"])])
    assert (act["act"], act["proof"], act["checked_by"], act["by"]) == ("give_access", "branch", "王柜员", "leo")
    assert (act["customers"], act["complaints"]) == ([cid(deps, "c0", "customers")], [cid(deps, "0")])
    assert why == "核对身份证原件"
    found = inspect(deps, AU, Asked(first=NOON.date(), last=NOON.date(), seed="s"))
    assert [one.act for one in found.opened] == ["give_access"]
    assert found.flaws == ()


def test_not_without_a_proof_not_by_whoever_decides_merit_and_not_of_nobody(deps: Deps) -> None:
    for asked in (Proved(Proof.FACE, " ", "x"), Proved(Proof.FACE, "x", "")):
        with pytest.raises(InputError):
            access_copy(deps, LEO, "test", "c0", asked)
    with pytest.raises(NotPermitted):
        access_copy(deps, CP, "test", "c0", SEEN)
    both = someone(Role.LEGAL, Role.HANDLER, name="both")
    with pytest.raises(NotPermitted, match="decides merit"):
        access_copy(deps, both, "test", "c0", SEEN)
    for system, customer in (("test", "nobody"), ("other", "c0")):
        with pytest.raises(NotFound, match=customer):
            access_copy(deps, LEO, system, customer, SEEN)
    erase_customer(deps, CP, "test", "c0", "应本人要求")
    with pytest.raises(NotFound):
        access_copy(deps, LEO, "test", "c0", SEEN)


def test_the_paper_says_the_same_in_both_languages_and_the_same_bytes(deps: Deps, tmp_path: Path) -> None:
    copy = access_copy(deps, LEO, "test", "c0", SEEN).copy
    zh, en = (access_sheet(copy, locale) for locale in ("zh-CN", "en"))
    assert len(zh.blocks) == len(en.blocks)
    assert {one.act for one in copy.read_by} <= set(ACTS), "every act that names people has its words"
    made = access_copy(deps, LEO, "test", "c0", SEEN)
    for name in ("a.zip", "b.zip"):
        write_access(tmp_path / name, made)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with pytest.raises(InputError):
        write_access(tmp_path / "a.zip", made)


NUMBER = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@settings(max_examples=25, deadline=None)
@given(mine=NUMBER, agent=NUMBER)
def test_an_agents_number_is_never_told_and_ones_own_always(
    tmp_path_factory: pytest.TempPathFactory, mine: str, agent: str
) -> None:
    with house(tmp_path_factory.mktemp("a"), memory=True) as deps:
        put(deps, "customers", Customer(id="c", name="王小明", phone=mine))
        put(deps, "authorisations", Authorisation(id="u", customer_id="c", agent_phone=agent))
        said = access_json(access_copy(deps, LEO, "test", "c", SEEN).copy).decode()
    assert mine in said
    assert (agent in said) == (agent == mine)
