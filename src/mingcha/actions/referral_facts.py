"""The facts a referral pack is written from: masked and under keyed ids in a report, in clear on an authority's order and only for
the complaints it asks for.

A complaint stands in a pack once its merit is decided (law 2). No score, likeness, community or level is read here (law 4).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mingcha.actions.case_book import facts_of
from mingcha.actions.decide import standing
from mingcha.actions.deps import Deps
from mingcha.actions.dossiers import Loaded, load
from mingcha.actions.kept import open_record, personal_columns
from mingcha.actions.ports.store import Work
from mingcha.actions.recusal import stand_aside
from mingcha.actions.ring_book import rings_named
from mingcha.casework.course import FULL
from mingcha.casework.progress import elements
from mingcha.errors import OutOfOrder
from mingcha.model.actor import Actor
from mingcha.model.case import CASE_ACT_WORDS, CaseAct, CaseActKind, SubjectKind
from mingcha.model.case_facts import CaseFacts, Referral
from mingcha.model.decision import MeritVerdict
from mingcha.model.exhibit import Exhibit
from mingcha.model.kinds import BY_CODE
from mingcha.model.merit import Grievance
from mingcha.model.provenance import Cite
from mingcha.model.record import Personal
from mingcha.model.referral import ComplaintRow, ElementRow, ExhibitRow, Moment, PartyRow, ReferralFacts
from mingcha.model.ring import ROLE_WORDS, Ring, RingMember
from mingcha.model.tie import TIE_WORDS
from mingcha.model.words import Words
from mingcha.standards.calendar import local_day
from mingcha.text.canonical import mask
from mingcha.text.masking import masked

COMPLAINTS = "complaints"
COMPLAINT = BY_CODE[COMPLAINTS].prefix + "-"
PACK = CASE_ACT_WORDS[CaseActKind.REFERRAL_SENT]
ROOT_NOTE = Words(
    "全部文件的根摘要见 root.json，可用 verify.py 或核验.html 独立核验。",
    "The root digest of all files stands in root.json; verify.py or 核验.html checks it without us.",
)
PROVED = {
    "in_person": Words("当面", "in person"),
    "face_check": Words("人脸核验", "face check"),
    "secret_questions": Words("安全问题", "secret questions"),
}
AWARE = {
    "yes": Words("本人知情", "the customer knows of it"),
    "no": Words("本人不知情", "the customer does not know of it"),
    "unclear": Words("是否知情不明", "whether the customer knows is unclear"),
}
UNASKED = Words("未经核实的回访", "no call-back with proof")


@dataclass(frozen=True, slots=True)
class Held:
    """The exhibits of a pack, numbered from 1, and how many the order does not ask for."""

    exhibits: tuple[Exhibit, ...]
    left_out: int


@dataclass(slots=True)
class _Shown:
    """How personal values are shown, and how many were shown in clear."""

    full: bool
    items: int = 0

    def value(self, personal: Personal, clear: str | None) -> str:
        """A value in clear on an order, masked otherwise."""
        if not clear:
            return ""
        if not self.full:
            return mask(personal, clear)
        self.items += 1
        return clear

    def text(self, free: str) -> str:
        """Free text as it was written on an order, its names and numbers masked otherwise."""
        return free if self.full else masked(free)


def referral_facts(
    deps: Deps,
    work: Work,
    actor: Actor,
    acts: Sequence[CaseAct],
    one: Referral,
    held: Held,
) -> ReferralFacts:
    """What the papers of a referral are written from; OutOfOrder while the merit of a complaint in it is not decided."""
    case, exhibits = acts[0].case, held.exhibits
    facts, drafted = facts_of(deps, work, case), one.drafted
    words = deps.standards.casework
    offence = words.offences[drafted.offence]
    numbers = {exhibit.id: number for number, exhibit in enumerate(exhibits, 1)}
    shown = _Shown(drafted.stage == FULL)
    rings = rings_named(work, [subject.id for subject in facts.subjects if subject.kind is SubjectKind.RING])
    ids = _complaints(facts, rings, drafted.scope if shown.full else None)
    about = {id_ for one_ in exhibits for id_ in one_.about.of if id_.startswith(COMPLAINT)}
    for id_ in sorted({*ids, *about}):
        stand_aside(deps, work, actor, id_)
    loaded = load(deps, work, ids)
    rows = tuple(_row(deps, work, each, shown, numbers) for each in loaded)
    desk = work.desk.rows(sorted({*ids, *about}))
    if open_ := sum(not row.merit_decided for row in desk.values()):
        why = Words(f"{open_} 件投诉的诉求尚未裁定", f"the merit of {open_} complaints is not decided")
        raise OutOfOrder(what=PACK, why=why)
    ours = deps.standards.institution
    addressee = words.addressees[drafted.addressee]
    return ReferralFacts(
        case=case,
        title=shown.text(facts.title),
        stage=drafted.stage,
        order=drafted.order,
        made_at=deps.now(),
        institution=ours.name,
        department=ours.department,
        phone=ours.phone,
        address=ours.address,
        offence=offence.title,
        article=offence.article,
        addressee=addressee.title,
        form=addressee.form,
        branch=offence.branch,
        place=words.place,
        thresholds=tuple(_threshold(each.text, each.source, each.grade) for each in offence.thresholds),
        counter=offence.counter,
        elements=tuple(
            ElementRow(
                each.element.title,
                each.element.show,
                tuple(sorted(numbers[id_] for id_ in each.exhibits if id_ in numbers)),
                tuple(shown.text(note) for note in each.notes),
            )
            for each in elements(offence, facts)
        ),
        lines=tuple((each.line, shown.text(each.text)) for each in facts.lines),
        rests_on=drafted.rests_on,
        complaints=rows,
        parties=tuple(
            _party(deps, work, member, shown, set(ids))
            for ring in rings
            for member in ring.members
            if not set(ids).isdisjoint(member.complaints)
        ),
        exhibits=tuple(_exhibit(number, each, numbers, shown) for number, each in enumerate(exhibits, 1)),
        timeline=_timeline(rows, acts),
        personal_items=shown.items,
        left_out=held.left_out,
        root_note=ROOT_NOTE,
    )


def exhibits_shown(facts: CaseFacts, offence: str) -> frozenset[str]:
    """The exhibits an offence's elements name: what the elements need and nothing else leaves."""
    return frozenset(id_ for one in facts.shown if one.element.partition(".")[0] == offence for id_ in one.exhibits)


def _threshold(text: Words, source: Words, grade: str) -> Words:
    note = Words("" if grade == "first_hand" else "，须核对原文", "" if grade == "first_hand" else ", check the text")
    return Words(f"{text.zh}（{source.zh}{note.zh}）", f"{text.en} ({source.en}{note.en})")


def _complaints(facts: CaseFacts, rings: Iterable[Ring], scope: Sequence[str] | None) -> tuple[str, ...]:
    named = [subject.id for subject in facts.subjects if subject.kind is SubjectKind.COMPLAINT]
    every = sorted({*named, *(id_ for ring in rings for id_ in ring.complaints)})
    return tuple(id_ for id_ in every if scope is None or id_ in scope)


def _row(deps: Deps, work: Work, one: Loaded, shown: _Shown, numbers: Mapping[str, int]) -> ComplaintRow:
    complaint = one.complaint
    clear = open_record(deps.keys, work.records.heads(COMPLAINTS, [complaint.id])[complaint.id]).clear
    merit = standing(work.desk.decisions(complaint.id)).merit
    accounts = [a for a in one.records["accounts"] if a.id == complaint.account_id] or list(one.records["accounts"])
    account = accounts[0] if len(accounts) == 1 else None
    about = [number for id_, number in numbers.items() if complaint.id in _of(work, id_)]
    return ComplaintRow(
        complaint=complaint.id,
        customer=complaint.customer_id or "",
        account=account.id if account else None,
        amount=account.principal if account else None,
        overdue_since=None,
        filed_at=work.desk.rows([complaint.id])[complaint.id].received_at,
        channel=complaint.channel or "",
        claims=tuple(
            deps.standards.answers.titles[g] for g in dict.fromkeys(Grievance(c.grievance) for c in one.claims)
        ),
        merit=None if merit is None else MeritVerdict(merit.verdict),
        in_person=_in_person(one),
        caller=shown.value(Personal.PHONE, clear.filer_phone),
        agent="、".join(
            dict.fromkeys(a.agent_organisation for a in one.records["authorisations"] if a.agent_organisation)
        ),
        papers="；".join(
            f"{check.issuer or ''} {check.id}".strip() for check in one.records["issuers"] if check.result == "denied"
        ),
        threat="",
        demanded=None,
        waived=_waived(one),
        exhibits=tuple(sorted(about)),
    )


def _of(work: Work, exhibit: str) -> tuple[str, ...]:
    kept = work.exhibits.get([exhibit]).get(exhibit)
    return kept.of if kept else ()


def _in_person(one: Loaded) -> Words:
    """What the newest call-back with proof says of who complains."""
    proven = [call for call in one.records["callbacks"] if call.proven]
    if not proven:
        return UNASKED
    last = max(proven, key=lambda call: (call.called_at is not None, call.called_at, call.id))
    how, knows = PROVED.get(last.proved_by or "", UNASKED), AWARE.get(last.aware or "unclear", AWARE["unclear"])
    return Words(f"{knows.zh}（{how.zh}，{last.id}）", f"{knows.en} ({how.en}, {last.id})")


def _waived(one: Loaded) -> int | None:
    """What was given up for this complaint, in fen."""
    sums = [w.amount for w in one.records["waivers"] if w.complaint_id == one.complaint.id and w.amount is not None]
    return sum(sums) if sums else None


def _party(deps: Deps, work: Work, member: RingMember, shown: _Shown, ids: set[str]) -> PartyRow:
    cited = [cite for cite in member.cited if _within(deps, work, cite, ids)]
    return PartyRow(
        kind=TIE_WORDS.get(member.kind, Words(member.kind, member.kind)),
        value=_clear(deps, work, member.value, cited, shown),
        part=ROLE_WORDS[member.role],
        complaints=len(ids & set(member.complaints)),
        first=local_day(member.first) if member.first else None,
        last=local_day(member.last) if member.last else None,
        records=tuple(dict.fromkeys(cite.record for cite in cited)),
    )


def _within(deps: Deps, work: Work, cite: Cite, ids: set[str]) -> bool:
    """Whether a record is of a complaint of the pack: of others nothing is named."""
    if cite.kind == COMPLAINTS:
        return cite.record in ids
    stored = work.records.heads(cite.kind, [cite.record]).get(cite.record) if cite.kind in BY_CODE else None
    kept = open_record(deps.keys, stored).keyed if stored is not None and stored.wrapped else None
    return getattr(kept, "complaint_id", None) in ids


def _clear(deps: Deps, work: Work, token: str, cited: Sequence[Cite], shown: _Shown) -> str:
    """The value behind a token, from a record that states it; its keyed form where none of the pack does."""
    for cite in cited:
        stated = _stated(deps, work, cite, token)
        if stated is not None:
            return shown.value(*stated)
    return token


def _stated(deps: Deps, work: Work, cite: Cite, token: str) -> tuple[Personal, str] | None:
    stored = work.records.heads(cite.kind, [cite.record]).get(cite.record) if cite.kind in BY_CODE else None
    if stored is None or not stored.wrapped:
        return None
    kept = open_record(deps.keys, stored)
    for column in personal_columns(BY_CODE[cite.kind]):
        if getattr(kept.keyed, column.name) == token:
            assert column.personal is not None
            return column.personal, str(getattr(kept.clear, column.name))
    return None


def _exhibit(number: int, one: Exhibit, numbers: Mapping[str, int], shown: _Shown) -> ExhibitRow:
    about = one.about
    return ExhibitRow(
        number=number,
        name=about.name if shown.full else one.id,
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
