"""Ads of the simulated town: what the rings that advertise post elsewhere, new accounts that all point to one page, and posts of others.

Everything in them is made up. No chance comes in: the rest of the town is the same with and without them.
"""

from mingcha.demo.town import Builder

MONITOR = "广告监测岗"
PLATFORMS = ("图文社区", "二手平台", "问答社区")
OFFERS = (
    "网贷信用卡逾期别硬扛，专业停息挂账，浮桥单三天见效，收费按减免金额15%，不成功不收费，加微信{handle}（模拟广告）",
    "全国可办停催停诉，手上有浮桥单名额，服务费3800元包办到底，百分百成功，联系微信{handle}（模拟广告）",
    "专业法务团队代做停息挂账，浮桥单老客户反馈都说好，前期费用500元事成再付尾款，加微信{handle}咨询（模拟广告）",
)
NEWCOMERS = 12
PAGE = "fuqiao.example.com/apply"
YOUNG = "专业处理逾期协商，第{n}期名额，浮桥单当天停催，服务费{fee}元，不成功不收费，点击链接 https://{page} 领取方案（模拟广告）"
OTHERS = (
    "我被加微信{handle}的人骗了5000元，他说能停息挂账，收了钱就拉黑我，大家千万别信（模拟）",
    "记者调查：有人以停息挂账为名收取高额费用，警方提醒市民谨防上当，可拨打12378反映（模拟）",
    "分享一下：我自己打客服电话协商分期成功了，没有找任何中介，材料都是自己准备的（模拟）",
)


def adverts(b: Builder) -> None:
    """Each ring's ads on other platforms, a week of newcomers, and posts that quote or warn."""
    for n, handle in enumerate(b.advertised):
        _of_ring(b, n, handle)
    _newcomers(b)
    for n, text in enumerate(OTHERS):
        b.add(
            "ads", platform=PLATFORMS[n], seen_at=b.hour(20 + n), place="post", work_id=f"other{n}", author=f"reader_{n:04d}",
            text=text.format(handle=b.advertised[0] if b.advertised else "my_00000000"), found_by=MONITOR,
        )  # fmt: skip


def _of_ring(b: Builder, n: int, handle: str) -> None:
    """One handle under three accounts, seen again and again; one of them a person judged."""
    for k, offer in enumerate(OFFERS):
        for seen in range(1 + k):
            b.add(
                "ads", platform=PLATFORMS[k], seen_at=b.hour(100 - 24 * k - 17 * seen, 11), place="post", work_id=f"ring{n}-{k}",
                author=f"zhaiwu_{n}{k}", author_since=b.day(400), text=offer.format(handle=handle), found_by=MONITOR,
                soliciting="yes" if k == 0 else "", judged_by=MONITOR if k == 0 else "",
            )  # fmt: skip


def _newcomers(b: Builder) -> None:
    """Accounts opened a few days before their first ad, all in one week, all to one page; one older account for the weeks before."""
    for week in range(9, 3, -1):
        b.add(
            "ads", platform="短视频平台", seen_at=b.hour(7 * week, 9), place="video", work_id=f"old{week}", author="jiuzhang_01",
            author_since=b.day(700), text=YOUNG.format(n=week, fee=2800, page="jiuzhang.example.com/a"), found_by=MONITOR,
        )  # fmt: skip
    day = 14 + b.now.weekday()  # a Monday
    for n in range(NEWCOMERS):
        b.add(
            "ads", platform="短视频平台", seen_at=b.hour(day - n % 5, 13), place="video", work_id=f"new{n}", author=f"xinhao_{n:02d}",
            author_since=b.day(day + 6), text=YOUNG.format(n=n + 1, fee=1980 + 100 * n, page=PAGE), found_by=MONITOR,
        )  # fmt: skip
