"""When two sightings are one ad; when one looks like another that went."""

import numpy as np
import pytest

from mingcha.ads.same import LIKE, Looks, alike, links_of, plain_address, same_ad
from mingcha.model.account import Ad
from mingcha.model.ad_cycle import Likeness
from mingcha.text.fingerprint import shingles
from mingcha.text.normalise import normalise


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.douyin.com/video/731?share_id=9", "http://douyin.com/video/731/"),
        ("https://x.cn/a?b=2&a=1#top", "x.cn:443/a?a=1&b=2"),
        ("https://X.CN/a?utm_source=q", "https://x.cn/a"),
    ],
)
def test_addresses_that_are_one(one: str, other: str) -> None:
    assert plain_address(one) == plain_address(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("https://x.cn/a?id=1", "https://x.cn/a?id=2"), ("https://x.cn/a", "https://x.cn/b"), ("x.cn:81/a", "x.cn/a")],
)
def test_addresses_that_are_not(one: str, other: str) -> None:
    assert plain_address(one) != plain_address(other)
    assert plain_address("https://x.cn:no/") == "https://x.cn:no/"


def test_a_work_on_its_platform_comes_first() -> None:
    seen = Ad(id="1", platform="抖 音", work_id="7", url="https://a", author="H1")
    assert same_ad(seen, "t") == ("work", "抖音", "7")
    assert same_ad(Ad(id="1", platform="抖音", url="https://a/"), "t") == ("address", "a")
    assert same_ad(Ad(id="1", platform="抖音", handle="H1"), "t") == ("words", "抖音", "H1", "t")
    assert same_ad(Ad(id="1", platform="抖音", handle="H1"), None) is None
    assert same_ad(Ad(id="1", work_id="7"), "t") is None, "a work's number says nothing without its platform"


def looks(text: str, *handles: str) -> Looks:
    return Looks(frozenset(handles), shingles(normalise(text)))


def test_a_repost_is_recognised_and_a_stranger_is_not() -> None:
    text = "专业处理各类网贷逾期，停息挂账，最长分期六十期，不成功不收费，全国可办，加微信 abc12345 详聊"
    old = {"AD-1": looks(text, "H1"), "AD-2": looks("", "H2")}
    new = {
        "AD-3": looks(text.replace("abc12345", "xyz98765").replace("全国可办", "全国都可以办"), "H3"),
        "AD-4": looks("今天去银行咨询了分期，工作人员说可以协商，记录一下经过供大家参考", "H4"),
        "AD-5": looks("", "H2", "H9"),
        "AD-1": looks(text, "H1"),
    }
    found = alike(old, new.items())
    assert [(one.old, one.new, one.by) for one in found] == [
        ("AD-1", "AD-3", Likeness.TEXT),
        ("AD-2", "AD-5", Likeness.HANDLE),
    ]
    assert found[0].share >= LIKE
    assert found[1].share == 0
    assert alike({}, new.items()) == []
    assert looks("").shingles.dtype == np.uint64


def test_an_address_with_half_a_bracket_is_compared_as_written() -> None:
    assert plain_address(" http://[x ") == "http://[x"
    assert same_ad(Ad(id="1", url="http://[x"), None) == ("address", "http://[x")


def test_links_lead_somewhere_of_somebodys() -> None:
    codes = (
        "https://u.wechat.com/AbC\nhttps://www.xiaohongshu.com/\nhttps://shop.example\n一段文字\njavascript:alert(1)"
    )
    seen = Ad(id="1", codes=codes, text="看 https://shop.example/x?utm_source=q 或 https://www.douyin.com/download/app")
    assert links_of(seen) == {"u.wechat.com/AbC", "shop.example/x"}
    assert links_of(Ad(id="1")) == frozenset()
