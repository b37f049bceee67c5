"""The gate of a visit: each address the page itself is led to, by redirect, refresh or script, is asked for before it is fetched."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urldefrag

from playwright.async_api import CDPSession, Error

from mingcha.adapters.capture.address import read_url
from mingcha.model.capture import CaptureRefusal, NotCaptured
from mingcha.model.words import Words

MOST_HOPS = 12
MOST_SHOWN = 200  # characters of an address
Ask = Callable[[str], NotCaptured | None]


@dataclass(slots=True)
class Gate:
    """Where the page was led. `refusal` is the last answer that was no; once `shut`, the page stays where it is."""

    ask: Ask
    hops: list[str] = field(default_factory=list)
    refusal: NotCaptured | None = None
    shut: bool = False
    led_on: str | None = None  # where it wanted to go after that
    _tasks: set["asyncio.Task[None]"] = field(default_factory=set)

    async def stand(self, session: CDPSession, frame: str) -> None:
        """Stand before a page, of which this is the main frame."""

        def paused(event: dict[str, Any]) -> None:
            task = asyncio.ensure_future(self._let(session, event, main=event["frameId"] == frame))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

        session.on("Fetch.requestPaused", paused)
        await session.send("Fetch.enable", {"patterns": [{"urlPattern": "*", "resourceType": "Document"}]})

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts that were asked, once each."""
        read = [read_url(url) for url in self.hops]
        return tuple(dict.fromkeys(one.host for one in read if not isinstance(one, Words)))

    async def _let(self, session: CDPSession, event: dict[str, Any], *, main: bool) -> None:
        passes = not main or await self._passes(str(event["request"]["url"]))
        verb, more = ("continueRequest", {}) if passes else ("failRequest", {"errorReason": "BlockedByClient"})
        try:
            await session.send(f"Fetch.{verb}", {"requestId": event["requestId"], **more})
        except Error:
            return  # the page went away meanwhile

    async def _passes(self, url: str) -> bool:
        url = urldefrag(url)[0]
        if self.shut:
            self.led_on = url[:MOST_SHOWN]
            return False
        if len(self.hops) >= MOST_HOPS:
            why = Words(f"转了 {MOST_HOPS} 次仍未到达", f"it led on {MOST_HOPS} times")
            self.refusal = NotCaptured(url, CaptureRefusal.UNREACHABLE, why)
            return False
        self.hops.append(url)
        self.refusal = await asyncio.to_thread(self.ask, url)
        return self.refusal is None
