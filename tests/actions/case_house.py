"""A made-up house with a suspected organisation, and a case on it up to a referral handed over; short calls give whole things."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from mingcha.actions import rings as room
from mingcha.actions.assess import assess
from mingcha.actions.casework import agree_to_referral, open_case, refer, see_case, work_on_case
from mingcha.actions.decide import decide_merit
from mingcha.actions.deps import Deps
from mingcha.actions.exhibits import keep_exhibit
from mingcha.actions.kept import record_id
from mingcha.model.account import Ad
from mingcha.model.actor import Purpose, Role
from mingcha.model.case import Admitted, Begun, Exculpated, Line, Opened, Shown, Subject, SubjectKind
from mingcha.model.case_facts import CaseFacts, Referral
from mingcha.model.case_out import ReferralDrafted, ReferralSent
from mingcha.model.complaint import Attachment, Complaint, PaperCheck
from mingcha.model.decision import MeritVerdict
from mingcha.model.exhibit import About
from mingcha.model.kinds import BY_CODE
from mingcha.model.party import Customer
from mingcha.testing.house import NOON, FixedClock, house, put, someone

INV = Purpose.INVESTIGATION
ANN = someone(Role.ANALYST, name="ann", purpose=INV)
LEO = someone(Role.LEGAL, name="leo", purpose=INV)
CAT = someone(Role.CONSUMER_PROTECTION, name="cat")
CAI = someone(Role.INSPECTOR, Role.AUDITOR, name="cai", purpose=Purpose.INSPECTION)
HANNA = someone(Role.HANDLER, name="hanna")
PHONE = "13800138000"
NAMES = "12345"


def letter(n: str, phone: str = PHONE) -> Complaint:
    """A complaint, filed from a number."""
    return Complaint(
        id=n, received_at=NOON, text=f"第{n}件：请核实我的账单。", licence="bank", customer_id=f"c{n}", filer_phone=phone,
        filer_role="self", channel="12378",
    )  # fmt: skip


def checks(*names: str, result: str = "denied") -> list[PaperCheck]:
    """What the issuer said of the papers of these complaints."""
    return [PaperCheck(id=f"i{n}", attachment_id=f"a{n}", complaint_id=n, seal="S-1", result=result) for n in names]


@contextmanager
def cheated(folder: Path, *, memory: bool = False, clock: FixedClock | None = None) -> Iterator[Deps]:
    """A house with five unrelated customers whose letters come from one number with papers of one forged seal, and with an ad."""
    with house(folder, memory=memory, clock=clock or FixedClock()) as deps:
        put(
            deps,
            "customers",
            *(
                Customer(id=f"c{n}", name=f"王{n}", verified=True, household=f"h{n}", employer="none", merchant="none")
                for n in NAMES
            ),
        )
        put(deps, "complaints", *(letter(n) for n in NAMES))
        papers = [Attachment(id=f"a{n}", complaint_id=n, paper_kind="medical", seal="S-1") for n in NAMES]
        put(deps, "attachments", *papers)
        put(deps, "issuers", *checks(*NAMES))
        put(deps, "ads", Ad(id="1", platform="抖音", work_id="731", text="不成功不收费，加微信", seen_at=NOON))
        assess(deps, someone())
        yield deps


def key(deps: Deps, n: str) -> str:
    """The keyed id of a complaint."""
    return record_id(deps.keys, BY_CODE["complaints"], "test", n)


def ring_of(deps: Deps) -> str:
    """The one ring."""
    return room.listed(deps, ANN).rings[0].id


def ad_of(deps: Deps) -> str:
    """The one ad."""
    with deps.store.read() as work:
        return next(iter(work.ads.all_items())).id


def decided(deps: Deps) -> None:
    """Merit of all is decided: of the first it was upheld."""
    for n in NAMES:
        verdict = MeritVerdict.UPHELD if n == "1" else MeritVerdict.NOT_UPHELD
        decide_merit(deps, HANNA, key(deps, n), verdict, (), "已核")


def ready(deps: Deps, case: str) -> str:
    """The case, investigated, with what speaks for those named written."""
    work_on_case(deps, ANN, case, Admitted("leo", "协办"))
    work_on_case(deps, ANN, case, Begun("开始"))
    for line in Line:
        work_on_case(deps, ANN, case, Exculpated(line, "已查，无"))
    return case


def about(deps: Deps, *rests_on: str, addressee: str = "police") -> tuple[str, str]:
    """A case about the ring, the ad and one complaint by itself, with an exhibit, and a referral drafted that rests on these."""
    subjects = tuple(
        sorted(
            [
                Subject(SubjectKind.RING, ring_of(deps)),
                Subject(SubjectKind.AD, ad_of(deps)),
                Subject(SubjectKind.COMPLAINT, key(deps, "5")),
            ]
        )
    )
    case = open_case(deps, ANN, Opened(title="青石所", playbook="ring_level_1", subjects=subjects, reason="同章")).case
    ready(deps, case)
    told = About(name="n.txt", of=(case,), media="text/plain", system="录音系统", how="导出", taken_at=NOON)
    original = keep_exhibit(deps, ANN, io.BytesIO(b"words"), told)
    copy = keep_exhibit(deps, ANN, io.BytesIO(b"***"), replace(told, derived_from=original.id, step="遮蔽"))
    work_on_case(deps, ANN, case, Shown("extortion.threat", (copy.id,), "原话"))
    body = ReferralDrafted(addressee=addressee, offence="extortion", stage=1, rests_on=rests_on or (ring_of(deps),))
    return case, refer(deps, ANN, case, body).id


def agreed(deps: Deps, *rests_on: str, addressee: str = "police") -> tuple[str, str]:
    """The same, and two agreed."""
    case, of = about(deps, *rests_on, addressee=addressee)
    for one in (ANN, LEO):
        agree_to_referral(deps, one, case, of)
    return case, of


def sent(deps: Deps, *rests_on: str, addressee: str = "police") -> tuple[str, str]:
    """The same, and it was handed over."""
    case, of = agreed(deps, *rests_on, addressee=addressee)
    refer(deps, ANN, case, ReferralSent(of, "ab" * 32, deps.now()))
    return case, of


def facts(deps: Deps, case: str) -> CaseFacts:
    """How a case stands."""
    return see_case(deps, ANN, case).facts


def first(deps: Deps, case: str) -> Referral:
    """Its first referral."""
    return facts(deps, case).referrals[0]
