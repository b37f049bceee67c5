"""Each detector fires on what it is for and stays silent on at least three look-alikes; the table is the specification."""

from datetime import date, timedelta
from typing import Any

import pytest

from mingcha.adapters.shelf import read_package
from mingcha.detect.catalogue import CATALOGUE
from mingcha.detect.detector import DETECT_SCHEME, Detector, Outcome, detector
from mingcha.model.account import Ad, Event, Offer
from mingcha.model.campaign import SampleMatch
from mingcha.model.complaint import Attachment, PaperCheck
from mingcha.model.dossier import Dossier
from mingcha.model.finding import Answer, Basis, Family, Finding, Nothing, Side, Unchecked
from mingcha.model.merit import Claim, Grievance, MeritResult, MeritState, Searched
from mingcha.model.party import Authorisation, Representative
from mingcha.model.provenance import Cite
from mingcha.model.text import Passage
from mingcha.model.traces import Loss
from mingcha.model.words import Words
from mingcha.standards.load import load
from mingcha.testing.dossiers import AT, callback, campaign, customer, dossier, tie

BY_CODE = {d.code: d for d in CATALOGUE}
BEFORE, AFTER = AT - timedelta(days=9), AT + timedelta(days=9)


def auth(**values: Any) -> Authorisation:
    return Authorisation(**{"id": "U-1", "customer_id": "P-1", "valid_to": date(2027, 1, 1), **values})


def rep(**values: Any) -> Representative:
    return Representative(**{"id": "N-1", "verified": True, "relation": "lawyer", **values})


def paper(result: str) -> PaperCheck:
    return PaperCheck(id="V-1", result=result, issuer="示例医院")


def ad(**values: Any) -> Ad:
    return Ad(**{"id": "D-1", "soliciting": "yes", "judged_by": "岗", **values})


def offer(at: Any) -> Offer:
    return Offer(id="O-1", offered_at=at)


def confirmed(claimed: bool = True, state: MeritState = MeritState.CONFIRMED) -> MeritResult:
    claim = Claim(Grievance.PRICE, Passage("text", 0, 1, "利")) if claimed else None
    return MeritResult(
        "price", Grievance.PRICE, claim, state, "c", None, Words("因", "why"), (Cite("accounts", "A-1"),), Searched()
    )


AGENT = {"filed": {"filer_role": "agent"}}
SAMPLE = SampleMatch("S-1", "范本", 900_000, Cite("samples", "S-1"))
EVENT = Event(id="E-1", event_kind="outage", from_at=BEFORE)
DEMAND = "支付5000元后即可撤诉。"

CASES: dict[str, tuple[list[Dossier], list[Dossier]]] = {
    "shared_template": ([dossier(campaign=campaign(3))], [dossier(), dossier(campaign=campaign(2)), dossier(campaign=campaign(0, texts=50, acts=50))]),
    "authorisation_missing": ([dossier(**AGENT)], [dossier(), dossier(**AGENT, authorisations=(auth(),)), dossier(filed={"filer_role": "relative"})]),
    "authorisation_invalid": ([dossier(**AGENT, authorisations=(auth(valid_to=date(2026, 1, 1)),))], [dossier(), dossier(authorisations=(auth(),)), dossier(authorisations=(auth(valid_to=None),))]),
    "authorisation_for_someone_else": ([dossier(authorisations=(auth(customer_id="P-9"),))], [dossier(), dossier(authorisations=(auth(),)), dossier(authorisations=(auth(customer_id=None),)), dossier(authorisations=(auth(), auth(id="U-2", customer_id="P-9")))]),
    "filer_not_customer": ([dossier(filed={"filer_name": "n9"})], [dossier(filed={"filer_name": "n1"}), dossier(), dossier(filed={"filer_name": "n9", "filer_role": "relative"}), dossier(filed={"filer_name": "n9"}, customer=None)]),
    "speaks_as_customer": ([dossier("我方委托人多次要求停止。")], [dossier("我要求停止。"), dossier("我方委托人要求停止。", **AGENT), dossier("我是贵行客户，要求停止。")]),
    "customer_unaware": ([dossier(callbacks=(callback(aware="no"),))], [dossier(), dossier(callbacks=(callback(aware="yes"),)), dossier(callbacks=(callback(aware="no", proved_by="none"),)), dossier(callbacks=(callback(aware="no", recording_hash=None),))]),
    "customer_paid_agent": ([dossier(callbacks=(callback(paid_agent="yes"),))], [dossier(), dossier(callbacks=(callback(paid_agent="no"),)), dossier(callbacks=(callback(paid_agent="yes", script_id=None),))]),
    "fee_proven": ([dossier(losses=(Loss(id="LO-1", amount=300_000, proof="receipt"),))], [dossier(), dossier(losses=(Loss(id="LO-1", amount=300_000, proof="none"),)), dossier(losses=(Loss(id="LO-1", proof="receipt"),))]),
    "shared_payee": ([dossier(ties=(tie("payee", family=Family.MONEY),)), dossier(ties=(tie("company", family=Family.MONEY),))], [dossier(), dossier(ties=(tie("payee", 2),)), dossier(ties=(tie("contract", hub=True),)), dossier(ties=(tie("return_address", 5),))]),
    "shared_number": ([dossier(ties=(tie("agent_number"),))], [dossier(), dossier(ties=(tie(customers=2),)), dossier(ties=(tie(hub=True),)), dossier(ties=(tie(stopped=True),)), dossier(ties=(tie(allowed_as="legal_aid"),))]),
    "shared_device": ([dossier(ties=(tie("ip"),))], [dossier(), dossier(ties=(tie("ip", 2),)), dossier(ties=(tie("ip", hub=True),))]),
    "shared_return_address": ([dossier(ties=(tie("return_address", family=Family.PAPER),))], [dossier(), dossier(ties=(tie("return_address", 1),)), dossier(ties=(tie("return_address", allowed_as="dormitory"),))]),
    "shared_seal": ([dossier(ties=(tie("issuer_seal", family=Family.PAPER),))], [dossier(), dossier(ties=(tie("issuer_seal", 2),)), dossier(ties=(tie("issuer_seal", hub=True),))]),
    "shared_handle": ([dossier(ties=(tie("handle", family=Family.OUTLET),))], [dossier(), dossier(ties=(tie("handle", 2),)), dossier(ties=(tie("handle", stopped=True),))]),
    "number_not_reserved": ([dossier(filed={"filer_phone": "t9"})], [dossier(), dossier(filed={"filer_phone": "t9"}, customer=customer(previous_phone="t9")), dossier(filed={"filer_phone": "t9", "filer_role": "relative"}), dossier(filed={"filer_phone": None})]),
    "soliciting_ad": ([dossier(ads=(ad(),))], [dossier(), dossier(ads=(ad(soliciting="no"),)), dossier(ads=(ad(soliciting="unsure"),)), dossier(ads=(ad(judged_by=None),))]),
    "issuer_denies": ([dossier(paper_checks=(paper("denied"),))], [dossier(), dossier(paper_checks=(paper("genuine"),)), dossier(paper_checks=(paper("unclear"),)), dossier(attachments=(Attachment(id="T-1"),))]),
    "false_paper_and_refusal": ([dossier(paper_checks=(paper("denied"),), callbacks=(callback(spoke="refused"),))], [dossier(), dossier(paper_checks=(paper("denied"),)), dossier(callbacks=(callback(spoke="refused"),)), dossier(paper_checks=(paper("denied"),), callbacks=(callback(spoke="unreached"),))]),
    "money_for_withdrawing": (
        [dossier(DEMAND, **AGENT), dossier(DEMAND, campaign=campaign(4)), dossier("撤诉的条件是先转账3000元。", **AGENT)],
        [dossier(DEMAND), dossier(DEMAND, **AGENT, offers=(offer(BEFORE),)), dossier(DEMAND, **AGENT, merit=(confirmed(),)), dossier("客服说支付5000元后即可撤诉。", **AGENT), dossier("要求退还多收的5000元。", **AGENT), dossier("处理好了我就撤诉。", **AGENT)],
    ),
    "burst_in_time": ([dossier(campaign=campaign(6, densest_day_acts=6))], [dossier(), dossier(campaign=campaign(6, densest_day_acts=2)), dossier(campaign=campaign(6, densest_day_acts=6, events=(Cite("events", "E"),))), dossier(campaign=campaign(6, densest_day_acts=6), events=(EVENT,))]),
    "verified_representation": ([dossier(representatives=(rep(),))], [dossier(), dossier(representatives=(rep(verified=False),)), dossier(representatives=(rep(valid_to=date(2026, 1, 1)),))]),
    "relative_files": ([dossier(filed={"filer_role": "relative"}), dossier(authorisations=(auth(relation="heir"),))], [dossier(), dossier(**AGENT), dossier(authorisations=(auth(relation="lawyer"),))]),
    "legal_aid_or_office": ([dossier(representatives=(rep(relation="legal_aid"),)), dossier(ties=(tie(allowed_as="union"),))], [dossier(), dossier(representatives=(rep(),)), dossier(ties=(tie(),)), dossier(ties=(tie(allowed_as="library"),))]),
    "joint_complaint": ([dossier("我们全体家长共同投诉。")], [dossier(), dossier("我要投诉。"), dossier("我和家长说过。")]),
    "unpaid_organiser": ([dossier(representatives=(rep(unpaid=True),))], [dossier(), dossier(representatives=(rep(unpaid=False),)), dossier(representatives=(rep(),))]),
    "shared_merchant": ([dossier(campaign=campaign(merchants=("X-m",)), customer=customer(merchant="X-m"))], [dossier(), dossier(campaign=campaign(), customer=customer(merchant="X-m")), dossier(campaign=campaign(merchants=("X-m",)))]),
    "public_sample_letter": ([dossier(campaign=campaign(sample=SAMPLE))], [dossier(), dossier(campaign=campaign()), dossier("按照范本写的信")]),
    "common_cause": ([dossier(events=(EVENT,)), dossier(campaign=campaign(events=(Cite("events", "E-1"),)))], [dossier(), dossier(campaign=campaign()), dossier(campaign=campaign(), events=(EVENT,))]),
    "same_act": ([dossier(acts=3)], [dossier(), dossier(acts=1), dossier(campaign=campaign())]),
    "grievance_confirmed": ([dossier(merit=(confirmed(),))], [dossier(), dossier(merit=(confirmed(False),)), dossier(merit=(confirmed(state=MeritState.NOT_FOUND),))]),
    "institution_offered_first": ([dossier(offers=(offer(BEFORE),))], [dossier(), dossier(offers=(offer(AFTER),)), dossier("你们应该给个方案")]),
    "recycled_number": ([dossier(number_owners=1)], [dossier(), dossier(number_owners=0), dossier(filed={"filer_phone": None})]),
    "number_changed": ([dossier(callbacks=(callback(number_changed_on=date(2026, 1, 1)),))], [dossier(), dossier(callbacks=(callback(),)), dossier(callbacks=(callback(number_changed_on=date(2026, 1, 1), proved_by="none"),))]),
    "shared_place": ([dossier(ties=(tie("ip", hub=True),)), dossier(ties=(tie("return_address", allowed_as="library"),)), dossier(ties=(tie("return_address", allowed_as="dormitory"),)), dossier(ties=(tie(allowed_as="call_centre"),))], [dossier(), dossier(ties=(tie("ip"),)), dossier(ties=(tie("agent_number", hub=True),)), dossier(ties=(tie(allowed_as="legal_aid"),)), dossier(ties=(tie("return_address"),))]),
}  # fmt: skip


def test_every_detector_has_its_cases() -> None:
    assert set(CASES) == set(BY_CODE)
    assert all(fires and len(silent) >= 3 for fires, silent in CASES.values())


@pytest.mark.parametrize("code", CASES)
def test_fires_on_what_it_is_for(code: str) -> None:
    for one in CASES[code][0]:
        result = BY_CODE[code].run(one)
        assert isinstance(result, Finding), result
        assert result.cites
        assert result.points > 0


@pytest.mark.parametrize("code", CASES)
def test_is_silent_on_look_alikes(code: str) -> None:
    for one in CASES[code][1]:
        assert not isinstance(BY_CODE[code].run(one), Finding)


def test_counts_of_the_catalogue() -> None:
    sides = [d.side for d in CATALOGUE]
    assert sides.count(Side.FOR) >= 14
    assert sides.count(Side.AGAINST) >= 12
    assert len({d.code for d in CATALOGUE}) == len(CATALOGUE)
    assert "@" in DETECT_SCHEME


def test_every_clause_exists_and_reported_ones_never_bind_a_person() -> None:
    standards = load(read_package())
    for one in CATALOGUE:
        assert standards.clause(one.clause).binds != "person"


@pytest.mark.parametrize("one", CATALOGUE, ids=lambda d: d.code)
def test_missing_records_are_never_suspicion(one: Detector) -> None:
    for positive in CASES[one.code][0]:
        bare = Dossier(complaint=positive.complaint, text=positive.text)
        result = one.run(bare)
        assert isinstance(result, Unchecked | Nothing) or one.side is Side.AGAINST or not one.needs
        if one.needs:
            assert isinstance(result, Unchecked)
            assert set(result.needs) <= set(one.needs)


def test_a_detector_without_a_docstring_is_refused() -> None:
    def silent(_: Dossier) -> Outcome:
        return Words("无", "none")

    silent.__doc__ = None
    with pytest.raises(TypeError, match="says nothing"):
        detector(
            clause="c", answer=Answer.AGENCY, side=Side.FOR, family=Family.TEXT, basis=Basis.TIME, label=("a", "b")
        )(silent)
