"""The obviously right twin of the aligner: the best score of two token lists by trying every split, with memory."""

from functools import cache

from mingcha.campaign.kernels.lay import NEXT, OPEN, OTHER, SAME


def best_score(mine: tuple[int, ...], theirs: tuple[int, ...], slots: tuple[bool, ...]) -> int:
    """The best score of laying `mine` beside `theirs`; `last` is the kind of step taken before."""

    @cache
    def rest(i: int, j: int, last: str) -> int:
        if i == len(mine) and j == len(theirs):
            return 0
        ways = []
        if i < len(mine) and j < len(theirs):
            ways.append((SAME if mine[i] == theirs[j] else OTHER) + rest(i + 1, j + 1, "both"))
        if i < len(mine):
            ways.append((0 if slots[j] or last == "put" else OPEN + NEXT) + rest(i + 1, j, "put"))
        if j < len(theirs):
            ways.append((NEXT if last == "skip" else OPEN + NEXT) + rest(i, j + 1, "skip"))
        return max(ways)

    return rest(0, 0, "")


def score_of(mine: tuple[int, ...], theirs: tuple[int, ...], slots: tuple[bool, ...], at: list[int]) -> int:
    """The score of an alignment given as `kernels.lay` gives it; what it says must ascend."""
    total, j, put_at = 0, 0, -1
    for i, place in enumerate(at):
        to = place if place >= 0 else -1 - place
        assert to >= j
        if to > j:
            total += OPEN + (to - j) * NEXT
            j, put_at = to, -1
        if place >= 0:
            total += SAME if mine[i] == theirs[place] else OTHER
            j, put_at = place + 1, -1
        else:
            total += 0 if slots[j] or put_at == j else OPEN + NEXT
            put_at = j
    return total + (OPEN + (len(theirs) - j) * NEXT if j < len(theirs) else 0)
