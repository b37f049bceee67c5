"""Records held against their batches: nothing smuggled in, hidden, altered, erased or re-dated without an act that says so."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby

from mingcha.actions.deps import Deps
from mingcha.actions.inspection.sealed import Sealed, Told
from mingcha.actions.kept import Kept, open_intact, personal_columns, tokens_of
from mingcha.actions.lots import lots
from mingcha.actions.ports.store import Work
from mingcha.model.complaint import Complaint
from mingcha.model.inspection import Flaw
from mingcha.model.kinds import KINDS
from mingcha.model.notice import Transfer
from mingcha.model.record import Kind
from mingcha.model.stored import Batch, StoredRecord
from mingcha.model.words import Words

UNFOUND = Words(
    "检索标识与内容不符，核查时找不到该记录", "its tokens are not those of its values: checks do not find it"
)
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
        newest: dict[str, tuple[int, int]] = {}
        for stored in work.records.history(kind.code):
            register.versions += 1
            progress("records", 1)
            kept = open_intact(deps.keys, stored) if stored.wrapped else None
            newest[stored.id] = stored.seq, _mark(tokens_of(kept, kind) if kept else set())
            yield from _version(stored, kept, taken, erased)
            _note(register, stored, kept)
        for lot in lots(list(newest)):
            heads = work.records.heads(kind.code, lot)
            for id_ in lot:
                if id_ not in heads or heads[id_].seq != newest[id_][0]:
                    yield Flaw("record_hidden", id_, HIDDEN)
        yield from _tokens(work, kind, {id_: mark for id_, (_, mark) in newest.items()})


def _mark(tokens: set[tuple[str, str]]) -> int:
    """A set in eight bytes, for as long as this process runs."""
    return hash(frozenset(tokens))


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


def _version(stored: StoredRecord, kept: Kept | None, taken: Mapping[str, Told], erased: set[str]) -> Iterator[Flaw]:
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
    elif kept is None:
        yield Flaw(
            "record_changed",
            where,
            Words("内容与封存的承诺不符", "its content is not what was committed to when it came in"),
        )


def _tokens(work: Work, kind: Kind, expected: dict[str, int]) -> Iterator[Flaw]:
    """A record nobody can find by its customer or account is withheld from every check, though it is there."""
    fields = [column.name for column in personal_columns(kind)]
    nothing = _mark(set())
    for id_, rows in groupby(work.records.tokens(kind.code, fields), key=lambda row: row[0]):
        if _mark({(field_, token) for _, field_, token in rows}) != expected.pop(id_, nothing):
            yield Flaw("tokens_changed", id_, UNFOUND)
    for id_, mark in expected.items():
        if mark != nothing:
            yield Flaw("tokens_changed", id_, UNFOUND)


def _note(register: Register, stored: StoredRecord, kept: Kept | None) -> None:
    if stored.kind == "transfers" and kept is not None:
        register.transfers[stored.id] = kept.keyed
    if stored.kind != "complaints":
        return
    register.first_seq.setdefault(stored.id, stored.seq)
    if not stored.wrapped:
        register.erased.add(stored.id)
        register.newest.pop(stored.id, None)
    if kept is not None:
        at = kept.keyed.received_at
        known = [one for one in (at, register.received.get(stored.id)) if one is not None]
        register.received[stored.id] = min(known) if known else stored.recorded_at
        register.newest[stored.id] = kept.keyed
