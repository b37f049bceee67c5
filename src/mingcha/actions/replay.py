"""Rebuild a suggestion bit for bit from its sealed inputs, or name what changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from mingcha.actions.assess import conclude
from mingcha.actions.assessments import open_assessment
from mingcha.actions.codec import dumps
from mingcha.actions.deps import Deps
from mingcha.actions.kept import open_record
from mingcha.actions.permit import may
from mingcha.actions.recusal import stand_aside
from mingcha.actions.schemes import schemes
from mingcha.actions.weights import weights_named
from mingcha.errors import NotFound
from mingcha.model.actor import Actor
from mingcha.model.weights import SHIPPED
from mingcha.model.words import Words


@dataclass(frozen=True, slots=True)
class Replayed:
    """Whether the rebuilt bytes equal the sealed ones, and if not, why."""

    same: bool
    digest_sealed: str
    digest_now: str
    changed: tuple[Words, ...]


def replay(deps: Deps, actor: Actor, complaint: str) -> Replayed:
    """Replay the newest assessment of a complaint."""
    may(actor, "replay")
    with deps.store.read() as work:
        stand_aside(deps, work, actor, complaint)
        stored = work.desk.assessments([complaint]).get(complaint)
        if stored is None:
            raise NotFound(what=Words("核查结果", "assessment"), which=complaint)
        inputs, sealed = open_assessment(deps, stored)
        head = work.records.heads("complaints", [complaint]).get(complaint)
        weights = weights_named(work, dict(sealed.schemes).get("weights", SHIPPED.id)) or SHIPPED
    changed = list(_changed(dict(sealed.schemes), dict(schemes(deps, weights))))
    digest = sha256(dumps(inputs)).hexdigest()
    if digest != sealed.dossier_digest:
        changed.append(Words("封存的输入已被改动", "the sealed inputs were altered"))
    if head is not None and head.wrapped and open_record(deps.keys, head).keyed.text != inputs.dossier.complaint.text:
        changed.append(Words("投诉正文此后有新版本", "the complaint's text has a newer version since"))
    rebuilt = sha256(dumps(conclude(deps, inputs, digest, sealed.as_of_seq, weights))).hexdigest()
    if sha256(dumps(sealed)).hexdigest() != stored.digest:
        changed.append(Words("封存的结果已被改动", "the sealed result was altered"))
    if rebuilt != stored.digest and not changed:
        changed.append(
            Words(
                "相同输入与方案得出了不同结果：程序已变", "same inputs and schemes, other result: the program changed"
            )
        )
    return Replayed(rebuilt == stored.digest, stored.digest, rebuilt, tuple(changed))


def _changed(then: dict[str, str], now: dict[str, str]) -> Iterator[Words]:
    """Every dated thing that is another one now, or that was not named then."""
    for what in sorted(then.keys() | now.keys()):
        was, is_ = then.get(what, "—"), now.get(what, "—")
        if was != is_:
            yield Words(f"方案 {what}：当时 {was}，现在 {is_}", f"scheme {what}: {was} then, {is_} now")
