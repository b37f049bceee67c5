"""Cells of a table of any type as the text people would have typed."""

import json
from typing import Any


def plain_cell(cell: Any) -> str:
    """Nothing for None, lists joined by semicolons, objects as JSON; no null characters.

    >>> plain_cell(["a", 1, None])
    'a;1;'
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, str):
        return cell.replace("\0", "")
    if isinstance(cell, list):
        return ";".join(plain_cell(one) for one in cell)
    return json.dumps(cell, ensure_ascii=False)
