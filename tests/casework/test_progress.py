"""What the playbook asks and which elements have exhibits, against the package's own standards."""

import pytest
from tests.casework.acts import act, opened

from mingcha.adapters.shelf import read_package
from mingcha.casework.course import fold
from mingcha.casework.progress import element_ids, elements, gaps, steps
from mingcha.errors import BadStandard
from mingcha.model.case import Shown, StepDone
from mingcha.model.provenance import Grade
from mingcha.standards.casework import CaseWords, parse_casework
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
def test_a_wrong_file_is_refused_by_name(change: dict[str, object], where: str) -> None:
    both = {"zh": "甲", "en": "a"}
    row = {
        "id": "x", "kind": "criminal", "title": both, "article": both, "addressee": "police", "branch": both, "thresholds": [],
        "elements": [{"id": "a", "title": both, "show": both}], "counter": both,
    }  # fmt: skip
    data = {
        "id": "o@1",
        "sources": {},
        "places": {"crime": both},
        "addressees": {"police": {"title": both, "form": both}},
    }
    assert parse_casework("p@1", {"id": "p@1", "playbooks": []}, "o@1", {**data, "offences": [row]}).offences
    with pytest.raises(BadStandard, match=where):
        parse_casework("p@1", {"id": "p@1", "playbooks": []}, "o@1", {**data, "offences": [{**row, **change}]})
