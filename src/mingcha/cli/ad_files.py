"""Files of reports: one batch sheet a platform, one text a report by another route; a cell is text and never a formula."""

import csv
import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from mingcha.actions.ad_reports import Export
from mingcha.ads.report_text import cited, ground
from mingcha.cli.say import say, words
from mingcha.model.ad_cycle import Route

FORMULA = ("=", "+", "-", "@", "\t", "\r")
UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\s]+')  # for the name of a file anywhere


def write_exports(folder: Path, exports: Sequence[Export]) -> list[Path]:
    """Write everything into a folder; the files, in order of name. What was written there before is replaced."""
    sheets: dict[str, list[Export]] = defaultdict(list)
    written: list[Path] = []
    for one in exports:
        if one.told.drafted.route is Route.PLATFORM:
            sheets[file_name(one.told.platform or "")].append(one)
            continue
        target = folder / f"{one.told.drafted.route.value}-{one.told.ad}.txt"
        target.write_text(f"{one.text.zh}\n\n———\n\n{one.text.en}\n", encoding="utf-8")
        written.append(target)
    for name, rows in sheets.items():
        target = folder / f"platform-{name}.csv"
        with target.open("w", encoding="utf-8-sig", newline="") as sink:
            csv.writer(sink).writerows([_headings(), *(_row(number, one) for number, one in enumerate(rows, 1))])
        written.append(target)
    return sorted(written)


def file_name(platform: str) -> str:
    """A platform as part of a file's name; two that read the same stand in one sheet."""
    return UNFIT.sub("_", platform).strip("._")[:60] or "unknown"


def _headings() -> list[str]:
    return [
        say("序号", "no."), say("平台", "platform"), say("链接", "link"), say("账号", "account id"), say("举报理由", "ground"),
        say("依据条款", "clause"), say("截图编号", "screenshot"), say("附件", "attachments"), say("首次发现", "first seen"),
        say("最近发现", "last seen"), say("内部编号", "our number"),
    ]  # fmt: skip


def _row(number: int, one: Export) -> list[str]:
    told = one.told
    shot = told.drafted.screenshot or ""
    cells = [
        f"{number}", told.platform or "", told.link or "", told.account or "", words(ground(told)), words(cited(told.clause)),
        shot, shot, f"{told.first_seen}", f"{told.last_seen}", told.ad,
    ]  # fmt: skip
    return [f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells]
