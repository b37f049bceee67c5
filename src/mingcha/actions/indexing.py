"""After a run the incremental index says what the run found: who is a representative, and which text is placed where.

Only what changed is written, a lot a transaction. Whoever came in while the run went on stays where it was placed.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from mingcha.actions.deps import Deps
from mingcha.actions.joining import post_new, repost, repost_all, retire
from mingcha.actions.lots import LOT, lots
from mingcha.actions.ports.store import Work
from mingcha.campaign import join
from mingcha.campaign.families import Families, Family
from mingcha.campaign.gathering import RULE
from mingcha.campaign.kernels.board import Board
from mingcha.campaign.kernels.likeness import FIRM, SURE
from mingcha.campaign.postings import asked, board_of, choose_all
from mingcha.campaign.sketches import passage
from mingcha.model.family import Head

MANY = 20_000  # new heads, from which on reading all that is posted is cheaper than asking head by head; so many a transaction


def index_families(deps: Deps, ids: Collection[str], found: Families, kept: Mapping[str, str]) -> None:
    """Bring the index in step with the families found among `ids`; `kept` gives each family's id by its name."""
    inside = {c: f.representative for f in found.families for c, _ in f.members}
    short = set(found.too_short)
    lone = sorted(id_ for id_ in ids if id_ not in inside and id_ not in short)
    heads = {f.representative for f in found.families} | set(lone)
    with deps.store.read() as view:
        gone = [h for h in view.heads.all_heads() if h.complaint not in heads and (h.complaint in ids)]
    for ended in lots(gone):
        with deps.store.write() as work:
            retire(work, ended)
    largest = sorted(
        found.families, key=lambda f: (-f.texts, f.name)
    )  # posted first: where it is crowded they come first
    for families in lots(largest):
        with deps.store.write() as work:
            _families(work, families, kept)
    for alone in lots(lone):
        with deps.store.write() as work:
            _still_alone(work, alone)
    with deps.store.read() as view:
        new = [complaint for lot in lots(lone) for complaint in _to_be_opened(view, lot)]
        board = board_of(view.heads.all_postings(), len(new)) if len(new) > MANY else None
    for opening in lots(new, LOT if board is None else MANY):
        with deps.store.write() as work:
            _open(work, opening, board)


def _families(work: Work, families: Sequence[Family], kept: Mapping[str, str]) -> None:
    heads = work.heads.heads_of([family.representative for family in families])
    places = work.heads.places([complaint for family in families for complaint, _ in family.members])
    number = work.heads.last_head()
    left: set[int] = set()
    for family in families:
        head = heads.get(family.representative)
        here = [places.get(complaint) for complaint, _ in family.members]
        if head is not None and head.family == kept[family.name] and all(p and p.head == head.number for p in here):
            continue
        number += 1
        left |= {place.head for place in here if place is not None}
        _gather(work, family, kept[family.name], head, number)
    _count_again(work, left)


def _gather(work: Work, family: Family, id_: str, head: Head | None, number: int) -> None:
    """Place a family's texts at its representative, each compared with it, and count them."""
    texts = work.campaigns.sketches_of([complaint for complaint, _ in family.members])
    if family.representative not in texts:  # erased since the run began
        return
    first = passage(texts[family.representative])
    fresh, own = join.opened(head.number if head else number, family.representative, first)
    hashes = asked(first.hashes)
    if head is None or head.family is None:
        head = repost(work, replace(fresh, posted=head.posted if head else b""), hashes, family=True)
    work.heads.put_heads([replace(head, family=id_)])
    rows = [own]
    for complaint, _ in family.members:
        if complaint not in texts or complaint == family.representative:
            continue
        text = passage(texts[complaint])
        if text.digest == own.digest:
            rows.append(replace(own, complaint=complaint))
            continue
        like = join.compare(RULE, join.ready(text), first)
        if like is not None:
            rows.append(join.beside(head.number, complaint, text, like))
    work.heads.put_places(rows)
    _count_again(work, {head.number})


def _still_alone(work: Work, complaints: Sequence[str]) -> None:
    """Heads whose family is gone stand among the lone ones."""
    for head in work.heads.heads_of(complaints).values():
        if head.family is not None:
            _post_alone(work, replace(head, family=None))


def _to_be_opened(work: Work, complaints: Sequence[str]) -> list[str]:
    """Texts in no family that are no heads of themselves yet, nor lean on a head that is no family either."""
    places = work.heads.places(complaints)
    heads = work.heads.heads([place.head for place in places.values()])

    def waits(complaint: str) -> bool:
        place = places.get(complaint)
        head = heads.get(place.head) if place else None
        if place is None or head is None:
            return True
        return head.complaint != complaint and (place.how == 0 or place.how >= join.level(RULE, head))

    return [complaint for complaint in complaints if waits(complaint)]


def _open(work: Work, complaints: Sequence[str], board: Board | None) -> None:
    """Make them heads of themselves, posted as the board says, or as the store does without one."""
    left = {place.head for place in work.heads.places(complaints).values()}
    texts = work.campaigns.sketches_of(complaints)
    rows, opened, passages = [], [], []
    for number, complaint in enumerate(sorted(texts), work.heads.last_head() + 1):
        text = passage(texts[complaint])
        head, place = join.opened(number, complaint, text)
        rows.append(place)
        opened.append(head)
        passages.append(text.hashes)
    work.heads.put_places(rows)
    if board is None:
        repost_all(work, [(head, asked(text)) for head, text in zip(opened, passages, strict=True)], family=False)
    else:
        post_new(work, opened, choose_all(board, passages))
    _count_again(work, left)


def _post_alone(work: Work, head: Head) -> None:
    text = work.campaigns.sketches_of([head.complaint]).get(head.complaint)
    if text is not None:
        repost(work, head, asked(passage(text).hashes), family=False)


def _count_again(work: Work, numbers: Collection[int]) -> None:
    """Heads whose texts changed, counted from the places there are."""
    counted = []
    for number, head in work.heads.heads(sorted(numbers)).items():
        rows = sorted(work.heads.placed(number), key=lambda row: row.digest)
        texts = [next(same) for _, same in groupby(rows, key=lambda row: row.digest)]
        counted.append(
            replace(
                head,
                texts=len(texts),
                firms=sum(row.how >= FIRM for row in texts),
                sures=sum(row.how >= SURE for row in texts),
                copies=sum(row.how == 0 for row in rows),
                least=min((row.held for row in texts), default=head.units),
            )
        )
    work.heads.put_heads(counted)
