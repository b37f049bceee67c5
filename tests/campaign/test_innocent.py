"""Innocent explanations of a family: each found with its sources, looked for in vain, or without data to look at."""

from datetime import timedelta

from hypothesis import given
from tests.campaign.pages import LETTER, MONDAY, facts, families, member, outside

from mingcha.campaign.family_facts import PageFacts
from mingcha.campaign.forms import headings
from mingcha.campaign.innocent import innocent_part
from mingcha.campaign.scheme import SCHEME
from mingcha.model.account import Event
from mingcha.model.family_page import Explanation, InnocentPart, Looked
from mingcha.model.party import Customer

ORDER = [
    "same_act",
    "portal_copy",
    "public_sample_letter",
    "common_cause",
    "platform_form",
    "same_customer",
    "verified_representation",
]
OUTAGE = Event(id="E-1", event_kind="outage", from_at=MONDAY - timedelta(days=1))


def _part(page: PageFacts) -> InnocentPart:
    return innocent_part(page, SCHEME)


def _one(code: str, page: PageFacts) -> Explanation:
    return next(one for one in _part(page).explanations if one.code == code)


def test_all_are_looked_for_in_reading_order() -> None:
    assert [one.code for one in _part(facts()).explanations] == ORDER


def test_one_act_in_several_channels() -> None:
    two = facts(member(1, act="a", channel="app"), member(2, act="a", channel="line"), member(3, channel="app"))
    got = _one("same_act", two)
    assert (got.looked, got.members, [c.record for c in got.cites]) == (Looked.FOUND, 2, ["c001", "c002"])
    assert _one("same_act", facts(member(1, channel="app"), member(2, channel="line"))).looked is Looked.NOTHING
    assert _one("same_act", facts(member(1, person_known=False))).looked is Looked.UNCHECKED


def test_one_portal_filing_copied_to_several_firms() -> None:
    act = facts(
        *(member(n, act="a", channel="portal", lender=f"L{n}") for n in range(2)),
        member(3, channel="portal", lender="L0"),
    )
    assert (_one("portal_copy", act).looked, _one("portal_copy", act).members) == (Looked.FOUND, 2)
    unknown = [member(n, channel="portal", lender=f"L{n}", person_known=False, wording="w") for n in range(2)]
    assert _one("portal_copy", facts(*unknown)).members == 2, "equal texts of unknown people on one day"
    later = member(
        4, channel="portal", lender="L9", person_known=False, wording="w", received_at=MONDAY + timedelta(days=2)
    )
    assert _one("portal_copy", facts(unknown[0], later)).looked is Looked.NOTHING
    apart = facts(member(1, channel="portal", lender="L1"), member(2, channel="portal", lender="L2"))
    assert _one("portal_copy", apart).looked is Looked.NOTHING, "two people are two filings"
    assert _one("portal_copy", facts(member(1, channel="portal"))).looked is Looked.UNCHECKED


def test_a_public_sample_letter_cites_the_letter() -> None:
    got = _one("public_sample_letter", facts(member(1, sample=LETTER), member(2)))
    assert (got.looked, got.members, [(c.kind, c.record) for c in got.cites]) == (Looked.FOUND, 1, [("samples", "S-1")])
    assert "范本" in got.why.zh and "范本" in got.why.en
    assert _one("public_sample_letter", facts(member(1))).looked is Looked.NOTHING
    assert _one("public_sample_letter", facts(member(1), kinds_held=frozenset())).looked is Looked.UNCHECKED


def test_a_common_cause_reaches_the_acts_it_covers() -> None:
    old = MONDAY - timedelta(days=200)
    page = facts(member(1), member(2), member(3, act="c002"), member(4, received_at=old), events=(OUTAGE,))
    got = _one("common_cause", page)
    assert (got.looked, got.members, [(c.kind, c.record) for c in got.cites]) == (Looked.FOUND, 3, [("events", "E-1")])
    few = facts(member(1), member(2, received_at=old), member(3, received_at=old), events=(OUTAGE,))
    assert _one("common_cause", few).looked is Looked.NOTHING
    assert _one("common_cause", facts(member(1), kinds_held=frozenset())).looked is Looked.UNCHECKED


def test_a_platform_s_form_is_learnt_from_the_others_of_its_channel() -> None:
    form = headings("投诉人：某\n诉求：退息\n事由：【事实经过】利息高。情况说明：如上")
    assert form == {"投诉人", "诉求", "事由", "情况说明"}
    mine = [member(n, channel="portal", headings=form) for n in range(3)]
    others = outside(50, channel="portal")
    filed = outside(6, channel="portal", headings=form)
    assert _one("platform_form", facts(*mine, outside=others + filed)).members == 3
    assert _one("platform_form", facts(*mine, outside=others + filed[:5])).looked is Looked.NOTHING, (
        "5 of 55 are no form"
    )
    assert _one("platform_form", facts(*mine, outside=filed[:4])).looked is Looked.NOTHING, "nor are four at all"
    elsewhere = outside(50, channel="line", headings=form)
    assert _one("platform_form", facts(*mine, outside=elsewhere)).looked is Looked.UNCHECKED
    assert _one("platform_form", facts(*mine, outside=others + elsewhere)).looked is Looked.NOTHING


def test_headings_hold_no_number_and_no_long_words() -> None:
    assert headings("13812345678：我\n微信号ab1：x\n这是一句比十个字长得多的话：好。他说: 你好") == {"他说"}
    assert headings("") == frozenset()


def test_one_customer_s_repeats_are_no_sign() -> None:
    same = Customer(id="p", verified=True)
    got = _one("same_customer", facts(member(1, customer=same), member(2, customer=same), member(3)))
    assert (got.looked, got.members) == (Looked.FOUND, 2)
    assert "坚持不是线索" in got.why.zh
    act = facts(member(1, customer=same, act="a"), member(2, customer=same, act="a"))
    assert _one("same_customer", act).looked is Looked.NOTHING, "one act is no repeat"
    assert _one("same_customer", facts(member(1, customer=None))).looked is Looked.UNCHECKED


def test_verified_representation() -> None:
    got = _one("verified_representation", facts(member(1, represented=True), member(2)))
    assert (got.looked, got.members) == (Looked.FOUND, 1)
    assert _one("verified_representation", facts(member(1))).looked is Looked.NOTHING
    assert _one("verified_representation", facts(member(1), kinds_held=frozenset())).looked is Looked.UNCHECKED


def test_cites_are_twenty_and_the_count_is_whole() -> None:
    got = _one("verified_representation", facts(*(member(n, represented=True) for n in range(40))))
    assert (got.members, len(got.cites)) == (40, 20)


@given(families())
def test_each_answers_and_none_reaches_beyond_the_family(page: PageFacts) -> None:
    part = _part(page)
    assert part.explained <= len(page.members)
    assert part.explained >= max((one.members for one in part.explanations), default=0)
    assert part.explained <= sum(one.members for one in part.explanations)
    ids = {m.complaint for m in page.members}
    for one in part.explanations:
        assert one.why.zh and one.why.en
        assert {c.record for c in one.cites if c.kind == "complaints"} <= ids
