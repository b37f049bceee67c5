"""Files that show ads become sightings, once for the same bytes; what cannot be read is told, what was erased stays so."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.adapters.warc.made import AD, PAGE, response, wacz

from mingcha.actions import ad_finds
from mingcha.actions.ad_checks import check_ad
from mingcha.actions.ad_finds import Bringing, Find, Said, take_in_finds
from mingcha.actions.ad_funnel import list_ads
from mingcha.actions.ad_posters import same_ads_groups
from mingcha.actions.ad_returns import returned_perhaps
from mingcha.actions.ad_sightings import erase_ad, place_sightings
from mingcha.actions.ad_words import judge_ad
from mingcha.actions.deps import Deps
from mingcha.actions.exhibits import exhibits_of, read_exhibit
from mingcha.actions.find_files import finds_in, listed, transcript_of
from mingcha.actions.kept import open_record
from mingcha.actions.take_in import TakenIn
from mingcha.errors import NotPermitted, UnreadableFile
from mingcha.model.account import Ad
from mingcha.model.actor import Purpose, Role
from mingcha.model.ad_cycle import Checked, Likeness, Look, Solicits
from mingcha.model.found import NotRead
from mingcha.model.image import PARTS, ImageRead
from mingcha.model.video import TimedLine, VideoRead
from mingcha.model.words import Words
from mingcha.testing.house import NOON, FixedClock, house, put, someone
from mingcha.wiring import ad_judge, openers

INV = Purpose.INVESTIGATION
ANN = someone(Role.AD_MONITOR, name="ann", purpose=INV)
CAT = someone(Role.CONSUMER_PROTECTION, name="cat", purpose=Purpose.HANDLING)
WARNS = "提醒大家：有人冒充律师，微信 zhang_demo88，说能停息挂账，收了我三千元就拉黑，千万别信，已报警"


@pytest.fixture(params=["memory", "sqlite"])
def deps(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Deps]:
    with house(tmp_path, memory=request.param == "memory", clock=FixedClock()) as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    (made / "sub").mkdir(parents=True)
    (made / "a.html").write_bytes(PAGE)
    (made / "sub" / "same.htm").write_bytes(PAGE)
    (made / "sub" / "warns.html").write_text(f"<p>{WARNS}</p>", "utf-8")
    (made / ".hidden.html").write_bytes(PAGE)
    return made


def bring(
    deps: Deps, given: Path, *, who: Any = ANN, own_time: bool = False, **how: Any
) -> tuple[TakenIn, list[NotRead], list[Any]]:
    unread: list[NotRead] = []
    notes: list[Any] = []
    told = Bringing(judge=ad_judge().judge, reject=unread.append, note=lambda *one: notes.append(one), **how)
    found = finds_in(given, listed(given), openers(deps.zone), own_time=own_time)
    return take_in_finds(deps, who, found, told), unread, notes


def sightings(deps: Deps) -> list[Ad]:
    with deps.store.read() as work:
        return [open_record(deps.keys, one).clear for one in work.records.scan("ads", 0) if one.wrapped]


def test_pages_of_a_folder_go_in_once_and_again_nothing_changes(deps: Deps, folder: Path) -> None:
    done, unread, _ = bring(deps, folder, said=Said(platform="抖音", place="comment"))
    assert (done.rows, done.taken, done.unchanged, unread) == (3, 2, 1, [])
    ads = {ad.contact: ad for ad in sightings(deps)}
    offer, warning = ads["zhang_demo88"], ads[None]
    assert (offer.text, offer.platform, offer.place, offer.found_by) == (f"示例\n{AD}", "抖音", "comment", "ads import")
    assert (offer.seen_at, offer.url) == (None, None)
    assert warning.text == WARNS, "whoever warns of a seller is not reached by the seller's number"
    assert len(list_ads(deps, ANN)) == 2
    again, _, notes = bring(deps, folder, said=Said(platform="抖音"))
    assert (again.taken, again.amended, again.unchanged, notes) == (0, 0, 3, [])
    changed, _, _ = bring(deps, folder, said=Said(platform="快手", seen_at=NOON))
    assert (changed.taken, changed.amended) == (0, 2)
    assert {(ad.platform, ad.place, ad.seen_at) for ad in sightings(deps)} >= {("快手", "comment", NOON)}


def test_originals_are_kept_as_exhibits_of_the_sighting_unless_not_wanted(deps: Deps, folder: Path) -> None:
    bring(deps, folder, keep=False)
    assert exhibits_of(deps, ANN) == ()
    bring(deps, folder)
    kept = {one.about.name: one for one in exhibits_of(deps, ANN)}
    assert kept.keys() == {"a.html", "sub/warns.html"}
    assert b"".join(read_exhibit(deps, ANN, kept["a.html"].id).read()) == PAGE
    assert kept["a.html"].sha256 in {ad.sha256 for ad in sightings(deps)}
    bring(deps, folder)
    assert len(exhibits_of(deps, ANN)) == 2


def test_what_was_erased_stays_so(deps: Deps, folder: Path) -> None:
    bring(deps, folder)
    for line in list_ads(deps, ANN):
        erase_ad(deps, CAT, line.ad, "依法删除")
    done, unread, _ = bring(deps, folder, said=Said(platform="抖音"))
    assert (done.taken, done.amended, sightings(deps)) == (0, 0, [])
    assert [one.why for one in unread] == [ad_finds.ERASED] * 2
    assert all(one.passed_by for one in unread)


def test_tables_links_and_what_is_not_there_are_told(deps: Deps, folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.html"
    secret.write_text("<p>秘密</p>", "utf-8")
    (folder / "link.html").symlink_to(secret)
    (folder / "rows.csv").write_text("id\n1\n", "utf-8")
    (folder / "odd.html").write_bytes(b"\xff\xfe\xff\x81")
    done, unread, _ = bring(deps, folder)
    assert {one.place for one in unread if not one.passed_by} == {"link.html", "rows.csv", "odd.html"}
    assert (done.taken, done.rejected) == (2, 3)
    assert not any("秘密" in (ad.text or "") for ad in sightings(deps))
    with pytest.raises(UnreadableFile):
        listed(tmp_path / "gone")


def test_a_capture_gives_address_time_work_and_what_does_not_hold(deps: Deps, tmp_path: Path) -> None:
    work = response("https://www.douyin.com/video/7312345678901234567?share=1")
    bad = response(packed=False).replace("不成功".encode(), "先付款".encode())
    made = wacz(tmp_path / "a.wacz", ("archive/a.warc.gz", work), ("archive/b.warc", bad))
    done, unread, notes = bring(deps, made)
    assert (done.taken, unread) == (2, [])
    ads = {ad.url: ad for ad in sightings(deps)}
    first = ads["https://www.douyin.com/video/7312345678901234567?share=1"]
    assert (first.platform, first.work_id, first.seen_at) == (
        "抖音",
        "7312345678901234567",
        datetime(2026, 3, 1, 2, 3, 4, tzinfo=UTC),
    )
    ((place, note),) = notes
    assert place == "a.wacz!archive/b.warc@0"
    with deps.store.read() as book:
        warned = [open_record(deps.keys, one) for one in book.records.scan("ads", 0)]
    assert [(note.zh, note.en)] in [list(one.warnings) for one in warned]
    assert (bring(deps, made)[0].unchanged, len(exhibits_of(deps, ANN))) == (2, 2)


def test_pictures_of_a_capture_that_show_nothing_are_passed_by(deps: Deps) -> None:
    logo = find("logo", image(""), beside=True)
    done, unread, _ = brought(deps, [logo, find("alone", image(""))])
    assert (done.taken, [(one.place, one.passed_by) for one in unread]) == (1, [("logo", True)])


def image(text: str, *, poster: str = "0", quality: int = 90) -> ImageRead:
    digits = (poster * 64)[:64]
    return ImageRead(
        name="x", format="PNG", width=9, height=9, frames=1, text=text, words=(), spans=(), codes=(), pdq=digits,
        quality=quality, phash="0" * 16, crops=((poster * 192)[:192],) * len(PARTS), notes=(Words("说明", "a note"),),
    )  # fmt: skip


def find(name: str, shown: Any, **more: Any) -> Find:
    return Find(name=name, id=name, sha256="0" * 64, media="image/png", read=lambda: shown, data=lambda: [b"x"], **more)


def brought(deps: Deps, finds: list[Find | NotRead], **how: Any) -> tuple[TakenIn, list[NotRead], list[Any]]:
    unread: list[NotRead] = []
    notes: list[Any] = []
    told = Bringing(
        judge=ad_judge().judge, keep=False, reject=unread.append, note=lambda *one: notes.append(one), **how
    )
    return take_in_finds(deps, ANN, finds, told), unread, notes


def test_what_a_video_says_and_shows_keeps_its_times(deps: Deps) -> None:
    lines = (TimedLine("专业停息挂账，不成功不收费", 1500), TimedLine("加微信 zhang_demo88", 3000))
    seen = VideoRead(name="v", milliseconds=9000, looked_at=3, read=1, shown=lines).with_transcript(
        (TimedLine("逾期别怕", None),)
    )
    brought(deps, [find("v", seen)])
    (ad,) = sightings(deps)
    assert (ad.place, ad.contact) == ("video", "zhang_demo88")
    assert list(zip((ad.times or "").splitlines(), (ad.text or "").splitlines(), strict=True)) == [
        ("-", "逾期别怕"),
        ("00:00:01.500", "专业停息挂账，不成功不收费"),
        ("00:00:03.000", "加微信 zhang_demo88"),
    ]


def test_lots_are_kept_one_after_the_other_and_counts_add_up(deps: Deps, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ad_finds, "LOT", 2)
    ticks: list[int] = []
    finds: list[Find | NotRead] = [find(str(n % 5), f"{AD} {n % 5}") for n in range(7)]
    finds.insert(3, NotRead("bad", Words("坏", "bad")))
    done, _, _ = brought(deps, finds, progress=lambda: ticks.append(1))
    assert (done.rows, done.taken, done.unchanged, done.rejected) == (8, 5, 2, 1)
    assert len(ticks) == 8


def test_only_who_may_brings_ads(deps: Deps, folder: Path) -> None:
    with pytest.raises(NotPermitted):
        bring(deps, folder, who=someone(Role.LEGAL, purpose=INV))
    with pytest.raises(NotPermitted):
        bring(deps, folder, who=someone(Role.SUPERVISOR, purpose=INV))  # keeps no exhibits
    assert bring(deps, folder, who=someone(Role.SUPERVISOR, purpose=INV), keep=False)[0].taken == 2


def test_a_poster_that_comes_back_is_found_and_joins_accounts(tmp_path: Path) -> None:
    clock = FixedClock()
    with house(tmp_path, memory=True, clock=clock) as deps:
        one, two = "5a", "3c"
        brought(deps, [find("old", image("示例一", poster=one))])
        (old,) = [line.ad for line in list_ads(deps, ANN)]
        for _ in range(2):
            check_ad(deps, ANN, old, Checked(Look.GONE, clock.at))
            clock.later(hours=25)
        brought(deps, [find("new", image("示例二", poster=one)), find("other", image("示例三", poster=two))])
        (found,) = returned_perhaps(deps, ANN)
        assert (found.old, found.by) == (old, Likeness.POSTER)
        with deps.store.read() as work:
            (group,) = same_ads_groups(deps, work)
            assert (set(group.ads), group.by) == ({old, found.new}, (Likeness.POSTER,))
        judge_ad(deps, ANN, ad_judge().judge, found.new, Solicits.NO, None, "是提醒帖")
        with deps.store.read() as work:
            assert same_ads_groups(deps, work) == (), "whoever shows a poster to warn of it joins nobody"


def test_a_file_says_when_it_was_made_only_where_asked(deps: Deps, folder: Path) -> None:
    bring(deps, folder, own_time=True)
    assert all(ad.seen_at is not None and ad.seen_at - datetime.now(UTC) < timedelta(1) for ad in sightings(deps))


@pytest.mark.parametrize("date", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "9999-12-31T23:59:59Z"])
def test_a_time_that_cannot_be_one_closes_no_room(deps: Deps, date: str) -> None:
    find = Find(name="a", id="a", sha256="ab", media="text/html", read=lambda: AD, data=lambda: [b"x"], seen_at=datetime.fromisoformat(date))  # fmt: skip
    assert take_in_finds(deps, ANN, [find], Bringing(judge=ad_judge().judge)).taken == 1
    put(deps, "ads", Ad(id="1", platform="a", text=AD, seen_at=datetime.fromisoformat(date)))
    with deps.store.write() as work:
        place_sightings(deps, work)
    with deps.store.read() as work:
        assert {(one.first_seen, one.last_seen) for one in work.ads.all_items()} == {(NOON, NOON)}
    assert list_ads(deps, ANN)
    assert len(exhibits_of(deps, ANN)) == 1


def test_a_printed_rubbish_poster_is_nobodys(deps: Deps) -> None:
    put(deps, "ads", Ad(id="1", platform="a", poster="rubbish"), Ad(id="2", platform="b", poster="rubbish"))
    with deps.store.read() as work:
        assert same_ads_groups(deps, work) == ()


def test_a_link_beside_a_video_is_no_transcript(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("密钥", "utf-8")
    (tmp_path / "v.srt").symlink_to(tmp_path / "secret")
    assert transcript_of(tmp_path / "v.mp4") is None
    (tmp_path / "v.txt").write_text("专业停息挂账", "utf-8")
    assert transcript_of(tmp_path / "v.mp4") == tmp_path / "v.txt"
