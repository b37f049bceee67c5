"""Made-up acts on a case: short calls give whole values."""

from datetime import UTC, datetime, timedelta

from mingcha.model.actor import Role
from mingcha.model.case import Assigned, Begun, CaseAct, CaseBody, Exculpated, Line, Opened, Subject, SubjectKind
from mingcha.model.case_out import Order, ReferralAgreed, ReferralDrafted, ReferralSent

START = datetime(2026, 3, 1, tzinfo=UTC)
RING = Subject(SubjectKind.RING, "R-1")


def at(hours: float) -> datetime:
    """So many hours after the start."""
    return START + timedelta(hours=hours)


def act(body: CaseBody, by: str = "ann", hours: float = 0, id_: str = "") -> CaseAct:
    """One act."""
    return CaseAct(id=id_ or f"{by}-{hours}-{type(body).__name__}", case="CASE-1", at=at(hours), by=by, body=body)


def opened(*subjects: Subject) -> Opened:
    """A case opened."""
    return Opened(title="青石所", playbook="ring", subjects=subjects or (RING,), reason="三家客户同一收款人")


ORDER = Order(number="调取〔2026〕7号", issuer="某分局", on=START.date(), scan="EX-1")


def drafted(
    stage: int = 1, rests_on: tuple[str, ...] = ("F-1",), order: Order | None = None, scope: tuple[str, ...] = ()
) -> ReferralDrafted:
    """A referral drafted."""
    return ReferralDrafted(
        addressee="police", offence="extortion", stage=stage, rests_on=rests_on, order=order, scope=scope
    )


def agreed(of: str = "D") -> ReferralAgreed:
    """One agrees."""
    return ReferralAgreed(of, Role.ANALYST)


def sent(of: str = "D", hours: float = 5) -> ReferralSent:
    """It was handed over."""
    return ReferralSent(of, "ab" * 32, at(hours))


def written() -> list[CaseAct]:
    """Everything that speaks for those named."""
    return [act(Exculpated(line, "查过，无"), hours=2) for line in Line]


def referred() -> list[CaseAct]:
    """A case up to a referral handed over."""
    return [
        act(opened()),
        act(Begun("开始"), hours=1),
        *written(),
        act(drafted(), hours=3, id_="D"),
        act(agreed(), hours=4),
        act(agreed(), by="bo", hours=4),
        act(sent(), hours=6),
    ]


def taken(to: str, before: str | None = None) -> Assigned:
    """Somebody has it."""
    return Assigned(to, before)
