"""What the terminal library says by itself - usage, panels, wrong options - in the user's language."""

import re
from typing import Any

import typer
from typer import rich_utils
from typer.core import TyperCommand, TyperGroup

from mingcha.cli.say import Exit, err, locale, say

UsageError: type[Exception] = typer.BadParameter.__bases__[0]  # the library names it in a private module only
Abort = typer.Abort  # a question answered with no, or with nothing
PARTS = (
    (re.compile(r"^(.+) is not one of (.+)\.$", re.DOTALL), r"\1 不是以下之一：\2。"),
    (re.compile(r"^(.+) is not a valid (?:integer|int)\.$"), r"\1 不是整数。"),
    (re.compile(r"^Missing (?:argument|option|parameter) '(.+)'\.(?: (.+))?$", re.DOTALL), r"缺少 \1。"),
    (re.compile(r"^Missing command\.$"), "缺少命令。"),
    (re.compile(r"^No such command (.+)\.$"), r"没有命令 \1。"),
    (re.compile(r"^No such option: (\S+)(?: \(Possible options: (.+)\))?$"), r"没有选项 \1。"),
    (re.compile(r"^Got unexpected extra argument\w*(?:\(s\))? \((.+)\)$"), r"多余的参数：\1。"),
    (re.compile(r"^Option (.+) requires an argument\.?$"), r"选项 \1 后面缺少值。"),
    (re.compile(r"^Option (.+) does not take a value\.$"), r"选项 \1 不带值。"),
)
WRAPPED = re.compile(r"^Invalid value(?: for (?P<where>.+?))?: (?:Value error, )?(?P<why>.+)$", re.DOTALL)


# `Any` below: the context and formatter are classes of the library's private module.


class Verb(TyperCommand):
    """A command whose help speaks the user's language."""

    def get_usage(self, ctx: Any) -> str:
        """The usage line."""
        return _usage(super().get_usage(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Help, with its own option explained in the user's language."""
        _explain_help(self, ctx)
        super().format_help(ctx, formatter)


class VerbGroup(TyperGroup):
    """A group whose help speaks the user's language."""

    def get_usage(self, ctx: Any) -> str:
        """The usage line."""
        return _usage(super().get_usage(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Help, with its own option explained in the user's language."""
        _explain_help(self, ctx)
        super().format_help(ctx, formatter)


def spoken(app: typer.Typer) -> None:
    """Make every command and panel of the application speak the user's language."""
    app.info.cls = VerbGroup
    for command in app.registered_commands:
        command.cls = Verb
    for group in app.registered_groups:
        group.cls = VerbGroup
        for command in group.typer_instance.registered_commands if group.typer_instance else ():
            command.cls = Verb
    if locale() == "en":
        return
    rich_utils.ARGUMENTS_PANEL_TITLE = "参数"
    rich_utils.OPTIONS_PANEL_TITLE = "选项"
    rich_utils.COMMANDS_PANEL_TITLE = "命令"
    rich_utils.DEFAULT_STRING = "[默认：{}]"
    rich_utils.ENVVAR_STRING = "[环境变量：{}]"
    rich_utils.REQUIRED_LONG_STRING = "[必填]"


def show_usage_error(error: Exception) -> None:
    """One line saying what of the command line does not fit, and where help is."""
    said = getattr(error, "format_message", lambda: str(error))()
    context = getattr(error, "ctx", None)
    err.print(f"[red]{say('错误', 'error')}[/red] ", end="")
    err.print((chinese(said) if locale() != "en" else said).strip(), markup=False)
    if context is not None:
        hint = f"{context.command_path} --help"
        err.print(say(f"用法见：{hint}", f"Try: {hint}"), style="dim", markup=False)
    raise SystemExit(int(Exit.USAGE))


def show_cancelled() -> None:
    """Say that nothing was done because somebody said no."""
    err.print(say("已取消，未作任何更改。", "Cancelled, nothing was changed."))
    raise SystemExit(int(Exit.FAILED))


def chinese(said: str) -> str:
    """A usage error of the library in Chinese; what is not known stays as it is."""
    wrapped = WRAPPED.match(said)
    if wrapped:
        where = wrapped["where"].strip("'") + "：" if wrapped["where"] else ""
        return where + chinese(wrapped["why"])
    for pattern, words in PARTS:
        if pattern.match(said):
            return pattern.sub(words, said)
    return said


def _usage(text: str) -> str:
    return text.replace("Usage: ", say("用法：", "Usage: "), 1)


def _explain_help(command: TyperCommand | TyperGroup, ctx: Any) -> None:
    option = command.get_help_option(ctx)
    if option is not None:
        option.help = say("显示本帮助", "show this help")
