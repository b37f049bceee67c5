"""The pack of a referral two people agreed to: papers, the exhibits its elements name, and the custody chain up to the last of them.

Made as of the second agreement, so that the same referral gives the same bytes whenever it is built. Building is logged; nothing is
sent. Signed roots of days go along where they were sealed before that agreement.
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from mingcha.actions.case_book import case_acts
from mingcha.actions.casework import may_refer
from mingcha.actions.day_roots import witness_of
from mingcha.actions.deps import Deps
from mingcha.actions.exhibit_book import ADS, bytes_fact, bytes_of, open_exhibit, seen_exhibit
from mingcha.actions.objection_match import match_waiting
from mingcha.actions.permit import may
from mingcha.actions.ports.store import Work
from mingcha.actions.referral_facts import PACK, Held, exhibits_shown, referral_facts
from mingcha.actions.referral_order import asked_for, scan_of
from mingcha.actions.sealing import ACCESS, EXHIBITS, seal_act
from mingcha.casework.course import fold
from mingcha.casework.outgoing import may_leave, referral
from mingcha.casework.papers import counted, papers
from mingcha.errors import NotFound, OutOfOrder
from mingcha.evidence.canonical import parse
from mingcha.model.actor import Actor
from mingcha.model.bundle import Bundle, Entry, Paper, Sealed
from mingcha.model.case import CaseAct
from mingcha.model.case_out import ReferralAgreed, ReferralDrafted
from mingcha.model.exhibit import Exhibit
from mingcha.model.referral import Counted, ExhibitRow
from mingcha.model.sheet import Sheet
from mingcha.model.stored import KeptExhibit, Link
from mingcha.model.words import Words

FORMS = ("pdf", "docx")
REDACTED = re.compile(
    r"遮蔽|遮盖|脱敏|打码|涂黑|redact|mask", re.IGNORECASE
)  # what was done to a copy begins so: "not redacted" is none
Render = Callable[[Sheet, str, datetime], bytes]  # a paper in one of FORMS, made at a time


@dataclass(frozen=True, slots=True)
class Pack:
    """A bundle to be planned and written; `read` gives the bytes of an exhibit by its number, each checked as it is read."""

    bundle: Bundle
    read: Callable[[int], Iterable[bytes]]
    personal: tuple[Counted, ...]

    @property
    def personal_items(self) -> int:
        """Items of personal data its papers hold in clear."""
        return sum(one.items for one in self.personal)


@dataclass(frozen=True, slots=True)
class _Held:
    """One exhibit of the pack with what is kept of it and the record that sealed it."""

    exhibit: Exhibit
    kept: KeptExhibit
    link: Link


def build_pack(deps: Deps, actor: Actor, case: str, of: str, render: Render) -> Pack:
    """Everything of one referral; logged. OutOfOrder while it may not leave, or where no exhibit is named by an element."""
    may(actor, "refer")
    with deps.store.write() as work:
        match_waiting(deps, work)
        acts = case_acts(deps, work, actor, case)
        facts = fold(acts)
        one = referral(facts, of)
        if one is None:
            raise NotFound(what=Words("移送", "referral"), which=of)
        if (why := may_leave(facts, one)) is not None:
            raise OutOfOrder(what=PACK, why=why)
        may_refer(work, facts, one.drafted)
        acts = agreed_until(acts, of)
        facts = fold(acts)
        scan = scan_of(deps, work, actor, case, facts, one.drafted)
        shown = exhibits_shown(work, facts, one.drafted.offence)
        held, left_out = _exhibits(deps, work, actor, shown, one.drafted, scan)
        made_at = one.cleared_at or deps.now()
        told = referral_facts(deps, work, actor, acts, one, Held(tuple(each.exhibit for each in held), left_out))
        ids, personal = [each.exhibit.id for each in held], counted(told)
        items = {each.of.value: each.items for each in personal}
        rows = [row.complaint for row in told.complaints] if told.form.columns else []
        act = {"act": "build_pack", "of": case, "referral": of, "complaints": rows, "exhibits": ids}
        seal_act(deps, work, ACCESS, actor, {**act, "personal_items": items})
        links = _links(work, max(each.link.seq for each in held))
        witness = witness_of(deps, work, [each.link for each in held], made_at)
    sheets = papers(told, "zh-CN")
    bundle = Bundle(
        case=f"{case}/{of[:8]}",
        organisation=deps.standards.institution.name or "-",
        made_by=one.by,
        made_at=made_at,
        suite=deps.keys.suite,
        exhibits=tuple(_row(deps, each, row) for each, row in zip(held, told.exhibits, strict=True)),
        custody=links,
        witness=witness,
        papers=tuple(Paper(f"{sheet.name}.{form}", render(sheet, form, made_at)) for sheet in sheets for form in FORMS),
    )
    return Pack(bundle, lambda number: bytes_of(deps, held[number - 1].kept, held[number - 1].exhibit), personal)


def agreed_until(acts: Sequence[CaseAct], of: str) -> tuple[CaseAct, ...]:
    """What had been done when two had agreed: what came later changes no byte of what they agreed to."""
    last = max(n for n, act in enumerate(acts) if isinstance(act.body, ReferralAgreed) and act.body.referral == of)
    return tuple(acts[: last + 1])


def _exhibits(
    deps: Deps, work: Work, actor: Actor, wanted: Collection[str], drafted: ReferralDrafted, scan: KeptExhibit | None
) -> tuple[tuple[_Held, ...], int]:
    """These exhibits in the order they were kept, on an order after its scan, and how many the order does not ask for.

    In a report nothing but redacted copies and public ads; on an order the originals of copies too, and nothing of a complaint or
    customer it does not name.
    """
    if not wanted:
        raise OutOfOrder(what=PACK, why=Words("没有为要件登记证据", "no exhibit is entered for an element"))
    left, kept, out = dict.fromkeys(sorted(wanted)), dict[str, KeptExhibit](), 0
    while left:
        id_ = next(iter(left))
        del left[id_]
        found = seen_exhibit(deps, work, actor, id_)
        if scan and not asked_for(deps, work, found, drafted.scope):
            out += 1
            continue
        kept[id_] = found
        if scan and found.derived_from is not None and found.derived_from not in kept:
            left[found.derived_from] = None
    if not scan and (bare := [id_ for id_, each in kept.items() if not _public(deps, work, each)]):
        named = "、".join(bare)
        why = Words(
            f"报案阶段只提供遮蔽后的派生件或广告，以下不是：{named}（用 exhibits add --from 原件 --step 遮蔽 保存遮蔽件）",
            f"a report holds redacted copies and ads alone, these are none: {named} (keep a copy by exhibits add --from … --step redaction)",
        )
        raise OutOfOrder(what=PACK, why=why)
    if not kept:
        raise OutOfOrder(what=PACK, why=Words("文书范围内没有证据", "the order asks for none of the exhibits"))
    if scan:
        kept[scan.id] = scan
    sealed = {str(parse(link.payload).get("exhibit")): link for link in work.chains.read(EXHIBITS)}
    held = [_Held(open_exhibit(deps, each), each, sealed[id_]) for id_, each in kept.items()]
    return tuple(sorted(held, key=lambda each: (each.kept is not scan, each.link.seq))), out


def _public(deps: Deps, work: Work, kept: KeptExhibit) -> bool:
    """Whether a report may hold it: nothing but ads, or a copy of which somebody said that it, or what it was made from, was redacted."""
    if all(one.startswith(ADS) for one in kept.of):
        return True
    while kept.derived_from is not None:
        if REDACTED.match((open_exhibit(deps, kept).about.step or "").strip()):
            return True
        kept = work.exhibits.get([kept.derived_from])[kept.derived_from]
    return False


def _links(work: Work, last: int) -> tuple[Link, ...]:
    return tuple(link for link in work.chains.read(EXHIBITS) if link.seq <= last)


def _row(deps: Deps, one: _Held, told: ExhibitRow) -> Entry:
    """An exhibit as the index lists it: what the papers tell of it and no more."""
    return Entry(
        name=told.name,
        kind=told.media,
        size=told.size,
        sha256=told.sha256,
        sm3=one.exhibit.sm3,
        taken_by=told.by,
        taken_at=told.taken_at,
        source_system=told.system,
        how=told.how,
        derived_from=told.derived_from,
        sealed=Sealed(EXHIBITS, one.link.seq, *bytes_fact(deps, one.kept)),
    )
