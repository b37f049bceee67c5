"""From a term that ended to a certificate, and what somebody is given about themselves: by command line and over HTTP, two people each time."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import httpx
import pytest
from rich.cells import cell_len
from tests.journeys.test_cases import done, refused, run, told
from tests.journeys.test_family import PASSWORD, http

from mingcha.actions.accounts import create_account, set_password, setup_link, sign_in
from mingcha.actions.clock_paper import record_clock_event
from mingcha.actions.deps import Deps
from mingcha.actions.kept import record_id
from mingcha.model.actor import Purpose, Role
from mingcha.model.clock import ClockEvent, ClockEventKind
from mingcha.model.complaint import Complaint
from mingcha.model.kinds import BY_CODE
from mingcha.model.party import Customer
from mingcha.settings import from_environment
from mingcha.testing.house import put, someone
from mingcha.wiring import open_deps

__all__ = ["http"]  # a fixture: the desk over the `deps` of this file
THEN = datetime(2018, 5, 4, 4, tzinfo=UTC)
PEOPLE = (("leo", Role.LEGAL), ("cat", Role.CONSUMER_PROTECTION), ("au", Role.AUDITOR))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("retention")


@pytest.fixture(scope="module")
def deps(home: Path) -> Iterator[Deps]:
    opened = open_deps(from_environment({}, home / "w"))
    if link := setup_link(opened):
        set_password(opened, link, PASSWORD)
    admin = someone(Role.ADMIN, purpose=Purpose.ADMINISTRATION)
    for name, role in PEOPLE:
        set_password(opened, create_account(opened, admin, name, (role,), None), PASSWORD)
    fill(opened, "1")
    yield opened
    opened.store.close()


def fill(deps: Deps, *names: str) -> None:
    """Complaints answered years ago."""
    for name in names:
        put(deps, "customers", Customer(id=f"c{name}", name="王小明", phone="13800000000"))
        filed = Complaint(
            id=name, received_at=THEN, customer_id=f"c{name}", text="半夜来电", licence="bank", channel="热线"
        )
        put(deps, "complaints", filed)
        id_ = record_id(deps.keys, BY_CODE["complaints"], "test", name)
        ended = ClockEvent(kind=ClockEventKind.ANSWERED, at=THEN, document="答复", by="x")
        record_clock_event(deps, someone(Role.SUPERVISOR), id_, ended)


def test_by_the_command_line(home: Path, deps: Deps) -> None:
    assert "our proposal" in run(home, "retention", "schedule")
    assert [one["holding"] for one in told(home, "retention", "schedule")["terms"]][-1] == "log"
    (line,) = told(home, "retention", "due", "complaint")["due"]
    assert line["left"] < 0
    made = told(home, "retention", "propose", "complaint", "--reason", "term ended")
    batch, root = made["batch"]["id"], made["batch"]["proposed"]["root"]
    assert made["sample"] == [line["id"]]
    assert "no second person" in refused(home, "retention", "dispose", batch, "--yes")
    assert "may not agree" in refused(home, "retention", "agree", batch, root)
    run(home, "retention", "agree", batch, root, "--as", "leo", typed=PASSWORD)
    with_copy = run(
        home, "access", "c1", "--system", "test", "--out", home / "c1.zip", "--proof", "branch", "--checked-by", "wang",
        "--how", "papers seen", "--as", "leo", typed=PASSWORD,
    )  # fmt: skip
    assert "2 records, 1 complaints" in " ".join(with_copy.split())
    assert done(home, "retention", "dispose", batch, typed="n").exit_code == 1
    went = told(home, "retention", "dispose", batch, "--yes")["batch"]["disposed"]
    assert went["gone"] == [line["id"]]
    for name in ("a.pdf", "b.pdf", "a.docx"):
        run(home, "retention", "certificate", batch, "--out", home / name)
    assert (home / "a.pdf").read_bytes() == (home / "b.pdf").read_bytes()
    assert went["gone"][0] in run(home, "retention", "list", "--json") + str(told(home, "retention", "list"))
    assert "chain" in run(home, "verify")
    with zipfile.ZipFile(home / "c1.zip") as pack:
        assert json.loads(pack.read("data.json"))["complaints"][0]["id"] == "1"
    gone = refused(
        home, "erase", "c1", "--system", "other", "--reason", "r", "--yes"
    )  # of another system nobody is known
    assert "c1" in gone


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_it_reads_at_80_columns(home: Path, deps: Deps, locale: str) -> None:
    said = [run(home, "retention", verb, locale=locale) for verb in ("schedule", "list", "--help")]
    said += [run(home, "retention", "due", "customer", locale=locale), run(home, "access", "--help", locale=locale)]
    assert max(cell_len(line) for one in said for line in one.splitlines()) <= 80


def test_the_same_over_http(deps: Deps, http: httpx.Client) -> None:
    fill(deps, "2")
    purposes = (Purpose.INVESTIGATION, Purpose.HANDLING, Purpose.INSPECTION)
    tokens = {name: sign_in(deps, name, PASSWORD, purpose) for (name, _), purpose in zip(PEOPLE, purposes, strict=True)}

    def asked(method: str, path: str, who: str, **said: object) -> httpx.Response:
        headers = {"Authorization": f"Bearer {tokens[who]}"}
        return http.request(method, f"/api/{path}", headers=headers, json=said or None)

    assert asked("GET", "retention/schedule", "au").json()["terms"][0]["holding"] == "complaint"
    (line,) = asked("GET", "retention/due/complaint", "cat").json()["due"]
    assert asked("POST", "retention/batches", "au", holding="complaint", reason="r").status_code == 403
    made = asked("POST", "retention/batches", "cat", holding="complaint", reason="term ended")
    assert made.status_code == 201
    batch = made.json()["batch"]["id"]
    at, root = f"retention/batches/{batch}", made.json()["batch"]["proposed"]["root"]
    assert asked("POST", "retention/batches", "cat", holding="complaint", reason="again").status_code == 409
    assert asked("POST", f"{at}/dispose", "cat").status_code == 409
    assert asked("POST", f"{at}/agree", "leo", root="0" * 64).status_code == 409
    assert asked("POST", f"{at}/agree", "leo", root=root).json()["batch"]["state"] == "agreed"
    given = {"customer": "c2", "system": "test", "proof": "face", "checked_by": "wang", "how": "seen"}
    assert asked("POST", "access", "cat", **given).status_code == 403
    assert asked("POST", "access", "leo", **{**given, "customer": "nobody"}).status_code == 404
    copy = asked("POST", "access", "leo", **given)
    with zipfile.ZipFile(io.BytesIO(copy.content)) as pack:
        assert {"说明.pdf", "explanation.pdf", "data.json"} <= set(pack.namelist())
        assert pack.testzip() is None
    assert asked("POST", f"{at}/certificate", "au", form="pdf").status_code == 409
    assert asked("POST", f"{at}/dispose", "cat").json()["batch"]["disposed"]["gone"] == [line["id"]]
    first, again = (asked("POST", f"{at}/certificate", "au", form="pdf", language="zh").content for _ in range(2))
    assert first[:5] == b"%PDF-"
    assert sha256(first).digest() == sha256(again).digest()
    assert asked("GET", at, "au").json()["batch"]["state"] == "disposed"
    assert asked("GET", "retention/batches", "au").json()["batches"][0]["id"] == batch
    assert asked("POST", f"{at}/withdraw", "cat", reason="late").status_code == 409
    assert asked("GET", "retention/batches/DISP-0", "au").status_code == 404
