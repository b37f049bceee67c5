"""The same ad behind many accounts, whatever makes it the same; read from sightings, nothing is kept."""

from collections.abc import Iterator, Sequence

from mingcha.actions.ad_book import all_acts
from mingcha.actions.ad_sightings import seen_in
from mingcha.actions.deps import Deps
from mingcha.actions.ports.store import Work
from mingcha.ads.cycle import fold
from mingcha.ads.groups import AlikeAds, alike_groups
from mingcha.ads.same import Looks, account_of, links_of
from mingcha.model.account import Ad
from mingcha.model.ad_cycle import AdItem, Solicits
from mingcha.model.image import read_print
from mingcha.text.fingerprint import shingles
from mingcha.text.normalise import normalise


def same_ads_groups(deps: Deps, work: Work) -> tuple[AlikeAds, ...]:
    """Groups of ads joined by handle, poster, address or words. One that a person said is no ad joins nobody: whoever warns of a
    seller shows the seller's words and poster too."""
    states = {ad: fold(acts) for ad, acts in all_acts(deps, work).items()}
    none = {ad for ad, one in states.items() if one.upheld or (one.word and one.word.solicits is Solicits.NO)}
    items = [item for item in work.ads.all_items() if item.id not in none]
    return alike_groups(dict(looks_of(deps, seen_in(deps, work, items))))


def looks_of(deps: Deps, seen: Iterator[tuple[AdItem, Sequence[Ad]]]) -> Iterator[tuple[str, Looks]]:
    """What each ad is recognised by."""
    for item, ads in seen:
        handles = {token for ad in ads for token in (account_of(ad), ad.handle, ad.contact) if token}
        text = max((ad.text or "" for ad in ads), key=len, default="")
        links = frozenset(link for ad in ads for link in links_of(ad))
        posters = tuple(dict.fromkeys(found for ad in ads if ad.poster and (found := read_print(ad.poster))))
        yield item.id, Looks(frozenset(handles), shingles(normalise(text), deps.keys.sketch_key()), links, posters)
