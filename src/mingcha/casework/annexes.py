"""What hangs together, shown and not counted: two texts side by side, and ties drawn where a record or an exhibit of the pack bears them.

No score, share, community or level is here; whoever receives it can repeat both.
"""

from collections.abc import Iterator, Sequence

from mingcha.casework.tables import made
from mingcha.model.referral import LikePair, ReferralFacts, TieRow
from mingcha.model.sheet import Block, Figure, Grid, Head, Para, Sheet
from mingcha.model.words import Words
from mingcha.text.align import SHORT, side_by_side

TALL = 24  # names in a column of one drawing
LONG = 4_000  # characters of a text laid beside another: comparing takes their square, and whoever filed them chose their length


def likeness(facts: ReferralFacts, locale: str) -> Sheet:
    """The texts of two complaints of a family side by side, how that was done, and how it is done again."""
    lead = Words(
        "下列投诉由不同客户提交。文字相同可能出于公开范本、代写、互助，本身不说明任何客户有过错；是否出于同一来源由贵单位查明。",
        "Different customers filed these. The same words may come from a public sample, a scribe or mutual help and say nothing against any "
        "customer; whether they come from one source is for you to establish.",
    )
    again = Words(
        f"方法：两份投诉正文逐字对照，连续相同超过 {SHORT} 个字符的列为「同」，其余列为「异」，不计数、不排序。"
        "重复方法：把每栏自上而下连接，即得全文；用 Python 标准库 difflib.SequenceMatcher(None, 甲, 乙, autojunk=False).get_opcodes() "
        f"重新比对。本机构以 mingcha cases pack {facts.case} {facts.referral} --out 目录 重新生成，字节相同。",
        f"Method: the two texts are laid side by side; a run of more than {SHORT} equal characters is called same, all else different; nothing is "
        "counted or ranked. To repeat it, join each column from top to bottom, which gives the whole text, and compare by Python's "
        "difflib.SequenceMatcher(None, A, B, autojunk=False).get_opcodes(). The institution builds it again, byte for byte, by mingcha cases "
        f"pack {facts.case} {facts.referral} --out DIR.",
    )
    pairs = (block for one in facts.alike for block in _pair(one, locale))
    title = Words("文字对照", "Texts side by side")
    return made(facts, locale, "08-texts", title, Para(lead.say(locale)), *pairs, Para(again.say(locale)))


def _pair(one: LikePair, locale: str) -> Iterator[Block]:
    yield Head(
        Words(f"话术家族 {one.family}（归集规则 {one.scheme}）", f"Family {one.family} (gathered by {one.scheme})").say(
            locale
        )
    )
    same, other = Words("同", "same").say(locale), Words("异", "different").say(locale)
    rows = side_by_side(one.one_text[:LONG], one.other_text[:LONG])
    headings = (
        Words("同/异", "").say(locale), Words(f"甲 {one.one}", f"A {one.one}").say(locale),
        Words(f"乙 {one.other}", f"B {one.other}").say(locale),
    )  # fmt: skip
    if max(len(one.one_text), len(one.other_text)) > LONG:
        yield Para(
            Words(f"正文较长，各只列前 {LONG} 个字符。", f"Long texts: the first {LONG} characters of each.").say(
                locale
            )
        )
    yield Grid(headings, tuple((same if alike else other, left, right) for left, right, alike in rows))


def ties(facts: ReferralFacts, locale: str) -> Sheet:
    """The ties that a record of a complaint of the pack or an exhibit in it bears, drawn, and told in a table."""
    note = Words(
        "只画有据的关联：每条线由所列投诉的一条记录或本包的一件证据支持，编号见下表；没有的不画。每个值至多引用 20 条记录。"
        "号码、账户登记在何人名下须由贵单位查明；连线不说明任何客户有过错。",
        "Only ties with grounds are drawn: each line is borne by a record of a complaint listed or by an exhibit of the pack, as the table says; "
        "without one there is no line. Of each value at most 20 records are cited. Whose numbers and accounts these are is for you to "
        "establish; a line says nothing against any customer.",
    )
    headings = tuple(
        one.say(locale)
        for one in (
            Words("种类", "kind"), Words("值", "value"), Words("投诉或证据", "complaint or exhibit"), Words("依据的记录", "record"),
        )
    )  # fmt: skip
    rows = tuple((one.kind.say(locale), one.value, one.end.say(locale), one.record) for one in facts.ties)
    drawings = (_figure(part, locale) for part in _parts(facts.ties))
    title = Words("关联图", "Ties")
    return made(facts, locale, "09-ties", title, Para(note.say(locale)), *drawings, Grid(headings, rows))


def _parts(rows: Sequence[TieRow]) -> Iterator[Sequence[TieRow]]:
    """The ties in lots that fit a drawing, in their order."""
    lot: list[TieRow] = []
    for row in rows:
        longer = [*lot, row]
        if max(len({(one.kind, one.value) for one in longer}), len({one.end for one in longer})) > TALL:
            yield lot
            longer = [row]
        lot = longer
    if lot:
        yield lot


def _figure(rows: Sequence[TieRow], locale: str) -> Figure:
    values = list(dict.fromkeys((one.kind, one.value) for one in rows))
    ends = list(dict.fromkeys(one.end for one in rows))
    lines = dict.fromkeys((values.index((one.kind, one.value)), ends.index(one.end)) for one in rows)
    return Figure(
        tuple(f"{kind.say(locale)} {value}" for kind, value in values),
        tuple(one.say(locale) for one in ends),
        tuple(lines),
    )
