"""How often one address may ask: a sliding minute, bounded in memory."""

from collections import deque
from datetime import datetime, timedelta

MOST = 30  # a person with a phone needs a handful
WINDOW = timedelta(minutes=1)
KNOWN = 10_000  # addresses remembered; the oldest go first


class Limit:
    """Counts requests by address."""

    __slots__ = ("_asked",)

    def __init__(self) -> None:
        self._asked: dict[str, deque[datetime]] = {}

    def allows(self, who: str, now: datetime) -> bool:
        """Whether this address may ask once more now; if so it is counted."""
        asked = self._asked.pop(who, deque())
        while asked and now - asked[0] >= WINDOW:
            asked.popleft()
        allowed = len(asked) < MOST
        if allowed:
            asked.append(now)
        self._asked[who] = asked
        if len(self._asked) > KNOWN:
            self._asked.pop(next(iter(self._asked)))
        return allowed
