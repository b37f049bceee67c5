"""Progress bars for long work; silent when the output is not a terminal or is JSON."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from mingcha.cli.say import err, say

STAGES = {
    "read": ("通读", "reading"),
    "families": ("比对文本", "comparing texts"),
    "groups": ("检验群组", "testing groups"),
    "assess": ("逐件核查", "assessing"),
    "learn": ("读取结论", "reading conclusions"),
    "compare": ("试算", "comparing a month"),
    "gather": ("归族", "gathering"),
    "encode": ("读意", "reading meanings"),
    "align": ("对照", "aligning"),
    "ads": ("读取文件", "reading files"),
    "template": ("还原模板", "templates"),
}


@contextmanager
def counting(title: str, *, show: bool = True) -> Iterator[Callable[[int], None]]:
    """A counter for work of unknown length; call it with how many more are done."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True, disable=not (show and err.is_terminal)) as bar:
        task = bar.add_task(title, total=None)
        yield lambda more: bar.update(task, advance=more)


@contextmanager
def stages(*, show: bool = True) -> Iterator[Callable[[str, int, int], None]]:
    """One bar a stage; call it with (stage, done, of); of 0: nobody knows yet."""
    columns = (TextColumn("{task.description:<12}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True, disable=not (show and err.is_terminal)) as bar:
        tasks = {}

        def tick(stage: str, done: int, of: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(say(*STAGES.get(stage, (stage, stage))), total=of or None)
            bar.update(tasks[stage], completed=done, total=of or None)

        yield tick
