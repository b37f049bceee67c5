"""What the two doors for people outside share: headers that leave nothing behind, one language at a time, and who asks.

Who asks is known as far as their network alone, and only while a limit counts.
"""

from ipaddress import IPv6Address, ip_address, ip_network

from fastapi import Request

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
LANGUAGES = ("zh", "en")
HOUSEHOLD = 64  # bits of an IPv6 address that one line holds: the rest its holder chooses at will


def language(request: Request, asked: str) -> str:
    """As asked, else as the phone says; Chinese where it says nothing else."""
    if asked in LANGUAGES:
        return asked
    return "en" if request.headers.get("accept-language", "").strip().lower().startswith("en") else "zh"


def asker(request: Request) -> str:
    """The address that asks; of IPv6 the network a line is given."""
    host = request.client.host if request.client else "?"
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if not isinstance(address, IPv6Address):
        return host
    return str(address.ipv4_mapped or ip_network((address, HOUSEHOLD), strict=False))
