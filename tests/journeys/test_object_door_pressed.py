"""The door of those who are named under pressure: slow, broken and raw bodies, networks of addresses, a receipt that is lost."""

import socket
import time
from types import SimpleNamespace
from typing import Any, cast

import httpx
import pytest
from fastapi import Request
from tests.actions.test_rings import PHONE
from tests.journeys.test_object_door import door, http, receipt_of, sent

from mingcha.actions.deps import Deps
from mingcha.actions.objections import objections, reveal_objection
from mingcha.api import form
from mingcha.api.form import FORM
from mingcha.api.limit import MOST, WINDOW
from mingcha.api.outside import asker
from mingcha.model.actor import Purpose, Role
from mingcha.model.objection import MOST_ADDED
from mingcha.testing.house import FixedClock, someone

__all__ = ["door", "http"]  # fixtures
CAT = someone(Role.CONSUMER_PROTECTION, name="cat", purpose=Purpose.INVESTIGATION)
House = tuple[str, Deps, FixedClock]


@pytest.mark.parametrize(
    ("host", "other", "same"),
    [
        ("203.0.113.7", "203.0.113.8", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:203.0.113.7", "203.0.113.7", True),
        ("?", "socket", False),
    ],
)
def test_a_line_is_one_asker_whatever_address_of_it_it_takes(host: str, other: str, same: bool) -> None:
    one, two = (asker(cast(Request, SimpleNamespace(client=SimpleNamespace(host=name)))) for name in (host, other))
    assert (one == two) is same


def test_a_body_that_never_ends_is_let_go(door: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(form, "SLOWEST", 0.3)
    began = time.monotonic()
    with _begun(door[0], 1_000) as slow:
        answer = slow.recv(65_536)
    assert answer.startswith(b"HTTP/1.1 422")
    assert time.monotonic() - began < 5


def test_a_body_that_breaks_off_harms_nobody(door: House, http: httpx.Client, caplog: Any) -> None:
    for _ in range(3):
        _begun(door[0], 1_000).close()
    assert http.get("/object").status_code == 200
    assert "Exception in ASGI" not in caplog.text


def _begun(base: str, size: int) -> socket.socket:
    """A form of which nothing comes but its first bytes."""
    host, port = base.removeprefix("http://").split(":")
    begun = socket.create_connection((host, int(port)), timeout=10)
    begun.sendall(
        f"POST /object HTTP/1.1\r\nHost: {host}\r\nContent-Type: {FORM}\r\nContent-Length: {size}\r\n\r\nnamed=".encode()
    )
    return begun


def test_what_is_sent_unescaped_is_read_all_the_same(door: House, http: httpx.Client) -> None:
    kind = {"content-type": FORM}
    assert http.post("/object", content="said=没有转义的字".encode(), headers=kind).status_code == 200
    ids = [one.id for one in objections(door[1], CAT)]
    assert "没有转义的字" in {reveal_objection(door[1], CAT, id_, "核对").lodged.said for id_ in ids}


def test_the_other_language_is_the_same_page_after_a_receipt_was_typed(http: httpx.Client) -> None:
    receipt = receipt_of(sent(http, named=PHONE))
    page = http.post("/object/look", data={"receipt": receipt})
    (link,) = [part.split('"')[0] for part in page.text.split('<a href="') if 'hreflang="en"' in part]
    english = http.get(link)
    assert english.status_code == 200
    assert "Answered by" in english.text


def test_whoever_lost_the_receipt_is_told_what_to_do(http: httpx.Client) -> None:
    assert "回执丢失的，可以重新提出异议" in http.get("/object/x?lang=zh").text
    assert "object once more" in http.get("/object/x?lang=en").text


def test_what_is_full_says_so(http: httpx.Client) -> None:
    receipt = receipt_of(sent(http, named=PHONE))
    for n in range(MOST_ADDED + 1):
        page = http.post(f"/object/{receipt}", data={"do": "add", "text": f"补充{n}"})
        assert page.status_code == 200
    assert f"已补充次数：{MOST_ADDED}" in page.text
    assert 'name="text"' not in page.text
    assert "不再接受补充" in page.text
    assert 'value="withdraw"' in page.text


def test_whoever_reads_too_often_waits_a_minute_and_not_an_hour(http: httpx.Client) -> None:
    answers = [http.get("/object/x") for _ in range(MOST + 1)]
    assert answers[-1].status_code == 429
    assert answers[-1].headers["retry-after"] == str(int(WINDOW.total_seconds()))
