"""`mingcha rings`, `ring`, `why`, `tie`, `untie`: who works together, by which values, and a person's word on it."""

from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape
from rich.tree import Tree

from mingcha.cli.families import Json, Reason
from mingcha.cli.house import again, house, local_actor
from mingcha.cli.say import locale, out, print_json, say, tell, words
from mingcha.cli.table import folding
from mingcha.model.actor import Purpose
from mingcha.model.ad_cycle import STAGE_WORDS

if TYPE_CHECKING:
    from mingcha.model.ring import KeptTie, Ring, RingMember

LINES = 30
One = Annotated[str, typer.Argument(metavar="ID", help=say("投诉编号", "the id of a complaint"))]
Other = Annotated[str, typer.Argument(metavar="ID2", help=say("另一件的编号", "the id of the other"))]


def register(app: typer.Typer) -> None:
    """Add this file's verbs."""
    app.command("rings", help=say("团伙清单：成员、可能受害的客户、关联", "rings: their parts, customers, ties"))(rings)
    app.command("ring", help=say("一个团伙：各号码的角色、依据、变化", "one ring: roles, grounds, its history"))(ring)
    app.command("why", help=say("两件投诉为何相关，反面有什么", "why two complaints hang together, or not"))(why)
    app.command("tie", help=say("人工判断：两件同源（--undo 撤销）", "say two belong together (--undo)"))(tie)
    app.command("untie", help=say("人工判断：两件无关（--undo 撤销）", "say two are not related (--undo)"))(untie)


def rings(
    out_: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help=say("写入 JSON Lines，一行一个", "write a line a ring"))
    ] = None,
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], help=say("截至某日的样子", "as they stood that day")),
    ] = None,
    graph: Annotated[
        Path | None,
        typer.Option(
            "--graph",
            metavar="FILE",
            help=say("画图数据：.graphml .gexf .json .ftm.json", "a graph: .graphml .gexf .json .ftm.json"),
        ),
    ] = None,
    json_: Json = False,
) -> None:
    """Rings as the last assess left them, and what so many share that it links nobody. Looking is sealed."""
    import json

    from mingcha.actions.rings import listed
    from mingcha.wiring import write_graph

    with house() as deps:
        moment = None if on is None else datetime.combine(on.date(), time.max, tzinfo=deps.zone)
        found = listed(deps, local_actor(Purpose.INVESTIGATION), moment)
    lines = [plain(one) for one in found.rings]
    if graph is not None:
        write_graph(found.rings, graph)
    if out_ is not None:
        out_.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    if json_:
        print_json(lines)
        return
    if out_ is None or not lines:
        _table(found.rings)
    for path in (out_, graph):
        if path is not None:
            out.print(
                say(f"{len(lines):,} 个团伙已写入 {path}", f"{len(lines):,} rings written to {path}"), markup=False
            )
    if found.withheld:
        held = found.withheld
        out.print(
            say(f"另有 {held:,} 个须待诉求裁定后才能看", f"{held:,} more open once merit is decided"), style="dim"
        )
    if found.hubs:
        most = "；".join(f"{_kind(tie.kind)} {short(tie.value)} × {tie.complaints:,}" for tie in found.hubs[:5])
        said = say(
            f"{len(found.hubs):,} 个共用值不作关联：{most}",
            f"{len(found.hubs):,} values link nobody, too many share them: {most}",
        )
        out.print(said, style="dim", markup=False)


def plain(one: "Ring") -> dict[str, Any]:
    """A ring as one line of JSON."""
    return {
        "ring": one.id,
        "status": one.status.value,
        "level": one.level,
        "members": [{"kind": m.kind, "value": m.value, "role": m.role.value} for m in one.members],
        "customers": list(one.customers),
        "complaints": list(one.complaints),
        "unrelated_customers": one.unrelated.count,
        "ties": [
            {
                "kind": m.kind,
                "family": m.family.value,
                "value": m.value,
                "complaints": list(m.complaints),
                "millibits": m.millibits,
                "bearing": m.bearing,
                "elsewhere": m.elsewhere,
                "cited": [f"{cite.kind}/{cite.record}" for cite in m.cited],
            }
            for m in one.members
        ],
        "families": [family.value for family in one.families],
        "conduct": [{"conduct": c.value, "detector": d, "source": f"{s.kind}/{s.record}"} for c, d, s in one.conduct],
        "stability": one.stability,
        "scheme": one.scheme,
    }


def _table(found: "tuple[Ring, ...]") -> None:
    from mingcha.model.ring import STATUS_WORDS

    if not found:
        hint = again("assess")
        out.print(say(f"没有团伙（先运行 {hint}）", f"no rings ({hint} looks for them)"), markup=False)
        return
    table = folding(
        say("编号", "ring"), say("状态", "status"), say("客户", "customers"), say("关联", "ties"), say("稳定", "stable")
    )
    for one in found[:LINES]:
        table.add_row(
            one.id, words(STATUS_WORDS[one.status]), f"{one.unrelated.count:,}", _kinds(one), _stable(one.stability)
        )
    if len(found) > LINES:
        table.caption = say(f"另有 {len(found) - LINES:,} 个，见 --json", f"{len(found) - LINES:,} more with --json")
    out.print(table)


def _kinds(one: "Ring") -> str:
    return say("、", ", ").join(dict.fromkeys(_kind(m.kind) for m in one.members))


def _kind(kind: str) -> str:
    from mingcha.model.tie import TIE_WORDS

    return words(TIE_WORDS[kind])


def _stable(stability: int | None) -> str:
    return say("未重抽", "not resampled") if stability is None else f"{stability / 10_000:.0f} %"


def short(value: str) -> str:
    """The end of a keyed token: enough to tell two apart on a screen."""
    return f"…{value[-6:]}"


def ring(
    id_: Annotated[str, typer.Argument(metavar="RING", help=say("团伙编号，如 R-1a2b3c4d5e6f", "the ring's id"))],
    page: Annotated[
        Path | None,
        typer.Option("--page", metavar="FILE.html", help=say("写成带图的网页", "write a page with a picture")),
    ] = None,
    level: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=2,
            metavar="0..2",
            help=say("评定级别（0 取消），须 --reason", "give a level (0: none), with --reason"),
        ),
    ] = None,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=say("评级理由", "why that level"))] = "",
    json_: Json = False,
) -> None:
    """One ring: each value's role and why, what bears it, what it shares, the conduct found, and what became of it."""
    from mingcha.actions.rings import grade, ring_view
    from mingcha.wiring import ring_page

    with house() as deps:
        if level is not None:
            grade(deps, local_actor(Purpose.INVESTIGATION), id_, level or None, reason)
        found = ring_view(deps, local_actor(Purpose.INVESTIGATION), id_)
        if page is not None:
            made = ring_page(found.ring, found.events, found.ads, locale(), simulated=found.simulated)
            page.write_text(made, encoding="utf-8")
    if json_:
        events = [
            {"became": e.became.value, "other": e.other, "at": e.at.isoformat(), "run": e.run} for e in found.events
        ]
        ads = [{"ad": ad, "stage": stage.value} for ad, stage in found.ads]
        print_json({**plain(found.ring), "ads": ads, "events": events, "aside": found.aside})
        return
    if found.simulated:
        out.print(
            say("模拟数据，不涉及任何真实的人或机构", "simulated data: no real person or institution"), style="yellow"
        )
    _show(found.ring)
    for ad, stage in found.ads:
        out.print(f"{say('广告', 'ad')}  {ad}  {words(STAGE_WORDS[stage])}", markup=False)
    _history(found.events)
    if found.aside:
        out.print(
            say(f"{found.aside:,} 件须回避，未列出", f"{found.aside:,} are closed to you and not listed"), style="dim"
        )
    if page is not None:
        out.print(say(f"网页已写入 {page}", f"page written to {page}"), markup=False)


def _show(one: "Ring") -> None:
    from mingcha.model.finding import CONDUCT_WORDS
    from mingcha.model.ring import ROLE_WORDS, STATUS_WORDS

    unrelated, letters = one.unrelated.count, len(one.complaints)
    said = say(
        f"{letters:,} 件投诉，{unrelated:,} 名互不相关的客户（可能的受害人，不是成员）",
        f"{letters:,} complaints of {unrelated:,} unrelated customers (possible victims, never members)",
    )
    level = say(f"  {one.level} 级", f"  level {one.level}") if one.level else ""
    tree = Tree(f"[bold]{one.id}[/bold]  {words(STATUS_WORDS[one.status])}{level}\n{said}")
    for role in dict.fromkeys(m.role for m in one.members):
        branch = tree.add(f"[bold]{words(ROLE_WORDS[role])}[/bold]")
        for member in one.members:
            if member.role is role:
                branch.add(escape(_member_line(member)))
    out.print(tree)
    for conduct in dict.fromkeys(c for c, _, _ in one.conduct):
        cited = [f"{s.kind}/{s.record}" for c, _, s in one.conduct if c is conduct]
        more = f" +{len(cited) - 3}" if len(cited) > 3 else ""
        out.print(
            f"{say('行为', 'conduct')}  {words(CONDUCT_WORDS[conduct])}: {', '.join(cited[:3])}{more}", markup=False
        )
    out.print(f"{say('稳定性', 'stability')}  {_stable(one.stability)}")


def _member_line(member: "RingMember") -> str:
    bits = f"{member.millibits / 1000:.1f}"
    said = say(
        f"{_kind(member.kind)} {short(member.value)}：{len(member.complaints):,} 件写明，稀有度 {bits} 比特",
        f"{_kind(member.kind)} {short(member.value)}: stated in {len(member.complaints):,}, rarity {bits} bits",
    )
    if member.bearing:
        said += say("；去掉它则不成团伙", "; without it there is no ring")
    if member.elsewhere:
        said += say(f"；另有 {member.elsewhere:,} 件也用", f"; {member.elsewhere:,} outside state it too")
    return said


def _history(events: Any) -> None:
    from mingcha.model.ring import BECAME_WORDS

    for event in events:
        other = f" {event.other}" if event.other else ""
        out.print(f"{event.at:%Y-%m-%d %H:%M}  {words(BECAME_WORDS[event.became])}{other}", style="dim", markup=False)


def why(one: One, other: Other, json_: Json = False) -> None:
    """The shortest ways over the rarest values from one complaint to the other, and what speaks against."""
    from mingcha.actions.codec import to_plain
    from mingcha.actions.rings import why as act

    with house() as deps:
        found = act(deps, local_actor(Purpose.INVESTIGATION), one, other)
    if json_:
        print_json(to_plain(found))
        return
    if found.ring:
        out.print(say(f"同在团伙 {found.ring}", f"both are in ring {found.ring}"))
    if not found.paths:
        out.print(say("没有任何关联把二者连起来", "no tie leads from one to the other"))
    for n, path in enumerate(found.paths, 1):
        out.print(f"{n}. {found.one}", markup=False)
        for tie_, reached in path.steps:
            out.print(f"   ── {_step(tie_)} ──▶ {reached}", markup=False)
    for said in found.against:
        out.print(f"{say('反面', 'against')}  {words(said)}", style="yellow", markup=False)


def _step(tie_: "KeptTie") -> str:
    bits = f"{tie_.millibits / 1000:.1f}"
    return say(
        f"{_kind(tie_.kind)} {short(tie_.value)}（{tie_.complaints:,} 件，{bits} 比特）",
        f"{_kind(tie_.kind)} {short(tie_.value)} ({tie_.complaints:,} complaints, {bits} bits)",
    )


Undo = Annotated[bool, typer.Option("--undo", help=say("撤销对这两件的判断", "take back what was said of the two"))]


def tie(one: One, other: Other, reason: Reason, undo: Undo = False, json_: Json = False) -> None:
    """Say that two complaints come from one organisation; it holds at once. It is no tie of law 3."""
    from mingcha.actions.rings import tie as act

    _say_so(act, one, other, reason, undo=undo, json_=json_)


def untie(one: One, other: Other, reason: Reason, undo: Undo = False, json_: Json = False) -> None:
    """Say that two complaints are not related; no later assess puts them in one ring."""
    from mingcha.actions.rings import untie as act

    _say_so(act, one, other, reason, undo=undo, json_=json_)


def _say_so(act: Any, one: str, other: str, reason: str, *, undo: bool, json_: bool) -> None:
    from mingcha.actions.rings import said_of
    from mingcha.actions.rings import undo as take_back

    actor = local_actor(Purpose.INVESTIGATION)
    with house() as deps:
        target = said_of(deps, actor, one, other) if undo else None
        done = act(deps, actor, one, other, reason) if target is None else take_back(deps, actor, target.id, reason)
    said = say(f"已记下，判断编号 {done.id}，即时生效", f"noted as judgement {done.id}; it holds from now on")
    tell(said, {"judgement": done.id, "word": done.word.value, "complaints": list(done.complaints)}, json_=json_)
