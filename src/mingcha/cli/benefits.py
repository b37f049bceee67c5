"""`mingcha benefits`: rings of accounts that harvest a promotion, and what speaks for the innocent."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mingcha.cli.families import Json
from mingcha.cli.house import house, local_actor
from mingcha.cli.say import out, print_json, say, words
from mingcha.cli.table import folding
from mingcha.model.actor import Purpose

if TYPE_CHECKING:
    from mingcha.model.benefit import BenefitRings

LINES = 30


def register(app: typer.Typer) -> None:
    """Add this file's verb."""
    app.command("benefits", help=say("优惠活动：违规套取的账户团伙", "promotions: rings of harvesting accounts"))(
        benefits
    )


def benefits(
    out_: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help=say("写入 JSON Lines，一行一个", "write a line a ring"))
    ] = None,
    json_: Json = False,
) -> None:
    """Rings among claims_of_benefit: accounts tied by device, network, number, payee and address; sharing alone breaks no rule."""
    import json

    from mingcha.actions.benefits import benefit_rings
    from mingcha.actions.codec import to_plain

    with house() as deps:
        found = benefit_rings(deps, local_actor(Purpose.INVESTIGATION))
    lines = [to_plain(one) for one in found.rings]
    if out_ is not None:
        out_.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    if json_:
        print_json(to_plain(found))
        return
    if found.simulated:
        out.print(
            say("模拟数据，不涉及任何真实的人或机构", "simulated data: no real person or institution"), style="yellow"
        )
    _table(found)
    _notes(found)
    if out_ is not None:
        said = say(f"{len(lines):,} 个团伙已写入 {out_}", f"{len(lines):,} rings written to {out_}")
        out.print(said, markup=False)


def _table(found: "BenefitRings") -> None:
    from mingcha.model.benefit import STATUS_WORDS
    from mingcha.model.tie import TIE_WORDS

    if not found.claims:
        said = say(
            "没有优惠领取记录（先导入 claims_of_benefit 与 promotions）",
            "no claims of a benefit yet (import claims_of_benefit and promotions first)",
        )
        out.print(said, markup=False)
        return
    if not found.rings:
        out.print(say(f"{found.claims:,} 次领取中没有团伙", f"no ring among {found.claims:,} claims"))
        return
    table = folding(
        say("编号", "ring"), say("判断", "status"), say("账户", "accounts"), say("客户", "customers"),
        say("领取", "claims"), say("金额（元）", "yuan"), say("关联", "ties"),
    )  # fmt: skip
    for one in found.rings[:LINES]:
        ring = one.ring
        table.add_row(
            ring.id,
            words(STATUS_WORDS[ring.status]),
            f"{len(ring.complaints):,}",
            f"{ring.unrelated.count:,}",
            f"{one.claims:,}",
            f"{one.amount / 100:,.2f}",
            say("、", ", ").join(dict.fromkeys(words(TIE_WORDS[m.kind]) for m in ring.members)),
        )
    if len(found.rings) > LINES:
        more = len(found.rings) - LINES
        table.caption = say(f"另有 {more:,} 个，见 --json", f"{more:,} more with --json")
    out.print(table)


def _notes(found: "BenefitRings") -> None:
    """Who may be innocent all the same, and what could not be looked at."""
    if found.rings:
        said = say(
            "这是对账户背后那只手的怀疑：持有人可能是被借用或被冒用的，也可能是未申报的亲友互助；由人决定。",
            "A suspicion of the hand behind the accounts: whoever holds one may have lent it or been robbed of it, or may help "
            "relatives nobody declared. People decide.",
        )
        out.print(said, style="dim", markup=False)
    notes = (
        (
            found.hubs,
            say("个共用值过于常见，不作关联", "values link nobody, too many share them"),
        ),
        (
            found.without_rule,
            say("次领取的活动没有登记每人次数上限，未作判断", "claims of a promotion whose limit a person is not known"),
        ),
        (found.without_customer, say("次领取没有已知客户，不计人数", "claims of no known customer: they count as nobody")),
    )  # fmt: skip
    for count, said in notes:
        if count:
            out.print(f"{count:>10,}  {said}", style="dim", markup=False)
    if found.claims and not found.places_held:
        said = say(
            "没有公共场所名单（places），商铺、办公室、宿舍的解释无法检验",
            "no list of places is held: shops, offices and dormitories cannot be tested",
        )
        out.print(said, style="yellow", markup=False)
