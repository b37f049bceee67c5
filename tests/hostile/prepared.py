"""A small house of the simulated town with something of each kind waiting to be done, and files beside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

from mingcha.actions.assess import assess
from mingcha.actions.casework import agree_to_referral, open_case, refer, work_on_case
from mingcha.actions.decide import decide_merit
from mingcha.actions.deps import Deps
from mingcha.actions.exhibits import keep_exhibit
from mingcha.actions.rings import listed
from mingcha.actions.take_in import SourceFile, take_in
from mingcha.adapters.blobs import FileBlobs
from mingcha.adapters.keys import create
from mingcha.adapters.keys import load as load_keys
from mingcha.adapters.keys.audit import AuditKey, make, signer
from mingcha.adapters.shelf import read_package
from mingcha.adapters.signin import LocalSignIn
from mingcha.adapters.store import open_sqlite
from mingcha.demo.town import write_town
from mingcha.model.actor import Purpose, Role
from mingcha.model.case import Admitted as Let
from mingcha.model.case import Begun, Exculpated, Line, Opened, Shown, Subject, SubjectKind
from mingcha.model.case_out import ReferralDrafted
from mingcha.model.decision import MeritVerdict
from mingcha.model.exhibit import FRAME, About
from mingcha.model.ring import RingStatus
from mingcha.standards.load import Standards, load
from mingcha.testing.house import someone
from mingcha.text.lexicon import Lexicon, build
from mingcha.wiring import file_pieces, intake_door

SIZE, SEED = 30, 1
PASSPHRASE = "correct horse battery"
ANN = someone(Role.ANALYST, name="ann", purpose=Purpose.INVESTIGATION)
LEO = someone(Role.LEGAL, name="leo", purpose=Purpose.INVESTIGATION)
HANNA = someone(Role.HANDLER, name="hanna")
INSPECTION = someone(Role.INSPECTOR, Role.AUDITOR, name="ida", purpose=Purpose.INSPECTION)
MORE = 40  # complaints of the file that waits to be imported


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What waits: a case with one referral two agreed to and one that lacks the second, an undecided complaint, the audit key."""

    case: str
    agreed: str
    drafted: str
    complaint: str
    key: AuditKey


@contextmanager
def opened(workspace: Path) -> Iterator[Deps]:
    """The house of a workspace, as `wiring.open_deps` makes it; standards, a tenth of a second, are read once for all."""
    standards, lexicon = _published()
    key = workspace / "keys.json"
    deps = Deps(
        store=open_sqlite(workspace / "house.db"),
        keys=load_keys(key) if key.exists() else create(key, dev=True),
        blobs=FileBlobs(workspace / "exhibits"),
        signin=LocalSignIn(),
        standards=standards,
        lexicon=lexicon,
        now=lambda: datetime.now(UTC),
        new_id=lambda: uuid4().hex,
        zone=ZoneInfo("Asia/Shanghai"),
    )
    try:
        yield deps
    finally:
        deps.store.close()


@cache
def _published() -> tuple[Standards, Lexicon]:
    standards = load(read_package())
    return standards, build(standards.lexicon)


def about(name: str, case: str, original: str | None = None) -> About:
    """What is said of an exhibit of a case, or of the redacted copy of one."""
    return About(
        name=name,
        of=(case,),
        media="audio/wav",
        system="录音系统",
        how="导出",
        taken_at=datetime(2026, 1, 5, 9, tzinfo=UTC),
        derived_from=original,
        step=original and "遮蔽号码",
    )


def prepare(place: Path) -> Prepared:
    """Make the house in `w`, files in `outside` and room for what is written in `out`: two days ago, yesterday and now."""
    for name in ("w", "outside", "out", "town"):
        (place / name).mkdir(parents=True)
    _files(place / "outside")
    with opened(place / "w") as now:
        before, yesterday = (replace(now, now=lambda n=n: datetime.now(UTC) - timedelta(days=n)) for n in (2, 1))
        _town(before, place / "town")
        ring = next(one for one in listed(before, ANN).rings if one.status is RingStatus.SUSPECTED)
        for complaint in ring.complaints:
            decide_merit(yesterday, HANNA, complaint, MeritVerdict.NOT_UPHELD, (), "已核查")
        with now.store.read() as work:
            left = next(one.id for one in work.records.scan("complaints") if one.id not in ring.complaints)
        case = _case(yesterday, place, ring.id)
        agreed, drafted = (_referral(yesterday, case, ring.id) for _ in "12")
        agree_to_referral(yesterday, LEO, case, agreed)
        make(place / "outside" / "audit.key", PASSPHRASE, place / "w")
        key = signer(place / "outside" / "audit.key", PASSPHRASE)
    return Prepared(case=case, agreed=agreed, drafted=drafted, complaint=left, key=key)


def _files(folder: Path) -> None:
    (folder / "call.wav").write_bytes(bytes(range(256)) * (3 * FRAME // 256) + b"end")
    lines = [f"{n},第{n}件：请核实我的账单，合同与口头承诺不符。,138{n:08}" for n in range(MORE)]
    odd = ["x,,", f"y,{'催收频繁，' * 9},not a number"]
    (folder / "more.csv").write_text("\n".join(["id,text,filer_phone", *lines, *odd]) + "\n", encoding="utf-8")


def _town(deps: Deps, folder: Path) -> None:
    for path in write_town(SIZE, SEED, folder, deps.now().astimezone(deps.zone).date()):
        if path.suffix == ".csv":
            door = intake_door(path.stem, path, None, "demo")
            take_in(
                deps, HANNA, SourceFile(kind=door.kind, name=path.name, digest=door.digest, system="demo"), door.rows()
            )
    assess(deps, ANN)


def _case(deps: Deps, place: Path, ring: str) -> str:
    """A case about a ring, with what is needed to refer it."""
    subjects = (Subject(SubjectKind.RING, ring),)
    case = open_case(deps, ANN, Opened(title="青石所", playbook="ring_level_1", subjects=subjects, reason="同章")).case
    original = keep_exhibit(deps, ANN, file_pieces(place / "outside" / "call.wav"), about("call.wav", case))
    copy = keep_exhibit(deps, ANN, file_pieces(place / "outside" / "call.wav"), about("copy.wav", case, original.id))
    lines = tuple(Exculpated(line, "已查，无") for line in Line)
    for body in (Let("leo", "协办"), Begun("开始"), *lines, Shown("extortion.threat", (copy.id,), "原话")):
        work_on_case(deps, ANN, case, body)
    return case


def _referral(deps: Deps, case: str, ring: str) -> str:
    """A referral its drafter agreed to."""
    body = ReferralDrafted(addressee="police", offence="extortion", stage=1, rests_on=(ring,), order=None, scope=())
    of = refer(deps, ANN, case, body).id
    agree_to_referral(deps, ANN, case, of)
    return of
