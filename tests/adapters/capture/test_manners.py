"""Manners: robots.txt is read as RFC 9309 has it, by our own name, and a host is left alone between two visits."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from tests.adapters.capture.town import Answer, House, Street, served

from mingcha.adapters.capture.guard import Guard, Traffic
from mingcha.adapters.capture.manners import MOST_ROBOTS, PRODUCT, Manners
from mingcha.model.capture import CaptureRefusal


@pytest.fixture
def house() -> Iterator[House]:
    with served() as house:
        yield house


def asked(house: House, path: str = "/ad") -> CaptureRefusal | None:
    street = Street(house)
    refused = Manners(street.guard, street.pace).ask(house.at(path), Traffic(1_000_000), 60)
    return refused.refusal if refused else None


@pytest.mark.parametrize(
    ("robots", "path", "refused"),
    [
        (Answer("", 404), "/ad", None),
        (Answer("", 410), "/ad", None),
        ("", "/ad", None),
        ("User-agent: *\nDisallow: /", "/ad", CaptureRefusal.ROBOTS),
        ("User-agent: *\nDisallow: /\nAllow: /ad$", "/ad", None),
        ("User-agent: *\nDisallow: /*private", "/a/private", CaptureRefusal.ROBOTS),
        ("User-agent: mingcha\nDisallow: /ad\n\nUser-agent: *\nAllow: /", "/ad", CaptureRefusal.ROBOTS),
        ("User-agent: other\nDisallow: /", "/ad", None),
        (Answer("", 401), "/ad", CaptureRefusal.ROBOTS),
        (Answer("", 403), "/ad", CaptureRefusal.ROBOTS),
        (Answer("", 500), "/ad", CaptureRefusal.ROBOTS),
        (Answer("", 302, {"Location": "/robots.txt"}), "/ad", CaptureRefusal.ROBOTS),
        (Answer("", 302, {"Location": "file:///etc/passwd"}), "/ad", CaptureRefusal.ROBOTS),
        (Answer("", 302, {"Location": "http://127.0.0.1:9/"}), "/ad", CaptureRefusal.ADDRESS),
        ("\x00\ud7ff<html>" * 1_000, "/ad", None),
    ],
)
def test_robots(house: House, robots: Any, path: str, refused: CaptureRefusal | None) -> None:
    house.routes["/robots.txt"] = robots
    assert asked(house, path) is refused
    assert house.agents == {PRODUCT}


def test_a_robots_txt_moved_to_is_read(house: House) -> None:
    house.routes |= {"/robots.txt": Answer("", 301, {"Location": "/r"}), "/r": "User-agent: *\nDisallow: /"}
    assert asked(house) is CaptureRefusal.ROBOTS


def test_no_more_of_it_is_read_than_counts(house: House) -> None:
    house.routes["/robots.txt"] = "#" * (MOST_ROBOTS + 10) + "\nUser-agent: *\nDisallow: /"
    assert asked(house) is None


def test_one_that_drips_is_cut_off(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mingcha.adapters.capture.manners.HOLD", 1.0)

    def drips(door: Any) -> None:
        try:
            for _ in range(200):
                door.wfile.write(b"H")
                time.sleep(0.1)
        except OSError:
            return

    house.routes["/robots.txt"] = drips
    begun = time.monotonic()
    assert asked(house) is CaptureRefusal.UNREACHABLE
    assert time.monotonic() - begun < 10


def test_a_host_is_left_alone_and_its_robots_txt_is_asked_for_once(house: House) -> None:
    street = Street(house)
    house.routes["/robots.txt"] = "User-agent: *\nCrawl-delay: 25"
    manners, log = Manners(street.guard, street.pace), Traffic(1_000_000)
    for path in ("/1", "/2", "/3"):
        assert manners.ask(house.at(path), log, 60) is None
        manners.left("shop.test")
        street.time += 4
    assert street.slept == [21, 21]
    assert manners.ask(house.at("/", host="other.test"), log, 60) is None
    assert street.slept == [21, 21]
    assert house.asked == ["/robots.txt", "/robots.txt"]


def test_the_least_pause_holds_where_nothing_is_asked(house: House) -> None:
    street = Street(house)
    manners = Manners(street.guard, street.pace)
    for path in ("/1", "/2"):
        assert manners.ask(house.at(path), Traffic(1_000_000), 60) is None
        manners.left("shop.test")
    assert street.slept == [10]


@pytest.mark.parametrize("delay", ["1e9", "61"])
def test_a_pause_longer_than_our_patience_is_no_visit_now(house: House, delay: str) -> None:
    street = Street(house)
    house.routes["/robots.txt"] = f"User-agent: *\nCrawl-delay: {delay}"
    manners = Manners(street.guard, street.pace)
    assert manners.ask(house.at("/1"), Traffic(1_000_000), 60) is None
    manners.left("shop.test")
    refused = manners.ask(house.at("/2"), Traffic(1_000_000), 60)
    assert refused is not None
    assert refused.refusal is CaptureRefusal.ROBOTS
    assert street.slept == []


def test_a_host_nobody_answers_at_is_unreachable_and_a_closed_one_is_refused() -> None:
    def nobody(host: str, _port: int) -> list[str]:
        raise OSError(host)

    street = Street(House())
    for resolve, refusal in (
        (nobody, CaptureRefusal.UNREACHABLE),
        (lambda _h, _p: ["10.0.0.1"], CaptureRefusal.ADDRESS),
    ):
        refused = Manners(Guard(resolve=resolve), street.pace).ask("https://x.test/", Traffic(1_000), 60)
        assert refused is not None
        assert refused.refusal is refusal


def test_encryption_that_does_not_hold_is_told(house: House) -> None:
    def plain(door: Any) -> None:
        door.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n")

    house.routes["/robots.txt"] = plain
    street = Street(house)
    refused = Manners(street.guard, street.pace).ask(house.at("/").replace("http:", "https:"), Traffic(1_000), 60)
    assert refused is not None
    assert refused.refusal is CaptureRefusal.UNREACHABLE
    assert "证书" in refused.why.zh
