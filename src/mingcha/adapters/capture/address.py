"""Which addresses may be visited: public ones on the Internet, and no way of writing another that slips through.

A name may lead anywhere, so it is judged by what it resolves to, at the moment of connecting (`guard`); here is what is judged.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from mingcha.model.words import Words

MOST_URL = 4_000  # characters
PORTS = {"http": 80, "https": 443}
UNFIT = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2000-\u200f\u2028-\u202f\ufeff]")
NUMERIC = re.compile(r"(?:0[xX][0-9a-fA-F]*|[0-9]+)\.?")  # a last label that browsers read as part of an IPv4 address
LABELS = re.compile(r"(?!.*\.\.)[a-z0-9_](?:[a-z0-9._-]{0,251}[a-z0-9_])?\.?")
GLOBAL_V6 = ip_network(
    "2000::/3"
)  # RFC 4291: all that is given out; NAT64, mapped, compatible and local ones lie outside
CLOSED = tuple(
    ip_network(net)
    for net in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
        "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",  # RFC 6890 and its registry
        "168.63.129.16/32",  # a cloud's host, at a public address
        "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",  # Teredo, documentation, 6to4, AS112
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Address:
    """A web address taken apart: `host` in lower-case ASCII without brackets or a last dot."""

    scheme: str
    host: str
    port: int


def closed(address: str) -> Words | None:
    """Why an IP address is not to be connected to; None for a public one of the Internet."""
    try:
        ip = ip_address(address)
    except ValueError:
        return Words(f"不是 IP 地址：{address[:60]}", f"no IP address: {address[:60]}")
    if public(ip):
        return None
    return Words(f"{ip} 是内部或保留地址", f"{ip} is an internal or reserved address")


def public(ip: IPv4Address | IPv6Address) -> bool:
    """Whether an address is one of the Internet, of which no other address is made."""
    if isinstance(ip, IPv6Address) and (ip.scope_id is not None or ip not in GLOBAL_V6):
        return False
    return ip.is_global and not ip.is_multicast and not any(ip in net for net in CLOSED)


def read_url(url: str) -> Address | Words:
    """A web address taken apart, or why it is none that may be visited."""
    if len(url) > MOST_URL or UNFIT.search(url):
        return Words("过长，或含空白、反斜杠等字符", "it is too long, or holds blanks, backslashes or the like")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return Words("不是网址", "it is no web address")
    if parts.scheme not in PORTS:
        return Words("只访问 http 与 https", "only http and https are visited")
    if "@" in parts.netloc:
        return Words("网址中不得含用户名或口令", "an address with a user or a password is not visited")
    host = _host(parts.hostname or "")
    if host is None:
        return Words("主机名写法不规范", "its host is not written plainly")
    return Address(parts.scheme, host, PORTS[parts.scheme] if port is None else port)


def _host(host: str) -> str | None:
    """A host as it is asked for; None for one written in a way that readers differ on."""
    if ":" in host:
        return _literal(host)
    try:
        plain = host.encode("idna").decode("ascii").lower() if not host.isascii() else host.lower()
    except UnicodeError:
        return None
    if not LABELS.fullmatch(plain) or any(len(label) > 63 for label in plain.split(".")):
        return None
    last = plain.removesuffix(".").rsplit(".", 1)[-1]
    return _literal(plain) if NUMERIC.fullmatch(last) else plain.removesuffix(".")


def _literal(host: str) -> str | None:
    try:
        return str(ip_address(host))
    except ValueError:
        return None
