"""The terms of source systems: signed for, in days, and nothing else."""

from typing import Any

import pytest

from mingcha.adapters.shelf import read_package
from mingcha.errors import BadStandard
from mingcha.standards.load import load
from mingcha.standards.retention import parse_retention


def test_a_site_says_in_how_many_days_a_source_deletes_its_originals() -> None:
    site = '[retention]\ncountersigned_by = "王工"\ndays = { "通话平台" = 90, crm = 0 }\n'
    assert load({**read_package(), "site/site.toml": site}).retention == {"通话平台": 90, "crm": 0}
    assert load(read_package()).retention == {}


@pytest.mark.parametrize(
    "data",
    [
        {"days": {"s": 1}},
        {"days": {"s": 1}, "countersigned_by": " "},
        {"days": {"s": -1}, "countersigned_by": "w"},
        {"days": {"s": True}, "countersigned_by": "w"},
        {"days": {"s": "1"}, "countersigned_by": "w"},
        {"days": {"s": 36_501}, "countersigned_by": "w"},
        {"days": 5, "countersigned_by": "w"},
        {"s": 5, "countersigned_by": "w"},
    ],
)
def test_anything_else_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(BadStandard):
        parse_retention("site.toml", data)
