"""A first-hour card on paper, to be ticked off beside whoever was cheated: dated words alone, nothing of anybody."""

from mingcha.model.answer import Institution
from mingcha.model.sheet import Block, Head, Para, Sheet
from mingcha.model.words import Words
from mingcha.standards.aid import AidWords, CardStep

LINES = Words("需要时可拨打", "Numbers you may call")
FOOT = Words("帮助免费，不附任何条件", "help is free and has no conditions")


def card_sheet(situation: str, words: AidWords, institution: Institution, locale: str) -> Sheet:
    """The card of a situation, with the institution's own number where its site gives one; KeyError where there is none."""
    card = words.situations[situation]
    blocks: list[Block] = []
    for n, step in enumerate(card.steps, 1):
        do = step.do.say(locale)
        blocks += [Head(f"□ {n}. {do[:1].upper()}{do[1:]}"), Para(_who(step, institution, locale))]
    blocks.append(Head(LINES.say(locale)))
    blocks += [Para(f"{line.number}  {line.title.say(locale)}") for line in words.hotlines]
    return Sheet(f"card-{situation}", card.title.say(locale), tuple(blocks), FOOT.say(locale))


def _who(step: CardStep, institution: Institution, locale: str) -> str:
    """Whose turn it is, how they are reached, and what to take along."""
    ours = step.who.id == "institution" and institution.phone
    title = (institution.name if ours else "") or step.who.title.say(locale)
    where = institution.phone if ours else step.who.number or step.who.where.say(locale)
    before, after, colon = ("（", "）", "：") if locale.startswith("zh") else (" (", ")", ": ")
    return (
        f"{title}{before}{where}{after}{colon}{step.how.say(locale)}"
        if where
        else f"{title}{colon}{step.how.say(locale)}"
    )
