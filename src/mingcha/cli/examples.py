"""The worked examples of the documentation: made-up files, checked and answered by the program itself. Run by `make docs`."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from mingcha.answer.draft import Basis, draft
from mingcha.answer.letter import lines
from mingcha.demo.site import SITE
from mingcha.merit.claims import read_claims
from mingcha.merit.run import check_all
from mingcha.model.account import Account
from mingcha.model.call import Call, Coverage
from mingcha.model.merit import MeritFile, MeritState
from mingcha.model.notice import Assignment, Notice
from mingcha.model.transcript import Turn
from mingcha.standards.answers import parse_institution
from mingcha.standards.calendar import CHINA
from mingcha.standards.load import Standards, load
from mingcha.text.normalise import normalise
from mingcha.wiring import shelf

TARGET = Path(__file__).resolve().parents[3] / "docs" / "worked-examples.zh-CN.md"
RECEIVED = datetime(2026, 3, 20, 10, tzinfo=CHINA)
STATES = {
    MeritState.CONFIRMED: "成立",
    MeritState.PARTLY: "部分成立",
    MeritState.DISPUTED: "双方记录不一致",
    MeritState.CONTRADICTED: "与记录相反",
    MeritState.NOT_FOUND: "记录中未见",
    MeritState.UNCHECKED: "未能核查",
}


@dataclass(frozen=True, slots=True)
class Example:
    """One case: what was written, what stands in our records, what an officer should notice."""

    title: str
    text: str
    records: tuple[str, ...]
    notice: str
    file: dict[str, Any] = field(default_factory=dict)


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=CHINA)


def _whole(*kinds: str) -> tuple[Coverage, ...]:
    return tuple(
        Coverage(id=f"G-{kind}", record_kind=kind, from_on=date(2025, 1, 1), to_on=date(2026, 12, 31)) for kind in kinds
    )


EXAMPLES = (
    Example(
        "一、夜间来电与频繁来电：一项属实，一项查无",
        "3月15日晚上十一点多催收还给我打电话，而且每天打十几个电话，我明天还要上班。",
        (
            "通话记录（完整覆盖2025年至2026年）：3月15日23:10一次，接通40秒；3月16日10:00一次，接通15秒",
            "合同未约定夜间可以联系",
        ),
        "一封信两项诉求分开核、分开答：夜间来电属实就支持，频繁来电查无也不牵连前一项。",
        {
            "calls": (
                Call(id="L-1", called_at=_at(15, 23, 10), callee="customer", connected=True, seconds=40),
                Call(id="L-2", called_at=_at(16, 10), callee="customer", connected=True, seconds=15),
            ),
            "coverage": _whole("calls"),
            "kinds_held": frozenset({"calls", "coverage"}),
        },
    ),
    Example(
        "二、外包机构的录音没有交来：不能说“查无”",
        "你们的人给我姐姐打电话说我欠钱，我姐姐有录音。",
        ("通话记录只交来自营部分；2月起委外给“乙外包”（委外登记），其记录没有交来", "没有通话文字记录"),
        "我方缺的记录不能对投诉人不利：状态是“未能核查”，答复写明何时补答，不写“不属实”。",
        {
            "calls": (Call(id="L-1", called_at=_at(12, 15), agency="自营", callee="customer", connected=True),),
            "coverage": (
                Coverage(
                    id="G-1", record_kind="calls", agency="自营", from_on=date(2025, 1, 1), to_on=date(2026, 12, 31)
                ),
            ),
            "assignments": (Assignment(id="M-1", agency="乙外包", from_on=date(2026, 2, 1)),),
            "kinds_held": frozenset({"calls", "coverage", "assignments"}),
        },
    ),
    Example(
        "三、录音里对联系人谈及债务",
        "催收给我母亲打电话说我欠债，我已经多次告知不要再联系我的家人，他们仍然继续打。",
        (
            "3月2日10:00，联系人（母亲）要求不再来电，已登记",
            "3月9日15:00致电联系人，录音第2轮催收员说：“他逾期三个月了，你们家属想想办法”",
        ),
        "引用到录音的哪一轮、哪几个字；联系人拒绝后再打与向他人谈及债务是两项，分别处理。",
        {
            "calls": (Call(id="L-1", called_at=_at(9, 15), callee="contact", connected=True, seconds=90),),
            "turns": (
                Turn(
                    id="X-1",
                    call_id="L-1",
                    said_at=_at(9, 15),
                    callee="contact",
                    speaker="contact",
                    text="我是他母亲",
                    from_ms=0,
                ),
                Turn(
                    id="X-2",
                    call_id="L-1",
                    said_at=_at(9, 15),
                    callee="contact",
                    speaker="collector",
                    text="他逾期三个月了，你们家属想想办法",
                    from_ms=2100,
                ),
            ),
            "notices": (Notice(id="I-1", given_at=_at(2, 10), by="contact", about="stop_contact"),),
            "coverage": _whole("calls", "transcripts", "notices"),
            "kinds_held": frozenset({"calls", "coverage", "transcripts", "notices"}),
        },
    ),
    Example(
        "四、像是抄来的信，分期申请确实没人答复",
        "本人因疫情失业，申请个性化分期还款，贵行不予理睬，没人答复。办贷款时强制购买保险，请依法处理。",
        ("2月10日申请分期，登记在案，至今没有答复", "账户列有保险费600元，没有客户选择的记录"),
        "信的写法与很多人相同，不影响诉求：申请过了十五日没有答复就是属实。会不会有人代写，是诉求决定之后另一步的事。",
        {
            "notices": (Notice(id="I-1", given_at=_at(1, 9) - timedelta(days=19), by="customer", about="instalment"),),
            "accounts": (Account(id="A-1", fees=(("insurance", date(2025, 9, 1), 60_000),)),),
            "coverage": _whole("notices"),
            "kinds_held": frozenset({"notices", "accounts", "coverage"}),
        },
    ),
)


def page() -> str:
    """The whole page."""
    standards = load(shelf(None))
    return "\n".join([*_head(), *(line for one in EXAMPLES for line in _example(standards, one))]) + "\n"


def _head() -> Iterator[str]:
    yield "# 投诉办理示例"
    yield ""
    yield "由 `make docs` 生成：来信、记录、机构均为虚构；核查结果与答复草稿由程序按这些记录得出，人可以改，也由人签发。"
    yield ""
    yield "(Worked examples, generated by `make docs`. Letters, records and institution are made up; results and drafts are what"
    yield "the program makes of them.)"
    yield ""


def _example(standards: Standards, one: Example) -> Iterator[str]:
    text = normalise(one.text)
    file = MeritFile(
        complaint_id="C-示例", received_at=RECEIVED, licence="consumer_finance", product="示例分期", text=text,
        claims=read_claims(text, RECEIVED.date()), **one.file,
    )  # fmt: skip
    results = check_all(file, standards)
    yield f"## {one.title}"
    yield ""
    yield f"**来信（2026-03-20收到）**：{one.text}"
    yield ""
    yield "**我方记录**"
    yield ""
    yield from (f"- {record}" for record in one.records)
    yield ""
    yield "| 诉求 | 来信原文 | 结果 | 理由 |"
    yield "|---|---|---|---|"
    for result in results:
        said = result.claim.passage.quote if result.claim else "（未提出）"
        missing = "".join(f"；{gap.zh}" for gap in result.searched.missing)
        title = standards.answers.titles[result.grievance].zh
        yield f"| {title} | {said} | {STATES[result.state]} | {result.why.zh}{missing} |"
    yield ""
    yield f"**要点**：{one.notice}"
    yield ""
    yield "<details><summary>答复草稿</summary>"
    yield ""
    yield "```text"
    institution = parse_institution("site", tomllib.loads(SITE)["institution"])
    basis = Basis(complaint="C-示例", received_on=RECEIVED.date(), due=date(2026, 4, 4), merit=results)
    yield from lines(draft(basis, standards.answers, institution, standards.clauses, date(2026, 3, 23)), "zh")
    yield "```"
    yield ""
    yield "</details>"
    yield ""


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
