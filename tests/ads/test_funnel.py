"""The funnel counts sightings, ads, accounts and reports apart."""

from tests.ads.acts import act, agreed, at, drafted, look, receipt, word

from mingcha.ads.funnel import funnel
from mingcha.model.ad_cycle import (
    AdAct,
    AdItem,
    Exported,
    FunnelBy,
    FunnelLine,
    Likeness,
    Look,
    Reappeared,
    Route,
    Solicits,
    Withdrawn,
)
from mingcha.standards.calendar import local_day


def item(n: int, account: str | None, sightings: int, platform: str | None = "抖音", hours: float = 0) -> AdItem:
    ids = tuple(f"D-{n}-{k}" for k in range(sightings))
    return AdItem(
        id=f"AD-{n}",
        key=f"{n}",
        platform=platform,
        account=account,
        first_seen=at(hours),
        last_seen=at(hours),
        sightings=ids,
    )


def reported(ad: str, sent: float, *more: AdAct, route: Route = Route.PLATFORM) -> tuple[AdAct, ...]:
    way = (
        act(word(), "ann", 0, ad), act(drafted(route), "ann", 0, ad), act(agreed(route=route), "ann", 0, ad),
        act(agreed(route=route), "bob", 0, ad), act(Exported(route), "ann", 0, ad), act(receipt(sent, route), "ann", sent, ad),
    )  # fmt: skip
    return (*way, *more)


def gone(ad: str, hours: float) -> tuple[AdAct, ...]:
    return (act(look(Look.GONE, hours), hours=900, ad=ad), act(look(Look.GONE, hours + 24), hours=900, ad=ad))


ITEMS = (item(1, "H1", 5), item(2, "H1", 1), item(3, "H2", 2), item(4, "H1", 1, None, 200), item(5, "H3", 1))
BACK = act(Reappeared("AD-9", Likeness.HANDLE, at(300)), hours=950, ad="AD-1")
ACTS = {
    "AD-1": reported("AD-1", 10, *gone("AD-1", 58), BACK),
    "AD-2": reported("AD-2", 10, *gone("AD-2", 34), *reported("AD-2", 11, route=Route.LINE_12377)[1:]),
    "AD-3": (act(word(Solicits.NO), ad="AD-3"),),
    "AD-5": reported("AD-5", 10, *gone("AD-5", 20), act(Withdrawn(Route.PLATFORM, "x"), hours=960, ad="AD-5")),
}


def counts(by: FunnelBy) -> dict[str, FunnelLine]:
    found = funnel(ITEMS, ACTS, by, local_day(at(1000)), local_day)
    assert found.rules
    return {**{one.of: one for one in found.lines}, "all": found.total}


def test_each_is_counted_for_what_it_is() -> None:
    total = counts(FunnelBy.PLATFORM)["all"]
    assert (total.sightings, total.ads, total.accounts) == (10, 5, 4), "one name on two platforms is two accounts"
    assert (total.judged, total.soliciting, total.reported, total.reports) == (4, 3, 2, 3)
    assert (total.removed, total.median_hours, total.reappeared, total.withdrawn) == (2, 36, 1, 1)


def test_parts_add_up() -> None:
    for by in FunnelBy:
        lines = counts(by)
        total = lines.pop("all")
        for name in ("sightings", "ads", "judged", "reported", "reports", "removed", "reappeared", "withdrawn"):
            assert sum(getattr(one, name) for one in lines.values()) == getattr(total, name), (by, name)
    assert set(counts(FunnelBy.PLATFORM)) == {"", "抖音", "all"}
    assert set(counts(FunnelBy.WEEK)) == {"2026-W09", "2026-W11", "all"}
    assert set(counts(FunnelBy.TRADE)) == {"", "anti_collection", "all"}


def test_nothing_seen_is_no_median() -> None:
    empty = funnel((), {}, FunnelBy.WEEK, local_day(at(0)), local_day)
    assert (empty.lines, empty.total.ads, empty.total.median_hours) == ((), 0, None)


def test_a_return_after_a_month_is_none() -> None:
    late = act(Reappeared("AD-9", Likeness.TEXT, at(58 + 31 * 24)), hours=1900, ad="AD-1")
    acts = {"AD-1": reported("AD-1", 10, *gone("AD-1", 58), late)}
    assert funnel(ITEMS[:1], acts, FunnelBy.WEEK, local_day(at(2000)), local_day).total.reappeared == 0
