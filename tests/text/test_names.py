"""Names of persons: characters, traditional script and letters in either order compare as one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.text.names import COMPOUND, SURNAME_SOUNDS, PersonName, person_name


@pytest.mark.parametrize(
    ("written", "sound"),
    [
        ("张伟", "wei zhang"),
        ("張偉先生", "wei zhang"),
        (" Zhang  Wei ", "wei zhang"),
        ("Wei ZHANG", "wei zhang"),
        ("zhangwei", "wei zhang"),
        ("Mr. Zhang Wei", "wei zhang"),
        ("张伟（本人）", "wei zhang"),
        ("欧阳海燕", "hai ou yan yang"),
        ("Ouyang Haiyan", "hai ou yan yang"),
        ("单雄", "shan xiong"),
        ("吕布", "bu lv"),
        ("Lyu Bu", "bu lv"),
        ("Lü Bu", "bu lv"),
    ],
)
def test_one_name_however_it_is_written(written: str, sound: str) -> None:
    assert person_name(written).sound == sound


@pytest.mark.parametrize("written", ["王某某", "王*", "王**", "王某", "王女士"])
def test_of_a_masked_name_the_surname_alone_is_known(written: str) -> None:
    name = person_name(written)
    assert (name.han, name.surname, name.sound) == ("", "wang", "")


@pytest.mark.parametrize("written", ["", "  ", "John Smith", "13800000000", "（本人）", "??"])
def test_what_is_no_chinese_name_is_none(written: str) -> None:
    assert person_name(written) == PersonName()


def test_a_surname_is_read_as_a_surname() -> None:
    assert [person_name(f"{one}明").surname for one in ("单", "曾", "尉迟", "明")] == ["shan", "zeng", "yu chi", "ming"]
    assert person_name("司马光").surname == "si ma"
    assert person_name("司马").surname == "si"  # two characters are a surname and a name
    assert all(len(one) == 1 or one in COMPOUND for one in SURNAME_SOUNDS)


@given(st.text(max_size=12))
def test_any_text_is_read(text: str) -> None:
    name = person_name(text)
    assert not name.sound or (name.surname and name.given)
    assert name.sound == " ".join(sorted(name.sound.split()))


def test_a_dull_ear_hears_one_name() -> None:
    assert person_name("陈胜").dull == person_name("Cen Seng").dull == person_name("程森").dull
    assert person_name("王伟").dull != person_name("王文").dull


@pytest.mark.parametrize("text", ["wang" * 100_000, "(" * 1_000_000, "张" * 1_000_000])
def test_what_is_far_too_long_is_read_no_further(text: str) -> None:
    assert len(person_name(text).han) < 100
