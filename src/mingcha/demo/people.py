"""Who lives in the town: genuine complainers, lawful helpers and clusters, and rings of several kinds.

Rings differ in what they do; one never meets law 3 and must never be linked. True grievances stand on every side.
"""

from datetime import date, timedelta

from mingcha.demo import words
from mingcha.demo.town import TODAY, Builder, Person, stamp

GRIEVANCES = ("night_calls", "call_frequency", "third_parties", "price")
Claims = tuple[tuple[str, bool], ...]


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
        forged(b, each, n)
        impersonated(b, each, n)
        coercive(b, each, n)
        advertised(b, each, n)
        text_only(b, max(4, each // 2), n)
    while len(b.town.truth) < size:
        genuine(b)


def _house(b: Builder) -> None:
    b.add("coverage", record_kind="calls", agency="自营", from_on="2026-01-01", to_on="2026-11-20")
    b.add("coverage", record_kind="calls", agency="甲外包", from_on="2026-01-01", to_on="2026-11-20")
    b.add(
        "samples",
        title="消费者投诉信参考范本（模拟）",
        publisher="某消费者组织（虚构）",
        published_on="2026-02-01",
        text=words.SAMPLE,
    )
    b.add(
        "events",
        event_kind="outage",
        lender="虚构银行",
        from_at="2026-09-10 08:00:00+08:00",
        to_at="2026-09-10 20:00:00+08:00",
        about="还款系统故障（模拟）",
    )
    b.add(
        "events",
        event_kind="price_change",
        lender="演示小贷",
        from_at="2026-08-01 00:00:00+08:00",
        to_at="2026-08-03 00:00:00+08:00",
        about="费率调整（模拟）",
    )


def _claims(b: Builder, who: Person, *, share_true: float) -> tuple[list[str], Claims]:
    """One to three grievances with records that bear them out, or not."""
    named = b.rng.sample(GRIEVANCES, b.rng.choice((1, 1, 1, 2, 2, 3)))
    filed = TODAY - timedelta(days=1)
    told = []
    for grievance in named:
        true = b.rng.random() < share_true and grievance != "price"
        if grievance != "price":
            b.records(who, filed, grievance, true=true)
        told.append((grievance, true))
    return named, tuple(told)


def genuine(b: Builder) -> None:
    """A borrower alone; sometimes in several channels the same day, sometimes with an offer or an answer before."""
    who = b.person()
    named, claims = _claims(b, who, share_true=0.55)
    text = b.letter(who, named)
    at = b.moment()
    cells = {"at": stamp(at)}
    if b.rng.random() < 0.08:
        cells["filer_phone"] = b.phone()
    id_ = b.complaint(who, text, ("borrower", None, False, None), claims, **cells)
    if b.rng.random() < 0.06 and len(b.town.truth) < b.town.size:
        later = stamp(at + timedelta(hours=2))
        b.complaint(who, text, ("borrower", None, False, None), claims, at=later)
    if b.rng.random() < 0.1:
        b.add(
            "offers",
            customer_id=who.id,
            offered_at=stamp(at - timedelta(days=5)),
            offered_by="客服专员",
            amount="500",
            condition="一次性补偿",
        )
    if b.rng.random() < 0.08:
        b.add(
            "replies",
            customer_id=who.id,
            complaint_id=id_,
            replied_at=stamp(at + timedelta(days=3)),
            outcome="partly",
            text="已核实部分情况（模拟）",
        )
    if b.rng.random() < 0.05:
        changed = str((at - timedelta(days=40)).date())
        b.add(
            "callbacks", complaint_id=id_, customer_id=who.id, asked_by="回访组", script_id="neutral-1", channel="phone", called_at=stamp(at),
            proved_by="secret_questions", recording_hash="0" * 64, number_changed_on=changed, spoke="spoke", aware="yes", paid_agent="no",
        )  # fmt: skip


def school(b: Builder, count: int) -> None:
    """A school closed: parents complain together, organised by one of them who charges nothing."""
    merchant, phone = "星光培训（虚构）", b.phone()
    b.add(
        "events",
        event_kind="closure",
        merchant="m-school",
        from_at="2026-10-20 00:00:00+08:00",
        about="校区关停（模拟）",
    )
    template = b.pick(words.SCHOOL)
    for n in range(count):
        who = b.person(merchant="m-school")
        shared = template if n % 3 else b.pick(words.SCHOOL)
        text = b.fill(shared, who, merchant=merchant) + b.pick(words.ENDINGS)
        cells = {"filer_phone": phone, "return_address": "示例市样板路1号"} if n % 2 else {}
        b.complaint(who, text, ("organiser" if n % 2 else "borrower", None, False, "school"), (), **cells)
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
        verified_at="2026-01-05 10:00:00+08:00",
    )
    for _ in range(count):
        who = b.person()
        named, claims = _claims(b, who, share_true=0.6)
        grievance = "".join(b.pick(words.GRIEVANCES[g]) for g in named)
        paper = b.add(
            "authorisations",
            customer_id=who.id,
            agent_name=name,
            agent_phone=phone,
            relation="lawyer",
            licence_no="模拟执业证0001",
            original_seen="是",
            signed_on="2026-03-01",
            valid_to="2027-03-01",
        )
        b.complaint(
            who, b.fill(words.LAWYER, who, grievance=grievance), ("lawyer", None, False, "lawyer"), claims, filer_name=name, filer_phone=phone,
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
        verified_at="2026-01-05 10:00:00+08:00",
    )
    for _ in range(count):
        who = b.person()
        named, claims = _claims(b, who, share_true=0.6)
        grievance = "".join(b.pick(words.GRIEVANCES[g]) for g in named)
        b.complaint(
            who, b.fill(words.AID, who, grievance=grievance, office="模拟法律援助站"), ("legal_aid", None, False, "legal_aid"), claims,
            filer_phone=phone, filer_role="other", ip="10.9.9.9", return_address="援助路2号",
        )  # fmt: skip


def dormitory(b: Builder, count: int) -> None:
    """Students of one dormitory or readers of one library: one network, nothing else in common."""
    for _ in range(count):
        who = b.person()
        named, claims = _claims(b, who, share_true=0.5)
        b.complaint(
            who,
            b.letter(who, named),
            ("borrower", None, False, "dormitory"),
            claims,
            ip="10.8.8.8",
            return_address="大学路100号",
        )


def sample_letter(b: Builder, count: int) -> None:
    """People who copied a public sample letter and filled it in."""
    for _ in range(count):
        who = b.person()
        b.complaint(
            who, b.fill(words.SAMPLE, who) + b.pick(words.ENDINGS), ("borrower", None, False, "sample_letter"), ()
        )


def outage(b: Builder, count: int) -> None:
    """An outage: many independent people on one day."""
    for _ in range(count):
        who = b.person()
        at = f"2026-11-{b.rng.choice((5, 5, 5, 6)):02d} {b.rng.randrange(9, 21):02d}:{b.rng.randrange(60):02d}:00+08:00"
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
        named, claims = _claims(b, who, share_true=0.5)
        b.add(
            "authorisations",
            customer_id=who.id,
            agent_name=b.name(),
            relation="relative",
            original_seen="是",
            signed_on="2026-04-01",
            valid_to="2027-04-01",
        )
        b.complaint(
            who,
            b.letter(who, named),
            ("relative", None, False, "relatives"),
            claims,
            filer_role="relative",
            filer_name=b.name(),
            filer_phone=b.phone(),
        )


def _scripted(b: Builder, who: Person, template: str, extra: str = "") -> tuple[str, Claims]:
    named, claims = _claims(b, who, share_true=0.3)
    grievance = "".join(b.pick(words.GRIEVANCES[g]) for g in named[:1])
    return b.typos(b.fill(template, who, grievance=grievance)) + extra, claims[:1]


def _callback(b: Builder, complaint: str, who: Person, **answers: str) -> None:
    b.add(
        "callbacks", complaint_id=complaint, customer_id=who.id, asked_by="回访组", script_id="neutral-1", channel="phone",
        called_at="2026-11-18 10:00:00+08:00", proved_by="face_check", recording_hash="1" * 64, **{"spoke": "spoke", **answers},
    )  # fmt: skip


def forged(b: Builder, count: int, n: int) -> None:
    """One script, one number, hospital papers the hospital never issued."""
    ring, phone, seal = f"forged-{n}", b.phone(), f"SEAL-{n:03d}"
    for k in range(count):
        who = b.person(household=f"rh{ring}{k}", employer="none", merchant="none")
        text, claims = _scripted(b, who, words.RING_TEMPLATES[1])
        id_ = b.complaint(who, text, ("agent", ring, True, None), claims, filer_phone=phone)
        paper = b.add(
            "attachments", complaint_id=id_, customer_id=who.id, paper_kind="medical", issuer="示例医院", seal=seal
        )
        if k % 2 == 0:
            b.add(
                "issuers",
                attachment_id=paper,
                complaint_id=id_,
                customer_id=who.id,
                issuer="示例医院",
                seal=seal,
                result="denied",
                verified_at="2026-11-15 10:00:00+08:00",
                verified_by="合规岗",
                channel="phone",
            )


def impersonated(b: Builder, count: int, n: int) -> None:
    """New SIM cards, one return address, and customers who do not know."""
    ring, address, phone = f"impersonated-{n}", f"代理街{n}号5室", b.phone()
    for k in range(count):
        who = b.person(household=f"rh{ring}{k}", employer="none", merchant="none")
        text, claims = _scripted(b, who, words.RING_TEMPLATES[0])
        id_ = b.complaint(who, text, ("agent", ring, True, None), claims, filer_phone=b.phone(), return_address=address)
        b.add(
            "authorisations",
            customer_id=who.id,
            complaint_id=id_,
            agent_name="经办人（虚构）",
            agent_phone=phone,
            relation="other",
            original_seen="否",
            signed_on=str(date(2026, 6, 1)),
            valid_to="2027-06-01",
        )
        if k % 2 == 0:
            _callback(b, id_, who, aware="no", paid_agent="unclear")


def coercive(b: Builder, count: int, n: int) -> None:
    """Fees taken from customers, and money asked for withdrawing; an agent named in each authority."""
    ring, phone = f"coercive-{n}", b.phone()
    for k in range(count):
        who = b.person(household=f"rh{ring}{k}", employer="none", merchant="none")
        extra = b.fill(b.pick(words.COERCION), who) if k % 2 else ""
        text, claims = _scripted(b, who, words.RING_TEMPLATES[2], extra)
        id_ = b.complaint(
            who,
            text,
            ("agent", ring, True, None),
            claims,
            filer_role="agent",
            filer_name="经办人（虚构）",
            filer_phone=b.phone(),
        )
        b.add(
            "authorisations",
            customer_id=who.id,
            complaint_id=id_,
            agent_name="经办人（虚构）",
            agent_phone=phone,
            relation="other",
            original_seen="否",
            signed_on="2026-06-01",
            valid_to="2027-06-01",
        )
        if k % 3 == 0:
            _callback(b, id_, who, aware="yes", paid_agent="yes")


def advertised(b: Builder, count: int, n: int) -> None:
    """A handle that stands in a soliciting ad and in the letters, and one agent's number in the authorities."""
    ring, handle, phone = f"advertised-{n}", f"jz_{n}{b.rng.randrange(10**6):06d}", b.phone()
    b.add(
        "ads",
        platform="短视频平台",
        seen_at="2026-07-01 12:00:00+08:00",
        handle=handle,
        contact=handle,
        text=f"专业处理逾期，加微信{handle}（模拟广告）",
        soliciting="yes",
        judged_by="广告监测岗",
    )
    for k in range(count):
        who = b.person(household=f"rh{ring}{k}", employer="none", merchant="none")
        text, claims = _scripted(b, who, words.RING_TEMPLATES[3], b.pick(words.HANDLES).replace("{handle}", handle))
        id_ = b.complaint(who, text, ("agent", ring, True, None), claims, filer_phone=b.phone())
        b.add(
            "authorisations",
            customer_id=who.id,
            complaint_id=id_,
            agent_name="顾问（虚构）",
            agent_phone=phone,
            relation="other",
            original_seen="否",
            signed_on="2026-06-01",
            valid_to="2027-06-01",
        )


def text_only(b: Builder, count: int, n: int) -> None:
    """Friends who share a script and nothing else: one family of ties, no conduct; must never be linked."""
    template = (
        "各位{lender}负责人：本人{product}因收入变化出现逾期，{grievance}现申请与贵司面谈，按照实际能力分期归还本金，并停止对本人亲友的联系，感谢理解。"
        + "。" * (n % 2)
    )
    for _ in range(count):
        who = b.person()
        text, claims = _scripted(b, who, template)
        b.complaint(who, text, ("borrower", f"text-only-{n}", False, None), claims)
