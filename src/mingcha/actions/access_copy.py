"""Give somebody what is held about them: one copy, once they proved who they are; sealed before anything is read for it.

It is made by whoever decides no merit, since it tells of agency as well (law 2), and of one person by their own id alone: it answers no
question about anybody else (law 10). Other people's data are masked, and an exhibit that is about others too stays out and is counted.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mingcha.actions.access_parts import complaint_copies, help_copies, read_by, record_copies
from mingcha.actions.deps import Deps
from mingcha.actions.exhibit_book import bytes_of, open_exhibit
from mingcha.actions.filed_under import Filed, filed_under
from mingcha.actions.kept import Kept, open_record, record_id
from mingcha.actions.permit import DECIDES_MERIT, may
from mingcha.actions.ports.store import Work
from mingcha.actions.reasons import keep_reason
from mingcha.actions.recusal import stand_aside
from mingcha.actions.sealing import ACCESS, seal_act
from mingcha.errors import InputError, NotFound, NotPermitted
from mingcha.model.access import AccessCopy, ExhibitCopy, Proved
from mingcha.model.actor import LOCAL, Actor
from mingcha.model.aid import PROOF_WORDS
from mingcha.model.kinds import BY_CODE
from mingcha.model.stored import KeptExhibit, StoredRecord
from mingcha.model.words import Words

COMPLAINTS, CUSTOMERS = "complaints", "customers"
ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}\Z")  # of a file's name; nothing else of it names a file here
GIVE = Words("提供本人个人信息副本", "give people what is held about them")
ALWAYS = Words(
    "不含：他人信息、来源文件中本系统不读取的列、针对组织的调查材料、任何等级或评分（本系统不对个人评级）。未列名的批量统计不逐人记录查阅。",
    "Not in it: other people's data, columns of source files that this house does not read, inquiries into organisations, levels or "
    "scores (no person is given any). Counts over everybody are not logged person by person.",
)


@dataclass(frozen=True, slots=True)
class AccessFile:
    """A copy, and the files that go with it: each gives its bytes from the first, checked as they are read."""

    copy: AccessCopy
    files: tuple[tuple[str, Callable[[], Iterator[bytes]]], ...]


def access_copy(deps: Deps, actor: Actor, system: str, customer: str, proved: Proved) -> AccessFile:
    """All that is held about a customer, by the id a source system gave. NotFound where there is nothing."""
    may(actor, "give_access")
    if actor.roles & DECIDES_MERIT:
        why = Words(
            "裁定诉求的人不制作，其中含代理与援助信息", "whoever decides merit does not: it tells of agency and of help"
        )
        raise NotPermitted(actor=actor.name, verb=GIVE, why=why)
    if proved.checked_by.strip().removeprefix(LOCAL) == actor.name.removeprefix(LOCAL):
        why = Words("核实身份的人与制作的人须为两人", "whoever saw the proof is somebody else than who makes it")
        raise NotPermitted(actor=actor.name, verb=GIVE, why=why)
    for where, given in (("checked_by", proved.checked_by), ("how", proved.how)):
        if not given.strip():
            raise InputError(
                where=where,
                found=given,
                expected=Words("由谁、如何核实本人身份", "who checked their identity, and how"),
            )
    with deps.store.write() as work:
        who = record_id(deps.keys, BY_CODE[CUSTOMERS], system, customer)
        held = _held(deps, work, who)
        if not held:
            raise NotFound(
                what=Words(f"来源系统 {system} 的客户", f"customer of source system {system}"), which=customer
            )
        complaints = sorted(id_ for id_, (stored, _) in held.items() if stored.kind == COMPLAINTS)
        for id_ in complaints:
            stand_aside(deps, work, actor, id_)
        theirs, shared = _exhibits(work, set(held), who)
        kept = keep_reason(deps, work, deps.new_id(), proved.how, who)  # it goes when they go
        told = {"customers": [who], "complaints": complaints, "exhibits": [one.id for one in theirs]}
        by = {"proof": proved.proof.value, "checked_by": proved.checked_by}
        seal_act(deps, work, ACCESS, actor, {"act": "give_access", **told, **by, **kept})
        return _made(deps, work, actor, system, (who, customer), held, (theirs, shared), proved)


def _made(  # noqa: PLR0913 -- what makes up one copy
    deps: Deps,
    work: Work,
    actor: Actor,
    system: str,
    named: tuple[str, str],
    held: Mapping[str, tuple[StoredRecord, Kept]],
    exhibits: tuple[Sequence[KeptExhibit], int],
    proved: Proved,
) -> AccessFile:
    who, customer = named
    theirs, shared = exhibits
    rows = {id_: kept for id_, (stored, kept) in held.items() if stored.kind == COMPLAINTS}
    files = {id_: (f"complaints/{id_}.txt", _written(kept)) for id_, kept in rows.items()}
    undecided = sum(not row.merit_decided for row in work.desk.rows(list(rows)).values())
    papers = [(_exhibit(deps, one), _reader(deps, one)) for one in theirs]
    copy = AccessCopy(
        customer=customer,
        system=system,
        made_at=deps.now().astimezone(deps.zone),
        institution=deps.standards.institution.name,
        proof=PROOF_WORDS[proved.proof],
        records=record_copies(who, held),
        complaints=complaint_copies(deps, work, actor, rows, {id_: path for id_, (path, _) in files.items()}),
        help=help_copies(deps, work, who),
        exhibits=tuple(one for one, _ in papers),
        read_by=read_by(work, who, {*rows, *(one.id for one in theirs)}),
        left_out=(ALWAYS, *_left_out(shared, undecided)),
    )
    return AccessFile(copy, (*files.values(), *((one.file, read) for one, read in papers)))


def _left_out(shared: int, undecided: int) -> Iterator[Words]:
    if shared:
        yield Words(
            f"{shared} 件证据同时涉及他人，未附原件",
            f"{shared} exhibits are about others too: their bytes are not here",
        )
    if undecided:
        yield Words(
            f"{undecided} 件投诉的诉求尚未裁定：程序提示在裁定之后提供",
            f"{undecided} complaints are not decided yet: what a program noticed in them is told after that",
        )


def _held(deps: Deps, work: Work, who: str) -> Filed:
    """Their record and what stands under it, opened."""
    own = [one for one in work.records.heads(CUSTOMERS, [who]).values() if one.wrapped]
    return {**{one.id: (one, open_record(deps.keys, one)) for one in own}, **filed_under(deps, work, {who: who})[who]}


def _exhibits(work: Work, ids: set[str], who: str) -> tuple[list[KeptExhibit], int]:
    """Exhibits about them and nobody else, and how many are about others too."""
    about = [one for one in work.exhibits.about(sorted({*ids, who})) if one.wrapped]
    theirs = [one for one in about if set(one.of) <= {*ids, who}]
    return theirs, len(about) - len(theirs)


def _written(kept: Kept) -> Callable[[], Iterator[bytes]]:
    """What was written, alone: nobody knows whose data stand in the rest of the row it came in."""
    data = (kept.clear.text or "").encode("utf-8", "surrogatepass")
    return lambda: iter((data,))


def _exhibit(deps: Deps, kept: KeptExhibit) -> ExhibitCopy:
    one = open_exhibit(deps, kept)
    ending = ENDING.search(one.about.name)
    file = f"exhibits/{kept.id}{ending.group() if ending else '.bin'}"
    return ExhibitCopy(kept.id, one.about.name, one.about.media, one.size, one.sha256, file)


def _reader(deps: Deps, kept: KeptExhibit) -> Callable[[], Iterator[bytes]]:
    return lambda: bytes_of(deps, kept, open_exhibit(deps, kept))
