"""A street of local servers for captures: what they were asked is kept, every name leads to this machine, time stands still."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from mingcha.adapters.capture.guard import Guard
from mingcha.adapters.capture.limits import Limits, Pace

pytest.importorskip("playwright")
pytest.importorskip("protego")
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
needs_browser = pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine")
QUICK = Limits(seconds=30, loading=6, settling=0.8)
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Answer:
    body: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = HTML


@dataclass
class House:
    """One server. A route is a page's body, an answer, or something that writes to the socket itself."""

    routes: dict[str, "str | Answer | Callable[[Any], None]"] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    cookies: list[tuple[str, str]] = field(default_factory=list)
    port: int = 0
    connections: int = 0  # of any kind, a word said or not

    def at(self, path: str, host: str = "shop.test") -> str:
        return f"http://{host}:{self.port}{path}"

    @property
    def pages(self) -> list[str]:
        """What was asked besides robots.txt and icons."""
        return [path for path in self.asked if path not in ("/robots.txt", "/favicon.ico")]


@contextmanager
def served(routes: dict[str, Any] | None = None) -> Iterator[House]:
    house = House(dict(routes or {}))

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            house.asked.append(self.path)
            house.agents.add(self.headers.get("User-Agent", ""))
            house.cookies.extend((self.path, one) for one in self.headers.get_all("Cookie", []))
            answer = house.routes.get(self.path, Answer("nothing here", 404))
            if callable(answer):
                answer(self)
                return
            answer = Answer(answer) if isinstance(answer, str) else answer
            body = answer.body.encode()
            self.send_response(answer.status)
            if answer.body:
                self.send_header("Content-Type", answer.kind)
            for name, value in {"Content-Length": str(len(body)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    class Counted(ThreadingHTTPServer):
        def get_request(self) -> Any:
            house.connections += 1
            return super().get_request()

    with Counted(("127.0.0.1", 0), Door) as server:
        server.daemon_threads = True
        house.port = server.server_port
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield house
        finally:
            server.shutdown()


@dataclass
class Street:
    """A guard that lets one house in, a resolver that leads every name here, and a clock with what was slept."""

    house: House
    slept: list[float] = field(default_factory=list)
    time: float = 1_000.0

    @property
    def guard(self) -> Guard:
        return Guard(resolve=lambda _host, _port: ["127.0.0.1"], allowed=frozenset({("127.0.0.1", self.house.port)}))

    @property
    def pace(self) -> Pace:
        return Pace(least=10, clock=lambda: self.time, sleep=self._sleep)

    def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds
