"""Handle a complaint without deciding it: give it to somebody, tag it, ask a department of ours for records, put a draft on file.

Nothing here reaches whoever complained, and nothing here is read by the clock, the queue's order or any finding.
"""

from mingcha.actions.answers import drafted
from mingcha.actions.decide import standing
from mingcha.actions.deps import Deps
from mingcha.actions.handling_book import (
    NAMES_THEM,
    desk_acts,
    handlings,
    in_form,
    keep_desk_acts,
    naming_former,
    still_handled,
    why_not,
)
from mingcha.actions.look import merit_stage
from mingcha.actions.permit import may
from mingcha.actions.ports.store import Work
from mingcha.actions.recusal import stand_aside
from mingcha.actions.sealing import ACCESS, seal_act
from mingcha.answer.letter import lines
from mingcha.errors import NotFound, OutOfOrder
from mingcha.model.actor import Actor
from mingcha.model.handling import (
    DESK_ACT_WORDS,
    DESK_KIND_OF,
    Assigned,
    DeskAct,
    DeskBody,
    Drafted,
    RecordsArrived,
    RecordsRequested,
    Tagged,
    TakenBack,
    Untagged,
)
from mingcha.model.words import Words

COMPLAINT = Words("投诉", "complaint")
UNDECIDED = Words("诉求尚未裁定：先裁定，再起草存档", "its merit is not decided: that comes before a draft on file")
ENDED = Words("已办结，无须答复", "it has ended: no answer is due")


def assign(deps: Deps, actor: Actor, complaint: str, body: Assigned) -> DeskAct:
    """Give it to one person; sealed. OutOfOrder unless it is taken over from whoever has it, and for somebody it names."""
    may(actor, "assign")
    with deps.store.write() as work:
        return _kept(deps, work, actor, complaint, body)


def tag(deps: Deps, actor: Actor, complaint: str, body: Tagged | Untagged) -> DeskAct:
    """Put a tag on it or take one off; sealed. InputError for a tag that labels or names anybody."""
    may(actor, "tag")
    with deps.store.write() as work:
        return _kept(deps, work, actor, complaint, body)


def request_records(deps: Deps, actor: Actor, complaint: str, body: RecordsRequested | RecordsArrived) -> DeskAct:
    """Ask a department of ours for records of ours, or enter that they came; sealed. The clock runs on."""
    may(actor, "request_records")
    with deps.store.write() as work:
        return _kept(deps, work, actor, complaint, body)


def keep_draft(deps: Deps, actor: Actor, complaint: str) -> DeskAct:
    """Put the drafted answer of now on file; sealed. OutOfOrder before merit is decided. Nothing leaves, no clock ends."""
    may(actor, "draft_answer")
    with deps.store.write() as work:
        open_to(deps, work, actor, complaint)
        blank = blank_draft(work, complaint)
        if isinstance(blank, Words):
            raise _refused(Drafted, blank)
        seal_act(deps, work, ACCESS, actor, {"act": "draft_answers", "complaints": [complaint]})
        return _kept(deps, work, actor, complaint, draft_of(deps, work, actor, complaint))


def take_back(deps: Deps, actor: Actor, complaint: str) -> DeskAct:
    """Take the last act back, whoever may do such acts; sealed. OutOfOrder where there is none."""
    may(actor, "see_queue")
    with deps.store.write() as work:
        open_to(deps, work, actor, complaint)
        last = handlings(deps, work, [complaint])[complaint].last
        if last is None:
            raise _refused(TakenBack, Words("没有可撤销的步骤", "there is nothing to take back"))
        body = next(one.body for one in desk_acts(deps, work, complaint) if one.id == last)
        may_do(actor, body)
        if naming_former(deps, work, [complaint], body):
            raise _refused(TakenBack, NAMES_THEM)
        return _kept(deps, work, actor, complaint, TakenBack(last))


def may_do(actor: Actor, body: object) -> None:
    """NotPermitted where the actor may not do such acts."""
    if isinstance(body, Assigned):
        may(actor, "assign")
    elif isinstance(body, Tagged | Untagged):
        may(actor, "tag")
    elif isinstance(body, RecordsRequested | RecordsArrived):
        may(actor, "request_records")
    else:
        may(actor, "draft_answer")


def open_to(deps: Deps, work: Work, actor: Actor, complaint: str) -> None:
    """NotFound for no complaint of the desk, NotPermitted where it names the actor's line."""
    if complaint not in work.desk.rows([complaint]):
        raise NotFound(what=COMPLAINT, which=complaint)
    stand_aside(deps, work, actor, complaint)


def blank_draft(work: Work, complaint: str) -> Drafted | Words:
    """A draft without its text, to ask whether it may follow; or why none is put on file."""
    if not still_handled(work.desk.rows([complaint])[complaint]):
        return ENDED
    merit = standing(work.desk.decisions(complaint)).merit
    return Drafted(merit.id, "", "") if merit is not None else UNDECIDED


def draft_of(deps: Deps, work: Work, actor: Actor, complaint: str) -> Drafted:
    """The draft of now, after the merit decision that stands; reading the complaint for it is the caller's to log."""
    view = merit_stage(deps, work, actor, work.desk.rows([complaint])[complaint])
    assert view.standing.merit is not None  # `blank_draft` was asked
    made = drafted(deps, view)
    zh, en = ("\n".join(lines(made, locale)) for locale in ("zh", "en"))
    return Drafted(view.standing.merit.id, zh, en)


def _kept(deps: Deps, work: Work, actor: Actor, complaint: str, body: DeskBody) -> DeskAct:
    open_to(deps, work, actor, complaint)
    fit = in_form(deps, work, actor, body)
    if (why := why_not(deps, work, [complaint], fit).get(complaint)) is not None:
        raise _refused(type(body), why)
    return keep_desk_acts(deps, work, actor, {complaint: fit})[complaint]


def _refused(body: type[DeskBody], why: Words) -> OutOfOrder:
    return OutOfOrder(what=DESK_ACT_WORDS[DESK_KIND_OF[body]], why=why)
