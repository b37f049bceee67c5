"""Pairs of rows to persons: what people said comes first, then the surest pairs, and nobody has two numbers or two names.

Groups are derived anew each time from the pairs and the judgements, so taking a judgement back restores what was.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from mingcha.model.person import PersonJudgement, PersonPair, PersonRow, Persons, Verdict
from mingcha.model.words import Words

LONG_AGO = datetime.min.replace(tzinfo=UTC)
SAID = Words("有人判定两者不是同一人", "somebody said they are not the same person")
UNSURE = Words("有人判定拿不准，机器不越过人", "somebody was unsure, and a machine does not overrule that")
TWO_NUMBERS = Words("有两个不同的有效证件号", "two different valid identity numbers")
TWO_NAMES = Words("有两个不同的姓名", "two different names")
FITS_TWO = Words("没有写姓名，与不同姓名的两人都像", "says no name, and is like two of different names")
OF_ITSELF = Words("一行与它自己无从判断", "a row says nothing of itself")
ABSENT = Words("表中没有这一行", "no such row in the table")
REVOKED = Words("后来的判断与此相反，以后者为准", "a later judgement says otherwise, and stands")
CYCLE = Words(
    "与其他判断合在一起自相矛盾：两者之间另有“不是同一人”，未予合并",
    "contradicts other judgements: somebody of one side is not the same as somebody of the other, so they stay apart",
)


def resolve(
    rows: Sequence[PersonRow], pairs: Iterable[PersonPair], judgements: Sequence[PersonJudgement], bits: float
) -> Persons:
    """The persons among rows. Pairs of at least `bits` join, the surest first; of judgements of one pair the last stands."""
    done = Persons()
    groups = _Groups(rows)
    standing = _standing(judgements, groups.root.keys(), done)
    for key, one in standing.items():
        if one.verdict is Verdict.NOT_SAME:
            groups.keep_apart(*key)
    for key, one in standing.items():
        if one.verdict is Verdict.SAME and groups.join(*key, said=True) is not None:
            done.contradictions.append((one, CYCLE))
    alike = sorted((pair for pair in pairs if pair.bits >= bits), key=lambda pair: (-pair.bits, pair.one, pair.other))
    between = _between(rows, alike)
    for pair in alike:
        word = standing.get((pair.one, pair.other))
        if word is not None:
            if word.verdict is not Verdict.SAME:
                done.kept_apart.append((pair.one, pair.other, SAID if word.verdict is Verdict.NOT_SAME else UNSURE))
            continue
        unclear = pair.one in between or pair.other in between
        against = FITS_TWO if unclear else groups.join(pair.one, pair.other)
        if against is not None:
            done.kept_apart.append((pair.one, pair.other, against))
    done.groups = groups.all()
    return done


def _between(rows: Sequence[PersonRow], pairs: Sequence[PersonPair]) -> set[str]:
    """Rows that say neither name nor identity number and are like rows of two names: whichever they joined would be a guess."""
    called = {row.id: row.called for row in rows}
    nobody = {row.id for row in rows if not row.called and not row.identity}
    met: dict[str, set[str]] = {}
    for pair in pairs:
        for one, other in ((pair.one, pair.other), (pair.other, pair.one)):
            name = called[other]
            if one in nobody and name:
                met.setdefault(one, set()).add(name)
    return {row for row, names in met.items() if len(names) > 1}


def _standing(
    judgements: Sequence[PersonJudgement], known: Iterable[str], done: Persons
) -> dict[tuple[str, str], PersonJudgement]:
    """The last word on each pair, oldest first; what cannot stand is told."""
    there = set(known)
    out: dict[tuple[str, str], PersonJudgement] = {}
    for one in sorted(judgements, key=lambda one: one.at or LONG_AGO):
        key = (min(one.one, one.other), max(one.one, one.other))
        if one.one == one.other:
            done.contradictions.append((one, OF_ITSELF))
        elif not there.issuperset(key):
            done.contradictions.append((one, ABSENT))
        else:
            before = out.pop(key, None)
            if before is not None and before.verdict is not one.verdict:
                done.contradictions.append((before, REVOKED))
            out[key] = one
    return out


class _Groups:
    """Disjoint groups that know whom they must not meet: groups named by judgements, and their own identity number."""

    def __init__(self, rows: Sequence[PersonRow]) -> None:
        self.root = {row.id: row.id for row in rows}
        self._members = {row.id: [row.id] for row in rows}
        self._enemies: dict[str, set[str]] = {}
        self._identity = {row.id: {row.identity} if row.identity else set() for row in rows}
        self._called = {row.id: {row.called} if row.called else set() for row in rows}

    def find(self, id_: str) -> str:
        while self.root[id_] != id_:
            self.root[id_] = self.root[self.root[id_]]
            id_ = self.root[id_]
        return id_

    def keep_apart(self, one: str, other: str) -> None:
        """Two rows that are never to be one person."""
        self._enemies.setdefault(one, set()).add(other)
        self._enemies.setdefault(other, set()).add(one)

    def join(self, one: str, other: str, *, said: bool = False) -> Words | None:
        """Make two groups one, or say what stands against it; a person's word outweighs two numbers."""
        a, b = self.find(one), self.find(other)
        if a == b:
            return None
        if any(self.find(enemy) == b for enemy in self._enemies.get(a, ())):
            return SAID
        against = None if said else self._against(a, b)
        if against is not None:
            return against
        if len(self._members[a]) < len(self._members[b]):
            a, b = b, a
        self.root[b] = a
        self._members[a] += self._members.pop(b)
        self._enemies.setdefault(a, set()).update(self._enemies.pop(b, ()))
        self._identity[a] |= self._identity.pop(b)
        self._called[a] |= self._called.pop(b)
        return None

    def _against(self, a: str, b: str) -> Words | None:
        """What two groups state that no one person does."""
        mine, theirs = self._identity[a], self._identity[b]
        if mine and theirs:
            return TWO_NUMBERS if mine.isdisjoint(theirs) else None
        one, other = self._called[a], self._called[b]
        return TWO_NAMES if one and other and one.isdisjoint(other) else None

    def all(self) -> list[tuple[str, ...]]:
        """Every group, its rows sorted, by first row."""
        return sorted(tuple(sorted(rows)) for rows in self._members.values())
