"""What the playbook asks and which elements have exhibits, against the package's own standards."""

import re
from collections.abc import Sequence

import pytest
from tests.casework.acts import act, opened

from mingcha.adapters.shelf import read_package
from mingcha.casework.course import fold
from mingcha.casework.progress import element_ids, elements, gaps, steps
from mingcha.errors import BadStandard
from mingcha.model.case import Shown, StepDone
from mingcha.model.provenance import Grade
from mingcha.model.referral import ItemClass, PackColumn, PackPaper
from mingcha.standards.casework import CaseWords, LocalThreshold, parse_casework, parse_local
from mingcha.standards.load import load

WORDS: CaseWords = load(read_package()).casework


def test_a_step_that_asks_for_exhibits_is_done_once_it_has_some() -> None:
    playbook = WORDS.playbooks["ring_level_1"]
    facts = fold([act(opened()), act(StepDone("preserve", ())), act(StepDone("customers", ()))])
    done = {one.step.id: one.finished for one in steps(playbook, facts)}
    assert list(done) == [one.id for one in playbook.steps]
    assert done["customers"]
    assert not done["preserve"]
    facts = fold([act(opened()), act(StepDone("preserve", ("EX-1",)))])
    assert next(one for one in steps(playbook, facts) if one.step.id == "preserve").finished


def test_elements_gather_their_exhibits_once_and_the_rest_are_gaps() -> None:
    offence = WORDS.offences["extortion"]
    shown = [
        Shown("extortion.threat", ("EX-1", "EX-2"), "原话"),
        Shown("extortion.threat", ("EX-2",)),
        Shown("fraud.lie", ("EX-3",)),
    ]
    facts = fold([act(opened()), *(act(one, hours=n) for n, one in enumerate(shown))])
    assert elements(offence, facts)[0].exhibits == ("EX-1", "EX-2")
    assert elements(offence, facts)[0].notes == ("原话",)
    assert [one.id for one in gaps(offence, facts)] == ["demand", "purpose", "given", "persons"]


def test_every_offence_says_what_speaks_against_it_and_every_threshold_where_it_is_written() -> None:
    assert len(set(element_ids(WORDS.offences.values()))) == sum(len(one.elements) for one in WORDS.offences.values())
    for one in WORDS.offences.values():
        assert one.counter.zh
        assert one.counter.en
        assert one.addressee in WORDS.addressees
    (unread,) = WORDS.offences["order_extortion"].thresholds
    assert unread.grade is Grade.UNREAD


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"kind": "moral"}, "o@1:x"),
        ({"addressee": "nobody"}, "o@1:x"),
        ({"elements": []}, "o@1:x"),
        ({"elements": [{"id": "a", "title": {"zh": "甲", "en": "a"}, "show": {"zh": "甲", "en": "a"}}] * 2}, "o@1:x:a"),
    ],
)
def test_a_wrong_offence_is_refused_by_name(change: dict[str, object], where: str) -> None:
    assert parsed({}, {}, []).offences
    with pytest.raises(BadStandard, match=where):
        parsed(change, {}, [])


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"papers": ["cover", "report", "letter"]}, "o@1:police"),
        ({"columns": ["customer", "number"]}, "o@1:police"),
        ({"papers": ["cover", "report", "complaints"]}, "o@1:police"),
        ({"papers": ["cover"]}, "o@1:police"),
        ({"request": None}, "o@1:police"),
        ({"grade": "heard"}, "o@1:police"),
    ],
)
def test_a_wrong_form_is_refused_by_name(change: dict[str, object], where: str) -> None:
    with pytest.raises(BadStandard, match=where):
        parsed({}, change, [])


def test_classes_of_personal_data_stand_all_or_the_file_is_refused() -> None:
    assert [(of, least) for of, _, least in WORDS.items] == [
        (ItemClass.CONTENT_CREDIT_PROPERTY, 50),
        (ItemClass.RECORDS_TRANSACTIONS, 500),
        (ItemClass.OTHER, 5000),
    ]
    with pytest.raises(BadStandard, match="o@1:items"):
        parsed({}, {}, [], items=1)


@pytest.mark.parametrize("addressee", ["market", "cyberspace", "justice", "bar"])
def test_no_table_of_complaints_and_no_list_of_numbers_leaves_for_ads_and_lawyers(addressee: str) -> None:
    """Minimum necessary, as data: these forms ask for no complaint, no customer, and no number of whoever is behind it."""
    form = WORDS.addressees[addressee]
    assert form.columns == ()
    kept_here = {PackPaper.COMPLAINTS, PackPaper.PARTIES, PackPaper.TIMELINE, PackPaper.LIKENESS, PackPaper.TIES}
    assert kept_here.isdisjoint(form.papers)


def test_customers_loans_and_callers_are_told_to_the_police_alone() -> None:
    private = {PackColumn.CUSTOMER, PackColumn.ACCOUNT, PackColumn.AMOUNT, PackColumn.OVERDUE, PackColumn.CALLER}
    for id_, form in WORDS.addressees.items():
        assert private.isdisjoint(form.columns) or id_ == "police", id_


LOCAL = {"offence": "x", "province": "甲省", "text": {"zh": "甲", "en": "a"}, "source": {"zh": "号", "en": "no."}}


def test_a_province_sets_sums_of_offences_that_leave_it_to_provinces_alone() -> None:
    signed = parse_local("site/site.toml", [{**LOCAL, "countersigned_by": "法务"}])
    assert parsed({"by_province": True}, {}, signed).set_by("甲省", "x") == signed
    assert parsed({"by_province": True}, {}, signed).set_by("乙省", "x") == ()
    with pytest.raises(BadStandard, match="甲省:x"):
        parsed({}, {}, signed)
    for row in (LOCAL, {**LOCAL, "countersigned_by": " "}, {**LOCAL, "countersigned_by": "法务", "more": 1}):
        with pytest.raises(BadStandard, match="thresholds"):
            parse_local("site/site.toml", [row])


def test_every_sum_of_a_province_lies_within_the_national_range_and_says_where_it_was_read() -> None:
    """法释〔2013〕10号 art. 1 and 法释〔2011〕7号 art. 1 bind the provinces; numbers as they are written in English."""
    ranges = {
        "extortion": ((2_000, 5_000), (30_000, 100_000), (300_000, 500_000)),
        "fraud": ((3_000, 10_000), (30_000, 100_000), (500_000, 500_000)),
    }
    assert WORDS.local
    for one in WORDS.local:
        sums = [int(found.replace(",", "")) for found in re.findall(r"\d[\d,]*\d", one.text.en)]
        assert len(sums) % 3 == 0
        for n, found in enumerate(sums):
            low, high = ranges[one.offence][n % 3]
            assert low <= found <= high, one
        assert "〔" in one.source.zh


def test_a_site_adds_its_own_province() -> None:
    site = """
[institution]
name = "某行"
province = "甲省"
countersigned_by = "法务"
[[thresholds]]
offence = "extortion"
province = "甲省"
text = { zh = "三千元起", en = "from 3,000 yuan on" }
source = { zh = "甲高法〔2027〕1号", en = "甲高法〔2027〕1号" }
countersigned_by = "法务"
"""
    read = load({**read_package(), "site/site.toml": site})
    (own,) = read.casework.set_by(read.institution.province, "extortion")
    assert (own.countersigned_by, own.text.zh) == ("法务", "三千元起")


def parsed(
    offence: dict[str, object], form: dict[str, object], local: Sequence[LocalThreshold], items: int = 3
) -> CaseWords:
    """A small file of offences, changed in one place."""
    both = {"zh": "甲", "en": "a"}
    row = {
        "id": "x", "kind": "criminal", "title": both, "article": both, "addressee": "police", "branch": both, "thresholds": [],
        "elements": [{"id": "a", "title": both, "show": both}], "counter": both,
    }  # fmt: skip
    police = {
        "title": both, "form": both, "place": both, "asks": [both], "request": both, "basis": both, "grade": "first_hand",
        "papers": ["cover", "report"], "columns": [],
    }  # fmt: skip
    data = {
        "id": "o@1",
        "sources": {},
        "addressees": {"police": {**police, **form}},
        "items": [{"id": of.value, "title": both, "serious": 1} for of in ItemClass][:items],
        "offences": [{**row, **offence}],
    }
    return parse_casework("p@1", {"id": "p@1", "playbooks": []}, "o@1", data, local)
