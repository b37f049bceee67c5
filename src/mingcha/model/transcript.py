"""What was said in a recorded call, turn by turn, and what the consumer kept of his own: the two have equal rank."""

from dataclasses import dataclass
from datetime import datetime

from mingcha.model.record import Personal, Type, column


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One turn of a recorded call. Times are milliseconds from the start of the recording."""

    id: str = column("话轮编号", "turn id", Type.ID, required=True)
    call_id: str | None = column("通话编号", "call id", Type.REF, target="calls")
    customer_id: str | None = column("客户号", "customer id", Type.REF, target="customers")
    said_at: datetime = column("通话开始时间", "call began at", Type.TIME, required=True)
    callee: str | None = column("接听人", "who was called", Type.CHOICE, choices=("customer", "contact", "unknown"))
    speaker: str = column(
        "说话人", "speaker", Type.CHOICE, required=True,
        choices=("collector", "robot", "customer", "contact", "unknown"),
    )  # fmt: skip
    from_ms: int | None = column("起(毫秒)", "from (ms)", Type.COUNT)
    to_ms: int | None = column("止(毫秒)", "to (ms)", Type.COUNT)
    text: str = column("内容", "what was said", required=True, personal=Personal.FREE_TEXT)
    recording: str | None = column("录音摘要", "SHA-256 of the recording")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsumerRecord:
    """One line of a call list, a message, a bill or a recording that the consumer kept."""

    id: str = column("凭证编号", "consumer record id", Type.ID, required=True)
    customer_id: str | None = column("客户号", "customer id", Type.REF, target="customers")
    complaint_id: str | None = column("投诉编号", "complaint id", Type.REF, target="complaints")
    form: str = column(
        "形式", "form", Type.CHOICE, required=True, choices=("call_list", "message", "bill", "recording")
    )
    at: datetime = column("时间", "at", Type.TIME, required=True)
    number_from: str | None = column("主叫号码", "calling number", personal=Personal.PHONE)
    number_to: str | None = column("被叫号码", "called number", personal=Personal.PHONE)
    callee: str | None = column("接听人", "who was called", Type.CHOICE, choices=("customer", "contact", "unknown"))
    seconds: int | None = column("时长(秒)", "seconds", Type.COUNT)
    amount: int | None = column("金额", "amount", Type.MONEY)
    direction: str | None = column("方向", "direction", Type.CHOICE, choices=("repayment", "refund"))
    text: str | None = column("内容", "text", personal=Personal.FREE_TEXT)
    sha256: str | None = column("文件摘要", "SHA-256")
