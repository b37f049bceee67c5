"""Contacts are found the same whether or not a pattern is asked only of texts that can hold a match of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingcha.model.text import ContactKind
from mingcha.text import canonical, contacts
from mingcha.text.normalise import normalise

PIECES = st.one_of(
    st.sampled_from(
        [
            "微信",
            "薇",
            "威信",
            "卫星",
            "v信",
            "vx",
            "wx",
            "加我",
            "加v",
            "q扣",
            "扣扣",
            "企鹅",
            "群",
            "企业微信",
            "企微",
            "公众号",
            "订阅号",
            "视频号",
            "抖音",
            "dy号",
            "快手",
            "ks号",
            "小红书",
            "xhs",
            "小hs",
            "淘宝店铺",
            "闲鱼号",
            "旺旺",
            "店铺名",
            "telegram",
            "电报",
            "飞机",
            "tg",
            "tele",
            "텔레",
            "t.me/",
            "http://",
            "www.",
            ".com",
            ".cn",
            ".co/",
            "@",
            ":",
            "：",
            "号",
            "是",
            "搜索",
            ".",
            "-",
            "_",
            "转",
        ]
    ),
    st.sampled_from(
        [
            "ab_cd1234",
            "a----b",
            "12 34",
            "12.34.56",
            "138",
            "0013",
            "8000",
            "010-",
            "6222",
            "400-820",
            "1234",
            "abcd",
            "o",
            "一三八",
        ]
    ),
    st.text(alphabet="0123456789 abx.-", max_size=8),
    st.characters(),
)
TEXTS = st.lists(PIECES, max_size=10).map("".join)


@settings(max_examples=1500, deadline=None)
@given(TEXTS)
def test_what_every_match_holds_is_held_by_every_match(text: str) -> None:
    plain = normalise(text).text
    for kind, pattern, needs, holds in contacts.LABELS:
        if pattern.search(plain):
            assert any(need in plain for need in needs), kind
            assert holds is None or holds.search(plain), kind
    if contacts.BEFORE.search(plain):
        assert contacts.HANDLE.search(plain)
        assert any(need in plain for need in contacts.BEFORE_NEEDS)
    if contacts.URL.search(plain):
        assert "." in plain or "://" in plain
        assert any(need in plain for need in contacts.URL_NEEDS)
    if any(p.search(plain) for p in (contacts.MOBILE, contacts.LANDLINE, contacts.CARD)):
        assert contacts.TEN.search(plain)
    if contacts.MAIL.search(plain) or contacts.AT.search(plain):
        assert "@" in plain
    if contacts.TG_LINK.search(plain):
        assert ".me/" in plain
    if canonical.SENSITIVE.search(plain):
        assert canonical.PLAUSIBLE.search(plain)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("加薇❤：ab_cd1234", ContactKind.WECHAT, "ab_cd1234"),
        ("威芯号 ab_cd1234", ContactKind.WECHAT, "ab_cd1234"),
        ("30028233（微信）", ContactKind.WECHAT, "30028233"),
        ("企业微信：abc12", ContactKind.WECOM, "abc12"),
        ("视频号：小明说事", ContactKind.CHANNELS, "小明说事"),
        ("扣扣 一二三四五六", ContactKind.QQ, "123456"),
        ("电报 @abc_def", ContactKind.TELEGRAM, "abc_def"),
        ("t.me/abc_def", ContactKind.TELEGRAM, "abc_def"),
        ("发邮件到 a.b@example.com", ContactKind.EMAIL, "a.b@example.com"),
        ("见 example.com/x", ContactKind.URL, "example.com/x"),
        ("见 t.cn/abc", ContactKind.SHORT_LINK, "t.cn/abc"),
        ("拨打 010-62345678转12", ContactKind.PHONE, "01062345678#12"),
        ("138 0013 8000", ContactKind.PHONE, "13800138000"),
        ("加围信：ab_cd1234", ContactKind.WECHAT, "ab_cd1234"),
        ("加微新 ab_cd1234", ContactKind.WECHAT, "ab_cd1234"),
        ("小红薯：abcd_12", ContactKind.XIAOHONGSHU, "abcd_12"),
        ("卡号 4111 1111 1111 1111", ContactKind.BANK_CARD, "4111111111111111"),
    ],
)
def test_each_kind_is_found(text: str, kind: ContactKind, value: str) -> None:
    found = contacts.contacts(text)
    assert [(c.kind, c.value) for c in found] == [(kind, value)]
    assert text[found[0].start : found[0].end] == found[0].surface


def test_a_label_read_by_sound_says_so_and_what_is_read_plainly_stands() -> None:
    (found,) = contacts.contacts("加围❤信：ＡＢ_cd1234")
    assert (found.value, found.disguises) == ("ab_cd1234", ("folded", "homophone"))
    assert contacts.contacts("加微信：ab_cd1234")[0].disguises == ()
    (phone,) = contacts.contacts("加围信 13800138000")
    assert (phone.kind, phone.disguises) == (ContactKind.PHONE, ())


@pytest.mark.parametrize(
    "text", ["本单位信息12345", "我为信用卡还了12345元", "征信记录20231212", "相信12345", "电话报警12345"]
)
def test_ordinary_words_are_no_labels(text: str) -> None:
    assert contacts.contacts(text) == ()


def test_a_text_full_of_contacts_is_read_in_one_go() -> None:
    assert len(contacts.contacts("13800138000，" * 20_000)) == 20_000


def test_a_handle_that_begins_like_a_filler_is_whole() -> None:
    """Found by posters: `id` between label and handle is filler only where the handle does not go on from it."""
    said = [
        contacts.contacts(text)[0].value
        for text in ("微信号idv02519", "微信：idza-940", "微信id：abc_123", "微信ID abc_123")
    ]
    assert said == ["idv02519", "idza-940", "abc_123", "abc_123"]
