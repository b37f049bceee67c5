"""The people around a complaint: customers, those who speak for them, and what they said when called back."""

from dataclasses import dataclass
from datetime import date, datetime

from mingcha.model.record import Personal, Type, column

REPRESENTATIONS = ("lawyer", "legal_aid", "consumer_association", "union", "guardian", "heir", "relative", "other")
NO_ONE = "none"  # written in household, employer or merchant: known to have none


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """A customer of the institution. A blank relation is unknown; `none` is known to be none."""

    id: str = column("客户号", "customer id", Type.ID, required=True)
    name: str | None = column("姓名", "name", personal=Personal.NAME)
    id_number: str | None = column("身份证号", "ID number", personal=Personal.ID_NUMBER)
    phone: str | None = column("预留手机号", "reserved number", personal=Personal.PHONE)
    phone_since: date | None = column("手机号预留日", "reserved since", Type.DATE)
    previous_phone: str | None = column("原预留手机号", "number before", personal=Personal.PHONE)
    previous_phone_until: date | None = column("原手机号停用日", "number before, until", Type.DATE)
    address: str | None = column("地址", "address", personal=Personal.ADDRESS)
    verified: bool | None = column("身份已核实", "identity verified", Type.FLAG)
    household: str | None = column("家庭编号", "household", Type.REF, target="household")
    employer: str | None = column("单位", "employer", Type.REF, target="employer")
    merchant: str | None = column("关联商户", "shared merchant (school, clinic, landlord)", Type.REF, target="merchant")
    relations: tuple[str, ...] = column("已申报关系人", "declared relations", Type.REFS, target="customers")
    birth_year: int | None = column("出生年", "year of birth", Type.COUNT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorisation:
    """A power of attorney: who lets whom speak, shown in which form, until when."""

    id: str = column("授权编号", "authorisation id", Type.ID, required=True)
    customer_id: str | None = column("委托人客户号", "principal's customer id", Type.REF, target="customers")
    complaint_id: str | None = column("投诉编号", "complaint id", Type.REF, target="complaints")
    agent_name: str | None = column("受托人姓名", "agent's name", personal=Personal.NAME)
    agent_phone: str | None = column("受托人电话", "agent's phone", personal=Personal.PHONE)
    agent_organisation: str | None = column("受托单位", "agent's organisation")
    relation: str | None = column("受托关系", "relation", Type.CHOICE, choices=REPRESENTATIONS)
    licence_no: str | None = column("执业证号", "practising licence no.")
    original_seen: bool | None = column("已见原件", "original seen", Type.FLAG)
    signed_on: date | None = column("签署日", "signed on", Type.DATE)
    valid_to: date | None = column("有效期至", "valid to", Type.DATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Representative:
    """Somebody whose right to speak for others was checked against a register or papers."""

    id: str = column("代表编号", "representative id", Type.ID, required=True)
    name: str | None = column("姓名", "name", personal=Personal.NAME)
    phone: str | None = column("电话", "phone", personal=Personal.PHONE)
    relation: str | None = column("类别", "kind", Type.CHOICE, choices=REPRESENTATIONS)
    licence_no: str | None = column("执业证号", "practising licence no.")
    organisation: str | None = column("单位", "organisation")
    customer_id: str | None = column("所代表客户", "customer represented", Type.REF, target="customers")
    verified: bool | None = column("已核验", "verified", Type.FLAG)
    verified_at: datetime | None = column("核验时间", "verified at", Type.TIME)
    valid_to: date | None = column("有效期至", "valid to", Type.DATE)
    unpaid: bool | None = column("不收费", "charges nothing", Type.FLAG)


@dataclass(frozen=True, slots=True, kw_only=True)
class Callback:
    """A call back to the customer on a number the institution trusts. Without proof it weighs nothing."""

    id: str = column("回访编号", "call-back id", Type.ID, required=True)
    complaint_id: str | None = column("投诉编号", "complaint id", Type.REF, target="complaints")
    customer_id: str | None = column("客户号", "customer id", Type.REF, target="customers")
    asked_by: str | None = column("回访人", "asked by")
    script_id: str | None = column("中性话术编号", "neutral script id")
    channel: str | None = column("回访渠道", "channel")
    called_at: datetime | None = column("回访时间", "called at", Type.TIME)
    proved_by: str | None = column(
        "身份证明方式",
        "identity proved by",
        Type.CHOICE,
        choices=("in_person", "face_check", "secret_questions", "none"),
    )
    recording_hash: str | None = column("录音摘要", "recording hash")
    number_changed_on: date | None = column("号码变更日", "number changed on", Type.DATE)
    spoke: str | None = column("通话结果", "outcome", Type.CHOICE, choices=("spoke", "refused", "unreached"))
    aware: str | None = column("是否知情", "knows of the complaint", Type.CHOICE, choices=("yes", "no", "unclear"))
    paid_agent: str | None = column("是否付费代理", "paid an agent", Type.CHOICE, choices=("yes", "no", "unclear"))
    answers: str | None = column("回答", "answers", personal=Personal.FREE_TEXT)

    @property
    def proven(self) -> bool:
        """Identity proved, neutral script, recording kept: only then may the answer weigh anything."""
        return self.proved_by not in (None, "none") and bool(self.script_id) and bool(self.recording_hash)
