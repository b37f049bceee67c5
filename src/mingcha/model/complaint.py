"""A complaint as it was filed, and the papers that came with it."""

from dataclasses import dataclass
from datetime import date, datetime

from mingcha.model.record import Personal, Type, column

FILER_ROLES = ("self", "relative", "guardian", "heir", "agent", "lawyer", "other", "unknown")
LICENCES = ("bank", "consumer_finance", "small_loan", "trust", "platform", "insurance", "other")
PAPER_KINDS = (
    "authorisation", "hardship", "medical", "income", "unemployment", "police", "settlement", "lawyer_letter",
    "identity", "screenshot", "recording", "contract", "payment_proof", "other",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """One filing. `text` is what the person wrote; everything else is what the channel recorded about it."""

    id: str = column("投诉编号", "complaint id", Type.ID, required=True)
    received_at: datetime | None = column("接收时间", "received at", Type.TIME)
    channel: str | None = column("渠道", "channel")
    customer_id: str | None = column("客户号", "customer id", Type.REF, target="customers")
    account_id: str | None = column("账户号", "account id", Type.REF, target="accounts")
    text: str | None = column("投诉内容", "text", personal=Personal.FREE_TEXT)
    filer_name: str | None = column("提交人姓名", "filer's name", personal=Personal.NAME)
    filer_phone: str | None = column("提交人电话", "filer's phone", personal=Personal.PHONE)
    filer_role: str | None = column("提交人身份", "filer's role", Type.CHOICE, choices=FILER_ROLES)
    authorisation_id: str | None = column("授权书编号", "authorisation id", Type.REF, target="authorisations")
    lender: str | None = column("机构", "lender")
    licence: str | None = column("牌照类型", "licence type", Type.CHOICE, choices=LICENCES)
    product: str | None = column("产品", "product")
    matter: str | None = column("事项", "matter")
    region: str | None = column("地区", "region")
    return_address: str | None = column("回邮地址", "return address", personal=Personal.ADDRESS)
    against: str | None = column("被投诉对象", "staff, branch or agency complained of", personal=Personal.NAME)
    device: str | None = column("设备标识", "device id", personal=Personal.DEVICE)
    ip: str | None = column("IP地址", "IP address", personal=Personal.IP)
    channel_code: str | None = column("渠道代码(JR/T 0169)", "channel code (JR/T 0169)")
    business_code: str | None = column("业务代码(JR/T 0169)", "business code (JR/T 0169)")
    cause_code: str | None = column("原因代码(JR/T 0169)", "cause code (JR/T 0169)")
    channel_due: date | None = column("渠道要求办结日", "due date set by the channel", Type.DATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A paper handed in with a complaint."""

    id: str = column("附件编号", "attachment id", Type.ID, required=True)
    complaint_id: str | None = column("投诉编号", "complaint id", Type.REF, target="complaints")
    customer_id: str | None = column("客户号", "customer id", Type.REF, target="customers")
    paper_kind: str | None = column("材料类型", "kind of paper", Type.CHOICE, choices=PAPER_KINDS)
    issuer: str | None = column("出具单位", "issuer")
    seal: str | None = column("印章编号", "seal number")
    sha256: str | None = column("文件摘要", "SHA-256")
    text: str | None = column("文字内容", "text", personal=Personal.FREE_TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperCheck:
    """What the issuer named on a paper said when asked whether the paper is its own (kind `issuers`)."""

    id: str = column("核验编号", "check id", Type.ID, required=True)
    attachment_id: str | None = column("附件编号", "attachment id", Type.REF, target="attachments")
    complaint_id: str | None = column("投诉编号", "complaint id", Type.REF, target="complaints")
    customer_id: str | None = column("客户号", "customer id", Type.REF, target="customers")
    issuer: str | None = column("出具单位", "issuer")
    seal: str | None = column("印章编号", "seal number")
    result: str = column("核验结果", "result", Type.CHOICE, required=True, choices=("genuine", "denied", "unclear"))
    verified_at: datetime | None = column("核验时间", "verified at", Type.TIME)
    verified_by: str | None = column("核验人", "verified by")
    channel: str | None = column("核验途径", "how it was verified")
