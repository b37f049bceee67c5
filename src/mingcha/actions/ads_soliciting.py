"""The ads that solicit, with all that sellers, bursts and word proposals are read from: by a person's word, else by the machine.

Whatever a person judged otherwise or is unsure of is none, so that victims who quote a number, news and warnings are nobody's.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mingcha.actions.ad_book import all_acts, newest_words
from mingcha.actions.ad_reach import Reached, ways_of
from mingcha.actions.ad_sightings import kept_in
from mingcha.actions.deps import Deps
from mingcha.actions.kept import Kept
from mingcha.actions.lots import lots
from mingcha.actions.ports.store import Work
from mingcha.ads.cycle import fold, solicits
from mingcha.ads.reading import PostRead
from mingcha.ads.same import links_of, plain_name
from mingcha.model.account import Ad
from mingcha.model.ad_cycle import AdItem, AdState
from mingcha.model.advert import PostJudged, Trade
from mingcha.model.image import PosterPrint, read_print
from mingcha.standards.calendar import local_day

LOT = 500  # posts the machine judges at a time


@dataclass(frozen=True, slots=True)
class Machine:
    """What reads posts: `judge` many at once, `read` one by the listed `terms`; a suggestion, which a person's word replaces."""

    judge: Callable[[Sequence[str]], Sequence[PostJudged]]
    read: Callable[[str], PostRead]
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Soliciting:
    """One ad that solicits. `account` is who posted it, on its platform; `seen` the moments it was seen."""

    item: AdItem
    state: AdState
    by_person: bool
    trade: Trade | None
    account: str | None
    since: date | None  # the account was opened on
    ways: tuple[Reached, ...]
    links: frozenset[str]
    posters: tuple[PosterPrint, ...]
    text: str
    judged: PostJudged | None
    seen: tuple[datetime, ...]

    @property
    def first_day(self) -> date:
        """The day it was first seen, where the house stands."""
        return local_day(self.item.first_seen)


def soliciting_ads(deps: Deps, work: Work, machine: Machine) -> list[Soliciting]:
    """All of them, by id. Ads no person judged are asked of the machine, which is not kept: nothing is decided by it."""
    acts = all_acts(deps, work)
    asked = (
        (item, held, fold(acts.get(item.id, ()))) for item, held in kept_in(deps, work, list(work.ads.all_items()))
    )
    open_ = [(item, held, state) for item, held, state in asked if held and _said(state, held) is not False]
    out: list[Soliciting] = []
    for lot in lots(open_, LOT):
        out += _of_lot(deps, machine, lot)
    return out


def _of_lot(deps: Deps, machine: Machine, lot: Iterable[tuple[AdItem, list[Kept], AdState]]) -> Iterator[Soliciting]:
    rows = [(item, held, state, _words(held)) for item, held, state in lot]
    texts = [text for *_, text in rows if text]
    judged = iter(machine.judge(texts))
    for item, held, state, text in rows:
        read = next(judged) if text else None
        by_person = _said(state, held) is True
        if by_person or (read is not None and read.is_ad):
            yield _soliciting(deps, (item, held, state), text, read, by_person=by_person)


def _soliciting(
    deps: Deps, one: tuple[AdItem, list[Kept], AdState], text: str, read: PostJudged | None, *, by_person: bool
) -> Soliciting:
    item, held, state = one
    clear: list[Ad] = [kept.clear for kept in held]
    ways = {(way.thread, way.tokens[0]): way for kept in held for way in ways_of(deps, kept)}
    return Soliciting(
        item=item,
        state=state,
        by_person=by_person,
        trade=state.word.trade if state.word else read.trade if read else None,
        account=f"{plain_name(item.platform or '')} {item.account}" if item.account else None,
        since=min((ad.author_since for ad in clear if ad.author_since), default=None),
        ways=tuple(way for _, way in sorted(ways.items())),
        links=frozenset(link for ad in clear for link in links_of(ad)),
        posters=tuple(dict.fromkeys(found for ad in clear if ad.poster and (found := read_print(ad.poster)))),
        text=text,
        judged=read,
        seen=tuple(ad.seen_at or item.first_seen for ad in clear),
    )


def _said(state: AdState, held: Sequence[Kept]) -> bool | None:
    """A person's word on it, the newest import's where nobody of the house said anything; None where neither did."""
    if state.word is not None:
        return solicits(state)
    imported = next(
        (kept.clear.soliciting for kept in reversed(held) if kept.clear.soliciting and kept.clear.judged_by), None
    )
    return imported == "yes" if imported else None


def _words(held: Sequence[Kept]) -> str:
    seen = newest_words(held)
    return (seen.text or "") if seen else ""
