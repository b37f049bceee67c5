"""How complaints are handled, as the house keeps it: a book of acts read back folded; who has one also stands in the queue's rows.

What an act may be is checked here once, for single acts and for bulk alike: nobody is given a complaint that names them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from mingcha.actions.book import Entry, keep, said
from mingcha.actions.deps import Deps
from mingcha.actions.kept import open_record
from mingcha.actions.permit import allowed
from mingcha.actions.personal import own_values
from mingcha.actions.ports.store import Work
from mingcha.actions.recusal import aside
from mingcha.answer.lint import lint
from mingcha.casework.handling import fold, refusal
from mingcha.errors import InputError
from mingcha.model.actor import LOCAL, Actor, Purpose, Role
from mingcha.model.handling import (
    DESK_BODIES,
    DESK_KIND_OF,
    Assigned,
    DeskAct,
    DeskActKind,
    DeskBody,
    Handling,
    RecordsRequested,
    Tagged,
)
from mingcha.model.record import Personal
from mingcha.model.stored import BookAct, DeskRow, StoredRecord
from mingcha.model.words import Words
from mingcha.text.masking import Own, masked
from mingcha.text.normalise import normalise

DESK = "desk"
TOLD_APART = re.compile(  # what no tag says, beside what no answer says: a level, and what is concluded after merit alone
    r"[一二三123]级|等级|高风险|可疑|疑似|嫌疑|代理|代办|中介|非本人|黑名单|诈骗|敲诈|勒索|伪造|造假|假材料|假证|缠访|缠诉|滋事|有组织|模板|话术|脚本"
    r"|\b(?:levels?|l ?[123]|agents?|agency|rings?|gangs?|campaigns?|suspect\w*|fraud\w*|scam\w*|fake|forge[dr]\w*|templates?|scripts?|scripted)\b"
)
NAMES_SOMEBODY = Words("所写内容含有姓名、号码或地址", "what was typed holds a name, number or address of somebody")
NAMES_THEM = Words("该件指名此人、其所在条线或所属机构", "it names them, their line or their agency")
_BODIES = {kind.value: body for kind, body in DESK_BODIES.items()}


def handlings(deps: Deps, work: Work, complaints: Sequence[str]) -> dict[str, Handling]:
    """How the handling of each stands; of one nothing was done to, as such."""
    kept = work.books.acts(DESK, complaints)
    return {id_: fold(_opened(deps, kept.get(id_, ()))) for id_ in complaints}


def desk_acts(deps: Deps, work: Work, complaint: str) -> tuple[DeskAct, ...]:
    """All that was done to the handling of one; what was erased is left out."""
    return tuple(_opened(deps, work.books.acts(DESK, [complaint]).get(complaint, ())))


def tagged(deps: Deps, work: Work, tag: str) -> tuple[str, ...]:
    """The complaints that have a tag, sorted."""
    named = {one.of for one in work.books.all_acts(DESK) if one.kind == DeskActKind.TAGGED and one.wrapped}
    return tuple(id_ for id_, facts in handlings(deps, work, sorted(named)).items() if tag in facts.tags)


def keep_desk_acts(deps: Deps, work: Work, actor: Actor, bodies: Mapping[str, DeskBody]) -> dict[str, DeskAct]:
    """Keep and seal one act on each, and put who has it on the desk; that each may follow was asked before."""
    acts = {}
    for id_, body in bodies.items():
        kept = keep(deps, work, actor, Entry(DESK, id_, DESK_KIND_OF[type(body)].value), body)
        acts[id_] = DeskAct(id=kept.id, complaint=id_, at=kept.at, by=kept.by, body=body)
    now = handlings(deps, work, list(acts))
    rows = work.desk.rows(list(acts)).values()
    moved = [row for row in rows if row.assigned_to != now[row.complaint].holder]
    work.desk.put_rows([replace(row, assigned_to=now[row.complaint].holder) for row in moved])
    return acts


def why_not(deps: Deps, work: Work, complaints: Sequence[str], body: DeskBody) -> dict[str, Words]:
    """Those of the complaints an act may not be done to, and why."""
    heads = work.records.heads("complaints", complaints)
    erased = Words("其数据已删除", "its data were erased")
    found = {id_: erased for id_ in complaints if id_ not in heads or not heads[id_].wrapped}
    for id_, facts in handlings(deps, work, [id_ for id_ in complaints if id_ not in found]).items():
        if (why := refusal(facts, body, deps.now())) is not None:
            found[id_] = why
    left = [id_ for id_ in complaints if id_ not in found]
    if isinstance(body, Assigned):
        found |= dict.fromkeys(sorted(_naming(deps, work, body.to, left)), NAMES_THEM)
    elif isinstance(body, Tagged | RecordsRequested):
        typed = body.tag if isinstance(body, Tagged) else body.department
        held = _held_of_people(deps, work, {id_: heads[id_] for id_ in left})
        found |= {id_: NAMES_SOMEBODY for id_, own in held if masked(typed, own) != typed}
    return found


def naming_former(deps: Deps, work: Work, complaints: Sequence[str], body: object) -> frozenset[str]:
    """Those that by now name whoever had them before an act: taking it back would give them to whom they name."""
    if not isinstance(body, Assigned) or body.before is None:
        return frozenset()
    return _naming(deps, work, body.before, complaints)


def in_form(deps: Deps, work: Work, actor: Actor, body: DeskBody) -> DeskBody:
    """The act as it is kept; InputError for a name that is no handler's, and for a tag that labels or names anybody."""
    if isinstance(body, Assigned):
        body = Assigned(_person(body.to), _person(body.before) if body.before else None)
        _handler(work, actor, body.to)
    elif isinstance(body, Tagged):
        body = Tagged(body.tag.strip())
        _fit(deps, "tag", body.tag)
        if (found := TOLD_APART.search(normalise(body.tag).text)) is not None:
            why = Words(f"只写要做什么，不含“{found[0]}”", f"what is to be done, without “{found[0]}”")
            raise InputError(where="tag", found=body.tag, expected=why)
    elif isinstance(body, RecordsRequested):
        body = replace(body, department=body.department.strip())
        _fit(deps, "department", body.department)
    return body


def let_go(work: Work, complaints: Sequence[str]) -> None:
    """Nobody has these any more: what their acts say is destroyed."""
    rows = [row for row in work.desk.rows(complaints).values() if row.assigned_to is not None]
    work.desk.put_rows([replace(row, assigned_to=None) for row in rows])


def still_handled(row: DeskRow) -> bool:
    """Whether somebody still has to do something about it."""
    return row.state in ("open", "needs_repair") or row.reopened


def _held_of_people(deps: Deps, work: Work, heads: Mapping[str, StoredRecord]) -> Iterator[tuple[str, tuple[Own, ...]]]:
    """What the record of each and of its customer hold of persons; two statements for all of them."""
    kept = {id_: open_record(deps.keys, head) for id_, head in heads.items()}
    named = sorted({one.keyed.customer_id for one in kept.values() if one.keyed.customer_id})
    customers = work.records.heads("customers", named)
    for id_, one in kept.items():
        held = customers.get(one.keyed.customer_id or "")
        own = own_values(one.clear, open_record(deps.keys, held).clear if held and held.wrapped else None)
        yield id_, tuple(value for value in own if value[1] is not Personal.FREE_TEXT)


def _naming(deps: Deps, work: Work, name: str, complaints: Sequence[str]) -> frozenset[str]:
    return aside(deps, work, Actor(name, frozenset(), Purpose.HANDLING), complaints)


def _person(name: str) -> str:
    return name.strip().removeprefix(LOCAL)


def _handler(work: Work, actor: Actor, name: str) -> None:
    """InputError unless a person may be given complaints: whoever acts, or an account that may read them for handling."""
    if name == _person(actor.name):
        return
    found = work.accounts.get(name)
    roles = frozenset(Role(role) for role in found.roles) if found is not None and not found.disabled else frozenset()
    if "see_queue" not in allowed(Actor(name, roles, Purpose.HANDLING)):
        raise InputError(
            where="to", found=name, expected=Words("可办理投诉的账号", "an account that may handle complaints")
        )


def _fit(deps: Deps, where: str, text: str) -> None:
    """InputError for words that label or name a person, threaten, or tell of agency and organisation (laws 2 and 4)."""
    if (found := next(iter(lint(text, "", deps.standards.answers.refused)), None)) is not None:
        why = Words(f"不含“{found.words}”（{found.why.zh}）", f"without “{found.words}” ({found.why.en})")
        raise InputError(where=where, found=masked(text), expected=why)
    if masked(text) != text:
        why = Words("不含姓名、号码或地址", "without names, numbers or addresses of anybody")
        raise InputError(where=where, found=masked(text), expected=why)


def _opened(deps: Deps, kept: Sequence[BookAct]) -> Iterator[DeskAct]:
    return (
        DeskAct(id=one.id, complaint=one.of, at=one.at, by=one.by, body=said(deps, one, _BODIES))
        for one in kept
        if one.wrapped and one.kind in _BODIES
    )
