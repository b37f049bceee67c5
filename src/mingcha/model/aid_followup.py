"""Aid until the money is back: what is next for whom, for how many days already, and what all of it came to, with how that is counted."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mingcha.model.aid import Need
from mingcha.model.words import Words


class Next(StrEnum):
    """What is to be done next for somebody who is being helped. The codes are stable and public."""

    SPEAK = "speak"
    REACH = "reach"
    PROVE = "prove"
    LOSS = "loss"
    PAPER = "paper"
    FILE = "file"
    ASK = "ask"
    CLOSE = "close"


NEXT_WORDS: dict[Next, Words] = {
    Next.SPEAK: Words("本人请求人工：按期联系本人", "they asked for a person: speak with them in time"),
    Next.REACH: Words("用安全渠道联系本人", "reach them by a safe way"),
    Next.PROVE: Words("请本人证明身份", "have them prove who they are"),
    Next.LOSS: Words(
        "问清付了多少、付给谁；没有付款的可以结束", "ask what was paid, and to whom; if nothing was, the help can end"
    ),
    Next.PAPER: Words("制作退费函等材料", "write the letters"),
    Next.FILE: Words("陪本人递交材料", "help them hand the letters in"),
    Next.ASK: Words("询问进展，直到退款到账", "ask how it stands until the money is back"),
    Next.CLOSE: Words("钱已全部追回，可以结束", "all of it is back: the help can end"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One customer who is being helped: fen lost and back, days since they were found and since anything was last done."""

    customer: str
    need: Need
    next: Next
    lost: int
    back: int
    days: int
    quiet: int
    asked_until: date | None = None  # by when somebody speaks with them, where they asked for a person


@dataclass(frozen=True, slots=True, kw_only=True)
class AidTotals:
    """What the help came to, nobody named; COUNTED says how each is counted."""

    found: int
    helped: int
    declined: int
    offered: int
    lost: int  # fen
    recovered: int
    whole: int
    days: int | None


COUNTED: dict[str, Words] = {
    "found": Words("登记为可能受害的人数，每人一次", "people noted as possible victims, each once"),
    "helped": Words(
        "其中已证明身份、完成应急步骤或拿到材料的人数",
        "of them, people who proved who they are, did a first-hour step or had a letter made",
    ),
    "declined": Words("表示暂不需要、之后未再回来的人数", "people who want no help now and have not come back"),
    "offered": Words(
        "获介绍困难帮扶、免费分期或法律援助的人数",
        "people who were offered hardship help, free instalments or legal aid",
    ),
    "lost": Words("本人讲述并登记的付款，更正的不计", "payments they told of, entries set aside left out"),
    "recovered": Words("登记追回的款项，更正的不计", "money that came back, entries set aside left out"),
    "whole": Words("有损失且追回不少于损失的人数", "people who lost something and have at least as much back"),
    "days": Words(
        "从登记为可能受害到最后一笔退款的天数，取全部追回者的中位数",
        "days from being noted to the last money back: the median of those who have it all back",
    ),
}
