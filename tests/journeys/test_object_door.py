"""The door of those who are named over a real server: alike whatever is held, hostile input stays text, limits, phone, desk and answer."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.actions.test_ads import SELLS
from tests.actions.test_rings import PHONE, file, held, paid, run
from tests.journeys.served import served
from tests.journeys.test_desk_door import PASSWORD, _sign_in

from mingcha.actions.accounts import setup_link
from mingcha.actions.casework import open_case, see_case
from mingcha.actions.deps import Deps
from mingcha.api.form import BODY, FORM
from mingcha.api.named.door import LODGED
from mingcha.model.account import Ad
from mingcha.model.actor import Purpose, Role
from mingcha.model.case import Opened, Subject, SubjectKind
from mingcha.testing.house import NOON, FixedClock, house, put, someone
from mingcha.worker.loop import run_due
from mingcha.worker.works import WORKS

ANN = someone(Role.ANALYST, name="ann", purpose=Purpose.INVESTIGATION)
HANDLE = "zw_8888"
RECEIPT = re.compile(r'class="receipt">([\w-]{40,})<')


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Deps, FixedClock]]:
    """A house with a ring in a case and an ad, served."""
    clock = FixedClock()
    with house(tmp_path_factory.mktemp("door"), clock=clock) as deps:
        file(deps, "abcd")
        paid(deps, "a")
        put(deps, "ads", Ad(id="1", platform="抖音", author="dy_1", contact=HANDLE, text=SELLS, seen_at=NOON))
        run(deps)
        with served(deps) as base:
            yield base, deps, clock


@pytest.fixture
def http(door: tuple[str, Deps, FixedClock]) -> Iterator[httpx.Client]:
    base, _, clock = door
    clock.later(hours=2)  # what was asked before is forgotten
    with httpx.Client(base_url=base) as client:
        yield client


def sent(http: httpx.Client, **typed: str) -> httpx.Response:
    return http.post("/object", data=typed)


def receipt_of(answer: httpx.Response) -> str:
    (found,) = RECEIPT.findall(answer.text)
    return str(found)


def alike(one: httpx.Response, other: httpx.Response) -> bool:
    """Whether two answers are the same but for their receipts."""
    return _bare(one) == _bare(other)


def _bare(answer: httpx.Response) -> tuple[Any, ...]:
    headers = {name: value for name, value in answer.headers.items() if name != "date"}
    return answer.status_code, headers, answer.text.replace(receipt_of(answer), "…")


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40), st.sampled_from([PHONE, HANDLE, "dy_1", "R", "C"]))
def test_it_answers_alike_whatever_is_held(
    door: tuple[str, Deps, FixedClock], http: httpx.Client, nonsense: str, known: str
) -> None:
    """No door answers "is this flagged?" (law 10): known and unknown names give one page, and one page again by their receipts."""
    _, deps, clock = door
    clock.later(hours=2)
    named = {"R": held(deps)[0].id, "C": "a"}.get(known, known)
    one, other = sent(http, named=named, said="x"), sent(http, named="。" + nonsense, said="x")
    assert one.status_code == 200
    assert alike(one, other)
    pages = [http.get(f"/object/{receipt_of(answer)}").text.replace(receipt_of(answer), "…") for answer in (one, other)]
    assert pages[0] == pages[1]
    run_due(deps, WORKS)
    after = [http.get(f"/object/{receipt_of(answer)}").text.replace(receipt_of(answer), "…") for answer in (one, other)]
    assert after == pages, "and not after it was looked for either"


def test_an_unknown_receipt_looks_like_any_other(http: httpx.Client) -> None:
    known = receipt_of(sent(http, named=PHONE))
    assert http.get(f"/object/{known}").status_code == 200
    wrong = {http.get(f"/object/{one}").text for one in ("x", known[:-1], "é" * 40, known + "0", "%00", "%3Cscript%3E")}
    wrong |= {http.post("/object/look", data={"receipt": one}).text for one in ("", "x", "' or 1=1 --")}
    wrong.add(http.post("/object/nonsense", data={"do": "withdraw"}).text)
    assert len(wrong) == 1
    assert http.get("/object/x").status_code == 404
    typed = http.post("/object/look", data={"receipt": f" {known} "})
    assert typed.status_code == 200
    assert typed.text == http.get(f"/object/{known}").text


def test_no_account_cookie_script_or_storage(http: httpx.Client) -> None:
    for answer in (http.get("/object"), sent(http, named="x"), http.get("/object/x"), sent(http)):
        assert "set-cookie" not in answer.headers
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "noindex" in answer.headers["x-robots-tag"]
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
        assert "<script" not in answer.text
        assert not re.findall(r'(?:src|href)="(?!/object|\?lang|tel:)', answer.text)
    assert not [path for path in http.get("/openapi.json").json()["paths"] if path.startswith("/object")]


HOSTILE = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</textarea><script>x</script>", "{{ 7*7 }}{% include 'x' %}",
    "\u202e左右颠倒", "a\0b", "x" * 2_001,
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("field", ["named", "said", "who", "reach"])
def test_what_is_typed_comes_back_as_text_alone(http: httpx.Client, field: str, text: str) -> None:
    answer = sent(http, **{"said": "n" * 9_000, "named": "n" * 3_000, field: text})
    assert answer.status_code == 422
    assert not re.search(r"<(?:script|img)|onerror=alert\(1\)>$", answer.text.split("<main>")[1])
    assert not re.search(r"[\u202a-\u202e\0]", answer.text)
    assert "49" not in re.sub(r"#[0-9a-f]+|\d+rem|\d+px", "", answer.text.split("<form")[1].split("</form")[0])


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"", FORM, 422),
        (b"named=%20&said=%0A", FORM, 422),
        (b"named=x", "text/plain", 422),
        (b'{"named": "x"}', "application/json", 422),
        (b"&".join(b"named=x" for _ in range(11)), FORM, 422),
        (b"said=" + b"x" * BODY, FORM, 422),
        (b"named=" + b"%E4%BD%A0" * 2_001, FORM, 422),
        (b"named=" + b"%E4%BD%A0" * 2_000, FORM, 200),
        (b"named=%FF%FE%ED%A0%80", FORM, 200),
        (b"said=x&unknown=1&do=y", f"{FORM}; charset=utf-8", 200),
    ],
    ids=range(10),
)
def test_bad_bodies_are_told_and_nothing_is_kept(
    door: tuple[str, Deps, FixedClock], http: httpx.Client, body: bytes, kind: str, status: int
) -> None:
    before = _kept(door[1])
    answer = http.post("/object", content=body, headers={"content-type": kind})
    assert answer.status_code == status, answer.text
    assert _kept(door[1]) - before == (status == 200)


def _kept(deps: Deps) -> int:
    with deps.store.read() as work:
        return sum(act.kind == "lodged" for act in work.books.all_acts("objections"))


def test_one_address_lodges_so_many_an_hour_and_reads_on(
    door: tuple[str, Deps, FixedClock], http: httpx.Client
) -> None:
    answers = [sent(http, named=f"第{n}号") for n in range(LODGED + 2)]
    assert [one.status_code for one in answers] == [200] * LODGED + [429] * 2
    assert answers[-1].headers["retry-after"] == "3600"
    assert http.get(f"/object/{receipt_of(answers[0])}").status_code == 200
    door[2].later(hours=1)
    assert sent(http, named="再来").status_code == 200


@pytest.mark.parametrize(
    ("asked", "phone", "word"),
    [("", "zh-CN", "提出异议"), ("", "en-GB", "Object"), ("zh", "en", "提出异议"), ("en", "zh", "Your receipt")],
)
def test_in_one_language_at_a_time(http: httpx.Client, asked: str, phone: str, word: str) -> None:
    query = {"lang": asked} if asked else {}
    headers = {"accept-language": phone}
    pages = [
        http.get("/object", params=query, headers=headers),
        http.post("/object", data={"named": "x"}, params=query, headers=headers),
    ]
    assert any(word in one.text for one in pages)
    if asked == "en" or phone == "en-GB":
        assert not re.search(
            r"[\u3400-\u9fff]", "".join(one.text for one in pages).replace("中文", "").replace("PingFang SC", "")
        )


def test_from_an_objection_to_its_answer_with_a_case_between(
    door: tuple[str, Deps, FixedClock], http: httpx.Client
) -> None:
    _, deps, _ = door
    subjects = (Subject(SubjectKind.RING, held(deps)[0].id),)
    case = open_case(deps, ANN, Opened(title="青石所", playbook="ring_level_1", subjects=subjects, reason="同章")).case
    receipt = receipt_of(sent(http, named=PHONE, said="号码是我的", who="王女士", reach="13900001111"))
    run_due(deps, WORKS)
    assert see_case(deps, ANN, case).facts.disputed
    http.post("/api/setup", json={"token": setup_link(deps), "password": PASSWORD})
    admin = _sign_in(http, "admin", "administration")
    made = http.post("/api/accounts", json={"name": "leo", "roles": ["legal"]}, headers=admin).json()
    http.post("/api/setup", json={"token": made["setup_token"], "password": PASSWORD})
    leo = _sign_in(http, "leo", "investigation")
    assert http.get("/api/objections").status_code == 401
    assert http.get("/api/objections", headers=admin).status_code == 403
    lines = http.get("/api/objections", headers=leo).json()["objections"]
    mine = next(one["id"] for one in lines if _said(http, leo, one["id"]) == "号码是我的")
    seen = http.get(f"/api/objections/{mine}", headers=leo).json()
    assert "13900001111" not in str(seen)
    clear = http.post(f"/api/objections/{mine}/reveal", json={"reason": "回电"}, headers=leo).json()
    assert clear["lodged"]["reach"] == "13900001111"
    http.post(f"/object/{receipt}", data={"do": "add", "text": "有过户凭证"})
    answer = {"upheld": True, "reason": "凭证属实", "falls": [subjects[0].id], "alike": True}
    assert http.post(f"/api/objections/{mine}/answer", json={**answer, "told": "恶意"}, headers=leo).status_code == 422
    done = http.post(f"/api/objections/{mine}/answer", json=answer, headers=leo)
    assert done.status_code == 200, done.text
    assert case in done.json()["cases"]
    page = http.get(f"/object/{receipt}").text
    assert "您的异议成立" in page
    assert not [secret for secret in (case, subjects[0].id, "leo", "凭证属实", PHONE) if secret in page]
    assert http.post(f"/api/objections/{mine}/answer", json=answer, headers=leo).status_code == 409
    assert subjects[0].id in see_case(deps, ANN, case).facts.fallen
    assert http.get("/api/objections/OBJ-zz", headers=leo).status_code == 422
    assert http.get("/api/objections/OBJ-00", headers=leo).status_code == 404


def _said(http: httpx.Client, who: dict[str, str], id_: str) -> str:
    return str(http.get(f"/api/objections/{id_}", headers=who).json()["lodged"]["said"])


def test_it_is_readable_on_a_phone(door: tuple[str, Deps, FixedClock], http: httpx.Client, tmp_path: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("no chromium")
    receipt = receipt_of(sent(http, named=PHONE))
    for path in ("/object", f"/object/{receipt}?lang=en"):
        shot = tmp_path / "shot.png"
        asked = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--window-size=390,2000", "--hide-scrollbars"]
        subprocess.run(
            [*asked, f"--screenshot={shot}", f"{door[0]}{path}"], check=True, capture_output=True, timeout=120
        )
        assert shot.stat().st_size > 10_000
        asked.append("--dump-dom")
        dom = subprocess.run([*asked, f"{door[0]}{path}"], check=True, capture_output=True, timeout=120).stdout.decode()
        assert "<form" in dom
