"""What the totals of help need of files that were disposed of: sums, and how many days it took; no id, nobody's name, nobody's day."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from mingcha.actions.aid_book import acts_for
from mingcha.actions.codec import loads
from mingcha.actions.deps import Deps
from mingcha.actions.ports.store import Work
from mingcha.aid.course import fold
from mingcha.model.aid import AidFacts, CardDone, LossRecorded, Offered, Recovered, Route
from mingcha.standards.calendar import local_day

AID_REMAINS = "aid_remains"
DAY = date(2000, 1, 1)  # that says nothing
FOUND = datetime(2000, 1, 1, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


def helped_before(work: Work) -> list[AidFacts]:
    """Files of help that were disposed of, as the totals go on seeing them."""
    return [loads(AidFacts, body) for _, body in work.summaries.all(AID_REMAINS)]


def aid_remains(deps: Deps, work: Work, customers: Sequence[str]) -> list[AidFacts]:
    """What the totals need of these."""
    return [_sums(fold(acts)) for acts in acts_for(deps, work, customers).values()]


def _sums(facts: AidFacts) -> AidFacts:
    last = max((one.on for one in facts.recovered), default=None)
    took = (last - local_day(facts.found_at)).days if last and facts.found_at else 0
    return AidFacts(
        state=facts.state,
        found_at=FOUND if facts.found_at else None,
        cards=(CardDone("", ""),) if facts.proofs or facts.cards or facts.papers else (),
        offered=(Offered(Route.HARDSHIP),) if facts.offered else (),
        losses=(LossRecorded(fee=facts.lost, paid_on=DAY),) if facts.losses else (),
        recovered=(Recovered(amount=facts.back, on=DAY + timedelta(days=took), origin=""),) if facts.recovered else (),
    )
