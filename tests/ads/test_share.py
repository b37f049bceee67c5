"""Share texts and links of platforms: what they say, and that nothing hostile is taken for one."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.ads.share import EARLIEST, LATEST, Platform, read_share

MADE = datetime(2026, 3, 14, 8, 30, tzinfo=UTC)
DOUYIN = str((int(MADE.timestamp()) << 32) + 123_456)
NOTE = f"{int(MADE.timestamp()):08x}000000001e03abcd"


@pytest.mark.parametrize(
    ("text", "platform", "short", "work", "author", "made"),
    [
        ("2.31 复制打开抖音，看看【示范小号的作品】欠款别慌 # 上岸 https://v.douyin.com/iAbC1234/ 10/24 a@B.cD xYz:/", Platform.DOUYIN, True, None, "示范小号", None),
        (f"https://www.douyin.com/video/{DOUYIN}?previous_page=app", Platform.DOUYIN, False, DOUYIN, None, MADE),
        (f"https://www.douyin.com/user/MS4wLjABAAAA_demo?modal_id={DOUYIN}", Platform.DOUYIN, False, DOUYIN, "MS4wLjABAAAA_demo", MADE),
        ("https://v.kuaishou.com/2Ab3Cd 演示标题 该作品在快手被播放过1.2万次，点击链接，打开【快手】直接观看！", Platform.KUAISHOU, True, None, None, None),
        ("https://www.kuaishou.com/short-video/3xdemo4abc5d?authorId=3xabc", Platform.KUAISHOU, False, "3xdemo4abc5d", None, None),
        ("31 示范薯发布了一篇小红书笔记，快来看吧！ 😆 AbCdEf 😆 http://xhslink.com/aBc123，复制本条信息，打开【小红书】App查看精彩内容！", Platform.XIAOHONGSHU, True, None, "示范薯", None),
        (f"https://www.xiaohongshu.com/explore/{NOTE}?xsec_token=x", Platform.XIAOHONGSHU, False, NOTE, None, MADE),
        ("https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv", Platform.WECHAT, False, "AbCdEfGhIjKlMnOpQrStUv", None, None),
    ],
)  # fmt: skip
def test_what_a_share_says(
    text: str, platform: Platform, short: bool, work: str | None, author: str | None, made: datetime | None
) -> None:
    (share,) = read_share(text)
    assert (share.platform, share.short, share.work, share.author, share.made_at) == (
        platform,
        short,
        work,
        author,
        made,
    )
    assert share.url in text


@pytest.mark.parametrize(
    "text",
    [
        "", "没有链接", "javascript:alert(1)", "file:///etc/passwd", "https://douyin.com.example.org/video/7300000000000000000",
        "https://example.org/?u=https%3A%2F%2Fv.douyin.com", "https://notdouyin.com/video/1", "https://mp.weixin.qq.com.evil.cn/s/abc",
    ],
)  # fmt: skip
def test_other_links_are_no_shares(text: str) -> None:
    assert read_share(text) == ()


def test_a_name_before_an_at_sign_is_no_host() -> None:
    assert read_share("https://v.douyin.com@example.org/abc") == ()


def test_a_link_twice_is_one() -> None:
    assert len(read_share("https://v.douyin.com/a1B2/ https://v.douyin.com/a1B2/")) == 1


@given(
    st.text(st.sampled_from("htps:/.vdouyincomxlkwag0123456789abcdef【】@? 看的作品"), max_size=60),
    st.integers(0, 10**19 - 1),
)
def test_any_text_is_read_without_a_fault_and_times_are_possible(text: str, work: int) -> None:
    for share in read_share(f"{text} https://www.douyin.com/video/{work:019d}"):
        assert share.made_at is None or EARLIEST < share.made_at < LATEST
