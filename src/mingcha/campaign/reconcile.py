"""Keeps the ids of families stable when data grow: each new family inherits the id it overlaps most, or is born."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What became of each family. `ids` maps every new family's name to the id it is kept by.

    Kept ids with new members grew, with lost members shrank (both may hold); an old id that ended inside a kept family
    merged into it; a new id that came out of an old family split from it; the rest are born or died.
    """

    ids: dict[str, str]
    born: tuple[str, ...]
    grew: tuple[str, ...]
    shrank: tuple[str, ...]
    merged: tuple[tuple[str, str], ...]  # (old id that ended, id it went into)
    split: tuple[tuple[str, str], ...]  # (new id, old id it came out of)
    died: tuple[str, ...]


Groups = Mapping[str, Collection[str]]


def reconcile(old: Groups, new: Groups) -> Reconciled:
    """Match families by largest overlap of members; ties by old id, then new name. Members are complaint ids.

    Inside one side no complaint stands twice. An id that ended is never given to another family.
    """
    overlaps = _overlaps(old, new)
    kept: dict[str, str] = {}
    heirs: set[str] = set()
    for _, old_id, name in overlaps:
        if name not in kept and old_id not in heirs:
            kept[name] = old_id
            heirs.add(old_id)
    ids = dict(kept)
    taken = set(old)
    for name in sorted(set(new) - set(kept)):
        ids[name] = fresh(name, taken)
        taken.add(ids[name])
    went: dict[str, str] = {}
    came: dict[str, str] = {}
    for _, old_id, name in overlaps:
        went.setdefault(old_id, ids[name])
        came.setdefault(name, old_id)
    return Reconciled(
        ids=ids,
        born=tuple(sorted(ids[name] for name in new if name not in came)),
        grew=tuple(sorted(ids[name] for name in kept if set(new[name]) - set(old[kept[name]]))),
        shrank=tuple(sorted(ids[name] for name in kept if set(old[kept[name]]) - set(new[name]))),
        merged=tuple(sorted((old_id, target) for old_id, target in went.items() if old_id not in heirs)),
        split=tuple(sorted((ids[name], source) for name, source in came.items() if name not in kept)),
        died=tuple(sorted(set(old) - set(went))),
    )


def _overlaps(old: Groups, new: Groups) -> list[tuple[int, str, str]]:
    """(minus the overlap, old id, new name), largest overlap first."""
    home = {member: old_id for old_id, members in old.items() for member in members}
    counts: dict[tuple[str, str], int] = {}
    for name, members in new.items():
        for member in members:
            if member in home:
                pair = (home[member], name)
                counts[pair] = counts.get(pair, 0) + 1
    return sorted((-count, old_id, name) for (old_id, name), count in counts.items())


def fresh(name: str, taken: Collection[str]) -> str:
    """The name itself, or the first `name.2`, `name.3` … that no family has or had."""
    if name not in taken:
        return name
    number = 2
    while f"{name}.{number}" in taken:
        number += 1
    return f"{name}.{number}"
