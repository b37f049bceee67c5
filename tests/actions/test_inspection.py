"""Whatever was done to the tables underneath, an inspection names it; and of what nobody touched it says nothing."""

import hashlib
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from mingcha.actions import decide
from mingcha.actions import inspection as package
from mingcha.actions.assess import assess
from mingcha.actions.care import stop_contact
from mingcha.actions.clock_paper import record_clock_event
from mingcha.actions.deps import Deps
from mingcha.actions.erase import erase_customer
from mingcha.actions.families import join
from mingcha.actions.inspection.inspect import Asked, draw, inspect
from mingcha.actions.inspection.pack import heads_in, make_pack
from mingcha.actions.kept import record_id
from mingcha.actions.quality import parity_figures
from mingcha.actions.repairs import open_repair, record_fix
from mingcha.errors import InputError, NotPermitted
from mingcha.model.actor import Purpose, Role
from mingcha.model.call import Call, Coverage
from mingcha.model.clock import ClockEvent, ClockEventKind
from mingcha.model.complaint import Complaint
from mingcha.model.decision import Conclusion, MeritVerdict
from mingcha.model.inspection import FLAWS, Inspection
from mingcha.model.kinds import BY_CODE
from mingcha.model.merit import Grievance
from mingcha.model.notice import Transfer
from mingcha.model.party import Customer
from mingcha.model.repair import Cause, Source
from mingcha.model.words import Words
from mingcha.testing.house import NOON, FixedClock, house, put, someone
from mingcha.wiring import inspection_html

INSPECTOR = someone(Role.INSPECTOR, name="ins", purpose=Purpose.INSPECTION)
HANDLER, OTHER = someone(Role.HANDLER, name="han"), someone(Role.SUPERVISOR, name="sup")
ANALYST = someone(Role.ANALYST, name="ana", purpose=Purpose.INVESTIGATION)
LETTER = (
    "我于去年在贵司办理分期，业务员当时说月息很低，后来我才发现每期还多收了一笔服务费，合同里根本没有写清楚。"
    "现在我失业在家，没有收入来源，要求贵司退还服务费{n}元，并把剩余本金分六十期归还，请在十五日内书面答复我本人。"
)
OTHER_LETTER = (
    "催收人员半夜打电话到我家里，还威胁要到我单位去闹，我的父母因此住院，请贵行立即停止这种行为并向我全家道歉。"
    "我名下的信用卡一直正常使用，只是今年生意失败才晚还了{n}天，希望贵行理解我的困难，给我一个可行的还款安排。"
)
PERIOD = Asked(first=date(2026, 3, 1), last=date(2026, 3, 31), seed="检查七", sample=4)


def paper(kind: ClockEventKind, days: int, document: str, **more: object) -> ClockEvent:
    at = NOON + timedelta(days=days)
    return ClockEvent(**{"kind": kind, "at": at, "document": document, "by": "han", **more})  # type: ignore[arg-type]


def ids(deps: Deps) -> dict[str, str]:
    """Keyed ids by source id."""
    return {str(n): record_id(deps.keys, BY_CODE["complaints"], "test", str(n)) for n in range(1, 10)}


def build(deps: Deps, clock: FixedClock) -> None:
    put(deps, "customers", *(Customer(id=f"c{n}", phone=f"1380000000{n}") for n in range(1, 10)))
    texts = [LETTER.format(n=n) for n in (100, 200, 300)] + [OTHER_LETTER.format(n=n) for n in (3, 5)]
    texts += ["催收半夜给我打电话。", "利息太高。", "我活不下去了，想自杀。", "请处理我的问题"]
    for n, text in enumerate(texts, 1):
        clock.later(seconds=1)
        put(
            deps,
            "complaints",
            Complaint(
                id=str(n),
                received_at=NOON,
                text=text,
                licence="bank",
                customer_id=f"c{n}",
                channel="hotline",
                lender="甲银行",
            ),
        )
    night = NOON - timedelta(days=9, hours=-11)  # 23:00 in China
    put(deps, "calls", Call(id="l1", customer_id="c6", called_at=night, callee="customer", connected=True))
    put(deps, "coverage", Coverage(id="g", record_kind="calls", from_on=date(2025, 1, 1), to_on=date(2026, 12, 1)))
    put(
        deps,
        "transfers",
        Transfer(id="t1", complaint_id="6", transferred_on=NOON.date()),
        Transfer(id="t2", complaint_id="7", transferred_on=NOON.date()),
    )
    assess(deps, someone())
    of = ids(deps)
    clock.later(days=6)
    decide.decide_merit(deps, HANDLER, of["6"], MeritVerdict.UPHELD, (Grievance.NIGHT_CALLS,), "查过记录")
    for n, verdict in (("7", MeritVerdict.NOT_UPHELD), ("1", MeritVerdict.NOT_UPHELD)):
        decide.decide_merit(deps, HANDLER, of[n], verdict, (), "查过记录")
    wrong = decide.decide_merit(deps, HANDLER, of["2"], MeritVerdict.NOT_UPHELD, (), "看错了")
    decide.undo(deps, HANDLER, of["2"], wrong.id, "看错了")
    accused = decide.decide_conclusion(
        deps, ANALYST, of["1"], Conclusion.LINKED, "同一手笔", "cba-agency@2024-01-draft:means.1"
    )
    decide.confirm(deps, someone(Role.LEGAL, name="law", purpose=Purpose.INVESTIGATION), of["1"], accused.id, "同意")
    record_clock_event(
        deps,
        HANDLER,
        of["7"],
        paper(
            ClockEventKind.EXTENSION,
            3,
            "批文1号",
            approver_rank="head_office_executive",
            notified_at=NOON + timedelta(days=3),
        ),
    )
    record_clock_event(deps, HANDLER, of["9"], paper(ClockEventKind.ANSWERED, 5, "答复1号"))
    night_calls = Cause(Source.LENDER, "甲银行", Grievance.NIGHT_CALLS)
    for n in (1, 2):
        open_repair(deps, OTHER, night_calls, "陈工", "停用夜间外呼", date(2026, 4, 30))
        if n == 1:
            record_fix(deps, OTHER, "R-1", clock.at.date(), "策略变更单")
    stop_contact(deps, HANDLER, of["8"], "本人要求")
    stop_contact(deps, HANDLER, of["5"], "本人要求")
    stop_contact(deps, HANDLER, of["5"], "本人要求恢复", lift=True)
    clock.later(hours=1)
    with deps.store.read() as work:
        first, second = sorted(work.campaigns.families())[:2]
    join(deps, ANALYST, first, second, "同一模板")
    clock.later(hours=1)
    put(deps, "calls", Call(id="l2", customer_id="c7", called_at=night, callee="customer", connected=True))
    assess(deps, someone())
    clock.later(hours=1)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    clock = FixedClock()
    with house(folder, clock=clock) as deps:
        build(deps, clock)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    for one in made.iterdir():
        shutil.copy(one, tmp_path / one.name)
    return tmp_path


@pytest.fixture
def deps(folder: Path) -> Iterator[Deps]:
    clock = FixedClock(at=NOON + timedelta(days=8))
    clock.serial = 10_000
    with house(folder, clock=clock) as opened:
        yield opened


def look(deps: Deps, asked: Asked = PERIOD) -> Inspection:
    return inspect(deps, INSPECTOR, asked)


def test_nothing_is_said_of_what_nobody_touched(deps: Deps) -> None:
    found = look(deps)
    assert found.flaws == ()
    counts = dict(found.counts)
    assert (counts["complaints"], counts["decisions"], counts["papers"], counts["assessments"]) == (9, 7, 2, 9)
    assert look(deps).flaws == (), "an inspection is no flaw to the next one"


def test_what_comes_in_later_and_is_erased_is_no_flaw(deps: Deps) -> None:
    """New letters, one of them of a family; an amended complaint; a person's data erased: all of it by acts that are sealed."""
    put(
        deps,
        "complaints",
        Complaint(id="20", received_at=NOON + timedelta(days=2), text=LETTER.format(n=700), licence="bank"),
    )
    put(deps, "complaints", Complaint(id="21", text="没有写收到日期的投诉", licence="bank"))
    put(
        deps,
        "complaints",
        Complaint(
            id="7",
            received_at=NOON + timedelta(days=3),
            text="利息太高，补充材料。",
            licence="bank",
            customer_id="c7",
            channel="hotline",
        ),
    )
    assert look(deps).flaws == ()
    erase_customer(deps, someone(Role.CONSUMER_PROTECTION), "test", "c3", "本人要求")
    assert look(deps).flaws == ()
    assess(deps, someone())
    assert look(deps).flaws == ()


def test_a_paper_dated_ahead_accuses_nobody(deps: Deps, folder: Path) -> None:
    """It has no effect the day it is recorded; that the desk was reckoned then is no tampering."""
    ahead = paper(
        ClockEventKind.EXTENSION,
        12,
        "批文2号",
        approver_rank="head_office_executive",
        notified_at=NOON + timedelta(days=12),
    )
    record_clock_event(deps, HANDLER, ids(deps)["6"], ahead)
    later = replace(deps, now=lambda: NOON + timedelta(days=14))
    assert look(later).flaws == ()


ONE = "(SELECT complaint FROM decisions WHERE verdict = 'upheld')"
EXTENDED = "(SELECT complaint FROM clock_events WHERE kind = 'extension')"
HIGH = "(SELECT MAX(number) + 1 FROM decisions)"
TAMPERED: dict[str, tuple[str, str]] = {
    # the register
    "a complaint deleted": ("DELETE FROM tokens WHERE seq IN (SELECT seq FROM records WHERE id = {one}); DELETE FROM records WHERE id = {one}", "seal_broken"),
    "a complaint hidden from the desk": ("DELETE FROM desk WHERE complaint = {one}", "complaint_hidden"),
    "a row of no complaint": ("INSERT INTO desk SELECT 'C-GHOST', received_at, channel, product, licence, matter, due, first_due, nearest, lane, state, unread_clock, merit_decided, concluded, assigned_to, reopened FROM desk WHERE complaint = {one}", "row_of_none"),
    "a version hidden": ("UPDATE records SET superseded_by = 9999 WHERE id = {one}", "record_hidden"),
    "data erased without an act": ("UPDATE records SET wrapped = x'', body = x'' WHERE id = {one}", "erased_unsealed"),
    "a record exchanged for another's": ("UPDATE records SET wrapped = (SELECT wrapped FROM records WHERE kind = 'complaints' AND id <> {one}), body = (SELECT body FROM records WHERE kind = 'complaints' AND id <> {one}) WHERE id = {one}", "record_changed"),
    "a record re-dated": ("UPDATE records SET recorded_at = recorded_at + 86400000000 WHERE id = {one}", "record_redated"),
    "a record of no batch": ("UPDATE records SET batch = 'b' WHERE id = {one}", "record_unsealed"),
    "a commitment altered": ("UPDATE records SET commitment = 'x' WHERE id = {one}", "seal_broken"),
    "a call made not to be found": ("DELETE FROM tokens WHERE seq IN (SELECT seq FROM records WHERE kind = 'calls')", "tokens_changed"),
    "a call given to another customer": ("UPDATE tokens SET token = 'P-OTHER' WHERE seq IN (SELECT seq FROM records WHERE kind = 'calls')", "tokens_changed"),
    "a batch struck off the list": ("DELETE FROM batches WHERE number = 2", "batch_missing"),
    "rejected rows made good": ("UPDATE batches SET rejected = 7 WHERE number = 2", "batch_changed"),
    "a batch nobody sealed": ("INSERT INTO batches SELECT 999, 'new', kind, source_system, file_digest, file_name, rows, taken, unchanged, amended, rejected, repair, by, at FROM batches WHERE number = 1", "batch_unsealed"),
    # the clock
    "receipt back-dated": ("UPDATE desk SET received_at = received_at + 864000000000 WHERE complaint = {one}", "receipt_changed"),
    "due date moved": ("UPDATE desk SET due = date(due, '+10 days') WHERE complaint = {one}", "clock_changed"),
    "first due date moved": ("UPDATE desk SET first_due = date(first_due, '+10 days') WHERE complaint = {one}", "clock_changed"),
    "order in the queue moved": ("UPDATE desk SET nearest = date(nearest, '+10 days') WHERE complaint = {one}", "clock_changed"),
    "answered without a paper": ("UPDATE desk SET state = 'answered' WHERE complaint = {one}", "state_changed"),
    "withdrawn without a paper": ("UPDATE desk SET state = 'withdrawn' WHERE complaint = {one}", "state_changed"),
    "channel changed": ("UPDATE desk SET channel = 'branch' WHERE complaint = {one}", "row_changed"),
    "who has it changed": ("UPDATE desk SET assigned_to = 'sup' WHERE complaint = {one}", "assigned_changed"),
    "welfare lane taken away": ("UPDATE desk SET lane = 1", "welfare_removed"),
    "extension paper deleted": ("DELETE FROM clock_events WHERE kind = 'extension'", "paper_missing"),
    "approver's rank raised": ("UPDATE clock_events SET approver_rank = 'superior_body' WHERE kind = 'extension'", "paper_changed"),
    "notice of the extension re-dated": ("UPDATE clock_events SET notified_at = notified_at - 86400000000 WHERE kind = 'extension'", "paper_changed"),
    "answer's day moved": ("UPDATE clock_events SET at = at - 86400000000 WHERE kind = 'answered'", "paper_changed"),
    "a paper of another complaint": ("UPDATE clock_events SET complaint = {one} WHERE kind = 'answered'", "paper_unsealed"),
    "a paper smuggled in": ("INSERT INTO clock_events SELECT number + 50, complaint, seq, kind, at, document, by, approver_rank, notified_at, until, new_passage, contacted_first_by, channel, offered, matter, asked FROM clock_events WHERE kind = 'extension'", "paper_unsealed"),
    "a paper made to ask for an authority": ("UPDATE clock_events SET asked = 'authorisation' WHERE kind = 'extension'", "paper_changed"),
    "a repair struck off": ("DELETE FROM summaries WHERE kind = 'repairs'", "repair_changed"),
    "the opening of repairs taken out of its chain": ("DELETE FROM links WHERE chain = 'decisions' AND CAST(payload AS TEXT) LIKE '%open_repair%'", "repair_changed"),
    "a repair given more time": (
        "UPDATE summaries SET body = CAST(REPLACE(CAST(body AS TEXT), '2026-04-30', '2027-04-30') AS BLOB) WHERE kind = 'repairs'",
        "repair_changed",
    ),
    "a stop of contacts struck off": ("DELETE FROM summaries WHERE kind = 'stop_contact'", "stop_changed"),
    # decisions
    "a decision deleted": ("DELETE FROM decisions WHERE verdict = 'upheld'", "decision_missing"),
    "a verdict turned round": ("UPDATE decisions SET verdict = 'not_upheld' WHERE verdict = 'upheld'", "decision_changed"),
    "what was upheld changed": ("UPDATE decisions SET grievances = 'price' WHERE verdict = 'upheld'", "decision_changed"),
    "somebody else's name under it": ("UPDATE decisions SET by = 'sup' WHERE verdict = 'upheld'", "decision_changed"),
    "a decision smuggled in": (f"INSERT INTO decisions SELECT {HIGH}, 'new', complaint, stage, verdict, grievances, reason, clause, by, at, second, undoes, confirms FROM decisions WHERE verdict = 'upheld'", "decision_unsealed"),
    "one person confirming himself": ("UPDATE decisions SET by = 'ana' WHERE confirms IS NOT NULL", "one_person"),
    "the conclusion made to come first": ("UPDATE decisions SET number = number + 1000 WHERE stage = 'merit'", "order"),
    "decided although nobody did": ("UPDATE desk SET merit_decided = 1 WHERE merit_decided = 0", "decided_changed"),
    "the mark of changed records wiped off": ("UPDATE desk SET reopened = 0", "reopened_changed"),
    "a reason deleted": ("DELETE FROM reasons WHERE id = (SELECT id FROM decisions WHERE verdict = 'upheld')", "seal_broken"),
    # what was found
    "a label changed": ("UPDATE assessments SET label = 'linked_to_suspected_organisation'", "assessment_changed"),
    "an assessment deleted": ("DELETE FROM newest_assessments WHERE complaint = {one}", "assessments_missing"),
    "the older assessment put back": ("UPDATE newest_assessments SET number = (SELECT MIN(number) FROM assessments a WHERE a.complaint = newest_assessments.complaint)", "assessments_missing"),
    "a family silenced": ("DELETE FROM memberships", "families_changed"),
    "a letter taken out of its family": ("DELETE FROM memberships WHERE complaint = (SELECT MIN(complaint) FROM memberships)", "families_changed"),
    "a judgement of families deleted": ("DELETE FROM judgements", "judgement_missing"),
    # the chains themselves
    "a sealed act deleted": ("DELETE FROM links WHERE chain = 'custody' AND seq = 5", "seal_broken"),
    "a sealed act rewritten": ("UPDATE links SET payload = CAST(REPLACE(CAST(payload AS TEXT), 'han', 'sup') AS BLOB) WHERE chain = 'decisions'", "seal_broken"),
    "decisions cut off at their end": ("DELETE FROM links WHERE chain = 'decisions' AND seq > 2", "chain_cut"),
    "a chain gone altogether": ("DELETE FROM links WHERE chain = 'decisions'", "chain_cut"),
    "parity of a run gone": ("DELETE FROM links WHERE chain = 'decisions' AND seq = (SELECT MAX(seq) FROM links WHERE chain = 'decisions')", "parity_missing"),
}  # fmt: skip


@pytest.mark.parametrize("how", TAMPERED)
def test_tampering_is_named(deps: Deps, folder: Path, how: str) -> None:
    script, code = TAMPERED[how]
    one = ids(deps)["6"]
    with sqlite3.connect(folder / "house.db") as plain:
        before = list(plain.iterdump())
        plain.execute("PRAGMA foreign_keys=OFF")
        plain.executescript(script.replace("{one}", f"'{one}'"))
        assert list(plain.iterdump()) != before, "the tampering changed something"
    found = look(deps)
    assert code in {flaw.code for flaw in found.flaws}, [(f.code, f.where, f.words.en) for f in found.flaws]
    assert all(flaw.words.zh != flaw.words.en and flaw.where for flaw in found.flaws)


def test_at_least_twenty_five_kinds_are_tried() -> None:
    assert len(TAMPERED) >= 25
    assert len({code for _, code in TAMPERED.values()}) >= 25


def test_a_chain_cut_where_nothing_else_shows_is_shown_by_a_head_kept_outside(deps: Deps, folder: Path) -> None:
    look(deps)
    kept = dict(look(deps).heads)
    with sqlite3.connect(folder / "house.db") as plain:
        plain.execute("DELETE FROM links WHERE chain = 'access'")
    assert {flaw.code for flaw in look(deps, replace(PERIOD, heads=kept)).flaws} == {"chain_cut"}


def test_the_transfer_list_is_held_against_the_register(deps: Deps) -> None:
    put(deps, "transfers", Transfer(id="t3", complaint_id="nobody-registered", transferred_on=date(2026, 3, 19)))
    put(deps, "transfers", Transfer(id="t4", complaint_id="8", transferred_on=date(2026, 3, 1)))
    put(
        deps,
        "transfers",
        Transfer(id="t5", complaint_id="5", transferred_on=date(2026, 3, 20), due_on=date(2026, 3, 22)),
    )
    found = {flaw.code: flaw for flaw in look(deps).flaws}
    assert set(found) == {"transfer_missing", "transfer_late", "transfer_due"}
    assert "2026-03-19" in found["transfer_missing"].words.zh


def test_the_lists_show_refusals_reversals_and_papers(deps: Deps) -> None:
    of = ids(deps)
    found = look(deps)
    assert {one.complaint for one in found.refused} == {of["1"], of["7"]}
    assert [act.about.split()[0] for act in found.reversals] == [of["2"]]
    assert [move.event.kind for move in found.moves.papers] == [ClockEventKind.EXTENSION, ClockEventKind.ANSWERED]
    assert {one.complaint: one.confirmed for one in found.refused}[of["7"]] == ("night_calls",), "refused, and yet true"
    assert found.parity_digest
    outside = look(deps, replace(PERIOD, first=date(2026, 4, 1), last=date(2026, 4, 30)))
    assert (outside.refused, outside.sample, outside.reversals, outside.moves.papers) == ((), (), (), ())


def test_reviews_and_requests_about_data_are_listed_as_objections(deps: Deps) -> None:
    assert look(deps).objections == ()
    for id_, matter in (("r", "申请复核"), ("p", "个人信息"), ("c", "征信异议")):
        put(deps, "complaints", Complaint(id=id_, received_at=NOON, text="请说明。", licence="bank", matter=matter))
    found = look(deps)
    assert {one.complaint for one in found.objections} == {
        record_id(deps.keys, BY_CODE["complaints"], "test", id_) for id_ in ("r", "p")
    }
    names = {one.value: Words(one.value, one.value) for one in Grievance}
    assert "申请核查与个人信息请求" in inspection_html(found, parity_figures(deps, ANALYST), names, "zh-CN")


def test_the_sample_is_drawn_by_the_seed_alone_and_rebuilt(deps: Deps) -> None:
    found = look(deps)
    assert len(found.sample) == 4
    assert all(one.replays for one in found.sample)
    again, other = look(deps), look(deps, replace(PERIOD, seed="检查八"))
    assert [one.complaint for one in again.sample] == [one.complaint for one in found.sample]
    assert [one.complaint for one in other.sample] != [one.complaint for one in found.sample]
    whole = look(deps, replace(PERIOD, sample=100))
    assert len(whole.sample) == 9
    assert [one.complaint for one in draw(list(reversed(whole.sample)), PERIOD.seed, 4)] == [
        one.complaint for one in found.sample
    ]


def test_nobody_else_inspects_and_a_seed_is_needed(deps: Deps) -> None:
    for actor in (HANDLER, OTHER, ANALYST, someone(Role.ADMIN, purpose=Purpose.ADMINISTRATION)):
        with pytest.raises(NotPermitted):
            inspect(deps, actor, PERIOD)
    with pytest.raises(InputError):
        look(deps, replace(PERIOD, seed=" "))
    with pytest.raises(InputError):
        look(deps, replace(PERIOD, seed="7\ud800"))
    with pytest.raises(InputError):
        look(deps, replace(PERIOD, last=date(2026, 2, 1)))


def packed(deps: Deps, out: Path) -> Inspection:
    def page(found: Inspection, _parity: object) -> str:
        return f"<p>{len(found.flaws)}</p>"

    return make_pack(deps, INSPECTOR, PERIOD, out, page, lambda *_: None)


def checked(pack: Path, *kept: str) -> tuple[int, str]:
    done = subprocess.run([sys.executable, "-I", "-S", str(pack), *kept], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def test_a_pack_checks_itself_with_nothing_but_python(deps: Deps, tmp_path: Path) -> None:
    pack = tmp_path / "检查.pyz"
    found = packed(deps, pack)
    code, said = checked(pack)
    assert code == 0, said
    assert said.count("OK") == 6 + 3
    assert not list(tmp_path.glob("*.part"))
    assert heads_in(pack) == dict(found.heads)
    seq, hash_ = dict(found.heads)["custody"].split(":")
    assert checked(pack, f"custody:{seq}:{hash_[:20]}")[0] == 0
    assert checked(pack, f"custody:{seq}:{'0' * 20}")[0] == 1


def rewritten(pack: Path, into: Path, change: dict[str, bytes], *, manifest: bool) -> Path:
    """The pack with other parts, and a manifest made to fit them or not."""
    with zipfile.ZipFile(pack) as old:
        parts = {name: old.read(name) for name in old.namelist()} | change
    if manifest:
        told = json.loads(parts["MANIFEST.json"])
        named = {name: hashlib.sha256(data).hexdigest() for name, data in parts.items() if name != "MANIFEST.json"}
        parts["MANIFEST.json"] = json.dumps({**told, "files": named}).encode()
    with zipfile.ZipFile(into, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)
    return into


def test_a_pack_that_was_changed_says_so(deps: Deps, tmp_path: Path) -> None:
    pack = tmp_path / "p.pyz"
    packed(deps, pack)
    with zipfile.ZipFile(pack) as opened:
        inspection, chains = opened.read("inspection.json"), opened.read("chains.jsonl")
    better = inspection.replace(b"not_upheld", b"upheld")
    lines = chains.splitlines(keepends=True)
    for change, manifest, why in (
        ({"inspection.json": better}, False, "inspection.json"),
        ({"inspection.json": better}, True, "do not seal this inspection"),
        ({"chains.jsonl": b"".join(lines[:3] + lines[4:])}, True, "chains.jsonl"),
        ({"more.txt": b"x"}, False, "more.txt"),
    ):
        code, said = checked(rewritten(pack, tmp_path / "q.pyz", change, manifest=manifest))
        assert (code, why in said) == (1, True), said


def test_an_earlier_pack_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.pyz").write_bytes(b"no zip")
    with pytest.raises(InputError):
        heads_in(tmp_path / "x.pyz")


def test_every_flaw_has_its_name() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in Path(package.__file__).parent.glob("*.py"))
    used = set(re.findall(r'Flaw\(\s*"(\w+)"', source))
    assert used == set(FLAWS)
