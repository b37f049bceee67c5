"""What the page of a family is gathered from: the members' own records, and complaints outside drawn by keyed id."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from mingcha.actions import family_page
from mingcha.actions.assess import assess
from mingcha.actions.deps import Deps
from mingcha.actions.erase import erase_customer
from mingcha.model.account import Event, Sample
from mingcha.model.actor import Purpose, Role
from mingcha.model.call import Call
from mingcha.model.complaint import Complaint
from mingcha.model.family_page import FamilyPage, Looked, Tells
from mingcha.model.party import Customer
from mingcha.testing.house import NOON, house, put, someone

LETTER = "本人因家庭变故无力偿还，要求停止催收并减免全部利息，协商分期六十期还款，请贵司限期书面答复处理结果。"
ANALYST = someone(Role.ANALYST, purpose=Purpose.INVESTIGATION)
MEMBERS, OTHERS = 8, 90


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Deps]:
    """Eight customers of one merchant, called by one agency, and many others with neither."""
    with house(tmp_path, memory=True) as opened:
        inside = [
            Customer(id=f"c{n}", verified=True, household="none", employer="none", merchant="gym")
            for n in range(MEMBERS)
        ]
        beyond = [Customer(id=f"o{n}", verified=True, household="none", merchant="none") for n in range(OTHERS)]
        put(opened, "customers", *inside, *beyond)
        put(
            opened,
            "calls",
            *(Call(id=f"k{one.id}", customer_id=one.id, called_at=NOON, agency="甲外包") for one in inside),
            *(
                Call(id=f"k{one.id}", customer_id=one.id, called_at=NOON, agency=f"乙{n % 7}")
                for n, one in enumerate(beyond)
            ),
        )
        put(
            opened,
            "complaints",
            *(
                Complaint(id=one.id, received_at=NOON - timedelta(days=n), text=LETTER, customer_id=one.id, channel=f"渠道{n % 2}", region="华东")
                for n, one in enumerate(inside)
            ),
            *(
                Complaint(id=one.id, received_at=NOON, text=f"利息{n}太高，客服{n}不理", customer_id=one.id, region="华北")
                for n, one in enumerate(beyond)
            ),
        )  # fmt: skip
        yield opened


def _page(deps: Deps) -> FamilyPage:
    assess(deps, someone())
    with deps.store.read() as work:
        ((id_, _),) = work.campaigns.families().items()
    return family_page.family(deps, ANALYST, id_)


def test_agencies_come_of_calls_and_merchants_of_customers(deps: Deps) -> None:
    page = _page(deps)
    common = {one.kind: one for one in page.ours.common}
    assert (common["agency"].value, common["agency"].tells, common["agency"].members) == (
        "甲外包",
        Tells.MORE_COMMON,
        MEMBERS,
    )
    assert (common["agency"].outside.hits, common["agency"].outside.of) == (0, OTHERS)
    merchant = common["merchant"]
    assert (merchant.tells, merchant.here.hits, merchant.outside.of) == (Tells.MORE_COMMON, MEMBERS, OTHERS)
    assert merchant.value and "gym" not in merchant.value, "a keyed id"
    assert page.signals.unrelated.count == 1, "a merchant they share makes them one"
    assert [(one.value, one.acts) for one in page.signals.regions.values] == [("华东", MEMBERS)]
    assert [one.acts for one in page.signals.channels.values] == [4, 4]


def test_only_so_many_outside_are_read_and_the_page_says_of_how_many(
    deps: Deps, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(family_page, "COMPARED", 20)
    page = _page(deps)
    assert (page.compared, page.compared_of) == (20, OTHERS)
    assert next(one.outside.of for one in page.ours.common if one.kind == "date") == 20


def test_lots_do_not_change_the_page(deps: Deps, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = _page(deps)
    monkeypatch.setattr(family_page, "CHUNK", 3)
    assert family_page.family(deps, ANALYST, whole.id) == whole


def test_events_and_letters_on_record_are_looked_at(deps: Deps) -> None:
    put(deps, "events", Event(id="e", event_kind="press", from_at=NOON - timedelta(days=30)))
    put(deps, "samples", Sample(id="s", title="范本一", text=LETTER))
    found = {one.code: one for one in _page(deps).innocent.explanations}
    for code, kind in (("common_cause", "events"), ("public_sample_letter", "samples")):
        assert (found[code].looked, found[code].members) == (Looked.FOUND, MEMBERS)
        assert [cite.kind for cite in found[code].cites] == [kind]
    assert found["verified_representation"].looked is Looked.UNCHECKED


def test_an_erased_complaint_is_in_no_comparison(deps: Deps) -> None:
    page = _page(deps)
    erase_customer(deps, someone(Role.CONSUMER_PROTECTION), "test", "o3", "应本人要求")
    after = family_page.family(deps, ANALYST, page.id)
    assert (page.compared, after.compared) == (OTHERS, OTHERS - 1)


def test_a_complaint_without_a_time_of_its_own_has_no_hour(deps: Deps) -> None:
    put(deps, "complaints", Complaint(id="late", text=LETTER, customer_id="c0", channel="渠道0"))
    page = _page(deps)
    assert page.members == MEMBERS + 1
    assert page.signals.timeline.undated + sum(page.signals.timeline.counts) == page.acts
