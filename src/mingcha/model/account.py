"""A loan: its terms, schedule and fees, and what the institution offered, answered and was affected by."""

from dataclasses import dataclass
from datetime import date, datetime

from mingcha.model.complaint import LICENCES
from mingcha.model.record import Personal, Type, column
from mingcha.model.words import Words

AD_PLACE_WORDS: dict[str, Words] = {
    "post": Words("帖子", "post"),
    "comment": Words("评论", "comment"),
    "live_room": Words("直播间", "live room"),
    "private_reply": Words("私信回复", "private reply"),
    "group_code": Words("群二维码", "code of a group"),
    "poster": Words("海报", "poster"),
    "video": Words("视频", "video"),
    "shop": Words("店铺", "shop"),
    "account_page": Words("账号主页", "page of an account"),
    "other": Words("其他", "somewhere else"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A loan account. Money in fen, rates in millionths."""

    id: str = column("账户号", "account id", Type.ID, required=True)
    customer_id: str | None = column("客户号", "customer id", Type.REF, target="customers")
    lender: str | None = column("机构", "lender")
    licence: str | None = column("牌照类型", "licence type", Type.CHOICE, choices=LICENCES)
    product: str | None = column("产品", "product")
    opened_on: date | None = column("放款日", "paid out on", Type.DATE)
    principal: int | None = column("本金", "principal", Type.MONEY)
    schedule: tuple[tuple[date, int], ...] = column("还款计划", "schedule", Type.PAYMENTS)
    fees: tuple[tuple[str, date, int], ...] = column("费用", "fees", Type.FEES)
    disclosed_rate: int | None = column("披露年化利率", "disclosed yearly rate", Type.RATE)
    agreed_night_calls: bool | None = column("约定夜间可联系", "night calls agreed", Type.FLAG)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer the institution gave earlier."""

    id: str = column("答复编号", "reply id", Type.ID, required=True)
    complaint_id: str | None = column("投诉编号", "complaint id", Type.REF, target="complaints")
    customer_id: str | None = column("客户号", "customer id", Type.REF, target="customers")
    replied_at: datetime | None = column("答复时间", "replied at", Type.TIME)
    outcome: str | None = column("结果", "outcome", Type.CHOICE, choices=("upheld", "partly", "not_upheld", "mediated"))
    text: str | None = column("答复内容", "text", personal=Personal.FREE_TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A settlement the institution itself offered."""

    id: str = column("方案编号", "offer id", Type.ID, required=True)
    complaint_id: str | None = column("投诉编号", "complaint id", Type.REF, target="complaints")
    customer_id: str | None = column("客户号", "customer id", Type.REF, target="customers")
    offered_at: datetime | None = column("提出时间", "offered at", Type.TIME)
    offered_by: str | None = column("提出人", "offered by")
    amount: int | None = column("金额", "amount", Type.MONEY)
    condition: str | None = column("条件", "condition")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something of ours or of the world that makes many people complain at once."""

    id: str = column("事件编号", "event id", Type.ID, required=True)
    event_kind: str = column(
        "事件类型", "kind of event", Type.CHOICE, required=True,
        choices=("outage", "price_change", "press", "policy", "closure", "campaign_day", "other"),
    )  # fmt: skip
    lender: str | None = column("机构", "lender")
    product: str | None = column("产品", "product")
    merchant: str | None = column("关联商户", "merchant", Type.REF, target="merchant")
    from_at: datetime = column("开始", "from", Type.TIME, required=True)
    to_at: datetime | None = column("结束", "to", Type.TIME)
    about: str | None = column("说明", "about")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A public sample letter: whoever copies it follows advice, not an organisation."""

    id: str = column("范本编号", "sample id", Type.ID, required=True)
    title: str | None = column("标题", "title")
    publisher: str | None = column("发布方", "publisher")
    published_on: date | None = column("发布日", "published on", Type.DATE)
    text: str = column("正文", "text", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ad:
    """One sighting of an advertisement; `soliciting` is a person's judgement, not ours."""

    id: str = column("广告编号", "ad id", Type.ID, required=True)
    platform: str | None = column("平台", "platform")
    seen_at: datetime | None = column("发现时间", "seen at", Type.TIME)
    handle: str | None = column("账号", "handle", personal=Personal.HANDLE)
    contact: str | None = column("联系方式", "contact", personal=Personal.HANDLE)
    text: str | None = column("内容", "text", personal=Personal.FREE_TEXT)
    url: str | None = column("链接", "link")
    soliciting: str | None = column("是否招揽", "soliciting", Type.CHOICE, choices=("yes", "no", "unsure"))
    judged_by: str | None = column("认定人", "judged by")
    place: str | None = column("出现位置", "where it stands", Type.CHOICE, named=AD_PLACE_WORDS)
    work_id: str | None = column("作品编号", "id of the work on its platform")
    author: str | None = column("作者账号", "the author's account", personal=Personal.HANDLE)
    author_since: date | None = column("账号开通日", "the account was opened on", Type.DATE)
    found_by: str | None = column("发现方式", "who or which tool saw it")
    sha256: str | None = column("文件摘要", "SHA-256 of the file it was read from")
    codes: str | None = column("二维码内容", "what its codes hold, a line each", personal=Personal.FREE_TEXT)
    poster: str | None = column("图像指纹", "fingerprint of its picture")
    times: str | None = column("各行时间", "when each line is shown or said")
