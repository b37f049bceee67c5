"""What names and answers of others hold reaches a terminal as words alone: nothing that moves, colours or hides."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.actions.ad_mail import Parcel
from mingcha.actions.take_in import TakenIn
from mingcha.cli import ad_export, ad_finds
from mingcha.cli.say import errors_in_words, visible
from mingcha.errors import UnreadableFile
from mingcha.model.ad_cycle import Route
from mingcha.model.found import NotRead
from mingcha.model.mail import Enclosed, Letter
from mingcha.model.words import Words
from mingcha.testing.house import NOON

EVIL = "a\x1b]0;x\x07\x9b31m\u202egnp.exe"
SHOWN = r"a\x1b]0;x\x07\x9b31m\u202egnp.exe"
WHY = Words(EVIL, EVIL)


def complain() -> None:
    with pytest.raises(SystemExit), errors_in_words():
        raise UnreadableFile(file=EVIL, why=WHY)


def told() -> None:
    done = TakenIn(rows=1, taken=0, amended=0, unchanged=0, rejected=1)
    unread = [NotRead(EVIL, WHY), NotRead(EVIL, WHY, passed_by=True)]
    ad_finds._tell(done, unread, [(EVIL, WHY)], None, json_=False)


def mailed() -> None:
    letter = Letter(id="1", at=NOON, to=("a@example.test",), subject=EVIL, body="", enclosed=(Enclosed(EVIL, b""),))
    ad_export._show(Parcel(route=Route.PLATFORM, reports=(), written=0, letter=letter), "b@example.test")


@pytest.mark.parametrize("show", [complain, told, mailed, lambda: ad_finds._check([NotRead(EVIL, WHY)], json_=False)])
def test_no_name_steers_the_terminal(show: Callable[[], Any], capsys: pytest.CaptureFixture[str]) -> None:
    show()
    said = "".join(capsys.readouterr()).replace("\n", "")
    assert SHOWN in said
    assert not [char for char in said if not char.isprintable()]


@given(st.text())
def test_what_is_shown_can_be_printed_and_words_stay(text: str) -> None:
    shown = visible(text)
    assert shown.replace("\u3000", "").isprintable()
    assert (shown == text) == text.replace("\u3000", "").isprintable()
