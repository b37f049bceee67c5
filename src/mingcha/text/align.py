"""Lay a copy beside its template, or two texts beside each other, and say which stretches are the same."""

from difflib import SequenceMatcher

SHORT = 2  # a match this short inside a difference is chance


def align(template: str, copy: str) -> tuple[tuple[str, bool], ...]:
    """The copy in stretches: (text, whether the template has it there). Together they are the copy.

    >>> align("欠款5000元", "欠款8888元")
    (('欠款', True), ('8888', False), ('元', True))
    """
    matcher = SequenceMatcher(None, template, copy, autojunk=False)
    pieces: list[tuple[str, bool]] = []
    for tag, _, _, start, stop in matcher.get_opcodes():
        if start == stop:
            continue
        same = tag == "equal" and (stop - start > SHORT or start == 0 or stop == len(copy))
        if pieces and pieces[-1][1] is same:
            pieces[-1] = (pieces[-1][0] + copy[start:stop], same)
        else:
            pieces.append((copy[start:stop], same))
    return tuple(pieces)


def side_by_side(one: str, other: str) -> tuple[tuple[str, str, bool], ...]:
    """Two texts in stretches: (of the first, of the second, whether both are the same there). Down each column stands its whole text.

    >>> side_by_side("请于3日内退费", "请于7日内退费！")
    (('请于3', '请于7', False), ('日内退费', '日内退费', True), ('', '！', False))
    """
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    rows: list[tuple[str, str, bool]] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        same = tag == "equal" and b - a > SHORT
        if rows and not same and not rows[-1][2]:
            rows[-1] = (rows[-1][0] + one[a:b], rows[-1][1] + other[c:d], False)
        else:
            rows.append((one[a:b], other[c:d], same))
    return tuple(rows)
