"""Did a partner or merchant fail: closed, or out of order, while the loan for it goes on?"""

from mingcha.merit.check import result
from mingcha.model.merit import Claim, Grievance, MeritFile, MeritResult, MeritState, Searched
from mingcha.model.provenance import Cite
from mingcha.model.words import Words
from mingcha.standards.load import Standards

NO_EVENTS = Words(
    "没有合作方停业或故障的登记", "no closure or outage of a partner is on record; that one is not proves nothing"
)


def partner_failed(file: MeritFile, _standards: Standards, claim: Claim | None) -> MeritResult | None:
    """Closures and outages on record up to the receipt that touch this lender, product or merchant.

    A closure that names the product or the merchant is of this case; one that names neither may be of another partner.
    """
    if claim is None:
        return None  # an event touches thousands who do not complain of it
    found = sorted(
        (one for one in file.events if one.event_kind in ("closure", "outage") and one.from_at <= file.received_at),
        key=lambda one: (one.from_at, one.id),
    )
    closures = [one for one in found if one.event_kind == "closure" and (one.product or one.merchant)]
    if closures:
        state, why = (
            MeritState.CONFIRMED,
            Words(f"登记有合作方停业{len(closures)}起", f"{len(closures)} closures of a partner are on record"),
        )
    elif found:
        state, why = (
            MeritState.PARTLY,
            Words(
                f"登记有停业或故障{len(found)}起，是否影响本件由人判断",
                f"{len(found)} closures or outages are on record; whether they touched this case is for people",
            ),
        )
    else:
        state, why = MeritState.UNCHECKED, NO_EVENTS
    return result(
        "partner_failed",
        claim,
        state,
        None,
        why,
        grievance=Grievance.PARTNER_FAILED,
        cites=tuple(Cite("events", one.id) for one in closures or found),
        searched=Searched(records=len(file.events), missing=() if found else (NO_EVENTS,)),
        figures=(("closures", len(closures)), ("others", len(found) - len(closures))),
    )
