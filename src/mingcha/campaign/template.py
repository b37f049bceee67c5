"""From a family of texts to the letter behind it: a skeleton with typed slots, and every member laid beside it.

The member that differs least from all is the first backbone; all are laid beside it, what most say becomes the next one,
until it settles. Every member's folded text can be rebuilt from the result; the order of members does not matter.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from mingcha.campaign.template_consensus import Draft, Laid, filled, lay, revise
from mingcha.campaign.template_copies import copies, frame
from mingcha.campaign.template_kinds import kind_of
from mingcha.campaign.template_tokens import Tokens, cut, medoid, spread
from mingcha.model.template import Fixed, Part, Slot, Template
from mingcha.model.text import Folded
from mingcha.text.normalise import normalise

TEMPLATE_SCHEME = "template@2026-11-25"
ROUNDS = 10
GRAM = 3
SPREAD = 400  # distinct texts the skeleton is read from; all members are laid beside it
CONTEXT = 12  # characters beside a slot that may tell its kind


def reconstruct(members: Mapping[str, str | Folded]) -> Template:
    """The template of a family, given as member id to text. Linear in all the members' lengths for near copies."""
    folded = {member: _folded(members[member]) for member in sorted(members)}
    tokens = cut(Counter(text.text for text in folded.values()))
    if not tokens.texts:
        return Template(TEMPLATE_SCHEME, (), ())
    laid = _settle(tokens)
    built = frame(tokens, laid, filled(tokens, laid) & laid.draft.slots)
    laid_out = copies(tokens, laid, built, folded)
    template = Template(TEMPLATE_SCHEME, built.parts, laid_out)
    return replace(template, parts=_typed(template))


def _folded(text: str | Folded) -> Folded:
    return text if isinstance(text, Folded) else normalise(text)


def _settle(tokens: Tokens) -> Laid:
    """Lay and revise until a draft comes again, at most `ROUNDS` times; large families are read off a spread of them."""
    some = spread(tokens, SPREAD)
    first = medoid(some, GRAM)
    low, high = int(some.offsets[first]), int(some.offsets[first + 1])
    draft = Draft(some.keys[low:high], some.fulls[low:high], np.zeros(high - low + 1, np.bool_))
    seen: set[bytes] = set()
    for _ in range(ROUNDS if len(tokens.texts) > 1 else 0):
        seen.add(draft.fulls.tobytes() + draft.slots.tobytes())
        draft = revise(some, lay(some, draft))
        if draft.fulls.tobytes() + draft.slots.tobytes() in seen:
            break
    return lay(tokens, draft)


def _typed(template: Template) -> tuple[Part, ...]:
    """The parts with the kind, share and number of values of every slot."""
    values: dict[int, Counter[str]] = {}
    for copy in template.copies:
        for place, value in template.values(copy).items():
            values.setdefault(place, Counter())[value] += 1
    parts: list[Part] = []
    for place, part in enumerate(template.parts):
        if isinstance(part, Fixed):
            parts.append(part)
            continue
        found = values.get(place, Counter())
        before, after = _beside(template.parts, place)
        share = found.total() * 1_000_000 // len(template.copies)
        parts.append(Slot(kind_of(found, before, after), share, len(found)))
    return tuple(parts)


def _beside(parts: tuple[Part, ...], place: int) -> tuple[str, str]:
    """The skeleton's words before and after a slot."""
    before, after = parts[place - 1] if place else None, parts[place + 1] if place + 1 < len(parts) else None
    return (
        before.text[-CONTEXT:] if isinstance(before, Fixed) else "",
        after.text[:CONTEXT] if isinstance(after, Fixed) else "",
    )
