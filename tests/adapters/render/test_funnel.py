"""The funnel of ads as a picture: bars by the counts and nothing else, its rules beside it, and nothing for nobody's eyes."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.adapters.render.funnel import LEFT, RIGHT, SHOWN, STEPS, WIDTH, days, name, shown, steps
from mingcha.adapters.render.report import environment
from mingcha.ads.funnel import RULES, funnel
from mingcha.model.ad_cycle import Funnel, FunnelBy, FunnelLine

LINE = FunnelLine(
    of="抖音<b>", sightings=120, ads=40, accounts=30, judged=36, soliciting=30, reported=20, reports=22, removed=10,
    median_hours=60, reappeared=1, withdrawn=2,
)  # fmt: skip
COUNTS = st.integers(0, 10**7)


def page(*all_: Funnel) -> str:
    source = '{% from "ads.html.jinja" import funnels %}{{ funnels(all) }}'
    return environment().from_string(source).render(all=all_)


def of(by: FunnelBy, *lines: FunnelLine) -> Funnel:
    return Funnel(by=by, on=date(2026, 3, 20), lines=lines, total=replace(LINE, of=""), rules=RULES)


@given(st.lists(COUNTS, min_size=7, max_size=7))
def test_bars_are_as_long_as_their_counts_and_stay_inside(counts: list[int]) -> None:
    line = replace(LINE, **dict(zip((key for key, _, _ in STEPS), counts, strict=True)))
    drawn = steps(line)
    assert [one.value for one in drawn] == counts
    scale = (WIDTH - LEFT - RIGHT) / max(line.sightings, line.ads, 1)
    within = [one for one in drawn if one.value <= max(line.sightings, line.ads)]
    assert all(0 <= one.width <= WIDTH - LEFT - RIGHT for one in within)
    assert all(abs(one.width - one.value * scale) <= 2.05 for one in drawn)
    assert all((one.width > 0) is (one.value > 0) for one in drawn)
    assert [one.hollow for one in drawn] == [True] + [False] * 6, "sightings are no ads and do not look like any"


def test_the_page_says_the_counts_the_rules_and_what_is_left_out() -> None:
    weeks = [replace(LINE, of=f"2026-W{n:02}", ads=n) for n in range(1, 20)]
    html = page(
        of(FunnelBy.PLATFORM, LINE), of(FunnelBy.TRADE, replace(LINE, of="suspension")), of(FunnelBy.WEEK, *weeks)
    )
    assert "抖音&lt;b&gt;" in html
    assert "<b>" not in html
    assert all(rule.zh in html and rule.en.replace("'", "&#39;") in html for rule in RULES)
    assert "停息挂账" in html
    assert f"另有 {19 - SHOWN} 项未显示" in html
    assert ("2026-W19" in html, "2026-W07" in html) == (True, False), "the newest weeks"
    assert "有效举报 22 件 · 撤回 2 件" in html
    assert "2.5" in html
    for said, share in (("36", "90%"), ("20", "50%"), ("10", "25%")):
        assert re.search(rf'class="num"[^>]*>{said} <tspan class="soft">{share}<', html)


def test_most_ads_come_first_and_what_is_not_said_is_said_to_be() -> None:
    few, many = replace(LINE, of="", ads=1), replace(LINE, of="微博", ads=9)
    assert shown(of(FunnelBy.PLATFORM, few, many)) == (many, few)
    assert name(of(FunnelBy.TRADE), few).en == "(unknown)"
    assert days(replace(LINE, median_hours=None)) == "—"


@pytest.mark.parametrize("by", FunnelBy)
def test_with_no_ads_there_is_nothing_to_draw(by: FunnelBy) -> None:
    html = page(funnel([], {}, by, date(2026, 3, 20), lambda at: at.date()))
    assert "还没有导入广告线索" in html
    assert "<svg" not in html
