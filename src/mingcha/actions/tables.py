"""Rows of any table: those with an id of their own, and the columns things were read from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from mingcha.errors import InputError
from mingcha.model.letters import Fault
from mingcha.model.linked import TableRow
from mingcha.model.words import Words


def named_rows(rows: Iterable[TableRow], id_: str, faults: dict[str, list[Fault]]) -> Iterator[TableRow]:
    """Rows with an id of their own; the others are faults of their file."""
    seen: dict[str, str] = {}
    for row in rows:
        name, why = row.cells.get(id_, ""), row.fault
        if why is None and not name:
            why = Words(f"“{id_}”列没有编号", f"no id in column {id_!r}")
        if why is None and name in seen:
            why = Words(f"编号 {name} 已在 {seen[name]}", f"the id {name} stands at {seen[name]} already")
        if why is not None:
            faults.setdefault(row.file, []).append(Fault(row.line, why))
            continue
        seen[name] = f"{row.file}:{row.line}"
        yield row


def columns_found(
    rows: Sequence[TableRow], given: Mapping[str, str], usual: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """The columns each thing is read from: those `given`, else those that go by a `usual` heading.

    InputError for a thing nobody looks for, or a column that is not there.
    """
    headings = list(dict.fromkeys(name for row in rows for name in row.cells))
    for name in sorted(given.keys() - usual.keys()):
        raise InputError(
            where="column", found=name, expected=Words(f"{'、'.join(usual)} 之一", f"one of {', '.join(usual)}")
        )
    for name, heading in given.items() if rows else ():
        if heading not in headings:
            listed = ", ".join(headings)
            raise InputError(
                where=name,
                found=heading,
                expected=Words(f"文件里有的列（{listed}）", f"a column that is in the file ({listed})"),
            )
    found = {name: tuple(one for one in headings if one.strip().lower() in usual[name]) for name in usual}
    return {name: held for name, held in ({**found, **{n: (h,) for n, h in given.items()}}).items() if held}


def moment(cell: str) -> datetime | None:
    """ISO 8601, or seconds or milliseconds since 1970; a time without a zone is taken as UTC. None for anything else."""
    try:
        if cell.isdigit():
            number = int(cell)
            return datetime.fromtimestamp(number / 1000 if number > 10**11 else number, UTC)
        at = datetime.fromisoformat(cell)
        return at if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError, OSError):
        return None
