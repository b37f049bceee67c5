"""What waiting objections name, found through keyed tokens; and what they name is disputed until they are answered.

Looked for anew by whatever is about to leave, so that what came in, or was opened, after an objection is disputed as well.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from mingcha.actions.ad_book import acts_on, keep_act, state_of
from mingcha.actions.ad_reach import mention_tokens, sightings_reached
from mingcha.actions.case_book import all_cases, complaints_of, keep_case_act, some_cases
from mingcha.actions.codec import canonical
from mingcha.actions.deps import Deps
from mingcha.actions.kept import contact_token, open_record, record_id
from mingcha.actions.objection_book import DOOR, keep_objection_act, waiting
from mingcha.actions.ports.keys import Keys
from mingcha.actions.ports.store import Work
from mingcha.actions.ring_book import rings_kept, ties_named
from mingcha.actions.standings import kept
from mingcha.ads.cycle import fold
from mingcha.ads.same import plain_address, plain_name
from mingcha.ads.sellers import public_line
from mingcha.ads.share import PLATFORM_NAMES, read_share
from mingcha.casework.objecting import alike
from mingcha.casework.outgoing import findings
from mingcha.model.ad_cycle import Objected
from mingcha.model.case import CaseObjected
from mingcha.model.case_facts import CaseFacts
from mingcha.model.kinds import BY_CODE
from mingcha.model.objection import Matched, ObjectionFacts, Touched, TouchedKind
from mingcha.model.record import Personal
from mingcha.model.text import ContactKind
from mingcha.text.contacts import contacts

BY_DOOR = (
    "本人通过异议门户提出 by their own door"  # what a case and an ad keep of it: what was said stays in its own book
)
PARTS = 20  # of what is named that are looked for by themselves, and of contacts read in it: a person has a handful
DIGITS, LETTERS = 5, 4  # that a number and a name hold at least
UNTYPED = frozenset({"template", "voice", "ip", "device"})  # ties nobody can name
LINKS = frozenset({ContactKind.URL, ContactKind.SHORT_LINK})
SPLIT = re.compile(r"[\s,，;；、。|]+")


@dataclass(frozen=True, slots=True)
class Named:
    """What somebody is named by: tokens, ids and numbers as they were typed, and keys of ads at an address."""

    tokens: frozenset[str]
    words: frozenset[str]
    keys: frozenset[str]
    left: int  # parts or contacts beyond PARTS, which are not looked for


def named_by(deps: Deps, text: str) -> Named:
    """What a text names; lines that everybody may call name nobody."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    words = dict.fromkeys(one for one in (*lines, *SPLIT.split(text)) if one and not public_line(one))
    parts = list(words)[:PARTS]
    tokens = {contact_token(deps.keys, kind, part) for part in parts for kind in _kinds(part)}
    addresses = {part for part in parts if "://" in part}
    mentions = contacts(text)
    for mention in mentions[:PARTS]:
        if mention.kind in LINKS:
            addresses.add(mention.value)
        elif not public_line(mention.value):
            tokens.update(mention_tokens(deps, mention))
    keys: list[tuple[str, ...]] = [("address", plain_address(one)) for one in sorted(addresses)]
    keys += [
        ("work", plain_name(name), share.work)
        for share in read_share(text)
        if share.work
        for name in (share.platform.value, PLATFORM_NAMES[share.platform])
    ]
    digests = frozenset(deps.keys.digest("ad", canonical(list(key))) for key in keys)
    return Named(frozenset(tokens), frozenset(parts), digests, max(len(words), len(mentions), PARTS) - PARTS)


def names(deps: Deps, facts: ObjectionFacts) -> frozenset[str]:
    """All that an objection names, as it can be compared with what ties and with another's."""
    named = named_by(deps, facts.lodged.named)
    return named.tokens | named.words


def _kinds(part: str) -> Iterator[Personal]:
    """What a part may be: each kind it could be read as."""
    yield Personal.HANDLE
    if sum(char.isdigit() for char in part) >= DIGITS:
        yield from (Personal.PHONE, Personal.CARD)
    if len(part) >= LETTERS and not part.isdigit():
        yield from (Personal.COMPANY, Personal.ADDRESS)


def contested(deps: Deps, work: Work) -> dict[str, frozenset[Touched]]:
    """What each waiting objection names now, as found and as people corrected; reads alone."""
    return _contested(deps, work, waiting(deps, work))


def contested_ads(deps: Deps, work: Work) -> frozenset[str]:
    """The ads that waiting objections name."""
    touched = contested(deps, work).values()
    return frozenset(one.id for of in touched for one in of if one.kind is TouchedKind.AD)


def match_waiting(deps: Deps, work: Work) -> dict[str, frozenset[Touched]]:
    """The same, kept; and every ad and case among it is disputed from now on. Doing it again changes nothing."""
    held = waiting(deps, work)
    touched = _contested(deps, work, held)
    for id_, facts in held.items():
        new = touched[id_] - facts.found - facts.linked
        if new or not facts.looked:
            keep_objection_act(deps, work, DOOR, id_, Matched(tuple(sorted(new))))
    _dispute_ads(deps, work, frozenset(one.id for of in touched.values() for one in of if one.kind is TouchedKind.AD))
    _dispute_cases(deps, work, held, touched)
    return touched


def by_door(deps: Deps, work: Work, ad: str) -> bool:
    """Whether the objection that waits on an ad came by the door."""
    if state_of(deps, work, ad).objected_at is None:
        return False
    said = [act.body.text for act in acts_on(deps, work, [ad]).get(ad, ()) if isinstance(act.body, Objected)]
    return said[-1:] == [BY_DOOR]


def _dispute_ads(deps: Deps, work: Work, ads: Collection[str]) -> None:
    acts = acts_on(deps, work, sorted(ads))
    for ad in sorted(ads):
        state = fold(acts.get(ad, ()))
        if state.objected_at is None and not state.upheld:
            keep_act(deps, work, DOOR, ad, Objected(BY_DOOR))


def _dispute_cases(
    deps: Deps, work: Work, held: Mapping[str, ObjectionFacts], touched: Mapping[str, frozenset[Touched]]
) -> None:
    """Each once for objections that are alike: many of one text are answered as one."""
    named = {id_: {one.id for one in of if one.kind is TouchedKind.CASE} for id_, of in touched.items()}
    cases = some_cases(deps, work, sorted(set[str]().union(*named.values())))
    waits = {case: {one.id for one in facts.objections} for case, facts in cases.items()}
    for group in alike(held):
        for case in sorted(waits.keys() & set[str]().union(*(named[id_] for id_ in group))):
            if waits[case].isdisjoint(group):
                keep_case_act(deps, work, DOOR, case, CaseObjected(BY_DOOR, group[0], held[group[0]].lodged_at))


def _contested(deps: Deps, work: Work, held: Mapping[str, ObjectionFacts]) -> dict[str, frozenset[Touched]]:
    """All are looked for together, by a bounded number of statements; cases are opened where anything waits at all."""
    if not held:
        return {}
    named = {id_: named_by(deps, facts.lodged.named) for id_, facts in held.items()}
    cases = all_cases(deps, work)
    about = {case: frozenset(complaints_of(work, facts)) for case, facts in cases.items()}
    found = _Found(deps, work, named.values(), frozenset().union(*about.values()))
    out = {}
    for id_, facts in held.items():
        things = (found.by(named[id_]) | facts.linked) - facts.unlinked
        complaints = found.complaints_by(named[id_]) | {one.id for one in things if one.kind is TouchedKind.COMPLAINT}
        ids = {one.id for one in things} | complaints
        hit = {
            Touched(TouchedKind.CASE, case)
            for case, stands in cases.items()
            if _names(case, stands, named[id_]) or ids & (findings(stands) | about[case])
        }
        out[id_] = frozenset(things | (hit - facts.unlinked))
    return out


def _names(case: str, facts: CaseFacts, named: Named) -> bool:
    """Whether the case itself is named, or a paper an authority gave on it."""
    return case in named.words or any(
        one.filed is not None and one.filed.number in named.words for one in facts.referrals
    )


class _Found:
    """What the house holds of everything that is named, read once."""

    __slots__ = ("_ads", "_complaints", "_keys", "_rings", "_sightings", "_typed")

    def __init__(self, deps: Deps, work: Work, named: Iterable[Named], complaints: Iterable[str]) -> None:
        named = tuple(named)
        tokens = frozenset().union(*(one.tokens for one in named))
        words = frozenset().union(*(one.words for one in named))
        keys = sorted(frozenset().union(*(one.keys for one in named)))
        self._sightings = sightings_reached(work, tokens)
        self._ads = work.ads.ads_of(sorted({id_ for of in self._sightings.values() for id_ in of}))
        self._keys = {key: item.id for key, item in work.ads.items_by_key(keys).items()} if keys else {}
        self._rings = _rings(work, tokens | words)
        self._typed = _typed(deps, work, words)
        self._complaints = _stated(deps.keys, work, complaints, tokens)

    def by(self, named: Named) -> frozenset[Touched]:
        """Ads, rings, and complaints by the number they were told of."""
        ads = {self._ads[id_] for token in named.tokens for id_ in self._sightings.get(token, ()) if id_ in self._ads}
        ads |= {self._keys[key] for key in named.keys if key in self._keys}
        rings = {ring for value in named.tokens | named.words for ring in self._rings.get(value, ())}
        typed = {one for word in named.words for one in self._typed.get(word, ())}
        return frozenset(
            {Touched(TouchedKind.AD, ad) for ad in ads} | {Touched(TouchedKind.RING, ring) for ring in rings} | typed
        )

    def complaints_by(self, named: Named) -> frozenset[str]:
        """Complaints that state a value, or are of whoever holds it."""
        return frozenset(id_ for token in named.tokens for id_ in self._complaints.get(token, ()))


def _rings(work: Work, values: frozenset[str]) -> dict[str, set[str]]:
    """The rings a value is a part of, or that are called so."""
    out: dict[str, set[str]] = {}
    for ring in rings_kept(work):
        for value in {ring.id, *(member.value for member in ring.members)} & values:
            out.setdefault(value, set()).add(ring.id)
    return out


def _typed(deps: Deps, work: Work, words: frozenset[str]) -> dict[str, set[Touched]]:
    """Ads and complaints by an id of ours, complaints also by the number a source system gave them."""
    out: dict[str, set[Touched]] = {}
    for ad in work.ads.items(sorted(words)):
        out.setdefault(ad, set()).add(Touched(TouchedKind.AD, ad))
    systems = sorted({batch.source_system for batch in work.records.batches()})
    ids = [(word, word) for word in sorted(words)]
    ids += [(record_id(deps.keys, BY_CODE["complaints"], system, word), word) for _, word in ids for system in systems]
    known = work.desk.rows(sorted({id_ for id_, _ in ids}))
    for id_, word in ids:
        if id_ in known:
            out.setdefault(word, set()).add(Touched(TouchedKind.COMPLAINT, id_))
    return out


def _stated(keys: Keys, work: Work, complaints: Iterable[str], tokens: frozenset[str]) -> dict[str, set[str]]:
    """Those of the complaints that state a value, unless so many do that it tells nobody apart, and those of the customer whose own
    number it is."""
    stands = kept(work, complaints)
    stated = {(kind, value) for one in stands.values() for kind, value, _, _ in one.facts if value in tokens}
    telling = {key for key in stated if key[0] not in UNTYPED}
    telling -= {key for key, tie in ties_named(work, telling).items() if tie.hub}
    holders = work.records.by_token("customers", "phone", sorted(tokens)) if stands else ()
    own = {one.id: open_record(keys, one).keyed.phone for one in holders if one.wrapped}
    out: dict[str, set[str]] = {}
    for id_, one in stands.items():
        values = {value for kind, value, _, _ in one.facts if (kind, value) in telling}
        for value in values | ({own[one.customer_id]} if one.customer_id in own else set()):
            out.setdefault(value, set()).add(id_)
    return out
