"""A saved page is read as a reader sees it; scripts, hidden parts and damage do nothing."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.adapters.intake.page import LARGEST, page_text, page_words
from mingcha.errors import UnreadableFile


def test_title_and_visible_text_alone(tmp_path: Path) -> None:
    page = tmp_path / "p.html"
    page.write_text(
        "<html><head><title>示例标题</title><style>p{}</style><script>alert('加微信')</script></head><body><h1>债务协商</h1>"
        "<div style='display:none'>看不见</div><p hidden>也看不见</p><p>加<b>微信</b>&nbsp;zwx_demo1<br>私信</p>"
        "<noscript>没有脚本</noscript><img src='javascript:1' alt='图'></body></html>",
        "utf-8",
    )
    assert page_text(page) == "示例标题\n债务协商\n加微信 zwx_demo1\n私信"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "big5"])
def test_the_declared_encoding_is_used(tmp_path: Path, encoding: str) -> None:
    page = tmp_path / "p.html"
    page.write_bytes(f"<meta charset={encoding}><p>中文</p>".encode(encoding))
    assert page_text(page) == "中文"


def test_an_undeclared_or_unknown_encoding_is_found_out(tmp_path: Path) -> None:
    page = tmp_path / "p.html"
    page.write_bytes("<p>示例文字</p>".encode("gb18030"))
    assert page_text(page) == "示例文字"
    page.write_bytes("<meta charset=no-such><p>示例</p>".encode())
    assert page_text(page) == "示例"


def test_what_is_no_page_is_refused_by_name(tmp_path: Path) -> None:
    page = tmp_path / "p.html"
    page.write_bytes(b"\xff\xff\x81" * 9)
    with pytest.raises(UnreadableFile, match=r"p\.html"):
        page_text(page)
    with page.open("wb") as sink:
        sink.truncate(LARGEST + 1)
    with pytest.raises(UnreadableFile, match="16 MB"):
        page_text(page)


def test_left_open_and_stray_tags_lose_nothing(tmp_path: Path) -> None:
    page = tmp_path / "p.html"
    page.write_text("</div><p>一<b>二<p>三</i>四<script>五", "utf-8")
    assert "".join(page_text(page).split()) == "一二三四"


@given(st.text(st.sampled_from("<>/pdivscrpt hiden='\"=甲乙!-&;#"), max_size=80))
def test_any_damage_is_read_without_a_fault(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    page = tmp_path_factory.mktemp("page") / "p.html"
    page.write_text(text, "utf-8")
    assert isinstance(page_text(page), str)


def test_the_encoding_it_was_sent_with_comes_first() -> None:
    assert page_words("<p>中文</p>".encode("gb18030"), "p", "gb18030") == "中文"
    assert page_words("<p>中文</p>".encode(), "p", "no-such") == "中文"
    for odd in ("punycode", "a\0b", "zlib", "idna"):
        assert page_words(b"<p>abc</p>", "p", odd) == "abc"


@pytest.mark.parametrize("piece", [b"<!--", b"<!", b"<a b='", b"</scrip", b"<a>", b"<div>x", b"&#", b"<![CDATA["])
def test_nothing_takes_more_than_its_length(piece: bytes) -> None:
    """A page of unfinished things took minutes: each was begun anew from every letter."""
    since = time.process_time()
    page_words(b"<script>" * (piece == b"</scrip") + piece * 300_000 + b"</b>" * 100_000, "p")
    assert time.process_time() - since < 20
