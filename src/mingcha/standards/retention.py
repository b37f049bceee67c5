"""The `[retention]` table of a site's file: in how many days each source system deletes its originals; whoever signed is named."""

from collections.abc import Mapping
from typing import Any

from mingcha.errors import BadStandard
from mingcha.model.words import Words

LONGEST = 36_500  # days


def parse_retention(name: str, data: Mapping[str, Any] | None) -> dict[str, int]:
    """Days by source system; BadStandard for a field there is not, for what is no number of days, or unsigned."""
    if data is None:
        return {}
    which = f"{name}:retention"
    if set(data) - {"days", "countersigned_by"} or not isinstance(data.get("days", {}), Mapping):
        why = Words("只有 days（系统 = 天数）与 countersigned_by", "it holds days (system = days) and countersigned_by")
        raise BadStandard(which=which, why=why)
    if not str(data.get("countersigned_by", "")).strip():
        why = Words("机构的修改须写明由谁负责", "what a site changes says who stands for it")
        raise BadStandard(which=which, why=why)
    for system, days in data.get("days", {}).items():
        if type(days) is not int or not 0 <= days <= LONGEST:
            raise BadStandard(which=which, why=Words(f"{system} 须写天数", f"{system} takes a number of days"))
    return dict(data.get("days", {}))
