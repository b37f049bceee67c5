"""The certificate of a batch that was disposed of: what went under which term, who proposed, agreed and carried it out, and where the chain says so.

Everything in it was kept when it was done, so it is the same words whenever it is made; ids are keyed, and nothing of what went is told.
"""

from dataclasses import dataclass
from datetime import datetime

from mingcha.actions.deps import Deps
from mingcha.actions.disposal_book import open_batch
from mingcha.actions.permit import may
from mingcha.actions.sealing import ACCESS, seal_act
from mingcha.errors import OutOfOrder
from mingcha.model.actor import Actor
from mingcha.model.provenance import Grade
from mingcha.model.retention import HOLDING_WORDS, Batch, BatchState, Disposed, Proposed
from mingcha.model.sheet import Grid, Head, Para, Sheet
from mingcha.model.words import Words

TITLE = Words("销毁证明", "Certificate of disposal")
MADE = (BatchState.PROPOSED, BatchState.AGREED, BatchState.DISPOSED)
DID = {
    BatchState.PROPOSED: Words("提出", "proposed"),
    BatchState.AGREED: Words("同意", "agreed"),
    BatchState.DISPOSED: Words("执行", "carried out"),
}
UNREAD = Words(
    "年限为本机构自定；所引条款未核对原文",
    "the years are the institution's own; the official text of the clause cited was not read",
)
PROVES = Words(
    "数据密钥已销毁，密文不能再打开；证据链保存承诺值与上列编号，仍可校验（mingcha verify）。统计报表、同等对待指标与援助合计保持销毁前的数字，不含个人信息。",
    "The data keys were destroyed and no ciphertext opens any more. The chains hold commitments and the ids above and still verify "
    "(mingcha verify). Returns, parity and the totals of help keep their figures, without personal data.",
)


@dataclass(frozen=True, slots=True)
class Certificate:
    """The paper, and the time it is made as of."""

    sheet: Sheet
    at: datetime


def disposal_certificate(deps: Deps, actor: Actor, batch: str, locale: str) -> Certificate:
    """The certificate of one batch; OutOfOrder before it was carried out. The look is sealed."""
    may(actor, "see_retention")
    with deps.store.write() as work:
        stands = open_batch(deps, work, actor, batch)
        done = stands.by(BatchState.DISPOSED)
        if stands.proposed is None or stands.disposed is None or done is None:
            raise OutOfOrder(what=TITLE, why=Words("尚未执行", "it was not carried out yet"))
        seal_act(deps, work, ACCESS, actor, {"act": "see_retention", "of": batch})
    return Certificate(_sheet(deps, stands, stands.proposed, stands.disposed, locale), done[1])


def _sheet(deps: Deps, batch: Batch, asked: Proposed, done: Disposed, locale: str) -> Sheet:
    def say(zh: str, en: str) -> str:
        return Words(zh, en).say(locale)

    counts = (
        (say("件数", "things"), len(done.gone)),
        (say("记录", "records"), done.records),
        (say("版本", "versions"), done.versions),
        (say("证据", "exhibits"), done.exhibits),
        (say("操作记录", "acts"), done.acts),
        (say("留下未销毁", "stayed"), len(done.dropped)),
    )
    facts = (
        (say("机构", "institution"), done.institution or "-"),
        (say("批次", "batch"), batch.id),
        (say("类别", "kind"), HOLDING_WORDS[asked.holding].say(locale)),
        (say("保存期限", "term"), _term(asked, locale)),
        (say("依据", "on the ground of"), _ground(asked, locale)),
        (say("清单默克尔根", "Merkle root of the list"), asked.root),
        (say("监管链位置", "place in the chain of custody"), done.custody),
    )
    people = tuple((DID[of].say(locale), *_who(deps, batch, of)) for of in MADE)
    blocks = (
        Grid((say("项目", "item"), say("内容", "says")), facts),
        Head(say("数量", "counts")),
        Grid(tuple(name for name, _ in counts), (tuple(str(n) for _, n in counts),)),
        Head(say("经手人", "by whom")),
        Grid((say("步骤", "step"), say("账号", "account"), say("时间", "when")), people),
        Head(say("已销毁（编号为密钥散列，不含个人信息）", "disposed of (ids are keyed and say nothing of anybody)")),
        Grid((say("序号", "no."), say("编号", "id")), tuple((str(n), id_) for n, id_ in enumerate(done.gone, 1))),
        Para(PROVES.say(locale)),
    )
    boxes = (*(say(f"{DID[of].zh}：", f"{DID[of].en}:") for of in MADE), say("盖章：", "seal:"))
    foot = f"{TITLE.say(locale)} {batch.id}"
    return Sheet(name=f"disposal-{batch.id}", title=TITLE.say(locale), blocks=blocks, foot=foot, boxes=boxes)


def _term(asked: Proposed, locale: str) -> str:
    years = Words(f"{asked.years} 年，自", f"{asked.years} years from ").say(locale)
    return f"{years}{asked.since.say(locale)}"


def _ground(asked: Proposed, locale: str) -> str:
    unread = "" if asked.grade is Grade.FIRST_HAND else f"\n{UNREAD.say(locale)}"
    return f"{asked.clause}\n{asked.why.say(locale)}{unread}"


def _who(deps: Deps, batch: Batch, of: BatchState) -> tuple[str, str]:
    found = batch.by(of)
    return (found[0], f"{found[1].astimezone(deps.zone):%Y-%m-%d %H:%M %z}") if found else ("-", "-")
