"""The word list: longest phrase, allowed phrases, disguises, and neutral words marked as such."""

import tomllib
from hashlib import sha256

from mingcha.adapters.shelf import read_package
from mingcha.standards.load import load
from mingcha.text.lexicon import build
from mingcha.text.normalise import normalise

LEXICON = build(load(read_package()).lexicon)


def test_disguised_terms_are_found_where_they_stand() -> None:
    text = "专业停*息*挂*账，征 信 修 复"
    hits = LEXICON.find(normalise(text))
    assert [text[h.start : h.end] for h in hits] == ["停*息*挂*账", "征 信 修 复"]


def test_the_longest_phrase_wins() -> None:
    assert [h.term for h in LEXICON.find(normalise("专业反催收"))] == ["专业反催收"]


def test_an_allowed_phrase_silences_what_it_contains() -> None:
    assert LEXICON.find(normalise("警惕反催收")) == ()


def test_words_of_ordinary_borrowers_are_neutral() -> None:
    for word in ("停息挂账", "个性化分期", "上岸", "停止骚扰", "暴力催收", "信用修复"):
        hits = LEXICON.find(normalise(word))
        assert hits, word
        assert all(hit.neutral for hit in hits), word


def test_every_term_has_codes_and_a_source_and_variants_say_so() -> None:
    assert len(LEXICON.terms) > 200
    for term in LEXICON.terms:
        assert term.codes
        assert term.source
        assert term.synthetic is (term.source == "synthetic")


ROWS = load(read_package()).lexicon["terms"]
BASES = {row["term"]: row for row in ROWS if not row.get("synthetic")}


def test_variants_weigh_what_their_word_weighs() -> None:
    for row in ROWS:
        if row.get("synthetic"):
            assert row["codes"] == BASES[row["of"]]["codes"], row["term"]


def test_variants_are_only_what_folding_and_channels_do_not_read() -> None:
    plain = build({"id": "x", "terms": list(BASES.values())})
    for row in ROWS:
        if row.get("synthetic"):
            assert row["of"] not in [hit.term for hit in plain.find(normalise(row["term"]))], row["term"]
            assert [hit.term for hit in LEXICON.find(normalise(row["term"]))] == [row["term"]]


def test_a_released_list_stays_as_it_was() -> None:
    """The old file is kept, byte for byte; nothing of it was dropped from the new one."""
    files = read_package()
    old = files["lexicon@2026-11-24.toml"]
    assert sha256(old.encode()).hexdigest()[:16] == "b66da44503d34b8a"
    known = {row["term"] for row in ROWS}
    assert {row["term"] for row in tomllib.loads(old)["terms"]} <= known
    assert load(files).lexicon["id"] == "lexicon@2026-11-25"


def test_a_text_full_of_words_is_read_in_one_go() -> None:
    hits = LEXICON.find(normalise("停息挂账挺息挂账，" * 20_000))
    assert [(hit.start, hit.channel) for hit in hits[:4]] == [
        (0, "main"),
        (4, "homophone"),
        (9, "main"),
        (13, "homophone"),
    ]
    assert len(hits) == 40_000


def test_half_a_surrogate_pair_hides_nothing_and_breaks_nothing() -> None:
    """Found by judging posts of torn JSON: the automaton takes whole characters alone."""
    (hit,) = LEXICON.find(normalise("\ud83d停息挂账\udc00"))
    assert (hit.term, hit.start, hit.end) == ("停息挂账", 1, 5)
