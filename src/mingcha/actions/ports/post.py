"""Letters leave the house."""

from typing import Protocol

from mingcha.model.mail import Letter


class Post(Protocol):
    """Sends letters one at a time, each to everybody it is for or to nobody."""

    @property
    def sender(self) -> str:
        """The address letters come from."""

    def send(self, letter: Letter) -> str:
        """What the mail server said when it took a letter; NotSent when it did not, MaybeSent when that is not known."""
