"""The page of a seller: both languages, nothing hostile gets out, a bar a week, and it says what is not known."""

from dataclasses import replace
from datetime import date

import pytest

from mingcha.adapters.render.seller import HIGH, NAMED, WIDE, bars, render_seller
from mingcha.model.ad_cycle import Stage
from mingcha.model.advert import AdClaim, Trade
from mingcha.model.seller import Joined, Pose, SellerAd, SellerPage, Thread, Way, kind_of

HOSTILE = '<script>alert("x")</script>&'
DAY = date(2026, 3, 2)
PAGE = SellerPage(
    seller="SE-1",
    kind=kind_of(2),
    accounts=2,
    ways=(Way(Thread.CONTACT, HOSTILE, 2),),
    platforms=((HOSTILE, 2), ("", 1)),
    trades=((Trade.SUSPENSION, 2),),
    prices=((HOSTILE, 1),),
    claims=((AdClaim.PROMISED_RESULT, 2, HOSTILE),),
    poses=(Pose(AdClaim.POSES_AS_LAWYER, HOSTILE, 1, None), Pose(AdClaim.POSES_AS_LAWYER, "某所", 1, DAY)),
    weeks=(("2026-W10", 2), ("2026-W11", 0), ("2026-W12", 1)),
    ads=(SellerAd("AD-1", HOSTILE, Stage.SOLICITS, Trade.SUSPENSION, True, 2, DAY, DAY), SellerAd("AD-2", None, Stage.SEEN, None, False, 1, DAY, DAY)),
    joined=(Joined(Thread.CONTACT, "t", ("AD-1", "AD-2"), 2),),
    hubs=(Joined(Thread.LINE, "h", ("AD-1", "AD-2"), 2),),
    reports=1,
    removed=0,
    returned=(("AD-1", "AD-9"),),
    rings=("R-1",),
    quoted=None,
    quoted_floor=5,
    simulated=True,
)  # fmt: skip


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_it_is_one_page_in_both_languages_and_lets_nothing_out(locale: str) -> None:
    page = render_seller(PAGE, locale)
    assert "<script>" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert f'data-lang="{locale[:2]}"' in page
    for said in ("广告方", "a seller", "&lt; 5", "possible victims", "R-1", "not looked up yet", "2026-03-02 查无登记", "机器（建议）", "模拟数据"):  # fmt: skip
        assert said in page
    for word in ("恶意", "黑产", "老赖", "级别：", "blacklist"):
        assert word not in page


def test_what_the_reader_may_not_see_or_nobody_said_is_left_out_or_said() -> None:
    page = render_seller(replace(PAGE, rings=None, quoted=7, prices=(), claims=(), ways=(), simulated=False), "en")
    assert "Rings it is tied to" not in page
    assert "simulated" not in page
    for said in (">7<", "none is stated", "none was read", "its ads do not say"):
        assert said in page


@pytest.mark.parametrize("count", [0, 1, 3, 60])
def test_a_bar_a_week_stands_inside_the_drawing_and_few_are_named(count: int) -> None:
    drawn = bars(tuple((f"2026-W{n:02}", n % 5) for n in range(count)))
    assert len(drawn) == count
    assert all(x >= 0 and x + wide <= WIDE and 0 < y <= HIGH for x, y, wide, *_ in drawn)
    assert sum(named for *_, named in drawn) <= NAMED
    assert all(high == 0 for _, _, _, high, of, _, _ in drawn if of == 0)
