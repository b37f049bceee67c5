"""The laws at the page of a family: blind before merit, of no person, our fault first, no silent caps, every read sealed."""

import json
from collections.abc import Iterator
from dataclasses import fields
from datetime import timedelta
from pathlib import Path

import pytest
from rich.panel import Panel
from tests.laws.test_laws import FORBIDDEN, _types

from mingcha.actions import decide
from mingcha.actions.assess import assess
from mingcha.actions.codec import to_plain
from mingcha.actions.deps import Deps
from mingcha.actions.erase import erase_customer
from mingcha.actions.family_page import family
from mingcha.api import pages
from mingcha.cli.family_page import render
from mingcha.errors import NotFound, NotPermitted
from mingcha.evidence.canonical import parse
from mingcha.model.actor import Actor, Purpose, Role
from mingcha.model.assessment import Label
from mingcha.model.complaint import Complaint
from mingcha.model.decision import Conclusion, MeritVerdict
from mingcha.model.family_page import FamilyPage, Fault, Looked, MemberLine
from mingcha.model.finding import Finding
from mingcha.model.party import Customer, Representative
from mingcha.model.tie import LawThree
from mingcha.testing.house import NOON, house, put, someone

LETTER = "本人{who}因家庭变故无力偿还，要求停止催收并减免全部利息，协商分期六十期还款，请贵司限期书面答复处理结果，联系电话{phone}。"
MEMBERS = 23  # more than are cited
ANALYST = someone(Role.ANALYST, name="ana", purpose=Purpose.INVESTIGATION)
INSPECTOR = someone(Role.INSPECTOR, name="ins", purpose=Purpose.INSPECTION)
DECIDERS = [
    someone(Role.HANDLER, name="han"),
    someone(Role.SUPERVISOR, name="su"),
    someone(Role.CONSUMER_PROTECTION, name="cp", purpose=Purpose.INVESTIGATION),
    someone(Role.ANALYST, Role.HANDLER, name="both"),
]
OTHERS = [
    someone(Role.AUDITOR, purpose=Purpose.INSPECTION),
    someone(Role.VICTIM_SUPPORT, purpose=Purpose.AID),
    someone(Role.ADMIN, purpose=Purpose.ADMINISTRATION),
    someone(Role.ANALYST, purpose=Purpose.INSPECTION),
]


def _person(n: int) -> dict[str, str]:
    return {"who": f"欧阳建国{n}", "phone": f"1380013{n:04d}"}


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Deps]:
    """Letters of one wording from many customers, one of them represented, and a complaint that stands alone."""
    with house(tmp_path, memory=True) as opened:
        people = [_person(n) for n in range(MEMBERS)]
        put(
            opened,
            "customers",
            *(
                Customer(id=f"c{n}", name=one["who"], phone=one["phone"], verified=True, household="none")
                for n, one in enumerate(people)
            ),
        )
        lawyer = Representative(
            id="r", phone="13900000000", relation="lawyer", licence_no="L1", customer_id="c0", verified=True
        )
        put(opened, "representatives", lawyer)
        put(
            opened,
            "complaints",
            *(
                Complaint(
                    id=str(n),
                    received_at=NOON - timedelta(hours=7 * n),
                    text=LETTER.format(**one),
                    customer_id=f"c{n}",
                    filer_phone="13900000000" if n == 0 else one["phone"],
                    filer_role="lawyer" if n == 0 else "self",
                    product="示例信用贷",
                    licence="bank",
                )
                for n, one in enumerate(people)
            ),
            Complaint(id="alone", received_at=NOON, text="利息太高，客服不理", licence="bank"),
        )
        assess(opened, ANALYST)
        yield opened


def _family(deps: Deps) -> tuple[str, tuple[str, ...]]:
    with deps.store.read() as work:
        ((id_, members),) = work.campaigns.families().items()
    return id_, members


def _decide(deps: Deps, *ids: str) -> None:
    for id_ in ids:
        decide.decide_merit(deps, someone(name="h"), id_, MeritVerdict.NOT_UPHELD, (), "r")


@pytest.mark.parametrize("who", DECIDERS, ids=lambda who: who.name)
def test_law_2_whoever_decides_merit_opens_no_family_with_an_open_member(deps: Deps, who: Actor) -> None:
    id_, members = _family(deps)
    for last in (members[0], members[-1]):
        _decide(deps, *(set(members) - {last}))
        with pytest.raises(NotPermitted) as shut:
            family(deps, who, id_)
        with pytest.raises(NotPermitted) as absent:
            family(deps, who, "nothing")
        assert str(shut.value).replace(id_, "") == str(absent.value).replace("nothing", ""), "it does not tell which"
        _undo(deps, *(set(members) - {last}))
    _decide(deps, *members)
    assert family(deps, who, id_).members == MEMBERS


def _undo(deps: Deps, *ids: str) -> None:
    for id_ in ids:
        with deps.store.read() as work:
            merit = decide.standing(work.desk.decisions(id_)).merit
        assert merit is not None
        decide.undo(deps, someone(name="h"), id_, merit.id, "r")


@pytest.mark.parametrize("who", [ANALYST, INSPECTOR], ids=lambda who: who.name)
def test_law_2_whoever_decides_no_merit_reads_it_and_how_many_were_open_is_sealed(deps: Deps, who: Actor) -> None:
    id_, members = _family(deps)
    _decide(deps, members[0])
    page = family(deps, who, id_)
    with deps.store.read() as work:
        (act,) = [p for link in work.chains.read("access") if (p := parse(link.payload))["act"] == "see_family"]
    assert (act["family"], act["members"], act["before_merit"], act["by"]) == (id_, MEMBERS, MEMBERS - 1, who.name)
    assert act["complaints"] == [line.complaint for line in page.cited]
    with pytest.raises(NotFound):
        family(deps, who, "nothing")


@pytest.mark.parametrize("who", OTHERS, ids=lambda who: f"{sorted(who.roles)[0]}-{who.purpose}")
def test_law_2_nobody_else_opens_it(deps: Deps, who: Actor) -> None:
    with pytest.raises(NotPermitted):
        family(deps, who, _family(deps)[0])


def test_law_3_verified_representation_stops_ties_and_the_unknown_count_as_nobody(deps: Deps) -> None:
    page = family(deps, ANALYST, _family(deps)[0])
    represented = next(one for one in page.innocent.explanations if one.code == "verified_representation")
    assert (represented.looked, represented.members) == (Looked.FOUND, 1)
    assert page.signals.unrelated.count == MEMBERS - 1


def test_law_3_many_people_who_are_right_make_it_our_fault(deps: Deps) -> None:
    id_, members = _family(deps)
    for one in members:
        decide.decide_merit(deps, someone(name="h"), one, MeritVerdict.UPHELD, (), "r")
    ours = family(deps, ANALYST, id_).ours
    assert ours.fault is Fault.LIKELY
    assert "整改" in ours.says.zh
    assert ours.decided.confirmed.hits == MEMBERS
    _undo(deps, *members)
    assert family(deps, ANALYST, id_).ours.decided.confirmed.of == 0


def test_law_4_the_page_could_not_hold_a_score_a_level_or_a_person() -> None:
    held = {FamilyPage, *_types(FamilyPage, set())}
    assert not held & {Label, Conclusion, Finding, LawThree, Customer, Complaint}
    names = {one.name for cls in held for one in fields(cls)}
    assert len(names) > 60
    assert not [n for n in names for bad in ("score", "level", "points", "suspic", "name", "phone", "text") if bad in n]
    assert {one.name for one in fields(MemberLine)} == {
        "complaint",
        "received_at",
        "channel",
        "product",
        "decided",
        "checks",
    }


def test_law_4_signs_of_organisation_come_last_at_every_door(deps: Deps, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGCHA_LOCALE", "zh-CN")
    parts = [one.name for one in fields(FamilyPage) if one.name in ("ours", "innocent", "signals")]
    assert parts == ["ours", "innocent", "signals"]
    shown = [one for one in render(family(deps, ANALYST, _family(deps)[0])) if isinstance(one, Panel)]
    assert [str(panel.title)[:2] for panel in shown] == ["一、", "二、", "三、"]
    script = (Path(pages.__file__).parent / "family.js").read_text(encoding="utf-8")
    drawn = script.split("  show(head,\n")[-1]
    assert drawn.index("ours(") < drawn.index("innocent(") < drawn.index("signals(")
    assert not [word for word in FORBIDDEN if word in script.lower()]


def test_law_9_what_is_capped_or_unread_is_counted(deps: Deps) -> None:
    id_, members = _family(deps)
    page = family(deps, ANALYST, id_)
    assert (len(page.cited), page.members, page.unread) == (20, MEMBERS, 0)
    assert (page.compared, page.compared_of) == (1, 1)
    with deps.store.write() as work:
        work.desk.erase_assessments([members[3]])
    page = family(deps, ANALYST, id_)
    assert (page.members, page.unread, page.acts) == (MEMBERS, 1, MEMBERS - 1)
    assert page.ours.checks.confirmed.of + page.ours.checks.open == MEMBERS - 1


def test_law_10_no_personal_value_is_on_the_page_and_the_erased_leave_it(deps: Deps) -> None:
    id_, _ = _family(deps)
    shown = json.dumps(to_plain(family(deps, ANALYST, id_)), ensure_ascii=False)
    for n in range(MEMBERS):
        assert _person(n)["who"] not in shown
        assert _person(n)["phone"] not in shown
    assert "示例信用贷" in shown, "what is not personal is there"
    erase_customer(deps, someone(Role.CONSUMER_PROTECTION), "test", "c5", "应本人要求")
    assert family(deps, ANALYST, id_).members == MEMBERS - 1
