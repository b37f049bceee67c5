"""How named addresses are looked at: one at a time, as anybody would see them."""

from typing import Protocol

from mingcha.model.capture import Captured, NotCaptured


class Capturer(Protocol):
    """Visits public addresses slowly; it never logs in, and nothing is kept from one visit to the next."""

    def capture(self, url: str) -> Captured | NotCaptured:
        """The page at an address, or why there is none; NotInstalled without a browser."""
