"""Personal data of a complaint: masked wherever it is shown, in clear only by a verb of its own and for a sealed reason.

Masking keeps every character's place, so spans of the original fit what is shown. Tokens and keyed ids are no secrets here.
"""

import re
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar

from mingcha.actions.deps import Deps
from mingcha.actions.kept import Kept, open_record, personal_columns
from mingcha.actions.permit import may
from mingcha.actions.ports.store import Work
from mingcha.actions.reasons import keep_reason
from mingcha.actions.recusal import stand_aside
from mingcha.actions.sealing import ACCESS, seal_act
from mingcha.errors import NotFound, OutOfOrder
from mingcha.model.actor import Actor
from mingcha.model.clock import ClockEvent
from mingcha.model.complaint import Complaint
from mingcha.model.decision import Decision
from mingcha.model.finding import Finding
from mingcha.model.kinds import KINDS
from mingcha.model.party import Customer
from mingcha.model.provenance import Cite
from mingcha.model.record import Personal, Type
from mingcha.model.text import Folded, Passage
from mingcha.model.words import Words
from mingcha.text.canonical import mask
from mingcha.text.masking import Own, masked

T = TypeVar("T")
KIND_OF = {kind.record: kind for kind in KINDS}


@dataclass(frozen=True, slots=True)
class PersonalView:
    """One complaint in clear, and the customer it names where we hold that record."""

    complaint: Complaint
    customer: Customer | None


@dataclass(frozen=True, slots=True)
class Filed:
    """A complaint with what the house holds of the person in it, and its text as it may be shown."""

    kept: Kept
    text_digest: str | None
    customer: Customer | None
    own: tuple[Own, ...]
    text: str


def reveal_personal(deps: Deps, actor: Actor, complaint: str, reason: str) -> PersonalView:
    """One complaint's personal data in clear; who asked and why is sealed before it answers."""
    may(actor, "reveal_personal")
    if not reason.strip():
        raise OutOfOrder(what=Words("显示个人信息", "show personal data"), why=Words("须写明理由", "it needs a reason"))
    with deps.store.write() as work:
        if complaint not in work.desk.rows([complaint]):
            raise NotFound(what=Words("投诉", "complaint"), which=complaint)
        stand_aside(deps, work, actor, complaint)
        why = keep_reason(deps, work, deps.new_id(), reason, complaint)
        seal_act(deps, work, ACCESS, actor, {"act": "reveal_personal", "complaints": [complaint], **why})
        opened = filed(deps, work, complaint)
    return PersonalView(opened.kept.clear, opened.customer)


def filed(deps: Deps, work: Work, complaint: str) -> Filed:
    """Open a complaint and its customer, and mask its text; KeyTrouble when it was erased."""
    stored = work.records.heads("complaints", [complaint])[complaint]
    kept = open_record(deps.keys, stored)
    named = kept.keyed.customer_id
    held = work.records.heads("customers", [named]).get(named) if named else None
    customer = open_record(deps.keys, held).clear if held is not None and held.wrapped else None
    own = own_values(kept.clear, customer)
    return Filed(kept, stored.text_digest, customer, own, masked(kept.clear.text or "", own))


def own_values(*records: Any) -> tuple[Own, ...]:
    """What records hold of persons, in clear, with the kind of each value."""
    out = []
    for record in records:
        for column in personal_columns(KIND_OF[type(record)]) if record is not None else ():
            value = getattr(record, column.name)
            if isinstance(value, str) and column.personal not in (None, Personal.REF):
                out.append((value, column.personal))
    return tuple(out)


def masked_record(one: Filed) -> Complaint:
    """The complaint as it may be shown: ids keyed, personal values and free text masked."""
    shown: dict[str, Any] = {}
    for column in KIND_OF[Complaint].columns:
        value = getattr(one.kept.clear, column.name)
        if value and (column.type is Type.ID or column.personal is Personal.REF):
            shown[column.name] = getattr(one.kept.keyed, column.name)
        elif value and column.personal is Personal.FREE_TEXT:
            shown[column.name] = one.text
        elif value and column.personal is not None:
            shown[column.name] = mask(column.personal, value)
    record: Complaint = replace(one.kept.clear, **shown)
    return record


def veiled(value: T, one: Filed) -> T:
    """The same value with whatever it quotes or people typed masked: passages, reasons, papers."""
    out: Any = value
    match value:
        case Passage():
            out = replace(value, quote=_quote(value, one))
        case Cite(passage=Passage() as passage) if value.record != one.kept.keyed.id:
            out = replace(value, passage=replace(passage, quote=masked(passage.quote)))
        case Finding():
            cites = veiled(value.cites, one)
            out = replace(value, cites=cites, why=_requoted(value.why, value.cites, cites))
        case Decision():
            out = replace(value, reason=masked(value.reason, one.own))
        case ClockEvent():
            out = replace(
                value,
                new_passage=_hidden(value.new_passage, one),
                channel=_hidden(value.channel, one),
                offered=_hidden(value.offered, one),
            )
        case tuple():
            out = tuple(veiled(part, one) for part in value)
        case _ if is_dataclass(value) and not isinstance(value, Folded | type):
            changes = {field.name: veiled(getattr(value, field.name), one) for field in fields(value)}
            out = replace(value, **changes)
    typed: T = out
    return typed


def _hidden(said: str | None, one: Filed) -> str | None:
    return masked(said, one.own) if said else None


def _quote(passage: Passage, one: Filed) -> str:
    """The quote out of the masked text, or masked by itself where the text has changed since."""
    place = slice(passage.start, passage.end)
    same = (one.kept.clear.text or "")[place] == passage.quote
    return one.text[place] if same else masked(passage.quote, one.own)


def _requoted(why: Words, before: tuple[Cite, ...], after: tuple[Cite, ...]) -> Words:
    for old, new in zip(before, after, strict=True):
        if old.passage is not None and new.passage is not None and old.passage.quote:
            was, now = old.passage.quote, new.passage.quote
            why = Words(why.zh.replace(was, now), why.en.replace(was, now))
    return why


def hidden_digits(text: str) -> str:
    """A warning of the import, without the number it could not read."""
    return re.sub(r"\d[\d -]{4,}\d", lambda run: mask(Personal.PHONE, run.group()), text)
