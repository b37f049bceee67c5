"""Reasons people give: encrypted beside the salt of the commitment the chain seals, so that each can be proved later.

They are free text about persons: no store or chain sees one in clear, and erasing a complaint destroys the reasons given
about it. Decisions of the first version hold theirs as typed, without a salt: those are shown, and cannot be proved.
"""

import json
from collections.abc import Sequence
from dataclasses import replace

from mingcha.actions.codec import canonical
from mingcha.actions.deps import Deps
from mingcha.actions.ports.keys import Keys
from mingcha.actions.ports.store import Work
from mingcha.errors import KeyTrouble, OutOfOrder
from mingcha.evidence.commitment import opens
from mingcha.model.decision import Decision
from mingcha.model.stored import Envelope, KeptReason
from mingcha.model.words import Words


def keep_reason(deps: Deps, work: Work, id_: str, reason: str, complaint: str | None) -> dict[str, str]:
    """Keep a reason under an id; what the act seals of it: where it is kept, and its salted commitment."""
    commitment, salt = deps.keys.commit(_data(reason))
    sealed = deps.keys.envelope(canonical({"reason": reason, "salt": salt.hex()}), id_.encode())
    work.reasons.put(KeptReason(id=id_, complaint=complaint, wrapped=sealed.wrapped, body=sealed.body))
    return {"reason": id_, "reason_commitment": commitment}


def reasoned(reason: str, what: Words) -> None:
    """OutOfOrder for a judgement (`what` it is) without its reason."""
    if not reason.strip():
        raise OutOfOrder(what=what, why=Words("须写明理由", "a judgement needs its reason"))


def reason_of(keys: Keys, kept: KeptReason) -> str:
    """The reason as it was typed; KeyTrouble when it was erased or changed."""
    return _opened(keys, kept)[0]


def proved(keys: Keys, kept: KeptReason, commitment: str) -> bool:
    """Whether this is the reason that was sealed."""
    try:
        reason, salt = _opened(keys, kept)
    except KeyTrouble:
        return False
    return opens(commitment, _data(reason), salt)


def with_reasons(deps: Deps, work: Work, decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """Decisions with the reasons they were made for; empty where these were erased."""
    held = work.reasons.get([one.id for one in decisions])
    told = {id_: reason_of(deps.keys, kept) for id_, kept in held.items() if kept.wrapped}
    return tuple(replace(one, reason=told.get(one.id, one.reason)) for one in decisions)


def _opened(keys: Keys, kept: KeptReason) -> tuple[str, bytes]:
    body = json.loads(keys.open(Envelope(kept.wrapped, kept.body), kept.id.encode()).decode("utf-8", "surrogatepass"))
    return body["reason"], bytes.fromhex(body["salt"])


def _data(reason: str) -> bytes:
    return reason.encode("utf-8", "surrogatepass")
