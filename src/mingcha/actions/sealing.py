"""Every act leaves one sealed record in its chain, in the transaction that does the act."""

from collections.abc import Mapping
from typing import Any

from mingcha.actions.deps import Deps
from mingcha.actions.permit import acting_roles
from mingcha.actions.ports.store import Work
from mingcha.evidence.seal import seal
from mingcha.model.actor import Actor
from mingcha.model.stored import Link

CUSTODY = "custody"
DECISIONS = "decisions"
ACCESS = "access"
ROOTS = "roots"  # the roots of days, signed by the audit role: no day's root is over them
EXHIBITS = "exhibits"  # a chain of its own: packs carry it, and it says nothing of anything but exhibits


def seal_act(deps: Deps, work: Work, chain: str, actor: Actor, act: Mapping[str, Any]) -> Link:
    """Append one act to a chain: what, by whom, in which roles, for which purpose. Ints and strings only, no personal data."""
    who = {"by": actor.name, "roles": sorted(acting_roles(actor)), "purpose": actor.purpose.value}
    payload = {**act, **who, "suite": deps.keys.suite}
    link = seal(chain, work.chains.tail(chain), payload, deps.now())
    work.chains.append(link)
    return link
