"""An authority's order: kept whole with its scan, reaching what it asks for alone; and what two agreed to stays as it was."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.actions.test_referral_pack import (
    ANN,
    HANNA,
    LEO,
    REDACTED,
    _complaints,
    decided,
    deps,
    kept,
    ordered,
    plain,
    referral,
    ring_of,
    words,
)

from mingcha.actions.casework import agree_to_referral, refer, see_case, work_on_case
from mingcha.actions.decide import decide_merit
from mingcha.actions.deps import Deps
from mingcha.actions.erase import erase_customer
from mingcha.actions.exhibits import erase_exhibit, keep_exhibit
from mingcha.actions.kept import open_record
from mingcha.actions.referral_pack import Pack, build_pack
from mingcha.actions.settling import settle_all
from mingcha.errors import InputError, NotFound, OutOfOrder
from mingcha.evidence.canonical import parse
from mingcha.model.actor import Role
from mingcha.model.case import DemandNoted, Shown
from mingcha.model.case_out import ReferralDrafted, ReferralSent
from mingcha.model.decision import MeritVerdict
from mingcha.model.exhibit import About
from mingcha.testing.house import NOON, someone

__all__ = ["deps"]  # a fixture


def drafted(deps: Deps, case: str) -> ReferralDrafted:
    return see_case(deps, ANN, case).facts.referrals[0].drafted


def both(deps: Deps, case: str, of: str) -> Pack:
    """Two agree and it is built."""
    for one in (ANN, LEO):
        agree_to_referral(deps, one, case, of)
    return build_pack(deps, ANN, case, of, plain)


def attachment(deps: Deps, complaint: str) -> str:
    """The record of a paper that came with a complaint."""
    with deps.store.read() as work:
        every = [open_record(deps.keys, one).keyed for one in work.records.scan("attachments")]
    return next(one.id for one in every if one.complaint_id == complaint)


def copied(deps: Deps, *of: str, step: str, original: str) -> str:
    told = About(
        name="x", of=of, media="text/plain", system="s", how="h", taken_at=NOON, derived_from=original, step=step
    )
    return keep_exhibit(deps, ANN, io.BytesIO(REDACTED), told).id


def test_an_order_is_whole_and_asks_for_complaints_of_the_case(deps: Deps) -> None:
    case, _ = referral(deps)
    one, other, *_ = sorted(_complaints(deps))
    order = ordered(deps, case)
    body = replace(drafted(deps, case), stage=2, order=order, scope=(one,))
    for wrong, match in (
        (replace(body, scope=(one, "C-0")), "C-0"),
        (replace(body, order=replace(order, scan="EX-0")), "EX-0"),
    ):
        with pytest.raises(NotFound, match=match):
            refer(deps, ANN, case, wrong)
    with pytest.raises(InputError, match=other):
        refer(deps, ANN, case, replace(body, rests_on=(ring_of(deps), other)))
    for scan in (kept(deps, one).id, copied(deps, case, step="遮蔽", original=order.scan)):
        with pytest.raises(InputError, match=scan):
            refer(deps, ANN, case, replace(body, order=replace(order, scan=scan)))
    with pytest.raises(OutOfOrder, match="still to come"):
        refer(deps, ANN, case, replace(body, order=replace(order, on=NOON.date() + timedelta(days=9))))
    with pytest.raises(OutOfOrder, match="on nobody's order"):
        refer(deps, ANN, case, replace(body, stage=1))
    refer(deps, ANN, case, body)
    assert see_case(deps, ANN, case).facts.referrals[-1].drafted.order == order


def test_a_full_pack_opens_with_the_order_and_holds_its_scan_first(deps: Deps) -> None:
    decided(deps)
    case, of = referral(deps, (sorted(_complaints(deps))[1],))
    agree_to_referral(deps, LEO, case, of)
    pack = build_pack(deps, ANN, case, of, plain)
    order = drafted(deps, case).order
    assert order is not None
    assert b"".join(pack.read(1)) == b"order"
    assert [one.derived_from for one in pack.bundle.exhibits] == [None, None, 2]
    cover = next(paper.data.decode() for paper in pack.bundle.papers if paper.name == "01-cover.pdf")
    assert f"{order.issuer} {order.on} 出具的 {order.number} 提供，其扫描件为证据 1" in cover
    assert words(pack).count("7号.pdf") >= 1


def test_that_a_pack_told_of_a_complaint_stands_in_the_log_of_who_read_it(deps: Deps) -> None:
    decided(deps)
    mine, *others = sorted(_complaints(deps))
    case, of = referral(deps, (mine,))
    agree_to_referral(deps, LEO, case, of)
    build_pack(deps, ANN, case, of, plain)
    assert "build_pack" in _reads(deps, mine)
    assert not [one for one in others if "build_pack" in _reads(deps, one)]


def _reads(deps: Deps, complaint: str) -> list[str]:
    with deps.store.read() as work:
        acts = [parse(link.payload) for link in work.chains.read("access")]
    return [act["act"] for act in acts if complaint in act.get("complaints", ())]


def test_words_are_noted_from_an_exhibit_about_that_complaint_or_about_nobody(deps: Deps) -> None:
    case, _ = referral(deps)
    mine, other, *_ = sorted(_complaints(deps))
    with deps.store.read() as work:
        owner = open_record(deps.keys, work.records.heads("complaints", [mine])[mine]).keyed.customer_id
    assert owner is not None
    noted = DemandNoted(complaint=mine, exhibit="", words="不免就闹")
    for of in (other, attachment(deps, other)):
        with pytest.raises(InputError, match="about this complaint"):
            work_on_case(deps, ANN, case, replace(noted, exhibit=kept(deps, of).id))
    for of in (mine, attachment(deps, mine), owner, case):
        work_on_case(deps, ANN, case, replace(noted, exhibit=kept(deps, of).id))
    assert len(see_case(deps, ANN, case).facts.demands) == 4


def test_a_scan_that_was_destroyed_opens_no_pack(deps: Deps) -> None:
    decided(deps)
    case, of = referral(deps, (sorted(_complaints(deps))[1],))
    agree_to_referral(deps, LEO, case, of)
    order = drafted(deps, case).order
    assert order is not None
    erase_exhibit(deps, someone(Role.CONSUMER_PROTECTION), order.scan, "误存")
    with pytest.raises(NotFound, match=order.scan):
        build_pack(deps, ANN, case, of, plain)


def test_what_is_about_a_record_of_another_complaint_is_not_handed_over(deps: Deps) -> None:
    """An exhibit about a paper is about whoever filed it."""
    decided(deps)
    mine, other, *_ = sorted(_complaints(deps))
    case, _ = referral(deps)
    ours, theirs = kept(deps, attachment(deps, mine)), kept(deps, attachment(deps, other))
    work_on_case(deps, ANN, case, Shown("extortion.demand", (ours.id, theirs.id)))
    body = replace(drafted(deps, case), stage=2, order=ordered(deps, case), scope=(mine,))
    pack = both(deps, case, refer(deps, ANN, case, body).id)
    assert len(pack.bundle.exhibits) == 4, "the scan, what is about the case and its original, and ours"
    assert "另有 1 件证据不在文书范围之内" in words(pack)


def test_whom_a_record_that_was_erased_was_about_nobody_can_say(deps: Deps) -> None:
    decided(deps)
    mine, other, *_ = sorted(_complaints(deps))
    case, _ = referral(deps)
    paper = attachment(deps, other)
    both_ = kept(deps, case, paper)
    work_on_case(deps, ANN, case, Shown("extortion.demand", (both_.id,)))
    body = replace(drafted(deps, case), stage=2, order=ordered(deps, case), scope=(mine,))
    of = refer(deps, ANN, case, body).id
    with deps.store.read() as work:
        owner = open_record(deps.keys, work.records.heads("complaints", [other])[other]).clear.customer_id
    erase_customer(deps, someone(Role.CONSUMER_PROTECTION), "test", owner, "本人要求")
    pack = both(deps, case, of)
    assert "另有 1 件证据不在文书范围之内" in words(pack)


def test_merit_is_decided_first_of_whoever_an_exhibit_is_about_by_its_record(deps: Deps) -> None:
    case, _ = referral(deps)
    mine, *others = sorted(_complaints(deps))
    original = kept(deps, attachment(deps, mine))
    redacted = copied(deps, step="redaction", original=original.id)
    work_on_case(deps, ANN, case, Shown("false_lawyer.posed", (redacted,)))
    for one in others:
        decide_merit(deps, HANNA, one, MeritVerdict.NOT_UPHELD, (), "已核")
    body = replace(drafted(deps, case), stage=2, offence="false_lawyer", order=ordered(deps, case), scope=(mine,))
    of = refer(deps, ANN, case, body).id
    with pytest.raises(OutOfOrder, match="merit of 1 complaints"):
        both(deps, case, of)


@pytest.mark.parametrize(
    ("step", "fits"),
    [
        ("转写", False),
        ("未打码的截图", False),
        ("not redacted", False),
        ("Unmasked", False),
        ("涂黑姓名", True),
        ("Redacted", True),
    ],
)
def test_a_report_holds_no_copy_that_nobody_redacted(deps: Deps, step: str, fits: bool) -> None:
    decided(deps)
    case, of = referral(deps)
    copy = copied(deps, step=step, original=kept(deps, case).id)
    again = copied(deps, step="OCR", original=copy)
    work_on_case(deps, ANN, case, Shown("extortion.demand", (again,)))
    if fits:
        assert len(both(deps, case, of).bundle.exhibits) == 2
    else:
        with pytest.raises(OutOfOrder, match=f"these are none: {again}"):
            both(deps, case, of)


def test_what_is_done_later_changes_no_byte_of_what_two_agreed_to(deps: Deps) -> None:
    decided(deps)
    case, of = referral(deps)
    agree_to_referral(deps, LEO, case, of)
    first = build_pack(deps, ANN, case, of, plain)
    other = refer(deps, ANN, case, replace(drafted(deps, case), addressee="regulator")).id
    second = both(deps, case, other)
    (timeline,) = (paper.data.decode() for paper in second.bundle.papers if paper.name == "07-timeline.pdf")
    assert timeline.count("同意移送") == 2, "who else it was referred to is told to nobody"
    assert build_pack(deps, ANN, case, of, plain).bundle == first.bundle, "another referral is no part of it"
    refer(deps, ANN, case, ReferralSent(of, "ab" * 32, deps.now()))
    work_on_case(deps, ANN, case, Shown("extortion.demand", (kept(deps, case, copy=True).id,), "后补"))
    assert build_pack(deps, ANN, case, of, plain).bundle == first.bundle, "nor what was entered after it left"


def test_an_exhibit_that_was_destroyed_stops_no_later_referral(deps: Deps) -> None:
    decided(deps)
    case, _ = referral(deps)
    gone, left = kept(deps, case, copy=True), kept(deps, case, copy=True)
    work_on_case(deps, ANN, case, Shown("extortion.demand", (gone.id, left.id)))
    erase_exhibit(deps, someone(Role.CONSUMER_PROTECTION), gone.id, "误存")
    of = refer(deps, ANN, case, drafted(deps, case)).id
    assert len(both(deps, case, of).bundle.exhibits) == 2
    assert settle_all(deps, ANN) == 0, "it told of nothing that was gone by then"
