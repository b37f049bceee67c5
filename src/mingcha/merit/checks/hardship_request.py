"""Was a request for help with repayment left unanswered, or refused without a reason?"""

from mingcha.merit.check import result
from mingcha.merit.requests import judge_requests, looked_at, notice_cites, request_figures, sort_requests
from mingcha.model.merit import Claim, Grievance, MeritFile, MeritResult, MeritState
from mingcha.standards.load import Standards

DAYS = 15  # our reading: the time the measures give for a simple complaint; no source names one for such a request


def hardship_request(file: MeritFile, _standards: Standards, claim: Claim | None) -> MeritResult | None:
    """Requests for hardship relief or instalments. Whether relief is owed is for people; an answer with a reason is."""
    found = sort_requests(file, ("hardship", "instalment"), DAYS)
    state, why = judge_requests(file, found, claim)
    if claim is None and state is not MeritState.CONFIRMED:
        return None
    return result(
        "hardship_request",
        claim,
        state,
        None,
        why,
        grievance=Grievance.HARDSHIP_REQUEST,
        cites=notice_cites(found.shown),
        searched=looked_at(file, claim, len(file.notices)),
        figures=request_figures(found),
    )
