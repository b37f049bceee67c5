"""Letters of a case: a correction to whoever received a referral, and a request to keep records that are about to be deleted.

Neither says anything of anybody: a correction tells what does not hold any more and asks that it be put right, a request tells
which records and until when.
"""

from collections.abc import Callable, Sequence
from datetime import date

from mingcha.casework.tables import BOXES
from mingcha.model.correction import Owed, Perishing, Sender
from mingcha.model.sheet import Block, Grid, Head, Para, Sheet
from mingcha.model.words import Words
from mingcha.standards.calendar import local

BLANK = "＿＿＿＿"


def correction(owed: Owed, sender: Sender, locale: str) -> Sheet:
    """The letter that corrects one referral."""
    say = _sayer(locale)
    sent = f"{local(owed.handed_over):%Y-%m-%d}"
    blocks: list[Block] = [
        Para(owed.addressee.say(locale)),
        Para(
            say(
                f"{sender.institution}于 {sent} 向贵单位提交下列材料。材料所依据的部分内容不再成立，现予更正。",
                f"On {sent} {sender.institution} handed you the papers below. Some of what they rest on does not hold any more. We correct it.",
            )
        ),
        Grid(
            (
                say("我方编号", "our number"),
                say("贵单位文号", "your number"),
                say("材料根摘要", "root digest of the papers"),
            ),
            ((f"{owed.case}/{owed.referral[:8]}", owed.number or BLANK, owed.root),),
        ),
        Head(say("一、不再成立的内容", "1. What does not hold any more")),
        Grid(
            (say("编号", "id"), say("种类", "kind"), say("自何日", "since"), say("原因", "why")),
            tuple((one.finding, one.kind.say(locale), one.on.isoformat(), one.why.say(locale)) for one in owed.fallen),
        ),
        Head(say("二、请贵单位", "2. We ask you to")),
        Para(
            say(
                "（一）在案卷中更正上列内容，不再以其为依据；",
                "(1) correct your file, and rest nothing on what is listed any more;",
            )
        ),
        Para(
            say(
                "（二）退还或销毁仅与上列内容有关的材料；依法须留存的，请注明已更正；",
                "(2) return or destroy papers that are about it alone; where the law makes you keep them, mark them as corrected;",
            )
        ),
        Para(
            say(
                "（三）据此已采取的措施，请予复核并恢复；",
                "(3) look again at what was done because of it, and restore what stood before;",
            )
        ),
        Para(say("（四）书面确认收到本函。", "(4) confirm this letter in writing.")),
        *_people(owed, locale),
        Head(say("四、说明", "4. To be clear")),
        Para(
            say(
                "本函不指认任何人。材料中的客户可能是受害人，更正不得作为对其不利的依据。未列入上表的内容，本函不作变更。",
                "This letter accuses nobody. The customers in the papers may be victims, and nothing here speaks against them. What is not "
                "listed is not changed by this letter.",
            )
        ),
        Para(_contact(sender, locale)),
    ]
    return Sheet(
        "correction", say("更正函", "Correction"), tuple(blocks), f"{owed.case}/{owed.referral[:8]}", _boxes(locale)
    )


def keep_request(system: str, rows: Sequence[Perishing], case: str, sender: Sender, locale: str) -> Sheet:
    """The letter that asks whoever runs a system or platform to keep records before it deletes them."""
    say = _sayer(locale)
    first = min((one.gone_on for one in rows if one.gone_on is not None), default=None)
    headings = (
        say("序号", "no."), say("贵方编号", "your id"), say("种类", "kind"), say("形成日", "made on"),
        say("按期限删除之日", "deleted on"), say("我方编号", "our id"),
    )  # fmt: skip
    told = tuple(
        (str(number), one.theirs, one.kind.say(locale), one.made_on.isoformat(), _day(one.gone_on, locale), one.record)
        for number, one in enumerate(rows, 1)
    )
    blocks: tuple[Block, ...] = (
        Para(say(f"{system} 管理单位", f"To whoever runs {system}")),
        Para(
            say(
                f"{sender.institution}核查投诉需要下列记录。请自收到本函之日起予以保全，不删除、不改动，直至收到我方书面解除通知。",
                f"{sender.institution} needs the records below to look into complaints. Please keep them from the day you receive this, "
                "neither deleted nor changed, until we tell you in writing that they may go.",
            )
        ),
        *(
            [Para(say(f"其中最早的将于 {first} 被删除。", f"The first of them is deleted on {first}."))]
            if first
            else []
        ),
        Grid(headings, told, wide=True),
        Para(
            say(
                "请书面答复：是否已保全、保全至何日、何时可以调取。涉及的人员可能是受害人，请勿据此对其采取任何措施。",
                "Please answer in writing: whether they are kept, until when, and when they can be had. Whoever they concern may be a victim: "
                "nothing is to be done about anybody because of this letter.",
            )
        ),
        Para(_contact(sender, locale)),
    )
    return Sheet("preservation", say("保全请求函", "Request to keep records"), blocks, case, _boxes(locale))


def _people(owed: Owed, locale: str) -> list[Block]:
    say = _sayer(locale)
    head = Head(say("三、应被告知的人", "3. Who has to be told"))
    if not owed.people:
        return [head, Para(say("上列内容不涉及单个客户。", "What is listed concerns no single customer."))]
    note = Para(
        say(
            "贵单位如已就下列投诉联系过客户，请告知其相关内容已更正；我方同时告知。",
            "If you contacted a customer about a complaint below, please tell them that it was corrected; so do we.",
        )
    )
    if not owed.customers:  # they were told no code of a customer, and are told none now
        return [head, note, Grid((say("投诉编号", "complaint"),), tuple((one.complaint,) for one in owed.people))]
    rows = tuple((one.complaint, one.customer or BLANK) for one in owed.people)
    return [head, note, Grid((say("投诉编号", "complaint"), say("客户代号", "customer")), rows)]


def _day(on: date | None, locale: str) -> str:
    return on.isoformat() if on else Words("随时可能", "at any time").say(locale)


def _contact(sender: Sender, locale: str) -> str:
    told = f"{sender.department} {sender.phone} {sender.address}".strip() or BLANK
    return Words(f"联系：{told}", f"Contact: {told}").say(locale)


def _boxes(locale: str) -> tuple[str, ...]:
    return tuple(one.say(locale) for one in BOXES)


def _sayer(locale: str) -> Callable[[str, str], str]:
    return lambda zh, en: Words(zh, en).say(locale)
