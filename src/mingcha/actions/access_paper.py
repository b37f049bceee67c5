"""What somebody is given about themselves as a paper to be read, beside the same as JSON; words only, nothing added."""

from collections.abc import Iterator
from datetime import datetime

from mingcha.actions.codec import canonical, to_plain
from mingcha.model.access import AccessCopy, ComplaintCopy, RecordCopy
from mingcha.model.actor import ROLE_WORDS, Role
from mingcha.model.sheet import Block, Grid, Head, Para, Sheet
from mingcha.model.words import Words
from mingcha.standards.calendar import local, local_day

TITLE = Words("您的个人信息副本", "What is held about you")
CLAUSE = "retention-schedule@2026-11-28:pipl.art.45"
MOST = 500  # records in the paper; all of them stand in the JSON
STATES = {
    "open": Words("办理中", "open"),
    "needs_repair": Words("待补登记", "to be completed"),
    "answered": Words("已答复", "answered"),
    "withdrawn": Words("已撤回", "withdrawn"),
    "not_handled": Words("不予办理", "not handled"),
}
ACTS = {  # acts that name a complaint, a customer or an exhibit; of any other its code is told
    "search": Words("检索时列出", "listed in a search"),
    "see_merit": Words("查看诉求", "looked at the demands"),
    "reveal": Words("查看代理与团伙部分", "looked at agency and organisation"),
    "reveal_before_merit": Words(
        "诉求裁定前查看代理与团伙部分", "looked at agency and organisation before merit was decided"
    ),
    "reveal_personal": Words("查看个人信息原文", "saw personal data in clear"),
    "see_lacks": Words("查看可补充的材料", "looked at papers that may be asked for"),
    "check_letter": Words("检查答复用语", "checked the words of an answer"),
    "draft_answers": Words("起草答复", "drafted answers"),
    "clock_moves": Words("查看期限变动", "looked at moved dates"),
    "see_recusals": Words("查看回避清单", "looked at who stands aside"),
    "read_exhibit": Words("读取证据", "read an exhibit"),
    "see_exhibits": Words("查看证据清单", "looked at the list of exhibits"),
    "build_pack": Words("制作移送材料", "built papers for an authority"),
    "see_aid": Words("查看援助", "looked at the help"),
    "see_help": Words("打开本人链接", "your own link was opened"),
    "see_own_findings": Words("本人链接查看发现", "your own link: what was found"),
    "read_aid_paper": Words("打开本人链接中的材料", "your own link: a paper"),
    "why_together": Words("查看为何归在一起", "looked at why complaints stand together"),
    "give_access": Words("制作本副本", "made this copy"),
}
RIGHTS = Words(
    "您可以要求更正不准确的信息、请人解释或复核程序的结论、反对仅由程序作出的决定；在法律允许时可以要求删除。向消费者保护部门提出即可，不收费。",
    "You may have what is wrong corrected, have a person explain or review what a program found, refuse a decision made by a program "
    "alone, and have data erased where the law allows. Ask consumer protection; it costs nothing.",
)


def access_sheet(copy: AccessCopy, locale: str) -> Sheet:
    """The paper in one language."""
    blocks = (
        *_head(copy, locale),
        *_complaints(copy, locale),
        *_records(copy, locale),
        *_rest(copy, locale),
        Head(Words("您的权利", "Your rights").say(locale)),
        Para(RIGHTS.say(locale)),
    )
    title = TITLE.say(locale)
    name = "说明" if locale == "zh-CN" else "explanation"
    return Sheet(name=name, title=title, blocks=blocks, foot=f"{title} {copy.made_at:%Y-%m-%d}")


def access_json(copy: AccessCopy) -> bytes:
    """The same for a machine; every field by its name, words in both languages."""
    return canonical(to_plain(copy))


def _head(copy: AccessCopy, locale: str) -> Iterator[Block]:
    item, says = Words("项目", "item").say(locale), Words("内容", "says").say(locale)
    rows = (
        (Words("机构", "institution"), copy.institution or "-"),
        (Words("客户号", "customer id"), f"{copy.customer} ({copy.system})"),
        (Words("制作时间", "made at"), f"{copy.made_at:%Y-%m-%d %H:%M %Z}"),
        (Words("身份核实", "identity proved by"), copy.proof.say(locale)),
        (Words("依据", "under"), CLAUSE),
    )
    yield Grid((item, says), tuple((name.say(locale), told) for name, told in rows))
    for one in copy.left_out:
        yield Para(one.say(locale))


def _complaints(copy: AccessCopy, locale: str) -> Iterator[Block]:
    for one in copy.complaints:
        yield Head(f"{Words('投诉', 'Complaint').say(locale)} {one.id}")
        state = STATES[one.state].say(locale) if one.state in STATES else one.state
        told = Words(f"{one.received_on} 收到，期限 {one.due}，", f"received {one.received_on}, due {one.due}: ").say(
            locale
        )
        yield Para(f"{told}{state}" + (f"　{one.original}" if one.original else ""))
        yield from _of_complaint(one, locale)


def _of_complaint(one: ComplaintCopy, locale: str) -> Iterator[Block]:
    def heads(*words: tuple[str, str]) -> tuple[str, ...]:
        return tuple(Words(*each).say(locale) for each in words)

    if one.checked:
        rows = tuple((each.about.say(locale), each.came_to.say(locale), each.why.say(locale)) for each in one.checked)
        yield Grid(
            heads(("诉求", "demand"), ("与本机构记录核对", "checked against our records"), ("说明", "why")), rows
        )
    if one.findings:
        yield Para(
            Words(
                "程序提示（供人参考，不是结论）：", "What a program noticed (for people to look at, no conclusion):"
            ).say(locale)
        )
        found = tuple(
            (e.about.say(locale), e.side.say(locale), "\n".join((e.why.say(locale), *e.quotes))) for e in one.findings
        )
        yield Grid(heads(("事项", "what"), ("方向", "which way"), ("说明与原文", "why, and what it read")), found)
    if one.decisions:
        made = tuple(
            (_day(e.at), _undone(e.verdict.say(locale), locale, gone=e.taken_back), e.reason, _roles(e.roles, locale))
            for e in one.decisions
        )
        yield Grid(heads(("日期", "day"), ("决定", "decision"), ("理由", "reason"), ("由何岗位", "by")), made)
    for letter in one.letters:
        yield Para(f"{Words('书面答复：', 'Letter: ').say(locale)}\n{letter}")


def _records(copy: AccessCopy, locale: str) -> Iterator[Block]:
    yield Head(Words("记录", "Records").say(locale))
    if len(copy.records) > MOST:
        many = Words(
            f"共 {len(copy.records)} 条，此处列 {MOST} 条，全部见 data.json",
            f"{MOST} of {len(copy.records)}; all are in data.json",
        )
        yield Para(many.say(locale))
    rows = tuple(
        (one.label.say(locale), one.id, f"{one.recorded_on}", _values(one, locale)) for one in copy.records[:MOST]
    )
    names = (("种类", "kind"), ("编号", "id"), ("登记日", "kept on"), ("内容", "says"))
    yield Grid(tuple(Words(*one).say(locale) for one in names), rows)


def _values(one: RecordCopy, locale: str) -> str:
    mark, hidden = (
        Words("：", ": ").say(locale),
        Words("（他人信息，已遮蔽）", " (not yours alone: masked)").say(locale),
    )
    return "\n".join(f"{each.label.say(locale)}{mark}{each.text}{hidden if each.masked else ''}" for each in one.values)


def _rest(copy: AccessCopy, locale: str) -> Iterator[Block]:
    if copy.help:
        yield Head(Words("援助", "Help").say(locale))
        yield Grid(
            (Words("时间", "when").say(locale), Words("事项", "what").say(locale)),
            tuple((_day(one.at), one.did.say(locale)) for one in copy.help),
        )
    if copy.exhibits:
        yield Head(Words("证据（原件在所附文件夹）", "Exhibits (originals are enclosed)").say(locale))
        names = (Words("名称", "name"), Words("文件", "file"), Words("SHA-256", "SHA-256"))
        yield Grid(
            tuple(one.say(locale) for one in names), tuple((one.name, one.file, one.sha256) for one in copy.exhibits)
        )
    yield Head(Words("谁查看过", "Who looked").say(locale))
    names = (Words("时间", "when"), Words("事项", "what"), Words("岗位", "role"))
    looks = tuple(
        (f"{local(e.at):%Y-%m-%d %H:%M}", ACTS[e.act].say(locale) if e.act in ACTS else e.act, _roles(e.roles, locale))
        for e in copy.read_by
    )
    yield Grid(tuple(one.say(locale) for one in names), looks)


def _day(at: datetime) -> str:
    return local_day(at).isoformat()


def _undone(verdict: str, locale: str, *, gone: bool) -> str:
    return verdict + Words("（已撤销）", " (taken back)").say(locale) if gone else verdict


def _roles(roles: tuple[str, ...], locale: str) -> str:
    known = [ROLE_WORDS[Role(one)].say(locale) for one in roles if one in set(Role)]
    return "、".join(known) or "-"
