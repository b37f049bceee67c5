"""Members laid beside a settled backbone, as stretches: what is held, filled in, changed, added or moved."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from mingcha.campaign.kernels.lay import Bools
from mingcha.campaign.kernels.ranks import I64
from mingcha.campaign.template_consensus import FEW, Laid, inserted
from mingcha.campaign.template_tokens import Tokens
from mingcha.model.template import Copy, Fixed, Part, Slot, SlotKind, Stretch, StretchKind
from mingcha.model.text import Folded

HELD, SPACED, VALUE, CHANGED, ADDED = range(5)
KINDS = (StretchKind.HELD, StretchKind.SPACED, StretchKind.VALUE, StretchKind.CHANGED, StretchKind.ADDED)
MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Frame:
    """The parts, and where backbone tokens and slots stand in them."""

    parts: tuple[Part, ...]
    part_of: I64  # of each backbone token
    starts: I64  # of each backbone token in its part's text
    ends: I64
    slot_part: I64  # the part of the slot before each token (and at the end), or -1


def frame(tokens: Tokens, laid: Laid, slots: Bools) -> Frame:
    """Cut a backbone into parts: at slots, and where other members have what follows."""
    words = [tokens.vocabulary.words[full] for full in laid.draft.fulls.tolist()]
    size, total = len(words), tokens.total
    part_of, starts = np.zeros(size, np.int64), np.zeros(size, np.int64)
    slot_part = np.full(size + 1, -1, np.int64)
    parts: list[Part] = []
    j = 0
    while j <= size:
        if slots[j]:
            slot_part[j] = len(parts)
            parts.append(Slot(SlotKind.TEXT, 0, 0))
        if j == size:
            break
        first, at = j, 0
        while j == first or (j < size and not slots[j] and abs(laid.cover[j] - laid.cover[first]) * FEW <= total):
            part_of[j], starts[j] = len(parts), at
            at += len(words[j])
            j += 1
        share = int(laid.cover[first:j].sum()) * MILLION // (total * (j - first))
        parts.append(Fixed("".join(words[first:j]), share))
    lengths = np.array([len(word) for word in words], np.int64)
    return Frame(tuple(parts), part_of, starts, starts + lengths, slot_part)


def copies(tokens: Tokens, laid: Laid, built: Frame, folded: Mapping[str, Folded]) -> tuple[Copy, ...]:
    """Every member's stretches, by member id; members with one folded text differ in their spans alone."""
    kinds = _kinds(tokens, laid, built)
    cuts = _cuts(tokens, laid, built, kinds)
    drawn: dict[str, list[tuple[int, int, Stretch]]] = {}
    bounds = np.searchsorted(cuts, tokens.offsets)
    for t, text in enumerate(tokens.texts):
        own = [*cuts[bounds[t] : bounds[t + 1]].tolist(), int(tokens.offsets[t + 1])]
        drawn[text] = [_draw(tokens, laid, built, kinds, (a, b)) for a, b in pairwise(own)]
    return tuple(Copy(member, _placed(drawn[text.text], text)) for member, text in folded.items())


def _kinds(tokens: Tokens, laid: Laid, built: Frame) -> NDArray[np.int8]:
    """The kind of every token."""
    at = laid.at
    on = at >= 0
    kinds = np.full(len(at), ADDED, np.int8)
    place = np.where(on, at, 0)
    if len(laid.draft.keys):
        kinds[on] = CHANGED
        kinds[on & (laid.draft.keys[place] == tokens.keys)] = SPACED
        kinds[on & (laid.draft.fulls[place] == tokens.fulls)] = HELD
    gap = np.where(on, 0, -1 - at)
    kinds[~on & (built.slot_part[gap] >= 0)] = VALUE
    _keep_to_sentence(tokens, laid, built, kinds)
    return kinds


def _keep_to_sentence(tokens: Tokens, laid: Laid, built: Frame, kinds: NDArray[np.int8]) -> None:
    """A slot whose values are mostly parts of one sentence takes no whole sentence that was put beside it."""
    closing, draft = tokens.vocabulary.closing, laid.draft
    firsts, lasts, gaps = inserted(tokens, laid)
    ends = np.concatenate([np.zeros(1, np.int64), np.cumsum(closing[tokens.fulls])])
    crossing = ends[lasts] > ends[firsts]
    weights = tokens.weights[tokens.owners[firsts]]
    crossed = np.bincount(gaps, weights * crossing, minlength=len(built.slot_part))
    runs = np.bincount(gaps, weights, minlength=len(built.slot_part))
    wild = crossing & (built.slot_part[gaps] >= 0) & (crossed[gaps] * 2 <= runs[gaps])
    for first, last, gap in zip(firsts[wild].tolist(), lasts[wild].tolist(), gaps[wild].tolist(), strict=True):
        stops = first + np.flatnonzero(closing[tokens.fulls[first:last]])
        if gap == 0 or closing[draft.fulls[gap - 1]]:
            kinds[first : stops[-1] + 1] = ADDED
        elif gap == len(draft.keys) or tokens.vocabulary.mark[draft.fulls[gap]]:
            kinds[stops[0] : last] = ADDED


def _cuts(tokens: Tokens, laid: Laid, built: Frame, kinds: NDArray[np.int8]) -> I64:
    """The first tokens of all stretches."""
    at = laid.at.astype(np.int64)
    step = np.ones(len(at), np.bool_)
    goes_on = (kinds[1:] == kinds[:-1]) & (laid.moved[1:] == laid.moved[:-1])
    goes_on &= tokens.owners[1:] == tokens.owners[:-1]
    on = at[1:] >= 0
    place = np.maximum(at, 0)
    same_part = built.part_of[place[1:]] == built.part_of[place[:-1]] if len(built.part_of) else on
    goes_on &= np.where(on, (at[1:] == at[:-1] + 1) & same_part, at[1:] == at[:-1])
    step[1:] = ~goes_on
    return np.flatnonzero(step)


def _draw(
    tokens: Tokens, laid: Laid, built: Frame, kinds: NDArray[np.int8], here: tuple[int, int]
) -> tuple[int, int, Stretch]:
    """One stretch, with its folded characters; its span is still to be placed."""
    first, last = here
    t = int(tokens.owners[first])
    text = tokens.texts[t]
    low = int(tokens.starts[first])
    high = int(tokens.starts[last]) if last < tokens.offsets[t + 1] else len(text)
    kind, at = int(kinds[first]), int(laid.at[first])
    said = "" if kind == HELD else text[low:high]
    if at < 0:
        part = int(built.slot_part[-1 - at]) if kind == VALUE else None
        return low, high, Stretch(KINDS[kind], part, 0, 0, said, (0, 0), bool(laid.moved[first]))
    start, end = int(built.starts[at]), int(built.ends[laid.at[last - 1]])
    return low, high, Stretch(KINDS[kind], int(built.part_of[at]), start, end, said, (0, 0), bool(laid.moved[first]))


def _placed(drawn: list[tuple[int, int, Stretch]], folded: Folded) -> tuple[Stretch, ...]:
    """Stretches with their spans in one member's original text."""
    return tuple(
        Stretch(s.kind, s.part, s.start, s.end, s.text, folded.span(low, high), s.moved) for low, high, s in drawn
    )
