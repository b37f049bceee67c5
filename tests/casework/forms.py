"""Made-up facts of a referral, told to each addressee by the form of the package's own standards; run it to write the golden texts."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from mingcha.adapters.shelf import read_package
from mingcha.casework.papers import papers, texts
from mingcha.model.case import Line
from mingcha.model.case_out import Order
from mingcha.model.decision import MeritVerdict
from mingcha.model.referral import (
    AdRow,
    AgentRow,
    ComplaintRow,
    ElementRow,
    ExhibitRow,
    LikePair,
    Moment,
    PartyRow,
    ReferralFacts,
    Threat,
    TieRow,
)
from mingcha.model.words import Words
from mingcha.standards.load import load

AT = datetime(2026, 3, 20, 4, 0, tzinfo=UTC)
WORDS = load(read_package()).casework
CUSTOMER, CALLER, LOAN = "P-1", "138****8000", "L-1"
ROW = ComplaintRow(
    complaint="C-1", customer=CUSTOMER, account=LOAN, amount=123_456, overdue_since=date(2025, 11, 1), filed_at=AT, channel="12378",
    claims=(Words("息费", "price"),), merit=MeritVerdict.NOT_UPHELD, in_person=Words("本人，人脸核验", "in person, face check"), caller=CALLER,
    agent="青石咨询", papers="住院证明；某医院函〔2026〕1号", threats=(Threat("不免就天天投诉", 1, 192),), demanded=100_000, waived=50_000,
    waived_because=30_000, exhibits=(1, 2),
)  # fmt: skip
ROWS = (
    ROW,
    replace(ROW, complaint="C-2", merit=MeritVerdict.PARTLY, waived=80_000, waived_because=80_000),
    replace(ROW, complaint="C-3", threats=(), demanded=None, waived=7_000, waived_because=None, overdue_since=None),
)
PARTY = PartyRow(
    code="payee", kind=Words("收款账户", "payee"), value="6222****1234", clear=False, part=Words("收款方", "payee"), complaints=3, first=None,
    last=None, records=("L-9",),
)  # fmt: skip
PAYEE = Words("收款账户", "payee")
TIES = tuple(TieRow(kind=PAYEE, value="6222****1234", end=Words(id_, id_), record="L-9") for id_ in ("C-1", "C-2"))
PAIR = LikePair(
    family="F-1", scheme="campaign@2026-11-25", one="C-1", other="C-2",
    one_text="贵司利息过高，请于3日内退还多收费用。", other_text="贵司利息过高，请于七日内退还多收费用！",
)  # fmt: skip
AD = AdRow(
    ad="AD-1", platform="某短视频", account="qingshi_88", url="https://example.invalid/v/1", first=date(2026, 1, 2), last=date(2026, 2, 3),
    trade=Words("反催收", "anti-collection"), text="停息挂账，不成功不收费", contact="qing****88",
)  # fmt: skip
AGENT = AgentRow(
    name="王**", organisation="示例律师事务所", licence="11101200000000000", relation=Words("律师", "lawyer"), signed=date(2026, 1, 5),
    registered=Words("本机构未核验，请查登记册", "not verified by us: the register says"), record="U-1",
)  # fmt: skip
ORDER = Order(number="调取证据通知书〔2026〕7号", issuer="某市公安局某区分局", on=date(2026, 3, 2), scan="EX-1")
EXHIBITS = (
    ExhibitRow(number=1, name="通话.wav", media="audio/wav", size=9, sha256="ab" * 32, system="录音系统", how="导出", taken_at=AT, by="ann", derived_from=None),
    ExhibitRow(number=2, name="转写", media="text/plain", size=9, sha256="cd" * 32, system="录音系统", how="转写", taken_at=AT, by="ann", derived_from=1),
)  # fmt: skip


def facts(addressee: str = "police", stage: int = 1) -> ReferralFacts:
    """Facts for an addressee; in clear, on an order, where the stage is 2."""
    offence = next(
        one
        for one in WORDS.offences.values()
        if one.addressee == addressee or addressee in ("bar", "cyberspace", "regulator")
    )
    return ReferralFacts(
        case="CASE-1", referral="3f2a9c0b", stage=stage, order=ORDER if stage > 1 else None, made_at=AT, institution="示例银行",
        department="消保部", phone="400-000-0000", address="示例路1号", offence=offence.title, article=offence.article,
        form=WORDS.addressees[addressee], branch=offence.branch, thresholds=tuple(one.text for one in offence.thresholds),
        counter=offence.counter,
        elements=(
            ElementRow(Words("威胁", "threat"), Words("原话", "the words"), (2,), ("录音",)),
            ElementRow(Words("索要", "demand"), Words("金额", "sum"), (), ()),
        ),
        lines=tuple((line, f"{line} 已查") for line in Line), rests_on=("R-1", "C-1"), complaints=ROWS,
        parties=(replace(PARTY, clear=stage > 1),), exhibits=EXHIBITS, timeline=(Moment(AT, Words("收到投诉", "complaint received"), "C-1"),),
        ties=TIES, alike=(PAIR,), ads=(AD,), agents=(AGENT,), serious=WORDS.items, left_out=0,
        root_note=Words("根摘要见 root.json。", "The root stands in root.json."),
    )  # fmt: skip


def words(told: ReferralFacts, locale: str = "zh-CN") -> str:
    """All that the papers say."""
    return "\n".join(texts(papers(told, locale)))


GOLDEN = Path(__file__).parent / "golden"


def golden(addressee: str, locale: str) -> str:
    """Every sheet of a form, word for word."""
    sheets = papers(facts(addressee), locale)
    return "\n".join("\n".join([f"== {sheet.name}", *texts((sheet,))]) for sheet in sheets) + "\n"


if __name__ == "__main__":
    for addressee in WORDS.addressees:
        for locale in ("zh-CN", "en"):
            (GOLDEN / f"{addressee}.{locale}.txt").write_text(golden(addressee, locale), encoding="utf-8")
