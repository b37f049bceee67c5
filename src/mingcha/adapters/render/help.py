"""The page behind a one-time link: readable on a phone, in one language at a time, without a script and without a request to anybody else."""

from zoneinfo import ZoneInfo

from mingcha.adapters.render.report import environment
from mingcha.model.aid import PAPER_WORDS, HelpPage
from mingcha.model.answer import Institution
from mingcha.model.words import Words
from mingcha.standards.aid import AidWords, Card

FEN = 100


def render_help(page: HelpPage, words: AidWords, institution: Institution, base: str, lang: str, zone: ZoneInfo) -> str:
    """HTML; `lang` is zh or en, `base` the path of the page."""
    return (
        environment()
        .get_template("help.html.jinja")
        .render(
            p=page,
            a=words,
            cards=sorted(words.situations.values(), key=lambda card: _place(card, page)),
            papers=PAPER_WORDS,
            institution=institution,
            base=base,
            lang=lang,
            zone=zone,
            w=lambda both: both.say(lang),
            t=lambda zh, en: Words(zh, en).say(lang),
            yuan=lambda fen: f"{fen // FEN:,}.{fen % FEN:02d}",
        )
    )


def _place(card: Card, page: HelpPage) -> int:
    """What concerns them comes first."""
    return page.situations.index(card.id) if card.id in page.situations else len(page.situations)
