"""The list of record kinds, in reading order; the list is the registry."""

from mingcha.model.account import Account, Ad, Event, Offer, Reply, Sample
from mingcha.model.benefit import BenefitClaim, Promotion
from mingcha.model.call import Call, Coverage
from mingcha.model.complaint import Attachment, Complaint, PaperCheck
from mingcha.model.notice import Assignment, Notice, Transfer
from mingcha.model.party import Authorisation, Callback, Customer, Representative
from mingcha.model.payment import Payment, Waiver
from mingcha.model.place import Place
from mingcha.model.record import Kind
from mingcha.model.traces import Company, Courier, Device, Lead, Loss
from mingcha.model.transcript import ConsumerRecord, Turn
from mingcha.model.words import Words

KINDS: tuple[Kind, ...] = (
    Kind("complaints", "C", Words("投诉", "complaints"), Complaint),
    Kind("customers", "P", Words("客户", "customers"), Customer),
    Kind("accounts", "A", Words("账户", "accounts"), Account),
    Kind("calls", "L", Words("催收通话", "collection calls"), Call),
    Kind("authorisations", "U", Words("授权委托", "authorisations"), Authorisation),
    Kind("replies", "R", Words("既往答复", "earlier replies"), Reply),
    Kind("offers", "O", Words("机构方案", "offers by the institution"), Offer),
    Kind("callbacks", "B", Words("客户回访", "call-backs"), Callback),
    Kind("issuers", "V", Words("材料核验", "papers verified with their issuers"), PaperCheck),
    Kind("coverage", "G", Words("记录覆盖范围", "coverage of our logs"), Coverage),
    Kind("attachments", "T", Words("附件", "attachments"), Attachment),
    Kind("events", "E", Words("共因事件", "common-cause events"), Event),
    Kind("samples", "S", Words("公开范本", "public sample letters"), Sample),
    Kind("representatives", "N", Words("已核验代表", "verified representatives"), Representative),
    Kind("places", "Q", Words("公共场所", "shared places"), Place),
    Kind("payments", "Y", Words("还款与退款", "repayments and refunds"), Payment),
    Kind("waivers", "W", Words("退款与减免承诺", "promised refunds and waivers"), Waiver),
    Kind("notices", "I", Words("告知与请求", "notices and requests"), Notice),
    Kind("transcripts", "X", Words("通话文字记录", "transcripts"), Turn),
    Kind("consumer_records", "K", Words("消费者凭证", "the consumer's own records"), ConsumerRecord),
    Kind("assignments", "M", Words("催收委外", "assignments to agencies"), Assignment),
    Kind("transfers", "Z", Words("监管转办清单", "the regulator's transfer list"), Transfer),
    Kind("devices", "DV", Words("设备与网络", "devices and networks"), Device),
    Kind("couriers", "CR", Words("寄件", "parcels"), Courier),
    Kind("companies", "CO", Words("相关企业", "companies"), Company),
    Kind("leads", "LE", Words("首次来电线索", "first cold calls"), Lead),
    Kind("losses", "LO", Words("客户损失", "what customers lost"), Loss),
    Kind("promotions", "PR", Words("优惠活动", "promotions"), Promotion),
    Kind("claims_of_benefit", "CB", Words("优惠领取", "claims of a benefit"), BenefitClaim),
    Kind("ads", "D", Words("广告", "ads"), Ad),
)

BY_CODE: dict[str, Kind] = {kind.code: kind for kind in KINDS}
ID_PREFIX: dict[str, str] = {kind.code: f"{kind.prefix}-" for kind in KINDS}  # with which ids of a kind begin
