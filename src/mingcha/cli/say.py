"""How the command line speaks: locale, tables, JSON, errors with documented exit codes."""

import errno
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import Any

from rich.console import Console

from mingcha.errors import (
    BrokenSeal,
    Busy,
    ExhibitChanged,
    InputError,
    KeyTrouble,
    LetterRefused,
    MingchaError,
    NotFound,
    NotPermitted,
    OutOfOrder,
    UnreadableFile,
)
from mingcha.model.words import Words
from mingcha.settings import locale_of


class Exit(IntEnum):
    """Exit codes of the command line. Stable and public."""

    DONE = 0
    FAILED = 1  # something went wrong that is not named below
    USAGE = 2  # wrong options
    BAD_INPUT = 3  # a file or value cannot be used
    REJECTS = 4  # the file was taken in, but some rows were rejected or need repair
    NOT_FOUND = 5
    NOT_PERMITTED = 6
    BROKEN_SEAL = 7  # verification found a broken record
    CHANGED = 8  # replay gave another result
    KEYS = 9
    BUSY = 10  # somebody else was writing for too long; nothing was kept, try again


ERROR_EXITS: dict[type[MingchaError], Exit] = {
    InputError: Exit.BAD_INPUT,
    UnreadableFile: Exit.BAD_INPUT,
    NotFound: Exit.NOT_FOUND,
    NotPermitted: Exit.NOT_PERMITTED,
    OutOfOrder: Exit.NOT_PERMITTED,
    LetterRefused: Exit.BAD_INPUT,
    BrokenSeal: Exit.BROKEN_SEAL,
    ExhibitChanged: Exit.BROKEN_SEAL,
    KeyTrouble: Exit.KEYS,
    Busy: Exit.BUSY,
}

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def locale() -> str:
    """zh-CN or en, from MINGCHA_LOCALE, else LC_ALL, LC_MESSAGES, LANG; Chinese where nothing says otherwise."""
    return locale_of(os.environ)


def say(zh: str, en: str) -> str:
    """One of two wordings by locale."""
    return Words(zh, en).say(locale())


def words(both: Words) -> str:
    """A bilingual value in the user's language."""
    return both.say(locale())


def visible(text: str) -> str:
    """Foreign text as one line that a terminal only shows: control characters and marks of direction as they are written."""
    return "".join(char if char.isprintable() or char == "\u3000" else ascii(char)[1:-1] for char in text)


def print_json(value: Any) -> None:
    """Plain JSON on standard output, one value, keys as they are; what has no UTF-8 (half a character of a file's name) escaped."""
    told = json.dumps(value, ensure_ascii=False, indent=2, default=str)
    sys.stdout.write(told.encode("utf-8", "backslashreplace").decode() + "\n")


def tell(said: str, plain: dict[str, Any], *, json_: bool) -> None:
    """One line for a person, or the same as JSON."""
    if json_:
        print_json(plain)
    else:
        out.print(said, markup=False)


def exit_of(error: MingchaError) -> Exit:
    """The exit code of an error; the nearest named class counts."""
    for cls in type(error).__mro__:
        if cls in ERROR_EXITS:
            return ERROR_EXITS[cls]
    return Exit.FAILED


@contextmanager
def errors_in_words() -> Iterator[None]:
    """Turn errors of the trade and of the file system into one line and an exit code; anything else is a bug."""
    try:
        yield
    except MingchaError as error:
        _complain(error.say(locale()))
        raise SystemExit(int(exit_of(error))) from None
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(int(Exit.DONE)) from None
    except OSError as error:
        if error.filename is None and error.errno != errno.ENOSPC:
            raise
        _complain(f"{error.filename or ''}{say('：', ': ')}{words(FILE_TROUBLE.get(error.errno or 0, _other(error)))}")
        raise SystemExit(int(Exit.BAD_INPUT)) from None


FILE_TROUBLE = {
    errno.ENOENT: Words("没有这个文件或文件夹。", "there is no such file or folder."),
    errno.EACCES: Words("没有权限。", "permission denied."),
    errno.EISDIR: Words("这是一个文件夹。", "this is a folder."),
    errno.ENOTDIR: Words("路径中有一段不是文件夹。", "a part of the path is not a folder."),
    errno.EROFS: Words("只读，不能写入。", "it is read-only."),
    errno.ENOSPC: Words("磁盘已满。", "the disk is full."),
}


def _other(error: OSError) -> Words:
    return Words(f"无法使用（{error.strerror}）。", f"it cannot be used ({error.strerror}).")


def _complain(said: str) -> None:
    err.print(f"[red]{say('错误', 'error')}[/red] ", end="")
    err.print("\n".join(map(visible, said.split("\n"))), markup=False)
