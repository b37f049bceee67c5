"""Addresses of ads visited: exhibits and looks are sealed, unreachable is never gone, and what is due is visited in its turn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from tests.actions.test_ads import ANN, CAT, Town, sighting
from tests.ads.acts import act, agreed, at, drafted, look, receipt, word

from mingcha.actions.ad_checks import check_ad
from mingcha.actions.ad_funnel import see_ad
from mingcha.actions.capturing import capture_ad, look_due, look_of, recheck_due
from mingcha.actions.exhibits import exhibits_of, read_exhibit
from mingcha.actions.verify import verify
from mingcha.ads.cycle import fold
from mingcha.errors import InputError, NotFound, NotPermitted
from mingcha.model.account import Ad
from mingcha.model.actor import Purpose, Role
from mingcha.model.ad_cycle import AdAct, Checked, Exported, Look, Route, Stage
from mingcha.model.capture import Captured, CaptureRefusal, Hop, NotCaptured
from mingcha.model.words import Words
from mingcha.testing.house import NOON, FixedClock, house, put, someone

AT = "https://www.example.com/ad/7"
AGAIN = Words("再试", "again")
REPORTED = (
    act(word()), act(drafted()), act(agreed(), "bob"), act(agreed(), "cat"), act(Exported(Route.PLATFORM)), act(receipt(5), hours=5),
)  # fmt: skip


def page(*hops: tuple[str, int]) -> Captured:
    return Captured(
        asked=hops[0][0], hops=tuple(Hop(*one) for one in hops), headers=b"{}", html=b"<p>", text=b"", screenshot=b"\x89PNG",
        started_at=NOON, ended_at=NOON,
    )  # fmt: skip


def nothing(refusal: CaptureRefusal, url: str = AT) -> NotCaptured:
    return NotCaptured(url, refusal, AGAIN)


@dataclass
class Told:
    """A capturer that sees what it was told it would, by address."""

    sees: dict[str, Captured | NotCaptured] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def capture(self, url: str) -> Captured | NotCaptured:
        self.asked.append(url)
        return self.sees.get(url, page((url, 200)))


@pytest.fixture(params=["memory", "sqlite"])
def town(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Town]:
    clock = FixedClock()
    with house(tmp_path, memory=request.param == "memory", clock=clock) as deps:
        put(deps, "ads", sighting("1"), sighting("2", url="https://douyin.com/video/731?new"))
        put(deps, "ads", sighting("3", platform="小红书", work_id="66", author="xhs9", contact=None, url=None))
        yield Town(deps, clock)


@pytest.mark.parametrize(
    ("hops", "found"),
    [
        ([(AT, 200)], Look.UP),
        ([("http://example.com/ad/7", 301), (AT + "/?from=m", 200)], Look.UP),
        ([(AT, 302), ("https://m.example.com/ad/7", 200)], Look.UP),
        ([(AT, 302), ("https://www.example.com/show?id=7", 200)], Look.UP),
        ([(AT, 301), ("https://other.example/ad", 200)], Look.MOVED),
        ([(AT, 302), ("https://www.example.com/", 200)], Look.MOVED),
        ([("https://v.douyin.com/AbCd12/", 301), ("https://www.douyin.com/video/7300000000000000000", 200)], Look.UP),
        ([("https://v.douyin.com/AbCd12/", 302), ("https://www.douyin.com/", 200)], Look.MOVED),
        ([(AT, 404)], Look.GONE),
        ([(AT, 410)], Look.GONE),
        ([(AT, 302), ("https://www.example.com/404", 404)], Look.GONE),
        *(([(AT, status)], Look.UNREACHABLE) for status in (400, 401, 403, 429, 451, 500, 502, 503)),
    ],
)
def test_what_a_visit_says(hops: Sequence[tuple[str, int]], found: Look) -> None:
    assert look_of(page(*hops)) is found


def test_what_was_not_seen_is_unreachable_and_never_gone() -> None:
    assert {look_of(nothing(refusal)) for refusal in CaptureRefusal} == {Look.UNREACHABLE}


def test_a_visit_keeps_three_sealed_exhibits_and_a_look(town: Town) -> None:
    deps, ad, told = town.deps, town.ad("抖音"), Told()
    done = capture_ad(deps, ANN, told, ad)
    assert told.asked == ["https://douyin.com/video/731?new"]
    assert (done.look, len(done.exhibits)) == (Look.UP, 3)
    held = exhibits_of(deps, ANN, ad)
    assert [one.id for one in held] == list(done.exhibits)
    assert [one.about.media for one in held] == ["text/html", "image/png", "application/json"]
    assert b"".join(read_exhibit(deps, ANN, done.exhibits[1]).read()) == b"\x89PNG"
    assert see_ad(deps, ANN, ad).state.looks == (Checked(Look.UP, NOON, told.asked[0]),)
    assert all(chain.broken_at is None for chain in verify(deps, someone(Role.AUDITOR, purpose=Purpose.INSPECTION)))


def test_what_could_not_be_seen_leaves_a_look_and_nothing_else(town: Town) -> None:
    deps, ad = town.deps, town.ad("抖音")
    for found in (
        nothing(CaptureRefusal.LOGIN_WALL),
        nothing(CaptureRefusal.ADDRESS, "http://10.0.0.1/"),
        page((AT, 503)),
    ):
        done = capture_ad(deps, ANN, Told({AT: found}), ad, AT)
        assert (done.look, done.exhibits) == (Look.UNREACHABLE, ())
    assert [note.en for note in done.notes] == ["the site answered 503"]
    assert exhibits_of(deps, ANN, ad) == ()
    assert len(see_ad(deps, ANN, ad).state.looks) == 3


def test_an_address_nobody_may_visit_is_no_look(town: Town) -> None:
    deps, ad = town.deps, town.ad("抖音")
    url = "file:///etc/passwd"
    done = capture_ad(deps, ANN, Told({url: nothing(CaptureRefusal.ADDRESS, url)}), ad, url)
    assert (done.look, see_ad(deps, ANN, ad).state.looks) == (None, ())


def test_a_moved_ad_says_where_to(town: Town) -> None:
    deps, ad, new = town.deps, town.ad("抖音"), "https://other.example/ad"
    capture_ad(deps, ANN, Told({AT: page((AT, 301), (new, 200))}), ad, AT)
    assert see_ad(deps, ANN, ad).state.looks[0].url == new
    assert see_ad(deps, ANN, ad).stage is Stage.MOVED


def test_nothing_is_visited_for_whoever_may_not_or_for_what_is_not_there(town: Town) -> None:
    told = Told()
    with pytest.raises(NotPermitted):
        capture_ad(town.deps, CAT, told, town.ad("抖音"))
    with pytest.raises(NotPermitted):
        recheck_due(town.deps, CAT, told)
    for url in (None, AT):
        with pytest.raises(NotFound):
            capture_ad(town.deps, ANN, told, "AD-0", url)
    with pytest.raises(InputError):
        capture_ad(town.deps, ANN, told, town.ad("小红书"))
    assert told.asked == []


def test_what_is_due_is_visited_in_turn_and_what_is_left_is_told(town: Town) -> None:
    deps, told = town.deps, Told()
    put(
        deps,
        "ads",
        *(
            Ad(id=f"x{n}", platform=f"p{n}", work_id=f"w{n}", url=f"{AT}{n}", text="加微信", seen_at=NOON)
            for n in range(3)
        ),
    )
    for n, name in enumerate(("小红书", "p2", "p0", "p1")):
        check_ad(deps, ANN, town.ad(name), Checked(Look.GONE, deps.now() - timedelta(hours=9 - n)))
    told.sees = {f"{AT}{n}": page((f"{AT}{n}", 404)) for n in range(3)}
    assert recheck_due(deps, ANN, told).visits == ()
    town.clock.later(hours=25)
    done = recheck_due(deps, ANN, told, limit=2)
    assert told.asked == [f"{AT}2", f"{AT}0"]
    assert (done.left, done.without) == (1, (town.ad("小红书"),))
    assert see_ad(deps, ANN, town.ad("p2")).stage is Stage.GONE
    done = recheck_due(deps, ANN, told)
    assert (told.asked[2:], done.left) == ([f"{AT}1"], 0)
    assert recheck_due(deps, ANN, told).visits == ()


def test_a_reported_ad_is_looked_at_each_day_until_it_is_gone() -> None:
    def due_after(*looks: AdAct) -> float | None:
        found = look_due(fold((*REPORTED, *looks)))
        return None if found is None else (found - at(0)) / timedelta(hours=1)

    def seen(what: Look, hours: float) -> AdAct:
        return act(look(what, hours), hours=hours)

    assert look_due(fold(REPORTED[:-1])) is None
    assert due_after() == 5 + 24
    assert due_after(seen(Look.UP, 30)) == 54
    assert due_after(seen(Look.UP, 30), seen(Look.UNREACHABLE, 60)) == 84
    assert due_after(seen(Look.GONE, 30)) == 54
    assert due_after(seen(Look.GONE, 30), seen(Look.UNREACHABLE, 60)) == 54
    assert due_after(seen(Look.GONE, 30), seen(Look.GONE, 60)) == 30 + 30 * 24
