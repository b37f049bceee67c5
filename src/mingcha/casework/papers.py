"""The papers of a referral pack: what is told to an authority, each sentence from facts, nothing weighed and nobody called names.

An addressee gets the papers and columns its form is made of and no other. What speaks for those named stands in the report itself,
before anything is asked for. A complaint found true stays in the table, marked, and what was waived for it is no loss; what else was
waived is one where a person noted that it was given because of a threat. Likeness, scores, communities and levels are in no paper
(ten laws, 4 and 7).
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

from mingcha.casework.annexes import likeness, ties
from mingcha.casework.outgoing import FULL
from mingcha.casework.tables import ads, agents, catalogue, complaints, made, parties, sources, timeline, yuan
from mingcha.model.case import LINE_WORDS
from mingcha.model.record import Personal
from mingcha.model.referral import (
    ComplaintRow,
    Counted,
    ElementRow,
    ItemClass,
    PackColumn,
    PackPaper,
    PartyRow,
    ReferralFacts,
)
from mingcha.model.sheet import Block, Figure, Grid, Head, Para, Sheet
from mingcha.model.words import Words
from mingcha.text.canonical import personal_spans

SERVICE = 2  # what was had in the course of a service counts double: 法释〔2017〕10号, art. 5(1)(8)
MONEY = ("payee", "bank_card")  # kinds of values that are somebody's property
ITEMS: Mapping[PackColumn, tuple[ItemClass, Callable[[ComplaintRow], int]]] = {
    PackColumn.AMOUNT: (ItemClass.CONTENT_CREDIT_PROPERTY, lambda one: one.amount is not None),
    PackColumn.OVERDUE: (ItemClass.CONTENT_CREDIT_PROPERTY, lambda one: one.overdue_since is not None),
    PackColumn.DEMANDED: (ItemClass.CONTENT_CREDIT_PROPERTY, lambda one: one.demanded is not None),
    PackColumn.WAIVED: (ItemClass.CONTENT_CREDIT_PROPERTY, lambda one: one.waived is not None),
    PackColumn.THREAT: (ItemClass.CONTENT_CREDIT_PROPERTY, lambda one: len(one.threats)),
    PackColumn.CALLER: (ItemClass.OTHER, lambda one: bool(one.caller)),
}


def papers(facts: ReferralFacts, locale: str) -> tuple[Sheet, ...]:
    """The papers of a pack its addressee's form asks for, in reading order; lists of which there is nothing are left out."""
    return tuple(
        paper(facts, locale) for kind, paper in PAPERS.items() if kind in facts.form.papers and _has(facts, kind)
    )


def _has(facts: ReferralFacts, kind: PackPaper) -> bool:
    lists = {
        PackPaper.PARTIES: facts.parties,
        PackPaper.LIKENESS: facts.alike,
        PackPaper.TIES: facts.ties,
        PackPaper.ADS: facts.ads,
        PackPaper.AGENTS: facts.agents,
    }
    return bool(lists.get(kind, True))


def loss(rows: Sequence[ComplaintRow]) -> int:
    """What was waived because of a threat, as people noted, in complaints whose demand was not found true, in fen."""
    return sum(one.waived_because or 0 for one in rows if not one.true)


def unexplained(rows: Sequence[ComplaintRow]) -> int:
    """What was waived in such complaints and nobody noted why, in fen: told apart, never added."""
    return sum(one.waived or 0 for one in rows if not one.true and one.waived_because is None)


def counted(facts: ReferralFacts) -> tuple[Counted, ...]:
    """Items of personal data the papers hold in clear, by the classes the law counts; each shown value is one. A report holds none."""
    held: Counter[ItemClass] = Counter()
    if facts.stage == FULL:
        for column, (of, items) in ITEMS.items():
            held[of] += sum(items(one) for one in facts.complaints) if column in facts.form.columns else 0
        held.update(_of_value(kind) for one in facts.exhibits for kind in _values(f"{one.name}\n{one.how}"))
        if PackPaper.LIKENESS in facts.form.papers:
            held[ItemClass.CONTENT_CREDIT_PROPERTY] += 2 * len(facts.alike)
        if PackPaper.PARTIES in facts.form.papers:
            held.update(_of_party(one) for one in facts.parties if one.clear)
        if PackPaper.AGENTS in facts.form.papers:
            held[ItemClass.OTHER] += sum(1 + bool(one.licence) for one in facts.agents)
        if PackPaper.ADS in facts.form.papers:
            held[ItemClass.OTHER] += sum(bool(one.contact) for one in facts.ads)
    return tuple(Counted(of=of, title=title, items=held[of], serious=least) for of, title, least in facts.serious)


def _values(text: str) -> list[Personal]:
    return [kind for _, _, kind in personal_spans(text)]


def _of_value(kind: Personal) -> ItemClass:
    return ItemClass.CONTENT_CREDIT_PROPERTY if kind is Personal.CARD else ItemClass.OTHER


def _of_party(one: PartyRow) -> ItemClass:
    return ItemClass.CONTENT_CREDIT_PROPERTY if one.code in MONEY else ItemClass.OTHER


def serious(counts: Sequence[Counted]) -> bool:
    """Whether so many items, handed over unlawfully in the course of a service, would be called serious: classes add up in proportion."""
    return sum((Fraction(SERVICE * one.items, one.serious) for one in counts), Fraction()) >= 1


def _cover(facts: ReferralFacts, locale: str) -> Sheet:
    say = _sayer(locale)
    blocks: list[Block] = [
        Para(Words(" ", ", ").say(locale).join(filter(None, (facts.form.title.say(locale), facts.branch.say(locale))))),
        *_order(facts, locale),
        Para(
            say(
                f"{facts.institution}在处理消费投诉中发现涉嫌{facts.offence.zh}（{facts.article.zh}）的线索，现将材料移送贵单位依法审查。",
                f"{facts.institution} found, while handling complaints, leads that point to {facts.offence.en} ({facts.article.en}), "
                "and hands the papers over to be examined.",
            )
        ),
        Para(_holds(facts, locale)),
        *_report_note(facts, locale),
        Para(
            say(
                "受影响的客户可能是受害人。材料中的事实须由贵单位核实；我们的系统只提供线索，不作为定案依据。",
                "Customers it reached may be victims. The facts are for you to verify: our system gives leads, no proof.",
            )
        ),
        Para(
            say(
                f"联系：{facts.department} {facts.phone} {facts.address}",
                f"Contact: {facts.department} {facts.phone} {facts.address}",
            )
        ),
    ]
    return made(facts, locale, "01-cover", Words("移送函", "Cover letter"), *blocks)


def _holds(facts: ReferralFacts, locale: str) -> str:
    parts = [
        Words(f"{name} {len(rows)} {unit}", f"{len(rows)} {en}")
        for paper, rows, name, unit, en in (
            (PackPaper.COMPLAINTS, facts.complaints, "投诉", "件", "complaints"),
            (PackPaper.ADS, facts.ads, "广告", "条", "ads"),
            (PackPaper.AGENTS, facts.agents, "所称律师身份", "项", "names given as lawyers"),
            (PackPaper.CATALOGUE, facts.exhibits, "证据", "件", "exhibits"),
        )
        if paper in facts.form.papers and rows
    ]
    zh, en = "、".join(one.zh for one in parts), ", ".join(one.en for one in parts)
    return Words(f"本次材料含{zh}。{facts.root_note.zh}", f"It holds {en}. {facts.root_note.en}").say(locale)


def _report(facts: ReferralFacts, locale: str) -> Sheet:
    say = _sayer(locale)
    form = facts.form
    blocks: list[Block] = [
        Head(say("一、有利于被指名者的情况", "1. What speaks for those named")),
        *(Para(f"{LINE_WORDS[line].say(locale)}：{text}") for line, text in facts.lines),
        *(Para(text) for text in _found_true(facts, locale)),
        Para(facts.counter.say(locale)),
        Head(say("二、涉嫌的行为与要件", "2. Conduct and elements")),
        Para(f"{facts.offence.say(locale)}（{facts.article.say(locale)}）"),
        *(Para(text.say(locale)) for text in facts.thresholds),
        Grid(
            (say("要件", "element"), say("应当证明", "to be shown"), say("证据编号", "exhibits"), say("说明", "notes")),
            tuple(_element(one, locale) for one in facts.elements),
        ),
        Head(say("三、涉及的情况", "3. What it is about")),
        *(Para(text) for text in _about(facts, locale)),
        Head(say("四、收件机关", "4. Place")),
        Para(form.place.say(locale)),
        Head(say("五、请求", "5. What we ask")),
        Para(form.request.say(locale)),
        Head(say("六、材料依据", "6. What this form is made of")),
        Para(
            say(
                f"依据：{form.basis.zh}。本函包括：{'；'.join(one.zh for one in form.asks)}。除此之外的客户信息不随函提供。",
                f"By: {form.basis.en}. It holds: {'; '.join(one.en for one in form.asks)}. What of customers is not asked for stays here.",
            )
        ),
        Head(say("七、所依据的发现", "7. What this rests on")),
        Para(_rests_on(facts, locale)),
        Para(
            say(
                "其中任何一项如被推翻，我们将书面更正并通知贵单位。",
                "If any of these falls we correct it in writing and tell you.",
            )
        ),
    ]
    return made(facts, locale, "02-report", form.form, *blocks)


def _found_true(facts: ReferralFacts, locale: str) -> Iterator[str]:
    """What our own decisions say, whatever somebody wrote; nothing to whom no complaint is told of."""
    if PackPaper.COMPLAINTS in facts.form.papers:
        true = sum(one.true for one in facts.complaints)
        yield Words(
            f"按已封存的裁定：所涉 {len(facts.complaints)} 件投诉中，诉求属实或部分属实的 {true} 件。",
            f"By our sealed decisions: of {len(facts.complaints)} complaints the demand was true, wholly or in part, in {true}.",
        ).say(locale)


def _rests_on(facts: ReferralFacts, locale: str) -> str:
    """The findings by number; complaints are told by how many they are where none of their rows leaves."""
    if facts.form.columns:
        return "、".join(facts.rests_on)
    ours = {one.complaint for one in facts.complaints}
    shown = [one for one in facts.rests_on if one not in ours]
    left = len(facts.rests_on) - len(shown)
    more = Words(f"投诉 {left} 件（不随函提供）", f"{left} complaints (kept here)")
    return "、".join((*shown, more.say(locale)) if left else shown)


def _about(facts: ReferralFacts, locale: str) -> Iterator[str]:
    form = facts.form
    if PackPaper.ADS in form.papers:
        yield Words(
            f"广告 {len(facts.ads)} 条：平台、账号、链接、时间与内容见《涉嫌违法广告清单》。",
            f"{len(facts.ads)} ads: platform, account, link, time and words stand in the list of ads.",
        ).say(locale)
    if PackPaper.AGENTS in form.papers and not facts.agents:
        yield Words(
            "所称身份见证据；授权材料中没有以律师身份出现的人。",
            "Whom they posed as stands in the exhibits; no authorisation names a lawyer.",
        ).say(locale)
    elif PackPaper.AGENTS in form.papers:
        yield Words(
            f"授权材料上所称的律师身份 {len(facts.agents)} 项，见《所称律师身份清单》；其他情形以证据为准。",
            f"{len(facts.agents)} names that authorisations give as lawyers stand in their list; whatever else, in the exhibits.",
        ).say(locale)
    if PackPaper.COMPLAINTS in form.papers:
        true = sum(one.true for one in facts.complaints)
        yield Words(
            f"投诉 {len(facts.complaints)} 件，其中诉求经核查属实 {true} 件（仍列入表中并标明）。",
            f"{len(facts.complaints)} complaints; in {true} the demand was found true (they stay in the table, marked).",
        ).say(locale)
    if PackColumn.WAIVED in form.columns:
        yield _sums(facts, locale)


def _sums(facts: ReferralFacts, locale: str) -> str:
    lost, apart = yuan(loss(facts.complaints)), yuan(unexplained(facts.complaints))
    if not loss(facts.complaints) and not unexplained(facts.complaints):
        return Words(
            "诉求未经查实的投诉没有减免，或没有因威胁而减免的记录：无损失金额。因诉求属实而减免的不计入损失。",
            "In those where it was not, nothing was waived, or nothing because of a threat: there is no loss. What was waived because the demand "
            "was true is no loss.",
        ).say(locale)
    return Words(
        f"诉求未经查实的投诉中，经人依证据记录为因威胁而减免的合计 {lost} 元，计为损失；"
        f"另有减免 {apart} 元未记录因果，单列，不计入。因诉求属实而减免的不计入损失。",
        f"In those where it was not: waived because of a threat, as a person noted from an exhibit, {lost} yuan, which is the loss; "
        f"another {apart} yuan were waived and nobody noted why: told apart, not added. What was waived because the demand was true is no loss.",
    ).say(locale)


def _element(one: ElementRow, locale: str) -> tuple[str, ...]:
    held = "、".join(map(str, one.exhibits)) or Words("缺", "gap").say(locale)
    return one.title.say(locale), one.show.say(locale), held, "；".join(one.notes)


def _order(facts: ReferralFacts, locale: str) -> Iterator[Block]:
    """What a full pack opens with: the authority's paper, and the items handed over by class against what the law calls serious."""
    if facts.order is None:
        return
    order, counts = facts.order, counted(facts)
    items = sum(one.items for one in counts)
    yield Para(
        Words(
            f"本材料依{order.issuer} {order.on} 出具的 {order.number} 提供，其扫描件为证据 1。材料内含个人信息 {items} 条。"
            f"另有 {facts.left_out} 件证据不在文书范围之内，未提供。",
            f"Provided on the paper {order.number} of {order.issuer}, of {order.on}; its scan is exhibit 1. The papers hold {items} items of "
            f"personal data. {facts.left_out} exhibits the paper does not ask for are left out.",
        ).say(locale)
    )
    headings = (
        Words("个人信息类别（法释〔2017〕10号第五条）", "class of personal data (2017 interpretation, art. 5)"),
        Words("本次提供（条）", "handed over, items"),
        Words("「情节严重」起点（条）", "serious from, items"),
    )
    rows = tuple((one.title.say(locale), str(one.items), str(one.serious)) for one in counts)
    yield Grid(tuple(one.say(locale) for one in headings), rows)
    reached = Words("已达到", "reaches") if serious(counts) else Words("未达到", "does not reach")
    yield Para(
        Words(
            f"按服务中获得的信息减半、各类按比例合计，本次数量{reached.zh}该起点。依法定文书提供不属违法；数量供审批、交接与保管核对。证据内容未计。",
            f"Halved for what was had in a service and added up in proportion, this {reached.en} that number. What is provided on a lawful paper "
            "is not unlawful; the count is for approval, handing over and keeping. What the exhibits hold is not counted.",
        ).say(locale)
    )


def _report_note(facts: ReferralFacts, locale: str) -> Iterator[Block]:
    if facts.stage == FULL:
        return
    whose = (
        Words("客户以代号列示", "customers stand under codes")
        if facts.form.columns
        else Words("不含客户资料与投诉明细", "it holds nothing of customers and no complaint")
    )
    yield Para(
        Words(
            f"本材料为报案或线索阶段：{whose.zh}，文字中的姓名与号码已遮蔽，证据为遮蔽后的派生件或公开广告；公开广告的账号与链接照录。"
            "贵单位出具调取文书后，我们依文书提供完整材料。",
            f"This is a report: {whose.en}, names and numbers in texts are masked, exhibits are redacted copies or public ads, of which "
            "account and link stand as they are. On your written order we provide the full pack.",
        ).say(locale)
    )


def _sayer(locale: str) -> Callable[[str, str], str]:
    """One of two wordings by locale."""
    return lambda zh, en: Words(zh, en).say(locale)


PAPERS: Mapping[PackPaper, Callable[[ReferralFacts, str], Sheet]] = {
    PackPaper.COVER: _cover,
    PackPaper.REPORT: _report,
    PackPaper.CATALOGUE: catalogue,
    PackPaper.SOURCES: sources,
    PackPaper.PARTIES: parties,
    PackPaper.COMPLAINTS: complaints,
    PackPaper.TIMELINE: timeline,
    PackPaper.LIKENESS: likeness,
    PackPaper.TIES: ties,
    PackPaper.ADS: ads,
    PackPaper.AGENTS: agents,
}


def texts(sheets: Sequence[Sheet]) -> Iterator[str]:
    """Every word of the papers, for whoever lints them."""
    for sheet in sheets:
        yield from (sheet.title, sheet.foot, *sheet.boxes)
        for block in sheet.blocks:
            if isinstance(block, Grid):
                yield from block.headings
                yield from (cell for row in block.rows for cell in row)
            elif isinstance(block, Figure):
                yield from (*block.left, *block.right)
            else:
                yield block.text
