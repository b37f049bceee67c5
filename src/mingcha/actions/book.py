"""Acts in a book: encrypted beside the salt of the commitment the chain seals, and read back; only ever added.

What an act says may name people: no store or chain sees it in clear, and erasing what a book says of something destroys it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from mingcha.actions.codec import canonical, from_plain, read_json, to_plain
from mingcha.actions.deps import Deps
from mingcha.actions.ports.store import Work
from mingcha.actions.sealing import DECISIONS, seal_act
from mingcha.evidence.commitment import opens
from mingcha.model.actor import Actor
from mingcha.model.stored import BookAct, Envelope
from mingcha.text.masking import masked

T = TypeVar("T")

BOOKS = ("cases", "aid", "desk", "objections", "retention")  # all there are: an inspection reads each


@dataclass(frozen=True, slots=True)
class Entry:
    """Where an act goes: which book, what it is of, which act."""

    book: str
    of: str
    kind: str


def keep(deps: Deps, work: Work, actor: Actor, entry: Entry, body: Any) -> BookAct:
    """Keep and seal one act of a frozen `body`."""
    id_, plain = deps.new_id(), to_plain(body)
    commitment, salt = deps.keys.commit(canonical(plain))
    sealed = deps.keys.envelope(canonical({"body": plain, "salt": salt.hex()}), id_.encode())
    act = BookAct(
        id=id_,
        book=entry.book,
        of=entry.of,
        kind=entry.kind,
        at=deps.now(),
        by=actor.name,
        wrapped=sealed.wrapped,
        body=sealed.body,
    )
    work.books.add_act(act)
    told = {"act": f"{entry.book}_{entry.kind}", "of": entry.of, "book_act": id_, "commitment": commitment}
    seal_act(deps, work, DECISIONS, actor, told)
    return act


def said(deps: Deps, kept: BookAct, bodies: Mapping[str, type[Any]]) -> Any:
    """What an act says; KeyTrouble when it was erased or changed."""
    return from_plain(bodies[kept.kind], _held(deps, kept)["body"])


def shown(body: T, free: Iterable[str]) -> T:
    """What an act says as it may be shown: names and numbers in the fields that people write freely masked."""
    told: dict[str, Any] = {name: masked(value) for name in free if isinstance(value := getattr(body, name, None), str)}
    return replace(body, **told) if told else body  # type: ignore[type-var]  # bodies are dataclasses, each its own


def forget(work: Work, book: str, of: Sequence[str]) -> list[str]:
    """Destroy what all acts of a book on these say; the ids of the acts, sorted."""
    acts = sorted(one.id for kept in work.books.acts(book, of).values() for one in kept)
    work.books.erase(book, of)
    return acts


def act_fits(deps: Deps, kept: BookAct, commitment: str) -> bool:
    """Whether an act says what was sealed; KeyTrouble and the like where it cannot be read."""
    held = _held(deps, kept)
    return opens(commitment, canonical(held["body"]), bytes.fromhex(held["salt"]))


def _held(deps: Deps, kept: BookAct) -> Any:
    return read_json(deps.keys.open(Envelope(kept.wrapped, kept.body), kept.id.encode()))
