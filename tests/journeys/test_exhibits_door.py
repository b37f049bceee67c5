"""Exhibits through the desk door over a real server: uploads that arrive whole or not at all, downloads checked to the last byte."""

import json
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.journeys.served import served

from mingcha.actions.accounts import create_account, set_password, setup_link, sign_in
from mingcha.actions.deps import Deps
from mingcha.api.desk import upload
from mingcha.model.account import Ad
from mingcha.model.actor import Purpose, Role
from mingcha.testing.house import NOON, house, put, someone

PASSWORD = "correct horse battery"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[tuple[Deps, int, str]]:
    """A desk with an ad, and the session of an analyst."""
    with house(tmp_path) as deps:
        put(deps, "ads", Ad(id="1", platform="抖音", text="专业停息挂账", seen_at=NOON))
        set_password(deps, setup_link(deps) or "", PASSWORD)
        admin = someone(Role.ADMIN, purpose=Purpose.ADMINISTRATION)
        set_password(deps, create_account(deps, admin, "ana", (Role.ANALYST,), None), PASSWORD)
        with served(deps) as base:
            yield deps, int(base.rpartition(":")[2]), sign_in(deps, "ana", PASSWORD, Purpose.INVESTIGATION)


@pytest.fixture
def http(desk: tuple[Deps, int, str]) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"http://127.0.0.1:{desk[1]}", headers={"Authorization": f"Bearer {desk[2]}"}) as client:
        yield client


def told(deps: Deps, **given: Any) -> str:
    with deps.store.read() as work:
        (ad,) = [one.id for one in work.ads.all_items()]
    about = {"name": "../聊天.PNG", "of": [ad], "system": "s", "how": "h", "taken_at": "2026-03-20T10:00:00+08:00"}
    return json.dumps({**about, **given})


def sent(http: httpx.Client, about: str, data: bytes) -> httpx.Response:
    parts = {"about": (None, about, "application/json"), "file": ("evil/../name", data)}
    return http.post("/api/exhibits", files=parts)


@pytest.mark.parametrize("size", [0, 1, 3_000_001])
def test_from_an_upload_to_a_download(size: int, desk: tuple[Deps, int, str], http: httpx.Client) -> None:
    data = os.urandom(size)
    kept = sent(http, told(desk[0]), data)
    assert kept.status_code == 201, kept.text
    id_ = kept.json()["id"]
    assert [one["id"] for one in http.get("/api/exhibits").json()["exhibits"]] == [id_]
    assert http.get("/api/exhibits", params={"ending_in": 9}).json() == {"exhibits": []}
    back = http.get(f"/api/exhibits/{id_}/bytes")
    assert (back.status_code, back.content) == (200, data)
    assert back.headers["content-disposition"] == f'attachment; filename="{id_}.png"'
    assert back.headers["content-type"] == "application/octet-stream"
    assert back.headers["x-content-type-options"] == "nosniff"
    assert http.get("/api/exhibits/check").json()["exhibits"] == [{"exhibit": id_, "found": "whole"}]


def test_a_changed_exhibit_is_an_error_and_not_half_a_download(
    desk: tuple[Deps, int, str], http: httpx.Client, tmp_path: Path
) -> None:
    id_ = sent(http, told(desk[0]), bytes(3_000_000)).json()["id"]
    file = tmp_path / "exhibits" / id_
    held = bytearray(file.read_bytes())
    held[-1] ^= 1
    file.write_bytes(held)
    back = http.get(f"/api/exhibits/{id_}/bytes")
    assert back.status_code == 500
    assert "第 3 帧" in back.json()["zh"]
    assert http.get("/api/exhibits/check").json()["exhibits"][0]["found"] == "changed"


def test_what_does_not_fit_is_refused(desk: tuple[Deps, int, str], http: httpx.Client) -> None:
    about = told(desk[0])
    for parts, status in (
        ({"file": ("n", b"x"), "about": (None, about)}, 422),
        ({"about": (None, about)}, 422),
        ({"about": (None, about), "file": ("n", b"x"), "more": ("n", b"x")}, 422),
        ({"about": (None, "x" * 99_999), "file": ("n", b"x")}, 422),
        ({"about": (None, "{}"), "file": ("n", b"x")}, 422),
        ({"about": (None, told(desk[0], taken_at="2026-03-20T10:00:00")), "file": ("n", b"x")}, 422),
        ({"about": (None, told(desk[0], taken_at="0001-01-01T00:00:00+14:00")), "file": ("n", b"x")}, 422),
        ({"about": (None, told(desk[0], gone_at="9999-12-31T23:59:59Z")), "file": ("n", b"x")}, 422),
        ({"about": (None, told(desk[0], of=["13812345678"])), "file": ("n", b"x")}, 422),
        ({"about": (None, told(desk[0], of=["AD-NONE"])), "file": ("n", b"x")}, 404),
        ({"about": (None, told(desk[0], secret="x")), "file": ("n", b"x")}, 422),
    ):
        answer = http.post("/api/exhibits", files=parts)  # type: ignore[arg-type] # reason: httpx's own union of tuples
        assert answer.status_code == status, answer.text
        assert "13812345678" not in answer.text or "of" in answer.text
    assert http.post("/api/exhibits", json={"about": about}).status_code == 422
    assert (
        http.post("/api/exhibits", content=b"--x", headers={"Content-Type": "multipart/form-data"}).status_code == 422
    )
    assert http.get("/api/exhibits/EX-AAAAAAAAAAAAAAAAAAAA/bytes").status_code == 404
    assert http.get("/api/exhibits/..%2F..%2Fkeys.json/bytes").status_code in (404, 422)
    assert http.get("/api/exhibits").json() == {"exhibits": []}


def test_nobody_unnamed_uploads(desk: tuple[Deps, int, str]) -> None:
    with httpx.Client(base_url=f"http://127.0.0.1:{desk[1]}") as nobody:
        assert sent(nobody, told(desk[0]), b"x").status_code == 401
        assert nobody.get("/api/exhibits").status_code == 401


def test_an_upload_that_breaks_off_leaves_nothing(
    desk: tuple[Deps, int, str], http: httpx.Client, tmp_path: Path
) -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="about"\r\n\r\n' + told(desk[0]).encode()
    body += b'\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n' + bytes(2_000_000)
    head = f"POST /api/exhibits HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {desk[2]}\r\n"
    head += f"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {len(body) + 99}\r\n\r\n"
    incoming = tmp_path / "exhibits" / "incoming"
    with socket.create_connection(("127.0.0.1", desk[1])) as line:
        line.sendall(head.encode() + body)
        for _ in range(400):
            if incoming.is_dir() and list(incoming.iterdir()):
                break
            time.sleep(0.01)
        assert list(incoming.iterdir()), "it is being written"
    for _ in range(400):
        if not list(incoming.iterdir()):
            break
        time.sleep(0.01)
    assert not [one for one in (tmp_path / "exhibits").rglob("*") if one.is_file()]
    assert http.get("/api/exhibits").json() == {"exhibits": []}
    whole = http.post("/api/exhibits", content=body, headers={"Content-Type": "multipart/form-data; boundary=b"})
    assert whole.status_code == 422, "a form that never ends is no form"


@pytest.mark.parametrize(
    ("boundary", "second"),
    [
        ("b" * 300, ""),
        ("b", '--b\r\nContent-Disposition: form-data; name="file"; filename="y"\r\n\r\ny\r\n'),
        ("b", "--b\r\nContent-Type: text/plain\r\n\r\ny\r\n"),
    ],
    ids=["a boundary too long", "a second file", "a part without a name"],
)
def test_one_form_is_one_exhibit(desk: tuple[Deps, int, str], http: httpx.Client, boundary: str, second: str) -> None:
    body = f'--{boundary}\r\nContent-Disposition: form-data; name="about"\r\n\r\n{told(desk[0])}\r\n'
    body += f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\nx\r\n'
    body += f"{second}--{boundary}--\r\n"
    kind = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
    assert http.post("/api/exhibits", content=body.encode(), headers=kind).status_code == 422
    assert http.get("/api/exhibits").json() == {"exhibits": []}


def test_whoever_may_not_keep_is_told_before_a_byte_is_read(desk: tuple[Deps, int, str], http: httpx.Client) -> None:
    admin = {"Authorization": f"Bearer {sign_in(desk[0], 'admin', PASSWORD, Purpose.ADMINISTRATION)}"}
    assert http.post("/api/exhibits", content=b"no form", headers=admin).status_code == 403


@pytest.mark.parametrize("path", ["/api/exhibits", "/api/ads/images"])
def test_an_upload_that_stands_still_is_given_up(
    desk: tuple[Deps, int, str], monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(upload, "WAIT", 0.2)
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {desk[2]}\r\n"
    head += "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 999\r\n\r\n--b\r\n"
    with socket.create_connection(("127.0.0.1", desk[1]), timeout=5) as line:
        line.sendall(head.encode())
        assert line.recv(99).startswith(b"HTTP/1.1 422")
