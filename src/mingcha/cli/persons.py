"""`persons`: rows of any table to the persons they speak of, without a workspace, every match explained."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from mingcha.cli.faults import say_faults
from mingcha.cli.link import IdColumn, Tables, Target, name_of, named_columns
from mingcha.cli.reading import NO_EVIDENCE
from mingcha.cli.say import Exit, err, out, print_json, say, words
from mingcha.cli.table import folding
from mingcha.model.words import Words

if TYPE_CHECKING:
    from mingcha.actions.persons import Resolved
    from mingcha.model.person import PersonPair

SHOWN = 5
BAR = 16
WHAT = {
    "name": Words("姓名", "name"),
    "phone": Words("电话", "telephone"),
    "id_number": Words("证件号", "identity number"),
    "address": Words("地址", "address"),
}
LEVEL = {
    "null": Words("一方未写", "not said on one side"),
    "same_characters": Words("字相同", "same characters"),
    "same_syllables": Words("读音相同", "same syllables"),
    "syllables_alike": Words("读音相近", "syllables alike"),
    "surname_alone": Words("同姓，一方只有姓", "same surname, one side says no more"),
    "other_given_name": Words("同姓不同名", "same surname, another given name"),
    "same": Words("相同", "same"),
    "slip": Words("差一两位", "a digit or two differ"),
    "elsewhere": Words("不在同一区县", "another district"),
    "same_door": Words("同一户", "same door"),
    "other_door": Words("同一处、另一户", "same place, another door"),
    "same_building": Words("同一栋", "same building"),
    "same_number": Words("同一门牌", "same house number"),
    "same_place": Words("同一小区", "same estate"),
    "same_road": Words("同一条路", "same road"),
    "same_district": Words("同一区县", "same district"),
    "different": Words("不同", "different"),
}


def register(app: typer.Typer) -> None:
    """Add this file's verb."""
    app.command("persons", help=say("把任意表格中同一人的行归组", "group rows of any table that are one person"))(
        persons
    )


def persons(
    files: Tables,
    target: Target,
    id_: IdColumn = "id",
    column: Annotated[
        list[str] | None,
        typer.Option(metavar="WHAT=COLUMN", help=say("列名不认识时指明，如 name=xm", "name a column, as name=xm")),
    ] = None,
    pairs: Annotated[
        Path | None, typer.Option(metavar="FILE", help=say("每一对的依据写到哪里", "where each pair's reasons go"))
    ] = None,
    judged: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help=say("人的判断：a, b, verdict", "what people judged: a, b, verdict")),
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help=say("以 JSON 输出", "print JSON"))] = False,
) -> None:
    """Write `id, group` a line a row. Read are name, phone, id_number, address; verdicts are same, not_same, unsure."""
    from mingcha.actions.persons import resolve_persons
    from mingcha.wiring import linkage, open_table

    err.print(say(*NO_EVIDENCE), style="dim")
    rows = (row for file in files for row in open_table(file))
    with err.status(say("比对中……", "comparing ...")):
        done = resolve_persons(rows, linkage(), open_table(judged) if judged else (), id_, named_columns(column))
    names = {row: name_of(group) for group in done.persons.groups for row in group}
    _write(target, ({"id": row, "group": names[row]} for row in names))
    if pairs is not None:
        _write(pairs, (_line(pair, together=names[pair.one] == names[pair.other]) for pair in done.pairs))
    if json_:
        print_json(_told(done))
    else:
        _say(done, names)
    if any([say_faults(faults, file) for file, faults in sorted(done.faults.items())]):
        raise typer.Exit(int(Exit.REJECTS))


def _write(target: Path, lines: Iterable[dict[str, object]]) -> None:
    with target.open("w", encoding="utf-8") as sink:
        sink.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def _line(pair: "PersonPair", *, together: bool) -> dict[str, object]:
    parts = [{"what": what, "level": level, "bits": round(bits, 2)} for what, level, bits in pair.parts]
    before, bits = round(before_comparing(pair), 2), round(pair.bits, 2)
    return {"a": pair.one, "b": pair.other, "bits": bits, "together": together, "before": before, "parts": parts}


def before_comparing(pair: "PersonPair") -> float:
    """Bits of any two rows of this table, before anything of them is compared."""
    return pair.bits - sum(bits for _, _, bits in pair.parts)


def _told(done: "Resolved") -> dict[str, object]:
    large = [group for group in done.persons.groups if len(group) > 1]
    return {
        "rows": done.rows,
        "persons": len(done.persons.groups),
        "rows_with_others": sum(map(len, large)),
        "pairs": len(done.pairs),
        "kept_apart": [{"a": one, "b": other, "why": words(why)} for one, other, why in done.persons.kept_apart],
        "contradictions": [
            {"a": one.one, "b": one.other, "verdict": one.verdict.value, "why": words(why)}
            for one, why in done.persons.contradictions
        ],
        "columns": {what: list(columns) for what, columns in done.found.items()},
        "not_read": sum(len(faults) for faults in done.faults.values()),
    }


def _say(done: "Resolved", names: dict[str, str]) -> None:
    read = say("；", "; ").join(f"{words(WHAT[what])}: {', '.join(columns)}" for what, columns in done.found.items())
    out.print(say(f"读到的列：{read or '无'}", f"columns read: {read or 'none'}"), markup=False)
    large = [group for group in done.persons.groups if len(group) > 1]
    people, inside = len(done.persons.groups), sum(map(len, large))
    out.print(
        say(
            f"{done.rows:,} 行，{people:,} 人；其中 {len(large):,} 人不止一行，共 {inside:,} 行",
            f"{done.rows:,} rows, {people:,} persons; {len(large):,} with more than one row, {inside:,} rows in all",
        )
    )
    joined = [pair for pair in done.pairs if names[pair.one] == names[pair.other]]
    apart = [pair for pair in done.pairs if names[pair.one] != names[pair.other]]
    _waterfalls(say("归为一人、最不确定的", "one person, the least sure"), joined[::-1][:SHOWN])
    _waterfalls(say("未归为一人、最像的", "not one person, the most alike"), apart[:SHOWN])
    kept = done.persons.kept_apart
    for one, other, why in kept[:SHOWN]:
        out.print(f"{one} / {other}: {words(why)}", style="yellow", markup=False)
    if len(kept) > SHOWN:
        more = f"{len(kept) - SHOWN:,}"
        out.print(say(f"另有 {more} 对像而未归（--json 全列）", f"{more} more alike and kept apart (--json lists all)"))
    for judgement, why in done.persons.contradictions:
        told = f"{judgement.one} / {judgement.other} {judgement.verdict.value}: {words(why)}"
        out.print(told, style="yellow", markup=False)


def _waterfalls(title: str, pairs: list["PersonPair"]) -> None:
    """What each comparison adds to a pair, in bits, as bars to the right (one person) or the left (two)."""
    if not pairs:
        return
    table = folding(say("两行", "rows"), say("依据", "because of"), say("比特", "bits"), "")
    table.title = title
    table.caption = say(
        "正数支持同一人，负数支持两人；每多 1 比特，可能性翻一倍",
        "plus: one person, minus: two; a bit more is twice as likely",
    )
    for pair in pairs:
        table.add_row(f"{pair.one} / {pair.other}", "", f"{pair.bits:+.1f}", "", style="bold")
        before = before_comparing(pair)
        table.add_row("", say("比对之前", "before comparing"), f"{before:+.1f}", _bar(before))
        for what, level, bits in pair.parts:
            if level != "null":
                table.add_row("", f"{words(WHAT[what])}: {words(LEVEL[level])}", f"{bits:+.1f}", _bar(bits))
    out.print(table)


def _bar(bits: float) -> Text:
    long = "█" * min(BAR, max(1, round(abs(bits))))
    return Text(long, style="green" if bits > 0 else "red")
