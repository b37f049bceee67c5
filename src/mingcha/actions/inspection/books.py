"""Acts of every book held against what was sealed: none is gone, smuggled in, moved or altered; what was erased was erased by an act."""

from collections.abc import Iterator

from mingcha.actions.book import BOOKS, act_fits
from mingcha.actions.deps import Deps
from mingcha.actions.handling_book import DESK, handlings
from mingcha.actions.inspection.ads import UNREADABLE
from mingcha.actions.inspection.desk import Desk
from mingcha.actions.inspection.sealed import Sealed
from mingcha.actions.ports.store import Work
from mingcha.model.inspection import Flaw
from mingcha.model.stored import BookAct
from mingcha.model.words import Words

ALTERED = Words("操作与封存不符", "an act is not what was sealed")


def check_books(deps: Deps, work: Work, sealed: Sealed) -> Iterator[Flaw]:
    """Every act of every book, in the order they were kept."""
    told = {
        str(act["book_act"]): (str(act["act"]), str(act["of"]), str(act["by"]), str(act["commitment"]))
        for _, act in sealed.decisions
        if "book_act" in act
    }
    erased = {str(one) for _, act in sealed.acts("erase") for one in act.get("book_acts", ())}
    seen: set[str] = set()
    for book in BOOKS:
        for one in work.books.all_acts(book):
            seen.add(one.id)
            act = told.get(one.id)
            named = (f"{one.book}_{one.kind}", one.of, one.by)
            if act is None or act[:3] != named or not _holds(deps, one, act[3], erased=one.id in erased):
                yield Flaw("book_act_changed", one.of, ALTERED)
    for id_ in sorted(told.keys() - seen):
        yield Flaw("book_act_changed", told[id_][1], ALTERED)


def check_holders(deps: Deps, work: Work, desk: Desk) -> Iterator[Flaw]:
    """Who has a complaint by the queue, against the acts that gave it to somebody; acts that cannot be read are named elsewhere."""
    given = {one.of for one in work.books.all_acts(DESK)} | {id_ for id_, row in desk.rows.items() if row.assigned_to}
    for id_ in sorted(given & desk.rows.keys()):
        try:
            holder = handlings(deps, work, [id_])[id_].holder
        except UNREADABLE:
            continue
        if desk.rows[id_].assigned_to != holder:
            yield Flaw("assigned_changed", id_, Words("经办人与封存记录不符", "who has it is not what was sealed"))


def _holds(deps: Deps, kept: BookAct, commitment: str, *, erased: bool) -> bool:
    if not kept.wrapped:
        return erased
    try:
        return act_fits(deps, kept, commitment)
    except UNREADABLE:
        return False
