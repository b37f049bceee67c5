"""The rings of the town: each has its own script, means and pace; what sets them apart is what they do, not how they write.

The last kind shares a script and nothing else: it never meets law 3 and must never be linked.
"""

from datetime import datetime, timedelta

from mingcha.demo import words
from mingcha.demo.letters import Letter
from mingcha.demo.town import Builder, Claims, Person, stamp

HOSPITALS = ("示例医院", "样板区人民医院", "虚构康复中心")


class Ring:
    """One ring: its name, one or two scripts, and whether it files in one go or bit by bit."""

    def __init__(self, b: Builder, kind: str, n: int) -> None:
        self.b, self.name = b, f"{kind}-{n}"
        first = b.script()
        self.scripts = (first, first, b.script()) if b.rng.random() < 0.25 else (first,)
        self.start = b.moment() if b.rng.random() < 0.4 else None

    def client(self) -> Person:
        """One more customer, unrelated to the others and known to be."""
        return self.b.person(household=self.b.number("h"), employer="none", merchant="none")

    def letter(self, who: Person) -> tuple[str, Claims, datetime]:
        """A copy of a script, what it alleges, and when it is sent."""
        at = self.b.moment() if self.start is None else self.start + timedelta(minutes=self.b.rng.randrange(2000))
        at = min(at, self.b.now - timedelta(hours=1))
        script: Letter = self.b.rng.choice(self.scripts)
        return self.b.copy(who, script), self.b.checked(who, at, script.claims, share_true=0.3), at

    def file(self, who: Person, letter: tuple[str, Claims, datetime], **cells: str) -> str:
        """File it."""
        text, claims, at = letter
        return self.b.complaint(who, text, ("agent", self.name, True, None), claims, at=stamp(at), **cells)

    def authority(self, who: Person, complaint: str, agent: str, phone: str) -> None:
        """A power of attorney nobody has seen the original of."""
        self.b.add(
            "authorisations", customer_id=who.id, complaint_id=complaint, agent_name=agent, agent_phone=phone, relation="other",
            original_seen="否", signed_on=self.b.day(170), valid_to=self.b.day(-195),
        )  # fmt: skip

    def call_back(self, who: Person, complaint: str, **answers: str) -> None:
        """A proven call-back and what the customer said."""
        self.b.add(
            "callbacks", complaint_id=complaint, customer_id=who.id, asked_by="回访组", script_id="neutral-1", channel="phone",
            called_at=self.b.hour(1), proved_by="face_check", recording_hash="1" * 64, **{"spoke": "spoke", **answers},
        )  # fmt: skip


def forged(b: Builder, count: int, n: int) -> None:
    """One script, one number, hospital papers the hospital never issued."""
    ring, phone, seal, hospital = Ring(b, "forged", n), b.phone(), f"S-{b.rng.randrange(10**6):06d}", b.pick(HOSPITALS)
    for k in range(count):
        who = ring.client()
        id_ = ring.file(who, ring.letter(who), filer_phone=phone)
        paper = b.add(
            "attachments", complaint_id=id_, customer_id=who.id, paper_kind="medical", issuer=hospital, seal=seal
        )
        if k % 2 == 0:
            b.add(
                "issuers", attachment_id=paper, complaint_id=id_, customer_id=who.id, issuer=hospital, seal=seal, result="denied",
                verified_at=b.hour(1), verified_by="合规岗", channel="phone",
            )  # fmt: skip


def impersonated(b: Builder, count: int, n: int) -> None:
    """New SIM cards, one return address or one device, and customers who do not know."""
    ring, phone = Ring(b, "impersonated", n), b.phone()
    shared = (
        {"return_address": f"代理街{n}号5室"} if b.rng.random() < 0.5 else {"device": f"dev-{b.rng.randrange(10**9)}"}
    )
    for k in range(count):
        who = ring.client()
        id_ = ring.file(who, ring.letter(who), filer_phone=b.phone(), **shared)
        ring.authority(who, id_, "经办人（虚构）", phone)
        if k % 2 == 0:
            ring.call_back(who, id_, aware="no", paid_agent="unclear")


def coercive(b: Builder, count: int, n: int) -> None:
    """Fees taken from customers, and money asked for withdrawing; an agent named in each authority."""
    ring, phone = Ring(b, "coercive", n), b.phone()
    for k in range(count):
        who = ring.client()
        text, claims, at = ring.letter(who)
        text += b.fill(b.pick(words.COERCION), who) if k % 2 else ""
        agent = {"filer_role": "agent", "filer_name": "经办人（虚构）", "filer_phone": b.phone()}
        id_ = ring.file(who, (text, claims, at), **agent)
        ring.authority(who, id_, "经办人（虚构）", phone)
        if k % 3 == 0:
            ring.call_back(who, id_, aware="yes", paid_agent="yes")


def advertised(b: Builder, count: int, n: int) -> None:
    """A handle that stands in a soliciting ad and in the letters, and one agent's number in the authorities."""
    ring, handle, phone = Ring(b, "advertised", n), b.handle(), b.phone()
    b.advertised.append(handle)
    b.add(
        "ads", platform="短视频平台", seen_at=b.hour(140, 12), handle=handle, contact=handle, text=f"专业处理逾期，加微信{handle}（模拟广告）",
        soliciting="yes", judged_by="广告监测岗",
    )  # fmt: skip
    for _ in range(count):
        who = ring.client()
        text, claims, at = ring.letter(who)
        text += b.pick(words.HANDLES).replace("{handle}", handle)
        id_ = ring.file(who, (text, claims, at), filer_phone=b.phone())
        ring.authority(who, id_, "顾问（虚构）", phone)


RINGS = (forged, impersonated, coercive, advertised)


def text_only(b: Builder, count: int, n: int) -> None:
    """Friends who share a script and nothing else: one family of ties, no conduct; must never be linked."""
    script = b.script()
    for _ in range(count):
        who, at = b.person(), b.moment()
        claims = b.checked(who, at, script.claims, share_true=0.3)
        truth = ("borrower", f"text-only-{n}", False, None)
        b.complaint(who, b.copy(who, script), truth, claims, at=stamp(at))
