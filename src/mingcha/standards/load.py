"""Dated standards from their TOML texts: every clause has its words in both languages, its source, rank and grade.

A file that breaks a rule is refused by name; a released file is never edited, a new date is added beside it. What a site
adds or changes comes from files named `site/…`, names who stands for it, and stays visible as the site's own.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from typing import Any

from mingcha.errors import BadStandard
from mingcha.model.answer import Institution
from mingcha.model.mail import Sending
from mingcha.model.provenance import Clause, Grade, JudgedBy, Rank
from mingcha.model.retention import Schedule
from mingcha.model.words import Words
from mingcha.standards.ads import AdWords, parse_ads
from mingcha.standards.aid import AidOffice, AidWords, parse_aid, parse_offices
from mingcha.standards.answers import AnswerWords, parse_answers, parse_institution
from mingcha.standards.calendar import Holidays, parse_holidays
from mingcha.standards.casework import CaseWords, LocalThreshold, parse_casework, parse_local
from mingcha.standards.deadlines import Deadlines, Regime, parse_deadlines, parse_regime
from mingcha.standards.retention import parse_retention
from mingcha.standards.retention_schedule import parse_schedule
from mingcha.standards.sending import parse_sending

SITE = "site/"
OWN = ("lexicon", "playbooks", "offences", "aid", "retention-schedule")  # a site may replace each whole, by its own
DATED = re.compile(r"[a-z0-9-]+@\d{4}-\d{2}(?:-\d{2}|-draft)")
LABEL = re.compile(r"[SX]\d\d\w?")
BINDS = ("institution", "agent", "person", "everyone")
RANKS = tuple(Rank)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standards:
    """All clauses by id, deadlines, holidays, the parsed lexicon, and a digest of every byte they came from."""

    clauses: Mapping[str, Clause]
    deadlines: Deadlines
    holidays: Holidays
    lexicon: Mapping[str, Any]
    answers: AnswerWords
    ads: AdWords
    casework: CaseWords
    aid: AidWords
    schedule: Schedule
    institution: Institution
    digest: str
    sending: Sending = field(default_factory=Sending)
    retention: Mapping[str, int] = field(default_factory=dict)  # days by source system, where the site says so
    _named: dict[str, list[Clause]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        for clause in self.clauses.values():
            for name in dict.fromkeys(_names(clause)):
                self._named.setdefault(name, []).append(clause)

    def clause(self, id_: str) -> Clause:
        """One clause; BadStandard when there is none."""
        if id_ not in self.clauses:
            raise BadStandard(which=id_, why=Words("没有该条款", "no such clause"))
        return self.clauses[id_]

    def in_force(self, name: str, on: date) -> tuple[Clause, ...]:
        """Clauses in force on a day by whole id, by the part after the colon, or by their standard: newest first.

        Of clauses that start on the same day the higher in rank comes first (law, regulation, standard, …).
        """
        found = [clause for clause in self._named.get(name, ()) if _in_force(clause, on)]
        found.sort(key=lambda c: (RANKS.index(c.rank), c.id))
        return tuple(sorted(found, key=lambda c: c.in_force_from or "", reverse=True))

    def all(self) -> tuple[Clause, ...]:
        """Every clause by id."""
        return tuple(self.clauses[id_] for id_ in sorted(self.clauses))

    def overridden(self) -> tuple[str, ...]:
        """Ids of clauses and regimes that are the site's own, not the package's."""
        mine = [clause.id for clause in self.all() if clause.countersigned_by]
        return (*mine, *(f"{self.deadlines.id}:{r.id}" for r in self.deadlines.regimes if r.countersigned_by))


def load(files: Mapping[str, str]) -> Standards:
    """Parse and check all standards; `files` maps names (`name@date.toml`, a site's own `site/….toml`) to texts.

    Of several files of one kind the newest date counts, of those a site may replace whole its own. BadStandard names the file and the clause.
    """
    parsed = {name: _toml(name, text) for name, text in files.items()}
    clauses: dict[str, Clause] = {}
    for name in sorted(parsed):
        if not name.startswith(
            (SITE, "lexicon@", "deadlines@", "holidays@", "answers@", "ads@", "playbooks@", "offences@", "aid@")
        ):
            _add(clauses, name, parsed[name])
    regimes: list[Regime] = []
    institution, sending = Institution(), Sending()
    retention: dict[str, int] = {}
    offices: list[AidOffice] = []
    local: list[LocalThreshold] = []
    for name in sorted(parsed):
        if name.startswith(SITE) and not name.startswith(tuple(f"{SITE}{kind}@" for kind in OWN)):
            _override(clauses, regimes, name, parsed[name])
            if "institution" in parsed[name]:
                institution = parse_institution(name, parsed[name]["institution"])
            if "sending" in parsed[name]:
                sending = parse_sending(name, parsed[name]["sending"])
            retention |= parse_retention(name, parsed[name].get("retention"))
            offices += parse_offices(name, parsed[name].get("legal_aid"))
            local += parse_local(name, parsed[name].get("thresholds"))
    deadlines = parse_deadlines(*_newest(parsed, "deadlines"))
    deadlines = replace(deadlines, regimes=(*regimes, *deadlines.regimes))
    for regime in deadlines.regimes:
        for cited in (regime.clause, regime.day_count):
            if cited not in clauses:
                raise BadStandard(
                    which=f"{deadlines.id}:{regime.id}", why=Words(f"没有条款 {cited}", f"there is no clause {cited}")
                )
    digest = sha256("\0".join(f"{name}\0{files[name]}" for name in sorted(files)).encode()).hexdigest()
    return Standards(
        clauses=clauses,
        deadlines=deadlines,
        holidays=parse_holidays(*_newest(parsed, "holidays")),
        lexicon=_lexicon(parsed),
        answers=parse_answers(*_newest(parsed, "answers")),
        ads=parse_ads(*_newest(parsed, "ads")),
        casework=parse_casework(*_newest(parsed, "playbooks"), *_newest(parsed, "offences"), local),
        aid=parse_aid(*_newest(parsed, "aid"), offices),
        schedule=_schedule(parsed, clauses),
        institution=institution,
        digest=f"sha256:{digest[:32]}",
        sending=sending,
        retention=retention,
    )


def _toml(name: str, text: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadStandard(which=name, why=str(error)) from None


def _newest(parsed: Mapping[str, Mapping[str, Any]], kind: str) -> tuple[str, Mapping[str, Any]]:
    starts = (f"{kind}@", f"{SITE}{kind}@") if kind in OWN else (f"{kind}@",)
    names = [name for name in parsed if name.startswith(starts)]
    if not names:
        raise BadStandard(which=kind, why=Words(f"没有 {kind} 文件", f"there is no {kind} file"))
    newest = max(names, key=lambda name: (name.startswith(SITE), name))
    return newest, parsed[newest]


def _schedule(parsed: Mapping[str, Mapping[str, Any]], clauses: Mapping[str, Clause]) -> Schedule:
    name, data = _newest(parsed, "retention-schedule")
    return parse_schedule(name, data, clauses, site=name.startswith(SITE))


def _lexicon(parsed: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    held = any(name.removeprefix(SITE).startswith("lexicon@") for name in parsed)
    return _newest(parsed, "lexicon")[1] if held else {"id": "lexicon@none", "terms": []}


def _add(clauses: dict[str, Clause], name: str, data: Mapping[str, Any]) -> None:
    stem = name.removesuffix(".toml")
    if not DATED.fullmatch(stem) or data.get("id") != stem:
        raise BadStandard(
            which=name,
            why=Words(
                "文件名须为标准与日期，且与文件内容一致",
                "the file is named for its standard and date, and says the same inside",
            ),
        )
    for row in data.get("clauses", ()):
        clause = _clause(name, stem, data, row)
        if clause.id in clauses:
            raise BadStandard(which=clause.id, why=Words("该条款出现了两次", "the clause stands twice"))
        clauses[clause.id] = clause


def _override(clauses: dict[str, Clause], regimes: list[Regime], name: str, data: Mapping[str, Any]) -> None:
    """A site's clauses (by whole id) and regimes: new or in place of the package's, each with who stands for it."""
    for row in data.get("clauses", ()):
        stem, _, local = str(row.get("id", "")).partition(":")
        if not DATED.fullmatch(stem) or not local:
            raise BadStandard(
                which=f"{name}:{row.get('id', '?')}",
                why=Words("机构的修改须写全条款：标准@日期:编号", "a site names a clause whole: standard@date:id"),
            )
        _signed(name, row)
        clauses[f"{stem}:{local}"] = _clause(name, stem, data, {**row, "id": local})
    for row in data.get("regimes", ()):
        _signed(name, row)
        regimes.append(parse_regime(name, row))


def _signed(name: str, row: Mapping[str, Any]) -> None:
    if not str(row.get("countersigned_by", "")).strip():
        raise BadStandard(
            which=f"{name}:{row.get('id', '?')}",
            why=Words("机构的修改须写明由谁负责", "what a site changes says who stands for it"),
        )


def _clause(name: str, stem: str, data: Mapping[str, Any], row: Mapping[str, Any]) -> Clause:
    where = f"{name}:{row.get('id', '?')}"
    try:
        clause = Clause(
            id=f"{stem}:{row['id']}",
            title=Words(row["title"]["zh"], row["title"]["en"]),
            text=Words(row["text"]["zh"], row["text"]["en"]),
            source=_source(row["source"], data.get("sources", {})),
            rank=Rank(row.get("rank") or data["rank"]),
            grade=Grade(row["grade"]),
            judged_by=JudgedBy(row["judged_by"]),
            why_people=row.get("why_people"),
            in_force_from=_day(row.get("from", data.get("from"))),
            in_force_to=_day(row.get("to", data.get("to"))),
            binds=row.get("binds", "institution"),
            parameters=tuple(sorted(row.get("parameters", {}).items())),
            countersigned_by=row.get("countersigned_by"),
        )
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise BadStandard(which=where, why=f"{type(error).__name__}: {error}") from None
    for broken, why in _faults(clause):
        if broken:
            raise BadStandard(which=where, why=why)
    return clause


def _faults(clause: Clause) -> tuple[tuple[bool, Words], ...]:
    words = (clause.title.zh, clause.title.en, clause.text.zh, clause.text.en)
    by_program = clause.judged_by is JudgedBy.DETECTOR
    wrong = [v for _, v in clause.parameters if isinstance(v, bool) or not isinstance(v, int | str)]
    first_hand = clause.grade is Grade.FIRST_HAND
    return (
        (
            not all(word.strip() for word in words),
            Words("标题和正文须有中英两种文字", "title and text stand in both languages"),
        ),
        (not clause.source.strip(), Words("条款须写明来源", "a clause names its source")),
        (
            clause.binds not in BINDS,
            Words(f"binds 只能是 {'、'.join(BINDS)} 之一", f"binds is one of {', '.join(BINDS)}"),
        ),
        (
            not by_program and not (clause.why_people or "").strip(),
            Words("不由程序判断的条款须说明原因", "a clause no program judges says why"),
        ),
        (
            by_program and clause.grade is Grade.UNREAD,
            Words("未读原文的条款不能由检测器判断", "an unread clause cannot be judged by a detector"),
        ),
        (
            clause.binds == "person" and not first_hand,
            Words("只有读过原文的条款才能约束个人", "only what was read first hand may bind a person"),
        ),
        (
            bool(wrong),
            Words(
                "参数只能是整数或文字，比率以百万分之一计",
                "parameters are whole numbers or strings, rates in millionths",
            ),
        ),
    )


def _source(labels: str, addresses: Mapping[str, str]) -> str:
    """Labels with their addresses: `S23 S25` becomes `[S23] https://…; [S25] https://…`."""
    named = labels.split()
    if not named or not all(LABEL.fullmatch(label) for label in named):
        return labels
    missing = [label for label in named if label not in addresses]
    if missing:
        raise ValueError(f"the source {missing[0]} has no address in [sources]")
    return "; ".join(f"[{label}] {addresses[label]}" for label in named)


def _names(clause: Clause) -> tuple[str, str, str]:
    standard, _, local = clause.id.partition(":")
    return clause.id, local, standard.partition("@")[0]


def _in_force(clause: Clause, on: date) -> bool:
    day = on.isoformat()
    return (clause.in_force_from or day) <= day <= (clause.in_force_to or day)


def _day(value: date | None) -> str | None:
    if value is not None and type(value) is not date:
        raise ValueError(f"{value!r} is not a date")
    return value.isoformat() if value is not None else None
