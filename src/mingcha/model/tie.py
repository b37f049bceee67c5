"""Ties between records that share a rare value, and the groups they make."""

from dataclasses import dataclass

from mingcha.model.campaign import Unrelated
from mingcha.model.finding import Conduct, Family
from mingcha.model.provenance import Cite
from mingcha.model.words import Words

TIE_WORDS: dict[str, Words] = {
    "filer_number": Words("提交人电话", "filer's number"),
    "agent_number": Words("代理人电话", "agent's number"),
    "contact_phone": Words("文中电话", "number in the text"),
    "device": Words("设备", "device"),
    "ip": Words("网络地址", "internet address"),
    "sim": Words("SIM 卡", "SIM card"),
    "sender_number": Words("寄件人电话", "sender's number"),
    "lead_number": Words("首次来电号码", "cold caller's number"),
    "return_address": Words("回寄地址", "return address"),
    "delivery_address": Words("收货地址", "delivery address"),
    "issuer_seal": Words("印章", "seal"),
    "issuer": Words("出具机构", "issuer"),
    "payee": Words("收款账户", "payee"),
    "bank_card": Words("银行卡", "bank card"),
    "contract": Words("服务合同", "contract"),
    "company": Words("企业", "company"),
    "handle": Words("联系方式", "handle"),
    "ad_handle": Words("广告中的联系方式", "handle in an ad"),
    "template": Words("同一话术", "one script"),
    "voice": Words("声纹", "voice"),
}
LAW_THREE_FAMILIES = 2  # floors of law 3, not settings
LAW_THREE_CUSTOMERS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class TieFact:
    """One record states one value about one complaint: the raw material of ties. `value` is a keyed token."""

    complaint: str
    customer: str | None
    kind: str  # as TieSummary.kind
    family: Family
    value: str
    source: str  # keyed id of the record that states it
    source_kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TieSummary:
    """One value that several records share, as one of them sees it. `value` is a keyed token."""

    kind: str  # filer_number, agent_number, handle, device, ip, return_address, issuer_seal, payee, template, ad_handle
    family: Family
    value: str
    records: int
    source_records: int  # distinct records that state it
    customers: Unrelated
    hub: bool  # shared by more people than its kind allows: listed, never links
    stopped: bool  # runs through verified representation or an allow-listed place
    allowed_as: str | None  # call_centre, legal_aid, library, dormitory, platform …
    cited: tuple[Cite, ...]  # at most 20


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSummary:
    """The connected group a complaint stands in, and what law 3 asks of it."""

    id: str
    complaints: int
    customers: Unrelated
    families: tuple[Family, ...]  # tie families present from different source records
    conduct: tuple[tuple[Conduct, str, Cite], ...]  # conduct, detector, source; from any member, at most 20
    explanations: tuple[tuple[str, Cite], ...]  # innocent explanations that held: detector, source; at most 20
    explanations_tested: bool
    cited: tuple[Cite, ...]
    conduct_more: int = 0  # findings of conduct beyond those listed
    explanations_more: int = 0
    too_large: bool = False  # so many complaints hang together that it says nothing of anyone: shown, never suspected


@dataclass(frozen=True, slots=True)
class LawThree:
    """Law 3's test of a group, spelled out: every leg with its answer."""

    two_families: bool
    three_customers: bool
    conduct: bool
    explanations_tested: bool
    explained: bool

    @property
    def met(self) -> bool:
        """All legs hold and no innocent explanation did."""
        legs = (self.two_families, self.three_customers, self.conduct, self.explanations_tested)
        return all(legs) and not self.explained
