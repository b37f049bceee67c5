"""The report as one self-contained page: no request leaves it, hostile text stays text, good on screen and paper."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from mingcha.adapters.render.funnel import DRAWN
from mingcha.adapters.render.picture import COLOURS, SIZE, draw
from mingcha.model.letters import FamilyReport
from mingcha.model.report import Bar, ReportData, SuggestionLine
from mingcha.model.ring import ROLE_WORDS, STATUS_WORDS
from mingcha.model.tie import TIE_WORDS
from mingcha.model.words import Words

TONES = {"plain": "#5b7fa6", "good": "#3f8f6b", "warn": "#d08a2e", "bad": "#b9433f", "mute": "#a9b2bd"}


def render_report(data: ReportData, locale: str) -> str:
    """HTML with both languages inside; `locale` says which is shown first, a switch in the page changes it."""
    return _render("report.html.jinja", data, locale)


def render_families(data: FamilyReport, locale: str) -> str:
    """The families of a file in the same style."""
    return _render("families.html.jinja", data, locale)


def _render(name: str, data: ReportData | FamilyReport, locale: str) -> str:
    first = "zh" if locale.startswith("zh") else "en"
    return environment().get_template(name).render(d=data, first=first)


def environment() -> Environment:
    """What every page is made with: our templates and style, everything else escaped, nothing undefined let through."""
    here = files("mingcha.adapters.render")
    made = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=FunctionLoader(lambda name: here.joinpath(name).read_text(encoding="utf-8")),
    )
    made.filters["both"] = _both
    made.globals["draw"], made.globals["side"], made.globals["colour"] = draw, SIZE, COLOURS.__getitem__
    made.globals["role_words"], made.globals["status_words"] = ROLE_WORDS.__getitem__, STATUS_WORDS.__getitem__
    made.globals["kind_words"] = lambda kind: TIE_WORDS.get(kind, Words(kind, kind))
    made.globals["tone"] = TONES.__getitem__
    made.globals["widest"] = _widest
    made.globals["grouped"] = _grouped
    made.globals.update(DRAWN)
    made.globals["style"] = Markup(here.joinpath("style.css").read_text(encoding="utf-8"))  # noqa: S704 -- reason: our own file, no input in it
    return made


def _both(words: Words) -> list[tuple[str, str]]:
    return [("zh", words.zh), ("en", words.en)]


def _widest(bars: tuple[Bar, ...]) -> int:
    return max((bar.value for bar in bars), default=0) or 1


@dataclass(frozen=True, slots=True)
class _Alike:
    """Suggestions with one label and one reason, said once."""

    label: Words
    why: Words
    ids: tuple[str, ...]
    why_not: tuple[tuple[Words, int], ...]  # most frequent first


def _grouped(lines: Sequence[SuggestionLine]) -> Iterator[_Alike]:
    alike: dict[tuple[Words, Words], list[SuggestionLine]] = {}
    for line in lines:
        alike.setdefault((line.label, line.why), []).append(line)
    for (label, why), rows in sorted(alike.items(), key=lambda pair: -len(pair[1])):
        reasons = Counter(row.why_not for row in rows).most_common()
        yield _Alike(label, why, tuple(row.complaint for row in rows), tuple(reasons))
