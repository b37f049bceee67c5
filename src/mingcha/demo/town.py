"""The simulated town: lenders, customers, calls, genuine grievances, lawful helpers and rings, with truth kept apart.

Everything is fictitious and says so. The same size, seed and day give the same bytes. Truth never goes into a file that is imported.
"""

import csv
import json
import random
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from mingcha.demo import letters, words
from mingcha.model.kinds import KINDS

CHINA = timezone(timedelta(hours=8))
TODAY = date(2026, 11, 20)  # the town's present unless another is given
LENDERS = (
    ("示例消费金融", "consumer_finance", "示例信用贷"), ("虚构银行", "bank", "虚构信用卡"), ("演示小贷", "small_loan", "演示周转金"), ("样板银行", "bank", "样板分期"),
)  # fmt: skip
CHANNELS = ("客服热线", "官方App", "12378转办", "信函", "投诉平台", "网点")
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国文辉力健斌宇浩凯"

Row = dict[str, str]
Claims = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Truth:
    """What is true of one complaint; never imported."""

    complaint: str
    author: str  # borrower, relative, lawyer, legal_aid, organiser, agent
    ring: str | None
    law_three: bool  # the ring meets law 3
    claims: Claims  # (grievance, whether the records show it)
    cluster: str | None  # lawful cluster


@dataclass(slots=True)
class Town:
    """Tables by kind, and the truth beside them."""

    size: int
    seed: int
    tables: dict[str, list[Row]] = field(default_factory=lambda: {kind.code: [] for kind in KINDS})
    truth: list[Truth] = field(default_factory=list)
    benefits: dict[str, str | None] = field(default_factory=dict)  # truth: the group each account that claims is of


@dataclass(frozen=True, slots=True)
class Person:
    """One customer with an account."""

    id: str
    name: str
    phone: str
    lender: tuple[str, str, str]
    account: str
    opened: date


class Builder:
    """Builds one town; all chance comes from one seeded source."""

    def __init__(
        self, size: int, seed: int, today: date = TODAY, keep: Callable[[str, Row], None] | None = None
    ) -> None:
        self.town = Town(size, seed)
        self.rng = random.Random(f"mingcha town {size} {seed}")
        self.now = datetime(today.year, today.month, today.day, 9, 0, tzinfo=CHINA)
        self._keep = keep or (lambda kind, row: self.town.tables[kind].append(row))
        self._serial = 0
        self.advertised: list[str] = []  # handles that rings advertise
        self.filed: dict[str, list[tuple[str, str]]] = {}  # customers with their complaints, by ring or cluster
        self._overpriced: set[str] = set()

    def number(self, prefix: str) -> str:
        """The next id of a kind."""
        self._serial += 1
        return f"{prefix}{self._serial:07d}"

    def pick(self, options: tuple[str, ...] | str) -> str:
        """One of several."""
        return self.rng.choice(options)

    def add(self, kind: str, **cells: str) -> str:
        """Add a row; an id is given where there is none."""
        row = {"id": cells.pop("id", "") or self.number(kind[:2])} | {k: v for k, v in cells.items() if v}
        self._keep(kind, row)
        return row["id"]

    def phone(self) -> str:
        """A number from ranges no carrier has given out."""
        return f"1{self.rng.choice(('40', '44', '48'))}{self.rng.randrange(10**8):08d}"

    def handle(self) -> str:
        """A made-up WeChat name."""
        return f"{self.rng.choice(('my', 'wx', 'jz', 'ab'))}_{self.rng.randrange(10**8):08d}"

    def name(self) -> str:
        """A made-up name."""
        return self.pick(SURNAMES) + "".join(self.pick(GIVEN) for _ in range(self.rng.choice((1, 2, 2))))

    def moment(self) -> datetime:
        """Some time in office hours; most of what is open came within the last fortnight."""
        day = self.now - timedelta(days=min(1 + int(self.rng.expovariate(1 / 6)), 25))
        return day.replace(hour=self.rng.randrange(8, 21), minute=self.rng.randrange(60), second=self.rng.randrange(60))

    def day(self, days_ago: int) -> str:
        """A date so many days ago, as a file would write it."""
        return str((self.now - timedelta(days=days_ago)).date())

    def hour(self, days_ago: int, hour: int = 10) -> str:
        """A full hour so many days ago, as a file would write it."""
        return stamp((self.now - timedelta(days=days_ago)).replace(hour=hour))

    def person(self, **relations: str) -> Person:
        """A customer with an account, verified unless the dice say otherwise."""
        lender = self.rng.choice(LENDERS)
        id_, name, phone = self.number("cu"), self.name(), self.phone()
        known = self.rng.random() < 0.9
        cells = {
            "household": f"h{self.rng.randrange(10**7)}" if known else "",
            "employer": self.rng.choice(("none", f"e{self.rng.randrange(10**5)}")) if known else "",
            "merchant": "none" if known else "",
        } | relations
        self.add(
            "customers", id=id_, name=name, phone=phone, phone_since=self.day(self.rng.randrange(900, 2100)),
            verified="是" if self.rng.random() < 0.95 else "否", birth_year=str(self.rng.randrange(1965, 2006)),
            address=f"示例市样板区安居路{int(id_[2:])}号", **cells,
        )  # fmt: skip
        opened = (self.now - timedelta(days=self.rng.randrange(190, 690))).date()
        account = self._account(id_, lender, opened)
        return Person(id_, name, phone, lender, account, opened)

    def _account(self, customer: str, lender: tuple[str, str, str], opened: date) -> str:
        principal = self.rng.randrange(3, 80) * 1000
        payment = round(principal * self.rng.uniform(0.092, 0.097), 2)  # above 12 % a year, below 36 % with any fee
        days = [opened + timedelta(days=30 * n + n // 2) for n in range(1, 13)]
        disclosed = "36%" if self.rng.random() < 0.8 else "12%"  # one in five costs more than it said
        fees = f"guarantee:{opened}:{principal * 0.03:.2f}" if self.rng.random() < 0.25 else ""
        account = self.add(
            "accounts", customer_id=customer, lender=lender[0], licence=lender[1], product=lender[2], opened_on=str(opened),
            principal=f"{principal}", schedule=";".join(f"{day}:{payment}" for day in days), fees=fees,
            disclosed_rate=disclosed,
        )  # fmt: skip
        if disclosed == "12%":
            self._overpriced.add(account)
        return account

    def call(self, who: Person, at: datetime, callee: str = "customer", source: str = "institution") -> None:
        """One collection call on record."""
        self.add(
            "calls", customer_id=who.id, account_id=who.account, called_at=stamp(at), agency=self.pick(("自营", "甲外包", "乙外包")),
            number_from="4000000000", callee=callee, connected="是", seconds=str(self.rng.randrange(5, 300)),
            medium=self.pick(("voice", "voice", "robot")), source=source,
        )  # fmt: skip

    def records(self, who: Person, filed: datetime, grievance: str) -> None:
        """Calls of the day before that make a grievance true."""
        day = (filed - timedelta(days=1)).replace(minute=self.rng.randrange(60))
        source = "consumer" if self.rng.random() < 0.15 else "institution"
        if grievance == "night_calls":
            self.call(who, day.replace(hour=self.rng.choice((0, 1, 6, 7, 22, 23))), source=source)
        elif grievance == "call_frequency":
            for _ in range(self.rng.randrange(4, 9)):
                at = day.replace(hour=self.rng.randrange(9, 21), minute=self.rng.randrange(60))
                self.call(who, at, source=source)
        elif grievance == "third_parties":
            self.call(who, day.replace(hour=16), callee="contact", source=source)

    def checked(self, who: Person, filed: datetime, named: tuple[str, ...], *, share_true: float) -> Claims:
        """Each grievance that was alleged, with records that bear it out, or not; the price stands in the account.

        One ordinary call is always there: collection goes on, whoever complains.
        """
        self.call(who, (filed - timedelta(days=1)).replace(hour=self.rng.randrange(9, 15)))
        told = []
        for grievance in named:
            true = who.account in self._overpriced if grievance == "price" else self.rng.random() < share_true
            if true:
                self.records(who, filed, grievance)
            told.append((grievance, true))
        return tuple(told)

    def letter(self, who: Person, grievances: list[str]) -> str:
        """How somebody writes alone, with chance in every part."""
        if self.rng.random() < 0.02 and len(grievances) == 1:
            return self.fill(letters.in_english(self.rng, grievances[0]), who)
        return letters.typos(self.rng, self.fill(letters.compose(self.rng, grievances).text, who))

    def script(self) -> letters.Letter:
        """A text several people will send, composed like any other; long enough to be told apart."""
        return letters.compose(self.rng, letters.some_grievances(self.rng), least=90)

    def copy(self, who: Person, script: letters.Letter) -> str:
        """A script as one person sends it."""
        return letters.typos(self.rng, self.fill(letters.copied(self.rng, script).text, who))

    def fill(self, text: str, who: Person, **more: str) -> str:
        """Slots with this person's facts."""
        slots = {
            "lender": who.lender[0], "product": who.lender[2], "amount": str(self.rng.randrange(10, 900) * 100),
            "months": str(self.rng.randrange(2, 15)), "name": who.name,
        } | more  # fmt: skip
        for slot, value in slots.items():
            text = text.replace("{" + slot + "}", value)
        return text

    def complaint(
        self,
        who: Person,
        text: str,
        truth: tuple[str, str | None, bool, str | None],
        claims: Claims,
        **cells: str,
    ) -> str:
        """File a complaint and note its truth (author, ring, whether the ring meets law 3, lawful cluster)."""
        at = cells.pop("at", "") or stamp(self.moment())
        known = {
            "received_at": at, "channel": self.pick(CHANNELS), "customer_id": who.id, "account_id": who.account, "text": text,
            "filer_name": who.name, "filer_phone": who.phone, "filer_role": "self", "lender": who.lender[0],
            "licence": who.lender[1], "product": who.lender[2], "region": self.pick(("华东", "华南", "华北", "西南")),
        }  # fmt: skip
        id_ = self.add("complaints", **{**known, **cells})
        author, ring, law_three, cluster = truth
        said = {grievance for grievance, _ in claims}
        also = ((which, False) for phrase, which in words.ALSO.items() if phrase in text and which not in said)
        self.town.truth.append(Truth(id_, author, ring, law_three, (*claims, *also), cluster))
        if group := ring or cluster:
            self.filed.setdefault(group, []).append((who.id, id_))
        return id_


def stamp(at: datetime) -> str:
    """A time as a file would write it, with its zone."""
    return at.isoformat(sep=" ")


def build(size: int, seed: int, today: date = TODAY) -> Town:
    """A town with about `size` complaints, in memory."""
    from mingcha.demo.people import populate

    builder = Builder(size, seed, today)
    populate(builder)
    return builder.town


def write(town: Town, folder: Path) -> list[Path]:
    """One CSV a kind, and truth.jsonl apart; returns the paths, truth last."""
    with _Files(folder) as files:
        for kind, rows in town.tables.items():
            for row in rows:
                files.keep(kind, row)
    return [*files.paths, _write_truth(town, folder)]


def write_town(size: int, seed: int, folder: Path, today: date = TODAY) -> list[Path]:
    """The same files as `write(build(...))`, row by row: memory does not grow with the town's tables."""
    from mingcha.demo.people import populate

    with _Files(folder) as files:
        builder = Builder(size, seed, today, files.keep)
        populate(builder)
    return [*files.paths, _write_truth(builder.town, folder)]


class _Files:
    """One open CSV a kind."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.paths = [folder / f"{kind.code}.csv" for kind in KINDS]
        self._open = ExitStack()
        self._writers: dict[str, csv.DictWriter[str]] = {}

    def __enter__(self) -> "_Files":
        for kind, path in zip(KINDS, self.paths, strict=True):
            sink = self._open.enter_context(path.open("w", encoding="utf-8", newline=""))
            writer = csv.DictWriter(sink, [column.name for column in kind.columns], restval="")
            writer.writeheader()
            self._writers[kind.code] = writer
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def keep(self, kind: str, row: Row) -> None:
        """Write one row."""
        self._writers[kind].writerow(row)


def _write_truth(town: Town, folder: Path) -> Path:
    path = folder / "truth.jsonl"
    with path.open("w", encoding="utf-8") as sink:
        for one in town.truth:
            row = {
                "complaint": one.complaint, "author": one.author, "ring": one.ring, "law_three": one.law_three,
                "claims": [list(claim) for claim in one.claims], "cluster": one.cluster, "simulated": True,
            }  # fmt: skip
            sink.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path
