"""What people said of families stands over what likeness says: joined and parted again after every run, oldest word first.

A member who is with others by a person's word alone has similarity 0: it is shown, and weighs nothing. A family joined or
parted by a person promises no least share in common (0).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from mingcha.campaign.families import Family
from mingcha.model.family import FamilyJudgement, Judged


@dataclass(frozen=True, slots=True)
class Applied:
    """The families after people's words, and the words (ids) that could not be followed: their complaints are gone."""

    families: tuple[Family, ...]
    unmet: tuple[str, ...]


def in_force(judgements: Sequence[FamilyJudgement]) -> list[FamilyJudgement]:
    """Judgements that were not taken back, oldest first; an undoing cannot itself be undone, the word is given again."""
    undone = {one.undoes for one in judgements}
    return [one for one in judgements if one.kind is not Judged.UNDONE and one.id not in undone]


def apply(families: Iterable[Family], judgements: Sequence[FamilyJudgement], known: Iterable[str]) -> Applied:
    """Join and part families by the judgements in force, of which a later one stands over an earlier; `known` are all complaints."""
    groups = {family.name: family for family in families}
    home = {complaint: family.name for family in groups.values() for complaint, _ in family.members}
    here = set(known)
    unmet = []
    for one in in_force(judgements):
        named = [complaint for complaint in one.complaints if complaint in here]
        if one.anchor not in here or not named:
            unmet.append(one.id)
        elif one.kind is Judged.APART:
            _part(
                groups, home, one, [c for c in named if home.get(c) is not None and home.get(c) == home.get(one.anchor)]
            )
        else:
            _join(groups, home, one, named)
    return Applied(tuple(groups[name] for name in sorted(groups)), tuple(unmet))


def _part(groups: dict[str, Family], home: dict[str, str], one: FamilyJudgement, gone: list[str]) -> None:
    if not gone:
        return
    source = groups.pop(home[one.anchor])
    left = [(c, s) for c, s in source.members if c not in gone]
    _put(groups, home, _parted(source, source.name, left))
    _put(groups, home, _parted(source, one.id, [(c, 0) for c in sorted(gone)]))


def _parted(source: Family, name: str, members: list[tuple[str, int]]) -> Family:
    """A part of a family; where its representative is gone nobody was measured against the one it has now."""
    if source.representative in dict(members):
        return replace(source, name=name, members=tuple(members), common=0)
    first = max(members, key=lambda one: (one[1], one[0]), default=("", 0))[0]
    return replace(source, name=name, representative=first, members=tuple((c, 0) for c, _ in members), common=0)


def _join(groups: dict[str, Family], home: dict[str, str], one: FamilyJudgement, named: list[str]) -> None:
    into = groups.get(home.get(one.anchor, ""))
    if into is None:
        into = Family(one.id, one.anchor, ((one.anchor, 0),), 1, 0)
    members = dict(into.members)
    texts = into.texts
    for complaint in named:
        if complaint in members:
            continue
        other = groups.pop(home.get(complaint, ""), None)
        members |= dict.fromkeys((c for c, _ in other.members) if other else (complaint,), 0)
        texts += other.texts if other else 1
    if len(members) > len(into.members):
        _put(groups, home, replace(into, members=tuple(sorted(members.items())), texts=texts, common=0))


def _put(groups: dict[str, Family], home: dict[str, str], family: Family) -> None:
    groups.pop(family.name, None)
    if len(family.members) > 1:
        groups[family.name] = family
    for complaint, _ in family.members:
        home[complaint] = family.name
    if len(family.members) == 1:
        home.pop(family.members[0][0])
