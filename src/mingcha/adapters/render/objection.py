"""The pages of the door of those who are named: readable on a phone, in one language at a time, without a script."""

from collections.abc import Sequence
from functools import cache

from jinja2 import Template

from mingcha.adapters.render.report import environment
from mingcha.model.answer import Institution
from mingcha.model.objection import ANSWERED_IN, MOST_ADDED, OBJECTION_STATE_WORDS, ObjectionPage
from mingcha.model.words import Words
from mingcha.standards.aid import Line

FURTHER = (
    "12378",
    "12348",
)  # where anybody may turn who is not content: the financial regulator, public legal services


def render_objection(page: ObjectionPage, hotlines: Sequence[Line], institution: Institution, lang: str) -> str:
    """HTML; `lang` is zh or en."""
    return _template().render(
        p=page,
        days=ANSWERED_IN,
        most=MOST_ADDED,
        states=OBJECTION_STATE_WORDS,
        further=[line for line in hotlines if line.number in FURTHER],
        institution=institution,
        lang=lang,
        w=lambda both: both.say(lang),
        t=lambda zh, en: Words(zh, en).say(lang),
    )


@cache
def _template() -> Template:
    """Read once: anybody may ask for the page."""
    return environment().get_template("objection.html.jinja")
