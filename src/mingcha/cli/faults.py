"""Which lines of a file were not read, and why."""

from collections.abc import Sequence

from mingcha.cli.say import err, say, words
from mingcha.model.letters import Fault

FAULTS_SHOWN = 5


def say_faults(faults: Sequence[Fault], file: str = "") -> bool:
    """Tell which lines (of which file, when there are several) were not read; whether there were any."""
    of = f"{file} " if file else ""
    for fault in faults[:FAULTS_SHOWN]:
        err.print(of + say(f"第 {fault.line} 行：", f"line {fault.line}: ") + words(fault.why), markup=False)
    more = len(faults) - FAULTS_SHOWN
    if more > 0:
        err.print(say(f"另有 {more:,} 行未能读取", f"{more:,} more lines were not read"))
    return bool(faults)
