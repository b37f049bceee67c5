"""The desk door over a real server: set-up, sign-in, merit before reveal, second person, and what must be refused."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from tests.journeys.served import served

from mingcha.actions.accounts import setup_link
from mingcha.actions.assess import assess
from mingcha.model.complaint import Complaint
from mingcha.model.party import Customer
from mingcha.testing.house import NOON, FixedClock, house, put, someone

PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, FixedClock]]:
    clock = FixedClock()
    with house(tmp_path_factory.mktemp("desk"), clock=clock) as deps:
        put(deps, "customers", Customer(id="c1", name="王小明"))
        put(
            deps,
            "complaints",
            *(
                Complaint(
                    id=str(n),
                    received_at=NOON,
                    text=f"13812345678，利息太高，第{n}件",
                    licence="bank",
                    product="信用卡",
                    filer_role="self",
                    filer_phone="13812345678",
                )
                for n in range(5)
            ),
        )
        assess(deps, someone())
        link = setup_link(deps)
        assert link
        with served(deps) as base:
            yield base, link, clock


@pytest.fixture(scope="module")
def people(desk: tuple[str, str, FixedClock]) -> dict[str, dict[str, str]]:
    base, link, _ = desk
    with httpx.Client(base_url=base) as http:
        assert http.post("/api/setup", json={"token": link, "password": PASSWORD}).status_code == 200
        assert http.post("/api/setup", json={"token": link, "password": PASSWORD}).status_code == 403, (
            "a link works once"
        )
        admin = _sign_in(http, "admin", "administration")
        out = {"admin": admin}
        for name, role, boss in (
            ("han", "handler", None),
            ("ana", "analyst", None),
            ("bo", "analyst", "ana"),
            ("su", "supervisor", None),
            ("ins", "inspector", None),
            ("cp", "consumer_protection", None),
        ):
            made = http.post("/api/accounts", json={"name": name, "roles": [role], "reports_to": boss}, headers=admin)
            assert made.status_code == 201, made.text
            assert (
                http.post("/api/setup", json={"token": made.json()["setup_token"], "password": PASSWORD}).status_code
                == 200
            )
            out[name] = _sign_in(http, name, "inspection" if role == "inspector" else "handling")
        return out


def _sign_in(http: httpx.Client, name: str, purpose: str) -> dict[str, str]:
    answer = http.post("/api/session", json={"name": name, "password": PASSWORD, "purpose": purpose})
    assert answer.status_code == 200, answer.text
    http.cookies.clear()
    return {"Authorization": "Bearer " + answer.json()["token"]}


@pytest.fixture
def http(desk: tuple[str, str, FixedClock]) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=desk[0]) as client:
        yield client


def test_nothing_without_a_name(http: httpx.Client) -> None:
    for path in (
        "/api/queue",
        "/api/complaints/C-1",
        "/api/complaints/C-1/reveal",
        "/api/accounts",
        "/api/search?words=x",
    ):
        assert http.get(path).status_code == 401
    assert http.get("/api/health").json()["status"] == "ok"
    assert http.get("/api/queue", headers={"Authorization": "Bearer nonsense"}).status_code == 401


def test_unknown_hosts_are_refused(http: httpx.Client) -> None:
    assert http.get("/api/health", headers={"Host": "evil.example"}).status_code == 421


def test_the_administrator_reads_no_complaints(http: httpx.Client, people: dict[str, dict[str, str]]) -> None:
    assert http.get("/api/queue", headers=people["admin"]).status_code == 403
    assert http.get("/api/accounts", headers=people["admin"]).status_code == 200
    assert http.get("/api/accounts", headers=people["han"]).status_code == 403


STRIP_SHOWN = {"minute", "source", "callee", "connected", "night"}
CLOCK_SHOWN = {"title", "regime", "unread", "started_on", "first_due", "due", "channel_due", "ended_on"}


def test_the_page_of_a_complaint_finds_whatever_it_shows_of_its_clocks(
    http: httpx.Client, people: dict[str, dict[str, str]]
) -> None:
    """Plain data leave out what is as by default; what views.js reads of a clock may therefore have none."""
    for row in http.get("/api/queue", headers=people["han"]).json()["rows"]:
        shown = http.get(f"/api/complaints/{row['id']}", headers=people["han"]).json()
        assert "stopped" in shown
        assert set(shown["strip"]) == {"days", "earlier", "from_hour", "to_hour"}
        for day in shown["strip"]["days"]:
            assert set(day) >= {"day", "effective", "limit", "marks"}
            assert all(set(mark) >= STRIP_SHOWN for mark in day["marks"])
        clock = shown["clock"]
        for one in (clock, *clock["further"]):
            assert set(one) >= CLOCK_SHOWN
            assert one["title"]["zh"]


def test_merit_first_then_reveal_then_two_people(http: httpx.Client, people: dict[str, dict[str, str]]) -> None:
    id_ = http.get("/api/queue", headers=people["han"]).json()["rows"][0]["id"]
    stage = http.get(f"/api/complaints/{id_}", headers=people["han"]).json()
    assert "suggestion" not in str(stage)
    assert stage["highlights"][0]["what"] == "price"
    assert http.get(f"/api/complaints/{id_}/reveal", headers=people["su"]).status_code == 403
    merit: dict[str, Any] = {"verdict": "upheld", "grievances": ["price"], "reason": "记录属实"}
    assert http.post(f"/api/complaints/{id_}/merit", json=merit, headers=people["han"]).status_code == 201
    assert http.get(f"/api/complaints/{id_}/reveal", headers=people["su"]).json()["suggestion"]["label"] == "ordinary"
    accuse = {"conclusion": "linked_to_suspected_organisation", "reason": "r", "clause": "c"}
    made = http.post(f"/api/complaints/{id_}/conclusion", json=accuse, headers=people["ana"]).json()
    assert made["awaiting_second"]
    second = {"decision": made["decision"]["id"], "reason": "r"}
    assert http.post(f"/api/complaints/{id_}/confirm", json=second, headers=people["ana"]).status_code == 403
    assert http.post(f"/api/complaints/{id_}/confirm", json=second, headers=people["bo"]).status_code == 403, (
        "she reports to the first"
    )
    assert http.post(f"/api/complaints/{id_}/confirm", json=second, headers=people["su"]).status_code == 201


def test_an_answer_is_drafted_linted_and_given(http: httpx.Client, people: dict[str, dict[str, str]]) -> None:
    id_ = http.get("/api/queue", headers=people["han"]).json()["rows"][2]["id"]
    address = f"/api/complaints/{id_}/answer"
    drafted = http.get(address, headers=people["han"]).json()
    assert "一、息费" in drafted["letter"]["zh"]
    assert "1. price" in drafted["letter"]["en"]
    assert {"机构名称", "联系电话"} <= {gap["zh"] for gap in drafted["gaps"]}
    assert http.get(address, headers=people["ins"]).status_code == 403
    merit: dict[str, Any] = {"verdict": "not_upheld", "grievances": [], "reason": "核算未超过"}
    for form, head in (("docx", b"PK"), ("pdf", b"%PDF-")):
        sheet = http.post(
            f"/api/complaints/{id_}/letter",
            json={"letter": drafted["letter"]["zh"], "form": form},
            headers=people["han"],
        )
        assert sheet.content.startswith(head)
        assert sheet.headers["content-disposition"] == f'attachment; filename="{id_}.{form}"'
    threat = {"letter": "您再闹，后果自负。", "form": "pdf"}
    assert http.post(f"/api/complaints/{id_}/letter", json=threat, headers=people["han"]).status_code == 422
    assert http.post(f"/api/complaints/{id_}/letter", json=threat, headers=people["ins"]).status_code == 403
    early = http.post(address, json={"letter": "经核查未超过。"}, headers=people["han"])
    assert early.status_code == 409
    assert http.post(f"/api/complaints/{id_}/merit", json=merit, headers=people["han"]).status_code == 201
    for letter, status in ((drafted["letter"]["zh"], 409), ("您再闹，后果自负。", 422), ("", 422)):
        assert http.post(address, json={"letter": letter}, headers=people["han"]).status_code == status
    naive = {"letter": "经核查未超过。", "at": "2026-03-21T10:00:00"}
    for wrong in (naive, {**naive, "at": "9999-12-31T23:59:59Z"}):
        assert http.post(address, json=wrong, headers=people["han"]).status_code == 422
    given = http.post(address, json={"letter": "经核查未超过。"}, headers=people["han"])
    assert given.status_code == 201
    assert given.json()["ended_on"] == "2026-03-20"
    assert http.post("/api/complaints/C-NONE/answer", json={"letter": "好"}, headers=people["han"]).status_code == 404


def test_papers_are_asked_for_and_a_consumer_is_never_left_unhandled(
    http: httpx.Client, people: dict[str, dict[str, str]]
) -> None:
    id_ = http.get("/api/queue", headers=people["han"]).json()["rows"][0]["id"]
    address = f"/api/complaints/{id_}"
    lacks = http.get(f"{address}/lacks", headers=people["han"]).json()
    assert {one["material"]: one["why_not"] is None for one in lacks["materials"]}["signature"]
    assert lacks["must_handle"]
    asked: dict[str, Any] = {"materials": ["signature"], "until": lacks["until"]}
    seen = http.post(f"{address}/ask", json=asked, headers=people["han"])
    assert (seen.status_code, seen.json()["clock"]) == (200, None)
    assert "书面投诉的签字" in seen.json()["letter"]["zh"]
    held = http.post(f"{address}/ask", json={**asked, "materials": ["facts"]}, headers=people["han"])
    assert held.status_code == 422
    assert "holds it" in held.text
    gaps = http.post(f"{address}/ask", json={**asked, "record": True}, headers=people["han"])
    assert gaps.status_code == 409  # the institution has no name yet
    assert http.post(f"{address}/decline", json={}, headers=people["han"]).status_code == 403
    assert http.get(f"{address}/lacks", headers=people["ins"]).status_code == 403
    assert http.get("/api/complaints/C-NONE/lacks", headers=people["han"]).status_code == 404


def test_personal_data_are_masked_until_asked_for_with_a_reason(
    http: httpx.Client, people: dict[str, dict[str, str]]
) -> None:
    id_ = http.get("/api/queue", headers=people["han"]).json()["rows"][0]["id"]
    stage = http.get(f"/api/complaints/{id_}", headers=people["han"])
    assert "13812345678" not in stage.text
    span = stage.json()["highlights"][0]
    assert stage.json()["text"][span["start"] : span["end"]] == "利息太高"
    why = {"reason": "回电核实"}
    for name in ("ana", "ins", "admin"):
        assert http.post(f"/api/complaints/{id_}/personal", json=why, headers=people[name]).status_code == 403
    assert http.post(f"/api/complaints/{id_}/personal", json={}, headers=people["han"]).status_code == 422
    assert http.post(f"/api/complaints/{id_}/personal", json={"reason": " "}, headers=people["han"]).status_code == 409
    assert http.post("/api/complaints/C-NOTHING/personal", json=why, headers=people["han"]).status_code == 404
    opened = http.post(f"/api/complaints/{id_}/personal", json=why, headers=people["han"])
    assert opened.json()["complaint"]["filer_phone"] == "13812345678"
    assert http.get("/api/access-log", headers=people["han"]).status_code == 403
    rows = http.get("/api/access-log", headers=people["ins"], params={"complaint": id_, "by": "han"}).json()["rows"]
    assert rows[-1]["act"] == "reveal_personal"
    assert rows[-1]["roles"] == ["handler"]
    page = http.get("/api/access-log", headers=people["ins"], params={"after": 0, "limit": 1}).json()
    assert (len(page["rows"]), page["next"]) == (1, 1)


def test_order_and_absence_have_their_own_words(http: httpx.Client, people: dict[str, dict[str, str]]) -> None:
    id_ = http.get("/api/queue", headers=people["han"]).json()["rows"][1]["id"]
    early = http.post(
        f"/api/complaints/{id_}/conclusion", json={"conclusion": "ordinary", "reason": "r"}, headers=people["ana"]
    )
    assert early.status_code == 409
    assert set(early.json()) == {"error", "zh", "en"}
    assert http.get("/api/complaints/C-NOTHING", headers=people["han"]).status_code == 404
    bad = http.post(
        f"/api/complaints/{id_}/merit",
        json={"verdict": "upheld", "reason": "r", "secret": "13812345678"},
        headers=people["han"],
    )
    assert bad.status_code == 422
    assert "13812345678" not in bad.text


def test_paging_meets_every_row_once(http: httpx.Client, people: dict[str, dict[str, str]]) -> None:
    seen, after = [], None
    while True:
        page = http.get(
            "/api/queue", params={"limit": 2, **({"after": after} if after else {})}, headers=people["han"]
        ).json()
        seen += [row["id"] for row in page["rows"]]
        after = page["next"]
        if after is None:
            break
    assert len(seen) == len(set(seen)) == page["total"] == 5
    assert http.get("/api/queue", params={"after": "rubbish"}, headers=people["han"]).status_code == 422
    assert len(http.get("/api/search", params={"words": "利息"}, headers=people["han"]).json()["complaints"]) == 5


def test_five_misses_lock_and_time_opens(
    http: httpx.Client, people: dict[str, dict[str, str]], desk: tuple[str, str, FixedClock]
) -> None:
    wrong = {"name": "bo", "password": "wrong wrong wrong", "purpose": "handling"}
    for _ in range(5):
        assert http.post("/api/session", json=wrong).status_code == 403
    right = {**wrong, "password": PASSWORD}
    assert http.post("/api/session", json=right).status_code == 403, "locked"
    desk[2].later(minutes=16)
    assert http.post("/api/session", json=right).status_code == 200


def test_a_cookie_alone_cannot_write(http: httpx.Client, people: dict[str, dict[str, str]]) -> None:
    assert (
        http.post("/api/session", json={"name": "han", "password": PASSWORD, "purpose": "handling"}).status_code == 200
    )
    id_ = http.get("/api/queue").json()["rows"][0]["id"]
    body = {"verdict": "upheld", "reason": "r"}
    assert http.post(f"/api/complaints/{id_}/merit", json=body).status_code == 401
    assert http.post(f"/api/complaints/{id_}/merit", json=body, headers={"x-mingcha": "1"}).status_code == 201


def test_pages_come_from_this_server_alone(http: httpx.Client) -> None:
    page = http.get("/docs")
    assert "cdn" not in page.text
    assert (
        "//" not in page.text.replace("http://127", "").replace("// ", "").replace("//\n", "")
        or "https://" not in page.text
    )
    assert http.get("/assets/swagger/swagger-ui-bundle.js").status_code == 200
    assert "default-src 'self'" in page.headers["content-security-policy"]


def test_the_first_pages_are_this_server_s_own_and_hold_no_inline_script(http: httpx.Client) -> None:
    for path in ("/", "/setup"):
        page = http.get(path)
        assert page.status_code == 200
        assert "script-src 'self';" in page.headers["content-security-policy"]
        assert "<script>" not in page.text
        for asset in re.findall(r'(?:src|href)="(/assets/[^"]+)"', page.text):
            assert http.get(asset).status_code == 200, asset
    script = http.get("/assets/desk/views.js")
    family = http.get("/assets/desk/family.js").text.replace("http://www.w3.org/2000/svg", "")
    family += http.get("/assets/desk/answer.js").text
    assert "innerHTML" not in script.text + family + http.get("/assets/desk/desk.js").text, "text only enters as text"
    assert "://" not in script.text + family
    assert http.get("/assets/desk/__init__.py").status_code in (404, 422)
    assert http.get("/assets/desk/session.py").status_code == 404


def test_a_session_says_what_its_purpose_opens(http: httpx.Client, people: dict[str, dict[str, str]]) -> None:
    assert http.get("/api/session").status_code == 401
    su = http.get("/api/session", headers=people["su"]).json()
    assert {"see_queue", "decide_merit", "report"} <= set(su["verbs"])
    assert not su["simulated"]
    assert "see_queue" not in http.get("/api/session", headers=people["admin"]).json()["verbs"]


def test_the_report_opens_for_whoever_may_make_one(http: httpx.Client, people: dict[str, dict[str, str]]) -> None:
    assert http.get("/report").status_code == 401
    assert http.get("/report", headers=people["han"]).status_code == 403
    page = http.get("/report?lang=en", headers=people["su"])
    assert page.status_code == 200
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_a_cause_is_found_mended_and_measured(http: httpx.Client, people: dict[str, dict[str, str]]) -> None:
    rows = http.get("/api/queue", headers=people["han"]).json()["rows"]
    upheld = {"verdict": "upheld", "grievances": ["refund_not_made"], "reason": "查过账"}
    decided = http.post(f"/api/complaints/{rows[-1]['id']}/merit", json=upheld, headers=people["han"])
    assert decided.status_code == 201, decided.text
    cause = {"source": "product", "value": "信用卡", "grievance": "refund_not_made"}
    asked = {**cause, "owner": "陈工", "fix": "补退息费", "due": "2026-04-30"}
    assert http.post("/api/repairs", json=asked, headers=people["han"]).status_code == 403
    assert http.post("/api/repairs", json={**asked, "value": "没有的产品"}, headers=people["su"]).status_code == 404
    assert http.post("/api/repairs", json=asked, headers=people["su"]).status_code == 201
    assert http.post("/api/repairs", json=asked, headers=people["su"]).status_code == 409
    made = {"fixed_on": "2026-03-20", "evidence": "退款清单"}
    assert http.post("/api/repairs/R-1/fix", json=made, headers=people["su"]).status_code == 200
    days = {"first": "2026-01-01", "last": "2026-12-31"}
    found = http.get("/api/causes", params=days, headers=people["han"]).json()
    (line,) = [one for one in found["lines"] if one["cause"]["grievance"] == "refund_not_made"]
    assert (line["cause"], line["complaints"]) == (cause, 1)
    (repair,) = found["ledger"]
    assert (repair["repair"]["evidence"], [one["days"] for one in repair["measures"]]) == ("退款清单", [30, 90])
    assert http.get("/api/causes", params=days, headers=people["admin"]).status_code == 403
    back = {"first": "2026-12-31", "last": "2026-01-01"}
    assert http.get("/api/causes", params=back, headers=people["han"]).status_code == 422


def test_consumer_protection_alone_erases_for_a_reason(http: httpx.Client, people: dict[str, dict[str, str]]) -> None:
    asked = {"system": "test", "customer": "c1", "reason": "应本人要求"}
    for name in ("han", "ana", "su", "ins", "admin"):
        assert http.post("/api/erasures", json=asked, headers=people[name]).status_code == 403
    assert http.post("/api/erasures", json={**asked, "reason": " "}, headers=people["cp"]).status_code == 409
    done = http.post("/api/erasures", json=asked, headers=people["cp"])
    assert (done.status_code, done.json()) == (201, {"records": 1, "versions": 1})
    missing = http.post("/api/erasures", json={**asked, "customer": "c2"}, headers=people["cp"])
    assert missing.status_code == 404
    assert "c2" in missing.json()["zh"]
