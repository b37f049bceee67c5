"""When an ad comes in, is judged, amended or erased, complaints that state what it gives meet their rings at once, as a run would."""

from collections.abc import Iterable, Sequence

from mingcha.actions.ad_reach import ADS, LOT, keep_reach, reach_kept, soliciting_among
from mingcha.actions.deps import Deps
from mingcha.actions.increment import AT_ONCE, update
from mingcha.actions.lots import lots
from mingcha.actions.ports.store import Work
from mingcha.actions.standings import stating
from mingcha.model.actor import Actor

STATED_AS = (
    "filer_number", "agent_number", "contact_phone", "sender_number", "lead_number", "payee", "bank_card", "handle", "ad_handle",
)  # fmt: skip
MOST = 10_000  # complaints looked at that state one value; so many make a hub of every kind


def meet_sightings(deps: Deps, work: Work, actor: Actor, after: int) -> int:
    """Keep by what the sightings kept after a seq can be reached, and relate whom that concerns: what solicits, or was amended.
    How many complaints wait for the next run.
    """
    ids = [one.id for one in work.records.scan(ADS, after)]
    tokens: set[str] = set()
    for lot in lots(ids, LOT):
        tokens |= set().union(*reach_kept(work, lot).values())
        keep_reach(deps, work, work.records.heads(ADS, lot).values())
        tokens |= set().union(*reach_kept(work, soliciting_among(deps, work, lot)).values())
    return _relate(deps, work, actor, tokens)


def meet_ad(deps: Deps, work: Work, actor: Actor, sightings: Sequence[str]) -> int:
    """Relate whom an ad concerns of which a person said something; how many complaints wait for the next run."""
    return _relate(deps, work, actor, set().union(*reach_kept(work, sightings).values()))


def forget_reach(deps: Deps, work: Work, actor: Actor, sightings: Sequence[str]) -> None:
    """Let go of what sightings that were erased could be reached by, and relate whom they concerned."""
    tokens = set().union(*reach_kept(work, sightings).values())
    keep_reach(deps, work, work.records.heads(ADS, sightings).values())
    _relate(deps, work, actor, tokens)


def _relate(deps: Deps, work: Work, actor: Actor, tokens: Iterable[str]) -> int:
    """Relate complaints that state any of these values anew; of too many how many they are, which the next run relates."""
    changed = complaints_stating(work, tokens)
    return len(changed) if len(changed) > AT_ONCE else update(deps, work, actor, changed)


def complaints_stating(work: Work, tokens: Iterable[str]) -> set[str]:
    """Complaints that state any of these values as a number, handle or account, as the last run or import left them."""
    keys = [(kind, token) for token in sorted(tokens) for kind in STATED_AS]
    return {one.complaint for held in stating(work, keys, MOST).values() for one in held}
