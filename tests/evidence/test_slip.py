"""A slip can be read, typed and scanned, and verify.py takes what is typed."""

import re

from mingcha.evidence.slip import grouped, slip, slip_code
from mingcha.evidence.verify_pack import KEPT

ROOT, SUM, HEADS = "0123456789abcdef" * 4, "f" * 64, {"custody": (6, "ab" * 32), "access": (2, "cd" * 32)}


def test_both_languages_hold_every_digest_in_groups_of_four() -> None:
    words = slip("2026-03-01", ROOT, 20, SUM, HEADS)
    for text in (words.zh, words.en):
        assert re.findall(r"(?:[0-9a-f]{4} ){15}[0-9a-f]{4}", text) == [
            grouped(one) for one in (ROOT, SUM, "cd" * 32, "ab" * 32)
        ]
        assert "2026-03-01" in text
        assert max(map(len, text.split("\n"))) < 150


def test_what_is_on_it_is_what_verify_py_takes() -> None:
    assert KEPT.fullmatch(grouped(ROOT))
    assert KEPT.fullmatch("custody:6:" + grouped("ab" * 32))
    code = slip_code("2026-03-01", ROOT, 20, SUM, HEADS)
    assert code.isascii()
    assert len(code) < 1000, "a QR code holds it"
    taken = [one for one in code.split() if KEPT.fullmatch(one)]
    assert taken == [ROOT, SUM, f"access:2:{'cd' * 32}", f"custody:6:{'ab' * 32}"]
