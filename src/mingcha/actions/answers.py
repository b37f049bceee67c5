"""Answer a complaint: draft from merit alone, refuse words no answer may hold, keep what was answered and end the clock.

Nothing leaves the house here: a person signs and sends the letter, and records it with this verb.
"""

from datetime import datetime

from mingcha.actions.clock_paper import put_clock_event
from mingcha.actions.decide import standing
from mingcha.actions.deps import Deps
from mingcha.actions.look import MeritView, merit_view
from mingcha.actions.permit import may
from mingcha.actions.personal import filed, veiled
from mingcha.actions.reasons import keep_reason
from mingcha.actions.recusal import stand_aside
from mingcha.actions.sealing import ACCESS, DECISIONS, seal_act
from mingcha.answer.draft import Basis, draft, has_gap
from mingcha.answer.lint import lint
from mingcha.errors import LetterRefused, NotFound, OutOfOrder
from mingcha.model.actor import Actor
from mingcha.model.answer import Answer, Objection
from mingcha.model.clock import ClockEvent, ClockEventKind, ClockState
from mingcha.model.decision import MeritVerdict
from mingcha.model.words import Words


def draft_answer(deps: Deps, actor: Actor, complaint: str) -> Answer:
    """The drafted answer as of now; quotes are masked as on the screen. Reading it is logged as reading the merit stage."""
    may(actor, "draft_answer")
    return drafted(deps, merit_view(deps, actor, complaint))


def drafted(deps: Deps, view: MeritView) -> Answer:
    """The draft of what the merit stage shows."""
    decided = view.standing.merit
    basis = Basis(
        complaint=view.row.complaint,
        received_on=view.clock.started_on,
        due=view.clock.nearest,
        merit=view.merit,
        verdict=MeritVerdict(decided.verdict) if decided else None,
        upheld=decided.grievances if decided else (),
    )
    on = deps.now().astimezone(deps.zone).date()
    return draft(basis, deps.standards.answers, deps.standards.institution, deps.standards.clauses, on)


def check_letter(deps: Deps, actor: Actor, complaint: str, letter: str) -> tuple[Objection, ...]:
    """What stands in a letter that no answer may hold; the consumer's own words quoted back are not looked at."""
    may(actor, "draft_answer")
    with deps.store.write() as work:
        if complaint not in work.desk.rows([complaint]):
            raise NotFound(what=Words("投诉", "complaint"), which=complaint)
        stand_aside(deps, work, actor, complaint)
        seal_act(deps, work, ACCESS, actor, {"act": "check_letter", "complaints": [complaint]})
        one = filed(deps, work, complaint)
    own = f"{one.kept.clear.text or ''}\n{one.text}"
    return lint(letter, own, deps.standards.answers.refused)


def refuse_words(deps: Deps, actor: Actor, complaint: str, letter: str) -> None:
    """LetterRefused, with every word in a letter that no answer may hold; before it is printed, and before it is kept."""
    may(actor, "draft_answer")
    objections = check_letter(deps, actor, complaint, letter)
    if objections:
        said = Words(*(_listed(objections, locale) for locale in ("zh", "en")))
        raise LetterRefused(why=said)


def record_answer(deps: Deps, actor: Actor, complaint: str, letter: str, at: datetime) -> ClockState:
    """Keep the letter that was given and end the clock; refused before merit is decided, with a gap or with refused words."""
    may(actor, "record_answer")
    if not letter.strip():
        raise OutOfOrder(what=Words("登记答复", "record the answer"), why=Words("答复是空的", "the letter is empty"))
    if has_gap(letter):
        raise OutOfOrder(
            what=Words("登记答复", "record the answer"),
            why=Words("还有待填写的内容", "something is still to be filled in"),
        )
    refuse_words(deps, actor, complaint, letter)
    with deps.store.write() as work:
        if standing(work.desk.decisions(complaint)).merit is None:
            raise OutOfOrder(
                what=Words("登记答复", "record the answer"),
                why=Words("诉求尚未裁定并封存", "merit has not been decided and sealed yet"),
            )
        kept = keep_reason(deps, work, deps.new_id(), letter, complaint)
        seal_act(deps, work, DECISIONS, actor, {"act": "answer", "complaint": complaint, **kept})
        event = ClockEvent(kind=ClockEventKind.ANSWERED, at=at, document=kept["reason"], by=actor.name)
        clock, one = put_clock_event(deps, work, actor, complaint, event)
        move = next(move for move in clock.moves if move.event.document == event.document)
        if not move.took_effect:  # raised here, nothing of it is kept
            raise OutOfOrder(what=Words("登记答复", "record the answer"), why=move.why)
    return veiled(clock, one)


def _listed(objections: tuple[Objection, ...], locale: str) -> str:
    mark = "；" if locale == "zh" else "; "
    return mark.join(f"“{one.words}”—{one.why.say(locale)}" for one in objections)
