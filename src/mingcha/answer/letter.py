"""A drafted answer as the lines of a letter, in Chinese or English."""

from collections.abc import Iterator, Sequence

from mingcha.model.answer import Answer, Point, Remedy, Stand
from mingcha.model.words import Words

STAND_WORDS = {
    Stand.UPHELD: Words("情况属实，予以支持", "true, and upheld"),
    Stand.PARTLY: Words("部分属实", "true in part"),
    Stand.NOT_UPHELD: Words("在查到的记录中未得到证实", "not borne out by the records searched"),
    Stand.OPEN: Words("尚未查清，我们继续核查", "not settled yet: we go on checking"),
}
SAID, CHECKED, FOUND = (
    Words("您提出", "You said"),
    Words("我们核查了", "We looked through"),
    Words("查到的情况", "We found"),
)
MISSING, DO, BASIS = Words("未能查到", "Not at hand"), Words("处理意见", "What we do"), Words("依据", "On the basis of")
UNASKED = Words("（您未提出，核查中发现）", "(you did not ask; our records show it)")
TITLE = Words("投诉处理答复", "Answer to your complaint")
NUMBER, NEXT = Words("投诉编号", "Complaint"), Words("后续途径", "Where you can turn")
OFF = Words("此致", "Yours faithfully")
NUMERALS = "一二三四五六七八九十"


def lines(answer: Answer, locale: str) -> Iterator[str]:
    """The letter line by line; an empty line parts paragraphs."""
    zh = locale.startswith("zh")

    def say(words: Words) -> str:
        return words.say(locale)

    yield say(TITLE)
    yield f"{say(NUMBER)}{'：' if zh else ': '}{answer.complaint}"
    yield ""
    yield say(answer.opening)
    for number, point in enumerate(answer.points, 1):
        yield ""
        yield from _point(number, point, locale)
    yield ""
    yield say(NEXT) + ("：" if zh else ":")
    yield from remedy_lines(answer.remedies, locale)
    yield ""
    yield say(answer.explanation)
    yield ""
    yield say(answer.help)
    yield ""
    yield say(OFF)
    yield f"{answer.from_.name} {answer.drafted_on}"


def remedy_lines(remedies: Sequence[Remedy], locale: str) -> Iterator[str]:
    """The ways onwards, numbered."""
    colon = "：" if locale.startswith("zh") else ": "
    for number, remedy in enumerate(remedies, 1):
        yield f"{number}. {remedy.name.say(locale)}{colon}{remedy.where.say(locale)}"


def _point(number: int, point: Point, locale: str) -> Iterator[str]:
    zh = locale.startswith("zh")
    colon, end = ("：", "。") if zh else (": ", ".")
    mark = f"{NUMERALS[number - 1]}、" if zh and number <= len(NUMERALS) else f"{number}. "
    yield f"{mark}{point.title.say(locale)}{colon}{STAND_WORDS[point.stand].say(locale)}"
    quote = f"“{point.said}”" if point.said is not None else UNASKED.say(locale)
    yield f"{SAID.say(locale)}{colon}{quote}"
    yield f"{CHECKED.say(locale)}{colon}{point.checked.say(locale)}{end}"
    if point.missing:
        missing = ("；" if zh else "; ").join(one.say(locale) for one in point.missing)
        yield f"{MISSING.say(locale)}{colon}{missing}{end}"
    yield f"{FOUND.say(locale)}{colon}{point.found.say(locale)}{end}"
    yield f"{DO.say(locale)}{colon}{point.do.say(locale)}"
    if point.basis is not None:
        yield f"{BASIS.say(locale)}{colon}{point.basis.say(locale)}{end}"
