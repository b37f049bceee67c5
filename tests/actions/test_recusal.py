"""A complaint never reaches whom it names, their line or the agency that collected; none is lost by it."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from mingcha.actions import accounts, answers, care, decide, declining, handling, look, personal
from mingcha.actions.assess import assess
from mingcha.actions.clock_paper import record_clock_event
from mingcha.actions.deps import Deps
from mingcha.actions.exhibits import exhibits_of, keep_exhibit, read_exhibit
from mingcha.actions.inspection.inspect import Asked, inspect
from mingcha.actions.kept import record_id
from mingcha.actions.recusal import Recusal, lines, recusals
from mingcha.actions.repairs import name_cause
from mingcha.actions.replay import replay
from mingcha.errors import InputError, NotFound, NotPermitted
from mingcha.model.actor import Actor, Purpose, Role
from mingcha.model.clock import ClockEvent, ClockEventKind
from mingcha.model.complaint import Attachment, Complaint
from mingcha.model.decision import Conclusion, MeritVerdict
from mingcha.model.exhibit import About
from mingcha.model.handling import Assigned, OwnRecord, RecordsRequested, Tagged
from mingcha.model.kinds import BY_CODE
from mingcha.model.materials import Material
from mingcha.model.notice import Assignment
from mingcha.model.people import Line
from mingcha.model.repair import Source
from mingcha.model.stored import QueueFilter
from mingcha.testing.house import NOON, house, put, someone
from mingcha.testing.stored import person
from mingcha.text.named import named_in

ADMIN = Actor("root", frozenset({Role.ADMIN}), Purpose.ADMINISTRATION)
TEXTS = {
    "named": "贵行王 伟（工号 8012）在电话里辱骂我。",
    "branch": "城东支行半夜给我打电话。",
    "plain": "利息算错了。",
    "agency": "催收半夜给我打电话。",
    "against": "态度恶劣。",
    "help": "我活不下去了，城东支行逼我还钱。",
}


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Deps]:
    with house(tmp_path, memory=True) as held:
        for name, text in TEXTS.items():
            given = {"against": "客服中心 王伟"} if name == "against" else {}
            put(
                held, "complaints",
                Complaint(id=name, received_at=NOON, text=text, licence="bank", customer_id=f"c-{name}", **given),
            )  # fmt: skip
        day = NOON.date()
        put(
            held, "assignments",
            Assignment(id="a", customer_id="c-agency", agency="乙催收公司", from_on=day - timedelta(days=200), to_on=day - timedelta(days=90)),
            Assignment(id="b", customer_id="c-plain", agency="乙催收公司", from_on=day - timedelta(days=200), to_on=day - timedelta(days=91)),
        )  # fmt: skip
        assess(held, someone())
        yield held


def of(deps: Deps, name: str) -> str:
    return record_id(deps.keys, BY_CODE["complaints"], "test", name)


def known(deps: Deps, name: str, *names: str, boss: str | None = None, role: Role = Role.HANDLER) -> Actor:
    accounts.create_account(deps, ADMIN, name, (role,), boss, Line(None, names))
    return someone(role, name=name)


def reaches(deps: Deps, actor: Actor) -> set[str]:
    """Which of the complaints a person gets: through the queue, the search and by their id, always the same."""
    rows = {row.complaint for row in look.queue(deps, actor, QueueFilter(), None).rows}
    opened = set()
    for name in TEXTS:
        try:
            look.merit_view(deps, actor, of(deps, name))
            opened.add(of(deps, name))
        except NotPermitted:
            pass
    assert rows == opened
    found = {id_ for word in ("王", "城东支行", "利息", "催收", "恶劣") for id_ in look.search(deps, actor, word)}
    assert found <= rows
    return {name for name in TEXTS if of(deps, name) in opened}


@pytest.mark.parametrize(
    ("names", "closed"),
    [
        ((), set()),
        (("王伟",), {"named", "against"}),
        (("8012",), {"named"}),
        (("801",), set()),
        (("城东支行",), {"branch", "help"}),
        (("城西支行",), set()),
        (("乙催收公司",), {"agency"}),
        (("王伟", "城东支行"), {"named", "against", "branch", "help"}),
    ],
)
def test_what_names_a_person_never_reaches_them(deps: Deps, names: tuple[str, ...], closed: set[str]) -> None:
    assert reaches(deps, known(deps, "han", *names)) == set(TEXTS) - closed


def test_the_superior_and_whoever_reports_stand_aside_too_and_nobody_further(deps: Deps) -> None:
    top = known(deps, "top", role=Role.SUPERVISOR)
    boss = known(deps, "boss", boss="top", role=Role.SUPERVISOR)
    named = known(deps, "named", "王伟", boss="boss")
    under = known(deps, "under", boss="named")
    beside = known(deps, "beside", boss="boss")
    for who in (boss, named, under):
        assert "named" not in reaches(deps, who)
    for who in (top, beside):
        assert "named" in reaches(deps, who)


def test_the_queue_says_how_many_of_the_page_go_to_others(deps: Deps) -> None:
    page = look.queue(deps, known(deps, "han", "王伟"), QueueFilter(), None)
    assert (len(page.rows), page.aside, page.total) == (len(TEXTS) - 2, 2, len(TEXTS))
    first = look.queue(deps, someone(Role.HANDLER, name="han"), QueueFilter(), None, 3)
    assert first.next_after is not None, "a page with somebody else's complaints still leads on to the next"


def test_the_welfare_lane_is_shown_to_others(deps: Deps) -> None:
    assert [one.complaint for one in care.first_reads(deps, someone())] == [of(deps, "help")]
    assert care.first_reads(deps, known(deps, "han", "城东支行")) == ()


PAPER = ClockEvent(
    kind=ClockEventKind.EXTENSION, at=NOON, document="批文1号", by="x", approver_rank="head_office_executive"
)
ACTS: dict[str, Callable[[Deps, Actor, str], Any]] = {
    "merit_view": look.merit_view,
    "reveal": look.reveal,
    "reveal_personal": lambda deps, who, id_: personal.reveal_personal(deps, who, id_, "核对"),
    "decide_merit": lambda deps, who, id_: decide.decide_merit(deps, who, id_, MeritVerdict.UPHELD, (), "查过"),
    "decide_conclusion": lambda deps, who, id_: decide.decide_conclusion(
        deps, who, id_, Conclusion.ORDINARY, "无", None
    ),
    "confirm": lambda deps, who, id_: decide.confirm(deps, who, id_, "x", "同意"),
    "undo": lambda deps, who, id_: decide.undo(deps, who, id_, "x", "看错"),
    "draft_answer": answers.draft_answer,
    "check_letter": lambda deps, who, id_: answers.check_letter(deps, who, id_, "您好"),
    "refuse_words": lambda deps, who, id_: answers.refuse_words(deps, who, id_, "您好"),
    "record_answer": lambda deps, who, id_: answers.record_answer(deps, who, id_, "您好", NOON),
    "lacks": declining.lacks,
    "ask_papers": lambda deps, who, id_: declining.ask_papers(deps, who, id_, [Material.FACTS], record=True),
    "decline": lambda deps, who, id_: declining.decline(deps, who, id_, record=True),
    "assign": lambda deps, who, id_: handling.assign(deps, who, id_, Assigned("all")),
    "tag": lambda deps, who, id_: handling.tag(deps, who, id_, Tagged("加急")),
    "request_records": lambda deps, who, id_: handling.request_records(
        deps, who, id_, RecordsRequested(OwnRecord.CALLS, "客服中心", NOON.date())
    ),
    "keep_draft": handling.keep_draft,
    "take_back": handling.take_back,
    "record_clock_event": lambda deps, who, id_: record_clock_event(deps, who, id_, PAPER),
    "stop_contact": lambda deps, who, id_: care.stop_contact(deps, who, id_, "本人要求"),
    "replay": replay,
    "name_cause": lambda deps, who, id_: name_cause(deps, who, id_, Source.SCRIPT, "话术甲"),
}


@pytest.mark.parametrize("act", ACTS)
def test_no_act_on_a_complaint_is_open_to_whom_it_names(deps: Deps, act: str) -> None:
    accounts.create_account(deps, ADMIN, "all", tuple(set(Role) - {Role.ADMIN}), None, Line(None, ("王伟",)))
    with pytest.raises(NotPermitted, match="names the person, their line"):
        ACTS[act](deps, someone(name="all"), of(deps, "named"))
    with pytest.raises(NotPermitted, match="names the person, their line"):
        ACTS[act](deps, someone(name="local:all"), of(deps, "named"))


def test_every_act_that_takes_one_complaint_is_among_them() -> None:
    folder = Path(decide.__file__).parent
    held = {
        node.name
        for path in folder.rglob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        and {"deps", "actor", "complaint"} <= {arg.arg for arg in node.args.args}
        and "work" not in {arg.arg for arg in node.args.args}
    }  # fmt: skip
    assert held == set(ACTS)


def test_complaints_left_to_nobody_come_first_and_the_asker_s_own_are_not_shown(deps: Deps) -> None:
    assert recusals(deps, someone()) == ()
    known(deps, "han", "王伟")
    known(deps, "ana", "城东支行", role=Role.ANALYST)
    inspector = someone(Role.INSPECTOR, name="ins", purpose=Purpose.INSPECTION)
    found = recusals(deps, inspector)
    assert {one for one in found if one.nobody} == {
        Recusal(of(deps, "named"), ("han",), nobody=True),
        Recusal(of(deps, "against"), ("han",), nobody=True),
    }
    assert [one.nobody for one in found] == [True, True, False, False]
    known(deps, "bo", "城东支行", role=Role.SUPERVISOR)
    mine = recusals(deps, someone(Role.SUPERVISOR, name="bo"))
    assert {one.complaint for one in mine} == {of(deps, "named"), of(deps, "against")}
    assert not any(one.nobody for one in mine)
    with pytest.raises(NotPermitted):
        recusals(deps, someone(Role.HANDLER, name="han"))


def test_an_answered_complaint_is_on_no_list_of_recusals(deps: Deps) -> None:
    known(deps, "han", "王伟")
    event = ClockEvent(kind=ClockEventKind.ANSWERED, at=NOON, document="答复1号", by="x")
    record_clock_event(deps, someone(), of(deps, "named"), event)
    assert of(deps, "named") not in {one.complaint for one in recusals(deps, someone())}


def test_names_are_kept_replaced_and_checked(deps: Deps) -> None:
    known(deps, "han", "王伟")
    accounts.set_line(deps, ADMIN, "han", Line("城东支行", (" 李雷 ", "李雷")))
    (one,) = accounts.list_accounts(deps, ADMIN)
    assert (one.unit, one.known_as) == ("城东支行", ("李雷", "城东支行"))
    with pytest.raises(InputError):
        accounts.set_line(deps, ADMIN, "han", Line(None, ("王",)))
    with pytest.raises(NotFound):
        accounts.set_line(deps, ADMIN, "nobody", Line(None, ("王伟",)))
    with pytest.raises(NotPermitted):
        accounts.set_line(deps, someone(), "han", Line())


def test_an_inspection_names_what_was_decided_by_whom_it_names(deps: Deps) -> None:
    handler = known(deps, "han")
    for name in ("named", "plain"):
        decide.decide_merit(deps, handler, of(deps, name), MeritVerdict.NOT_UPHELD, (), "查过")
    asked = Asked(first=date(2026, 1, 1), last=date(2026, 12, 31), seed="7")
    inspector = someone(Role.INSPECTOR, name="ins", purpose=Purpose.INSPECTION)
    assert "decided_by_named" not in {flaw.code for flaw in inspect(deps, inspector, asked).flaws}
    accounts.set_line(deps, ADMIN, "han", Line(None, ("王伟",)))
    flaws = [flaw.where for flaw in inspect(deps, inspector, asked).flaws if flaw.code == "decided_by_named"]
    assert flaws == [of(deps, "named")]


def test_lines_are_one_step_each_way() -> None:
    people = [
        person("a", known_as=("甲甲",)),
        person("b", known_as=("乙乙",), reports_to="a"),
        person("c", known_as=("丙丙",), reports_to="b"),
        person("d", reports_to="gone"),
    ]
    assert lines(people) == {
        "a": {"甲甲", "乙乙"},
        "b": {"甲甲", "乙乙", "丙丙"},
        "c": {"乙乙", "丙丙"},
        "d": set(),
    }


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("工号80121", "8012", False),
        ("工号8012。", "8012", True),
        ("找王❤伟", "王伟", True),
        ("王", "王", False),
        ("", "王伟", False),
        ("staff AB12 was rude", "ab12", True),
        ("staff AB123 was rude", "ab12", False),
    ],
)
def test_names_are_found_through_the_fold_and_numbers_as_a_whole(text: str, name: str, found: bool) -> None:
    assert named_in(text, [name]) is found


def test_a_complaint_that_names_a_branch_never_reaches_whoever_works_there(deps: Deps) -> None:
    accounts.create_account(deps, ADMIN, "han", (Role.HANDLER,), None, Line("城东支行"))
    assert reaches(deps, someone(Role.HANDLER, name="han")) == set(TEXTS) - {"branch", "help"}


def test_an_exhibit_about_a_paper_of_a_complaint_is_closed_to_whom_that_complaint_names(deps: Deps) -> None:
    put(deps, "attachments", Attachment(id="p", complaint_id="named", paper_kind="hardship_proof"))
    paper = record_id(deps.keys, BY_CODE["attachments"], "test", "p")
    said = About(name="p.pdf", media="application/pdf", of=(paper,), taken_at=NOON, system="files", how="export")
    ann, han = (
        replace(known(deps, name, *named, role=Role.ANALYST), purpose=Purpose.INVESTIGATION)
        for name, named in (("ann", ()), ("han", ("王伟",)))
    )
    kept = keep_exhibit(deps, ann, [b"%PDF"], said)
    assert exhibits_of(deps, ann, paper) == (kept,)
    assert exhibits_of(deps, han, paper) == ()
    with pytest.raises(NotFound):
        read_exhibit(deps, han, kept.id)
