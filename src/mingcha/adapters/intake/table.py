"""Rows of any JSON Lines, CSV, XLSX or Parquet file with all their cells as text, for work that needs no workspace."""

from collections.abc import Iterator
from pathlib import Path

from mingcha.adapters.intake.formats import rows
from mingcha.adapters.intake.letters import parquet_batches
from mingcha.errors import UnreadableFile
from mingcha.model.linked import TableRow
from mingcha.model.words import Words
from mingcha.text.cells import plain_cell


def table_rows(path: Path) -> Iterator[TableRow]:
    """The file's rows in order; a torn one says what is wrong with it."""
    if not path.is_file():
        raise UnreadableFile(file=path, why=Words("没有这个文件", "there is no such file"))
    if path.name.lower().endswith(".parquet"):
        line = 1
        for batch in parquet_batches(path, None):
            for cells in batch.to_pylist():
                yield TableRow(path.name, line, {name: plain_cell(cell) for name, cell in cells.items()})
                line += 1
        return
    for row in rows(path):
        yield TableRow(path.name, row.number, row.cells, row.fault)
