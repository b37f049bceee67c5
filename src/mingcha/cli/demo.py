"""`mingcha demo`: load the simulated town, so that everything can be seen with data that belong to nobody."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from mingcha.cli.house import again, house, local_actor, settings
from mingcha.cli.say import out, print_json, say, words
from mingcha.errors import InputError
from mingcha.model.actor import Purpose
from mingcha.model.kinds import BY_CODE
from mingcha.model.words import Words
from mingcha.settings import SITE as SITE_FILE


def register(app: typer.Typer) -> None:
    """Add this file's verbs."""
    app.command("demo", help=say("载入模拟城镇（全部为虚构数据）", "load the simulated town (all data fictitious)"))(
        demo
    )


def demo(
    size: Annotated[int, typer.Option(min=30, metavar="N", help=say("投诉件数", "how many complaints"))] = 300,
    seed: Annotated[int, typer.Option(metavar="N", help=say("随机种子", "random seed"))] = 1,
    if_empty: Annotated[
        bool, typer.Option("--if-empty", help=say("工作区已有数据则不动", "leave a workspace with data alone"))
    ] = False,
    files: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help=say("同时把生成的文件留在这里", "keep the generated files here")),
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help=say("以 JSON 输出", "print JSON"))] = False,
) -> None:
    """Build the town, import it and assess it."""
    from mingcha.actions.assess import assess
    from mingcha.actions.take_in import SourceFile, take_in
    from mingcha.cli.progress import counting, stages
    from mingcha.demo.town import write_town
    from mingcha.wiring import intake_door

    with house() as deps, deps.store.read() as work:
        held = sum(work.records.counts().values())
    if held and if_empty:
        out.print(say("工作区已有数据，未载入模拟城镇。", "The workspace holds data already; the town was not loaded."))
        return
    if held:
        raise InputError(
            where="workspace",
            found=str(settings().workspace),
            expected=Words("空的工作区（模拟数据不与其他数据混放）", "an empty workspace (simulated data stay apart)"),
        )
    _write_site(settings().workspace / SITE_FILE)
    with house() as deps, tempfile.TemporaryDirectory() as scratch:
        folder = files or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        kept = {}
        today = deps.now().astimezone(deps.zone).date()
        for path in write_town(size, seed, folder, today):
            if path.suffix != ".csv":
                continue
            door = intake_door(path.stem, path, None, "demo")
            origin = SourceFile(kind=door.kind, name=f"simulated {path.name}", digest=door.digest, system="demo")
            with counting(say(f"导入 {path.name}", f"importing {path.name}"), show=not json_) as tick:
                kept[path.stem] = take_in(deps, local_actor(), origin, door.rows(), progress=tick).taken
        with stages(show=not json_) as tick_stage:
            done = assess(deps, local_actor(Purpose.INVESTIGATION), tick_stage)
    if json_:
        print_json({"simulated": True, "seed": seed, "records": kept, "labels": done.labels})
        return
    out.print(
        say(f"模拟城镇已载入（虚构数据，种子 {seed}）", f"The simulated town is loaded (fictitious data, seed {seed})"),
        style="bold",
    )
    for code, count in kept.items():
        out.print(f"{count:>10,}  {words(BY_CODE[code].label)}", style="dim")
    out.print(say("接下来：", "Next:"))
    for verb in ("queue", "report report.html", "serve"):
        out.print("  " + again(verb), markup=False)


def _write_site(path: Path) -> None:
    """Name a made-up institution, unless the workspace has a site file."""
    from mingcha.demo.site import SITE

    if not path.exists():
        path.write_text(SITE, encoding="utf-8")
