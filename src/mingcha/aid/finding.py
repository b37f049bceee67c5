"""Who was probably cheated, and who is helped first: by need alone, never by how sure anybody is of an organisation."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from mingcha.model.aid import Fact, FactKind, Need, Possible, Situation
from mingcha.model.party import Callback
from mingcha.model.provenance import Cite
from mingcha.model.traces import Company, Loss
from mingcha.standards.aid import AidWords
from mingcha.standards.calendar import local_day
from mingcha.text.normalise import normalise

STOP_DAYS = 3  # a transfer may still be stopped by the bank or the police (inference: the sooner the better)
CITED = 5
PARTS = ("contract", "payee")
SIM = "sim"  # the situation of somebody whose card is in other hands


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the house knows of one customer that may show that they were cheated; keyed, but for the texts."""

    customer: str
    callbacks: tuple[Callback, ...] = ()
    losses: tuple[Loss, ...] = ()
    companies: tuple[Company, ...] = ()
    contacts: tuple[Cite, ...] = ()  # records that state a value of a suspected organisation
    ads: tuple[Cite, ...] = ()  # records that state a contact of an ad a person judged to solicit
    texts: tuple[tuple[Cite, str], ...] = ()  # what they, or somebody in their name, wrote or said


def possible(known: Known, words: AidWords, today: date) -> Possible | None:
    """A customer as a possible victim, or None where nothing says so."""
    facts = tuple(fact for fact in _facts(known) if fact.cites)
    if not facts:
        return None
    situations = tuple(_situations(known, words))
    days = [fact.on for fact in facts if fact.on is not None]
    return Possible(
        customer=known.customer,
        need=_need(facts, situations, known, words, today),
        facts=facts,
        situations=situations,
        last=max(days, default=None),
    )


def ordered(found: Iterable[Possible]) -> tuple[Possible, ...]:
    """The most pressing need first, then whoever it happened to last; what else is known changes nothing."""
    needs = list(Need)
    return tuple(
        sorted(found, key=lambda one: (needs.index(one.need), -(one.last or date.min).toordinal(), one.customer))
    )


def situations_in(text: str, words: AidWords) -> Iterator[str]:
    """The situations a text speaks of; what is denied or warned of is none."""
    folded = normalise(text).text
    for one in words.situations.values():
        if any(not words.denied.search(folded[: match.start()]) for match in one.cues.finditer(folded)):
            yield one.id


def _facts(known: Known) -> Iterator[Fact]:
    proven = [one for one in known.callbacks if one.proven]
    paid = [one for one in proven if one.paid_agent == "yes"]
    unaware = [one for one in proven if one.aware == "no"]
    signed = [one for one in known.companies if one.part in PARTS]
    yield _fact(FactKind.PAID_AGENT, [Cite("callbacks", one.id) for one in paid], _called(paid))
    yield _fact(FactKind.UNAWARE, [Cite("callbacks", one.id) for one in unaware], _called(unaware))
    lost = [one.paid_on for one in known.losses if one.paid_on]
    yield _fact(FactKind.LOSS, [Cite("losses", one.id) for one in known.losses], lost)
    yield _fact(FactKind.CONTRACT, [Cite("companies", one.id) for one in signed], [])
    yield _fact(FactKind.KNOWN_CONTACT, known.contacts, [])
    yield _fact(FactKind.AD, known.ads, [])


def _fact(kind: FactKind, cites: Iterable[Cite], days: Iterable[date]) -> Fact:
    return Fact(kind, tuple(dict.fromkeys(cites))[:CITED], max(days, default=None))


def _called(callbacks: Iterable[Callback]) -> list[date]:
    return [local_day(one.called_at) for one in callbacks if one.called_at]


def _situations(known: Known, words: AidWords) -> Iterator[Situation]:
    seen: set[str] = set()
    for cite, text in known.texts:
        for id_ in situations_in(text, words):
            if id_ not in seen:
                seen.add(id_)
                yield Situation(id_, cite)


def _need(
    facts: tuple[Fact, ...], situations: tuple[Situation, ...], known: Known, words: AidWords, today: date
) -> Need:
    needs = {words.situations[one.id].need for one in situations}
    if any(fact.kind is FactKind.UNAWARE for fact in facts):
        needs.add(Need.IDENTITY)  # whoever files in their name has their papers
    if any(one.paid_on and timedelta(0) <= today - one.paid_on <= timedelta(days=STOP_DAYS) for one in known.losses):
        needs.add(Need.STOPPABLE)
    if any(words.hardship.cues.search(normalise(text).text) for _, text in known.texts):
        needs.add(Need.HARDSHIP)
    return next((need for need in Need if need in needs), Need.OTHER)
