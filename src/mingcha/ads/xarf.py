"""A report of an ad as XARF 4 (xarf.org), for abuse desks that read it; plain values, to be written as JSON.

XARF has no type for soliciting on behalf of debtors. `content/fraud` with `fraud_type` *other* is the nearest that fits a page
which is up; the description says so, and that nobody found fraud. A post without an address of its own fits none.
"""

import re
from base64 import b64encode
from hashlib import sha256
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import UUID

from mingcha.ads.report_text import BLANK, Reported, cited, ground, quotes
from mingcha.model.answer import Institution
from mingcha.model.mail import Sending
from mingcha.model.words import Words

VERSION = "4.2.0"
MOST_OF_A_NAME, MOST_OF_A_DESCRIPTION = 200, 1_000
KEPT = "/?@!$&'()*+,;=:%~"  # of an address as it came; the rest is escaped
ESCAPE = re.compile("%(?![0-9A-Fa-f]{2})")
NEAREST = (
    "Nearest XARF type: none names soliciting for illegal debt and complaint agencies; no court or authority is said to have found "
    "fraud. A lead to verify."
)
NO_LINK = Words("没有可用的链接", "it has no address of its own")
NO_SENDER = Words(
    "site.toml 的 [institution] name 与 [sending] contact、domain",
    "[institution] name and [sending] contact, domain in site.toml",
)


def unfit(one: Reported) -> Words | None:
    """Why a report fits no type of XARF; None where it does."""
    return NO_LINK if _address(one.link) is None else None


def lacking(institution: Institution, sending: Sending) -> Words | None:
    """What a site has to say before it can report in XARF."""
    return None if institution.name and sending.contact and sending.domain else NO_SENDER


def xarf(one: Reported, institution: Institution, sending: Sending) -> dict[str, Any]:
    """The report. The same report always has the same number."""
    address = _address(one.link) or ""
    us = {"org": institution.name[:MOST_OF_A_NAME], "contact": sending.contact, "domain": sending.domain}
    number = sha256(f"{one.ad}\0{one.drafted.route}\0{one.drafted_at.isoformat()}".encode()).digest()[:16]
    why = ground(one).en
    made: dict[str, Any] = {
        "xarf_version": VERSION,
        "report_id": str(UUID(bytes=number, version=4)),
        "timestamp": one.seen_at.isoformat(timespec="seconds"),
        "reporter": us,
        "sender": us,
        "source_identifier": one.account or urlsplit(address).hostname,
        "category": "content",
        "type": "fraud",
        "fraud_type": "other",
        "url": address,
        "evidence_source": "researcher_analysis",
        "verification_method": "manual",
        "verified_at": one.seen_at.isoformat(timespec="seconds"),
        "description": f"{NEAREST} Ours: {one.ad}. Clause: {cited(one.clause).en}. {why}"[:MOST_OF_A_DESCRIPTION],
        "tags": [f"trade:{one.trade.value}"],
        "evidence": _evidence(one),
    }
    host = urlsplit(address).hostname or ""
    return made | ({"domain": host} if _domain(host) else {})


def _evidence(one: Reported) -> list[dict[str, Any]]:
    """The passages that weigh most, as they stand in the post."""
    said = "\n".join(quotes(one)).encode()
    if not said:
        return []
    shot = one.drafted.screenshot or BLANK
    return [
        {
            "content_type": "text/plain",
            "description": f"Passages of the public post (UTF-8); screenshot {shot} is kept by the reporter"[:500],
            "payload": b64encode(said).decode(),
            "hash": f"sha256:{sha256(said).hexdigest()}",
            "size": len(said),
        }
    ]


def _address(link: str | None) -> str | None:
    """A link as a URI; None where it is none of the web."""
    page, mark, place = ESCAPE.sub("%25", (link or "").strip()).partition("#")
    escaped = quote(page, safe=KEPT, errors="replace") + mark + quote(place, safe=KEPT, errors="replace")
    try:
        parts = urlsplit(escaped)
        host = parts.hostname
    except ValueError:
        return None
    return escaped if parts.scheme in ("http", "https") and host and "%" not in host else None


def _domain(host: str) -> bool:
    labels = host.split(".")
    return (
        len(labels) > 1
        and all(label.isascii() and label.replace("-", "").isalnum() for label in labels)
        and labels[-1].isalpha()
    )
