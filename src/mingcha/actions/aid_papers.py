"""Letters for a victim, in their own name and in clear: only once they proved who they are; that each was made is sealed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from mingcha.actions.aid_book import help_of, keep_aid_act, stand_apart
from mingcha.actions.aid_known import Theirs
from mingcha.actions.aid_list import theirs_of
from mingcha.actions.deps import Deps
from mingcha.actions.permit import may
from mingcha.aid.cards import card_sheet
from mingcha.aid.papers import gaps, objections, paper
from mingcha.errors import InputError, LetterRefused
from mingcha.model.actor import Actor
from mingcha.model.aid import AidFacts, LossRecorded, PaperKind, PaperMade, VictimFacts
from mingcha.model.sheet import Sheet
from mingcha.model.traces import Loss
from mingcha.model.words import Words
from mingcha.standards.calendar import local_day


@dataclass(frozen=True, slots=True)
class Paper:
    """A letter and its open places."""

    text: str
    gaps: tuple[str, ...]


def make_paper(deps: Deps, actor: Actor, customer: str, kind: PaperKind, locale: str) -> Paper:
    """Write one letter. OutOfOrder before a second proof; LetterRefused where a site's wording asks something in return."""
    may(actor, "give_aid")
    stand_apart(actor)
    with deps.store.write() as work:
        theirs = theirs_of(deps, work, actor, customer)
        text = written(deps, theirs, help_of(deps, work, customer), kind, locale)
        keep_aid_act(deps, work, actor, customer, PaperMade(kind, sha256(text.encode()).hexdigest()))
    return Paper(text, gaps(text, locale))


def card_paper(deps: Deps, actor: Actor, situation: str, locale: str) -> Sheet:
    """A first-hour card to be printed; InputError where there is no such situation. It says nothing of anybody, so nothing is sealed."""
    may(actor, "see_aid")
    cards = deps.standards.aid.situations
    if situation not in cards:
        listed = ", ".join(cards)
        raise InputError(where="situation", found=situation, expected=Words(listed, listed))
    return card_sheet(situation, deps.standards.aid, deps.standards.institution, locale)


def written(deps: Deps, theirs: Theirs, stands: AidFacts, kind: PaperKind, locale: str) -> str:
    """The words of a letter, linted."""
    facts = victim_facts(deps, theirs, stands)
    text = paper(kind, facts, deps.standards.aid, locale)
    refused = objections(text, facts, deps.standards.aid)
    if refused:
        said = [Words(*(f"“{one.words}”—{one.why.say(lang)}" for lang in ("zh", "en"))) for one in refused]
        raise LetterRefused(why=Words("；".join(one.zh for one in said), "; ".join(one.en for one in said)))
    return text


def victim_facts(deps: Deps, theirs: Theirs, stands: AidFacts) -> VictimFacts:
    """What letters are made of: losses as they told them, else as they were handed in."""
    told = theirs.clear("losses")
    losses = stands.losses or tuple(_losses(told))
    leads, signed = theirs.clear("leads"), theirs.clear("authorisations")
    firsts = [local_day(one.called_at) for one in leads if one.called_at]
    return VictimFacts(
        name=theirs.customer.clear.name,
        phone=theirs.customer.clear.phone,
        agents=_once(one.agent_name for one in signed),
        companies=_once(
            [one.company for one in told]
            + [one.name for one in theirs.clear("companies")]
            + [one.agent_organisation for one in signed]
        ),
        accounts=_once(one.payee for one in told),
        contacts=_once(
            [one.handle for one in leads] + [one.caller_phone for one in leads] + [one.agent_phone for one in signed]
        ),
        contracts=_once(one.contract for one in told),
        platforms=_once(one.platform for one in leads),
        first=min(firsts, default=None),
        losses=losses,
        proofs=_once(one.proof for one in told),
        institution=deps.standards.institution.name,
        on=local_day(deps.now()),
    )


def _losses(told: Iterable[Loss]) -> Iterator[LossRecorded]:
    for one in told:
        if one.amount and one.paid_on:
            yield LossRecorded(fee=one.amount, paid_on=one.paid_on, payee=one.company or one.payee or "")


def _once(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in values if one))
