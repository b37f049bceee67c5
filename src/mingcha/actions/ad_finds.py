"""Files that show ads become sightings: pictures, pages, videos, captures; the same bytes are one sighting, whoever brings them.

All is read before a transaction begins, some files at a time. What cannot be read is told and the others go in. Who warns of a
seller quotes the seller's contact: it becomes a sighting's contact only where the post offers something.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from itertools import islice
from typing import cast

from mingcha.actions.ad_book import ReadPost
from mingcha.actions.ad_sightings import ADS
from mingcha.actions.codec import canonical
from mingcha.actions.deps import Deps
from mingcha.actions.exhibits import keep_exhibit
from mingcha.actions.judging import text_of
from mingcha.actions.kept import open_record, record_id
from mingcha.actions.permit import may
from mingcha.actions.take_in import SourceFile, TakenIn, take_in
from mingcha.ads.share import PLATFORM_NAMES, read_share
from mingcha.errors import UnreadableFile
from mingcha.model.account import Ad
from mingcha.model.actor import Actor
from mingcha.model.advert import Stance
from mingcha.model.exhibit import About
from mingcha.model.found import NotRead
from mingcha.model.image import ImageRead, print_of
from mingcha.model.intake import Row
from mingcha.model.kinds import BY_CODE
from mingcha.model.stored import StoredRecord
from mingcha.model.text import ContactKind
from mingcha.model.times import credible
from mingcha.model.video import VideoRead, clock
from mingcha.model.words import Words

Shown = ImageRead | VideoRead | str
KIND = BY_CODE[ADS]
LOT = 20  # files: ten seconds of reading before they are kept
SYSTEM = "finds"
OFFERS = frozenset({Stance.SOLICITS, Stance.LAWFUL_OFFER, Stance.OTHER})
NO_WAY_TO_ANYBODY = frozenset({ContactKind.URL, ContactKind.SHORT_LINK, ContactKind.BANK_CARD})
ERASED = Words("此前已在此删除，不再收入", "it was erased here and stays so")
NOTHING = Words("没有文字也没有二维码", "no words and no code")
FOUND_BY = "ads import"


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """One file or record that shows an ad. `id` tells finds apart, `read` and `data` give what it shows and its bytes.

    `beside`: it came along with a page (a picture of a capture), and is none of our business if nothing stands in it.
    """

    name: str
    id: str
    sha256: str
    media: str
    read: Callable[[], Shown]
    data: Callable[[], Iterable[bytes]]
    url: str | None = None
    seen_at: datetime | None = None
    notes: tuple[Words, ...] = ()
    beside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What whoever brings them says of all of them."""

    platform: str | None = None
    place: str | None = None
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bringing:
    """How finds are taken in; `reject` and `note` are told what is to be known of a find, `progress` that one is done."""

    judge: ReadPost
    said: Said = Said()
    keep: bool = True
    reject: Callable[[NotRead], None] = lambda _: None
    note: Callable[[str, Words], None] = lambda *_: None
    progress: Callable[[], None] = lambda: None


def take_in_finds(deps: Deps, actor: Actor, finds: Iterable[Find | NotRead], how: Bringing) -> TakenIn:
    """Keep what was found, some at a time; what was kept before an error stays. The counts add up to what was found."""
    may(actor, "import_ads")
    if how.keep:
        may(actor, "keep_exhibits")
    total, stream = TakenIn(), iter(finds)
    while lot := list(islice(stream, LOT)):
        good = [replace(one, seen_at=credible(one.seen_at)) for one in lot if isinstance(one, Find)]
        for one in lot:
            if isinstance(one, NotRead):
                _reject(total, how, one)
        held = _held(deps, good)
        fresh = {find.id: find for find in reversed(good)}  # of the same bytes twice in a lot the first
        rows = [row for find in reversed(fresh.values()) if (row := _row(deps, total, how, find, held.get(find.id)))]
        for _ in range(len(good) - len(fresh)):
            total.rows, total.unchanged = total.rows + 1, total.unchanged + 1
            how.progress()
        if rows:
            digest = sha256(canonical([find.sha256 for find, _ in rows])).hexdigest()
            source = SourceFile(kind=KIND, name=rows[0][0].name, digest=digest, system=SYSTEM)
            _add(total, take_in(deps, actor, source, (row for _, row in rows)))
        if how.keep:
            _keep_bytes(deps, actor, [find for find, _ in rows])
    return total


def _reject(total: TakenIn, how: Bringing, one: NotRead) -> None:
    total.rows += 1
    total.rejected += not one.passed_by
    how.reject(one)
    how.progress()


def _add(total: TakenIn, done: TakenIn) -> None:
    for count in ("rows", "taken", "unchanged", "amended"):
        setattr(total, count, getattr(total, count) + getattr(done, count))


def _held(deps: Deps, finds: Iterable[Find]) -> Mapping[str, StoredRecord]:
    """What is held of these already, by find."""
    ids = {find.id: record_id(deps.keys, KIND, SYSTEM, find.id) for find in finds}
    with deps.store.read() as work:
        heads = work.records.heads(ADS, list(ids.values()))
    return {find: heads[id_] for find, id_ in ids.items() if id_ in heads}


def _row(deps: Deps, total: TakenIn, how: Bringing, find: Find, held: StoredRecord | None) -> tuple[Find, Row] | None:
    if held is not None and not held.wrapped:
        _reject(total, how, NotRead(find.name, ERASED, passed_by=True))
        return None
    try:
        seen = None if held is not None else find.read()
    except UnreadableFile as error:
        _reject(total, how, NotRead(find.name, cast(Words, error.facts["why"])))
        return None
    notes = find.notes
    if seen is None:
        assert held is not None
        kept = open_record(deps.keys, held)
        ad = _said_again(kept.clear, find, how.said)
        notes = tuple(Words(zh, en) for zh, en in kept.warnings)
    else:
        ad = sighting(find, seen, how)
        if find.beside and not ad.text and not ad.codes:
            _reject(total, how, NotRead(find.name, NOTHING, passed_by=True))
            return None
        notes += () if isinstance(seen, str) else seen.notes
    for note in notes if held is None else ():
        how.note(find.name, note)
    how.progress()
    raw = canonical({"file": find.name, "sha256": find.sha256, "media": find.media})
    number = total.rows + 1
    return find, Row(number=number, raw=raw, record=ad, source_id=find.id, warnings=notes)


def _said_again(ad: Ad, find: Find, said: Said) -> Ad:
    """A sighting that is held: what is said of it now stands where it is said, and a time that is known stays."""
    return replace(
        ad,
        platform=said.platform or ad.platform,
        place=said.place or ad.place,
        seen_at=ad.seen_at or find.seen_at or said.seen_at,
    )


def sighting(find: Find, seen: Shown, how: Bringing) -> Ad:
    """What a file shows, each thing where it belongs."""
    words = seen if isinstance(seen, str) else seen.text
    codes = () if isinstance(seen, str) else seen.codes
    judged = how.judge(seen if isinstance(seen, str) else text_of(seen)) if words.strip() or codes else None
    reach = (
        [one for one in judged.contacts if one.kind not in NO_WAY_TO_ANYBODY and one.end <= len(words)]
        if judged
        else []
    )
    offers = judged is not None and judged.stance in OFFERS
    share = next(iter(read_share(find.url)), None) if find.url else None
    return Ad(
        id=find.id,
        platform=how.said.platform or (PLATFORM_NAMES[share.platform] if share else None),
        seen_at=find.seen_at or how.said.seen_at,
        contact=reach[0].value if reach and offers else None,
        text=words or None,
        url=find.url,
        place=how.said.place or ("video" if isinstance(seen, VideoRead) else None),
        work_id=share.work if share else None,
        author=share.author if share else None,
        found_by=FOUND_BY,
        sha256=find.sha256,
        codes="\n".join(code.payload for code in codes) or None,
        poster=print_of(seen).written() if isinstance(seen, ImageRead) else None,
        times="\n".join(clock(line.at) for line in seen.lines) or None if isinstance(seen, VideoRead) else None,
    )


def _keep_bytes(deps: Deps, actor: Actor, finds: Iterable[Find]) -> None:
    """Keep the bytes of finds that have none kept yet."""
    ids = {record_id(deps.keys, KIND, SYSTEM, find.id): find for find in finds}
    with deps.store.read() as work:
        known = {of for one in work.exhibits.about(list(ids)) if one.wrapped for of in one.of}
        held = work.records.heads(ADS, list(ids))
    for id_, find in ids.items():
        if id_ in held and held[id_].wrapped and id_ not in known:
            at = min(find.seen_at or deps.now(), deps.now())
            about = About(name=find.name, of=(id_,), media=find.media, system=SYSTEM, how=FOUND_BY, taken_at=at)
            keep_exhibit(deps, actor, find.data(), about)
