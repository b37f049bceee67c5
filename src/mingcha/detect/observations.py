"""What law 7 forbids to weigh: seen, shown as not counted, and without any way to become points."""

import re

from mingcha.model.dossier import Dossier
from mingcha.model.finding import Observation, Weightless
from mingcha.model.provenance import Cite

SIGNS: tuple[tuple[Weightless, "re.Pattern[str]"], ...] = (
    (
        Weightless.QUOTES_RULES,
        re.compile(r"(?:根据|依据|按照|违反)[^。\n]{0,20}(?:法|条例|办法|规定|指引|第[\d一二三四五六七八九十]+条)"),
    ),
    (Weightless.ASKS_STAFF_NUMBER, re.compile(r"(?:请|要求)?[^。\n]{0,4}(?:报|提供)[^。\n]{0,4}工号|工号(?:是)?多少")),
    (Weightless.RECORDS_CALLS, re.compile(r"(?:我|已|正在|全程)[^。\n]{0,6}录音|录音为证|通话录音")),
    (
        Weightless.ANNOUNCES_ESCALATION,
        re.compile(r"12378|12345|银保监|金融监管|人民银行|信访|起诉|法院|媒体|曝光|黑猫"),
    ),
    (Weightless.LARGE_DEMAND, re.compile(r"(?:赔偿|补偿)[^。\n]{0,8}(?:\d{5,}|\d+ ?万)")),
    (Weightless.TONE, re.compile(r"强烈|严重|恶劣|忍无可忍|气愤|可恶|无耻|!")),
    (
        Weightless.PERSISTENCE,
        re.compile(r"(?:第[二三四五六七八九\d]+次|多次|反复|再次|又一次)[^。\n]{0,6}(?:投诉|反映|举报)"),
    ),
)


def observe(dossier: Dossier) -> tuple[Observation, ...]:
    """One observation of each kind at most, with its passage."""
    out = []
    for what, pattern in SIGNS:
        match = pattern.search(dossier.text.text)
        if match is not None:
            passage = dossier.text.passage(*match.span())
            out.append(Observation(what, Cite("complaints", dossier.complaint.id, passage)))
    if any(hit.neutral for hit in dossier.terms):
        out.append(Observation(Weightless.NEUTRAL_TERM, Cite("complaints", dossier.complaint.id)))
    return tuple(out)
