"""The pack of a referral two people agreed to: papers, the exhibits its elements name, and the custody chain up to the last of them.

Made as of the second agreement, so that the same referral gives the same bytes whenever it is built. Building is logged; nothing is
sent. Signed roots of days go along where they were sealed before that agreement.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from mingcha.actions.case_book import case_acts
from mingcha.actions.casework import may_refer
from mingcha.actions.day_roots import witness_of
from mingcha.actions.deps import Deps
from mingcha.actions.exhibit_book import ADS, PEOPLE, bytes_fact, bytes_of, open_exhibit, seen_exhibit
from mingcha.actions.kept import open_record
from mingcha.actions.permit import may
from mingcha.actions.ports.store import Work
from mingcha.actions.referral_facts import COMPLAINTS, PACK, Held, exhibits_shown, referral_facts
from mingcha.actions.sealing import ACCESS, EXHIBITS, seal_act
from mingcha.casework.course import FULL, fold, may_leave, referral
from mingcha.casework.papers import papers
from mingcha.errors import NotFound, OutOfOrder
from mingcha.evidence.canonical import parse
from mingcha.model.actor import Actor
from mingcha.model.bundle import Bundle, Entry, Paper, Sealed
from mingcha.model.case_facts import CaseFacts, Referral
from mingcha.model.exhibit import Exhibit
from mingcha.model.sheet import Sheet
from mingcha.model.stored import KeptExhibit, Link
from mingcha.model.words import Words
from mingcha.text.masking import masked

FORMS = ("pdf", "docx")
Render = Callable[[Sheet, str, datetime], bytes]  # a paper in one of FORMS, made at a time


@dataclass(frozen=True, slots=True)
class Pack:
    """A bundle to be planned and written; `read` gives the bytes of an exhibit by its number, each checked as it is read."""

    bundle: Bundle
    read: Callable[[int], Iterable[bytes]]
    personal_items: int


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
        acts = case_acts(deps, work, actor, case)
        facts = fold(acts)
        one = referral(facts, of)
        if one is None:
            raise NotFound(what=Words("移送", "referral"), which=of)
        if (why := may_leave(facts, one)) is not None:
            raise OutOfOrder(what=PACK, why=why)
        may_refer(work, facts, one.drafted)
        held, left_out = _exhibits(deps, work, actor, facts, one)
        made_at = one.cleared_at or deps.now()
        told = referral_facts(deps, work, actor, acts, one, Held(tuple(each.exhibit for each in held), left_out))
        ids = [each.exhibit.id for each in held]
        seal_act(deps, work, ACCESS, actor, {"act": "build_pack", "of": case, "referral": of, "exhibits": ids})
        links = _links(work, max(each.link.seq for each in held))
        witness = witness_of(deps, work, [each.link for each in held], made_at)
    sheets = papers(told, "zh-CN")
    bundle = Bundle(
        case=f"{case}/{of[:8]}",
        organisation=deps.standards.institution.name or "-",
        made_by=one.by,
        made_at=made_at,
        suite=deps.keys.suite,
        exhibits=tuple(_row(deps, each, held, full=one.drafted.stage == FULL) for each in held),
        custody=links,
        witness=witness,
        papers=tuple(Paper(f"{sheet.name}.{form}", render(sheet, form, made_at)) for sheet in sheets for form in FORMS),
    )
    return Pack(
        bundle, lambda number: bytes_of(deps, held[number - 1].kept, held[number - 1].exhibit), told.personal_items
    )


def _exhibits(deps: Deps, work: Work, actor: Actor, facts: CaseFacts, one: Referral) -> tuple[tuple[_Held, ...], int]:
    """The exhibits the elements of its offence name, in the order they were kept, and how many the order does not ask for.

    In a report nothing but redacted copies and public ads; on an order the originals of copies too, and nothing of a complaint or
    customer it does not name.
    """
    wanted = dict.fromkeys(sorted(exhibits_shown(facts, one.drafted.offence)))
    if not wanted:
        raise OutOfOrder(what=PACK, why=Words("没有为要件登记证据", "no exhibit is entered for an element"))
    full = one.drafted.stage == FULL
    kept: dict[str, KeptExhibit] = {}
    out = 0
    while wanted:
        id_ = next(iter(wanted))
        del wanted[id_]
        found = seen_exhibit(deps, work, actor, id_)
        if full and not _asked_for(deps, work, found, one.drafted.scope):
            out += 1
            continue
        kept[id_] = found
        if full and found.derived_from is not None and found.derived_from not in kept:
            wanted[found.derived_from] = None
    if not full and (bare := [id_ for id_, each in kept.items() if not _public(each)]):
        named = "、".join(bare)
        why = Words(
            f"报案阶段只提供遮蔽后的派生件或广告，以下为原件：{named}（用 exhibits add --from 保存遮蔽件）",
            f"a report holds redacted copies and ads alone, these are originals: {named} (keep a redacted copy by exhibits add --from)",
        )
        raise OutOfOrder(what=PACK, why=why)
    if not kept:
        raise OutOfOrder(what=PACK, why=Words("文书范围内没有证据", "the order asks for none of the exhibits"))
    sealed = {str(parse(link.payload).get("exhibit")): link for link in work.chains.read(EXHIBITS)}
    held = [_Held(open_exhibit(deps, each), each, sealed[id_]) for id_, each in kept.items()]
    return tuple(sorted(held, key=lambda each: each.link.seq)), out


def _public(kept: KeptExhibit) -> bool:
    """Whether a report may hold it: a copy something was done to, or nothing but ads."""
    return kept.derived_from is not None or all(one.startswith(ADS) for one in kept.of)


def _asked_for(deps: Deps, work: Work, kept: KeptExhibit, scope: tuple[str, ...]) -> bool:
    """Whether it is about no complaint and no customer but those an order names."""
    named = [
        open_record(deps.keys, one).keyed for one in work.records.heads(COMPLAINTS, list(scope)).values() if one.wrapped
    ]
    asked = {*scope, *(one.customer_id for one in named)}
    return all(one in asked for one in kept.of if one.startswith(PEOPLE))


def _links(work: Work, last: int) -> tuple[Link, ...]:
    return tuple(link for link in work.chains.read(EXHIBITS) if link.seq <= last)


def _row(deps: Deps, one: _Held, held: tuple[_Held, ...], *, full: bool) -> Entry:
    about = one.exhibit.about
    numbers = {each.exhibit.id: number for number, each in enumerate(held, 1)}
    return Entry(
        name=about.name if full else one.exhibit.id,
        kind=about.media,
        size=one.exhibit.size,
        sha256=one.exhibit.sha256,
        sm3=one.exhibit.sm3,
        taken_by=one.exhibit.by,
        taken_at=about.taken_at,
        source_system=about.system,
        how=about.how if full else masked(about.how),
        derived_from=numbers.get(about.derived_from or ""),
        sealed=Sealed(EXHIBITS, one.link.seq, *bytes_fact(deps, one.kept)),
    )
