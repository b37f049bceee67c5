"""Every error of the trade speaks both languages and has its place at both doors."""

import string

import pytest

import mingcha.errors
from mingcha.api.errors import STATUS, status_of
from mingcha.cli.say import Exit, exit_of
from mingcha.errors import MingchaError

ERRORS = [e for e in vars(mingcha.errors).values() if isinstance(e, type) and issubclass(e, MingchaError)]


def _fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("error", ERRORS)
def test_both_languages_say_the_same_facts(error: type[MingchaError]) -> None:
    english = error.__doc__ or ""
    assert "zh" in vars(error), "each error has its own Chinese"
    assert _fields(english) == _fields(error.zh)
    facts = dict.fromkeys(_fields(english), "X")
    made = error(**facts)
    assert made.say("en")
    assert made.say("zh-CN") != made.say("en")


@pytest.mark.parametrize("error", ERRORS)
def test_every_error_is_in_the_table_of_the_api(error: type[MingchaError]) -> None:
    made = error(**dict.fromkeys(_fields(error.__doc__ or ""), "X"))
    assert error in STATUS
    assert 400 <= status_of(made) < 600


@pytest.mark.parametrize("error", ERRORS)
def test_every_error_has_an_exit_code(error: type[MingchaError]) -> None:
    made = error(**dict.fromkeys(_fields(error.__doc__ or ""), "X"))
    assert exit_of(made) is not Exit.DONE
