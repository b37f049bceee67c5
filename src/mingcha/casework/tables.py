"""The lists of a referral pack as tables: exhibits, who is involved, complaints, ads, agents, what happened; a row a fact, nothing weighed.

The table of complaints has the columns its addressee's form asks for and no other. A complaint found true stays, marked.
"""

from collections.abc import Callable, Mapping

from mingcha.model.decision import MeritVerdict
from mingcha.model.referral import ComplaintRow, PackColumn, ReferralFacts, Threat
from mingcha.model.sheet import Block, Grid, Para, Sheet
from mingcha.model.words import Words
from mingcha.standards.calendar import local

MERIT_WORDS: dict[MeritVerdict | None, Words] = {
    MeritVerdict.UPHELD: Words("属实", "found true"),
    MeritVerdict.PARTLY: Words("部分属实", "found true in part"),
    MeritVerdict.NOT_UPHELD: Words("未查实", "not found true"),
    None: Words("尚未裁定", "not decided yet"),
}
BOXES = (
    Words("经办人", "Prepared by"),
    Words("复核人", "Checked by"),
    Words("日期", "Date"),
    Words("单位盖章", "Seal"),
)
LIST = Words("、", ", ")


def made(facts: ReferralFacts, locale: str, name: str, title: Words, *blocks: Block) -> Sheet:
    """A paper of the pack, with the boxes to be signed and sealed on each of its sheets."""
    told = title.say(locale)
    return Sheet(
        name,
        told[:1].upper() + told[1:],
        blocks,
        f"{facts.case}/{facts.referral}",
        tuple(box.say(locale) for box in BOXES),
    )


def catalogue(facts: ReferralFacts, locale: str) -> Sheet:
    """Every exhibit with its digest."""
    headings = _said(
        locale,
        Words("编号", "no."), Words("名称", "name"), Words("类型", "type"), Words("大小（字节）", "bytes"),
        Words("SHA-256", "SHA-256"), Words("派生自", "copy of"),
    )  # fmt: skip
    rows = tuple(
        (str(one.number), one.name, one.media, f"{one.size:,}", one.sha256, str(one.derived_from or ""))
        for one in facts.exhibits
    )
    title = Words("证据目录", "Catalogue of exhibits")
    return made(facts, locale, "03-catalogue", title, Grid(headings, rows, wide=True))


def sources(facts: ReferralFacts, locale: str) -> Sheet:
    """Where every exhibit is from and how it was had."""
    headings = _said(
        locale,
        Words("编号", "no."), Words("来源系统", "source system"), Words("取得方式", "how it was had"),
        Words("取得时间", "taken at"), Words("经手人", "by"),
    )  # fmt: skip
    rows = tuple(
        (str(one.number), one.system, one.how, f"{local(one.taken_at):%Y-%m-%d %H:%M:%S}", one.by)
        for one in facts.exhibits
    )
    note = Words(
        "电子数据由本机构作为持有人提供。原始字节自取得起未作增加、删除、修改；每件的 SHA-256 在取得时封存于保管链，"
        "随附 custody.jsonl 与 verify.py 可逐件重新计算。派生件（文字识别、转写、遮蔽）注明原件与步骤。",
        "The institution provides electronic data as their holder. Nothing was added, deleted or changed since they were taken; "
        "the SHA-256 of each was sealed then in the custody chain and can be computed again with custody.jsonl and verify.py. "
        "Copies (recognised text, transcripts, redactions) name their original and the step.",
    )
    title = Words("证据来源及提取说明", "Sources and extraction")
    return made(facts, locale, "04-sources", title, Para(note.say(locale)), Grid(headings, rows, wide=True))


def parties(facts: ReferralFacts, locale: str) -> Sheet:
    """Numbers, accounts, handles, seals and scripts of the organisation; no customer."""
    headings = _said(
        locale,
        Words("种类", "kind"), Words("值", "value"), Words("作用", "part"), Words("涉及投诉数", "complaints"),
        Words("首次", "first"), Words("末次", "last"), Words("依据的记录", "records"),
    )  # fmt: skip
    rows = tuple(
        (
            one.kind.say(locale), one.value, one.part.say(locale), str(one.complaints),
            str(one.first or ""), str(one.last or ""), LIST.say(locale).join(one.records),
        )
        for one in facts.parties
    )  # fmt: skip
    note = Words(
        "以下为号码、账户、账号、印章与话术，不含客户；登记在何人名下须由贵单位查明。",
        "Numbers, accounts, handles, seals and scripts, no customer; whose they are is for you to establish.",
    )
    title = Words("涉案主体清单", "Who is involved")
    return made(facts, locale, "05-parties", title, Para(note.say(locale)), Grid(headings, rows, wide=True))


def complaints(facts: ReferralFacts, locale: str) -> Sheet:
    """A row a complaint, in the columns the form asks for."""
    cells = [(heading, cell) for column, (heading, cell) in COLUMNS.items() if column in facts.form.columns]
    rows = tuple(tuple(cell(n, one, locale) for _, cell in cells) for n, one in enumerate(facts.complaints, 1))
    note = Words(
        "诉求经核查属实或部分属实的仍列入并标明，其减免不计入损失；客户可能是受害人。",
        "A demand found true, wholly or in part, stays and is marked, and what was waived for it is no loss; customers may be victims.",
    )
    grid = Grid(tuple(heading.say(locale) for heading, _ in cells), rows, wide=True)
    return made(facts, locale, "06-complaints", Words("逐件情况表", "Case by case"), Para(note.say(locale)), grid)


def timeline(facts: ReferralFacts, locale: str) -> Sheet:
    """What happened when, and where that is written."""
    rows = tuple((f"{local(one.at):%Y-%m-%d %H:%M}", one.what.say(locale), one.source) for one in facts.timeline)
    headings = _said(locale, Words("时间", "time"), Words("事项", "what"), Words("依据", "source"))
    return made(facts, locale, "07-timeline", Words("时间线", "Timeline"), Grid(headings, rows))


def ads(facts: ReferralFacts, locale: str) -> Sheet:
    """Every ad a person judged to solicit: where it stands in public, when, and what it says."""
    headings = _said(
        locale,
        Words("序号", "no."), Words("平台", "platform"), Words("发布账号", "account"), Words("链接", "link"),
        Words("首次发现", "first seen"), Words("最近发现", "last seen"), Words("类别", "trade"), Words("内容", "what it says"),
        Words("所留联系方式", "contact given"), Words("内部编号", "our number"),
    )  # fmt: skip
    rows = tuple(
        (
            str(n), one.platform, one.account, one.url, str(one.first), str(one.last), one.trade.say(locale), one.text,
            one.contact, one.ad,
        )
        for n, one in enumerate(facts.ads, 1)
    )  # fmt: skip
    note = Words(
        "以下均经人认定为招揽；投诉、报道、警示、普法的内容不在其内。内容为原文，是否违法由贵单位认定。",
        "A person judged each of these to solicit; what complains, reports, warns or teaches is not among them. The words are the ad's own; "
        "whether they are unlawful is for you to say.",
    )
    title = Words("涉嫌违法广告清单", "Ads")
    return made(facts, locale, "10-ads", title, Para(note.say(locale)), Grid(headings, rows, wide=True))


def agents(facts: ReferralFacts, locale: str) -> Sheet:
    """Whom authorisations name as lawyers; nothing of the customers they name."""
    headings = _said(
        locale,
        Words("序号", "no."), Words("所称姓名", "name given"), Words("所称单位", "firm given"),
        Words("所称执业证号", "licence given"), Words("所称身份", "as what"), Words("签署日", "signed on"),
        Words("核验", "looked up"), Words("依据的记录", "record"),
    )  # fmt: skip
    rows = tuple(
        (
            str(n), one.name, one.organisation, one.licence, one.relation.say(locale), str(one.signed or ""),
            one.registered.say(locale), one.record,
        )
        for n, one in enumerate(facts.agents, 1)
    )  # fmt: skip
    note = Words(
        "以下为授权材料上所写的身份，真伪由贵单位查明；材料可能由他人冒名，所列姓名可能是被冒用者。",
        "This is what the authorisations say; whether it is so is for you to establish. Somebody's name may have been used without them.",
    )
    title = Words("所称律师身份清单", "Lawyers as they were named")
    return made(facts, locale, "11-agents", title, Para(note.say(locale)), Grid(headings, rows, wide=True))


def yuan(fen: int | None) -> str:
    """Fen as yuan; nothing where it is not known."""
    return "" if fen is None else f"{fen // 100:,}.{fen % 100:02}"


def _said(locale: str, *headings: Words) -> tuple[str, ...]:
    return tuple(one.say(locale) for one in headings)


def _threat(one: Threat, locale: str) -> str:
    where = [Words(f"证据{one.exhibit}", f"exhibit {one.exhibit}").say(locale)] if one.exhibit else []
    if one.at_second is not None:
        hours, left = divmod(one.at_second, 3600)
        where.append(f"{hours}:{left // 60:02}:{left % 60:02}" if hours else f"{left // 60:02}:{left % 60:02}")
    return f"{one.words}（{' '.join(where)}）" if where else one.words


def _waived(one: ComplaintRow, locale: str) -> str:
    """What was waived and why: because of a threat as a person noted, for a true demand, or nobody noted why."""
    if not one.waived:
        return yuan(one.waived)
    if one.true:
        why = Words("诉求属实，不计损失", "the demand was true, no loss")
    elif one.waived_because is None:
        why = Words("因果未记录", "why: not noted")
    else:
        why = Words(f"因威胁 {yuan(one.waived_because)}", f"because of the threat: {yuan(one.waived_because)}")
    return f"{yuan(one.waived)}（{why.say(locale)}）"


Cell = Callable[[int, ComplaintRow, str], str]
COLUMNS: Mapping[PackColumn, tuple[Words, Cell]] = {
    PackColumn.NUMBER: (Words("序号", "no."), lambda n, _, __: str(n)),
    PackColumn.COMPLAINT: (Words("投诉编号", "complaint"), lambda _, one, __: one.complaint),
    PackColumn.CUSTOMER: (Words("客户代号", "customer"), lambda _, one, __: one.customer),
    PackColumn.ACCOUNT: (Words("借据号", "loan"), lambda _, one, __: one.account or ""),
    PackColumn.AMOUNT: (Words("金额（元）", "amount, yuan"), lambda _, one, __: yuan(one.amount)),
    PackColumn.OVERDUE: (Words("逾期日", "overdue since"), lambda _, one, __: str(one.overdue_since or "")),
    PackColumn.FILED: (
        Words("投诉时间/渠道", "filed / channel"),
        lambda _, one, __: f"{local(one.filed_at):%Y-%m-%d %H:%M} {one.channel}",
    ),
    PackColumn.CLAIMS: (
        Words("主张", "claims"),
        lambda _, one, locale: LIST.say(locale).join(claim.say(locale) for claim in one.claims),
    ),
    PackColumn.MERIT: (
        Words("核查结论", "finding on merit"),
        lambda _, one, locale: MERIT_WORDS[one.merit].say(locale),
    ),
    PackColumn.IN_PERSON: (
        Words("是否本人及核实方式", "the customer in person?"),
        lambda _, one, locale: one.in_person.say(locale),
    ),
    PackColumn.CALLER: (Words("来电号码", "caller"), lambda _, one, __: one.caller),
    PackColumn.AGENT: (Words("代理人", "agent"), lambda _, one, __: one.agent),
    PackColumn.PAPERS: (Words("伪造材料及复函文号", "forged papers, issuer's letter"), lambda _, one, __: one.papers),
    PackColumn.THREAT: (
        Words("威胁原话及录音时间点", "words of threat, where"),
        lambda _, one, locale: "；".join(_threat(each, locale) for each in one.threats),
    ),
    PackColumn.DEMANDED: (Words("索要金额（元）", "demanded, yuan"), lambda _, one, __: yuan(one.demanded)),
    PackColumn.WAIVED: (
        Words("实际减免（元）及因果", "waived, yuan, and why"),
        lambda _, one, locale: _waived(one, locale),
    ),
    PackColumn.EXHIBITS: (
        Words("证据编号", "exhibits"),
        lambda _, one, locale: LIST.say(locale).join(map(str, one.exhibits)),
    ),
}
