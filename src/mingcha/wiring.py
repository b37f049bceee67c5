"""The only place that picks adapters: Settings to Deps, on one screen."""

import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, BinaryIO
from zoneinfo import ZoneInfo

from mingcha.actions.deps import Deps
from mingcha.actions.ports.capture import Capturer
from mingcha.actions.ports.linkage import Linkage
from mingcha.actions.ports.post import Post
from mingcha.actions.ports.vision import Vision
from mingcha.errors import InputError, NotInstalled
from mingcha.model.ad_cycle import Stage
from mingcha.model.aid import HelpPage
from mingcha.model.found import Form, Response, form_of
from mingcha.model.inspection import Inspection
from mingcha.model.letters import Block, FamilyReport
from mingcha.model.linked import TableRow
from mingcha.model.objection import ObjectionPage
from mingcha.model.own import OwnFinding
from mingcha.model.quality import Parity
from mingcha.model.report import ReportData
from mingcha.model.returns import Returns
from mingcha.model.ring import Ring, RingEvent
from mingcha.model.seller import SellerPage
from mingcha.model.sheet import Sheet
from mingcha.model.words import Words
from mingcha.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mingcha.actions.access_copy import AccessFile
    from mingcha.actions.ads_soliciting import Machine
    from mingcha.actions.find_files import Openers
    from mingcha.actions.ports.audit import Stamp, Stamped
    from mingcha.adapters.encoder import Usem
    from mingcha.adapters.intake.door import Door
    from mingcha.adapters.scratch import Scratch
    from mingcha.ads.judge import Judge
    from mingcha.ads.reading import Reader
    from mingcha.evidence.bundle import Plan
    from mingcha.model.bundle import Bundle
    from mingcha.model.image import ImageRead
    from mingcha.model.video import VideoRead
    from mingcha.standards.load import Standards


EXHIBITS = "exhibits"  # the folder of their bytes, in a workspace


def open_deps(settings: Settings) -> Deps:
    """Deps of a workspace; makes the folder, its key (a dev key, said so) and its database on first use."""
    from mingcha.adapters.blobs import FileBlobs
    from mingcha.adapters.keys import create, load  # heavy imports wait until a workspace is opened
    from mingcha.adapters.signin import LocalSignIn
    from mingcha.adapters.store import open_postgres, open_sqlite
    from mingcha.standards.load import load as load_standards
    from mingcha.text.lexicon import build

    settings.workspace.mkdir(parents=True, exist_ok=True)
    key_file = settings.workspace / "keys.json"
    keys = load(key_file) if key_file.exists() else create(key_file, dev=True)
    data = shelf(settings.overrides)
    standards = load_standards(data)
    wait = settings.patience
    at = settings.workspace / "house.db"
    store = open_postgres(settings.database, wait) if settings.database else open_sqlite(at, wait)
    return Deps(
        store=store,
        keys=keys,
        blobs=FileBlobs(settings.workspace / EXHIBITS),
        signin=LocalSignIn(),
        standards=standards,
        lexicon=build(standards.lexicon),
        now=lambda: datetime.now(UTC),
        new_id=lambda: uuid.uuid4().hex,
        zone=ZoneInfo(settings.timezone),
    )


@cache
def shelf(overrides: Path | None) -> dict[str, str]:
    """Package data, and the site's overrides where it has any."""
    from mingcha.adapters.shelf import read_overrides, read_package

    data = dict(read_package())
    if overrides:
        data.update(read_overrides(overrides))
    return data


def intake_door(kind: str, path: Path, mapping: Path | None, system: str) -> "Door":
    """The door a file comes in by."""
    from mingcha.adapters.intake.door import open_door

    return open_door(kind, path, mapping, system)


def open_text(path: Path) -> Iterator[str]:
    """The lines of a text file in whichever encoding it is."""
    from mingcha.adapters.intake.door import lines

    return lines(path)


def open_letters(path: Path, text: str, id_: str) -> Iterator[Block]:
    """The texts and ids of a file in blocks."""
    from mingcha.adapters.intake.letters import blocks

    return blocks(path, text, id_)


def open_table(path: Path) -> Iterator[TableRow]:
    """The rows of a table with all their cells."""
    from mingcha.adapters.intake.table import table_rows

    return table_rows(path)


def ad_reader(standards: "Standards | None" = None) -> "Reader":
    """Reads posts by the cues and lexicon of a workspace, or of the package where none is given."""
    from mingcha.ads.reading import Reader

    held = standards or _packaged()
    return Reader(held.ads, held.lexicon)


@cache
def _packaged() -> "Standards":
    from mingcha.standards.load import load as load_standards

    return load_standards(shelf(None))


def read_post_file(name: str, path: Path, transcript: Path | None = None) -> "ImageRead | VideoRead | str":
    """An image or a video with what it shows, or the words of a saved page; UnreadableFile for anything else."""
    from mingcha.actions.find_files import transcript_of
    from mingcha.adapters.intake.page import page_text
    from mingcha.adapters.intake.transcript import transcript as lines_of

    form = form_of(path.name)
    if form is Form.PAGE:
        return page_text(path)
    if form is Form.VIDEO:
        beside = transcript or transcript_of(path)
        return _vision().read_video(path, name).with_transcript(lines_of(beside) if beside else ())
    reader = _vision()
    with path.open("rb") as source:
        return reader.read(source.read(reader.most_bytes + 1), name)  # one more than is taken: it says so itself


def read_image(name: str, data: bytes) -> "ImageRead":
    """An image with what it shows."""
    return _vision().read(data, name)


def openers(zone: ZoneInfo) -> "Openers":
    """What opens files that show ads; `zone` is that of cameras which tell none."""
    from mingcha.actions.find_files import Openers
    from mingcha.adapters.warc import read_capture

    def taken_at(path: Path) -> datetime:
        made = _vision().made_at(path) if form_of(path.name) is Form.PICTURE and _sees() else None
        at = made and (made if made.tzinfo else made.replace(tzinfo=zone))
        return at or datetime.fromtimestamp(path.stat().st_mtime, zone)

    return Openers(read=read_post_file, capture=read_capture, response=_read_response, sees=_sees, taken_at=taken_at)


def _read_response(one: Response) -> "ImageRead | str":
    from mingcha.adapters.intake.page import page_words

    if one.media.startswith("image/"):
        return _vision().read(one.data, one.place)
    return page_words(one.data, one.place, one.charset)


def _sees() -> bool:
    try:
        return bool(_vision())
    except NotInstalled:
        return False


@cache
def _vision() -> Vision:
    return vision()


_judges: dict[str, "Judge"] = {}  # by what the standards are read from: making one takes a second


def ad_judge(standards: "Standards | None" = None) -> "Judge":
    """Judges posts by the package's model and the words of a workspace, or of the package where none is given."""
    from mingcha.adapters.shelf import read_model
    from mingcha.ads.judge import Judge
    from mingcha.ads.model import load_model
    from mingcha.ads.wording import keys_of

    held = standards or _packaged()
    if held.digest not in _judges:
        _judges[held.digest] = Judge(ad_reader(held), load_model(json.loads(read_model("ads-model")), keys_of))
    return _judges[held.digest]


def ad_machine(standards: "Standards") -> "Machine":
    """What tells sellers, bursts and words from ads: the same judge and reader."""
    from mingcha.actions.ads_soliciting import Machine

    reader = ad_reader(standards)
    return Machine(ad_judge(standards).judge_all, reader.read, reader.terms)


def linkage() -> Linkage:
    """How likely two rows are one person, by the packaged model."""
    from mingcha.adapters.linkage import SplinkLinkage

    return SplinkLinkage()


def capturer(browser: Path | None) -> Capturer:
    """Visits named public addresses by Chromium: the one given, or the one found on this machine."""
    from mingcha.adapters.capture import BrowserCapturer

    return BrowserCapturer(browser)


def vision(threads: int = 2) -> Vision:
    """Words, codes and hashes of images."""
    from mingcha.adapters.vision import ImageReader

    return ImageReader(threads)


def scratch(limit: int | None = None) -> "Scratch":
    """Where columns are joined: in memory up to `limit` bytes, by default a quarter of the machine's, then on disk."""
    from mingcha.adapters.scratch import Scratch, quarter_of_memory

    return Scratch(quarter_of_memory() if limit is None else limit)


def encoder() -> "Usem":
    """Meanings of sentences as vectors."""
    from mingcha.adapters.encoder import Usem

    return Usem()


def key_door() -> ModuleType:
    """Making, rotating, checking and restoring key files."""
    from mingcha.adapters import keys

    return keys


def audit_door() -> ModuleType:
    """Making and opening files of audit keys, and checking their signatures."""
    from mingcha.adapters.keys import audit

    return audit


def time_stamp(settings: Settings) -> "Stamp":
    """Asks the site's authority for the time of a digest; InputError where it has none."""
    from mingcha.adapters.timestamp import TimeAuthority

    if settings.time_authority is None:
        authority = Words("时间戳机构的地址", "the address of an authority that stamps")
        raise InputError(where="MINGCHA_TSA", found="", expected=authority)
    return TimeAuthority(settings.time_authority, settings.time_roots).stamp


def trusted_stamps(roots: Path) -> "Stamped":
    """The time of an answer over a digest, where it leads to the certificates of a file."""
    from mingcha.adapters.timestamp import trusted

    return trusted(roots)


def slip_file(text: str, code: str, at: datetime) -> bytes:
    """The slip of a day as one page of PDF/A, made at a time."""
    from mingcha.adapters.render.slip import slip_pdf

    return slip_pdf(text, code, at)


def copy_exhibits(source: Path, target: Path) -> int:
    """Make a folder hold the exhibits of another, and nothing else; how many."""
    from mingcha.adapters.blobs import copy_blobs

    return copy_blobs(source, target)


def file_pieces(path: Path) -> Iterator[bytes]:
    """The bytes of a file that must not change while it is read."""
    from mingcha.adapters.blobs import pieces_of

    return pieces_of(path)


def copy_database(source: Path, target: Path) -> None:
    """A consistent copy of a workspace's database."""
    from mingcha.adapters.store import copy_sqlite

    copy_sqlite(source, target)


def render_html(data: ReportData, locale: str) -> str:
    """The report as one self-contained page."""
    from mingcha.adapters.render.report import render_report

    return render_report(data, locale)


def inspection_html(found: Inspection, parity: Parity, grievances: Mapping[str, Words], locale: str) -> str:
    """An inspection as one self-contained page."""
    from mingcha.adapters.render.inspection import render_inspection

    return render_inspection(found, parity, grievances, locale)


def returns_file(made: Returns, locale: str) -> bytes:
    """The tables of a period as an XLSX file."""
    from mingcha.adapters.render.returns import xlsx

    return xlsx(made, locale)


def ad_sheet(rows: Sequence[Sequence[str]], form: str) -> bytes:
    """A platform's batch sheet as `xlsx` or `csv`."""
    from mingcha.adapters.render.ad_sheet import comma_separated, xlsx

    return xlsx(rows) if form == "xlsx" else comma_separated(rows)


def mail_post(settings: Settings) -> Post:
    """Sends letters by the site's mail server; InputError where it has none."""
    from mingcha.adapters.send import Smtp

    if settings.mail is None:
        raise InputError(where="MINGCHA_SMTP", found="", expected=Words("本机构的邮件服务器", "the site's mail server"))
    return Smtp(settings.mail)


def letter_file(letter: str, form: str, at: datetime) -> bytes:
    """A letter as `docx` or `pdf`, made at a time."""
    from mingcha.adapters.render.letter import docx, pdf

    return docx(letter, at) if form == "docx" else pdf(letter, at)


def sheet_file(sheet: Sheet, form: str, locale: str, at: datetime) -> bytes:
    """A paper of a pack as `docx` or `pdf`, made at a time."""
    from mingcha.adapters.render.sheets import docx, pdf

    return docx(sheet, locale, at) if form == "docx" else pdf(sheet, locale, at)


def write_bundle(
    target: Path | BinaryIO,
    bundle: "Bundle",
    read: "Callable[[int], Iterable[bytes]]",
    stamp: "Stamp | None" = None,
) -> "Plan":
    """A bundle as a folder, or as one ZIP where the name ends so and in an open file; what was planned, for the slip.
    `stamp`: its root is to be stamped."""
    from mingcha.adapters.bundle import pack_zip, tools, write_folder, write_zip
    from mingcha.evidence.bundle import plan

    made = plan(bundle, tools())
    token = stamp(made.root) if stamp else None
    if isinstance(target, Path):
        (write_zip if target.suffix.lower() == ".zip" else write_folder)(target, made, read, token)
    else:
        pack_zip(target, "pack", made, read, token)
    return made


def write_access(target: Path | BinaryIO, made: "AccessFile") -> None:
    """What somebody is given about themselves as one ZIP, a new file or an open one: a paper in each language, JSON, and the files it names."""
    from mingcha.actions.access_paper import access_json, access_sheet
    from mingcha.adapters.bundle import pack_copy, write_copy

    papers = [access_sheet(made.copy, locale) for locale in ("zh-CN", "en")]
    told = [
        (f"{sheet.name}.pdf", sheet_file(sheet, "pdf", locale, made.copy.made_at))
        for sheet, locale in zip(papers, ("zh-CN", "en"), strict=True)
    ]
    told.append(("data.json", access_json(made.copy)))
    parts = [*((path, iter((data,))) for path, data in told), *((path, read()) for path, read in made.files)]
    if isinstance(target, Path):
        write_copy(target, parts)
    else:
        pack_copy(target, parts)


def help_html(deps: Deps, page: HelpPage, found: Sequence[OwnFinding], base: str, lang: str) -> str:
    """What a one-time link shows, with what was decided on their own complaints."""
    from mingcha.adapters.render.help import render_help

    return render_help(page, found, deps.standards, base, lang, deps.zone)


def objection_html(deps: Deps, page: ObjectionPage, lang: str) -> str:
    """What the door of those who are named shows."""
    from mingcha.adapters.render.objection import render_objection

    return render_objection(page, deps.standards.aid.hotlines, deps.standards.institution, lang)


def read_letter(path: Path) -> str:
    """The words of a letter kept as text in UTF-8 or as a Word file; UnreadableFile for anything else."""
    from mingcha.adapters.render.letter import read

    return read(path)


def families_html(data: FamilyReport, locale: str) -> str:
    """The families of a file as one self-contained page."""
    from mingcha.adapters.render.report import render_families

    return render_families(data, locale)


def write_graph(rings: Sequence[Ring], path: Path) -> None:
    """Rings as a graph, in the form the file's ending names."""
    from mingcha.adapters.render.graph import write_graph as write

    write(rings, path)


def ring_page(
    ring: Ring, events: Sequence[RingEvent], ads: Sequence[tuple[str, Stage]], locale: str, *, simulated: bool
) -> str:
    """One ring as one self-contained page."""
    from mingcha.adapters.render.ring import render_ring

    return render_ring(ring, events, ads, locale, simulated=simulated)


def seller_html(page: SellerPage, locale: str) -> str:
    """One seller as one self-contained page."""
    from mingcha.adapters.render.seller import render_seller

    return render_seller(page, locale)
