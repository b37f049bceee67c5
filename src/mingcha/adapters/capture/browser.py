"""One address behind one door: asked for politely, seen by a fresh browser that can go nowhere but through the guard."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from mingcha.adapters.capture.guard import Guard, Traffic
from mingcha.adapters.capture.limits import Limits, Pace
from mingcha.errors import NoProgram, NotInstalled
from mingcha.model.capture import Captured, NotCaptured
from mingcha.model.words import Words

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
WHAT = Words("抓取网页", "capturing pages")
NOT_FOUND = Words(
    "没有找到；Debian 上 apt-get install chromium", "it was not found; on Debian, apt-get install chromium"
)


class BrowserCapturer:
    """Visits one address after the other; what robots.txt said and when a host was visited is remembered, nothing else is."""

    def __init__(
        self,
        browser: Path | None = None,
        *,
        guard: Guard | None = None,
        limits: Limits | None = None,
        pace: Pace | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """NotInstalled without the extra `capture`; NoProgram where there is no Chromium."""
        try:
            from mingcha.adapters.capture import manners, visit  # an extra
        except ImportError as error:
            raise NotInstalled(what=WHAT, extra="capture") from error
        found = shutil.which(browser) if browser else next(filter(None, map(shutil.which, NAMES)), None)
        if found is None:
            raise NoProgram(what=WHAT, program=str(browser or NAMES[0]), how=NOT_FOUND)
        self._guard, self._limits = guard or Guard(), limits or Limits()
        self._manners = manners.Manners(self._guard, pace or Pace())
        self._visit = visit.Visitor(Path(found), self._limits, now).visit

    def capture(self, url: str) -> Captured | NotCaptured:
        """The page at an address, or why there is none."""
        traffic = Traffic(self._limits.most_bytes)
        pace = self._manners.pace
        refused = self._manners.ask(url, traffic, pace.patience)
        if refused is not None:
            return refused
        with self._guard.proxy(traffic) as port:
            seen, hosts = self._visit(url, port, traffic, lambda at: self._manners.ask(at, traffic, pace.on_the_way))
        for host in hosts:
            self._manners.left(host)
        return seen
