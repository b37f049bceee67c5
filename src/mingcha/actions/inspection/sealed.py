"""What the chains say: every act that holds, read once; and heads sealed in another chain, or kept outside the house."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from mingcha.actions.ports.store import Work
from mingcha.actions.sealing import ACCESS, CUSTODY, DECISIONS, EXHIBITS, ROOTS
from mingcha.actions.verify import Checked
from mingcha.evidence.canonical import parse
from mingcha.model.inspection import Flaw
from mingcha.model.stored import Link
from mingcha.model.words import Words

Told = tuple[Link, Mapping[str, Any]]
KEPT_OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Sealed:
    """The acts of custody, decisions and exhibits in order, and heads promised anywhere: (who promises, chain, seq, hash)."""

    custody: tuple[Told, ...]
    decisions: tuple[Told, ...]
    exhibits: tuple[Told, ...]
    promised: tuple[tuple[str, str, int, str], ...]
    links: dict[str, int] = field(default_factory=dict)  # records that hold, by chain

    def acts(self, name: str) -> Iterator[Told]:
        """Acts of a name in any of these chains, in order."""
        every = (*self.custody, *self.decisions, *self.exhibits)
        return ((link, told) for link, told in every if told.get("act") == name)


def read_sealed(work: Work, checked: tuple[Checked, ...], outside: Mapping[str, str]) -> Sealed:
    """Read what holds. `outside`: heads kept elsewhere, as SEQ:HASH by chain."""
    holding: dict[str, int] = {}
    for one in checked:
        if one.broken_at is None or one.records < one.broken_at:
            holding.setdefault(one.chain, one.records)
    told = {chain: tuple(_acts(work, chain, holding.get(chain, 0))) for chain in (CUSTODY, DECISIONS, EXHIBITS)}
    promised = [(KEPT_OUTSIDE, chain, *_place(head)) for chain, head in sorted(outside.items())]
    for name in (CUSTODY, ACCESS, ROOTS):
        acts = told[name] if name in told else _acts(work, name, holding.get(name, 0))
        for link, act in acts:
            promised += [
                (f"{name}:{link.seq}", chain, *_place(head)) for chain, head in sorted(act.get("heads", {}).items())
            ]
    return Sealed(told[CUSTODY], told[DECISIONS], told[EXHIBITS], tuple(promised), holding)


def broken(checked: tuple[Checked, ...]) -> Iterator[Flaw]:
    """Records that do not hold, or to which what is kept no longer fits."""
    for one in checked:
        if one.broken_at is not None and one.why is not None:
            yield Flaw("seal_broken", f"{one.chain}:{one.broken_at}", one.why)


def cut_off(work: Work, sealed: Sealed) -> Iterator[Flaw]:
    """Heads that were promised and are not there: a chain cut at its end, or made anew."""
    for chain in sorted({chain for _, chain, _, _ in sealed.promised}):
        wanted = [(seq, hash_, by) for by, name, seq, hash_ in sealed.promised if name == chain]
        seqs = {seq for seq, _, _ in wanted}
        held = {link.seq: link.hash for link in work.chains.read(chain) if link.seq in seqs}
        for seq, hash_, by in wanted:
            if held.get(seq) != hash_:
                yield Flaw(
                    "chain_cut",
                    f"{chain}:{seq}",
                    Words(
                        f"{by} 记载该链曾有第 {seq} 条记录，现已缺失或不同",
                        f"{by} says that the chain held this record; it is gone or another",
                    ),
                )


def _acts(work: Work, chain: str, holding: int) -> Iterator[Told]:
    return ((link, parse(link.payload)) for link in islice(work.chains.read(chain), holding))


def _place(head: str) -> tuple[int, str]:
    seq, _, hash_ = head.partition(":")
    return (int(seq) if seq.isdecimal() else 0), hash_
