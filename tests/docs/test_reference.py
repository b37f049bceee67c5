"""The generated reference page is current."""

from mingcha.cli.reference import TARGET, page


def test_reference_page_is_current() -> None:
    assert TARGET.read_text(encoding="utf-8") == page(), "run `make docs`"
