"""Lay a copy beside its template and say which stretches are the same; what fills the slots stands out."""

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
