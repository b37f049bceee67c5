"""Records held against their batches: nothing smuggled in, hidden, altered, erased or re-dated without an act that says so."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby

from mingcha.actions.deps import Deps
from mingcha.actions.inspection.sealed import Sealed, Told
from mingcha.actions.kept import intact, open_record, personal_columns, tokens_of
from mingcha.actions.lots import lots
from mingcha.actions.ports.store import Work
from mingcha.errors import KeyTrouble
from mingcha.model.complaint import Complaint
from mingcha.model.inspection import Flaw
from mingcha.model.kinds import KINDS
from mingcha.model.notice import Transfer
from mingcha.model.record import Kind
from mingcha.model.stored import Batch, StoredRecord
from mingcha.model.words import Words

HIDDEN = Words("该记录的最新版本被隐藏", "the newest version of this record is hidden")
IMPORT_TAKES = timedelta(days=1)  # one import is one transaction; no record of it is older than this when it is sealed


@dataclass(slots=True)
class Register:
    """What the records themselves say of complaints and transfers, for the desk to be held against."""

    newest: dict[str, Complaint] = field(default_factory=dict)  # keyed, of complaints that hold their data
    received: dict[str, datetime] = field(default_factory=dict)  # the earliest receipt stated, else the first import
    first_seq: dict[str, int] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    transfers: dict[str, Transfer] = field(default_factory=dict)
    versions: int = 0


def check_records(
    deps: Deps, work: Work, sealed: Sealed, register: Register, progress: Callable[[str, int], None]
) -> Iterator[Flaw]:
    """Every version of every kind; fills the register on the way."""
    taken = {str(told["batch"]): (link, told) for link, told in sealed.acts("take_in")}
    erased = {str(id_) for _, told in sealed.acts("erase") for id_ in told.get("records", ())}
    yield from _batches(work.records.batches(), taken)
    for kind in KINDS:
        newest: dict[str, int] = {}
        for stored in work.records.history(kind.code):
            newest[stored.id] = stored.seq
            register.versions += 1
            progress("records", 1)
            yield from _version(deps, stored, taken, erased)
            _note(deps, register, stored)
        for lot in lots(list(newest)):
            heads = work.records.heads(kind.code, lot)
            for id_ in lot:
                if id_ not in heads or heads[id_].seq != newest[id_]:
                    yield Flaw("record_hidden", id_, HIDDEN)
        yield from _tokens(deps, work, kind)


def _batches(batches: Sequence[Batch], taken: Mapping[str, Told]) -> Iterator[Flaw]:
    kept = {one.id: one for one in batches}
    for id_ in sorted(taken.keys() - kept.keys()):
        yield Flaw(
            "batch_missing",
            id_,
            Words("已封存的导入批次不在登记中", "a batch that was sealed is gone from the list of imports"),
        )
    for id_, batch in kept.items():
        if id_ not in taken:
            yield Flaw(
                "batch_unsealed", id_, Words("该导入批次没有封存记录", "no act was sealed for this batch of an import")
            )
            continue
        told = taken[id_][1]
        said = (told["kind"], told["file"], told["rows"], told["rejected"], told["by"])
        if said != (batch.kind, batch.file_digest, batch.rows, batch.rejected, batch.by):
            yield Flaw(
                "batch_changed", id_, Words("该导入批次与封存内容不符", "this batch is not what was sealed of it")
            )


def _version(deps: Deps, stored: StoredRecord, taken: Mapping[str, Told], erased: set[str]) -> Iterator[Flaw]:
    where = f"{stored.id} v{stored.version}"
    if stored.batch not in taken:
        yield Flaw(
            "record_unsealed", where, Words("该记录不属于任何已封存批次", "it belongs to no batch that was sealed")
        )
        return
    sealed_at = taken[stored.batch][0].at
    if not sealed_at - IMPORT_TAKES <= stored.recorded_at <= sealed_at:
        yield Flaw(
            "record_redated",
            where,
            Words(
                f"登记时间 {stored.recorded_at:%Y-%m-%d %H:%M} 与封存时间 {sealed_at:%Y-%m-%d %H:%M} 不符",
                f"recorded at {stored.recorded_at:%Y-%m-%d %H:%M}, sealed at {sealed_at:%Y-%m-%d %H:%M}",
            ),
        )
    if not stored.wrapped:
        if stored.id not in erased:
            yield Flaw(
                "erased_unsealed",
                where,
                Words("数据已被删除，但没有删除记录", "its data are gone, and no act says who erased them"),
            )
    elif not intact(deps.keys, stored):
        yield Flaw(
            "record_changed",
            where,
            Words("内容与封存的承诺不符", "its content is not what was committed to when it came in"),
        )


def _tokens(deps: Deps, work: Work, kind: Kind) -> Iterator[Flaw]:
    """A record nobody can find by its customer or account is withheld from every check, though it is there."""
    fields = [column.name for column in personal_columns(kind)]
    found = groupby(work.records.tokens(kind.code, fields), key=lambda row: row[0])
    id_, held = next(found, ("", iter(())))
    for stored in work.records.scan(kind.code):
        here = {(field_, token) for _, field_, token in held} if id_ == stored.id else set()
        if id_ == stored.id:
            id_, held = next(found, ("", iter(())))
        if stored.wrapped and intact(deps.keys, stored) and here != tokens_of(open_record(deps.keys, stored), kind):
            yield Flaw(
                "tokens_changed",
                stored.id,
                Words(
                    "检索标识与内容不符，核查时找不到该记录",
                    "its tokens are not those of its values: checks do not find it",
                ),
            )


def _note(deps: Deps, register: Register, stored: StoredRecord) -> None:
    if stored.kind == "transfers" and stored.wrapped:
        kept = _opened(deps, stored)
        if isinstance(kept, Transfer):
            register.transfers[stored.id] = kept
    if stored.kind != "complaints":
        return
    register.first_seq.setdefault(stored.id, stored.seq)
    if not stored.wrapped:
        register.erased.add(stored.id)
        register.newest.pop(stored.id, None)
        return
    complaint = _opened(deps, stored)
    if not isinstance(complaint, Complaint):
        return
    at = complaint.received_at
    known = [one for one in (at, register.received.get(stored.id)) if one is not None]
    register.received[stored.id] = min(known) if known else stored.recorded_at
    register.newest[stored.id] = complaint


def _opened(deps: Deps, stored: StoredRecord) -> object | None:
    try:
        keyed: object = open_record(deps.keys, stored).keyed
    except (KeyTrouble, KeyError, ValueError, TypeError):
        return None  # already told as changed
    return keyed
