"""Objections of those who are named: each is answered, or taken back, within its days; told by when acts were kept, erased or not."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from mingcha.actions.deps import Deps
from mingcha.actions.objection_book import OBJECTIONS
from mingcha.actions.ports.store import Work
from mingcha.model.inspection import Flaw
from mingcha.model.objection import ANSWERED_IN, ENDS, ObjectionActKind
from mingcha.model.words import Words
from mingcha.standards.calendar import local_day

LATE = Words(f"异议未在 {ANSWERED_IN} 日内答复", f"an objection was not answered within {ANSWERED_IN} days")


def check_objections(deps: Deps, work: Work) -> Iterator[Flaw]:
    """Those that were answered late, or wait for longer than they may."""
    lodged: dict[str, datetime] = {}
    ended: dict[str, datetime] = {}
    for act in work.books.all_acts(OBJECTIONS):
        if act.kind == ObjectionActKind.LODGED:
            lodged[act.of] = act.at
        elif act.kind in ENDS:
            ended[act.of] = act.at
    for id_, at in lodged.items():
        if local_day(ended.get(id_, deps.now())) > local_day(at) + timedelta(days=ANSWERED_IN):
            yield Flaw("objection_late", id_, LATE)
