"""Small chains and exports for the tests of this room."""

from datetime import UTC, datetime, timedelta
from typing import Any

from mingcha.evidence.export import export_line, header
from mingcha.evidence.seal import seal
from mingcha.model.stored import Link

AT = datetime(2026, 3, 1, 8, tzinfo=UTC)
SUITE = "intl@test"


def chain(name: str, count: int, **more: Any) -> list[Link]:
    links: list[Link] = []
    for n in range(count):
        payload = {"act": "x", "n": n, "suite": SUITE, "zh": "封存", **more}
        links.append(seal(name, links[-1] if links else None, payload, AT + timedelta(seconds=n)))
    return links


def lines_of(*chains: list[Link]) -> list[bytes]:
    links = [link for links in chains for link in links]
    texts = [header([links[-1] for links in chains], SUITE), *(export_line(link) for link in links)]
    return [text.encode() + b"\n" for text in texts]
