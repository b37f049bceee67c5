"""The facts a referral pack is written from: masked and under keyed ids in a report, in clear on an authority's order and only for
the complaints it asks for; and of these only what the form of its addressee is made of.

A complaint stands in a pack once its merit is decided (law 2). No score, likeness, community or level is read here (law 4).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mingcha.actions.case_book import rings_of
from mingcha.actions.deps import Deps
from mingcha.actions.dossiers import load, load_shared
from mingcha.actions.exhibit_book import COMPLAINT, people_of
from mingcha.actions.ports.store import Work
from mingcha.actions.recusal import NAMED, aside
from mingcha.actions.referral_annexes import ads, agents, alike
from mingcha.actions.referral_rows import Pack, Shown, about_of, complaint_row, parties_and_ties
from mingcha.casework.course import fold
from mingcha.casework.outgoing import FULL
from mingcha.casework.progress import elements
from mingcha.errors import NotPermitted, OutOfOrder
from mingcha.evidence.bundle_names import KNOWN
from mingcha.model.actor import Actor
from mingcha.model.case import CASE_ACT_WORDS, CaseAct, CaseActKind, SubjectKind
from mingcha.model.case_facts import CaseFacts, Referral
from mingcha.model.exhibit import Exhibit
from mingcha.model.provenance import Grade
from mingcha.model.referral import (
    AdRow,
    ComplaintRow,
    ElementRow,
    ExhibitRow,
    Form,
    Moment,
    PackPaper,
    ReferralFacts,
)
from mingcha.model.ring import Ring
from mingcha.model.words import Words
from mingcha.standards.casework import Offence
from mingcha.standards.load import Standards

PACK = CASE_ACT_WORDS[CaseActKind.REFERRAL_SENT]
ROOT_NOTE = Words(
    "全部文件的根摘要见 root.json，可用 verify.py 或核验.html 独立核验。",
    "The root digest of all files stands in root.json; verify.py or 核验.html checks it without us.",
)
NOWHERE = Words("", "")
UNKNOWN_SUMS = Words(
    "以上幅度内的具体数额由各省（自治区、直辖市）确定；本机构未收录所在地标准，须核对。",
    "Within these ranges each province sets its own sums; ours are not held here and have to be checked.",
)
SET_SINCE = Words(
    "地方标准可能已调整，以受案机关现行标准为准",
    "a province may have changed it since: what its authorities go by counts",
)


@dataclass(frozen=True, slots=True)
class Held:
    """The exhibits of a pack, numbered from 1, and how many the order does not ask for."""

    exhibits: tuple[Exhibit, ...]
    left_out: int


def referral_facts(
    deps: Deps,
    work: Work,
    actor: Actor,
    acts: Sequence[CaseAct],
    one: Referral,
    held: Held,
) -> ReferralFacts:
    """What the papers of a referral are written from: `acts` are those done when two had agreed.

    OutOfOrder while the merit of a complaint in it is not decided, and where a form about ads has none.
    """
    case, exhibits = acts[0].case, held.exhibits
    facts, drafted = fold(acts), one.drafted
    words = deps.standards.casework
    offence, form = words.offences[drafted.offence], words.addressees[drafted.addressee]
    numbers = {exhibit.id: number for number, exhibit in enumerate(exhibits, 1)}
    full = drafted.stage == FULL
    rings = rings_of(work, facts)
    demands = [noted for noted in facts.demands if noted.exhibit not in facts.barred]
    told = {id_ for id_ in one.tells if id_.startswith(COMPLAINT)}  # what came in since two agreed stays out
    ids = _complaints(facts, rings, drafted.scope if full else None)
    ids = tuple(id_ for id_ in ids if not told or id_ in told)
    of = {id_ for each in exhibits for id_ in people_of(deps, work, each.about.of) if id_.startswith(COMPLAINT)}
    _decided(deps, work, actor, {*ids, *of})
    about = about_of([(number, each.about.of) for number, each in enumerate(exhibits, 1)])
    parties, ties, known = parties_and_ties(deps, work, rings, Pack(frozenset(ids), numbers, about, Shown(full)))
    shown, typed = (
        Shown(full, known),
        Shown(full=False, known=known),
    )  # what was typed on the case may name others: masked always
    pack = Pack(frozenset(ids), numbers, about, shown)
    loaded, shared = load(deps, work, ids), load_shared(deps, work)
    rows = tuple(complaint_row(deps, work, each, shared, pack, demands) for each in loaded)
    ours = deps.standards.institution
    return ReferralFacts(
        case=case,
        referral=one.id[:8],
        stage=drafted.stage,
        order=drafted.order,
        made_at=deps.now(),
        institution=ours.name,
        department=ours.department,
        phone=ours.phone,
        address=ours.address,
        offence=offence.title,
        article=offence.article,
        form=form,
        branch=offence.branch if drafted.addressee == offence.addressee else NOWHERE,
        thresholds=tuple(_thresholds(deps.standards, offence)),
        counter=offence.counter,
        elements=tuple(
            ElementRow(
                each.element.title,
                each.element.show,
                tuple(sorted(numbers[id_] for id_ in each.exhibits if id_ in numbers)),
                tuple(typed.text(note) for note in each.notes),
            )
            for each in elements(offence, facts)
        ),
        lines=tuple((each.line, typed.text(each.text)) for each in facts.lines),
        rests_on=drafted.rests_on,
        complaints=rows,
        parties=parties,
        exhibits=tuple(_exhibit(number, each, numbers, shown) for number, each in enumerate(exhibits, 1)),
        timeline=_timeline(rows, [act for act in acts if getattr(act.body, "referral", one.id) == one.id]),
        ties=ties,
        alike=alike(deps, work, rows, shown) if PackPaper.LIKENESS in form.papers else (),
        ads=_ads(deps, work, facts, shown, form),
        agents=agents(deps, work, loaded, shared, shown, unregistered=form.unregistered)
        if PackPaper.AGENTS in form.papers
        else (),
        serious=words.items,
        left_out=held.left_out,
        root_note=ROOT_NOTE,
    )


def exhibits_shown(work: Work, facts: CaseFacts, offence: str) -> frozenset[str]:
    """The exhibits an offence's elements name, held still and none a person said fell: what the elements need and nothing else leaves."""
    named = {id_ for one in facts.shown if one.element.partition(".")[0] == offence for id_ in one.exhibits}
    return frozenset(id_ for id_, one in work.exhibits.get(sorted(named - set(facts.barred))).items() if one.wrapped)


def _decided(deps: Deps, work: Work, actor: Actor, ids: set[str]) -> None:
    """OutOfOrder while the merit of any of these is open; NotPermitted for whom one of them names."""
    if aside(deps, work, actor, sorted(ids)):
        raise NotPermitted(actor=actor.name, verb=PACK, why=NAMED)
    if open_ := sum(not row.merit_decided for row in work.desk.rows(sorted(ids)).values()):
        why = Words(f"{open_} 件投诉的诉求尚未裁定", f"the merit of {open_} complaints is not decided")
        raise OutOfOrder(what=PACK, why=why)


def _ads(deps: Deps, work: Work, facts: CaseFacts, shown: Shown, form: Form) -> tuple[AdRow, ...]:
    found = ads(deps, work, facts, shown) if PackPaper.ADS in form.papers else ()
    if PackPaper.ADS in form.papers and not form.columns and not found:
        why = Words("案中没有经人认定招揽的广告", "the case holds no ad a person judged to solicit")
        raise OutOfOrder(what=PACK, why=why)
    return found


def _thresholds(standards: Standards, offence: Offence) -> Iterator[Words]:
    """What the national text says, then what the institution's own province set, or that it has to be checked."""
    for one in offence.thresholds:
        yield _cited(one.text, one.source, Words("", "") if one.grade is Grade.FIRST_HAND else _CHECK)
    if not offence.by_province:
        return
    set_ = standards.casework.set_by(standards.institution.province, offence.id)
    for local in set_:
        signed = Words(f"，由 {local.countersigned_by} 核对", f", checked by {local.countersigned_by}")
        note = signed if local.countersigned_by else Words("", "") if local.grade is Grade.FIRST_HAND else _CHECK
        told = _cited(local.text, local.source, note)
        yield Words(f"{local.province}：{told.zh}{SET_SINCE.zh}。", f"{local.province}: {told.en}; {SET_SINCE.en}.")
    if not set_:
        yield UNKNOWN_SUMS


_CHECK = Words("，须核对原文", ", check the text")


def _cited(text: Words, source: Words, note: Words) -> Words:
    return Words(f"{text.zh}（{source.zh}{note.zh}）", f"{text.en} ({source.en}{note.en})")


def _complaints(facts: CaseFacts, rings: Iterable[Ring], scope: Sequence[str] | None) -> tuple[str, ...]:
    named = [subject.id for subject in facts.subjects if subject.kind is SubjectKind.COMPLAINT]
    every = sorted({*named, *(id_ for ring in rings for id_ in ring.complaints)})
    return tuple(id_ for id_ in every if id_ not in facts.barred and (scope is None or id_ in scope))


def _exhibit(number: int, one: Exhibit, numbers: Mapping[str, int], shown: Shown) -> ExhibitRow:
    about = one.about
    ending = about.name.rpartition(".")[2].lower()  # in a report its id, and by what it is opened
    return ExhibitRow(
        number=number,
        name=about.name if shown.full else f"{one.id}.{ending}" if KNOWN.fullmatch(ending) else one.id,
        media=about.media,
        size=one.size,
        sha256=one.sha256,
        system=about.system,
        how=shown.text(about.how),
        taken_at=about.taken_at,
        by=one.by,
        derived_from=numbers.get(about.derived_from or ""),
    )


def _timeline(rows: Sequence[ComplaintRow], acts: Sequence[CaseAct]) -> tuple[Moment, ...]:
    return tuple(sorted(_moments(rows, acts), key=lambda one: (one.at, one.source)))


def _moments(rows: Sequence[ComplaintRow], acts: Sequence[CaseAct]) -> Iterator[Moment]:
    for row in rows:
        yield Moment(row.filed_at, Words("收到投诉", "complaint received"), row.complaint)
    for act in acts:
        if act.kind in (CaseActKind.OPENED, CaseActKind.BEGUN, CaseActKind.SHOWN, CaseActKind.REFERRAL_AGREED):
            yield Moment(act.at, CASE_ACT_WORDS[act.kind], act.id[:12])
