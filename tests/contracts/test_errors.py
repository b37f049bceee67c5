"""Every error of the trade speaks both languages and has its place at both doors."""

import ast
import string
from pathlib import Path

import pytest

import mingcha.errors
from mingcha.api.errors import STATUS, status_of
from mingcha.cli.say import Exit, exit_of
from mingcha.errors import MingchaError, NotFound
from mingcha.model.words import Words

ERRORS = [e for e in vars(mingcha.errors).values() if isinstance(e, type) and issubclass(e, MingchaError)]
NAMES = {error.__name__ for error in ERRORS}


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


def test_no_english_sentence_stands_inside_a_chinese_message() -> None:
    """What, why, verb and expected of an error are `Words`; a plain string there would be shown untranslated."""
    for path in Path(mingcha.errors.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in NAMES:
                for given in node.keywords:
                    plain = isinstance(given.value, ast.Constant) and isinstance(given.value.value, str)
                    assert not (given.arg in ("what", "why", "verb", "expected") and plain), (
                        f"{path.name}:{given.lineno}"
                    )


def test_words_among_the_facts_are_said_in_the_language_asked_for() -> None:
    made = NotFound(what=Words("投诉", "complaint"), which="C-1")
    assert made.say("zh-CN") == "没有找到投诉 'C-1'。"
    assert str(made) == "There is no complaint 'C-1' here."


@pytest.mark.parametrize("error", ERRORS)
def test_every_error_is_in_the_table_of_the_api(error: type[MingchaError]) -> None:
    made = error(**dict.fromkeys(_fields(error.__doc__ or ""), "X"))
    assert error in STATUS
    assert 400 <= status_of(made) < 600


@pytest.mark.parametrize("error", ERRORS)
def test_every_error_has_an_exit_code(error: type[MingchaError]) -> None:
    made = error(**dict.fromkeys(_fields(error.__doc__ or ""), "X"))
    assert exit_of(made) is not Exit.DONE
