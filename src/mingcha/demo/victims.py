"""What clients of the first rings paid, signed and were told, so that help can be walked from detection to refund; all of it made up.

No chance comes in, and every record has an id of its own: the rest of the town is the same with and without them.
"""

from mingcha.demo.town import Builder

SELLER, OFFICE = "上岸无忧咨询（虚构）", "虚构律师事务所"
PAYEE, HOTLINE = "acct_demo_shangan", "14400000001"
SHORT_VIDEO = "短视频平台"


def victims(b: Builder) -> None:
    """People of every need; and the client of a lawyer, whose fee is no loss."""
    for n, (amount, days, proof, told) in enumerate(PAID):
        _paid(b, n, (amount, days, proof), told)
    for n, told in enumerate(KEPT):
        _story(b, "impersonated-0", n, told)
    handle = b.advertised[0] if b.advertised else ""
    _loss(b, "advertised-0", 0, paid_on=b.day(30), amount="1980", payee=handle, proof="chat")
    _story(b, "advertised-0", 0, "刷短视频看到广告，加了微信，交钱以后对方不回消息了（模拟）", handle=handle)
    _loss(b, "lawyer", 0, paid_on=b.day(60), amount="5000", company=OFFICE, contract="示律2026第1号", proof="receipt")


PAID = (  # yuan, days ago, proof, what they tell
    ("3800", 45, "transfer_record", "失业以后没有收入，对方说有内部渠道，交了服务费，后来电话打不通（模拟）"),
    ("2600", 1, "chat", "昨天刚转给中介2600元服务费，他们还要我再交一笔（模拟）"),
    ("4200", 20, "contract", "交了钱想退，他们就天天轰炸我的通讯录，家里人都接到了（模拟）"),
    ("3000", 33, "receipt", "他们让我把手机卡寄过去，说由他们替我接电话（模拟）"),
)
KEPT = ("", "他们说要代办，把身份证和银行卡交给了他们保管（模拟）")


def _paid(b: Builder, n: int, fee: tuple[str, int, str], told: str) -> None:
    amount, days, proof = fee
    contract = f"SA-DEMO-{n + 1:03d}"
    _loss(
        b, "coercive-0", n, paid_on=b.day(days), amount=amount, payee=PAYEE, company=SELLER, contract=contract, proof=proof,
    )  # fmt: skip
    if found := _of(b, "coercive-0", n):
        customer, complaint = found
        b.add(
            "companies", id=f"co-{complaint}", complaint_id=complaint, customer_id=customer, name=SELLER, part="contract", source="客户提供的合同（模拟）",
        )  # fmt: skip
    _story(b, "coercive-0", n, told, handle="sawy_demo_01", days=days + 7)


def _loss(b: Builder, group: str, n: int, **cells: str) -> None:
    if found := _of(b, group, n):
        b.add("losses", id=f"lo-{found[1]}", complaint_id=found[1], customer_id=found[0], **cells)


def _story(b: Builder, group: str, n: int, told: str, *, handle: str = "", days: int = 50) -> None:
    """How an agent first got in touch, in the customer's words."""
    if told and (found := _of(b, group, n)):
        b.add(
            "leads", id=f"le-{found[1]}", complaint_id=found[1], customer_id=found[0], called_at=b.hour(days, 15), told=told, handle=handle,
            caller_phone=HOTLINE if group == "coercive-0" else "", platform=SHORT_VIDEO if handle else "",
        )  # fmt: skip


def _of(b: Builder, group: str, n: int) -> tuple[str, str] | None:
    """The customer and the complaint of the nth who filed in a group, where there are so many."""
    filed = b.filed.get(group, ())
    return filed[n] if n < len(filed) else None
