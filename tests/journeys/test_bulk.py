"""A demo town's desk handled in bulk, by command line and over HTTP: shown, done as shown, taken back, and the queue in its order."""

import json
import shlex
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from rich.cells import cell_len
from tests.journeys.served import PASSWORD, staffed
from tests.journeys.test_cases import refused, run, told
from tests.journeys.test_family import http

from mingcha.actions.accounts import sign_in
from mingcha.actions.deps import Deps
from mingcha.actions.inspection.inspect import Asked, inspect
from mingcha.model.actor import Purpose, Role
from mingcha.testing.house import someone

__all__ = ["http"]  # a fixture: the desk over the `deps` of this file


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bulk")
    run(folder, "demo", "--size", "150")
    return folder


@pytest.fixture(scope="module")
def deps(home: Path) -> Iterator[Deps]:
    with staffed(home / "w", (("ann", Role.HANDLER), ("bo", Role.HANDLER), ("ana", Role.ANALYST))) as opened:
        yield opened


def queue(home: Path, *more: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = told(home, "queue", "--limit", "500", *more)["rows"]
    return rows


def test_shown_done_as_shown_and_taken_back(home: Path, deps: Deps) -> None:
    before = queue(home)
    channel = before[0]["channel"]
    options = ("assign", "--to", "ann", "--channel", channel, "--unassigned")
    seen = told(home, "bulk", "preview", *options)
    assert seen["count"] == sum(
        row["channel"] == channel and row["state"] in ("open", "needs_repair") for row in before
    )
    said = run(home, "bulk", "preview", *options)
    command = next(line for line in said.splitlines() if "bulk apply" in line).split(" bulk apply ", 1)[1]
    assert shlex.split(command) == [*options[:1], *options[1:], "--seen", seen["digest"]]
    run(home, "assign", before[0]["complaint"], "--to", "bo")
    assert "has changed since it was shown" in refused(home, "bulk", "apply", *shlex.split(command))
    assert "digest" in refused(home, "bulk", "apply", *options)
    assert "--label" in refused(home, "bulk", "preview", "tag", "--unassigned")
    again = told(home, "bulk", "preview", *options)
    done = told(home, "bulk", "apply", *options, "--seen", again["digest"])
    assert done["count"] == again["count"] == seen["count"] - 1
    held = queue(home, "--held-by", "ann")
    assert (len(held), {row["channel"] for row in held}) == (done["count"], {channel})
    assert [row["complaint"] for row in queue(home)] == [row["complaint"] for row in before], "the order is the clock's"
    run(home, "tag", held[0]["complaint"], "加急")
    undone = told(home, "bulk", "undo", done["bulk"])
    assert (undone["restored"], undone["left"]) == (
        done["count"] - 1,
        [{"complaint": held[0]["complaint"], "why": "moved_on"}],
    )
    assert [row["complaint"] for row in queue(home, "--held-by", "ann")] == [held[0]["complaint"]]
    assert "already" in refused(home, "bulk", "undo", done["bulk"])
    run(home, "verify")
    inspector = someone(Role.INSPECTOR, name="ins", purpose=Purpose.INSPECTION)
    period = Asked(first=date(2026, 1, 1), last=date(2026, 12, 31), seed="7", sample=1)
    assert inspect(deps, inspector, period).flaws == ()


def test_one_at_a_time(home: Path, deps: Deps) -> None:
    id_ = queue(home, "--unassigned")[3]["complaint"]
    asked = told(home, "records", id_, "calls", "--department", "客服中心", "--until", "2199-01-01")
    assert next(row for row in queue(home) if row["complaint"] == id_)["records_waiting"] == ["calls"]
    assert asked["act"][-8:] in run(home, "show", id_)
    assert "waited for" in refused(home, "records", id_, "--arrived", "")
    run(home, "records", id_, "--arrived", asked["act"][-8:])
    assert "not decided" in refused(home, "draft", id_)
    run(home, "decide", id_, "upheld", "--reason", "checked")
    run(home, "draft", id_)
    row = next(row for row in queue(home) if row["complaint"] == id_)
    assert (row["records_waiting"], row["draft_on_file"], row["state"]) == ([], True, "open")
    run(home, "take-back", id_)
    assert not next(row for row in queue(home) if row["complaint"] == id_)["draft_on_file"]
    assert "labels a person" in refused(home, "tag", id_, "老赖")
    assert "--until" in refused(home, "records", id_, "calls", "--department", "客服中心")


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_it_reads_at_80_columns(home: Path, deps: Deps, locale: str) -> None:
    verbs = (("queue",), ("bulk", "list"), ("bulk", "preview", "tag", "--label", "等合同", "--no-welfare"))
    for verb in verbs:
        said = run(home, *verb, locale=locale)
        wide = [line for line in said.splitlines() if cell_len(line) > 80 and "bulk apply" not in line]
        assert not wide
    assert "加急" in run(home, "queue", "--held-by", "ann", locale=locale)
    assert ("可撤销至" if locale == "zh-CN" else "until") in run(home, "bulk", "list", locale=locale)


def test_the_same_over_http(home: Path, deps: Deps, http: httpx.Client) -> None:
    def asked(
        method: str, path: str, who: str = "ann", purpose: Purpose = Purpose.HANDLING, **said: Any
    ) -> httpx.Response:
        token = sign_in(deps, who, PASSWORD, purpose)
        content = {"json": said} if said else {}
        return http.request(method, f"/api{path}", headers={"authorization": f"Bearer {token}"}, **content)  # type: ignore[arg-type] # JSON or nothing

    ids = [row["complaint"] for row in queue(home, "--unassigned")[:6]]
    what = {"selection": {"ids": ids}, "deed": {"deed": "tag", "tag": "等合同"}}
    seen = asked("POST", "/bulk/preview", **what).json()
    assert (seen["count"], [row["complaint"] for row in seen["sample"]]) == (6, ids)
    assert asked("POST", "/bulk/apply", **what, digest="x").status_code == 409
    assert asked("POST", "/bulk/apply", "bo", **what, digest=seen["digest"]).status_code == 409, (
        "shown to somebody else"
    )
    done = asked("POST", "/bulk/apply", **what, digest=seen["digest"]).json()
    assert (done["count"], done["deed"], done["said"]) == (6, "tag", {"tag": "等合同"})
    rows = {row["id"]: row for row in asked("GET", "/queue?limit=500").json()["rows"]}
    assert {id_ for id_, row in rows.items() if "等合同" in row["tags"]} == set(ids)
    assert asked("POST", f"/complaints/{ids[0]}/assign", to="ann").json()["kind"] == "assigned"
    assert asked("POST", f"/complaints/{ids[0]}/assign", to="bo").status_code == 409
    assert asked("POST", f"/complaints/{ids[1]}/tag", tag="恶意").status_code == 422
    asks = {"records": "contract", "department": "档案部", "until": "2199-01-01"}
    act = asked("POST", f"/complaints/{ids[1]}/records", **asks).json()["act"]
    assert asked("GET", f"/complaints/{ids[1]}").json()["row"]["records_waiting"] == ["contract"]
    assert asked("POST", f"/complaints/{ids[1]}/records/arrived", request=act).status_code == 200
    assert asked("POST", f"/complaints/{ids[2]}/draft").status_code == 409
    undone = asked("POST", f"/bulk/{done['id']}/undo").json()
    assert (undone["restored"], {one["complaint"] for one in undone["left"]}) == (4, set(ids[:2]))
    assert asked("GET", "/bulk").json()[0]["id"] == done["id"]
    for deed in ({"deed": "decline"}, {"deed": "merge", "tag": "x"}, {"deed": "draft", "verdict": "upheld"}):
        assert asked("POST", "/bulk/preview", selection={"ids": ids}, deed=deed).status_code == 422
    for which in ({"family": "F-1"}, {"ring": "R-1"}, {"level": 2}, {"label": "linked"}, {}):
        assert asked("POST", "/bulk/preview", selection=which, deed={"deed": "draft"}).status_code == 422
    analyst = asked("POST", "/bulk/preview", "ana", Purpose.INVESTIGATION, **what)
    assert analyst.status_code == 403
    assert json.dumps(done, ensure_ascii=False).count("C-") == 0, "the answer counts, and names nobody"
