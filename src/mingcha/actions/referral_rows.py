"""Rows of a referral pack from records: complaints with threats a person noted, values of the organisation, and the ties a record of the
pack bears.

In a report personal values are masked; in clear they stand on an authority's order alone. What was waived is what our own records say
was done; why, only what a person noted from an exhibit.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mingcha.actions.decide import standing
from mingcha.actions.deps import Deps
from mingcha.actions.dossiers import Loaded, Shared
from mingcha.actions.kept import Kept, open_record, personal_columns
from mingcha.actions.personal import filed
from mingcha.actions.ports.store import Work
from mingcha.merit.ledger import overdue_since
from mingcha.model.case import DemandNoted
from mingcha.model.decision import MeritVerdict
from mingcha.model.kinds import BY_CODE
from mingcha.model.merit import Grievance
from mingcha.model.provenance import Cite
from mingcha.model.record import Personal
from mingcha.model.referral import ComplaintRow, PartyRow, Threat, TieRow
from mingcha.model.ring import ROLE_WORDS, Ring, RingMember
from mingcha.model.tie import TIE_WORDS
from mingcha.model.words import Words
from mingcha.standards.calendar import local_day
from mingcha.text.canonical import mask
from mingcha.text.masking import Own, masked

COMPLAINTS = "complaints"
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
class Shown:
    """How personal values are shown: in clear on an order, masked otherwise. `known`: values of the organisation in clear, masked
    wherever a text holds them, also where nothing in the text says what they are."""

    full: bool
    known: tuple[Own, ...] = ()

    def value(self, personal: Personal, clear: str | None) -> str:
        """A value that is known to be personal."""
        return (clear if self.full else mask(personal, clear)) if clear else ""

    def text(self, free: str, own: Sequence[Own] = ()) -> str:
        """Free text; `own`: values the record it is about holds."""
        return free if self.full else masked(free, (*self.known, *own))


@dataclass(frozen=True, slots=True)
class Pack:
    """What rows are read for: complaints it may name, exhibits by number, and which numbers are about which id."""

    complaints: frozenset[str]
    numbers: Mapping[str, int]
    about: Mapping[str, tuple[int, ...]]
    shown: Shown


def complaint_row(
    deps: Deps, work: Work, one: Loaded, shared: Shared, pack: Pack, demands: Sequence[DemandNoted]
) -> ComplaintRow:
    """One complaint as the table tells it."""
    complaint = one.complaint
    opened = filed(deps, work, complaint.id)
    merit = standing(work.desk.decisions(complaint.id)).merit
    accounts = [a for a in one.records["accounts"] if a.id == complaint.account_id] or list(one.records["accounts"])
    account = accounts[0] if len(accounts) == 1 else None
    received = work.desk.rows([complaint.id])[complaint.id].received_at
    noted = list({(d.exhibit, d.at_second): d for d in demands if d.complaint == complaint.id}.values())
    waived = waived_for(one)
    return ComplaintRow(
        complaint=complaint.id,
        customer=complaint.customer_id or "",
        account=account.id if account else None,
        amount=account.principal if account else None,
        overdue_since=overdue_since(account, one.records["payments"], shared.coverage, local_day(received))
        if account
        else None,
        filed_at=received,
        channel=complaint.channel or "",
        claims=tuple(
            deps.standards.answers.titles[g] for g in dict.fromkeys(Grievance(c.grievance) for c in one.claims)
        ),
        merit=None if merit is None else MeritVerdict(merit.verdict),
        in_person=_in_person(one),
        caller=pack.shown.value(Personal.PHONE, opened.kept.clear.filer_phone),
        agent="、".join(
            dict.fromkeys(a.agent_organisation for a in one.records["authorisations"] if a.agent_organisation)
        ),
        papers="；".join(
            f"{check.issuer or ''} {check.id}".strip() for check in one.records["issuers"] if check.result == "denied"
        ),
        threats=tuple(
            Threat(pack.shown.text(d.words, opened.own), pack.numbers.get(d.exhibit), d.at_second) for d in noted
        ),
        demanded=max((d.demanded for d in noted if d.demanded is not None), default=None),
        waived=waived,
        waived_because=max(
            (min(d.waived_because, waived or 0) for d in noted if d.waived_because is not None), default=None
        ),
        exhibits=pack.about.get(complaint.id, ()),
    )


def waived_for(one: Loaded) -> int | None:
    """What was given back or waived for this complaint by our own records, in fen; promises nobody kept are none."""
    kept = [w for w in one.records["waivers"] if w.complaint_id == one.complaint.id and w.done_on is not None]
    sums = [w.amount for w in kept if w.amount is not None]
    return sum(sums) if sums else None


def _in_person(one: Loaded) -> Words:
    """What the newest call-back with proof says of who complains."""
    proven = [call for call in one.records["callbacks"] if call.proven]
    if not proven:
        return UNASKED
    last = max(proven, key=lambda call: (call.called_at is not None, call.called_at, call.id))
    how, knows = PROVED.get(last.proved_by or "", UNASKED), AWARE.get(last.aware or "unclear", AWARE["unclear"])
    return Words(f"{knows.zh}（{how.zh}，{last.id}）", f"{knows.en} ({how.en}, {last.id})")


@dataclass(frozen=True, slots=True)
class _Borne:
    """A record of the pack that states a value, and what of the pack it stands in."""

    record: str
    kind: str
    kept: Kept | None
    end: Words


def parties_and_ties(
    deps: Deps, work: Work, rings: Sequence[Ring], pack: Pack
) -> tuple[tuple[PartyRow, ...], tuple[TieRow, ...], tuple[Own, ...]]:
    """The values of the organisation, one tie a record that states one, only by what the pack holds; and these values in clear."""
    parties: list[PartyRow] = []
    ties: list[TieRow] = []
    known: list[Own] = []
    for member in (one for ring in rings for one in ring.members):
        if pack.complaints.isdisjoint(member.complaints):
            continue
        borne = tuple(_borne(deps, work, member.cited, pack))
        stated = next((found for one in borne if (found := _stated(one, member.value))), None)
        kind = TIE_WORDS.get(member.kind, Words(member.kind, member.kind))
        value = pack.shown.value(*stated) if stated else member.value
        known += [(stated[1], stated[0])] if stated else []
        parties.append(_party(member, kind, value, borne, pack, clear=bool(stated) and pack.shown.full))
        ties += (TieRow(kind=kind, value=value, end=one.end, record=one.record) for one in borne)
    return tuple(parties), tuple(dict.fromkeys(ties)), tuple(dict.fromkeys(known))


def _party(
    member: RingMember, kind: Words, value: str, borne: Sequence[_Borne], pack: Pack, *, clear: bool
) -> PartyRow:
    whole = pack.complaints.issuperset(member.complaints)  # else its days may be those of others
    return PartyRow(
        code=member.kind,
        kind=kind,
        value=value,
        clear=clear,
        part=ROLE_WORDS[member.role],
        complaints=len(pack.complaints & set(member.complaints)),
        first=local_day(member.first) if member.first and whole else None,
        last=local_day(member.last) if member.last and whole else None,
        records=tuple(dict.fromkeys(one.record for one in borne)),
    )


def _borne(deps: Deps, work: Work, cited: Sequence[Cite], pack: Pack) -> Iterator[_Borne]:
    """Those of the records that are of a complaint of the pack or are what an exhibit of it is about: of others nothing is named."""
    for cite in cited:
        stored = work.records.heads(cite.kind, [cite.record]).get(cite.record) if cite.kind in BY_CODE else None
        kept = open_record(deps.keys, stored) if stored is not None and stored.wrapped else None
        of = cite.record if cite.kind == COMPLAINTS else getattr(kept.keyed, "complaint_id", None) if kept else None
        if of in pack.complaints:
            yield _Borne(cite.record, cite.kind, kept, Words(of, of))
        elif of is None and (numbers := pack.about.get(cite.record)):
            yield _Borne(cite.record, cite.kind, kept, Words(f"证据{numbers[0]}", f"exhibit {numbers[0]}"))


def _stated(one: _Borne, token: str) -> tuple[Personal, str] | None:
    """The value behind a token as a record states it; None where it does not, or the value is not one of a column."""
    if one.kept is None:
        return None
    for column in personal_columns(BY_CODE[one.kind]):
        if getattr(one.kept.keyed, column.name) == token:
            assert column.personal is not None
            return column.personal, str(getattr(one.kept.clear, column.name))
    return None


def about_of(exhibits: Collection[tuple[int, tuple[str, ...]]]) -> dict[str, tuple[int, ...]]:
    """Numbers of exhibits by what they are about, sorted."""
    out: dict[str, list[int]] = {}
    for number, of in sorted(exhibits):
        for id_ in dict.fromkeys(of):
            out.setdefault(id_, []).append(number)
    return {id_: tuple(numbers) for id_, numbers in out.items()}
