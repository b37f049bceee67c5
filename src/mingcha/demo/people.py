"""Who lives in the town beside the rings: genuine complainers, lawful helpers, clusters and shared places.

True grievances stand on every side, and so do look-alikes of everything a ring does.
"""

from datetime import datetime, timedelta

from mingcha.demo import letters, words
from mingcha.demo.adverts import adverts
from mingcha.demo.further import books, further
from mingcha.demo.promotions import promotions
from mingcha.demo.rings import RINGS, text_only
from mingcha.demo.town import Builder, Claims, Person, stamp
from mingcha.demo.victims import victims

FURTHER = 10  # one complaint in so many alleges one of the further grievances
LIBRARY_IP, CALL_CENTRE = "10.7.7.7", "4001234567"


def populate(b: Builder) -> None:
    """Everyone, in shares of the town's size."""
    size = b.town.size
    _house(b)
    lawful = {school: max(6, size // 12), lawyer: max(5, size // 60), legal_aid: max(4, size // 100), dormitory: max(4, size // 80),
              sample_letter: max(4, size // 60), outage: max(5, size // 30), relatives: max(3, size // 60)}  # fmt: skip
    rings = max(1, size // 600)
    for make, count in lawful.items():
        make(b, count)
    for n in range(rings):
        each = max(6, size // (rings * 22))
        for make_ring in RINGS:
            make_ring(b, each, n)
        text_only(b, max(4, each // 2), n)
    while len(b.town.truth) < size - size // FURTHER:
        genuine(b)
    books(b)
    while len(b.town.truth) < size:
        further(b)
    promotions(b)
    adverts(b)
    victims(b)


def _house(b: Builder) -> None:
    for agency in ("自营", "甲外包"):
        b.add("coverage", record_kind="calls", agency=agency, from_on=b.day(320), to_on=b.day(0))
    b.add(
        "samples", title="消费者投诉信参考范本（模拟）", publisher="某消费者组织（虚构）", published_on=b.day(290), text=words.SAMPLE,
    )  # fmt: skip
    b.add(
        "events", event_kind="outage", lender="虚构银行", from_at=b.hour(8, 8), to_at=b.hour(8, 20), about="还款系统故障（模拟）",
    )  # fmt: skip
    b.add(
        "events", event_kind="price_change", lender="演示小贷", from_at=b.hour(110, 0), to_at=b.hour(108, 0), about="费率调整（模拟）",
    )  # fmt: skip
    b.add("places", place_kind="library", name="模拟市图书馆", ip=LIBRARY_IP, source="馆方公开信息（模拟）")
    b.add("places", place_kind="call_centre", name="转接热线（虚构）", phone=CALL_CENTRE, source="运营部门登记（模拟）")


def _grieved(b: Builder, who: Person, at: datetime, *, share_true: float) -> tuple[list[str], Claims]:
    named = letters.some_grievances(b.rng)
    return named, b.checked(who, at, tuple(named), share_true=share_true)


def genuine(b: Builder) -> None:
    """A borrower alone; sometimes in several channels the same day, sometimes with an offer or an answer before."""
    who, at = b.person(), b.moment()
    named, claims = _grieved(b, who, at, share_true=0.55)
    text = b.letter(who, named)
    truth = ("borrower", None, False, None)
    if b.rng.random() < 0.1:
        text += _offered(b, who, at)
    if b.rng.random() < 0.01:
        text += b.pick(words.WELFARE)
    if b.rng.random() < 0.04:
        text += b.fill(b.pick(words.HANDLES), who, handle=b.handle())
    id_ = b.complaint(who, text, truth, claims, at=stamp(at), **_where(b))
    if b.rng.random() < 0.06 and len(b.town.truth) < b.town.size:
        b.complaint(who, text, truth, claims, at=stamp(at + timedelta(hours=2)))
    if b.rng.random() < 0.08:
        b.add(
            "replies", customer_id=who.id, complaint_id=id_, replied_at=stamp(at + timedelta(days=3)), outcome="partly", text="已核实部分情况（模拟）",
        )  # fmt: skip
    if b.rng.random() < 0.05:
        b.add(
            "callbacks", complaint_id=id_, customer_id=who.id, asked_by="回访组", script_id="neutral-1", channel="phone", called_at=stamp(at),
            proved_by="secret_questions", recording_hash="0" * 64, number_changed_on=str((at - timedelta(days=40)).date()), spoke="spoke", aware="yes", paid_agent="no",
        )  # fmt: skip
    if b.rng.random() < 0.05:
        _own_paper(b, who, id_)


def _where(b: Builder) -> dict[str, str]:
    """From which number or network: mostly their own, else a new number, a library, a hotline that passes calls on."""
    chance = b.rng.random()
    if chance < 0.08:
        return {"filer_phone": b.phone()}
    if chance < 0.10:
        return {"ip": LIBRARY_IP}
    if chance < 0.12:
        return {"filer_phone": CALL_CENTRE}
    return {"filer_phone": "138****0000"} if chance < 0.123 else {}  # a channel that masks numbers: needs repair


def _offered(b: Builder, who: Person, at: datetime) -> str:
    """The institution offered money first; half of them come back to it."""
    b.add(
        "offers", customer_id=who.id, offered_at=stamp(at - timedelta(days=5)), offered_by="客服专员", amount="500", condition="一次性补偿",
    )  # fmt: skip
    return b.pick(words.SETTLEMENT).replace("{amount}", "500") if b.rng.random() < 0.5 else ""


def _own_paper(b: Builder, who: Person, complaint: str) -> None:
    """A hospital paper the hospital did issue."""
    seal = f"S-{b.rng.randrange(10**6):06d}"
    paper = b.add(
        "attachments", complaint_id=complaint, customer_id=who.id, paper_kind="medical", issuer="示例医院", seal=seal
    )
    b.add(
        "issuers", attachment_id=paper, complaint_id=complaint, customer_id=who.id, issuer="示例医院", seal=seal, result="genuine",
        verified_at=b.hour(1), verified_by="合规岗", channel="phone",
    )  # fmt: skip


CLOSED: Claims = (("partner_failed", True),)


def school(b: Builder, count: int) -> None:
    """A school closed: parents complain together, organised by one of them who charges nothing."""
    merchant, phone = "星光培训（虚构）", b.phone()
    b.add(
        "events",
        event_kind="closure",
        merchant="m-school",
        from_at=b.hour(26, 0),
        about="校区关停（模拟）",
    )
    template = b.pick(words.SCHOOL)
    for n in range(count):
        who = b.person(merchant="m-school")
        shared = template if n % 3 else b.pick(words.SCHOOL)
        text = b.fill(shared, who, merchant=merchant) + b.pick(words.ENDINGS)
        cells = {"filer_phone": phone, "return_address": "示例市样板路1号"} if n % 2 else {}
        claims = () if words.IMPLIED in shared else CLOSED
        b.complaint(who, text, ("organiser" if n % 2 else "borrower", None, False, "school"), claims, **cells)
        if n % 2:
            b.add(
                "representatives",
                name="家长代表（虚构）",
                phone=phone,
                relation="other",
                customer_id=who.id,
                verified="否",
                unpaid="是",
            )


def lawyer(b: Builder, count: int) -> None:
    """A lawyer on the register with many clients and their signed authorisations."""
    phone, name = b.phone(), b.name()
    b.add(
        "representatives",
        name=name,
        phone=phone,
        relation="lawyer",
        licence_no="模拟执业证0001",
        organisation="虚构律师事务所",
        verified="是",
        verified_at=b.hour(319),
    )
    for _ in range(count):
        who = b.person()
        at = b.moment()
        named, claims = _grieved(b, who, at, share_true=0.6)
        grievance = "".join(b.pick(words.FORMAL[g]) for g in named)
        paper = b.add(
            "authorisations",
            customer_id=who.id,
            agent_name=name,
            agent_phone=phone,
            relation="lawyer",
            licence_no="模拟执业证0001",
            original_seen="是",
            signed_on=b.day(260),
            valid_to=b.day(-105),
        )
        b.complaint(
            who, b.fill(words.LAWYER, who, grievance=grievance), ("lawyer", None, False, "lawyer"), claims, at=stamp(at), filer_name=name, filer_phone=phone,
            filer_role="lawyer", authorisation_id=paper, return_address="虚构大厦8层",
        )  # fmt: skip


def legal_aid(b: Builder, count: int) -> None:
    """A legal-aid office that files for people from one number and one address."""
    phone = b.phone()
    b.add(
        "representatives",
        name="援助专员（虚构）",
        phone=phone,
        relation="legal_aid",
        organisation="模拟法律援助站",
        verified="是",
        unpaid="是",
        verified_at=b.hour(319),
    )
    b.add(
        "places",
        place_kind="legal_aid",
        name="模拟法律援助站",
        phone=phone,
        address="援助路2号",
        ip="10.9.9.9",
        source="司法行政公开信息（模拟）",
    )
    for _ in range(count):
        who = b.person()
        at = b.moment()
        named, claims = _grieved(b, who, at, share_true=0.6)
        grievance = "".join(b.pick(words.FORMAL[g]) for g in named)
        b.complaint(
            who, b.fill(words.AID, who, grievance=grievance, office="模拟法律援助站"), ("legal_aid", None, False, "legal_aid"), claims, at=stamp(at),
            filer_phone=phone, filer_role="other", ip="10.9.9.9", return_address="援助路2号",
        )  # fmt: skip


def dormitory(b: Builder, count: int) -> None:
    """Students of one dormitory: one network and one address, nothing else in common."""
    b.add(
        "places",
        place_kind="dormitory",
        name="模拟大学宿舍",
        address="大学路100号",
        ip="10.8.8.8",
        source="校方公开信息（模拟）",
    )
    for _ in range(count):
        who = b.person()
        at = b.moment()
        named, claims = _grieved(b, who, at, share_true=0.5)
        b.complaint(
            who,
            b.letter(who, named),
            ("borrower", None, False, "dormitory"),
            claims,
            at=stamp(at),
            ip="10.8.8.8",
            return_address="大学路100号",
        )


def sample_letter(b: Builder, count: int) -> None:
    """People who copied a public sample letter and filled it in."""
    for _ in range(count):
        who, at = b.person(), b.moment()
        claims = b.checked(who, at, words.SAMPLE_CLAIMS, share_true=0.4)
        text = b.fill(words.SAMPLE, who) + b.pick(words.ENDINGS)
        b.complaint(who, text, ("borrower", None, False, "sample_letter"), claims, at=stamp(at))


def outage(b: Builder, count: int) -> None:
    """An outage: many independent people on one day."""
    for _ in range(count):
        who = b.person()
        at = b.hour(b.rng.choice((8, 8, 8, 7)), b.rng.randrange(9, 21))
        b.complaint(
            who,
            b.fill(b.pick(words.OUTAGE), who),
            ("borrower", None, False, "outage"),
            (),
            at=at,
            lender="虚构银行",
            licence="bank",
            product="虚构信用卡",
        )


def relatives(b: Builder, count: int) -> None:
    """Children and spouses who file for a customer."""
    for _ in range(count):
        who = b.person()
        at = b.moment()
        named, claims = _grieved(b, who, at, share_true=0.5)
        b.add(
            "authorisations",
            customer_id=who.id,
            agent_name=b.name(),
            relation="relative",
            original_seen="是",
            signed_on=b.day(230),
            valid_to=b.day(-135),
        )
        b.complaint(
            who,
            b.letter(who, named),
            ("relative", None, False, "relatives"),
            claims,
            at=stamp(at),
            filer_role="relative",
            filer_name=b.name(),
            filer_phone=b.phone(),
        )
