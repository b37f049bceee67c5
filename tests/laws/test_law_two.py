"""Law 2 at every door that shows agency or organisation: one rule, and no way round it while merit is open."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

import mingcha.actions as actions
from mingcha.actions import decide, look
from mingcha.actions.assess import assess
from mingcha.actions.deps import Deps
from mingcha.actions.export import export_assessments, export_with_source_ids
from mingcha.actions.permit import DECIDES_MERIT
from mingcha.actions.report import report_data
from mingcha.cli.house import local_actor
from mingcha.errors import NotPermitted, OutOfOrder
from mingcha.evidence.canonical import parse
from mingcha.model.actor import Actor, Purpose, Role
from mingcha.model.complaint import Complaint
from mingcha.model.decision import Conclusion, MeritVerdict
from mingcha.model.party import Customer
from mingcha.testing.house import NOON, house, put, someone

LETTER = "本人因家庭变故无力偿还，要求停止催收并减免全部利息，协商分期六十期还款，请贵司限期书面答复处理结果。"
MEMBERS = 23  # more than a family cites
HIDDEN = ("suggestion", "agency", "campaign", "organisation", "findings")
ANALYST = someone(Role.ANALYST, name="ana", purpose=Purpose.INVESTIGATION)
DECIDERS = [
    someone(Role.SUPERVISOR, name="su", purpose=Purpose.INVESTIGATION),
    someone(Role.CONSUMER_PROTECTION, name="cp", purpose=Purpose.INVESTIGATION),
    someone(Role.ANALYST, Role.HANDLER, name="both", purpose=Purpose.INVESTIGATION),
]


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Deps]:
    """Letters of one wording from many customers, and one that stands alone."""
    with house(tmp_path, memory=True) as opened:
        put(opened, "customers", *(Customer(id=f"c{n}", verified=True) for n in range(MEMBERS)))
        filed = [
            Complaint(
                id=str(n), received_at=NOON - timedelta(hours=n), text=LETTER, customer_id=f"c{n}", licence="bank"
            )
            for n in range(MEMBERS)
        ]
        put(opened, "complaints", *filed, replace(filed[0], id="alone", text="利息太高，客服不理", customer_id=None))
        assess(opened, ANALYST)
        yield opened


def _ids(deps: Deps) -> list[str]:
    with deps.store.read() as work:
        return [stored.id for stored in work.records.scan("complaints")]


def _decide(deps: Deps, *ids: str) -> None:
    for id_ in ids:
        decide.decide_merit(deps, someone(name="han"), id_, MeritVerdict.NOT_UPHELD, (), "r")


def _acts(deps: Deps, act: str) -> list[dict[str, object]]:
    with deps.store.read() as work:
        return [p for link in work.chains.read("access") if (p := parse(link.payload))["act"] == act]


@pytest.mark.parametrize("who", DECIDERS, ids=lambda who: who.name)
def test_law_2_an_export_withholds_from_whoever_may_decide_merit(deps: Deps, who: Actor) -> None:
    first, *others = _ids(deps)
    _decide(deps, first)
    for rows in (list(export_assessments(deps, who)), list(export_with_source_ids(deps, who, "r", None).lines)):
        shown, *kept = rows
        assert "withheld" not in shown
        assert shown["suggestion"]
        assert shown["campaign"]
        assert len(kept) == len(others)
        for row in kept:
            assert [row[name] for name in HIDDEN] == [None] * len(HIDDEN)
            assert row["withheld"] == "merit_not_decided"
            assert row["due"] and "merit" in row


def test_law_2_an_analyst_alone_exports_everything_and_it_is_counted(deps: Deps) -> None:
    rows = list(export_assessments(deps, ANALYST))
    assert all(row["suggestion"] and "withheld" not in row for row in rows)
    list(export_assessments(deps, DECIDERS[0]))
    early, kept = _acts(deps, "export_assessments")
    assert (early["before_merit"], early["withheld"], early["roles"]) == (len(rows), 0, ["analyst"])
    assert (kept["before_merit"], kept["withheld"]) == (0, len(rows))


@pytest.mark.parametrize("who", DECIDERS, ids=lambda who: who.name)
def test_law_2_a_report_says_nothing_of_agency_while_merit_is_open(deps: Deps, who: Actor) -> None:
    data = report_data(deps, who)
    assert (data.suggestions, data.suggestions_of, data.campaigns, data.campaigns_of) == ((), 0, (), 0)
    assert not [bar for bar in (*data.labels, *data.explained, *data.unchecked) if bar.value]
    assert MEMBERS + 1 in [bar.value for bar in data.skipped if "withheld" in bar.label.en], "law 9: how many is said"
    assert data.complaints == MEMBERS + 1
    assert data.grievances, "merit is theirs to read"


@pytest.mark.parametrize("place", [0, -1])
def test_law_2_a_family_opens_when_the_last_of_its_members_is_decided(deps: Deps, place: int) -> None:
    *members, alone = _ids(deps)
    last = members[place]
    campaign = look.reveal(deps, ANALYST, members[1]).campaign
    assert campaign is not None
    assert (last in {cite.record for cite in campaign.cited}) is (place == -1), "one it only counts, one it cites"
    _decide(deps, *(set(members) - {last}), alone)
    data = report_data(deps, DECIDERS[0])
    assert (data.campaigns, data.campaigns_of) == ((), 0)
    assert sum(bar.value for bar in data.labels) == MEMBERS, "only what is decided is counted"
    _decide(deps, last)
    data = report_data(deps, DECIDERS[0])
    assert [card.texts for card in data.campaigns] == [MEMBERS]
    assert sum(bar.value for bar in data.labels) == MEMBERS + 1


def test_law_2_a_report_for_investigation_by_an_analyst_alone_shows_something(deps: Deps) -> None:
    data = report_data(deps, ANALYST)
    assert data.campaigns_of == 1
    assert sum(bar.value for bar in data.labels) == MEMBERS + 1
    assert not [bar for bar in data.skipped if "withheld" in bar.label.en and bar.value]
    (made,) = _acts(deps, "report")
    assert made["before_merit"] == MEMBERS + 1


def test_law_2_an_auditor_counts_chains_and_sees_no_complaint_s_suggestion(deps: Deps) -> None:
    data = report_data(deps, someone(Role.AUDITOR, purpose=Purpose.INSPECTION))
    assert (data.suggestions, data.campaigns) == ((), ())


def test_law_2_equal_letters_of_other_customers_stay_apart_until_merit_is_sealed(deps: Deps) -> None:
    first, *others = _ids(deps)
    put(deps, "complaints", Complaint(id="again", received_at=NOON, text=LETTER, customer_id="c0", licence="bank"))
    again = _ids(deps)[-1]
    handler = someone(Role.HANDLER)
    assert look.merit_view(deps, handler, first).possible_refilings == (again,), "the same customer's own"
    assert set(look.merit_view(deps, ANALYST, first).possible_refilings) == {again, *others[:-1]}
    _decide(deps, first)
    assert set(look.merit_view(deps, handler, first).possible_refilings) == {again, *others[:-1]}


def test_law_2_merit_is_not_undone_while_an_accusation_rests_on_it(deps: Deps) -> None:
    first = _ids(deps)[0]
    made = decide.decide_merit(deps, someone(name="han"), first, MeritVerdict.NOT_UPHELD, (), "r")
    accused = decide.decide_conclusion(deps, ANALYST, first, Conclusion.LINKED, "r", "clause")
    with pytest.raises(OutOfOrder):
        decide.undo(deps, someone(name="han"), first, made.id, "r")
    decide.undo(deps, ANALYST, first, accused.id, "r")
    decide.undo(deps, someone(name="han"), first, made.id, "r")


def test_law_2_the_person_at_the_keyboard_takes_only_the_roles_a_purpose_needs(deps: Deps) -> None:
    assert local_actor(Purpose.INVESTIGATION).roles == {Role.ANALYST}
    handling = local_actor(Purpose.HANDLING)
    assert handling.roles & DECIDES_MERIT
    with pytest.raises(NotPermitted):
        look.reveal(deps, handling, _ids(deps)[0])
    for purpose in Purpose:
        admin = Role.ADMIN in local_actor(purpose).roles
        assert admin is (purpose is Purpose.ADMINISTRATION)
    assert len(list(export_assessments(deps, local_actor(Purpose.INVESTIGATION)))) == MEMBERS + 1


def test_law_2_whatever_opens_an_assessment_asks_the_one_rule() -> None:
    folder = Path(actions.__file__).parent
    for path in folder.glob("*.py"):
        called = {
            node.func.id
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        opens = called & {"open_assessment", "open_output"}
        if opens and path.stem != "replay":  # replay answers with digests and scheme names alone
            assert "may_reveal" in called, path.name


def test_law_2_a_conclusion_is_told_to_nobody_who_may_not_see_what_it_concludes(deps: Deps) -> None:
    first = _ids(deps)[0]
    _decide(deps, first)
    made = decide.decide_conclusion(deps, ANALYST, first, Conclusion.LINKED, "r", "clause")
    aid = someone(Role.VICTIM_SUPPORT, name="vic", purpose=Purpose.AID)
    assert look.merit_view(deps, aid, first).standing.awaiting_second is None
    decide.confirm(deps, someone(name="second"), first, made.id, "r")
    seen = look.merit_view(deps, aid, first).standing
    assert seen.merit is not None
    assert (seen.conclusion, seen.awaiting_second) == (None, None)
    assert look.merit_view(deps, someone(Role.HANDLER), first).standing.conclusion is not None
