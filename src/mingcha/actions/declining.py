"""Ask whoever filed for papers, and, on the measures' one ground, leave a complaint unhandled: two acts that are no answer.

A complaint that is not from the consumer, a legal representative or an agent with an authority may be left unhandled, with
notice to whoever filed (`complaint-measures@2020-03-01:identity`). It is never left so while our own records bear it out or
cannot answer it, where somebody may be in danger, before the authority was asked for and waited for, or against an heir or a
guardian, who stand for the consumer by law. The ground is of complaints: what else a filing is about keeps its clock. Neither
act says anything of the customer: whoever filed has shown no right to know.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mingcha.actions.clock_paper import put_clock_event
from mingcha.actions.decide import standing
from mingcha.actions.deps import Deps
from mingcha.actions.dossiers import Loaded, load, load_shared, merit_file
from mingcha.actions.permit import may
from mingcha.actions.personal import veiled
from mingcha.actions.ports.store import Work
from mingcha.actions.reasons import keep_reason
from mingcha.actions.recusal import stand_aside
from mingcha.actions.sealing import ACCESS, DECISIONS, seal_act
from mingcha.answer.draft import has_gap
from mingcha.answer.notices import not_handled, papers_asked
from mingcha.clock.regimes import MAIN
from mingcha.errors import InputError, NotFound, OutOfOrder
from mingcha.merit.run import check_all
from mingcha.model.actor import Actor
from mingcha.model.clock import PAPER_WORDS, ClockEvent, ClockEventKind, ClockState
from mingcha.model.materials import MATERIAL_WORDS, OF_AGENTS, SPEAKS_FOR_ANOTHER, Askable, Lacks, Material
from mingcha.model.merit import MeritState
from mingcha.model.words import Words
from mingcha.standards.calendar import local_day

WAITED = 5  # days papers are waited for at least: the house's own rule, no law known here names one
BORNE_OUT = (MeritState.CONFIRMED, MeritState.PARTLY, MeritState.DISPUTED)
DECLINE = Words("不予办理", "leave it unhandled")


@dataclass(frozen=True, slots=True)
class Notice:
    """A letter as it stands, and, once it is recorded, the clock after it."""

    letter: Words
    clock: ClockState | None


def lacks(deps: Deps, actor: Actor, complaint: str) -> Lacks:
    """What may be asked for of a complaint and whether it may be left unhandled. Asking is logged as a read of the complaint."""
    may(actor, "draft_answer")
    with deps.store.write() as work:
        loaded, events = _loaded(deps, work, actor, complaint)
        seal_act(deps, work, ACCESS, actor, {"act": "see_lacks", "complaints": [complaint]})
        return Lacks(
            materials=tuple(Askable(material=m, title=MATERIAL_WORDS[m], why_not=_held(loaded, m)) for m in Material),
            until=_soonest(deps),
            must_handle=tuple(_must_handle(deps, work, loaded, events)),
        )


def ask_papers(
    deps: Deps, actor: Actor, complaint: str, materials: Sequence[Material], until: date | None = None, *, record: bool
) -> Notice:
    """The letter that asks for papers until a day, the soonest unless one is given; with `record` it is kept, sealed and shown on the clock, which runs on.

    InputError for material that may not be asked for or a day too near.
    """
    may(actor, "ask_papers")
    wanted = tuple(dict.fromkeys(materials))
    until = until or _soonest(deps)
    with deps.store.write() as work:
        loaded, _ = _loaded(deps, work, actor, complaint)
        _may_ask(deps, loaded, wanted, until)
        house = deps.standards.answers, deps.standards.institution
        named = complaint, _received(deps, loaded)
        letter = papers_asked(*house, named, [MATERIAL_WORDS[one] for one in wanted], until)
        event = _event(deps, actor, ClockEventKind.ASKED, until, ",".join(wanted))
        return Notice(letter, _kept(deps, work, complaint, letter, event, actor) if record else None)


def decline(deps: Deps, actor: Actor, complaint: str, *, record: bool) -> Notice:
    """The notice to whoever filed that the complaint is not handled; with `record` it is kept and sealed, and the clock ends.

    OutOfOrder, with every reason, as long as the complaint has to be handled.
    """
    may(actor, "decline")
    with deps.store.write() as work:
        loaded, events = _loaded(deps, work, actor, complaint)
        must = list(_must_handle(deps, work, loaded, events))
        if must:
            why = Words("；".join(one.zh for one in must), "; ".join(one.en for one in must))
            raise OutOfOrder(what=DECLINE, why=why)
        house = deps.standards.answers, deps.standards.institution
        letter = not_handled(*house, (complaint, _received(deps, loaded)), max(_waits(events)))
        event = replace(_event(deps, actor, ClockEventKind.NOT_HANDLED), matter=MAIN)
        return Notice(letter, _kept(deps, work, complaint, letter, event, actor) if record else None)


def _loaded(deps: Deps, work: Work, actor: Actor, complaint: str) -> tuple[Loaded, Sequence[ClockEvent]]:
    """The complaint with all its records as they are now, and its papers; NotPermitted where it names the actor's line."""
    found = load(deps, work, [complaint]) if complaint in work.desk.rows([complaint]) else []
    if not found:
        raise NotFound(what=Words("投诉", "complaint"), which=complaint)
    stand_aside(deps, work, actor, complaint)
    return found[0], work.desk.clock_events([complaint]).get(complaint, ())


def _held(loaded: Loaded, material: Material) -> Words | None:
    """Why a thing may not be asked for: the house holds it, or nobody speaks for another."""
    one, papers = loaded.complaint, {paper.paper_kind for paper in loaded.records["attachments"]}
    if material in OF_AGENTS and one.filer_role not in SPEAKS_FOR_ANOTHER:
        return Words("登记的提交人不是代理人", "nobody is on record as speaking for another")
    held = {
        Material.IDENTITY: "identity" in papers,
        Material.CONTACT: bool(one.filer_phone or one.return_address),
        Material.FACTS: bool((one.text or "").strip()),
        Material.SIGNATURE: False,
        Material.AUTHORISATION: any(each.original_seen for each in loaded.records["authorisations"]),
        Material.AGENT_IDENTITY: any(each.verified for each in loaded.records["representatives"]),
        Material.AGENT_CONTACT: bool(one.filer_phone),
    }
    return (
        Words("本机构已掌握，不得索要", "the institution holds it and may not ask for it") if held[material] else None
    )


def _may_ask(deps: Deps, loaded: Loaded, wanted: Sequence[Material], until: date) -> None:
    if not wanted:
        raise InputError(where="material", found="", expected=Words("至少一项材料", "at least one material"))
    for one in wanted:
        why = _held(loaded, one)
        if why is not None:
            said = Words(
                f"可以索要的材料（{MATERIAL_WORDS[one].zh}：{why.zh}）",
                f"what may be asked for ({MATERIAL_WORDS[one].en}: {why.en})",
            )
            raise InputError(where="material", found=one.value, expected=said)
    if until < _soonest(deps):
        expected = Words(f"不早于{_soonest(deps)}", f"{_soonest(deps)} or later")
        raise InputError(where="until", found=until, expected=expected)


def _must_handle(deps: Deps, work: Work, loaded: Loaded, events: Sequence[ClockEvent]) -> Iterator[Words]:
    """Every reason why a complaint has to be handled; the records are read as they are now."""
    one, records = loaded.complaint, loaded.records
    if one.filer_role in (None, "unknown"):
        yield Words("尚未登记由谁提交", "who filed it is not on record")
    elif one.filer_role not in SPEAKS_FOR_ANOTHER:
        yield Words(
            "由消费者本人或依法代表其权利的人提出",
            "it is from the consumer, or from whoever stands for the consumer by law",
        )
    if records["authorisations"] or any(each.verified for each in records["representatives"]):
        yield Words(
            "登记有授权；有疑问的向消费者本人核实，同时照常办理",
            "an authority is on record: a doubt is checked with the consumer while the complaint is handled",
        )
    if any(each.aware == "yes" for each in records["callbacks"]):
        yield Words("消费者本人在回访中认可这件投诉", "the consumer, called back, stands by the complaint")
    if work.desk.rows([one.id])[one.id].welfare:
        yield Words("在关怀通道：可能有人身处危险", "it is in the welfare lane: somebody may be in danger")
    yield from _by_merit(deps, work, loaded)
    if standing(work.desk.decisions(one.id)).merit is not None:
        yield Words("诉求已裁定，须答复", "merit is decided: it has to be answered")
    if one.filer_role in SPEAKS_FOR_ANOTHER:
        yield from _waiting(deps, events)


def _by_merit(deps: Deps, work: Work, loaded: Loaded) -> Iterator[Words]:
    """What the records bear out, and what they cannot answer: records we lack are never held against anybody."""
    merit = check_all(merit_file(loaded, load_shared(deps, work)), deps.standards)
    borne_out, unchecked = (
        [deps.standards.answers.titles[one.grievance] for one in merit if one.state in states]
        for states in (BORNE_OUT, (MeritState.UNCHECKED,))
    )
    if borne_out:
        zh, en = "、".join(one.zh for one in borne_out), ", ".join(one.en for one in borne_out)
        yield Words(
            f"记录证实或部分证实：{zh}，须向消费者本人答复",
            f"the records bear out, if in part: {en}: the consumer is to be answered",
        )
    if unchecked:
        zh, en = "、".join(one.zh for one in unchecked), ", ".join(one.en for one in unchecked)
        yield Words(f"现有记录无法核查：{zh}，须先查清", f"our records cannot answer: {en}: to be found out first")


def _waiting(deps: Deps, events: Sequence[ClockEvent]) -> Iterator[Words]:
    """Whether the authority is still to be asked for or waited for."""
    waits = _waits(events)
    last = max((until for _, until in waits), default=None)
    if last is None:
        yield Words("尚未请提交人补充授权委托书", "the authority has not been asked for")
    elif _today(deps) <= last:
        yield Words(f"等候授权委托书至{last}", f"the authority is waited for until {last}")


def _waits(events: Sequence[ClockEvent]) -> list[tuple[date, date]]:
    """When the authority was asked for, and until when it is waited for."""
    asked = [one for one in events if Material.AUTHORISATION in (one.asked or "").split(",")]
    return [(local_day(one.at), one.until) for one in asked if one.until is not None]


def _kept(deps: Deps, work: Work, complaint: str, letter: Words, event: ClockEvent, actor: Actor) -> ClockState:
    """Keep the letter and put its paper on the clock; nothing of it is kept when the clock does not take it."""
    if has_gap(letter.zh):
        raise OutOfOrder(
            what=PAPER_WORDS[event.kind],
            why=Words(
                "机构信息不全，信函还有待填写的内容",
                "the institution's own particulars are missing: the letter has gaps",
            ),
        )
    kept = keep_reason(deps, work, deps.new_id(), f"{letter.zh}\n\n{letter.en}", complaint)
    seal_act(deps, work, DECISIONS, actor, {"act": event.kind.value, "complaint": complaint, **kept})
    clock, one = put_clock_event(deps, work, actor, complaint, replace(event, document=kept["reason"]))
    move = next(move for move in clock.moves if move.event.document == kept["reason"])
    if not move.took_effect:
        raise OutOfOrder(what=PAPER_WORDS[event.kind], why=move.why)
    return veiled(clock, one)


def _event(
    deps: Deps, actor: Actor, kind: ClockEventKind, until: date | None = None, asked: str | None = None
) -> ClockEvent:
    now = deps.now()
    return ClockEvent(kind=kind, at=now, document=None, by=actor.name, notified_at=now, until=until, asked=asked)


def _received(deps: Deps, loaded: Loaded) -> date:
    assert loaded.complaint.received_at is not None  # `load` takes it from the desk
    return loaded.complaint.received_at.astimezone(deps.zone).date()


def _soonest(deps: Deps) -> date:
    """The first day until which papers may be waited for."""
    return _today(deps) + timedelta(days=WAITED)


def _today(deps: Deps) -> date:
    return deps.now().astimezone(deps.zone).date()
