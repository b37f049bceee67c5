"""Rows of any table to the persons they speak of, without a workspace: what it says carries no evidence value.

Suspicion never enters: names, telephones, identity numbers and addresses are compared, and what people judged before.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mingcha.actions.linking import COLUMNS as LINKED
from mingcha.actions.ports.linkage import Linkage
from mingcha.actions.tables import columns_found, named_rows
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
    judgements = list(_judgements(judged, done))
    compared = [person_row(row.cells[id_], _said(row, done.found)) for row in read]
    done.rows = len(compared)
    done.pairs = sorted(linkage.pairs(compared, PERHAPS), key=lambda pair: (-pair.bits, pair.one, pair.other))
    done.persons = resolve(compared, done.pairs, judgements, ONE)
    return done


def _said(row: TableRow, found: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """What a row says of each thing: the first of its columns that says something."""
    return {what: next(filter(None, (row.cells.get(c, "").strip() for c in found[what])), "") for what in found}


def _judgements(rows: Iterable[TableRow], done: Resolved) -> Iterable[PersonJudgement]:
    verdicts = {verdict.value: verdict for verdict in Verdict}
    for row in rows:
        said = _said(row, columns_found([row], {}, JUDGED)) if row.fault is None else {}
        why = row.fault
        if why is None and not (said.get("a") and said.get("b")):
            why = Words("要有 a、b 两列，各是一行的编号", "columns a and b name a row each")
        if why is None and said.get("verdict") not in verdicts:
            told = ", ".join(verdicts)
            why = Words(f"verdict 应为 {told} 之一", f"verdict is one of {told}")
        if why is not None:
            done.faults.setdefault(row.file, []).append(Fault(row.line, why))
            continue
        yield PersonJudgement(
            said["a"],
            said["b"],
            verdicts[said["verdict"]],
            said.get("by", ""),
            said.get("at", ""),
            said.get("why", ""),
        )
