"""Families of texts as ties: they need three unrelated customers, and an explained one never links."""

from tests.network.factory import people

from mingcha.model.campaign import CampaignSummary, SampleMatch, Unrelated
from mingcha.model.provenance import Cite
from mingcha.model.stored import Membership
from mingcha.network.templates import explained_templates, template_facts
from mingcha.network.ties import Bounds, build_ties


def members(names: str) -> list[Membership]:
    return [Membership(complaint=c, family="f", representative=c == "a", similarity=900_000) for c in names]


def campaign(**more: object) -> CampaignSummary:
    fields = {
        "id": "f", "scheme": "s", "texts": 3, "acts": 3, "customers": Unrelated(3, 0, 0), "similarity_min": 700_000,
        "similarity_here": 800_000, "first_at": None, "last_at": None, "densest_day_acts": 0, "channels": (),
        "lenders": (), "merchants": (), "represented": 0, "sample": None, "events": (), "cited": (), **more,
    }  # fmt: skip
    return CampaignSummary(**fields)  # type: ignore[arg-type] -- test factory


def test_a_template_needs_three_unrelated_customers() -> None:
    customer_of = {c: f"p{c}" for c in "abc"}
    two = build_ties(template_facts(members("ab"), customer_of), people(*"ab"), Bounds())
    three = build_ties(template_facts(members("abc"), customer_of), people(*"abc"), Bounds())
    assert (two.ties[0].linking, three.ties[0].linking) == ((), ("a", "b", "c"))


def test_a_public_letter_or_a_common_cause_explains_a_family() -> None:
    sample = SampleMatch("s", "t", 900_000, Cite("samples", "s"))
    assert explained_templates([campaign()]) == {}
    assert explained_templates([campaign(events=(Cite("events", "e"),))]) == {"f": "common_cause"}
    allowed = explained_templates([campaign(), campaign(sample=sample)])
    assert allowed == {"f": "public_sample"}
    facts = template_facts(members("abc"), {c: f"p{c}" for c in "abc"})
    assert build_ties(facts, people(*"abc"), Bounds(allowed=allowed)).ties[0].linking == ()
