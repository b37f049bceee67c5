"""By what an ad can be reached: tokens of its accounts, contacts, payees and codes, kept so that a complaint meets its ads at once.

An index holds a row a token and sighting, and each sighting's own tokens, so that what was amended or erased is let go. Who
merely stands in the words of a post (a lender's hotline, an address of a platform) is not how to reach whoever posted it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mingcha.actions.ad_book import words_on
from mingcha.actions.codec import canonical, read_json
from mingcha.actions.deps import Deps
from mingcha.actions.kept import Kept, contact_token, open_record
from mingcha.actions.lots import lots
from mingcha.actions.ports.index import ALL_ROWS
from mingcha.actions.ports.store import Work
from mingcha.ads.same import links_of, plain_address
from mingcha.ads.sellers import public_line, reaches, thread_of
from mingcha.model.account import Ad
from mingcha.model.ad_cycle import Judged
from mingcha.model.record import Personal
from mingcha.model.seller import Thread
from mingcha.model.stored import StoredRecord
from mingcha.model.text import ContactKind, ContactMention
from mingcha.text.contacts import contacts

REACH, REACHED = "ad_reach", "ad_reached"  # of summaries: tokens by sighting, sightings by token
ADS = "ads"
LOT = 1_000
NUMBERS = (ContactKind.PHONE, ContactKind.BANK_CARD)


def mention_tokens(deps: Deps, mention: ContactMention) -> tuple[str, ...]:
    """Tokens of a contact read from a text: as a handle, and a phone or card also as what it is."""
    handle = contact_token(deps.keys, Personal.HANDLE, mention.value)
    if mention.kind is ContactKind.PHONE:
        return (handle, contact_token(deps.keys, Personal.PHONE, mention.value))
    if mention.kind is ContactKind.BANK_CARD:
        return (contact_token(deps.keys, Personal.CARD, mention.value),)
    return (handle,)


@dataclass(frozen=True, slots=True)
class Reached:
    """One way an ad can be reached or paid: as it was written, and its tokens, the first of which tells it from others."""

    thread: Thread
    written: str
    tokens: tuple[str, ...]


def ways_of(deps: Deps, kept: Kept) -> Iterator[Reached]:
    """All ways a sighting can be reached, lines that everybody may call left out."""
    clear: Ad = kept.clear
    for thread, said in (
        (Thread.ACCOUNT, clear.author),
        (Thread.CONTACT, clear.handle),
        (Thread.CONTACT, clear.contact),
    ):
        if said and not public_line(said):
            yield _typed(deps, thread, said)
    read = [one for field in (clear.text, clear.codes) if field for one in contacts(field)]
    links = links_of(clear) if clear.codes or any(thread_of(one) is Thread.LINK for one in read) else ()
    for code in (line.strip() for line in (clear.codes or "").splitlines()):
        if code and not public_line(code) and ("://" not in code or plain_address(code) in links):
            yield Reached(Thread.CODE, code, (contact_token(deps.keys, Personal.HANDLE, code),))
    for mention in read:
        if reaches(mention, links):
            yield Reached(thread_of(mention), mention.value, mention_tokens(deps, mention))


def _typed(deps: Deps, thread: Thread, said: str) -> Reached:
    """What a person typed as an account or a contact: a handle, and a number also as what it is."""
    handle = contact_token(deps.keys, Personal.HANDLE, said)
    number = next((one for one in contacts(said) if one.kind in NUMBERS), None)
    if number is None or thread is Thread.ACCOUNT:
        return Reached(thread, said, (handle,))
    tokens = mention_tokens(deps, number)
    return Reached(thread_of(number), said, tuple(dict.fromkeys((*tokens, handle))))


def reach_of(deps: Deps, kept: Kept) -> frozenset[str]:
    """Tokens of all that a sighting can be reached by."""
    return frozenset(token for way in ways_of(deps, kept) for token in way.tokens)


def keep_reach(deps: Deps, work: Work, stored: Iterable[StoredRecord]) -> None:
    """Keep by what sightings can be reached now; of those erased nothing."""
    now = {one.id: reach_of(deps, open_record(deps.keys, one)) if one.wrapped else frozenset() for one in stored}
    before = reach_kept(work, list(now))
    rows = {f"{token} {id_}" for id_, tokens in now.items() for token in tokens}
    were = {f"{token} {id_}" for id_, tokens in before.items() for token in tokens}
    work.summaries.drop(REACHED, sorted(were - rows))
    work.summaries.add(REACHED, [(row, b"") for row in sorted(rows - were)])
    work.summaries.drop(REACH, [id_ for id_, tokens in now.items() if not tokens])
    work.summaries.add(REACH, [(id_, canonical(sorted(tokens))) for id_, tokens in now.items() if tokens])


def reach_kept(work: Work, sightings: Sequence[str]) -> dict[str, frozenset[str]]:
    """By what each of the sightings can be reached."""
    return {id_: frozenset(read_json(body)) for id_, body in work.summaries.get(REACH, sightings).items()}


def reach_missing(deps: Deps) -> int:
    """Read the sightings of a house of before this was kept; how many."""
    with deps.store.read() as view:
        if view.summaries.last(REACH) is not None:
            return 0
        missing = [one.id for one in view.records.scan(ADS) if one.wrapped]
    for lot in lots(missing, LOT):
        with deps.store.write() as work:
            keep_reach(deps, work, work.records.heads(ADS, lot).values())
    return len(missing)


def ads_reached(deps: Deps, work: Work, tokens: Iterable[str]) -> dict[str, tuple[Ad, ...]]:
    """Sightings that can be reached by each of the tokens, keyed, each as a person judged its ad."""
    by_token = sightings_reached(work, tokens)
    ids = sorted({id_ for held in by_token.values() for id_ in held})
    ads = {one.id: one for one in _as_said(deps, work, ids)} if ids else {}
    return {token: tuple(ads[id_] for id_ in held if id_ in ads) for token, held in by_token.items()}


def sightings_reached(work: Work, tokens: Iterable[str]) -> dict[str, list[str]]:
    """The sightings that can be reached by each of the tokens, by id alone."""
    starts = {f"{token} ": token for token in sorted(set(tokens))}
    found = work.summaries.starting(REACHED, list(starts), ALL_ROWS) if starts else {}
    return {starts[start]: [row.rsplit(" ", 1)[1] for row, _ in rows] for start, rows in found.items() if rows}


def soliciting(ad: Ad) -> bool:
    """Whether a person judged that it solicits."""
    return ad.soliciting == "yes" and bool(ad.judged_by)


def soliciting_among(deps: Deps, work: Work, sightings: Sequence[str]) -> list[str]:
    """Those of the sightings that a person judged to solicit."""
    return [ad.id for ad in _as_said(deps, work, sightings) if soliciting(ad)]


def _as_said(deps: Deps, work: Work, ids: Sequence[str]) -> Iterator[Ad]:
    """Sightings as a person of the house judged their ads; as their import has it where nobody did."""
    said: Mapping[str, tuple[Judged, str]] = words_on(deps, work, ids)
    for stored in work.records.heads(ADS, ids).values():
        if stored.wrapped:
            ad: Ad = open_record(deps.keys, stored).keyed
            word = said.get(ad.id)
            yield replace(ad, soliciting=word[0].solicits.value, judged_by=word[1]) if word else ad
