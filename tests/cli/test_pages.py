"""The pages of the terminal: days are China's."""

from datetime import UTC, datetime

from mingcha.cli.pages import _handling
from mingcha.model.handling import Drafted, Handling, KeptDraft


def test_the_day_of_a_draft_is_the_day_here() -> None:
    kept = KeptDraft("ann", datetime(2026, 3, 20, 17, tzinfo=UTC), Drafted("d", "", ""))
    (line,) = _handling(Handling(draft=kept))
    assert str(line).endswith("ann 2026-03-21")
