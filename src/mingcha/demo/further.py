"""Borrowers with the further grievances: money not booked or not given back, promises not kept, requests left lying, and the rest.

Each alleges one thing, true or not, and the records of the house bear it out, speak against it, or came in too late to say. The
phrases are written as people write them and not after the patterns that read claims: some are not read.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from mingcha.demo import words
from mingcha.demo.town import Builder, Claims, Person, stamp

SHARE_TRUE = 0.5
BOOKS = ("notices", "waivers", "payments")
LATE_DAYS = 4  # the newest days of our own books are not in yet
SAID: dict[str, tuple[str, ...]] = {
    "payment_not_booked": ("我{months}天前就还了{amount}元，到现在都没有入账，", "钱早就转过去了，账上还显示没还，", "本人已还款，贵司至今未入账，还显示逾期，"),
    "refund_not_made": ("客服答应退我{amount}元，一直没退，", "说好三天内退款，半个月了也没到账，", "贵司承诺退还多收费用，至今未退，"),
    "refused_again": ("我妈已经明确说过不要再打给她，催收还是继续打，", "我父亲让他们别再联系，他们照样天天打，"),
    "debt_told": ("催收把我欠钱的事告诉了我同事，", "贵司委外人员向本人家属透露欠款信息，", "跟我爸说我在外面欠了钱不还，"),
    "settlement_not_kept": ("之前谈好的减免方案现在不认了，", "签了结清协议，你们没有执行，", "双方协商达成的减免方案至今未落实，"),
    "no_answer": ("上个月就投诉过，没有任何回复，", "本人此前投诉石沉大海，", "反映了好多次，根本没人处理，"),
    "bundled": ("借款时强制搭了一份保险，", "不买会员就不放款，", "未经本人同意捆绑收取保险费，"),
    "hardship_request": ("我申请分期被拒绝，也不说为什么，", "提交了困难证明申请延期，没有回复，", "本人申请个性化分期，贵司不予理睬，"),
    "credit_record": ("征信记录有误，找你们改也不改，", "向你们提了征信异议，一直没有更正，", "征信上的逾期记录与事实不符，"),
    "disclosure": ("借的时候没有告诉我年化利率是多少，", "贵司未明确告知综合费率，", "合同里的费用从来没跟我说清楚，"),
    "impersonated": ("这笔贷款不是我本人办理的，", "有人冒用我的身份借了钱，", "本人从未申请过该笔贷款，系被冒名，"),
}  # fmt: skip
DEMANDS = ("请尽快核实。", "希望给个说法，", "要求书面答复。", "请查清楚，", "麻烦处理一下，")


def further(b: Builder) -> None:
    """One borrower with one of them."""
    grievance = b.rng.choice(tuple(SAID))
    who, at, true = b.person(), b.moment(), b.rng.random() < SHARE_TRUE
    claims = RECORDS[grievance](b, who, at, true)
    opening = b.pick(words.FORMAL_OPENINGS if b.rng.random() < 0.4 else words.OPENINGS[:8])
    text = opening + b.pick(SAID[grievance]) + b.pick(DEMANDS) + b.pick(words.ENDINGS)
    b.complaint(who, b.fill(text, who), ("borrower", None, False, None), ((grievance, true), *claims), at=stamp(at))


def books(b: Builder) -> None:
    """How far our own books were handed over."""
    for kind in BOOKS:
        b.add("coverage", record_kind=kind, from_on=b.day(720), to_on=b.day(LATE_DAYS))


def _ago(at: datetime, days: int) -> str:
    return str((at - timedelta(days=days)).date())


def _payment(b: Builder, who: Person, at: datetime, true: bool) -> Claims:
    paid = b.rng.randrange(8, 20)
    for days, on in ((paid, "" if true else _ago(at, paid - 1)), (paid + 30, _ago(at, paid + 29))):
        b.add(
            "payments",
            customer_id=who.id,
            account_id=who.account,
            direction="repayment",
            paid_on=_ago(at, days),
            amount="500",
            booked_on=on,
        )
    return ()


def _promise(b: Builder, who: Person, at: datetime, sort: str, true: bool) -> Claims:
    done = "" if true else _ago(at, 12)
    b.add(
        "waivers", customer_id=who.id, account_id=who.account, promise=sort, promised_on=_ago(at, 40), amount="800", due_on=_ago(at, 10), done_on=done,
    )  # fmt: skip
    return ()


def _refused(b: Builder, who: Person, at: datetime, true: bool) -> Claims:
    if true:
        b.add("notices", customer_id=who.id, given_at=stamp(at - timedelta(days=6)), by="contact", about="stop_contact")
        b.call(who, (at - timedelta(days=1)).replace(hour=15), callee="contact")
    return (("third_parties", true),)


def _told(b: Builder, who: Person, at: datetime, true: bool) -> Claims:
    start, text = (at - timedelta(days=3)).replace(hour=14), "您好，请问是本人吗，请联系我们。"
    if true:
        b.call(who, start, callee="contact")
        text = "你家里人在我们这里有一笔欠款逾期没还，你让他赶紧还钱。"
    b.add(
        "transcripts", customer_id=who.id, said_at=stamp(start), callee="contact" if true else "customer", speaker="collector", from_ms="0", to_ms="4000",
        text=text, recording="0" * 64,
    )  # fmt: skip
    return (("third_parties", true),)


def _asked(b: Builder, who: Person, at: datetime, about: str, true: bool) -> Claims:
    """A request that was left lying, or answered in five days with a reason."""
    given = at - timedelta(days=45)
    answer = (
        {}
        if true
        else {"answered_at": stamp(given + timedelta(days=5)), "answer": "refused", "reason": "材料不符合条件（模拟）"}
    )
    b.add(
        "notices",
        customer_id=who.id,
        account_id=who.account,
        given_at=stamp(given),
        by="customer",
        about=about,
        **answer,
    )
    return ()


def _bundled(b: Builder, who: Person, at: datetime, true: bool) -> Claims:
    extra = _second(b, who, fees=f"insurance:{_ago(at, 60)}:300")
    for account in (extra, who.account):
        b.add(
            "notices", customer_id=who.id, account_id=account, given_at=stamp(at - timedelta(days=60)), by="institution", about="insurance",
            answer="refused" if true else "granted",
        )  # fmt: skip
    return ()


def _undisclosed(b: Builder, who: Person, at: datetime, true: bool) -> Claims:
    extra = _second(b, who, disclosed="" if true else "24%")
    told = [] if true else [extra, who.account]
    for account in told:
        b.add(
            "notices",
            customer_id=who.id,
            account_id=account,
            given_at=stamp(at - timedelta(days=700)),
            by="institution",
            about="price",
        )
    return ()


def _second(b: Builder, who: Person, *, fees: str = "", disclosed: str = "24%") -> str:
    """Another account of theirs, at a price nobody could object to."""
    opened = b.now - timedelta(days=60)
    days = ";".join(f"{(opened + timedelta(days=30 * n)).date()}:1100" for n in range(1, 4))
    return b.add(
        "accounts", customer_id=who.id, lender=who.lender[0], licence=who.lender[1], product=who.lender[2], opened_on=str(opened.date()),
        principal="3200", schedule=days, fees=fees, disclosed_rate=disclosed,
    )  # fmt: skip


def _impersonated(b: Builder, who: Person, at: datetime, true: bool) -> Claims:
    b.add(
        "notices", customer_id=who.id, account_id=who.account, given_at=stamp(at - timedelta(days=100)), by="institution", about="identity_check",
        answer="refused" if true else "granted",
    )  # fmt: skip
    return ()


def _of(about: str) -> Callable[[Builder, Person, datetime, bool], Claims]:
    return lambda b, who, at, true: _asked(b, who, at, about, true)


def _sort(sort: str) -> Callable[[Builder, Person, datetime, bool], Claims]:
    return lambda b, who, at, true: _promise(b, who, at, sort, true)


RECORDS: dict[str, Callable[[Builder, Person, datetime, bool], Claims]] = {
    "payment_not_booked": _payment,
    "refund_not_made": _sort("refund"),
    "refused_again": _refused,
    "debt_told": _told,
    "settlement_not_kept": _sort("waiver"),
    "no_answer": _of("complaint"),
    "bundled": _bundled,
    "hardship_request": _of("instalment"),
    "credit_record": _of("credit_dispute"),
    "disclosure": _undisclosed,
    "impersonated": _impersonated,
}
