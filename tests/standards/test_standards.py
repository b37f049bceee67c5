"""Standards: the package's own files keep their rules, wrong files are refused by name, a site's own words stay visible."""

import re
from datetime import date
from pathlib import Path

import pytest

from mingcha.adapters.shelf import read_overrides, read_package
from mingcha.errors import BadStandard, UnreadableFile
from mingcha.merit.catalogue import CHECKS
from mingcha.model.provenance import Clause, Grade, JudgedBy, Rank
from mingcha.standards.load import load

FILES = read_package()
STANDARDS = load(FILES)
CLAUSES = STANDARDS.all()


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda c: c.id)
def test_every_clause_keeps_the_rules(clause: Clause) -> None:
    assert clause.grade is Grade.FIRST_HAND or clause.binds != "person", "a reported clause never binds a person"
    assert clause.judged_by is JudgedBy.DETECTOR or clause.why_people
    assert re.search(r"[\u4e00-\u9fff]", clause.title.zh)
    assert re.search(r"[\u4e00-\u9fff]", clause.text.zh)
    assert not re.search(r"[\u4e00-\u9fff]", clause.title.en + clause.text.en.replace("〔", ""))
    if clause.grade is not Grade.UNREAD and clause.rank is not Rank.PROMISE:
        assert re.match(r"\[[SX]\d\d\w?\] ", clause.source), "the source has its label and its address"
    assert clause.countersigned_by is None


def test_no_clause_names_a_person_badly() -> None:
    for clause in CLAUSES:
        assert not re.search("老赖|黑产", clause.title.zh + clause.text.zh)


NAMED = (
    "cba-agency", "cifa-abnormal-claims", "complaint-measures", "gbt45251", "price", "pipl", "consumer-regulations",
    "credit-regulations",
)  # fmt: skip


@pytest.mark.parametrize("standard", NAMED)
def test_the_standards_that_bind_are_here(standard: str) -> None:
    assert STANDARDS.in_force(standard, date(2026, 11, 24))


def test_a_clause_is_picked_by_its_day() -> None:
    assert STANDARDS.in_force("collect.hours", date(2025, 2, 27)) == ()
    (hours,) = STANDARDS.in_force("collect.hours", date(2025, 2, 28))
    assert (hours.parameter("from_hour"), hours.parameter("to_hour")) == (22, 8)
    assert hours.rank is Rank.STANDARD
    assert STANDARDS.clause(hours.id) is hours
    with pytest.raises(BadStandard):
        STANDARDS.clause("gbt45251@2025-02-28:none")


def test_unnamed_methods_are_for_people() -> None:
    for clause in STANDARDS.in_force("price", date(2026, 11, 24)):
        if "line" in dict(clause.parameters) and clause.parameter("method") == "unnamed":
            assert clause.judged_by is JudgedBy.PEOPLE


def test_checks_stand_on_clauses_that_are_here() -> None:
    names = {clause.id.partition(":")[2] for clause in CLAUSES}
    assert {"collect.hours", "collect.frequency", "collect.contacts", "promise.disclosed"} <= names
    on_records_alone = {
        "payment_not_booked", "refund_not_made", "settlement_not_kept", "bundled", "hardship_request", "disclosure",
        "partner_failed", "impersonated",
    }  # our own registers and promises: no clause is cited  # fmt: skip
    by_clause = {
        "night_calls", "call_frequency", "third_parties", "price", "refused_again", "debt_told", "no_answer", "credit_record",
    }  # fmt: skip
    assert {check.code for check in CHECKS} == by_clause | on_records_alone


def test_holidays_are_known_where_their_notice_was_read() -> None:
    days = STANDARDS.holidays
    assert (days.known_from, days.known_to) == (date(2025, 1, 1), date(2026, 12, 31))
    assert not days.is_working(date(2026, 2, 17))
    assert days.is_working(date(2026, 2, 14)), "a Saturday that is worked"
    assert not days.is_working(date(2026, 3, 7))
    for year, off, worked in ((2025, 28, 5), (2026, 33, 6)):
        assert sum(day.year == year for day in days.off) == off
        assert sum(day.year == year for day in days.working) == worked
    assert all(day.weekday() >= 5 for day in days.working)


GOOD = """
id = "x@2026-01-01"
rank = "law"
from = 2026-01-01
[sources]
S01 = "https://example.invalid/x"
[[clauses]]
id = "one"
title = { zh = "甲", en = "a" }
text = { zh = "乙", en = "b" }
source = "S01"
grade = "reported"
judged_by = "detector"
parameters = { line = 1 }
"""
WRONG = {
    "not the file's name": ('id = "x@2026-01-01"', 'id = "y@2026-01-01"'),
    "no Chinese title": ('zh = "甲"', 'zh = " "'),
    "no English text": ('en = "b"', 'en = ""'),
    "no source": ('source = "S01"', 'source = " "'),
    "a source without address": ('source = "S01"', 'source = "S01 S02"'),
    "an unknown rank": ('rank = "law"', 'rank = "custom"'),
    "an unknown grade": ('grade = "reported"', 'grade = "good"'),
    "a detector on an unread clause": ('grade = "reported"', 'grade = "unread"'),
    "people without a reason": ('judged_by = "detector"', 'judged_by = "people"'),
    "a reported clause that binds a person": ('judged_by = "detector"', 'judged_by = "detector"\nbinds = "person"'),
    "bound to nobody known": ('judged_by = "detector"', 'judged_by = "detector"\nbinds = "all"'),
    "a float": ("line = 1", "line = 0.24"),
    "a flag": ("line = 1", "line = true"),
    "a day that is none": ("from = 2026-01-01", 'from = "2026-01-01"'),
    "not TOML": ("[sources]", "[sources"),
}


@pytest.mark.parametrize("why", WRONG)
def test_wrong_files_are_refused_by_name(why: str) -> None:
    assert "x@2026-01-01:one" in load({**FILES, "x@2026-01-01.toml": GOOD}).clauses
    with pytest.raises(BadStandard) as caught:
        load({**FILES, "x@2026-01-01.toml": GOOD.replace(*WRONG[why])})
    assert "x@2026-01-01" in str(caught.value.facts["which"])


def test_undated_and_double_names_are_refused() -> None:
    with pytest.raises(BadStandard):
        load({**FILES, "x.toml": GOOD})
    with pytest.raises(BadStandard):
        load({**FILES, "x@2026-01-01.toml": GOOD + GOOD[GOOD.index("[[clauses]]") :]})
    for kind in ("deadlines", "holidays"):
        with pytest.raises(BadStandard):
            load({name: text for name, text in FILES.items() if not name.startswith(kind)})


SITE = """
[[clauses]]
id = "price@2026-01-01:assisted.24"
title = { zh = "助贷综合融资成本", en = "all-in cost of assisted lending" }
text = { zh = "法务核定：按实际利率", en = "settled by counsel: effective" }
source = "counsel's memorandum 12"
rank = "regulation"
grade = "first_hand"
judged_by = "detector"
countersigned_by = "counsel of the site"
from = 2025-10-01
parameters = { line = 240000, method = "effective", licences = "bank" }
[[regimes]]
id = "small-loan-here"
clause = "complaint-measures@2020-03-01:art.18"
licences = ["small_loan"]
simple_days = 10
complex_days = 20
extension_days = 0
countersigned_by = "counsel of the site"
note = { zh = "本地规定", en = "the local rule" }
"""


def test_a_site_s_own_words_replace_and_stay_visible(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text(SITE, encoding="utf-8")
    for path in (tmp_path, tmp_path / "site.toml"):
        standards = load({**FILES, **read_overrides(path)})
        assert standards.clause("price@2026-01-01:assisted.24").countersigned_by == "counsel of the site"
        assert standards.overridden() == ("price@2026-01-01:assisted.24", "deadlines@2026-11-27:small-loan-here")
        assert standards.digest != STANDARDS.digest
    assert STANDARDS.overridden() == ()


def test_a_site_must_sign_and_never_replaces_a_released_file(tmp_path: Path) -> None:
    (tmp_path / "price@2026-01-01.toml").write_text(
        SITE.replace('countersigned_by = "counsel of the site"', ""), encoding="utf-8"
    )
    files = read_overrides(tmp_path)
    assert set(files) == {"site/price@2026-01-01.toml"}
    with pytest.raises(BadStandard):
        load({**FILES, **files})
    with pytest.raises(UnreadableFile):
        read_overrides(tmp_path / "none")
    (tmp_path / "torn.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(UnreadableFile):
        read_overrides(tmp_path)
