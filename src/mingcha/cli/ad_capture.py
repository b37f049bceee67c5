"""`ads capture`: an ad's public address visited by a browser, kept as exhibits; the one verb of the terminal that visits sites."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from mingcha.cli.ad_pages import analyst
from mingcha.cli.families import Json
from mingcha.cli.house import house, settings
from mingcha.cli.say import Exit, err, out, print_json, say, words
from mingcha.errors import InputError
from mingcha.model.ad_cycle import LOOK_WORDS
from mingcha.model.capture import REFUSAL_WORDS
from mingcha.model.words import Words

if TYPE_CHECKING:
    from mingcha.actions.capturing import Visited


def capture(
    ad: Annotated[str | None, typer.Argument(metavar="AD", help=say("广告编号 AD-…", "the ad's id, AD-…"))] = None,
    url: Annotated[
        str | None, typer.Option(metavar="URL", help=say("另一个地址", "another address than the ad's"))
    ] = None,
    due: Annotated[bool, typer.Option("--due", help=say("逐一复查到期的广告", "all whose look is due"))] = False,
    limit: Annotated[int, typer.Option(metavar="N", min=1, help=say("一次最多几条", "how many at most"))] = 50,
    json_: Json = False,
) -> None:
    """Visit AD's public address (or all due): page, screenshot and headers are sealed.

    robots.txt is obeyed, a host left alone for 10 s, nothing behind a log-in is seen; whether a site's terms allow a visit is
    for you to know.
    """
    from mingcha.actions.capturing import Rechecked, capture_ad, recheck_due
    from mingcha.cli.progress import counting
    from mingcha.wiring import capturer

    if (ad is not None) is due or (due and url is not None):
        raise InputError(where="AD", found=ad or "", expected=Words("AD 与 --due 之一", "one of AD and --due"))
    with house() as deps, counting(say("访问中", "visiting"), show=not json_) as more:
        visitor, who = capturer(settings().browser), analyst()
        alone = None if ad is None else capture_ad(deps, who, visitor, ad, url)
        done = Rechecked((alone,), 0, ()) if alone else recheck_due(deps, who, visitor, limit, more)
    if json_:
        print_json({"visits": [_plain(one) for one in done.visits], "left": done.left, "without": done.without})
    else:
        for one in done.visits:
            _say(one)
        _say_rest(done.left, len(done.without), len(done.visits))
    if any(one.look is None for one in done.visits):
        raise typer.Exit(int(Exit.BAD_INPUT))


def _plain(one: "Visited") -> dict[str, Any]:
    refused = one.refused
    return {
        "ad": one.ad,
        "url": one.url,
        "look": one.look.value if one.look else None,
        "exhibits": one.exhibits,
        "refused": refused.refusal.value if refused else None,
        "why": words(refused.why) if refused else None,
        "notes": [words(note) for note in one.notes],
    }


def _say(one: "Visited") -> None:
    look = words(LOOK_WORDS[one.look]) if one.look else say("未访问", "not visited")
    out.print(f"{one.ad}  {look}  {one.url}", markup=False, soft_wrap=True)
    if one.refused is not None:
        reason = f"{words(REFUSAL_WORDS[one.refused.refusal])}{say('：', ': ')}{words(one.refused.why)}"
        out.print(f"  {reason}", markup=False, soft_wrap=True)
    if one.exhibits:
        out.print(f"  {say('证据', 'exhibits')} {' '.join(one.exhibits)}", markup=False, soft_wrap=True)
    for note in one.notes:
        out.print(f"  {words(note)}", markup=False, style="dim", soft_wrap=True)


def _say_rest(left: int, without: int, visited: int) -> None:
    if left:
        err.print(say(f"另有 {left:,} 条到期，本次未访问", f"{left:,} more are due and were not visited now"))
    if without:
        err.print(
            say(f"{without:,} 条到期但没有地址，请人工查看", f"{without:,} are due and have no address: look by hand")
        )
    if not (left or without or visited):
        out.print(say("没有到期的复查", "no look is due"))
