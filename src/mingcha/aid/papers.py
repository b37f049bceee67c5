"""Letters in a victim's own name: facts set into dated wording; what is not known stays an open place and is never made up.

Their ID number and address stay open too, though the house knows them: a letter in other hands gives less away.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from mingcha.aid.lint import lint
from mingcha.model.aid import LossRecorded, PaperKind, VictimFacts
from mingcha.model.answer import GAP, Objection
from mingcha.model.traces import PROOFS
from mingcha.model.words import Words
from mingcha.standards.aid import AidWords

BRACES = re.compile(r"\{(\w+)\}")
FEN = 100


def paper(kind: PaperKind, facts: VictimFacts, words: AidWords, locale: str) -> str:
    """The paper as lines of a letter."""
    filled = _values(facts, words, locale)

    def put(match: "re.Match[str]") -> str:
        return filled.get(match[1]) or _gap(match[1], words, locale)

    return BRACES.sub(put, words.papers[kind].say(locale))


def objections(text: str, facts: VictimFacts, words: AidWords) -> tuple[Objection, ...]:
    """What stands in a paper that no aid text may hold; names and contacts that were filled in say nothing of ours."""
    return lint(text, words.refused, _own(facts))


def gaps(text: str, locale: str) -> tuple[str, ...]:
    """The open places of a paper."""
    before, after = GAP.say(locale).split("{what}")
    found = re.findall(re.escape(before) + "(.*?)" + re.escape(after), text)
    return tuple(dict.fromkeys(found))


def yuan(fen: int) -> str:
    """A sum as it is written in a letter."""
    return f"{fen // FEN:,}.{fen % FEN:02d}"


def _values(facts: VictimFacts, words: AidWords, locale: str) -> Mapping[str, str]:
    listed = _joiner(locale)
    total = sum(one.fee for one in facts.losses)
    payees = [one.payee for one in facts.losses]
    return {
        "name": facts.name or "",
        "phone": facts.phone or "",
        "agent": listed(facts.companies or facts.agents or payees),
        "persons": listed(facts.agents),
        "contacts": listed(facts.contacts),
        "payees": listed([*payees, *facts.accounts]),
        "contracts": listed(facts.contracts),
        "platform": listed(facts.platforms),
        "first": facts.first.isoformat() if facts.first else "",
        "losses": "\n".join(_loss(one, words, locale) for one in facts.losses),
        "total": words.paper_words["total"].say(locale).format(fee=yuan(total)) if total else "",
        "evidence": "\n".join(_evidence(facts, words, locale)),
        "date": facts.on.isoformat(),
    }


def _loss(one: LossRecorded, words: AidWords, locale: str) -> str:
    payee = one.payee or _gap("payee", words, locale)
    line = words.paper_words["loss"].say(locale)
    return line.format(date=one.paid_on.isoformat(), payee=payee, fee=yuan(one.fee))


def _evidence(facts: VictimFacts, words: AidWords, locale: str) -> Iterator[str]:
    """What shows it: what they hold, what this house keeps as exhibits, what is still to be found."""
    held = {*facts.proofs, *(proof for one in facts.losses for proof in one.proofs)} - {"none"}
    kept = _joiner(locale)(id_ for one in facts.losses for id_ in one.exhibits)
    named = {proof: words.evidence[proof].say(locale) for proof in PROOFS}
    told = [("have", what) if proof in held else ("missing", _open(what, locale)) for proof, what in named.items()]
    told += [("kept", kept)] if kept else []
    order = ("have", "kept", "missing")
    for part, what in sorted(told, key=lambda one: order.index(one[0])):
        yield words.paper_words[part].say(locale).format(what=what)


def _gap(name: str, words: AidWords, locale: str) -> str:
    return _open(words.gaps.get(name, Words(name, name)).say(locale), locale)


def _open(what: str, locale: str) -> str:
    """An open place."""
    return GAP.say(locale).format(what=what)


def _joiner(locale: str) -> Callable[[Iterable[str]], str]:
    mark = "、" if locale.startswith("zh") else ", "
    return lambda values: mark.join(dict.fromkeys(one for one in values if one))


def _own(facts: VictimFacts) -> Iterable[str]:
    yield from (
        facts.name or "",
        *facts.agents,
        *facts.companies,
        *facts.accounts,
        *facts.contacts,
        *facts.contracts,
        *facts.platforms,
    )
    yield from (one.payee for one in facts.losses)
