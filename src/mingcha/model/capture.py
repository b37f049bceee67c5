"""What a look at an address brings back: the page as anybody sees it, or why there is none; never what is behind a log-in."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from mingcha.model.words import Words


class CaptureRefusal(StrEnum):
    """Why an address was not captured. The codes are stable and public."""

    ADDRESS = "address"
    ROBOTS = "robots"
    LOGIN_WALL = "login_wall"
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    NO_PAGE = "no_page"


REFUSAL_WORDS: dict[CaptureRefusal, Words] = {
    CaptureRefusal.ADDRESS: Words("地址不可访问", "the address is not to be visited"),
    CaptureRefusal.ROBOTS: Words("网站的 robots.txt 不允许", "the site's robots.txt says no"),
    CaptureRefusal.LOGIN_WALL: Words("登录墙", "log-in wall"),
    CaptureRefusal.UNREACHABLE: Words("无法访问", "unreachable"),
    CaptureRefusal.TIMEOUT: Words("超时", "it took too long"),
    CaptureRefusal.NO_PAGE: Words("不是网页", "it is no page"),
}


@dataclass(frozen=True, slots=True)
class NotCaptured:
    """An address that gave no capture, with the reason; nothing of it is kept."""

    url: str
    refusal: CaptureRefusal
    why: Words


@dataclass(frozen=True, slots=True)
class Hop:
    """One answer on the way: an address, what the server answered (0 where none came to be known)."""

    url: str
    status: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """A page as it was seen between two moments. `hops` are all its answers, the last is the page's own.

    `html` is the page as the browser had built it and `text` its words, both UTF-8; `screenshot` is a PNG; `headers` is JSON
    (UTF-8): what was answered, when, by which addresses, and the digests of the rest; no cookies or credentials. `notes` say what was cut, blocked or not finished.
    """

    asked: str
    hops: tuple[Hop, ...]
    headers: bytes
    html: bytes
    text: bytes
    screenshot: bytes
    started_at: datetime
    ended_at: datetime
    notes: tuple[Words, ...] = ()

    @property
    def url(self) -> str:
        """Where it ended."""
        return self.hops[-1].url

    @property
    def status(self) -> int:
        """What the page itself was answered with."""
        return self.hops[-1].status

    @property
    def digests(self) -> dict[str, str]:
        """The SHA-256 of each part, in hex."""
        parts = {"headers": self.headers, "html": self.html, "text": self.text, "screenshot": self.screenshot}
        return {name: sha256(part).hexdigest() for name, part in parts.items()}
