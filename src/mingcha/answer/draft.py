"""Draft the answer to a complaint, claim by claim: from merit, the person's merit decision and nothing else (law 2).

A draft is a proposal. What a person has to fill in stands in it as a gap, and nothing that our records lack is held against
whoever complained.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from mingcha.model.answer import GAP, Answer, Institution, Office, Point, Remedy, Stand
from mingcha.model.decision import MeritVerdict
from mingcha.model.merit import Grievance, MeritResult, MeritState, Searched
from mingcha.model.provenance import Clause, Grade, Rank
from mingcha.model.words import Words
from mingcha.standards.answers import AnswerWords

STANDS: Mapping[MeritState, Stand] = {
    MeritState.CONFIRMED: Stand.UPHELD,
    MeritState.PARTLY: Stand.PARTLY,
    MeritState.DISPUTED: Stand.OPEN,
    MeritState.CONTRADICTED: Stand.NOT_UPHELD,
    MeritState.NOT_FOUND: Stand.NOT_UPHELD,
    MeritState.UNCHECKED: Stand.OPEN,
}
RANK_WORDS: Mapping[Rank, Words] = {
    Rank.LAW: Words("法律", "law"),
    Rank.REGULATION: Words("监管规定", "a regulator's rule"),
    Rank.STANDARD: Words("推荐性标准", "a recommended standard"),
    Rank.SELF_REGULATORY: Words("行业自律文件", "an association's paper"),
    Rank.PROMISE: Words("我方承诺", "our own promise"),
}
FIELDS: Mapping[str, Words] = {
    "department": Words("承办部门", "our department"),
    "phone": Words("联系电话", "our telephone"),
    "due": Words("补充答复的日期", "the day of the further answer"),
    "review": Words("核查单位及地址电话", "the review body, its address and telephone"),
    "mediation": Words("调解组织及地址电话", "the mediator, its address and telephone"),
    "court": Words("有管辖权的法院及地址电话", "the court, its address and telephone"),
    "arbitration": Words("仲裁机构及地址电话", "the arbitrator, its address and telephone"),
    "name": Words("机构名称", "our name"),
}
NO_CLAIM = Words(
    "未读出可由记录核查的诉求，请承办人写明核查情况",
    "no claim that records can check was read: the handler writes what was found",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a draft is made from."""

    complaint: str
    received_on: date
    due: date
    merit: tuple[MeritResult, ...]
    verdict: MeritVerdict | None = None  # the person's, once there is one
    upheld: tuple[Grievance, ...] = ()


def draft(
    basis: Basis, wording: AnswerWords, institution: Institution, clauses: Mapping[str, Clause], on: date
) -> Answer:
    """The draft of a day."""
    gaps: list[Words] = [FIELDS["name"]] if not institution.name else []
    by = basis.due.isoformat() if basis.due >= on else ""  # nobody can promise a day that is over
    points = tuple(_point(basis, one, wording, clauses, (by, gaps)) for one in basis.merit)
    if not points:
        gaps.append(NO_CLAIM)
    opening = wording.letter["opening" if points else "opening_none"]
    ours = {"department": institution.department, "phone": institution.phone}
    return Answer(
        complaint=basis.complaint,
        from_=institution,
        received_on=basis.received_on,
        drafted_on=on,
        due=basis.due,
        points=points,
        opening=filled(opening, {"received": basis.received_on.isoformat()}, gaps),
        remedies=remedies_of(wording, institution, gaps),
        explanation=filled(wording.letter["explanation"], ours, gaps),
        help=filled(wording.letter["help"], ours, gaps),
        gaps=tuple(dict.fromkeys(gaps)),
        undecided=_undecided(basis, wording),
    )


def has_gap(letter: str) -> bool:
    """Whether a letter still holds a gap of a draft."""
    return any(mark.split("{")[0] in letter for mark in (GAP.zh, GAP.en))


def _point(
    basis: Basis,
    result: MeritResult,
    wording: AnswerWords,
    clauses: Mapping[str, Clause],
    open_: tuple[str, list[Words]],
) -> Point:
    by, gaps = open_
    title = wording.titles[result.grievance]
    stand = _stand(basis, result, title, gaps)
    return Point(
        grievance=result.grievance,
        title=title,
        said=result.claim.passage.quote if result.claim else None,
        checked=_checked(result.searched),
        missing=result.searched.missing,
        found=result.why,
        stand=stand,
        do=filled(wording.do[result.grievance, stand], {"due": by}, gaps),
        basis=_basis(clauses.get(result.clause)),
    )


def _stand(basis: Basis, result: MeritResult, title: Words, gaps: list[Words]) -> Stand:
    """What the records say; once a person decided, what the person said, and a gap where the two part."""
    stand = STANDS[result.state]
    if basis.verdict is None:
        return stand
    if result.grievance in basis.upheld:
        return Stand.PARTLY if stand is Stand.PARTLY else Stand.UPHELD
    if stand is Stand.UPHELD:
        gaps.append(
            Words(
                f"记录证实“{title.zh}”，而决定未支持：请写明理由",
                f"the records confirm {title.en} and the decision does not uphold it: say why",
            )
        )
    return Stand.NOT_UPHELD if stand in (Stand.UPHELD, Stand.PARTLY) else stand


def _undecided(basis: Basis, wording: AnswerWords) -> tuple[Words, ...]:
    """Claims whose truth turns on what only people judge, as long as nobody has: the letter does not go before."""
    if basis.verdict is not None:
        return ()
    return tuple(
        wording.titles[one.grievance] for one in basis.merit if one.state in (MeritState.PARTLY, MeritState.DISPUTED)
    )


def _checked(searched: Searched) -> Words:
    """Which records of which days were looked through."""
    days = searched.dates
    when = Words(f"{days[0]}至{days[1]}的", f" from {days[0]} to {days[1]}") if days else Words("", "")
    who = f"，涉及{'、'.join(searched.agencies)}" if searched.agencies else ""
    by = f", of {', '.join(searched.agencies)}" if searched.agencies else ""
    return Words(
        f"查阅{when.zh}记录{searched.records}条{who}",
        f"{searched.records} record{'s' * (searched.records != 1)}{when.en}{by}",
    )


def _basis(clause: Clause | None) -> Words | None:
    """A clause as a letter cites it: by name, rank, and a mark where its text was not read first-hand."""
    if clause is None:
        return None
    standard = clause.id.split(":")[0]
    rank = RANK_WORDS[clause.rank]
    mark = (
        Words("", "")
        if clause.grade is Grade.FIRST_HAND
        else Words("，转引，待法务核对", "; second-hand, for counsel to check")
    )
    return Words(
        f"{clause.title.zh}（{rank.zh}，{standard}{mark.zh}）：{clause.text.zh}",
        f"{clause.title.en} ({rank.en}, {standard}{mark.en}): {clause.text.en}",
    )


def remedies_of(wording: AnswerWords, institution: Institution, gaps: list[Words]) -> tuple[Remedy, ...]:
    out = []
    offices = (
        ("review", institution.review),
        ("mediation", institution.mediation),
        ("arbitration", institution.arbitration),
        ("court", institution.court),
    )
    for part, office in offices:
        if office is None:
            continue
        name, where = wording.remedies[part]
        out.append(Remedy(name, _office(where, part, office, gaps)))
    return tuple(out)


def _office(where: Words, part: str, office: Office, gaps: list[Words]) -> Words:
    fields = asdict(office)
    if not all(fields.values()):
        gaps.append(FIELDS[part])
    gap = Words(GAP.zh.format(what=FIELDS[part].zh), GAP.en.format(what=FIELDS[part].en))
    return Words(
        where.zh.format(**{key: value or gap.zh for key, value in fields.items()}),
        where.en.format(**{key: value or gap.en for key, value in fields.items()}),
    )


def filled(words: Words, values: Mapping[str, str], gaps: list[Words]) -> Words:
    """A sentence with its braces filled; what there is no value for shows as a gap."""
    zh, en = dict(values), dict(values)
    for name, value in values.items():
        if not value and f"{{{name}}}" in words.zh:
            gaps.append(FIELDS[name])
            zh[name], en[name] = GAP.zh.format(what=FIELDS[name].zh), GAP.en.format(what=FIELDS[name].en)
    return Words(words.zh.format(**zh), words.en.format(**en))
