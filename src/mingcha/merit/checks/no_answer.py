"""Was an earlier complaint left without an answer? An answer that was given is shown; which matter it answered is for people."""

from mingcha.merit.calls import rule_on
from mingcha.merit.check import result
from mingcha.merit.requests import judge_requests, looked_at, notice_cites, request_figures, sort_requests
from mingcha.model.merit import Claim, Grievance, MeritFile, MeritResult, MeritState
from mingcha.model.provenance import Cite
from mingcha.model.words import Words
from mingcha.standards.calendar import local_day
from mingcha.standards.load import Standards

RULE = "art.18"


def no_answer(file: MeritFile, standards: Standards, claim: Claim | None) -> MeritResult | None:
    """Earlier complaints on the register, and earlier answers, up to the receipt."""
    rule, _ = rule_on(standards, RULE, local_day(file.received_at))
    days = int(rule.parameter("simple_days")) if rule else 15
    found = sort_requests(file, ("complaint",), days, reasoned=False)
    state, why = judge_requests(file, found, claim)
    replies = sorted(
        (one for one in file.replies if one.replied_at is not None and one.replied_at <= file.received_at),
        key=lambda one: (str(one.replied_at), one.id),
    )
    cites = notice_cites(found.shown)
    if replies and state is not MeritState.CONFIRMED:
        last = replies[-1].replied_at
        assert last is not None
        state, cites = MeritState.DISPUTED, tuple(Cite("replies", one.id) for one in replies)
        why = Words(
            f"此前答复过{len(replies)}次，最近一次在{local_day(last)}；是否同一事项由人判断",
            f"answered {len(replies)} times before, last on {local_day(last)}; whether the same matter, for people",
        )
    if claim is None and state is not MeritState.CONFIRMED:
        return None
    return result(
        "no_answer",
        claim,
        state,
        rule,
        why,
        grievance=Grievance.NO_ANSWER,
        cites=cites,
        searched=looked_at(file, claim, len(file.notices) + len(file.replies)),
        figures=(*request_figures(found), ("replies", len(replies))),
    )
