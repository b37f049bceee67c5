"""The page behind a one-time link: readable on a phone, in one language at a time, without a script and without a request to anybody else."""

from collections.abc import Sequence
from functools import cache
from zoneinfo import ZoneInfo

from jinja2 import Template

from mingcha.adapters.render.report import environment
from mingcha.model.aid import PAPER_WORDS, HelpPage
from mingcha.model.own import OwnFinding
from mingcha.model.words import Words
from mingcha.standards.aid import Card
from mingcha.standards.load import Standards

FEN = 100


def render_help(
    page: HelpPage, found: Sequence[OwnFinding], standards: Standards, base: str, lang: str, zone: ZoneInfo
) -> str:
    """HTML; `lang` is zh or en, `base` the path of the page; `found` is what was decided on their own complaints."""
    words = standards.aid
    return _template().render(
        p=page,
        a=words,
        cards=sorted(words.situations.values(), key=lambda card: _place(card, page)),
        offices=sorted(words.offices, key=lambda one: _near(one.name, page)),
        papers=PAPER_WORDS,
        institution=standards.institution,
        found=found,
        base=base,
        lang=lang,
        zone=zone,
        w=lambda both: both.say(lang),
        t=lambda zh, en: Words(zh, en).say(lang),
        yuan=lambda fen: f"{fen // FEN:,}.{fen % FEN:02d}",
    )


@cache
def _template() -> Template:
    """Read once: anybody may ask for the page."""
    return environment().get_template("help.html.jinja")


def _near(office: str, page: HelpPage) -> int:
    """Offices where they live come first, once it is known who they are."""
    return page.offices.index(office) if office in page.offices else len(page.offices)


def _place(card: Card, page: HelpPage) -> int:
    """What concerns them comes first."""
    return page.situations.index(card.id) if card.id in page.situations else len(page.situations)
