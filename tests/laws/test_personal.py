"""Personal data: masked at every door by default, shown by one logged verb with a reason, and never in a log."""

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI

from mingcha.actions import look, personal
from mingcha.actions.access_log import access_log
from mingcha.actions.assess import assess
from mingcha.actions.codec import to_plain
from mingcha.actions.decide import decide_merit
from mingcha.actions.deps import Deps
from mingcha.actions.export import export_assessments
from mingcha.actions.kept import record_id
from mingcha.actions.reasons import proved
from mingcha.api.server import bind, serve
from mingcha.errors import InputError, KeyTrouble, NotPermitted, OutOfOrder
from mingcha.evidence.canonical import parse
from mingcha.model.actor import Purpose, Role
from mingcha.model.complaint import Complaint
from mingcha.model.decision import MeritVerdict
from mingcha.model.kinds import BY_CODE
from mingcha.model.party import Customer
from mingcha.model.words import Words
from mingcha.testing.house import NOON, house, put, someone
from mingcha.worker.loop import run_due

NAME, PHONE, CUSTOMER, ADDRESS, HANDLE = "王小明", "13812345678", "李建国", "示例市样板路1号院2栋", "ab_cd1234"
TEXT = f"{NAME}（{PHONE}）替{CUSTOMER}投诉：半夜十二点打 138 1234 5678 催收{CUSTOMER}，住{ADDRESS}，加微信{HANDLE}。利息太高。"
SECRETS = (NAME, PHONE, CUSTOMER, ADDRESS, HANDLE, "138 1234 5678", "样板路1号院")
HANDLER, ANALYST = someone(Role.HANDLER, name="han"), someone(Role.ANALYST, name="ana")
INSPECTOR = someone(Role.INSPECTOR, name="ins", purpose=Purpose.INSPECTION)


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Deps]:
    with house(tmp_path, memory=True) as opened:
        put(opened, "customers", Customer(id="c1", name=CUSTOMER, phone="13987654321", verified=True))
        put(
            opened,
            "complaints",
            Complaint(
                id="SRC-1",
                received_at=NOON,
                text=TEXT,
                licence="bank",
                customer_id="c1",
                filer_name=NAME,
                filer_phone=PHONE,
                filer_role="other",
                return_address=ADDRESS,
                device="DEV-77",
                ip="10.9.8.7",
            ),
        )
        assess(opened, ANALYST)
        yield opened


def _id(deps: Deps) -> str:
    return record_id(deps.keys, BY_CODE["complaints"], "test", "SRC-1")


def _hidden(shown: object) -> list[str]:
    text = json.dumps(to_plain(shown) if not isinstance(shown, str | dict) else shown, ensure_ascii=False)
    return [secret for secret in (*SECRETS, "SRC-1", "DEV-77", "10.9.8.7") if secret in text]


def test_the_merit_stage_shows_no_personal_value_and_every_span_still_fits(deps: Deps) -> None:
    view = look.merit_view(deps, HANDLER, _id(deps))
    shown = view.complaint.text or ""
    assert not _hidden(view.complaint)
    assert len(shown) == len(TEXT)
    assert all(a in (b, "*") for a, b in zip(shown, TEXT, strict=True))
    assert view.claims
    for claim in view.claims:
        assert claim.passage.quote == shown[claim.passage.start : claim.passage.end]
        assert len(claim.passage.quote) == claim.passage.end - claim.passage.start
    assert not [one for one in (*view.claims, *view.merit) if _hidden(one)]
    assert "半夜十二点打" in shown
    assert "利息太高" in shown


def test_reasons_and_the_reveal_are_masked_as_well(deps: Deps) -> None:
    decide_merit(deps, HANDLER, _id(deps), MeritVerdict.PARTLY, (), f"已致电{CUSTOMER}，{PHONE}")
    merit = look.merit_view(deps, HANDLER, _id(deps)).standing.merit
    assert merit is not None
    assert "已致电" in merit.reason
    assert not _hidden(merit)
    opened = look.reveal(deps, HANDLER, _id(deps))
    assert not _hidden(opened.assessment)
    assert not [
        row for row in export_assessments(deps, someone(Role.ANALYST, purpose=Purpose.INVESTIGATION)) if _hidden(row)
    ]


def test_a_warning_of_the_import_does_not_repeat_the_number_it_could_not_read(deps: Deps) -> None:
    assert personal.hidden_digits("电话无法读取：1381234567，应为手机号") == "电话无法读取：1*********，应为手机号"


def test_personal_data_open_with_the_verb_and_a_reason_that_is_sealed_first(deps: Deps) -> None:
    view = personal.reveal_personal(deps, HANDLER, _id(deps), "回电核实")
    assert (view.complaint.text, view.complaint.filer_phone) == (TEXT, PHONE)
    assert view.customer is not None
    assert view.customer.name == CUSTOMER
    with deps.store.read() as work:
        sealed = [p for link in work.chains.read("access") if (p := parse(link.payload))["act"] == "reveal_personal"]
        kept = work.reasons.get([str(sealed[0]["reason"])])[str(sealed[0]["reason"])]
    assert (sealed[0]["complaints"], sealed[0]["by"], sealed[0]["purpose"]) == ([_id(deps)], "han", "handling")
    assert proved(deps.keys, kept, str(sealed[0]["reason_commitment"]))
    personal.reveal_personal(deps, someone(Role.VICTIM_SUPPORT, purpose=Purpose.AID), _id(deps), "救助")


@pytest.mark.parametrize(
    "who",
    [
        ANALYST,
        INSPECTOR,
        someone(Role.LEGAL),
        someone(Role.ADMIN),
        someone(Role.HANDLER, purpose=Purpose.INVESTIGATION),
    ],
)
def test_nobody_else_opens_them(deps: Deps, who: object) -> None:
    with pytest.raises(NotPermitted):
        personal.reveal_personal(deps, who, _id(deps), "r")  # type: ignore[arg-type] # an Actor


def test_without_a_reason_nothing_opens_and_nothing_is_logged(deps: Deps) -> None:
    with deps.store.read() as work:
        before = work.chains.tail("access")
    with pytest.raises(OutOfOrder):
        personal.reveal_personal(deps, HANDLER, _id(deps), "  ")
    with deps.store.read() as work:
        assert work.chains.tail("access") == before


def test_no_chain_and_no_log_line_holds_what_was_searched_or_a_personal_value(
    deps: Deps, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        for words in (NAME, PHONE, CUSTOMER, "半夜 催收"):
            look.search(deps, HANDLER, words)
        look.merit_view(deps, HANDLER, _id(deps))
        personal.reveal_personal(deps, HANDLER, _id(deps), f"找{NAME} {PHONE}")
    with deps.store.read() as work:
        sealed = [link.payload.decode() for name in work.chains.names() for link in work.chains.read(name)]
    for line in (*sealed, caplog.text):
        assert not [secret for secret in (*SECRETS, "半夜") if secret in line]


def test_a_search_finds_no_value_that_is_masked_for_certain(deps: Deps) -> None:
    assert look.search(deps, HANDLER, "催收") == (_id(deps),)
    for secret in (NAME, PHONE, ADDRESS):
        assert look.search(deps, HANDLER, secret) == ()


def test_the_access_log_is_read_by_inspectors_and_auditors_alone_and_that_is_logged(deps: Deps) -> None:
    look.merit_view(deps, HANDLER, _id(deps))
    for role in (Role.INSPECTOR, Role.AUDITOR):
        page = access_log(deps, someone(role, name="ins", purpose=Purpose.INSPECTION))
        assert [line.act for line in page.lines if line.by == "han"] == ["see_merit"]
    assert page.lines[-1].act == "see_access_log"
    for who in (HANDLER, ANALYST, someone(Role.ADMIN, purpose=Purpose.ADMINISTRATION), someone(Role.INSPECTOR)):
        with pytest.raises(NotPermitted):
            access_log(deps, who)


def test_the_access_log_pages_and_narrows_down(deps: Deps) -> None:
    for _ in range(5):
        look.merit_view(deps, HANDLER, _id(deps))
    look.search(deps, ANALYST, "利息")
    newest = access_log(deps, INSPECTOR, limit=2)
    assert [line.act for line in newest.lines] == ["see_merit", "search"]
    seen, after = [], 0
    while True:
        page = access_log(deps, INSPECTOR, after=after, limit=3)
        seen += [line.seq for line in page.lines]
        if page.next_after is None or len(seen) > 60:
            break
        after = page.next_after
    assert seen[:6] == [1, 2, 3, 4, 5, 6]
    assert seen == sorted(set(seen))
    assert [line.by for line in access_log(deps, INSPECTOR, after=0, by="ana").lines] == ["ana"] * 1
    assert all(_id(deps) in line.complaints for line in access_log(deps, INSPECTOR, after=0, complaint=_id(deps)).lines)


def test_a_failed_job_keeps_what_went_wrong_but_no_value(deps: Deps) -> None:
    def fails(_: Deps, payload: bytes) -> None:
        if payload == b"value":
            raise InputError(where="phone", found=PHONE, expected=Words("手机号", "a mobile"))
        raise ValueError(NAME) if payload == b"python" else KeyTrouble(why=Words("数据已删除", "the data were erased"))

    with deps.store.write() as work:
        for name, payload in (("fails", b"value"), ("fails", b"python"), ("fails", b"keys"), ("unknown", b"")):
            work.jobs.add(name, f"{name} {payload!r}", payload, NOON)
    run_due(deps, {"fails": fails})
    with deps.store.read() as work:
        kept = sorted(job.error or "" for job in work.jobs.all())
    assert [line.split(":")[0] for line in kept] == ["InputError", "KeyTrouble", "NotFound", "ValueError"]
    assert "the data were erased" in kept[1]
    assert "unknown" in kept[2]
    assert not [secret for secret in SECRETS if secret in " ".join(kept)]


def test_the_desk_prints_no_line_a_request() -> None:
    """An address may hold what was searched for; only warnings are printed, and access lines are none."""
    with pytest.MonkeyPatch.context() as patch:
        asked: list[uvicorn.Config] = []
        patch.setattr(uvicorn.Server, "run", lambda self, sockets: asked.append(self.config))
        serve(FastAPI(), bind("127.0.0.1", 0))
    assert [(config.log_level, config.access_log) for config in asked] == [("warning", False)]


def test_a_quote_stays_what_was_assessed_when_the_text_has_a_newer_version(deps: Deps) -> None:
    before = look.merit_view(deps, HANDLER, _id(deps)).claims
    with deps.store.read() as work:
        one = personal.filed(deps, work, _id(deps))
    newer = replace(
        one, kept=replace(one.kept, clear=replace(one.kept.clear, text="另一段文字" * 20)), text="另一段文字" * 20
    )
    for claim in before:
        assert personal.veiled(claim, newer).passage.quote == claim.passage.quote
