"""A letter laid out says what it said: every word of it, nothing read as markup, and a Word file read again is the letter."""

from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingcha.adapters.render.letter import Part, docx, laid_out, pdf, read
from mingcha.errors import UnreadableFile

AT = datetime(2026, 3, 20, tzinfo=UTC)
LETTER = """投诉处理答复
投诉编号：C-1

您于2026-03-01提出的投诉，我们已逐项核查。

一、频繁催收：情况属实，予以支持
您提出：“电话：一个接一个”
处理意见：我们道歉。

后续途径：
1. 申请核查：可向〔待填：核查单位及地址电话〕申请

此致
示例 2026-03-20"""


def test_each_line_is_told_apart() -> None:
    lines = list(laid_out(LETTER))
    assert [line.part for line in lines] == [
        Part.TITLE, Part.TEXT, Part.TEXT, Part.POINT, Part.LABELLED, Part.LABELLED, Part.TEXT, Part.TEXT, Part.SIGNED, Part.SIGNED,
    ]  # fmt: skip
    assert [line.label for line in lines if line.label] == ["您提出：", "处理意见："]
    assert [line.words[:2] for line in lines if line.apart] == ["您于", "一、", "后续", "此致"]


@given(st.lists(st.text("一二、1. ：:“a\n", max_size=20), max_size=6).map("\n\n".join))
def test_no_word_is_lost_or_added(letter: str) -> None:
    told = [line.label + line.words for line in laid_out(letter)]
    assert told == [line.strip() for line in letter.strip().split("\n") if line.strip()]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12),
        min_size=1,
        max_size=5,
    )
)
def test_a_word_file_read_again_is_the_letter(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    letter = "标题\n" + "\n\n".join(lines)
    path = tmp_path_factory.mktemp("letter") / "a.docx"
    path.write_bytes(docx(letter, AT))
    assert read(path) == letter


def test_the_example_survives_word_and_what_is_to_be_filled_in_is_marked(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(docx(LETTER, AT))
    assert read(path) == LETTER
    with ZipFile(path) as packed:
        body = packed.read("word/document.xml").decode()
    assert body.count("w:highlight") == 1
    assert 'w:eastAsia="宋体"' in ZipFile(path).read("word/styles.xml").decode()


def test_the_same_letter_and_time_give_the_same_pdf() -> None:
    made = pdf(LETTER, AT)
    assert made.startswith(b"%PDF-")
    assert pdf(LETTER, AT) == made
    assert pdf(LETTER.replace("道歉", "致歉"), AT) != made


@pytest.mark.parametrize(
    "hostile",
    ['#read("/etc/passwd")', "#panic()", "$x$ *a* _b_ @c <d> `e` \\", "= 标题\n\n- 一\n\n/ a: b", "{{ 7*7 }}"],
)
def test_nothing_in_a_letter_is_read_as_markup(hostile: str) -> None:
    assert pdf(f"题\n\n{hostile}", AT).startswith(b"%PDF-")


def test_what_is_no_letter_is_refused(tmp_path: Path) -> None:
    for name, data in (("a.docx", b"no zip"), ("b.txt", "您好".encode("gb18030")), ("c.pdf", b"%PDF-\xff")):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(UnreadableFile):
            read(tmp_path / name)
    with pytest.raises(UnreadableFile):
        read(tmp_path / "none.docx")
    with ZipFile(tmp_path / "empty.docx", "w") as packed:
        packed.writestr("x", "y")
    with pytest.raises(UnreadableFile):
        read(tmp_path / "empty.docx")
