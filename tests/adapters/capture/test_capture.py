"""Pages captured by a real browser: what is seen is kept whole and told where cut, and nothing it wants reaches beyond the guard."""

import json
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from tests.adapters.capture.town import QUICK, Answer, House, Street, needs_browser, served

from mingcha.adapters.capture import BrowserCapturer
from mingcha.adapters.capture.guard import Guard
from mingcha.adapters.capture.limits import Limits
from mingcha.errors import NoProgram
from mingcha.model.capture import Captured, CaptureRefusal, NotCaptured

pytestmark = needs_browser
PAGE = "<!doctype html><title>广告</title><h1>专业停息挂账</h1><script>document.body.append('脚本所写')</script>"


@pytest.fixture
def house() -> Iterator[House]:
    with served({"/ad": PAGE}) as house:
        yield house


def look(house: House, url: str = "", limits: Limits = QUICK) -> Captured | NotCaptured:
    street = Street(house)
    return BrowserCapturer(guard=street.guard, pace=street.pace, limits=limits).capture(url or house.at("/ad"))


def seen(house: House, url: str = "", limits: Limits = QUICK) -> Captured:
    found = look(house, url, limits)
    assert isinstance(found, Captured), found
    return found


def refused(house: House, url: str = "", limits: Limits = QUICK) -> CaptureRefusal:
    found = look(house, url, limits)
    assert isinstance(found, NotCaptured), found
    return found.refusal


def told(found: Captured) -> str:
    return " ".join(note.en for note in found.notes)


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack("!II", png[16:24])
    return int(width), int(height)


def test_a_page_is_captured_as_anybody_sees_it(house: House) -> None:
    house.routes["/ad"] = Answer(
        PAGE, headers={"Set-Cookie": "id=1", "X-Session-Token": "s", "X-Served": "by 甲".encode().decode("latin-1")}
    )
    found = seen(house)
    assert (found.status, found.url, found.notes) == (200, house.at("/ad"), ())
    assert "专业停息挂账" in found.text.decode()
    assert "脚本所写" in found.text.decode()
    assert found.html.startswith(b"<!DOCTYPE html>")
    assert size(found.screenshot) == (1280, 900)
    head = json.loads(found.headers)
    assert head["answers"] == [{"url": house.at("/ad"), "status": 200}]
    assert head["reached"] == {f"shop.test:{house.port}": "127.0.0.1"}
    assert head["left_out"] == ["set-cookie", "x-session-token"]
    assert "id=1" not in found.headers.decode()
    assert found.digests["html"] == sha256(found.html).hexdigest()
    assert found.started_at <= found.ended_at
    assert any("mingcha/" in agent and "Chrome/" in agent for agent in house.agents)


def test_nothing_is_kept_from_one_visit_to_the_next_and_the_host_is_left_alone(house: House) -> None:
    house.routes["/ad"] = Answer(PAGE, headers={"Set-Cookie": "id=1; Max-Age=9999"})
    street = Street(house)
    capturer = BrowserCapturer(guard=street.guard, pace=street.pace, limits=QUICK)
    for _ in range(2):
        assert isinstance(capturer.capture(house.at("/ad")), Captured)
    assert "/ad" not in dict(house.cookies)
    assert house.pages == ["/ad", "/ad"]
    assert street.slept == [10]


def test_no_part_of_a_page_reaches_what_is_closed(house: House) -> None:
    with served({"/secret": "inside"}) as inside, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stun:
        stun.bind(("127.0.0.1", 0))
        stun.settimeout(0.2)
        at, udp = f"127.0.0.1:{inside.port}", stun.getsockname()[1]
        house.routes["/ad"] = f"""{PAGE}
          <img src="http://{at}/img"><iframe src="http://{at}/frame"></iframe><script src="http://localhost:{inside.port}/js"></script>
          <link rel=stylesheet href="http://[::1]:{inside.port}/css"><link rel=prefetch href="http://{at}/prefetch"><link rel=preconnect href="http://{at}">
          <iframe src="file:///etc/passwd"></iframe><object data="file:///etc/hostname"></object><img src="/hop">
          <video src="http://{at}/video" autoplay></video><a ping="http://{at}/ping" href="#" id=a>x</a>
          <script>
            const said = [];
            fetch("http://{at}/fetch", {{mode: "no-cors"}}).catch(() => 0);
            fetch("http://inside.test:{inside.port}/name").catch(() => 0);
            fetch("file:///etc/passwd").then(() => said.push("FILE READ")).catch(() => 0);
            navigator.sendBeacon("http://{at}/beacon", "x");
            new WebSocket("ws://{at}/ws");
            try {{ new EventSource("http://{at}/events"); }} catch {{}}
            try {{ new Worker(URL.createObjectURL(new Blob(["fetch('http://{at}/worker')"]))); }} catch {{}}
            try {{ new WebTransport("https://{at}/wt"); }} catch {{}}
            document.getElementById("a").click();
            const peer = new RTCPeerConnection({{iceServers: [{{urls: "stun:127.0.0.1:{udp}"}},
              {{urls: "turn:127.0.0.1:{inside.port}?transport=tcp", username: "u", credential: "p"}}]}});
            peer.createDataChannel("x"); peer.createOffer().then((one) => peer.setLocalDescription(one));
            navigator.serviceWorker && navigator.serviceWorker.register("/sw.js").catch(() => 0);
            open("http://{at}/popup");
            setTimeout(() => document.body.append(said.join()), 500);
          </script>"""
        house.routes["/hop"] = Answer("", 302, {"Location": f"http://{at}/hopped"})
        found = seen(house, limits=replace(QUICK, settling=2.5))
        assert inside.connections == 0
        with pytest.raises(TimeoutError):
            stun.recv(100)
    assert "/sw.js" not in house.asked
    assert "/hop" in house.asked
    assert f"127.0.0.1:{inside.port}" in told(found)
    assert b"FILE READ" not in found.text
    assert b"root:" not in found.html


@pytest.mark.parametrize("way", ["http", "refresh", "script", "late"])
def test_a_page_that_leads_inside_is_refused(house: House, way: str) -> None:
    with served({"/": "inside"}) as inside:
        to = f"http://127.0.0.1:{inside.port}/"
        house.routes["/ad"] = {
            "http": Answer("", 302, {"Location": to}),
            "refresh": f'<meta http-equiv=refresh content="0;url={to}">{PAGE}',
            "script": f'{PAGE}<script>location = "{to}"</script>',
            "late": f'{PAGE}<script>setTimeout(() => location = "{to}", 300)</script>',
        }[way]
        assert refused(house) is CaptureRefusal.ADDRESS
        assert inside.connections == 0


@pytest.mark.parametrize(
    "to",
    ["file:///etc/passwd", "http://user:pw@shop.test/", "http://0x7f.1/", "http://169.254.169.254/latest/meta-data/"],
)
def test_a_redirect_to_what_is_never_visited_gives_nothing(house: House, to: str) -> None:
    house.routes["/ad"] = Answer("", 302, {"Location": to})
    assert refused(house) in (CaptureRefusal.ADDRESS, CaptureRefusal.UNREACHABLE)
    assert house.pages == ["/ad"]


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,<h1>x",
        "http://u:p@shop.test/",
        "http://127.0.0.1:1/",
        "",
    ],
)
def test_what_is_no_public_address_is_refused_before_a_browser_starts(house: House, url: str) -> None:
    found = BrowserCapturer(Path("/bin/false"), guard=Street(house).guard).capture(url)
    assert isinstance(found, NotCaptured)
    assert found.refusal is CaptureRefusal.ADDRESS
    assert house.asked == []


def test_a_name_that_resolves_otherwise_later_reaches_nothing(house: House) -> None:
    """DNS rebinding: first a public address, from then on this machine."""
    public, times, made = "93.184.216.34", [], []

    def resolve(host: str, port: int) -> list[str]:
        times.append(host)
        return [public] if times.count("rebind.test") <= 2 else ["127.0.0.1"]  # robots.txt and the page

    def connect(address: str, port: int) -> socket.socket:
        made.append((address, port))
        assert address == public
        return socket.create_connection(("127.0.0.1", house.port), timeout=5)

    house.routes["/"] = f"{PAGE}<script>setTimeout(() => fetch('/secret'), 100)</script>"
    house.routes["/secret"] = "SECRET"
    street = Street(house)
    guard = Guard(resolve=resolve, connect=connect)
    found = BrowserCapturer(guard=guard, pace=street.pace, limits=QUICK).capture("http://rebind.test/")
    assert isinstance(found, Captured), found
    assert set(made) == {(public, 80)}
    assert times.count("rebind.test") > 2
    assert "/secret" not in house.asked
    assert "rebind.test:80" in told(found)


def test_robots_txt_is_obeyed_where_a_page_leads_as_well(house: House) -> None:
    house.routes |= {
        "/robots.txt": "User-agent: *\nDisallow: /private",
        "/ad": Answer("", 302, {"Location": "/private/ad"}),
        "/private/ad": PAGE,
        "/ok": Answer("", 301, {"Location": "/ok2"}),
        "/ok2": PAGE,
    }
    assert refused(house) is CaptureRefusal.ROBOTS
    assert house.pages == ["/ad"]
    found = seen(house, house.at("/ok"))
    assert [(hop.url, hop.status) for hop in found.hops] == [(house.at("/ok"), 301), (house.at("/ok2"), 200)]


FORM = '<form style="{}">登录<input name=u><input type=password></form>'
LONG = "<p>" + "这是广告正文。" * 100


@pytest.mark.parametrize(
    "page",
    [
        Answer("no", 401, {"WWW-Authenticate": 'Basic realm="x"'}),
        Answer("no", 403),
        Answer("", 302, {"Location": "/passport/enter?next=ad"}),
        FORM.format(""),
        LONG + FORM.format("position:fixed;inset:0;background:white"),
        f'{LONG}<div style="position:fixed;inset:0;background:white">{FORM.format("margin:200px")}</div>',
    ],
)
def test_a_login_wall_is_not_passed(house: House, page: Any) -> None:
    house.routes |= {"/ad": page, "/passport/enter?next=ad": PAGE}
    assert refused(house) is CaptureRefusal.LOGIN_WALL


def test_a_login_in_the_corner_is_no_wall(house: House) -> None:
    house.routes["/ad"] = (
        LONG + FORM.format("position:absolute;right:0;top:0") + FORM.format("display:none;position:fixed;inset:0")
    )
    assert seen(house).status == 200


@pytest.mark.parametrize("status", [404, 500])
def test_an_error_page_is_captured_with_its_status(house: House, status: int) -> None:
    house.routes["/ad"] = Answer("<h1>没有了", status)
    found = seen(house)
    assert found.status == status
    assert "没有了" in found.text.decode()


def _never(door: Any) -> None:
    time.sleep(20)


def _drips(door: Any) -> None:
    door.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<h1>begins</h1>")
    try:
        while True:
            door.wfile.write(b"<p>more</p>")
            time.sleep(0.1)
    except OSError:
        return


def _pours(door: Any) -> None:
    door.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<h1>begins</h1>")
    try:
        while True:
            door.wfile.write(b"<!--" + b"x" * 65_536 + b"-->")
    except OSError:
        return


def test_a_page_that_never_ends_is_kept_as_it_was_then(house: House) -> None:
    house.routes["/ad"] = _drips
    found = seen(house, limits=replace(QUICK, loading=2))
    assert "still loading" in told(found)
    assert "begins" in found.text.decode()


def test_no_more_is_taken_than_may_be_and_it_is_told(house: House) -> None:
    house.routes["/ad"] = _pours
    assert "beyond 2 MB" in told(seen(house, limits=replace(QUICK, most_bytes=2_000_000)))


@pytest.mark.parametrize(
    ("page", "refusal"),
    [
        (_never, CaptureRefusal.TIMEOUT),
        ("<h1>x<script>while (true) {}</script>", CaptureRefusal.TIMEOUT),
        (Answer("", 204), CaptureRefusal.NO_PAGE),
        (Answer("x", headers={"Content-Disposition": "attachment"}, kind="application/zip"), CaptureRefusal.NO_PAGE),
        (Answer("", 302, {"Location": "/ad"}), CaptureRefusal.UNREACHABLE),
        (lambda door: door.wfile.write(b"garbage\r\n\r\n"), CaptureRefusal.UNREACHABLE),
        (lambda door: door.connection.close(), CaptureRefusal.UNREACHABLE),
    ],
    ids=["silent", "busy", "empty", "download", "circle", "garbage", "torn"],
)
def test_what_gives_no_page_is_told_in_time(
    house: House, page: "str | Answer | Callable[[Any], None]", refusal: CaptureRefusal
) -> None:
    house.routes["/ad"] = page
    begun = time.monotonic()
    assert refused(house, limits=Limits(seconds=9, loading=4, settling=0.5)) is refusal
    assert time.monotonic() - begun < 15


def test_a_huge_page_is_cut_where_the_limits_say_and_told(house: House) -> None:
    house.routes[
        "/ad"
    ] = f"""<title>{"长" * 10_000}\x1b[31m\u202e</title><div style="height:90000px;width:9000px">{"字" * 5_000}</div>
      <script>document.title += "<script>"; Object.defineProperty(Element.prototype, "outerHTML", {{get: () => "lie"}})</script>"""
    found = seen(house, limits=replace(QUICK, most_characters=12_000, highest=2_000))
    assert size(found.screenshot) == (1280, 2_000)
    assert len(found.html.decode()) == 12_000
    assert len(found.text.decode()) == 3_000
    assert found.html != b"lie"
    assert all(part in told(found) for part in ("2000 pixels", "source", "words"))


def test_elements_named_like_properties_hide_nothing(house: House) -> None:
    names = (
        "querySelectorAll",
        "elementFromPoint",
        "contains",
        "innerText",
        "parentElement",
        "getBoundingClientRect",
        "offsetParent",
    )
    fields = "".join(f'<input name="{name}">' for name in names)
    for n, style in enumerate(("position:fixed;inset:0;background:white", "margin:300px 0", "")):
        house.routes[f"/{n}"] = (
            f'<img name=body><img name=documentElement><form style="{style}"><input type=password>{fields}</form>'
        )
        assert refused(house, house.at(f"/{n}")) is CaptureRefusal.LOGIN_WALL


def test_an_app_a_page_calls_for_is_not_followed(house: House) -> None:
    house.routes["/ad"] = (
        f"{PAGE}<script>location = 'weixin://dl/chat'; setTimeout(() => location = 'intent://x#Intent;end', 200)</script>"
    )
    assert "专业停息挂账" in seen(house).text.decode()


def test_a_browser_that_does_not_start_is_no_word_on_the_address(house: House) -> None:
    street = Street(house)
    with pytest.raises(NoProgram, match="does not start"):
        BrowserCapturer(Path("/bin/false"), guard=street.guard, pace=street.pace).capture(house.at("/ad"))


def test_a_page_that_wants_to_go_on_after_it_was_seen_stays(house: House) -> None:
    house.routes |= {"/ad": f"{PAGE}<script>setInterval(() => location = '/on', 2500)</script>", "/on": PAGE}
    street = Street(house)
    found = BrowserCapturer(guard=street.guard, pace=street.pace, limits=replace(QUICK, settling=0.2)).capture(
        house.at("/ad")
    )
    assert isinstance(found, Captured)
    assert found.url == house.at("/ad")


def test_without_a_browser_it_is_said_what_to_install() -> None:
    with pytest.raises(NoProgram) as error:
        BrowserCapturer(Path("/nowhere/chromium"))
    assert "chromium" in error.value.say("zh")


def test_without_the_extra_it_is_said_what_to_install() -> None:
    code = "import sys; sys.modules['playwright'] = None; from mingcha.wiring import capturer; capturer(None)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert "NotInstalled" in done.stderr
    assert "mingcha[capture]" in done.stderr
