"""People join and part families, each with a reason, sealed, and undone as exactly as it was done.

What is said holds at once and after every later run (`campaign.judged`). It weighs nothing: whoever is in a family by a
person's word alone has similarity 0 there, and no tie follows.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from mingcha.actions.codec import dumps
from mingcha.actions.deps import Deps
from mingcha.actions.family_words import judgements
from mingcha.actions.increment import AT_ONCE, update
from mingcha.actions.permit import may
from mingcha.actions.ports.store import Work
from mingcha.actions.reasons import keep_reason, reasoned
from mingcha.actions.sealing import DECISIONS, seal_act
from mingcha.campaign.judged import in_force
from mingcha.errors import NotFound, OutOfOrder
from mingcha.model.actor import Actor
from mingcha.model.family import FamilyJudgement, Judged
from mingcha.model.stored import Membership
from mingcha.model.words import Words

FAMILY, COMPLAINT = Words("家族", "family"), Words("该家族的投诉", "complaint of that family")
JUDGING = Words("判断家族", "judge families")


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """A family in the list: how many complaints, and the least share any two of them hold (millionths)."""

    id: str
    members: int
    least: int


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo brought back: members in their places of before, and those a later run or word had moved on since."""

    restored: int
    moved_on: int


def listed(deps: Deps, actor: Actor) -> tuple[tuple[FamilyRow, ...], tuple[FamilyJudgement, ...]]:
    """All families, the largest first, and the judgements in force."""
    may(actor, "see_families")
    with deps.store.read() as work:
        families = work.campaigns.families()
        least = work.campaigns.similarity_min(list(families))
        rows = [FamilyRow(id_, len(members), least.get(id_, 0)) for id_, members in families.items()]
        return tuple(sorted(rows, key=lambda row: (-row.members, row.id))), tuple(in_force(judgements(work)))


def join(deps: Deps, actor: Actor, into: str, other: str, reason: str) -> FamilyJudgement:
    """Two families are one; `into` keeps its id."""
    may(actor, "judge_families")
    reasoned(reason, JUDGING)
    with deps.store.write() as work:
        kept, gone = _members(work, into), _members(work, other)
        if into == other:
            raise OutOfOrder(what=Words("合并", "join"), why=Words("是同一个家族", "they are one family"))
        said = _said(deps, actor, Judged.TOGETHER, (_head(gone),), _head(kept))
        said = replace(said, before=(*kept, *gone), least_before=_least(work, [into, other]))
        work.campaigns.put_memberships([replace(m, family=into, representative=False, similarity=0) for m in gone])
        work.campaigns.put_similarity(into, 0)
        return _keep(deps, work, actor, said, reason, [m.complaint for m in said.before])


def part(deps: Deps, actor: Actor, family: str, complaints: Sequence[str], reason: str) -> FamilyJudgement:
    """Complaints leave a family, together among themselves."""
    may(actor, "judge_families")
    reasoned(reason, JUDGING)
    with deps.store.write() as work:
        held = _members(work, family)
        inside = {m.complaint for m in held}
        for complaint in complaints:
            if complaint not in inside:
                raise NotFound(what=COMPLAINT, which=complaint)
        gone = [m for m in held if m.complaint in set(complaints)]
        left = [m for m in held if m.complaint not in set(complaints)]
        if not gone or not left:
            raise OutOfOrder(
                what=Words("拆分", "part"), why=Words("至少一件离开、一件留下", "at least one leaves and one stays")
            )
        said = _said(deps, actor, Judged.APART, tuple(m.complaint for m in gone), _head(left))
        said = replace(said, before=tuple(held), least_before=_least(work, [family]))
        work.campaigns.drop_memberships([m.complaint for m in held])
        work.campaigns.put_memberships([*_again(left, family), *_again(gone, said.id)])
        for id_, rest in ((family, left), (said.id, gone)):
            if len(rest) > 1:
                work.campaigns.put_similarity(id_, 0)
        return _keep(deps, work, actor, said, reason, [m.complaint for m in held])


def undo(deps: Deps, actor: Actor, id_: str, reason: str) -> Undone:
    """Take a judgement back. Who is still where it put them returns to where they were; later runs no longer follow it."""
    may(actor, "judge_families")
    reasoned(reason, JUDGING)
    with deps.store.write() as work:
        target = next((one for one in in_force(judgements(work)) if one.id == id_), None)
        if target is None:
            raise NotFound(what=Words("仍然有效的判断", "judgement that stands"), which=id_)
        now = work.campaigns.memberships([m.complaint for m in target.before])
        put = {m.complaint: m for m in _after(target)}
        back = [m for m in target.before if now.get(m.complaint) == put.get(m.complaint)]
        work.campaigns.drop_memberships([m.complaint for m in back])
        work.campaigns.put_memberships(back)
        if len(back) == len(target.before):
            for family, least in target.least_before:
                work.campaigns.put_similarity(family, least)
        said = replace(_said(deps, actor, Judged.UNDONE, target.complaints, target.anchor), undoes=target.id)
        _keep(deps, work, actor, said, reason, [m.complaint for m in back])
        return Undone(len(back), len(target.before) - len(back))


def _after(said: FamilyJudgement) -> list[Membership]:
    """The rows a judgement left behind it, from those before it."""
    if said.kind is Judged.TOGETHER:
        into = next(m.family for m in said.before if m.complaint == said.anchor)
        return [
            m if m.family == into else replace(m, family=into, representative=False, similarity=0) for m in said.before
        ]
    gone = [m for m in said.before if m.complaint in said.complaints]
    left = [m for m in said.before if m.complaint not in said.complaints]
    return [*_again(left, left[0].family), *_again(gone, said.id)]


def _again(members: Sequence[Membership], family: str) -> list[Membership]:
    """What is left of a family; one alone is none, and without its representative nobody was measured against the new one."""
    if len(members) < 2:
        return []
    if any(m.representative for m in members):
        return [replace(m, family=family) for m in members]
    first = _head(members)
    return [replace(m, family=family, representative=m.complaint == first, similarity=0) for m in members]


def _head(members: Sequence[Membership]) -> str:
    return max(members, key=lambda m: (m.representative, m.similarity, m.complaint)).complaint


def _members(work: Work, family: str) -> list[Membership]:
    held = list(work.campaigns.members(family))
    if not held:
        raise NotFound(what=FAMILY, which=family)
    return held


def _least(work: Work, families: Sequence[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(work.campaigns.similarity_min(families).items()))


def _said(deps: Deps, actor: Actor, kind: Judged, complaints: tuple[str, ...], anchor: str) -> FamilyJudgement:
    return FamilyJudgement(
        id=deps.new_id(), kind=kind, complaints=tuple(sorted(complaints)), anchor=anchor, by=actor.name, at=deps.now()
    )


def _keep(
    deps: Deps, work: Work, actor: Actor, said: FamilyJudgement, reason: str, moved: Collection[str]
) -> FamilyJudgement:
    """Keep and seal what was said, and relate whoever was moved anew."""
    work.campaigns.add_judgement(said.id, dumps(said))
    act = {
        "act": "judge_families",
        "judgement": said.id,
        "kind": said.kind.value,
        "complaints": list(said.complaints),
        "anchor": said.anchor,
        "undoes": said.undoes or "",
        **keep_reason(deps, work, said.id, reason, said.anchor),
    }
    seal_act(deps, work, DECISIONS, actor, act)
    if len(moved) <= AT_ONCE:  # of more the next run relates them
        update(deps, work, actor, moved)
    return said
