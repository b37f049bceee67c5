"""How surely a community holds: parted anew with a fifth of the records left out, twenty times.

What is left out in which turn hangs on the names of the records alone, so the same data always give the same answer.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b

from mingcha.model.tie import LAW_THREE_CUSTOMERS
from mingcha.network.communities import Pair, communities
from mingcha.network.scheme import RESAMPLED_UP_TO, RESAMPLES, SHARE_LEFT_OUT
from mingcha.network.ties import Tie

MILLION = 1_000_000


def stabilities(
    complaints: Sequence[str], found: Sequence[Sequence[str]], ties: Sequence[Tie], together: Collection[Pair] = ()
) -> list[int | None]:
    """For each community of a connected group its mean likeness (Jaccard, millionths) to its nearest in the resamples.

    Whom the records left out tied alone is not counted in that turn. None for all where the group is too large (it is
    listed as not resampled), or where no community is large enough to be a ring.
    """
    if len(complaints) + len(ties) > RESAMPLED_UP_TO or max(map(len, found)) < LAW_THREE_CUSTOMERS:
        return [None] * len(found)
    likenesses = [0] * len(found)
    left_out = {
        (kind, source): blake2b(f"{kind} {source}".encode(), digest_size=RESAMPLES).digest()
        for tie in ties
        for _, kind, source in tie.stated
    }
    for turn in range(RESAMPLES):
        kept = [thinned(tie, turn, left_out) for tie in ties]
        linked = {who for tie in kept if len(tie.linking) > 1 for who in tie.linking}.union(*together)
        parted = communities(sorted(linked), kept, together, trials=1)
        home = {who: set(part) for part in parted for who in part}
        for at, community in enumerate(found):
            left = linked.intersection(community)
            likenesses[at] += max((_jaccard(left, home[who]) for who in left), default=0)
    return [likeness // RESAMPLES for likeness in likenesses]


def thinned(tie: Tie, turn: int, left_out: Mapping[tuple[str, str], bytes]) -> Tie:
    """The tie without the records left out in a turn; whom no record is left for is not linked."""
    held = {who for who, kind, source in tie.stated if left_out[kind, source][turn] % SHARE_LEFT_OUT}
    return replace(tie, linking=tuple(complaint for complaint in tie.linking if complaint in held))


def _jaccard(one: set[str], other: set[str]) -> int:
    return MILLION * len(one & other) // len(one | other)
