"""Files of reports: one batch sheet a platform, one text a report by another route, XARF where it fits."""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from mingcha.ads.report_sheet import sheet
from mingcha.ads.report_text import Reported
from mingcha.ads.xarf import unfit, xarf
from mingcha.model.ad_cycle import Route
from mingcha.model.answer import Institution
from mingcha.model.mail import Enclosed, Sending
from mingcha.model.words import Words

UNFIT = re.compile(r'[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff<>:"/\\|?*\s]+')  # for the name of a file anywhere
Sheet = Callable[[Sequence[Sequence[str]], str], bytes]  # the rows, and the form of the file


def sheets(reports: Sequence[Reported], form: str, made: Sheet, enclosed: Sequence[str]) -> list[Enclosed]:
    """A batch sheet a platform; two whose names read the same stand in one."""
    by: dict[str, list[Reported]] = defaultdict(list)
    for one in reports:
        if one.drafted.route is Route.PLATFORM:
            by[file_name(one.platform or "")].append(one)
    return [Enclosed(f"platform-{name}.{form}", made(sheet(by[name], enclosed), form)) for name in sorted(by)]


def texts(exports: Sequence[tuple[Reported, Words]]) -> list[Enclosed]:
    """A text for each report that goes by another route."""
    return [
        Enclosed(f"{told.drafted.route.value}-{told.ad}.txt", f"{text.zh}\n\n———\n\n{text.en}\n".encode())
        for told, text in exports
        if told.drafted.route is not Route.PLATFORM
    ]


def xarfs(reports: Sequence[Reported], ours: Institution, sending: Sending) -> tuple[list[Enclosed], dict[str, Words]]:
    """A file for each report of a platform's that fits, and why the others do not, by ad."""
    mine = [one for one in reports if one.drafted.route is Route.PLATFORM]
    why = {one.ad: trouble for one in mine if (trouble := unfit(one))}
    return [
        Enclosed(f"xarf-{one.ad}.json", json.dumps(xarf(one, ours, sending), ensure_ascii=False, indent=2).encode())
        for one in mine
        if one.ad not in why
    ], why


def write(folder: Path, files: Sequence[Enclosed]) -> list[Path]:
    """Write files into a folder, in place of those of the same name; in order of name."""
    for one in files:
        (folder / one.name).write_bytes(one.data)
    return sorted(folder / one.name for one in files)


def file_name(platform: str) -> str:
    """A platform as part of a file's name."""
    return UNFIT.sub("_", platform).strip("._")[:60] or "unknown"
