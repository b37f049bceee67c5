"""The only way out for a visit: every connection is resolved here, judged, and made to the very address that was judged.

The browser is given this local SOCKS 5 proxy (RFC 1928) and no other way to the net, so redirects, parts of a page, scripts,
frames and WebSockets all pass; a name that resolves otherwise the second time is judged a second time. UDP does not pass.
"""

import selectors
import socket
import socketserver
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from mingcha.adapters.capture.address import PORTS, closed
from mingcha.model.words import Words

HOLD = 15.0  # seconds to wait for a connection
PIECE = 65_536
NOTED = 200  # refusals and addresses kept
DOMAIN, V4, V6 = 3, 1, 4  # address types of SOCKS 5
GRANTED, FORBIDDEN, FAILED, UNKNOWN = 0, 2, 4, 7  # its answers


class Closed(Exception):
    """A connection that is not made, with the reason."""

    def __init__(self, why: Words) -> None:
        self.why = why
        super().__init__(why.en)


def resolved(host: str, port: int) -> list[str]:
    """All addresses of a name."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def connected(address: str, port: int) -> socket.socket:
    """A connection to an IP address."""
    return socket.create_connection((address, port), timeout=HOLD)


@dataclass
class Traffic:
    """What one visit did: bytes taken in, where it went, and what was not let through."""

    most: int
    taken: int = 0
    reached: dict[str, str] = field(default_factory=dict)  # host and port, and the address it was
    refused: dict[str, Words] = field(default_factory=dict)

    def took(self, count: int) -> bool:
        """Count what came in; whether there may be more."""
        self.taken += count
        return self.taken < self.most


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """How names are resolved and connections made. `allowed` are address and port pairs let through unjudged: for tests, whose
    servers are on this machine; no setting reaches it."""

    resolve: Callable[[str, int], list[str]] = resolved
    connect: Callable[[str, int], socket.socket] = connected
    allowed: frozenset[tuple[str, int]] = frozenset()

    def open(self, host: str, port: int, traffic: Traffic) -> socket.socket:
        """A connection to a host, whose addresses are resolved once and all judged. Closed: one of them, or the port, is not
        open to visits; OSError: nobody answers."""
        place = f"{host}:{port}"
        try:
            addresses = self.resolve(host, port)
        except (UnicodeError, ValueError):  # a label too long or empty
            raise OSError(f"{host[:80]} is no name") from None
        for address in addresses:
            why = self._judged(address, port)
            if why is not None:
                if len(traffic.refused) < NOTED:
                    traffic.refused[place] = why
                raise Closed(why)
        made = self._first(addresses, port)
        if len(traffic.reached) < NOTED:
            traffic.reached[place] = str(made[0])
        return made[1]

    def _judged(self, address: str, port: int) -> Words | None:
        if (address, port) in self.allowed:
            return None
        if port not in PORTS.values():
            return Words(f"端口 {port} 不在 80、443 之列", f"port {port} is neither 80 nor 443")
        return closed(address)

    def _first(self, addresses: list[str], port: int) -> tuple[str, socket.socket]:
        failed: OSError = OSError("no address")
        for address in addresses[:4]:
            try:
                return address, self.connect(address, port)
            except OSError as error:
                failed = error
        raise failed

    @contextmanager
    def proxy(self, traffic: Traffic) -> Iterator[int]:
        """Serve one visit; its port on this machine. Whatever is still open at the end is cut."""
        with _Proxy(self, traffic) as server:
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
            thread.start()
            try:
                yield server.server_address[1]
            finally:
                server.over.set()
                server.shutdown()
                thread.join()


class _Proxy(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 64
    server_address: tuple[str, int]

    def __init__(self, guard: Guard, traffic: Traffic) -> None:
        self.guard, self.traffic, self.over = guard, traffic, threading.Event()
        super().__init__(("127.0.0.1", 0), _Tunnel)

    def handle_error(self, request: object, client_address: object) -> None:
        """A torn connection is nothing to tell."""


class _Tunnel(socketserver.BaseRequestHandler):
    server: _Proxy
    request: socket.socket

    def handle(self) -> None:
        self.request.settimeout(HOLD)
        asked = self._asked()
        if asked is None:
            return self._answer(UNKNOWN)
        try:
            far = self.server.guard.open(*asked, self.server.traffic)
        except Closed:
            return self._answer(FORBIDDEN)
        except OSError:
            return self._answer(FAILED)
        with far:
            self._answer(GRANTED)
            self._relay(far)

    def _asked(self) -> tuple[str, int] | None:
        """The host and port asked for; None for what is no plain connection."""
        version, methods = self._read(2)
        self._read(methods)
        if version != 5:
            return None
        self.request.sendall(b"\x05\x00")
        version, command, _, kind = self._read(4)
        if (version, command) != (5, 1) or kind not in (DOMAIN, V4, V6):
            return None
        if kind == DOMAIN:
            host = self._read(self._read(1)[0]).decode("ascii", "replace")
        else:
            host = socket.inet_ntop(
                *((socket.AF_INET, self._read(4)) if kind == V4 else (socket.AF_INET6, self._read(16)))
            )
        return host, struct.unpack("!H", self._read(2))[0]

    def _read(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            piece = self.request.recv(count - len(data))
            if not piece:
                raise OSError("cut short")
            data += piece
        return data

    def _answer(self, code: int) -> None:
        self.request.sendall(bytes((5, code, 0, V4)) + bytes(6))

    def _relay(self, far: socket.socket) -> None:
        """Carry bytes both ways until one side is done, the visit is over, or it took in all it may."""
        near = self.request
        near.settimeout(HOLD)
        far.settimeout(HOLD)
        with selectors.DefaultSelector() as ready:
            ready.register(near, selectors.EVENT_READ, far)
            ready.register(far, selectors.EVENT_READ, near)
            while not self.server.over.is_set():
                for key, _ in ready.select(0.2):
                    data = key.fileobj.recv(PIECE)  # type: ignore[union-attr]  # reason: sockets alone are registered
                    if not data:
                        return
                    key.data.sendall(data)
                    if key.fileobj is far and not self.server.traffic.took(len(data)):
                        return
