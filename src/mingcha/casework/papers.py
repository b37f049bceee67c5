"""The papers of a referral pack: what is told to an authority, each sentence from facts, nothing weighed and nobody called names.

What speaks for those named stands in the report itself, before anything is asked for. A complaint found true stays in the table,
marked, and what was waived for it is no loss. Likeness, scores, communities and levels are in no paper (ten laws, 4 and 7).
"""

from collections.abc import Callable, Iterator, Sequence

from mingcha.model.case import LINE_WORDS
from mingcha.model.decision import MeritVerdict
from mingcha.model.referral import ComplaintRow, ElementRow, ReferralFacts
from mingcha.model.sheet import Block, Grid, Head, Para, Sheet
from mingcha.model.words import Words
from mingcha.standards.calendar import local

FULL = 2
MERIT_WORDS: dict[MeritVerdict | None, Words] = {
    MeritVerdict.UPHELD: Words("属实", "found true"),
    MeritVerdict.PARTLY: Words("部分属实", "found true in part"),
    MeritVerdict.NOT_UPHELD: Words("未查实", "not found true"),
    None: Words("尚未裁定", "not decided yet"),
}
SIGN = Words(
    "经办人：＿＿＿＿＿　复核人：＿＿＿＿＿　日期：＿＿＿＿＿　（单位盖章）",
    "Prepared by: ________  Checked by: ________  Date: ________  (seal)",
)
COLUMNS = (
    Words("序号", "no."),
    Words("投诉编号", "complaint"),
    Words("客户代号", "customer"),
    Words("借据号", "loan"),
    Words("金额（元）", "amount, yuan"),
    Words("逾期日", "overdue since"),
    Words("投诉时间/渠道", "filed / channel"),
    Words("主张", "claims"),
    Words("核查结论", "finding on merit"),
    Words("是否本人及核实方式", "the customer in person?"),
    Words("来电号码", "caller"),
    Words("代理人", "agent"),
    Words("伪造材料及复函文号", "forged papers, issuer's letter"),
    Words("威胁原话及录音时间点", "words of threat, where"),
    Words("索要金额（元）", "demanded, yuan"),
    Words("实际减免（元）", "waived, yuan"),
    Words("证据编号", "exhibits"),
)


def papers(facts: ReferralFacts, locale: str) -> tuple[Sheet, ...]:
    """All papers of a pack, in reading order."""
    made = (_cover, _report, _catalogue, _sources, _parties, _table, _timeline)
    return tuple(one(facts, locale) for one in made)


def loss(complaints: Sequence[ComplaintRow]) -> int:
    """What was waived in complaints whose demand was not found true, in fen."""
    return sum(one.waived or 0 for one in complaints if not one.true)


def _cover(facts: ReferralFacts, locale: str) -> Sheet:
    say = _sayer(locale)
    blocks: list[Block] = [
        Para(f"{facts.addressee.say(locale)} {facts.branch.say(locale)}"),
        Para(
            say(
                f"{facts.institution}在处理消费投诉中发现涉嫌{facts.offence.zh}（{facts.article.zh}）的线索，现将材料移送贵单位依法审查。",
                f"{facts.institution} found, while handling complaints, leads that point to {facts.offence.en} ({facts.article.en}), "
                "and hands the papers over to be examined.",
            )
        ),
        Para(
            say(
                f"本次材料含投诉 {len(facts.complaints)} 件、证据 {len(facts.exhibits)} 件。{facts.root_note.zh}",
                f"There are {len(facts.complaints)} complaints and {len(facts.exhibits)} exhibits. {facts.root_note.en}",
            )
        ),
        Para(_stage_note(facts, locale)),
        Para(
            say(
                "涉案客户可能是受害人。材料中的事实须由贵单位核实；我们的系统只提供线索，不作为定案依据。",
                "The customers may be victims. The facts are for you to verify: our system gives leads, no proof.",
            )
        ),
        Para(
            say(
                f"联系：{facts.department} {facts.phone} {facts.address}",
                f"Contact: {facts.department} {facts.phone} {facts.address}",
            )
        ),
    ]
    return Sheet("01-cover", say("移送函", "Cover letter"), tuple(blocks), SIGN.say(locale))


def _report(facts: ReferralFacts, locale: str) -> Sheet:
    say = _sayer(locale)
    blocks: list[Block] = [
        Head(say("一、有利于被指名者的情况", "1. What speaks for those named")),
        *(Para(f"{LINE_WORDS[line].say(locale)}：{text}") for line, text in facts.lines),
        Para(facts.counter.say(locale)),
        Head(say("二、涉嫌的行为与要件", "2. Conduct and elements")),
        Para(f"{facts.offence.say(locale)}（{facts.article.say(locale)}）"),
        *(Para(text.say(locale)) for text in facts.thresholds),
        Grid(
            (say("要件", "element"), say("应当证明", "to be shown"), say("证据编号", "exhibits"), say("说明", "notes")),
            tuple(_element(one, locale) for one in facts.elements),
        ),
        Head(say("三、涉及的投诉与金额", "3. Complaints and sums")),
        Para(_sums(facts, locale)),
        Head(say("四、管辖", "4. Place")),
        Para(facts.place.say(locale)),
        Head(say("五、所依据的发现", "5. What this rests on")),
        Para("、".join(facts.rests_on)),
        Para(
            say(
                "其中任何一项如被推翻，我们将书面更正并通知贵单位。",
                "If any of these falls we correct it in writing and tell you.",
            )
        ),
    ]
    return Sheet("02-report", facts.form.say(locale), tuple(blocks), SIGN.say(locale))


def _catalogue(facts: ReferralFacts, locale: str) -> Sheet:
    say = _sayer(locale)
    headings = (
        say("编号", "no."), say("名称", "name"), say("类型", "type"), say("大小（字节）", "bytes"),
        say("SHA-256", "SHA-256"), say("派生自", "copy of"),
    )  # fmt: skip
    rows = tuple(
        (str(one.number), one.name, one.media, f"{one.size:,}", one.sha256, str(one.derived_from or ""))
        for one in facts.exhibits
    )
    return Sheet(
        "03-catalogue", say("证据目录", "Catalogue of exhibits"), (Grid(headings, rows, wide=True),), SIGN.say(locale)
    )


def _sources(facts: ReferralFacts, locale: str) -> Sheet:
    say = _sayer(locale)
    headings = (
        say("编号", "no."), say("来源系统", "source system"), say("取得方式", "how it was had"),
        say("取得时间", "taken at"), say("经手人", "by"),
    )  # fmt: skip
    rows = tuple(
        (str(one.number), one.system, one.how, f"{local(one.taken_at):%Y-%m-%d %H:%M:%S}", one.by)
        for one in facts.exhibits
    )
    note = Para(
        say(
            "电子数据由本机构作为持有人提供。原始字节自取得起未作增加、删除、修改；每件的 SHA-256 在取得时封存于保管链，"
            "随附 custody.jsonl 与 verify.py 可逐件重新计算。派生件（文字识别、转写、遮蔽）注明原件与步骤。",
            "The institution provides electronic data as their holder. Nothing was added, deleted or changed since they were taken; "
            "the SHA-256 of each was sealed then in the custody chain and can be computed again with custody.jsonl and verify.py. "
            "Copies (recognised text, transcripts, redactions) name their original and the step.",
        )
    )
    title = say("证据来源及提取说明", "Sources and extraction")
    return Sheet("04-sources", title, (note, Grid(headings, rows, wide=True)), SIGN.say(locale))


def _parties(facts: ReferralFacts, locale: str) -> Sheet:
    say = _sayer(locale)
    headings = (
        say("种类", "kind"), say("值", "value"), say("作用", "part"), say("涉及投诉数", "complaints"),
        say("首次", "first"), say("末次", "last"), say("依据的记录", "records"),
    )  # fmt: skip
    rows = tuple(
        (
            one.kind.say(locale), one.value, one.part.say(locale), str(one.complaints),
            str(one.first or ""), str(one.last or ""), "、".join(one.records),
        )
        for one in facts.parties
    )  # fmt: skip
    note = Para(
        say(
            "以下为号码、账户、账号、印章与话术，不含客户；登记在何人名下须由贵单位查明。",
            "Numbers, accounts, handles, seals and scripts, no customer; whose they are is for you to establish.",
        )
    )
    return Sheet(
        "05-parties", say("涉案主体清单", "Who is involved"), (note, Grid(headings, rows, wide=True)), SIGN.say(locale)
    )


def _table(facts: ReferralFacts, locale: str) -> Sheet:
    say = _sayer(locale)
    rows = tuple(_row(n, one, locale) for n, one in enumerate(facts.complaints, 1))
    note = Para(
        say(
            "诉求经核查属实或部分属实的仍列入并标明，其减免不计入损失；客户可能是受害人。",
            "A demand found true, wholly or in part, stays and is marked, and what was waived for it is no loss; customers may be victims.",
        )
    )
    grid = Grid(tuple(one.say(locale) for one in COLUMNS), rows, wide=True)
    return Sheet("06-complaints", say("逐件情况表", "Case by case"), (note, grid), SIGN.say(locale))


def _timeline(facts: ReferralFacts, locale: str) -> Sheet:
    say = _sayer(locale)
    rows = tuple((f"{local(one.at):%Y-%m-%d %H:%M}", one.what.say(locale), one.source) for one in facts.timeline)
    headings = (say("时间", "time"), say("事项", "what"), say("依据", "source"))
    return Sheet("07-timeline", say("时间线", "Timeline"), (Grid(headings, rows),), SIGN.say(locale))


def _row(number: int, one: ComplaintRow, locale: str) -> tuple[str, ...]:
    merit = MERIT_WORDS[one.merit].say(locale)
    claims = Words("、", ", ").say(locale).join(claim.say(locale) for claim in one.claims)
    return (
        str(number), one.complaint, one.customer, one.account or "", _yuan(one.amount), str(one.overdue_since or ""),
        f"{local(one.filed_at):%Y-%m-%d %H:%M} {one.channel}", claims, merit, one.in_person.say(locale), one.caller, one.agent,
        one.papers, one.threat, _yuan(one.demanded), _yuan(one.waived), "、".join(map(str, one.exhibits)),
    )  # fmt: skip


def _element(one: ElementRow, locale: str) -> tuple[str, ...]:
    held = "、".join(map(str, one.exhibits)) or Words("缺", "gap").say(locale)
    return one.title.say(locale), one.show.say(locale), held, "；".join(one.notes)


def _sums(facts: ReferralFacts, locale: str) -> str:
    true = sum(one.true for one in facts.complaints)
    lost = loss(facts.complaints)
    return Words(
        f"投诉 {len(facts.complaints)} 件，其中诉求经核查属实 {true} 件（仍列入表中并标明）。"
        f"诉求未经查实的投诉中实际减免合计 {_yuan(lost)} 元；因诉求属实而减免的不计入损失。",
        f"{len(facts.complaints)} complaints; in {true} the demand was found true (they stay in the table, marked). "
        f"Waived where it was not: {_yuan(lost)} yuan; what was waived because the demand was true is no loss.",
    ).say(locale)


def _stage_note(facts: ReferralFacts, locale: str) -> str:
    if facts.stage == FULL:
        return Words(
            f"本材料依贵单位文书提供：{facts.order}。表内含个人信息 {facts.personal_items} 条，证据内容未计。"
            f"另有 {facts.left_out} 件证据不在文书范围之内，未提供。",
            f"Provided on your paper: {facts.order}. The tables hold {facts.personal_items} items of personal data, what the exhibits hold is "
            f"not counted. {facts.left_out} exhibits the paper does not ask for are left out.",
        ).say(locale)
    return Words(
        "本材料为报案阶段材料：客户以代号列示，文字中的姓名与号码已遮蔽，证据为遮蔽后的派生件或公开广告。"
        "贵单位出具调取文书后，我们依文书提供完整材料。",
        "This is the report: customers stand under codes, names and numbers in texts are masked, exhibits are redacted copies or public ads. "
        "On your written order we provide the full pack.",
    ).say(locale)


def _yuan(fen: int | None) -> str:
    return "" if fen is None else f"{fen // 100:,}.{fen % 100:02}"


def _sayer(locale: str) -> Callable[[str, str], str]:
    """One of two wordings by locale."""
    return lambda zh, en: Words(zh, en).say(locale)


def texts(sheets: Sequence[Sheet]) -> Iterator[str]:
    """Every word of the papers, for whoever lints them."""
    for sheet in sheets:
        yield sheet.title
        for block in sheet.blocks:
            if isinstance(block, Grid):
                yield from block.headings
                yield from (cell for row in block.rows for cell in row)
            else:
                yield block.text
