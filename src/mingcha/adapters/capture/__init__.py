"""Named addresses looked at by a real browser: public ones alone, slowly, never past a log-in. Needs the extra `capture`."""

from mingcha.adapters.capture.browser import BrowserCapturer
from mingcha.adapters.capture.limits import Limits

__all__ = ["BrowserCapturer", "Limits"]
