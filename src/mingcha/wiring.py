"""The only place that picks adapters: Settings to Deps, on one screen."""

import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mingcha.actions.deps import Deps
from mingcha.actions.ports.linkage import Linkage
from mingcha.actions.ports.vision import Vision
from mingcha.model.inspection import Inspection
from mingcha.model.letters import Block, FamilyReport
from mingcha.model.linked import TableRow
from mingcha.model.quality import Parity
from mingcha.model.report import ReportData
from mingcha.model.returns import Returns
from mingcha.model.ring import Ring, RingEvent
from mingcha.model.words import Words
from mingcha.settings import Settings

if TYPE_CHECKING:
    from mingcha.adapters.encoder import Usem
    from mingcha.adapters.intake.door import Door
    from mingcha.adapters.scratch import Scratch
    from mingcha.ads.judge import Judge
    from mingcha.ads.reading import Reader
    from mingcha.model.image import ImageRead


def open_deps(settings: Settings) -> Deps:
    """Deps of a workspace; makes the folder, its key (a dev key, said so) and its database on first use."""
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


def ad_reader() -> "Reader":
    """Reads posts by the package's cues and lexicon."""
    from mingcha.ads.reading import Reader
    from mingcha.standards.load import load as load_standards

    standards = load_standards(shelf(None))
    return Reader(standards.ads, standards.lexicon)


def read_post_file(name: str, path: Path) -> "ImageRead | str":
    """An image with what it shows, or the words of a saved page; UnreadableFile for anything else."""
    from mingcha.adapters.intake.page import page_text

    if path.suffix.lower() in (".html", ".htm", ".xhtml"):
        return page_text(path)
    reader = _vision()
    with path.open("rb") as source:
        return reader.read(source.read(reader.most_bytes + 1), name)  # one more than is taken: it says so itself


@cache
def _vision() -> Vision:
    return vision()


@cache
def ad_judge() -> "Judge":
    """Judges posts by the package's cues, lexicon and model."""
    from mingcha.adapters.shelf import read_model
    from mingcha.ads.judge import Judge
    from mingcha.ads.model import load_model
    from mingcha.ads.wording import key_of

    return Judge(ad_reader(), load_model(json.loads(read_model("ads-model")), key_of))


def linkage() -> Linkage:
    """How likely two rows are one person, by the packaged model."""
    from mingcha.adapters.linkage import SplinkLinkage

    return SplinkLinkage()


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


def letter_file(letter: str, form: str, at: datetime) -> bytes:
    """A letter as `docx` or `pdf`, made at a time."""
    from mingcha.adapters.render.letter import docx, pdf

    return docx(letter, at) if form == "docx" else pdf(letter, at)


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


def ring_page(ring: Ring, events: Sequence[RingEvent], locale: str, *, simulated: bool) -> str:
    """One ring as one self-contained page."""
    from mingcha.adapters.render.ring import render_ring

    return render_ring(ring, events, locale, simulated=simulated)
