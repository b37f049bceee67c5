"""A new complaint finds its family at once: asked for among the posted heads, compared exactly, placed, and counted.

What it joins is decided by the likeness and the floor of the batch (`campaign.join`); only who is compared is found by a
sample. The next run decides again over everything.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice

from mingcha.actions.ports.store import Work
from mingcha.campaign import join
from mingcha.campaign.gathering import RULE
from mingcha.campaign.kernels.likeness import MILLION
from mingcha.campaign.postings import (
    Signed,
    as_hashes,
    as_raw,
    asked,
    asked_at_once,
    by_hash,
    choose,
    post,
    votes,
    withdraw,
)
from mingcha.campaign.reconcile import fresh
from mingcha.campaign.sketches import Passage, digest_of, passage
from mingcha.model.family import Head, Place, Posting
from mingcha.model.stored import Membership, Sketch

COMPARED = 12  # families, and as many lone heads, a text is compared with: those it shares most posted hashes with
TOGETHER = 20_000  # postings written at a time


class Outcome(StrEnum):
    """What became of a new text."""

    JOINED = "joined"
    ALONE = "alone"
    LEANING = "leaning"  # like a head, but not so surely that the two are a family yet
    TOO_SHORT = "too_short"
    KNOWN = "known"  # has its place already


@dataclass(frozen=True, slots=True)
class Joined:
    """One text's outcome; `similarity` (millionths) is to the head, `passed_over` the heads met and not compared."""

    complaint: str
    outcome: Outcome
    family: str | None = None
    similarity: int = 0
    passed_over: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """Where a text would stand."""

    head: Head | None
    likeness: join.Likeness | None
    common: int  # units of the head any two then hold between them, at least
    passed_over: int


def assign(work: Work, sketches: Sequence[Sketch]) -> list[Joined]:
    """Place new complaints one by one, in the order given."""
    return [_assign(work, one.complaint, passage(one)) for one in sketches]


def find(work: Work, text: Passage, there: Sequence[Posting]) -> Found:
    """The head a text may stand at, of those posted `there` under its hashes: the one it is surest and most alike to, whose
    other members share enough with it."""
    families, lone = votes(there)
    numbers = [*families[:COMPARED], *lone[:COMPARED]]
    heads = work.heads.with_texts(numbers)
    passed = len(families) + len(lone) - len(numbers)
    alike, mine = [], join.ready(text)
    for turn, number in enumerate(numbers):
        if number not in heads:
            continue
        head, sketch = heads[number]
        likeness = join.compare(RULE, mine, passage(sketch))
        if likeness is not None:
            alike.append((likeness.worth(head), -turn, head, likeness))
    for _, _, head, likeness in sorted(alike, key=lambda one: one[:2], reverse=True):
        common = _common(work, head, likeness)
        if common is not None:
            return Found(head, likeness, common, passed)
    return Found(None, None, 0, passed)


def _common(work: Work, head: Head, likeness: join.Likeness) -> int | None:
    """Units of the head that the text holds between it and any other there, at least; None when below the floor."""
    below = join.in_doubt(RULE, head, likeness.held)
    if below is None:
        return head.least + likeness.held - head.units
    least = join.least_common(work.heads.placed(head.number, below), likeness.bits)
    sure = join.needed(RULE, head)  # whoever was not asked holds so many that this is left
    common = sure if least is None else min(least, sure)
    return common if common >= sure else None


def _assign(work: Work, complaint: str, text: Passage) -> Joined:
    digest, hashes = text.digest, asked_at_once(asked(text.hashes))
    met = work.heads.meet(complaint, digest, hashes)
    if met.place is not None:
        if met.place.digest == digest:
            return Joined(complaint, Outcome.KNOWN)
        forget(work, [complaint])  # its text was amended
        work.campaigns.drop_memberships([complaint])
        met = work.heads.meet(complaint, digest, hashes)
    if len(text.hashes) < RULE.shortest:
        return Joined(complaint, Outcome.TOO_SHORT)
    if met.twin is not None:
        return _beside(work, complaint, text, met.twin)
    found = find(work, text, met.postings)
    if found.head is None or found.likeness is None:
        head, place = join.opened(met.last_head + 1, complaint, text)
        _post(work, [(head, hashes)], met.postings, family=False)
        work.heads.put_places([place])
        return Joined(complaint, Outcome.ALONE, passed_over=found.passed_over)
    like = found.likeness
    place = join.beside(found.head.number, complaint, text, like)
    head = join.taken_up(found.head, like.how, like.held)
    work.heads.put_places([place])
    family = _settle(work, found.head, head, place, found.common * MILLION // head.units)
    outcome = Outcome.JOINED if family else Outcome.LEANING
    return Joined(complaint, outcome, family, like.similarity, found.passed_over)


def _beside(work: Work, complaint: str, text: Passage, twin: Place) -> Joined:
    """Place a copy of a text the house holds; with a copy a text that leaned on others stands by itself."""
    head = work.heads.heads([twin.head])[twin.head]
    mine = replace(twin, complaint=complaint)
    if 0 < twin.how < join.level(RULE, head):
        work.heads.put_heads([join.let_go(head, twin.how)])
        head, place = join.opened(work.heads.last_head() + 1, twin.complaint, text)
        work.heads.put_heads([head])
        work.heads.put_places([place])
        mine = replace(place, complaint=complaint)
    after = replace(head, copies=head.copies + 1) if mine.how == 0 else head
    work.heads.put_places([mine])
    theirs = work.campaigns.memberships([twin.complaint]).get(twin.complaint)
    if theirs is not None:  # wherever a person put the other copy
        work.heads.put_heads([after])
        work.campaigns.put_memberships([replace(theirs, complaint=complaint, representative=False)])
        return Joined(complaint, Outcome.JOINED, theirs.family, mine.similarity)
    family = _settle(work, head, after, mine, MILLION)
    return Joined(complaint, Outcome.JOINED if family else Outcome.LEANING, family, mine.similarity)


def _settle(work: Work, before: Head, after: Head, place: Place, common: int) -> str | None:
    """Keep a head that changed by one place, and the memberships that follow; the family the place is in, if any."""
    if not join.stands(RULE, after):
        work.heads.put_heads([after])
        return None
    if after.family is None:
        after = _born(work, after)
    else:
        work.heads.put_heads([after])
    family = after.family
    assert family is not None
    opening = join.level(RULE, before) != join.level(RULE, after) or before.family is None
    inside = join.members(RULE, after, work.heads.placed(after.number) if opening else [place])
    kept, least = work.campaigns.standing([one.complaint for one in inside], family)
    rows = [_membership(one, after) for one in inside if one.complaint not in kept]
    work.campaigns.put_memberships(rows)
    if least is None or common < least:
        work.campaigns.put_similarity(family, common)
    return family if place.complaint in {one.complaint for one in inside} else None


def _born(work: Work, head: Head) -> Head:
    """A family where there was a head alone: it gets an id, and is posted among families."""
    sketch = work.campaigns.sketches_of([head.complaint])[head.complaint]
    name = digest_of(sketch.hashes)
    taken: set[str] = set()
    while (id_ := fresh(name, taken)) in work.campaigns.similarity_min([id_]):
        taken.add(id_)
    return repost(work, replace(head, family=id_), asked(passage(sketch).hashes), family=True)


def _membership(place: Place, head: Head) -> Membership:
    assert head.family is not None
    return Membership(
        complaint=place.complaint,
        family=head.family,
        representative=place.complaint == head.complaint,
        similarity=place.similarity,
    )


def repost(work: Work, head: Head, hashes: Sequence[int], *, family: bool) -> Head:
    """Keep a head, posted under hashes of its text (`asked`) chosen anew."""
    (kept,) = repost_all(work, [(head, hashes)], family=family)
    return kept


def repost_all(work: Work, heads: Sequence[tuple[Head, Sequence[int]]], *, family: bool) -> list[Head]:
    """The same for many, one after another as it were."""
    asked_for = [one for head, hashes in heads for one in (*hashes, *as_hashes(head.posted))]
    return _post(work, heads, work.heads.postings(asked_for), family=family)


def _post(
    work: Work, heads: Sequence[tuple[Head, Sequence[int]]], held: Sequence[Posting], *, family: bool
) -> list[Head]:
    there = {row.hash: row for row in held}
    changed: set[int] = set()
    kept = []
    for head, hashes in heads:
        before = as_hashes(head.posted)
        withdraw(there, before, head.number)
        chosen = choose(hashes, there, family=family)
        post(there, chosen, head.number, family=family)
        changed.update(before, chosen)
        kept.append(replace(head, posted=as_raw(chosen)))
    work.heads.put_postings([there[one] for one in sorted(changed) if one in there])
    work.heads.put_heads(kept)
    return kept


def post_new(work: Work, heads: Sequence[Head], chosen: Sequence[Signed]) -> None:
    """Keep new lone heads of rising numbers, posted under the hashes chosen for each."""
    work.heads.put_heads([replace(head, posted=as_raw(mine)) for head, mine in zip(heads, chosen, strict=True)])
    added = by_hash(chosen, [head.number for head in heads])
    while lot := dict(islice(added, TOGETHER)):
        there = {row.hash: row for row in work.heads.postings(list(lot))}
        rows = [(there.get(one, Posting(hash=one, families=b"", lone=b"")), more) for one, more in lot.items()]
        work.heads.put_postings([replace(row, lone=row.lone + more) for row, more in rows])


def forget(work: Work, complaints: Sequence[str]) -> None:
    """Take complaints out of the index. A head with a copy hands over to it; else the texts at it wait for the next run."""
    for complaint, place in work.heads.places(complaints).items():
        work.heads.drop_places([complaint])
        head = work.heads.heads([place.head]).get(place.head)
        if head is None:
            continue
        heir = work.heads.twin(place.digest)
        if head.complaint == complaint and heir is None:
            retire(work, [head])
        elif place.how == 0 and heir is not None:
            owner = heir.complaint if head.complaint == complaint else head.complaint
            work.heads.put_heads([replace(head, complaint=owner, copies=head.copies - 1)])
        elif heir is None:
            work.heads.put_heads([join.let_go(head, place.how)])


def retire(work: Work, heads: Sequence[Head]) -> None:
    """Heads that are none any more: nobody finds them, and nobody is placed at them."""
    there = {row.hash: row for row in work.heads.postings([one for head in heads for one in as_hashes(head.posted)])}
    for head in heads:
        withdraw(there, as_hashes(head.posted), head.number)
        work.heads.drop_places([one.complaint for one in work.heads.placed(head.number)])
    work.heads.put_postings(list(there.values()))
    work.heads.drop_heads([head.number for head in heads])
