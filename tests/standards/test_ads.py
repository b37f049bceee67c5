"""The cues and frames of ads are checked when they are read."""

from typing import Any

import pytest

from mingcha.errors import BadStandard
from mingcha.model.advert import AdClaim
from mingcha.standards.ads import parse_ads
from mingcha.standards.load import load
from mingcha.wiring import shelf

TITLE = {"zh": "甲", "en": "a"}


def data(**row: Any) -> dict[str, Any]:
    return {"id": "ads@2026-01-01", "cues": [{"code": "x", "title": TITLE, "words": ["甲"], **row}], "frames": []}


def test_the_package_has_a_cue_for_every_claim() -> None:
    words = load(shelf(None)).ads
    assert {cue.claim for cue in words.cues.values() if cue.claim} == set(AdClaim)
    assert words.cues["no_win_no_fee"].offers


@pytest.mark.parametrize(
    "wrong",
    [
        data(claim="no such"),
        data(words=[]),
        data() | {"frames": [{"code": "x", "title": TITLE, "pattern": "a"}]},
    ],
)
def test_what_is_wrong_is_named(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadStandard, match=r"ads@2026-01-01\.toml:x"):
        parse_ads("ads@2026-01-01.toml", wrong)


def test_a_pattern_that_is_none_is_named() -> None:
    wrong = data() | {"frames": [{"code": "y", "title": TITLE, "pattern": "(("}]}
    with pytest.raises(BadStandard, match=r"ads\.toml:y"):
        parse_ads("ads.toml", wrong)
