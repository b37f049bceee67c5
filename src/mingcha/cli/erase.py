"""`mingcha erase`: a customer's data go for good, for a reason that stays sealed."""

from typing import Annotated

import typer

from mingcha.cli.house import house, local_actor
from mingcha.cli.say import out, say, tell


def register(app: typer.Typer) -> None:
    """Add this file's verbs."""
    app.command("erase", help=say("永久删除一名客户的个人数据", "erase a customer's data for good"))(erase)


def erase(
    customer: Annotated[
        str, typer.Argument(metavar="CUSTOMER_ID", help=say("导入时的客户号", "the customer's imported id"))
    ],
    reason: Annotated[
        str,
        typer.Option(
            metavar="TEXT", help=say("理由（长期留存，勿写姓名号码）", "the reason (stays: no names, numbers)")
        ),
    ],
    system: Annotated[
        str, typer.Option(metavar="NAME", help=say("来源系统，同导入时的 --source", "source system, as at import"))
    ] = "default",
    yes: Annotated[bool, typer.Option("--yes", help=say("不再询问", "do not ask"))] = False,
    json_: Annotated[bool, typer.Option("--json", help=say("以 JSON 输出", "print JSON"))] = False,
) -> None:
    """Erase a customer and all that was filed or kept under them; asks first."""
    from mingcha.actions.erase import erase_customer

    if not yes:
        question = say(
            f"将永久删除客户 {customer} 及其名下全部记录，无法恢复。继续？",
            f"Customer {customer} and every record under them will be erased for good. Go on?",
        )
        typer.confirm(question, abort=True, err=True)
    with house() as deps:
        done = erase_customer(deps, local_actor(), system, customer, reason)
    tell(
        say(
            f"已删除客户 {customer} 的 {done.records:,} 条记录（{done.versions:,} 个版本此前仍有数据）；证据链仍可校验。",
            f"{done.records:,} records of customer {customer} erased ({done.versions:,} versions still held data); "
            "the chain still verifies.",
        ),
        {
            "customer": customer,
            "system": system,
            "records": done.records,
            "versions": done.versions,
            "cases": list(done.cases),
        },
        json_=json_,
    )
    if done.cases and not json_:
        listed = "、".join(done.cases)
        out.print(
            say(
                f"以下案件还涉及他人，其中手写的内容须由人清理：{listed}",
                f"People have to redact what they wrote in: {listed}",
            ),
            markup=False,
        )
