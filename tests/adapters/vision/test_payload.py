"""What a code holds does no harm where it is shown, and is called what it is."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.adapters.vision.payload import HIDDEN, LONGEST, harmless, judged
from mingcha.model.image import CodeKind


@given(st.text(st.characters(), max_size=3000))
def test_a_harmless_payload_holds_nothing_unseen_and_is_never_long(held: str) -> None:
    safe, note = harmless(held)
    assert not [c for c in safe if unicodedata.category(c) in HIDDEN]
    assert len(safe) <= LONGEST
    assert (note is None) == (len("".join(harmless(c)[0] for c in held)) <= LONGEST)
    safe.encode("utf-8")


@given(st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=300))
def test_what_is_seen_stays_as_it_is(held: str) -> None:
    assert harmless(held) == (held, None)


def test_controls_and_marks_of_direction_are_spelt_out() -> None:
    assert harmless("a\x1b[31mb\r\n\x00c")[0] == "a\\x1b[31mb\\r\\n\\x00c"
    assert harmless("https://x.cn/\u202efdp.exe")[0] == "https://x.cn/\\u202efdp.exe"
    assert harmless("\U000e0041\u200b")[0] == "\\U000e0041\\u200b"


def test_a_long_payload_is_cut_and_that_is_told() -> None:
    safe, note = harmless("长" * 2500)
    assert safe == "长" * 2000
    assert note is not None
    assert "2500" in note.zh
    assert "2500" in note.en
    safe, _ = harmless("a" * 1998 + "\x00b")
    assert safe == "a" * 1998  # an escape is kept whole or not at all


@pytest.mark.parametrize(
    ("held", "kind"),
    [
        ("https://example.com/a?b=c", CodeKind.URL),
        ("HTTP://EXAMPLE.COM", CodeKind.URL),
        ("www.example.com/x", CodeKind.URL),
        ("weixin://dl/business/?t=abc", CodeKind.WECHAT),
        ("https://u.wechat.com/abcDEF", CodeKind.WECHAT),
        ("http://weixin.qq.com/r/abc", CodeKind.WECHAT),
        ("https://work.weixin.qq.com/u/vc1", CodeKind.WECHAT),
        ("wxp://f2f0abc", CodeKind.WECHAT),
        ("https://qr.alipay.com/fkx123", CodeKind.ALIPAY),
        ("alipays://platformapi/startapp", CodeKind.ALIPAY),
        ("https://u.wechat.com@example.com/", CodeKind.URL),
        ("https://u.wechat.com.example.com/", CodeKind.URL),
        ("https://notalipay.com/", CodeKind.URL),
        ("BEGIN:VCARD\nFN:A\nEND:VCARD", CodeKind.CONTACT),
        ("MECARD:N:A;TEL:1;;", CodeKind.CONTACT),
        ("tel:10000", CodeKind.CONTACT),
        ("mailto:a@example.com", CodeKind.CONTACT),
        ("加我 wjq80213", CodeKind.TEXT),
        ("javascript is a language", CodeKind.TEXT),
        ("", CodeKind.TEXT),
        ("javascript:alert(1)", CodeKind.REFUSED),
        ("JavaScript :alert(1)", CodeKind.REFUSED),
        ("java\nscript:alert(1)", CodeKind.REFUSED),
        ("\u200b\x01javascript:alert(1)", CodeKind.REFUSED),
        ("ｊａｖａｓｃｒｉｐｔ：alert(1)", CodeKind.REFUSED),
        ("data:text/html;base64,PHNjcmlwdD4=", CodeKind.REFUSED),
        ("file:///etc/passwd", CodeKind.REFUSED),
        ("vbscript:x", CodeKind.REFUSED),
        ("intent://scan/#Intent;scheme=zxing;end", CodeKind.REFUSED),
    ],
)
def test_kinds(held: str, kind: CodeKind) -> None:
    payload, found, note = judged(held)
    assert found is kind
    assert (note is not None) == (kind is CodeKind.REFUSED)
    assert payload == harmless(held)[0]


def test_a_payload_refused_and_cut_is_told_both() -> None:
    payload, kind, note = judged("data:text/html," + "x" * 3000)
    assert kind is CodeKind.REFUSED
    assert len(payload) == LONGEST
    assert note is not None
    assert "never opened" in note.en
    assert "3015" in note.en
