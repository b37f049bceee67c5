"""Tables of the terminal: no frame, and what is too wide is folded."""

from rich.table import Table


def folding(*headings: str, title: str | None = None) -> Table:
    """An empty table with these headings."""
    table = Table(title=title, box=None, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table
