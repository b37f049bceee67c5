"""What casework goes by, as dated data: playbooks with their steps, offences with elements and thresholds, and what the form of each
addressee is made of. What a site's counsel adds of its own province names who stands for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mingcha.errors import BadStandard
from mingcha.model.actor import Role
from mingcha.model.provenance import Grade
from mingcha.model.referral import Form, ItemClass, PackColumn, PackPaper
from mingcha.model.words import Words


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a playbook: whose it is, and whether exhibits have to show it."""

    id: str
    title: Words
    owner: Role
    evidence: bool


@dataclass(frozen=True, slots=True)
class Playbook:
    """What is done in a case of a kind, in reading order."""

    id: str
    title: Words
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Element:
    """What has to be shown for an offence, and by what it is shown."""

    id: str
    title: Words
    show: Words


@dataclass(frozen=True, slots=True)
class Threshold:
    """From which sum or count on, where it is written, and whether that was read first-hand."""

    text: Words
    source: Words
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Offence:
    """A crime or an administrative violation a case may be referred for. `counter`: what speaks against it; `by_province`: each
    province sets its own sums within the national ones."""

    id: str
    kind: str  # criminal or administrative
    title: Words
    article: Words
    addressee: str
    branch: Words
    thresholds: tuple[Threshold, ...]
    elements: tuple[Element, ...]
    counter: Words
    by_province: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalThreshold:
    """What one province set for an offence; a site's own names who stands for it."""

    offence: str
    province: str
    text: Words
    source: Words
    grade: Grade
    countersigned_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWords:
    """Playbooks and offences by id, with the ids of the files they come from. `items`: classes of personal data, each with from how
    many items on it is serious to hand them over unlawfully."""

    id: str
    playbooks: Mapping[str, Playbook]
    offences: Mapping[str, Offence]
    addressees: Mapping[str, Form]
    local: tuple[LocalThreshold, ...]
    items: tuple[tuple[ItemClass, Words, int], ...]

    def set_by(self, province: str, offence: str) -> tuple[LocalThreshold, ...]:
        """What a province set for an offence; the site's own alone where it has any."""
        found = [one for one in self.local if (one.province, one.offence) == (province, offence)]
        return tuple([one for one in found if one.countersigned_by] or found)


def parse_casework(
    playbooks_file: str,
    playbooks: Mapping[str, Any],
    offences_file: str,
    offences: Mapping[str, Any],
    local: Sequence[LocalThreshold] = (),
) -> CaseWords:
    """Both files as one, and what a site set of its own province; BadStandard names the file and the id."""
    books = [_playbook(playbooks_file, row) for row in playbooks["playbooks"]]
    addressees = {id_: _form(f"{offences_file}:{id_}", row) for id_, row in offences["addressees"].items()}
    sources = {id_: Words(**row) for id_, row in offences["sources"].items()}
    crimes = [_offence(offences_file, row, sources, addressees) for row in offences["offences"]]
    for name, ids in ((playbooks_file, [one.id for one in books]), (offences_file, [one.id for one in crimes])):
        _once(name, ids)
    every = (*(_local(f"{offences_file}:local", row) for row in offences.get("local", ())), *local)
    for one in every:
        if one.offence not in {crime.id for crime in crimes if crime.by_province}:
            why = Words("各省不另定数额的罪名", "no offence whose sums each province sets")
            raise BadStandard(which=f"{one.province}:{one.offence}", why=why)
    if {row["id"] for row in offences["items"]} != set(ItemClass):
        raise BadStandard(
            which=f"{offences_file}:items", why=Words("个人信息的类别不全", "classes of personal data are missing")
        )
    return CaseWords(
        id=f"{playbooks['id']} {offences['id']}",
        playbooks={one.id: one for one in books},
        offences={one.id: one for one in crimes},
        addressees=addressees,
        local=every,
        items=tuple((ItemClass(row["id"]), Words(**row["title"]), row["serious"]) for row in offences["items"]),
    )


def parse_local(name: str, rows: Any) -> tuple[LocalThreshold, ...]:
    """The `[[thresholds]]` of a site's file: what its province set, read by its counsel; BadStandard where nobody stands for one."""
    made = tuple(_local(f"{name}:thresholds", {"grade": "first_hand", **row}) for row in rows or ())
    if any(not one.countersigned_by.strip() for one in made):
        why = Words("机构的修改须写明由谁负责", "what a site changes says who stands for it")
        raise BadStandard(which=f"{name}:thresholds", why=why)
    return made


def _local(where: str, row: Mapping[str, Any]) -> LocalThreshold:
    try:
        told = {**row, "text": Words(**row["text"]), "source": Words(**row["source"]), "grade": Grade(row["grade"])}
        return LocalThreshold(**told)
    except (KeyError, TypeError, ValueError) as error:
        raise BadStandard(which=where, why=f"{type(error).__name__}: {error}") from None


def _form(where: str, row: Mapping[str, Any]) -> Form:
    """An addressee's form; BadStandard for a paper or a column there is not, and for columns of a table that does not leave."""
    try:
        first_hand, basis = Grade(row["grade"]) is Grade.FIRST_HAND, Words(**row["basis"])
        note = Words("", "") if first_hand else Words("（须核对原文）", " (to be checked against the text)")
        form = Form(
            title=Words(**row["title"]),
            form=Words(**row["form"]),
            place=Words(**row["place"]),
            asks=tuple(Words(**one) for one in row["asks"]),
            request=Words(**row["request"]),
            basis=Words(basis.zh + note.zh, basis.en + note.en),
            papers=tuple(PackPaper(one) for one in row["papers"]),
            columns=tuple(PackColumn(one) for one in row["columns"]),
            unregistered=row.get("unregistered", False),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadStandard(which=where, why=f"{type(error).__name__}: {error}") from None
    needed = PackPaper.COVER in form.papers and PackPaper.REPORT in form.papers
    if not needed or (PackPaper.COMPLAINTS in form.papers) != bool(form.columns):
        why = Words(
            "须有移送函与报告；逐件表与其栏目须同有同无",
            "it has a cover and a report; the table and its columns go together",
        )
        raise BadStandard(which=where, why=why)
    return form


def _playbook(name: str, row: Mapping[str, Any]) -> Playbook:
    steps = tuple(Step(one["id"], Words(**one["title"]), Role(one["owner"]), one["evidence"]) for one in row["steps"])
    _once(f"{name}:{row['id']}", [one.id for one in steps])
    return Playbook(row["id"], Words(**row["title"]), steps)


def _offence(
    name: str, row: Mapping[str, Any], sources: Mapping[str, Words], addressees: Mapping[str, Form]
) -> Offence:
    where = f"{name}:{row['id']}"
    elements = tuple(Element(one["id"], Words(**one["title"]), Words(**one["show"])) for one in row["elements"])
    _once(where, [one.id for one in elements])
    if row["kind"] not in ("criminal", "administrative") or row["addressee"] not in addressees or not elements:
        raise BadStandard(which=where, why=Words("类别、收件人或要件不对", "its kind, addressee or elements are wrong"))
    return Offence(
        id=row["id"],
        kind=row["kind"],
        title=Words(**row["title"]),
        article=Words(**row["article"]),
        addressee=row["addressee"],
        branch=Words(**row["branch"]),
        thresholds=tuple(
            Threshold(Words(**one["text"]), sources[one["source"]], Grade(one["grade"])) for one in row["thresholds"]
        ),
        elements=elements,
        counter=Words(**row["counter"]),
        by_province=row.get("by_province", False),
    )


def _once(where: str, ids: list[str]) -> None:
    twice = next((id_ for id_ in ids if ids.count(id_) > 1), None)
    if twice is not None:
        raise BadStandard(which=f"{where}:{twice}", why=Words("出现了两次", "it stands twice"))
