"""Exhibits as the house keeps them: what is said of one encrypted beside the salt of its sealed commitment, its bytes in frames.

The commitment covers what is said, the digests of the original bytes and that of the list of frames, so nothing of an exhibit
can be put in another's place. Whoever may see no complaint sees exhibits about ads alone, and those about a case are open to
whoever was admitted to it.
"""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from mingcha.actions.case_book import CASES, closed, facts_of, may_see
from mingcha.actions.codec import canonical, from_plain, read_json, to_plain
from mingcha.actions.deps import Deps
from mingcha.actions.kept import open_record
from mingcha.actions.permit import allowed, may_reveal
from mingcha.actions.ports.keys import Parts
from mingcha.actions.ports.store import Work
from mingcha.actions.recusal import aside
from mingcha.errors import ExhibitChanged, KeyTrouble, NotFound
from mingcha.evidence.commitment import opens
from mingcha.model.actor import Actor
from mingcha.model.exhibit import Exhibit
from mingcha.model.kinds import ID_PREFIX, KINDS
from mingcha.model.stored import Envelope, KeptExhibit
from mingcha.model.words import Words

EXHIBIT = Words("证据", "exhibit")
ADS = ("AD-", ID_PREFIX["ads"])
CASE = "CASE-"
COMPLAINT = ID_PREFIX["complaints"]
PEOPLE = (ID_PREFIX["customers"], COMPLAINT)
KIND_OF = {kind.prefix: kind.code for kind in KINDS}
UNKNOWN = ""  # of a record that was erased: nobody can say whom it was about


def sealed_exhibit(deps: Deps, exhibit: Exhibit, frames: bytes, parts: Parts) -> tuple[KeptExhibit, dict[str, str]]:
    """An exhibit as it is kept, and the two commitments to be sealed: to its bytes, which a pack opens, and to all that is said."""
    plain, fact = to_plain(exhibit), {"sha256": exhibit.sha256, "size": exhibit.size}
    statement, salt = deps.keys.commit(canonical(plain))
    commitment, bytes_salt = deps.keys.commit(canonical(fact))
    body = {"exhibit": plain, "salt": salt.hex(), "bytes_salt": bytes_salt.hex()}
    held = deps.keys.envelope(canonical(body), exhibit.id.encode())
    kept = KeptExhibit(
        id=exhibit.id,
        of=exhibit.about.of,
        derived_from=exhibit.about.derived_from,
        kept_at=exhibit.kept_at,
        gone_at=exhibit.about.gone_at,
        by=exhibit.by,
        frames=frames,
        key=parts.wrapped,
        wrapped=held.wrapped,
        body=held.body,
    )
    return kept, {"commitment": commitment, "statement": statement}


def bytes_fact(deps: Deps, kept: KeptExhibit) -> tuple[str, str]:
    """What opens the commitment to an exhibit's bytes: the salt (hex) and the JSON committed to; nothing else is told by it."""
    held = _read(deps, kept)
    exhibit = from_plain(Exhibit, held["exhibit"])
    return held["bytes_salt"], canonical({"sha256": exhibit.sha256, "size": exhibit.size}).decode()


def open_exhibit(deps: Deps, kept: KeptExhibit) -> Exhibit:
    """What is said of an exhibit; KeyTrouble when it was erased or changed."""
    return _opened(deps, kept)[0]


def exhibit_holds(deps: Deps, kept: KeptExhibit, sealed: Mapping[str, str]) -> bool:
    """Whether an exhibit is what was sealed, its list of frames the one that was sealed, and found by what it is about."""
    try:
        exhibit, salt = _opened(deps, kept)
        bytes_salt, fact = bytes_fact(deps, kept)
        bytes_hold = opens(sealed["commitment"], fact.encode(), bytes.fromhex(bytes_salt))
        said_holds = opens(sealed["statement"], canonical(to_plain(exhibit)), salt)
    except (KeyTrouble, KeyError, ValueError, TypeError):  # what reading an altered one may end in
        return False
    about = exhibit.about
    said = (exhibit.id, about.of, about.derived_from, exhibit.kept_at, about.gone_at, exhibit.by, exhibit.frames)
    found = (kept.id, kept.of, kept.derived_from, kept.kept_at, kept.gone_at, kept.by, sha256(kept.frames).hexdigest())
    return said == found and bytes_hold and said_holds


def bytes_of(deps: Deps, kept: KeptExhibit, exhibit: Exhibit) -> Iterator[bytes]:
    """The original bytes, each frame checked before it is given and all of them at the end; ExhibitChanged says what is not."""
    if sha256(kept.frames).hexdigest() != exhibit.frames:
        why = Words("帧清单被改动", "its list of frames was changed")
        raise ExhibitChanged(exhibit=kept.id, why=why)
    seen = sha256()
    for data in deps.blobs.read(kept.id, kept.frames, deps.keys.parts_of(kept.key, kept.id.encode())):
        seen.update(data)
        yield data
    if seen.hexdigest() != exhibit.sha256:
        why = Words("内容与封存的 SHA-256 不符", "its bytes have another SHA-256 than was sealed")
        raise ExhibitChanged(exhibit=kept.id, why=why)


def seen_exhibit(deps: Deps, work: Work, actor: Actor, id_: str) -> KeptExhibit:
    """One exhibit the actor may see; NotFound where there is none."""
    kept = work.exhibits.get([id_]).get(id_)
    if kept is None or not sees(deps, work, actor, kept):
        raise NotFound(what=EXHIBIT, which=id_)
    return kept


def sees(deps: Deps, work: Work, actor: Actor, kept: KeptExhibit) -> bool:
    """Whether an exhibit is among those open to the actor."""
    if "see_complaint_merit" not in allowed(actor) and not all(one.startswith(ADS) for one in kept.of):
        return False
    complaints = [one for one in people_of(deps, work, kept.of) if one.startswith(COMPLAINT)]
    rows = work.desk.rows(complaints).values()
    if not all(may_reveal(actor, row.merit_decided) for row in rows) or aside(deps, work, actor, complaints):
        return False
    cases = [facts_of(deps, work, one) for one in kept.of if one.startswith(CASE)]
    return all(may_see(facts, actor) and closed(deps, work, actor, facts) is None for facts in cases)


def people_of(deps: Deps, work: Work, ids: Sequence[str]) -> Iterator[str]:
    """The complaints and customers these are, or are records of."""
    for id_ in ids:
        if id_.startswith(PEOPLE):
            yield id_
            continue
        code = KIND_OF.get(id_.partition("-")[0])
        for stored in work.records.heads(code, [id_]).values() if code else ():
            keyed = open_record(deps.keys, stored).keyed if stored.wrapped else None
            of = (
                [UNKNOWN] if keyed is None else [getattr(keyed, name, None) for name in ("complaint_id", "customer_id")]
            )
            yield from (one for one in of if one is not None)


def is_held(work: Work, id_: str) -> bool:
    """Whether anything is still held of what an exhibit is about; of ids of other kinds it is taken to be."""
    prefix = id_.partition("-")[0]
    if prefix in KIND_OF:
        return any(one.wrapped for one in work.records.heads(KIND_OF[prefix], [id_]).values())
    if id_.startswith(CASE):
        return any(one.wrapped for one in work.books.acts(CASES, [id_]).get(id_, ()))
    if not id_.startswith(ADS):
        return True
    item = work.ads.items([id_]).get(id_)
    return item is not None and any(one.wrapped for one in work.records.heads("ads", item.sightings).values())


def with_copies(work: Work, ids: Sequence[str]) -> tuple[str, ...]:
    """Exhibits, and whatever copies were derived of them."""
    found = dict.fromkeys(ids)
    newest = list(found)
    while newest:
        newest = [one.id for one in work.exhibits.derived(newest) if one.id not in found]
        found.update(dict.fromkeys(newest))
    return tuple(found)


def forget_exhibits(work: Work, records: Sequence[str], *, alone: bool = False) -> tuple[str, ...]:
    """Destroy exhibits about these records and their ads, now erased, with their copies; those about an ad or a case that is held, and nobody erased, stay.

    With `alone` so do those that, themselves or in a copy, are about anybody or anything else that is held.
    """
    of = [*records, *work.ads.ads_of(records).values()]
    about = work.exhibits.about(of)
    gone = [one.id for one in about if (_alone(work, one.id) if alone else _goes(work, one.of))]
    ids = with_copies(work, gone)
    work.exhibits.erase(ids)
    return ids


def _alone(work: Work, id_: str) -> bool:
    whole = work.exhibits.get(with_copies(work, [id_])).values()
    return not any(is_held(work, one) for kept in whole for one in kept.of)


def _goes(work: Work, of: Sequence[str]) -> bool:
    """Whether an exhibit goes: somebody it is about is erased, or nothing of what it is about is held any more."""
    people = [one for one in of if one.startswith(PEOPLE)]
    return any(not is_held(work, one) for one in people) or not any(is_held(work, one) for one in of)


def _opened(deps: Deps, kept: KeptExhibit) -> tuple[Exhibit, bytes]:
    held = _read(deps, kept)
    return from_plain(Exhibit, held["exhibit"]), bytes.fromhex(held["salt"])


def _read(deps: Deps, kept: KeptExhibit) -> Any:
    return read_json(deps.keys.open(Envelope(kept.wrapped, kept.body), kept.id.encode()))
