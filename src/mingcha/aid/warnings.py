"""Public warnings and staff cards: which promises live ads and organisations make, in our own words; no word of an ad, nothing personal."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from mingcha.model.aid import Warned
from mingcha.model.finding import Conduct
from mingcha.model.sheet import Block, Head, Para, Sheet
from mingcha.model.words import Words
from mingcha.standards.aid import AidWords
from mingcha.text.normalise import normalise

TITLE = Words(
    "谨防以“处理债务、征信、退费”为名的骗局", "Beware of those who sell help with debts, credit records, refunds"
)
SAYS, TRUE, DO = Words("他们说", "What they say"), Words("实际上", "What is true"), Words("怎么办", "What to do")
STAFF = Words("员工提示", "For staff")
LINES = Words("热线", "Hotlines")
DRAFT = Words("草稿，未经批准不得发布", "draft: not to be published before somebody approved it")
APPROVED, ISSUED = Words("批准", "approved by"), Words("发布", "issued by")


def warned(words: AidWords, ads: Iterable[str], rings: Iterable[AbstractSet[Conduct]]) -> tuple[Warned, ...]:
    """The warnings that live ads (their texts) or suspected organisations (their conduct) call for, the most frequent first."""
    texts = [normalise(text).text for text in ads]
    conducts = list(rings)
    out = []
    for one in words.warnings:
        seen = sum(one.cues.search(text) is not None for text in texts)
        met = sum(bool(one.conduct & conduct) for conduct in conducts)
        if seen or met:
            out.append(
                Warned(
                    id=one.id,
                    says=one.says,
                    true=one.true,
                    do=one.do,
                    staff=one.staff,
                    ads=seen,
                    rings=met,
                )
            )
    return tuple(sorted(out, key=lambda one: (-one.ads - one.rings, one.id)))


def sheet(drawn: Sequence[Warned], words: AidWords, locale: str, approved: str | None, *, staff: bool) -> Sheet:
    """One warning to be printed: for the public, or with how staff speak to customers.

    `approved`: by whom and when; on what everybody may read that is the institution and no member of its staff.
    """
    blocks: list[Block] = [] if approved else [Para(DRAFT.say(locale))]
    colon = "：" if locale.startswith("zh") else ": "
    for n, one in enumerate(drawn, 1):
        parts = [(TRUE, one.true), (DO, one.do), *([(STAFF, one.staff)] if staff else [])]
        blocks.append(Head(f"{n}. {SAYS.say(locale)}{colon}{one.says.say(locale)}"))
        blocks += [Para(f"{part.say(locale)}{colon}{text.say(locale)}") for part, text in parts]
    blocks.append(Head(LINES.say(locale)))
    blocks += [Para(f"{line.number}  {line.title.say(locale)}") for line in words.hotlines]
    for route in (words.instalment, words.hardship):
        blocks += [Head(route.title.say(locale)), Para(route.text.say(locale))]
    foot = f"{(APPROVED if staff else ISSUED).say(locale)} {approved}" if approved else DRAFT.say(locale)
    return Sheet("warning", TITLE.say(locale), tuple(blocks), foot)
