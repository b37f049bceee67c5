"""`mingcha same`: two customers are one person, or are not, somebody says; nothing is rewritten, and it can be taken back."""

from typing import Annotated

import typer

from mingcha.cli.families import Json, Reason
from mingcha.cli.house import house, local_actor
from mingcha.cli.say import say, tell
from mingcha.model.actor import Purpose
from mingcha.model.person import Verdict


def register(app: typer.Typer) -> None:
    """Add this file's verb."""
    app.command("same", help=say("人工判断：两名客户是否同一人", "say whether two customers are one person"))(same)


def same(
    one: Annotated[str, typer.Argument(metavar="CUSTOMER_ID", help=say("导入时的客户号", "a customer's imported id"))],
    other: Annotated[str, typer.Argument(metavar="CUSTOMER_ID2", help=say("另一个客户号", "the other's"))],
    reason: Reason,
    verdict: Annotated[Verdict, typer.Option(metavar="VERDICT", help="same, not_same, unsure")] = Verdict.SAME,
    system: Annotated[
        str, typer.Option(metavar="NAME", help=say("来源系统，同导入时的 --source", "source system, as at import"))
    ] = "default",
    undo: Annotated[bool, typer.Option("--undo", help=say("撤销对这两人的判断", "take back what was said"))] = False,
    json_: Json = False,
) -> None:
    """One person under two ids counts as one customer wherever unrelated customers are counted; it holds at once."""
    from mingcha.actions.identity import judge, said_of, take_back

    actor, two = local_actor(Purpose.INVESTIGATION), (one, other)
    with house() as deps:
        if not undo:
            done = judge(deps, actor, system, two, verdict, reason)
        else:
            target = said_of(deps, actor, system, two)
            done = take_back(deps, actor, target.id, reason)
    said = say(f"已记下，判断编号 {done.id}，即时生效", f"noted as judgement {done.id}; it holds from now on")
    tell(said, {"judgement": done.id, "verdict": done.verdict.value if done.verdict else "undone"}, json_=json_)
