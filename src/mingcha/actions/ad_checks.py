"""What comes back: receipts, answers and looks at an ad's address, by hand or from a table; a row that cannot be is said so."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from mingcha.actions.ad_book import item_of, keep_act
from mingcha.actions.ad_reports import the_report
from mingcha.actions.deps import Deps
from mingcha.actions.permit import may
from mingcha.actions.ports.store import Work
from mingcha.errors import InputError, MingchaError
from mingcha.model.actor import Actor
from mingcha.model.ad_cycle import AdAct, AdBody, Answered, Checked, Likeness, Look, Reappeared, Receipt, Reply, Route
from mingcha.model.letters import Fault
from mingcha.model.linked import TableRow
from mingcha.model.times import credible
from mingcha.model.words import Words

LOOKS = ("ad", "url", "result", "at")
ANSWERS = ("ad", "route", "receipt", "sent_at", "answer", "answered_at", "text")
ZONED = Words("带时区的 ISO 时间", "an ISO time with its zone")


@dataclass(slots=True)
class Imported:
    """How many acts a table gave, and the rows that gave none."""

    kept: int = 0
    faults: list[Fault] = field(default_factory=list)


def check_ad(deps: Deps, actor: Actor, ad: str, look: Checked) -> AdAct:
    """Keep a look at an ad's address; sealed. Gone takes two of them at least 24 hours apart."""
    may(actor, "check_ads")
    with deps.store.write() as work:
        item_of(work, ad)
        return keep_act(deps, work, actor, ad, look)


def enter_receipt(
    deps: Deps, actor: Actor, ad: str, number: str, route: Route | None = None, sent_at: datetime | None = None
) -> AdAct:
    """Say that a report was sent, and hold its receipt; sealed. From now on it is reported."""
    may(actor, "send_ad_reports")
    with deps.store.write() as work:
        report = the_report(deps, work, ad, route)
        return keep_act(deps, work, actor, ad, Receipt(report.route, number, sent_at or deps.now()))


def enter_answer(deps: Deps, actor: Actor, ad: str, answer: Answered) -> AdAct:
    """Keep what came back for a report; sealed."""
    may(actor, "send_ad_reports")
    with deps.store.write() as work:
        item_of(work, ad)
        return keep_act(deps, work, actor, ad, answer)


def recognise(deps: Deps, actor: Actor, old: str, new: str, by: Likeness) -> AdAct:
    """Say that an ad that went came back as another one; sealed."""
    may(actor, "check_ads")
    with deps.store.write() as work:
        item_of(work, old)
        seen = item_of(work, new).first_seen
        return keep_act(deps, work, actor, old, Reappeared(new, by, seen))


def import_looks(deps: Deps, actor: Actor, rows: Iterable[TableRow]) -> Imported:
    """Looks from a table with the columns `ad, url, result, at`, all in one transaction; sealed each."""
    may(actor, "check_ads")
    return _imported(deps, actor, rows, _look)


def import_answers(deps: Deps, actor: Actor, rows: Iterable[TableRow]) -> Imported:
    """Receipts and answers from a table (`ad, route, receipt, sent_at, answer, answered_at, text`), a row may hold both; sealed each."""
    may(actor, "send_ad_reports")
    return _imported(deps, actor, rows, _came_back)


Bodies = Callable[[Deps, Work, str, Mapping[str, str]], Iterable[AdBody]]


def _imported(deps: Deps, actor: Actor, rows: Iterable[TableRow], read: Bodies) -> Imported:
    done = Imported()
    with deps.store.write() as work:
        for row in rows:
            if row.fault is not None:
                done.faults.append(Fault(row.line, row.fault))
                continue
            cells = {name.strip().lower(): cell.strip() for name, cell in row.cells.items()}
            try:
                ad = item_of(work, cells.get("ad", "")).id
                for body in read(deps, work, ad, cells):
                    keep_act(deps, work, actor, ad, body)
                    done.kept += 1
            except MingchaError as error:
                done.faults.append(Fault(row.line, Words(error.say("zh"), error.say("en"))))
    return done


def _look(deps: Deps, work: Work, ad: str, cells: Mapping[str, str]) -> Iterable[AdBody]:  # noqa: ARG001 -- reason: as `_came_back` is called
    look = _one_of(Look, "result", cells.get("result", ""))
    yield Checked(look, _moment(deps, "at", cells.get("at", "")), cells.get("url") or None)


def _came_back(deps: Deps, work: Work, ad: str, cells: Mapping[str, str]) -> Iterable[AdBody]:
    route = _one_of(Route, "route", cells["route"]) if cells.get("route") else the_report(deps, work, ad, None).route
    number, answer = cells.get("receipt", ""), cells.get("answer", "")
    if not number and not answer:
        raise InputError(where="receipt", found="", expected=Words("回执或答复", "a receipt or an answer"))
    if number:
        yield Receipt(route, number, _moment(deps, "sent_at", cells.get("sent_at", "")))
    if answer:
        at = _moment(deps, "answered_at", cells.get("answered_at", ""))
        yield Answered(route, _one_of(Reply, "answer", answer), cells.get("text", ""), at)


Code = TypeVar("Code", Look, Route, Reply)


def _one_of(codes: type[Code], where: str, found: str) -> Code:
    try:
        return codes(found)
    except ValueError:
        listed = ", ".join(codes)
        raise InputError(where=where, found=found, expected=Words(f"{listed} 之一", f"one of {listed}")) from None


def _moment(deps: Deps, where: str, found: str) -> datetime:
    """A time with its zone; now where none is given."""
    return zoned(where, found) if found else deps.now()


def zoned(where: str, found: str) -> datetime:
    """An ISO time with its zone; InputError for anything else."""
    try:
        at = datetime.fromisoformat(found)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None or credible(at) is None:
        raise InputError(where=where, found=found, expected=ZONED)
    return at
