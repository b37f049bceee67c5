"""Any table of records or posts to groups, without a workspace, a store or a seal: what it says carries no evidence value.

Texts are folded, contacts read from them however they are spelt, scripts found as `campaigns` finds them; who belongs together
is the network room's to say.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from mingcha.actions.campaigns import THREADS, Progress, find_families, silent
from mingcha.actions.tables import columns_found, moment, named_rows
from mingcha.errors import InputError
from mingcha.model.letters import Block, Fault
from mingcha.model.linked import Post, Shared, TableRow
from mingcha.model.record import Personal
from mingcha.model.text import ContactKind
from mingcha.network.linking import link, shared_values
from mingcha.text.canonical import canonical
from mingcha.text.contacts import contacts
from mingcha.text.normalise import normalise

COLUMNS: dict[str, tuple[str, ...]] = {  # what is looked for, and the headings it goes by
    "author": ("author", "account", "user", "uid", "作者", "账号", "发布者"),
    "time": (
        "time",
        "at",
        "date",
        "datetime",
        "posted_ms",
        "posted_at",
        "created_at",
        "received_at",
        "时间",
        "发布时间",
    ),
    "text": ("text", "content", "body", "正文", "内容", "文本"),
    "contacts": ("contacts", "contact", "handle", "handles", "wechat", "qq", "联系方式", "微信"),
    "url": ("url", "urls", "link", "links", "链接", "网址"),
    "phone": ("phone", "mobile", "tel", "手机号", "电话"),
    "card": ("card", "bank_card", "银行卡"),
    "device": ("device", "device_id", "设备"),
    "ip": ("ip",),
    "address": ("address", "return_address", "地址"),
    "payee": ("payee", "收款账户", "收款人"),
}
SAYS_WHO = frozenset(COLUMNS) - {"time", "text"}
KINDS = {"device": "device", "ip": "ip", "payee": "payee"}
CANONICAL = {
    "phone": ("contact_phone", Personal.PHONE),
    "card": ("bank_card", Personal.CARD),
    "address": ("address", Personal.ADDRESS),
}
MENTIONS = {
    ContactKind.PHONE: "contact_phone",
    ContactKind.BANK_CARD: "bank_card",
    ContactKind.URL: "link",
    ContactKind.SHORT_LINK: "link",
}


@dataclass(slots=True)
class Linked:
    """Groups of rows, the values they share, and what was not read."""

    groups: list[tuple[str, ...]]
    shared: tuple[Shared, ...]
    rows: int
    by_script: bool  # the table says nothing else: one script links by itself
    found: dict[str, tuple[str, ...]]  # the columns each thing was read from
    faults: dict[str, list[Fault]] = field(default_factory=dict)  # by file
    unread: Counter[str] = field(default_factory=Counter)  # values that are not what their column says, by column


def link_rows(
    rows: Iterable[TableRow],
    id_: str = "id",
    columns: Mapping[str, str] | None = None,
    progress: Progress = silent,
    threads: int = THREADS,
) -> Linked:
    """Group rows of a table. `columns` names the heading of a thing of COLUMNS where it goes by none of the usual ones.

    InputError where there is no id column, an id stands twice, or a column named is not there.
    """
    given = dict(columns or {})
    done = Linked([], (), 0, False, {})
    read = list(named_rows(rows, id_, done.faults))
    done.found = columns_found(read, given, COLUMNS)
    if not read:
        return done
    progress("link", 0, 0)
    scripts = _scripts(read, done.found.get("text", ()), id_, progress, threads)
    posts = [_post(row, id_, done, scripts) for row in read]
    done.rows = len(posts)
    done.by_script = not SAYS_WHO & done.found.keys() and not any(post.values for post in posts)
    done.shared = shared_values(posts)
    done.groups = link(posts, done.shared, by_script=done.by_script)
    return done


def _scripts(
    rows: list[TableRow], columns: tuple[str, ...], id_: str, progress: Progress, threads: int
) -> dict[str, str]:
    """The family of letters each row's text is in, by row id."""
    ids = [row.cells[id_] for row in rows]
    texts = [_text(row, columns) for row in rows]
    if not any(texts):
        return {}
    gathered = find_families([Block(ids, texts)], threads=threads, progress=progress)
    return {ids[row]: family.name for family in gathered.found.families for row in family.rows.tolist()}


def _text(row: TableRow, columns: tuple[str, ...]) -> str:
    return "\n".join(row.cells.get(column, "") for column in columns)


def _post(row: TableRow, id_: str, done: Linked, scripts: Mapping[str, str]) -> Post:
    name = row.cells[id_]
    values = set(_in_text(_text(row, done.found.get("text", ()))))
    for what, cell in _cells(row, done.found):
        if what == "contacts":
            values |= _listed_contacts(cell)
        elif what == "url":
            values |= {("link", link_of(one)) for one in _parts(cell)}
        elif what in KINDS:
            values |= {(KINDS[what], normalise(one).text.strip()) for one in _parts(cell)}
        elif what in CANONICAL:
            values |= _canonical(what, cell, done)
    accounts = [cell.strip() for what, cell in _cells(row, done.found, "author")]
    times = [_time(cell, done) for what, cell in _cells(row, done.found, "time")]
    return Post(
        id=name,
        account=accounts[0] if accounts else None,
        at=next((at for at in times if at is not None), None),
        script=scripts.get(name),
        values=frozenset((kind, value) for kind, value in values if value),
    )


def _cells(row: TableRow, found: Mapping[str, tuple[str, ...]], only: str | None = None) -> Iterator[tuple[str, str]]:
    """What a row says under each column, empty cells left out."""
    for what, columns in found.items():
        for column in columns if only in (None, what) else ():
            if cell := row.cells.get(column, "").strip():
                yield what, cell


def _in_text(text: str) -> Iterator[tuple[str, str]]:
    for mention in contacts(text):
        kind = MENTIONS.get(mention.kind, "handle")
        yield kind, link_of(mention.value) if kind == "link" else mention.value.casefold()


def _listed_contacts(cell: str) -> set[tuple[str, str]]:
    """Contacts a column lists: JSON ({kind: [handle]} or a list), or parted by semicolons, commas or spaces."""
    try:
        read = json.loads(cell)
    except ValueError:
        read = None
    if isinstance(read, dict):
        listed = [str(one) for held in read.values() for one in (held if isinstance(held, list) else [held])]
    else:
        listed = [str(one) for one in read] if isinstance(read, list) else _parts(cell)
    return {_contact(one) for one in listed if one and one != "None"}


def _contact(value: str) -> tuple[str, str]:
    """A contact by itself: a link, a number somebody can be called at, else a handle, whatever the service."""
    if "://" in value or value.casefold().startswith("www."):
        return "link", link_of(value)
    try:
        return "contact_phone", canonical(Personal.PHONE, value)
    except InputError:
        return "handle", canonical(Personal.HANDLE, value).casefold()


def link_of(url: str) -> str:
    """A link as it is compared: no scheme, no www, no fragment, no trailing slash, the host in lower case."""
    rest = url.strip().split("://", 1)[-1].split("#", 1)[0]
    host, slash, path = rest.partition("/")
    return (host.casefold().removeprefix("www.") + slash + path).rstrip("/")


def _canonical(what: str, cell: str, done: Linked) -> set[tuple[str, str]]:
    kind, personal = CANONICAL[what]
    out = set()
    for one in [cell] if what == "address" else _listed(cell):
        try:
            out.add((kind, canonical(personal, one)))
        except InputError:
            done.unread[what] += 1
    return out


def _listed(cell: str) -> list[str]:
    """What a cell lists, parted by semicolons, commas or lines."""
    for mark in ",，；、\n\t":
        cell = cell.replace(mark, ";")
    return [one.strip() for one in cell.split(";") if one.strip()]


def _parts(cell: str) -> list[str]:
    """The same, parted by spaces too: what never holds one."""
    return [one for listed in _listed(cell) for one in listed.split()]


def _time(cell: str, done: Linked) -> datetime | None:
    at = moment(cell)
    if at is None:
        done.unread["time"] += 1
    return at
