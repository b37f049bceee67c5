"""How often one link or address may ask: a sliding window, bounded in memory, the same for all threads."""

from collections import deque
from datetime import datetime, timedelta
from threading import Lock

MOST = 30  # a person with a phone needs a handful
WINDOW = timedelta(minutes=1)
KNOWN = 10_000  # of them remembered; the oldest go first


class Limit:
    """Counts requests by who asks."""

    __slots__ = ("_asked", "_lock", "_most", "_window")

    def __init__(self, most: int = MOST, window: timedelta = WINDOW) -> None:
        self._most, self._window = most, window
        self._asked: dict[str, deque[datetime]] = {}
        self._lock = Lock()

    def allows(self, who: str, now: datetime) -> bool:
        """Whether they may ask once more now; if so it is counted."""
        with self._lock:
            return self._counted(who, now)

    def _counted(self, who: str, now: datetime) -> bool:
        asked = self._asked.pop(who, deque())
        while asked and now - asked[0] >= self._window:
            asked.popleft()
        allowed = len(asked) < self._most
        if allowed:
            asked.append(now)
        self._asked[who] = asked
        if len(self._asked) > KNOWN:
            self._asked.pop(next(iter(self._asked)))
        return allowed
