"""A platform's batch sheet as rows of text: headings in both languages, a report a row."""

from collections.abc import Sequence

from mingcha.ads.report_text import Reported, approvers, cited, ground
from mingcha.model.words import Words

COLUMNS: tuple[Words, ...] = (
    Words("序号", "no."),
    Words("平台", "platform"),
    Words("链接", "link"),
    Words("账号", "account id"),
    Words("举报理由", "ground"),
    Words("依据条款", "clause"),
    Words("截图编号", "screenshot"),
    Words("附件", "attachments"),
    Words("首次发现", "first seen"),
    Words("最近发现", "last seen"),
    Words("同意人岗位", "agreed to by"),
    Words("内部编号", "our number"),
)
Rows = tuple[tuple[str, ...], ...]


def sheet(reports: Sequence[Reported], enclosed: Sequence[str] = ()) -> Rows:
    """Headings, then a row a report; `enclosed` names files, those named for a report's screenshot are its attachments."""
    return (
        tuple(f"{one.zh} {one.en}" for one in COLUMNS),
        *(_row(number, one, enclosed) for number, one in enumerate(reports, 1)),
    )


def enclosed_for(one: Reported, names: Sequence[str]) -> tuple[str, ...]:
    """Those of some files that are named for a report's screenshot number, whatever their ending."""
    shot = one.drafted.screenshot
    return tuple(name for name in names if shot and shot in (name, name.rpartition(".")[0]))


def _row(number: int, one: Reported, enclosed: Sequence[str]) -> tuple[str, ...]:
    return (
        f"{number}",
        one.platform or "",
        one.link or "",
        one.account or "",
        _both(ground(one)),
        _both(cited(one.clause)),
        one.drafted.screenshot or "",
        "; ".join(enclosed_for(one, enclosed)),
        f"{one.first_seen}",
        f"{one.last_seen}",
        _both(approvers(one)),
        one.ad,
    )


def _both(words: Words) -> str:
    return f"{words.zh}\n{words.en}"
