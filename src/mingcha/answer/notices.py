"""Letters that are no answer: papers are asked for, or whoever filed is told that a complaint is not handled.

They go to somebody who has shown no right to know, so they say nothing of the customer, of records or of findings.
"""

from collections.abc import Sequence
from datetime import date

from mingcha.answer.draft import filled, remedies_of
from mingcha.answer.letter import NEXT, NUMBER, OFF, remedy_lines
from mingcha.model.answer import Institution
from mingcha.model.words import Words
from mingcha.standards.answers import AnswerWords


def papers_asked(
    wording: AnswerWords, institution: Institution, complaint: tuple[str, date], wanted: Sequence[Words], until: date
) -> Words:
    """The letter that asks for papers until a day; `complaint` is its id and the day it was received."""
    id_, received = complaint
    ours = {"department": institution.department, "phone": institution.phone}
    text = filled(wording.letter["asking"], {**ours, "received": received.isoformat(), "until": until.isoformat()}, [])
    listed = Words(*("\n".join(f"{n}. {one.say(loc)}" for n, one in enumerate(wanted, 1)) for loc in ("zh", "en")))
    end = filled(wording.letter["asking_end"], {"until": until.isoformat()}, [])
    return _letter(id_, [text, listed, end], institution)


def not_handled(
    wording: AnswerWords, institution: Institution, complaint: tuple[str, date], asked: tuple[date, date]
) -> Words:
    """The notice that a complaint is not handled; `asked` is when the authority was asked for, and until when it was waited for."""
    id_, received = complaint
    ours = {"department": institution.department, "phone": institution.phone}
    days = {"received": received.isoformat(), "asked": asked[0].isoformat(), "until": asked[1].isoformat()}
    text = filled(wording.letter["not_handled"], {**ours, **days}, [])
    ways = remedies_of(wording, institution, [])
    onwards = Words(*("\n".join(remedy_lines(ways, locale)) for locale in ("zh", "en")))
    return _letter(id_, [text, NEXT, onwards], institution)


def _letter(id_: str, parts: Sequence[Words], institution: Institution) -> Words:
    name = filled(Words("{name}", "{name}"), {"name": institution.name}, [])
    zh = [f"{NUMBER.zh}：{id_}", *(one.zh for one in parts), f"{OFF.zh}\n{name.zh}"]
    en = [f"{NUMBER.en}: {id_}", *(one.en for one in parts), f"{OFF.en}\n{name.en}"]
    return Words("\n\n".join(zh), "\n\n".join(en))
