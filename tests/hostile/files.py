"""Hostile files, made by code: damaged, hostile and merely unusual; each says what must come of it."""

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

TEXT = "每天打十几个电话催收，利息太高"


@dataclass(frozen=True)
class HostileFile:
    """One file: its name, what writes it, and how many complaints must be on the desk (None: the file is refused whole)."""

    name: str
    data: bytes
    complaints: int | None
    rejects: int = 0


def _csv(rows: list[list[str]], encoding: str = "utf-8", **how: str) -> bytes:
    sink = io.StringIO(newline="")
    csv.writer(sink, **how).writerows(rows)  # type: ignore[arg-type]  # the test's own options
    return sink.getvalue().encode(encoding, "surrogatepass")


def _rows(*texts: str, head: tuple[str, ...] = ("id", "text")) -> list[list[str]]:
    return [list(head), *([str(n), text] for n, text in enumerate(texts, 1))]


def _time(value: str) -> bytes:
    return _csv([["id", "text", "received_at"], ["1", TEXT, value]])


def _xlsx(fill: Callable[[zipfile.ZipFile], None] | None = None, rows: list[list[str]] | None = None) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    for row in rows or []:
        book.active.append(row)
    sink = io.BytesIO()
    book.save(sink)
    if fill:
        with zipfile.ZipFile(sink, "a", zipfile.ZIP_DEFLATED) as archive:
            fill(archive)
    return sink.getvalue()


def _bomb(archive: zipfile.ZipFile) -> None:
    archive.writestr("xl/bomb.bin", b"\0" * (200 << 20))


GOOD = _csv(_rows(TEXT))
HOSTILE: tuple[HostileFile, ...] = (
    HostileFile("empty.csv", b"", None),
    HostileFile("blank_lines.csv", b"\n\n\n", None),
    HostileFile("header_only.csv", b"id,text\n", 0),
    HostileFile("binary.csv", bytes(range(256)) * 40, None),
    HostileFile("png_named_csv.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(128, 256)) * 9, None),
    HostileFile("no_known_columns.csv", b"a,b\n1,2\n", None),
    HostileFile("doubled_column.csv", b"id,text,text\n1,a,b\n", None),
    HostileFile("wrong_name.pdf", GOOD, None),
    HostileFile("utf8_bom.csv", _csv(_rows(TEXT), "utf-8-sig"), 1),
    HostileFile("utf16.csv", _csv(_rows(TEXT), "utf-16"), 1),
    HostileFile("gb18030.csv", _csv(_rows(TEXT * 3), "gb18030"), 1),
    HostileFile("half_utf8_half_gbk.csv", _csv(_rows(TEXT)) + "2,利息\n".encode("gb18030") + b"\xff\xff\n", 3),
    HostileFile("truncated_utf8.csv", GOOD[:-5], 1),
    HostileFile("cr_only.csv", GOOD.replace(b"\r\n", b"\r"), 1),
    HostileFile("lf_only.csv", GOOD.replace(b"\r\n", b"\n"), 1),
    HostileFile("no_last_newline.csv", GOOD.rstrip(), 1),
    HostileFile("semicolons.csv", _csv(_rows(TEXT), delimiter=";"), 1),
    HostileFile("tabs.tsv", _csv(_rows(TEXT), delimiter="\t"), 1),
    HostileFile("quoted_newlines.csv", _csv(_rows(TEXT + "\n第二段\n第三段")), 1),
    HostileFile("open_quote.csv", b'id,text\n1,"' + TEXT.encode() + b"\n2," + TEXT.encode() + b"\n", 1),
    HostileFile("stray_quotes.csv", b'id,text\n1,' + TEXT.encode() + b'"x"y\n', 1),
    HostileFile("torn_short.csv", b"id,channel,text\n1," + TEXT.encode() + b"\n", 1),
    HostileFile("torn_long.csv", b"id,text\n1," + TEXT.encode() + b",x,y,z\n", 1),
    HostileFile("nul_inside.csv", b"id,text\n1,a\0" + TEXT.encode() + b"\n", 1),
    HostileFile("nul_only.csv", b"id,text\n1,\0\0\0\n", 1),
    HostileFile("ten_megabyte_cell.csv", _csv(_rows("催" * 3_500_000)), 1),
    HostileFile("too_large_cell.csv", b"id,text\n1," + b"a" * 20_500_000 + b"\n2," + TEXT.encode() + b"\n", 2),
    HostileFile("right_to_left.csv", _csv(_rows("\u202e" + TEXT + "\u202c")), 1),
    HostileFile("zero_width.csv", _csv(_rows("\u200b".join(TEXT))), 1),
    HostileFile("combining_storm.csv", _csv(_rows("a" + "\u0301" * 5_000 + TEXT)), 1),
    HostileFile("emoji.csv", _csv(_rows("😡📞" * 50 + TEXT)), 1),
    HostileFile("astral.csv", _csv(_rows("𠀀𠀁" + TEXT)), 1),
    HostileFile("lone_surrogate.csv", b"id,text\n1,\xed\xa0\x80" + TEXT.encode() + b"\n", None),
    HostileFile("formula.csv", _csv(_rows("=HYPERLINK(1)", "+1+1", "-2", "@SUM(1)")), 4),
    HostileFile("formula_in_id.csv", _csv([["id", "text"], ["=1+1", TEXT]]), 1),
    HostileFile("html.csv", _csv(_rows("<script>alert(1)</script>" + TEXT)), 1),
    HostileFile("sql.csv", _csv(_rows("'; DROP TABLE records; --" + TEXT)), 1),
    HostileFile("template.csv", _csv(_rows("{{ 7*7 }} {text} %s" + TEXT)), 1),
    HostileFile("duplicate_ids.csv", _csv([["id", "text"], ["1", TEXT], ["1", TEXT], ["1", TEXT + "，另有新情况"]]), 2),
    HostileFile("no_id.csv", _csv([["text"], [TEXT], [TEXT]]), 2),
    HostileFile("id_only.csv", _csv([["id", "text"], ["1", ""]]), 1),
    HostileFile("nothing_in_row.csv", _csv([["id", "text", "channel"], ["", "", "热线"]]), 0, 1),
    HostileFile("date_iso.csv", _time("2026-03-05 08:30:00+08:00"), 1),
    HostileFile("date_naive.csv", _time("2026-03-05 08:30"), 1),
    HostileFile("date_chinese.csv", _time("2026年3月5日"), 1),
    HostileFile("date_slashes.csv", _time("05/03/2026"), 1),
    HostileFile("date_serial.csv", _time("46086.354"), 1),
    HostileFile("date_words.csv", _time("上周三"), 1),
    HostileFile("date_impossible.csv", _time("2026-02-31 25:61"), 1),
    HostileFile("date_future.csv", _time("2999-01-01 00:00+08:00"), 1),
    HostileFile("date_year_zero.csv", _time("0000-00-00"), 1),
    HostileFile("phone_masked.csv", _csv([["id", "text", "filer_phone"], ["1", TEXT, "138****1234"]]), 1),
    HostileFile("role_unknown.csv", _csv([["id", "text", "filer_role"], ["1", TEXT, "路人"]]), 1),
    HostileFile("plain.jsonl", json.dumps({"id": "1", "text": TEXT}).encode() + b"\n", 1),
    HostileFile("torn.jsonl", json.dumps({"id": "1", "text": TEXT}).encode() + b'\n{"id": "2", "te\n', 2),
    HostileFile("not_objects.jsonl", b'[1,2]\n"' + TEXT.encode() + b'"\nnull\n', 3),
    HostileFile("deep.jsonl", b'{"text": "' + TEXT.encode() + b'", "x": ' + b"[" * 100_000 + b"\n", 1),
    HostileFile("nested.jsonl", json.dumps({"id": "1", "text": {"a": TEXT}}, ensure_ascii=False).encode() + b"\n", 1),
    HostileFile("numbers.jsonl", b'{"id": 12345678901234567890, "text": 3.14}\n', 1),
    HostileFile("gzipped.csv.gz", gzip.compress(GOOD), 1),
    HostileFile("gzip_cut.csv.gz", gzip.compress(GOOD * 3000)[:-40], None),
    HostileFile("gzip_bomb.csv.gz", gzip.compress(b"id,text\n" + b"0" * (130 << 20)), None),
    HostileFile("gzip_of_nothing.csv.gz", gzip.compress(b""), None),
    HostileFile("good.xlsx", _xlsx(rows=_rows(TEXT)), 1),
    HostileFile("no_heading.xlsx", _xlsx(), None),
    HostileFile("not_a_zip.xlsx", b"PK\x03\x04" + b"x" * 200, None),
    HostileFile("csv_named_xlsx.xlsx", GOOD, None),
    HostileFile("zip_bomb.xlsx", _xlsx(_bomb, _rows(TEXT)), None),
    HostileFile("cut.xlsx", _xlsx(rows=_rows(TEXT))[:-300], None),
)  # fmt: skip


def write(folder: Path) -> list[tuple[HostileFile, Path]]:
    """All files on disk."""
    out = []
    for one in HOSTILE:
        path = folder / one.name
        path.write_bytes(one.data)
        out.append((one, path))
    return out
