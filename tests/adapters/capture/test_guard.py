"""The way out: a name is resolved once a connection and the connection goes to what was judged, whoever asks and however."""

import socket
import struct

import pytest
from tests.adapters.capture.town import served

from mingcha.adapters.capture.guard import Closed, Guard, Traffic

PUBLIC = "93.184.216.34"


def traffic() -> Traffic:
    return Traffic(1_000_000)


def test_the_connection_goes_to_the_address_that_was_judged_and_a_second_one_is_judged_again() -> None:
    answers, made = iter([[PUBLIC], ["127.0.0.1"]]), []

    def connect(address: str, port: int) -> socket.socket:
        made.append((address, port))
        return socket.socket()

    guard, log = Guard(resolve=lambda _host, _port: next(answers), connect=connect), traffic()
    guard.open("rebind.test", 80, log).close()
    with pytest.raises(Closed):
        guard.open("rebind.test", 80, log)
    assert made == [(PUBLIC, 80)]
    assert log.reached == {"rebind.test:80": PUBLIC}
    assert list(log.refused) == ["rebind.test:80"]


@pytest.mark.parametrize("answer", [["127.0.0.1"], [PUBLIC, "10.0.0.1"], ["::ffff:10.0.0.1"], ["fe80::1%1"]])
def test_one_closed_address_among_several_closes_the_name(answer: list[str]) -> None:
    guard = Guard(resolve=lambda _host, _port: answer, connect=lambda _address, _port: pytest.fail("connected"))
    with pytest.raises(Closed):
        guard.open("x.test", 80, traffic())


@pytest.mark.parametrize("port", [22, 25, 6379, 8080, 0, 65535])
def test_other_ports_are_closed(port: int) -> None:
    guard = Guard(resolve=lambda _host, _port: [PUBLIC], connect=lambda _address, _port: pytest.fail("connected"))
    with pytest.raises(Closed):
        guard.open("x.test", port, traffic())


@pytest.mark.parametrize("host", ["0x7f.1", "2130706433", "0177.0.0.1", "127.1", "localhost", "127.0.0.1", "::1"])
def test_the_systems_resolver_is_judged_by_what_it_says(host: str) -> None:
    with pytest.raises((Closed, OSError)):
        Guard(connect=lambda _address, _port: pytest.fail("connected")).open(host, 80, traffic())


@pytest.mark.parametrize("host", ["a" * 300, "a..b", "\x00", "", "é" * 80])
def test_what_is_no_name_is_an_error_of_the_net(host: str) -> None:
    with pytest.raises((Closed, OSError)):
        Guard().open(host, 80, traffic())


def _socks(port: int, host: bytes, to: int, *, kind: int = 3) -> tuple[int, socket.socket]:
    near = socket.create_connection(("127.0.0.1", port), timeout=5)
    near.sendall(b"\x05\x01\x00")
    assert near.recv(2) == b"\x05\x00"
    near.sendall(bytes((5, 1, 0, kind)) + (bytes((len(host),)) if kind == 3 else b"") + host + struct.pack("!H", to))
    return near.recv(10)[1], near


def test_the_proxy_carries_what_is_open_and_refuses_the_rest_by_name_and_by_number() -> None:
    with served({"/": "hello"}) as house, served() as other:
        log = traffic()
        guard = Guard(resolve=lambda _host, _port: ["127.0.0.1"], allowed=frozenset({("127.0.0.1", house.port)}))
        with guard.proxy(log) as port:
            granted, near = _socks(port, b"shop.test", house.port)
            with near:
                near.sendall(b"GET / HTTP/1.0\r\n\r\n")
                said = b""
                while piece := near.recv(4096):
                    said += piece
            assert (granted, said.endswith(b"hello")) == (0, True)
            for host, kind in (
                (b"shop.test", 3),
                (socket.inet_aton("127.0.0.1"), 1),
                (socket.inet_pton(socket.AF_INET6, "::1"), 4),
            ):
                refused, near = _socks(port, host, other.port, kind=kind)
                near.close()
                assert refused == 2
        assert other.connections == 0
        assert log.taken == len(said)


def test_whoever_speaks_something_else_gets_nothing() -> None:
    with Guard(resolve=lambda _host, _port: pytest.fail("resolved")).proxy(traffic()) as port:
        for words in (
            b"GET http://127.0.0.1/ HTTP/1.1\r\n\r\n",
            b"\x04\x01\x00\x50\x7f\x00\x00\x01\x00",
            b"\x05\x01\x00\x05\x02\x00\x01",
        ):
            with socket.create_connection(("127.0.0.1", port), timeout=5) as near:
                near.sendall(words)
                near.shutdown(socket.SHUT_WR)
                answer = b""
                try:
                    while piece := near.recv(100):
                        answer += piece
                except ConnectionResetError:
                    pass
            assert b"HTTP" not in answer


def test_no_more_is_taken_than_may_be() -> None:
    with served({"/": "x" * 500_000}) as house:
        log = Traffic(100_000)
        guard = Guard(resolve=lambda _host, _port: ["127.0.0.1"], allowed=frozenset({("127.0.0.1", house.port)}))
        with guard.proxy(log) as port:
            _, near = _socks(port, b"shop.test", house.port)
            near.sendall(b"GET / HTTP/1.0\r\n\r\n")
            got = 0
            try:
                while piece := near.recv(65_536):
                    got += len(piece)
            except ConnectionResetError:
                pass
        assert 0 < got < 200_000
