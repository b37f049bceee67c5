"""The generated pages are current."""

from mingcha.cli import examples, reference


def test_reference_page_is_current() -> None:
    assert reference.TARGET.read_text(encoding="utf-8") == reference.page(), "run `make docs`"


def test_worked_examples_are_current_and_show_what_they_are_for() -> None:
    page = examples.page()
    assert examples.TARGET.read_text(encoding="utf-8") == page, "run `make docs`"
    assert "〔待填" not in page
    for state in ("成立", "部分成立", "记录中未见", "未能核查"):
        assert f"| {state} |" in page
    assert "通话记录未覆盖乙外包" in page
