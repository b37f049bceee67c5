"""What casework goes by, as dated data: playbooks with their steps, and offences with elements, addressees and thresholds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mingcha.errors import BadStandard
from mingcha.model.actor import Role
from mingcha.model.provenance import Grade
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
    """A crime or an administrative violation a case may be referred for. `counter`: what speaks against it."""

    id: str
    kind: str  # criminal or administrative
    title: Words
    article: Words
    addressee: str
    branch: Words
    thresholds: tuple[Threshold, ...]
    elements: tuple[Element, ...]
    counter: Words


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who receives referrals, and what the paper is called there."""

    id: str
    title: Words
    form: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWords:
    """Playbooks and offences by id, with the ids of the files they come from."""

    id: str
    playbooks: Mapping[str, Playbook]
    offences: Mapping[str, Offence]
    addressees: Mapping[str, Addressee]
    place: Words


def parse_casework(
    playbooks_file: str, playbooks: Mapping[str, Any], offences_file: str, offences: Mapping[str, Any]
) -> CaseWords:
    """Both files as one; BadStandard names the file and the id."""
    books = [_playbook(playbooks_file, row) for row in playbooks["playbooks"]]
    addressees = {
        id_: Addressee(id_, Words(**row["title"]), Words(**row["form"])) for id_, row in offences["addressees"].items()
    }
    sources = {id_: Words(**row) for id_, row in offences["sources"].items()}
    crimes = [_offence(offences_file, row, sources, addressees) for row in offences["offences"]]
    for name, ids in ((playbooks_file, [one.id for one in books]), (offences_file, [one.id for one in crimes])):
        _once(name, ids)
    return CaseWords(
        id=f"{playbooks['id']} {offences['id']}",
        playbooks={one.id: one for one in books},
        offences={one.id: one for one in crimes},
        addressees=addressees,
        place=Words(**offences["places"]["crime"]),
    )


def _playbook(name: str, row: Mapping[str, Any]) -> Playbook:
    steps = tuple(Step(one["id"], Words(**one["title"]), Role(one["owner"]), one["evidence"]) for one in row["steps"])
    _once(f"{name}:{row['id']}", [one.id for one in steps])
    return Playbook(row["id"], Words(**row["title"]), steps)


def _offence(
    name: str, row: Mapping[str, Any], sources: Mapping[str, Words], addressees: Mapping[str, Addressee]
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
    )


def _once(where: str, ids: list[str]) -> None:
    twice = next((id_ for id_ in ids if ids.count(id_) > 1), None)
    if twice is not None:
        raise BadStandard(which=f"{where}:{twice}", why=Words("出现了两次", "it stands twice"))
