"""One inspection: everything held against the seals, a sample of the inspector's drawing, the lists; sealed, and narrowed by nothing.

The period and the seed say which complaints are drawn and which lists are shown. What is held against the seals is always all
of it: there is no argument to leave anything out.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from typing import Any

from mingcha.actions.codec import dumps
from mingcha.actions.decide import standing
from mingcha.actions.deps import Deps
from mingcha.actions.inspection.ads import check_ads, drafts_naming_us
from mingcha.actions.inspection.books import check_books, check_holders
from mingcha.actions.inspection.days import check_days
from mingcha.actions.inspection.desk import (
    Desk,
    check_decisions,
    check_desk,
    check_named_causes,
    check_papers,
    check_recusal,
    check_repairs,
    check_stops,
)
from mingcha.actions.inspection.exhibits import check_exhibits
from mingcha.actions.inspection.found import (
    check_assessments,
    check_families,
    check_persons,
    check_rings,
    check_weights,
)
from mingcha.actions.inspection.objections import check_objections
from mingcha.actions.inspection.records import Register, check_records
from mingcha.actions.inspection.remains import check_remains
from mingcha.actions.inspection.sealed import Sealed, Told, broken, cut_off, read_sealed
from mingcha.actions.inspection.transfers import check_transfers
from mingcha.actions.moves import clock_moves
from mingcha.actions.permit import may
from mingcha.actions.ports.store import Work
from mingcha.actions.proofs import heads_of
from mingcha.actions.replay import replay
from mingcha.actions.sealing import ACCESS, seal_act
from mingcha.actions.verify import verify
from mingcha.clock.regimes import matters_of
from mingcha.errors import InputError, MingchaError
from mingcha.evidence.canonical import parse
from mingcha.model.actor import Actor
from mingcha.model.assessment import Assessment, Label
from mingcha.model.clock import ClockEventKind
from mingcha.model.complaint import Complaint
from mingcha.model.decision import Conclusion, MeritVerdict
from mingcha.model.inspection import Act, Drawn, Inspection
from mingcha.model.merit import MeritState
from mingcha.model.stored import StoredAssessment
from mingcha.model.words import Words
from mingcha.standards.calendar import local_day

Progress = Callable[[str, int], None]
OBJECTIONS = frozenset({"review", "personal_data"})
OPENED = ("reveal_personal", "read_exhibit", "export_assessments", "export_dialler", "give_access", "reveal_objection")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an inspector asks for: days (both ends included), his own seed, how many to draw, heads he kept from before."""

    first: date
    last: date
    seed: str
    sample: int = 30
    heads: Mapping[str, str] = field(default_factory=dict)  # SEQ:HASH by chain


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is remembered of an assessment that holds."""

    linked: bool
    confirmed: tuple[str, ...]


def inspect(deps: Deps, actor: Actor, asked: Asked, progress: Progress = lambda *_: None) -> Inspection:
    """Inspect the house. InputError for an empty period or no seed."""
    may(actor, "inspect")
    if not asked.seed.strip() or not asked.seed.isprintable():
        raise InputError(
            where="seed", found=asked.seed, expected=Words("检查人员自定的种子", "a seed of the inspector's own")
        )
    moves = clock_moves(deps, actor, asked.first, asked.last)
    checked = verify(deps, actor, lambda _: progress("chains", 1))
    register, desk, seen = Register(), Desk(), dict[str, _Seen]()
    with deps.store.read() as work:
        sealed = read_sealed(work, checked, asked.heads)
        flaws = [*broken(checked), *cut_off(work, sealed), *check_days(deps, work)]
        flaws += check_records(deps, work, sealed, register, progress)
        flaws += check_papers(deps, work, sealed, desk)
        flaws += check_decisions(work, sealed, desk)
        flaws += check_recusal(deps, work, desk)
        flaws += check_stops(work, sealed)
        flaws += check_repairs(work, sealed)
        flaws += check_named_causes(work, sealed, frozenset(register.erased))
        flaws += check_desk(deps, work, sealed, register, desk)
        flaws += check_assessments(deps, work, sealed, lambda kept, made: _see(seen, kept, made), progress)
        flaws += check_families(work, sealed, register)
        flaws += check_rings(work, sealed)
        flaws += check_persons(work, sealed)
        flaws += check_weights(work, sealed)
        flaws += check_ads(deps, work, sealed)
        flaws += check_books(deps, work, sealed)
        flaws += check_objections(deps, work)
        flaws += check_holders(deps, work, desk)
        flaws += check_exhibits(deps, work, sealed)
        flaws += check_remains(work, sealed)
        flaws += check_transfers(register, desk)
        opened = tuple(_opened(work, sealed, asked))
        reports_of_us = tuple(_reports_of_us(deps, work, sealed, asked))
        parity = [str(told["digest"]) for _, told in sealed.decisions if told.get("act") == "parity"]
        heads = tuple(sorted(heads_of(work).items()))
    drawn = [_drawn(id_, desk, seen) for id_ in _inside(register, desk, asked)]
    found = Inspection(
        first=asked.first,
        last=asked.last,
        seed=asked.seed,
        asked=asked.sample,
        made_at=deps.now(),
        heads=heads,
        counts=_counts(sealed, register, desk, seen, drawn),
        flaws=tuple(sorted(flaws, key=lambda one: (one.code, one.where))),
        sample=tuple(_replayed(deps, actor, one) for one in draw(drawn, asked.seed, asked.sample)),
        refused=tuple(one for one in drawn if one.merit == MeritVerdict.NOT_UPHELD),
        linked_upheld=tuple(one for one in drawn if one.linked and _true(one)),
        moves=moves,
        schemes=tuple(_schemes(sealed)),
        opened=opened,
        objections=tuple(one for one in drawn if _objects(deps, register.newest[one.complaint])),
        reversals=tuple(_reversals(sealed, asked)),
        reports_of_us=reports_of_us,
        parity_digest=parity[-1] if parity else "",
    )
    _seal(deps, actor, found)
    return found


def draw(of: list[Drawn], seed: str, size: int) -> list[Drawn]:
    """A sample anyone can draw again: the least SHA-256 of "seed:complaint" in hex."""
    return sorted(of, key=lambda one: sha256(f"{seed}:{one.complaint}".encode()).hexdigest())[:size]


def _seal(deps: Deps, actor: Actor, found: Inspection) -> None:
    act = {
        "act": "inspect",
        "from": found.first.isoformat(),
        "to": found.last.isoformat(),
        "seed": found.seed,
        "asked": found.asked,
        "flaws": len(found.flaws),
        "digest": sha256(dumps(found)).hexdigest(),
        "heads": dict(found.heads),
    }
    with deps.store.write() as work:
        seal_act(deps, work, ACCESS, actor, act)


def _see(seen: dict[str, _Seen], kept: StoredAssessment, made: Assessment) -> None:
    confirmed = sorted({one.grievance.value for one in made.merit if one.state is MeritState.CONFIRMED})
    seen[kept.complaint] = _Seen(made.suggestion.label is Label.LINKED, tuple(confirmed))


def _inside(register: Register, desk: Desk, asked: Asked) -> list[str]:
    """Complaints received in the period, by the records: one that was hidden from the desk is among them only as a flaw."""
    days = {id_: local_day(at) for id_, at in register.received.items() if id_ in register.newest and id_ in desk.rows}
    return sorted(id_ for id_, day in days.items() if asked.first <= day <= asked.last)


def _drawn(id_: str, desk: Desk, seen: Mapping[str, _Seen]) -> Drawn:
    row = desk.rows[id_]
    stands = standing(desk.decisions.get(id_, ()))
    papers = desk.papers.get(id_, ())
    made = seen.get(id_, _Seen(False, ()))
    concluded = stands.conclusion.verdict if stands.conclusion else None
    return Drawn(
        complaint=id_,
        received_on=local_day(row.received_at),
        first_due=row.first_due,
        due=row.due,
        channel=row.channel,
        product=row.product,
        state=row.state,
        merit=stands.merit.verdict if stands.merit else None,
        conclusion=concluded,
        confirmed=made.confirmed,
        upheld=tuple(one.value for one in stands.merit.grievances) if stands.merit else (),
        linked=made.linked or concluded == Conclusion.LINKED,
        papers=len(papers),
        answered_with_letter=any(one.kind is ClockEventKind.ANSWERED and one.document for one in papers),
        replays=None,
    )


def _true(one: Drawn) -> bool:
    return bool(one.confirmed) or one.merit in (MeritVerdict.UPHELD, MeritVerdict.PARTLY)


def _replayed(deps: Deps, actor: Actor, one: Drawn) -> Drawn:
    try:
        return replace(one, replays=replay(deps, actor, one.complaint).same)
    except MingchaError:
        return one  # not assessed, or erased: there is nothing to rebuild


def _counts(
    sealed: Sealed, register: Register, desk: Desk, seen: Mapping[str, _Seen], drawn: list[Drawn]
) -> tuple[tuple[str, int], ...]:
    return (
        ("links", sum(sealed.links.values())),
        ("versions", register.versions),
        ("complaints", len(register.newest)),
        ("erased", len(register.erased)),
        ("papers", sum(map(len, desk.papers.values()))),
        ("decisions", sum(map(len, desk.decisions.values()))),
        ("assessments", len(seen)),
        ("transfers", len(register.transfers)),
        ("received_in_period", len(drawn)),
    )


def _act(told: Told, about: str) -> Act:
    link, act = told
    return Act(at=link.at, by=str(act["by"]), act=str(act["act"]), about=about, chain=link.chain, seq=link.seq)


def _schemes(sealed: Sealed) -> Iterator[Act]:
    """Who proposed and adopted weights, and runs that used other weights, lists or standards than the run before; whenever."""
    for told in sealed.decisions:
        if told[1].get("act") in ("propose_weights", "agree_weights"):
            yield _act(told, f"{told[1]['weights']} {told[1].get('as', '')}".strip())
    before: Mapping[str, Any] = {}
    for told in sealed.custody:
        if told[1].get("act") != "assess":
            continue
        now = told[1].get("schemes", {})
        changed = [
            f"{name}: {before.get(name, '-')} → {now.get(name, '-')}"
            for name in sorted({*before, *now})
            if before.get(name) != now.get(name)
        ]
        if changed and before:
            yield _act(told, "; ".join(changed))
        before = now


def _objects(deps: Deps, filed: Complaint) -> bool:
    """Whether a filing carries the clock of a review or of a personal-data request, where objections to a program belong."""
    matters = matters_of(deps.standards.deadlines, filed.channel or "", filed.matter or "")
    return bool(OBJECTIONS.intersection(matters))


def _reversals(sealed: Sealed, asked: Asked) -> Iterator[Act]:
    for told in sealed.decisions:
        link, act = told
        if act.get("act") == "decide" and act.get("undoes") and asked.first <= local_day(link.at) <= asked.last:
            yield _act(told, f"{act['complaint']} {act['stage']} {act['verdict']}")


def _reports_of_us(deps: Deps, work: Work, sealed: Sealed, asked: Asked) -> Iterator[Act]:
    """Reports drafted in the period of posts that name the institution: who would have its own critics taken down."""
    ours = drafts_naming_us(deps, work)
    for link, act in sealed.acts("ad_drafted"):
        if str(act["ad_act"]) in ours and asked.first <= local_day(link.at) <= asked.last:
            yield _act((link, act), str(act["ad"]))


def _opened(work: Work, sealed: Sealed, asked: Asked) -> Iterator[Act]:
    """Exports and personal data in clear, in the period."""
    for link in work.chains.read(ACCESS):
        if link.seq > sealed.links.get(ACCESS, 0):
            return
        if asked.first <= local_day(link.at) <= asked.last:
            act = parse(link.payload)
            if act.get("act") in OPENED:
                about = (*act.get("complaints", ()), *act.get("exhibits", ()), *act.get("objections", ()))
                yield _act((link, act), " ".join(map(str, about)) or str(act.get("ids", "")))
