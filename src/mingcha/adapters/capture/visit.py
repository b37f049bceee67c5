"""A visit: a fresh browser with nothing in it goes to one page, waits until it stands, and is ended; nothing is kept of it.

Run as root, Chromium has no sandbox: it refuses to start with one. Capture as a user without privileges.
"""

import asyncio
import json
import os
import re
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from playwright.async_api import Browser, BrowserContext, Error, Frame, Page, Playwright, Response, async_playwright
from playwright.async_api import TimeoutError as TooSlow

from mingcha.adapters.capture.address import read_url
from mingcha.adapters.capture.gate import Ask, Gate
from mingcha.adapters.capture.guard import Traffic
from mingcha.adapters.capture.limits import Limits
from mingcha.adapters.capture.manners import PRODUCT, SHUT
from mingcha.adapters.capture.reading import PageRead, login_address, read_page
from mingcha.errors import NoProgram
from mingcha.model.capture import Captured, CaptureRefusal, Hop, NotCaptured
from mingcha.model.words import Words

WIDTH, HEIGHT = 1280, 900
SHOOTING = 20_000  # milliseconds
CLOSING = 3  # seconds
SHOWN = 5
WALL = Words("登录后才能看到，本程序不登录", "one has to log in to see it, which this program never does")
WHAT = Words("抓取网页", "capturing pages")
NO_START = Words("它没有启动（沙箱或依赖库不可用）", "it does not start (its sandbox or a library is missing)")
SECRET = re.compile("cookie|authoriz|authenti|token|session", re.IGNORECASE)
FLAGS = (
    "--proxy-bypass-list=<-loopback>",  # this machine is asked for through the guard as well
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",  # no name is resolved and nothing reached beside it
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    "--no-pings",
    "--gaia-url=http://gaia.invalid:1",  # its maker is not asked who is signed in: nothing is asked at that port
)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Chromium at a path, with limits and a clock."""

    browser: Path
    limits: Limits
    now: Callable[[], datetime]

    def visit(self, url: str, port: int, traffic: Traffic, ask: Ask) -> tuple[Captured | NotCaptured, tuple[str, ...]]:
        """What a visit through the proxy at this port saw, and which hosts the page led to."""
        gate = Gate(ask)

        async def within() -> Captured | NotCaptured:
            async with asyncio.timeout(self.limits.seconds):
                return await self._visit(url, port, traffic, gate)

        try:
            return asyncio.run(within()), gate.hosts
        except TimeoutError:
            limit = f"{self.limits.seconds:.0f}"
            why = Words(f"{limit} 秒内没有完成", f"it was not done within {limit} s")
            return NotCaptured(url, CaptureRefusal.TIMEOUT, why), gate.hosts
        except Error as error:
            return gate.refusal or _failed(url, error, gate, traffic), gate.hosts

    async def _visit(self, url: str, port: int, traffic: Traffic, gate: Gate) -> Captured | NotCaptured:
        async with async_playwright() as play:
            browser = await self._started(play, port)
            about = await (await browser.new_browser_cdp_session()).send("SystemInfo.getProcessInfo")
            process = next(int(one["id"]) for one in about["processInfo"] if one["type"] == "browser")
            try:
                agent = _agent(browser.version.split(".")[0])
                context = await browser.new_context(
                    accept_downloads=False,
                    service_workers="block",
                    user_agent=agent,
                    viewport={"width": WIDTH, "height": HEIGHT},
                    locale="zh-CN",
                    timezone_id="Asia/Shanghai",
                )
                return await self._seen(context, url, traffic, gate)
            finally:
                await _end(browser, process)

    async def _started(self, play: Playwright, port: int) -> Browser:
        try:
            return await play.chromium.launch(
                executable_path=self.browser,
                args=[f"--proxy-server=socks5://127.0.0.1:{port}", *FLAGS],
                chromium_sandbox=getattr(os, "geteuid", lambda: 1)() != 0,
            )
        except Error as error:  # no fault of the address: it is no look at it
            raise NoProgram(what=WHAT, program=str(self.browser), how=NO_START) from error

    async def _seen(self, context: BrowserContext, url: str, traffic: Traffic, gate: Gate) -> Captured | NotCaptured:
        page = await context.new_page()
        context.on("page", _close)  # what a page opens beside itself
        session = await context.new_cdp_session(page)
        frame = (await session.send("Page.getFrameTree"))["frameTree"]["frame"]["id"]
        await gate.stand(session, frame)
        answers = _Answers(page)
        started = self.now()
        await page.goto(url, wait_until="commit", timeout=self.limits.loading * 1000)
        whole = await self._settled(page)
        gate.shut = True
        if gate.refusal is not None:
            return gate.refusal
        hops = tuple(Hop(one.url, one.status) for one in answers.taken)
        if not hops or not page.url.startswith(("http:", "https:")):
            why = Words("它转到了没有地址的页面", "it leads to a page without an address")
            return NotCaptured(url, CaptureRefusal.NO_PAGE, why)
        read = await read_page(session, frame, self.limits.most_characters)
        if hops[-1].status in SHUT or read.wall or login_address(url, hops[-1].url):
            return NotCaptured(url, CaptureRefusal.LOGIN_WALL, WALL)
        clip = {"x": 0, "y": 0, "width": WIDTH, "height": max(HEIGHT, min(read.height, self.limits.highest))}
        shot = await page.screenshot(full_page=True, clip=clip, animations="disabled", timeout=SHOOTING)  # type: ignore[arg-type]  # reason: a dict of its keys
        head = [(one["name"], one["value"]) for one in await answers.taken[-1].headers_array()]
        found = Captured(
            asked=url,
            hops=hops,
            headers=b"",
            html=read.html.encode("utf-8", "replace"),
            text=read.text.encode("utf-8", "replace"),
            screenshot=shot,
            started_at=started,
            ended_at=self.now(),
            notes=tuple(_notes(read, self.limits, traffic, gate, whole=whole)),
        )
        return replace(found, headers=_headers(found, head, traffic))

    async def _settled(self, page: Page) -> bool:
        """Wait until a page is loaded and quiet, or for as long as may be; whether it was loaded."""
        try:
            await page.wait_for_load_state("load", timeout=self.limits.loading * 1000)
        except TooSlow:
            return False
        with suppress(TooSlow):
            await page.wait_for_load_state("networkidle", timeout=self.limits.settling * 1000)
        return True


class _Answers:
    """The answers the page itself got; those to what did not become the page are none."""

    def __init__(self, page: Page) -> None:
        self.taken: list[Response] = []
        came: list[Response] = []

        def answered(one: Response) -> None:
            if one.request.is_navigation_request() and one.frame == page.main_frame:
                came.append(one)

        def became(frame: Frame) -> None:
            if frame == page.main_frame:
                self.taken = list(came)

        page.on("response", answered)
        page.on("framenavigated", became)


async def _close(page: Page) -> None:
    with suppress(Error):
        await page.close()


async def _end(browser: Browser, process: int) -> None:
    """End a browser; one that a page keeps busy is not waited for."""
    try:
        async with asyncio.timeout(CLOSING):
            await browser.close()
    except TimeoutError:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


def _agent(major: str) -> str:
    browser = (
        f"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{major}.0.0.0 Safari/537.36"
    )
    return f"{browser} {PRODUCT}"


def _headers(found: Captured, head: Sequence[tuple[str, str]], traffic: Traffic) -> bytes:
    """What was answered when and by which addresses, and what the page came to, as JSON; what lets one in is left out."""
    told = {
        "asked": found.asked,
        "started_at": found.started_at.isoformat(),
        "ended_at": found.ended_at.isoformat(),
        "answers": [{"url": one.url, "status": one.status} for one in found.hops],
        "notes": [{"zh": note.zh, "en": note.en} for note in found.notes],
        "sha256": {name: digest for name, digest in found.digests.items() if name != "headers"},
        "headers": [[name, value] for name, value in head if not SECRET.search(name)],
        "left_out": sorted({name.lower() for name, _ in head if SECRET.search(name)}),
        "reached": traffic.reached,
        "visitor": PRODUCT,
    }
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True).encode("utf-8", "replace")


def _failed(url: str, error: Error, gate: Gate, traffic: Traffic) -> NotCaptured:
    """Why a visit came to nothing, in words."""
    if isinstance(error, TooSlow):
        return NotCaptured(url, CaptureRefusal.TIMEOUT, Words("网站迟迟不应答", "it takes too long to answer"))
    last = read_url(gate.hops[-1] if gate.hops else url)
    closed = None if isinstance(last, Words) else traffic.refused.get(f"{last.host}:{last.port}")
    if closed is not None:
        return NotCaptured(url, CaptureRefusal.ADDRESS, closed)
    code = re.search(r"net::(ERR_[A-Z_]+)", error.message)
    if code and code[1] == "ERR_INVALID_AUTH_CREDENTIALS":  # a 401 that names how to log in
        return NotCaptured(url, CaptureRefusal.LOGIN_WALL, WALL)
    if "Download" in error.message or (code and code[1] == "ERR_ABORTED"):
        return NotCaptured(url, CaptureRefusal.NO_PAGE, Words("它是下载或空应答", "it is a download, or empty"))
    said = code[1] if code else "browser"
    return NotCaptured(
        url, CaptureRefusal.UNREACHABLE, Words(f"浏览器打不开（{said}）", f"the browser cannot open it ({said})")
    )


def _notes(read: PageRead, limits: Limits, traffic: Traffic, gate: Gate, *, whole: bool) -> Iterator[Words]:
    """What was cut, blocked or not finished."""
    if not whole:
        s = f"{limits.loading:.0f}"
        yield Words(f"{s} 秒后仍在加载，按当时所见保存", f"still loading after {s} s: kept as it was then")
    if traffic.taken >= traffic.most:
        mb = traffic.most // 1_000_000
        yield Words(
            f"读取 {mb} MB 后停止，页面可能不全", f"nothing was taken beyond {mb} MB: the page may not be whole"
        )
    if read.height > limits.highest:
        zh = f"截图只到 {limits.highest} 像素，全页高 {read.height} 像素"
        yield Words(zh, f"the screenshot ends at {limits.highest} pixels of {read.height}")
    for name, length, most in (
        (Words("源码", "source"), read.html_length, limits.most_characters),
        (Words("文字", "words"), read.text_length, limits.most_characters // 4),
    ):
        if length > most:
            zh = f"网页{name.zh}只保存了 {length:,} 字符中的前 {most:,} 个"
            yield Words(zh, f"of {length:,} characters of its {name.en} the first {most:,} are kept")
    if traffic.refused:
        some = list(traffic.refused)
        listed = ", ".join(some[:SHOWN])
        more_zh = f" 等 {len(some)} 处" if len(some) > SHOWN else ""
        more_en = f" and {len(some) - SHOWN} more" if len(some) > SHOWN else ""
        yield Words(f"未放行的连接：{listed}{more_zh}", f"connections not let through: {listed}{more_en}")
    if gate.led_on is not None:
        yield Words(f"之后页面还要转往 {gate.led_on}，未跟随", f"it led on to {gate.led_on} later: not followed")
