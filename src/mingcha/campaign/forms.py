"""Headings of forms: short labels before a colon or in brackets, as a platform's complaint form prints them.

A heading is taken for a form's only where other complaints of the same channel carry it too: learnt, not listed.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from mingcha.campaign.family_facts import Circumstances, PageMember

HEADING = re.compile(
    r"(?:^|(?<=[\n。;；]))[ \t\u3000]*(?:【([^\W\d_]{2,10})】|([^\W\d_][^\W\d_ ]{1,9})[ ]?[:：])", re.M
)
OUTSIDE_SHARE = 10  # a form's heading stands in one of ten other complaints of the channel
LEAST_OUTSIDE = 5  # and in five, whatever the share
LEAST_HEADINGS = 3  # fewer make no form


def headings(text: str) -> frozenset[str]:
    """The headings a text carries: 2 to 10 letters at the start of a line or sentence; without digits, so no number."""
    return frozenset(first or second for first, second in HEADING.findall(text))


def on_a_form(members: Sequence[PageMember], outside: Sequence[Circumstances]) -> tuple[PageMember, ...]:
    """Members whose text carries at least three headings of their channel's form, by id."""
    by_channel = sorted((c for c in outside if c.channel), key=lambda c: c.channel or "")
    forms = {channel: _form(list(group)) for channel, group in groupby(by_channel, key=lambda c: c.channel)}
    found = [m for m in members if len(m.seen.headings & forms.get(m.seen.channel, frozenset())) >= LEAST_HEADINGS]
    return tuple(sorted(found, key=lambda m: m.complaint))


def _form(others: Sequence[Circumstances]) -> frozenset[str]:
    counts = Counter(heading for c in others for heading in c.headings)
    least = max(LEAST_OUTSIDE, -(-len(others) // OUTSIDE_SHARE))
    return frozenset(heading for heading, count in counts.items() if count >= least)
