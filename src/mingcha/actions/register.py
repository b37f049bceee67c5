"""The register of referrals: one list over every case open to the reader, with what became of each and all of them in numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from mingcha.actions.case_book import open_cases
from mingcha.actions.deps import Deps
from mingcha.actions.permit import may
from mingcha.actions.sealing import ACCESS, seal_act
from mingcha.casework.register import lines, totals
from mingcha.model.actor import Actor
from mingcha.model.case_out import FILING_WORDS
from mingcha.model.correction import RegisterLine, RegisterTotals
from mingcha.model.words import Words
from mingcha.text.masking import masked

HEADINGS = (
    Words("案件", "case"), Words("移送", "referral"), Words("收件机关", "addressee"), Words("罪名或违法行为", "offence"),
    Words("阶段", "stage"), Words("移送日", "handed over"), Words("回执号", "receipt"), Words("签收人", "taken in by"),
    Words("回执日", "received"), Words("受理结果", "result"), Words("文号", "number"), Words("结果日", "on"),
    Words("复议复核截止", "review until"), Words("反馈", "feedback"), Words("人数", "people"), Words("团伙", "rings"),
    Words("判刑", "sentences"), Words("追回（元）", "restitution, yuan"), Words("须更正", "correction owed"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Register:
    """The lines, those handed over first before the others, and all of them in numbers."""

    lines: tuple[RegisterLine, ...]
    totals: RegisterTotals


def register_of(deps: Deps, actor: Actor) -> Register:
    """The register as far as its cases are open to the actor; free text masked; logged."""
    may(actor, "see_cases")
    words = deps.standards.casework
    addressees = {id_: one.title for id_, one in words.addressees.items()}
    offences = {id_: one.title for id_, one in words.offences.items()}
    found: list[RegisterLine] = []
    with deps.store.write() as work:
        for case, facts in sorted(open_cases(deps, work, actor).items()):
            found += lines(case, facts, addressees, offences)
        seal_act(deps, work, ACCESS, actor, {"act": "see_register", "of": sorted({one.case for one in found})})
    found.sort(key=lambda one: (one.sent_on or date.max, one.case, one.referral))
    return Register(tuple(_shown(one) for one in found), totals(found))


def register_rows(register: Register, locale: str) -> list[list[str]]:
    """The register as rows of a table, headings first; for a file."""
    return [[one.say(locale) for one in HEADINGS], *(_cells(one, locale) for one in register.lines)]


def _cells(one: RegisterLine, locale: str) -> list[str]:
    received, filed = one.received, one.filed
    told: Sequence[object] = (
        one.case, one.referral[:8], one.addressee.say(locale), one.offence.say(locale), one.stage, one.sent_on,
        received and received.number, received and received.taken_by, received and received.on,
        filed and FILING_WORDS[filed.filing].say(locale), filed and filed.number, filed and filed.on,
        filed and filed.review_until, "；".join(one.feedback), one.people, one.rings, one.sentences,
        f"{one.restitution // 100}.{one.restitution % 100:02}", Words("是", "yes").say(locale) if one.owes_correction else "",
    )  # fmt: skip
    return ["" if cell is None else str(cell) for cell in told]


def _shown(one: RegisterLine) -> RegisterLine:
    received = one.received and replace(one.received, taken_by=masked(one.received.taken_by))
    feedback = tuple(masked(text) for text in one.feedback)
    return replace(one, title=masked(one.title), received=received, feedback=feedback)
