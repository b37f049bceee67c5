"""Local accounts from the command line: list, add, disable, and a fresh set-up link."""

from typing import Annotated

import typer
from rich.markup import escape

from mingcha.cli.house import house, local_actor, settings
from mingcha.cli.say import out, print_json, say, tell, words
from mingcha.cli.table import folding
from mingcha.model.actor import ROLE_WORDS, Purpose, Role
from mingcha.model.people import Line

Json = Annotated[bool, typer.Option("--json", help=say("以 JSON 输出", "print JSON"))]
Name = Annotated[str, typer.Argument(metavar="NAME", help=say("账号名称", "the account's name"))]
Unit = Annotated[str | None, typer.Option(metavar="TEXT", help=say("网点或部门", "branch or department"))]
KnownAs = Annotated[
    list[str] | None,
    typer.Option(
        "--known-as",
        metavar="TEXT",
        help=say("姓名、工号、所属机构，可多次", "name, number, agency; repeatable"),
    ),
]


def register(app: typer.Typer) -> None:
    """Add this file's verbs."""
    group = typer.Typer(help=say("账号：列出、新建、停用、重发链接", "accounts"), no_args_is_help=True)
    group.command("list", help=say("列出账号", "list the accounts"))(list_)
    group.command("add", help=say("新建账号，打印一次性设置链接", "make an account, print its one-time link"))(add)
    group.command("names", help=say("投诉指名本人或条线时用的名称", "names that close a complaint to them"))(names)
    group.command("link", help=say("重发设置链接（忘记口令时）", "a fresh set-up link (forgotten password)"))(link)
    group.command("disable", help=say("停用账号；其做过的事保留", "shut an account; what it did stays"))(disable)
    app.add_typer(group, name="accounts")


def list_(json_: Json = False) -> None:
    """Print all accounts."""

    from mingcha.actions.accounts import list_accounts

    with house() as deps:
        people = list_accounts(deps, local_actor(Purpose.ADMINISTRATION))
    if json_:
        plain = [
            {"name": p.name, "roles": p.roles, "reports_to": p.reports_to, "disabled": p.disabled, "ready": bool(p.password), "unit": p.unit, "known_as": p.known_as}
            for p in people
        ]  # fmt: skip
        print_json(plain)
        return
    if not people:
        out.print(
            say(
                "还没有账号。mingcha serve 会打印管理员的设置链接。",
                "No accounts yet. mingcha serve prints the administrator's link.",
            )
        )
        return
    table = folding(
        say("名称", "name"),
        say("角色", "roles"),
        say("上级", "reports to"),
        say("名称（回避）", "known as"),
        say("状态", "state"),
    )
    for one in people:
        state = say("已停用", "disabled") if one.disabled else say("可用", "ready") if one.password else ""
        roles = "、".join(words(ROLE_WORDS[Role(role)]) for role in one.roles)
        known = escape("、".join(one.known_as))
        table.add_row(
            one.name,
            roles,
            one.reports_to or "",
            escape(one.unit or ""),
            known,
            state or say("待设置", "not set up yet"),
        )
    out.print(table)


def add(
    name: Name,
    role: Annotated[
        list[Role],
        typer.Option(metavar="ROLE", help=say("角色，可多次：", "role, repeatable: ") + ", ".join(Role)),
    ],
    reports_to: Annotated[str | None, typer.Option(metavar="NAME", help=say("直接上级的账号", "superior"))] = None,
    unit: Unit = None,
    known_as: KnownAs = None,
    json_: Json = False,
) -> None:
    """Make an account."""
    from mingcha.actions.accounts import create_account

    with house() as deps:
        admin = local_actor(Purpose.ADMINISTRATION)
        token = create_account(deps, admin, name, tuple(role), reports_to, Line(unit, tuple(known_as or ())))
    _print_link(name, token, json_=json_)


def names(name: Name, unit: Unit = None, known_as: KnownAs = None, json_: Json = False) -> None:
    """Say where somebody stands and what names them, in place of what was said; complaints that name them never reach them."""
    from mingcha.actions.accounts import set_line

    held = (*(known_as or ()), *([unit] if unit else []))
    with house() as deps:
        set_line(deps, local_actor(Purpose.ADMINISTRATION), name, Line(unit, tuple(known_as or ())))
    said = say(f"{name}：{'、'.join(held) or '无'}", f"{name}: {', '.join(held) or 'none'}")
    tell(said, {"name": name, "unit": unit, "known_as": held}, json_=json_)


def link(name: Name, json_: Json = False) -> None:
    """Make a fresh one-time link."""
    from mingcha.actions.accounts import renew_link

    with house() as deps:
        token = renew_link(deps, local_actor(Purpose.ADMINISTRATION), name)
    _print_link(name, token, json_=json_)


def disable(name: Name, json_: Json = False) -> None:
    """Shut an account."""
    from mingcha.actions.accounts import disable_account

    with house() as deps:
        disable_account(deps, local_actor(Purpose.ADMINISTRATION), name)
    tell(say(f"已停用 {name}。", f"{name} is disabled."), {"name": name, "disabled": True}, json_=json_)


def _print_link(name: str, token: str, *, json_: bool) -> None:
    chosen = settings()
    address = f"http://{chosen.host}:{chosen.port}/setup#{token}"
    if json_:
        print_json({"name": name, "setup_token": token, "link": address})
        return
    out.print(
        say(
            f"请 {name} 在 24 小时内打开（只能用一次；服务须在运行）：",
            f"{name} opens this within 24 hours (works once; the desk must be running):",
        ),
        markup=False,
    )
    out.print(address, soft_wrap=True, markup=False)
