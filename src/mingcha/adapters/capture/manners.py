"""Manners of a visit: who we are is said, robots.txt is obeyed, and a host is left alone for a while between two visits.

RFC 9309: no robots.txt means yes, one that cannot be had means no; so does, here, one that asks for a log-in.
"""

import math
import socket
import ssl
import threading
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import urljoin

from protego import Protego

from mingcha import __version__
from mingcha.adapters.capture.address import PORTS, Address, read_url
from mingcha.adapters.capture.guard import HOLD, Closed, Guard, Traffic
from mingcha.adapters.capture.limits import Pace
from mingcha.model.capture import CaptureRefusal, NotCaptured
from mingcha.model.words import Words

PRODUCT = f"mingcha/{__version__}"
MOST_ROBOTS = 512_000  # bytes read of a robots.txt (RFC 9309 2.5: at least 500 KiB)
MOST_HOPS = 5
FRESH = 3_600.0  # seconds a robots.txt is believed
SHUT = (401, 403)


@dataclass(slots=True)
class Manners:
    """What is known of the hosts visited: what their robots.txt says and when they were visited last."""

    guard: Guard
    pace: Pace
    _rules: dict[tuple[str, str, int], tuple[float, Protego]] = field(default_factory=dict)
    _visited: dict[str, float] = field(default_factory=dict)

    def ask(self, url: str, traffic: Traffic, patience: float) -> NotCaptured | None:
        """Why an address is not visited; None, after having waited no longer than `patience` for its host's turn, where it may be."""
        address = read_url(url)
        if isinstance(address, Words):
            return NotCaptured(url, CaptureRefusal.ADDRESS, address)
        try:
            rules = self._rules_of(address, traffic)
        except Closed as error:
            return NotCaptured(url, CaptureRefusal.ADDRESS, error.why)
        except (OSError, HTTPException) as error:
            return NotCaptured(url, CaptureRefusal.UNREACHABLE, _silence(address.host, error))
        why = rules if isinstance(rules, Words) else self._no(url, rules, address.host, patience)
        if why is not None:
            return NotCaptured(url, CaptureRefusal.ROBOTS, why)
        return None

    def left(self, host: str) -> None:
        """A visit of this host ended now."""
        self._visited[host] = self.pace.clock()

    def _no(self, url: str, rules: Protego, host: str, patience: float) -> Words | None:
        """Why the rules say no, or not yet; None once it is this host's turn."""
        if not rules.can_fetch(url, PRODUCT):
            return Words("它不允许访问这个地址", "it does not allow this address")
        least = max(self.pace.least, float(rules.crawl_delay(PRODUCT) or 0))
        wait = self._visited.get(host, -math.inf) + least - self.pace.clock()
        if not wait <= patience:
            return Words(f"它要求两次访问相隔 {least:.0f} 秒", f"it asks for {least:.0f} s between two visits")
        if wait > 0:
            self.pace.sleep(wait)
        return None

    def _rules_of(self, address: Address, traffic: Traffic) -> Protego | Words:
        key = (address.scheme, address.host, address.port)
        read_at, rules = self._rules.get(key, (-FRESH, None))
        if rules is not None and self.pace.clock() - read_at < FRESH:
            return rules
        text = self._robots(address, traffic)
        if isinstance(text, Words):
            return text
        rules = Protego.parse(text)
        self._rules[key] = self.pace.clock(), rules
        return rules

    def _robots(self, address: Address, traffic: Traffic) -> str | Words:
        """The words of a robots.txt, none where there is none; why it cannot be had."""
        host = f"[{address.host}]" if ":" in address.host else address.host
        url = f"{address.scheme}://{host}:{address.port}/robots.txt"
        for _ in range(MOST_HOPS + 1):
            target = read_url(url)
            if isinstance(target, Words):
                return target
            status, said, leads = _fetched(self.guard, target, url, traffic)
            if 300 <= status < 400 and leads:
                url = urljoin(url, leads)
                continue
            if status in SHUT or not 200 <= status < 500:
                return Words(f"读不到它（{status}）", f"it cannot be had ({status})")
            return said if status < 300 else ""
        return Words("它转来转去", "it leads from one address to the next")


def _silence(host: str, error: Exception) -> Words:
    if isinstance(error, ssl.SSLError):
        return Words(f"{host} 的证书或加密不可信", f"the certificate or encryption of {host} does not hold")
    return Words(f"{host} 没有应答", f"{host} does not answer")


def _fetched(guard: Guard, target: Address, url: str, traffic: Traffic) -> tuple[int, str, str]:
    """Status, text and where a redirect leads; cut off after HOLD seconds, however slowly it drips."""
    path = url.split("//", 1)[1]
    path = "/" + path.split("/", 1)[1].split("#")[0] if "/" in path else "/"
    default = target.port == PORTS[target.scheme]
    host = f"[{target.host}]" if ":" in target.host else target.host
    with closing(_opened(guard, target, traffic)) as far:
        timer = threading.Timer(HOLD, _cut, (far,))
        timer.start()
        try:
            if isinstance(far, ssl.SSLSocket):
                far.do_handshake()
            connection = HTTPConnection(target.host, target.port)
            connection.sock = far
            headers = {
                "Host": host if default else f"{host}:{target.port}",
                "User-Agent": PRODUCT,
                "Connection": "close",
            }
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, _text(answer), answer.headers.get("Location", "")
        finally:
            timer.cancel()


def _opened(guard: Guard, target: Address, traffic: Traffic) -> socket.socket:
    far = guard.open(target.host, target.port, traffic)
    if target.scheme == "http":
        return far
    tls = ssl.create_default_context()
    return tls.wrap_socket(far, server_hostname=target.host, do_handshake_on_connect=False)


def _cut(far: socket.socket) -> None:
    try:
        far.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it is closed already


def _text(answer: HTTPResponse) -> str:
    return answer.read(MOST_ROBOTS).decode("utf-8", "replace") if 200 <= answer.status < 300 else ""
