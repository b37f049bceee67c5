"""Which addresses may be visited: held against the standard library's own view of what is global, and against odd spellings."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mingcha.adapters.capture.address import CLOSED, Address, closed, read_url
from mingcha.model.words import Words

EMBEDDING = tuple(
    map(ip_network, ("::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96"))
)
OTHERS = (  # global to the standard library and closed here
    *(
        net
        for net in CLOSED
        if str(net) in ("168.63.129.16/32", "192.88.99.0/24", "192.0.0.0/24", "3fff::/20", "2001::/23")
    ),
    *map(ip_network, ("192.31.196.0/24", "192.52.193.0/24", "192.175.48.0/24", "2620:4f:8000::/48")),
    *EMBEDDING,
)
V4 = st.integers(0, 2**32 - 1).map(IPv4Address)
V6 = st.integers(0, 2**128 - 1).map(IPv6Address)
NEAR = st.sampled_from(CLOSED).flatmap(
    lambda net: st.integers(-2, net.num_addresses + 1).map(
        lambda step: (
            ip_address(max(0, min(int(net.network_address) + step, 2**net.max_prefixlen - 1)))
            if net.version == 4
            else IPv6Address(int(net.network_address) + max(0, step))
        )
    )
)


@given(V4 | V6 | NEAR)
@example(IPv4Address("100.100.100.200"))
@example(IPv6Address("fd00:ec2::254"))
def test_what_is_open_is_global_and_what_is_closed_is_not_or_is_named(ip: IPv4Address | IPv6Address) -> None:
    if closed(str(ip)) is None:
        assert ip.is_global
        assert not (ip.is_multicast or ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_reserved)
        return
    beyond = isinstance(ip, IPv6Address) and ip not in ip_network("2000::/3")
    assert not ip.is_global or ip.is_multicast or beyond or any(ip in net for net in OTHERS)


@given(V4)
def test_no_address_of_version_4_slips_through_in_one_of_version_6(inner: IPv4Address) -> None:
    n = int(inner)
    for made in (
        0xFFFF << 32 | n,
        n,
        (0x64FF9B << 96) | n,
        (0x2002 << 112) | n << 80,
        (0x20010000 << 96) | n ^ 0xFFFFFFFF,
    ):
        assert closed(str(IPv6Address(made))) is not None


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "223.5.5.5", "2400:3200::1", "2606:4700:4700::1111"])
def test_public_addresses_are_open(address: str) -> None:
    assert closed(address) is None


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.31.0.1", "192.168.1.1", "169.254.169.254", "100.100.100.200", "168.63.129.16", "192.0.0.192",
        "0.0.0.0", "255.255.255.255", "224.0.0.1", "240.0.0.1", "198.18.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1",
        "ff02::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1", "fd00:ec2::254", "", "x", "8.8.8",
    ],
)  # fmt: skip
def test_all_others_are_closed(address: str) -> None:
    assert closed(address) is not None


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "ftp://x.example/", "view-source:http://x.example/", "about:blank",
        "chrome://version", "blob:http://x.example/1", "http:", "http://", "//x.example/", "x.example", "",
        "http://user:pass@x.example/", "http://user@x.example/", "http://x.example@127.0.0.1/",
        "http://0x7f.1/", "http://2130706433/", "http://0177.0.0.1/", "http://127.1/", "http://1.2.3/", "http://0x7f000001", "http://1.2.3.0x4",
        "http://127.0.0.1.1/", "http://x.example\\@y.example/", "http://x.exam ple/", "http://x.example/\n", "\thttp://x.example/",
        "http://x.example:99999/", "http://x.example:port/", "http://[::1", "http://[x]/", "http://..example/", "http://a..b/", "http://-/",
        "http://" + "a" * 64 + ".example/", "http://x.example/" + "a" * 5_000, "http://%6c%6f.example/", "http://１２７.0.0.1\u200b/",
        "http://１２７.１/",
    ],
)  # fmt: skip
def test_what_is_no_plain_web_address_is_refused(url: str) -> None:
    assert isinstance(read_url(url), Words)


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("https://www.example.com/a?b=c#d", Address("https", "www.example.com", 443)),
        ("HTTP://EXAMPLE.com:8080", Address("http", "example.com", 8080)),
        ("http://example.com./", Address("http", "example.com", 80)),
        ("http://例子.测试/页", Address("http", "xn--fsqu00a.xn--0zwm56d", 80)),
        ("http://127.0.0.1/", Address("http", "127.0.0.1", 80)),  # plainly written: it is for the guard to refuse
        ("http://[2001:DB8::1]:81/", Address("http", "2001:db8::1", 81)),
        ("http://１２７.0.0.1/", Address("http", "127.0.0.1", 80)),
    ],
)
def test_a_web_address_is_taken_apart(url: str, read: Address) -> None:
    assert read_url(url) == read


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading(text: str) -> None:
    for url in (text, f"http://{text}", f"https://{text}/"):
        read = read_url(url)
        assert isinstance(read, (Address, Words))
        if isinstance(read, Address):
            assert read.host.isascii()
