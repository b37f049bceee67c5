"""Recusal: a complaint never reaches whom it names, the line they stand in, or the agency that collected the account.

A line is the person, the direct superior and whoever reports to them: the same that may not be each other's second person (law 5).
Names are those an administrator keeps with an account: full name, staff number, branch, department, agency.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mingcha.actions.deps import Deps
from mingcha.actions.kept import open_record
from mingcha.actions.lots import lots
from mingcha.actions.permit import DECIDES_MERIT, may
from mingcha.actions.ports.store import Work
from mingcha.actions.sealing import ACCESS, seal_act
from mingcha.errors import NotPermitted
from mingcha.model.actor import LOCAL, Actor, Role
from mingcha.model.complaint import Complaint
from mingcha.model.notice import Assignment
from mingcha.model.people import Person
from mingcha.model.words import Words
from mingcha.standards.calendar import local_day
from mingcha.text.named import named_in

HANDLE = Words("办理此件", "handle this complaint")
NAMED = Words(
    "该件指名本人、本人所在条线或本人所属机构，须回避",
    "it names the person, their line or their agency: somebody else handles it",
)


@dataclass(frozen=True, slots=True)
class Recusal:
    """One open complaint and the accounts it is closed to; `nobody` is left who decides merit."""

    complaint: str
    closed_to: tuple[str, ...]
    nobody: bool


def stand_aside(deps: Deps, work: Work, actor: Actor, complaint: str) -> None:
    """Return where the complaint may reach this person; NotPermitted where it names their line."""
    if aside(deps, work, actor, [complaint]):
        raise NotPermitted(actor=actor.name, verb=HANDLE, why=NAMED)


def aside(deps: Deps, work: Work, actor: Actor, complaints: Sequence[str]) -> frozenset[str]:
    """Those of the complaints that never reach this person."""
    names = lines(work.accounts.all()).get(actor.name.removeprefix(LOCAL), frozenset())
    if not names:
        return frozenset()
    told = (line for lot in lots(complaints) for line in _told(deps, work, lot))
    return frozenset(id_ for id_, said, agencies in told if _closed(names, said, agencies))


def recusals(deps: Deps, actor: Actor) -> tuple[Recusal, ...]:
    """Open complaints that are closed to somebody, those open to nobody who decides merit first; never the asker's own. Sealed."""
    may(actor, "see_recusals")
    with deps.store.read() as view:
        people = [one for one in view.accounts.all() if not one.disabled]
        held = {name: names for name, names in lines(people).items() if names}
        open_ = [row.complaint for row in view.desk.all_rows() if row.state in ("open", "needs_repair")] if held else []
        told = [line for lot in lots(open_) for line in _told(deps, view, lot)]
    me, shown = actor.name.removeprefix(LOCAL), []
    for id_, said, agencies in told:
        closed = tuple(sorted(name for name, names in held.items() if _closed(names, said, agencies)))
        if closed and me not in closed:
            shown.append(Recusal(id_, closed, not _deciders(people, closed)))
    shown.sort(key=lambda one: (not one.nobody, one.complaint))
    with deps.store.write() as work:
        seal_act(deps, work, ACCESS, actor, {"act": "see_recusals", "complaints": [one.complaint for one in shown]})
    return tuple(shown)


def lines(people: Iterable[Person]) -> Mapping[str, frozenset[str]]:
    """The names that close a complaint to each account: its own, its superior's, and those of who reports to it."""
    known = {one.name: frozenset(one.known_as) for one in people}
    held = {name: set(names) for name, names in known.items()}
    for one in people:
        if one.reports_to in held:
            held[one.name] |= known[one.reports_to]
            held[one.reports_to] |= known[one.name]
    return {name: frozenset(names) for name, names in held.items()}


def _closed(names: frozenset[str], said: str, agencies: frozenset[str]) -> bool:
    return bool(names & agencies) or named_in(said, names)


def _deciders(people: Iterable[Person], closed: Sequence[str]) -> list[str]:
    return [one.name for one in people if one.name not in closed and {Role(r) for r in one.roles} & DECIDES_MERIT]


def _told(deps: Deps, work: Work, complaints: Sequence[str]) -> list[tuple[str, str, frozenset[str]]]:
    """Of each complaint that was not erased: what it says, and who collected the account in the ninety days before it."""
    heads = work.records.heads("complaints", complaints)
    opened = [(id_, open_record(deps.keys, head)) for id_, head in heads.items() if head.wrapped]
    held = [(id_, kept.clear, kept.keyed) for id_, kept in opened]
    assigned = _assigned(deps, work, [keyed for _, _, keyed in held])
    out = []
    for id_, clear, keyed in held:
        on = local_day(keyed.received_at or heads[id_].recorded_at)
        found = (*assigned.get(keyed.customer_id or "", ()), *assigned.get(keyed.account_id or "", ()))
        agencies = frozenset(one.agency for one in found if one.collecting(on))
        out.append((id_, f"{clear.text or ''}\n{clear.against or ''}", agencies))
    return out


def _assigned(deps: Deps, work: Work, complaints: Sequence[Complaint]) -> dict[str, list[Assignment]]:
    """Assignments by the customer or account they name."""
    by: dict[str, list[Assignment]] = {}
    for column in ("customer_id", "account_id"):
        tokens = sorted({value for one in complaints if (value := getattr(one, column))})
        for stored in work.records.by_token("assignments", column, tokens) if tokens else ():
            one: Assignment = open_record(deps.keys, stored).keyed
            by.setdefault(getattr(one, column), []).append(one)
    return by
