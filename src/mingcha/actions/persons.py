"""Rows of any table to the persons they speak of, without a workspace: what it says carries no evidence value.

Suspicion never enters: names, telephones, identity numbers and addresses are compared, and what people judged before.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mingcha.actions.linking import COLUMNS as LINKED
from mingcha.actions.ports.linkage import Linkage
from mingcha.actions.tables import columns_found, moment, named_rows
from mingcha.errors import InputError
from mingcha.model.letters import Fault
from mingcha.model.linked import TableRow
from mingcha.model.person import PersonJudgement, PersonPair, Persons, Verdict
from mingcha.model.words import Words
from mingcha.network.persons import person_row
from mingcha.network.resolving import resolve

COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("name", "filer_name", "customer_name", "姓名", "名字", "客户姓名", "投诉人"),
    "phone": LINKED["phone"],
    "id_number": ("id_number", "id_card", "identity", "证件号", "身份证号", "身份证"),
    "address": (*LINKED["address"], "住址", "联系地址"),
}
JUDGED: dict[str, tuple[str, ...]] = {
    "a": ("a", "one"),
    "b": ("b", "other"),
    "verdict": ("verdict", "判断"),
    "by": ("by", "判断人"),
    "at": ("at", "time", "时间"),
    "why": ("why", "reason", "理由"),
}
ONE = 2.0  # bits from which two rows are one person: a probability of 0.8 (log2 of 0.8 / 0.2)
PERHAPS = 0.0  # bits from which a pair is told of: as likely as not


@dataclass(slots=True)
class Resolved:
    """Persons among rows, the pairs they were made from, the columns read, and what was not read."""

    persons: Persons = field(default_factory=Persons)
    pairs: list[PersonPair] = field(default_factory=list)
    rows: int = 0
    found: dict[str, tuple[str, ...]] = field(default_factory=dict)
    faults: dict[str, list[Fault]] = field(default_factory=dict)


def resolve_persons(
    rows: Iterable[TableRow],
    linkage: Linkage,
    judged: Iterable[TableRow] = (),
    id_: str = "id",
    columns: Mapping[str, str] | None = None,
) -> Resolved:
    """Who is who. `judged` are rows of `a, b, verdict` (same, not_same, unsure), perhaps `by, at, why`.

    InputError where a column named is not there, or none that says who somebody is.
    """
    done = Resolved()
    read = list(named_rows(rows, id_, done.faults))
    done.found = columns_found(read, dict(columns or {}), COLUMNS)
    if read and not done.found:
        listed = ", ".join(dict.fromkeys(name for row in read for name in row.cells))
        told = Words("姓名、电话、证件号或地址列", "a column of names, telephones, identity numbers or addresses")
        raise InputError(where="columns", found=listed, expected=told)
    judgements = list(_judgements(list(judged), done))
    compared = [person_row(row.cells[id_], _said(row, done.found)) for row in read]
    done.rows = len(compared)
    done.pairs = sorted(linkage.pairs(compared, PERHAPS), key=lambda pair: (-pair.bits, pair.one, pair.other))
    done.persons = resolve(compared, done.pairs, judgements, ONE)
    return done


def _said(row: TableRow, found: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """What a row says of each thing: the first of its columns that says something."""
    return {what: next(filter(None, (row.cells.get(c, "").strip() for c in found[what])), "") for what in found}


def _judgements(rows: Sequence[TableRow], done: Resolved) -> Iterator[PersonJudgement]:
    found = columns_found(rows, {}, JUDGED)
    for row in rows:
        said = dict.fromkeys(JUDGED, "") | _said(row, found)
        why = row.fault or _unfit(said)
        if why is not None:
            done.faults.setdefault(row.file, []).append(Fault(row.line, why))
            continue
        yield PersonJudgement(
            said["a"], said["b"], Verdict(said["verdict"]), said["by"], moment(said["at"]), said["why"]
        )


def _unfit(said: Mapping[str, str]) -> Words | None:
    """What is wrong with a row of judgements."""
    if not (said["a"] and said["b"]):
        return Words("要有 a、b 两列，各是一行的编号", "columns a and b name a row each")
    if said["verdict"] not in [*Verdict]:
        told = ", ".join(Verdict)
        return Words(f"verdict 应为 {told} 之一", f"verdict is one of {told}")
    if said["at"] and moment(said["at"]) is None:
        return Words(
            f"时间“{said['at']}”应为 2026-11-28 或 2026-11-28T09:30 的形式",
            f"the time {said['at']!r} is not like 2026-11-28 or 2026-11-28T09:30",
        )
    return None
