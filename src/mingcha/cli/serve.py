"""`mingcha serve`: the desk door on this machine, with a one-time set-up link and no default password."""

from typing import Annotated

import typer

from mingcha.cli.house import house, settings
from mingcha.cli.say import err, out, say
from mingcha.errors import KeyTrouble
from mingcha.model.words import Words

PATIENCE_SECONDS = 10.0  # whoever waits at a screen is rather told that somebody else is writing
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def register(app: typer.Typer) -> None:
    """Add this file's verbs."""
    app.command("serve", help=say("启动本机服务", "serve the desk"))(serve)


def serve(
    host: Annotated[str, typer.Option(metavar="HOST", help=say("监听地址", "address to bind"))] = "",
    port: Annotated[int | None, typer.Option(min=1, max=65535, metavar="PORT", help=say("端口", "port"))] = None,
    worker: Annotated[bool, typer.Option(help=say("同时运行后台任务", "run background jobs too"))] = True,
) -> None:
    """Serve until stopped."""
    from mingcha.actions.accounts import setup_link
    from mingcha.actions.day_roots import waiting
    from mingcha.api.app import create_app
    from mingcha.api.server import bind
    from mingcha.api.server import serve as listen
    from mingcha.cli.days import sealed_until
    from mingcha.worker.loop import running
    from mingcha.worker.works import WORKS, plan

    chosen = settings()
    host, port = host or chosen.host, port or chosen.port
    with house(PATIENCE_SECONDS) as deps:
        if host not in LOOPBACK and deps.keys.is_dev:
            raise KeyTrouble(
                why=Words(
                    f"工作区使用的是开发密钥；绑定 {host} 之前请先用 `mingcha keys init` 建立正式密钥",
                    f"the workspace has a development key; make one with `mingcha keys init` before binding {host}",
                )
            )
        held = bind(host, port)
        link = setup_link(deps)
        out.print(say("明察 已就绪：", "mingcha is ready: ") + f"http://{host}:{port}/", style="bold green")
        if link:
            out.print(
                say(
                    "首次使用，请打开一次性链接设置管理员（admin）：",
                    "first use, open this one-time link to set up the administrator (admin):",
                )
            )
            out.print(f"http://{host}:{port}/setup#{link}", soft_wrap=True)
        with deps.store.read() as work:
            last, first = waiting(deps, work)
        if last and first:  # a house that seals its days, and did not
            out.print(say("每日根值：", "days: ") + sealed_until(last, first), style="yellow", markup=False)
        err.print(say("按 Ctrl+C 停止。", "Press Ctrl+C to stop."), style="dim")
        app = create_app(deps, allowed_hosts=(host, "localhost", "127.0.0.1"))
        plan(deps)
        with running(deps, WORKS, enabled=worker):
            listen(app, held)
