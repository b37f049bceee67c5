"""What was decided on the complaints of whoever opened their own page, in words: theirs to know, to object to, and nothing help waits for.

Apart from aid, whose code reads no decision: only the door puts the two on one page. The look is sealed.
"""

from collections.abc import Iterator, Mapping, Sequence

from mingcha.actions.aid_link import HOLDER, opened_by
from mingcha.actions.decide import standing
from mingcha.actions.deps import Deps
from mingcha.actions.sealing import ACCESS, seal_act
from mingcha.model.decision import Conclusion, Decision, MeritVerdict
from mingcha.model.own import OwnFinding
from mingcha.model.stored import DeskRow
from mingcha.model.words import Words
from mingcha.standards.calendar import local_day

UNDECIDED = Words("诉求仍在核查，尚未裁定。", "What you ask is being looked into; nothing is decided yet.")
MERIT: Mapping[MeritVerdict, Words] = {
    MeritVerdict.UPHELD: Words("您的诉求成立。", "You are right."),
    MeritVerdict.PARTLY: Words("您的诉求部分成立。", "You are right in part."),
    MeritVerdict.NOT_UPHELD: Words(
        "核查后未支持您的诉求；您可以要求复核。", "It was not upheld; you may ask for a review."
    ),
}
CONCLUSIONS: Mapping[Conclusion, Words] = {
    Conclusion.AUTHORISED_AGENT: Words("此件由您授权的人代为提出。", "Somebody you authorised filed it for you."),
    Conclusion.LINKED: Words(
        "可能有人在用您的名义参与此件。这不影响对您诉求的处理。",
        "Somebody may have taken part in it in your name. What you ask is handled all the same.",
    ),
    Conclusion.BREACH_OF_ORDER: Words(
        "两名工作人员认为此件的提出方式不符合投诉秩序；您可以提出异议。",
        "Two members of staff hold that the way it was filed breaks the rules of order; you may object.",
    ),
}
STATES: Mapping[str, Words] = {
    "answered": Words("已书面答复。", "It was answered in writing."),
    "withdrawn": Words("已登记为撤回；您可以收回撤回。", "It stands as withdrawn; you may take that back."),
    "not_handled": Words("未予办理；您可以提出异议。", "It was left unhandled; you may object."),
}


def own_findings(deps: Deps, token: str) -> tuple[OwnFinding, ...]:
    """For whoever holds a link that a second proof opened, the newest first; nothing for anybody else."""
    with deps.store.write() as work:
        customer = opened_by(deps, work, token)
        if customer is None:
            return ()
        found = work.records.by_token("complaints", "customer_id", [customer])
        rows = work.desk.rows(sorted(one.id for one in found if one.wrapped))
        seal_act(deps, work, ACCESS, HOLDER, {"act": "see_own_findings", "customers": [customer]})
        made = [_finding(row, work.desk.decisions(id_)) for id_, row in rows.items()]
    return tuple(sorted(made, key=lambda one: one.received_on, reverse=True))


def _finding(row: DeskRow, decisions: Sequence[Decision]) -> OwnFinding:
    return OwnFinding(local_day(row.received_at), row.product, tuple(_decided(row, decisions)))


def _decided(row: DeskRow, decisions: Sequence[Decision]) -> Iterator[Words]:
    stands = standing(decisions)
    yield MERIT[MeritVerdict(stands.merit.verdict)] if stands.merit else UNDECIDED
    if stands.conclusion and Conclusion(stands.conclusion.verdict) in CONCLUSIONS:
        yield CONCLUSIONS[Conclusion(stands.conclusion.verdict)]
    if row.state in STATES:
        yield STATES[row.state]
