"""An inspection as one self-contained page, Chinese first: what does not fit, the sample, the lists, parity."""

from collections.abc import Mapping

from mingcha.adapters.render.report import environment
from mingcha.model.clock import PAPER_WORDS
from mingcha.model.inspection import FLAWS, Inspection
from mingcha.model.middle import spelt
from mingcha.model.quality import OUTCOME_WORDS, Difference, Parity
from mingcha.model.share import Share
from mingcha.model.words import Words

COUNTS = {
    "links": Words("封存记录", "sealed records"),
    "versions": Words("记录版本", "versions of records"),
    "complaints": Words("投诉", "complaints"),
    "erased": Words("已删除数据的投诉", "complaints erased"),
    "papers": Words("期限文书", "papers of clocks"),
    "decisions": Words("决定", "decisions"),
    "assessments": Words("核查结果", "assessments"),
    "transfers": Words("转办清单行数", "lines of the transfer list"),
    "received_in_period": Words("本期收到", "received in the period"),
}
SAYS = {
    "open": Words("办理中", "open"),
    "needs_repair": Words("待补正", "needs repair"),
    "answered": Words("已答复", "answered"),
    "withdrawn": Words("已撤回", "withdrawn"),
    "not_handled": Words("不予办理", "not handled"),
    "upheld": Words("成立", "upheld"),
    "partly": Words("部分成立", "partly upheld"),
    "not_upheld": Words("不成立", "not upheld"),
}
FEW = "<10"


def render_inspection(found: Inspection, parity: Parity, grievances: Mapping[str, Words], locale: str) -> str:
    """HTML with both languages inside; `grievances` names the kinds of grievance by code."""
    page = environment()
    page.globals.update(
        says=lambda code: Words("—", "—") if code is None else SAYS[code],
        count=COUNTS.__getitem__,
        flaw=FLAWS.__getitem__,
        paper=PAPER_WORDS.__getitem__,
        outcome=OUTCOME_WORDS.__getitem__,
        grievance=grievances.__getitem__,
        percent=_percent,
        points=_points,
        middle=lambda one, unit: FEW if one is None else spelt(one, unit),
    )
    first = "zh" if locale.startswith("zh") else "en"
    return page.get_template("inspection.html.jinja").render(d=found, p=parity, first=first)


def _percent(one: Share | None) -> str:
    if one is None or one.share is None or one.low is None or one.high is None:
        return FEW
    return f"{one.share / 10_000:.1f} % [{one.low / 10_000:.0f}–{one.high / 10_000:.0f}]"


def _points(one: Difference | None) -> str:
    if one is None or one.value is None or one.low is None or one.high is None:
        return "—"
    return f"{one.value / 10_000:+.1f} [{one.low / 10_000:+.1f}, {one.high / 10_000:+.1f}]"
